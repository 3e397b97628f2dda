"""``linli grids``: plan grids from a file, one community or a whole city. No database is needed."""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linli.faces.cli.citygrids import city
from linli.faces.cli.frame import answer, as_json, unusable, watched
from linli.faces.cli.gridfiles import (
    EXISTING,
    barriers_option,
    keep_option,
    read,
    seed_option,
    tolerance_option,
    write,
)

if TYPE_CHECKING:
    from linli.rules.partition.effort import Effort
    from linli.rules.partition.planning import Plan
    from linli.rules.partition.problem import Problem

MOST_GRIDS = 999


@click.group()
def grids() -> None:
    """Plan the grids of a community or a city."""


grids.add_command(city)


@grids.command("plan")
@click.argument("buildings", type=EXISTING)
@click.option("--grids", "count", type=click.IntRange(1, MOST_GRIDS), required=True, help="How many grids.")
@tolerance_option
@barriers_option
@keep_option
@seed_option
@click.option(
    "--time-limit",
    type=click.FloatRange(0, min_open=True),
    help="Seconds; without it work is counted, not timed.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the input with a grid property on each building.",
)
@as_json
def plan_(
    buildings: Path, count: int, tolerance: Fraction, barriers: Path | None, keep_compounds: bool, seed: int,
    time_limit: float | None, out: Path | None, json_: bool,
) -> None:  # fmt: skip
    """Divide the buildings of a GeoJSON file into connected, balanced, compact grids, with a proven bound.

    BUILDINGS holds a feature for each building, a point or a polygon in longitude and latitude, with the properties id,
    households, and where wanted compound and neighbors (a list of ids).
    """
    from linli.rules.partition.effort import FULL
    from linli.rules.partition.reading import told, with_grids

    begun = time.monotonic()
    given = read(buildings)
    problem = _problem(buildings, given, count, tolerance, barriers, keep_compounds, seed)
    effort = FULL if time_limit is None else FULL.timed(_left(begun, time_limit))
    found = _planned(buildings, problem, effort)
    if out:
        write(out, with_grids(given, found))
    answer(told(found, time.monotonic() - begun), json_, lambda: lines(found))


def _problem(
    path: Path, given: Any, count: int, tolerance: Fraction, barriers: Path | None, keep: bool, seed: int
) -> Problem:
    from linli.rules.partition.reading import problem_of
    from linli.rules.partition.wording import Unplannable

    lines_ = read(barriers) if barriers else None
    try:
        return problem_of(given, count, tolerance, lines_, keep, seed)
    except Unplannable as wrong:
        at_fault = barriers if barriers and "barrier" in str(wrong) and wrong.code == "bad-shape" else path
        unusable(f"{at_fault}: {wrong}")


def _planned(path: Path, problem: Problem, effort: Effort) -> Plan:
    from linli.rules.partition.planning import plan
    from linli.rules.partition.wording import Unplannable

    try:
        with watched("{task.description}") as bar:
            bar.add_task("planning", total=None)
            return plan(problem, effort)
    except Unplannable as wrong:
        unusable(f"{path}: {wrong}")


def _left(begun: float, limit: float) -> Callable[[], float]:
    return lambda: limit - (time.monotonic() - begun)


def lines(plan: Plan) -> list[str]:
    """A plan for a person at a terminal."""
    from linli.rules.partition.reading import code_of

    houses = plan.problem.houses
    found = [
        f"{code_of(n)}  {g.households:>7,} households  {len(g.buildings):>4} buildings"
        f"  {g.cost / max(1, g.households):>8,.0f} m on average to {houses[g.centre].id}"
        for n, g in enumerate(plan.grids)
    ]
    reached = "" if plan.tolerance == plan.problem.tolerance else " (what was asked for is out of reach)"
    proof = "proven to be the best" if plan.gap < 1e-9 else f"at most {100 * plan.gap:.2f} % above the best"
    total = f"{plan.objective:,.0f} household-metres, {proof}; within {100 * float(plan.tolerance):g} % of the mean{reached}"
    return [*found, total, *([f"compounds cut: {', '.join(plan.cut)}"] if plan.cut else [])]
