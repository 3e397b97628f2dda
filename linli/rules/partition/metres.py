"""Metres on the ground: distances between points, a flat sheet around them, and who is next to whom on it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiPoint
from shapely.strtree import STRtree

RADIUS = 6_371_008.8
"""The mean radius of the earth in metres (IUGG)."""
Point = tuple[float, float]
"""Longitude and latitude in degrees, WGS 84."""
Floats = NDArray[np.float64]


def distances(points: Sequence[Point]) -> Floats:
    """The distance of every point to every other in metres along the ground (haversine), n × n."""
    lon, lat = np.radians(np.array(points, dtype=np.float64).reshape(-1, 2)).T
    across = np.sin((lon[:, None] - lon[None, :]) / 2) ** 2 * np.cos(lat)[:, None] * np.cos(lat)[None, :]
    chord = np.sin((lat[:, None] - lat[None, :]) / 2) ** 2 + across
    found: Floats = 2 * RADIUS * np.arcsin(np.sqrt(np.clip(chord, 0, 1)))
    return found


def flat(points: Sequence[Point], middle: Point) -> Floats:
    """The points on a sheet that touches the earth at ``middle``: metres to the east and to the north, n × 2."""
    given = np.array(points, dtype=np.float64).reshape(-1, 2)
    across = np.cos(np.radians(middle[1]))
    east, north = given[:, 0] - middle[0], given[:, 1] - middle[1]
    return np.column_stack([np.radians(east) * across, np.radians(north)]) * RADIUS


def middle_of(points: Sequence[Point]) -> Point:
    """The middle of the box around the points."""
    given = np.array(points, dtype=np.float64).reshape(-1, 2)
    low, high = given.min(axis=0), given.max(axis=0)
    return float(low[0] + high[0]) / 2, float(low[1] + high[1]) / 2


def beside(points: Sequence[Point]) -> list[tuple[int, int]]:
    """The Delaunay edges of the points on a flat sheet, each once with the smaller index first, in order.

    Points at the same place are next to each other, and the first of them stands for all towards the others; points on
    one line are next to each other along it.
    """
    sheet = np.round(flat(points, middle_of(points)), 6)
    first: dict[tuple[float, float], int] = {}
    edges = set()
    for i, (x, y) in enumerate(sheet.tolist()):
        kept = first.setdefault((x, y), i)
        if kept != i:
            edges.add((kept, i))
    apart = sorted(first.values())
    edges |= {_ordered(apart[a], apart[b]) for a, b in _triangulated(sheet[apart])}
    return sorted(edges)


def _triangulated(sheet: Floats) -> list[tuple[int, int]]:
    if len(sheet) < 2:
        return []
    drawn = shapely.delaunay_triangles(MultiPoint(sheet), only_edges=True)
    lines = shapely.get_parts(drawn)
    if not len(lines):
        order = np.lexsort((sheet[:, 1], sheet[:, 0])).tolist()
        return list(pairwise(order))
    place = {(x, y): i for i, (x, y) in enumerate(sheet.tolist())}
    ends = shapely.get_coordinates(lines).reshape(-1, 2, 2).tolist()
    return [(place[tuple(a)], place[tuple(b)]) for a, b in ends]


def _ordered(a: int, b: int) -> tuple[int, int]:
    return (a, b) if a < b else (b, a)


def uncrossed(
    edges: Sequence[tuple[int, int]], points: Sequence[Point], barriers: Sequence[Sequence[Point]]
) -> list[tuple[int, int]]:
    """The edges whose straight line meets none of the barriers (lines of two or more points)."""
    lines = [line for line in barriers if len(line) > 1]
    if not lines or not edges:
        return list(edges)
    middle = middle_of(points)
    sheet = flat(points, middle)
    tree = STRtree([LineString(flat(line, middle)) for line in lines])
    drawn = shapely.linestrings([[sheet[a], sheet[b]] for a, b in edges])
    crossing = set(tree.query(drawn, predicate="intersects")[0].tolist())
    return [edge for i, edge in enumerate(edges) if i not in crossing]
