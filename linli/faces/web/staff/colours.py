"""分色管理图: which households of a community, a grid, a building carry which label, as a plan, as doors, and as a list.

A colour never stands alone: every mark has a sign and a shape, and the list says the same. Every number leads to exactly the
households that it counts. It is drawn by the server and needs no script.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from linli.faces.web.parts import Chip, Chips
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff import colourask, colourprint, scope
from linli.faces.web.staff.colourask import Ask
from linli.faces.web.staff.colourmap import Drawing, drawing
from linli.faces.web.staff.desk import around, staff_only
from linli.faces.web.staff.elevation import Elevation, elevation
from linli.faces.web.staff.labelmarks import Mark
from linli.faces.web.staff.mapviews import views
from linli.rules.actor import Actor
from linli.rules.labels import LABELS
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory import access, colouring
from linli.territory import households as roll
from linli.territory.buildings import community_buildings
from linli.territory.colouring import ALL, ANY, NONE, SEVERAL, Tally
from linli.territory.outlines import sheet
from linli.territory.regions import place_title, titles

NO_GRID = T("未划入网格", "In no grid")
SAMPLE = 10.0


@dataclass(frozen=True, slots=True)
class Key:
    """A line of the legend: the mark, its word, the map of this label alone (or of all again), how many carry it, and the
    list of these.
    """

    mark: Mark
    title: T
    only: str
    on: bool
    n: int
    homes: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number with the list of what it counts."""

    n: int
    homes: str


@dataclass(frozen=True, slots=True)
class Line:
    """A building or a grid in the list: its map, and a number per column; ``whole`` for a grid’s sum."""

    title: T
    url: str
    numbers: list[Number]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page and the paper are made of."""

    ask: Ask
    counted: Mapping[str, Tally]
    total: Tally
    plan: Drawing | None
    doors: Elevation | None


@staff_only
def colours(request: HttpRequest) -> HttpResponse:
    """The page; with ``format`` the same as a file for printing."""
    actor, at = actor_of(request), now()
    found = shown(colourask.read(request, actor, civil_day(at)))
    form = request.GET.get("format", "")
    if form:
        return colourprint.file(request, form, found.ask, actor, found.total, found.plan, found.doors, at)
    ask = found.ask
    undrawn = len(ask.sight) - sum(h.own for h in found.plan.houses) if found.plan else len(ask.sight)
    context = {
        "here": "map",
        "groups": _groups(actor, ask),
        "ask": ask,
        "part": place_title(ask.part) if ask.community else None,
        "label": LABELS.get(ask.label),
        "legend": _legend(ask, found.total),
        "sums": {k: Number(found.total.of(k), ask.homes(k)) for k in (ALL, ANY, NONE, SEVERAL)},
        "carried": sum(found.total.of(k) for k in ask.known),
        "partly": 0 < len(ask.known) < len(LABELS),
        "plan": found.plan,
        "doors": found.doors,
        "heads": [*(LABELS[k] for k in ask.shown), *(() if ask.label else _HEADS.values())],
        "lines": _lines(found),
        "undrawn": undrawn,
        "unlisted": sum(not t.homes for t in found.counted.values()),
        "files": [(form, ask.url(format=form)) for form in colourprint.FORMS],
    }
    return render(request, "linli/staff/colours.html", {**around(actor), **context})


_HEADS = {
    ANY: T("有标签", "With a label"),
    NONE: T("没有标签", "Without"),
    ALL: T("全部", "All"),
}


def shown(ask: Ask) -> Shown:
    """Count and draw what is asked for. Raises: Http404 for a building that is not there."""
    counted = colouring.tallies(ask.sight, ask.day)
    total = colouring.total(counted.values())
    if ask.building:
        doors = roll.doors(ask.building, ask.day, ask.shown)
        if ask.building not in {b.code for b in community_buildings(ask.community)}:
            raise Http404
        return Shown(ask, counted, total, None, elevation(doors, ask.shown))
    drawn = sheet(ask.community, ask.day) if ask.community else None
    if drawn is None:
        return Shown(ask, counted, total, None, None)
    buildings = {b.code: b for b in community_buildings(ask.community)}
    names = titles(code for code, _ in drawn.grids)
    plan = drawing(
        drawn, buildings, names, counted, ask.shown, set(ask.sight), lambda code: ask.url(building=code)
    )
    return Shown(ask, counted, total, plan, None)


def _groups(actor: Actor, ask: Ask) -> list[Chips]:
    """The kinds of maps, the communities, the grids in which the reader reads labels."""
    found = [
        *views(actor, ask.community, "colours"),
        *scope.community_chips(actor, ask.community, reverse("colours"), access.SOME_LABEL_READERS),
    ]
    own = sorted({ask.grids[b] for b in ask.whole if b in ask.grids})
    if len(own) > 1:
        named = titles(own)
        whole = Chip(T("整个社区", "The whole community"), ask.url(grid="", building=""), not ask.grid)
        chips = [Chip(named[g], ask.url(grid=g, building=""), g == ask.grid) for g in own]
        found.append(Chips(T("网格", "Grid"), [whole, *chips]))
    return found


def _legend(ask: Ask, total: Tally) -> list[Key]:
    return [
        Key(
            Mark(k, 0, 0, SAMPLE, total.of(k)),
            LABELS[k],
            ask.url(label="" if k == ask.label else k),
            k == ask.label,
            total.of(k),
            ask.homes(k),
        )
        for k in ask.known
    ]


def _lines(found: Shown) -> list[Line]:
    """The list: grid by grid with its buildings; for one label the buildings by how many carry it."""
    ask, named = found.ask, titles([*found.counted, *found.ask.grids.values()])
    keys = (*ask.shown, *(() if ask.label else _HEADS))

    def line(title: T, url: str, tally: Tally, place: str, whole: bool = False) -> Line:
        return Line(title, url, [Number(tally.of(k), ask.homes(k, place)) for k in keys], whole)

    houses = {b: line(named[b], ask.url(building=b), t, b) for b, t in found.counted.items()}
    if ask.label:
        order = sorted(houses, key=lambda b: (-found.counted[b].of(ask.label), b))
        return [houses[b] for b in order]
    lines: list[Line] = []
    for grid in sorted({ask.grids.get(b, "") for b in houses}):
        own = [b for b in houses if ask.grids.get(b, "") == grid]
        if grid and not ask.building:
            whole = colouring.total(found.counted[b] for b in own)
            lines.append(line(named[grid], ask.url(grid=grid), whole, grid, whole=True))
        lines += [houses[b] for b in own]
    return lines


urls = [path("staff/map/colours/", colours, name="colours")]
