"""``linli grids city``: every community of a city planned on its own, and what came of it in a few figures."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import click

from linli.faces.cli.cityplans import BROKEN
from linli.faces.cli.frame import answer, as_json, failed, watched
from linli.faces.cli.gridfiles import barriers_option, keep_option, seed_option, tolerance_option

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from linli.faces.cli.cityplans import Answer

SHOWN = 20
"""At most so many communities are named that needed a larger tolerance; --json names them all."""


@click.command("city")
@click.argument("buildings", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--size", type=click.IntRange(1), default=400, show_default=True, help="Households of a grid, about."
)
@tolerance_option
@barriers_option
@keep_option
@seed_option
@click.option(
    "--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes; the plans are the same."
)  # fmt: skip
@click.option(
    "--out", type=click.Path(path_type=Path), help="Write the input with a grid property: a file or a folder like it."
)  # fmt: skip
@as_json
def city(
    buildings: Path, size: int, tolerance: Fraction, barriers: Path | None, keep_compounds: bool, seed: int,
    workers: int, out: Path | None, json_: bool,
) -> None:  # fmt: skip
    """Plan every community of a city on its own, each into as many grids as its households need.

    BUILDINGS is a GeoJSON file whose features have a property community besides what linli grids plan reads, or a folder
    with one such file for each community. A community that cannot be planned is named with its reason, does not stop the
    others, and makes the command end with 1.
    """
    from linli.faces.cli.cityfiles import checked_out, communities_of, with_barriers, write_plans
    from linli.faces.cli.cityplans import Wish, all_planned

    begun = time.monotonic()
    checked_out(buildings, out)
    communities = with_barriers(communities_of(buildings), barriers)
    wish = Wish(size, tolerance, keep_compounds, seed)
    with watched("{task.description}") as bar:
        task = bar.add_task("planning", total=len(communities))
        found = all_planned(communities, wish, workers, partial(_advance, bar, task))
    if out:
        write_plans(buildings, out, _codes(found), {a.community for a in found if a.plan})
    told = told_city(found, tolerance, time.monotonic() - begun)
    answer(told, json_, lambda: lines(told))
    _end(told)


TENTHS = 100
"""From so many communities on, a file gets a line for each tenth of them: no bar moves in a file."""


def _advance(bar: Progress, task: TaskID) -> None:
    bar.advance(task)
    total, done = int(bar.tasks[task].total or 0), int(bar.tasks[task].completed)
    if not bar.console.is_terminal and TENTHS <= total > done and done % (total // 10) == 0:
        click.echo(f"linli: {done} of {total} communities planned", err=True)


def _codes(found: Sequence[Answer]) -> dict[tuple[str, str], str]:
    """The code of the grid of each building, by community and id."""
    grids = [(a.community, g) for a in found if a.plan for g in a.plan["grids"]]
    return {(name, building): g["code"] for name, g in grids for building in g["buildings"]}


def _end(told: Mapping[str, Any]) -> None:
    """Name what could not be planned, and end with 1 where that is anything."""
    for one in told["failed"]:
        click.echo(f"linli: {one['community']}: {one['reason']}", err=True)
    if told["failed"]:
        failed(f"{len(told['failed'])} of {told['summary']['communities']} communities could not be planned")


def told_city(found: Sequence[Answer], tolerance: Fraction, seconds: float) -> dict[str, Any]:
    """The plans of a city as the command line answers them; ``tolerance`` is the one that was asked for."""
    plans = [
        {"community": a.community, "within_tolerance": a.tolerance <= tolerance, **a.plan}
        for a in found
        if a.plan
    ]
    faults = [
        {"community": a.community, "code": a.code, "reason": a.fault, "buildings": list(a.buildings)}
        for a in found
        if not a.plan
    ]
    return {
        "communities": plans,
        "failed": faults,
        "summary": _summary([a for a in found if a.plan], faults, tolerance, seconds),
    }


def _summary(
    worked: Sequence[Answer], faults: Sequence[Mapping[str, Any]], tolerance: Fraction, seconds: float
) -> dict[str, Any]:
    """The figures of a city. Every plan was checked where it was made; one that did not hold is among the faults."""
    plans = [a.plan for a in worked if a.plan]
    grids = [g for p in plans for g in p["grids"]]
    larger = [a for a in worked if a.tolerance > tolerance]
    gaps = [p["gap"] for p in plans]
    return {
        "communities": len(worked) + len(faults),
        "planned": len(worked),
        "failed": len(faults),
        "grids": len(grids),
        "buildings": sum(len(g["buildings"]) for g in grids),
        "households": sum(g["households"] for g in grids),
        "connected": not any(f["code"] == BROKEN for f in faults),
        "within_tolerance": len(worked) - len(larger),
        "larger_tolerance": len(larger),
        "largest_tolerance": float(max((a.tolerance for a in worked), default=tolerance)),
        "median_gap": median(gaps) if gaps else None,
        "worst_gap": max(gaps, default=None),
        "seconds": round(seconds, 3),
        "cpu_seconds": round(sum(a.cpu for a in worked), 3),
    }


def lines(told: Mapping[str, Any]) -> list[str]:
    """What came of a city, for a person at a terminal."""
    all_, plans = told["summary"], told["communities"]
    found = [
        f"{all_['planned']:,} of {all_['communities']:,} communities planned: {all_['buildings']:,} buildings, "
        f"{all_['households']:,} households, {all_['grids']:,} grids, in {all_['seconds']:,.0f} s",
    ]
    if not plans:
        return found
    found.append(
        f"every grid hangs together; {all_['within_tolerance']:,} communities within the tolerance, "
        f"{all_['larger_tolerance']:,} needed a larger one, at most {100 * all_['largest_tolerance']:g} %"
    )
    found.append(
        f"at most {100 * all_['worst_gap']:.2f} % above the best (median {100 * all_['median_gap']:.2f} %)"
    )
    larger = [f"{p['community']} ({100 * p['tolerance']:g} %)" for p in plans if not p["within_tolerance"]]
    if larger:
        more = f" and {len(larger) - SHOWN} more" if len(larger) > SHOWN else ""
        found.append(f"a larger tolerance: {', '.join(larger[:SHOWN])}{more}")
    return found
