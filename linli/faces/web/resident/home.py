"""The first page: what one can do, what is one's own, who looks after one's building."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from linli.cases.board import coming
from linli.faces.web import said, ways
from linli.faces.web.reader import (
    actor_of,
    building_at,
    communities,
    community_of,
    is_staff,
    now,
    own_cases,
    tracked,
)
from linli.faces.web.resident.around import item
from linli.faces.web.resident.report import reportable
from linli.faces.web.ways import opening_of
from linli.people.duties import responsible
from linli.people.persons import masked
from linli.people.units import contact_of, units_for
from linli.rules.roles import GRID_MEMBER, RESIDENT
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory.buildings import community_buildings, grid_of
from linli.territory.regions import building_title, place_title, titles

SHOWN = 5
OFFICE = "community"
"""The kind of the unit that is the community's own office, whose number everybody may call."""


@dataclass(frozen=True, slots=True)
class GridMember:
    """Who looks after the reader's building today: the masked name, the grid, the building."""

    name: str
    grid: T
    building: T


@dataclass(frozen=True, slots=True)
class Office:
    """The community's office and its phone number: an organisation's, no person's."""

    title: T
    phone: str

    @property
    def said(self) -> str:
        """The number as one reads it out: 0351-5550101, 010-55501010."""
        code = 3 if self.phone.startswith(("010", "02")) else 4
        return f"{self.phone[:code]}-{self.phone[code:]}" if self.phone.startswith("0") else self.phone


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
        "reports": [(a.title, opening_of(d.key)) for d, a in reportable()[:2]],
        "mine": said.lines(mine[:SHOWN], at, said.waiting_for(mine[:SHOWN], actor.person, tracked(request))),
        "more": len(mine) > SHOWN,
        "grid_members": grid_members(building, at) if building else [],
        "buildings": [(b.code, building_title(b)) for b in community_buildings(community or "")],
        "building": building,
        "office": office(community, at) if community else None,
        "coming": [item(o) for o in coming(community, at, resident=RESIDENT.key in actor.roles)]
        if community
        else [],
        "parts": [part(request, community, at) for part in ways.HOME] if community else [],
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


def office(community: str, at: int) -> Office | None:
    """Whom one can call today; nobody where the community has entered no office or no number."""
    found = ((u.title, contact_of(u.id)) for u in units_for(community, civil_day(at), OFFICE))
    return next((Office(title, phone) for title, phone in found if phone), None)


urls = [path("", home, name="home")]
