"""The desk of the legal services: for a partner its sessions with bookings and the questions that wait; for the community all
partners with the coming four weeks, and what is missing in them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from linli.cases.models import Case, Link, Seat
from linli.cases.reading import facts_of
from linli.cases.sight import cases_seen_by
from linli.faces.web.moments import civil
from linli.faces.web.parts import Next
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff.desk import around, lines, region_of, staff_only
from linli.programmes.legal_services import words as w
from linli.programmes.legal_services.pages import giving
from linli.programmes.legal_services.pages.reading import (
    WEEK,
    WEEKS,
    Partner,
    Session,
    by_day,
    sessions_of,
)
from linli.rules.actor import Actor
from linli.rules.registry import installed
from linli.rules.roles import CLERK, COMMUNITY, LEADER, STREET, UNIT_STAFF
from linli.rules.text import T

OVERSEES = frozenset(r.key for r in (COMMUNITY, CLERK, STREET, LEADER))
OPEN = {
    w.QUESTIONS: (("assigned", "answering"), ("asked", "checking")),
    w.VISITS: (("assigned", "agreed", "to_record"), ("asked",)),
}
"""In which states a partner has a question or a visit before him, and in which further ones the community has."""


@dataclass(frozen=True, slots=True)
class Week:
    """What a partner (or the talks) has in one week: how many sessions, how many places are taken of how many."""

    sessions: int
    taken: int
    places: int
    away: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A partner over the coming weeks, with what waits for it."""

    partner: Partner
    url: str
    weeks: list[Week]
    open: int
    late: int


@staff_only
def desk(request: HttpRequest) -> HttpResponse:
    """The page of whoever works for a partner, or for the place."""
    actor, at = actor_of(request), now()
    oversees = bool(actor.roles & OVERSEES)
    partners = _partners(actor, oversees)
    sessions = _sessions(actor, partners, oversees)
    questions = _waiting(actor, w.QUESTIONS, oversees)
    visits = _waiting(actor, w.VISITS, oversees)
    coming = [s for s in sessions if s.case.state == "planned" and at < s.ends]
    mondays = _mondays(at)
    rows = [_row(p, coming, mondays, [*questions, *visits], at) for p in partners if p.case.state != "ended"]
    context = {
        **around(actor),
        "oversees": oversees,
        "partners": partners,
        "to_record": [s for s in sessions if s.case.state == "to_record"],
        "days": by_day([s for s in coming if s.starts < at + 2 * WEEK], at),
        "later": len([s for s in coming if s.starts >= at + 2 * WEEK]),
        "gives": giving.to_give([*questions, *visits], partners, actor, at),
        "questions": lines(questions, at, actor),
        "visits": lines(visits, at, actor),
        "rows": rows,
        "talks": [_week([s for s in coming if s.talk], m) for m in mondays],
        "mondays": [(m, m + timedelta(days=6)) for m in mondays],
        "missing": _missing(rows, coming, mondays) if oversees else [],
        "openings": _openings(actor),
        "here": "staff-law",
        "now": at,
    }
    return render(request, "legal_services/staff/desk.html", context)


def _partners(actor: Actor, oversees: bool) -> list[Partner]:
    """All partners of the region, or those for whose units he works."""
    rows = cases_seen_by(actor, [w.PARTNERS]).filter(place__startswith=region_of(actor))
    if not oversees:
        held = Seat.objects.filter(kind=w.PARTNER.key, head__in=[str(u) for u in actor.units])
        rows = rows.filter(id__in=held.values("case"))
    order = ("active", "paused", "ended")
    return sorted(
        (Partner(c, facts_of(c)) for c in rows), key=lambda p: (order.index(p.case.state), p.case.opened)
    )


def _sessions(actor: Actor, partners: list[Partner], oversees: bool) -> list[Session]:
    """The sessions that are not over or not recorded: all of the region, or those of his partners."""
    rows = cases_seen_by(actor, [w.SESSIONS]).filter(
        place__startswith=region_of(actor), state__in=("planned", "to_record")
    )
    if not oversees:
        own = Link.objects.filter(relation=w.HOURS_OF, target__in=[p.case.id for p in partners])
        rows = rows.filter(id__in=own.values("source"))
    return sessions_of(rows)


def _waiting(actor: Actor, type_: str, oversees: bool) -> list[Case]:
    """The questions or visits that wait for somebody, the most urgent first."""
    partners_, communitys = OPEN[type_]
    rows = cases_seen_by(actor, [type_]).filter(
        live=True, state__in=(*partners_, *(communitys if oversees else ()))
    )
    if not oversees:
        held = Seat.objects.filter(kind=w.PARTNER.key, head__in=[str(u) for u in actor.units])
        rows = rows.filter(id__in=held.values("case"))
    return list(rows.order_by("due", "id"))


def _mondays(at: int) -> list[date]:
    today = civil(at).date()
    monday = today - timedelta(days=today.weekday())
    return [monday + timedelta(days=7 * n) for n in range(WEEKS + 1)]


def _week(sessions: Iterable[Session], monday: date, away: bool = False) -> Week:
    own = [s for s in sessions if monday <= s.day < monday + timedelta(days=7)]
    return Week(len(own), sum(s.taken for s in own), sum(s.capacity for s in own), away)


def _row(partner: Partner, coming: list[Session], mondays: list[date], work: list[Case], at: int) -> Row:
    links = Link.objects.filter(target=partner.case.id, relation__in=(w.HOURS_OF, w.ASKED_OF))
    held: set[UUID] = set(links.values_list("source", flat=True))
    own = [s for s in coming if s.id in held]
    has = [c for c in work if c.id in held]
    weeks = [_week(own, m, _away(partner, m)) for m in mondays]
    late = sum(c.late for c in has)
    return Row(partner, reverse("case", args=[partner.case.id]), weeks, len(has), late)


def _away(partner: Partner, monday: date) -> bool:
    """Whether a pause covers some day of the week."""
    pause = partner.pause
    return pause is not None and pause[0] <= monday + timedelta(days=6) and monday <= pause[1]


def _missing(rows: list[Row], coming: list[Session], mondays: list[date]) -> list[T]:
    """What nobody offers, which weeks have no talk, and who has given no hours: what has to be asked for."""
    offered = {
        key
        for row in rows
        if row.partner.case.state == "active"
        for key in row.partner.facts.get("offers", ())
    }
    found = [NOBODY_OFFERS.format(what=o.title) for o in w.OFFERS if o.key not in offered]
    empty = [m for m in mondays[1:] if not _week([s for s in coming if s.talk], m).sessions]
    found += [NO_TALK.format(day=f"{m.month}-{m.day}") for m in empty]
    found += [
        NO_HOURS.format(name=row.partner.name)
        for row in rows
        if w.CONSULTATION in row.partner.facts.get("offers", ()) and not row.partner.facts.get("hours")
    ]
    return found


NOBODY_OFFERS = T("现在没有机构提供“{what}”", "No partner offers “{what}” at present")
NO_TALK = T("{day} 起的一周没有安排讲座", "No talk is planned in the week from {day}")
NO_HOURS = T("{name}没有定期坐诊", "{name} has no weekly hours")


def _openings(actor: Actor) -> list[Next]:
    """What he can open by his duties."""
    return [
        Next(a.title, reverse("new-case", args=[key, a.key]))
        for key in (w.SESSIONS, w.QUESTIONS, w.VISITS, w.PARTNERS)
        for a in installed[key].openings
        if actor.roles & ({who.key for who in a.who} - ({UNIT_STAFF.key} if not actor.units else set()))
    ]


urls = [path("staff/law/", desk, name="staff-law")]
