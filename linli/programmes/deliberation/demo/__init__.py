"""Deliberation in the demonstration. Its records of 1 January to 28 April 2024 are such that the counters give the published figures;
around the day of building there is work in every state. Everything goes through the door, in the order of time.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from linli.cases.playing import Timetable
from linli.programmes.deliberation.demo.ideas import Ideas
from linli.programmes.deliberation.demo.meeting import Meeting
from linli.programmes.deliberation.demo.stage import People, Stage
from linli.programmes.deliberation.demo.topic import Topic
from linli.rules.when import instant
from linli.rules.worktime import HOUR, civil_day, day_start

AWAKE = range(9, 21)
"""Hours at which a meeting can be in session; at night the one of today is still to come."""


def play(people: People, community: str, seed: int, now: int, table: Timetable) -> None:
    """Put the past and the present on the timetable."""
    stage = Stage(people, community, seed, now, table)
    past(stage)
    present(stage)


def past(stage: Stage) -> None:
    """What was deliberated from January to April 2024."""
    told = read("past")
    for texts in told["councils"]:
        at = texts["at"]
        starts = at if isinstance(at, datetime) else datetime.fromisoformat(str(at))
        Meeting(stage, texts, instant(starts.isoformat(timespec="minutes"))).play()
    ideas = Ideas(stage)
    for texts in told["ideas"]:
        ideas.play(texts, instant(f"{texts['day']}T08:00"))


def present(stage: Stage) -> None:
    """What goes on around today."""
    told = read("present")
    for texts in told["councils"]:
        starts = _starts(stage, texts)
        if starts:
            Meeting(stage, texts, starts).play()
    ideas = Ideas(stage)
    for texts in told["ideas"]:
        ideas.play(texts, stage.moment(texts["days"], 8))
    for texts in told["topics"]:
        Topic(stage, texts).alone(stage.moment(texts["days"], 10))


def _starts(stage: Stage, texts: dict[str, Any]) -> int:
    """When a meeting begins; the one that is in session began an hour ago, and at night there is none."""
    if texts.get("now"):
        today = day_start(civil_day(stage.now))
        hour = (stage.now - today) // HOUR
        return today + (hour - 1) * HOUR if hour in AWAKE else 0
    return stage.moment(texts["days"], texts.get("hour", 19))


def read(name: str) -> dict[str, Any]:
    """The texts of a part."""
    path = Path(__file__).with_name(f"{name}.yaml")
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found
