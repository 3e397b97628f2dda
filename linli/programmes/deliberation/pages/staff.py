"""The staff's overview: every topic that goes on with what it still lacks and the next step, the meetings, the ideas that wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from linli.cases.models import Case
from linli.cases.reading import facts_of
from linli.cases.sight import cases_seen_by
from linli.faces.web.parts import CaseLine
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff.desk import around, lines, staff_only
from linli.programmes.deliberation import words as w
from linli.programmes.deliberation.councils import COUNCIL
from linli.programmes.deliberation.ideas import IDEA
from linli.programmes.deliberation.pages.reading import (
    Idea,
    Meeting,
    idea_of,
    meetings,
    meetings_of,
)
from linli.programmes.deliberation.tasks import TASK
from linli.programmes.deliberation.topics import TOPIC_TYPE
from linli.rules.actor import Actor
from linli.rules.text import T

MOST = 80


@dataclass(frozen=True, slots=True)
class Need:
    """Something that a topic needs before it can be voted on: whether it is there, and the step that brings it."""

    title: T
    met: bool
    url: str


@dataclass(frozen=True, slots=True)
class Row:
    """A topic with what it lacks and the meeting it goes to."""

    line: CaseLine
    needs: list[Need]
    meeting: Meeting | None
    step: T
    slips: str


STEPS = {
    "raised": T("定规则、列方案，排进会议", "Choose the rule, put up options, put it on an agenda"),
    "on_agenda": T("会上“开始表决”", "Put it to the vote in the meeting"),
    "voting": T("记举手数或录选票，宣布结果", "Enter hands or slips, announce the outcome"),
    "decided": T("公示期满后分派任务", "Hand out tasks once the posting is over"),
    "carrying_out": T("等任务办完", "Wait for the tasks"),
    "to_report": T("写结果报告", "Write the report"),
}


@staff_only
def overview(request: HttpRequest) -> HttpResponse:
    """The page."""
    actor, at = actor_of(request), now()
    context = {
        "here": "deliberation-staff",
        "topics": _topics(actor, at),
        "councils": _meetings(actor),
        "ideas": _ideas(actor),
        "tasks": lines(_live(actor, TASK.key), at, actor),
        "opens": [
            (T("列为议题", "Open a topic"), _new(TOPIC_TYPE.key, "open")),
            (T("召集会议", "Call a meeting"), _new(COUNCIL.key, "call")),
        ]
        if actor.roles & {r.key for r in w.CONVENERS}
        else [],
        "now": at,
    }
    return render(request, "deliberation/staff.html", {**around(actor), **context})


def _new(type_: str, action: str) -> str:
    return reverse("new-case", args=[type_, action])


def _live(actor: Actor, type_: str) -> list[Case]:
    return list(cases_seen_by(actor, [type_]).filter(live=True).order_by("due", "opened", "id")[:MOST])


def _topics(actor: Actor, at: int) -> list[Row]:
    cases = _live(actor, TOPIC_TYPE.key)
    return [_row(case, line) for case, line in zip(cases, lines(cases, at, actor), strict=True)]


def _row(case: Case, line: CaseLine) -> Row:
    facts = facts_of(case)
    meeting = next((m for m in meetings_of(case) if str(m.case.id) == facts.get("meeting")), None)
    preparing = case.state in ("raised", "on_agenda")
    printable = case.state in ("raised", "on_agenda", "voting") and facts.get("rule") and facts.get("options")
    slips = reverse("topic-slips", args=[case.id]) if printable else ""
    return Row(line, _needs(case, facts) if preparing else [], meeting, STEPS[case.state], slips)


def _needs(case: Case, facts: dict[str, Any]) -> list[Need]:
    def step(action: str) -> str:
        return f"{reverse('case', args=[case.id])}?step={action}#step-{action}"

    return [
        Need(T("规则", "Rule"), bool(facts.get("rule")), step("choose_rule")),
        Need(T("方案", "Options"), bool(facts.get("options")), step("add_options")),
        Need(T("会议", "Meeting"), case.state == "on_agenda", step("put_on_agenda")),
    ]


def _meetings(actor: Actor) -> list[Meeting]:
    return sorted(meetings(_live(actor, COUNCIL.key)), key=lambda m: m.starts)


def _ideas(actor: Actor) -> list[Idea]:
    """The ideas that wait to be considered or for a topic, most supported first."""
    rows = [c for c in _live(actor, IDEA.key) if c.state in ("offered", "listed")]
    return sorted((idea_of(c, None) for c in rows), key=lambda i: (-i.support, i.case.opened))


urls = [path("staff/deliberation/", overview, name="deliberation-staff")]
