"""网格: the grids of a community as cards beside its map, on any day; and the plain map of them on paper, which may be posted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import urlencode

from linli.cases.lists import Filters, selected
from linli.faces.web.moments import day_said
from linli.faces.web.parts import Input
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff import gridprint, scope
from linli.faces.web.staff.colourmap import Drawing, drawing
from linli.faces.web.staff.colourprint import FORMS, answer
from linli.faces.web.staff.desk import around, staff_only
from linli.faces.web.staff.gridcard import Told
from linli.faces.web.staff.mapviews import views
from linli.people.duties import Responsible, roster
from linli.people.persons import masked
from linli.rules.actor import Actor
from linli.rules.roles import GRID_MEMBER
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory.buildings import community_buildings, grids_of
from linli.territory.headcount import Heads, heads, summed
from linli.territory.models import Grid
from linli.territory.outlines import grids_by_building, sheet
from linli.territory.regions import building_title, place_title, titles


@dataclass(frozen=True, slots=True)
class Tile:
    """A grid in the list: who is on duty (masked), its numbers; ``gap`` where nobody is."""

    code: str
    title: T
    url: str
    who: list[T | str]
    numbers: list[Told]

    @property
    def gap(self) -> bool:
        """Whether nobody is on duty."""
        return not self.who


@staff_only
def grids(request: HttpRequest) -> HttpResponse:
    """The page."""
    actor, at = actor_of(request), now()
    community = scope.community(request, actor)
    day, wrong = scope.day_of(request, at)
    inside = grids_by_building(community, day) if community else {}
    found = grids_of(community, day) if community else []
    outside = [b for b in community_buildings(community) if b.code not in inside] if community else []
    given = {"community": community, **({} if day == civil_day(at) else {"day": day.isoformat()})}
    context = {
        "here": "map",
        "groups": [
            *views(actor, community, "grids"),
            *scope.community_chips(actor, community, reverse("grids")),
        ],
        "area": place_title(community) if community else None,
        "day": day_said(day, civil_day(at)),
        "inputs": [_asked(day, wrong)],
        "hidden": [("community", community)] if community else [],
        "asked": "" if day == civil_day(at) else f"?day={day.isoformat()}",
        "tiles": _tiles(found, inside, actor, day, day == civil_day(at)),
        "outside": [(building_title(b), reverse("building", args=[b.code])) for b in outside],
        "plan": plan(community, day) if community else None,
        "files": [(f, f"{reverse('grids-sheet')}?{urlencode({**given, 'format': f})}") for f in FORMS],
    }
    return render(request, "linli/staff/grids.html", {**around(actor), **context})


def _asked(day: date, wrong: bool) -> Input:
    error = T("请填写日期，如 2024-04-28", "Expected a date such as 2024-04-28") if wrong else None
    return Input("day", T("看哪一天的", "As of which day"), "date", value=day.isoformat(), error=error)


def _tiles(
    found: list[Grid], inside: Mapping[str, str], actor: Actor, day: date, current: bool
) -> list[Tile]:
    counted = heads(sorted(inside), day)
    on_duty = [r for g in found for r in roster(g.code, day, GRID_MEMBER.key)]
    names = masked(r.person for r in on_duty)

    def tile(grid: Grid) -> Tile:
        own = [b for b, g in inside.items() if g == grid.code]
        who = [scope.name_of(names.get(r.person)) for r in _here(on_duty, grid.code)]
        url = reverse("grid", args=[grid.code]) + ("" if current else f"?day={day.isoformat()}")
        numbers = _numbers(grid, summed(counted, own), len(own), url, actor, current)
        return Tile(grid.code, T(grid.name_zh, grid.name_en or grid.name_zh), url, who, numbers)

    return [tile(g) for g in found]


def _here(on_duty: list[Responsible], grid: str) -> list[Responsible]:
    return [r for r in on_duty if r.region == grid]


def _numbers(grid: Grid, own: Heads, houses: int, url: str, actor: Actor, current: bool) -> list[Told]:
    told = [
        Told(T("栋", "buildings"), houses, f"{url}#buildings"),
        Told(T("户", "households"), own.homes + own.told, url),
    ]
    if not current:
        return told
    for show, title in (("live", T("件在办", "open")), ("late", T("件超时", "overdue"))):
        n = selected(actor, Filters(show=show, region=grid.code)).count()
        listed = f"{reverse('cases')}?{urlencode({'show': show, 'region': grid.code})}"
        told.append(Told(title, n, listed, late=show == "late" and n > 0))
    return told


def plan(community: str, day: date) -> Drawing | None:
    """The plan of the grids with nothing of any household on it."""
    drawn = sheet(community, day)
    if drawn is None:
        return None
    buildings = {b.code: b for b in community_buildings(community)}
    names = titles(code for code, _ in drawn.grids)
    return drawing(
        drawn, buildings, names, {}, (), set(buildings), lambda code: reverse("building", args=[code])
    )


@staff_only
def paper(request: HttpRequest) -> HttpResponse:
    """The plain map of the grids on A3. Raises: Http404 for another form, and where nothing is drawn."""
    actor, at = actor_of(request), now()
    community, form = scope.community(request, actor), request.GET.get("format", "")
    day, _ = scope.day_of(request, at)
    drawn = plan(community, day) if community else None
    if form not in FORMS or drawn is None:
        raise Http404
    inside = grids_by_building(community, day)
    return answer(gridprint.grid_leaf(community, drawn, inside, day, at), form, f"grids-{community}")


urls = [
    path("staff/map/grids/", grids, name="grids"),
    path("staff/map/grids/sheet/", paper, name="grids-sheet"),
]
