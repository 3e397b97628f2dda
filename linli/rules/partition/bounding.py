"""What no division can cost less than: each unit gets a price, and each centre the cheapest part at these prices.

That every unit is in exactly one part is left to prices (Lagrangian relaxation, improved by subgradients); that a part with
a centre hangs together is left to separators that every connected part has to cross, priced the same way once one is
violated. Whatever the prices, the value is a bound that holds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from linli.rules.partition.graph import bits, connected
from linli.rules.partition.instance import Instance
from linli.rules.partition.knapsack import at_least, cheapest, shares
from linli.rules.partition.metres import Floats
from linli.rules.partition.ways import Ways

PATIENCE = 30
"""After so many rounds without a better bound the step is halved, and the search goes on from the best prices."""
SMALLEST_STEP = 0.004
MEMORY = 0.5
"""The share of the last direction in the next: steps that only go to and fro cancel out."""
FORGOTTEN = 1e-3
"""A direction of a cut's price that is smaller is dropped."""
FINEST = 4096
"""Households are counted in units that give no more than so many steps up to the most households of a grid."""
SAFE = 1e-9
"""A share of the bound that is taken off, more than rounding can add."""
Stop = Callable[[], bool]
Cut = tuple[int, int]


@dataclass(slots=True)
class Bounded:
    """The bound, the prices that give it, and the connected parts within the bounds that came up on the way.

    ``toll`` is the highest of the chosen centres' values: a part that costs more than its prices, the toll and what is
    missing from the bound to a known division together is in no better division. ``rewards`` (units × centres) is what a unit
    adds to a part's value at these prices, infinite where no part has both; nothing for very large instances.
    """

    value: float
    prices: Floats
    toll: float = 0.0
    parts: set[int] = field(default_factory=set)
    rewards: Floats | None = None


class Bounding:
    """The search for good prices. Where ``ways`` is None (very large instances) neither connection is reckoned with nor that
    a unit is taken whole.
    """

    def __init__(self, given: Instance, ways: Ways | None, prices: Floats | None = None) -> None:
        self.given, self.ways = given, ways
        self.home = np.array(given.home, dtype=np.int64)
        self.prices = _first_prices(given) if prices is None else prices.copy()
        self.barred = ways.too_far() if ways else np.zeros(given.cost.shape, dtype=bool)
        self.cuts: dict[int, dict[Cut, float]] = {}
        self.effect = np.zeros(given.cost.shape)
        self.toll = 0.0
        self.slope: Floats = np.zeros(given.n)
        self.leaning: dict[tuple[int, Cut], float] = {}
        grain = max(1, -(-given.high // FINEST))
        self.weights = tuple(w // grain for w in given.weights)
        self.heavy = np.array(self.weights, dtype=np.int64)
        self.high = given.high // grain
        self.low = given.low if grain == 1 else 0

    def run(self, target: float, rounds: int, stop: Stop) -> Bounded:
        """Up to ``rounds`` rounds; ``target`` is the cost of a known division, or a guess of what one will cost."""
        best = Bounded(-np.inf, self.prices.copy())
        kept, step, idle = self._kept(), 1.5, 0
        for _ in range(rounds):
            if stop() or step < SMALLEST_STEP:
                break
            value, chosen = self._round(best.parts)
            if value == np.inf:
                return Bounded(np.inf, self.prices, 0.0, best.parts)
            idle = 0 if value > best.value + 1e-4 * abs(best.value) else idle + 1
            if value > best.value:
                best.value, best.prices, kept, best.toll = value, self.prices.copy(), self._kept(), self.toll
            if idle >= PATIENCE:
                step, idle = step / 2, 0
                self._restore(best.prices, kept)
                continue
            if not self._climb(chosen, step * max(target - value, 1e-6 * abs(target))):
                break
        self._restore(best.prices, kept)
        best.value -= SAFE * abs(best.value)
        best.rewards = self._rewards() if self.ways else None
        return best

    def _kept(self) -> dict[int, dict[Cut, float]]:
        return {c: dict(cuts) for c, cuts in self.cuts.items()}

    def _restore(self, prices: Floats, cuts: dict[int, dict[Cut, float]]) -> None:
        """The prices as they were; cuts found since stay, without a price. The way on begins anew."""
        self.prices = prices.copy()
        self.slope, self.leaning = np.zeros(self.given.n), {}
        for c, found in self.cuts.items():
            for cut in found:
                self._price(c, cut, cuts.get(c, {}).get(cut, 0.0))

    def _price(self, c: int, cut: Cut, price: float) -> None:
        change = price - self.cuts[c].get(cut, 0.0)
        self.cuts[c][cut] = price
        if change:
            unit, separator = cut
            self.effect[unit, c] += change
            self.effect[list(bits(separator)), c] -= change

    def _rewards(self) -> Floats:
        rewards: Floats = self.given.cost - self.prices[:, None] + self.effect
        rewards[self.barred] = np.inf
        return rewards

    def _round(self, parts: set[int]) -> tuple[float, list[tuple[int, int]]]:
        """The bound at the present prices, and the (centre, part) of which it is made: one centre in a unit, the cheapest."""
        rewards = self._rewards()
        floor = at_least(np.where(self.barred, 0.0, rewards), self.heavy, self.home, self.high)
        if self.ways is None:
            return self._loose(floor)
        best: dict[int, tuple[float, int, int]] = {}
        worst = np.inf
        for c in np.argsort(floor, kind="stable").tolist():
            if floor[c] >= worst:
                break
            home = self.given.home[c]
            value, part = cheapest(rewards[:, c], self.weights, home, self.low, self.high)
            if value < best.get(home, (np.inf,))[0]:
                best[home] = (value, c, part)
                if len(best) >= self.given.grids:
                    worst = sorted(v for v, _, _ in best.values())[self.given.grids - 1]
            if part and part not in parts and self.given.fits(part) and connected(part, self.given.near):
                parts.add(part)
        if len(best) < self.given.grids:
            return np.inf, []
        chosen = sorted(best.values())[: self.given.grids]
        self.toll = chosen[-1][0]
        return float(self.prices.sum() + sum(v for v, _, _ in chosen)), [(c, part) for _, c, part in chosen]

    def _loose(self, floor: Floats) -> tuple[float, list[tuple[int, int]]]:
        """The bound where parts may take units in part: weaker, and quick at any size."""
        best: dict[int, int] = {}
        for c in np.argsort(floor, kind="stable").tolist():
            best.setdefault(self.given.home[c], c)
            if len(best) == self.given.grids:
                break
        chosen = list(best.values())
        return float(self.prices.sum() + floor[chosen].sum()), [(c, 0) for c in chosen]

    def _covered(self, c: int, part: int) -> Floats:
        """How much of each unit a chosen centre takes."""
        if self.ways is None:
            rewards = self.given.cost[:, c] - self.prices
            return shares(rewards, self.heavy, self.given.home[c], self.high)
        found = np.zeros(self.given.n)
        found[list(bits(part))] = 1
        return found

    def _climb(self, chosen: list[tuple[int, int]], reach: float) -> bool:
        """A step towards better prices; False where nothing is violated, so that the bound is the best there is."""
        slope, leaning = np.ones(self.given.n), dict[tuple[int, Cut], float]()
        for c, part in chosen:
            slope -= self._covered(c, part)
            if self.ways:
                self._separate(self.ways, c, part)
            leaning |= self._leaning(c, part)
        if not (slope**2).sum() and not any(by > 0 for by in leaning.values()):
            return False
        self.slope = MEMORY * self.slope + (1 - MEMORY) * slope
        both = self.leaning.keys() | leaning.keys()
        turned = {k: MEMORY * self.leaning.get(k, 0.0) + (1 - MEMORY) * leaning.get(k, 0.0) for k in both}
        self.leaning = {k: turned[k] for k in sorted(turned) if abs(turned[k]) > FORGOTTEN}
        length = float((self.slope**2).sum()) + sum(by * by for by in self.leaning.values())
        step = reach / max(length, FORGOTTEN)
        self.prices = self.prices + step * self.slope
        for (c, cut), by in self.leaning.items():
            self._price(c, cut, max(0.0, self.cuts[c][cut] + step * by))
        return True

    def _leaning(self, c: int, part: int) -> dict[tuple[int, Cut], float]:
        """By how much a chosen part violates the separators of its centre, or keeps more than they ask where they have a price."""
        found = {}
        for cut, price in self.cuts.get(c, {}).items():
            by = (part >> cut[0] & 1) - (part & cut[1]).bit_count()
            if by > 0 or (by < 0 and price > 0):
                found[c, cut] = float(by)
        return found

    def _separate(self, ways: Ways, c: int, part: int) -> None:
        saved = self.prices - self.given.cost[:, c]
        for unit, separator in ways.separators(part, self.given.home[c], saved):
            if not separator:
                self.barred[unit, c] = True
            else:
                self.cuts.setdefault(c, {}).setdefault((unit, separator), 0.0)


def _first_prices(given: Instance) -> Floats:
    """What each unit costs to the fourth of its nearest centres: about what it will have to pay."""
    ordered = np.sort(given.cost, axis=1)
    found: Floats = ordered[:, min(ordered.shape[1] - 1, max(1, ordered.shape[1] // (2 * given.grids)))]
    return found.copy()
