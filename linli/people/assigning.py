"""Giving and ending duties, naming who stands in. Every change is an entry on the holder's stream."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from linli.people.entries import Change, once, write
from linli.people.models import Duty, Person, Substitution, Unit
from linli.people.refusals import refused
from linli.rules.actor import Actor
from linli.rules.ids import new_id
from linli.rules.place import level_of
from linli.rules.registry import installed
from linli.rules.roles import ADMIN, BODY_MEMBER, SYSTEM, UNIT_STAFF

_ASSIGN = "INSERT INTO people_duty (id, person_id, role, region, unit_id, starts, ends) VALUES (%s, %s, %s, %s, %s, %s, %s)"
_END = "UPDATE people_duty SET ends = %s WHERE id = %s"
_SUBSTITUTE = (
    "INSERT INTO people_substitution (id, duty_id, person_id, starts, ends) VALUES (%s, %s, %s, %s, %s)"
)
_RECALL = "UPDATE people_substitution SET ends = %s WHERE id = %s"
_NEVER_STOOD = "DELETE FROM people_substitution WHERE id = %s"


def assign(
    *,
    person: UUID,
    role: str,
    region: str,
    starts: date,
    ends: date | None = None,
    unit: UUID | None = None,
    by: Actor,
    at: int,
    key: str,
) -> UUID:
    """Give somebody a role for a region from ``starts`` to ``ends`` (both included; None: until further notice).

    Only an administrator of the region or of one above may, and the system at set-up. ``at`` is µs UTC.

    Raises: Refused ``admin-only``, ``bad-region``, ``unknown-role``, ``bad-dates``, ``unit-missing``, ``no-such-unit``,
    ``no-such-person``, ``duty-overlaps``, ``key-reused``.
    """
    _check_place(role, region)
    allowed = giving_role(by, region)
    if ends is not None and ends < starts:
        raise refused("bad-dates", field="ends")
    if role in (UNIT_STAFF.key, BODY_MEMBER.key) and unit is None:
        raise refused("unit-missing", field="unit")
    row = (person, role, region, unit, starts, ends)
    request = {"do": "assign", "row": [str(v) if v is not None else None for v in row]}

    def do(digest: bytes) -> UUID:
        _check_rows(person, role, region, unit, starts, ends)
        duty = new_id()
        days = {"starts": _text(starts), "ends": _text(ends)}
        effect = {"id": str(duty), "role": role, "region": region, "unit": _text(unit), **days}
        values = (duty, person, role, region, unit, starts.isoformat(), _text(ends))
        change = Change(person, "duty-given", by, at, key, effect, rows=[(_ASSIGN, values)], role=allowed)
        write(change, digest)
        return duty

    return once(key, request, do)


def giving_role(by: Actor, region: str) -> str:
    """In which role somebody may give duties for a region. Raises: Refused ``admin-only``."""
    for role in (ADMIN.key, SYSTEM.key):
        if by.holds(role, region):
            return role
    raise refused("admin-only")


def _check_place(role: str, region: str) -> None:
    try:
        level_of(region)
    except ValueError as wrong:
        raise refused("bad-region", field="region", code=region) from wrong
    if role not in installed.roles():
        raise refused("unknown-role", field="role", role=role)


def _check_rows(
    person: UUID, role: str, region: str, unit: UUID | None, starts: date, ends: date | None
) -> None:
    if Person.objects.select_for_update().filter(id=person, erased=None).first() is None:
        raise refused("no-such-person", field="person")
    if unit is not None and not Unit.objects.filter(id=unit).exists():
        raise refused("no-such-unit", field="unit")
    same = Duty.objects.filter(person=person, role=role, region=region, unit=unit)
    if same.filter(_meets(starts, ends)).exists():
        raise refused("duty-overlaps", field="starts")


def _meets(starts: date, ends: date | None) -> Q:
    after = Q(ends__isnull=True) | Q(ends__gte=starts)
    return after & Q(starts__lte=ends) if ends is not None else after


def end(duty: UUID, last_day: date, *, by: Actor, at: int, key: str) -> None:
    """Let a duty end with ``last_day``, the last on which it is held; it may move an end that was already set.

    Raises: Refused ``no-such-duty``, ``admin-only``, ``bad-dates``, ``duty-overlaps``, ``key-reused``.
    """
    request = {"do": "end", "duty": str(duty), "last": _text(last_day)}

    def do(digest: bytes) -> UUID:
        row = _duty(duty)
        allowed = giving_role(by, row.region)
        if last_day < row.starts:
            raise refused("bad-dates", field="last_day")
        same = Duty.objects.filter(person=row.person_id, role=row.role, region=row.region, unit=row.unit_id)
        if same.exclude(id=duty).filter(_meets(row.starts, last_day)).exists():
            raise refused("duty-overlaps", field="last_day")
        effect = {"id": str(duty), "ends": _text(last_day)}
        rows = [(_END, (_text(last_day), duty))]
        write(Change(row.person_id, "duty-ended", by, at, key, effect, rows=rows, role=allowed), digest)
        return duty

    once(key, request, do)


def substitute(duty: UUID, person: UUID, starts: date, ends: date, *, by: Actor, at: int, key: str) -> UUID:
    """Let somebody stand in for a duty's holder from ``starts`` to ``ends``, both days included; gives the substitution's id.

    Raises: Refused ``no-such-duty``, ``admin-only``, ``bad-dates``, ``outside-duty``, ``own-substitute``,
    ``no-such-person``, ``substitute-overlaps``, ``key-reused``.
    """
    request = {
        "do": "substitute",
        "duty": str(duty),
        "person": str(person),
        "days": [_text(starts), _text(ends)],
    }

    def do(digest: bytes) -> UUID:
        row = _duty(duty)
        allowed = giving_role(by, row.region)
        _check_substitute(row, person, starts, ends)
        made = new_id()
        effect = {
            "id": str(made),
            "duty": str(duty),
            "person": str(person),
            "starts": _text(starts),
            "ends": _text(ends),
        }
        rows = [(_SUBSTITUTE, (made, duty, person, _text(starts), _text(ends)))]
        write(Change(row.person_id, "substitute-named", by, at, key, effect, rows=rows, role=allowed), digest)
        return made

    return once(key, request, do)


def recall(substitution: UUID, last_day: date, *, by: Actor, at: int, key: str) -> None:
    """Let a substitution end early with ``last_day``; a last day before its first takes it back whole.

    Raises: Refused ``no-such-duty``, ``admin-only``, ``bad-dates`` (later than planned), ``key-reused``.
    """
    request = {"do": "recall", "substitution": str(substitution), "last": _text(last_day)}

    def do(digest: bytes) -> UUID:
        row = Substitution.objects.select_related("duty").filter(id=substitution).first()
        if row is None:
            raise refused("no-such-duty")
        _duty(row.duty_id)
        allowed = giving_role(by, row.duty.region)
        if last_day > row.ends:
            raise refused("bad-dates", field="last_day")
        whole = last_day < row.starts
        effect = {"id": str(substitution), "ends": None if whole else _text(last_day)}
        rows = [(_NEVER_STOOD, (substitution,)) if whole else (_RECALL, (_text(last_day), substitution))]
        write(
            Change(row.duty.person_id, "substitute-recalled", by, at, key, effect, rows=rows, role=allowed),
            digest,
        )
        return substitution

    once(key, request, do)


def _check_substitute(row: Duty, person: UUID, starts: date, ends: date) -> None:
    if ends < starts:
        raise refused("bad-dates", field="ends")
    if starts < row.starts or (row.ends is not None and ends > row.ends):
        raise refused("outside-duty", field="starts")
    if person == row.person_id:
        raise refused("own-substitute", field="person")
    if not Person.objects.filter(id=person, erased=None).exists():
        raise refused("no-such-person", field="person")
    if Substitution.objects.filter(duty=row.id, starts__lte=ends, ends__gte=starts).exists():
        raise refused("substitute-overlaps", field="starts")


def _duty(duty: UUID) -> Duty:
    row = Duty.objects.select_for_update().filter(id=duty).first()
    if row is None:
        raise refused("no-such-duty", field="duty")
    return row


def _text(value: Any) -> str | None:
    return None if value is None else value.isoformat() if isinstance(value, date) else str(value)
