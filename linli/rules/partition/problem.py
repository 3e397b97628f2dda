"""What is asked: buildings with their households, who is next to whom, into how many grids, how evenly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from linli.rules.partition.graph import bits, near_of, pieces
from linli.rules.partition.metres import Point
from linli.rules.partition.wording import Unplannable, named

TOLERANCE = Fraction(1, 4)
"""The customary 300 to 500 households around 400."""


@dataclass(frozen=True, slots=True)
class House:
    """One building: its id, how many households it holds, where it stands (WGS 84), its compound where it has one."""

    id: str
    households: int
    point: Point
    compound: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be planned.

    ``edges`` are pairs of indices of ``houses``, the smaller first. ``tolerance`` is how far a grid may be from the mean,
    as a share of the mean.
    """

    houses: tuple[House, ...]
    edges: tuple[tuple[int, int], ...]
    grids: int
    tolerance: Fraction = TOLERANCE
    keep_compounds: bool = False
    seed: int = 0

    @property
    def total(self) -> int:
        """All households."""
        return sum(h.households for h in self.houses)

    @property
    def near(self) -> list[int]:
        """The neighbours of each building as masks."""
        return near_of(len(self.houses), self.edges)

    @property
    def bounds(self) -> tuple[int, int]:
        """The fewest and the most households of a grid within the tolerance."""
        return bounds(self.total, self.grids, self.tolerance)

    def within(self, tolerance: Fraction) -> Problem:
        """The same with another tolerance."""
        return replace(self, tolerance=tolerance)

    def compounds(self) -> dict[str, int]:
        """The compounds of more than one building, each as a mask."""
        found: dict[str, int] = {}
        for i, house in enumerate(self.houses):
            if house.compound:
                found[house.compound] = found.get(house.compound, 0) | 1 << i
        return {name: mask for name, mask in found.items() if mask.bit_count() > 1}


def bounds(total: int, grids: int, tolerance: Fraction) -> tuple[int, int]:
    """The fewest and the most households that differ from total/grids by at most the share ``tolerance`` of it."""
    mean = Fraction(total, grids)
    return max(0, ceil(mean * (1 - tolerance))), floor(mean * (1 + tolerance))


def deviation(total: int, grids: int, households: int) -> Fraction:
    """How far a grid is from the mean, as a share of it."""
    return abs(Fraction(households * grids, total) - 1)


def checked(problem: Problem) -> Problem:
    """The problem, if a plan can be made of it at all. Raises: Unplannable, naming the buildings."""
    houses, ids = problem.houses, [h.id for h in problem.houses]
    if not houses:
        raise Unplannable("no-buildings", "there is no building to plan")
    twice = sorted({i for i in ids if ids.count(i) > 1}) if len(set(ids)) < len(ids) else []
    if twice:
        raise Unplannable("repeated", f"several buildings have the same id: {named(twice)}", twice)
    _counted(houses)
    if problem.grids < 1:
        raise Unplannable("no-grids", f"{problem.grids} grids cannot be planned; ask for at least one")
    if problem.grids > len(houses):
        text = f"{problem.grids} grids cannot be made of {len(houses)} buildings: {named(ids)}"
        raise Unplannable("too-many-grids", f"{text}; ask for at most {len(houses)}", ids)
    if problem.tolerance < 0:
        raise Unplannable(
            "bad-tolerance", "the tolerance is below zero; write a share of the mean such as 0.25"
        )
    _hangs_together(problem)
    return problem


def _counted(houses: Sequence[House]) -> None:
    bad = [h.id for h in houses if h.households < 0]
    if bad:
        raise Unplannable("bad-households", f"fewer than no households in {named(bad)}", bad)
    if not sum(h.households for h in houses):
        ids = [h.id for h in houses]
        raise Unplannable(
            "no-households", f"no household in any building: {named(ids)}; enter how many there are", ids
        )


def _hangs_together(problem: Problem) -> None:
    parts = pieces((1 << len(problem.houses)) - 1, problem.near)
    if len(parts) > problem.grids:
        smaller = sorted(parts, key=lambda p: (p.bit_count(), p))[:-1]
        told = "; ".join(named([problem.houses[i].id for i in bits(part)]) for part in smaller[:4])
        text = f"the buildings fall into {len(parts)} parts that are not next to each other, but {problem.grids} grids are asked for"
        apart = [problem.houses[i].id for part in smaller for i in bits(part)]
        raise Unplannable(
            "disconnected",
            f"{text}; apart from the rest: {told}; ask for more grids or open a barrier",
            apart,
        )
