"""Giving a question or a visit to a partner from the desk: by name, among those who offer it and are there."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_POST

from linli.cases.act import act
from linli.cases.models import Case, Seat
from linli.cases.sight import cases_seen_by
from linli.faces.web import asking
from linli.faces.web.parts import CaseLine
from linli.faces.web.reader import actor_of, now, words
from linli.faces.web.staff.desk import lines, staff_only
from linli.programmes.legal_services import words as w
from linli.programmes.legal_services.pages.reading import Partner
from linli.rules.actor import Actor
from linli.rules.ids import new_id
from linli.rules.refusal import Refused
from linli.rules.roles import COMMUNITY
from linli.rules.text import T

ASSIGN = "assign"
OFFER = {w.QUESTIONS: w.CONSULTATION, w.VISITS: w.HOME_VISITS}
GIVEN = T("交给机构了。", "A partner has it now.")


@dataclass(frozen=True, slots=True)
class Give:
    """What is to be given to a partner: its line, the partners who may have it, and the key of the form."""

    id: UUID
    line: CaseLine
    chances: list[Partner]
    key: str


def to_give(cases: list[Case], partners: list[Partner], actor: Actor, at: int) -> list[Give]:
    """Of these cases those that nobody has yet, for who gives them out."""
    mine = [c for c in cases if c.state == "asked" and actor.holds(COMMUNITY.key, c.place, c.grid)]
    back = Seat.objects.filter(case__in=[c.id for c in mine], kind=w.RETURNED.key).values_list("case", "head")
    returned = set(back)
    shown = zip(mine, lines(mine, at), strict=True)
    return [Give(c.id, x, _chances(c, partners, returned), f"{ASSIGN}/{new_id()}") for c, x in shown]


def _chances(case: Case, partners: list[Partner], returned: set[tuple[UUID, str]]) -> list[Partner]:
    """Who offers it, works now, and did not return it."""
    return [
        p
        for p in partners
        if p.case.state == "active"
        if OFFER[case.type] in p.facts.get("offers", ())
        if not any((case.id, str(unit)) in returned for unit in p.facts.get("units", ()))
    ]


@staff_only
@require_POST
def give(request: HttpRequest, case: UUID) -> HttpResponse:
    """Give it to the partner that was chosen; back to the desk, with why not where it was refused."""
    actor, at = actor_of(request), now()
    if not cases_seen_by(actor, list(OFFER)).filter(id=case).exists():
        raise Http404
    key = asking.key(request.POST, ASSIGN)
    given = {"partner": asking.typed(request.POST, "partner")}
    try:
        act(case, ASSIGN, actor, given, key=key, happened=at, recorded=at)
        messages.success(request, words(GIVEN))
    except Refused as refusal:
        why = next(iter(refusal.fields.values()), refusal.reason)
        messages.error(request, words(why))
    return redirect("staff-law")


urls = [path("staff/law/give/<uuid:case>/", give, name="staff-law-give")]
