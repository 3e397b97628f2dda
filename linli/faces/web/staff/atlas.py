"""地图: the community's buildings by what is open and overdue in each, the grids around them, and the same as a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import urlencode

from linli.cases.models import Case
from linli.cases.sight import cases_seen_by
from linli.faces.web.parts import Chip, Chips
from linli.faces.web.reader import actor_of, now, words
from linli.faces.web.staff import scope
from linli.faces.web.staff.desk import around, staff_only
from linli.faces.web.staff.mapviews import views
from linli.faces.web.tiles import placed, tiles
from linli.rules.actor import Actor
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory.buildings import community_buildings, features
from linli.territory.outlines import Sheet, grid_rings, grids_by_building, sheet
from linli.territory.regions import building_title, titles

TONES = (
    T("没有在办的", "Nothing open"),
    T("有在办的，都没超时", "Open, none overdue"),
    T("有超时的", "Something overdue"),
)


@dataclass(frozen=True, slots=True)
class House:
    """A building with what the reader sees open and overdue in it; ``tone`` is 0 nothing, 1 open, 2 overdue."""

    code: str
    title: T
    grid: str
    live: int
    late: int

    @property
    def tone(self) -> int:
        """The number of its colour, which the words say too."""
        return 2 if self.late else 1 if self.live else 0

    @property
    def says(self) -> T:
        """The counts in words."""
        if not self.live:
            return T("没有", "none")
        if not self.late:
            return T(f"{self.live} 件在办", f"{self.live} open")
        return T(f"{self.live} 件在办，{self.late} 件超时", f"{self.live} open, {self.late} overdue")

    @property
    def url(self) -> str:
        """The building's page."""
        return reverse("building", args=[self.code])


@dataclass(frozen=True, slots=True)
class Block:
    """The buildings of one grid."""

    title: T
    houses: list[House]


@dataclass(frozen=True, slots=True)
class Tone:
    """A line of the legend: how many buildings have the colour, how many cases stand in them."""

    number: int
    title: T
    houses: int
    cases: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A building on the still map that stands where no script runs."""

    points: str
    tone: int
    title: T


@staff_only
def atlas(request: HttpRequest) -> HttpResponse:
    """The map with its legend, and the list that says the same."""
    actor, at = actor_of(request), now()
    community, type_ = scope.community(request, actor), _type(request)
    day = civil_day(at)
    found = houses(community, _cases(actor, community, type_), day, at) if community else []
    drawn = sheet(community, day) if community else None
    context = {
        "here": "map",
        "groups": [
            *views(actor, community, "map"),
            *scope.community_chips(actor, community, reverse("map")),
            *_types(actor, community, type_),
        ],
        "area": community,
        "legend": _legend(found),
        "blocks": _blocks(found),
        "elsewhere": _elsewhere(actor, community, type_) if community else 0,
        "still": _still(drawn, found) if drawn else [],
        "sheet": drawn,
        "source": f"{reverse('map-data')}?{_query(community, type_)}",
        "at": request.GET.get("at", ""),
        "tiles": tiles(),
        "now": at,
    }
    return render(request, "linli/staff/map.html", {**around(actor), **context})


def _query(community: str, type_: str) -> str:
    return urlencode({"community": community, **({"type": type_} if type_ else {})})


def _type(request: HttpRequest) -> str:
    """The case type asked for, or all. Raises: Http404 for one that is not installed."""
    key = request.GET.get("type", "")
    if key and key not in installed:
        raise Http404
    return key


def _cases(actor: Actor, community: str, type_: str) -> QuerySet[Case]:
    """The live cases of the community that the reader sees."""
    return cases_seen_by(actor, [type_] if type_ else ()).filter(community=community, live=True)


def houses(community: str, cases: QuerySet[Case], day: date, at: int) -> list[House]:
    """The buildings with their counts; overdue is what is marked so or has passed its time by now."""
    late = Count("id", filter=Q(late=True) | Q(due__lt=at))
    counts = {r["place"]: (r["n"], r["l"]) for r in cases.values("place").annotate(n=Count("id"), l=late)}
    grids = grids_by_building(community, day)
    return [
        House(b.code, building_title(b), grids.get(b.code, ""), *counts.get(b.code, (0, 0)))
        for b in community_buildings(community)
    ]


def _types(actor: Actor, community: str, chosen: str) -> list[Chips]:
    """The case types of which the reader sees live cases here, each with how many."""
    if not community:
        return []
    rows = _cases(actor, community, "").order_by().values_list("type").annotate(n=Count("id"))
    counts = dict(rows)
    address = reverse("map")
    whole = Chip(T("全部", "All"), f"{address}?{_query(community, '')}", not chosen, sum(counts.values()))
    chips = [
        Chip(
            d.case_type.title, f"{address}?{_query(community, d.key)}", d.key == chosen, counts.get(d.key, 0)
        )
        for d in installed
        if d.key in counts or d.key == chosen
    ]
    return [Chips(T("类型", "Type"), [whole, *chips])] if chips else []


def _elsewhere(actor: Actor, community: str, type_: str) -> int:
    """How many live cases of the community stand at no building."""
    return _cases(actor, community, type_).exclude(place__startswith=f"{community}B").count()


def _legend(found: list[House]) -> list[Tone]:
    return [
        Tone(i, title, sum(h.tone == i for h in found), sum(h.live for h in found if h.tone == i))
        for i, title in enumerate(TONES)
    ]


def _blocks(found: list[House]) -> list[Block]:
    named = titles(h.grid for h in found if h.grid)
    none = T("未划入网格", "In no grid")
    return [
        Block(named.get(g, none), [h for h in found if h.grid == g]) for g in sorted({h.grid for h in found})
    ]


def _still(drawn: Sheet, found: list[House]) -> list[Mark]:
    by_code = {h.code: h for h in found}
    return [Mark(s.points, by_code[s.code].tone, by_code[s.code].title) for s in drawn.shapes]


@staff_only
def data(request: HttpRequest) -> JsonResponse:
    """The buildings and the grids as GeoJSON, in the page's language."""
    actor, at = actor_of(request), now()
    community, day = scope.community(request, actor), civil_day(at)
    if not community:
        return JsonResponse({"houses": _collection([]), "grids": _collection([])})
    found = {h.code: h for h in houses(community, _cases(actor, community, _type(request)), day, at)}
    shapes: Any = features(community, day)
    drawn = [s for s in shapes["features"] if len(s["geometry"]["coordinates"][0]) > 3]
    named = titles(h.grid for h in found.values() if h.grid)
    for shape in drawn:
        house = found[shape["properties"]["code"]]
        shape["properties"] = _told(house, words(named[house.grid]) if house.grid else "")
    return JsonResponse(
        {"houses": _collection(placed(drawn)), "grids": _collection(placed(_grids(community, day)))}
    )


def _told(house: House, grid: str) -> dict[str, object]:
    told: dict[str, object] = {"code": house.code, "title": words(house.title), "says": words(house.says)}
    told["grid"] = grid
    return {**told, "tone": house.tone, "live": house.live, "late": house.late, "url": house.url}


def _grids(community: str, day: date) -> list[dict[str, object]]:
    lines = grid_rings(community, day)
    named = titles(code for code, _ in lines)
    return [
        {
            "type": "Feature",
            "geometry": {"type": "Polygon", "coordinates": [[list(p) for p in ring]]},
            "properties": {"code": code, "title": words(named[code])},
        }
        for code, ring in lines
    ]


def _collection(shapes: list[Any]) -> dict[str, object]:
    return {"type": "FeatureCollection", "features": shapes}


urls = [path("staff/map/", atlas, name="map"), path("staff/map/buildings.json", data, name="map-data")]
