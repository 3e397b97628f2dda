"""What every page of mediation reads of a dispute: who is in it, who mediates, what was agreed, as far as the reader may see it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest

from linli.cases.models import Case
from linli.cases.reading import facts_of
from linli.cases.sight import reach
from linli.cases.story import CasePage, Step, case_page
from linli.faces.web import said
from linli.faces.web.parts import Left, Table
from linli.faces.web.reader import actor_for, now
from linli.people.persons import masked
from linli.programmes.mediation import words as w
from linli.programmes.mediation.programme import DISPUTE
from linli.programmes.mediation.talking import TERMS
from linli.rules.actor import Actor
from linli.rules.fields import Photos
from linli.rules.refusal import Refused
from linli.rules.roles import AUDITOR, COMMUNITY, GRID_MEMBER, LEADER, STREET
from linli.rules.text import T
from linli.rules.when import instant

WORKING = (w.MEDIATOR, w.MEDIATION_LEAD, GRID_MEMBER, COMMUNITY, STREET, LEADER, AUDITOR)
"""Who finds something on the desk: disputes of his own, the checks of his region, sums."""
WRITTEN = ("signing", "agreed", "confirming", "breached", "following", "closed", "referred", "unsettled")
"""In these an agreement may stand in the record."""
RISK_TITLES = {o.key: o.title for o in w.RISKS}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a dispute by his masked name; ``signed`` where he has signed the agreement."""

    id: UUID
    name: str
    side: T
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was agreed: the facts, the words, the terms as a table; ``oral`` where nothing is signed."""

    facts: str
    text: str
    terms: Table | None
    rows: list[Mapping[str, Any]]
    oral: bool
    effective: str


@dataclass(frozen=True, slots=True)
class Sitting:
    """A sitting as it stands in the record."""

    seq: int
    happened: int
    came: T | None
    outcome: T | None
    record: str


def page_of(request: HttpRequest, case: UUID) -> CasePage:
    """The dispute whole. Raises: Http404 where there is none, or the reader does not see it."""
    try:
        page = case_page(case, actor_for(request, case), now(), whole=True)
    except Refused:
        raise Http404 from None
    if page.case.type != DISPUTE.key:
        raise Http404
    return page


def seen_facts(page: CasePage) -> dict[str, Any]:
    """What the reader may know, sealed answers too, by key."""
    return {field.key: value for field, value in page.facts}


def title(case: Case) -> T:
    """By which words it is called: its kind in the reader’s language, or the heading that it was given."""
    kind = w.KIND_TITLES.get(case.category)
    return kind if kind and case.title in ("", kind.zh) else T(case.title, case.title)


def inside(actor: Actor) -> Q:
    """The disputes of which the actor may know when and with whom they are mediated: his own as a mediator, those he leads. Who
    registered one is told where it stands and no more.
    """
    return reach(actor, (w.ASSIGNED, w.TAKEN_ON, w.MEDIATION_LEAD))


def team(case: Case) -> list[str]:
    """Who mediates, by the names of the roster."""
    return [str(name) for name in dict(facts_of(case).get("mediators") or {}).values()]


def parties(page: CasePage) -> list[Person]:
    """The parties, the applicant’s side first."""
    signed = {s.head for s in page.seats.get(w.SIGNED.key, ())}
    applicants = {s.head for s in page.seats.get(w.APPLICANT.key, ())}
    seats = sorted(page.seats.get(w.PARTY.key, ()), key=lambda s: (s.head not in applicants, s.happened))
    names = masked(UUID(s.head) for s in seats)
    return [
        Person(
            UUID(s.head),
            names[UUID(s.head)].name if UUID(s.head) in names else "—",
            (w.APPLICANT if s.head in applicants else w.RESPONDENT).title,
            s.head in signed,
        )
        for s in seats
    ]


def agreement(page: CasePage) -> Agreement | None:
    """The agreement as it stands, for who may read it; None before there is one, and while it is talked over again."""
    known = seen_facts(page)
    if "agreement" not in known or page.case.state not in WRITTEN or not _stands(page):
        return None
    clear = facts_of(page.case)
    return Agreement(
        str(known.get("facts", "")),
        str(known["agreement"]),
        said.tabled(TERMS, known.get("terms")),
        list(known.get("terms") or []),
        clear.get("form") == "oral",
        str(clear.get("effective", "")),
    )


def _stands(page: CasePage) -> bool:
    """Whether the last word on the agreement was that it is reached: not that the talks went on."""
    words = ("agree", "back_to_talks", "mediate_again", "relapse", "not_confirmed")
    last = next((s for s in reversed(page.steps) if s.action.key in words), None)
    if last is None or last.action.key == "agree":
        return last is not None
    return last.action.key == "not_confirmed" and last.state != "mediating"


def sittings(page: CasePage) -> list[Sitting]:
    """The sittings in their order, for who may read what was said."""
    return [_sitting(s) for s in page.steps if s.action.key == "hold_sitting"]


def _sitting(step: Step) -> Sitting:
    told = {f.key: said.shown(f, v) for f, v in step.answers if not isinstance(f, Photos)}
    record = told.get("record")
    return Sitting(
        step.seq, step.happened, told.get("came"), told.get("outcome"), record.zh if record else ""
    )


def next_sitting(case: Case, at: int) -> int | None:
    """When the next sitting begins, in µs UTC; None where none lies ahead (of those of today, all)."""
    named = facts_of(case).get("sitting")
    begins = instant(str(named)) if named and case.live else None
    return begins if begins and begins > at - 12 * 3_600_000_000 else None


def risk(case: Case) -> T | None:
    """How dangerous it is, in words."""
    return RISK_TITLES.get(str(facts_of(case).get("risk", "")))


def left(case: Case, at: int) -> Left | None:
    """The time left in the present stage."""
    return said.left_of(json.loads(case.clock), at) if case.live else None


def together(named: Iterable[str]) -> T | None:
    """Names in one line; None where there is none."""
    some = list(named)
    return T("、".join(some), ", ".join(some)) if some else None
