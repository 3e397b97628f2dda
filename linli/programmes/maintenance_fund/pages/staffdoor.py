"""The door to the staff's pages of the fund: who works with it, and which uses and accounts he sees by his duties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from linli.cases.models import Case
from linli.cases.sight import cases_seen_by
from linli.faces.web import reader
from linli.faces.web.reader import actor_of, words
from linli.faces.web.staff.desk import SECOND_FACTOR_FIRST, around
from linli.people.duties import actor_of as on_duty
from linli.programmes.maintenance_fund import words as w
from linli.programmes.maintenance_fund.account import ACCOUNT
from linli.programmes.maintenance_fund.use import USE
from linli.rules.actor import Actor
from linli.rules.roles import ADMIN, AUDITOR, COMMUNITY, COUNTY, LEADER, STREET
from linli.rules.who import Role
from linli.rules.worktime import civil_day

OFFERED = frozenset(r.key for r in (w.COMMITTEE, w.HOUSING, COMMUNITY, STREET, LEADER, AUDITOR))
"""Who finds the fund in his rail."""
AT_WORK = OFFERED | {COUNTY.key, ADMIN.key}
OWNERS_READ = (w.COMMITTEE, w.HOUSING, COMMUNITY, STREET, AUDITOR)
"""Who reads the masked names of owners; the others count them."""
View = Callable[..., HttpResponseBase]


def now() -> int:
    """This instant in µs UTC."""
    return reader.now()


def money_only(view: View) -> View:
    """Nobody signed in goes to the sign-in, a duty without a second factor to setting it up; others are told so."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        actor = actor_of(request)
        if actor.person is None:
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        if actor.roles & AT_WORK:
            return view(request, *args, **kwargs)
        if on_duty(actor.person, civil_day(now())).roles & AT_WORK:
            messages.info(request, words(SECOND_FACTOR_FIRST))
            return redirect("mfa_activate_totp")
        raise PermissionDenied

    return guarded


def seen(actor: Actor, case_type: str) -> QuerySet[Case]:
    """The cases of a type that he sees by his duties; what he sees as an owner has pages of its own."""
    return cases_seen_by(replace(actor, person=None), [case_type])


def _case(request: HttpRequest, case: UUID, case_type: str) -> Case:
    found = seen(actor_of(request), case_type).filter(id=case).first()
    if found is None:
        raise Http404
    return found


def use_of(request: HttpRequest, case: UUID) -> Case:
    """A use. Raises: Http404 where there is none that he sees."""
    return _case(request, case, USE.key)


def account_of(request: HttpRequest, case: UUID) -> Case:
    """An account. Raises: Http404 where there is none that he sees."""
    return _case(request, case, ACCOUNT.key)


def holds(actor: Actor, case: Case, *roles: Role) -> bool:
    """Whether he holds one of the roles where the case is."""
    return any(actor.holds(r.key, case.place, case.grid) for r in roles)


def context(request: HttpRequest, **more: Any) -> dict[str, Any]:
    """What every page of the fund gives its frame."""
    return {**around(actor_of(request)), "here": "staff-fund", **more}
