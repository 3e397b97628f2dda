"""A good division and a bound, where there are too many parts to list them all: search, prices and choice take turns."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from linli.rules.partition.annealing import anneal, descend
from linli.rules.partition.bounding import SAFE, Bounded, Bounding
from linli.rules.partition.division import Division
from linli.rules.partition.effort import Effort
from linli.rules.partition.exact import Solved, cheapest_division, pool_of_parts
from linli.rules.partition.graph import bits
from linli.rules.partition.growing import first_division
from linli.rules.partition.instance import Instance
from linli.rules.partition.metres import Floats
from linli.rules.partition.promising import promising
from linli.rules.partition.splitting import split_division
from linli.rules.partition.ways import Ways
from linli.rules.partition.windows import sweep

LARGE = 400
"""From so many units on, parts are not gathered and connection is left out of the bound: both would take too long."""
LARGE_ROUNDS = 25
"""Rounds of pricing for them, each of which takes a second or so."""
CHOICES = 15_000
"""At most so many of the parts that were met by chance are given to the choice."""
SHARES = (0.25, 0.5, 0.75, 1.0)
"""What is listed first, then next, as a share of what is missing from the bound to the known division."""
STEEP = 2
"""A larger share takes at least so many times the work."""
WORTH = 0.2
"""The parts are listed again where this share of what was missing is gone, or the bound is better."""
GUESS = 0.05
"""Where no division within the bounds is known, one is guessed to cost this share more than the bound."""


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


def settled(search: Search, at: Bounded) -> Floats | None:
    """The best choice among all parts that can lie in a better division, or those of them that can be listed, and the parts that are
    known; with them the bound. Returns the prices of the linear programme.
    """
    margin = search.cost - at.value if not search.missed else GUESS * abs(at.value)
    listed, reach = _listed(search, at, margin)
    whole = reach == 1.0 and not search.missed
    known = [] if whole else _useful(search.given, search.parts, at.prices, margin + at.toll, CHOICES)
    parts = sorted({*listed, *known, *(search.solved.parts if not search.missed else ())})
    pool = pool_of_parts(search.given, parts)
    within = search.cost if not search.missed else np.inf
    found = cheapest_division(pool, parts, search.given.n, search.given.grids, search.effort, within)
    if found.parts and (search.missed or found.cost < search.cost):
        _adopt(search, found.parts)
    if reach:
        search.bound = max(search.bound, min(found.bound, at.value + reach * margin))
    return found.prices


def _listed(search: Search, at: Bounded, margin: float) -> tuple[set[int], float]:
    """All parts that can lie in a division up to a share of the margin above the bound, and that share: as large as can be."""
    listed, reach, before = set[int](), 0.0, 0
    for share in SHARES:
        if at.rewards is None or search.effort.over():
            break
        limit = at.toll + share * margin + SAFE * abs(at.value)
        found = promising(search.given, at.rewards, limit, search.effort.beginnings, search.effort.over)
        if found is None:
            break
        listed, reach = set(found.parts), share
        steep = max(STEEP, found.looked / before) if before else STEEP
        if found.looked * steep > search.effort.beginnings:
            break
        before = found.looked
    return listed, reach


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


def searched(given: Instance, effort: Effort, seed: int, wide: Instance | None = None) -> Search:
    """The best division that the effort finds, with a bound. Its ``missed`` says whether it is within the bounds."""
    search = Search(given, effort, np.random.default_rng(seed), wide=wide)
    begun(search)
    ways = None if search.large else Ways(given)
    at = priced(search, ways, None, min(effort.rounds, LARGE_ROUNDS) if search.large else effort.rounds)
    for turn in range(effort.turns):
        if search.large or effort.over():
            break
        before, better = search.cost, settled(search, at)
        if better is None or turn + 1 == effort.turns or _close(search):
            break
        again = priced(search, ways, better, effort.rounds // 2)
        if again.value <= at.value and before - search.cost < WORTH * (search.cost - at.value):
            break
        at = max(at, again, key=lambda b: b.value)
    return search


def _close(search: Search) -> bool:
    return not search.missed and search.cost - search.bound <= search.effort.close * search.cost
