"""The gate: a phone that scans tickets, with a network or without. It is prepared while there is one and answers from its own list;
what it enters waits on the phone and is sent when there is a network again, under the key of its scan, so that nothing is done
twice. Two gates may scan at once: the session's lock decides, and who was second is told at what time the ticket came in.

A camera and a page without a network need a secure origin (TLS, or localhost). Without scripts the page is a form for the code.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_POST

from linli.cases.act import act
from linli.cases.models import Seat
from linli.faces.web import asking
from linli.faces.web.headers import UNUSED
from linli.faces.web.reader import actor_of, now, words
from linli.faces.web.staff.desk import around, staff_only
from linli.programmes.public_events import words as w
from linli.programmes.public_events.pages import tickets
from linli.programmes.public_events.pages.reading import Session
from linli.programmes.public_events.pages.staff import Guest, found, guests
from linli.rules.ids import new_id
from linli.rules.refusal import Refused
from linli.rules.signup import PERSONS, PLACE, QUEUE
from linli.rules.text import T

WORKER = "public_events/gateworker.js"
FILE = re.compile(r'(?:src|href)="([^"]+\.(?:js|css|svg))"')
UNKNOWN = T(
    "这张票不是这一场的，或者已经取消；请看票上的场次，有空位可以按现场入场。",
    "This ticket is not for this session, or was given up; look at the session on it, or let them walk in where there is room.",
)
IN = T("已入场：{n} 人", "In: {n}")
MILLI = 1000
"""A browser's clock counts milliseconds, ours microseconds."""


@staff_only
def page(request: HttpRequest, case: UUID) -> HttpResponse:
    """The gate of one session; under POST a code that was typed where there are no scripts."""
    one = found(request, case, *w.AT_GATE)
    if request.method == "POST":
        said, done = _entered(request, one)
        (messages.success if done else messages.warning)(request, words(said))
        return redirect("event-gate", case)
    return _shown(request, one)


def _shown(request: HttpRequest, one: Session) -> HttpResponse:
    context = {
        **around(actor_of(request)),
        "here": "staff-events",
        "now": now(),
        "s": one,
        "keys": {"in": f"gate/{new_id()}", "walk": f"gate/{new_id()}"},
        "most": range(1, w.MOST_OF_A_PARTY + 1),
    }
    answer = render(request, "public_events/gate.html", context)
    # The one page that asks for the camera itself: it reads codes as they are held up, and takes no picture.
    unused = [f"{name}=()" for name in UNUSED if name != "camera"]
    answer.headers["Permissions-Policy"] = ", ".join((*unused, "camera=(self)"))
    return answer


@staff_only
def list_(request: HttpRequest, case: UUID) -> HttpResponse:
    """What the phone needs to answer alone: digests of the codes with what they are worth, and no name in full."""
    one = found(request, case, *w.AT_GATE)
    facts = one.facts
    told = {name: int(facts[f"{name}_at"]) // MILLI for name in ("doors", "starts", "kept", "closes")}
    session = {
        "capacity": one.capacity,
        "walked": one.walked,
        "state": one.case.state,
        "title": facts["title"],
        **told,
    }
    answer = JsonResponse(
        {
            "token": get_token(request),
            "at": now() // MILLI,
            "session": session,
            "tickets": _tickets(one.case.id),
        }
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _tickets(case: UUID) -> dict[str, dict[str, Any]]:
    coming, waiting = guests(case)
    made = [_ticket(g, 0) for g in coming] + [_ticket(g, g.turn) for g in waiting]
    codes = (tickets.digest_of(case, g.ticket) for g in (*coming, *waiting))
    return dict(zip(codes, made, strict=True))


def _ticket(guest: Guest, turn: int) -> dict[str, Any]:
    """What a ticket is worth: for how many, whose (masked), which turn on the list (0: a place), who is in since when."""
    return {
        "n": guest.persons,
        "name": guest.person.name,
        "tail": guest.person.phone[-2:],
        "turn": turn,
        "in": guest.came,
        "at": guest.at // MILLI if guest.at else 0,
    }


@staff_only
@require_POST
def enter(request: HttpRequest, case: UUID) -> HttpResponse:
    """One scan, or some who walk in, from a phone: 201 when it is entered or was before, 422 with the reason when not."""
    one = found(request, case, *w.AT_GATE)
    said, done = _entered(request, one)
    return JsonResponse({"ok": done, "say": words(said)}, status=201 if done else 422)


def _entered(request: HttpRequest, one: Session) -> tuple[T, bool]:
    """Enter what the form says. Returns what to say, and whether it was done."""
    key, at = asking.key(request.POST, "gate"), now()
    given = _walking(request) or _coming(request, one)
    if given is None:
        return UNKNOWN, False
    action, answers = given
    try:
        act(
            one.case.id,
            action,
            actor_of(request),
            answers,
            key=key,
            happened=_happened(request, at),
            recorded=at,
        )
    except Refused as refusal:
        return refusal.reason, False
    n = answers.get("walked") or answers.get("came_now") or _party(one.case.id, answers)
    return IN.format(n=n), True


def _happened(request: HttpRequest, at: int) -> int:
    """When it was scanned, as the phone says in ms; never in the future."""
    told = asking.typed(request.POST, "happened")
    return min(int(told) * MILLI, at) if told.isascii() and told.isdigit() and len(told) < 15 else at


def _walking(request: HttpRequest) -> tuple[str, Mapping[str, Any]] | None:
    n = asking.typed(request.POST, "walked")
    return ("walk_in", {"walked": n}) if n else None


def _coming(request: HttpRequest, one: Session) -> tuple[str, Mapping[str, Any]] | None:
    """Whose ticket it is, by the digest that a phone knows or the code that was typed, and by which action he comes in."""
    case, digest = one.case.id, asking.typed(request.POST, "ticket")
    if not digest:
        session, code = tickets.typed(asking.typed(request.POST, "code"))
        digest = tickets.digest_of(case, code) if session in (None, case) else ""
    rows = Seat.objects.filter(case=case, kind__in=(PLACE.key, QUEUE.key)).values_list("head", "kind")
    held = dict(rows)
    head = tickets.holder_of(case, held, digest)
    if not head:
        return None
    action, field = ("check_in", "guest") if held[head] == PLACE.key else ("let_in", "waiting_guest")
    came = asking.typed(request.POST, "came")
    return action, {field: head, **({"came_now": came} if came else {})}


def _party(case: UUID, answers: Mapping[str, Any]) -> int:
    head = answers.get("guest") or answers.get("waiting_guest")
    seat = Seat.objects.filter(case=case, kind__in=(PLACE.key, QUEUE.key), head=head).first()
    return int(json.loads(seat.measures).get(PERSONS, 1)) if seat else 1


def worker(request: HttpRequest) -> HttpResponse:
    """The gate's own worker, for its pages alone: what it has to hold ready, then its code."""
    shell = render_to_string("public_events/gate.html", {"here": "staff-events", "shell": True}, request)
    known = {
        "FILES": sorted(set(FILE.findall(shell))),
        "PAGES": reverse("event-gate-worker").removesuffix("worker.js"),
    }
    head = [f"const {name} = {json.dumps(value)};" for name, value in known.items()]
    answer = HttpResponse("\n".join([*head, _text(WORKER)]), content_type="text/javascript; charset=utf-8")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _text(name: str) -> str:
    place = finders.find(name)
    assert isinstance(place, str), name
    return Path(place).read_text("utf-8")


urls: list[URLPattern] = [
    path("staff/events/gate/worker.js", worker, name="event-gate-worker"),
    path("staff/events/gate/<uuid:case>/", page, name="event-gate"),
    path("staff/events/gate/<uuid:case>/list.json", list_, name="event-gate-list"),
    path("staff/events/gate/<uuid:case>/in/", enter, name="event-gate-in"),
]
