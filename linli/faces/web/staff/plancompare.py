"""Two divisions side by side: plans, the present division, or one of an earlier day; what each is worth, what parts them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import partial

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from linli.faces.web.moments import day_said
from linli.faces.web.parts import Input, Option
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff import planboard, planning, scope
from linli.faces.web.staff.desk import around, staff_only
from linli.faces.web.staff.plans import name_of
from linli.rules.partition.measuring import Measured, measured
from linli.rules.partition.problem import TOLERANCE, Problem
from linli.rules.partition.replanning import renumbered
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory import plans as store
from linli.territory.ground import Ground, compound_titles, ground_of
from linli.territory.models import GridPlan
from linli.territory.outlines import grids_by_building
from linli.territory.plans import PLAN_READERS, Asked, Drafted
from linli.territory.regions import titles

PRESENT = "present"
READERS = PLAN_READERS | store.PLANNERS


@dataclass(frozen=True, slots=True)
class Chosen:
    """A division that is compared: building → grid, and its draft and what was asked where it is a plan."""

    grid_of: Mapping[str, str]
    drafted: Drafted | None = None
    asked: Asked | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A division that can be compared: its key in the address, what it is called, how it is read."""

    key: str
    title: T | str
    read: Callable[[], Chosen]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its map, and its figures as they are written."""

    title: T | str
    picture: planboard.Picture | None
    grids: int
    least: int
    most: int
    worst: str
    metres: float
    cut: list[T]
    pieces: int
    proof: T


@dataclass(frozen=True, slots=True)
class Parted:
    """A building that lies with others in the second division, and its grid in each (from 1)."""

    title: T
    first: int
    second: int
    households: int


def choices(community: str, today: date) -> list[Choice]:
    """What can be compared: the present division, the plans, the divisions of earlier days. Only what is chosen is read."""
    past = [(day, day_said(day, today)) for day, _, _ in store.divided_on(community)]
    now_, since = T("现有划分", "Present division"), T("{day} 起的划分", "Division from {day}")
    return [
        *([Choice(PRESENT, now_, partial(_on, community, today))] if past else []),
        *(Choice(str(plan.pk), name_of(plan), partial(_planned, plan)) for plan in store.plans_of(community)),
        *(
            Choice(day.isoformat(), since.format(day=said), partial(_on, community, day))
            for day, said in past
        ),
    ]


def _on(community: str, day: date) -> Chosen:
    return Chosen(grids_by_building(community, day))


def _planned(plan: GridPlan) -> Chosen:
    drafted = store.drafted_of(plan)
    return Chosen(drafted.grid_of, drafted, store.asked_of(plan))


@staff_only
def compare(request: HttpRequest) -> HttpResponse:
    """The two that the address names; without it, the present division and the plan that was changed last."""
    actor, at = actor_of(request), now()
    community = scope.community(request, actor, READERS)
    if not community or not store.may_look(actor, community):
        raise PermissionDenied
    today = civil_day(at)
    offered, ground = choices(community, today), ground_of(community)
    one = _chosen(offered, request.GET.get("a", ""), 0)
    other = _chosen(offered, request.GET.get("b", ""), 1)
    context = {
        "here": "map",
        "area": community,
        "list": f"{reverse('plans')}?community={community}",
        "inputs": [
            _input("a", T("左边", "Left"), offered, one),
            _input("b", T("右边", "Right"), offered, other),
        ],
        "now": at,
    }
    if one and other and ground.houses:
        context |= _beside(community, ground, one, other, today)
    return render(request, "linli/staff/plancompare.html", {**around(actor), **context})


def _chosen(offered: Sequence[Choice], key: str, usual: int) -> Choice | None:
    """The one of that key. Raises: Http404 for a key that is none of them."""
    if key:
        found = next((c for c in offered if c.key == key), None)
        if found is None:
            raise Http404
        return found
    return offered[min(usual, len(offered) - 1)] if offered else None


def _input(name: str, title: T, offered: Sequence[Choice], chosen: Choice | None) -> Input:
    options = [Option(c.key, c.title, on=c is chosen) for c in offered]
    return Input(name, title, "select", value=chosen.key if chosen else "", options=options)


def _beside(community: str, ground: Ground, one: Choice, other: Choice, today: date) -> dict[str, object]:
    """What the page shows of the two: the second is numbered like the grids of the first with which it shares most."""
    left, right = one.read(), other.read()
    first, second = _numbers(ground, left), _numbers(ground, right)
    grids = max(*first, *second) + 1
    problem = ground.problem(grids, TOLERANCE)
    parts = [sum(1 << b for b, n in enumerate(second) if n == g) for g in range(grids)]
    second = renumbered(problem, parts, first)
    colours = planning.coloured(problem, first, second)
    apart = [b for b, (a, c) in enumerate(zip(first, second, strict=True)) if a != c]
    named = titles(h.id for h in ground.houses)
    lines = [
        Parted(named[ground.houses[b].id], first[b] + 1, second[b] + 1, ground.houses[b].households)
        for b in apart
    ]
    places = {ground.houses[b].id for b in apart}
    sides = []
    for title, chosen, numbers in ((one.title, left, first), (other.title, right, second)):
        drawn = planboard.drawn(ground, community, numbers, colours, today)
        sides.append(_side(community, ground, title, chosen, numbers, drawn))
    return {
        "sides": sides, "parted": lines, "apart": places,
        "households": sum(p.households for p in lines), "says": _says(sides[0], sides[1]),
    }  # fmt: skip


def _numbers(ground: Ground, chosen: Chosen) -> list[int]:
    """The number of each building's grid, from 0; one that lies in no grid of the division counts as the first's."""
    codes = (chosen.grid_of.get(h.id) for h in ground.houses)
    return [planning.number_of(code) if code else 0 for code in codes]


def _side(
    community: str,
    ground: Ground,
    title: T | str,
    chosen: Chosen,
    numbers: Sequence[int],
    picture: planboard.Picture | None,
) -> Side:
    used = sorted(set(numbers))
    problem = _asked(ground, chosen, len(used))
    place = {n: i for i, n in enumerate(used)}
    found = measured(problem, [place[n] for n in numbers])
    sizes, named = [g.households for g in found.grids], compound_titles(community)
    return Side(
        title,
        picture,
        len(used),
        min(sizes),
        max(sizes),
        f"{float(found.worst) * 100:.1f} %",
        round(found.total / max(1, ground.households), 1),
        [named.get(c, T(c, c)) for c in found.cut],
        _broken(found),
        planboard.proof(chosen.drafted) if chosen.drafted else T("没有算过。", "Not planned by the planner."),
    )


def _asked(ground: Ground, chosen: Chosen, grids: int) -> Problem:
    tolerance = Fraction(chosen.asked.tolerance) if chosen.asked else TOLERANCE
    return ground.problem(grids, tolerance, keep_compounds=True)


def _broken(found: Measured) -> int:
    """How many grids do not hang together."""
    return sum(g.pieces > 1 for g in found.grids)


def _says(one: Side, other: Side) -> T:
    """The difference in a sentence."""
    metres = other.metres - one.metres
    if abs(metres) < 0.05:
        return T("两种划分户均路程相同。", "The mean way is the same in both.")
    if metres < 0:
        return T(f"右边户均少走 {-metres:.1f} 米。", f"On the right the mean way is {-metres:.1f} m shorter.")
    return T(f"右边户均多走 {metres:.1f} 米。", f"On the right the mean way is {metres:.1f} m longer.")


urls = [path("staff/map/plans/compare/", compare, name="plans-compare")]
