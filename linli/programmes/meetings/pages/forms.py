"""The acts of a meeting as forms in the middle of its pages, and what comes of sending one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from linli.cases.sending import send
from linli.cases.story import CasePage, case_page
from linli.faces.web import asking, parts
from linli.faces.web.reader import actor_of, holder_of, now, words
from linli.rules.ids import new_id
from linli.rules.machine import asked
from linli.rules.programme import Action, Kind
from linli.rules.refusal import Refused
from linli.rules.text import T

GONE = T("这一步现在不能办了，请看最新进展。", "That is not possible any more; please see where it stands.")


@dataclass(slots=True)
class Tried:
    """An act that was not done: which, with what, of which item, and why; no refusal where one more row is asked for."""

    action: str
    given: Mapping[str, Any]
    item: str = ""
    refusal: Refused | None = None
    wrong: Mapping[str, T] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """How the page is answered."""
        return 422 if self.refusal else 200


def page_of(request: HttpRequest, case: UUID) -> CasePage:
    """The case as the reader sees it. Raises: Http404 where he does not."""
    try:
        return case_page(case, actor_of(request), now())
    except Refused:
        raise Http404 from None


def sent(request: HttpRequest, page: CasePage, route: str) -> HttpResponse | Tried:
    """Do what was sent, and lead back to the page; what was typed comes back with the reason where it is refused."""
    action = next((a for a in page.actions if a.key == asking.typed(request.POST, "action")), None)
    if action is None:
        messages.warning(request, words(GONE))
        return redirect(route, page.case.id)
    fields = asked(page.definition.case_type, action)
    key, item = asking.key(request.POST, "act"), asking.typed(request.POST, "item")
    given, wrong = asking.answers(request, fields, key)
    try:
        if wrong:
            raise Refused("answers", next(iter(wrong.values())), wrong)
        if asking.adds(request.POST, fields):
            return Tried(action.key, given, item)
        actor, holder = actor_of(request), holder_of(request)
        send(page.case.id, action.key, actor, given, fields, holder=holder, key=key, now=now())
    except Refused as refusal:
        return Tried(action.key, given, item, refusal, refusal.fields)
    messages.success(request, words(T("办好了：{a}", "Done: {a}").format(a=action.title)))
    return redirect(route, page.case.id)


class Forms:
    """The forms of one page; each is made when it is asked for."""

    def __init__(self, page: CasePage, url: str, tried: Tried | None = None) -> None:
        self.page, self.url, self.tried = page, url, tried
        self.actions: dict[str, Action] = {a.key: a for a in page.actions}

    def one(self, key: str, item: int = 0, given: Mapping[str, Any] | None = None) -> parts.Form | None:
        """The form of an action, of one item where there is one; None where the reader cannot do it now."""
        action = self.actions.get(key)
        if action is None:
            return None
        again = self.tried and self.tried.action == key and self.tried.item == (str(item) if item else "")
        tried = self.tried if again else None
        fields = [f for f in asked(self.page.definition.case_type, action) if not (item and f.key == "item")]
        made = asking.inputs(
            fields, tried.given if tried else given or {}, tried.wrong if tried else {},
            self.page.case.place, self.prefix(key, item), case=self.page.case.id,
        )  # fmt: skip
        hidden = [("action", key), ("key", f"act/{new_id()}")] + ([("item", str(item))] if item else [])
        return parts.Form(
            f"{key}{item or ''}", action.title, self.url, made, hidden, _says(action), self._gives_up(action)
        )

    def _gives_up(self, action: Action) -> bool:
        states = self.page.definition.states
        return all(t in states and states[t].kind is Kind.VOID for t in action.targets)

    def others(self, shown: Collection[str]) -> list[parts.Form]:
        """The forms of every other action."""
        made = [self.one(key) for key in self.actions if key not in shown]
        return [form for form in made if form]

    @staticmethod
    def prefix(key: str, item: int = 0) -> str:
        """What keeps the ids of one form's fields apart from another's."""
        return f"{key}{item or ''}-"

    def faults(self) -> list[parts.Fault]:
        """What is wrong in the form that was sent, each with the way to its field."""
        tried = self.tried
        if tried is None:
            return []
        titles = {
            f.key: f.title
            for f in asked(self.page.definition.case_type, self.page.definition.actions[tried.action])
        }
        prefix = self.prefix(tried.action, int(tried.item) if tried.item.isdigit() else 0)
        return [
            parts.Fault(f"{prefix}{k}", titles[k], text) for k, text in tried.wrong.items() if k in titles
        ]


def _says(action: Action) -> T | None:
    return (
        T("要主持人同意：提交后等待。", "The chair must agree: it waits until then.")
        if action.approval
        else None
    )
