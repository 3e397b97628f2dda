"""What happened to the reader's matters since he last looked."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from linli.cases.models import Case, Notice, Seen
from linli.cases.story import case_page
from linli.faces.web.reader import actor_of, community_of, now
from linli.faces.web.said import sentence
from linli.rules.refusal import Refused
from linli.rules.text import T
from linli.territory.regions import place_title

SHOWN = 30


@dataclass(frozen=True, slots=True)
class News:
    """One sentence about one case; ``fresh`` where the reader has not seen it yet."""

    title: str
    says: T
    at: int
    url: str
    fresh: bool


def notices(request: HttpRequest) -> HttpResponse:
    """The latest first. Looking at them marks them as seen."""
    at, actor, community = now(), actor_of(request), community_of(request)
    news = _news(request, actor.person, at) if actor.person else []
    if actor.person:
        Seen.objects.update_or_create(person=actor.person, defaults={"until": at})
    context = {
        "community": place_title(community) if community else None,
        "news": news,
        "known": actor.person is not None,
        "here": "mine",
        "now": at,
    }
    return render(request, "linli/resident/notices.html", context)


def _news(request: HttpRequest, person: UUID, at: int) -> list[News]:
    until = Seen.objects.filter(person=person).values_list("until", flat=True).first() or 0
    rows = list(Notice.objects.filter(person=person).order_by("-happened", "-id")[:SHOWN])
    cases = Case.objects.in_bulk({r.case for r in rows})
    pages: dict[UUID, dict[int, T]] = {}
    for case in cases:
        pages[case] = _sentences(request, case, at)
    return [
        News(
            cases[r.case].title,
            pages[r.case][r.seq],
            r.happened,
            f"{reverse('mine-case', args=[r.case])}#e{r.seq}",
            r.happened > until,
        )
        for r in rows
        if r.case in cases and r.seq in pages[r.case]
    ]


def _sentences(request: HttpRequest, case: UUID, at: int) -> dict[int, T]:
    """What each entry of the case says, by its number; nothing where the reader no longer sees the case."""
    try:
        page = case_page(case, actor_of(request), at)
    except Refused:
        return {}
    return {s.seq: sentence(s.action, page) for s in page.steps if not s.action.quiet}


urls = [path("notices/", notices, name="notices")]
