"""Locked grids stay, few buildings move, two plans are compared, and a division says what moving one building would do."""

from dataclasses import replace

import pytest

from linli.rules.partition.measuring import measured, moves
from linli.rules.partition.metres import beside
from linli.rules.partition.planning import masks_of, plan
from linli.rules.partition.problem import House
from linli.rules.partition.replanning import around_locked, difference, fewest_moves, renumbered
from linli.rules.partition.wording import Unplannable
from tests.rules.partition.town import community


def test_a_measure_is_what_the_plan_says() -> None:
    found = plan(community(24, 6))
    told = measured(found.problem, found.grid_of)
    assert told.total == pytest.approx(found.objective)
    assert told.sound
    assert [g.households for g in told.grids] == [g.households for g in found.grids]


def test_a_move_changes_what_it_says() -> None:
    problem = community(24, 6)
    numbers = plan(problem).grid_of
    before = measured(problem, numbers)
    told = moves(problem, numbers)
    assert told == sorted(told, key=lambda m: (m.change, m.building, m.to))
    for move in told[:12]:
        after = measured(problem, [move.to if b == move.building else n for b, n in enumerate(numbers)])
        assert after.total - before.total == pytest.approx(move.change)
        assert (after.grids[move.away].households, after.grids[move.to].households) == (
            move.left,
            move.joined,
        )
        pieces = (after.grids[move.away].pieces, after.grids[move.to].pieces)
        assert move.connected == (pieces == (1, 1))
        assert move.change >= -1e-6 or not (move.connected and move.within), "the plan was the best"


def test_locked_grids_stay_and_the_rest_is_within_the_tolerance() -> None:
    problem = community(24, 6)
    numbers = plan(problem).grid_of
    again = around_locked(problem, numbers, [0, 3])
    assert [n for n in again if n in (0, 3)] == [n for n in numbers if n in (0, 3)]
    assert measured(problem, again).sound
    assert around_locked(problem, numbers, range(6)) == numbers
    with pytest.raises(Unplannable, match="kept"):
        around_locked(problem, [0] * 23 + [1], [0])


def test_a_new_building_moves_as_few_as_possible() -> None:
    problem = community(24, 6)
    numbers = plan(problem).grid_of
    houses = (
        *problem.houses,
        House("new", 170, (problem.houses[4].point[0] + 0.0002, problem.houses[4].point[1])),
    )
    grown = replace(problem, houses=houses, edges=tuple(beside([h.point for h in houses])))
    found = fewest_moves(grown, [*numbers, None])
    assert found.proven
    assert measured(grown, found.grid_of).sound
    fresh = plan(grown)
    renamed = renumbered(grown, masks_of(grown, fresh.grid_of), [*numbers, None])
    assert len(found.moved) <= sum(a != b for a, b in zip(numbers, renamed, strict=False))
    assert found.moved == tuple(b for b, n in enumerate(numbers) if found.grid_of[b] != n)


def test_two_plans_are_compared() -> None:
    problem = community(24, 6)
    one, two = plan(problem).grid_of, plan(replace(problem, tolerance=problem.tolerance / 5)).grid_of
    two = renumbered(problem, masks_of(problem, two), one)
    told = difference(problem, one, two)
    assert told.households == sum(problem.houses[b].households for b in told.moved)
    assert told.distance >= 0
    assert told.evenness < 0
    assert difference(problem, one, one).moved == ()
