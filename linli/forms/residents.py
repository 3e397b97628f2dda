"""The table of people: who lives behind which door. Names and numbers are sealed as they are taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from linli.forms.columns import Column
from linli.forms.places import (
    BUILDING_COLUMN,
    COMMUNITY_COLUMN,
    ROOM_COLUMN,
    UNIT_COLUMN,
    door_of,
    door_wrong,
)
from linli.forms.tables import Row, Table, Values, Wrong
from linli.journal.append import find
from linli.people import persons
from linli.people.entries import SHARD
from linli.people.kinds import RESIDENT
from linli.people.refusals import refused
from linli.rules.actor import THE_IMPORTER
from linli.rules.fields import NEEDED, Day, Text
from linli.rules.refusal import Refused
from linli.rules.text import T
from linli.territory import households

_HOME = ("building", "unit", "room")


def _check(values: Values) -> Wrong:
    """Somebody lives somewhere from a day on, or nowhere that is told."""
    if not any(k in values for k in (*_HOME, "from")):
        return {}
    since = {} if "from" in values else {"from": NEEDED}
    return {**door_wrong(values), **since}


class People:
    """Registers residents and enters them on the roll of their household."""

    def __init__(self, at: int) -> None:
        self.at = at

    def take(self, row: Row) -> bool:
        """Register, and move in; False where both were there.

        Raises: Refused, also where the phone is known under another name: two persons would become one.
        """
        known = find(SHARD, row.key)
        person = UUID(known.effect["id"]) if known else self._register(row)
        door = door_of(row.values)
        return (self._move_in(person, "-".join(door), row) if door else False) or known is None

    def _register(self, row: Row) -> UUID:
        name, phone = row.values["name"], row.values.get("phone")
        there = persons.find_by_phone(phone) if phone else None
        if there is not None and there not in persons.find_by_name(name):
            raise refused("phone-taken", field="phone")
        return persons.register(
            name=name, phone=phone, kind=RESIDENT, at=self.at, by=THE_IMPORTER, key=row.key
        )

    def _move_in(self, person: UUID, household: str, row: Row) -> bool:
        key = f"{row.key}/home"
        if find(household[:12], key) is not None:
            return False
        try:
            starts = date.fromisoformat(row.values["from"])
            households.move_in(household, person, starts, by=THE_IMPORTER, at=self.at, key=key)
        except Refused as refusal:
            if refusal.code != "lives-there":
                raise _about_the_door(refusal) from None
            return False
        return True

    def close(self, digest: str) -> None:
        """Nothing more: every person and every moving in is an entry."""


def _about_the_door(refusal: Refused) -> Refused:
    """What the roll says of its fields, said of the columns of this table."""
    names = {"household": "room", "person": "name"}
    return Refused(refusal.code, refusal.reason, {names.get(k, k): t for k, t in refusal.fields.items()})


PEOPLE = Table(
    "people",
    T("居民", "People"),
    (
        Column(Text("name", T("姓名", "Name"), at_most=60, personal=True), "王小明"),
        Column(
            Text("phone", T("电话", "Phone"), required=False, at_most=30, personal=True),
            "138 0000 0000",
            ("手机", "手机号", "联系电话"),
        ),
        COMMUNITY_COLUMN,
        *(
            replace(c, field=replace(c.field, required=False))
            for c in (BUILDING_COLUMN, UNIT_COLUMN, ROOM_COLUMN)
        ),
        Column(Day("from", T("起始日期", "From"), required=False), "2024-01-01", ("入住日期", "Since")),
    ),
    People,
    _check,
    place="community",
)
