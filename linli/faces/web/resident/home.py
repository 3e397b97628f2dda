"""The first page: what one can do, what is one's own, who looks after one's building."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from linli.faces.web import said
from linli.faces.web.reader import (
    actor_of,
    building_at,
    communities,
    community_of,
    is_staff,
    now,
    own_cases,
)
from linli.faces.web.resident.report import reportable
from linli.people.duties import responsible
from linli.people.persons import masked
from linli.rules.roles import GRID_MEMBER
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory.buildings import grid_of
from linli.territory.regions import place_title, titles

SHOWN = 5


@dataclass(frozen=True, slots=True)
class GridMember:
    """Who looks after the reader's building today: the masked name, the grid, the building."""

    name: str
    grid: T
    building: T


def home(request: HttpRequest) -> HttpResponse:
    """Community, the ways in, my matters, my grid member."""
    at, actor = now(), actor_of(request)
    community, building = community_of(request), building_at(request)
    mine = own_cases(request)
    known = communities()
    context = {
        "community": place_title(community) if community else None,
        "choices": sorted(titles(known).items()) if len(known) > 1 else [],
        "chosen": community,
        "reports": reportable(),
        "mine": said.lines(mine[:SHOWN], at),
        "more": len(mine) > SHOWN,
        "grid_members": grid_members(building, at) if building else [],
        "staff": is_staff(actor),
        "here": "home",
        "now": at,
    }
    return render(request, "linli/resident/home.html", context)


def grid_members(building: str, at: int) -> list[GridMember]:
    """Who is on duty for the building's grid now; nobody where the building lies in none."""
    day = civil_day(at)
    grid = grid_of(building, day)
    if grid is None:
        return []
    on_duty = [r.person for r in responsible(building, day, role=GRID_MEMBER.key, grid=grid)]
    names = masked(on_duty)
    places = titles([grid, building])
    return [GridMember(names[p].name, places[grid], places[building]) for p in on_duty if p in names]


urls = [path("", home, name="home")]
