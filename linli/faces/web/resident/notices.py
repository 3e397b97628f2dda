"""What happened to the reader's matters since he last looked."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from linli.cases.models import Case, Notice, Seen
from linli.cases.sight import cases_seen_by
from linli.cases.story import case_page
from linli.faces.web.reader import actor_of, community_of, now
from linli.faces.web.said import sentence
from linli.faces.web.ways import PAGES, page_of
from linli.journal.models import Entry
from linli.rules.refusal import Refused
from linli.rules.registry import installed
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
    seen = set(cases_seen_by(actor_of(request)).filter(id__in=cases).values_list("id", flat=True))
    for case, row in cases.items():
        own = {r.seq for r in rows if r.case == case}
        if row.type not in PAGES:
            pages[case] = _sentences(request, case, at)
        elif case in seen or row.state in installed[row.type].case_type.posted:
            pages[case] = _titles(row, own)
    return [
        News(
            cases[r.case].title,
            pages[r.case][r.seq],
            r.happened,
            f"{page_of(cases[r.case])}#e{r.seq}",
            r.happened > until,
        )
        for r in rows
        if r.seq in pages.get(r.case, {})
    ]


def _titles(case: Case, seqs: set[int]) -> dict[int, T]:
    """What these entries are called: a case with a page of its own tells more there, and may have thousands of entries."""
    definition = installed[case.type]
    rows = Entry.objects.filter(shard=case.shard, stream=case.id, seq__in=seqs).values_list("seq", "action")
    told = ((seq, definition.actions[action]) for seq, action in rows)
    return {seq: action.says or action.title for seq, action in told}


def _sentences(request: HttpRequest, case: UUID, at: int) -> dict[int, T]:
    """What each entry of the case says, by its number; nothing where the reader no longer sees the case."""
    try:
        page = case_page(case, actor_of(request), at)
    except Refused:
        return {}
    return {s.seq: sentence(s.action, page) for s in page.steps if not s.action.quiet}


urls = [path("notices/", notices, name="notices")]
