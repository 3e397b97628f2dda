"""To ask a question of law, or for a visit at home: one form, whose sealed parts the asker, the partner and the community read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from linli.cases.sending import send
from linli.faces.web import asking
from linli.faces.web.parts import Fault
from linli.faces.web.reader import actor_of, community_of, holder_of, home_of, now, words
from linli.programmes.legal_services import words as w
from linli.rules.fields import Field
from linli.rules.machine import asked
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.text import T
from linli.territory.regions import place_title

ASK = "ask"
SENT = T(
    "收到了。下面写着到哪一步、什么时候有答复。",
    "It has arrived. Below you see where it stands and when you hear of it.",
)
SAYS = {
    w.QUESTIONS: T(
        "写下来，交给律师、公证员或司法所答复。只有您、答复的机构和社区看得到。",
        "Write it down; a lawyer, the notary or the justice office answers. Only you, they and the community read it.",
    ),
    w.VISITS: T(
        "年老、残疾、生病或家里离不开人的，律师、公证员到家里来讲，不收费。",
        "For those who are old, disabled, ill or caring for somebody: a lawyer or notary comes home, free of charge.",
    ),
}
"""The two kinds of case that a resident opens here, each with what it is."""


@never_cache
def page(request: HttpRequest, kind: str) -> HttpResponse:
    """The form; under POST what was asked is sent, or the form comes back with what is wrong."""
    actor, community = actor_of(request), community_of(request) or ""
    if actor.person is None:
        back = urlencode({"next": request.path})
        return redirect(f"{reverse('account_request_login_code')}?{back}")
    home = home_of(actor) or ""
    if request.method != "POST":
        return _show(request, kind, {w.WHERE.key: home} if home else {}, None)
    fields, key = _fields(kind), asking.key(request.POST, ASK)
    given, _ = asking.answers(request, fields, key)
    place = str(given.get(w.WHERE.key) or community)
    try:
        receipt = send(
            (kind, place),
            ASK,
            actor,
            {w.WHERE.key: place, **given},
            fields,
            holder=holder_of(request),
            key=key,
            now=now(),
        )
    except Refused as refusal:
        return _show(request, kind, given, refusal)
    messages.success(request, words(SENT))
    return redirect("mine-case", receipt.case)


def _fields(kind: str) -> tuple[Field, ...]:
    """What is asked, for whom first: a question needs no place but the community."""
    definition = installed[kind]
    fields = asked(definition.case_type, definition.actions[ASK])
    wanted = [f for f in fields if kind == w.VISITS or f.key != w.WHERE.key]
    return tuple(sorted(wanted, key=lambda f: f.key not in ("for_whom", "visited")))


def _show(request: HttpRequest, kind: str, given: Mapping[str, Any], refusal: Refused | None) -> HttpResponse:
    fields, community = _fields(kind), community_of(request) or ""
    wrong = refusal.fields if refusal else {}
    context = {
        "community": place_title(community) if community else None,
        "kind": kind,
        "title": installed[kind].actions[ASK].title,
        "says": SAYS[kind],
        "questions": asking.inputs(fields, given, wrong, community),
        "faults": [Fault(f.key, f.title, wrong[f.key]) for f in fields if f.key in wrong],
        "refusal": refusal,
        "key": asking.key(request.POST, ASK),
        "here": "law",
        "now": now(),
    }
    return render(request, "legal_services/public/ask.html", context, status=422 if refusal else 200)


urls = [
    path("law/ask/", page, {"kind": w.QUESTIONS}, name="law-ask"),
    path("law/visit/", page, {"kind": w.VISITS}, name="law-visit"),
]
