"""Planning again: some grids kept as they are, or as few buildings moved as possible; and what distinguishes two plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np

from linli.rules.partition.annealing import descend
from linli.rules.partition.covering import Pool
from linli.rules.partition.division import Division
from linli.rules.partition.effort import FULL, Effort
from linli.rules.partition.exact import cheapest_division
from linli.rules.partition.graph import bits
from linli.rules.partition.growing import first_division
from linli.rules.partition.instance import Instance, instance_of
from linli.rules.partition.measuring import measured
from linli.rules.partition.parts import connected_parts, costs_of
from linli.rules.partition.problem import Problem, checked
from linli.rules.partition.solving import solve
from linli.rules.partition.wording import Unplannable, named

Numbers = list[int]
"""The grid of each building, numbered from 0."""


@dataclass(frozen=True, slots=True)
class Moved:
    """A division near to one that was, the buildings that change their grid, and whether fewer are proven to be impossible."""

    grid_of: Numbers
    moved: tuple[int, ...]
    proven: bool


def around_locked(
    problem: Problem, grid_of: Sequence[int], locked: Sequence[int], effort: Effort = FULL
) -> Numbers:
    """The best division in which the ``locked`` grids stay as they are. Raises: Unplannable ``bad-lock`` where there is none
    within the tolerance.
    """
    checked(problem)
    free = [b for b, g in enumerate(grid_of) if g not in set(locked)]
    numbers = [n for n in range(problem.grids) if n not in set(locked)]
    if not numbers or not free:
        return list(grid_of)
    place = {b: i for i, b in enumerate(free)}
    rest = replace(
        problem,
        houses=tuple(problem.houses[b] for b in free),
        edges=tuple((place[a], place[b]) for a, b in problem.edges if a in place and b in place),
        grids=len(numbers),
    )
    outcome = (
        solve(instance_of(rest, *problem.bounds), effort, problem.seed) if len(free) >= len(numbers) else None
    )
    if outcome is None or not outcome.found:
        ids = [problem.houses[b].id for b in free]
        text = f"with these grids kept, {named(ids)} cannot be divided into {len(numbers)} connected grids within the tolerance"
        raise Unplannable("bad-lock", f"{text}; keep fewer grids or allow a larger tolerance", ids)
    found = list(grid_of)
    groups = [[free[i] for i in bits(part)] for part in outcome.parts]
    for number, group in zip(
        numbers,
        _matched(problem, groups, [[b for b in free if grid_of[b] == n] for n in numbers]),
        strict=True,
    ):
        for b in group:
            found[b] = number
    return found


def _matched(problem: Problem, groups: list[list[int]], former: list[list[int]]) -> list[list[int]]:
    """The groups in the order of the former grids whose households they mostly hold."""
    shared = [
        (-sum(problem.houses[b].households + 1 for b in set(group) & set(old)), o, g)
        for o, old in enumerate(former)
        for g, group in enumerate(groups)
    ]
    placed: dict[int, int] = {}
    for _, o, g in sorted(shared):
        if o not in placed and g not in placed.values():
            placed[o] = g
    return [groups[placed[o]] for o in range(len(former))]


def renumbered(problem: Problem, parts: Sequence[int], former: Sequence[int | None]) -> Numbers:
    """The parts (masks) of a new division numbered like the former grids with which they share most households."""
    groups = [list(bits(p)) for p in parts]
    olds = [[b for b, g in enumerate(former) if g == n] for n in range(len(groups))]
    found = [0] * len(problem.houses)
    for number, group in enumerate(_matched(problem, groups, olds)):
        for b in group:
            found[b] = number
    return found


def fewest_moves(problem: Problem, former: Sequence[int | None], effort: Effort = FULL) -> Moved:
    """A division within the tolerance that changes the grid of as few buildings as possible, then as short as possible.

    ``former`` is the grid of each building, None for one that is new (a new one is no move). Raises: Unplannable
    ``bad-tolerance`` where no division within the tolerance was found.
    """
    checked(problem)
    given = instance_of(problem, *problem.bounds)
    parts = connected_parts(given.near, given.weights, given.low, given.high, effort.looks)
    found = _listed(given, former, parts, effort) if parts else None
    proven = found is not None
    grid_of = found or _nearby(given, former, effort, problem.seed)
    if grid_of is None:
        text = "no division within the tolerance was found near the present one; plan anew, or allow a larger tolerance"
        raise Unplannable("bad-tolerance", text)
    changed = tuple(
        b for b, (old, new) in enumerate(zip(former, grid_of, strict=True)) if old is not None and old != new
    )
    return Moved(grid_of, changed, proven)


def _listed(
    given: Instance, former: Sequence[int | None], parts: Sequence[int], effort: Effort
) -> Numbers | None:
    """The choice among all parts, each with the number of the grid of which it holds most: numbers are covered like units."""
    olds = [sum(1 << b for b, g in enumerate(former) if g == n) for n in range(given.grids)]
    known = sum(olds)
    worth = float(given.cost.max(axis=1).sum()) + 1
    costs = costs_of(given, parts)
    starts, members, prices, labels = [0], list[int](), list[float](), list[tuple[int, int]]()
    for part, cost in zip(parts, costs.tolist(), strict=True):
        shared = [(part & old).bit_count() for old in olds]
        best = max(shared)
        for number, kept in enumerate(shared):
            if kept >= max(1, best - 1) or best <= 1:
                members += [*bits(part), given.n + number]
                starts.append(len(members))
                prices.append(cost + worth * ((part & known).bit_count() - kept))
                labels.append((part, number))
    pool = Pool(np.array(starts, dtype=np.int32), np.array(members, dtype=np.int32), np.array(prices))
    solved = cheapest_division(pool, range(len(labels)), given.n + given.grids, given.grids, effort)
    if not solved.parts:
        return None
    grid_of = [0] * given.n
    for column in solved.parts:
        part, number = labels[column]
        for b in bits(part):
            grid_of[b] = number
    return grid_of


def _nearby(given: Instance, former: Sequence[int | None], effort: Effort, seed: int) -> Numbers | None:
    """New buildings join a neighbouring grid, then single moves until every grid is within the bounds."""
    grid_of = _joined(given, former)
    if grid_of is None:
        grid_of = first_division(given, np.random.default_rng(seed))
    division = Division(given, grid_of)
    while division.missed and not effort.over():
        steps = [
            (division.strain(u, to), division.change(u, to), u, to)
            for u in range(given.n)
            for to in division.beside(u)
            if division.strain(u, to) < 0 and division.can_leave(u)
        ]
        if not steps:
            descend(division, effort.over)
            break
        _, _, u, to = min(steps)
        division.move(u, to)
    return None if division.missed else division.part


def _joined(given: Instance, former: Sequence[int | None]) -> Numbers | None:
    found = list(former)
    missing = [u for u, g in enumerate(found) if g is None]
    while missing:
        u = next((u for u in missing if any(found[v] is not None for v in bits(given.near[u]))), None)
        if u is None:
            return None
        beside = [g for v in bits(given.near[u]) if (g := found[v]) is not None]
        found[u] = min(
            beside, key=lambda g: sum(w for w, o in zip(given.weights, found, strict=True) if o == g)
        )
        missing.remove(u)
    return [g for g in found if g is not None]


@dataclass(frozen=True, slots=True)
class Difference:
    """What distinguishes a second division from a first: the buildings whose grid changes, their households, and how much longer
    the ways get (Σ households × metres; below zero: shorter) and the worst deviation larger.
    """

    moved: tuple[int, ...]
    households: int
    distance: float
    evenness: Fraction


def difference(problem: Problem, first: Sequence[int], second: Sequence[int]) -> Difference:
    """Two divisions with the same numbers of grids, compared."""
    one, two = measured(problem, first), measured(problem, second)
    moved = tuple(b for b, (a, c) in enumerate(zip(first, second, strict=True)) if a != c)
    households = sum(problem.houses[b].households for b in moved)
    return Difference(moved, households, two.total - one.total, two.worst - one.worst)
