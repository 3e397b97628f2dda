"""Puts ``request.actor`` on every request: who acts, with the grants of today. Nobody signed in: the public's, and no query."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from linli.people.signin.moment import today
from linli.people.signin.strength import actor_for
from linli.rules.actor import Actor, nobody


class ActorMiddleware:
    """Needs the session and the user before it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request with its actor."""
        request.actor = _actor(request)  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    if not request.user.is_authenticated:
        return nobody()
    return actor_for(request, request.user, today())
