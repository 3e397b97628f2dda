"""My matters: what the reader reported or joined, and what he follows by its code."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from linli.faces.web import said
from linli.faces.web.reader import actor_of, community_of, now, own_cases, tracked
from linli.faces.web.said import state_of
from linli.rules.programme import Kind
from linli.territory.regions import place_title


def mine(request: HttpRequest) -> HttpResponse:
    """What waits for the reader, what is under way, what is over."""
    at, community = now(), community_of(request)
    cases = own_cases(request)
    waiting = said.waiting_for(cases, actor_of(request).person, tracked(request))
    asks = [c for c in cases if c.id in waiting]
    going = [c for c in cases if c.id not in waiting and (c.live or state_of(c).kind is Kind.STANDING)]
    context = {
        "community": place_title(community) if community else None,
        "asks": said.lines(asks, at, waiting),
        "live": said.lines(going, at),
        "over": said.lines([c for c in cases if c not in asks and c not in going], at),
        "known": actor_of(request).person is not None,
        "here": "mine",
        "now": at,
    }
    return render(request, "linli/resident/mine.html", context)


urls = [path("mine/", mine, name="mine")]
