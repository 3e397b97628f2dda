"""Events and sessions as pages read them: how many places are free in words, and what the reader has of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from linli.cases.models import Case, Link, Seat, Tally
from linli.cases.reading import facts_of, here
from linli.cases.sight import cases_seen_by
from linli.programmes.public_events import words as w
from linli.programmes.public_events.entering import ages
from linli.programmes.public_events.events import EVENT
from linli.programmes.public_events.programme import SESSION
from linli.programmes.public_events.states import BEFORE
from linli.rules.actor import Actor
from linli.rules.programme import State
from linli.rules.registry import installed
from linli.rules.signup import CAME, PERSONS, PLACE, QUEUE
from linli.rules.text import T
from linli.rules.when import MINUTE, instant

KINDS = (PLACE.key, QUEUE.key, CAME.key, w.RATED.key)
RATINGS_SHOWN = 3
"""From so many answers on their average is shown to everybody."""


@dataclass(frozen=True, slots=True)
class Mine:
    """What a reader has of a session: a place or his turn in the list, for how many, how many came in."""

    placed: int = 0
    waits: int = 0
    turn: int = 0
    came: int = 0
    rated: bool = False

    @property
    def persons(self) -> int:
        """For how many persons he is signed up."""
        return self.placed or self.waits


@dataclass(frozen=True, slots=True)
class Session:
    """A session with its sums. Times are µs UTC."""

    case: Case
    facts: Mapping[str, Any]
    sums: Mapping[tuple[str, str], int] = field(default_factory=dict)
    mine: Mine = field(default_factory=Mine)

    @property
    def state(self) -> State:
        """Where it stands."""
        return installed[SESSION.key].states[self.case.state]

    @property
    def starts(self) -> int:
        """When it begins."""
        return instant(str(self.facts["starts"]))

    @property
    def exact(self) -> str:
        """When it begins, as paper says it: 2024-04-20 15:00."""
        return str(self.facts["starts"]).replace("T", " ")

    @property
    def ends(self) -> int:
        """When it ends."""
        return self.starts + int(self.facts["minutes"]) * MINUTE

    @property
    def capacity(self) -> int:
        """How many places there are."""
        return int(self.facts["capacity"])

    @property
    def taken(self) -> int:
        """How many places are taken."""
        return self.sums.get((PLACE.key, PERSONS), 0)

    @property
    def free(self) -> int:
        """How many places are free."""
        return max(self.capacity - self.taken, 0)

    @property
    def waiting(self) -> int:
        """How many sign-ups wait."""
        return self.sums.get((QUEUE.key, "n"), 0)

    @property
    def waiting_persons(self) -> int:
        """How many persons wait."""
        return self.sums.get((QUEUE.key, PERSONS), 0)

    @property
    def walked(self) -> int:
        """How many came in without a ticket."""
        return int(self.facts.get("walked_in", 0))

    @property
    def inside(self) -> int:
        """How many came in, with and without a ticket."""
        return self.sums.get((CAME.key, PERSONS), 0) + self.walked

    @property
    def ratings(self) -> int:
        """How many said how it was."""
        return self.sums.get((w.RATED.key, "n"), 0)

    @property
    def average(self) -> str:
        """The points on average, such as 4.6; empty where there are too few to say so."""
        if self.ratings < RATINGS_SHOWN:
            return ""
        tenths = (20 * self.sums.get((w.RATED.key, "points"), 0) + self.ratings) // (2 * self.ratings)
        return f"{tenths // 10}.{tenths % 10}"

    @property
    def is_open(self) -> bool:
        """Whether people can sign up."""
        return self.case.state == "open"

    @property
    def room(self) -> T:
        """The free places in words."""
        return room_of(self)

    @property
    def access(self) -> T:
        """Whether a wheelchair can get in."""
        return w.ACCESS.title_of(self.facts.get("access"))

    @property
    def parties(self) -> list[int]:
        """For how many persons one may sign up."""
        return list(range(1, min(int(self.facts.get("party_at_most", 1)), self.capacity) + 1))


def room_of(s: Session) -> T:
    """How full it is, in words; first what the reader himself has."""
    if s.case.state == "cancelled":
        return T("已取消", "Called off")
    if s.mine.placed:
        return T(f"您报了 {s.mine.placed} 人", f"Your places: {s.mine.placed}")
    if s.mine.waits:
        return T(f"您在候补第 {s.mine.turn} 位", f"You are number {s.mine.turn} on the waiting list")
    return _room(s)


def _room(s: Session) -> T:
    """How full it is for somebody who has nothing of it."""
    if s.case.state == "planned":
        return T("报名还没有开始", "Sign-up has not begun")
    if s.case.state not in BEFORE:
        return T("已经办过", "It has taken place")
    if s.case.state == "ready":
        return T("报名已截止", "Sign-up has ended")
    if s.waiting:  # also where a few places are free that are too few for who waits first
        return T(f"已满，前面候补 {s.waiting} 家", f"Full; {s.waiting} on the waiting list")
    if not s.free:
        return T("已满，可以候补", "Full; you can join the waiting list")
    return T(f"还有 {s.free} 个名额", f"{s.free} places left" if s.free > 1 else "1 place left")


def events(actor: Actor, community: str) -> QuerySet[Case]:
    """The events that residents of the community can go to."""
    return cases_seen_by(actor, [EVENT.key]).filter(here(community))


def sessions(rows: Iterable[Case], person: UUID | None = None) -> list[Session]:
    """Sessions with their sums and what the reader has of them, by their beginning."""
    cases = list(rows)
    ids = [c.id for c in cases]
    sums: dict[UUID, dict[tuple[str, str], int]] = {}
    for case, kind, measure, total in Tally.objects.filter(case__in=ids, kind__in=KINDS).values_list(
        "case", "kind", "measure", "total"
    ):
        sums.setdefault(case, {})[kind, measure] = int(total)
    own = _mine(ids, person) if person else {}
    made = [Session(c, facts_of(c), sums.get(c.id, {}), own.get(c.id, Mine())) for c in cases]
    return sorted(made, key=lambda s: (s.starts, s.case.id.hex))


def _mine(ids: list[UUID], person: UUID) -> dict[UUID, Mine]:
    held: dict[UUID, dict[str, tuple[int, int]]] = {}
    rows = Seat.objects.filter(case__in=ids, kind__in=KINDS, head=str(person))
    for case, kind, rank, measures in rows.values_list("case", "kind", "rank", "measures"):
        held.setdefault(case, {})[kind] = rank, int(json.loads(measures).get(PERSONS, 1))
    return {case: _of(case, kinds) for case, kinds in held.items()}


def _of(case: UUID, kinds: Mapping[str, tuple[int, int]]) -> Mine:
    waits = kinds.get(QUEUE.key)
    turn = 0
    if waits:
        turn = Seat.objects.filter(case=case, kind=QUEUE.key, rank__lt=waits[0]).count() + 1
    none = (0, 0)
    return Mine(
        kinds.get(PLACE.key, none)[1],
        waits[1] if waits else 0,
        turn,
        kinds.get(CAME.key, none)[1],
        w.RATED.key in kinds,
    )


def of_event(event: UUID) -> QuerySet[Case]:
    """The sessions of an event."""
    mine = Link.objects.filter(target=event, relation=w.SESSION_OF).values("source")
    return Case.objects.filter(id__in=mine, type=SESSION.key)


def ages_of(facts: Mapping[str, Any]) -> str:
    """From what age to what, as a badge says it; empty where there is no limit."""
    low, high = facts.get("age_from"), facts.get("age_to")
    return ages(low, high) if low is not None or high is not None else ""
