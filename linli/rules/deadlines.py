"""The two clocks of a case as plain values: the stage's and the whole case's, with pauses, reminders and climbing.

A clock is a JSON mapping ``{"stage": run, "total": run, "held": {state: run}, "climbed": n, "climb_at": µs, "timers": {action: µs}}``;
a run is
``{"since": µs, "span": text, "due": µs, "prov": bool, "cal": version, "paused": [[from, to]], "extra": [text],
"remind": µs, "missed": bool, "missed_due": µs, "reminded": bool, "held": µs, "climbed": n}``, the last two while it is
held. Times are integer µs UTC.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from linli.rules.when import instant
from linli.rules.worktime import (
    DAY,
    Calendar,
    Unit,
    after_pauses,
    civil_day,
    day_start,
    due,
    latest_start,
    next_working_moment,
    parse_span,
)

FAR = 253_402_214_400_000_000
"""The date that stands for no deadline: the year 9999. ``due`` is never null, so that one index serves."""

Run = dict[str, Any]
UNTIL = "until "
"""How the span of a run begins that ends on a day or at an hour named by the case."""


def start(span: str, since: int, calendar: Calendar, remind: str | None = None) -> Run:
    """A run that began at ``since`` and must end within ``span``; reminded when only ``remind`` of it is left."""
    return reckon({"since": since, "span": span, "paused": [], "extra": [], "lead": remind}, calendar)


def reckon(run: Run, calendar: Calendar) -> Run:
    """The run with its deadline computed under ``calendar``: after a start, a pause, an extension or a new
    year's table.
    """
    at, unit = _first(run, calendar)
    for more in run["extra"]:
        at = due(at, parse_span(more), calendar).at
    # Last, so that a pause moves also an extended deadline by exactly the time that it took.
    at = after_pauses(at, unit, [(a, b) for a, b in run["paused"]], calendar)
    settled = calendar.settled(civil_day(run["since"]).year, civil_day(at).year)
    remind = _reminder(run, at, calendar)
    return {**run, "due": at, "prov": not settled, "cal": calendar.version, "remind": remind}


def _first(run: Run, calendar: Calendar) -> tuple[int, Unit]:
    """The deadline before extensions and pauses, and in what it was counted. ``until …`` names an hour, or a day to its end."""
    if run["span"].startswith(UNTIL):
        named = run["span"].removeprefix(UNTIL)
        at = instant(named) if "T" in named else day_start(date.fromisoformat(named)) + DAY
        return at, Unit.DAYS
    span = parse_span(run["span"])
    return due(run["since"], span, calendar).at, span.unit


def _reminder(run: Run, at: int, calendar: Calendar) -> int:
    """The working moment before ``at`` from which the lead no longer fits; 0 where nothing is reminded."""
    if not run.get("lead"):
        return 0
    low = latest_start(at, parse_span(run["lead"]), calendar)
    return next_working_moment(low, calendar) if low > run["since"] else 0


def hold(run: Run, at: int) -> Run:
    """The run stopped at ``at``."""
    return {**run, "held": at}


def resume(run: Run, at: int, calendar: Calendar) -> Run:
    """A held run goes on at ``at``; the time between does not count."""
    rest = {k: v for k, v in run.items() if k != "held"}
    return reckon({**rest, "paused": [*run["paused"], [run["held"], at]]}, calendar)


def extend(run: Run, span: str, calendar: Calendar) -> Run:
    """The run with ``span`` more; a run already missed stays missed."""
    return reckon({**run, "extra": [*run["extra"], span], "reminded": False}, calendar)


def _reminds(run: Run) -> bool:
    return bool(run.get("remind")) and not run.get("reminded") and not run.get("missed")


def wake(clock: dict[str, Any]) -> int:
    """The next instant at which the clock has something to do on a case; FAR for never."""
    times = [FAR]
    for run in (clock.get("stage"), clock.get("total")):
        if run and not run.get("missed"):
            times.append(run["due"])
            if _reminds(run):
                times.append(min(run["remind"], run["due"]))
    if clock.get("climb_at"):
        times.append(clock["climb_at"])
    times += clock.get("timers", {}).values()
    return min(times)


def due_steps(clock: dict[str, Any], now: int, calendar: Calendar) -> list[tuple[str, str, int]]:
    """What the clock has to enter on a case at ``now``: (step, run, when it happened), in the order of happening.

    A reminder waits for business hours, also where the clock did not run when its moment came.
    """
    steps: list[tuple[str, str, int]] = []
    for name in ("stage", "total"):
        run = clock.get(name)
        if not run:
            continue
        if run["prov"] and run["cal"] != calendar.version:
            steps.append(("reckon", name, now))
        elif not run.get("missed") and run["due"] < now:
            steps.append(("overdue", name, run["due"]))
        elif _reminds(run) and run["remind"] <= now == next_working_moment(now, calendar):
            steps.append(("remind", name, run["remind"]))
    if clock.get("climb_at") and clock["climb_at"] <= now:
        steps.append(("climb", "stage", clock["climb_at"]))
    steps += [("timer", action, at) for action, at in clock.get("timers", {}).items() if at <= now]
    return sorted(steps, key=lambda s: s[2])
