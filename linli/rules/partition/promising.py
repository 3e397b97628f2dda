"""All parts that can lie in a better division than the one that is known: few, even where nobody could list all parts.

At the prices of a bound (``bounding``) every part with a centre has a value, and a division costs what all units pay together and
the values of its parts. So a part whose value is further above that of the last centre chosen than the bound is below the known
division lies in no better one. The others are grown from their centre, unit by unit: of two branches one takes a unit that is next
to the part, the other leaves it out for good; a branch ends where even the best of what is free, taken in part, leaves it too dear.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.rules.partition.annealing import Stop
from linli.rules.partition.graph import bits, mask_of
from linli.rules.partition.instance import Instance
from linli.rules.partition.metres import Floats


@dataclass(frozen=True, slots=True)
class Promising:
    """The parts as masks, each once, in order; how many beginnings were looked at."""

    parts: list[int]
    looked: int


Rows = NDArray[np.bool_]
BATCH = 20_000
"""So many beginnings are grown at once."""


@dataclass(frozen=True, slots=True)
class Beginnings:
    """Beginnings of parts, one in each row: the units taken, and those left out for good."""

    taken: Rows
    left: Rows

    def __len__(self) -> int:
        return len(self.taken)

    def halves(self) -> tuple[Beginnings, Beginnings]:
        """The two halves."""
        middle = len(self) // 2
        return (
            Beginnings(self.taken[:middle], self.left[:middle]),
            Beginnings(self.taken[middle:], self.left[middle:]),
        )


class Growth:
    """The parts with one centre. Units stand in the order in which a knapsack would take them: most saved per household first."""

    def __init__(self, given: Instance, beside: Rows, rewards: Floats, centre: int, limit: float) -> None:
        home = given.home[centre]
        weights = np.array(given.weights, dtype=np.float64)
        some = np.flatnonzero((rewards < np.inf) & (weights <= given.high))
        order = np.argsort(rewards[some] / np.maximum(weights[some], 1e-9), kind="stable")
        self.units = some[order]
        self.rewards, self.weights = rewards[self.units], weights[self.units]
        self.beside = beside[np.ix_(self.units, self.units)].astype(np.float32)
        self.home = np.flatnonzero(self.units == home)
        self.low, self.high, self.limit = given.low, given.high, limit
        self.saving = int((self.rewards < 0).sum())

    def begin(self) -> Beginnings:
        """The centre's own unit."""
        taken = np.zeros((len(self.home), len(self.units)), dtype=bool)
        taken[:, self.home] = True
        return Beginnings(taken, np.zeros_like(taken))

    def grown(self, now: Beginnings) -> tuple[Rows, Beginnings]:
        """The parts that are complete, and the beginnings one unit further on."""
        weight, value = now.taken @ self.weights, now.taken @ self.rewards
        free = ~(now.taken | now.left) & (self.weights <= (self.high - weight)[:, None])
        hopeful = (value + self._saved(free, self.high - weight) <= self.limit) & (
            weight + free @ self.weights >= self.low
        )
        taken, left, weight, value = now.taken[hopeful], now.left[hopeful], weight[hopeful], value[hopeful]
        open_ = (taken.astype(np.float32) @ self.beside > 0) & free[hopeful]
        further = open_.any(axis=1)
        done = taken[~further & (weight >= self.low) & (value <= self.limit)]
        return done, _branched(taken[further], left[further], open_[further])

    def _saved(self, free: Rows, room: Floats) -> Floats:
        """The most that free units can save (below zero), the last of them taken in part."""
        some = slice(0, self.saving)
        weights, rewards = self.weights[some], self.rewards[some]
        heavy = np.where(free[:, some], weights, 0.0)
        before = np.cumsum(heavy, axis=1) - heavy
        shares = np.clip(room[:, None] - before, 0.0, heavy)
        light = free[:, some] & (weights == 0)
        saved: Floats = shares @ (rewards / np.maximum(weights, 1e-9)) + light @ rewards
        return saved

    def masks(self, rows: Rows) -> list[int]:
        """The parts as masks of the instance's units."""
        return [mask_of(self.units[np.flatnonzero(row)].tolist()) for row in rows]


def _branched(taken: Rows, left: Rows, open_: Rows) -> Beginnings:
    """Two branches of each: with the first of its open units, and without."""
    rows, unit = np.arange(len(taken)), open_.argmax(axis=1)
    more, without = taken.copy(), left.copy()
    more[rows, unit] = True
    without[rows, unit] = True
    return Beginnings(np.concatenate([more, taken]), np.concatenate([left, without]))


def promising(
    given: Instance, rewards: Floats, limit: float, most: int, stop: Stop = lambda: False
) -> Promising | None:
    """The connected parts within the bounds that have, with some centre, a value of at most ``limit``.

    ``rewards`` (units × centres) is what each unit adds to a part's value, infinite where the two are in no part together.
    None where more than ``most`` beginnings had to be looked at, or where the time was up.
    """
    beside = np.zeros((given.n, given.n), dtype=bool)
    for u, near in enumerate(given.near):
        beside[u, list(bits(near))] = True
    found: set[int] = set()
    looked = 0
    for centre in range(len(given.home)):
        growth = Growth(given, beside, rewards[:, centre], centre, limit)
        stack = [growth.begin()]
        while stack:
            now = stack.pop()
            if len(now) > BATCH:
                stack.extend(now.halves())
                continue
            looked += len(now)
            if looked > most or stop():
                return None
            done, further = growth.grown(now)
            found.update(growth.masks(done))
            if len(further):
                stack.append(further)
    return Promising(sorted(found), looked)
