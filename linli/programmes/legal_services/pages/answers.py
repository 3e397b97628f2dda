"""Published questions and answers, by kind and by words; nothing in them tells who asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from linli.cases.models import Case
from linli.cases.reading import facts_of
from linli.faces.web import asking
from linli.faces.web.reader import community_of, now
from linli.programmes.legal_services import words as w
from linli.programmes.legal_services.pages.reading import partner_of
from linli.rules.text import T
from linli.territory.regions import place_title

PUBLIC = ("public_title", "public_question", "public_answer")
AT_ONCE = 40
TITLES = {o.key: o.title for o in w.KINDS}


@dataclass(frozen=True, slots=True)
class Answer:
    """A published question with its answer; ``since`` is when it was published."""

    id: UUID
    kind: str
    since: int
    facts: Mapping[str, Any]

    @property
    def kind_title(self) -> T:
        """Of what it is, in words."""
        return TITLES.get(self.kind, T(self.kind, self.kind))

    @property
    def title(self) -> str:
        """Its headline."""
        return str(self.facts["public_title"])

    @property
    def question(self) -> str:
        """The question without names."""
        return str(self.facts["public_question"])

    @property
    def answer(self) -> str:
        """The answer without names."""
        return str(self.facts["public_answer"])

    def has(self, words: list[str]) -> bool:
        """Whether all of the words stand in it."""
        whole = f"{self.title}\n{self.question}\n{self.answer}".casefold()
        return all(word in whole for word in words)


def published(community: str) -> list[Answer]:
    """What is published in a community, the newest first."""
    rows = Case.objects.filter(type=w.QUESTIONS, community=community, state="published").order_by(
        "-since", "-id"
    )
    return [_answer(c) for c in rows]


def _answer(case: Case) -> Answer:
    facts = facts_of(case)
    return Answer(case.id, case.category, case.since, {k: facts[k] for k in PUBLIC})


def listed(request: HttpRequest) -> HttpResponse:
    """All of them, of one kind (in the address), with certain words (posted: what somebody seeks is nobody’s business)."""
    community = community_of(request)
    every = published(community) if community else []
    kind = request.GET.get("kind", "")
    sought = asking.typed(request.POST, "q")[:60]
    chosen = [a for a in every if kind in ("", a.kind) and a.has(sought.casefold().split())]
    counts = Counter(a.kind for a in every)
    context = {
        "community": place_title(community) if community else None,
        "answers": chosen[:AT_ONCE],
        "more": len(chosen) - AT_ONCE,
        "every": len(every),
        "kinds": [(o.key, o.title, counts[o.key]) for o in w.KINDS if counts[o.key]],
        "kind": kind,
        "sought": sought,
        "here": "law",
        "now": now(),
    }
    return render(request, "legal_services/public/answers.html", context)


def one(request: HttpRequest, case: UUID) -> HttpResponse:
    """One of them. Raises: Http404 once it is off the page."""
    found = Case.objects.filter(id=case, type=w.QUESTIONS, state="published").first()
    if found is None:
        raise Http404
    partner = partner_of(found.id, w.ASKED_OF)
    context = {
        "community": place_title(found.community),
        "answer": _answer(found),
        "partner": partner.name if partner else "",
        "alike": [a for a in published(found.community) if a.kind == found.category and a.id != found.id][:4],
        "here": "law",
        "now": now(),
    }
    return render(request, "legal_services/public/answer.html", context)


urls = [
    path("law/answers/", listed, name="law-answers"),
    path("law/answers/<uuid:case>/", one, name="law-answer"),
]
