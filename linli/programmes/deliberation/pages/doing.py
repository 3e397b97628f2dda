"""What a resident does on the pages of deliberation: one act under the key of its form, and what to say about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from linli.cases.models import Case
from linli.cases.sending import send
from linli.faces.web import asking
from linli.faces.web.parts import Fault
from linli.faces.web.reader import actor_of, holder_of, now, words
from linli.rules.machine import asked
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.text import T


@dataclass(slots=True)
class Tried:
    """An act that was refused: which, with what, why, and what is wrong with which answer."""

    action: str
    given: Mapping[str, Any]
    reason: T
    code: str = ""
    wrong: Mapping[str, T] = field(default_factory=dict)

    def faults(self, case: Case) -> list[Fault]:
        """What is wrong, as a form shows it."""
        named = installed[case.type].fields
        return [Fault(f"{self.action}-{k}", named[k].title, t) for k, t in self.wrong.items() if k in named]


def signs_in(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Everybody reads the page; who is not signed in and does something is asked to sign in first, and comes back to it."""

    @wraps(page)
    def asks(request: HttpRequest, *args: Any, **values: Any) -> HttpResponse:
        if request.method == "POST" and actor_of(request).person is None:
            return redirect(sign_in(request.path))
        return page(request, *args, **values)

    return asks


def sign_in(path: str) -> str:
    """The address of the sign-in that leads back to ``path``."""
    return f"{reverse('account_request_login_code')}?{urlencode({'next': path})}"


def done(request: HttpRequest, case: Case, allowed: Mapping[str, T]) -> Tried | None:
    """Do what the form asks for, where it is among ``allowed`` (action → what is said when done); why not, where it is refused."""
    action = asking.typed(request.POST, "action")
    if action not in allowed:
        return Tried(
            action,
            {},
            T("这一步现在不能办，请看最新进展", "That is not possible now; please see where it stands"),
        )
    definition = installed[case.type]
    fields = asked(definition.case_type, definition.actions[action])
    key = asking.key(request.POST, "talk")
    given, wrong = asking.answers(request, fields, key)
    try:
        if wrong:
            raise Refused("answers", next(iter(wrong.values())), wrong)
        send(case.id, action, actor_of(request), given, fields, holder=holder_of(request), key=key, now=now())
    except Refused as refusal:
        return Tried(action, given, refusal.reason, refusal.code, refusal.fields)
    messages.success(request, words(allowed[action]))
    return None
