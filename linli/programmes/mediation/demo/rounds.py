"""The checks of the demonstration: by hand every month in 2024, by plan every week of late."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from linli.cases.calendars import current_calendar
from linli.cases.models import Case
from linli.programmes.mediation.demo import beats
from linli.rules.worktime import DAY, HOUR, civil_day, day_start, next_working_moment
from linli.territory.buildings import buildings_of
from linli.territory.regions import place_title

if TYPE_CHECKING:
    from linli.programmes.mediation.demo.player import Player

CHECK, PLAN = "dispute_check", "check_plan"
WEEKS, GRIDS = 6, 10
LAZY = {10: 1, 4: 2}
"""Grids that did not report, so many weeks back: one week is overdue, or was missed."""
SEES = 0.4
"""How often something is found."""
UNPLANNED = 9
"""A grid whose plan is paused while its member is on leave."""


def past(player: Player, first: date) -> None:
    """Thirty-two checks, entered by hand."""
    told = beats.read("checks")
    for number, row in enumerate(told["past"]):
        at = next_working_moment(day_start(first + timedelta(days=row["day"])) + 9 * HOUR, current_calendar())
        focus = told["focus"][number % len(told["focus"])]
        player.table.put(at, player.part, lambda then, r=row, f=focus: _record(player, r, f, then))  # type: ignore[misc]


def _record(player: Player, row: Mapping[str, Any], focus: str, at: int) -> None:
    code = f"{player.community}{row['grid']:03d}"
    building = _building(code, len(row["key"]) + row["day"], at)
    player.spots[row["key"]] = building
    answers = {
        "where": code,
        "focus": focus,
        "doors": row["doors"],
        "findings": [_finding(f, building) for f in row.get("found", ())],
    }
    grid = player.staff(f"grid{row['grid']:02d}", at)
    player.known[row["key"]] = player.open(CHECK, "record", grid, answers, row["key"], at).case


def _building(grid: str, number: int, at: int) -> str:
    found = sorted(buildings_of(grid, civil_day(at)))
    return found[number % len(found)]


def _finding(row: Sequence[str], building: str) -> dict[str, str]:
    said = dict(zip(("kind", "risk", "what", "disposal"), row, strict=True))
    return {**said, "spot": place_title(building).zh}


def present(player: Player) -> None:
    """Plans of all grids since six weeks, with what came of them week by week."""
    told = beats.read("checks")
    begun = player.now - (7 * WEEKS + 3) * DAY
    for grid in range(1, GRIDS + 1):
        at = next_working_moment(begun + grid * HOUR // 6, current_calendar())
        player.table.put(at, player.part, lambda then, g=grid: _plan(player, g, told["focus"][g - 1], then))  # type: ignore[misc]
        for week in range(WEEKS + 1):
            _report_later(player, grid, week, told["present"])


def _plan(player: Player, grid: int, focus: str, at: int) -> None:
    code = f"{player.community}{grid:03d}"
    checker = player.staff(f"grid{grid:02d}", at)
    answers = {
        "where": code,
        "weekday": str(1 + grid % 4),
        "hour": 9,
        "checker": str(checker.person),
        "focus": focus,
    }
    lead = player.staff("mediation1", at)
    plan = player.open(PLAN, "plan", lead, answers, f"plan-{grid}", at).case
    if grid == UNPLANNED:
        paused = next_working_moment(player.now - 9 * DAY, current_calendar())
        player.table.put(paused, player.part, lambda then: _pause(player, plan, then))


def _pause(player: Player, plan: UUID, at: int) -> None:
    lead = player.staff("mediation1", at)
    player.do(plan, PLAN, "pause", lead, {"reason": "网格员休假，由邻近网格顺带看。"}, "plan-paused", at)


def _report_later(player: Player, grid: int, week: int, found: Sequence[Sequence[str]]) -> None:
    """The grid’s check of that week is reported a day or two after it was opened, unless it was not done."""
    monday = civil_day(player.now) - timedelta(days=civil_day(player.now).isoweekday() - 1 + 7 * week)
    if (week and week == LAZY.get(grid)) or (grid == 4 and week == 5):
        return
    day = monday + timedelta(days=1 + grid % 4)
    at = next_working_moment(day_start(day) + (15 + grid % 3) * HOUR, current_calendar())
    player.table.put(at, player.part, lambda then: _report(player, grid, week, found, then))


def _report(player: Player, grid: int, week: int, found: Sequence[Sequence[str]], at: int) -> None:
    """Report the open check of the grid, where the plan has opened one."""
    code = f"{player.community}{grid:03d}"
    case = Case.objects.filter(type=CHECK, place=code, state="planned").order_by("-opened").first()
    if case is None:
        return
    rows = [player.chance.choice(found)] if player.chance.random() < SEES else []
    answers = {
        "doors": player.chance.randrange(15, 40),
        "findings": [_finding(row, _building(code, week, at)) for row in rows],
    }
    checker = player.staff(f"grid{grid:02d}", at)
    player.do(case.id, CHECK, "report", checker, answers, f"report-{grid}-{week}", at)
