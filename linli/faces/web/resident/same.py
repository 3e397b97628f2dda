"""What may be the same matter, shown before sending; who is signed in can join the other case instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from linli.cases.act import act
from linli.cases.alike import alike
from linli.cases.models import Case
from linli.cases.sight import cases_seen_by
from linli.cases.story import situation_of
from linli.cases.titles import title_of
from linli.faces.web.parts import CaseLine, Next
from linli.faces.web.reader import actor_of, now, words
from linli.rules.definition import Definition
from linli.rules.programme import ACTOR, STAY, Action, Takes
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.roles import RESIDENT
from linli.rules.text import T
from linli.territory.regions import titles


def joining(definition: Definition) -> Action | None:
    """The action by which a resident says that he has the same problem: it asks nothing, moves nothing, takes a seat."""
    return next((a for a in definition.actions.values() if _joins(a)), None)


def _joins(action: Action) -> bool:
    seat = any(isinstance(s, Takes) and s.head == ACTOR for s in action.seats)
    return (
        RESIDENT in action.who and not action.opens and action.targets == (STAY,) and not action.asks and seat
    )


def candidates(
    request: HttpRequest, definition: Definition, given: Mapping[str, Any], at: int
) -> list[CaseLine]:
    """Cards of what is alike. A stranger reads category, place, state and day, and only of what he may join; his own words
    only who sees the case.
    """
    case_type = definition.case_type
    place, text = str(given.get(case_type.place) or ""), str(given.get(case_type.alike or "") or "")
    if not place or not definition.case_type.public:
        return []
    found = [a.case for a in alike(definition, place, text, at)]
    places, own = (
        titles(c.place for c in found),
        set(
            cases_seen_by(actor_of(request)).filter(id__in=[c.id for c in found]).values_list("id", flat=True)
        ),
    )
    shown = [c for c in found if c.id in own or _common(request, definition, c, at)]
    return [_line(request, definition, c, places[c.place], c.id in own) for c in shown]


def _common(request: HttpRequest, definition: Definition, case: Case, at: int) -> bool:
    """Whether the definition lets neighbours join such a case, whatever its state: else not even that it exists is shown."""
    action = joining(definition)
    if action is None or action.guard is None:
        return action is not None
    return action.guard(situation_of(case, definition, actor_of(request), [], set(), at)) is None


def _line(request: HttpRequest, definition: Definition, case: Case, place: T, own: bool) -> CaseLine:
    action = joining(definition) if case.live and not own else None
    step = (
        Next(action.title, reverse("join", args=[case.id]))
        if action and case.state in action.sources
        else None
    )
    url = reverse("mine-case", args=[case.id]) if own else ""
    title = title_of(case) if own else public_title(definition, case)
    return CaseLine(url, title, definition.states[case.state], place=place, at=case.opened, next=step)


def public_title(definition: Definition, case: Case) -> T:
    """What everybody may read of a case: its category, else its type."""
    field = definition.fields.get(definition.case_type.category or "")
    title_of = getattr(field, "title_of", None)
    return title_of(case.category) if title_of and case.category else definition.case_type.title


@require_POST
def join(request: HttpRequest, case: UUID) -> HttpResponse:
    """“I have this too”: supports the other case instead of reporting it again. Asks for sign-in first."""
    actor, row = actor_of(request), Case.objects.filter(id=case).first()
    action = joining(installed[row.type]) if row else None
    if row is None or action is None:
        raise Http404
    if actor.person is None:
        first = T("请先登录，再按一次“{a}”。", "Please sign in, then press “{a}” again.")
        messages.info(request, words(first.format(a=action.title)))
        return redirect(f"{reverse('account_request_login_code')}?{urlencode({'next': reverse('report')})}")
    at = now()
    try:
        act(case, action.key, actor, {}, key=f"join/{case}/{actor.person}", happened=at, recorded=at)
    except Refused as refusal:
        messages.warning(request, words(refusal.reason))
        return redirect("mine")
    noted = T(
        "记下了：您也遇到这个问题，有进展会告诉您。", "Noted: you have this problem too, and will hear of it."
    )
    messages.success(request, words(noted))
    return redirect("mine-case", case)


urls = [path("same/<uuid:case>/", join, name="join")]
