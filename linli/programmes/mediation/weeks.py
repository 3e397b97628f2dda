"""The weeks of a plan: when its next check begins, and what is skipped where the clock was away."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from linli.rules.parameters import p
from linli.rules.situation import Situation
from linli.rules.worktime import DAY, HOUR, civil_day, day_start, parse_span

WEEK = 7 * DAY


def first_after(weekday: int, hour: int, after: int) -> int:
    """The first moment of that weekday (1 is Monday) and hour that lies behind ``after`` (µs UTC)."""
    day = civil_day(after)
    day += timedelta(days=(weekday - day.isoweekday()) % 7)
    at = day_start(day) + hour * HOUR
    return at if at > after else at + WEEK


def planned(s: Situation) -> dict[str, object]:
    """When the plan’s clock strikes next, from the act on."""
    return {"next_at": first_after(int(s.fact("weekday")), int(s.fact("hour")), s.happened)}


def struck(s: Situation) -> dict[str, object]:
    """What the clock found when it came to the plan: the week to be checked, the next time, how many weeks were skipped.

    Where it was away for weeks, only the week in which it is back is checked: a check of a week that is over would be entered for
    its own sake.
    """
    at, back = int(s.fact("next_at")), max(s.recorded, s.happened)
    away = max(0, back - at) // WEEK
    latest = at + away * WEEK
    monday = civil_day(latest) - timedelta(days=civil_day(latest).isoweekday() - 1)
    due = monday + timedelta(days=6)
    over = end_of(due) <= back
    return {
        "next_at": latest + WEEK,
        "week": monday.isoformat(),
        "due_day": due.isoformat(),
        "skipped": away + over,
        "over": over,
    }


def this_week(s: Situation) -> list[Mapping[str, object]]:
    """The check of the week, unless the week is over already."""
    if s.fact("over"):
        return []
    keys = ("week", "due_day", "checker", "focus", "skipped")
    return [{k: s.fact(k) for k in keys if s.fact(k)}]


def lapses(s: Situation) -> dict[str, object]:
    """When a check that nobody reports is entered as missed."""
    after = parse_span(str(s.value(p("lapse_after")))).amount
    return {"lapse_at": end_of(date.fromisoformat(str(s.fact("due_day")))) + after * DAY}


def end_of(day: date) -> int:
    """The end of a civil day in µs UTC."""
    return day_start(day) + DAY
