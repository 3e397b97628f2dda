"""Where the legal services are played: who acts, when offices work, the one door."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import yaml

from linli.cases.act import Target, act
from linli.cases.calendars import current_calendar
from linli.cases.playing import Play, Timetable
from linli.cases.receipt import Receipt
from linli.rules.actor import Actor
from linli.rules.worktime import DAY, HOUR, add_working, civil_day, day_start, next_working_moment

PART = "legal services"
PAST_BEGINS = date(2024, 1, 2)
PARTNERS = ("law", "notary", "justice")


class People(Protocol):
    """What the cast of the demonstration offers."""

    units: dict[str, UUID]

    def actor(self, name: str, day: date) -> Actor:
        """A staff member."""

    def resident(self, number: int, day: date) -> Actor:
        """A resident."""


class Stage:
    """What the parts of the story share. ``offices`` are the partners' cases by the kind of their unit, as they are now."""

    def __init__(self, people: People, community: str, seed: int, now: int, table: Timetable) -> None:
        self.people, self.community, self.now, self.table = people, community, now, table
        self.chance = random.Random(f"{seed}/legal_services")  # noqa: S311 - invented matters
        self.offices: dict[str, UUID] = {}
        self._acts, self._guests = 0, 0

    def put(self, at: int, play: Play) -> None:
        """Play it at that time (µs UTC)."""
        self.table.put(at, PART, play)

    def moment(self, days: float, hour: float) -> int:
        """So many days from today, at that hour."""
        return day_start(civil_day(self.now) + timedelta(days=int(days))) + round(hour * HOUR)

    def staff(self, name: str, at: int) -> Actor:
        """A staff member with the duties of that time."""
        return self.people.actor(name, civil_day(at))

    def resident(self, number: int, at: int) -> Actor:
        """A resident."""
        return self.people.resident(number, civil_day(at))

    def guest(self) -> int:
        """The number of the next resident who books: each in turn, so that nobody holds too many places."""
        self._guests += 1
        return 200 + self._guests % 200

    def act(
        self, target: Target, do: str, by: Actor, at: int, answers: Mapping[str, Any] | None = None
    ) -> Receipt:
        """One act at that time."""
        self._acts += 1
        return act(target, do, by, answers or {}, key=f"demo/legal/{self._acts}", happened=at, recorded=at)


def past(days: float, hour: float) -> int:
    """So many days after the past begins, at that hour."""
    return day_start(PAST_BEGINS + timedelta(days=int(days))) + round(hour * HOUR)


def office(at: int) -> int:
    """The next time at which an office works."""
    return next_working_moment(at, current_calendar())


def later(at: int, hours: float) -> int:
    """So many working hours later."""
    return office(add_working(at, round(hours * HOUR), current_calendar()))


def awake(at: int) -> int:
    """The same time, or the morning after where people sleep."""
    hour = (at - day_start(civil_day(at))) // HOUR
    return day_start(civil_day(at)) + 8 * HOUR + at % HOUR if hour < 8 else at if hour < 22 else at + DAY // 2


def read(name: str) -> Mapping[str, Any]:
    """The texts of a file of this folder."""
    found: Mapping[str, Any] = yaml.safe_load(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    return found
