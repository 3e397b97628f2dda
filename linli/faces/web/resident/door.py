"""A sheet for the door: the building's QR code, which opens the report with the building filled in."""

from __future__ import annotations

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.safestring import SafeString, mark_safe

from linli.faces.web.reader import AT, now
from linli.faces.web.resident.home import grid_members
from linli.rules.place import BUILDING_CODE
from linli.territory.models import Building
from linli.territory.regions import building_title, place_title


def door(request: HttpRequest, building: str) -> HttpResponse:
    """An A4 page without anything personal, to be printed and put up."""
    row = (
        Building.objects.filter(code=building.upper()).first()
        if BUILDING_CODE.fullmatch(building.upper())
        else None
    )
    if row is None:
        raise Http404
    link = request.build_absolute_uri(f"{reverse('report')}?{AT}={row.code}")
    context = {
        "community": place_title(row.community),
        "building": building_title(row),
        "link": link,
        "code": drawn(link),
        "grid_members": grid_members(row.code, now()),
        "here": "",
    }
    return render(request, "linli/resident/door.html", context)


def drawn(link: str) -> SafeString:
    """The link as a QR code: one SVG path in black on white, with a quarter of it spare for a scratched sheet."""
    code = segno.make(link, error="q", micro=False)
    svg = code.svg_inline(
        scale=1, border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return mark_safe(svg)  # noqa: S308 -- drawn by segno from the link alone, which it encodes as modules


urls = [path("door/<str:building>/", door, name="door")]
