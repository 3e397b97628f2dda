"""Who comes in to an owner's pages: who is signed in, and what of a use or of an account is his."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from linli.cases.models import Case, Seat
from linli.cases.reading import facts_of
from linli.faces.web.reader import actor_of
from linli.programmes.maintenance_fund.pages.owner_ballots import OnRoll, on_roll
from linli.programmes.maintenance_fund.pages.owner_money import Home, homes_of
from linli.programmes.maintenance_fund.pages.public_reading import CLOSED, use_of
from linli.programmes.maintenance_fund.use import USE
from linli.programmes.maintenance_fund.words import OWNER, UNIT

Page = Callable[..., HttpResponse]


def signed_in(page: Page) -> Page:
    """The page for who is signed in; others sign in first and come back. No copy of it is kept anywhere."""

    @wraps(page)
    def asked(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        if actor_of(request).person is None:
            back = urlencode({"next": request.path})
            return redirect(f"{reverse('account_request_login_code')}?{back}")
        return page(request, *args, **values)

    kept_nowhere: Page = never_cache(asked)
    return kept_nowhere


def person_of(request: HttpRequest) -> UUID:
    """Who is signed in. Raises: Http404 for nobody."""
    person = actor_of(request).person
    if person is None:
        raise Http404
    return person


def my_uses(person: UUID, homes: list[Home]) -> list[Case]:
    """The uses on whose roll somebody stands, or a home that is his today; the newest first."""
    held = Seat.objects.filter(
        Q(kind=OWNER.key, head=str(person)) | Q(kind=UNIT.key, head__in=[h.unit for h in homes])
    )
    rows = Case.objects.filter(id__in=held.values("case"), type=USE.key).exclude(state__in=CLOSED)
    return sorted(rows, key=lambda c: (-c.opened, c.id.hex))


@dataclass(frozen=True, slots=True)
class Mine:
    """A use and what of it is the reader's: his place on the roll, if he has one, and his homes of today in the scope."""

    case: Case
    facts: dict[str, Any]
    person: UUID
    place: OnRoll | None
    homes: list[Home]

    @property
    def units(self) -> list[str]:
        """What he pays for: his units of the roll, or else the homes of the scope that he has today."""
        return self.place.every_unit if self.place else [h.unit for h in self.homes]


def mine_of(request: HttpRequest, case: UUID, at: int) -> Mine:
    """The use as the reader's. Raises: Http404 where nothing of it is his, and while nobody reads it."""
    found, person = use_of(case), person_of(request)
    homes = _listed(found.id, homes_of(person, at, renewals=False))
    place = on_roll(found.id, person)
    if place is None and not homes:
        raise Http404
    return Mine(found, facts_of(found), person, place, homes)


def _listed(case: UUID, homes: list[Home]) -> list[Home]:
    """Those of the homes that stand on the frozen roll."""
    rows = Seat.objects.filter(case=case, kind=UNIT.key, head__in=[h.unit for h in homes])
    listed = set(rows.values_list("head", flat=True))
    return [h for h in homes if h.unit in listed]
