"""A case as a story: its entries in order, in the words of the definition, with what the reader may see."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from linli.cases import loading, sight
from linli.cases.models import Case, Link
from linli.cases.reading import facts_of
from linli.cases.sealed import sealed
from linli.journal import models as journal
from linli.journal.append import Content, Entry, Stored, contents, entries, entries_of
from linli.people.persons import masked
from linli.people.units import titles as unit_titles
from linli.rules.actor import Actor
from linli.rules.definition import PENDING, Definition
from linli.rules.fields import Contact, Field
from linli.rules.machine import available
from linli.rules.programme import Action
from linli.rules.refusal import refused
from linli.rules.registry import installed
from linli.rules.situation import Seat, Situation
from linli.rules.text import T

LATEST = 200
"""So many of the latest entries a page tells at once."""


@dataclass(frozen=True, slots=True)
class Step:
    """One entry as a reader sees it. ``who`` is a masked name or a role's title; answers are (field, value)."""

    seq: int
    action: Action
    role: T
    who: str
    own: bool
    happened: int
    recorded: int
    state: str
    answers: tuple[tuple[Field, Any], ...]
    erased: bool
    hash: str


@dataclass(frozen=True, slots=True)
class Related:
    """A case linked to this one; ``outward`` when the link starts here."""

    relation: str
    outward: bool
    case: Case


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything that a page about one case shows to one reader."""

    case: Case
    definition: Definition
    facts: tuple[tuple[Field, Any], ...]
    clock: Mapping[str, Any]
    steps: tuple[Step, ...]
    actions: tuple[Action, ...]
    pending: tuple[Seat, ...]
    seats: Mapping[str, tuple[Seat, ...]]
    units: tuple[tuple[UUID, T], ...]
    related: tuple[Related, ...]
    mine: Mapping[str, Seat]
    earlier: int = 0
    """How many entries between the first and the latest are not told here."""


def case_page(case_id: UUID, actor: Actor, now: int, *, whole: bool = False) -> CasePage:
    """The page of a case: how it began and its latest entries, or ``whole`` all of them.

    Raises: Refused ``no-such-case`` when there is none or the actor may not see it.
    """
    case = sight.cases_seen_by(actor).filter(id=case_id).first()
    if case is None:
        raise refused("no-such-case")
    definition = installed[case.type]
    relations = {PENDING.key, *(r.key for r in definition.case_type.relations if r.of != "bearer")}
    seats = loading.load_seats(case.id, actor, relations)
    mine = loading.mine(seats, actor)
    facts = facts_of(case)
    asked = {int(s.measures["seq"]) for s in seats if s.kind == PENDING.key}
    stored = entries(case.id) if whole else entries_of(case.id, _told(case.seq) | asked)
    unnamed = _unnamed(case, definition, facts, actor, mine, seats)
    steps = _steps(stored, case, definition, actor, mine, unnamed)
    closed = {
        f: v for s in steps for f, v in s.answers if f.personal and f.kept and not isinstance(f, Contact)
    }
    return CasePage(
        case=case,
        definition=definition,
        facts=(*sight.shown_facts(definition, case, facts, actor, mine), *closed.items()),
        clock=json.loads(case.clock),
        steps=steps,
        actions=tuple(available(definition, situation_of(case, definition, actor, seats, relations, now))),
        pending=tuple(s for s in seats if s.kind == PENDING.key),
        seats=loading.grouped(seats, relations),
        units=_units(seats),
        related=_related(case.id, actor),
        mine=mine,
        earlier=case.seq - len(stored),
    )


def steps_of(case: Case, actor: Actor, *actions: str) -> tuple[Step, ...]:
    """The entries of these actions of a case that the actor sees, in order, however many others came after them."""
    definition = installed[case.type]
    reporter = definition.case_type.reporter
    seats = loading.load_seats(case.id, actor, {reporter.key} if reporter else set())
    mine = loading.mine(seats, actor)
    unnamed = _unnamed(case, definition, facts_of(case), actor, mine, seats)
    of_actions = journal.Entry.objects.filter(shard=case.shard, stream=case.id, action__in=actions)
    stored = entries_of(case.id, of_actions.values_list("seq", flat=True))
    return _steps(stored, case, definition, actor, mine, unnamed)


def _told(seq: int) -> set[int]:
    """Of a case with so many entries, the numbers of those that a page tells: nobody reads thousands of sign-ups."""
    return {1, *range(max(seq - LATEST, 0) + 1, seq + 1)}


def situation_of(
    case: Case, definition: Definition, actor: Actor, seats: list[Seat], whole: set[str], now: int
) -> Situation:
    """The situation in which the actor would act now; calendars are not needed to list what is possible."""
    from linli.cases.calendars import current_calendar

    row = loading.load_row(case.id)
    assert row is not None
    return Situation(
        definition,
        current_calendar(),
        actor,
        now,
        case.place,
        case.grid,
        case=loading.view(row),
        mine=loading.mine(seats, actor),
        seats=loading.grouped(seats, whole),
    )


def _units(seats: list[Seat]) -> tuple[tuple[UUID, T], ...]:
    ids = [UUID(s.head) for s in seats if s.kind == "unit"]
    named = unit_titles(ids)
    return tuple((i, named[i]) for i in ids if i in named)


def _unnamed(
    case: Case,
    definition: Definition,
    facts: Mapping[str, Any],
    actor: Actor,
    mine: Mapping[str, object],
    seats: list[Seat],
) -> set[UUID]:
    """The persons whose names this reader does not see, not even masked: the reporter's, where he may not know him."""
    reporter = definition.case_type.reporter
    if reporter is None or sight.sees_reporter(definition, case, facts, actor, mine):
        return set()
    return {UUID(s.head) for s in seats if s.kind == reporter.key}


def _steps(
    stored: list[Entry],
    case: Case,
    definition: Definition,
    actor: Actor,
    mine: Mapping[str, object],
    unnamed: set[UUID],
) -> tuple[Step, ...]:
    if not sight.works_with(definition, actor, case.place, case.grid, mine):
        kept_apart = {k for k, a in definition.actions.items() if a.discreet}
        stored = [e for e in stored if e.action not in kept_apart or (e.actor and e.actor == actor.person)]
    said = contents([e.id for e in stored])
    names = masked({e.actor for e in stored if e.actor} - unnamed)
    return tuple(_step(e, said.get(e.id, []), definition, case, actor, mine, names) for e in stored)


def _step(
    entry: Stored,
    said: list[Content],
    definition: Definition,
    case: Case,
    actor: Actor,
    mine: Mapping[str, object],
    names: Mapping[UUID, Any],
) -> Step:
    facts: dict[str, Any] = next(
        (c.content.get("answers", {}) for c in said if c.person is None and c.content), {}
    )
    facts = {**facts, **sealed(said, definition)}
    shown = [(definition.fields[k], v) for k, v in facts.items() if k in definition.fields]
    visible = [
        (f, v) for f, v in shown if sight.sees_field(f, actor, case.state, case.place, case.grid, mine)
    ]
    role = installed.roles().get(entry.role)
    relation = next((r for r in definition.case_type.relations if r.key == entry.role), None)
    title = role.title if role else relation.title if relation else T(entry.role, entry.role)
    return Step(
        seq=entry.seq,
        action=definition.actions[entry.action],
        role=title,
        who=names[entry.actor].name if entry.actor and entry.actor in names else "",
        own=entry.actor is not None and entry.actor == actor.person,
        happened=entry.happened,
        recorded=entry.recorded,
        state=str(entry.effect.get("state", "")),
        answers=tuple(visible),
        erased=False,
        hash=entry.hash.hex(),
    )


def _related(case: UUID, actor: Actor) -> tuple[Related, ...]:
    links = [(link.relation, True, link.target) for link in Link.objects.filter(source=case)]
    links += [(link.relation, False, link.source) for link in Link.objects.filter(target=case)]
    seen = {c.id: c for c in sight.cases_seen_by(actor).filter(id__in=[i for _, _, i in links])}
    return tuple(Related(relation, outward, seen[i]) for relation, outward, i in links if i in seen)
