"""One meeting for everybody: when and where, what is talked over, how many come. Who is invited or signs up answers and checks in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from linli.cases.models import Case, Seat
from linli.cases.reading import facts_of
from linli.faces.web.reader import actor_of, now
from linli.programmes.deliberation import words as w
from linli.programmes.deliberation.councils import COMES, COUNCIL, FORMAT
from linli.programmes.deliberation.pages import blanks, doing, sheets
from linli.programmes.deliberation.pages.reading import (
    agenda_of,
    case_of,
    kind_of,
    meetings,
    state_of,
)
from linli.rules.ids import new_id
from linli.rules.signup import CAME, PLACE, QUEUE
from linli.rules.text import T
from linli.rules.when import instant
from linli.territory.regions import place_title

SAYS = {
    "answer_invitation": T("您的答复收到了。", "Your answer has arrived."),
    "sign_up": T(
        "报上名了；座位满了就排在候补里。",
        "You are signed up; where all seats are taken you wait on the list.",
    ),
    "give_up": T("座位让出来了。", "Your seat is given up."),
    "check_in": T("签到了，表决时可以用手机投。", "You are checked in and can vote by phone."),
}


@doing.signs_in
def council(request: HttpRequest, case: UUID) -> HttpResponse:
    """The page, and under POST what a resident does."""
    found, tried = case_of(case, COUNCIL.key), None
    if request.method == "POST":
        tried = doing.done(request, found, SAYS)
        if tried is None:
            return redirect("council", case)
    context = {**about(found), **_mine(request, found), "tried": tried, "here": "around", "now": now()}
    return render(request, "deliberation/council.html", context, status=422 if tried else 200)


def about(case: Case) -> dict[str, Any]:
    """What a page about a meeting shows to anybody; the minutes once somebody else has confirmed them."""
    facts = facts_of(case)
    return {
        "community": place_title(case.community),
        "case": case,
        "facts": facts,
        "state": state_of(case),
        "meeting": meetings([case])[0],
        "starts": instant(facts["starts"]),
        "format": FORMAT.title_of(facts["format"]),
        "agenda": [(t, facts_of(t), state_of(t), kind_of(facts_of(t))) for t in agenda_of(case)],
        "minutes": facts.get("minutes") if case.state == "published" else None,
    }


def _mine(request: HttpRequest, case: Case) -> dict[str, Any]:
    person = actor_of(request).person
    rows = Seat.objects.filter(case=case.id, head=str(person)) if person else ()
    mine = {seat.kind: seat for seat in rows}
    expected = bool({w.INVITED.key, PLACE.key} & set(mine))
    return {
        "invited": w.INVITED.key in mine,
        "placed": PLACE.key in mine,
        "queued": QUEUE.key in mine,
        "here_now": CAME.key in mine,
        "answered": w.ANSWERED.key in mine,
        "comes": COMES.options,
        "video": facts_of(case).get("video") if expected else "",
        "may_check_in": expected and case.state == "in_session" and CAME.key not in mine,
        "key": f"talk/{new_id()}",
        "sign_in": doing.sign_in(request.path) if person is None else "",
    }


urls = [
    path("deliberation/meetings/<uuid:case>/", council, name="council"),
    path("deliberation/meetings/<uuid:case>/notice.pdf", sheets.notice, name="council-notice"),
    path("deliberation/meetings/<uuid:case>/sign-in.pdf", blanks.sign_in, name="council-sign-in"),
    path("deliberation/topics/<uuid:case>/slips.pdf", blanks.slips, name="topic-slips"),
    path("deliberation/meetings/<uuid:case>/minutes.pdf", sheets.minutes, name="council-minutes"),
]
