"""Working time: deadlines by the Civil Code (articles 201 to 203), business hours, make-up workdays, pauses.

Instants are integer µs UTC; civil days are those of China, which has kept UTC+8 without summer time since 1992.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from functools import cache

from linli.rules.text import T
from linli.rules.workcalendar import Calendar, load_calendar

__all__ = [
    "CHINA", "Calendar", "Due", "Span", "Unit", "add_working", "after_pauses", "civil_day", "clock_text",
    "day_start", "due", "latest_start", "load_calendar", "next_working_moment", "parse_span", "phrase", "worked",
]  # fmt: skip

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
SECOND = 1_000_000
HOUR = 3600 * SECOND
DAY = 24 * HOUR
_OFFSET = 8 * HOUR
_EPOCH = date(1970, 1, 1).toordinal()
SHIFTS = ((8 * HOUR + HOUR // 2, 12 * HOUR), (14 * HOUR + HOUR // 2, 18 * HOUR))
"""Business hours of a working day as µs after midnight: 08:30–12:00 and 14:30–18:00."""
CLOSE = SHIFTS[-1][1]
WORKDAY = sum(b - a for a, b in SHIFTS)
"""The working time of one day in µs: seven hours."""


class Unit(StrEnum):
    """In what a span is counted."""

    WORKING_DAYS = "working days"
    WORKING_HOURS = "working hours"
    DAYS = "days"
    HOURS = "hours"


_NAMES = {
    Unit.WORKING_DAYS: T("个工作日", "working days"),
    Unit.WORKING_HOURS: T("个工作小时", "working hours"),
    Unit.DAYS: T("天", "days"),
    Unit.HOURS: T("小时", "hours"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time such as 3 working days."""

    amount: int
    unit: Unit

    def text(self) -> T:
        """The span in words."""
        en = f"{self.amount} {_NAMES[self.unit].en}"
        return T(f"{self.amount} {_NAMES[self.unit].zh}", en.removesuffix("s") if self.amount == 1 else en)


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline: the instant, whether a year not yet published was needed, and the calendar's version."""

    at: int
    provisional: bool
    calendar: str


@cache
def parse_span(text: str) -> Span:
    """Read ``3 working days``, ``4 working hours``, ``30 days`` or ``24 hours``. Raises: ValueError naming the text."""
    match = re.fullmatch(
        r"\s*(\d{1,4})\s+(working days|working hours|days|hours|working day|working hour|day|hour)\s*", text
    )
    if not match or int(match[1]) < 1:
        raise ValueError(
            f"{text!r} is no span; write such as `3 working days`, `4 working hours`, `30 days`, `24 hours`"
        )
    unit = match[2] if match[2].endswith("s") else f"{match[2]}s"
    return Span(int(match[1]), Unit(unit))


def civil_day(at: int) -> date:
    """The day in China on which the instant lies."""
    return date.fromordinal((at + _OFFSET) // DAY + _EPOCH)


def day_start(day: date) -> int:
    """The instant at which the day begins in China."""
    return (day.toordinal() - _EPOCH) * DAY - _OFFSET


def _next_workday(day: date, calendar: Calendar) -> date:
    """The first working day from ``day`` on, itself included."""
    while not calendar.works(day):
        day += timedelta(days=1)
    return day


def due(start: int, span: Span, calendar: Calendar, *, paused: Sequence[tuple[int, int]] = ()) -> Due:
    """The end of a span that begins at ``start``.

    Days: the day of the start is not counted; a last day that is no working day moves to the next one; the day ends at
    24:00 for days, at the close of business for working days. Hours run at once. Approved pauses (from, to) move a
    working span by exactly the working time they hold, a calendar span by their length.
    """
    at = after_pauses(_end(start, span, calendar), span.unit, paused, calendar)
    return Due(at, not calendar.settled(civil_day(start).year, civil_day(at).year), calendar.version)


def after_pauses(at: int, unit: Unit, paused: Sequence[tuple[int, int]], calendar: Calendar) -> int:
    """The deadline moved by the pauses; one that ends before it begins, told late, holds nothing."""
    if unit in (Unit.DAYS, Unit.HOURS):
        return at + sum(max(0, b - a) for a, b in paused)
    return add_working(at, sum(worked(a, b, calendar) for a, b in paused), calendar)


def _end(start: int, span: Span, calendar: Calendar) -> int:
    if span.unit is Unit.HOURS:
        return start + span.amount * HOUR
    if span.unit is Unit.WORKING_HOURS:
        return add_working(start, span.amount * HOUR, calendar)
    day = civil_day(start)
    if span.unit is Unit.DAYS:
        return day_start(_next_workday(day + timedelta(days=span.amount), calendar)) + DAY
    for _ in range(span.amount):
        day = _next_workday(day + timedelta(days=1), calendar)
    return day_start(day) + CLOSE


def _shifts(start: int, calendar: Calendar) -> Iterator[tuple[int, int]]:
    """The business hours from ``start`` on, for ever."""
    day = civil_day(start)
    while True:
        if calendar.works(day):
            midnight = day_start(day)
            for opens, closes in SHIFTS:
                if midnight + closes > start:
                    yield max(midnight + opens, start), midnight + closes
        day += timedelta(days=1)


def add_working(start: int, amount: int, calendar: Calendar) -> int:
    """The instant at which ``amount`` µs of working time after ``start`` are over; ``start`` itself for none."""
    if amount <= 0:
        return start
    for opens, closes in _shifts(start, calendar):
        if closes - opens >= amount:
            return opens + amount
        amount -= closes - opens
    raise AssertionError("unreachable")


def latest_start(end: int, span: Span, calendar: Calendar) -> int:
    """The latest instant from which the span is over by ``end``: the mirror of ``due`` without pauses."""
    if span.unit is Unit.HOURS:
        return end - span.amount * HOUR
    if span.unit is Unit.WORKING_HOURS:
        return _before(end, span.amount * HOUR, calendar)
    working = span.unit is Unit.WORKING_DAYS
    day = civil_day(end - (CLOSE if working else DAY))
    day = _last_workday(day, calendar)
    for _ in range(span.amount - 1 if working else 0):
        day = _last_workday(day - timedelta(days=1), calendar)
    return day_start(day if working else day - timedelta(days=span.amount - 1)) - 1


def _last_workday(day: date, calendar: Calendar) -> date:
    """The last working day up to ``day``, itself included."""
    while not calendar.works(day):
        day -= timedelta(days=1)
    return day


def _before(end: int, amount: int, calendar: Calendar) -> int:
    """The latest instant from which ``amount`` µs of working time are over by ``end``."""
    day = civil_day(end)
    while True:
        for opens, closes in reversed(SHIFTS) if calendar.works(day) else ():
            left, right = day_start(day) + opens, min(day_start(day) + closes, end)
            if right - left >= amount:
                return right - amount
            amount -= max(0, right - left)
        day -= timedelta(days=1)


def worked(start: int, end: int, calendar: Calendar) -> int:
    """The working time in µs between two instants; 0 when they are not in order."""
    total = 0
    for opens, closes in _shifts(start, calendar):
        if opens >= end:
            return total
        total += min(closes, end) - opens
    raise AssertionError("unreachable")


def next_working_moment(at: int, calendar: Calendar) -> int:
    """The instant itself within business hours, else the next opening."""
    return next(_shifts(at, calendar))[0]


def phrase(due_at: int, now: int, calendar: Calendar) -> T:
    """How much time is left or over, as people say it, in working time."""
    over = now > due_at
    time = worked(due_at, now, calendar) if over else worked(now, due_at, calendar)
    if time < 60 * SECOND:
        return (
            T("刚超时", "Just overdue")
            if over
            else T("剩余工作时间不到 1 分钟", "Less than a minute of working time left")
        )
    days, hours, minutes = time // WORKDAY, time // HOUR, time // (60 * SECOND)
    amount = (
        (days, "个工作日", "working day")
        if days
        else (hours, "个工作小时", "working hour")
        if hours
        else (minutes, "分钟", "minute")
    )
    words = T(f"{amount[0]} {amount[1]}", f"{amount[0]} {amount[2]}{'' if amount[0] == 1 else 's'}")
    return (
        T(f"已超时 {words.zh}", f"{words.en} overdue") if over else T(f"还剩 {words.zh}", f"{words.en} left")
    )


def clock_text(at: int) -> str:
    """The instant as civil time in China: 2024-04-28 14:30."""
    return datetime.fromtimestamp(at // SECOND, UTC).astimezone(CHINA).strftime("%Y-%m-%d %H:%M")
