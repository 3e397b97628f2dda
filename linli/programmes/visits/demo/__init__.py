"""The visits of the demonstration: three months of rounds in every grid, door by door, through the same door as everything."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Protocol

import yaml

from linli.cases.playing import Timetable
from linli.programmes.visits.demo.walker import Walker
from linli.programmes.visits.pages import rounds
from linli.programmes.visits.pages.rounds import Home
from linli.rules.actor import Actor
from linli.rules.worktime import HOUR, civil_day, day_start
from linli.territory.buildings import buildings_of, grids_of

DAYS = 98
"""How many days back the rounds begin."""
REACHED = (97, 62, 55, 71, 48, 83, 57, 66, 59, 34)
"""How far each grid has come, in per cent of its households: some are diligent, one was ill for weeks."""
EVERY = 7


class People(Protocol):
    """What the cast of the demonstration offers."""

    def actor(self, name: str, day: date) -> Actor:
        """A staff member."""


def play(people: People, community: str, seed: int, now: int, table: Timetable) -> None:
    """Put the rounds of every grid on the timetable."""
    today, texts = civil_day(now), _texts()
    for number, grid in enumerate(grids_of(community, today)):
        chance = random.Random(f"{seed}/{grid.code}")  # noqa: S311 - an invented round
        walker = Walker(people, f"grid{number + 1:02d}", texts, chance, now, table)
        homes = rounds.homes(buildings_of(grid.code, today), now)
        _rounds(walker, homes, REACHED[number % len(REACHED)], chance, now)


def _texts() -> Mapping[str, Any]:
    path = Path(__file__).with_name("texts.yaml")
    found: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def _rounds(walker: Walker, homes: list[Home], reached: int, chance: random.Random, now: int) -> None:
    """One evening a week from door to door, and the households with a label that asks for it more often."""
    first, count = civil_day(now) - timedelta(days=DAYS), DAYS // EVERY
    walked = homes[: len(homes) * reached // 100]
    for week in range(count):
        evening = first + timedelta(days=EVERY * (week + 1) - chance.randrange(0, 4))
        part = walked[len(walked) * week // count : len(walked) * (week + 1) // count]
        for minutes, home in enumerate(part):
            walker.visit(home, _at(evening, 17 * 60 + 9 * minutes), "regular")
    for home in walked:
        for days in _care(home, chance):
            walker.visit(
                home, _at(civil_day(now) - timedelta(days=days), 15 * 60 + chance.randrange(90)), "care"
            )


def _care(home: Home, chance: random.Random) -> list[int]:
    """How many days ago somebody came to see how they are."""
    if "lone_elder" in home.labels:
        return list(range(chance.randrange(0, 12), DAYS // 2, 14))
    return [chance.randrange(3, 40)] if {"disabled", "subsistence"} & set(home.labels) else []


def _at(day: date, minutes: int) -> int:
    return day_start(day) + minutes * HOUR // 60
