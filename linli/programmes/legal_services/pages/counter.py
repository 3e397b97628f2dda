"""One session: when, where, who; the reader's place or his turn in the waiting list; to book, to cancel, to rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from linli.cases import loading, sight
from linli.cases.act import act
from linli.cases.models import Case, Seat
from linli.faces.web import asking
from linli.faces.web.parts import Fault, Input
from linli.faces.web.reader import actor_of, is_staff, now, words
from linli.programmes.legal_services import words as w
from linli.programmes.legal_services.pages.reading import Session, clock_of, partner_of, sessions_of, turn_of
from linli.programmes.legal_services.session_words import PARTY, SUBJECT
from linli.rules.actor import Actor
from linli.rules.fields import Field
from linli.rules.ids import new_id
from linli.rules.machine import asked
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.signup import CAME
from linli.rules.text import T
from linli.territory.regions import place_title

BOOK, CANCEL, RATE = "book", "cancel_booking", "feed_back"
DONE = {
    BOOK: T("约好了。", "You are booked."),
    CANCEL: T("预约取消了。", "Your booking is cancelled."),
    RATE: T("谢谢您的评价。", "Thank you for your rating."),
}
WAITS = T(
    "名额满了，您在候补名单上；有人取消就自动补上并通知您。",
    "It is full and you are on the waiting list; you move up by yourself, and are told.",
)


@dataclass(slots=True)
class Tried:
    """An act that was not done: which, with what, and why."""

    action: str
    given: Mapping[str, Any]
    refusal: Refused

    @property
    def wrong(self) -> Mapping[str, T]:
        """What is wrong, by field."""
        return self.refusal.fields


def session_of(case: UUID, person: UUID | None) -> Session:
    """A session. Raises: Http404."""
    found = Case.objects.filter(id=case, type=w.SESSIONS).first()
    if found is None:
        raise Http404
    return sessions_of([found], person)[0]


@never_cache
def page(request: HttpRequest, case: UUID) -> HttpResponse:
    """The page, and under POST one of the three acts."""
    session = session_of(case, actor_of(request).person)
    action = asking.typed(request.POST, "action")
    if request.method != "POST" or action not in DONE:
        return _show(request, session)
    if actor_of(request).person is None:
        return redirect(_sign_in(case))
    fields = asked(installed[w.SESSIONS].case_type, installed[w.SESSIONS].actions[action])
    key = asking.key(request.POST, action)
    given, _ = asking.answers(request, fields, key)
    at = now()
    try:
        act(case, action, actor_of(request), given, key=key, happened=at, recorded=at)
    except Refused as refusal:
        return _show(request, session_of(case, actor_of(request).person), Tried(action, given, refusal))
    after = session_of(case, actor_of(request).person)
    messages.success(request, words(WAITS if action == BOOK and after.queued else DONE[action]))
    return redirect("law-session", case)


def _sign_in(case: UUID) -> str:
    back = urlencode({"next": reverse("law-session", args=[case])})
    return f"{reverse('account_request_login_code')}?{back}"


def _works_with(session: Session, actor: Actor) -> bool:
    """Whether the list of bookings is his to see."""
    case, mine = session.case, loading.mine(loading.load_seats(session.id, actor, set()), actor)
    return sight.works_with(installed[w.SESSIONS], actor, case.place, case.grid, mine)


def _show(request: HttpRequest, session: Session, tried: Tried | None = None) -> HttpResponse:
    at, actor = now(), actor_of(request)
    turn = turn_of(session, actor.person) if actor.person and session.mine else None
    rating = _may_rate(session, actor.person)
    open_ = session.case.state == "planned" and at < session.starts
    asks: list[Field] = [replace(PARTY, help=None)] if session.talk else [SUBJECT, PARTY]
    context = {
        "community": place_title(session.case.community),
        "session": session,
        "partner": partner_of(session.id, w.HOURS_OF),
        "turn": turn,
        "about": clock_of(turn.about) if turn and turn.about else "",
        "open": open_,
        "book": _inputs(asks, tried, BOOK) if open_ and not session.mine else [],
        "rate": _inputs([w.SCORE, w.WORD], tried, RATE) if rating else [],
        "keys": {a: f"{a}/{new_id()}" for a in DONE},
        "tried": tried,
        "faults": [Fault(f"{tried.action}-{k}", _title(k), text) for k, text in tried.wrong.items()]
        if tried
        else [],
        "known": actor.person is not None,
        "staff": is_staff(actor) and _works_with(session, actor),
        "sign_in": _sign_in(session.id),
        "here": "law",
        "now": at,
    }
    return render(request, "legal_services/public/session.html", context, status=422 if tried else 200)


def _inputs(fields: list[Field], tried: Tried | None, action: str) -> list[Input]:
    again = tried if tried and tried.action == action else None
    return asking.inputs(
        fields, again.given if again else {}, again.wrong if again else {}, prefix=f"{action}-"
    )


def _title(key: str) -> T:
    return installed[w.SESSIONS].fields[key].title


def _may_rate(session: Session, person: UUID | None) -> bool:
    """Who came rates it, once."""
    if session.case.state != "held" or person is None:
        return False
    kinds = set(Seat.objects.filter(case=session.id, head=str(person)).values_list("kind", flat=True))
    return CAME.key in kinds and w.RATED.key not in kinds


urls = [path("law/session/<uuid:case>/", page, name="law-session")]
