"""Moving in and out, taking and losing a label: every change is an entry on the household's stream. Days are civil days in
China, first and last day included.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from linli.journal.writes import Write
from linli.rules.actor import Actor
from linli.rules.labels import LABELS
from linli.rules.worktime import civil_day
from linli.territory import access
from linli.territory.entries import Change, once, write
from linli.territory.models import Household, HouseholdLabel, HouseholdMember
from linli.territory.refusals import refused

_IN = "INSERT INTO territory_householdmember (household, person, starts, ends) VALUES (%s, %s, %s, NULL)"
_OUT = "UPDATE territory_householdmember SET ends = %s WHERE id = %s"
_LABEL = "INSERT INTO territory_householdlabel (household, label, starts, ends) VALUES (%s, %s, %s, NULL)"
_UNLABEL = "UPDATE territory_householdlabel SET ends = %s WHERE id = %s"


def move_in(household: str, person: UUID, day: date, *, by: Actor, at: int, key: str) -> None:
    """Somebody lives there from the day on. ``at`` is µs UTC.

    Raises: Refused ``no-such-household``, ``not-your-roll``, ``lives-there``, ``lives-elsewhere``, ``key-reused``.
    """

    def do(digest: bytes) -> None:
        role = _may(household, by, at)
        living = HouseholdMember.objects.filter(_from(day), person=person)
        if living.filter(household=household).exists():
            raise refused("lives-there", field="person")
        if living.exists():
            raise refused("lives-elsewhere", field="person")
        effect = {"person": str(person), "starts": day.isoformat()}
        rows: list[Write] = [(_IN, (household, person, day.isoformat()))]
        write(Change(household, "moved-in", by, role, at, key, effect, rows=rows), digest)

    once(household, key, _asked("move-in", person, day), do)


def move_out(household: str, person: UUID, last_day: date, *, by: Actor, at: int, key: str) -> None:
    """Somebody lives there until ``last_day``.

    Raises: Refused ``no-such-household``, ``not-your-roll``, ``not-living-there``, ``bad-days``, ``key-reused``.
    """

    def do(digest: bytes) -> None:
        role = _may(household, by, at)
        row = HouseholdMember.objects.filter(household=household, person=person, ends=None).first()
        if row is None:
            raise refused("not-living-there", field="person")
        if last_day < row.starts:
            raise refused("bad-days", field="last_day")
        effect = {"person": str(person), "ends": last_day.isoformat()}
        rows: list[Write] = [(_OUT, (last_day.isoformat(), row.pk))]
        write(Change(household, "moved-out", by, role, at, key, effect, rows=rows), digest)

    once(household, key, _asked("move-out", person, last_day), do)


def label(household: str, label_: str, day: date, *, by: Actor, at: int, key: str) -> None:
    """The household carries the label from the day on; which label it is stands sealed.

    Raises: Refused ``unknown-label``, ``no-such-household``, ``not-your-roll``, ``labelled-already``, ``key-reused``.
    """

    def do(digest: bytes) -> None:
        role = _may(household, by, at)
        if label_ not in LABELS:
            raise refused("unknown-label", field="label", label=label_)
        if HouseholdLabel.objects.filter(_from(day), household=household, label=label_).exists():
            raise refused("labelled-already", field="label")
        rows: list[Write] = [(_LABEL, (household, label_, day.isoformat()))]
        effect, sealed = {"starts": day.isoformat()}, {"label": label_}
        write(Change(household, "labelled", by, role, at, key, effect, sealed, rows), digest)

    once(household, key, _asked("label", label_, day), do)


def end_label(household: str, label_: str, last_day: date, *, by: Actor, at: int, key: str) -> None:
    """The household carries the label until ``last_day``.

    Raises: Refused ``no-such-household``, ``not-your-roll``, ``not-labelled``, ``bad-days``, ``key-reused``.
    """

    def do(digest: bytes) -> None:
        role = _may(household, by, at)
        row = HouseholdLabel.objects.filter(household=household, label=label_, ends=None).first()
        if row is None:
            raise refused("not-labelled", field="label")
        if last_day < row.starts:
            raise refused("bad-days", field="last_day")
        rows: list[Write] = [(_UNLABEL, (last_day.isoformat(), row.pk))]
        effect, sealed = {"ends": last_day.isoformat()}, {"label": label_}
        write(Change(household, "label-ended", by, role, at, key, effect, sealed, rows), digest)

    once(household, key, _asked("end-label", label_, last_day), do)


def leave_everywhere(person: UUID, last_day: date, *, by: Actor, role: str, at: int, key: str) -> int:
    """Somebody who is being erased lives nowhere any more; a door behind which nobody is left carries no label.

    ``role`` is in which ``by`` erases: it is not asked whether he keeps the roll. Returns how many doors he left.
    """
    lived = list(HouseholdMember.objects.filter(_from(last_day), person=person).order_by("household", "id"))
    for row in lived:
        last = max(row.starts, last_day)
        effect = {"person": str(person), "ends": last.isoformat()}
        rows: list[Write] = [(_OUT, (last.isoformat(), row.pk))]
        _left(Change(row.household, "moved-out", by, role, at, f"{key}/{row.pk}", effect, rows=rows))
        if not HouseholdMember.objects.filter(_from(last_day), household=row.household).exclude(
            person=person
        ):
            _bare(row.household, last_day, by, role, at, key)
    return len(lived)


def _bare(household: str, last_day: date, by: Actor, role: str, at: int, key: str) -> None:
    for row in HouseholdLabel.objects.filter(_from(last_day), household=household).order_by("id"):
        last = max(row.starts, last_day)
        rows: list[Write] = [(_UNLABEL, (last.isoformat(), row.pk))]
        change_key, effect = f"{key}/label/{row.pk}", {"ends": last.isoformat()}
        change = Change(
            household, "label-ended", by, role, at, change_key, effect, {"label": row.label}, rows
        )
        _left(change)


def _left(change: Change) -> None:
    def do(digest: bytes) -> None:
        write(change, digest)

    once(change.household, change.key, change.effect, do)


def _asked(what: str, whom: object, day: date) -> Mapping[str, Any]:
    return {"do": what, "what": str(whom), "day": day.isoformat()}


def _from(day: date) -> Q:
    """Rows that hold some day from ``day`` on."""
    return Q(ends__isnull=True) | Q(ends__gte=day)


def _may(household: str, by: Actor, at: int) -> str:
    """The role in which the actor keeps this household's roll; the household stays locked."""
    row = Household.objects.select_for_update().filter(code=household).first()
    if row is None:
        raise refused("no-such-household", field="household")
    role = access.keeps_roll(by, row.building, civil_day(at))
    if role is None:
        raise refused("not-your-roll")
    return role
