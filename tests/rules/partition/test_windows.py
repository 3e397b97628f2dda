"""Improving a large area window by window never makes it worse, never tears a grid apart, and is the same each time."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.rules.partition.division import Division
from linli.rules.partition.effort import endless
from linli.rules.partition.graph import bits, connected
from linli.rules.partition.growing import first_division
from linli.rules.partition.instance import instance_of, narrowed
from linli.rules.partition.windows import sweep
from tests.rules.partition.town import community


def _never() -> bool:
    return endless() < 0


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 1000), st.integers(30, 60), st.integers(4, 9))
def test_a_sweep_makes_nothing_worse(seed: int, houses: int, grids: int) -> None:
    problem = community(houses, grids, seed=seed)
    area = instance_of(problem, *problem.bounds)
    first = first_division(area, np.random.default_rng(seed))
    before = Division(area, first)
    found = Division(area, sweep(area, first, np.random.default_rng(seed), _never))
    assert (found.missed, found.total) <= (before.missed, before.total * (1 + 1e-9))
    assert all(mask and connected(mask, area.near) for mask in found.mask)
    again = sweep(area, first, np.random.default_rng(seed), _never)
    assert again == found.part


def test_units_alone_are_what_they_were_among_the_others() -> None:
    problem = community(24, 4, seed=3)
    area = instance_of(problem, *problem.bounds)
    units = [2, 3, 5, 7, 11, 13]
    small = narrowed(area, units, 2)
    assert (small.low, small.high, small.grids) == (area.low, area.high, 2)
    for i, u in enumerate(units):
        assert small.weights[i] == area.weights[u]
        assert {units[j] for j in bits(small.near[i])} == set(bits(area.near[u])) & set(units)
    mask, whole = 0b101101, sum(1 << units[i] for i in (0, 2, 3, 5))
    cost, centre = small.best(mask)
    assert (cost, units[centre]) == area.best(whole)
