"""The first page of the money: what waits for the reader, the uses by urgency, the accounts of his region."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from linli.cases.models import Case, Seat
from linli.cases.reading import facts_of
from linli.cases.titles import title_of
from linli.faces.web.parts import Gauge, Left, Next
from linli.faces.web.reader import actor_of
from linli.faces.web.said import left_of
from linli.faces.web.staff.desk import next_steps
from linli.programmes.maintenance_fund import words as w
from linli.programmes.maintenance_fund.account import ACCOUNT
from linli.programmes.maintenance_fund.pages import (
    booksaccounts,
    staffdoor,
    staffstages,
    staffsteps,
    staffvote,
)
from linli.programmes.maintenance_fund.pages.staffwords import amount, scope
from linli.programmes.maintenance_fund.pages.vote import Progress, progress
from linli.programmes.maintenance_fund.use import USE
from linli.programmes.maintenance_fund.year import SERVICE_YEAR
from linli.rules.actor import Actor
from linli.rules.definition import PENDING
from linli.rules.programme import State
from linli.rules.registry import installed
from linli.rules.roles import COMMUNITY, STREET
from linli.rules.text import T
from linli.rules.who import Role

USES, ENDED = 60, 12
COUNTERS = (w.COMMITTEE, COMMUNITY)

PAPERS = (
    T("{n} 张纸质票待复核", "{n} paper ballot to be checked"),
    T("{n} 张纸质票待复核", "{n} paper ballots to be checked"),
    "file-check",
)
DIFFERENCES = (
    T("{n} 处录入不一致待裁定", "{n} difference to be settled"),
    T("{n} 处录入不一致待裁定", "{n} differences to be settled"),
    "scale",
)
OBJECTIONS = (
    T("{n} 件异议待答复", "{n} objection to be answered"),
    T("{n} 件异议待答复", "{n} objections to be answered"),
    "message-circle-question-mark",
)


@dataclass(frozen=True, slots=True)
class Task:
    """What waits for the reader in a use: how many of what, and where it is done."""

    says: T
    use: T
    url: str
    icon: str


@dataclass(frozen=True, slots=True)
class Line:
    """A use in the list."""

    url: str
    title: T
    number: str
    scope: T
    cost: T
    state: State
    overdue: bool
    left: Left | None
    gauges: list[Gauge]
    next: Next | None


@staffdoor.money_only
def fund(request: HttpRequest) -> HttpResponse:
    """Tasks, uses, accounts."""
    actor, at = actor_of(request), staffdoor.now()
    seen = staffdoor.seen(actor, USE.key)
    live = sorted(seen.filter(live=True).order_by("due", "id")[:USES], key=staffstages.urgency)
    ended = list(seen.filter(live=False).order_by("-touched", "id")[: ENDED + 1])
    accounts = booksaccounts.page(request, actor, at)
    context = {
        "years": list(staffdoor.seen(actor, SERVICE_YEAR.key).order_by("-opened")[:ENDED]),
        "tasks": [t for c in live for t in tasks(c, actor, at)],
        "lines": lines(live, actor, at),
        "ended": lines(ended[:ENDED], actor, at),
        "ended_all": f"{reverse('cases')}?type={USE.key}&show=ended" if len(ended) > ENDED else "",
        "openings": openings(actor),
        **accounts,
    }
    return render(request, "maintenance_fund/staff/fund.html", staffdoor.context(request, **context))


def openings(actor: Actor) -> list[Next]:
    """What he can open by his duties: a use, an emergency, an account."""
    return [
        Next(a.title, reverse("new-case", args=[key, a.key]))
        for key in (USE.key, ACCOUNT.key)
        for a in installed[key].openings
        if actor.roles & {who.key for who in a.who}
    ]


def lines(cases: list[Case], actor: Actor, at: int) -> list[Line]:
    """Uses as lines; those that are voted on or posted with their two gauges."""
    requests = next_steps(cases, actor)
    return [_line(c, actor, requests.get(c.id), at) for c in cases]


def _line(case: Case, actor: Actor, request: Next | None, at: int) -> Line:
    facts = facts_of(case)
    approves = request if request and "approve" in request.url else None
    over = staffstages.ready(case, facts, at)
    shown = case.state in ("voting", "counted")
    return Line(
        reverse("staff-fund-use", args=[case.id]),
        title_of(case),
        case.number,
        scope(case, str(facts.get("entrance") or "")),
        amount(int(facts.get("cost") or 0)),
        installed[case.type].states[case.state],
        case.live and case.late,
        left_of(json.loads(case.clock), at) if case.live else None,
        staffvote.gauges(case, facts, progress(case.id)) if shown else [],
        approves or staffsteps.first(case, facts, actor, over),
    )


def tasks(case: Case, actor: Actor, at: int) -> list[Task]:
    """What of a live use waits for him."""
    here, title = reverse("staff-fund-use", args=[case.id]), title_of(case)
    found = [*_counts(progress(case.id)), *_days(case, at), *_requests(case)]
    return [
        Task(says, title, f"{here}{to}", icon)
        for says, to, icon, roles in found
        if staffdoor.holds(actor, case, *roles)
    ]


Found = tuple[T, str, str, tuple[Role, ...]]


def _counts(done: Progress) -> list[Found]:
    made: list[tuple[int, T, T, str, str, tuple[Role, ...]]] = [
        (done.papers, *PAPERS, "papers", COUNTERS),
        (done.differences, *DIFFERENCES, "differences", (*COUNTERS, STREET)),
        (done.objections, *OBJECTIONS, "objections", (*COUNTERS, w.HOUSING)),
    ]
    return [
        ((one if n == 1 else many).format(n=n), f"#{to}", icon, roles)
        for n, one, many, icon, to, roles in made
        if n
    ]


def _days(case: Case, at: int) -> list[Found]:
    if case.state == "urgent":
        return [(T("应急使用待核实", "Emergency to be confirmed"), "", "siren", (w.HOUSING,))]
    if staffstages.ready(case, facts_of(case), at):
        return [(staffstages.READY[case.state], "", "calendar-check", COUNTERS)]
    return []


def _requests(case: Case) -> list[Found]:
    found = Seat.objects.filter(case=case.id, kind=PENDING.key).values_list("head", flat=True)
    actions = installed[case.type].actions
    says = T("待审批：{a}", "To be approved: {a}")
    return [
        (says.format(a=actions[key].title), "#money" if key == "pay" else "", "stamp", _deciders(key))
        for key in sorted(found)
        if key in actions
    ]


def _deciders(key: str) -> tuple[Role, ...]:
    approval = installed[USE.key].actions[key].approval
    return tuple(r for r in approval.by if isinstance(r, Role)) if approval else ()


urls = [path("staff/fund/", fund, name="staff-fund")]
