"""Places as a file for others: buildings, grids or barriers of a community on a day, in any datum. Nothing in it is personal.

What is written can be taken in again, and taking it in adds nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.forms.barriers import BARRIERS
from linli.forms.buildings import BUILDINGS
from linli.forms.columns import Column
from linli.forms.shapes import writing as shapes
from linli.forms.shapes.datums import DATUM_COLUMN
from linli.forms.shapes.geometry import Geometry
from linli.forms.sheet import Cell, Unusable
from linli.forms.tables import Table
from linli.forms.writing import table_bytes
from linli.rules.datum import NAMES, Datum, Point, from_wgs84
from linli.rules.fields import Day, Integer, Text
from linli.rules.text import T
from linli.territory import barriers, outlines, positions
from linli.territory.buildings import community_buildings, grids_of
from linli.territory.households import known_numbers
from linli.territory.models import Building

MOST_IN_A_CELL = 32_767
KINDS = {
    ".geojson": "application/geo+json",
    ".gpkg": "application/geopackage+sqlite3",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
}
"""What a file of each ending is called on the web."""
ENDINGS = tuple(KINDS)
TITLES: Mapping[str, T] = {
    "buildings": BUILDINGS.title,
    "grids": T("网格", "Grids"),
    "barriers": BARRIERS.title,
}
GRID_COLUMNS = (
    Column(Text("id", T("网格代码", "Grid"))),
    Column(Text("name_zh", T("名称", "Name"))),
    Column(Text("name_en", T("英文名称", "English name"))),
    Column(Integer("buildings", T("楼栋数", "Buildings"))),
    Column(Integer("households", T("户数", "Households"))),
    Column(Integer("not_told", T("户数未知的楼栋", "Buildings whose households are not known"))),
    Column(Day("from", T("起始日期", "From"))),
)


@dataclass(frozen=True, slots=True)
class File:
    """A file to hand over: its bytes, its name, its kind as the web calls it; how many rows it has, and how many of them no shape."""

    content: bytes
    name: str
    kind: str
    rows: int
    without_shape: int


@dataclass(frozen=True, slots=True)
class _Row:
    """What is said of a place, by property, and its shape in WGS 84."""

    said: Mapping[str, Cell]
    shape: Geometry | None


def made(what: str, community: str, ending: str, *, day: date, datum: Datum = Datum.WGS84) -> File:
    """The file.

    Args:
        what: a key of ``TITLES``.
        community: its 12 digits.
        ending: one of ``ENDINGS``.
        day: of which day the grids are.
        datum: of the coordinates. GeoJSON is WGS 84 by its standard: another datum stands in the file’s name, too.

    Raises: Unusable for a line that does not fit into a spreadsheet’s cell.
    """
    rows = [_Row(r.said, _moved(r.shape, datum)) for r in _ROWS[what](community, day)]
    title = f"{TITLES[what].zh} {TITLES[what].en} {community} {day.isoformat()}"
    if ending in (".geojson", ".gpkg"):
        features = [shapes.Feature(r.said, r.shape) for r in rows]
        layer = shapes.Layer(what, title, datum, features)
        content = shapes.geojson(layer) if ending == ".geojson" else shapes.geopackage(layer)
    else:
        titles = [c.title for c in _COLUMNS[what]]
        content = table_bytes(ending, titles, [_line(r, what, datum) for r in rows])
    shifted = "" if datum is Datum.WGS84 else f"-{datum.value}"
    name = f"{what}-{community}-{day:%Y%m%d}{shifted}{ending}"
    return File(content, name, KINDS[ending], len(rows), sum(r.shape is None for r in rows))


def _buildings(community: str, day: date) -> list[_Row]:
    homes, grids = known_numbers(community), outlines.divisions(community, day)
    names = {g.code: g.name_zh for g in grids_of(community, day)}
    found = []
    for b in community_buildings(community):
        grid, starts = grids.get(b.code, (None, None))
        found.append(
            _Row(_of_building(b, homes.get(b.code), grid, names.get(grid or ""), starts), _stands(b))
        )
    return found


def _of_building(
    b: Building, homes: int | None, grid: str | None, grid_name: str | None, starts: date | None
) -> dict[str, Cell]:
    return {
        "id": b.code, "name_zh": b.name_zh, "name_en": b.name_en or None, "compound": b.compound_zh or None,
        "compound_en": b.compound_en or None, "address": b.address or None, "floors": b.floors or None,
        "entrances": b.entrances or None, "households": homes, "grid": grid, "grid_name": grid_name, "from": starts,
        "source_id": b.outside or None,
    }  # fmt: skip


def _stands(building: Building) -> Geometry | None:
    points = positions.of(building.outline)
    if len(points) > 3:
        return Geometry("Polygon", [positions.turned(points)])
    return Geometry("Point", points[0]) if points else None


def _grids(community: str, day: date) -> list[_Row]:
    homes, lies = known_numbers(community), outlines.divisions(community, day)
    inside: dict[str, list[str]] = defaultdict(list)
    for building, (grid, _) in lies.items():
        inside[grid].append(building)
    around: dict[str, list[Sequence[Point]]] = defaultdict(list)
    for grid, ring in outlines.grid_rings(community, day):
        around[grid].append(ring)
    found = []
    for g in grids_of(community, day):
        told = [homes[b] for b in inside[g.code] if b in homes]
        said: dict[str, Cell] = {
            "id": g.code, "name_zh": g.name_zh, "name_en": g.name_en or None, "buildings": len(inside[g.code]),
            "households": sum(told), "not_told": len(inside[g.code]) - len(told), "from": g.starts,
        }  # fmt: skip
        found.append(_Row(said, _together(around[g.code])))
    return found


def _together(rings: Sequence[Sequence[Point]]) -> Geometry | None:
    """The areas within the lines as one shape of several parts, those that overlap being one."""
    import shapely

    if not rings:
        return None
    whole = shapely.union_all([shapely.Polygon(r) for r in rings])
    parts = [shapely.orient_polygons(p) for p in getattr(whole, "geoms", [whole])]
    return Geometry("MultiPolygon", [[list(p.exterior.coords)] for p in parts])


def _barriers(community: str, _: date) -> list[_Row]:
    return [
        _Row(
            {"id": str(b.id), "kind": b.kind, "name": b.name or None},
            Geometry("LineString", barriers.told(b)),
        )
        for b in barriers.of_community(community)
    ]


_ROWS: Mapping[str, Callable[[str, date], list[_Row]]] = {
    "buildings": _buildings, "grids": _grids, "barriers": _barriers,
}  # fmt: skip


def _moved(shape: Geometry | None, datum: Datum) -> Geometry | None:
    return Geometry(shape.type, _each(shape.coordinates, datum)) if shape else None


def _each(coordinates: Any, datum: Datum) -> Any:
    """Every position in nested lists as a map of the datum shows it, as far as it is kept."""
    if isinstance(coordinates[0], int | float):
        return [round(c, positions.DIGITS) for c in from_wgs84((coordinates[0], coordinates[1]), datum)]
    return [_each(one, datum) for one in coordinates]


def _picked(table: Table, keys: Sequence[str]) -> tuple[Column, ...]:
    return tuple(c for k in keys if (c := table.column(k)))


_PLACE = _picked(BUILDINGS, ("lon", "lat", "datum"))
_COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "buildings": (
        *_picked(
            BUILDINGS, ("building", "outside", "name_zh", "name_en", "compound_zh", "compound_en", "address")
        ),
        *_picked(BUILDINGS, ("floors", "entrances", "households", "grid", "grid_name", "from")),
        *_PLACE,
    ),
    "grids": (*GRID_COLUMNS, *_PLACE),
    "barriers": (*_picked(BARRIERS, ("outside", "kind", "name", "shape")), DATUM_COLUMN),
}
_PROPERTY = {
    "buildings": {"building": "id", "outside": "source_id", "compound_zh": "compound"},
    "barriers": {"outside": "id"},
}
"""What a column’s field is called among a feature’s properties, where that is another word."""


def _line(row: _Row, what: str, datum: Datum) -> list[Cell]:
    """The row of a spreadsheet; of a shape a point within it, of a line its WKT."""
    names, (lon, lat) = _PROPERTY.get(what, {}), _inside(row.shape) or (None, None)
    own: dict[str, Cell] = {"lon": lon, "lat": lat, "shape": _wkt(row.shape)}
    own["datum"] = NAMES[datum] if row.shape else None
    keys = [c.field.key for c in _COLUMNS[what]]
    return [own[k] if k in own else row.said.get(names.get(k, k)) for k in keys]


def _inside(shape: Geometry | None) -> Point | None:
    if shape is None or shape.type == "LineString":
        return None
    found = shapes.positions(shape.coordinates)
    if shape.type == "Point":
        return found[0]
    x, y = positions.inside(found if shape.type == "Polygon" else shape.coordinates[0][0])
    return round(x, positions.DIGITS), round(y, positions.DIGITS)


def _wkt(shape: Geometry | None) -> str | None:
    if shape is None or shape.type != "LineString":
        return None
    text = f"LINESTRING ({', '.join(f'{x} {y}' for x, y in shape.coordinates)})"
    if len(text) > MOST_IN_A_CELL:
        raise Unusable(
            f"a line has {len(shape.coordinates)} points, which no cell holds; write .geojson or .gpkg"
        )
    return text
