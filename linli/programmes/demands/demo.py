"""The demands of the demonstration. Their records of 1 January to 28 April 2024 are such that the counters
give the published figures;
around the day of building there is work in every state. Everything goes through the door, in the order of time.
"""

from __future__ import annotations

import heapq
import random
from datetime import date, timedelta
from typing import Any, Protocol
from uuid import UUID

from linli.cases.act import act
from linli.cases.calendars import current_calendar
from linli.cases.clock import tick
from linli.programmes.demands.plot import MATTERS, PAST, RECENT, Beat
from linli.rules.actor import Actor
from linli.rules.worktime import HOUR, civil_day, day_start, next_working_moment


class People(Protocol):
    """What the cast of the demonstration offers."""

    units: dict[str, UUID]

    def actor(self, name: str, day: date) -> Actor:
        """A staff member."""

    def resident(self, number: int, day: date) -> Actor:
        """A resident."""


class Story:
    """One demand on its way: its beats, and what it is about."""

    def __init__(
        self, number: int, beats: tuple[Beat, ...], category: str, matter: str, place: str, resident: int
    ) -> None:
        self.number, self.beats, self.category, self.matter = number, beats, category, matter
        self.place, self.resident = place, resident
        self.case: UUID | None = None


def play(people: People, community: str, seed: int, now: int) -> int:
    """Play the past and the present. Returns how many acts were taken."""
    chance = random.Random(seed)  # noqa: S311 - an invented story, not a secret
    past = _stories(chance, community, PAST, 0)
    starts = [
        _moment(date(2024, 1, 3) + timedelta(days=round(i * 96 / len(past))), chance)
        for i in range(len(past))
    ]
    made = _run(people, list(zip(starts, past, strict=True)), day_start(date(2024, 4, 29)))
    recent = _stories(chance, community, RECENT, len(past))
    today = civil_day(now)
    begun = [
        _moment(today - timedelta(days=round(26 - i * 26 / len(recent))), chance) for i in range(len(recent))
    ]
    return made + _run(people, list(zip(begun, recent, strict=True)), now)


def _stories(chance: random.Random, community: str, plots: list[tuple[Beat, ...]], first: int) -> list[Story]:
    found = []
    for number, beats in enumerate(plots, first):
        category, matter = MATTERS[number % len(MATTERS)]
        building = chance.randrange(1, 34)
        matter = matter.format(unit=chance.randrange(1, 7), floor=chance.randrange(1, 7))
        found.append(Story(number, beats, category, matter, f"{community}B{building:04d}", number))
    return found


def _moment(day: date, chance: random.Random) -> int:
    return next_working_moment(
        day_start(day) + 9 * HOUR + chance.randrange(0, 7 * 3600) * 1_000_000, current_calendar()
    )


def _run(people: People, started: list[tuple[int, Story]], end: int) -> int:
    """All beats of all stories in the order of time, until ``end``; the clock ticks before each."""
    queue = [(at, story.number, 0, story) for at, story in started]
    heapq.heapify(queue)
    made, known = 0, {story.number: story for _, story in started}
    while queue:
        at, number, step, story = heapq.heappop(queue)
        if at >= end:
            continue
        tick(at)
        beat = story.beats[step]
        _do(people, story, beat, step, at, known)
        made += 1
        if step + 1 < len(story.beats):
            later = next_working_moment(at + story.beats[step + 1].after * HOUR, current_calendar())
            heapq.heappush(queue, (later, number, step + 1, story))
    tick(end)
    return made


def _do(people: People, story: Story, beat: Beat, step: int, at: int, known: dict[int, Story]) -> None:
    day = civil_day(at)
    actor = (
        people.resident(story.resident, day) if beat.by == "reporter" else _staff(people, story, beat, day)
    )
    answers: dict[str, Any] = dict(beat.answers)
    if "units" in answers:
        answers["units"] = [str(people.units[kind]) for kind in answers["units"]]
    if "into" in answers:
        answers["into"] = str(known[story.number + answers["into"]].case)
    key = f"demo/demand/{story.number}/{step}"
    if story.case is None:
        answers |= {"matter": story.matter, "category": story.category, "where": story.place}
        if beat.by != "reporter":
            answers["reporter"] = {"name": f"居民{story.number}", "phone": f"1380000{story.resident:04d}"}
        story.case = act(
            ("demand", story.place), beat.action, actor, answers, key=key, happened=at, recorded=at
        ).case
    else:
        act(story.case, beat.action, actor, answers, key=key, happened=at, recorded=at)


def _staff(people: People, story: Story, beat: Beat, day: date) -> Actor:
    if beat.by != "grid":
        return people.actor(beat.by, day)
    from linli.cases.opening import grid_at

    grid = grid_at(story.place, day_start(day)) or ""
    return people.actor(f"grid{int(grid[12:]):02d}", day)
