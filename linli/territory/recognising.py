"""Which building a row of a file tells of: by its code, by the number that another map gives it, by its name, by its place.

A building is known by its place where the row's shape is the same, where the two cover each other by more than half, or where one
of the two is a point within the other and no second one comes into question. Whatever a row of the file names by code or number is
no longer there for the rows that can only be known by name or place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from linli.rules.datum import Point
from linli.territory.positions import same

HALF = 0.5
Title = tuple[str, str]
"""Compound and name."""


@dataclass(frozen=True, slots=True)
class Known:
    """A building that is there."""

    code: str
    outside: str
    title: Title
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Told:
    """A building as a row tells it; what is not said is empty."""

    row: int
    code: str
    outside: str
    title: Title
    points: Sequence[Point]


def named(told: Sequence[Told], known: Sequence[Known]) -> dict[int, str]:
    """Row → code, for the rows that say by code, number or name which building they mean."""
    by_outside = {k.outside: k.code for k in known if k.outside}
    found = {t.row: t.code or by_outside.get(t.outside, "") for t in told}
    found = {row: code for row, code in found.items() if code}
    claimed = set(found.values())
    free = [k for k in known if k.code not in claimed]
    rest = [t for t in told if t.row not in found and t.title[1]]
    there, asked = Counter(k.title for k in free), Counter(t.title for t in rest)
    only = {k.title: k for k in free if there[k.title] == 1}
    for t in rest:
        match = only.get(t.title)
        if match and asked[t.title] == 1 and not (t.outside and match.outside):
            found[t.row] = match.code
    return found


def placed(told: Sequence[Told], known: Sequence[Known], taken: Mapping[int, str]) -> dict[int, str]:
    """Row → code, for the rows that are not in ``taken`` and lie where a building stands that none of those names."""
    claimed = set(taken.values())
    free = [k for k in known if k.code not in claimed and k.points]
    rest = [t for t in told if t.row not in taken and t.points]
    sure, maybe = _pairs(rest, free)
    found: dict[int, str] = {}
    used: set[str] = set()
    for _, row, code in sorted(sure, key=lambda p: (-p[0], p[1], p[2])):
        if row not in found and code not in used:
            found[row] = code
            used.add(code)
    maybe = [(row, code) for row, code in maybe if row not in found and code not in used]
    rows, codes = Counter(row for row, _ in maybe), Counter(code for _, code in maybe)
    return found | {row: code for row, code in maybe if rows[row] == codes[code] == 1}


def _pairs(
    told: Sequence[Told], known: Sequence[Known]
) -> tuple[list[tuple[float, int, str]], list[tuple[int, str]]]:
    """Who covers whom: (share, row, code) of two areas or two points, (row, code) of a point within an area."""
    sure: list[tuple[float, int, str]] = []
    maybe: list[tuple[int, str]] = []
    if not told or not known:
        return sure, maybe
    import shapely

    shapes, ours = [shape(t.points) for t in told], [shape(k.points) for k in known]
    for i, j in zip(*shapely.STRtree(ours).query(shapes, predicate="intersects").tolist(), strict=True):
        t, k = told[i], known[j]
        if (len(t.points) > 3) != (len(k.points) > 3):
            maybe.append((t.row, k.code))
        elif same(t.points, k.points):
            sure.append((1.0, t.row, k.code))
        elif (share := covered(shapes[i], ours[j])) > HALF:
            sure.append((share, t.row, k.code))
    return sure, maybe


def covered(one: Any, other: Any) -> float:
    """How much of what two areas cover together both cover: 0 to 1."""
    whole = one.union(other).area
    return float(one.intersection(other).area / whole) if whole else 0.0


def shape(points: Sequence[Point]) -> Any:
    """The points as the library has them: a point, or an area that is sound."""
    import shapely

    if len(points) < 4:
        return shapely.Point(points[0])
    area = shapely.Polygon(points)
    return area if area.is_valid else shapely.make_valid(area)
