"""How even a division can be at all, where the tolerance asked for is out of reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

import numpy as np
from numpy.typing import NDArray

from linli.rules.partition.annealing import anneal, descend
from linli.rules.partition.covering import Pool, choose, coverable
from linli.rules.partition.division import Division
from linli.rules.partition.effort import Effort
from linli.rules.partition.exact import Listed, pool_of_parts
from linli.rules.partition.growing import first_division
from linli.rules.partition.instance import Instance
from linli.rules.partition.parts import connected_parts, weights_of
from linli.rules.partition.problem import bounds, deviation
from linli.rules.partition.splitting import split_division

PLACES = 10**6
"""A tolerance that was found is rounded up to so many parts of one."""


@dataclass(frozen=True, slots=True)
class Evenness:
    """The smallest tolerance reached, rounded up to six places, and whether it is proven that none smaller can be."""

    tolerance: Fraction
    proven: bool


def rounded_up(share: Fraction) -> Fraction:
    """The share rounded up to six places."""
    return Fraction(ceil(share * PLACES), PLACES)


def most_even(given: Instance, effort: Effort, seed: int) -> Evenness:
    """The smallest tolerance with which there is a division."""
    reached = _tried(given, effort, seed)
    total = sum(given.weights)
    low, high = bounds(total, given.grids, reached)
    parts = connected_parts(given.near, given.weights, low, high, effort.looks)
    if parts is None:
        return Evenness(rounded_up(reached), proven=reached <= _least(given))
    found, proven = _narrowed(given, Listed(parts, pool_of_parts(given, parts)), reached, effort)
    return Evenness(rounded_up(found), proven)


def _least(given: Instance) -> Fraction:
    """What no division can go below: the heaviest unit is in some part, and households are whole."""
    total, grids = sum(given.weights), given.grids
    mean = Fraction(total, grids)
    whole = Fraction(0)
    if total % grids:
        whole = max(deviation(total, grids, total // grids), deviation(total, grids, total // grids + 1))
    return max(whole, Fraction(max(given.weights)) / mean - 1)


def _tried(given: Instance, effort: Effort, seed: int) -> Fraction:
    """The best tolerance of divisions that are improved for evenness alone, each time for less than was reached."""
    chance = np.random.default_rng(seed)
    total = sum(given.weights)
    best, best_part = Fraction(given.grids), None
    for start in range(max(2, effort.starts)):
        first = split_division(given, chance) if start % 2 == 0 else first_division(given, chance)
        part, worst = _evened(
            given.bounded(*bounds(total, given.grids, _least(given))), first, effort, chance
        )
        if worst < best:
            best, best_part = worst, part
    for step in range(6):
        if best <= _least(given) or best_part is None or effort.over():
            break
        wanted = best * Fraction(15 + 2 * step, 30)
        part, worst = _evened(given.bounded(*bounds(total, given.grids, wanted)), best_part, effort, chance)
        if worst < best:
            best, best_part = worst, part
    return best


def _evened(
    given: Instance, part: Sequence[int], effort: Effort, chance: np.random.Generator
) -> tuple[list[int], Fraction]:
    found = anneal(Division(given, part), effort.moves * given.n // 2, chance, effort.over)
    division = Division(given, found.part)
    descend(division, effort.over)
    return division.part, worst_of(given, division.weight)


def worst_of(given: Instance, weights: Sequence[int]) -> Fraction:
    """The largest deviation of these parts from the mean."""
    total = sum(given.weights)
    return max(deviation(total, given.grids, w) for w in weights)


def _narrowed(given: Instance, every: Listed, reached: Fraction, effort: Effort) -> tuple[Fraction, bool]:
    """Among all parts at most ``reached`` off: the least deviation with which everything can be covered, by halving."""
    total = sum(given.weights)
    off: NDArray[np.int64] = np.abs(weights_of(given, every.parts) * given.grids - total)
    steps = np.unique(off)
    low, high, sure = 0, len(steps) - 1, True
    while low < high:
        middle = (low + high) // 2
        answer = _coverable(every.pool, np.flatnonzero(off <= steps[middle]), given, effort)
        if answer is None:
            sure = False
        if answer:
            high = middle
        else:
            low = middle + 1
    found = Fraction(int(steps[high]), total) if len(steps) else reached
    return min(found, reached), sure


def _coverable(pool: Pool, chosen: NDArray[np.intp], given: Instance, effort: Effort) -> bool | None:
    """Whether these parts cover everything; None where the search gave up, or is not begun because it would take minutes."""
    if not len(chosen):
        return False
    small = pool.only(chosen)
    if coverable(small, given.n, given.grids) is None:
        return False
    if len(small) > effort.choices:
        return None
    even = Pool(small.starts, small.members, np.zeros(len(small)))
    taken = choose(even, given.n, given.grids, effort)
    return None if taken is None else bool(taken.parts)
