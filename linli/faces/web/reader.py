"""Who reads, and where he is at home: what every page of a resident needs to know first."""

from __future__ import annotations

import secrets
import time
from dataclasses import replace
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language

from linli.cases.models import Case
from linli.cases.sight import reach
from linli.rules.actor import Actor
from linli.rules.place import BUILDING_CODE
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory.models import Building, Household, HouseholdMember

HELD, TRACKED, AT = "holder", "tracked", "at"
"""What the session keeps: a token that owns uploads, bearers by case id, the building of the door's QR code."""


def now() -> int:
    """This instant in µs UTC."""
    return time.time_ns() // 1000


def words(text: T) -> str:
    """A text in the language of the page."""
    return text.in_(get_language() or "zh")


def actor_of(request: HttpRequest) -> Actor:
    """Who acts, as sign-in found him."""
    return request.actor  # type: ignore[attr-defined, no-any-return]


def actor_for(request: HttpRequest, case: UUID) -> Actor:
    """Who acts on one case: with the code that he showed for it, where he did."""
    bearer = request.session.get(TRACKED, {}).get(str(case))
    return replace(actor_of(request), bearer=bearer)


def holder_of(request: HttpRequest) -> str:
    """Under which name his photos are kept before they are sent: his own, or a token of this browser's session."""
    person = actor_of(request).person
    if person is not None:
        return str(person)
    if HELD not in request.session:
        request.session[HELD] = f"s:{secrets.token_urlsafe(24)}"
    return str(request.session[HELD])


def track(request: HttpRequest, case: UUID, bearer: str) -> None:
    """Remember in the session that this browser showed the code of the case; the code itself is not kept."""
    request.session[TRACKED] = {**request.session.get(TRACKED, {}), str(case): bearer}


def tracked(request: HttpRequest) -> list[UUID]:
    """The cases whose code this browser showed."""
    return [UUID(c) for c in request.session.get(TRACKED, {})]


def is_staff(actor: Actor) -> bool:
    """Whether he has duties besides being a resident."""
    return bool(actor.roles & installed.staff)


def own_cases(request: HttpRequest) -> list[Case]:
    """The cases that are the reader's as a person, and those whose code he showed; the latest change first."""
    person = Actor(actor_of(request).person, ())
    mine = tracked(request)
    found: dict[UUID, Case] = {}
    for definition in installed:
        relations = [r for r in definition.case_type.relations if r.of == "person"]
        seen = [r for r in relations if r in definition.case_type.seen_by]
        rows = Case.objects.filter(reach(person, seen), type=definition.key) if seen and person.person else []
        found |= {c.id: c for c in rows}
        found |= {c.id: c for c in Case.objects.filter(id__in=mine, type=definition.key)}
    return sorted(found.values(), key=lambda c: (-c.touched, c.id.hex))


def home_of(actor: Actor) -> str | None:
    """The building in which he lives today, if the community knows it."""
    if actor.person is None:
        return None
    today = civil_day(now())
    lives = HouseholdMember.objects.filter(person=actor.person, starts__lte=today).exclude(ends__lt=today)
    household = lives.order_by("-starts").values_list("household", flat=True).first()
    return (
        Household.objects.filter(code=household).values_list("building", flat=True).first()
        if household
        else None
    )


def building_at(request: HttpRequest) -> str | None:
    """The building he means: of the door whose code he scanned, kept for the session, else the one where he lives."""
    given = request.GET.get(AT, "").strip().upper()
    if BUILDING_CODE.fullmatch(given) and Building.objects.filter(code=given).exists():
        request.session[AT] = given
    return request.session.get(AT) or home_of(actor_of(request))


def communities() -> list[str]:
    """The communities that have buildings here."""
    return list(Building.objects.order_by("community").values_list("community", flat=True).distinct())


def community_of(request: HttpRequest) -> str | None:
    """The community whose pages he reads: by his building, by his choice, or the only one there is."""
    building = building_at(request)
    if building:
        return building[:12]
    known = communities()
    chosen = request.GET.get("community") or request.session.get("community")
    if chosen in known:
        request.session["community"] = chosen
        return str(chosen)
    return known[0] if known else None
