"""A resident asks for mediation: one form on one page. The general report does not ask who is signed in for a contact; here the contact
is the other side.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from linli.cases.sending import send
from linli.faces.web import asking
from linli.faces.web.parts import Fault
from linli.faces.web.reader import actor_of, building_at, community_of, holder_of, now, words
from linli.programmes.mediation import words as w
from linli.programmes.mediation.programme import DISPUTE
from linli.rules.ids import new_id
from linli.rules.refusal import Refused
from linli.rules.text import T
from linli.territory.regions import place_title

FIELDS = (w.DANGER, w.KIND, w.ABOUT, w.WANTED, w.WHERE, w.RESPONDENT_CONTACT, w.OTHER_HOME, w.PAPERS)
"""The questions in the order in which somebody tells it: danger first."""


def apply(request: HttpRequest) -> HttpResponse:
    """The form, and under POST the application."""
    actor = actor_of(request)
    if actor.person is None:
        here = urlencode({"next": request.path})
        return redirect(f"{reverse('account_request_login_code')}?{here}")
    if request.method != "POST":
        home = building_at(request)
        return _show(request, {w.WHERE.key: home} if home else {}, None)
    key = asking.key(request.POST, "report")
    given, wrong = asking.answers(request, FIELDS, key)
    place = str(given.get(w.WHERE.key) or community_of(request) or "")
    try:
        if wrong:
            raise Refused("answers", next(iter(wrong.values())), wrong)
        receipt = send(
            (DISPUTE.key, place), "apply", actor, given, FIELDS, holder=holder_of(request), key=key, now=now()
        )
    except Refused as refusal:
        return _show(request, given, refusal)
    told = T(
        "已收到，编号 {n}。受理以前不会联系对方。",
        "It has arrived as {n}. Nobody is contacted before it is accepted.",
    )
    messages.success(request, words(told.format(n=receipt.number)), extra_tags="sent-mediation-apply")
    return redirect("mediation-mine", receipt.case)


def _show(request: HttpRequest, given: dict[str, Any], refusal: Refused | None) -> HttpResponse:
    community, wrong = community_of(request) or "", refusal.fields if refusal else {}
    titles = {f.key: f.title for f in FIELDS}
    context = {
        "community": place_title(community) if community else None,
        "questions": asking.inputs(FIELDS, given, wrong, community),
        "faults": [Fault(k, titles[k], text) for k, text in wrong.items() if k in titles],
        "refusal": refusal,
        "key": f"report/{new_id()}",
        "here": "report",
        "now": now(),
    }
    return render(request, "mediation/apply.html", context, status=422 if refusal else 200)
