"""One building: who is responsible for it today, its doors with the labels of those behind them, what is open there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import urlencode

from linli.cases.homes import at_building
from linli.faces.web.placemap import place_map
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff import scope
from linli.faces.web.staff.desk import around, lines, staff_only
from linli.faces.web.staff.duties import in_words
from linli.people.duties import responsible
from linli.rules.actor import Actor
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory import access
from linli.territory import households as roll
from linli.territory.buildings import grid_of
from linli.territory.models import Building
from linli.territory.regions import building_title, place_title

MOST = 30


@dataclass(frozen=True, slots=True)
class DoorLine:
    """One door: its link, its number, how many live there, its labels."""

    url: str
    door: str
    members: int
    labels: list[tuple[str, T]]


@dataclass(frozen=True, slots=True)
class Entrance:
    """The doors behind one entrance."""

    title: T
    doors: list[DoorLine]


@staff_only
def building(request: HttpRequest, code: str) -> HttpResponse:
    """The page of a building."""
    actor, at = actor_of(request), now()
    found = Building.objects.filter(code=code).first()
    if found is None:
        raise Http404
    if not scope.reaches(actor, found.community):
        raise PermissionDenied
    day = civil_day(at)
    grid = grid_of(code, day)
    opened, known = at_building(actor, code).filter(live=True), access.labels_seen(actor, code, day)
    context = {
        "here": "people",
        "title": building_title(found),
        "facts": _facts(found, grid),
        "who": in_words(responsible(code, day, grid=grid)),
        "placed": place_map(code, day),
        "entrances": entrances(code, actor, day) if access.sees_household(actor, code, day) else None,
        "labels": known,
        "partly": len(known) < len(roll.LABELS),
        "cases": lines(list(opened[:MOST]), at),
        "count": opened.count(),
        "listed": f"{reverse('cases')}?{urlencode({'show': 'live', 'region': code})}",
        "on_map": f"{reverse('map')}?community={found.community}&at={code}",
        "duties": f"{reverse('duties')}?community={found.community}&place={code}",
        "now": at,
    }
    return render(request, "linli/staff/building.html", {**around(actor), **context})


def _facts(found: Building, grid: str | None) -> list[tuple[T, T | str | int]]:
    told: list[tuple[T, T | str | int]] = [
        (T("社区", "Community"), place_title(found.community)),
        (T("网格", "Grid"), place_title(grid) if grid else T("未划入网格", "In no grid")),
    ]
    if found.address:
        told.append((T("地址", "Address"), found.address))
    counts = ((T("层数", "Floors"), found.floors), (T("单元", "Entrances"), found.entrances))
    return [*told, *((name, n) for name, n in counts if n)]


def entrances(code: str, actor: Actor, day: date) -> list[Entrance]:
    """The doors by entrance, with the labels that the reader reads."""
    known = access.labels_seen(actor, code, day)

    def line(door: roll.Door) -> DoorLine:
        labels = [(k, roll.LABELS[k]) for k in door.labels]
        return DoorLine(reverse("household", args=[door.code]), door.door, door.members, labels)

    return [
        Entrance(T(f"{name}单元", f"Entrance {name}"), [line(d) for d in doors])
        for name, doors in groupby(roll.doors(code, day, known), key=lambda d: d.entrance)
    ]


urls = [path("staff/rolls/buildings/<str:code>/", building, name="building")]
