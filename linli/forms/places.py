"""The table of households behind their doors, and how a row of any table names a building."""

from __future__ import annotations

import re
from datetime import date

from linli.forms.columns import Column
from linli.forms.tables import Row, Table, Values, Wrong
from linli.journal.append import find
from linli.rules.actor import THE_IMPORTER
from linli.rules.fields import NEEDED, Choice, Day, Option, Place, Text
from linli.rules.labels import LABELS
from linli.rules.place import BUILDING_CODE, Level
from linli.rules.refusal import Refused
from linli.rules.text import T
from linli.territory import households
from linli.territory.importing import Entering

COMMUNITY = Place("community", T("社区", "Community"), level=Level.COMMUNITY, required=False)
_NUMBER = re.compile(r"[Bb]?0*([1-9]\d{0,3})(?:号楼|号|栋|幢)?")
_PART = re.compile(r"([^\s-]{1,10}?)(?:单元|室|号)?")

NO_BUILDING = T(
    "请填 17 位楼栋代码，或社区代码和楼号（1 至 9999）",
    "Expected a building’s code, or a community’s code and a number from 1 to 9999",
)
NO_PART = T("请填不含空格和横线的 1 至 10 个字", "Expected 1 to 10 characters without blanks and hyphens")
COMMUNITY_COLUMN = Column(COMMUNITY, "140105006002", ("社区代码",))
BUILDING_COLUMN = Column(
    Text("building", T("楼栋", "Building"), at_most=20), "3", ("楼栋代码", "楼号", "Building code", "Number")
)
UNIT_COLUMN = Column(Text("unit", T("单元", "Unit"), at_most=12), "2", ("单元号", "Entrance"))
ROOM_COLUMN = Column(Text("room", T("房号", "Room"), at_most=12), "301", ("门牌", "室", "Door"))


def building_code(values: Values) -> str | None:
    """The code of the building that a row names, by its code or by community and number; None where it names none.

    A file of shapes may give the code as the number of the feature.
    """
    text = str(values.get("building", ""))
    outside = str(values.get("outside", "")).upper()
    if not text and BUILDING_CODE.fullmatch(outside):
        return outside
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
