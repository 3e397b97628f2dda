"""A plan is connected, within the tolerance and no worse than its proof says; on small communities it is the best there is."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from linli.rules.partition.effort import FULL, QUICK
from linli.rules.partition.graph import connected
from linli.rules.partition.metres import beside
from linli.rules.partition.planning import Plan, masks_of, plan
from linli.rules.partition.problem import House, Problem, deviation
from linli.rules.partition.wording import Unplannable
from tests.rules.partition.town import best_of_all, community

PLACES = st.tuples(st.integers(0, 40), st.integers(0, 40))


def sound(found: Plan) -> None:
    """Every building in one grid, every grid connected and within the tolerance, bound and gap as they are meant."""
    problem = found.problem
    assert sorted(b for g in found.grids for b in g.buildings) == list(range(len(problem.houses)))
    assert len(found.grids) == problem.grids
    assert all(connected(mask, problem.near) for mask in masks_of(problem, found.grid_of))
    assert all(deviation(problem.total, problem.grids, g.households) <= found.tolerance for g in found.grids)
    assert 0 <= found.bound <= found.objective
    assert found.objective == pytest.approx(sum(g.cost for g in found.grids))
    assert all(g.centre in g.buildings for g in found.grids)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    places = draw(st.lists(PLACES, min_size=2, max_size=8, unique=True))
    points = [(112.56 + x / 10_000, 37.78 + y / 10_000) for x, y in places]
    houses = tuple(
        House(f"b{i}", draw(st.integers(0, 150)), p, draw(st.sampled_from(["", "A", "B"])))
        for i, p in enumerate(points)
    )
    assume(sum(h.households for h in houses))
    edges = tuple(e for e in beside(points) if draw(st.integers(0, 4)))
    grids = draw(st.integers(1, min(4, len(houses))))
    return Problem(
        houses, edges, grids, draw(st.sampled_from([Fraction(1, 20), Fraction(1, 4)])), draw(st.booleans())
    )


@settings(max_examples=60)
@given(problems())
def test_a_small_plan_is_what_trying_every_division_finds(problem: Problem) -> None:
    best = best_of_all(problem)
    try:
        found = plan(problem)
    except Unplannable as cannot:
        assert cannot.code == "disconnected"
        assert best is None
        return
    assert best is not None
    held, apart, price = best
    sound(found)
    assert (found.tolerance, found.tolerance_proven) == (held, True)
    assert found.objective == pytest.approx(price, abs=1e-6)
    assert found.bound == pytest.approx(price, abs=1e-3)
    if problem.keep_compounds:
        assert (len(found.cut), found.cut_proven) == (apart, True)


def test_33_buildings_into_10_grids_are_proven_to_the_end() -> None:
    for walls in (False, True):
        found = plan(community(33, 10, walls=walls))
        sound(found)
        assert found.gap < 1e-9
        assert found.tolerance_proven
        assert walls or found.tolerance == Fraction(1, 4)


@pytest.mark.parametrize(("n", "grids", "walls"), [(80, 20, True), (64, 6, False)])
def test_a_larger_community_is_planned_with_a_small_gap(n: int, grids: int, walls: bool) -> None:
    found = plan(community(n, grids, walls=walls, seed=1), replace(FULL, looks=300_000, starts=3, turns=1))
    sound(found)
    assert found.gap <= 0.02


def test_the_same_input_and_seed_give_the_same_plan() -> None:
    problem = community(48, 5, walls=True)
    one, two = plan(problem, QUICK), plan(problem, QUICK)
    assert (one.grid_of, one.objective, one.bound) == (two.grid_of, two.objective, two.bound)
    assert plan(replace(problem, seed=3), QUICK).objective > 0


def test_a_tolerance_that_cannot_be_is_answered_with_the_smallest_that_can() -> None:
    houses = tuple(House(f"b{i}", w, (112.56 + i / 1000, 37.78)) for i, w in enumerate([10, 10, 90, 10]))
    found = plan(Problem(houses, ((0, 1), (1, 2), (2, 3)), 2))
    assert found.tolerance == Fraction(666667, 1_000_000)
    assert found.tolerance_proven
    sound(found)


def test_compounds_stay_whole_where_that_is_possible() -> None:
    problem = community(18, 4, seed=4, keep_compounds=True)
    kept, free = plan(problem), plan(replace(problem, keep_compounds=False))
    assert len(kept.cut) <= len(free.cut)
    assert kept.objective >= free.objective - 1e-6
    assert free.cut_proven is None
    sound(kept)


@pytest.mark.parametrize(
    ("problem", "code", "named"),
    [
        (Problem((), (), 1), "no-buildings", ()),
        (Problem((House("a", 0, (1, 1)), House("b", 0, (2, 2))), ((0, 1),), 1), "no-households", ("a", "b")),
        (Problem((House("a", 1, (1, 1)),), (), 2), "too-many-grids", ("a",)),
        (Problem((House("a", 1, (1, 1)), House("b", 1, (2, 2))), (), 1), "disconnected", ("a",)),
        (Problem((House("a", 1, (1, 1)), House("a", 1, (2, 2))), ((0, 1),), 1), "repeated", ("a",)),
        (Problem((House("a", -1, (1, 1)), House("b", 1, (2, 2))), ((0, 1),), 1), "bad-households", ("a",)),
        (Problem((House("a", 1, (1, 1)),), (), 0), "no-grids", ()),
        (Problem((House("a", 1, (1, 1)),), (), 1, Fraction(-1, 4)), "bad-tolerance", ()),
    ],
)
def test_what_cannot_be_planned_names_the_buildings(
    problem: Problem, code: str, named: tuple[str, ...]
) -> None:
    with pytest.raises(Unplannable) as cannot:
        plan(problem)
    assert (cannot.value.code, cannot.value.buildings) == (code, named)
    assert all(name in str(cannot.value) for name in named)


def test_a_weak_effort_never_widens_a_tolerance_that_is_within_reach() -> None:
    problem = community(40, 10, walls=True, tolerance="0.3", seed=7)
    thorough = plan(problem)
    assert thorough.tolerance == problem.tolerance
    weak = plan(problem, replace(QUICK, looks=10, starts=1, moves=1, rounds=1))
    sound(weak)
    assert (weak.tolerance, weak.tolerance_proven) == (problem.tolerance, True)


def test_where_time_is_up_there_is_a_plan_all_the_same() -> None:
    problem = community(70, 6)
    found = plan(problem, QUICK.timed(lambda: 0.0))
    sound(found)


def test_an_area_too_large_to_list_is_planned_evenly() -> None:
    problem = community(420, 12, tolerance="0.05")
    found = plan(problem, QUICK)
    sound(found)
    assert max(deviation(problem.total, 12, g.households) for g in found.grids) <= Fraction(1, 50)
