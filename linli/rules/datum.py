"""What a coordinate is measured from: WGS 84 and CGCS2000, which are the true earth, and the two shifted ones of China's maps.

Positions are (longitude, latitude) in degrees, and are kept as WGS 84. GCJ-02 (Amap, Tencent, and every map that is published in
China) moves a position by 20 to 700 m, differently at every place; BD-09 (Baidu) moves it once more. Their formulas are those that
the library ``prcoords`` collects. CGCS2000 differs from WGS 84 by less than a metre, the drift of the continent since 2000, which is
no more than a building's outline is worth: the two are one here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from prcoords import Coords, gcj_bd, wgs_gcj

from linli.rules.text import T

Point = tuple[float, float]
_CLOSE = 1 / 10**12
"""Degrees: a tenth of a micrometre, where the search for the true position ends."""
_ROUNDS = 20


class Datum(StrEnum):
    """The datums that a file can be in."""

    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"
    BD09 = "bd09"


TITLES: Mapping[Datum, T] = {
    Datum.WGS84: T("WGS 84", "WGS 84"),
    Datum.CGCS2000: T("CGCS2000（国家大地坐标系）", "CGCS2000"),
    Datum.GCJ02: T("GCJ-02（高德、腾讯等地图）", "GCJ-02 (Amap, Tencent)"),
    Datum.BD09: T("BD-09（百度地图）", "BD-09 (Baidu)"),
}
NAMES: Mapping[Datum, str] = {
    Datum.WGS84: "WGS 84", Datum.CGCS2000: "CGCS2000", Datum.GCJ02: "GCJ-02", Datum.BD09: "BD-09",
}  # fmt: skip
TRUE = frozenset({Datum.WGS84, Datum.CGCS2000})
"""Those that move nothing."""
WEST, EAST, SOUTH, NORTH = 73, 136, 3, 54
"""The degrees within which a place of China lies."""


def in_china(point: Point) -> bool:
    """Whether the shifted maps move a position there: the rectangle around China that they take for it."""
    lon, lat = point
    return 72004 <= lon * 1000 <= 137834 and 829 <= lat * 1000 <= 55827


def to_wgs84(point: Point, datum: Datum) -> Point:
    """The true position; outside China every datum is the same. Good to far less than a millimetre.

    A shifted datum can be undone by search alone: the position is sought that it would move to ``point``.
    """
    if datum in TRUE or not in_china(point):
        return point
    move, found = _MOVES[datum], point
    for _ in range(_ROUNDS):
        there = move(found)
        lon, lat = there[0] - point[0], there[1] - point[1]
        found = found[0] - lon, found[1] - lat
        if abs(lon) < _CLOSE and abs(lat) < _CLOSE:
            break
    return found


def from_wgs84(point: Point, datum: Datum) -> Point:
    """Where a map of that datum shows the true position."""
    return point if datum in TRUE or not in_china(point) else _MOVES[datum](point)


def metres(one: Point, other: Point) -> float:
    """How far two positions of a neighbourhood lie apart, in metres along the earth."""
    found: float = Coords(one[1], one[0]).distance(Coords(other[1], other[0]))
    return found


def _gcj02(point: Point) -> Point:
    moved = wgs_gcj((point[1], point[0]), False)
    return moved.lon, moved.lat


def _bd09(point: Point) -> Point:
    moved = gcj_bd(wgs_gcj((point[1], point[0]), False))
    return moved.lon, moved.lat


_MOVES: Mapping[Datum, Callable[[Point], Point]] = {Datum.GCJ02: _gcj02, Datum.BD09: _bd09}
