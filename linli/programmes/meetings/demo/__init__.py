"""The meetings of the demonstration. Their past of January to April 2024 gives the published figures: a plenary that hears two reports
and adopts a resolution, a mobilisation by video, a working group's first meeting; around today there are meetings in every state.
"""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

import yaml

from linli.cases.playing import Timetable
from linli.programmes.meetings.demo.course import Course
from linli.programmes.meetings.demo.founding import found
from linli.programmes.meetings.demo.stage import Stage
from linli.rules.actor import Actor


class People(Protocol):
    """What the cast of the demonstration offers."""

    units: dict[str, UUID]

    def actor(self, name: str, day: date) -> Actor:
        """A staff member."""

    def resident(self, number: int, day: date) -> Actor:
        """A resident."""


def play(people: People, community: str, seed: int, now: int, table: Timetable) -> None:
    """Put the bodies, the past and the present on the timetable."""
    chance = random.Random(f"{seed}/meetings")  # noqa: S311 - invented meetings
    stage = Stage(people, community, now, table)
    bodies, stories = _read("bodies"), _read("meetings")
    for key, body in bodies.items():
        found(stage, key, body)
    for part in ("past", "present"):
        for story in stories[part]:
            Course(stage, story, bodies[story["body"]], chance).put()


def _read(name: str) -> dict[str, Any]:
    path = Path(__file__).with_name(f"{name}.yaml")
    read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read
