"""The community's map: our own geometry without tiles, how much is open in each building, and the same as a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path

from linli.cases.models import Case
from linli.faces.web.public.figures import public_types
from linli.faces.web.reader import community_of, now, words
from linli.faces.web.tiles import placed, tiles
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory.buildings import community_buildings, features
from linli.territory.regions import building_title, place_title

FEW = 3
"""Up to less than this many, the public map says only that there are a few: one case could be one household's."""
BANDS = (
    (0, T("没有", "None")),
    (1, T("1–2 件", "1–2")),
    (FEW, T("3–5 件", "3–5")),
    (6, T("6 件以上", "6 or more")),
)


@dataclass(frozen=True, slots=True)
class House:
    """A building with its band of open cases."""

    code: str
    title: T
    compound: T | None
    band: int
    says: T


def band(n: int) -> int:
    """The number of the band in which a count lies."""
    return max(i for i, (low, _) in enumerate(BANDS) if n >= low)


def says(n: int) -> T:
    """A count as the public reads it; small ones are not told exactly."""
    return BANDS[band(n)][1] if n < FEW else T(f"{n} 件", str(n))


def open_by_building(community: str) -> dict[str, int]:
    """How many cases of public types are open in each building."""
    rows = Case.objects.filter(community=community, live=True, type__in=[d.key for d in public_types()])
    return {r["place"]: r["n"] for r in rows.values("place").annotate(n=Count("id"))}


def page(request: HttpRequest) -> HttpResponse:
    """The map, its legend with counts, and the list that says the same without a script."""
    community = community_of(request)
    houses = _houses(community) if community else []
    legend = [(i, title, sum(h.band == i for h in houses)) for i, (_, title) in enumerate(BANDS)]
    context = {
        "community": place_title(community) if community else None,
        "houses": sorted(houses, key=lambda h: (str(h.compound), h.code)),
        "legend": legend,
        "here": "open-map",
        "tiles": tiles(),
        "now": now(),
    }
    return render(request, "linli/public/map.html", context)


def _houses(community: str) -> list[House]:
    counts, found = open_by_building(community), []
    for b in community_buildings(community):
        n = counts.get(b.code, 0)
        compound = T(b.compound_zh, b.compound_en or b.compound_zh) if b.compound_zh else None
        found.append(House(b.code, building_title(b), compound, band(n), says(n)))
    return found


def data(request: HttpRequest) -> JsonResponse:
    """The buildings as GeoJSON, each with its name, its band and its words in the page's language."""
    community = community_of(request)
    if community is None:
        return JsonResponse({"type": "FeatureCollection", "features": []})
    counts = open_by_building(community)
    shapes: Any = features(community, civil_day(now()))
    for shape in shapes["features"]:
        n, given = counts.get(shape["properties"]["code"], 0), shape["properties"]
        title = words(T(given["zh"], given["en"]))
        shape["properties"] = {"code": given["code"], "title": title, "band": band(n), "says": words(says(n))}
    drawn = [s for s in shapes["features"] if len(s["geometry"]["coordinates"][0]) > 3]
    shapes["features"] = placed(drawn)
    return JsonResponse(shapes)


urls = [
    path("open/map/", page, name="open-map"),
    path("open/map/buildings.json", data, name="open-map-data"),
]
