"""What is listed as promising is exactly what listing every part would leave: no part of a better division is missed."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.rules.partition.bounding import Bounding
from linli.rules.partition.graph import bits
from linli.rules.partition.instance import Instance, instance_of
from linli.rules.partition.metres import Floats
from linli.rules.partition.parts import connected_parts
from linli.rules.partition.promising import promising
from linli.rules.partition.ways import Ways
from tests.rules.partition.town import community


def _value(area: Instance, rewards: Floats, part: int) -> float:
    """The least value of a part with one of its own centres."""
    units = list(bits(part))
    return min(float(rewards[units, c].sum()) for c in units)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 500), st.integers(10, 16), st.integers(3, 5), st.floats(-0.3, 0.6), st.booleans())
def test_exactly_the_parts_within_the_limit(
    seed: int, houses: int, grids: int, above: float, walls: bool
) -> None:
    problem = community(houses, grids, seed=seed, walls=walls)
    area = instance_of(problem, *problem.bounds)
    every = connected_parts(area.near, area.weights, area.low, area.high, 10**7)
    assert every is not None
    at = Bounding(area, Ways(area)).run(float(area.cost.max()), 30, lambda: False)
    if at.rewards is None or not np.isfinite(at.value):
        return
    limit = at.toll + above * abs(at.toll)
    found = promising(area, at.rewards, limit, 10**7)
    assert found is not None
    values = {p: _value(area, at.rewards, p) for p in every}
    wanted = {p for p, v in values.items() if v <= limit - 1e-6 * abs(limit)}
    allowed = {p for p, v in values.items() if v <= limit + 1e-6 * abs(limit)}
    assert wanted <= set(found.parts) <= allowed
    assert found.parts == sorted(found.parts)


def test_too_many_are_not_listed() -> None:
    problem = community(30, 5, seed=1)
    area = instance_of(problem, *problem.bounds)
    nothing = np.zeros((area.n, area.n))
    assert promising(area, nothing, 1.0, 1000) is None
