"""What a place takes from a shape in a file: a point, the line around it, or lines. Pure geometry, in degrees of the file's datum.

The library that judges shapes takes long to load: it is asked for where it is needed, so that a command without shapes starts fast.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NoReturn

from linli.rules.datum import EAST, NORTH, SOUTH, WEST, Point
from linli.rules.fields import Invalid
from linli.rules.text import T

Line = tuple[Point, ...]
LARGEST = 2
"""Square kilometres: nothing that is one building is larger."""
MOST_CORNERS = 20_000
DEEPEST = 4
"""So deep are lists of positions nested in a shape of several areas."""
_FARTHEST = 1e11
_SQUARE_METRES = 111_320.0**2
"""In a square degree at the equator; further north it has fewer."""
_NOTHING = 1e-11
"""Square degrees, a tenth of a square metre: an area that is smaller is a line."""

_BUILT = ("Point", "MultiPoint", "Polygon", "MultiPolygon")

NO_SHAPE = T(
    "这个要素没有图形：请在地图软件里画上，或删去它",
    "It has no shape; draw it in your map program, or delete it",
)
NO_DEGREES = T(
    "坐标 {p} 不是中国范围内的经纬度：若是投影坐标，请存成 GeoPackage，或另存为经纬度（WGS 84）",
    "{p} is no longitude and latitude in China; where the file is projected, save it as a GeoPackage or in degrees (WGS 84)",
)
SWAPPED = T(
    "坐标 {p} 的经纬度像是颠倒了：应为经度在前、纬度在后",
    "In {p}, latitude and longitude look swapped; longitude comes first",
)
NO_NUMBER = T("坐标 {p} 不是两个数", "{p} is not two numbers")
TOO_FEW = T(
    "一圈里不同的点少于 3 个，围不出一块面", "A ring with fewer than 3 different points encloses nothing"
)
TOO_SHORT = T("一条线至少要有 2 个不同的点", "A line needs 2 different points at least")
NO_AREA = T("围出的面没有面积：点都在一条线上", "It encloses nothing: its points lie on one line")
CROSSES = T(
    "轮廓线自己相交（{why}）：请在地图软件里修复图形",
    "Its outline crosses itself ({why}); mend the shape in your map program",
)
TOO_LARGE = T(
    "约 {n} 平方公里，不会是一栋楼：请核对图层和坐标系",
    "About {n} km² is no building; check the layer and its coordinate system",
)
TOO_DETAILED = T(
    "有 {n} 个点，至多收 {most} 个：请先在地图软件里简化",
    "It has {n} points, at most {most} are taken; simplify it in your map program",
)
WRONG_KIND = T("图形是 {kind}，这里要的是{wanted}", "The shape is a {kind}; {wanted} is expected")
SEVERAL_POINTS = T(
    "有 {n} 个点，一栋楼只能有一个：请拆成多个要素",
    "It has {n} points; a building has one: split it into features",
)
LEFT_OUT = T(
    "只取了最大的一块的外圈，略去：其余的块 {parts}，洞 {holes}",
    "The outer ring of the largest part is taken; left out are other parts: {parts}, holes: {holes}",
)
CLOSED = T("轮廓没有闭合，已接上首尾", "The outline was not closed; its ends were joined")
EDGE = T("图形是面，取它的边线", "The shape is an area; its edge is taken as the line")


class Kind(StrEnum):
    """What a figure is. Nothing is a feature that has no shape: what it says may be of use without."""

    NOTHING = "nothing"
    POINT = "point"
    AREA = "area"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Geometry:
    """A shape as a file holds it: GeoJSON's type and coordinates; ``fault`` where it could not be read. No type: no shape."""

    type: str = ""
    coordinates: Any = ()
    fault: T | None = None

    def __str__(self) -> str:
        return self.type


@dataclass(frozen=True, slots=True)
class Figure:
    """A point, the closed line around an area (against the clock), or one or more lines; ``notes`` say what was left out."""

    kind: Kind
    lines: tuple[Line, ...]
    notes: tuple[T, ...] = field(default=(), compare=False)

    @property
    def first(self) -> Line:
        """The only line of a point or an area; no points where there is no shape."""
        return self.lines[0] if self.lines else ()

    def moved(self, move: Callable[[Point], Point]) -> Figure:
        """The figure with every point moved."""
        return Figure(self.kind, tuple(tuple(map(move, line)) for line in self.lines), self.notes)


def from_text(text: str) -> Geometry:
    """A shape as a spreadsheet holds it, in WKT. Raises: Invalid."""
    import shapely

    try:
        return from_shapely(shapely.from_wkt(text))
    except (shapely.errors.ShapelyError, TypeError, ValueError) as error:
        expected = T("应为 WKT，如 POINT (112.56 37.78)", "Expected WKT such as POINT (112.56 37.78)")
        raise Invalid(expected) from error


def from_shapely(shape: Any) -> Geometry:
    """The shape of the library as a file’s."""
    import shapely

    if shape is None or shape.is_empty:
        return Geometry()
    told = shapely.geometry.mapping(shapely.force_2d(shape))
    return Geometry(told["type"], told.get("coordinates", ()))


def place(geometry: Geometry) -> Figure:
    """A building: a point, or the outer ring of the largest part; or nothing.

    Raises: Invalid with what is wrong and how to mend it.
    """
    if geometry.fault is None and (
        not geometry.type or (geometry.type in _BUILT and geometry.coordinates in ((), []))
    ):
        return Figure(Kind.NOTHING, ())
    parts = _parts(geometry)
    if geometry.type in ("Point", "MultiPoint"):
        if len(parts) > 1:
            raise Invalid(SEVERAL_POINTS.format(n=len(parts)))
        return Figure(Kind.POINT, ((_point(parts[0]),),))
    if geometry.type not in _BUILT:
        _wrong(geometry, T("点或面", "a point or an area"))
    areas = [_area(part) for part in parts]
    largest = max(range(len(areas)), key=lambda i: areas[i].size)
    notes = [CLOSED] if areas[largest].joined else []
    others, holes = len(parts) - 1, sum(len(p) - 1 for p in parts)
    if others or holes:
        notes.append(LEFT_OUT.format(parts=others, holes=holes))
    return Figure(Kind.AREA, (areas[largest].ring,), tuple(notes))


def lines(geometry: Geometry) -> Figure:
    """A barrier: one line, several, or the edge of an area. Raises: Invalid with what is wrong and how to mend it."""
    parts = _parts(geometry)
    if geometry.type in ("LineString", "MultiLineString"):
        return Figure(Kind.LINE, tuple(_line(part) for part in parts))
    if geometry.type not in ("Polygon", "MultiPolygon"):
        _wrong(geometry, T("线", "a line"))
    return Figure(Kind.LINE, tuple(_area(part, limit=False).ring for part in parts), (EDGE,))


def _parts(geometry: Geometry) -> list[Any]:
    """The parts of the shape: of one that is not "Multi", itself. Raises: Invalid where there are none."""
    if geometry.fault is not None:
        raise Invalid(geometry.fault)
    given = geometry.coordinates
    parts = list(given) if geometry.type.startswith("Multi") and _listed(given) else [given]
    if not parts or any(not _listed(p) or not p for p in parts):
        raise Invalid(NO_SHAPE)
    n = sum(_corners(p) for p in parts)
    if n > MOST_CORNERS:
        raise Invalid(TOO_DETAILED.format(n=n, most=MOST_CORNERS))
    return parts


def _listed(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _corners(part: Any, depth: int = DEEPEST) -> int:
    """How many positions there are in it, at any depth that a shape has."""
    if not depth or not _listed(part) or not part or not _listed(part[0]):
        return 1
    return sum(_corners(p, depth - 1) for p in part)


def _wrong(geometry: Geometry, wanted: T) -> NoReturn:
    raise Invalid(WRONG_KIND.format(kind=geometry.type or "?", wanted=wanted))


def _point(position: Any) -> Point:
    shown = str(position)[:40]
    if not _listed(position) or len(position) < 2 or any(not is_number(n) for n in position[:2]):
        raise Invalid(NO_NUMBER.format(p=shown))
    lon, lat = float(position[0]), float(position[1])
    if WEST <= lon <= EAST and SOUTH <= lat <= NORTH:
        return lon, lat
    swapped = WEST <= lat <= EAST and SOUTH <= lon <= NORTH
    raise Invalid((SWAPPED if swapped else NO_DEGREES).format(p=f"{lon:.6g}, {lat:.6g}"))


def is_number(value: Any) -> bool:
    """Whether a coordinate is a number that can be one: no truth, nothing infinite, nothing beyond the earth in millimetres."""
    return isinstance(value, int | float) and not isinstance(value, bool) and -_FARTHEST < value < _FARTHEST


def _line(positions: Sequence[Any]) -> Line:
    found = _no_repeats(_point(p) for p in positions)
    if len(found) < 2:
        raise Invalid(TOO_SHORT)
    return found


def _no_repeats(points: Any) -> Line:
    found: list[Point] = []
    for p in points:
        if not found or p != found[-1]:
            found.append(p)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Area:
    """A ring, closed and against the clock; its size in square degrees; whether its ends had to be joined."""

    ring: Line
    size: float
    joined: bool


def _area(rings: Sequence[Any], *, limit: bool = True) -> _Area:
    import shapely

    ring, joined = _ring(rings[0])
    area = shapely.Polygon(ring)
    if area.convex_hull.area < _NOTHING:
        raise Invalid(NO_AREA)
    if not area.is_valid:
        raise Invalid(CROSSES.format(why=shapely.is_valid_reason(area)))
    large = area.area * _SQUARE_METRES / 10**6
    if limit and large > LARGEST:
        raise Invalid(TOO_LARGE.format(n=round(large)))
    turned = shapely.orient_polygons(area).exterior.coords
    return _Area(tuple((float(x), float(y)) for x, y in turned), float(area.area), joined)


def _ring(positions: Any) -> tuple[Line, bool]:
    if not _listed(positions):
        raise Invalid(NO_NUMBER.format(p=str(positions)[:40]))
    found = _no_repeats(_point(p) for p in positions)
    joined = not found or found[0] != found[-1]
    ring = (*found, *found[:1]) if joined else found
    if len(set(ring)) < 3:
        raise Invalid(TOO_FEW)
    return ring, joined
