"""The tables of places: buildings with their grids, and households behind their doors."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal as Number

from linli.forms.columns import Column, Decimal
from linli.forms.tables import Row, Table, Values, Wrong
from linli.journal.append import find
from linli.rules.actor import THE_IMPORTER
from linli.rules.fields import NEEDED, Choice, Day, Integer, Option, Place, Text
from linli.rules.labels import LABELS
from linli.rules.place import BUILDING_CODE, Level
from linli.rules.refusal import Refused
from linli.rules.text import T
from linli.territory import households
from linli.territory.importing import BuildingLine, Entering

COMMUNITY = Place("community", T("社区", "Community"), level=Level.COMMUNITY, required=False)
_NUMBER = re.compile(r"[Bb]?0*([1-9]\d{0,3})(?:号楼|号|栋|幢)?")
_GRID = re.compile(r"0*([1-9]\d{0,2})")
_PART = re.compile(r"([^\s-]{1,10}?)(?:单元|室|号)?")

NO_BUILDING = T(
    "请填 17 位楼栋代码，或社区代码和楼号（1 至 9999）",
    "Expected a building’s code, or a community’s code and a number from 1 to 9999",
)
NO_GRID = T(
    "请填网格的 3 位编号，或本社区网格的 15 位代码",
    "Expected a grid’s 3 digits, or the 15-digit code of one in this community",
)
NO_PART = T("请填不含空格和横线的 1 至 10 个字", "Expected 1 to 10 characters without blanks and hyphens")
COMMUNITY_COLUMN = Column(COMMUNITY, "140105006002", ("社区代码",))
BUILDING_COLUMN = Column(
    Text("building", T("楼栋", "Building"), at_most=20), "3", ("楼栋代码", "楼号", "Building code", "Number")
)
UNIT_COLUMN = Column(Text("unit", T("单元", "Unit"), at_most=12), "2", ("单元号", "Entrance"))
ROOM_COLUMN = Column(Text("room", T("房号", "Room"), at_most=12), "301", ("门牌", "室", "Door"))


def building_code(values: Values) -> str | None:
    """The code of the building that a row names, by its code or by community and number; None where it names none."""
    text = str(values.get("building", ""))
    if BUILDING_CODE.fullmatch(text.upper()):
        return text.upper()
    number = _NUMBER.fullmatch(text)
    return f"{values['community']}B{int(number[1]):04d}" if number and "community" in values else None


def door_of(values: Values) -> tuple[str, str, str] | None:
    """Building, entrance and door of the household that a row names; 2单元 and 301室 are 2 and 301."""
    building = building_code(values)
    unit, room = (_PART.fullmatch(str(values.get(k, ""))) for k in ("unit", "room"))
    return (building, unit[1], room[1]) if building and unit and room else None


def door_wrong(values: Values) -> Wrong:
    """What is wrong with how a row names a household."""
    wrong = {} if building_code(values) else {"building": NO_BUILDING}
    parts = {k: NO_PART for k in ("unit", "room") if not _PART.fullmatch(str(values.get(k, "")))}
    return {**wrong, **parts}


def _grid_code(values: Values) -> str | None:
    text, community = str(values["grid"]), (building_code(values) or "")[: Level.COMMUNITY]
    if len(text) == Level.GRID and text.isdigit():
        return text if text.startswith(community) else None
    number = _GRID.fullmatch(text)
    return f"{community}{int(number[1]):03d}" if number else None


def _check_building(values: Values) -> Wrong:
    wrong: dict[str, T] = {} if building_code(values) else {"building": NO_BUILDING}
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
        """Enter the building, and its division; False where neither is new."""
        said, code = row.values, building_code(row.values) or ""
        point = (float(said["lon"]), float(said["lat"])) if "lon" in said else None
        names = {
            k: said.get(k)
            for k in ("name_en", "compound_zh", "compound_en", "address", "floors", "entrances")
        }
        new = self.entering.building(BuildingLine(code, said["name_zh"], **names, point=point))
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


class Households:
    """Takes households and their labels; each label is an entry of its own on the household's stream."""

    def __init__(self, at: int) -> None:
        self.at, self.entering = at, Entering(at)

    def take(self, row: Row) -> bool:
        """Enter the household and its labels; False where nothing is new."""
        door = door_of(row.values) or ("", "", "")
        new = self.entering.household(*door) is not None
        marked = [self._label("-".join(door), key, row) for key in row.values.get("labels", ())]
        return new or any(marked)

    def _label(self, household: str, label: str, row: Row) -> bool:
        key = f"{row.key}/{label}"
        if find(household[: Level.COMMUNITY], key) is not None:
            return False
        try:
            starts = date.fromisoformat(row.values["from"])
            households.label(household, label, starts, by=THE_IMPORTER, at=self.at, key=key)
        except Refused as refusal:
            if refusal.code != "labelled-already":
                raise
            return False
        return True

    def close(self, digest: str) -> None:
        """Say in each community's register what was entered."""
        self.entering.close(digest)


def _check_household(values: Values) -> Wrong:
    wrong = dict(door_wrong(values))
    if values.get("labels") and "from" not in values:
        wrong["from"] = NEEDED
    return wrong


BUILDINGS = Table(
    "buildings",
    T("楼栋", "Buildings"),
    (
        COMMUNITY_COLUMN,
        BUILDING_COLUMN,
        Column(Text("name_zh", T("名称", "Name"), at_most=60), "3号楼", ("楼名",)),
        Column(Text("name_en", T("英文名称", "English name"), required=False, at_most=60), "Building 3"),
        Column(Text("compound_zh", T("小区", "Compound"), required=False, at_most=60), "康宁苑"),
        Column(
            Text(
                "compound_en", T("小区英文名称", "English name of the compound"), required=False, at_most=60
            ),
            "Kangning Court",
        ),
        Column(Text("address", T("地址", "Address"), required=False, at_most=120), "康宁街 12 号"),
        Column(Integer("entrances", T("单元数", "Units"), required=False, at_least=1, at_most=99), "6"),
        Column(Integer("floors", T("层数", "Floors"), required=False, at_least=1, at_most=200), "7"),
        Column(
            Decimal("lon", T("经度", "Longitude"), required=False, at_least=Number(73), at_most=Number(136)),
            "112.5602",
        ),
        Column(
            Decimal("lat", T("纬度", "Latitude"), required=False, at_least=Number(3), at_most=Number(54)),
            "37.7881",
        ),
        Column(Text("grid", T("网格", "Grid"), required=False, at_most=15), "001", ("网格代码", "网格编号")),
        Column(Text("grid_name", T("网格名称", "Name of the grid"), required=False, at_most=60), "第一网格"),
        Column(Day("from", T("起始日期", "From"), required=False), "2024-01-01", ("划入日期", "Since")),
    ),
    Buildings,
    _check_building,
    place="community",
)
HOUSEHOLDS = Table(
    "households",
    T("住户", "Households"),
    (
        COMMUNITY_COLUMN,
        BUILDING_COLUMN,
        UNIT_COLUMN,
        ROOM_COLUMN,
        Column(
            Choice(
                "labels",
                T("标签", "Labels"),
                tuple(Option(k, t) for k, t in LABELS.items()),
                many=True,
                required=False,
                personal=True,
            ),
            "独居老人、低保",
            ("人群标签",),
        ),
        Column(Day("from", T("起始日期", "From"), required=False), "2024-01-01", ("标签起始日期", "Since")),
    ),
    Households,
    _check_household,
    place="community",
)
