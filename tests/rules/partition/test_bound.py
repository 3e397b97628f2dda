"""The bound holds whatever the prices; the pieces of which planner and proof are made do what they say."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.rules.partition.bounding import Bounding
from linli.rules.partition.effort import FULL
from linli.rules.partition.exact import cheapest_division, listed
from linli.rules.partition.graph import connected
from linli.rules.partition.instance import instance_of
from linli.rules.partition.knapsack import at_least, cheapest
from linli.rules.partition.metres import RADIUS, beside, distances, uncrossed
from linli.rules.partition.parts import connected_parts
from linli.rules.partition.pockets import without_pockets
from linli.rules.partition.ways import Ways
from tests.rules.partition.town import community


@pytest.mark.parametrize("walls", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_prices_never_promise_more_than_the_best_costs(walls: bool, seed: int) -> None:
    problem = community(26, 6, seed=seed, walls=walls)
    given_ = instance_of(problem, *problem.bounds)
    every = listed(given_, FULL)
    assert every is not None
    best = cheapest_division(every.pool, every.parts, given_.n, given_.grids, FULL)
    bounding = Bounding(given_, Ways(given_))
    target = best.cost if best.parts else 1e6
    found = bounding.run(target, 150, lambda: False)
    if not best.parts:
        assert best.impossible
        return
    assert 0.8 * best.cost <= found.value <= best.cost + 1e-6
    for draw in range(3):
        bounding.prices = np.abs(np.random.default_rng(draw).normal(size=given_.n)) * best.cost / given_.n
        value, _ = bounding._round(set())
        assert value <= best.cost + 1e-6


@given(
    st.lists(st.tuples(st.integers(-20, 20), st.integers(0, 9)), min_size=1, max_size=7),
    st.integers(0, 20),
    st.integers(0, 20),
)
def test_the_cheapest_part_is_what_trying_all_finds(
    items: list[tuple[int, int]], low: int, room: int
) -> None:
    rewards, weights = np.array([r for r, _ in items], dtype=float), [w for _, w in items]
    high = low + room
    tried = [
        (sum(rewards[i] for i in range(len(items)) if mask >> i & 1), mask)
        for mask in range(1, 1 << len(items), 2)
        if low <= sum(w for i, w in enumerate(weights) if mask >> i & 1) <= high
    ]
    value, mask = cheapest(rewards, weights, 0, low, high)
    if not tried:
        assert value == math.inf
        return
    assert value == min(tried)[0]
    assert sum(rewards[i] for i in range(len(items)) if mask >> i & 1) == value
    floor = at_least(rewards[:, None], np.array(weights), np.array([0]), high)[0]
    assert floor <= value + 1e-9


def test_every_connected_part_is_listed_once() -> None:
    problem = community(11, 3, seed=2, walls=True)
    near, weights = problem.near, [h.households for h in problem.houses]
    low, high = 150, 500
    found = connected_parts(near, weights, low, high, 10**6)
    assert found is not None
    tried = {
        m for m in range(1, 1 << 11)
        if connected(m, near) and low <= sum(w for i, w in enumerate(weights) if m >> i & 1) <= high
    }  # fmt: skip
    assert len(found) == len(set(found))
    assert set(found) == tried
    assert connected_parts(near, weights, low, high, 10) is None


def test_pockets_lose_no_division() -> None:
    for seed in range(6):
        problem = community(14, 4, seed=seed, walls=True, tolerance="0.6")
        given_ = instance_of(problem, *problem.bounds)
        tight = without_pockets(given_)
        costs = []
        for instance in (given_, tight):
            every = listed(instance, FULL)
            assert every is not None
            solved = cheapest_division(every.pool, every.parts, instance.n, instance.grids, FULL)
            costs.append(solved.cost)
        assert costs[0] == pytest.approx(costs[1])


def test_metres_are_metres_on_the_ground() -> None:
    one_degree = distances([(112.0, 37.0), (112.0, 38.0), (112.0, 37.0)])
    assert one_degree[0, 1] == pytest.approx(math.radians(1) * RADIUS)
    assert one_degree[0, 2] == 0


def test_neighbours_of_places_on_one_line_and_at_one_spot() -> None:
    assert beside([(112.0, 37.0), (112.002, 37.0), (112.001, 37.0)]) == [(0, 2), (1, 2)]
    assert beside([(112.0, 37.0), (112.0, 37.0)]) == [(0, 1)]
    assert beside([(112.0, 37.0)]) == []
    square = [(112.0, 37.0), (112.001, 37.0), (112.001, 37.001), (112.0, 37.001), (112.0004, 37.0004)]
    edges = beside(square)
    assert len(edges) == 8
    wall = [(112.0005, 36.9), (112.0005, 37.2)]
    apart = uncrossed(edges, square, [wall])
    assert all(({0, 3, 4} >= set(e)) or ({1, 2} >= set(e)) for e in apart)
