"""The bank's statement against the book: pairs, differences, proof."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from linli.funds.reconcile import Line, Pair, Reconciliation, reconcile

FIRST = date(2026, 1, 1)


def on(day: int, cents: int, name: str = "") -> Line:
    return Line((FIRST + timedelta(days=day)).isoformat(), cents, name or f"{day}/{cents}")


def test_the_same_amount_within_some_days_is_a_pair() -> None:
    found = reconcile([on(0, 5, "a"), on(3, 7, "b")], [on(5, 5, "1"), on(9, 7, "2")], 12, 12)
    assert found.pairs == [Pair(on(0, 5, "a"), on(5, 5, "1"))]
    assert (found.bank_only, found.book_only) == ([on(3, 7, "b")], [on(9, 7, "2")])
    assert found.proved


def test_what_is_left_explains_the_difference_or_does_not() -> None:
    bank, book = [on(1, 500), on(2, -20, "fee")], [on(1, 500), on(3, -100, "7")]
    found = reconcile(bank, book, 480, 400)
    assert found.unexplained == 480 - 400 - (-20 - -100) == 0
    assert not reconcile(bank, book, 481, 400).proved


def test_a_line_is_paired_once_and_the_most_pairs_are_made() -> None:
    found = reconcile([on(4, 5, "a"), on(9, 5, "b")], [on(0, 5, "1"), on(6, 5, "2"), on(6, 5, "3")], 10, 15)
    assert [(p.bank.name, p.book.name) for p in found.pairs] == [("a", "1"), ("b", "2")]
    assert [x.name for x in found.book_only] == ["3"]


lines = st.lists(st.tuples(st.integers(0, 30), st.sampled_from([-3, 5, 7])), max_size=6)


@given(lines, lines, st.integers(0, 6))
def test_it_depends_on_no_order_loses_nothing_and_pairs_as_many_as_can_be(
    bank: list[tuple[int, int]], book: list[tuple[int, int]], within: int
) -> None:
    theirs = [on(d, c, f"b{n}") for n, (d, c) in enumerate(bank)]
    ours = [on(d, c, f"v{n}") for n, (d, c) in enumerate(book)]
    sums = sum(c for _, c in bank), sum(c for _, c in book)
    found = reconcile(theirs, ours, *sums, within)
    assert found == reconcile(theirs[::-1], ours[::-1], *sums, within)
    assert found.proved
    assert sorted([*found.bank_only, *(p.bank for p in found.pairs)]) == sorted(theirs)
    assert sorted([*found.book_only, *(p.book for p in found.pairs)]) == sorted(ours)
    assert all(p.bank.cents == p.book.cents and _apart(p) <= within for p in found.pairs)
    if len(theirs) <= 4 and len(ours) <= 4:
        assert len(found.pairs) == _most(theirs, ours, within)


def _apart(pair: Pair) -> int:
    return abs((date.fromisoformat(pair.bank.day) - date.fromisoformat(pair.book.day)).days)


def _most(bank: list[Line], book: list[Line], within: int) -> int:
    """By trying everything."""
    small, large = sorted((bank, book), key=len)
    return max(
        (
            sum(
                a.cents == b.cents and _apart(Pair(a, b)) <= within for a, b in zip(small, some, strict=False)
            )
            for some in permutations(large, len(small))
        ),
        default=0,
    )


def test_two_empty_sides_are_reconciled() -> None:
    assert reconcile([], [], 0, 0) == Reconciliation([], [], [], 0, 0)
