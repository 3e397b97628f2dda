"""What a division is worth, whoever made it: households, distance and connection of each grid, what one move would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from linli.rules.partition.compounds import cut
from linli.rules.partition.graph import bits, connected, nearby, pieces
from linli.rules.partition.instance import Instance, instance_of
from linli.rules.partition.problem import Problem


@dataclass(frozen=True, slots=True)
class Measure:
    """One grid: its buildings as a mask, households, deviation from the mean (a signed share), Σ households × metres from its
    best centre, that centre (None in an empty grid), into how many pieces it falls, whether it is within the tolerance.
    """

    mask: int
    households: int
    deviation: Fraction
    cost: float
    centre: int | None
    pieces: int
    within: bool

    @property
    def average(self) -> float:
        """The mean distance of a household to the centre, in metres."""
        return self.cost / self.households if self.households else 0.0


@dataclass(frozen=True, slots=True)
class Measured:
    """A division: its grids, Σ households × metres, the largest deviation, the compounds that it cuts."""

    grids: tuple[Measure, ...]
    total: float
    worst: Fraction
    cut: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether every grid hangs together and is within the tolerance."""
        return all(g.pieces == 1 and g.within for g in self.grids)


@dataclass(frozen=True, slots=True)
class Move:
    """What moving one building would do: how much it adds to Σ households × metres (below zero: it saves), the households of
    the grid that it leaves and of the one that it joins, whether both still hang together, whether both are within the tolerance.
    """

    building: int
    away: int
    to: int
    change: float
    left: int
    joined: int
    connected: bool
    within: bool


def measured(problem: Problem, grid_of: Sequence[int]) -> Measured:
    """The division that puts building b into grid ``grid_of[b]``; grids are numbered from 0 to ``problem.grids`` - 1."""
    given = instance_of(problem, *problem.bounds)
    masks = [0] * problem.grids
    for b, number in enumerate(grid_of):
        masks[number] |= 1 << b
    grids = tuple(_measure(problem, given, mask) for mask in masks)
    worst = max(abs(g.deviation) for g in grids)
    return Measured(grids, sum(g.cost for g in grids), worst, tuple(cut(masks, problem.compounds())))


def _measure(problem: Problem, given: Instance, mask: int) -> Measure:
    households = given.weight(mask)
    off = Fraction(households * problem.grids, problem.total) - 1
    if not mask:
        return Measure(0, 0, off, 0.0, None, 0, False)
    cost, centre = given.best(mask)
    return Measure(
        mask, households, off, cost, centre, len(pieces(mask, given.near)), abs(off) <= problem.tolerance
    )


def moves(problem: Problem, grid_of: Sequence[int]) -> list[Move]:
    """Every move of one building to a grid next to it, the cheapest first."""
    given = instance_of(problem, *problem.bounds)
    masks = [0] * problem.grids
    for b, number in enumerate(grid_of):
        masks[number] |= 1 << b
    costs = [given.best(m)[0] if m else 0.0 for m in masks]
    found = []
    for b, away in enumerate(grid_of):
        beside = dict.fromkeys(grid_of[v] for v in bits(nearby(1 << b, given.near)))
        found += [
            _move(given, masks, costs, b, away, to) for to in beside if to != away and masks[away] != 1 << b
        ]
    return sorted(found, key=lambda m: (m.change, m.building, m.to))


def _move(given: Instance, masks: Sequence[int], costs: Sequence[float], b: int, away: int, to: int) -> Move:
    rest, joined = masks[away] & ~(1 << b), masks[to] | 1 << b
    change = given.best(rest)[0] + given.best(joined)[0] - costs[away] - costs[to]
    holds = connected(rest, given.near) and connected(joined, given.near)
    within = given.fits(rest) and given.fits(joined)
    return Move(b, away, to, change, given.weight(rest), given.weight(joined), holds, within)
