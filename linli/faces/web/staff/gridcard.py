"""网格卡: who is in charge of a grid and who works in it, its households and buildings, what is open, when doors were last visited,
and what it consisted of before. Every number leads to what it counts; a day of the past is answered as of that day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from linli.cases.homes import REACHED, at_building, door_types, last_reached
from linli.cases.lists import Filters, selected
from linli.faces.web.moments import day_said
from linli.faces.web.parts import Column, Input, Moment, Row, Table
from linli.faces.web.placemap import place_map
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff import homesasked, scope
from linli.faces.web.staff.desk import around, staff_only
from linli.faces.web.staff.duties import gives
from linli.faces.web.staff.forces import crew
from linli.faces.web.staff.labelmarks import Mark
from linli.faces.web.staff.mapviews import views
from linli.rules.actor import Actor
from linli.rules.labels import LABELS
from linli.rules.place import Level
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory import access, colouring
from linli.territory.buildings import buildings_of
from linli.territory.gridhistory import on, periods
from linli.territory.headcount import Heads, heads, summed
from linli.territory.households import of_buildings
from linli.territory.models import Building, Grid
from linli.territory.regions import building_title, place_title, titles

NONE = T("不属任何网格", "no grid")


@dataclass(frozen=True, slots=True)
class Told:
    """A number with what it counts; no address where the list is not the reader's."""

    title: T
    n: int
    url: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Carried:
    """A label with how many households carry it."""

    mark: Mark
    title: T
    n: int
    url: str


@dataclass(frozen=True, slots=True)
class Change:
    """A time in the grid's history: its days, how many buildings, what changed at its beginning, the card of that time."""

    days: T
    n: int
    says: list[T]
    url: str
    now: bool


@dataclass(frozen=True, slots=True)
class Card:
    """What the page is about: the grid, its community, the day asked for, and its buildings of that day."""

    grid: Grid
    community: str
    day: date
    today: date
    buildings: list[str]

    @property
    def current(self) -> bool:
        """Whether it is asked for today: what has no days of its own is counted then alone."""
        return self.day == self.today

    def url(self, **more: str) -> str:
        """Its page."""
        address = reverse("grid", args=[self.grid.code])
        return f"{address}?{urlencode(more)}" if more else address


@staff_only
def card(request: HttpRequest, code: str) -> HttpResponse:
    """The page of a grid. Raises: Http404 for what never was a grid, PermissionDenied for one of another region."""
    actor, at = actor_of(request), now()
    if len(code) != Level.GRID or not scope.is_place(code):
        raise Http404
    if not scope.reaches(actor, code[: Level.COMMUNITY]):
        raise PermissionDenied
    day, wrong = scope.day_of(request, at)
    grid = on(code, day)
    if grid is None:
        raise Http404
    found = Card(grid, code[: Level.COMMUNITY], day, civil_day(at), buildings_of(code, day))
    context = {
        "here": "map",
        "groups": views(actor, found.community, "grids"),
        "card": found,
        "title": T(grid.name_zh, grid.name_en or grid.name_zh),
        "area": place_title(found.community),
        "all": f"{reverse('grids')}?community={found.community}",
        "day": day_said(day, found.today),
        "inputs": [_asked(day, wrong)],
        "crew": crew(code, found.buildings, day, found.today),
        "placed": place_map(code, day),
        "history": _history(found),
        "gives": f"{reverse('duty-new')}?community={found.community}"
        if gives(actor, found.community)
        else "",
        "now": at,
        **_counted(found, actor, at),
    }
    return render(request, "linli/staff/grid.html", {**around(actor), **context})


def _asked(day: date, wrong: bool) -> Input:
    error = T("请填写日期，如 2024-04-28", "Expected a date such as 2024-04-28") if wrong else None
    return Input("day", T("看哪一天的", "As of which day"), "date", value=day.isoformat(), error=error)


def _counted(found: Card, actor: Actor, at: int) -> dict[str, object]:
    """What is counted: people and doors of the day; labels, visits and cases, which the lists know as of today, for today alone."""
    own = set(access.buildings_within(actor, found.community, found.day, access.ROLL_READERS))
    reads = bool(own) and own.issuperset(found.buildings)
    counted = heads(found.buildings, found.day)
    context: dict[str, object] = {
        "homes": _homes(found, summed(counted, found.buildings), reads),
        "table": _table(found, actor, counted, reads),
        "reads": reads,
    }
    if not found.current:
        return context
    area = homesasked.area_of(actor, found.community, found.day, found.grid.code)
    seen = homesasked.visited(area) if area.buildings and door_types() else {}
    context["cases"] = _cases(found, actor)
    context["labels"] = _labels(found, area)
    context["map"] = (
        f"{reverse('colours')}?{urlencode({'community': found.community, 'grid': found.grid.code})}"
    )
    context["reach"] = [Told(REACHED[k], len(codes), _listed(found, visited=k)) for k, codes in seen.items()]
    return context


def _listed(found: Card, **more: str) -> str:
    return homesasked.address(found.community, found.grid.code, **more)


def _homes(found: Card, total: Heads, reads: bool) -> list[Told]:
    """Buildings, households, people; the lists of them are today's."""
    url = _listed(found) if reads and found.current else ""
    compounds = Building.objects.filter(code__in=found.buildings).exclude(compound_zh="")
    told = [
        Told(T("楼栋", "Buildings"), len(found.buildings), "#buildings"),
        Told(T("院落", "Compounds"), len(set(compounds.values_list("compound_zh", flat=True))), "#buildings"),
        Told(T("在册住户", "Households on the roll"), total.homes, f"{url}&label=all" if url else ""),
        Told(T("已登记的人", "People entered"), total.people, url),
    ]
    if total.told:
        told.append(Told(T("另有报来的户数", "More households as told"), total.told, "#buildings"))
    return told


def _cases(found: Card, actor: Actor) -> list[Told]:
    """What is open and what is overdue, as the list of cases counts it."""
    region = found.grid.code

    def told(title: T, show: str) -> Told:
        n = selected(actor, Filters(show=show, region=region)).count()
        url = f"{reverse('cases')}?{urlencode({'show': show, 'region': region})}"
        return Told(title, n, url, late=show == "late" and bool(n))

    return [told(T("在办事项", "Open cases"), "live"), told(T("超时事项", "Overdue cases"), "late")]


def _labels(found: Card, area: homesasked.Area) -> list[Carried]:
    """The labels that the reader reads here."""
    counted = colouring.total(colouring.tallies(area.sight, area.day).values())
    return [
        Carried(Mark(k, 0, 0, 10, counted.of(k)), LABELS[k], counted.of(k), _listed(found, label=k))
        for k in area.labels
    ]


def _table(found: Card, actor: Actor, counted: Mapping[str, Heads], reads: bool) -> Table:
    """The buildings: compound, households, people, what is open, when somebody was last at one of their doors."""
    rows = {b.code: b for b in Building.objects.filter(code__in=found.buildings)}
    last = _last(found.buildings) if reads and found.current else {}
    heads_ = [
        Column(T("楼栋", "Building"), fit="much"),
        Column(T("户", "Households"), fit="right"),
        Column(T("已登记住户", "With residents"), fit="right"),
        Column(T("人", "People"), fit="right"),
    ]
    heads_ += [Column(T("在办", "Open"), fit="right")] if found.current else []
    heads_ += [Column(T("最近走访", "Last visit"), fit="keep")] if last or (reads and found.current) else []

    def line(code: str) -> Row:
        own = counted[code]
        cells: list[object] = [
            building_title(rows[code]),
            _homes_of(found, code, own, reads),
            own.lived,
            own.people,
        ]
        cells += [_open(actor, code)] if found.current else []
        if reads and found.current:
            cells.append(Moment(last[code]) if code in last else T("没有", "none"))
        return Row(cells, url=reverse("building", args=[code]))

    return Table(T("楼栋", "Buildings"), heads_, [line(b) for b in found.buildings if b in rows])


def _homes_of(found: Card, code: str, own: Heads, reads: bool) -> SafeString | T | int:
    """The building's households, as the way to them where they are the reader's; else how many somebody told."""
    if not own.homes:
        return T(f"报 {own.told}", f"told {own.told}") if own.told else 0
    if not (reads and found.current):
        return own.homes
    url = homesasked.address(found.community, code)
    return format_html('<a class="number" href="{}">{}</a>', url, own.homes)


def _open(actor: Actor, code: str) -> SafeString | int:
    n = at_building(actor, code).filter(live=True).count()
    url = f"{reverse('cases')}?{urlencode({'show': 'live', 'region': code})}"
    return format_html('<a class="number" href="{}">{}</a>', url, n) if n else 0


def _last(buildings: Sequence[str]) -> dict[str, int]:
    """When somebody of each building was last met."""
    found: dict[str, int] = {}
    for code, at in last_reached(of_buildings(buildings).values_list("code", flat=True)).items():
        building = code[: Level.BUILDING]
        found[building] = max(at, found.get(building, 0))
    return found


def _history(found: Card) -> list[Change]:
    """What the grid consisted of, the latest first."""
    told = periods(found.grid.code)
    moved = [(b, g) for p in told for b, g in (*p.came, *p.left)]
    named = titles([*(b for b, _ in moved), *(g for _, g in moved if g)])
    changes: list[Change] = []
    for number, period in enumerate(told):
        first = number == len(told) - 1
        days = T("{a}起", "from {a}").format(a=day_said(period.starts, found.today))
        if period.ends:
            days = T("{a}至{b}", "{a} to {b}").format(
                a=day_said(period.starts, found.today), b=day_said(period.ends, found.today)
            )
        says = [] if first else [_came(named, b, g) for b, g in period.came]
        says += [_left(named, b, g) for b, g in period.left]
        url = found.url(day=period.starts.isoformat())
        changes.append(Change(days, len(period.buildings), says, url, period.holds(found.day)))
    return changes


def _came(named: Mapping[str, T], building: str, grid: str) -> T:
    return T("{b}划入（原属{g}）", "{b} came from {g}").format(b=named[building], g=named.get(grid, NONE))


def _left(named: Mapping[str, T], building: str, grid: str) -> T:
    return T("{b}划出（归{g}）", "{b} went to {g}").format(b=named[building], g=named.get(grid, NONE))


urls = [path("staff/map/grids/<str:code>/", card, name="grid")]
