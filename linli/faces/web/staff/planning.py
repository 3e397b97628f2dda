"""What the pages of plans ask of the planner: a plan made, a division measured, and what of it is worth saying."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from linli.rules.partition.effort import FULL, QUICK, Effort
from linli.rules.partition.measuring import Measure, Measured, Move, moves
from linli.rules.partition.planning import plan
from linli.rules.partition.problem import Problem
from linli.rules.partition.replanning import around_locked, fewest_moves, renumbered
from linli.rules.place import Level
from linli.rules.text import T
from linli.territory.ground import Ground
from linli.territory.plans import Asked, Drafted, grid_name

CUSTOMARY = 400
"""Households of a usual grid: 300 to 500."""
QUICKLY = replace(QUICK, looks=600_000, rounds=120, nodes=400)
SMALL = 60
"""Up to so many buildings somebody waits for the best plan there is; for more, for a good one."""
SHOWN_MOVES = 8
Codes = Mapping[str, str]


def code_of(community: str, number: int) -> str:
    """The code of a community's grid by its number from 0."""
    return f"{community}{number + 1:03d}"


def number_of(code: str) -> int:
    """The number from 0 in a grid's code."""
    return int(code[Level.COMMUNITY :]) - 1


def effort_for(ground: Ground) -> Effort:
    """How long a page may think."""
    return FULL if len(ground.houses) <= SMALL else QUICKLY


def problem_of(ground: Ground, asked: Asked) -> Problem:
    """What the planner is asked."""
    return ground.problem(asked.grids, Fraction(asked.tolerance), asked.keep_compounds, asked.seed)


def usual_number(ground: Ground, present: Codes) -> int:
    """How many grids somebody would probably ask for: as many as there are, else such as hold the customary 400."""
    now = len(set(present.values()))
    return now or max(1, min(len(ground.houses), round(ground.households / CUSTOMARY)))


def planned(ground: Ground, community: str, asked: Asked, present: Codes) -> Drafted:
    """A plan whose grids have the codes of the present grids with which they share most. Raises: Unplannable."""
    problem = problem_of(ground, asked)
    found = plan(problem, effort_for(ground))
    masks = [sum(1 << b for b in g.buildings) for g in found.grids]
    numbers = renumbered(problem, masks, former(ground, present, asked.grids))
    tolerance = float(found.tolerance)
    return Drafted(
        codes(ground, community, numbers), found.objective, found.bound, tolerance, found.tolerance_proven
    )


def as_it_is(ground: Ground, community: str, present: Codes) -> Drafted:
    """The present division as a draft; a building that lies in no grid joins the first."""
    first = min(present.values(), default=code_of(community, 0))
    return Drafted({h.id: present.get(h.id, first) for h in ground.houses}, by_hand=True)


def former(ground: Ground, present: Codes, grids: int) -> list[int | None]:
    """The number of each building's present grid; None where it has none, or one beyond those asked for."""
    found = (present.get(h.id) for h in ground.houses)
    numbers = [number_of(code) if code else None for code in found]
    return [n if n is not None and n < grids else None for n in numbers]


def codes(ground: Ground, community: str, numbers: Sequence[int]) -> dict[str, str]:
    """Building → grid by the numbers of a plan."""
    return {h.id: code_of(community, n) for h, n in zip(ground.houses, numbers, strict=True)}


def numbers_of(ground: Ground, drafted: Drafted, grids: int) -> list[int]:
    """The number of each building's grid in a draft; a building that came since lies in the first."""
    found = [number_of(drafted.grid_of[h.id]) if h.id in drafted.grid_of else 0 for h in ground.houses]
    return [min(n, grids - 1) for n in found]


def replanned(
    ground: Ground, community: str, asked: Asked, drafted: Drafted, locked: Sequence[int]
) -> Drafted:
    """The locked grids kept, the rest planned anew. Raises: Unplannable."""
    numbers = numbers_of(ground, drafted, asked.grids)
    found = around_locked(problem_of(ground, asked), numbers, locked, effort_for(ground))
    return Drafted(codes(ground, community, found), by_hand=True)


def nearest(ground: Ground, community: str, asked: Asked, present: Codes) -> Drafted:
    """The division within the tolerance that moves the fewest buildings of the present one. Raises: Unplannable."""
    problem = problem_of(ground, asked)
    found = fewest_moves(problem, former(ground, present, asked.grids), effort_for(ground))
    return Drafted(codes(ground, community, found.grid_of), by_hand=True)


@dataclass(frozen=True, slots=True)
class GridLine:
    """One grid of a plan in the table: number (from 1), its title, what was measured, its colour on the map, what is wrong."""

    number: int
    title: T
    measure: Measure
    buildings: int
    colour: int
    faults: tuple[T, ...]

    @property
    def off(self) -> str:
        """The deviation from the mean as it is written: +12.3 %."""
        return f"{float(self.measure.deviation) * 100:+.1f} %"

    @property
    def metres(self) -> int:
        """The mean way to the centre in metres."""
        return round(self.measure.average)


def lines(problem: Problem, found: Measured, community: str, numbers: Sequence[int]) -> list[GridLine]:
    """The grids as the table shows them."""
    colours = coloured(problem, numbers)
    return [
        GridLine(
            n + 1, grid_name(code_of(community, n)), g, g.mask.bit_count(), colours[n], tuple(_faults(problem, g))
        )
        for n, g in enumerate(found.grids)
    ]  # fmt: skip


def _faults(problem: Problem, grid: Measure) -> list[T]:
    found = []
    if not grid.mask:
        return [T("没有楼栋", "No building")]
    if grid.pieces > 1:
        found.append(
            T(f"分成 {grid.pieces} 片，互不相邻", f"In {grid.pieces} pieces that are not next to each other")
        )
    if not grid.within:
        low, high = problem.bounds
        found.append(T(f"应在 {low}–{high} 户之间", f"Should have {low} to {high} households"))
    return found


COLOURS = 6


def coloured(problem: Problem, *divisions: Sequence[int]) -> list[int]:
    """A colour for each grid such that neighbours, in any of these divisions, differ where six colours suffice; the number stands on
    every building anyway.
    """
    beside: list[set[int]] = [set() for _ in range(problem.grids)]
    for numbers in divisions:
        for a, b in problem.edges:
            if numbers[a] != numbers[b]:
                beside[numbers[a]].add(numbers[b])
                beside[numbers[b]].add(numbers[a])
    found: list[int] = []
    for n in range(problem.grids):
        taken = {found[m] for m in beside[n] if m < n}
        free = [c for c in range(COLOURS) if c not in taken]
        found.append(free[0] if free else n % COLOURS)
    return found


def sensible_moves(problem: Problem, numbers: Sequence[int]) -> list[Move]:
    """The moves of one building that leave everything connected and within the tolerance, the cheapest first."""
    return [m for m in moves(problem, numbers) if m.connected and m.within][:SHOWN_MOVES]


def changed(ground: Ground, drafted: Drafted, present: Codes) -> list[str]:
    """The buildings that would lie in another grid than today."""
    return [h.id for h in ground.houses if drafted.grid_of.get(h.id) != present.get(h.id)]
