"""The demands of the demonstration. Their records of 1 January to 28 April 2024 are such that the counters give the published
figures; around the day of building there is work in every state. Everything goes through the door, in the order of time.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from linli.cases.calendars import current_calendar
from linli.cases.playing import Timetable
from linli.cases.receipt import Receipt
from linli.programmes.demands.demo import beats
from linli.programmes.demands.demo.player import Player
from linli.rules.actor import Actor
from linli.rules.worktime import DAY, HOUR, civil_day, day_start, next_working_moment

PART = "demands"
PAST_BEGINS = date(2024, 1, 3)
RESIDENTS_OF_THE_PRESENT = 30
"""From which number on residents report around today; those before them did in the past, or are named in the story."""


class People(Protocol):
    """What the cast of the demonstration offers."""

    units: dict[str, UUID]

    def actor(self, name: str, day: date) -> Actor:
        """A staff member."""

    def resident(self, number: int, day: date) -> Actor:
        """A resident."""


def play(people: People, community: str, seed: int, now: int, table: Timetable) -> None:
    """Put the past and the present on the timetable."""
    chance, player = random.Random(seed), Player(people, community, now, table, PART)  # noqa: S311 - invented
    for number, story in enumerate(beats.read("past")):
        begin = day_start(PAST_BEGINS + timedelta(days=story.days)) + 9 * HOUR
        at = next_working_moment(begin + chance.randrange(0, 7 * 60) * 60_000_000, current_calendar())
        player.begin(story, number, chance.randrange(1, 34), at)
    for number, story in enumerate(beats.read("present"), RESIDENTS_OF_THE_PRESENT):
        begin = now - round(story.days * DAY)
        at = begin if story.days < 2 else _daytime(begin, chance)
        player.begin(story, number, chance.randrange(1, 34), at)
    table.follow(player.type, lambda receipt, place, at: _go_on(player, receipt, place, at))


def _daytime(at: int, chance: random.Random) -> int:
    """Some time between eight and nine in the evening of that day, when people report."""
    return day_start(civil_day(at)) + 8 * HOUR + chance.randrange(0, 13 * 60) * 60_000_000


OF_VISITS: tuple[dict[str, object], ...] = (
    {
        "plot": ["filed", "sent property", "accepted property", "handled property", "checked"],
        "wanted": "走访时提的，请先到现场看看。",
        "answer": "到现场看过，先做了临时处理，配件到了再来。",
        "outcome": "partly",
    },
    {"plot": ["settled", "checked"], "answer": "当天联系好了人，第二天上午上了门。", "outcome": "partly"},
    {
        "plot": ["filed", "sent property", "accepted property", "noted property"],
        "wanted": "请按约好的时间上门。",
        "progress": "上门看过，要换的件已经报了。",
    },
    {"plot": ["settled", "called"], "answer": "情况已经说明，材料清单送到家里了。", "outcome": "explained"},
)
"""What becomes of demands that visits raise, in turn."""


def _go_on(player: Player, receipt: Receipt, place: str, at: int) -> None:
    """A demand that came out of a visit goes its way like any other."""
    turn = len(player.known)
    texts = dict(OF_VISITS[turn % len(OF_VISITS)])
    story = beats.story(f"raised-{receipt.number}", texts)
    player.carry_on(story, turn, place, receipt.case, at)
