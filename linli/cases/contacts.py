"""Who stands behind a case's masks, and opening a mask: it asks a reason, is an entry, and shows the value once."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from linli.cases import sight
from linli.cases.reading import facts_of
from linli.cases.story import CasePage
from linli.people.contact import Masked
from linli.people.opening import open_, strong_roles
from linli.people.persons import masked
from linli.people.refusals import refused
from linli.rules.actor import Actor
from linli.rules.fields import Contact, Person
from linli.rules.roles import UNIT_STAFF
from linli.rules.text import T

MOST = 200
"""So many holders of one relation are offered."""


@dataclass(frozen=True, slots=True)
class Behind:
    """A person of a case whom the reader may ask to see: what he is to the case, and how he is shown until then."""

    person: UUID
    title: T
    shown: Masked


def behind(page: CasePage, actor: Actor) -> list[Behind]:
    """The persons of the case whom the actor may open, each once: contacts, named persons, the reporter."""
    if not _works_here(page, actor):
        return []
    found: dict[UUID, T] = {}
    for field, value in page.facts:
        named = value.get("person") if isinstance(field, Contact) and isinstance(value, dict) else None
        named = value if isinstance(field, Person) and not field.role and isinstance(value, str) else named
        if named:
            found.setdefault(UUID(str(named)), field.title)
    for person, title in (*_reporters(page, actor), *_reachable(page)):
        found.setdefault(person, title)
    shown = masked(found)
    return [Behind(p, title, shown[p]) for p, title in found.items() if p in shown]


def _works_here(page: CasePage, actor: Actor) -> bool:
    """Whether he has a staff role at the case's place, other than working for a unit."""
    roles = strong_roles() - {UNIT_STAFF.key}
    return any(g.role in roles for g in actor.at(page.case.place, page.case.grid))


def _reporters(page: CasePage, actor: Actor) -> list[tuple[UUID, T]]:
    reporter = page.definition.case_type.reporter
    facts = facts_of(page.case)
    if reporter is None or not sight.sees_reporter(page.definition, page.case, facts, actor, page.mine):
        return []
    return [(UUID(s.head), reporter.title) for s in page.seats.get(reporter.key, ())]


def _reachable(page: CasePage) -> list[tuple[UUID, T]]:
    """Those who may have to be called because a thing moves or is called off: the holders of the relations that the case type names."""
    reachable = page.definition.case_type.reachable
    return [(UUID(s.head), r.title) for r in reachable for s in page.seats.get(r.key, ())[:MOST]]


def open_contact(
    page: CasePage, person: UUID, field: str, reason: str, actor: Actor, at: int, key: str
) -> str:
    """The name or the phone of a person of the case in clear. ``at`` is µs UTC.

    Raises: Refused ``not-your-place`` for whoever may not know this person, and as ``linli.people.opening.open_``.
    """
    if person not in {b.person for b in behind(page, actor)}:
        raise refused("not-your-place")
    case = page.case
    return open_(person, field, reason, actor, at, place=case.place, grid=case.grid, case=case.id, key=key)
