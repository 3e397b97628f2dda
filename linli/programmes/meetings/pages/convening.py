"""Convening a meeting of one body: the form knows the body and its place, and which number the meeting will have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path

from linli.cases.models import Link
from linli.cases.sending import send
from linli.cases.story import CasePage
from linli.faces.web import asking, parts
from linli.faces.web.reader import actor_of, holder_of, now, words
from linli.faces.web.staff.desk import around, staff_only
from linli.programmes.meetings import words as w
from linli.programmes.meetings.assembly import ASSEMBLY
from linli.programmes.meetings.body import BODY
from linli.programmes.meetings.pages.forms import page_of
from linli.rules.fields import Field
from linli.rules.ids import new_id
from linli.rules.machine import asked
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.text import T

KNOWN = ("where", "body")
USUAL = {"minutes": 90, "format": w.ROOM}
"""What most meetings are like, filled in beforehand."""


@staff_only
def convene(request: HttpRequest, body: UUID) -> HttpResponse:
    """The form, and under POST the meeting."""
    seen = page_of(request, body)
    if seen.case.type != BODY.key or seen.case.state != "standing":
        raise Http404
    if not actor_of(request).holds(w.SECRETARY.key, seen.case.place, seen.case.grid):
        raise PermissionDenied
    if request.method != "POST":
        held = Link.objects.filter(target=seen.case.id, relation=w.OF_BODY).count()
        return _show(request, seen, {**USUAL, "session_no": held + 1}, None)
    key = asking.key(request.POST, "new")
    given, wrong = asking.answers(request, _fields(), key)
    try:
        if wrong:
            raise Refused("answers", next(iter(wrong.values())), wrong)
        if asking.adds(request.POST, _fields()):
            return _show(request, seen, given, None)
        done = _done(request, seen, given, key)
    except Refused as refusal:
        return _show(request, seen, given, refusal)
    said = T("已通知 {n}，成员在手机上能看到。", "{n} is convened; the members see it on their phones.")
    messages.success(request, words(said.format(n=done.number)))
    return redirect("staff-meeting", done.case)


def _done(request: HttpRequest, seen: CasePage, given: Mapping[str, Any], key: str) -> Any:
    """Do it: the receipt. Raises: Refused."""
    place, every = seen.case.place, asked(ASSEMBLY, installed[ASSEMBLY.key].actions["convene"])
    answers = {**given, "where": place, "body": str(seen.case.id)}
    actor, holder = actor_of(request), holder_of(request)
    return send((ASSEMBLY.key, place), "convene", actor, answers, every, holder=holder, key=key, now=now())


def _fields() -> tuple[Field, ...]:
    every = asked(ASSEMBLY, installed[ASSEMBLY.key].actions["convene"])
    return tuple(f for f in every if f.key not in KNOWN)


def _show(
    request: HttpRequest, seen: CasePage, given: Mapping[str, Any], refusal: Refused | None
) -> HttpResponse:
    wrong = refusal.fields if refusal else {}
    titles = {f.key: f.title for f in _fields()}
    context = {
        "page": seen,
        "inputs": asking.inputs(_fields(), given, wrong, seen.case.place),
        "refusal": refusal,
        "faults": [parts.Fault(k, titles[k], text) for k, text in wrong.items() if k in titles],
        "key": f"new/{new_id()}",
        "here": "staff-meetings",
    }
    shown = {**around(actor_of(request)), **context}
    return render(request, "meetings/staff/convene.html", shown, status=422 if refusal else 200)


urls: list[URLPattern] = [
    path("staff/meetings/body/<uuid:body>/convene/", convene, name="staff-convene"),
]
