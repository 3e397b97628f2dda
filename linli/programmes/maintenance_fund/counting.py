"""The ballots of a use as evidence: the seats of its roll and the entries of its ballots make a vote that anybody can recount."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from linli.programmes.maintenance_fund.homes import units
from linli.programmes.maintenance_fund.rolls import heads_of
from linli.programmes.maintenance_fund.words import BALLOT, OWNER, UNIT
from linli.rules.books.book import SOLD
from linli.rules.situation import Earlier, Seat, Situation
from linli.rules.text import T
from linli.rules.votes.evidence import Cast, Objection, Vote, outcome
from linli.rules.votes.law import Matter, rule_of
from linli.rules.votes.reading import told
from linli.rules.votes.roll import Unit
from linli.rules.worktime import civil_day

VOTE, CHECK, SETTLE = "vote", "paper_check", "paper_settle"
COUNTING = (VOTE, CHECK, SETTLE)
"""The actions whose entries are ballots."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a vote is made of: the case (id, number, title, place), its facts, the seats of the roll, the entries of the ballots."""

    use: str
    number: str
    title: str
    place: str
    facts: Mapping[str, Any]
    units: Sequence[Seat]
    owners: Sequence[Seat]
    entries: Sequence[Earlier]
    rulings: Sequence[Mapping[str, Any]] = field(default_factory=tuple)


def given(s: Situation, rulings: Iterable[Mapping[str, Any]] = ()) -> Given:
    """The vote of the case under decision."""
    assert s.case is not None
    facts = {**s.case.facts, **s.answers, **s.found}
    seats = (s.seats.get(UNIT.key, ()), s.seats.get(OWNER.key, ()))
    return Given(str(s.case.id), "", str(s.fact("what")), s.place, facts, *seats, s.told, tuple(rulings))


def roll_units(unit_seats: Iterable[Seat], owner_seats: Iterable[Seat]) -> list[Unit]:
    """The units of a frozen roll with their owners, by unit."""
    owners: dict[int, list[str]] = {}
    for seat in owner_seats:
        for number in heads_of(seat.measures):
            owners.setdefault(number, []).append(seat.head)
    made = []
    for unit, area, status, head in units(unit_seats):
        own = tuple(sorted(owners.get(head, ()))) if status == SOLD else ()
        made.append(Unit(unit, area, own, ";".join(own), status))
    return made


def cast(found: Given) -> list[Cast]:
    """Every ballot that was given, in the order of its entry, numbered from 1. A head's ballot is given under its first unit; who
    stands in several heads gives one for each, with the one salt of his entry.
    """
    first: dict[int, str] = {}
    for unit, _, _, head in units(found.units):
        first.setdefault(head, unit)
    owners = {seat.head: heads_of(seat.measures) for seat in found.owners}
    made: list[Cast] = []
    for entry in sorted(found.entries, key=lambda e: e.seq):
        channel = "online" if entry.action == VOTE else "paper"
        heads = owners.get(str(entry.actor), []) if entry.action == VOTE else seated(entry)
        for head in heads:
            n, choice = len(made) + 1, str(entry.answers["choice"])
            made.append(Cast(n, first[head], choice, channel, instant(entry.happened), entry.salt))
    return made


def seated(entry: Earlier) -> list[int]:
    """The heads of a paper ballot; a second reading that differed from the first took none."""
    return [int(head) for kind, head in entry.seats if kind == BALLOT.key]


def instant(at: int) -> str:
    """An instant (µs UTC) as a table of ballots writes it, to the microsecond."""
    whole = datetime.fromtimestamp(at // 1_000_000, UTC).replace(microsecond=at % 1_000_000)
    return whole.isoformat(timespec="microseconds")


def vote_of(found: Given) -> Vote:
    """The vote as evidence: judged by the law of the day on which voting ended."""
    matter: Matter = found.facts["matter"]
    day = civil_day(int(found.facts["closes_at"]))
    objections = [Objection(int(r["ballot"]), str(r["ruled"]), str(r["objection"])) for r in found.rulings]
    return Vote(
        found.use,
        found.number,
        T(found.title, found.title),
        matter,
        day,
        found.place,
        roll_units(found.units, found.owners),
        cast(found),
        rule_of(matter, day, found.place),
        cost_cents=int(found.facts["cost"]),
        objections=objections,
    )


def result(vote: Vote) -> dict[str, Any]:
    """The result without anybody's choice: totals, steps, robustness, how many ballots were superseded, flags by their codes."""
    found = told(outcome(vote), deemed=False)
    flags: dict[str, int] = {}
    for flag in found.pop("flags"):
        flags[flag["code"]] = flags.get(flag["code"], 0) + 1
    superseded = len(found.pop("superseded"))
    return {
        **found,
        "superseded": superseded,
        "flags": flags,
        "day": vote.day.isoformat(),
        "ballots": len(vote.ballots),
    }
