"""The mediations of the demonstration. Their records of 1 January to 28 April 2024 are such that the counters give the published
figures; around the day of building there are disputes in every state and this week's checks. Everything goes through the door.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from linli.cases.calendars import current_calendar
from linli.cases.playing import Timetable
from linli.programmes.mediation.demo import beats, rounds
from linli.programmes.mediation.demo.player import Player
from linli.programmes.mediation.demo.roster import enrol
from linli.rules.actor import Actor
from linli.rules.worktime import DAY, HOUR, civil_day, day_start, next_working_moment

PAST_BEGINS = date(2024, 1, 2)
FIRST_OF_THE_PAST = 100
"""From which number on the residents of the past are taken."""


class People(Protocol):
    """What the cast of the demonstration offers."""

    staff: dict[str, UUID]

    def actor(self, name: str, day: date) -> Actor:
        """A staff member."""

    def resident(self, number: int, day: date) -> Actor:
        """A resident."""


def play(people: People, community: str, seed: int, now: int, table: Timetable) -> None:
    """Put the roster, the past and the present on the timetable."""
    chance = random.Random(f"{seed}/mediation")  # noqa: S311 - invented
    player = Player(people, community, now, table, chance)
    enrol(player, day_start(PAST_BEGINS - timedelta(days=30)) + 10 * HOUR)
    past(player)
    present(player)


def past(player: Player) -> None:
    """The checks and disputes of early 2024."""
    rounds.past(player, PAST_BEGINS)
    for number, story in enumerate(beats.read("past")):
        begin = day_start(PAST_BEGINS + timedelta(days=story["day"])) + 11 * HOUR
        at = next_working_moment(begin + player.chance.randrange(0, 5 * 60) * 60_000_000, current_calendar())
        first = FIRST_OF_THE_PAST + 2 * number
        player.begin(f"past-{number}", {"a": first, "b": first + 1, **story}, at)


def present(player: Player) -> None:
    """What is in hand around now."""
    rounds.present(player)
    for number, story in enumerate(beats.read("present")):
        at = player.now - round(story["ago"] * DAY)
        if story["ago"] >= 1:
            at = next_working_moment(day_start(civil_day(at)) + 9 * HOUR, current_calendar())
        player.begin(f"now-{number}", story, at)
