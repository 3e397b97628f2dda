"""Where the fund's story is played: who acts, the timetable, and the one door with the pictures that an act shows."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from linli.cases import uploads
from linli.cases.act import Target
from linli.cases.calendars import current_calendar
from linli.cases.models import Case
from linli.cases.playing import Play, Timetable
from linli.cases.receipt import Receipt
from linli.cases.sending import send
from linli.people.duties import actor_of
from linli.programmes.maintenance_fund.demo.pictures import drawn
from linli.rules.actor import Actor
from linli.rules.machine import asked
from linli.rules.programme import CaseType
from linli.rules.registry import installed
from linli.rules.worktime import DAY, HOUR, civil_day, day_start, next_working_moment

PART = "maintenance fund"
Pictures = Mapping[str, tuple[str, ...]]
Origins = Sequence[tuple[UUID, str]]


class People(Protocol):
    """What the cast of the demonstration offers."""

    def actor(self, name: str, day: date) -> Actor:
        """A staff member."""

    def resident(self, number: int, day: date) -> Actor:
        """A resident."""


class Stage:
    """Everything that the parts of the story share; ``fund`` is the account once it is open."""

    def __init__(self, people: People, community: str, seed: int, now: int, table: Timetable) -> None:
        self.people, self.community, self.now, self.table = people, community, now, table
        self.chance = random.Random(f"{seed}/votes")  # noqa: S311 - an invented vote
        self.fund = UUID(int=0)
        self._owners: dict[str, Actor] = {}
        self._acts = 0

    def put(self, at: int, play: Play) -> None:
        """Play it at that time (µs UTC)."""
        self.table.put(at, PART, play)

    def moment(self, days: int, hour: float) -> int:
        """So many days from today (before it: below zero), at that hour."""
        return day_start(civil_day(self.now)) + days * DAY + round(hour * HOUR)

    def staff(self, name: str, at: int) -> Actor:
        """A staff member with the duties of that time."""
        return self.people.actor(name, civil_day(at))

    def owner(self, person: str, at: int) -> Actor:
        """An owner; he holds no duty that could change."""
        if person not in self._owners:
            self._owners[person] = actor_of(UUID(person), civil_day(at))
        return self._owners[person]

    def act(
        self,
        target: Target,
        do: str,
        by: Actor,
        at: int,
        answers: Mapping[str, Any] | None = None,
        pictures: Pictures | None = None,
        origins: Origins = (),
    ) -> Receipt:
        """One act at that time; ``pictures`` are drawn for the fields that they are named for."""
        self._acts += 1
        case_type = self._case_type(target)
        fields = asked(case_type, installed[case_type.key].actions[do])
        shown = {key: [self._picture(n, by, at) for n in names] for key, names in (pictures or {}).items()}
        key, holder = f"demo/fund/{self._acts}", str(by.person)
        given = {**(answers or {}), **shown}
        return send(target, do, by, given, fields, holder=holder, key=key, now=at, origins=origins)

    def _case_type(self, target: Target) -> CaseType:
        key = (
            target[0]
            if isinstance(target, tuple)
            else Case.objects.values_list("type", flat=True).get(id=target)
        )
        return installed[key].case_type

    def _picture(self, name: str, by: Actor, at: int) -> str:
        self._acts += 1
        data = drawn(name, self._acts)
        return str(uploads.receive(data, holder=str(by.person), at=at, intent=f"demo/fund/{self._acts}"))


def office(at: int) -> int:
    """The next time at which an office works."""
    return next_working_moment(at, current_calendar())
