"""What is on in a community for everybody who lives there: the cases that a resident sees without having anything to do with them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from linli.cases.models import Case
from linli.rules.definition import Definition
from linli.rules.place import Level
from linli.rules.programme import Kind
from linli.rules.registry import installed
from linli.rules.roles import PUBLIC, RESIDENT
from linli.rules.when import instant

READ = 300
"""So many of the newest cases of a type are looked at."""
AFTER = 3 * 3_600_000_000
"""How long after its beginning something without a length still counts as being on, in µs."""


@dataclass(frozen=True, slots=True)
class On:
    """One case on the board; ``at`` is when it takes place (µs UTC), None where it takes no place; ``place`` is its room in words."""

    case: Case
    definition: Definition
    at: int | None
    minutes: int
    place: str


def open_to_all(resident: bool) -> list[Definition]:
    """The case types that a resident sees as such, or else everybody."""
    roles = {PUBLIC, RESIDENT} if resident else {PUBLIC}
    return [d for d in installed if roles & set(d.case_type.seen_by)]


def around(community: str, now: int, *, resident: bool, types: Iterable[str] = ()) -> list[On]:
    """What goes on in the community or above it at ``now`` (µs UTC): what takes place first, by its time, then the newest."""
    wanted = set(types)
    found = [
        _on(c, d)
        for d in open_to_all(resident)
        if not wanted or d.key in wanted
        for c in _going_on(d, community)
    ]
    coming = [o for o in found if o.at is None or o.at + max(o.minutes * 60_000_000, AFTER) > now]
    return sorted(coming, key=lambda o: (o.at is None, o.at or -o.case.opened, o.case.id.hex))


def coming(community: str, now: int, *, resident: bool, most: int = 3) -> list[On]:
    """The next things that take place."""
    return [o for o in around(community, now, resident=resident) if o.at is not None][:most]


def _going_on(definition: Definition, community: str) -> list[Case]:
    happens = definition.case_type.happens
    over = {k for k, s in definition.states.items() if not s.kind.live and s.kind is not Kind.STANDING}
    hidden = over | set(happens.called_off if happens else ())
    above = [community[: int(level)] for level in Level if level < Level.COMMUNITY]
    here = Q(community=community) | Q(place__in=above)
    flag = definition.case_type.open_where
    opened = Q(facts__contains=f'"{flag}":true') if flag else Q()
    rows = Case.objects.filter(here, opened, type=definition.key).exclude(state__in=hidden)
    return list(rows.order_by("-opened", "-id")[:READ])


def _on(case: Case, definition: Definition) -> On:
    happens, facts = definition.case_type.happens, json.loads(case.facts)
    if happens is None or not facts.get(happens.starts):
        return On(case, definition, None, 0, "")
    return On(
        case,
        definition,
        instant(facts[happens.starts]),
        _minutes(facts, happens.minutes),
        str(facts.get(happens.where, "")),
    )


def _minutes(facts: dict[str, Any], field: str) -> int:
    value = facts.get(field, 0)
    return value if isinstance(value, int) else 0
