"""From what is asked to a plan: the grids, what they cost, what no plan can cost less than, and the tolerance that holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from linli.rules.partition.compounds import cut, keeping
from linli.rules.partition.effort import FULL, Effort
from linli.rules.partition.evenness import most_even, rounded_up, worst_of
from linli.rules.partition.graph import bits, mask_of
from linli.rules.partition.instance import Instance, instance_of
from linli.rules.partition.problem import Problem, bounds, checked
from linli.rules.partition.searched import LARGE
from linli.rules.partition.solving import Outcome, evenly, solve

MARGIN = Fraction(2, 5)
"""Areas of more than ``LARGE`` buildings are planned within this share of the tolerance: no proof of the best plan is in reach
there, and a much more even plan costs hardly more."""


@dataclass(frozen=True, slots=True)
class Grid:
    """One grid of a plan: its buildings and its centre (indices of the problem's houses), its households, and Σ households × metres."""

    buildings: tuple[int, ...]
    centre: int
    households: int
    cost: float


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan. ``objective`` is Σ households × metres, ``bound`` is proven: no plan within ``tolerance`` costs less.

    ``cut`` names the compounds that lie in several grids; ``cut_proven`` says whether fewer are proven to be impossible
    (None where compounds were not to be kept).
    """

    problem: Problem
    grids: tuple[Grid, ...]
    objective: float
    bound: float
    tolerance: Fraction
    tolerance_proven: bool
    cut: tuple[str, ...]
    cut_proven: bool | None = None

    @property
    def gap(self) -> float:
        """The share of the objective that is not proven to be necessary."""
        return (self.objective - self.bound) / self.objective if self.objective > 0 else 0.0

    @property
    def grid_of(self) -> list[int]:
        """The number of the grid of each building."""
        found = [0] * len(self.problem.houses)
        for number, grid in enumerate(self.grids):
            for b in grid.buildings:
                found[b] = number
        return found


def plan(problem: Problem, effort: Effort = FULL) -> Plan:
    """The best plan that the effort finds. Raises: Unplannable where none can be made at all."""
    checked(problem)
    given = instance_of(problem, *problem.bounds)
    outcome, proven = _solved(problem, given, effort)
    if outcome.found:
        return _plan(problem, outcome, problem.tolerance, True, proven)
    if not outcome.impossible and effort != effort.thorough() and given.n <= LARGE:
        # Not found is not impossible: before anybody is given less than was asked for, it is looked for with the whole effort.
        return plan(problem, effort.thorough())
    even = most_even(given, effort, problem.seed)
    if even.tolerance <= problem.tolerance:
        even = replace(even, tolerance=problem.tolerance, proven=True)
    low, high = bounds(problem.total, problem.grids, even.tolerance)
    outcome, proven = _solved(problem, given.bounded(low, high), effort)
    if not outcome.found:
        outcome, proven = solve(given.bounded(low, high), effort, problem.seed), None
    return _plan(problem, outcome, even.tolerance, even.proven, proven)


def _solved(problem: Problem, given: Instance, effort: Effort) -> tuple[Outcome, bool | None]:
    compounds = problem.compounds() if problem.keep_compounds else {}
    if compounds:
        kept = keeping(given, compounds, effort, problem.seed)
        return kept.outcome, kept.proven
    if given.n > LARGE and problem.grids > 1:
        narrow = bounds(problem.total, problem.grids, problem.tolerance * MARGIN)
        return evenly(given, *narrow, effort, problem.seed), True if problem.keep_compounds else None
    return solve(given, effort, problem.seed), True if problem.keep_compounds else None


def _plan(
    problem: Problem, outcome: Outcome, tolerance: Fraction, sure: bool, cut_proven: bool | None
) -> Plan:
    grids = tuple(grids_of(problem, outcome.parts))
    objective = sum(g.cost for g in grids)
    worst = worst_of(instance_of(problem, 0, problem.total), [g.households for g in grids])
    if worst > tolerance:
        tolerance, sure = rounded_up(worst), False
    bound = max(0.0, min(outcome.bound, objective))
    apart = tuple(cut(outcome.parts, problem.compounds()))
    return Plan(problem, grids, objective, bound, tolerance, sure, apart, cut_proven)


def grids_of(problem: Problem, parts: Sequence[int]) -> list[Grid]:
    """The parts (masks of buildings) as grids, in the order of their first buildings."""
    whole = instance_of(problem, 0, problem.total)
    found = []
    for part in sorted(parts, key=lambda p: p & -p):
        cost, centre = whole.best(part)
        found.append(Grid(tuple(bits(part)), centre, whole.weight(part), cost))
    return found


def masks_of(problem: Problem, grid_of: Sequence[int]) -> list[int]:
    """The grids of a division (the number of each building's grid) as masks, empty ones left out."""
    groups: dict[int, list[int]] = {}
    for b, number in enumerate(grid_of):
        groups.setdefault(number, []).append(b)
    return [mask_of(members) for _, members in sorted(groups.items())]
