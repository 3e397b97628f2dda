"""Putting what takes place into one's own calendar: the community's, and one's own under a secret address that can be changed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache

from linli.cases.happening import of_person
from linli.cases.saved import calendar_of, drop_calendar, make_calendar
from linli.faces.web.moments import civil, day_said
from linli.faces.web.reader import actor_of, community_of, now, words
from linli.rules.text import T
from linli.territory.regions import place_title

MADE = T("新地址已经生成，旧的不再有效。", "There is a new address; an earlier one leads nowhere any more.")
DROPPED = T("地址已经停用。", "The address is no longer in use.")


@never_cache
def calendar(request: HttpRequest) -> HttpResponse:
    """The addresses; under POST a new one of one's own, or none any more."""
    at, actor, community = now(), actor_of(request), community_of(request)
    if request.method == "POST" and actor.person is not None:
        if request.POST.get("do") == "drop":
            drop_calendar(actor.person)
        else:
            make_calendar(actor.person, at)
        messages.success(request, words(DROPPED if request.POST.get("do") == "drop" else MADE))
        return redirect("calendar")
    own = calendar_of(actor.person) if actor.person else None
    today = civil(at).date()
    context = {
        "community": place_title(community) if community else None,
        "open": _whole(request, reverse("calendar-community", args=[community])) if community else "",
        "own": _whole(request, reverse("calendar-person", args=[own])) if own else "",
        "known": actor.person is not None,
        "coming": [
            (e, day_said(civil(e.starts).date(), today), f"{civil(e.starts):%H:%M}")
            for e in of_person(actor, at - 3_600_000_000)
        ],
        "here": "around",
        "now": at,
    }
    return render(request, "linli/resident/calendar.html", context)


def _whole(request: HttpRequest, url: str) -> str:
    return request.build_absolute_uri(url)


urls = [path("calendar/", calendar, name="calendar")]
