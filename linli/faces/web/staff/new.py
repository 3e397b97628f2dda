"""A new case by the staff: choose what it is, then fill in its form; a case can come out of another."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from linli.cases.models import Case
from linli.cases.sending import send
from linli.cases.sight import cases_seen_by
from linli.cases.titles import title_of
from linli.faces.web import asking, parts
from linli.faces.web.reader import actor_of, holder_of, now, words
from linli.faces.web.staff.desk import around, region_of, staff_only
from linli.rules.actor import Actor
from linli.rules.definition import Definition
from linli.rules.ids import new_id
from linli.rules.machine import asked
from linli.rules.programme import CAME_OUT, Action
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.who import Role

MOST = 50
"""Out of so many cases one case can come."""


def _open_to(actor: Actor, action: Action) -> bool:
    """Whether one of his duties lets him open a case so."""
    staff = {w.key for w in action.who if isinstance(w, Role)} - {"resident", "public", "importer"}
    return bool(staff & actor.roles)


@staff_only
def new(request: HttpRequest) -> HttpResponse:
    """What can be opened."""
    actor = actor_of(request)
    offers = [
        (d, a, reverse("new-case", args=[d.key, a.key]))
        for d in installed
        for a in d.openings
        if _open_to(actor, a)
    ]
    return render(request, "linli/staff/new.html", {**around(actor), "here": "cases", "offers": offers})


@staff_only
def new_case(request: HttpRequest, type_: str, action: str) -> HttpResponse:
    """The form of an opening action."""
    actor = actor_of(request)
    definition = installed.get(type_)
    chosen = definition.actions.get(action) if definition else None
    if definition is None or chosen is None or not chosen.opens or not _open_to(actor, chosen):
        raise Http404
    origins = _origins(request)
    if request.method != "POST":
        return _show(request, definition, chosen, _known(definition, origins), None, origins)
    fields = asked(definition.case_type, chosen)
    key = asking.key(request.POST, "new")
    given, wrong = asking.answers(request, fields, key)
    community = region_of(actor)[:12]
    came_out = [(o.id, CAME_OUT) for o in origins]
    try:
        if wrong:
            raise Refused("answers", next(iter(wrong.values())), wrong)
        if asking.adds(request.POST, fields):
            return _show(request, definition, chosen, given, None, origins)
        receipt = send(
            (definition.key, community),
            chosen.key,
            actor,
            given,
            fields,
            holder=holder_of(request),
            key=key,
            now=now(),
            origins=came_out,
        )
    except Refused as refusal:
        return _show(request, definition, chosen, given, refusal, origins)
    messages.success(
        request,
        words(T("已登记：{n}", "Entered: {n}").format(n=receipt.number)),
        extra_tags=f"sent-new-{type_}-{action}",
    )
    return redirect("case", receipt.case)


def _origins(request: HttpRequest) -> list[Case]:
    """The cases out of which this one comes, where the address names some; the reader has to see every one."""
    try:
        wanted = [UUID(given) for given in dict.fromkeys(request.GET.getlist("from"))]
    except ValueError:
        raise Http404 from None
    found = cases_seen_by(actor_of(request)).in_bulk(wanted)
    if len(found) < len(wanted) or len(wanted) > MOST:
        raise Http404
    return [found[i] for i in wanted]


def _known(definition: Definition, origins: list[Case]) -> dict[str, Any]:
    """What a case that comes out of others takes from them beforehand: what it is about, and the place that holds them all."""
    if not origins:
        return {}
    places = {o.place for o in origins}
    place = places.pop() if len(places) == 1 else origins[0].community
    named = (
        {}
        if installed[origins[0].type].case_type.of_door
        else {definition.case_type.summary: title_of(origins[0]).zh}
    )
    return {definition.case_type.place: place, **named}


def _show(
    request: HttpRequest,
    definition: Definition,
    action: Action,
    given: dict[str, Any],
    refusal: Refused | None,
    origins: list[Case],
) -> HttpResponse:
    actor = actor_of(request)
    wrong = refusal.fields if refusal else {}
    fields = asked(definition.case_type, action)
    inputs = asking.inputs(fields, given, wrong, origins[0].community if origins else region_of(actor)[:12])
    faults = [
        parts.Fault(k, definition.fields[k].title, t) for k, t in wrong.items() if k in definition.fields
    ]
    context = {
        "here": "cases",
        "definition": definition,
        "action": action,
        "inputs": inputs,
        "refusal": refusal,
        "origins": origins,
    }
    more = {"faults": faults, "key": f"new/{new_id()}", "draft": f"new-{definition.key}-{action.key}"}
    status = 422 if refusal else 200
    return render(request, "linli/staff/newcase.html", {**around(actor), **context, **more}, status=status)


urls = [
    path("staff/new/", new, name="new"),
    path("staff/new/<str:type_>/<str:action>/", new_case, name="new-case"),
]
