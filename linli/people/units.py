"""Units: the organisations that handle work — a property company, the water company, an office of the street."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from linli.journal.writes import fetch
from linli.people.assigning import giving_role
from linli.people.contact import phone_of
from linli.people.duties import around
from linli.people.entries import REGISTER, Change, once, write
from linli.people.keys import seal, unseal
from linli.people.models import Unit
from linli.people.refusals import refused
from linli.rules.actor import Actor
from linli.rules.ids import new_id
from linli.rules.place import level_of, span
from linli.rules.text import T

_INSERT = "INSERT INTO people_unit (id, name_zh, name_en, kind, region, contact_sealed, closed) VALUES (%s, %s, %s, %s, %s, %s, NULL)"
_CONTACT = "UPDATE people_unit SET contact_sealed = %s WHERE id = %s"
_CLOSE = "UPDATE people_unit SET closed = %s WHERE id = %s"


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit as lists show it; ``region`` is what it serves, ``closed`` its last day."""

    id: UUID
    title: T
    kind: str
    region: str
    closed: date | None


def found_unit(*, name: T, kind: str, region: str, contact: str = "", by: Actor, at: int, key: str) -> UUID:
    """Enter a unit that serves a region; ``contact`` is its phone number. ``at`` is µs UTC.

    Raises: Refused ``admin-only``, ``bad-region``, ``bad-phone``, ``key-reused``.
    """
    _check_region(region)
    allowed = giving_role(by, region)
    phone = phone_of(contact) if contact else ""
    request = {"do": "unit", "name": [name.zh, name.en], "kind": kind, "region": region, "contact": phone}

    def do(digest: bytes) -> UUID:
        unit = new_id()
        rows = [(_INSERT, (unit, name.zh, name.en, kind, region, seal(phone)))]
        effect = {"id": str(unit), "zh": name.zh, "en": name.en, "kind": kind, "region": region}
        write(
            Change(unit, "unit-founded", by, at, key, effect, rows=rows, kind=REGISTER, role=allowed), digest
        )
        return unit

    return once(key, request, do)


def _check_region(region: str) -> None:
    try:
        level_of(region)
    except ValueError as wrong:
        raise refused("bad-region", field="region", code=region) from wrong


def set_contact(unit: UUID, contact: str, *, by: Actor, at: int, key: str) -> None:
    """Replace the unit's phone number; empty removes it. Raises: Refused ``no-such-unit``, ``admin-only``, ``bad-phone``."""
    phone = phone_of(contact) if contact else ""

    def do(digest: bytes) -> UUID:
        allowed = giving_role(by, _unit(unit).region)
        rows = [(_CONTACT, (seal(phone), unit))]
        change = Change(
            unit, "unit-contact", by, at, key, {"id": str(unit)}, rows=rows, kind=REGISTER, role=allowed
        )
        write(change, digest)
        return unit

    once(key, {"do": "unit-contact", "unit": str(unit), "contact": phone}, do)


def close_unit(unit: UUID, last_day: date, *, by: Actor, at: int, key: str) -> None:
    """Say that a unit serves until ``last_day``. Raises: Refused ``no-such-unit``, ``admin-only``."""

    def do(digest: bytes) -> UUID:
        allowed = giving_role(by, _unit(unit).region)
        rows = [(_CLOSE, (last_day.isoformat(), unit))]
        effect = {"id": str(unit), "closed": last_day.isoformat()}
        write(
            Change(unit, "unit-closed", by, at, key, effect, rows=rows, kind=REGISTER, role=allowed), digest
        )
        return unit

    once(key, {"do": "unit-close", "unit": str(unit), "last": last_day.isoformat()}, do)


def _unit(unit: UUID) -> Unit:
    row = Unit.objects.select_for_update().filter(id=unit).first()
    if row is None:
        raise refused("no-such-unit", field="unit")
    return row


def units_for(place: str, day: date, kind: str | None = None) -> list[UnitLine]:
    """The units that serve a place on that day, the nearest first."""
    open_then = Q(closed__isnull=True) | Q(closed__gte=day)
    found = Unit.objects.filter(open_then, region__in=around(place))
    lines = [_line(u) for u in (found.filter(kind=kind) if kind else found)]
    return sorted(lines, key=lambda u: (-len(u.region), u.title.zh, u.id))


def units_at(regions: Iterable[str], day: date) -> list[UnitLine]:
    """The units that serve exactly these regions on that day, the nearest first."""
    open_then = Q(closed__isnull=True) | Q(closed__gte=day)
    lines = [_line(u) for u in Unit.objects.filter(open_then, region__in=list(regions))]
    return sorted(lines, key=lambda u: (-len(u.region), u.title.zh, u.id))


def units_in(region: str) -> list[UnitLine]:
    """Every unit that serves the region or a part of it, closed ones included."""
    low, high = span(region)
    return [
        _line(u)
        for u in Unit.objects.filter(region__gte=low, region__lt=high).order_by("region", "name_zh", "id")
    ]


def titles(ids: Iterable[UUID]) -> dict[UUID, T]:
    """The units' names, by one query."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    marks = ", ".join(["%s"] * len(wanted))
    rows = fetch(f"SELECT id, name_zh, name_en FROM people_unit WHERE id IN ({marks})", wanted, uuids=(0,))  # noqa: S608
    return {unit: T(zh, en) for unit, zh, en in rows}


def contact_of(unit: UUID) -> str:
    """The unit's phone number as one calls it; an organisation's, no person's. Raises: Refused ``no-such-unit``."""
    sealed = Unit.objects.filter(id=unit).values_list("contact_sealed", flat=True).first()
    if sealed is None:
        raise refused("no-such-unit", field="unit")
    return unseal(sealed)


def _line(unit: Unit) -> UnitLine:
    return UnitLine(unit.id, T(unit.name_zh, unit.name_en), unit.kind, unit.region, unit.closed)
