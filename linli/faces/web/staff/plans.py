"""网格划分: the plans of a community's grids, the divisions that there were, and the question to the planner."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from linli.faces.web import asking
from linli.faces.web.moments import day_said
from linli.faces.web.parts import Input, Option
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff import placefiles, planning, scope
from linli.faces.web.staff.desk import around, staff_only
from linli.faces.web.staff.mapviews import views
from linli.rules.actor import Actor
from linli.rules.datum import metres
from linli.rules.ids import new_id
from linli.rules.partition.wording import Unplannable
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory import barriers
from linli.territory import plans as store
from linli.territory.clearing import clear
from linli.territory.ground import Ground, ground_of
from linli.territory.models import GridPlan
from linli.territory.outlines import grids_by_building
from linli.territory.plans import PLAN_READERS, PLANNERS, Asked, Drafted
from linli.territory.regions import titles

MOST_GRIDS = 200
MOST_BUILDINGS = 400
"""A page plans a community; a whole area is planned with the command line."""
TOLERANCES = ("0.05", "0.1", "0.15", "0.2", "0.25", "0.3", "0.5")
WAYS = {
    "best": T("最好的划分", "Best plan"),
    "nearest": T("少动几栋", "Fewest moves"),
    "present": T("从现有划分改起", "From the present division"),
}
REASONS = {
    "no-households": T(
        "还没有任何楼栋的户数：请先登记住户，或导入楼栋的户数。",
        "No building has a number of households yet: enter households, or import the numbers with the buildings.",
    ),
    "too-many-grids": T(
        "网格比楼栋还多，请少分几个。", "There are more grids than buildings; ask for fewer."
    ),
    "disconnected": T(
        "有的楼栋与其余的不相邻（中间有道路、围墙等隔开），片数多于网格数；请多分几个网格。",
        "Barriers cut the buildings into more pieces than there are grids; ask for more grids.",
    ),
    "bad-lock": T(
        "锁定这些网格后，其余的楼栋分不出偏差以内的网格；请少锁定几个，或放宽偏差。",
        "With these grids kept, the rest cannot be divided within the tolerance; keep fewer, or allow more.",
    ),
    "bad-tolerance": T(
        "在现有划分附近找不到偏差以内的划分；请重新划分，或放宽偏差。",
        "No division within the tolerance was found near the present one; plan anew, or allow more.",
    ),
}
CANNOT = T("这样分不了：{why}", "This cannot be planned: {why}")


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in the list."""

    url: str
    name: T | str
    at: int
    grids: int
    by_hand: bool
    best: bool
    accepted: T | None


@dataclass(frozen=True, slots=True)
class Past:
    """A division that began on a day."""

    day: T
    url: str
    grids: int
    changed: int


@dataclass(frozen=True, slots=True)
class BarrierLine:
    """A barrier in the list; ``metres`` is how long it is."""

    id: str
    kind: T
    name: str
    metres: int


@staff_only
def plans(request: HttpRequest) -> HttpResponse:
    """The list, and the form that asks for a new plan."""
    actor, at = actor_of(request), now()
    if not scope.regions(actor, PLANNERS | PLAN_READERS):
        raise PermissionDenied
    community = scope.community(request, actor, PLANNERS | PLAN_READERS)
    may = bool(community) and store.may_plan(actor, community) is not None
    if request.method == "POST":
        if not may:
            raise PermissionDenied
        if request.POST.get("clear"):
            return _clear(request, actor, community, at)
        return _make(request, actor, community, at)
    return _show(request, actor, community, at, may)


def _show(
    request: HttpRequest, actor: Actor, community: str, at: int, may: bool, wrong: T | None = None
) -> HttpResponse:
    ground = ground_of(community) if community else Ground((), (), ())
    today = civil_day(at)
    present = grids_by_building(community, today) if community else {}
    context = {
        "here": "map",
        "groups": [
            *views(actor, community, "plans"),
            *scope.community_chips(actor, community, reverse("plans"), PLANNERS | PLAN_READERS),
        ],
        "area": community,
        "ground": ground,
        "may": may and bool(ground.houses) and len(ground.houses) <= MOST_BUILDINGS,
        "inputs": _inputs(request, ground, present),
        "wrong": wrong,
        "plans": [_line(p, today) for p in store.plans_of(community)] if community else [],
        "past": _past(community, today) if community else [],
        "now": at,
        "files": placefiles.offered(community) if community else [],
        "unplaced": titles(ground.unplaced).values(),
        "may_clear": may,
        "barriers": _barriers(community) if community else [],
        "key": f"barrier/{new_id()}",
    }
    return render(
        request, "linli/staff/plans.html", {**around(actor), **context}, status=422 if wrong else 200
    )


def _clear(request: HttpRequest, actor: Actor, community: str, at: int) -> HttpResponse:
    """Take a barrier away that was drawn by mistake."""
    try:
        barrier = UUID(asking.typed(request.POST, "clear"))
    except ValueError as error:
        raise Http404 from error
    clear(barrier, community, by=actor, at=at, key=asking.key(request.POST, "barrier"))
    return redirect(f"{reverse('plans')}?community={community}#barriers")


def _barriers(community: str) -> list[BarrierLine]:
    found = []
    for b in barriers.of_community(community):
        points = barriers.told(b)
        length = sum(metres(a, c) for a, c in pairwise(points))
        found.append(BarrierLine(str(b.id), barriers.KINDS[b.kind], b.name, round(length)))
    return found


def _inputs(request: HttpRequest, ground: Ground, present: planning.Codes) -> list[Input]:
    given = request.POST
    usual = str(planning.usual_number(ground, present)) if ground.houses else "1"
    chosen = given.get("tolerance", "0.25")
    per = [
        Option(t, T(f"±{Fraction(t) * 100} %", f"±{Fraction(t) * 100} %"), on=t == chosen) for t in TOLERANCES
    ]
    how = T(f"共 {ground.households} 户", f"{ground.households} households in all")
    return [
        Input(
            "grids", T("分成几个网格", "How many grids"), "number",
            value=given.get("grids", usual), at_least=1, at_most=MOST_GRIDS, help=how,
        ),
        Input(
            "tolerance", T("各网格户数可偏离平均数", "Households may differ from the mean by"), "select",
            value=chosen, options=per,
        ),
        Input(
            "keep", T("小区尽量不拆开", "Cut as few compounds as possible"), "flag",
            value=bool(given.get("keep")), required=False,
        ),
    ]  # fmt: skip


def _make(request: HttpRequest, actor: Actor, community: str, at: int) -> HttpResponse:
    """A new plan: from the planner, near to the present division, or the present division to be changed by hand."""
    ground, present = ground_of(community), grids_by_building(community, civil_day(at))
    try:
        asked = _asked(request, ground, present)
        drafted = _drafted(asked.way, ground, community, asked, present)
    except Unplannable as cannot:
        return _show(request, actor, community, at, True, reason_of(cannot))
    except ValueError:
        wrong = T(
            "请填写网格数（1 至 {n} 的整数）", "Enter the number of grids, a whole number from 1 to {n}"
        ).format(n=MOST_GRIDS)
        return _show(request, actor, community, at, True, wrong)
    if asked.way == "present":
        asked = replace(asked, grids=max(planning.number_of(c) for c in drafted.grid_of.values()) + 1)
    kept = store.keep(community, "", asked, drafted, by=actor, at=at)
    return redirect("plan", kept.pk)


def _asked(request: HttpRequest, ground: Ground, present: planning.Codes) -> Asked:
    count = int(asking.typed(request.POST, "grids") or planning.usual_number(ground, present))
    tolerance = request.POST.get("tolerance", "0.25")
    if not 1 <= count <= MOST_GRIDS or tolerance not in TOLERANCES:
        raise ValueError(count)
    way = request.POST.get("way", "best")
    if way == "present" and not present:
        way = "best"
    return Asked(count, tolerance, bool(request.POST.get("keep")), way=way if way in WAYS else "best")


def _drafted(way: str, ground: Ground, community: str, asked: Asked, present: planning.Codes) -> Drafted:
    if way == "present":
        return planning.as_it_is(ground, community, present)
    if way == "nearest":
        return planning.nearest(ground, community, asked, present)
    return planning.planned(ground, community, asked, present)


def name_of(plan: GridPlan) -> T | str:
    """What a plan is called: as somebody named it, else by how it was made."""
    asked = store.asked_of(plan)
    return plan.name or T("{way} · {n} 个网格", "{way} · {n} grids").format(
        way=WAYS[asked.way], n=asked.grids
    )


def reason_of(cannot: Unplannable) -> T:
    """Why no plan can be made, as the page says it."""
    return REASONS.get(cannot.code) or CANNOT.format(why=str(cannot))


def _line(plan: GridPlan, today: date) -> PlanLine:
    drafted = store.drafted_of(plan)
    best = (
        drafted.objective is not None
        and drafted.bound is not None
        and drafted.objective - drafted.bound <= 1e-9 * drafted.objective
    )
    accepted = day_said(plan.accepted, today) if plan.accepted else None
    grids = len(set(drafted.grid_of.values()))
    return PlanLine(
        reverse("plan", args=[plan.pk]), name_of(plan), plan.changed, grids, drafted.by_hand, best, accepted
    )


def _past(community: str, today: date) -> list[Past]:
    address = reverse("grids")
    return [
        Past(day_said(day, today), f"{address}?community={community}&day={day.isoformat()}", grids, changed)
        for day, grids, changed in store.divided_on(community)
    ]


urls = [path("staff/map/plans/", plans, name="plans")]
