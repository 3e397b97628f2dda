"""The stories of stories.yaml as values: events, their sessions, and who signs up for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from linli.rules.when import MINUTE, instant
from linli.rules.worktime import HOUR, civil_day, day_start

SOON = "soon"
"""The time of the session that takes place on the day of building: half an hour from now, or in the evening before."""
_GUEST = re.compile(r"(w?)(\d)(x?)(?::(\d))?(?:\*(\d))?(?:@(\d+))?")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Guest:
    """One sign-up: for how many, by whom, how many come, what they say; ``who`` names a resident with an account."""

    persons: int
    window: bool
    gives_up: bool
    come: int
    score: int
    who: int | None


def guests(text: str) -> list[Guest]:
    """The guests of a session. Raises: ValueError naming the word that is none."""
    return [_guest(word) for word in text.split()]


def _guest(word: str) -> Guest:
    found = _GUEST.fullmatch(word)
    if found is None:
        raise ValueError(f"{word!r} is no guest")
    window, persons, gives_up, come, score, who = found.groups()
    return Guest(
        int(persons),
        bool(window),
        bool(gives_up),
        int(come) if come is not None else int(persons),
        int(score or 0),
        int(who) if who is not None else None,
    )


def read() -> Row:
    """The whole file."""
    found: Row = yaml.safe_load(Path(__file__).with_name("stories.yaml").read_text("utf-8"))
    return found


def day_of(said: object, now: int) -> date:
    """A date as it stands, or so many days from the day of ``now`` (µs UTC)."""
    if isinstance(said, date):
        return said
    return civil_day(now) + timedelta(days=int(str(said)))


def moment(day: object, time: str, now: int) -> str:
    """A civil date and time in canonical form."""
    if time == SOON:
        return _soon(now)
    return datetime.fromisoformat(f"{day_of(day, now).isoformat()}T{time}").isoformat(timespec="minutes")


def _soon(now: int) -> str:
    """Half an hour from now in steps of five minutes, by day; in the night the next or the last time that people go out."""
    day, hour = civil_day(now), (now - day_start(civil_day(now))) // HOUR
    if not 8 <= hour < 21:
        return f"{day.isoformat()}T{'09:30' if hour < 8 else '20:30'}"
    minutes = (now - day_start(day)) // MINUTE + 30
    hour, minute = divmod(minutes - minutes % 5, 60)
    return f"{day.isoformat()}T{hour:02d}:{minute:02d}"


def at(said: list[Any], now: int) -> int:
    """The instant of a day and a time."""
    return instant(moment(said[0], str(said[1]), now))
