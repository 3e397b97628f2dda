"""The law of a waiting list: whatever people do in whatever order, no place is given twice, nobody is passed, nobody waits in vain."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from linli.cases.calendars import current_calendar
from linli.rules.actor import EVERYWHERE, Actor, Grant
from linli.rules.machine import decide
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.seating import changes
from linli.rules.signup import CAME, PERSONS, PLACE, QUEUE
from linli.rules.situation import CaseView, Other, Seat, Situation
from linli.rules.wishes import Next

HERE = "140105006002"
CASE, EVENT = UUID(int=1), UUID(int=2)
HALL = 40
NOON, STARTS = 1_772_424_000_000_000, 1_772_500_000_000_000
PEOPLE = [UUID(int=100 + n) for n in range(12)]
ORGANISER = Actor(UUID(int=3), (Grant("organiser", HERE),))
GATE = Actor(UUID(int=4), (Grant("gate", HERE),))


@dataclass
class Hall:
    """One session as its entries make it: the seats, the sums, the places there are."""

    capacity: int
    seats: dict[tuple[str, str], Seat] = field(default_factory=dict)
    tally: dict[str, dict[str, int]] = field(default_factory=dict)
    seq: int = 1
    at: int = NOON
    walked: int = 0

    def do(self, key: str, actor: Actor, answers: dict[str, Any]) -> bool:
        """One act by the pure decision, and its effect on the seats; False where it is refused."""
        definition = installed["event_session"]
        action = definition.actions[key]
        try:
            _, effect = decide(self.situation(key, actor), action, answers)
        except Refused:
            return False
        self.seq += 1
        for op in effect.get("seats", ()):
            self.take(op)
        self.capacity = int(answers.get("capacity", self.capacity))
        self.walked = int(effect.get("found", {}).get("walked_in", self.walked))
        return True

    def take(self, op: dict[str, Any]) -> None:
        """One operation on a seat, and what it adds to the sums."""
        where = op["kind"], op["head"]
        for name, n in changes(self.seats.get(where), op).items():
            sums = self.tally.setdefault(op["kind"], {})
            sums[name] = sums.get(name, 0) + n
        self.seats.pop(where, None)
        if op["do"] == "take":
            self.seats[where] = Seat(op["kind"], op["head"], self.at, op["rank"], op["m"], self.seq)

    def of(self, kind: str) -> list[Seat]:
        """The seats of a kind in their order."""
        return sorted((s for s in self.seats.values() if s.kind == kind), key=lambda s: (s.rank, s.head))

    def situation(self, key: str, actor: Actor) -> Situation:
        """What the door would read for the act, and no more."""
        definition = installed["event_session"]
        action, head = definition.actions[key], str(actor.person)
        whole: dict[str, tuple[Seat, ...]] = {k: tuple(self.of(k)) for k in definition.kinds_for(key)}
        whole |= {
            r.relation.key: tuple(self.of(r.relation.key)[: r.n]) for r in action.reads if isinstance(r, Next)
        }
        facts = {
            "capacity": self.capacity, "party_at_most": 5, "venue": "馆", "cancel_at": STARTS, "shuts_at": STARTS,
            "event": str(EVENT), "doors_at": NOON, "kept_at": STARTS, "starts_at": STARTS, "closes_at": 2 * STARTS,
            "walked_in": self.walked,
        }  # fmt: skip
        venues = {"venues": [{"venue": "馆", "seats": HALL}]}
        return Situation(
            definition,
            current_calendar(),
            actor,
            self.at,
            HERE,
            None,
            case=CaseView(CASE, HERE, None, "open", NOON, NOON, facts, {}, self.seq),
            mine={s.kind: s for s in self.seats.values() if s.head == head},
            seats=whole,
            tally=self.tally,
            named={"event": Other(EVENT, "event_programme", "", HERE, "running", False, venues)},
            recorded=self.at,
        )

    def sizes(self, kind: str) -> list[int]:
        """For how many persons each seat of a kind stands."""
        return [int(s.measures[PERSONS]) for s in self.of(kind)]


SIGN_UP = st.tuples(st.just("sign_up"), st.integers(0, 11), st.integers(1, 5))
CANCEL = st.tuples(st.just("cancel"), st.integers(0, 11), st.just(0))
RESIZE = st.tuples(st.just("change_capacity"), st.just(0), st.integers(1, HALL))
Step = tuple[str, int, int]


def play(hall: Hall, step: Step) -> bool:
    """One step of a sequence."""
    key, who, n = step
    if key == "change_capacity":
        return hall.do(key, ORGANISER, {"capacity": n})
    resident = Actor(PEOPLE[who], (Grant("resident", EVERYWHERE),))
    return hall.do(key, resident, {"persons": n} if n else {})


@given(st.integers(1, 12), st.lists(st.one_of(SIGN_UP, SIGN_UP, CANCEL, RESIZE), max_size=40))
def test_places_never_exceed_the_capacity_nobody_is_passed_nobody_waits_in_vain(
    capacity: int, steps: list[Step]
) -> None:
    hall = Hall(capacity)
    for step in steps:
        before = [s.head for s in hall.of(QUEUE.key)]
        played = play(hall, step)
        places, queue = hall.of(PLACE.key), hall.of(QUEUE.key)
        taken = sum(hall.sizes(PLACE.key))
        # No place is given twice.
        assert taken <= hall.capacity
        assert hall.tally.get(PLACE.key, {}).get(PERSONS, 0) == taken
        assert not {s.head for s in places} & {s.head for s in queue}
        # Nobody is passed: who left the list for a place stood before everybody who still waits in it.
        promoted = [h for h in before if h in {s.head for s in places}]
        left = [h for h in before if h in {s.head for s in queue}]
        assert all(before.index(p) < before.index(h) for p in promoted for h in left)
        # A newcomer gets no place while somebody waits.
        if step[0] == "sign_up" and played and before:
            assert str(PEOPLE[step[1]]) not in {s.head for s in places}
        # Nobody waits behind free places that would do for him.
        assert not queue or int(queue[0].measures[PERSONS]) > hall.capacity - taken


@given(st.lists(st.one_of(SIGN_UP, CANCEL), max_size=30))
def test_who_is_refused_leaves_everything_as_it_was(steps: list[Step]) -> None:
    hall = Hall(4)
    for step in steps:
        before = dict(hall.seats)
        if not play(hall, step):
            assert hall.seats == before


SCAN = st.tuples(st.just("scan"), st.integers(0, 11), st.integers(0, 5))
WALK = st.tuples(st.just("walk"), st.just(0), st.integers(1, 6))


def at_gate(hall: Hall, step: Step) -> bool:
    """Somebody comes to the gate: with a ticket, from the waiting list, or with neither."""
    key, who, n = step
    if key == "walk":
        return hall.do("walk_in", GATE, {"walked": n})
    head = str(PEOPLE[who])
    came = {"came_now": n} if n else {}
    if (PLACE.key, head) in hall.seats:
        return hall.do("check_in", GATE, {"guest": head, **came})
    waits = (QUEUE.key, head) in hall.seats
    return waits and hall.do("let_in", GATE, {"waiting_guest": head, **came})


@given(
    st.integers(1, 12),
    st.lists(SIGN_UP, max_size=14),
    st.lists(st.one_of(SCAN, WALK), max_size=20),
    st.lists(st.one_of(SCAN, WALK), max_size=20),
)
def test_at_the_gate_no_ticket_lets_in_more_than_it_says_and_no_kept_place_is_given_away(
    capacity: int, signed: list[Step], before: list[Step], after: list[Step]
) -> None:
    hall = Hall(capacity)
    for step in signed:
        play(hall, step)
    for at, steps in ((NOON + 1, before), (STARTS + 1, after)):
        hall.at = at
        for step in steps:
            free = inside(hall) < capacity
            let_in = at_gate(hall, step)
            for seat in hall.of(CAME.key):
                ticket = hall.seats.get((PLACE.key, seat.head)) or hall.seats[QUEUE.key, seat.head]
                assert int(seat.measures[PERSONS]) <= int(ticket.measures[PERSONS])
            # While places are kept, there is room for everybody who has one.
            if at < STARTS:
                assert strangers(hall) + sum(hall.sizes(PLACE.key)) <= capacity
            # Who has no place comes in only where nobody sits.
            if let_in and (step[0] == "walk" or (PLACE.key, str(PEOPLE[step[1]])) not in hall.seats):
                assert free and inside(hall) <= capacity


def inside(hall: Hall) -> int:
    return sum(hall.sizes(CAME.key)) + hall.walked


def strangers(hall: Hall) -> int:
    """Those inside who have no place."""
    return inside(hall) - hall.tally.get(CAME.key, {}).get("by_ticket", 0)


def test_a_larger_hall_takes_in_a_list_longer_than_any_single_reading() -> None:
    hall = Hall(1)
    for n in range(31):
        someone = Actor(UUID(int=500 + n), (Grant("resident", EVERYWHERE),))
        assert hall.do("sign_up", someone, {})
    assert len(hall.of(QUEUE.key)) == 30
    assert hall.do("change_capacity", ORGANISER, {"capacity": 31})
    assert not hall.of(QUEUE.key)
