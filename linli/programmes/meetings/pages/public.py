"""Meetings for everybody: which are coming to which one may listen, and what was decided. No name and no single vote stands here."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path

from linli.cases.models import Case
from linli.cases.reading import facts_of, here, holding
from linli.faces.web.moments import written
from linli.faces.web.reader import community_of, now
from linli.programmes.meetings.assembly import ASSEMBLY
from linli.programmes.meetings.pages import reading
from linli.rules.worktime import civil_day
from linli.territory.regions import place_title

COMING = ("convened", *reading.RUNNING)
SHOWN = 100


def listed(request: HttpRequest) -> HttpResponse:
    """Meetings to which one may listen, then what was published, of the community and above it."""
    at, community = now(), community_of(request)
    rows = Case.objects.filter(here(community), type=ASSEMBLY.key) if community else Case.objects.none()
    coming = [reading.meeting(c) for c in rows.filter(holding("open_doors"), state__in=COMING)]
    over = rows.filter(state="published").order_by("-opened")[:SHOWN]
    context = {
        "community": place_title(community) if community else None,
        "coming": sorted(coming, key=lambda m: m.starts),
        "published": sorted(map(reading.meeting, over), key=lambda m: -m.starts),
        "here": "meetings",
        "now": at,
    }
    return render(request, "meetings/public/list.html", context)


def readable(case: UUID) -> Case | None:
    """The meeting, where everybody may read of it: published, or coming with open doors."""
    found = Case.objects.filter(id=case, type=ASSEMBLY.key).first()
    if found is None or found.state == "published":
        return found
    return found if found.state in COMING and facts_of(found).get("open_doors") else None


def meeting(request: HttpRequest, case: UUID) -> HttpResponse:
    """One meeting: its resolutions and minutes once they are published; before that, when and what, if the doors are open."""
    found = readable(case)
    if found is None:
        raise Http404
    m = reading.meeting(found)
    context = {
        "community": place_title(found.place),
        "m": m,
        "published": found.state == "published",
        "minutes": m.facts.get("public_minutes") if found.state == "published" else None,
        "day": written(civil_day(m.starts)),
        "here": "meetings",
        "now": now(),
    }
    return render(request, "meetings/public/meeting.html", context)


urls: list[URLPattern] = [
    path("meetings/", listed, name="meetings"),
    path("meetings/<uuid:case>/", meeting, name="meeting"),
]
