"""A partner's weekly hours as dates: which office hours stand in a span of days, and which of those planned still fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from linli.rules.worktime import Calendar


@dataclass(frozen=True, slots=True)
class Slot:
    """One line of the weekly hours: ISO weekday, civil time, minutes, how many people, in which room (empty: the partner's)."""

    weekday: int
    time: str
    minutes: int
    places: int
    room: str = ""

    @property
    def begin(self) -> int:
        """Minutes after midnight."""
        return int(self.time[:2]) * 60 + int(self.time[3:])

    @property
    def key(self) -> str:
        """By which a session is told to belong to this line: ``3 14:30``."""
        return f"{self.weekday} {self.time}"


def slots(rows: Iterable[Mapping[str, Any]] | None) -> list[Slot]:
    """The lines of the table of hours."""
    return [
        Slot(int(r["weekday"]), str(r["time"]), int(r["minutes"]), int(r["places"]), str(r.get("room") or ""))
        for r in rows or ()
    ]


def overlap(lines: Sequence[Slot]) -> Slot | None:
    """The first line that begins before another of the same day ends."""
    ordered = sorted(lines, key=lambda s: (s.weekday, s.begin))
    for one, other in pairwise(ordered):
        if one.weekday == other.weekday and other.begin < one.begin + one.minutes:
            return other
    return None


def days(first: date, last: date) -> Iterator[date]:
    """Every day of the span, both ends included."""
    for n in range((last - first).days + 1):
        yield first + timedelta(days=n)


def dated(
    lines: Sequence[Slot], first: date, last: date, calendar: Calendar, away: tuple[str, str] | None = None
) -> list[tuple[str, Slot]]:
    """The office hours of the span as (moment, line), in order. On public holidays nobody sits, but for lines of a weekend, which are
    meant so; ``away`` are the first and the last day of a pause.
    """
    return [
        (f"{day.isoformat()}T{line.time}", line)
        for day in days(first, last)
        if not (away and away[0] <= day.isoformat() <= away[1])
        for line in sorted(lines, key=lambda s: s.begin)
        if line.weekday == day.isoweekday() and (line.weekday > 5 or calendar.works(day))
    ]


def line_of(starts: str) -> str:
    """The key of the line of weekly hours that has this moment; empty for none."""
    return f"{date.fromisoformat(starts[:10]).isoweekday()} {starts[11:]}" if starts else ""
