"""A vote as pages read it: how far it is without anybody's choice, and, once it is counted, everything by which it can be recounted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from linli.cases.loading import load_seats, load_tally
from linli.cases.models import Case
from linli.cases.reading import facts_of
from linli.cases.wishing import earlier
from linli.funds.accounts import accounts
from linli.journal import anchor
from linli.journal.append import contents, entries
from linli.programmes.maintenance_fund import counting
from linli.programmes.maintenance_fund.counting import Given, cast, vote_of
from linli.programmes.maintenance_fund.homes import units
from linli.programmes.maintenance_fund.words import BALLOT, DIFFERS, HEAD, OBJECTION, OWNER, PAPER, UNIT
from linli.rules.actor import Actor
from linli.rules.registry import installed
from linli.rules.situation import Seat
from linli.rules.votes.evidence import Accounts, Cast, SignedRoot, Vote, root_message, root_of_leaves
from linli.rules.worktime import DAY, civil_day, day_start

_NOBODY = Actor(None, ())


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a vote is: area (0.01 m²) and heads on the roll and taking part, open papers and objections. No choice is in it."""

    area: int
    area_in: int
    heads: int
    heads_in: int
    papers: int
    differences: int
    objections: int


def progress(case: UUID) -> Progress:
    """The sums of the case's seats."""
    tally = load_tally(case)

    def of(kind: str, measure: str = "n") -> int:
        return tally.get(kind, {}).get(measure, 0)

    return Progress(
        area=of(HEAD.key, "area"),
        area_in=of(BALLOT.key, "area"),
        heads=of(HEAD.key),
        heads_in=of(BALLOT.key, "heads"),
        papers=of(PAPER.key),
        differences=of(DIFFERS.key),
        objections=of(OBJECTION.key),
    )


def seats(case: UUID, *kinds: str) -> dict[str, list[Seat]]:
    """The seats of whole kinds of the case."""
    found: dict[str, list[Seat]] = {k: [] for k in kinds}
    for seat in load_seats(case, _NOBODY, set(kinds)):
        found[seat.kind].append(seat)
    return found


@dataclass(frozen=True, slots=True)
class BuildingGap:
    """One building (or entrance) of the scope: its units, their area, and of both what takes part."""

    code: str
    units: int
    units_in: int
    area: int
    area_in: int


def by_building(case: UUID) -> list[BuildingGap]:
    """The buildings of the scope, the largest missing area first: where to knock next."""
    found = seats(case, UNIT.key, BALLOT.key)
    given = {int(s.head) for s in found[BALLOT.key]}
    rows: dict[str, list[tuple[int, bool]]] = {}
    for unit, area, _, head in units(found[UNIT.key]):
        rows.setdefault(unit.split("-")[0], []).append((area, head in given))
    made = [
        BuildingGap(
            code, len(some), sum(i for _, i in some), sum(a for a, _ in some), sum(a for a, i in some if i)
        )
        for code, some in rows.items()
    ]
    return sorted(made, key=lambda b: (b.area_in - b.area, b.code))


def given_of(case: Case) -> Given:
    """The roll and the ballots of a case, sealed parts opened: for whoever may recount, and for an owner's own receipt."""
    facts, definition = facts_of(case), installed[case.type]
    found = seats(case.id, UNIT.key, OWNER.key)
    stored = [e for e in entries(case.id) if e.action in counting.COUNTING]
    said = contents([e.id for e in stored])
    told = [earlier(e, said.get(e.id, []), definition) for e in stored]
    return Given(
        str(case.id),
        case.number,
        case.title,
        case.place,
        facts,
        found[UNIT.key],
        found[OWNER.key],
        told,
        tuple(facts.get("rulings") or ()),
    )


def roots(given: Given, until: int) -> list[SignedRoot]:
    """The signed root at the end of each day of voting that has ended before ``until`` (µs UTC). The same at every time: nothing
    of an ended day changes, and the signature is a function of it.
    """
    made = cast(given)
    ends = [_day_end(given, ballot) for ballot in made]
    leaves = [ballot.leaf(given.use) for ballot in made]
    found = []
    day = civil_day(int(given.facts["opens_at"]))
    last = civil_day(min(until, int(given.facts["closes_at"]) + DAY) - DAY)
    while day <= last:
        end = day_start(day) + DAY
        size = sum(e <= end for e in ends)
        root = root_of_leaves(leaves[:size])
        signature, key = anchor.signed(root_message(given.use, day.isoformat(), size, root))
        found.append(SignedRoot(day.isoformat(), size, root, signature, key))
        day = civil_day(end)
    return found


def _day_end(given: Given, ballot: Cast) -> int:
    at = datetime.fromisoformat(ballot.cast_at)
    return day_start(civil_day(int(at.timestamp()) * 1_000_000)) + DAY


def evidence(case: Case, until: int) -> Vote:
    """The counted vote with its signed roots and the book's vouchers: what the bundles are made of. ``until`` is now, µs UTC."""
    given = given_of(case)
    vote = vote_of(given)
    return replace(vote, roots=roots(given, until), books=_accounts(case, given.facts))


def _accounts(case: Case, facts: Mapping[str, Any]) -> Accounts | None:
    """The whole book of the fund from which the use is paid, in the order of the journal."""
    fund = facts.get("fund")
    return accounts(UUID(str(fund))) if fund else None
