"""Events for those who run them: today’s sessions with their gates, what comes, what is to be summed up; and who comes to one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path

from linli.cases.models import Case, Link, Seat
from linli.cases.sight import reach
from linli.cases.story import steps_of
from linli.faces.web.moments import civil, day_said
from linli.faces.web.parts import Gauge
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff.desk import around, staff_only
from linli.people.contact import Masked
from linli.people.persons import masked
from linli.programmes.public_events import words as w
from linli.programmes.public_events.events import EVENT, STAFF
from linli.programmes.public_events.pages import reading, tickets
from linli.programmes.public_events.pages.reading import Session
from linli.programmes.public_events.programme import SESSION
from linli.programmes.public_events.states import AT_THE_DOOR, BEFORE
from linli.rules.actor import Actor
from linli.rules.machine import allows
from linli.rules.roles import CLERK, COMMUNITY
from linli.rules.signup import CAME, PERSONS, PLACE, QUEUE
from linli.rules.text import T
from linli.rules.worktime import DAY, HOUR

KNOWS_GUESTS = (w.ORGANISER, w.GATE, COMMUNITY, CLERK)
"""Who reads, masked, who is signed up."""
PAST, EVENTS, YEAR = 40, 30, 400 * DAY
"""So many past sessions and so many events are listed; of sessions, those that were opened within so long."""
READY = 36 * HOUR
"""So long before the start a gate can be opened, to be prepared where there is a network."""


@dataclass(frozen=True, slots=True)
class Row:
    """A session in the staff's list."""

    session: Session
    event: str
    clock: str
    gate: bool


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody signed up, as the staff sees him: masked, with his ticket's code, of which pages show the end; ``at`` is when he came
    in, ``turn`` his number among those who have a place, or on the waiting list.
    """

    person: Masked
    ticket: str
    persons: int
    came: int
    at: int | None
    turn: int

    @property
    def code(self) -> str:
        """The end of the code, by which a printed list tells people apart."""
        return tickets.spoken(self.ticket).partition(" ")[2]


@staff_only
def listed(request: HttpRequest) -> HttpResponse:
    """The sessions of the reader's region."""
    at, actor = now(), actor_of(request)
    lately = Case.objects.filter(reach(actor, STAFF), opened__gte=at - YEAR)
    rows = reading.sessions(lately.filter(type=SESSION.key))
    events = Case.objects.filter(reach(actor, STAFF), type=EVENT.key).order_by("-opened")[:EVENTS]
    titles = {e.id: e.title for e in events}
    made = [_row(s, titles, actor, at) for s in rows]
    today = civil(at).date()
    coming = [r for r in made if r.session.case.state in (*BEFORE, "cancelled") and r.session.ends > at - DAY]
    context = {
        **around(actor),
        "here": "staff-events",
        "now": at,
        "today": [r for r in coming if civil(r.session.starts).date() == today],
        "days": _days([r for r in coming if civil(r.session.starts).date() > today], at),
        "held": [r for r in made if r.session.case.state == "held"],
        "past": [r for r in reversed(made) if r.session.case.state == "finished"][:PAST],
        "events": _counted(list(events)),
        "organises": _holds(actor, w.ORGANISER.key, COMMUNITY.key),
    }
    return render(request, "public_events/staff/list.html", context)


def _counted(events: list[Case]) -> list[tuple[Case, int]]:
    """Events with how many sessions they have."""
    links = Link.objects.filter(target__in=[e.id for e in events], relation=w.SESSION_OF)
    counts = dict(links.values_list("target").annotate(n=Count("id")))
    return [(e, counts.get(e.id, 0)) for e in events]


def _holds(actor: Actor, *roles: str) -> bool:
    return bool(actor.roles & set(roles))


def _row(session: Session, titles: dict[UUID, str], actor: Actor, at: int) -> Row:
    event = titles.get(UUID(str(session.facts["event"])), "")
    return Row(session, event, f"{civil(session.starts):%H:%M}", gate_open(session, actor, at))


def gate_open(session: Session, actor: Actor, at: int) -> bool:
    """Whether the reader lets people in to this session, or gets his phone ready for it."""
    case = session.case
    at_gate = any(allows(r, actor, case.place, case.grid, {}) for r in w.AT_GATE)
    return at_gate and case.state in AT_THE_DOOR and at > session.starts - READY


def _days(rows: list[Row], at: int) -> list[tuple[T, list[Row]]]:
    today = civil(at).date()
    parted = groupby(rows, key=lambda r: civil(r.session.starts).date())
    return [(day_said(day, today), list(some)) for day, some in parted]


def found(request: HttpRequest, case: UUID, *roles: Any) -> Session:
    """A session at which the reader has one of these roles. Raises: Http404 for any other."""
    row = Case.objects.filter(reach(actor_of(request), roles), type=SESSION.key, id=case).first()
    if row is None:
        raise Http404
    return reading.sessions([row])[0]


@staff_only
def session(request: HttpRequest, case: UUID) -> HttpResponse:
    """One session: how full it is, who comes, who waits, what they said afterwards; printed it is the list for the door."""
    at, actor = now(), actor_of(request)
    one = found(request, case, *KNOWS_GUESTS)
    coming, waiting = guests(one.case.id)
    context = {
        **around(actor),
        "here": "staff-events",
        "now": at,
        "s": one,
        "event": Case.objects.get(id=one.facts["event"]),
        "gauges": _gauges(one),
        "coming": coming,
        "waiting": waiting,
        "gate": gate_open(one, actor, at),
        "said": _said(one.case, actor),
    }
    return render(request, "public_events/staff/session.html", context)


def _gauges(one: Session) -> list[Gauge]:
    people = T("人", "people")
    made = [Gauge(T("名额", "Places taken"), one.taken, one.capacity, (1, 1), people)]
    if one.inside and one.taken:
        by_ticket = one.sums.get((CAME.key, "by_ticket"), 0)
        made.append(Gauge(T("凭票到场", "Came with a place"), by_ticket, one.taken, (1, 1), people))
    return made


def guests(case: UUID) -> tuple[list[Guest], list[Guest]]:
    """Who has a place, in the order of sign-up, and who waits, in the order of the list."""
    rows = Seat.objects.filter(case=case, kind__in=(PLACE.key, QUEUE.key, CAME.key)).order_by("rank", "seq")
    seats = {(s.kind, s.head): s for s in rows}
    names = masked(UUID(head) for kind, head in seats if kind != CAME.key)
    made: dict[str, list[Guest]] = {PLACE.key: [], QUEUE.key: []}
    for (kind, head), seat in seats.items():
        if kind in made:
            turn = len(made[kind]) + 1
            made[kind].append(
                _guest(case, seat, seats.get((CAME.key, head)), names.get(UUID(head), Masked("", "")), turn)
            )
    return made[PLACE.key], made[QUEUE.key]


def _guest(case: UUID, seat: Seat, came: Seat | None, person: Masked, turn: int) -> Guest:
    inside = int(json.loads(came.measures)[PERSONS]) if came else 0
    persons = int(json.loads(seat.measures).get(PERSONS, 1))
    code = tickets.code_of(case, seat.head)
    return Guest(person, code, persons, inside, came.happened if came else None, turn)


def _said(case: Case, actor: Actor) -> list[tuple[int, int, str]]:
    """What those said who came: when, points, words; the latest first."""
    found_ = []
    for step in steps_of(case, actor, "feedback"):
        answers = {f.key: v for f, v in step.answers}
        found_.append((step.happened, int(answers.get("score", 0)), str(answers.get("word", ""))))
    return found_[::-1]


urls: list[URLPattern] = [
    path("staff/events/", listed, name="staff-events"),
    path("staff/events/<uuid:case>/", session, name="staff-event-session"),
]
