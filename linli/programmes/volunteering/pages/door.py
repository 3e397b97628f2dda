"""Who comes in to the pages of the volunteers, what a page does through the one door, and words that several pages use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from linli.cases.act import Target, act
from linli.cases.calendars import current_calendar
from linli.cases.models import Case, Seat, Tally
from linli.faces.web import asking
from linli.faces.web.reader import actor_of, now, words
from linli.people.persons import masked
from linli.programmes.volunteering.serving import SERVICE
from linli.programmes.volunteering.team import TEAM
from linli.programmes.volunteering.words import APPLICANT, CAPTAIN, MEMBER, SKILLS
from linli.rules.refusal import Refused
from linli.rules.signup import PERSONS, PLACE, QUEUE
from linli.rules.text import T
from linli.rules.worktime import HOUR, day_start, next_working_moment

Page = Callable[..., HttpResponse]
PART_HOURS = {"am": 9, "pm": 15, "evening": 19}
"""At which hour of the day a part of it is thought to begin."""
SKILL_TITLES = {o.key: o.title for o in SKILLS}


def sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in, and back to this very page."""
    back = urlencode({"next": request.get_full_path()})
    return redirect(f"{reverse('account_request_login_code')}?{back}")


def signed_in(page: Page) -> Page:
    """The page for who is signed in; others sign in first and come back. No copy of it is kept anywhere."""

    @wraps(page)
    def asked(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        return sign_in(request) if actor_of(request).person is None else page(request, *args, **values)

    kept_nowhere: Page = never_cache(asked)
    return kept_nowhere


def person_of(request: HttpRequest) -> UUID:
    """Who is signed in. Raises: Http404 for nobody."""
    person = actor_of(request).person
    if person is None:
        raise Http404
    return person


def does(
    request: HttpRequest, target: Target, action: str, answers: Mapping[str, Any], done: T | None
) -> Refused | None:
    """Do it under the form's key and say so, or say why not."""
    at = now()
    try:
        act(
            target,
            action,
            actor_of(request),
            answers,
            key=asking.key(request.POST, action),
            happened=at,
            recorded=at,
        )
    except Refused as refusal:
        wrong = next(iter(refusal.fields.values()), None)
        messages.warning(request, words(wrong if refusal.code == "answers" and wrong else refusal.reason))
        return refusal
    if done:
        messages.success(request, words(done))
    return None


def case_id(request: HttpRequest, name: str = "case") -> UUID:
    """The case that a form names. Raises: Http404 for what is no id."""
    try:
        return UUID(asking.typed(request.POST, name))
    except ValueError:
        raise Http404 from None


def seats_of(cases: Iterable[UUID], *kinds: str) -> dict[UUID, list[Seat]]:
    """The seats of some cases by case, in their order."""
    found: dict[UUID, list[Seat]] = {}
    for seat in Seat.objects.filter(case__in=list(cases), kind__in=kinds).order_by("rank", "happened", "id"):
        found.setdefault(seat.case, []).append(seat)
    return found


def names_of(heads: Iterable[str]) -> dict[str, str]:
    """Masked names by the ids of persons."""
    found = masked([UUID(h) for h in heads])
    return {str(i): m.name for i, m in found.items()}


def my_teams(person: UUID, *kinds: str) -> list[Case]:
    """The teams in which somebody has one of these relations, not those that were given up."""
    held = Seat.objects.filter(kind__in=kinds or (CAPTAIN.key, MEMBER.key), head=str(person)).values("case")
    return list(
        Case.objects.filter(id__in=held, type=TEAM.key).exclude(state="disbanded").order_by("title", "id")
    )


def applied_to(person: UUID) -> list[Case]:
    """The teams that somebody has asked to join."""
    return my_teams(person, APPLICANT.key)


def counts(cases: Iterable[UUID]) -> dict[UUID, dict[str, int]]:
    """How many places are taken in each service, and how many people wait."""
    found: dict[UUID, dict[str, int]] = {}
    rows = Tally.objects.filter(case__in=list(cases), kind__in=(PLACE.key, QUEUE.key))
    for row in rows:
        if (row.kind, row.measure) in ((PLACE.key, PERSONS), (QUEUE.key, "n")):
            found.setdefault(row.case, {})[row.kind] = row.total
    return found


def services(community: str, state: str = "planned") -> list[Case]:
    """The services of a community in one state."""
    return list(
        Case.objects.filter(community=community, type=SERVICE.key, state=state).order_by("opened", "id")
    )


def proposed(day: date | None, part: str, at: int) -> int:
    """The time that is proposed: on the day that was wished for, at its part; never in the past (µs UTC)."""
    wish = day_start(day) + PART_HOURS.get(part, 10) * HOUR if day else 0
    if wish > at + HOUR:
        return wish
    soon = next_working_moment(at + 2 * HOUR, current_calendar())
    return soon - soon % HOUR + HOUR
