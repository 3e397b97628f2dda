"""An instance solved as well as its size allows: all parts listed and chosen from, or search, prices and choice in turns."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from linli.rules.partition.effort import Effort
from linli.rules.partition.exact import cheapest_division, listed
from linli.rules.partition.instance import Instance
from linli.rules.partition.pockets import without_pockets
from linli.rules.partition.searched import LARGE, searched

SMALL_GAP = 1e-9
"""A gap below this share is rounding."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A division as masks of buildings, its cost, the bound, and by how many households it misses the bounds.

    No parts and an infinite bound: it is proven that there is no division within the bounds.
    """

    parts: tuple[int, ...]
    cost: float
    bound: float
    missed: int

    @property
    def impossible(self) -> bool:
        """Whether it is proven that there is none."""
        return self.bound == np.inf

    @property
    def found(self) -> bool:
        """Whether a division within the bounds was found."""
        return bool(self.parts) and not self.missed and not self.impossible


def evenly(given: Instance, low: int, high: int, effort: Effort, seed: int) -> Outcome:
    """A large area: searched within [low, high], narrower than the instance's bounds, to which the bound belongs. A division that
    keeps the wider ones alone is one, too.
    """
    search = searched(given.bounded(low, high), effort, seed, wide=given)
    parts = search.solved.parts
    missed = 0 if all(given.fits(p) for p in parts) else search.missed
    return _told(given, parts, search.cost, search.bound, missed)


def solve(given: Instance, effort: Effort, seed: int) -> Outcome:
    """The cheapest division within the bounds that the effort finds, with a bound."""
    if given.grids == 1:
        cost, _ = given.best(given.everything)
        missed = max(
            0, given.weight(given.everything) - given.high, given.low - given.weight(given.everything)
        )
        return Outcome((given.buildings(given.everything),), cost, np.inf if missed else cost, missed)
    tight = without_pockets(given)
    if tight.n < given.grids or max(tight.weights) > given.high:
        return Outcome((), np.inf, np.inf, given.high)
    every = listed(tight, effort) if tight.n <= LARGE else None
    least = 0.0
    if every is not None:
        exact = cheapest_division(every.pool, every.parts, tight.n, tight.grids, effort)
        if exact.parts or exact.impossible:
            return _told(tight, exact.parts, exact.cost, exact.bound, 0)
        least = exact.bound
    search = searched(tight, effort, seed)
    return _told(tight, search.solved.parts, search.cost, max(least, search.bound), search.missed)


def _told(given: Instance, parts: tuple[int, ...], cost: float, bound: float, missed: int) -> Outcome:
    bound = bound if missed or (bound == np.inf and not parts) else min(bound, cost)
    bound = cost if parts and not missed and cost - bound <= SMALL_GAP * cost else bound
    return Outcome(tuple(given.buildings(p) for p in parts), cost, bound, missed)
