"""A cost is shared out to the cent: the parts sum to it, nobody is a cent off his share, and ties go by the name."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.rules.apportionment import apportion, cents_of

AREAS = st.lists(st.integers(1, 10**6), min_size=1, max_size=40)


@given(st.integers(0, 10**10), AREAS)
def test_the_shares_sum_to_the_cost_and_are_less_than_a_cent_off(cents: int, areas: list[int]) -> None:
    names = [f"{n:03d}" for n in range(len(areas))]
    shares = apportion(cents, areas, names)
    total = sum(areas)
    assert sum(shares) == cents
    exact = [Fraction(cents * a, total) for a in areas]
    assert all(abs(s - e) < 1 for s, e in zip(shares, exact, strict=True))
    up = [e - s for s, e in zip(shares, exact, strict=True) if s > e]
    down = [e - s for s, e in zip(shares, exact, strict=True) if s < e]
    # Who is rounded up had at least the remainder of whoever is rounded down.
    assert not up or not down or min(1 + u for u in up) >= max(down)


@given(AREAS, st.integers(0, 10**8), st.randoms(use_true_random=False))
def test_the_order_of_the_roll_changes_nobodys_share(areas: list[int], cents: int, chance: object) -> None:
    names = [f"{n:03d}" for n in range(len(areas))]
    shares = dict(zip(names, apportion(cents, areas, names), strict=True))
    order = list(range(len(areas)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    again = apportion(cents, [areas[i] for i in order], [names[i] for i in order])
    assert dict(zip([names[i] for i in order], again, strict=True)) == shares


def test_equal_remainders_go_to_the_lesser_name() -> None:
    assert apportion(100, [1, 1, 1], ["b", "a", "é"]) == [33, 34, 33]
    assert apportion(5, [1, 1, 1], ["10", "9", "1"]) == [2, 1, 2]


@pytest.mark.parametrize("text", ["0", "0.00", "-1", "1.234", "1e3", "", "１２", "1,000", "12345.6 7"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount above zero"):
        cents_of(text)


def test_amounts_are_exact() -> None:
    assert [cents_of(t) for t in ("0.1", "12345.67", "7", "0.01")] == [10, 1234567, 700, 1]
    for weights in ([], [0], [3, -1]):
        with pytest.raises(ValueError, match="at least one weight"):
            apportion(1, weights, ["a", "b"][: len(weights)])
