"""A use from draft to settled account on one page: its line of stages, the vote, the count, the objections, the money."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from linli.cases.loading import load_seats, mine
from linli.cases.models import Case
from linli.cases.reading import facts_of
from linli.cases.sight import shown_facts
from linli.cases.titles import title_of
from linli.faces.web import said
from linli.faces.web.parts import Form
from linli.faces.web.reader import actor_of
from linli.journal.append import Entry, entries
from linli.programmes.maintenance_fund.account import ACCOUNT
from linli.programmes.maintenance_fund.pages import (
    audit,
    staffcount,
    staffdoor,
    staffmoney,
    staffstages,
    staffsteps,
    staffvote,
)
from linli.programmes.maintenance_fund.pages.staffwords import amount, area, door, doors, law, scope
from linli.programmes.maintenance_fund.pages.vote import progress
from linli.programmes.maintenance_fund.words import DIFFERS, PAPER
from linli.rules.actor import Actor
from linli.rules.fields import Photos, Table
from linli.rules.programme import Action
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.worktime import civil_day

ABOUT = ("works", "matter", "why", "danger", "quotations", "posted", "report")
PHOTOS = ("papers", "proof")
HERE = {"paper_check": PAPER.key, "paper_settle": DIFFERS.key}
"""The steps whose forms open on this page with a unit filled in, and the seats that wait for them."""
ROLL = T("{u} 套，{h} 人，{a}", "{u} units, {h} heads, {a}")
Said = list[tuple[T, Any]]


@dataclass(slots=True)
class _Page:
    """One use as one reader sees it at one time."""

    request: HttpRequest
    case: Case
    at: int
    facts: dict[str, Any] = field(init=False)
    actor: Actor = field(init=False)
    entries: list[Entry] = field(init=False)
    steps: dict[str, Action] = field(init=False)

    def __post_init__(self) -> None:
        self.facts, self.actor = facts_of(self.case), actor_of(self.request)
        self.entries = list(entries(self.case.id))
        self.steps = staffsteps.able(self.request, self.case, self.at)


@staffdoor.money_only
def use(request: HttpRequest, use: UUID) -> HttpResponse:
    """The page of a use. Raises: Http404 where there is none that the reader sees."""
    page = _Page(request, staffdoor.use_of(request, use), staffdoor.now())
    context = {
        **_head(page),
        **_vote(page),
        **_counted(page),
        "money": staffmoney.money(page.case, page.facts),
    }
    return render(request, "maintenance_fund/staff/use.html", staffdoor.context(request, **context))


def _head(page: _Page) -> dict[str, Any]:
    case, facts = page.case, page.facts
    nexts = staffsteps.nexts(case, facts, page.steps, staffstages.ready(case, facts, page.at))
    about, photos = _about(page)
    fund = staffdoor.seen(page.actor, ACCOUNT.key).filter(id=UUID(str(facts["fund"]))).first()
    return {
        "case": case,
        "title": title_of(case),
        "scope": scope(case, str(facts.get("entrance") or "")),
        "cost": amount(int(facts["cost"])) if facts.get("cost") else None,
        "state": installed[case.type].states[case.state],
        "stages": staffstages.line(case, facts, page.entries, page.at),
        "nexts": nexts,
        "story": staffsteps.link(case),
        "about": about,
        "photos": photos,
        "account": (title_of(fund), reverse("staff-fund-account", args=[fund.id])) if fund else None,
        "bundles": _bundles(page),
        "now": page.at,
    }


def _about(page: _Page) -> tuple[Said, list[Any]]:
    """What was proposed, and its photos, as far as the reader may see them."""
    case, definition = page.case, installed[page.case.type]
    own = mine(load_seats(case.id, page.actor, set()), page.actor)
    pairs = {f.key: (f, v) for f, v in shown_facts(definition, case, page.facts, page.actor, own)}
    told = [
        (f.title, said.tabled(f, v) if isinstance(f, Table) else said.shown(f, v))
        for f, v in (pairs[k] for k in ABOUT if k in pairs)
    ]
    shots = tuple(pairs[k] for k in PHOTOS if k in pairs and isinstance(pairs[k][0], Photos))
    return [(t, v) for t, v in told if v is not None], said.photos(shots)


def _bundles(page: _Page) -> list[tuple[T, str]]:
    if not audit.offered(page.case, page.actor):
        return []
    return [
        (title, reverse("staff-fund-bundle", args=[page.case.id, kind]))
        for kind, (_, title) in audit.KINDS.items()
    ]


def _vote(page: _Page) -> dict[str, Any]:
    """The roll and how far the vote is; nothing before the roll is frozen."""
    facts, case = page.facts, page.case
    if not facts.get("units") or "closes_at" not in facts:
        return {}
    done, running = progress(case.id), case.state == "voting"
    day, reads = civil_day(page.at).isoformat(), staffdoor.holds(page.actor, case, *staffdoor.OWNERS_READ)
    return {
        "roll": _roll(facts),
        "gauges": staffvote.gauges(case, facts, done),
        "running": running,
        "buildings": staffvote.buildings(case.id) if running else None,
        "knock": _knock(page) if running else None,
        "silent_url": reverse("staff-fund-silent", args=[case.id])
        if running and knocks(page.actor, case)
        else "",
        "papers": staffvote.waiting(case, PAPER.key, "paper_check") if running else (),
        "differences": staffvote.waiting(case, DIFFERS.key, "paper_settle") if running else (),
        "entering": staffsteps.link(case, "paper") if "paper" in page.steps else "",
        "filled": _filled(page),
        "changed": staffvote.changed(case, facts, day, reads) if case.live else (),
    }


def _roll(facts: Mapping[str, Any]) -> Said:
    """What was published before the vote opened."""
    return [
        (T("表决册", "The roll"), ROLL.format(u=facts["units"], h=facts["heads"], a=area(facts["area"]))),
        (T("表决册日期", "Frozen on"), facts["roll_day"]),
        (T("表决册哈希值", "Hash of the roll"), facts["roll"]),
        (T("规则", "Rule"), T("{r}，{d} 起施行", "{r}, in force since {d}").format(r=law(facts["rule"]), d=facts["rule_from"])),
        (T("规则哈希值", "Hash of the rule"), facts["rule_hash"]),
    ]  # fmt: skip


def knocks(actor: Actor, case: Case) -> bool:
    """Whether he may know at which doors no ballot was given: who runs the vote, and who watches over it."""
    return staffdoor.holds(actor, case, *staffdoor.OWNERS_READ)


def _knock(page: _Page) -> tuple[T, list[tuple[str, T, bool]]] | None:
    """The doors of the building that was asked for at which no ballot was given."""
    building = page.request.GET.get("building", "")
    if not building or not knocks(page.actor, page.case):
        return None
    some = [s for s in staffvote.silent(page.case.id) if s.unit.partition("-")[0] == building]
    named = doors([building])
    return named(building), [(s.unit.partition("-")[2], area(s.area), s.waits) for s in some]


def _filled(page: _Page) -> Form | None:
    """The form that was asked for by an address, with the paper’s unit or the objection’s number in it."""
    for step, kind in HERE.items():
        head = page.request.GET.get(step)
        if head and step in page.steps:
            found = next((p for p in staffvote.waiting(page.case, kind, step) if str(p.head) == head), None)
            return staffsteps.form(page.case, page.steps[step], {"home": door(found.unit)}) if found else None
    return None


def _counted(page: _Page) -> dict[str, Any]:
    """What the count came to; nothing before it."""
    facts, case = page.facts, page.case
    if not facts.get("result"):
        return {}
    result = facts["result"]
    number = page.request.GET.get("answer_objection", "")
    action = page.steps.get("answer_objection")
    return {
        "result": result,
        "passed": staffcount.PASSES if result["passed"] else staffcount.REJECTED,
        "steps": staffcount.steps(case, facts),
        "sums": staffcount.sums(result),
        "readings": staffcount.readings(result),
        "flags": staffcount.flags(result),
        "rulings": staffcount.rulings(facts),
        "flipped": bool(facts.get("flipped")),
        "decision": facts.get("decision"),
        "objections": staffcount.objections(case, page.entries, page.actor),
        "answering": staffsteps.form(case, action, {"which": int(number)})
        if action and number.isdecimal()
        else None,
        "may_answer": action is not None,
    }


urls = [path("staff/fund/use/<uuid:use>/", use, name="staff-fund-use")]
