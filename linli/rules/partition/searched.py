"""A good division and a bound, where there are too many parts to list them all: search, prices and choice take turns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from linli.rules.partition.annealing import anneal, descend
from linli.rules.partition.bounding import Bounded, Bounding
from linli.rules.partition.covering import choose, coverable, relax_by_pricing
from linli.rules.partition.division import Division
from linli.rules.partition.effort import Effort
from linli.rules.partition.exact import Solved, pool_of_parts
from linli.rules.partition.graph import bits, connected, nearby
from linli.rules.partition.growing import first_division
from linli.rules.partition.instance import Instance
from linli.rules.partition.metres import Floats
from linli.rules.partition.splitting import split_division
from linli.rules.partition.ways import Ways
from linli.rules.partition.windows import sweep

CLOSE = 5e-4
"""A gap below this share is not worth another turn."""
LARGE = 400
"""From so many units on, parts are not gathered and connection is left out of the bound: both would take too long."""
LARGE_ROUNDS = 25
"""Rounds of pricing for them, each of which takes a second or so."""
CHOICES, NEIGHBOURED = 15_000, 4000
"""At most so many parts are given to the choice; of so many the neighbours are tried."""


@dataclass(slots=True)
class Search:
    """What is known so far: the best division, by how many households it misses the bounds, the bound, and parts worth keeping.
    ``wide`` is the instance with the bounds that were asked for, where the search keeps within narrower ones: the bound is its.
    """

    given: Instance
    effort: Effort
    chance: np.random.Generator
    best: list[int] = field(default_factory=list)
    cost: float = np.inf
    missed: int = -1
    bound: float = -np.inf
    parts: set[int] = field(default_factory=set)
    wide: Instance | None = None

    @property
    def large(self) -> bool:
        """Whether the instance is too large for some of the work."""
        return self.given.n > LARGE

    def offer(self, division: Division) -> None:
        """Keep the division if it is better: first by what it misses, then by its cost."""
        if self.missed < 0 or (division.missed, division.total) < (self.missed, self.cost):
            self.best, self.cost, self.missed = list(division.part), division.total, division.missed

    @property
    def solved(self) -> Solved:
        """The best division as masks."""
        masks: dict[int, int] = {}
        for u, p in enumerate(self.best):
            masks[p] = masks.get(p, 0) | 1 << u
        return Solved(tuple(masks.values()), self.cost, self.bound)


def begun(search: Search) -> None:
    """Several divisions begun anew and improved, half of them from seeds, half from cuts; the best of a large area then
    window by window.
    """
    given, effort = search.given, search.effort
    for start in range(min(effort.starts, 2) if search.large else effort.starts):
        first = split_division(given, search.chance) if start % 2 else first_division(given, search.chance)
        improved(search, first, effort.moves * given.n)
        if effort.over():
            return
    for _ in range(effort.sweeps if search.large else 0):
        search.offer(Division(given, sweep(given, search.best, search.chance, effort.over)))


def improved(search: Search, part: list[int], moves: int) -> None:
    """Improve a division that is given, and keep what comes of it."""
    division = Division(search.given, part)
    found = anneal(division, moves, search.chance, search.effort.over, keep=not search.large)
    search.parts |= found.parts
    division = Division(search.given, found.part)
    descend(division, search.effort.over)
    search.offer(division)
    if not division.missed:
        search.parts.update(division.mask)


def priced(search: Search, ways: Ways | None, prices: Floats | None, rounds: int) -> Bounded:
    """A better bound, if these rounds find one. An infinite bound proves that there is no division."""
    bounding = Bounding(search.wide or search.given, ways, prices)
    target = search.cost if not search.missed else 1.05 * search.cost
    found = bounding.run(target, rounds, search.effort.over)
    search.bound = max(search.bound, found.value)
    search.parts |= found.parts
    return found


def chosen(search: Search, at: Bounded) -> Floats | None:
    """The best choice among the parts that are known and their neighbours; returns the prices of the linear programme."""
    given = search.given
    margin = np.inf if search.missed else search.cost - at.value + at.toll
    useful = _useful(given, search.parts, at.prices, margin, CHOICES)
    fresh = _neighbours(given, useful[:NEIGHBOURED]) - search.parts
    search.parts |= fresh
    parts = sorted({*useful, *_useful(given, fresh, at.prices, margin, CHOICES), *search.solved.parts})
    pool = pool_of_parts(given, parts)
    begin = coverable(pool, given.n, given.grids)
    relaxed = None if begin is None else relax_by_pricing(pool, given.n, given.grids, begin)
    if relaxed is None:
        return None
    margin = search.cost - relaxed.value if not search.missed else np.inf
    keep = np.flatnonzero(relaxed.reduced(pool) <= max(margin, 1e-6))
    order = np.argsort(relaxed.reduced(pool)[keep], kind="stable")[: CHOICES // 4]
    keep = np.sort(keep[order])
    taken = choose(pool.only(keep), given.n, given.grids, search.effort)
    if taken and taken.parts and (search.missed or taken.cost < search.cost):
        _adopt(search, [parts[i] for i in keep[list(taken.parts)]])
    return relaxed.prices


def _adopt(search: Search, parts: Iterable[int]) -> None:
    part = [0] * search.given.n
    for p, mask in enumerate(parts):
        for u in bits(mask):
            part[u] = p
    division = Division(search.given, part)
    descend(division, search.effort.over)
    search.offer(division)


def _useful(given: Instance, parts: Iterable[int], prices: Floats, margin: float, most: int) -> list[int]:
    """The parts that cost no more than ``margin`` beyond these prices, the best first, at most so many."""
    known = sorted(parts)
    if not known:
        return []
    pool = pool_of_parts(given, known)
    beyond: NDArray[np.float64] = pool.costs - pool.priced(prices)
    order = np.argsort(beyond, kind="stable")[:most]
    return [known[i] for i in order[beyond[order] <= margin + 1e-6].tolist()]


def _neighbours(given: Instance, parts: Iterable[int]) -> set[int]:
    """The parts that differ by one unit more or less, connected and within the bounds."""
    found = set()
    for part in parts:
        weight = given.weight(part)
        for u in bits(nearby(part, given.near)):
            if given.low <= weight + given.weights[u] <= given.high:
                found.add(part | 1 << u)
        for u in bits(part):
            rest = part & ~(1 << u)
            if given.low <= weight - given.weights[u] <= given.high and connected(rest, given.near):
                found.add(rest)
    return found


def searched(given: Instance, effort: Effort, seed: int, wide: Instance | None = None) -> Search:
    """The best division that the effort finds, with a bound. Its ``missed`` says whether it is within the bounds."""
    search = Search(given, effort, np.random.default_rng(seed), wide=wide)
    begun(search)
    ways = None if search.large else Ways(given)
    rounds = min(effort.rounds, LARGE_ROUNDS) if search.large else effort.rounds
    at = priced(search, ways, None, rounds)
    for turn in range(effort.turns):
        if search.large or effort.over() or not search.parts or _close(search):
            break
        better = chosen(search, at)
        if better is None or turn + 1 == effort.turns or _close(search):
            break
        at = priced(search, ways, better, rounds // 2)
    return search


def _close(search: Search) -> bool:
    return not search.missed and search.cost - search.bound <= CLOSE * search.cost
