"""What can be done with a case from a page of the fund: each step as a link to its form, or as the form itself, filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.http import HttpRequest
from django.urls import reverse

from linli.cases.loading import load_seats
from linli.cases.models import Case
from linli.cases.story import situation_of
from linli.faces.web import asking
from linli.faces.web.parts import Form, Next
from linli.faces.web.reader import actor_of
from linli.programmes.maintenance_fund.account import ACCOUNT
from linli.programmes.maintenance_fund.use import USE
from linli.programmes.maintenance_fund.year import SERVICE_YEAR
from linli.rules.actor import Actor
from linli.rules.definition import PENDING
from linli.rules.ids import new_id
from linli.rules.machine import allows, asked, available
from linli.rules.programme import Action, Does
from linli.rules.registry import installed
from linli.rules.text import T


def able(request: HttpRequest, case: Case, at: int) -> dict[str, Action]:
    """The steps that the reader may take now, by their keys."""
    actor, definition = actor_of(request), installed[case.type]
    seats = load_seats(case.id, actor, {PENDING.key})
    situation = situation_of(case, definition, actor, seats, {PENDING.key}, at)
    return {a.key: a for a in available(definition, situation)}


def link(case: Case, action: str = "") -> str:
    """The case's own page, with the form of a step open."""
    here = reverse("case", args=[case.id])
    return f"{here}?step={action}&back={quote(page_of(case))}#step-{action}" if action else here


def page_of(case: Case) -> str:
    """The case's page here, to which its forms lead back."""
    route = {
        USE.key: "staff-fund-use",
        ACCOUNT.key: "staff-fund-account",
        SERVICE_YEAR.key: "staff-fund-year",
    }.get(case.type, "case")
    return reverse(route, args=[case.id])


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of a case as links: those that lie near, in their order, and the others."""

    near: list[Next]
    rest: list[Next]


def nexts(case: Case, facts: Mapping[str, Any], steps: Mapping[str, Action], over: bool = False) -> Steps:
    """Decisions on requests first, then what the case waits for; ``over``: its stage’s own day is over."""
    wanted = wants(case, facts, over)
    decisions = [a for a in steps.values() if a.does in (Does.APPROVE, Does.DECLINE)]
    near = [*decisions, *(steps[k] for k in wanted if k in steps)]
    rest = [a for a in steps.values() if a not in near]
    return Steps(
        [Next(a.title, link(case, a.key)) for a in near], [Next(a.title, link(case, a.key)) for a in rest]
    )


def wants(case: Case, facts: Mapping[str, Any], over: bool) -> Sequence[str]:
    """What a use waits for, the next step first; nothing where it waits for a day alone."""
    if case.state == "approved":
        return ("accept", "pay", "settle") if facts.get("stages") else ("contract",)
    if case.state == "voting":
        return ("count",) if over else ("paper", "paper_check", "paper_settle", "remind")
    if case.state == "counted":
        return ("answer_objection", "decide") if over else ("answer_objection",)
    if case.state == "announced":
        return ("open_voting",) if over else ()
    return {"draft": ("announce", "revise"), "urgent": ("confirm", "deny")}.get(case.state, ())


def first(case: Case, facts: Mapping[str, Any], actor: Actor, over: bool) -> Next | None:
    """The next step of a use in a list, where it is the reader’s."""
    actions = installed[case.type].actions
    wanted = [k for k in wants(case, facts, over) if k != "answer_objection"]
    for key in wanted[:1]:
        if any(allows(w, actor, case.place, case.grid, {}) for w in actions[key].who):
            return Next(actions[key].title, link(case, key))
    return None


def form(case: Case, action: Action, given: Mapping[str, Any]) -> Form:
    """The form of a step with what is known already; it is sent to the case's own page."""
    fields = asked(installed[case.type].case_type, action)
    inputs = asking.inputs(fields, given, {}, case.place, f"{action.key}-", case.id)
    hidden = [
        ("action", action.key),
        ("seen", str(case.seq)),
        ("key", f"act/{new_id()}"),
        ("back", page_of(case)),
    ]
    says = (
        T("这一步要审批：提交后等待同意。", "This needs approval: it waits until somebody agrees.")
        if action.approval
        else None
    )
    return Form(action.key, action.title, reverse("case", args=[case.id]), inputs, hidden, says)
