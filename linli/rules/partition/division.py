"""A division while it is being changed: which unit is in which part, what each part weighs and costs, from which centre."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from linli.rules.partition.graph import bits
from linli.rules.partition.instance import Instance
from linli.rules.partition.metres import Floats


class Division:
    """Units in parts. Every part stays connected and keeps at least one unit, if it was so at the beginning.

    Attributes:
        part: the part of each unit.
        weight, size, mask, centre: of each part; a centre is a building.
        cost: Σ households × metres of each part from its centre.
        grain: a gain below this is rounding.
    """

    def __init__(self, given: Instance, part: Sequence[int]) -> None:
        self.given = given
        self.part = list(part)
        self.near = [tuple(bits(mask)) for mask in given.near]
        self.grain = 1e-9 * float(given.cost.max())
        self._home = np.array(given.home)
        count = given.grids
        self.weight, self.size, self.mask = [0] * count, [0] * count, [0] * count
        self.centre, self.cost = [0] * count, [0.0] * count
        self._sums = np.zeros((count, len(given.home)))
        self._outside = np.full((count, len(given.home)), np.inf)
        for u, p in enumerate(self.part):
            self._take(u, p)
        for p in range(count):
            self._centre(p)

    def _take(self, u: int, p: int) -> None:
        self.part[u] = p
        self.weight[p] += self.given.weights[u]
        self.size[p] += 1
        self.mask[p] |= 1 << u
        self._sums[p] += self.given.cost[u]
        self._outside[p, list(bits(self.given.members[u]))] = 0.0

    def _centre(self, p: int) -> None:
        sums: Floats = self._sums[p] + self._outside[p]
        self.centre[p] = int(sums.argmin())
        self.cost[p] = float(sums[self.centre[p]])

    def move(self, u: int, to: int) -> None:
        """Put the unit into another part; both find their centres anew."""
        away = self.part[u]
        self.weight[away] -= self.given.weights[u]
        self.size[away] -= 1
        self.mask[away] &= ~(1 << u)
        self._sums[away] -= self.given.cost[u]
        self._outside[away, list(bits(self.given.members[u]))] = np.inf
        self._take(u, to)
        self._centre(away)
        self._centre(to)

    @property
    def mean(self) -> float:
        """The mean weight of a part."""
        return max(1, sum(self.given.weights)) / self.given.grids

    @property
    def total(self) -> float:
        """What the whole division costs."""
        return sum(self.cost)

    def change(self, u: int, to: int) -> float:
        """What moving the unit would cost with the centres as they are: at least what it will cost, unless a centre moves."""
        row = self.given.cost[u]
        return float(row[self.centre[to]] - row[self.centre[self.part[u]]])

    def excess(self, weight: int) -> int:
        """By how many households a part of this weight misses the bounds."""
        return max(0, weight - self.given.high, self.given.low - weight)

    def strain(self, u: int, to: int) -> int:
        """By how many households moving the unit makes the two parts miss the bounds more (below zero: less)."""
        away, w = self.part[u], self.given.weights[u]
        before = self.excess(self.weight[away]) + self.excess(self.weight[to])
        return self.excess(self.weight[away] - w) + self.excess(self.weight[to] + w) - before

    @property
    def missed(self) -> int:
        """By how many households all parts together miss the bounds."""
        return sum(self.excess(w) for w in self.weight)

    def beside(self, u: int) -> list[int]:
        """The other parts to which the unit is next, each once, in order of its neighbours."""
        own = self.part[u]
        return list(dict.fromkeys(self.part[v] for v in self.near[u] if self.part[v] != own))

    def can_leave(self, u: int) -> bool:
        """Whether the rest of its part hangs together without the unit."""
        own, part = self.part[u], self.part
        kin = [v for v in self.near[u] if part[v] == own]
        if len(kin) < 2:
            return self.size[own] > 1
        missing, seen, edge = set(kin[1:]), {u, kin[0]}, [kin[0]]
        while edge:
            for v in self.near[edge.pop()]:
                if part[v] == own and v not in seen:
                    seen.add(v)
                    edge.append(v)
                    missing.discard(v)
                    if not missing:
                        return True
        return False
