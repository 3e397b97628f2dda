"""The ballots of one owner's heads, as they were recorded. A choice is opened only where it is his own: what he gave himself, or what
was read from the paper of a head that is his alone. Of a co-owner's ballot he learns that it was given, and when.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from linli.cases.models import Case
from linli.cases.reading import facts_of
from linli.cases.wishing import earlier
from linli.journal.reading import contents, entries
from linli.journal.records import Entry
from linli.programmes.maintenance_fund import counting
from linli.programmes.maintenance_fund import words as w
from linli.programmes.maintenance_fund.counting import Given, cast
from linli.programmes.maintenance_fund.homes import units
from linli.programmes.maintenance_fund.pages.owner_money import named
from linli.programmes.maintenance_fund.pages.vote import given_of, roots, seats
from linli.programmes.maintenance_fund.rolls import heads_of
from linli.rules.registry import installed
from linli.rules.situation import Earlier, Seat
from linli.rules.text import T
from linli.rules.votes.evidence import Cast, Json, receipt
from linli.rules.worktime import DAY, civil_day, day_start

CHANNELS = {"online": T("网上", "online"), "paper": T("纸质票", "on paper")}


@dataclass(frozen=True, slots=True)
class OnRoll:
    """One owner on the frozen roll: his heads, their units by head, which heads are his alone, and the ballots' ranks by head."""

    heads: tuple[int, ...]
    units: Mapping[int, tuple[str, ...]]
    alone: frozenset[int]
    given: Mapping[int, int]
    area: int

    @property
    def every_unit(self) -> list[str]:
        """The units of all his heads."""
        return [unit for head in self.heads for unit in self.units[head]]

    @property
    def waits(self) -> bool:
        """Whether a head of his has given no ballot."""
        return any(head not in self.given for head in self.heads)

    @property
    def on_paper(self) -> bool:
        """Whether nothing that he gave online would count any more."""
        return bool(self.heads) and all(self.given.get(head) == 1 for head in self.heads)


def on_roll(case: UUID, person: UUID) -> OnRoll | None:
    """Where somebody stands on the roll; None where he does not."""
    found = seats(case, w.OWNER.key, w.UNIT.key, w.BALLOT.key)
    own = next((s for s in found[w.OWNER.key] if s.head == str(person)), None)
    if own is None:
        return None
    numbers = tuple(heads_of(own.measures))
    held: dict[int, list[str]] = {n: [] for n in numbers}
    area = 0
    for unit, size, _, head in units(found[w.UNIT.key]):
        if head in held:
            held[head].append(unit)
            area += size
    ranks = {int(s.head): s.rank for s in found[w.BALLOT.key] if int(s.head) in held}
    by_head = {n: tuple(u) for n, u in held.items()}
    return OnRoll(numbers, by_head, frozenset(numbers) - _shared(found[w.OWNER.key], person), ranks, area)


def _shared(owners: list[Seat], person: UUID) -> set[int]:
    """The heads in which somebody else stands too."""
    return {n for s in owners if s.head != str(person) for n in heads_of(s.measures)}


@dataclass(frozen=True, slots=True)
class Own:
    """A ballot of one of the reader's heads. ``choice`` is there only where he may see it; ``stands``: it is the one that counts."""

    cast: Cast
    titles: list[T]
    at: int
    choice: T | None
    stands: bool
    invalid: bool

    @property
    def channel(self) -> T:
        """How it was given."""
        return CHANNELS[self.cast.channel]


def ballots(case: Case, person: UUID, place: OnRoll) -> list[Own]:
    """The ballots of his heads in their order; only his own are opened."""
    facts = facts_of(case)
    made = cast(_blanked(case, person, place, facts))
    first = {place.units[head][0]: head for head in place.heads}
    mine = [b for b in made if b.owner in first]
    ruled = {int(r["ballot"]) for r in facts.get("rulings") or () if r["ruled"] == w.INVALID}
    names = named(place.every_unit)
    held = {unit: [names[u] for u in place.units[head]] for unit, head in first.items()}
    return [_own(b, mine, held[b.owner], b.n in ruled) for b in mine]


def _own(ballot: Cast, mine: list[Cast], held: list[T], invalid: bool) -> Own:
    last = max((b for b in mine if b.owner == ballot.owner), key=lambda b: (b.channel, b.cast_at))
    choice = w.READ_AS.title_of(ballot.choice) if ballot.choice else None
    return Own(ballot, held, _instant(ballot.cast_at), choice, last is ballot, invalid)


def _instant(text: str) -> int:
    at = datetime.fromisoformat(text)
    return int(at.replace(microsecond=0).timestamp()) * 1_000_000 + at.microsecond


def _blanked(case: Case, person: UUID, place: OnRoll, facts: Mapping[str, Any]) -> Given:
    """The vote with every ballot in its place, and only those opened that the reader may see."""
    stored = [e for e in entries(case.id) if e.action in counting.COUNTING]
    opened = {e.id for e in stored if _is_his(e, person, place)}
    said, definition = contents(opened), installed[case.type]
    told = [
        earlier(e, said[e.id], definition) if e.id in opened else _blank(earlier(e, [], definition))
        for e in stored
    ]
    found = seats(case.id, w.UNIT.key, w.OWNER.key)
    return Given(
        str(case.id), case.number, case.title, case.place, facts, found[w.UNIT.key], found[w.OWNER.key], told
    )


def _is_his(entry: Entry, person: UUID, place: OnRoll) -> bool:
    if entry.action == counting.VOTE:
        return entry.actor == person
    took = {int(op["head"]) for op in entry.effect.get("seats", ()) if op["kind"] == w.BALLOT.key}
    return bool(took) and took <= place.alone


def _blank(told: Earlier) -> Earlier:
    """A ballot of somebody else: that it was given, and not what it says."""
    return replace(told, answers={"choice": ""}, salt=b"")


def receipt_of(case: Case, own: Own, at: int) -> Json:
    """The receipt of a ballot of the reader's, with the proof by the first signed root that covers it once its day has ended."""
    use = str(case.id)
    if at < day_start(civil_day(own.at)) + DAY:
        return receipt(use, case.number, own.cast)
    given = given_of(case)
    leaves = [b.leaf(use) for b in cast(given)]
    signed = next((r for r in roots(given, at) if r.size >= own.cast.n), None)
    return receipt(use, case.number, own.cast, leaves, signed)
