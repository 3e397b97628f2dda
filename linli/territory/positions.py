"""Where a building stands, as it is kept: a closed line of (lon, lat), WGS 84, or one point where no more is known."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from itertools import pairwise

from linli.rules.datum import Point, metres

METRES = 111_320.0
"""Metres in one degree of latitude, good to half a per cent, which no eye sees on a sheet of a community."""
SIDE = 12.0
"""So many metres wide a building is drawn of which no more than a point is known."""
DIGITS = 8
"""Decimals of a degree that are kept: a millimetre."""
SAME = 3e-7
"""Degrees: two lines that lie nowhere further apart (3 cm) are one line, whatever it went through on its way."""
_GAP = 1e-6
"""Degrees: so far apart (10 cm) the pieces of a building may lie that was cut at the edge of a map's tile."""


def of(outline: str) -> list[Point]:
    """The points of an outline as it is kept; none where the building has no position."""
    return [(float(x), float(y)) for x, y in json.loads(outline)]


def kept(points: Iterable[Point]) -> str:
    """Points as they are kept."""
    return json.dumps([[round(x, DIGITS), round(y, DIGITS)] for x, y in points])


def drawn(outline: str) -> list[Point]:
    """The closed line that a map shows: around a lone point a small square; nothing where there is no position."""
    points = of(outline)
    return square(points[0]) if len(points) == 1 else points if len(points) > 3 else []


def square(point: Point, side: float = SIDE) -> list[Point]:
    """The closed line of a square around a point, ``side`` metres wide."""
    north = side / 2 / METRES
    east = north / math.cos(math.radians(point[1]))
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1))
    return [(point[0] + x * east, point[1] + y * north) for x, y in corners]


def middle(points: Sequence[Point]) -> Point:
    """The middle of the box around the points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def turned(points: Sequence[Point]) -> list[Point]:
    """The closed line around an area as GeoJSON wants it: closed, and against the clock."""
    ring = [*points, points[0]] if points[0] != points[-1] else list(points)
    x, y = ring[0]
    twice = sum((a - x) * (d - y) - (c - x) * (b - y) for (a, b), (c, d) in pairwise(ring))
    return ring if twice > 0 else ring[::-1]


def inside(points: Sequence[Point]) -> Point:
    """A point that surely lies within the line, such as a spreadsheet gives for a building."""
    import shapely

    if len(points) < 4:
        return points[0]
    found = shapely.point_on_surface(shapely.Polygon(points))
    return float(found.x), float(found.y)


def same(one: Sequence[Point], other: Sequence[Point]) -> bool:
    """Whether two lines are one, wherever they begin and whichever way they run."""
    if min(len(one), len(other)) < 2:
        return len(one) == len(other) and all(
            metres(a, b) < SAME * METRES for a, b in zip(one, other, strict=True)
        )
    if len(one) == len(other) and all(
        abs(a - c) + abs(b - d) < SAME for (a, b), (c, d) in zip(one, other, strict=True)
    ):
        return True
    import shapely

    return float(shapely.hausdorff_distance(shapely.LineString(one), shapely.LineString(other))) < SAME


def joined(rings: Sequence[Sequence[Point]]) -> list[Point] | None:
    """The line around pieces that touch, such as a building that was cut at the edge of a map's tile; None where they do not."""
    import shapely

    wide = shapely.union_all([shapely.Polygon(r).buffer(_GAP, join_style="mitre") for r in rings])
    whole = wide.buffer(-_GAP, join_style="mitre")
    if whole.geom_type != "Polygon" or whole.is_empty:
        return None
    return [(float(x), float(y)) for x, y in shapely.orient_polygons(whole).exterior.coords]
