"""Where deliberation is played: who acts, the timetable, the one door."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from linli.cases.act import Target, act
from linli.cases.calendars import current_calendar
from linli.cases.models import Case, Link
from linli.cases.playing import Play, Timetable
from linli.cases.receipt import Receipt
from linli.people.handing import contact_of
from linli.rules.actor import Actor
from linli.rules.programme import CAME_OUT
from linli.rules.registry import installed
from linli.rules.worktime import DAY, HOUR, civil_day, day_start, next_working_moment

PART = "deliberation"
RESIDENTS = 400


class People(Protocol):
    """What the cast of the demonstration offers."""

    units: dict[str, UUID]

    def actor(self, name: str, day: date) -> Actor:
        """A staff member."""

    def resident(self, number: int, day: date) -> Actor:
        """A resident."""


class Stage:
    """Everything that the parts of the story share; ``known`` are the cases by the names that the texts give them."""

    def __init__(self, people: People, community: str, seed: int, now: int, table: Timetable) -> None:
        self.people, self.community, self.now, self.table = people, community, now, table
        self.chance = random.Random(f"{seed}/{PART}")  # noqa: S311 - invented meetings
        self.known: dict[str, UUID] = {}
        self._acts = 0

    @property
    def own_types(self) -> tuple[str, ...]:
        """The case types of this programme."""
        return tuple(d.key for d in installed.of(PART))

    def put(self, at: int, play: Play) -> None:
        """Play it at that time (µs UTC)."""
        self.table.put(at, PART, play)

    def moment(self, days: float, hour: float) -> int:
        """So many days from today (before it: below zero), at that hour."""
        return day_start(civil_day(self.now)) + round(days * DAY) + round(hour * HOUR)

    def staff(self, name: str, at: int) -> Actor:
        """A staff member with the duties of that time."""
        return self.people.actor(name, civil_day(at))

    def resident(self, number: int, at: int) -> Actor:
        """The resident of this number."""
        return self.people.resident(number, civil_day(at))

    def contact(self, number: int) -> dict[str, str]:
        """A resident as a contact field takes him."""
        person = self.people.resident(number, civil_day(self.now)).person
        assert person is not None
        return contact_of(person)

    def some(self, n: int) -> list[int]:
        """The numbers of so many residents, each once."""
        return self.chance.sample(range(8, RESIDENTS), n)

    def act(
        self,
        target: Target,
        do: str,
        by: Actor,
        at: int,
        answers: Mapping[str, Any] | None = None,
        origins: tuple[UUID, ...] = (),
    ) -> Receipt:
        """One act at that time."""
        self._acts += 1
        return act(
            target, do, by, answers or {},
            key=f"demo/{PART}/{self._acts}", happened=at, recorded=at,
            origins=[(case, CAME_OUT) for case in origins],
        )  # fmt: skip

    def begun(self, case: UUID, relation: str) -> UUID:
        """The newest case that stands in the relation to this one."""
        sources = Link.objects.filter(target=case, relation=relation).values("source")
        return Case.objects.filter(id__in=sources).order_by("-opened", "-id")[0].id


def office(at: int) -> int:
    """The next time at which an office works."""
    return next_working_moment(at, current_calendar())


def evening(at: int, chance: random.Random) -> int:
    """A time of that day at which residents have their phones in their hands."""
    return day_start(civil_day(at)) + 8 * HOUR + chance.randrange(0, 13 * 60) * (HOUR // 60)
