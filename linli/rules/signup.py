"""Signing up where places are few: a place while there is room, else the waiting list, which moves up by itself and in its order.

An action that signs up declares ``seats=signing(…)`` and ``guard=once``; one that gives up a place ``seats=leaving(…)``,
``reads=READS`` and ``also=moving_up(…)``; one that makes more room ``reads=(QUEUE,)`` (the whole list), ``tally=True`` and
``also=moving_up()``. Who moves up hears of it. The case holds how many places there are in the fact ``capacity`` (0 or none:
without limit). The order of the list is that in which the door took the sign-ups.
"""

from __future__ import annotations

from collections.abc import Callable

from linli.rules.programme import ACTOR, Leaves, Moves, Repeat, Takes
from linli.rules.refusal import Refusal
from linli.rules.seating import heads
from linli.rules.situation import Situation
from linli.rules.text import T
from linli.rules.who import Relation
from linli.rules.wishes import Next

PLACE = Relation("place_taken", T("已报名的人", "Who has a place"))
QUEUE = Relation("queued", T("候补的人", "Who is on the waiting list"))
CAME = Relation("came", T("到场的人", "Who came"))
PERSONS = "persons"
"""The measure of a seat: for how many persons it stands."""
READS = (Next(QUEUE, 20),)
"""How far the list is read when one sign-up gives its places back: more it cannot move up."""


def taken(s: Situation) -> int:
    """How many places are taken."""
    return s.tally.get(PLACE.key, {}).get(PERSONS, 0)


def waiting(s: Situation) -> int:
    """How many sign-ups wait."""
    return s.tally.get(QUEUE.key, {}).get("n", 0)


def room(s: Situation) -> int | None:
    """How many places are free; None where there is no limit."""
    capacity = int(s.fact("capacity") or 0)
    return max(capacity - taken(s), 0) if capacity else None


def party(field: str = "") -> Callable[[Situation], dict[str, int]]:
    """For how many persons somebody signs up: the answer to ``field``, else for himself."""

    def measure(s: Situation) -> dict[str, int]:
        return {PERSONS: int(s.answers.get(field) or 1) if field else 1}

    return measure


def signing(field: str = "", head: str = ACTOR) -> tuple[Takes, Takes]:
    """The two seats of which a sign-up takes one. Who waits is passed by nobody, also not by a smaller party."""
    persons = party(field)

    def fits(s: Situation) -> bool:
        free = room(s)
        return free is None or (waiting(s) == 0 and persons(s)[PERSONS] <= free)

    def waits(s: Situation) -> bool:
        return not fits(s)

    return (
        Takes(PLACE, head, repeat=Repeat.REFUSE, measure=persons, when=fits),
        Takes(QUEUE, head, repeat=Repeat.REFUSE, measure=persons, rank=_turn, when=waits),
    )


def _turn(s: Situation) -> int:
    """One's number in the list: that of the entry, which the lock of the case gives out one by one."""
    return s.case.seq + 1 if s.case else 0


def leaving(head: str = ACTOR) -> tuple[Leaves, Leaves]:
    """The seats that somebody gives up who does not come after all."""
    return Leaves(PLACE, head), Leaves(QUEUE, head)


def once(s: Situation) -> Refusal | None:
    """Who has a place or waits does not sign up again."""
    return Refusal("signed-up") if PLACE.key in s.mine or QUEUE.key in s.mine else None


def moving_up(leaver: str = "") -> Callable[[Situation], tuple[Moves, ...]]:
    """Who has a place now that ``leaver`` (a seat rule's head) gives up his, or that there is more room: the first of the list as
    far as the room reaches; the first that does not fit stops it.
    """

    def moves_up(s: Situation) -> tuple[Moves, ...]:
        gone = set(heads(s, leaver)) if leaver else set()
        free, found = _room_without(s, gone), list[Moves]()
        for seat in s.seats.get(QUEUE.key, ()):
            persons = int(seat.measures.get(PERSONS, 1))
            if seat.head in gone:
                continue
            if free is not None and persons > free:
                break
            free = None if free is None else free - persons
            found.append(Moves(seat.head, QUEUE, PLACE, dict(seat.measures)))
        return tuple(found)

    return moves_up


def _room_without(s: Situation, gone: set[str]) -> int | None:
    """The room when those have given up their places."""
    free = room(s)
    if free is None:
        return None
    places = {
        seat.head: seat for seat in (*s.mine.values(), *s.seats.get(PLACE.key, ())) if seat.kind == PLACE.key
    }
    return free + sum(int(places[h].measures.get(PERSONS, 1)) for h in gone if h in places)
