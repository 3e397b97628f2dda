"""住户: the households of a community by building, how many carry which label, and the ways to what the roll lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from linli.faces.web.parts import Chip, Column, Row, Table
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff import coverage, scope
from linli.faces.web.staff.desk import around, staff_only
from linli.rules.actor import Actor
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory import access
from linli.territory import households as roll
from linli.territory.models import Household
from linli.territory.outlines import grids_by_building
from linli.territory.regions import titles

ROWS = 50


@dataclass(frozen=True, slots=True)
class Area:
    """What the reader may see of a community's roll today: all of his buildings, and those whose labels he sees."""

    community: str
    day: date
    buildings: list[str]
    labelled: list[str]


@dataclass(frozen=True, slots=True)
class Home:
    """A household in a list."""

    url: str
    place: T
    title: T
    labels: list[tuple[str, T]]


@staff_only
def households(request: HttpRequest) -> HttpResponse:
    """The buildings with their counts; with ``label`` the households that a count counts."""
    actor, at = actor_of(request), now()
    if not scope.regions(actor, access.ROLL_READERS):
        raise PermissionDenied
    community = scope.community(request, actor, access.ROLL_READERS)
    area = area_of(actor, community, civil_day(at))
    label = request.GET.get("label", "")
    context = {
        "here": "people",
        "groups": scope.community_chips(actor, community, reverse("households"), access.ROLL_READERS),
        "area": area,
        "total": roll.of_buildings(area.buildings).count(),
        "labels": _label_chips(area, label),
        "checks": coverage.of_homes(actor, community, at) if area.buildings else [],
        "table": None if label else _table(area),
        **_listed(request, area, label),
    }
    return render(request, "linli/staff/households.html", {**around(actor), **context})


def area_of(actor: Actor, community: str, day: date) -> Area:
    """The reader's part of a community."""
    own = access.buildings_within(actor, community, day, access.ROLL_READERS) if community else []
    known = access.buildings_within(actor, community, day, access.LABEL_READERS) if community else []
    return Area(community, day, own, known)


def _address(area: Area, **more: str) -> str:
    return f"{reverse('households')}?{urlencode({'community': area.community, **more})}"


def _label_chips(area: Area, chosen: str) -> list[tuple[str, Chip]]:
    """Each label with how many households carry it; a chip leads to them."""
    if not area.labelled:
        return []
    counts = roll.label_counts(area.labelled, area.day)
    sums = {k: sum(n.get(k, 0) for n in counts.values()) for k in roll.LABELS}
    return [
        (k, Chip(t, _address(area) if k == chosen else _address(area, label=k), k == chosen, sums[k]))
        for k, t in roll.LABELS.items()
    ]


def _listed(request: HttpRequest, area: Area, label: str) -> dict[str, object]:
    """The households of the chosen label, a page of them. Raises: Http404 for one that is not offered."""
    if not label:
        return {}
    if label not in roll.LABELS or not area.labelled:
        raise Http404
    own = {b for b in area.labelled if b.startswith(request.GET.get("building", ""))}
    codes = [c for c in roll.labelled(label, area.community, area.day) if access.building_of(c) in own]
    heading = roll.LABELS[label]
    after = request.GET.get("after", "")
    page = [c for c in codes if c > after][: ROWS + 1]
    more = page[ROWS - 1] if len(page) > ROWS else ""
    return {"heading": heading, "homes": homes(page[:ROWS], area), "count": len(codes), "more": more}


def homes(codes: list[str], area: Area) -> list[Home]:
    """Households as lines; labels only of those whose labels the reader sees."""
    rows = {h.code: h for h in Household.objects.filter(code__in=codes)}
    named = titles(h.building for h in rows.values())
    known = set(area.labelled)
    marked = roll.labels_of([c for c in codes if access.building_of(c) in known], area.day)
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


def _table(area: Area) -> Table:
    """The buildings, each with its grid and its counts."""
    counts = _per_building(area)
    marks = roll.label_counts(area.labelled, area.day)
    grids = grids_by_building(area.community, area.day) if area.community else {}
    named = titles([*area.buildings, *grids.values()])
    heads = [
        Column(T("楼栋", "Building"), fit="much"),
        Column(T("网格", "Grid")),
        Column(T("户", "Households"), fit="right"),
        Column(T("已登记住户", "With residents"), fit="right"),
    ]
    heads += [Column(t, fit="right") for t in roll.LABELS.values()] if area.labelled else []
    rows = []
    for b in area.buildings:
        own = [_carry(area, b, k, marks.get(b, {}).get(k, 0)) for k in roll.LABELS] if area.labelled else []
        cells = (named[b], named.get(grids.get(b, ""), ""), *counts[b], *own)
        rows.append(Row(cells, url=reverse("building", args=[b])))
    return Table(T("各楼住户", "Households by building"), heads, rows)


def _carry(area: Area, building: str, label: str, n: int) -> SafeString | str:
    """How many households of the building carry the label, as the way to them; nothing for none."""
    address = _address(area, label=label, building=building)
    return format_html('<a class="number" href="{}">{}</a>', address, n) if n else ""


def _per_building(area: Area) -> dict[str, tuple[int, int]]:
    """Households, and those with somebody entered, by building."""
    there = roll.lived_in(area.community, area.day) if area.community else set()
    found = {b: [0, 0] for b in area.buildings}
    for code, building in roll.of_buildings(area.buildings).values_list("code", "building"):
        found[building][0] += 1
        found[building][1] += code in there
    return {b: (n, lived) for b, (n, lived) in found.items()}


urls = [path("staff/rolls/households/", households, name="households")]
