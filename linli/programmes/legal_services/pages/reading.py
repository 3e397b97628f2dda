"""Sessions and partners as pages show them: when, where, how many places are free, and what of it is the reader's."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from linli.cases.models import Case, Link, Seat, Tally
from linli.cases.reading import facts_of
from linli.faces.web.moments import civil, day_said
from linli.programmes.legal_services import words as w
from linli.programmes.legal_services.session_words import KIND, MODE
from linli.rules.programme import State
from linli.rules.registry import installed
from linli.rules.signup import PERSONS, PLACE, QUEUE
from linli.rules.text import T
from linli.rules.when import MINUTE, instant, when_of

WEEKS = 4
WEEK = 7 * 24 * 60 * MINUTE


@dataclass(frozen=True, slots=True)
class Session:
    """One session. ``mine`` is the kind of the reader's seat, if he has one; ``free`` is None where there is no limit."""

    case: Case
    facts: Mapping[str, Any]
    starts: int
    taken: int
    waiting: int
    mine: str = ""

    @property
    def id(self) -> UUID:
        """The case's id."""
        return self.case.id

    @property
    def state(self) -> State:
        """Where it stands."""
        return installed[self.case.type].states[self.case.state]

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return int(self.facts.get("minutes") or 60)

    @property
    def ends(self) -> int:
        """When it is over, µs UTC."""
        return self.starts + self.minutes * MINUTE

    @property
    def clock(self) -> str:
        """From when to when: 14:30–16:30."""
        return f"{civil(self.starts):%H:%M}–{civil(self.ends):%H:%M}"

    @property
    def day(self) -> date:
        """The civil day."""
        return civil(self.starts).date()

    @property
    def capacity(self) -> int:
        """How many places there are; 0 for no limit."""
        return int(self.facts.get("capacity") or 0)

    @property
    def free(self) -> int | None:
        """Places that are free; nobody passes those who wait."""
        return (0 if self.waiting else max(self.capacity - self.taken, 0)) if self.capacity else None

    @property
    def full(self) -> bool:
        """Whether one goes on the waiting list."""
        return self.free == 0

    @property
    def talk(self) -> bool:
        """Whether it is a talk."""
        return bool(self.facts.get("kind") == w.TALK)

    @property
    def kind(self) -> T:
        """What it is, in words."""
        return SHORT[str(self.facts.get("kind"))]

    @property
    def venue(self) -> str:
        """Where."""
        return str(self.facts.get("venue") or "")

    @property
    def mode(self) -> T:
        """In a room or on line."""
        return MODE.title_of(self.facts.get("mode"))

    @property
    def placed(self) -> bool:
        """Whether the reader has a place."""
        return self.mine == PLACE.key

    @property
    def queued(self) -> bool:
        """Whether the reader is on the waiting list."""
        return self.mine == QUEUE.key


SHORT = {w.HOURS: T("坐诊", "Office hours"), w.TALK: T("讲座", "Talk")}
assert set(SHORT) == {o.key for o in KIND.options}


@dataclass(frozen=True, slots=True)
class Day:
    """The sessions of one day."""

    title: T
    weekday: T
    sessions: list[Session]


def sessions_of(cases: Iterable[Case], person: UUID | None = None) -> list[Session]:
    """These cases as sessions, by time."""
    rows = list(cases)
    ids = [c.id for c in rows]
    sums: dict[tuple[UUID, str, str], int] = {
        (case, kind, measure): total
        for case, kind, measure, total in Tally.objects.filter(
            case__in=ids, kind__in=(PLACE.key, QUEUE.key)
        ).values_list("case", "kind", "measure", "total")
    }
    held = Seat.objects.filter(case__in=ids, kind__in=(PLACE.key, QUEUE.key), head=str(person))
    mine = dict(held.values_list("case", "kind")) if person else {}
    made = []
    for case in rows:
        facts, taken = facts_of(case), sums.get((case.id, PLACE.key, PERSONS), 0)
        waits = sums.get((case.id, QUEUE.key, "n"), 0)
        made.append(Session(case, facts, instant(str(facts["starts"])), taken, waits, mine.get(case.id, "")))
    return sorted(made, key=lambda s: (s.starts, s.id.hex))


def coming(community: str, at: int, person: UUID | None = None) -> list[Session]:
    """The sessions of a community that are not over, of the weeks that are opened."""
    rows = Case.objects.filter(type=w.SESSIONS, community=community, state__in=("planned", "to_record"))
    return [s for s in sessions_of(rows, person) if at < s.ends and s.starts < at + (WEEKS + 1) * WEEK]


def by_day(sessions: Iterable[Session], at: int) -> list[Day]:
    """Sessions day by day."""
    found: dict[date, list[Session]] = {}
    for session in sessions:
        found.setdefault(session.day, []).append(session)
    today = civil(at).date()
    return [
        Day(day_said(day, today), w.WEEKDAYS[day.isoweekday() - 1].title, some)
        for day, some in sorted(found.items())
    ]


@dataclass(frozen=True, slots=True)
class Partner:
    """A partner as everybody may know it."""

    case: Case
    facts: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.facts["name"])

    @property
    def state(self) -> State:
        """Whether it works now."""
        return installed[self.case.type].states[self.case.state]

    @property
    def offers(self) -> list[T]:
        """What it offers, in words."""
        titles = {o.key: o.title for o in w.OFFERS}
        return [titles[key] for key in self.facts.get("offers", ()) if key in titles]

    @property
    def hours(self) -> list[tuple[T, str]]:
        """Its weekly hours: the day, and when they begin."""
        rows = self.facts.get("hours") or ()
        return [(w.WEEKDAYS[int(r["weekday"]) - 1].title, str(r["time"])) for r in rows]

    @property
    def pause(self) -> tuple[date, date] | None:
        """The first and the last day of a pause that runs or is announced."""
        first, last = self.facts.get("paused_from"), self.facts.get("paused_until")
        return (date.fromisoformat(str(first)), date.fromisoformat(str(last))) if first and last else None


def partners_in(community: str) -> list[Partner]:
    """The partners of a community that work with it, in the order in which they came."""
    rows = (
        Case.objects.filter(type=w.PARTNERS, community=community)
        .exclude(state="ended")
        .order_by("opened", "id")
    )
    return [Partner(c, facts_of(c)) for c in rows]


def partner_of(case: UUID, relation: str) -> Partner | None:
    """The partner to whom a session, a question or a visit belongs."""
    target = (
        Link.objects.filter(source=case, relation=relation)
        .order_by("-seq")
        .values_list("target", flat=True)
        .first()
    )
    found = Case.objects.filter(id=target, type=w.PARTNERS).first() if target else None
    return Partner(found, facts_of(found)) if found else None


@dataclass(frozen=True, slots=True)
class Turn:
    """Where somebody stands in a session: his number, and about when it is his turn (None for a talk or the waiting list)."""

    number: int
    about: int | None


def turn_of(session: Session, person: UUID) -> Turn | None:
    """The reader's turn. At office hours the time is shared out evenly, in the order in which places were taken."""
    seats = Seat.objects.filter(case=session.id, kind=session.mine).order_by("rank", "seq", "head")
    heads = list(seats.values_list("head", flat=True))
    if str(person) not in heads:
        return None
    number = heads.index(str(person)) + 1
    if session.talk or not session.placed or not session.capacity:
        return Turn(number, None)
    before = sum(_persons(m) for m in seats.values_list("measures", flat=True)[: number - 1])
    return Turn(
        number,
        session.starts + session.minutes * MINUTE * before // session.capacity // (5 * MINUTE) * (5 * MINUTE),
    )


def _persons(measures: str) -> int:
    return int(json.loads(measures).get(PERSONS, 1))


def clock_of(at: int) -> str:
    """The hour of an instant: 09:40."""
    return when_of(at)[11:]
