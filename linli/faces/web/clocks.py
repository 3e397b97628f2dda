"""The clocks of a case as pages show them: the time left in words, and a thin bar. All of it in working time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linli.cases.calendars import current_calendar
from linli.faces.web.parts import Clock, Left, Tone
from linli.rules.deadlines import FAR
from linli.rules.text import T
from linli.rules.worktime import HOUR, phrase, worked

PRESSES = 4 * HOUR
"""Working time left, in µs, from which a deadline is marked as pressing."""
STAGE, TOTAL = T("本阶段", "This stage"), T("全程", "The whole case")


def until(due: int, now: int) -> Left | None:
    """The time left until ``due``, or how long it is over; None where there is no deadline."""
    if due >= FAR:
        return None
    calendar = current_calendar()
    tone: Tone = "late" if now > due else "soon" if worked(now, due, calendar) <= PRESSES else ""
    return Left(phrase(due, now, calendar), tone, due)


def bar(title: T, run: Mapping[str, Any] | None, now: int) -> Clock | None:
    """One run of a case's clock as a bar; a run that is held stands still where it was stopped."""
    if not run:
        return None
    at = int(run.get("held", now))
    left = until(int(run["due"]), at)
    if left is None:
        return None
    return Clock(title, left, _share(run, at), paused="held" in run)


def bars(clock: Mapping[str, Any], now: int, stage: T = STAGE) -> list[Clock]:
    """Both clocks of a case, the stage's first, as far as they run."""
    both = (bar(stage, clock.get("stage"), now), bar(TOTAL, clock.get("total"), now))
    return [shown for shown in both if shown]


def _share(run: Mapping[str, Any], at: int) -> int:
    """How many thousandths of the working time are used, pauses left out."""
    calendar = current_calendar()
    paused = sum(worked(a, min(b, at), calendar) for a, b in run.get("paused", ()) if a < at)
    stopped = sum(worked(a, b, calendar) for a, b in run.get("paused", ()))
    whole = worked(run["since"], run["due"], calendar) - stopped
    used = worked(run["since"], at, calendar) - paused if at > run["since"] else 0
    return used * 1000 // whole if whole > 0 else 1000
