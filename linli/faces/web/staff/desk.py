"""What every page of the staff needs first: somebody with duties, where he works, and cases as lines of his lists."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from linli.cases.models import Case, Seat
from linli.faces.web.parts import CaseLine
from linli.faces.web.reader import actor_of, is_staff
from linli.faces.web.said import left_of
from linli.people.persons import masked
from linli.people.units import titles as unit_titles
from linli.rules.actor import EVERYWHERE, Actor
from linli.rules.registry import installed
from linli.rules.roles import PUBLIC, RESIDENT
from linli.rules.text import T
from linli.territory.regions import place_title, titles

View = Callable[..., HttpResponse]


def staff_only(view: View) -> View:
    """Nobody signed in goes to the sign-in; somebody without a duty is told that this is not his."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        actor = actor_of(request)
        if actor.person is None:
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        if not is_staff(actor):
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


def lines(cases: list[Case], now: int) -> list[CaseLine]:
    """The cases as lines: place, who has it, the time left."""
    places = titles(c.place for c in cases)
    held = holders([c.id for c in cases])
    return [_line(c, places[c.place], held.get(c.id), now) for c in cases]


def _line(case: Case, place: T, unit: T | None, now: int) -> CaseLine:
    state = installed[case.type].states[case.state]
    turn = (
        T("、".join(w.title.zh for w in state.turn), ", ".join(w.title.en for w in state.turn))
        if state.turn
        else None
    )
    left = left_of(json.loads(case.clock), now) if case.live else None
    return CaseLine(
        reverse("case", args=[case.id]),
        case.title,
        state,
        key=str(case.id),
        number=case.number,
        place=place,
        who=unit if unit and any(w.key == "unit" for w in state.turn) else turn,
        left=left,
        at=case.touched,
    )


def holders(cases: list[UUID]) -> dict[UUID, T]:
    """The lead unit of each case that was sent to one."""
    seats = Seat.objects.filter(case__in=cases, kind="unit", rank=0).values_list("case", "head")
    heads = {case: UUID(head) for case, head in seats}
    named = unit_titles(heads.values())
    return {case: named[unit] for case, unit in heads.items() if unit in named}
