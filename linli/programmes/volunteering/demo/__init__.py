"""The volunteers of the demonstration: their records of 1 January to 28 April 2024, and what goes on around the day of building."""

from __future__ import annotations

from linli.cases.playing import Timetable
from linli.programmes.volunteering.demo import past, present
from linli.programmes.volunteering.demo.stage import People, Stage


def play(people: People, community: str, seed: int, now: int, table: Timetable) -> None:
    """Put the past and the present on the timetable."""
    stage = Stage(people, community, seed, now, table)
    past.play(stage)
    present.play(stage)


__all__ = ["People", "play"]
