"""Whether a file is likely in another datum than it is taken to be in: what it tells is compared with what is known already.

Two signs are looked for. Buildings that are known by code, number or name stand some hundred metres from where they are known, and
close to it once the shift of GCJ-02 (or BD-09) is undone. Or, where none is known so, the file's buildings cover known ones far
better once the shift is undone. Where nothing of the community is known yet, nothing can be told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any

from linli.rules.datum import Datum, Point, from_wgs84, metres, to_wgs84
from linli.territory.positions import middle
from linli.territory.recognising import HALF, covered, shape

APART = 50.0
"""Metres: what stands nearer to where it is known needs no datum to explain it."""
BETTER = 4
"""So many times nearer must the buildings come."""
ENOUGH = 3
"""So many buildings at least must cover known ones."""
MOST = 2000
"""So many of a file's buildings are looked at."""
CANDIDATES = (Datum.WGS84, Datum.GCJ02, Datum.BD09)


@dataclass(frozen=True, slots=True)
class Likely:
    """The datum in which the file likely is.

    By buildings that are known: ``before`` and ``after`` are how far they stand from where they are known (median, metres).
    By cover: how many cover a known building. ``n`` is of how many.
    """

    datum: Datum
    n: int
    before: float
    after: float
    by_cover: bool


def by_known(pairs: Sequence[tuple[Point, Point]], taken: Datum) -> Likely | None:
    """A sign from pairs of a position as it was taken (brought to WGS 84 from ``taken``) and as it is known."""
    if not pairs:
        return None
    apart = {d: median(metres(_again(p, taken, d), known) for p, known in pairs[:MOST]) for d in CANDIDATES}
    now, best = apart[_plain(taken)], min(CANDIDATES, key=lambda d: apart[d])
    if now < APART or apart[best] * BETTER > now:
        return None
    return Likely(best, len(pairs), now, apart[best], False)


def by_cover(
    told: Sequence[Sequence[Point]], known: Sequence[Sequence[Point]], taken: Datum
) -> Likely | None:
    """A sign from outlines and points as they were taken, and the outlines that are known."""
    ours = [shape(points) for points in known if len(points) > 3]
    if len(ours) < ENOUGH or len(told) < ENOUGH:
        return None
    import shapely

    tree, around = shapely.STRtree(ours), shapely.union_all(ours).convex_hull
    count = partial(_covering, told[:MOST], tree, ours, around)
    found = {d: count(partial(_again, taken=taken, other=d)) for d in CANDIDATES}
    best, now = max(CANDIDATES, key=lambda d: found[d][0]), found[_plain(taken)][0]
    hits, near = found[best]
    if best is _plain(taken) or hits < max(ENOUGH, 2 * now, near * HALF):
        return None
    return Likely(best, near, now, hits, True)


def _plain(datum: Datum) -> Datum:
    return Datum.WGS84 if datum is Datum.CGCS2000 else datum


def _again(point: Point, taken: Datum, other: Datum) -> Point:
    """Where the position lies if the file is in another datum than it was taken to be in."""
    return point if _plain(taken) is other else to_wgs84(from_wgs84(point, taken), other)


def _covering(
    told: Sequence[Sequence[Point]],
    tree: Any,
    ours: Sequence[Any],
    around: Any,
    move: Callable[[Point], Point],
) -> tuple[int, int]:
    """How many cover a known building once they are moved, and how many lie among the known ones at all."""
    hits = near = 0
    for points in told:
        moved = shape(_shifted(points, move))
        if not around.intersects(moved):
            continue
        near += 1
        if len(points) < 4:
            hits += bool(len(tree.query(moved, predicate="intersects")))
        else:
            hits += any(covered(moved, ours[j]) > HALF for j in tree.query(moved, predicate="intersects"))
    return hits, near


def _shifted(points: Sequence[Point], move: Callable[[Point], Point]) -> list[Point]:
    """The points moved as their middle is: within a building the shift is the same to some centimetres."""
    at = middle(points)
    there = move(at)
    return [(x + there[0] - at[0], y + there[1] - at[1]) for x, y in points]
