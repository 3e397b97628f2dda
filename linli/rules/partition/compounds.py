"""Compounds that should stay whole: as few as possible are cut, and only then counts what a division costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from linli.rules.partition.covering import Pool
from linli.rules.partition.effort import Effort
from linli.rules.partition.exact import Listed, cheapest_division, listed
from linli.rules.partition.graph import connected
from linli.rules.partition.instance import Instance, merged
from linli.rules.partition.pockets import without_pockets
from linli.rules.partition.solving import Outcome, solve


@dataclass(frozen=True, slots=True)
class Kept:
    """The outcome, and whether it is proven that fewer compounds cannot be cut."""

    outcome: Outcome
    proven: bool


def cut(parts: Sequence[int], compounds: Mapping[str, int]) -> list[str]:
    """The compounds that lie in more than one part, by name."""
    return sorted(name for name, mask in compounds.items() if not any(mask & ~part == 0 for part in parts))


def keeping(given: Instance, compounds: Mapping[str, int], effort: Effort, seed: int) -> Kept:
    """The cheapest division among those that cut the fewest compounds (masks of the instance's units).

    A compound heavier than a grid may be is cut in any case. Where all others hang together, a division that keeps them
    all is looked for first; if there is none, all parts are listed, or one compound after the other is given up.
    """
    hopeful = {name: mask for name, mask in compounds.items() if given.weight(mask) <= given.high}
    whole = {name: mask for name, mask in hopeful.items() if connected(mask, given.near)}
    outcome = solve(merged(given, list(whole.values())), effort, seed)
    if outcome.found and len(whole) == len(hopeful):
        return Kept(outcome, proven=True)
    tight = without_pockets(given)
    every = listed(tight, effort)
    if every is not None and hopeful:
        return _counted(tight, every, [*hopeful.values()], effort)
    return Kept(_opened(given, whole, outcome, effort, seed), proven=False)


def _counted(given: Instance, every: Listed, compounds: Sequence[int], effort: Effort) -> Kept:
    """Every compound that a part holds whole is worth more than any division can cost."""
    worth = float(given.cost.max(axis=1).sum()) + 1
    held = np.zeros(len(every.parts))
    buildings = [given.buildings(p) for p in every.parts]
    for compound in compounds:
        held += np.array([compound & ~mask == 0 for mask in buildings])
    pool = Pool(every.pool.starts, every.pool.members, every.pool.costs - worth * held)
    found = cheapest_division(pool, every.parts, given.n, given.grids, effort)
    if not found.parts:
        return Kept(Outcome((), np.inf, found.bound, 0), proven=found.impossible)
    parts = tuple(given.buildings(p) for p in found.parts)
    kept = sum(any(compound & ~mask == 0 for mask in parts) for compound in compounds)
    cost = sum(given.best(p)[0] for p in found.parts)
    bound = min(cost, max(0.0, found.bound + worth * kept))
    return Kept(
        Outcome(parts, cost, cost if cost - bound <= 1e-6 * cost else bound, 0),
        proven=found.cost - found.bound < worth / 2,
    )


def _opened(given: Instance, whole: dict[str, int], outcome: Outcome, effort: Effort, seed: int) -> Outcome:
    """Give up one compound after the other, those first whose weight fits grids worst; the bound is that of no compound kept."""
    mean = sum(given.weights) / given.grids
    order = sorted(whole, key=lambda name: (-(given.weight(whole[name]) % mean), name))
    while not outcome.found and order and not effort.over():
        whole.pop(order.pop(0))
        outcome = solve(merged(given, list(whole.values())), effort, seed)
    free = solve(given, effort, seed)
    if not outcome.found:
        return free
    return replace(outcome, bound=min(outcome.cost, free.bound))
