"""One plan: its map on which a building can be dragged to another grid, what that does to balance, connection and distance, why
it is so, and the day from which it is to hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode

from linli.faces.web import asking
from linli.faces.web.moments import day_said
from linli.faces.web.parts import Input
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff import planboard, planning
from linli.faces.web.staff.desk import around, staff_only
from linli.faces.web.staff.plans import name_of, reason_of
from linli.rules.actor import Actor
from linli.rules.ids import new_id
from linli.rules.partition.wording import Unplannable
from linli.rules.refusal import Refused
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory import plans as store
from linli.territory.ground import Ground, ground_of
from linli.territory.models import GridPlan
from linli.territory.outlines import grids_by_building
from linli.territory.plans import Asked, Drafted


@dataclass(frozen=True, slots=True)
class Desk:
    """A plan on the desk: who looks, what was asked, the ground, the present division, and the draft as it is shown."""

    actor: Actor
    plan: GridPlan
    asked: Asked
    ground: Ground
    present: planning.Codes
    drafted: Drafted
    may: bool

    @property
    def numbers(self) -> list[int]:
        """The number of each building's grid."""
        return planning.numbers_of(self.ground, self.drafted, self.asked.grids)


@staff_only
def plan(request: HttpRequest, number: UUID) -> HttpResponse:
    """The plan; a POST measures what is on the page, keeps it, plans part of it anew, accepts it or throws it away."""
    desk = _desk(actor_of(request), number)
    if request.method != "POST":
        return _show(request, desk)
    if not desk.may:
        raise PermissionDenied
    desk = _changed(request, desk)
    try:
        return _DOES.get(request.POST.get("do", ""), _measure)(request, desk)
    except Refused as refusal:
        return _show(request, desk, refusal.reason, refusal.code)
    except Unplannable as cannot:
        return _show(request, desk, reason_of(cannot))


def _desk(actor: Actor, id_: UUID) -> Desk:
    found = store.find_plan(id_)
    if found is None:
        raise Http404
    if not store.may_look(actor, found.community):
        raise PermissionDenied
    present = grids_by_building(found.community, civil_day(now()))
    may = store.may_plan(actor, found.community) is not None and found.accepted is None
    asked, drafted = store.asked_of(found), store.drafted_of(found)
    return Desk(actor, found, asked, ground_of(found.community), present, drafted, may)


def _changed(request: HttpRequest, desk: Desk) -> Desk:
    """The draft with the grids that the page's lists say; a number beyond the grids is not taken."""
    grid_of = {h.id: desk.drafted.grid_of.get(h.id, "") for h in desk.ground.houses}
    for code in grid_of:
        said = asking.typed(request.POST, f"b-{code}")
        if said.isdecimal() and 1 <= int(said) <= desk.asked.grids:
            grid_of[code] = planning.code_of(desk.plan.community, int(said) - 1)
    drafted = store.by_hand(desk.drafted, {b: g for b, g in grid_of.items() if g})
    return _with(desk, drafted)


def _with(desk: Desk, drafted: Drafted) -> Desk:
    return Desk(desk.actor, desk.plan, desk.asked, desk.ground, desk.present, drafted, desk.may)


def _measure(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The figures alone, for the page that asks while a building is dragged; the whole page where no script runs."""
    if request.headers.get("X-Requested-With") == "measure":
        return render(request, "linli/staff/planfigures.html", _figures(desk))
    return _show(request, desk)


def _save(request: HttpRequest, desk: Desk) -> HttpResponse:
    store.named(desk.plan, asking.typed(request.POST, "name"))
    store.change(desk.plan, desk.drafted, by=desk.actor, at=now())
    return redirect("plan", desk.plan.pk)


def _replan(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The ticked grids stay, the rest is planned anew and kept."""
    locked = [
        int(n) - 1 for n in request.POST.getlist("lock") if n.isdecimal() and 1 <= int(n) <= desk.asked.grids
    ]
    drafted = planning.replanned(desk.ground, desk.plan.community, desk.asked, desk.drafted, locked)
    store.change(desk.plan, drafted, by=desk.actor, at=now())
    return redirect("plan", desk.plan.pk)


def _accept(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What is on the page is kept and holds from the day on."""
    try:
        day = date.fromisoformat(asking.typed(request.POST, "day"))
    except ValueError:
        return _show(
            request, desk, T("请填写生效日期，如 2026-12-01", "Enter the first day, such as 2026-12-01")
        )
    store.change(desk.plan, desk.drafted, by=desk.actor, at=now())
    store.accept(desk.plan, day, by=desk.actor, at=now(), key=asking.key(request.POST, "plan"))
    return redirect("plan", desk.plan.pk)


def _drop(_: HttpRequest, desk: Desk) -> HttpResponse:
    store.throw_away(desk.plan, by=desk.actor)
    return redirect(f"{reverse('plans')}?community={desk.plan.community}")


_DOES = {"save": _save, "replan": _replan, "accept": _accept, "drop": _drop}


def _figures(desk: Desk) -> dict[str, object]:
    """What the table and the sums show."""
    board = planboard.board(desk.ground, desk.asked, desk.plan.community, desk.drafted, desk.present)
    beside = urlencode({"community": desk.plan.community, "a": "present", "b": str(desk.plan.pk)})
    return {"board": board, "may": desk.may, "beside": f"{reverse('plans-compare')}?{beside}"}


def _show(request: HttpRequest, desk: Desk, wrong: T | None = None, code: str = "") -> HttpResponse:
    at = now()
    today = civil_day(at)
    figures = _figures(desk)
    context = {
        "here": "map",
        "title": name_of(desk.plan),
        "name": desk.plan.name,
        "list": f"{reverse('plans')}?community={desk.plan.community}",
        "accepted": day_said(desk.plan.accepted, today) if desk.plan.accepted else None,
        "picture": planboard.picture(desk.ground, desk.plan.community, desk.asked, desk.numbers, today),
        "houses": planboard.houses(desk.ground, desk.numbers),
        "choices": range(1, desk.asked.grids + 1),
        "day": Input(
            "day", T("从哪一天起", "From which day"), "date", value=_first_day(request, today).isoformat()
        ),
        "key": f"plan/{new_id()}",
        "wrong": wrong,
        "code": code,
        **figures,
    }
    page = {**around(desk.actor), **context}
    return render(request, "linli/staff/plan.html", page, status=422 if wrong else 200)


def _first_day(request: HttpRequest, today: date) -> date:
    """The day that was typed, else tomorrow: today's work is done in today's grids."""
    try:
        return date.fromisoformat(asking.typed(request.POST, "day"))
    except ValueError:
        return today + timedelta(days=1)


urls = [path("staff/map/plans/<uuid:number>/", plan, name="plan")]
