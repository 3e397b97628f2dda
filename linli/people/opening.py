"""Opening a masked field: it asks a reason, is an entry, and stands on the page "who opened what"."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from linli.people.entries import Change, once, write
from linli.people.keys import seal, unseal
from linli.people.models import Opened, Person
from linli.people.refusals import refused
from linli.rules.actor import Actor
from linli.rules.ids import new_id
from linli.rules.place import span
from linli.rules.registry import installed
from linli.rules.roles import BUILDING_CAPTAIN
from linli.rules.text import T

FIELDS: dict[str, T] = {"name": T("姓名", "Name"), "phone": T("电话", "Phone")}
REASON_AT_LEAST = 4
_INSERT = (
    'INSERT INTO people_opened (id, person, field, "by", role, place, "case", reason_sealed, at)'
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
)


def strong_roles() -> frozenset[str]:
    """The roles that ask for a second factor and may open what is masked. A building captain is a neighbour: he helps, and sees no
    more than neighbours do.
    """
    return installed.staff - {BUILDING_CAPTAIN.key}


@dataclass(frozen=True, slots=True)
class Opening:
    """One line of the log: who opened which field of whom, where, why; ``at`` is µs UTC. An erased person's reasons are empty."""

    person: UUID
    field: str
    by: UUID
    role: str
    place: str
    case: UUID | None
    reason: str
    at: int
    id: UUID | None = None


def may_open(actor: Actor, place: str, grid: str | None = None) -> str | None:
    """The role in which the actor may open a person's fields at this place; None where he may not."""
    return next((g.role for g in actor.at(place, grid) if g.role in strong_roles()), None)


def open_(
    person: UUID,
    field: str,
    reason: str,
    by: Actor,
    at: int,
    *,
    place: str,
    grid: str | None = None,
    case: UUID | None = None,
    key: str | None = None,
) -> str:
    """The field in clear, for somebody with a staff role at ``place`` who says why; writes an entry ``opened``.

    ``place`` is where the matter is: the case's place, the household's building. Every look is an entry of its own, unless
    the same ``key`` is given again.

    Raises: Refused ``sign-in-first``, ``not-your-place``, ``reason-missing``, ``no-such-field``, ``no-such-person``,
    ``nothing-there``, ``key-reused``.
    """
    if by.person is None:
        raise refused("sign-in-first")
    why = _reason(field, reason)
    role = may_open(by, place, grid)
    if role is None:
        raise refused("not-your-place")
    text = _text(person, field)
    line = Opening(person, field, by.person, role, place, case, why, at)
    request = {
        "do": "open",
        "person": str(person),
        "field": field,
        "reason": why,
        "by": str(by.person),
        "place": place,
    }
    chosen = key or f"opened/{new_id()}"
    once(chosen, request, lambda digest: _write(line, by, chosen, digest))
    return text


def _reason(field: str, reason: str) -> str:
    if field not in FIELDS:
        raise refused("no-such-field", field=field)
    why = " ".join(reason.split())
    if len(why) < REASON_AT_LEAST:
        raise refused("reason-missing", field="reason", least=REASON_AT_LEAST)
    return why


def _text(person: UUID, field: str) -> str:
    column = {"name": "name_sealed", "phone": "phone_sealed"}[field]
    sealed = Person.objects.filter(id=person, erased=None).values_list(column, flat=True).first()
    if sealed is None:
        raise refused("no-such-person")
    if not sealed:
        raise refused("nothing-there")
    return unseal(sealed)


def _write(line: Opening, by: Actor, key: str, digest: bytes) -> UUID:
    look = new_id()
    row = (
        look,
        line.person,
        line.field,
        line.by,
        line.role,
        line.place,
        line.case,
        seal(line.reason),
        line.at,
    )
    effect = {
        "id": str(look),
        "field": line.field,
        "place": line.place,
        "case": str(line.case) if line.case else None,
    }
    personal = {line.person: {"reason": line.reason}}
    change = Change(
        line.person,
        "opened",
        by,
        line.at,
        key,
        effect,
        personal=personal,
        rows=[(_INSERT, row)],
        role=line.role,
    )
    write(change, digest)
    return look


def opened_log(
    *,
    region: str | None = None,
    person: UUID | None = None,
    by: UUID | None = None,
    since: int = 0,
    until: int | None = None,
    before: tuple[int, UUID] | None = None,
    at_most: int = 500,
) -> list[Opening]:
    """Who opened what, the newest first: in a region, of a person, by somebody, from ``since`` to before ``until`` (µs UTC).

    ``before`` is time and id of the last line seen: what follows it.
    """
    found = Opened.objects.filter(at__gte=since)
    if until is not None:
        found = found.filter(at__lt=until)
    if before is not None:
        found = found.filter(Q(at__lt=before[0]) | Q(at=before[0], id__lt=before[1]))
    if region:
        low, high = span(region)
        found = found.filter(place__gte=low, place__lt=high)
    if person:
        found = found.filter(person=person)
    if by:
        found = found.filter(by=by)
    return [
        Opening(o.person, o.field, o.by, o.role, o.place, o.case, unseal(o.reason_sealed), o.at, o.id)
        for o in found.order_by("-at", "-id")[:at_most]
    ]
