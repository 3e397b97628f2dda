"""What is printed: the mediation agreement with parties, facts, terms, signatures and the place of the seal; the record of a sitting.

Only those involved reach them. Names are masked until the mediator prints with names: that is a look at each, with its reason.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from linli.cases.contacts import behind, open_contact
from linli.cases.models import Case
from linli.cases.story import CasePage
from linli.faces.web.reader import actor_of, now
from linli.programmes.mediation import words as w
from linli.programmes.mediation.pages import reading
from linli.rules.ids import new_id
from linli.rules.refusal import Refused
from linli.territory.regions import path_title, place_title

REASON = "打印人民调解协议书"
"""Why the names were opened, as the log of looks says it."""


@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: HttpRequest, case: UUID) -> HttpResponse:
    """The agreement on A4; under POST with the parties’ names, for who may open them."""
    page = _inside(request, case)
    found = reading.agreement(page)
    if found is None:
        raise Http404
    names = _names(request, page) if request.method == "POST" else {}
    context = {
        **_frame(page, names),
        "agreement": found,
        "kind": w.KIND.title_of(page.case.category),
        "may_name": not names and bool(behind(page, actor_of(request))),
        "back": _back(page),
    }
    return render(request, "mediation/agreement.html", context)


@require_safe
def sitting(request: HttpRequest, case: UUID, seq: int) -> HttpResponse:
    """The record of one sitting on A4."""
    page = _inside(request, case)
    found = next((s for s in reading.sittings(page) if s.seq == seq), None)
    if found is None or not found.record:
        raise Http404
    context = {
        **_frame(page, {}),
        "sitting": found,
        "kind": w.KIND.title_of(page.case.category),
        "back": _back(page),
    }
    return render(request, "mediation/sitting.html", context)


def _inside(request: HttpRequest, case: UUID) -> CasePage:
    """The dispute, for its parties and those who mediate it. Raises: Http404."""
    page = reading.page_of(request, case)
    mediates = Case.objects.filter(reading.inside(actor_of(request)), id=case).exists()
    if w.PARTY.key not in page.mine and not mediates:
        raise Http404
    return page


def _frame(page: CasePage, names: dict[UUID, str]) -> dict[str, Any]:
    people = reading.parties(page)
    return {
        "page": page,
        "case": page.case,
        "community": place_title(page.case.community),
        "place": path_title(page.case.place),
        "parties": [(p, names.get(p.id, p.name)) for p in people],
        "mediators": reading.team(page.case),
        "now": now(),
    }


def _names(request: HttpRequest, page: CasePage) -> dict[UUID, str]:
    """The names in clear; every one is an entry in the log of looks. Whom the reader may not open stays masked."""
    actor, at = actor_of(request), now()
    found = {}
    for one in behind(page, actor):
        try:
            found[one.person] = open_contact(
                page, one.person, "name", REASON, actor, at, f"opened/{new_id()}"
            )
        except Refused:
            continue
    return found


def _back(page: CasePage) -> str:
    route = "mediation-mine" if w.PARTY.key in page.mine else "mediation-file"
    return reverse(route, args=[page.case.id])
