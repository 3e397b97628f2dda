"""One session for who holds it: who comes (masked), about when, what each would like to ask, who waits; to be printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache

from linli.cases import loading, sight
from linli.cases.models import Case
from linli.cases.sight import cases_seen_by
from linli.cases.story import case_page
from linli.faces.web.parts import Next
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff.desk import around, staff_only
from linli.journal.append import contents, entries
from linli.people.persons import masked
from linli.programmes.legal_services import words as w
from linli.programmes.legal_services.pages.reading import Session, clock_of, partner_of, sessions_of
from linli.programmes.legal_services.session_words import SUBJECT
from linli.rules.actor import Actor
from linli.rules.registry import installed
from linli.rules.signup import PERSONS, PLACE, QUEUE
from linli.rules.situation import Seat
from linli.rules.when import MINUTE

STEPS = (
    "hold",
    "book_for",
    "cancel_for",
    "cancel_waiting_for",
    "change_room",
    "change_time",
    "call_off",
    "not_held",
)
BOOKED = ("book", "book_for")


@dataclass(frozen=True, slots=True)
class Booking:
    """One sign-up: who (masked), for how many, about when it is his turn, what he would like to ask."""

    number: int
    who: Any
    persons: int
    about: str
    subject: str


@staff_only
@never_cache
def page(request: HttpRequest, case: UUID) -> HttpResponse:
    """The page. Raises: Http404 for who does not work with it: a resident has another page of it."""
    actor, at = actor_of(request), now()
    found = cases_seen_by(actor, [w.SESSIONS]).filter(id=case).first()
    if found is None:
        raise Http404
    seats = loading.whole_kinds(found.id, frozenset({PLACE.key, QUEUE.key, w.PARTNER.key}))
    mine = loading.mine(seats, actor)
    if not sight.works_with(installed[w.SESSIONS], actor, found.place, found.grid, mine):
        raise Http404
    session = sessions_of([found])[0]
    places, queue = _bookings(session, seats, actor, mine)
    context = {
        **around(actor),
        "session": session,
        "partner": partner_of(found.id, w.HOURS_OF),
        "places": places,
        "queue": queue,
        "subjects": _reads_subjects(found, actor, mine),
        "steps": _steps(found, actor, at),
        "here": "staff-law",
        "now": at,
    }
    return render(request, "legal_services/staff/booked.html", context)


def _bookings(
    session: Session, seats: list[Seat], actor: Actor, mine: Any
) -> tuple[list[Booking], list[Booking]]:
    """Who has a place, in the order in which places were taken, and who waits."""
    placed = sorted((s for s in seats if s.kind == PLACE.key), key=lambda s: (s.rank, s.seq, s.head))
    queued = sorted((s for s in seats if s.kind == QUEUE.key), key=lambda s: (s.rank, s.seq, s.head))
    names = masked([UUID(s.head) for s in (*placed, *queued)])
    said = _subjects(session.case) if _reads_subjects(session.case, actor, mine) else {}
    before, places = 0, []
    for number, seat in enumerate(placed, 1):
        about = "" if session.talk or not session.capacity else _about(session, before)
        places.append(_booking(number, seat, names, about, said))
        before += places[-1].persons
    return places, [_booking(n, seat, names, "", said) for n, seat in enumerate(queued, 1)]


def _about(session: Session, before: int) -> str:
    step = 5 * MINUTE
    return clock_of(session.starts + session.minutes * MINUTE * before // session.capacity // step * step)


def _booking(number: int, seat: Seat, names: Any, about: str, said: dict[str, str]) -> Booking:
    persons = int(seat.measures.get(PERSONS, 1))
    return Booking(number, names.get(UUID(seat.head)), persons, about, said.get(seat.head, ""))


def _reads_subjects(case: Case, actor: Actor, mine: Any) -> bool:
    return sight.sees_field(SUBJECT, actor, case.state, case.place, case.grid, mine)


def _subjects(case: Case) -> dict[str, str]:
    """What those who booked would like to ask, by person; the last word of each."""
    stored = [e for e in entries(case.id) if e.action in BOOKED]
    said = contents([e.id for e in stored])
    found: dict[str, str] = {}
    for entry in stored:
        for part in said.get(entry.id, []):
            if part.person is not None and SUBJECT.key in part.content:
                found[str(part.person)] = str(part.content[SUBJECT.key])
    return found


def _steps(case: Case, actor: Actor, at: int) -> list[Next]:
    """What he can do with it now, each on the case's own page, where its form opens."""
    possible = {a.key: a for a in case_page(case.id, actor, at).actions}
    here = reverse("case", args=[case.id])
    return [Next(possible[key].title, f"{here}?step={key}#step-{key}") for key in STEPS if key in possible]


urls = [path("staff/law/session/<uuid:case>/", page, name="staff-law-session")]
