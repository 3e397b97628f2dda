"""Reporting in three steps: what, where, who. Every step is a plain form that carries the others' answers, so that it
works without scripts; what is wrong leads back to its step with everything typed still there.
"""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import urlencode

from linli.cases.models import Case
from linli.cases.receipt import Receipt
from linli.cases.sending import send
from linli.faces.web import asking
from linli.faces.web.parts import Fault
from linli.faces.web.reader import (
    actor_of,
    building_at,
    community_of,
    holder_of,
    now,
    track,
    words,
)
from linli.faces.web.resident import same
from linli.faces.web.resident.attempts import Attempts
from linli.faces.web.resident.tracking import bearer_of, code_for
from linli.faces.web.said import left_of, state_of
from linli.faces.web.ways import OPENINGS, opening_of
from linli.rules.actor import Actor, nobody
from linli.rules.definition import Definition
from linli.rules.fields import Contact, Field, Flag, clean_answers
from linli.rules.machine import asked
from linli.rules.programme import Action
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.roles import PUBLIC, RESIDENT
from linli.rules.text import T
from linli.territory.regions import place_title

STEPS = (T("发生了什么", "What happened"), T("在哪里", "Where"), T("怎么联系您", "How to reach you"))
RECEIPT = "receipt"
STRANGERS = Attempts("report", most=60, seconds=3600)
"""So many reports without an account come from one address; a window's computer stays far below."""
TOO_OFTEN = T(
    "这里刚才送出的反映太多了，请过一小时再试，或登录后再报；您填写的内容还在",
    "Too many reports came from here just now; please try again in an hour, or sign in. What you wrote is still here",
)


def reportable() -> list[tuple[Definition, Action]]:
    """What a resident can bring up, each with the action that opens it: first what anybody may report without an account and what a
    programme wants shown at once, which are the general ones.
    """
    found = [(d, a) for d in installed for a in d.openings if {RESIDENT, PUBLIC} & set(a.who)]

    def turn(pair: tuple[Definition, Action]) -> int:
        first = OPENINGS.get(pair[0].key, ("", False))[1]
        return 0 if PUBLIC in pair[1].who else 1 if first else 2

    return sorted(found, key=turn)


class Form:
    """One report on its way: its type, what was typed so far, what is wrong."""

    def __init__(self, request: HttpRequest, definition: Definition, action: Action) -> None:
        self.request, self.definition, self.action = request, definition, action
        self.community = community_of(request) or ""
        self.fields = asked(definition.case_type, action)
        self.actor = reporting(actor_of(request))
        self.key = asking.key(request.POST, "report")
        self.given: dict[str, Any] = {}
        self.wrong: dict[str, T] = {}
        self.reason: T | None = None
        self.code = ""

    def read(self) -> None:
        """What was typed, in this step and those before."""
        self.given, self.wrong = asking.answers(self.request, self.fields, self.key)

    def preset(self) -> None:
        """A fresh form: the building of the door or of his home stands in it already."""
        building = building_at(self.request)
        if building:
            self.given[self.definition.case_type.place] = building

    def step_of(self, field: Field) -> int:
        """In which step a field is asked: the matter and its category first, contact and consent last."""
        if field.key in (self.definition.case_type.summary, self.definition.case_type.category):
            return 1
        return 3 if isinstance(field, (Contact, Flag)) else 2

    def of_step(self, step: int) -> list[Field]:
        """The fields of a step. Who is signed in is known: he is not asked for a contact."""
        known = self.actor.person is not None
        return [x for x in self.fields if self.step_of(x) == step and not (known and isinstance(x, Contact))]

    def check(self, until: int) -> int:
        """Look at the answers up to a step. Returns the step to show: the first with something wrong, else the next."""
        _, wrong = clean_answers(self.fields, self.given)
        self.wrong = {**wrong, **self.wrong}
        for step in range(1, until + 1):
            keys = {x.key for x in self.of_step(step)}
            if keys & set(self.wrong):
                self.wrong = {k: v for k, v in self.wrong.items() if k in keys}
                return step
        self.wrong = {}
        return until + 1

    def refused(self, refusal: Refused) -> int:
        """What the engine did not take, told at its fields. Returns the step that holds the first of them."""
        self.reason, self.code, self.wrong = refusal.reason, refusal.code, dict(refusal.fields)
        steps = [self.step_of(x) for x in self.fields if x.key in refusal.fields]
        return min(steps, default=len(STEPS))


def reporting(actor: Actor) -> Actor:
    """A worker reports as the person that he is; somebody without an account as nobody."""
    return actor if actor.person is not None else nobody()


def report(request: HttpRequest, kind: str = "") -> HttpResponse:
    """The form. POST ``go`` names the step to show; the last step without it sends."""
    form = Form(request, *_wanted(kind))
    if form.definition.key in OPENINGS:
        return redirect(opening_of(form.definition.key))
    if form.actor.person is None and PUBLIC not in form.action.who:
        here = urlencode({"next": request.path})
        return redirect(f"{reverse('account_request_login_code')}?{here}")
    if request.method != "POST":
        form.preset()
        return _show(form, 1)
    form.read()
    step = _number(asking.typed(request.POST, "step"))
    back = _number(asking.typed(request.POST, "go"))
    if asking.adds(request.POST, form.fields):
        return _show(form, step or 1)
    if back and back < step:
        form.wrong = {}
        return _show(form, back)
    following = form.check(step)
    if following <= len(STEPS):
        return _show(form, following)
    if form.actor.person is None and STRANGERS.over(request):
        form.reason = TOO_OFTEN
        return _show(form, len(STEPS), status=429)
    try:
        return _send(form)
    except Refused as refusal:
        return _show(form, form.refused(refusal), status=422)


def _wanted(kind: str) -> tuple[Definition, Action]:
    found = [(d, a) for d, a in reportable() if kind in ("", d.key)]
    if not found:
        raise Http404
    return found[0]


def _number(text: str) -> int:
    return int(text) if text in {str(n) for n in range(1, len(STEPS) + 1)} else 0


def _send(form: Form) -> HttpResponse:
    at, code = now(), ""
    actor = form.actor
    if actor.person is None:
        code = code_for(form.key)
        actor = nobody(bearer_of(code))
    place = str(form.given.get(form.definition.case_type.place) or form.community)
    target = (form.definition.key, place)
    receipt = send(
        target,
        form.action.key,
        actor,
        form.given,
        form.fields,
        holder=holder_of(form.request),
        key=form.key,
        now=at,
    )
    if code and not receipt.again:
        STRANGERS.count(form.request)
    return _sent(form, receipt, code)


def _sent(form: Form, receipt: Receipt, code: str) -> HttpResponse:
    """Keep the receipt for the next page, and let this browser follow the case."""
    request = form.request
    if code:
        track(request, receipt.case, bearer_of(code))
    told = {"case": str(receipt.case), "number": receipt.number, "code": code, "hash": receipt.hash}
    request.session[RECEIPT] = told
    tags = " ".join(f"sent-{form.definition.key}-{n}" for n in range(1, len(STEPS) + 1))
    messages.success(
        request, words(T("已经送出，有编号了。", "It has arrived and has a number.")), extra_tags=tags
    )
    if _by_script(request):
        url = reverse("mine-case", args=[receipt.case])
        return JsonResponse({"number": receipt.number, "code": code, "url": url}, status=201)
    return redirect("report-sent")


def _by_script(request: HttpRequest) -> bool:
    """Whether a phone sends what it had kept: it is answered in JSON instead of a page."""
    return request.headers.get("Accept") == "application/json"


def _why(form: Form) -> str:
    """What is wrong in one line: each field with its reason, else the reason of the whole."""
    both = T("{field}：{why}", "{field}: {why}")
    found = [
        words(both.format(field=x.title, why=form.wrong[x.key])) for x in form.fields if x.key in form.wrong
    ]
    return " ".join(found) or (words(form.reason) if form.reason else "")


def _show(form: Form, step: int, status: int = 200) -> HttpResponse:
    if _by_script(form.request):
        return JsonResponse({"reason": _why(form)}, status=max(status, 422))
    here = form.of_step(step)
    keys = {x.key for x in here}
    others = [x for x in form.fields if x.key not in keys]
    last = step == len(STEPS)
    status = 422 if form.wrong else status
    context = {
        "community": place_title(form.community) if form.community else None,
        "definition": form.definition,
        "kinds": reportable() if step == 1 else [],
        "steps": STEPS,
        "step": step,
        "questions": asking.inputs(here, form.given, form.wrong, form.community),
        "hidden": asking.hidden(others, form.given),
        "faults": [Fault(x.key, x.title, form.wrong[x.key]) for x in here if x.key in form.wrong],
        "reason": form.reason,
        "code": form.code,
        "key": form.key,
        "last": last,
        "known": form.actor.person is not None,
        "alike": same.candidates(form.request, form.definition, form.given, now()) if last else [],
        "action": reverse("report-kind", args=[form.definition.key]),
        "here": "report",
    }
    return render(form.request, "linli/resident/report.html", context, status=status)


def sent(request: HttpRequest) -> HttpResponse:
    """The receipt: number, tracking code, what happens next and until when."""
    kept = request.session.get(RECEIPT)
    case = Case.objects.filter(id=kept["case"]).first() if kept else None
    if case is None:
        return redirect("report")
    at = now()
    context = {
        "community": place_title(case.community),
        "receipt": kept,
        "case": case,
        "state": state_of(case),
        "left": left_of(json.loads(case.clock), at),
        "url": reverse("mine-case", args=[case.id]),
        "here": "report",
        "now": at,
    }
    return render(request, "linli/resident/sent.html", context)


urls = [
    path("report/", report, name="report"),
    path("report/sent/", sent, name="report-sent"),
    path("report/of/<slug:kind>/", report, name="report-kind"),
]
