"""One matter of the reader's: its story in sentences, what he can do about it, and what came of what he did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from linli.cases.models import Case
from linli.cases.sending import send
from linli.cases.story import CasePage, case_page
from linli.cases.titles import title_of
from linli.faces.web import asking, said
from linli.faces.web.parts import Fault, Form, Step
from linli.faces.web.reader import actor_for, holder_of, now, words
from linli.faces.web.ways import PAGES
from linli.rules.ids import new_id
from linli.rules.machine import asked
from linli.rules.programme import Action, Kind
from linli.rules.refusal import Refused
from linli.rules.text import T
from linli.territory.regions import path_title, place_title


@dataclass(slots=True)
class Tried:
    """An act that was not done: which, with what, and why; no refusal where its form asks for one more row."""

    action: str
    given: dict[str, Any]
    refusal: Refused | None = None

    @property
    def wrong(self) -> Mapping[str, T]:
        """What is wrong, by field."""
        return self.refusal.fields if self.refusal else {}

    @property
    def status(self) -> int:
        """How the page is answered."""
        return 422 if self.refusal else 200


def matter(request: HttpRequest, case: UUID) -> HttpResponse:
    """The page, and under POST an act on the case."""
    own = PAGES.get(Case.objects.filter(id=case).values_list("type", flat=True).first() or "")
    if own:
        return redirect(own, case)
    page = _page(request, case)
    if request.method != "POST":
        return _show(request, page)
    action = next((a for a in offered(page) if a.key == request.POST.get("action")), None)
    if action is None:
        messages.warning(
            request,
            words(
                T(
                    "这一步现在不能办了，请看最新进展。",
                    "That is not possible any more; please see where it stands.",
                )
            ),
        )
        return redirect("mine-case", case)
    return _act(request, page, action)


def _page(request: HttpRequest, case: UUID) -> CasePage:
    try:
        return case_page(case, actor_for(request, case), now(), whole="whole" in request.GET)
    except Refused:
        raise Http404 from None


def offered(page: CasePage) -> list[Action]:
    """What the reader may do as a resident, what moves the case in his turn first."""
    mine = [a for a in page.actions if said.for_residents(a.who)]
    return sorted(mine, key=lambda a: (_void(page, a), not said.moves(a)))


def _void(page: CasePage, action: Action) -> bool:
    """Whether the action gives the matter up: it stands last and looks stern."""
    return said.moves(action) and all(page.definition.states[t].kind is Kind.VOID for t in action.targets)


def _act(request: HttpRequest, page: CasePage, action: Action) -> HttpResponse:
    fields = asked(page.definition.case_type, action)
    key = asking.key(request.POST, "act")
    given, wrong = asking.answers(request, fields, key)
    seen = asking.typed(request.POST, "seen")
    try:
        if wrong:
            raise Refused("answers", next(iter(wrong.values())), wrong)
        if asking.adds(request.POST, fields):
            return _show(request, page, Tried(action.key, given))
        send(
            page.case.id,
            action.key,
            actor_for(request, page.case.id),
            given,
            fields,
            holder=holder_of(request),
            key=key,
            now=now(),
            seen=int(seen) if seen.isascii() and seen.isdigit() else None,
        )
    except Refused as refusal:
        return _show(request, _page(request, page.case.id), Tried(action.key, given, refusal))
    tag = f"sent-{page.case.id}-{action.key}"
    messages.success(request, words(T("办好了：{a}", "Done: {a}").format(a=action.title)), extra_tags=tag)
    return redirect("mine-case", page.case.id)


def _show(request: HttpRequest, page: CasePage, tried: Tried | None = None) -> HttpResponse:
    at, state = now(), page.definition.states[page.case.state]
    opening = page.steps[0].answers if page.steps else ()
    turn = bool(state.turn) and said.for_residents(state.turn) and said.is_reporter(page)
    steps = said.story(page, at)
    context = {
        "community": place_title(page.case.community),
        "page": page,
        "state": state,
        "place": path_title(page.case.place),
        "matter": _matter(page),
        "title": title_of(page.case),
        "facts": said.facts(page),
        "photos": said.photos(opening),
        "steps": steps,
        "results": results(steps) if turn else [],
        "forms": [_form(page, a, tried) for a in offered(page)],
        "tried": tried,
        "faults": _faults(page, tried),
        "turn": turn,
        "here": "mine",
        "now": at,
    }
    return render(request, "linli/resident/matter.html", context, status=tried.status if tried else 200)


def _matter(page: CasePage) -> T | str:
    """What it is about, whole: a list shows the beginning alone."""
    summary = page.definition.case_type.summary
    told = next((said.shown(f, v) for f, v in page.facts if f.key == summary), None)
    return told or page.case.title


def results(steps: list[Step]) -> list[Step]:
    """What the reader is asked about: the latest two things that somebody else said, such as the answer and its check."""
    heard = [s for s in steps if s.state == "past" and (s.text or s.photos)]
    return [s for s in heard if s.who not in (None, said.YOU)][-2:]


def _form(page: CasePage, action: Action, tried: Tried | None) -> Form:
    again = tried if tried and tried.action == action.key else None
    wrong = again.wrong if again else {}
    fields = asked(page.definition.case_type, action)
    hidden = [("action", action.key), ("seen", str(page.case.seq)), ("key", f"act/{new_id()}")]
    return Form(
        key=action.key,
        title=action.title,
        url=reverse("mine-case", args=[page.case.id]),
        fields=asking.inputs(
            fields, again.given if again else {}, wrong, page.case.community, f"{action.key}-", page.case.id
        ),
        hidden=hidden,
        says=None,
        stern=_void(page, action),
    )


def _faults(page: CasePage, tried: Tried | None) -> list[Fault]:
    if tried is None:
        return []
    named = page.definition.fields
    return [
        Fault(f"{tried.action}-{k}", named[k].title, text) for k, text in tried.wrong.items() if k in named
    ]


urls = [path("mine/<uuid:case>/", matter, name="mine-case")]
