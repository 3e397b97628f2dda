"""What is on, for everybody: events with their sessions day by day, free places in words; and one event with all its sessions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import URLPattern, path

from linli.cases.models import Case, Seat
from linli.cases.reading import facts_of, here
from linli.cases.sight import cases_seen_by
from linli.faces.web.moments import civil, day_said, weekday
from linli.faces.web.reader import actor_of, community_of, now
from linli.programmes.public_events import words as w
from linli.programmes.public_events.events import EVENT
from linli.programmes.public_events.pages import reading
from linli.programmes.public_events.pages.reading import Session
from linli.programmes.public_events.programme import SESSION
from linli.programmes.public_events.states import BEFORE
from linli.rules.actor import Actor
from linli.rules.ids import new_id
from linli.rules.signup import PLACE, QUEUE
from linli.rules.text import T
from linli.rules.worktime import DAY
from linli.territory.regions import place_title

ON_HOME, CALLED_OFF_SHOWN = 3, 60 * DAY


@dataclass(frozen=True, slots=True)
class Line:
    """A session in a list, with the name of its event where the list holds several."""

    session: Session
    event: str
    clock: str
    key: str
    one_tap: bool


@dataclass(frozen=True, slots=True)
class Day:
    """The sessions of one day."""

    title: T
    lines: list[Line]


def listed(request: HttpRequest) -> HttpResponse:
    """Everything that is on in the community."""
    at, actor, community = now(), actor_of(request), community_of(request)
    running = list(reading.events(actor, community).filter(state="running")) if community else []
    facts = {e.id: facts_of(e) for e in running}
    coming = _coming(actor, community, at) if community else []
    context = {
        **_frame(community, at, actor),
        "mine": [line(s, facts) for s in coming if s.mine.persons],
        "days": days([line(s, facts) for s in coming], at),
        "events": [(e, facts[e.id], reading.ages_of(facts[e.id])) for e in running],
    }
    return render(request, "public_events/list.html", context)


def _frame(community: str | None, at: int, actor: Actor) -> dict[str, Any]:
    return {
        "community": place_title(community) if community else None,
        "known": actor.person is not None,
        "here": "events",
        "now": at,
    }


def _coming(actor: Actor, community: str, at: int) -> list[Session]:
    """The sessions that are still to come or go on, those called off included, until their time is over."""
    seen = cases_seen_by(actor, [SESSION.key]).filter(here(community))
    return _not_over(seen, actor, at)


def _not_over(rows: QuerySet[Case], actor: Actor, at: int) -> list[Session]:
    lately = Q(state="cancelled", touched__gte=at - CALLED_OFF_SHOWN)
    rows = rows.filter(Q(state__in=BEFORE) | lately)
    return [s for s in reading.sessions(rows, actor.person) if s.ends > at]


def line(session: Session, events: dict[UUID, dict[str, Any]]) -> Line:
    """A session as a list shows it. Where an age is to be confirmed one signs up on the session's own page."""
    event = events.get(UUID(str(session.facts["event"])), {})
    easy = session.is_open and not session.mine.persons and not reading.ages_of(event)
    return Line(
        session,
        str(event.get("title", "")),
        f"{civil(session.starts):%H:%M}",
        f"sign_up/{new_id()}",
        easy,
    )


def days(lines: list[Line], at: int) -> list[Day]:
    """Lines day by day."""
    today = civil(at).date()
    found = []
    for day, some in groupby(lines, key=lambda x: civil(x.session.starts).date()):
        said, named = day_said(day, today), weekday(day)
        found.append(Day(T(f"{said.zh} {named.zh}", f"{said.en}, {named.en}"), list(some)))
    return found


def event(request: HttpRequest, case: UUID) -> HttpResponse:
    """One event: what it is, for whom, where, and its sessions."""
    at, actor = now(), actor_of(request)
    found = cases_seen_by(actor, [EVENT.key]).filter(id=case).first()
    if found is None:
        raise Http404
    facts = facts_of(found)
    rows = reading.sessions(reading.of_event(found.id), actor.person)
    lines = [line(s, {found.id: facts}) for s in rows]
    context = {
        **_frame(found.community, at, actor),
        **about(found, facts),
        "days": days([x for x in lines if x.session.ends > at], at),
        "past": [x for x in reversed(lines) if x.session.ends <= at],
    }
    return render(request, "public_events/event.html", context)


def about(case: Case, facts: dict[str, Any]) -> dict[str, Any]:
    """What an event says about itself."""
    parts = next(c for c in w.PARTNERS.columns if c.key == "part")
    assert hasattr(parts, "title_of")
    return {
        "event": case,
        "facts": facts,
        "kind": w.KIND.title_of(facts["kind"]),
        "whom": w.WHOM.title_of(facts["whom"]),
        "ages": reading.ages_of(facts),
        "partners": [(p["unit"], parts.title_of(p["part"])) for p in facts.get("partners", ())],
        "venues": [(v, w.ACCESS.title_of(v["access"])) for v in facts.get("venues", ())],
    }


def coming_up(request: HttpRequest, community: str, at: int) -> str:
    """On a resident's first page: the sessions for which he is signed up."""
    actor = actor_of(request)
    if actor.person is None:
        return ""
    held = Seat.objects.filter(kind__in=(PLACE.key, QUEUE.key), head=str(actor.person)).values("case")
    found = _not_over(Case.objects.filter(id__in=held, type=SESSION.key), actor, at)
    if not found:
        return ""
    context = {"lines": [line(s, {}) for s in found[:ON_HOME]], "now": at}
    return render_to_string("public_events/home.html", context, request)


urls: list[URLPattern] = [
    path("events/", listed, name="events"),
    path("events/of/<uuid:case>/", event, name="event"),
]
