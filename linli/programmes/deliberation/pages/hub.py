"""The first page of deliberation for everybody: the next meetings, what is being talked over and done, what was solved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from linli.cases.models import Case
from linli.cases.reading import facts_of
from linli.faces.web.reader import actor_of, community_of, now
from linli.programmes.deliberation.pages.reading import (
    councils_in,
    ideas_in,
    kind_of,
    state_of,
    topics_in,
)
from linli.programmes.deliberation.topics import OUTCOME
from linli.rules.programme import State
from linli.rules.text import T
from linli.territory.regions import place_title

OVER_SHOWN, HELD_SHOWN, BEST = 30, 12, 3


@dataclass(frozen=True, slots=True)
class Line:
    """A topic in a list."""

    case: Case
    facts: dict[str, Any]
    state: State
    kind: T | None
    outcome: T | None


def line(case: Case) -> Line:
    """A topic as a list shows it."""
    facts = facts_of(case)
    outcome = OUTCOME.title_of(facts["outcome"]) if facts.get("outcome") else None
    return Line(case, facts, state_of(case), kind_of(facts), outcome)


def hub(request: HttpRequest) -> HttpResponse:
    """The page."""
    at, community = now(), community_of(request)
    met = councils_in(community) if community else []
    topics = [line(c) for c in topics_in(community)] if community else []
    best = [i for i in ideas_in(community, actor_of(request).person) if i.open][:BEST] if community else []
    context = {
        "community": place_title(community) if community else None,
        "coming": [m for m in met if m.case.state in ("called", "in_session")],
        "held": [m for m in reversed(met) if m.case.state in ("held", "recorded", "published")][:HELD_SHOWN],
        "live": [x for x in topics if x.case.live],
        "over": [x for x in topics if not x.case.live][:OVER_SHOWN],
        "best": best,
        "here": "around",
        "now": at,
    }
    return render(request, "deliberation/hub.html", context)


urls = [path("deliberation/", hub, name="deliberation")]
