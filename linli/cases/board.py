"""What is on in a community for everybody who lives there: the cases that a resident sees without having anything to do with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from linli.cases.happening import Event, event_of
from linli.cases.models import Case
from linli.cases.reading import here, holding
from linli.rules.definition import Definition
from linli.rules.programme import Kind
from linli.rules.registry import installed
from linli.rules.roles import PUBLIC, RESIDENT
from linli.rules.when import MINUTE

READ = 300
"""So many of the newest cases of a type are looked at."""
AFTER = 180
"""So long after its beginning something shorter still counts as being on, in minutes."""


@dataclass(frozen=True, slots=True)
class On:
    """One case on the board; ``event`` is when and where it takes place, None where it takes no place."""

    case: Case
    definition: Definition
    event: Event | None


def around(community: str, now: int, *, resident: bool) -> list[On]:
    """What goes on in the community or above it at ``now`` (µs UTC): what takes place first, by its time, then the newest."""
    return _found(_open_to_all(resident), community, now)


def coming(community: str, now: int, *, resident: bool, most: int = 3) -> list[On]:
    """The next things that take place."""
    happening = (d for d in _open_to_all(resident) if d.case_type.happens)
    return [o for o in _found(happening, community, now) if o.event][:most]


def _open_to_all(resident: bool) -> list[Definition]:
    """The case types that a resident sees as such, or else everybody."""
    roles = {PUBLIC, RESIDENT} if resident else {PUBLIC}
    return [d for d in installed if roles & set(d.case_type.seen_by)]


def _found(definitions: Iterable[Definition], community: str, now: int) -> list[On]:
    found = [On(case, d, event_of(case)) for d in definitions for case in _going_on(d, community)]
    return sorted((o for o in found if not _past(o.event, now)), key=_turn)


def _past(event: Event | None, now: int) -> bool:
    return event is not None and event.starts + max(event.minutes, AFTER) * MINUTE <= now


def _turn(on: On) -> tuple[bool, int, str]:
    at = on.event.starts if on.event else -on.case.opened
    return on.event is None, at, on.case.id.hex


def _going_on(definition: Definition, community: str) -> list[Case]:
    happens = definition.case_type.happens
    over = {k for k, s in definition.states.items() if not s.kind.live and s.kind is not Kind.STANDING}
    hidden = over | set(happens.called_off if happens else ())
    flag = definition.case_type.open_where
    rows = Case.objects.filter(here(community), holding(flag) if flag else Q(), type=definition.key)
    return list(rows.exclude(state__in=hidden).order_by("-opened", "-id")[:READ])
