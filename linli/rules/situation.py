"""What a decision may look at: the case under its lock, who acts, what was answered. Nothing else exists for a
guard.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from linli.rules.actor import Actor
from linli.rules.books.book import Book
from linli.rules.parameters import P
from linli.rules.worktime import Calendar, civil_day

if TYPE_CHECKING:
    from linli.rules.definition import Definition

Clock = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Seat:
    """One head's place in a case: who or what sits there, since when, with which rank and integers, by which entry."""

    kind: str
    head: str
    happened: int = 0
    rank: int = 0
    measures: Mapping[str, int] = field(default_factory=dict)
    seq: int = 0


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case as its row says; times are µs UTC."""

    id: UUID
    place: str
    grid: str | None
    state: str
    opened: int
    since: int
    facts: Mapping[str, Any]
    clock: Clock
    seq: int


@dataclass(frozen=True, slots=True)
class Other:
    """Another case as a guard may see it: one that this case names, or one that stands in a relation to it. ``live`` says whether
    somebody still has something to do in it; ``seats`` are of the relations that were wished for.
    """

    id: UUID
    type: str
    number: str
    place: str
    state: str
    live: bool
    facts: Mapping[str, Any]
    seats: Mapping[str, tuple[Seat, ...]] = field(default_factory=dict)

    def has(self, relation: str, head: object) -> bool:
        """Whether that head holds a seat of the relation there."""
        return any(s.head == str(head) for s in self.seats.get(relation, ()))


@dataclass(frozen=True, slots=True)
class Requested:
    """What was asked for when an action waits for approval: by whom, with his duties and seats."""

    action: str
    answers: Mapping[str, Any]
    asker: Actor
    mine: Mapping[str, Seat] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier entry of the case with everything that was said in it, and the seats (kind, head) that it took. ``salt`` is that
    of the sealed part, where there is one: what was said in it cannot be guessed back from a hash with it.
    """

    seq: int
    action: str
    role: str
    actor: UUID | None
    happened: int
    answers: Mapping[str, Any]
    seats: tuple[tuple[str, str], ...] = ()
    salt: bytes = b""


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything a guard, a measure or a choice may read. ``case`` is None for an opening act, whose id is ``id``.

    ``recorded`` is when it is written down (µs UTC), which nobody outside can choose. ``found`` is what the action itself worked
    out; ``told``, ``book`` are there where the action wishes to read them.
    """

    definition: Definition
    calendar: Calendar
    actor: Actor
    happened: int
    place: str
    grid: str | None
    case: CaseView | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    role: str = ""
    mine: Mapping[str, Seat] = field(default_factory=dict)
    seats: Mapping[str, tuple[Seat, ...]] = field(default_factory=dict)
    tally: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    named: Mapping[str, Other] = field(default_factory=dict)
    linked: Mapping[str, tuple[Other, ...]] = field(default_factory=dict)
    held: Mapping[str, int] = field(default_factory=dict)
    requested: Requested | None = None
    last: Mapping[str, Any] = field(default_factory=dict)
    id: UUID | None = None
    recorded: int = 0
    found: Mapping[str, Any] = field(default_factory=dict)
    told: tuple[Earlier, ...] = ()
    book: Book | None = None

    def fact(self, key: str) -> Any:
        """What the act just worked out, else the answer just given, else what the case already holds."""
        if key in self.found:
            return self.found[key]
        if key in self.answers:
            return self.answers[key]
        return self.case.facts.get(key) if self.case else None

    def value(self, wish: P) -> Any:
        """A parameter as in force when the case was opened, at its place; see ``linli.rules.parameters``."""
        day = civil_day(self.case.opened if self.case else self.happened)
        pick = self.fact(wish.by) if wish.by else None
        return self.definition.parameters.value(wish.name, day, self.place, pick)
