"""Where the story of the volunteers is played: who acts, the timetable, the one door, and what every service goes through."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import yaml

from linli.cases import others
from linli.cases.act import Target, act
from linli.cases.calendars import current_calendar
from linli.cases.playing import Play, Timetable
from linli.cases.receipt import Receipt
from linli.people.handing import contact_of
from linli.programmes.volunteering.words import PLANNED, SERVES
from linli.rules.actor import Actor
from linli.rules.when import when_of
from linli.rules.worktime import DAY, HOUR, civil_day, day_start, next_working_moment
from linli.territory.buildings import grid_of
from linli.territory.models import Household, HouseholdMember

PART = "volunteering"
MINUTE = HOUR // 60


class People(Protocol):
    """What the cast of the demonstration offers."""

    def actor(self, name: str, day: date) -> Actor:
        """A staff member."""

    def resident(self, number: int, day: date) -> Actor:
        """A resident."""


@dataclass(slots=True)
class Crew:
    """A team once it is there: its case, who leads it and who is in it, by the numbers of residents."""

    case: UUID
    captain: int
    members: list[int]
    skills: Sequence[str] = ()


@dataclass(slots=True)
class Outing:
    """A service on its way: which, of whom, when (µs UTC), who goes."""

    case: UUID
    crew: Crew
    starts: int
    minutes: int
    go: list[int] = field(default_factory=list)


def texts() -> Mapping[str, Any]:
    """The texts of the story."""
    found: Mapping[str, Any] = yaml.safe_load(
        Path(__file__).with_name("texts.yaml").read_text(encoding="utf-8")
    )
    return found


class Stage:
    """Everything that the parts of the story share; ``crews`` are the teams by their ids in texts.yaml."""

    def __init__(self, people: People, community: str, seed: int, now: int, table: Timetable) -> None:
        self.people, self.community, self.now, self.table = people, community, now, table
        self.chance = random.Random(f"{seed}/volunteering")  # noqa: S311 - an invented story
        self.texts, self.crews = texts(), dict[str, Crew]()
        self._acts = 0

    def put(self, at: int, play: Play) -> None:
        """Play it at that time (µs UTC)."""
        self.table.put(at, PART, play)

    def moment(self, days: int, hour: float) -> int:
        """So many days from today (before it: below zero), at that hour."""
        return day_start(civil_day(self.now)) + days * DAY + round(hour * 60) * MINUTE

    def act(
        self, target: Target, do: str, by: Actor, at: int, answers: Mapping[str, Any] | None = None
    ) -> Receipt:
        """One act at that time."""
        self._acts += 1
        key = f"demo/{PART}/{self._acts}"
        return act(target, do, by, dict(answers or {}), key=key, happened=at, recorded=at)

    def resident(self, number: int, at: int) -> Actor:
        """The resident of this number."""
        return self.people.resident(number, civil_day(at))

    def staff(self, name: str, at: int) -> Actor:
        """A staff member with the duties of that time."""
        return self.people.actor(name, civil_day(at))

    def id(self, number: int) -> str:
        """The id of the resident of this number."""
        return str(self.resident(number, self.now).person)

    def contact(self, number: int) -> dict[str, str]:
        """Name and telephone of a resident, as somebody writes them down."""
        return contact_of(UUID(self.id(number)))

    def home(self, number: int) -> str:
        """The building in which a resident lives."""
        lives = HouseholdMember.objects.filter(person=self.id(number)).values_list("household", flat=True)
        return Household.objects.values_list("building", flat=True).get(code=lives[0])

    def keeper(self, place: str, at: int) -> str:
        """The user name of the grid member of a building."""
        return f"grid{int((grid_of(place, civil_day(at)) or '')[12:]):02d}"

    def service_of(self, case: UUID, relation: str) -> UUID:
        """The newest service that a plan or a match has begun."""
        return others.linked(case, relation)[-1].id

    def planned(self, crew: Crew, at: int, starts: int, plan: Mapping[str, Any]) -> Outing:
        """The captain plans a service, or the community where he has no time."""
        asked = {**plan, "starts": when_of(starts)}
        self.act(crew.case, "plan", self.resident(crew.captain, at), at, asked)
        return Outing(self.service_of(crew.case, PLANNED), crew, starts, int(plan["minutes"]))

    def matched(self, request: UUID, do: str, by: Actor, at: int, outing: Mapping[str, Any]) -> Outing:
        """A request is given to a team, or taken by its captain."""
        crew: Crew = outing["crew"]
        asked = {
            "team": str(crew.case),
            "starts": when_of(outing["starts"]),
            "minutes": outing["minutes"],
            "capacity": outing.get("capacity", 2),
        }
        self.act(request, do, by, at, asked)
        return Outing(self.service_of(request, SERVES), crew, outing["starts"], outing["minutes"])

    def signs_up(self, outing: Outing, number: int, at: int) -> None:
        """A volunteer puts his name down."""
        self.act(outing.case, "sign_up", self.resident(number, at), at)
        outing.go.append(number)

    def recorded(self, outing: Outing, at: int) -> None:
        """The captain writes down who came and how long: mostly as planned, some a little less or more."""
        rows = [{"who": self.id(n), "minutes": self._took(outing)} for n in outing.go]
        did = {"did": self.chance.choice(self.texts["did"])}
        self.act(outing.case, "record", self.resident(outing.crew.captain, at), at, {"came": rows, **did})

    def _took(self, outing: Outing) -> int:
        return outing.minutes + self.chance.choice((0, 0, 0, 0, -15, 10, 15))


def office(at: int) -> int:
    """The next time at which an office works."""
    return next_working_moment(at, current_calendar())


__all__ = ["MINUTE", "PART", "Crew", "Outing", "People", "Stage", "office"]
