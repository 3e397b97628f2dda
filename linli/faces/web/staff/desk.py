"""What every page of the staff needs first: somebody with duties, where he works, and cases as lines of his lists."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from linli.cases.loading import heads_of
from linli.cases.models import Case, Seat
from linli.cases.titles import title_of
from linli.faces.web.parts import CaseLine, Next
from linli.faces.web.reader import actor_of, is_staff, now, words
from linli.faces.web.said import left_of
from linli.people.duties import actor_of as on_duty
from linli.people.persons import masked
from linli.people.units import titles as unit_titles
from linli.rules.actor import EVERYWHERE, Actor
from linli.rules.definition import PENDING
from linli.rules.machine import allows
from linli.rules.programme import Does
from linli.rules.registry import installed
from linli.rules.roles import PUBLIC, RESIDENT
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory.regions import place_title, titles

SECOND_FACTOR_FIRST = T(
    "您的职责要有第二重验证才能办，请先启用。", "Your duty needs a second factor; please set it up first."
)
View = Callable[..., HttpResponse]


def staff_only(view: View) -> View:
    """Nobody signed in goes to the sign-in, a duty without a second factor to setting it up; who has none is told so."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        actor = actor_of(request)
        if actor.person is None:
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        if not is_staff(actor):
            if is_staff(on_duty(actor.person, civil_day(now()))):
                messages.info(request, words(SECOND_FACTOR_FIRST))
                return redirect("mfa_activate_totp")
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def region_of(actor: Actor) -> str:
    """The region in which he works: of his first duty."""
    plain = (PUBLIC.key, RESIDENT.key)
    return next((g.region for g in actor.grants if g.role not in plain and g.region != EVERYWHERE), "")


def around(actor: Actor) -> dict[str, object]:
    """What the frame shows: where he works, his masked name and his role."""
    region, roles = region_of(actor), installed.roles()
    role = next(
        (roles[g.role].title for g in actor.grants if g.region == region and g.role in roles), RESIDENT.title
    )
    place = place_title(region) if region else T("全部", "Everywhere")
    name = masked([actor.person])[actor.person].name if actor.person else ""
    return {"community": place, "me": {"name": name, "role": role, "place": place}}


def lines(cases: list[Case], now: int, actor: Actor | None = None) -> list[CaseLine]:
    """The cases as lines: place, who has it, the time left; for an actor with the step that waits for him."""
    places = titles(c.place for c in cases)
    held = holders([c.id for c in cases])
    steps = next_steps(cases, actor) if actor else {}
    return [_line(c, places[c.place], held.get(c.id), now, steps.get(c.id)) for c in cases]


def next_steps(cases: list[Case], actor: Actor) -> dict[UUID, Next]:
    """The step of each case that waits for the actor: a request that he can decide, else what the stage's clock waits for."""
    heads, ids = heads_of(actor), [c.id for c in cases]
    mine: dict[UUID, dict[str, object]] = {}
    asked: dict[UUID, list[str]] = {}
    for case, kind, head in Seat.objects.filter(case__in=ids).values_list("case", "kind", "head"):
        if kind == PENDING.key:
            asked.setdefault(case, []).append(head)
        if head in heads:
            mine.setdefault(case, {})[kind] = head
    found = {c.id: _step(c, actor, mine.get(c.id, {}), asked.get(c.id, [])) for c in cases}
    return {case: step for case, step in found.items() if step}


def _step(case: Case, actor: Actor, mine: dict[str, object], asked: list[str]) -> Next | None:
    definition = installed[case.type]
    due = [a for a in definition.actions.values() if a.within and case.state in a.sources]
    requests = [a for a in definition.actions.values() if a.does is Does.APPROVE and a.of in asked]
    for action in (*requests, *due):
        able = any(allows(w, actor, case.place, case.grid, mine) for w in action.who)
        if able and case.live and not any(r.key in mine for r in action.not_by):
            url = f"{reverse('case', args=[case.id])}?step={action.key}#step-{action.key}"
            return Next(action.title, url)
    return None


def _line(case: Case, place: T, unit: T | None, now: int, step: Next | None = None) -> CaseLine:
    state = installed[case.type].states[case.state]
    turn = (
        T("、".join(w.title.zh for w in state.turn), ", ".join(w.title.en for w in state.turn))
        if state.turn
        else None
    )
    left = left_of(json.loads(case.clock), now) if case.live else None
    return CaseLine(
        reverse("case", args=[case.id]),
        title_of(case),
        state,
        key=str(case.id),
        number=case.number,
        place=place,
        who=unit if unit and any(w.key == "unit" for w in state.turn) else turn,
        left=left,
        at=case.touched,
        next=step,
    )


def holders(cases: list[UUID]) -> dict[UUID, T]:
    """The lead unit of each case that was sent to one."""
    seats = Seat.objects.filter(case__in=cases, kind="unit", rank=0).values_list("case", "head")
    heads = {case: UUID(head) for case, head in seats}
    named = unit_titles(heads.values())
    return {case: named[unit] for case, unit in heads.items() if unit in named}
