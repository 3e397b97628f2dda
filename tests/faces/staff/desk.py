"""Pages of the staff as somebody sees them, without a browser."""

from typing import Any

from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import RequestFactory

from linli.people.models import Account
from linli.rules.actor import Actor


def seen(
    actor: Actor, view: Any, data: dict[str, str] | None = None, *, query: str = "", **values: Any
) -> HttpResponse:
    """The page as the actor gets it; with ``data`` it is a POST, ``query`` stands behind the address."""
    make = RequestFactory()
    request: Any = make.post(f"/{query}", data) if data is not None else make.get(f"/{query}")
    request.actor, request.user, request.session = actor, Account(), {}
    request._messages = CookieStorage(request)
    answer: HttpResponse = view(request, **values)
    return answer


def text(answer: HttpResponse) -> str:
    """What the page says."""
    return answer.content.decode()
