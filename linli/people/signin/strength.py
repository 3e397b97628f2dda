"""How much a session may do: a staff role needs a second factor, or the sign-in of the person's own organisation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from allauth.account.authentication import get_authentication_records
from django.http import HttpRequest

from linli.people.duties import actor_of
from linli.people.models import Account
from linli.people.opening import strong_roles
from linli.rules.actor import Actor, nobody

STRONG = frozenset({"mfa", "socialaccount"})


def methods(request: HttpRequest, account: Account) -> list[str]:
    """By what the session was signed in, in order, such as ``["password", "mfa"]``."""
    return [str(r.get("method")) for r in get_authentication_records(request, account)]


def is_strong(request: HttpRequest, account: Account) -> bool:
    """Whether the session was signed in with a second factor or by an organisation."""
    return not STRONG.isdisjoint(methods(request, account))


def actor_for(request: HttpRequest, account: Account, day: date) -> Actor:
    """Who acts in this session: the person with the grants of the day, without staff roles where the session is weak."""
    if account.person_id is None:
        return nobody()
    actor = actor_of(account.person_id, day)
    if is_strong(request, account):
        return actor
    strong = strong_roles()
    return replace(actor, grants=tuple(g for g in actor.grants if g.role not in strong))
