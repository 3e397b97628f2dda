"""A problem as the solvers see it: units (buildings that stay together), their weights, neighbours and costs per centre."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from linli.rules.partition.graph import bits, mask_of, nearby
from linli.rules.partition.metres import Floats, distances
from linli.rules.partition.problem import Problem


@dataclass(frozen=True, slots=True, eq=False)
class Instance:
    """``cost[u, c]`` is Σ households × metres of the unit ``u`` to the building ``c``; ``home[c]`` is the unit of that building.

    A part is a mask of units; its centre is one of its own buildings.
    """

    weights: tuple[int, ...]
    near: tuple[int, ...]
    members: tuple[int, ...]
    cost: Floats
    home: tuple[int, ...]
    grids: int
    low: int
    high: int

    @property
    def n(self) -> int:
        """How many units there are."""
        return len(self.weights)

    @property
    def everything(self) -> int:
        """The mask of all units."""
        return (1 << self.n) - 1

    def weight(self, part: int) -> int:
        """The households of a part."""
        return sum(self.weights[u] for u in bits(part))

    def best(self, part: int) -> tuple[float, int]:
        """What a part costs from its best centre, and that centre: the first of equals."""
        units = list(bits(part))
        centres = [c for u in units for c in bits(self.members[u])]
        sums = self.cost[np.ix_(units, centres)].sum(axis=0)
        first = int(np.argmin(sums))
        return float(sums[first]), centres[first]

    def fits(self, part: int) -> bool:
        """Whether the households of the part are within the bounds."""
        return self.low <= self.weight(part) <= self.high

    def buildings(self, part: int) -> int:
        """The buildings of a part of units as a mask."""
        mask = 0
        for u in bits(part):
            mask |= self.members[u]
        return mask

    def bounded(self, low: int, high: int) -> Instance:
        """The same with other bounds."""
        return replace(self, low=low, high=high)


def instance_of(problem: Problem, low: int, high: int) -> Instance:
    """Every building a unit of its own."""
    n = len(problem.houses)
    weights = tuple(h.households for h in problem.houses)
    metres = distances([h.point for h in problem.houses])
    cost = np.array(weights, dtype=np.float64)[:, None] * metres
    units = tuple(1 << i for i in range(n))
    return Instance(weights, tuple(problem.near), units, cost, tuple(range(n)), problem.grids, low, high)


def merged(given: Instance, groups: Sequence[int]) -> Instance:
    """The instance in which each group of units (disjoint masks) is one unit; the others stay as they are."""
    taken = 0
    for group in groups:
        taken |= group
    alone = [1 << u for u in range(given.n) if not taken >> u & 1]
    masks = sorted([*groups, *alone], key=lambda m: m & -m)
    where = {u: i for i, mask in enumerate(masks) for u in bits(mask)}
    near = []
    for i, mask in enumerate(masks):
        around = {where[v] for v in bits(nearby(mask, given.near))} - {i}
        near.append(sum(1 << j for j in around))
    cost = np.array([given.cost[list(bits(mask))].sum(axis=0) for mask in masks])
    return replace(
        given,
        weights=tuple(given.weight(mask) for mask in masks),
        near=tuple(near),
        members=tuple(given.buildings(mask) for mask in masks),
        cost=cost,
        home=tuple(where[u] for u in given.home),
    )


def narrowed(given: Instance, units: Sequence[int], grids: int) -> Instance:
    """The instance of these units alone, in their order, into so many grids within the same bounds."""
    buildings = [b for u in units for b in bits(given.members[u])]
    unit, building = {u: i for i, u in enumerate(units)}, {b: i for i, b in enumerate(buildings)}
    near = (mask_of([unit[v] for v in bits(given.near[u]) if v in unit]) for u in units)
    members = (mask_of([building[b] for b in bits(given.members[u])]) for u in units)
    return replace(
        given,
        weights=tuple(given.weights[u] for u in units),
        near=tuple(near),
        members=tuple(members),
        cost=given.cost[np.ix_(units, buildings)],
        home=tuple(unit[given.home[b]] for b in buildings),
        grids=grids,
    )
