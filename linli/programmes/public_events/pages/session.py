"""One session for a resident: sign-up with a tap, his ticket or his turn in the list, giving it up, saying how it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from linli.cases.act import act
from linli.cases.models import Case
from linli.cases.reading import facts_of
from linli.cases.sight import cases_seen_by
from linli.cases.story import steps_of
from linli.faces.web import asking
from linli.faces.web.parts import Fault
from linli.faces.web.reader import actor_of, now, words
from linli.programmes.public_events import words as w
from linli.programmes.public_events.pages import reading, tickets
from linli.programmes.public_events.pages.reading import Session
from linli.programmes.public_events.programme import SESSION
from linli.programmes.public_events.states import AT_THE_DOOR, OVER
from linli.rules.actor import Actor
from linli.rules.ids import new_id
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.worktime import DAY, civil_day
from linli.territory.regions import place_title

DONE = {
    "sign_up": T("报上名了。", "You are signed up."),
    "cancel": T(
        "已经取消，谢谢您把座位让出来。", "It is given up; thank you for leaving the seat to others."
    ),
    "feedback": T("谢谢您的评价。", "Thank you for telling us."),
}
WAITS = T(
    "已经满了，您在候补第 {n} 位；有人退出会自动递补并告诉您。",
    "It is full; you are number {n} on the waiting list and move up by yourself.",
)
TOLD = ("tell", "move", "call_off", "report", "change_capacity")
"""What organisers say to everybody who looks at the session."""


def found(request: HttpRequest, case: UUID) -> Session:
    """The session as the reader has it. Raises: Http404 where he sees none."""
    actor = actor_of(request)
    row = cases_seen_by(actor, [SESSION.key]).filter(id=case).first()
    if row is None:
        raise Http404
    return reading.sessions([row], actor.person)[0]


@never_cache
def page(request: HttpRequest, case: UUID) -> HttpResponse:
    """The session; under POST one of the three things a resident can do."""
    at, session = now(), found(request, case)
    if request.method != "POST":
        return show(request, session, at)
    action = asking.typed(request.POST, "action")
    if action not in DONE:
        return redirect("event-session", case)
    if actor_of(request).person is None:
        return redirect(f"{reverse('account_request_login_code')}?{urlencode({'next': request.path})}")
    return _act(request, session, action, at)


def _act(request: HttpRequest, session: Session, action: str, at: int) -> HttpResponse:
    fields = installed[SESSION.key].actions[action].asks
    key = asking.key(request.POST, action)
    given, _ = asking.answers(request, fields, key)
    try:
        act(session.case.id, action, actor_of(request), given, key=key, happened=at, recorded=at)
    except Refused as refusal:
        return show(request, found(request, session.case.id), at, refusal, given)
    after = found(request, session.case.id)
    said = WAITS.format(n=after.mine.turn) if after.mine.waits else DONE[action]
    messages.success(request, words(said), extra_tags=f"sent-{session.case.id}-{action}")
    placed = action == "sign_up" and after.mine.placed
    return redirect("event-ticket" if placed else "event-session", session.case.id)


def show(
    request: HttpRequest,
    session: Session,
    at: int,
    refusal: Refused | None = None,
    given: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """The page, with what was refused and why."""
    event = Case.objects.get(id=session.facts["event"])
    facts = facts_of(event)
    cancel_at = int(session.facts["cancel_at"])
    context = {
        "community": place_title(session.case.community),
        "s": session,
        "event": event,
        "event_facts": facts,
        "ages": reading.ages_of(facts),
        "reach": next((v.get("reach") for v in facts["venues"] if v["venue"] == session.facts["venue"]), ""),
        "known": actor_of(request).person is not None,
        "keys": {a: f"{a}/{new_id()}" for a in DONE},
        "chosen": int(str((given or {}).get("persons") or 0) or 0) if refusal else 0,
        "opens_at": session.facts.get("opens_at") or 0,
        "shuts_at": session.facts["shuts_at"],
        "cancel_at": cancel_at,
        "may_cancel": _may_cancel(session, at),
        "may_say": _may_say(session, at),
        "feedback": asking.inputs((w.SCORE, w.WORD), given or {}, refusal.fields if refusal else {}),
        "told": told(session.case, actor_of(request)),
        "refusal": refusal,
        "faults": _faults(refusal),
        "here": "events",
        "now": at,
    }
    return render(request, "public_events/session.html", context, status=422 if refusal else 200)


def _may_cancel(session: Session, at: int) -> bool:
    """Whether the place can still be given up; who waits may always leave."""
    mine = session.mine
    if session.case.state not in AT_THE_DOOR or not mine.persons or mine.came:
        return False
    return bool(mine.waits) or at <= int(session.facts["cancel_at"])


def _may_say(session: Session, at: int) -> bool:
    """Whether he came, has not said how it was yet, and still may."""
    if not session.mine.came or session.mine.rated:
        return False
    opened, place = civil_day(session.case.opened), session.case.place
    lasts = int(installed[SESSION.key].parameters.value("feedback_days", opened, place)) * DAY
    return session.starts <= at <= session.ends + lasts


def told(case: Case, actor: Actor) -> list[tuple[int, T, str]]:
    """What the organisers told: when, what it was, in which words; the latest first."""
    found_ = []
    for step in steps_of(case, actor, *TOLD):
        text = " ".join(str(v) for f, v in step.answers if f.key in ("message", "why", "summary"))
        found_.append((step.happened, step.action.title, text))
    return [x for x in reversed(found_) if x[2]]


def _faults(refusal: Refused | None) -> list[Fault]:
    named = installed[SESSION.key].fields
    fields = refusal.fields if refusal else {}
    return [Fault(k, named[k].title, text) for k, text in fields.items() if k in named]


@never_cache
def ticket(request: HttpRequest, case: UUID) -> HttpResponse:
    """The ticket: a QR code, a code to say aloud, for how many; or one's turn in the list."""
    session, person = found(request, case), actor_of(request).person
    if person is None:
        return redirect(f"{reverse('account_request_login_code')}?{urlencode({'next': request.path})}")
    if not session.mine.persons:
        return redirect("event-session", case)
    code = tickets.code_of(session.case.id, str(person))
    context = {
        "community": place_title(session.case.community),
        "s": session,
        "code": tickets.spoken(code),
        "drawn": tickets.drawn(session.case.id, code),
        "doors_at": session.facts["doors_at"],
        "valid": session.case.state in (*AT_THE_DOOR, *OVER),
        "here": "events",
        "now": now(),
    }
    return render(request, "public_events/ticket.html", context)


urls: list[URLPattern] = [
    path("events/<uuid:case>/", page, name="event-session"),
    path("events/<uuid:case>/ticket/", ticket, name="event-ticket"),
]
