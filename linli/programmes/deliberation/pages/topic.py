"""One topic for everybody, at a glance: what it is about and where it comes from, the options, the meeting, what was decided, who does
what until when, what came of it. Who came to the meeting votes here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import path

from linli.cases.calendars import current_calendar
from linli.cases.models import Case, Seat
from linli.cases.reading import facts_of
from linli.faces.web import asking
from linli.faces.web.parts import Option
from linli.faces.web.reader import actor_of, now
from linli.programmes.deliberation import ballots as b
from linli.programmes.deliberation import words as w
from linli.programmes.deliberation.pages import doing
from linli.programmes.deliberation.pages.reading import (
    case_of,
    duties_of,
    kind_of,
    meetings_of,
    outcomes_of,
    sources_of,
    state_of,
)
from linli.programmes.deliberation.topics import OBJECTION, OUTCOME, TOPIC_TYPE
from linli.rules.deciding import TITLES
from linli.rules.ids import new_id
from linli.rules.registry import installed
from linli.rules.signup import CAME
from linli.rules.text import T
from linli.rules.worktime import civil_day, due, parse_span
from linli.territory.regions import path_title, place_title

SAYS = {
    "vote": T("您的一票记下了，会上宣布结果以前没有人看得到。", "Your vote is recorded; nobody reads it before the outcome is told."),
    "rank": T("您的排序记下了，会上宣布结果以前没有人看得到。", "Your ranking is recorded; nobody reads it before the outcome."),
    "object": T("您的异议收到了，答复会写在这里。", "Your objection has arrived; the answer will stand here."),
    "follow": T("关注了，有进展会告诉您。", "You follow it and will hear what happens."),
    "unfollow": T("不再关注了。", "You no longer follow it."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choosable:
    """An option of the topic: its name by its number, its own name, what it would mean."""

    key: str
    number: T
    name: str
    says: str


@doing.signs_in
def topic(request: HttpRequest, case: UUID) -> HttpResponse:
    """The page, and under POST what a resident does."""
    found, tried = case_of(case, TOPIC_TYPE.key), None
    if request.method == "POST":
        tried = doing.done(request, found, SAYS)
        if tried is None:
            return redirect("topic", case)
    context = {**about(found), **_mine(request, found, tried), "tried": tried, "here": "around", "now": now()}
    return render(request, "deliberation/topic.html", context, status=422 if tried else 200)


def about(case: Case) -> dict[str, Any]:
    """What a page about a topic shows to anybody."""
    facts, met = facts_of(case), meetings_of(case)
    return {
        "community": place_title(case.community),
        "case": case,
        "facts": facts,
        "state": state_of(case),
        "kind": kind_of(facts),
        "place": path_title(case.place),
        "sources": sources_of(case),
        "options": options_of(facts),
        "rule": TITLES[facts["rule"]] if facts.get("rule") else None,
        "councils": met,
        "next_meeting": next(
            (m for m in met if str(m.case.id) == facts.get("meeting") and m.case.live), None
        ),
        "rounds": outcomes_of(case),
        "posted": posted_until(case) if case.state == "decided" else None,
        "duties": duties_of(case),
        "outcome": OUTCOME.title_of(facts["outcome"]) if facts.get("outcome") else None,
    }


def options_of(facts: Mapping[str, Any]) -> list[Choosable]:
    """The options that are put up."""
    rows = facts.get("options", ())
    return [
        Choosable(name.key, name.title, str(row["name"]), str(row["says"]))
        for name, row in zip(w.OPTION_NAMES, rows, strict=False)
    ]


def posted_until(case: Case) -> int:
    """Until when the decision is posted, in µs UTC."""
    definition = installed[case.type]
    span = definition.parameters.value("posting", civil_day(case.opened), case.place)
    return due(case.since, parse_span(str(span)), current_calendar()).at


def _mine(request: HttpRequest, case: Case, tried: doing.Tried | None) -> dict[str, Any]:
    """What the reader is to it, and what he can do."""
    person, facts = actor_of(request).person, facts_of(case)
    held = (
        Seat.objects.filter(case=case.id, head=str(person)).values_list("kind", flat=True) if person else ()
    )
    mine, came = set(held), bool(person) and _came(facts, str(person))
    given = tried.given if tried else {}
    return {
        "mine": mine,
        "voted": w.VOTED.key in mine,
        "came": came,
        "ranks": facts.get("rule") == w.RANKING,
        "choices": _choices(facts, given),
        "places": _places(facts, given),
        "objecting": asking.inputs(
            (OBJECTION,), given, tried.wrong if tried else {}, case.community, "object-"
        ),
        "keys": {action: f"talk/{new_id()}" for action in SAYS},
        "sign_in": doing.sign_in(request.path) if person is None else "",
        "faults": tried.faults(case) if tried else [],
    }


def _came(facts: Mapping[str, Any], person: str) -> bool:
    met = str(facts.get("meeting") or "")
    return bool(met) and Seat.objects.filter(case=UUID(met), kind=CAME.key, head=person).exists()


def _choices(facts: Mapping[str, Any], given: Mapping[str, Any]) -> list[Option]:
    """The options of a ballot by their own names, then none of them and abstaining."""
    named = {o.key: T(f"{o.number.zh}：{o.name}", f"{o.number.en}: {o.name}") for o in options_of(facts)}
    rest = [o for o in b.CHOICE.options if o.key in (w.NONE, w.ABSTAIN)]
    titles = {**named, **{o.key: o.title for o in rest}}
    return [Option(key, title, on=given.get("choice") == key) for key, title in titles.items()]


def _places(facts: Mapping[str, Any], given: Mapping[str, Any]) -> list[tuple[Any, list[Option]]]:
    """Each place of a ranking with the options that can be chosen for it."""
    found = options_of(facts)
    return [
        (field, [Option(o.key, T(o.name, o.name), on=given.get(field.key) == o.key) for o in found])
        for field in b.RANKS[: len(found)]
    ]


def voting_now(request: HttpRequest, community: str, _: int) -> str:
    """For a resident’s first page: the votes in the meeting to which he came. Empty: there is none."""
    person = actor_of(request).person
    open_ = Case.objects.filter(community=community, type=TOPIC_TYPE.key, state="voting") if person else ()
    topics = [c for c in open_ if _came(facts_of(c), str(person))]
    return render_to_string("deliberation/now.html", {"topics": topics}, request) if topics else ""


urls = [path("deliberation/topics/<uuid:case>/", topic, name="topic")]
