"""Seats by their laws: the sums are those of the seats, and the order in which different heads come does not matter."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from linli.rules.programme import STAY, Action, Takes
from linli.rules.seating import SeatOp, changes, kinds_read
from linli.rules.situation import Seat
from linli.rules.text import T
from linli.rules.who import Relation
from linli.rules.wishes import These, Wish

heads = st.sampled_from(["a", "b", "c", "d"])
measures = st.dictionaries(st.sampled_from(["for", "area"]), st.integers(-5, 90), max_size=2)
takes = st.builds(
    lambda h, m: {"kind": "ballot", "head": h, "do": "take", "rank": 0, "m": m}, heads, measures
)
leaves = st.builds(lambda h: {"kind": "ballot", "head": h, "do": "leave"}, heads)
ops = st.lists(takes | leaves, max_size=20)


def played(many: list[SeatOp]) -> tuple[dict[str, Seat], Counter[str]]:
    """The seats after all operations, and the tally as the changes add it up."""
    seats: dict[str, Seat] = {}
    tally: Counter[str] = Counter()
    for op in many:
        old = seats.get(op["head"])
        if op["do"] == "leave" and old is None:
            continue
        tally.update(changes(old, op))
        if op["do"] == "take":
            seats[op["head"]] = Seat("ballot", op["head"], 0, 0, op["m"])
        else:
            del seats[op["head"]]
    return seats, tally


@given(ops)
def test_the_tally_is_the_sum_of_the_seats(many: list[SeatOp]) -> None:
    seats, tally = played(many)
    naive: Counter[str] = Counter()
    for seat in seats.values():
        naive.update({"n": 1, **seat.measures})
    assert {k: n for k, n in tally.items() if n} == {k: n for k, n in naive.items() if n}


@given(ops, st.randoms(use_true_random=False))
def test_the_order_of_different_heads_does_not_matter(many: list[SeatOp], chance: object) -> None:
    """Each head keeps his own order; the heads come one after the other instead of mixed."""
    by_head = [
        list(g) for _, g in groupby(sorted(many, key=lambda op: str(op["head"])), key=lambda op: op["head"])
    ]
    chance.shuffle(by_head)  # type: ignore[attr-defined]
    one, other = played(many), played([op for group in by_head for op in group])
    assert one[0] == other[0]
    assert {k: n for k, n in one[1].items() if n} == {k: n for k, n in other[1].items() if n}


def test_a_seat_taken_by_name_is_judged_by_all_of_its_kind_unless_the_act_says_by_which() -> None:
    guest = Relation("guest", T("客人", "Guest"))

    def read(*reads: Wish) -> set[str]:
        seats = (Takes(guest, "whom"),)
        return kinds_read(
            Action("let_in", T("放行", "Let in"), "open", STAY, who=(), seats=seats, reads=reads)
        )

    assert read() == {"guest"}
    assert read(These(guest, lambda s: [str(s.answers["whom"])])) == set()
