"""Where the meetings are played: who acts, at which time, and the one door."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from linli.cases.act import Target, act
from linli.cases.calendars import current_calendar
from linli.cases.playing import Play, Timetable
from linli.cases.receipt import Receipt
from linli.people.handing import contact_of
from linli.rules.actor import Actor
from linli.rules.worktime import civil_day, next_working_moment

if TYPE_CHECKING:
    from linli.programmes.meetings.demo import People

PART = "meetings"
SECRETARY, OTHER = "secretary1", "secretary2"
Name = str | int
"""Somebody of the cast: a user name of the staff, or a resident's number."""


class Stage:
    """The cast, the timetable, and which case each body and meeting has become."""

    def __init__(self, people: People, community: str, now: int, table: Timetable) -> None:
        self.people, self.community, self.now, self.table = people, community, now, table
        self.known: dict[str, UUID] = {}
        self._acts = 0

    def place(self, level: str) -> str:
        """The place of a body: the community, or its county."""
        return self.community[:6] if level == "county" else self.community

    def put(self, at: int, play: Play) -> None:
        """Play it at that time (µs UTC)."""
        self.table.put(at, PART, play)

    def working(self, at: int) -> int:
        """That time, or the next at which the office is open."""
        return next_working_moment(at, current_calendar())

    def actor(self, name: Name, at: int) -> Actor:
        """Somebody of the cast with the duties of that day."""
        day: date = civil_day(at)
        return self.people.resident(name, day) if isinstance(name, int) else self.people.actor(name, day)

    def person(self, name: Name) -> UUID:
        """The id of somebody of the cast."""
        found = self.actor(name, self.now).person
        assert found is not None
        return found

    def contact(self, name: Name) -> dict[str, str]:
        """Name and phone of somebody of the cast, as a form takes them."""
        return contact_of(self.person(name))

    def act(
        self, target: Target, do: str, by: Name, at: int, answers: Mapping[str, Any] | None = None
    ) -> Receipt:
        """One act at that time."""
        self._acts += 1
        key = f"demo/{PART}/{self._acts}"
        return act(target, do, self.actor(by, at), dict(answers or {}), key=key, happened=at, recorded=at)
