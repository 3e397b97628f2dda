"""The cheapest division of all, where every part that a grid could be can be listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.rules.partition.covering import Pool, choose, coverable, relax_by_pricing
from linli.rules.partition.effort import Effort
from linli.rules.partition.instance import Instance
from linli.rules.partition.metres import Floats
from linli.rules.partition.parts import connected_parts, costs_of, members_of

FIRST_MARGIN = 0.004
"""Parts that cost this share of the bound beyond their prices are tried first, then more, until it is proven to be enough."""

EASY, EASY_LOOKS = 45, 3
"""With so few units so many times more parts are listed: what follows is quick there."""


@dataclass(frozen=True, slots=True)
class Solved:
    """A division as masks of units, what it costs, and what none can go below; no parts: there is none, or none was found.

    ``prices`` are what the linear programme over all parts that were given lets each unit pay.
    """

    parts: tuple[int, ...]
    cost: float
    bound: float
    prices: Floats | None = None

    @property
    def impossible(self) -> bool:
        """Whether it is proven that there is no division within the bounds."""
        return not self.parts and self.bound == np.inf


@dataclass(frozen=True, slots=True)
class Listed:
    """All parts within the bounds, and their pool."""

    parts: Sequence[int]
    pool: Pool


def listed(given: Instance, effort: Effort) -> Listed | None:
    """All parts of the instance with their costs; None where there are too many to look at."""
    looks = effort.looks * (EASY_LOOKS if given.n <= EASY else 1)
    parts = connected_parts(given.near, given.weights, given.low, given.high, looks)
    return None if parts is None else Listed(parts, pool_of_parts(given, parts))


def pool_of_parts(given: Instance, parts: Sequence[int]) -> Pool:
    """The parts with what each costs from its best centre."""
    starts, members = members_of(parts)
    return Pool(np.array(starts, dtype=np.int32), np.array(members, dtype=np.int32), costs_of(given, parts))


def cheapest_division(
    pool: Pool, parts: Sequence[int], units: int, grids: int, effort: Effort, within: float = np.inf
) -> Solved:
    """The cheapest choice of listed parts; with ``bound`` infinite where it is proven that there is none.

    ``within`` is the cost of a division that is known, and whose parts are among those listed.
    """
    begin = coverable(pool, units, grids) if len(pool) else None
    relaxed = relax_by_pricing(pool, units, grids, begin) if begin is not None else None
    if relaxed is None:
        return Solved((), np.inf, np.inf)
    reduced, bound = relaxed.reduced(pool), relaxed.value
    margin = min(FIRST_MARGIN * abs(bound), max(0.0, within - bound)) + 1e-6
    known: NDArray[np.intp] = np.zeros(0, dtype=np.intp)
    cost = np.inf
    while True:
        keep = np.union1d(_cheapest(reduced, margin, effort.choices), known)
        start = np.searchsorted(keep, known).tolist()
        chosen = choose(pool.only(keep), units, grids, effort, start)
        whole, cut_off = len(keep) == len(pool), effort.choices <= len(keep) < len(pool)
        if chosen and chosen.parts:
            known, cost = keep[list(chosen.parts)], chosen.cost
            if cut_off:
                # With a part that was not given the division costs at least so much more than the bound.
                bound = max(bound, min(chosen.bound, bound + _next(reduced, keep)))
                break
            if whole or cost - bound <= margin:
                bound = max(bound, chosen.bound)
                break
            margin = cost - bound
        elif chosen is None or whole or cut_off or effort.over():
            bound = np.inf if chosen and whole else bound
            break
        else:
            margin *= 4
    return Solved(tuple(parts[i] for i in known), cost, bound, relaxed.prices)


def _next(reduced: Floats, keep: NDArray[np.intp]) -> float:
    """What the cheapest part that is not kept costs beyond its prices."""
    rest = np.ones(len(reduced), dtype=bool)
    rest[keep] = False
    return max(0.0, float(reduced[rest].min()))


def _cheapest(reduced: Floats, margin: float, most: int) -> NDArray[np.intp]:
    """The parts within the margin, at most so many, those first that cost least beyond their prices."""
    found = np.flatnonzero(reduced <= margin)
    if len(found) > most:
        found = found[np.argsort(reduced[found], kind="stable")[:most]]
    return found
