"""The table of buildings: what they are called, where they stand, in which grid they lie. From a spreadsheet or a file of shapes."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal as Number

from linli.forms.columns import Column, Decimal
from linli.forms.places import BUILDING_COLUMN, COMMUNITY_COLUMN, NO_BUILDING, building_code
from linli.forms.shapes.datums import DATUM_COLUMN
from linli.forms.shapes.field import Shape
from linli.forms.shapes.geometry import NO_SHAPE, Kind
from linli.forms.surveying import TAG, survey
from linli.forms.tables import Row, Table, Values, Wrong
from linli.rules.datum import EAST, NORTH, SOUTH, WEST
from linli.rules.fields import NEEDED, Day, Integer, Text
from linli.rules.place import Level
from linli.rules.text import T
from linli.territory.importing import BuildingLine, Entering

_GRID = re.compile(r"0*([1-9]\d{0,2})")
NO_GRID = T(
    "请填网格的 3 位编号，或本社区网格的 15 位代码",
    "Expected a grid’s 3 digits, or the 15-digit code of one in this community",
)
_SAID = (
    "name_zh", "name_en", "compound_zh", "compound_en", "address", "floors", "entrances", "outside", "households",
)  # fmt: skip


def _grid_code(values: Values) -> str | None:
    community = str(values.get("code") or building_code(values) or values.get("community", ""))[
        : Level.COMMUNITY
    ]
    text = str(values["grid"])
    if len(text) == Level.GRID and text.isdigit():
        return text if text.startswith(community) else None
    number = _GRID.fullmatch(text)
    return f"{community}{int(number[1]):03d}" if number else None


def _check(values: Values) -> Wrong:
    wrong: dict[str, T] = {}
    if not building_code(values):
        if ("building" in values and not TAG.fullmatch(values["building"])) or "shape" not in values:
            wrong["building"] = NO_BUILDING
        elif "community" not in values:
            wrong["community"] = NEEDED
        elif values["shape"].kind is Kind.NOTHING:
            wrong["shape"] = NO_SHAPE
    if "grid" in values and "from" not in values:
        wrong["from"] = NEEDED
    if "grid" in values and not _grid_code(values):
        wrong["grid"] = NO_GRID
    for one, other in (("lon", "lat"), ("lat", "lon")):
        if one in values and other not in values:
            wrong[other] = NEEDED
    return wrong


class Buildings:
    """Takes buildings and the grid in which each lies from a day on."""

    def __init__(self, at: int) -> None:
        self.entering = Entering(at)

    def take(self, row: Row) -> bool:
        """Enter the building that the survey found or made, and its division; False where neither is new."""
        said, code = row.values, row.values["code"]
        told = {k: said.get(k) for k in _SAID}
        new = self.entering.building(BuildingLine(code, **told, points=said["points"]))
        if "grid" not in said:
            return new
        grid = _grid_code(said) or ""
        zh = said.get("grid_name") or f"第{int(grid[Level.COMMUNITY :])}网格"
        starts = date.fromisoformat(said["from"])
        divided = self.entering.divide(code, grid, starts, (zh, f"Grid {int(grid[Level.COMMUNITY :])}"))
        return divided or new

    def close(self, digest: str) -> None:
        """Say in each community's register what was entered."""
        self.entering.close(digest)


def _text(key: str, title: T, at_most: int = 60) -> Text:
    return Text(key, title, required=False, at_most=at_most)


def _degrees(key: str, title: T, least: int, most: int) -> Decimal:
    return Decimal(key, title, required=False, at_least=Number(least), at_most=Number(most))


BUILDINGS = Table(
    "buildings",
    T("楼栋", "Buildings"),
    (
        COMMUNITY_COLUMN,
        Column(BUILDING_COLUMN.field, BUILDING_COLUMN.example, BUILDING_COLUMN.also, unless="shape"),
        Column(
            _text("outside", T("外部编号", "Number elsewhere"), 80),
            "",
            ("id", "osm_id", "@id", "osmid", "osm_way_id"),
        ),
        Column(Text("name_zh", T("名称", "Name"), at_most=60), "3号楼", ("楼名",), unless="shape"),
        Column(_text("name_en", T("英文名称", "English name")), "Building 3", ("name:en",)),
        Column(_text("compound_zh", T("小区", "Compound")), "康宁苑"),
        Column(_text("compound_en", T("小区英文名称", "English name of the compound")), "Kangning Court"),
        Column(_text("address", T("地址", "Address"), 120), "康宁街 12 号", ("addr:full",)),
        Column(Integer("entrances", T("单元数", "Units"), required=False, at_least=1, at_most=99), "6"),
        Column(
            Integer("floors", T("层数", "Floors"), required=False, at_least=1, at_most=200),
            "7",
            ("building:levels",),
        ),
        Column(
            Integer("households", T("户数", "Households"), required=False, at_most=100_000), "84", ("住户数",)
        ),
        Column(Shape("shape", T("图形", "Shape"), required=False), "", ("geometry", "geom", "WKT")),
        Column(_degrees("lon", T("经度", "Longitude"), WEST, EAST), "112.5602"),
        Column(_degrees("lat", T("纬度", "Latitude"), SOUTH, NORTH), "37.7881"),
        DATUM_COLUMN,
        Column(_text("grid", T("网格", "Grid"), 15), "001", ("网格代码", "网格编号")),
        Column(_text("grid_name", T("网格名称", "Name of the grid")), "第一网格"),
        Column(Day("from", T("起始日期", "From"), required=False), "2024-01-01", ("划入日期", "Since")),
    ),
    Buildings,
    _check,
    survey=survey,
    place="community",
    shape="shape",
    datum="datum",
)
