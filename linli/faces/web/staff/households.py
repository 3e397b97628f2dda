"""住户: the households of a community by building, how many carry which label, and the ways to what the roll lacks."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from linli.faces.web.parts import Chip, Column, Row, Table
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff import coverage, homesasked, scope
from linli.faces.web.staff.desk import around, staff_only
from linli.faces.web.staff.homesasked import Area, Found, address
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory import access, colouring
from linli.territory import households as roll
from linli.territory.colouring import Tally
from linli.territory.models import Household
from linli.territory.outlines import grids_by_building
from linli.territory.regions import place_title, titles

ROWS = 50


@dataclass(frozen=True, slots=True)
class Home:
    """A household in a list."""

    url: str
    place: T
    title: T
    labels: list[tuple[str, T]]


@staff_only
def households(request: HttpRequest) -> HttpResponse:
    """The buildings with their counts; with ``label`` or ``visited`` the households that a count counts."""
    actor, at = actor_of(request), now()
    if not scope.regions(actor, access.ROLL_READERS):
        raise PermissionDenied
    community = scope.community(request, actor, access.ROLL_READERS)
    part = homesasked.part_of(request, community)
    area = homesasked.area_of(actor, community, civil_day(at), part)
    found = homesasked.asked_for(request, area)
    counted = colouring.tallies(area.sight, area.day)
    context = {
        "here": "people",
        "groups": scope.community_chips(actor, community, reverse("households"), access.ROLL_READERS),
        "area": area,
        "part": place_title(part) if part else None,
        "back": reverse("households") + f"?community={community}",
        "total": roll.of_buildings(area.buildings).count(),
        "labels": _label_chips(area, request.GET.get("label", ""), colouring.total(counted.values())),
        "partly": 0 < len(area.labels) < len(roll.LABELS),
        "checks": coverage.of_homes(actor, community, at) if area.buildings else [],
        "table": None if found else _table(area, counted),
        **(_listed(request, area, found) if found else {}),
    }
    return render(request, "linli/staff/households.html", {**around(actor), **context})


def _address(area: Area, **more: str) -> str:
    return address(area.community, area.part, **more)


def _label_chips(area: Area, chosen: str, counted: Tally) -> list[tuple[str, Chip]]:
    """Each label that the reader reads with how many households carry it; a chip leads to them."""
    return [
        (
            k,
            Chip(
                roll.LABELS[k],
                _address(area) if k == chosen else _address(area, label=k),
                k == chosen,
                counted.of(k),
            ),
        )
        for k in area.labels
    ]


def _listed(request: HttpRequest, area: Area, found: Found) -> dict[str, object]:
    """A page of the households that were asked for."""
    after = request.GET.get("after", "")
    page = [c for c in found.codes if c > after][: ROWS + 1]
    more = page[ROWS - 1] if len(page) > ROWS else ""
    shown = {"heading": found.heading, "homes": homes(page[:ROWS], area)}
    return {**shown, "count": len(found.codes), "more": more}


def homes(codes: list[str], area: Area) -> list[Home]:
    """Households as lines, with the labels that the reader reads."""
    rows = {h.code: h for h in Household.objects.filter(code__in=codes)}
    named = titles(h.building for h in rows.values())
    buildings = {h.building for h in rows.values()}
    marked = colouring.marks(colouring.narrowed(area.sight, buildings), area.day)
    return [
        Home(
            reverse("household", args=[c]),
            named[rows[c].building],
            roll.title(rows[c]),
            [(k, roll.LABELS[k]) for k in marked.get(c, ())],
        )
        for c in codes
        if c in rows
    ]


def _table(area: Area, counted: dict[str, Tally]) -> Table:
    """The buildings, each with its grid and its counts."""
    counts = _per_building(area)
    grids = grids_by_building(area.community, area.day) if area.community else {}
    named = titles([*area.buildings, *grids.values()])
    heads = [
        Column(T("楼栋", "Building"), fit="much"),
        Column(T("网格", "Grid")),
        Column(T("户", "Households"), fit="right"),
        Column(T("已登记住户", "With residents"), fit="right"),
    ]
    heads += [Column(roll.LABELS[k], fit="right") for k in area.labels]
    rows = []
    for b in area.buildings:
        own = [_carry(area, b, k, counted[b].of(k) if b in counted else 0) for k in area.labels]
        cells = (named[b], named.get(grids.get(b, ""), ""), *counts[b], *own)
        rows.append(Row(cells, url=reverse("building", args=[b])))
    return Table(T("各楼住户", "Households by building"), heads, rows)


def _carry(area: Area, building: str, label: str, n: int) -> SafeString | str:
    """How many households of the building carry the label, as the way to them; nothing for none."""
    url = address(area.community, building, label=label)
    return format_html('<a class="number" href="{}">{}</a>', url, n) if n else ""


def _per_building(area: Area) -> dict[str, tuple[int, int]]:
    """Households, and those with somebody entered, by building."""
    there = roll.lived_in(area.community, area.day) if area.community else set()
    found = {b: [0, 0] for b in area.buildings}
    for code, building in roll.of_buildings(area.buildings).values_list("code", "building"):
        found[building][0] += 1
        found[building][1] += code in there
    return {b: (n, lived) for b, (n, lived) in found.items()}


urls = [path("staff/rolls/households/", households, name="households")]
