"""Invented communities for the planner, and the answer that somebody would find who tried every division."""

import random
from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from linli.rules.partition.compounds import cut
from linli.rules.partition.evenness import rounded_up
from linli.rules.partition.graph import bits, connected
from linli.rules.partition.metres import Point, beside, distances, uncrossed
from linli.rules.partition.problem import House, Problem, deviation

WEST, SOUTH = 112.56, 37.78
WALLS = (((0.5, 0.05), (0.5, 0.85)), ((0.05, 0.3), (0.4, 0.3)), ((0.75, 0.5), (0.95, 0.5)))


def community(
    n: int, grids: int, *, seed: int = 0, walls: bool = False, tolerance: str = "0.25", **more: bool
) -> Problem:
    """``n`` buildings of 40 to 180 households, about 60 m apart, with or without three walls between them."""
    chance = random.Random(seed)
    side = (n * 3600) ** 0.5

    def at(x: float, y: float) -> Point:
        return WEST + x * side / 88_000, SOUTH + y * side / 111_000

    points = [at(chance.random(), chance.random()) for _ in range(n)]
    houses = tuple(
        House(f"b{i}", chance.randint(40, 180), p, f"c{i % 5}" if i % 3 else "") for i, p in enumerate(points)
    )
    edges = beside(points)
    if walls:
        edges = uncrossed(edges, points, [[at(*end) for end in wall] for wall in WALLS])
    return Problem(houses, tuple(edges), grids, Fraction(tolerance), **more)


def divisions(mask: int, grids: int) -> Iterator[list[int]]:
    """Every way to divide the members of a mask into so many parts."""
    if grids == 1:
        yield [mask]
        return
    low = mask & -mask
    others = mask ^ low
    left = others
    while True:
        part = low | (others & ~left)
        if left.bit_count() >= grids - 1:
            yield from ([part, *rest] for rest in divisions(left, grids - 1))
        if not left:
            return
        left = (left - 1) & others


def best_of_all(problem: Problem) -> tuple[Fraction, int, float] | None:
    """The tolerance that holds, the compounds cut and the cost of the best division, found by trying all; None: there is none."""
    near, metres = problem.near, distances([h.point for h in problem.houses])
    weights = np.array([h.households for h in problem.houses], dtype=float)
    cost = weights[:, None] * metres

    def costs(part: int) -> float:
        members = list(bits(part))
        return float(cost[np.ix_(members, members)].sum(axis=0).min())

    def worst(parts: list[int]) -> Fraction:
        sums = (sum(problem.houses[b].households for b in bits(p)) for p in parts)
        return max(deviation(problem.total, problem.grids, s) for s in sums)

    whole = (1 << len(problem.houses)) - 1
    found = [p for p in divisions(whole, problem.grids) if all(connected(part, near) for part in p)]
    if not found:
        return None
    least = min(map(worst, found))
    held = problem.tolerance if least <= problem.tolerance else rounded_up(least)
    named = problem.compounds() if problem.keep_compounds else {}
    within = [p for p in found if worst(p) <= held]
    apart, price = min((len(cut(p, named)), sum(map(costs, p))) for p in within)
    return held, apart, price
