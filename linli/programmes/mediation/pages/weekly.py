"""This week’s checks, grid by grid: done, open, overdue, or not planned."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse

from linli.cases.models import Case
from linli.cases.reading import facts_of
from linli.cases.sight import cases_seen_by
from linli.faces.web.parts import Column, Left, Row, Table
from linli.faces.web.said import left_of
from linli.programmes.mediation.checks import CHECK_PLAN, DISPUTE_CHECK, WATCHERS
from linli.programmes.mediation.words import SIGHT_OF_FINDINGS
from linli.rules.actor import Actor
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.worktime import civil_day, day_start
from linli.territory.buildings import grids_of
from linli.territory.models import Grid

DAYS = [
    T(f"周{zh}", en)
    for zh, en in zip("一二三四五六日", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), strict=True)
]
NO_PLAN = T("没有计划", "No plan")
PAUSED = T("计划已暂停", "Plan paused")
TO_COME = T("本周还没到", "Later this week")
HIDDEN = T("—", "—")


def grids(actor: Actor, day: date) -> list[Grid]:
    """The grids whose checks the actor watches, by code."""
    roles = [r.key for r in WATCHERS]
    found = {g.code: g for region in actor.regions(*roles) for g in grids_of(region, day)}
    return [found[code] for code in sorted(found)]


def week_table(actor: Actor, at: int) -> Table | None:
    """A line per grid; None for who watches no grid."""
    today = civil_day(at)
    shown = grids(actor, today)
    if not shown:
        return None
    monday = today - timedelta(days=today.isoweekday() - 1)
    codes = [g.code for g in shown]
    seen = cases_seen_by(actor, [DISPUTE_CHECK.key]).filter(place__in=codes)
    checks = _by_place(seen.filter(opened__gte=day_start(monday)).order_by("opened"))
    late = _by_place(seen.filter(live=True, opened__lt=day_start(monday)).order_by("-opened"))
    plans = _by_place(
        cases_seen_by(actor, [CHECK_PLAN.key])
        .filter(place__in=codes, state__in=("running", "paused"))
        .order_by("opened")
    )
    titles = (
        T("网格", "Grid"), T("每周", "Every week"), T("本周", "This week"), T("剩余时间", "Time left"),
        T("走访户数", "Doors"), T("发现", "Found"), T("以前没做的", "Left from before"),
    )  # fmt: skip
    columns = [Column(title, fit="right" if n in (4, 5) else "keep") for n, title in enumerate(titles)]
    rows = [_row(g, plans.get(g.code), checks.get(g.code), late.get(g.code), actor, at) for g in shown]
    return Table(T("本周各网格的排查", "This week’s checks by grid"), columns, rows)


def _by_place(cases: Iterable[Case]) -> dict[str, Case]:
    return {c.place: c for c in cases}


def _row(grid: Grid, plan: Case | None, check: Case | None, old: Case | None, actor: Actor, at: int) -> Row:
    facts = facts_of(check) if check else {}
    known = any(actor.holds(r.key, grid.code, grid.code) for r in SIGHT_OF_FINDINGS)
    found = len(facts.get("findings") or ()) if "doors" in facts else None
    target = check or old or plan
    cells = [
        T(grid.name_zh, grid.name_en or grid.name_zh),
        when_planned(plan),
        installed[check.type].states[check.state] if check else _without(plan),
        _left(check, at) or HIDDEN,
        facts.get("doors", HIDDEN),
        found if known and found is not None else HIDDEN,
        _left(old, at) or HIDDEN,
    ]
    return Row(cells, url=reverse("case", args=[target.id]) if target else "")


def _left(case: Case | None, at: int) -> Left | None:
    return left_of(json.loads(case.clock), at) if case and case.live else None


def when_planned(plan: Case | None) -> T:
    """On which day and at which hour a plan begins its check."""
    if plan is None:
        return HIDDEN
    facts = facts_of(plan)
    day = DAYS[int(facts["weekday"]) - 1]
    return T(f"{day.zh} {facts['hour']}:00", f"{day.en} {facts['hour']}:00")


def _without(plan: Case | None) -> T:
    if plan is None:
        return NO_PLAN
    return PAUSED if plan.state == "paused" else TO_COME
