"""How a meeting decides: the comparisons are of whole numbers, and the words mean what the law says they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.rules.deciding import Outcome, Shows, decided, points, quorate, ranking, winner

N = st.integers(0, 10_000)


def test_exactly_half_is_no_majority_and_exactly_two_thirds_are_enough() -> None:
    assert decided("majority", Shows(6, 6)) == Outcome(False, 12, ">", 12)
    assert decided("majority", Shows(7, 6)).passed
    assert decided("two_thirds", Shows(8, 4)) == Outcome(True, 24, "≥", 24)
    assert not decided("two_thirds", Shows(7, 4)).passed


def test_who_abstains_took_part_and_did_not_agree() -> None:
    assert not decided("majority", Shows(5, 0, 5)).passed


def test_of_all_members_the_absent_count_too() -> None:
    assert decided("majority", Shows(10, 0), of=19).passed
    assert not decided("majority", Shows(10, 0), of=20).passed


def test_consensus_is_that_nobody_is_against_and_somebody_is_for() -> None:
    assert decided("consensus", Shows(3, 0, 9)).passed
    assert not decided("consensus", Shows(30, 1)).passed
    assert not decided("consensus", Shows(0, 0, 9)).passed


def test_a_ranking_does_not_say_yes_or_no() -> None:
    with pytest.raises(ValueError, match="ranking"):
        decided("ranking", Shows(1, 0))


def test_a_quorum_of_two_thirds_includes_the_number_itself() -> None:
    assert quorate(8, 12, (2, 3)) == Outcome(True, 24, "≥", 24)
    assert not quorate(7, 12, (2, 3)).passed
    assert not quorate(0, 0, (1, 2)).passed


def test_slips_of_a_ranking() -> None:
    options = ["a", "b", "c"]
    slips = [points(options, s) for s in (["b", "a", "c"], ["b", "c"], ["a"])]
    assert ranking(options, slips) == [("b", 4), ("a", 3), ("c", 1)]
    assert winner(ranking(options, slips)) == "b"
    assert winner(ranking(options, [points(options, ["a", "b"]), points(options, ["b", "a"])])) == ""
    assert winner(ranking(options, [])) == ""
    for wrong in (["a", "a"], ["d"]):
        with pytest.raises(ValueError, match=r"a|d"):
            points(options, wrong)


@given(N, N, N)
def test_more_votes_for_it_never_undo_a_decision(agree: int, against: int, abstain: int) -> None:
    for rule in ("majority", "two_thirds", "consensus"):
        if decided(rule, Shows(agree, against, abstain)).passed:
            assert decided(rule, Shows(agree + 1, against, abstain)).passed


@given(st.permutations(["a", "b", "c", "d"]), st.lists(st.permutations(["a", "b", "c", "d"]), max_size=12))
def test_a_ranking_does_not_depend_on_the_order_of_the_slips(
    options: list[str], slips: list[list[str]]
) -> None:
    given_ = [points(options, s) for s in slips]
    assert ranking(options, given_) == ranking(options, given_[::-1])
    assert sum(n for _, n in ranking(options, given_)) == 6 * len(slips)
