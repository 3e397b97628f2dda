"""What takes place when: for everybody in a community, and for one person who is concerned. Made from the definitions alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from linli.cases.models import Case, Seat
from linli.cases.reading import facts_of, here, holding
from linli.cases.sight import cases_seen_by
from linli.cases.titles import title_of
from linli.rules.actor import Actor
from linli.rules.definition import Definition
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.when import instant

USUAL = 60
"""How long something takes that does not say so, in minutes."""
READ = 1000
"""So many of the newest cases of a type are looked at."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that takes place. ``starts`` is µs UTC; ``changed`` when its case last changed; ``version`` grows with every change."""

    case: UUID
    title: T
    type: T
    starts: int
    minutes: int
    where: str
    off: bool
    changed: int
    version: int


def in_community(community: str, since: int) -> list[Event]:
    """What everybody may come to, in the community and above it, from ``since`` (µs UTC) on, by time."""
    public = [d for d in installed if d.case_type.happens and d.case_type.happens.public]
    return _events(((d, Case.objects.filter(here(community), _opened(d), type=d.key)) for d in public), since)


def _opened(definition: Definition) -> Q:
    """Of a type that opens single cases by a flag, those."""
    happens = definition.case_type.happens
    public = happens.public if happens else ""
    flags = [flag for flag in (definition.case_type.open_where, public) if isinstance(flag, str) and flag]
    opened = Q()
    for flag in flags:
        opened &= holding(flag)
    return opened


def of_person(actor: Actor, since: int) -> list[Event]:
    """What concerns the person (a party, invited, with a place), as far as he still sees it; from ``since`` (µs UTC) on, by time."""
    if actor.person is None:
        return []
    head, found = str(actor.person), list[tuple[Definition, QuerySet[Case]]]()
    for definition in installed:
        happens = definition.case_type.happens
        if happens is None or not happens.concerned:
            continue
        kinds = [r.key for r in happens.concerned]
        held = Seat.objects.filter(kind__in=kinds, head=head).values("case")
        found.append((definition, cases_seen_by(actor, [definition.key]).filter(id__in=held)))
    return _events(found, since)


def _events(found: Iterable[tuple[Definition, QuerySet[Case]]], since: int) -> list[Event]:
    events = [
        event
        for definition, rows in found
        for case in rows.order_by("-opened", "-id")[:READ]
        if (event := event_of(case)) and event.starts >= since
    ]
    return sorted(events, key=lambda e: (e.starts, e.case.hex))


def event_of(case: Case) -> Event | None:
    """The case as something that takes place; None where it takes no place, or nobody has said when."""
    definition, facts = installed[case.type], facts_of(case)
    happens = definition.case_type.happens
    if happens is None or not facts.get(happens.starts):
        return None
    minutes, where = facts.get(happens.minutes), facts.get(happens.where)
    return Event(
        case.id,
        title_of(case),
        definition.case_type.title,
        instant(str(facts[happens.starts])),
        minutes if isinstance(minutes, int) else USUAL,
        where if isinstance(where, str) else "",
        case.state in happens.called_off,
        case.touched,
        case.seq,
    )
