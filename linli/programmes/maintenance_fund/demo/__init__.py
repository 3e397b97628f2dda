"""The maintenance fund of the demonstration: the account of one compound over the years, and uses of it in many states. Everything goes
through the one door, in the order of time.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from linli.cases.playing import Timetable
from linli.programmes.maintenance_fund.demo import compound
from linli.programmes.maintenance_fund.demo.courses import Draft, Emergency, Vote
from linli.programmes.maintenance_fund.demo.money import Money
from linli.programmes.maintenance_fund.demo.stage import People, Stage
from linli.programmes.maintenance_fund.demo.year import Year
from linli.rules.worktime import civil_day


def play(people: People, community: str, seed: int, now: int, table: Timetable) -> None:
    """Put the account and its uses on the timetable."""
    stage = Stage(people, community, seed, now, table)
    first = people.resident(0, civil_day(now)).person
    assert first is not None
    made = compound.make(community, first, seed, stage.moment(-970, 10))
    Money(stage, made).play()
    for texts in _uses():
        _kind(texts)(stage, made, texts).play()


def _kind(texts: Mapping[str, Any]) -> type[Draft | Emergency | Vote]:
    if "revised" in texts:
        return Draft
    if "danger" in texts:
        return Emergency
    return Year if "plan" in texts else Vote


def _uses() -> list[Mapping[str, Any]]:
    path = Path(__file__).with_name("uses.yaml")
    found: list[Mapping[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found
