"""Who is called to a meeting and who is here, as the secretary's screen and the sheets show it: masked names, for whom each sits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from linli.cases.story import CasePage
from linli.people.persons import masked
from linli.people.units import titles as unit_titles
from linli.programmes.meetings import words as w
from linli.programmes.meetings.pages import reading
from linli.programmes.meetings.roll import VOTE_HERE
from linli.rules.situation import Seat
from linli.rules.text import T

KINDS = (w.VOTER, w.ATTENDANT, w.GUEST)
AS = {
    w.VOTER.key: T("成员", "Member"),
    w.ATTENDANT.key: T("列席", "Attends"),
    w.GUEST.key: T("应邀", "Guest"),
}
ANSWERED = {
    w.COMES: T("到会", "comes"),
    w.VIDEO: T("视频", "by video"),
    w.EXCUSED: T("请假", "excused"),
}


@dataclass(frozen=True, slots=True)
class Called:
    """One person who is called. ``answered`` is what he said beforehand, ``voted`` whether he has in the vote that is on."""

    id: str
    name: str
    capacity: str
    kind: str
    chair: bool
    present: bool
    left: bool
    video: bool
    answered: T | None
    voted: bool

    @property
    def says(self) -> T:
        """As what he is called."""
        return AS[self.kind]


def called(page: CasePage, found: reading.Meeting) -> list[Called]:
    """Everybody who is called, in the order of the roll: who votes first, guests last."""
    kinds = {s.head: r.key for r in reversed(KINDS) for s in page.seats.get(r.key, ())}
    order = [s for r in KINDS for s in page.seats.get(r.key, ()) if kinds[s.head] == r.key]
    names = masked(UUID(s.head) for s in order)
    said = {**reading.guests(page.case.id), **reading.capacities(found.facts.get("body"))}
    return [
        _called(s.head, names[UUID(s.head)].name, said.get(s.head, ""), kinds[s.head], page) for s in order
    ]


def _called(head: str, name: str, capacity: str, kind: str, page: CasePage) -> Called:
    there = _seat(page, w.PRESENT.key, head)
    answer = _seat(page, w.ANSWERED.key, head)
    measures: Mapping[str, int] = there.measures if there else {}
    left = bool(measures.get("votes")) and not measures.get(VOTE_HERE)
    answered = next((t for k, t in ANSWERED.items() if answer and answer.measures.get(k)), None)
    return Called(
        head,
        name,
        capacity,
        kind,
        chair=_seat(page, w.CHAIR.key, head) is not None,
        present=there is not None,
        left=left,
        video=bool(measures.get(w.VIDEO)),
        answered=answered,
        voted=_seat(page, w.BALLOT.key, head) is not None,
    )


def _seat(page: CasePage, kind: str, head: str) -> Seat | None:
    return next((s for s in page.seats.get(kind, ()) if s.head == head), None)


def answers(people: Sequence[Called]) -> list[tuple[T, int]]:
    """How many come, join by video, are excused, and have not answered."""
    counted = [(t, sum(p.answered == t for p in people)) for t in ANSWERED.values()]
    silent = sum(p.answered is None for p in people)
    return [(t, n) for t, n in [*counted, (T("未回复", "no answer"), silent)] if n]


def units(page: CasePage) -> list[T]:
    """The names of the units that were invited."""
    ids = [UUID(s.head) for s in page.seats.get(w.UNIT.key, ())]
    names = unit_titles(ids)
    return [names[i] for i in ids if i in names]
