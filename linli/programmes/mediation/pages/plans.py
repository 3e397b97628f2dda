"""The plans of weekly checks, grid by grid; who may make one makes it here, for the grid in whose row he stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linli.cases.models import Case
from linli.cases.reading import facts_of
from linli.cases.sending import send
from linli.cases.sight import cases_seen_by
from linli.faces.web import asking
from linli.faces.web.parts import Input
from linli.faces.web.reader import actor_of, holder_of, now, words
from linli.faces.web.staff.desk import around, staff_only
from linli.programmes.mediation.checks import AT_HOUR, CHECK_PLAN, CHECKER, FOCUS, GRID, PLANNERS, WEEKDAY
from linli.programmes.mediation.pages.weekly import grids, when_planned
from linli.rules.ids import new_id
from linli.rules.programme import State
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory.models import Grid

ASKED = (WEEKDAY, AT_HOUR, CHECKER, FOCUS)


@dataclass(frozen=True, slots=True)
class Planned:
    """A grid with its plan, or with the questions of a new one."""

    grid: str
    title: T
    url: str
    when: T
    focus: str
    state: State | None
    inputs: list[Input]
    refusal: Refused | None = None


@staff_only
def plans(request: HttpRequest) -> HttpResponse:
    """The grids and their plans, and under POST a new plan."""
    actor = actor_of(request)
    shown = grids(actor, civil_day(now()))
    if not shown:
        raise PermissionDenied
    if request.method != "POST":
        return _show(request, shown)
    grid = next((g for g in shown if g.code == request.POST.get("grid")), None)
    if grid is None or not _plans(request, grid):
        raise Http404
    return _plan(request, shown, grid)


def _plans(request: HttpRequest, grid: Grid) -> bool:
    return any(actor_of(request).holds(r.key, grid.code, grid.code) for r in PLANNERS)


def _plan(request: HttpRequest, shown: list[Grid], grid: Grid) -> HttpResponse:
    key = asking.key(request.POST, "new")
    given, wrong = asking.answers(request, ASKED, key)
    try:
        if wrong:
            raise Refused("answers", next(iter(wrong.values())), wrong)
        send(
            (CHECK_PLAN.key, grid.code), "plan", actor_of(request), {**given, "where": grid.code}, (GRID, *ASKED),
            holder=holder_of(request), key=key, now=now(),
        )  # fmt: skip
    except Refused as refusal:
        return _show(request, shown, grid.code, given, refusal)
    messages.success(
        request, words(T("计划已定，到时自动开出本周排查。", "Planned; the checks open by themselves."))
    )
    return redirect("mediation-plans")


def _show(
    request: HttpRequest,
    shown: list[Grid],
    tried: str = "",
    given: dict[str, Any] | None = None,
    refusal: Refused | None = None,
) -> HttpResponse:
    codes = [g.code for g in shown]
    known = cases_seen_by(actor_of(request), [CHECK_PLAN.key]).filter(place__in=codes).exclude(state="ended")
    by_grid = {c.place: c for c in known.order_by("opened")}
    rows = [
        _row(request, g, by_grid.get(g.code), (given or {}, refusal) if g.code == tried else ({}, None))
        for g in shown
    ]
    context = {"here": "mediation", "rows": rows, "key": f"new/{new_id()}", "desk": reverse("mediation")}
    status = 422 if refusal else 200
    return render(request, "mediation/plans.html", {**around(actor_of(request)), **context}, status=status)


def _row(
    request: HttpRequest, grid: Grid, plan: Case | None, tried: tuple[dict[str, Any], Refused | None]
) -> Planned:
    title = T(grid.name_zh, grid.name_en or grid.name_zh)
    if plan is not None:
        focus = str(facts_of(plan).get("focus", ""))
        state = installed[CHECK_PLAN.key].states[plan.state]
        return Planned(
            grid.code, title, reverse("case", args=[plan.id]), when_planned(plan), focus, state, []
        )
    given, refusal = tried
    wrong = refusal.fields if refusal else {}
    inputs = asking.inputs(ASKED, given, wrong, grid.code, f"{grid.code}-") if _plans(request, grid) else []
    return Planned(grid.code, title, "", when_planned(None), "", None, inputs, refusal)
