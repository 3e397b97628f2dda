"""The events of the demonstration: a science-film tour of museums in March and April 2024, whose figures the tests hold, and around
the day of building events with sessions in every state. Everything goes through the door, in the order of time.
"""

from __future__ import annotations

import random

from linli.cases.playing import Timetable
from linli.programmes.public_events.demo import stories
from linli.programmes.public_events.demo.player import PART, People, Player

RESIDENTS_OF_AN_EVENT = 90
"""So many residents are kept apart for each event, so that nobody goes to everything."""
FIRST = 12


def play(people: People, community: str, seed: int, now: int, table: Timetable) -> None:
    """Put every event on the timetable."""
    chance = random.Random(f"{seed}/{PART}")  # noqa: S311 - invented
    for n, row in enumerate(stories.read()["events"]):
        Player(people, community, now, table, chance, FIRST + n * RESIDENTS_OF_AN_EVENT).begin(row)
