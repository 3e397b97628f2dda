"""The fund for everybody: what is being decided, what was decided, one use in plain words, and what proves its vote.

Nobody is signed in here, nobody's name, unit or choice is shown. A use that is being prepared, or that was given up, is not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import URLPattern, path

from linli.cases.models import Case, Seat
from linli.cases.reading import facts_of
from linli.faces.web.reader import actor_of, community_of, now
from linli.faces.web.ways import Way, offer
from linli.programmes.maintenance_fund import words as w
from linli.programmes.maintenance_fund.pages import public_reading as read
from linli.programmes.maintenance_fund.pages import public_sheets
from linli.programmes.maintenance_fund.pages import public_words as said
from linli.programmes.maintenance_fund.pages.public_paper import grouped
from linli.programmes.maintenance_fund.pages.vote import BuildingGap, by_building, progress
from linli.programmes.maintenance_fund.pages.years import posted_years
from linli.rules.money import yuan
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.votes.evidence import SignedRoot
from linli.territory.regions import place_title, titles

offer("public", Way("fund", T("维修资金", "Repair fund"), "landmark"), after="open")
LIVE = ("announced", "voting", "counted", "urgent")


@dataclass(frozen=True, slots=True)
class Line:
    """A use in the list."""

    case: Case
    state: Any
    scope: T
    cost: int
    says: T
    measures: list[read.Measure]
    days: int | None
    facts: Mapping[str, Any]

    @property
    def yuan(self) -> str:
        """The cost in yuan."""
        return yuan(self.cost)


def voting_now(request: HttpRequest, community: str, at: int) -> str:
    """What is being voted on in the community, for a resident's first page: how far each vote is, and the way to it."""
    lines = [line(c, at) for c in read.uses_in(community) if c.state == "voting"]
    if not lines:
        return ""
    context = {"lines": lines, "own": _on_roll(request, [x.case for x in lines])}
    return render_to_string("maintenance_fund/public/now.html", context, request)


def _on_roll(request: HttpRequest, cases: list[Case]) -> set[UUID]:
    """The ids of those cases on whose roll the reader stands."""
    person = actor_of(request).person
    held = Seat.objects.filter(case__in=[c.id for c in cases], kind=w.OWNER.key, head=str(person))
    return set(held.values_list("case", flat=True)) if person else set()


def listed(request: HttpRequest) -> HttpResponse:
    """What is being decided in the community, and what was decided."""
    at, community = now(), community_of(request)
    lines = [line(c, at) for c in read.uses_in(community)] if community else []
    context = {
        "community": place_title(community) if community else None,
        "live": [x for x in lines if x.case.state in LIVE],
        "over": [x for x in lines if x.case.state not in LIVE],
        "years": posted_years(community) if community else [],
        "here": "fund",
        "now": at,
    }
    return render(request, "maintenance_fund/public/list.html", context)


def line(case: Case, at: int) -> Line:
    """A use as the list shows it."""
    facts = facts_of(case)
    return Line(
        case,
        installed[case.type].states[case.state],
        read.scope(case, facts),
        int(facts["cost"]),
        said.standing(case, facts, at),
        read.measures(case, facts) if case.state in read.VOTING else [],
        said.days_left(facts, at) if case.state == "voting" else None,
        facts,
    )


def use(request: HttpRequest, case: UUID) -> HttpResponse:
    """One use: what, why, what it costs, how far the vote is, what came of it, where the money went."""
    found = read.use_of(case)
    context = {**about(found, now()), "mine": _on_roll(request, [found]) != set(), "here": "fund"}
    return render(request, "maintenance_fund/public/use.html", context)


def about(case: Case, at: int) -> dict[str, Any]:
    """What a page about one use shows to anybody."""
    facts = facts_of(case)
    known = read.rule(case, facts)
    return {
        "community": place_title(case.community),
        "case": case,
        "facts": facts,
        "line": line(case, at),
        "works": w.WORKS_KIND.title_of(facts["works"]) if facts.get("works") else None,
        "matter": w.MATTER.title_of(facts["matter"]),
        "danger": w.DANGER.title_of(facts["danger"]) if facts.get("danger") else None,
        "account": read.account(facts),
        "quoted": read.quoted(facts),
        "law": said.law_of(known) if known else None,
        "asked": said.asked(known) if known else [],
        "measures": read.measures(case, facts),
        "gaps": gaps(case) if case.state in ("announced", "voting") else [],
        "counted": bool(facts.get("result")),
        **_money(case, facts),
        **_result(case, facts),
        **_proof(case, facts, at),
        "now": at,
    }


def _result(case: Case, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The result and its publicity; nothing before the count."""
    if not facts.get("result"):
        return {}
    same, readings = said.robustness(facts)
    raised, answers = read.objections(case)
    return {
        "outcome": said.outcome(case, facts),
        "steps": said.steps(case, facts),
        "same": same,
        "readings": readings,
        "deciding": said.joined(said.deciding(facts)),
        "raised": raised,
        "answers": answers,
        "open": progress(case.id).objections,
    }


def _money(case: Case, facts: Mapping[str, Any]) -> dict[str, Any]:
    """What was approved and paid, in yuan; nothing while nothing may be paid."""
    found = read.spending(case, facts)
    if found is None:
        return {}
    money = {
        "approved": yuan(found.approved),
        "paid": yuan(found.paid),
        "left": yuan(found.left),
        "stages": [(s, yuan(s.agreed), "" if s.paid is None else yuan(s.paid)) for s in found.stages],
        "payments": [(day, number, yuan(cents)) for day, number, cents in found.payments],
    }
    return {"spending": found, "money": money}


def _proof(case: Case, facts: Mapping[str, Any], at: int) -> dict[str, Any]:
    signed = read.signed_roots(case, facts, at)
    hashes = {"roll": "roll", "rule": "rule_hash", "decision": "decision"}
    return {
        "roots": [_spelled(root) for root in signed],
        "key": grouped(signed[-1].public_key.hex()) if signed else "",
        "hashes": {name: grouped(str(facts.get(key) or "")) for name, key in hashes.items()},
        "area": read.metres(int(facts["area"])) if facts.get("area") else None,
    }


def _spelled(root: SignedRoot) -> dict[str, Any]:
    told = {"root": grouped(root.root.hex()), "signature": grouped(root.signature.hex())}
    return {"day": root.day, "size": root.size, **told}


def gaps(case: Case) -> list[tuple[T, BuildingGap, str]]:
    """The buildings of the scope with what takes part, the largest gap first; one building alone says nothing more than the whole."""
    rows = by_building(case.id)
    names = titles(row.code for row in rows)
    return [(names[r.code], r, read.square(r.area - r.area_in)) for r in rows] if len(rows) > 1 else []


urls: list[URLPattern] = [
    path("fund/", listed, name="fund"),
    path("fund/verify_vote.py", public_sheets.program, name="fund-script"),
    path("fund/<uuid:case>/", use, name="fund-use"),
    path("fund/<uuid:case>/notice.pdf", public_sheets.notice, name="fund-notice"),
    path("fund/<uuid:case>/proof.zip", public_sheets.bundle, name="fund-proof"),
]
