"""What is known of a household from before: who lives there, its visits, and what came out of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse

from linli.cases.models import Case, Link
from linli.cases.reading import facts_of
from linli.cases.sealed import sealed_answers
from linli.cases.sight import cases_seen_by
from linli.faces.web.reader import actor_of
from linli.programmes.visits.programme import MET, VISIT
from linli.rules.labels import LABELS
from linli.rules.programme import CAME_OUT, State
from linli.rules.registry import installed
from linli.rules.text import T
from linli.territory.models import HouseholdMember

if TYPE_CHECKING:
    from linli.programmes.visits.pages.home import Scene

SHOWN = 12
_SHORT = {o.key: o.title for o in MET}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case that came out of a visit."""

    url: str
    title: str
    number: str
    state: State


@dataclass(frozen=True, slots=True)
class Visit:
    """An earlier visit: when, what it met with, what was heard and promised, what came out of it."""

    url: str
    at: int
    number: str
    met: T | None
    asked: str
    promised: str
    kept: str
    state: State
    noticed: list[tuple[str, T]]
    outcomes: list[Outcome]


def members(household: str, day: date) -> list[UUID]:
    """Who lives there on the day, by id."""
    lives = HouseholdMember.objects.filter(household=household, starts__lte=day).exclude(ends__lt=day)
    return list(dict.fromkeys(lives.order_by("starts", "id").values_list("person", flat=True)))


def cases(request: HttpRequest, scene: Scene) -> list[Case]:
    """The visits at this door that the reader sees, the latest first."""
    seen = cases_seen_by(actor_of(request), [VISIT.key])
    return list(seen.filter(place=scene.building.code, title=scene.home.door).order_by("-opened", "-id"))


def promised(request: HttpRequest, scene: Scene) -> list[Case]:
    """Those with a promise still to be kept, the most urgent first."""
    return sorted((c for c in cases(request, scene) if c.state == "promised"), key=lambda c: (c.due, c.id))


def visits(request: HttpRequest, scene: Scene) -> list[Visit]:
    """The latest visits with what came out of them."""
    rows = cases(request, scene)[:SHOWN]
    came = _outcomes(request, [c.id for c in rows])
    closed = sealed_answers(rows, actor_of(request))
    known = scene.sight.get(scene.building.code, frozenset())
    return [_visit(c, {**facts_of(c), **closed[c.id]}, came.get(c.id, []), known) for c in rows]


def _visit(case: Case, facts: dict[str, Any], outcomes: list[Outcome], known: frozenset[str]) -> Visit:
    return Visit(
        reverse("case", args=[case.id]),
        case.touched,
        case.number,
        _SHORT.get(facts.get("met", "")),
        str(facts.get("asked", "")),
        str(facts.get("promised", "")),
        str(facts.get("kept", "")),
        installed[VISIT.key].states[case.state],
        [(k, LABELS[k]) for k in facts.get("labels", ()) if k in known],
        outcomes,
    )


def _outcomes(request: HttpRequest, visits: list[UUID]) -> dict[UUID, list[Outcome]]:
    links = list(Link.objects.filter(target__in=visits, relation=CAME_OUT).values_list("target", "source"))
    seen = {c.id: c for c in cases_seen_by(actor_of(request)).filter(id__in=[s for _, s in links])}
    found: dict[UUID, list[Outcome]] = {}
    for target, source in links:
        if case := seen.get(source):
            state = installed[case.type].states[case.state]
            made = Outcome(reverse("case", args=[case.id]), case.title, case.number, state)
            found.setdefault(target, []).append(made)
    return found


def not_on_the_roll(scene: Scene, earlier: list[Visit]) -> list[tuple[str, T]]:
    """Labels that visits noticed and the roll does not show yet: for the community to check."""
    noticed = {key: title for visit in earlier for key, title in visit.noticed}
    return [(k, t) for k, t in noticed.items() if k not in scene.home.labels]
