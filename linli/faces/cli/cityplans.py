"""Many communities on several processes: each planned on its own, and each plan checked by other means than made it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from linli.faces.cli.cityfiles import Community

ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
BROKEN = "broken-plan"
"""The code of a plan that was made but does not stand the check."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of every community; ``size`` is the households of a grid."""

    size: int
    tolerance: Fraction
    keep_compounds: bool
    seed: int


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a community: its plan as the command line tells it, or the reason (``fault``, with a stable ``code``).

    ``tolerance`` is the one that holds, exactly; ``cpu`` are the seconds that a processor worked.
    """

    community: str
    plan: Mapping[str, Any] | None = None
    tolerance: Fraction = Fraction(0)
    cpu: float = 0.0
    code: str = ""
    fault: str = ""
    buildings: tuple[str, ...] = ()


def grids_for(buildings: Any, size: int) -> int:
    """How many grids of about ``size`` households a community gets: at least one, at most one for each building.

    What cannot be counted counts nothing here; the planner names it.
    """
    features = buildings.get("features") if isinstance(buildings, Mapping) else None
    said = [f.get("properties") for f in features or () if isinstance(f, Mapping)]
    told = [p.get("households") for p in said if isinstance(p, Mapping)]
    total = sum(t for t in told if isinstance(t, int) and t > 0)
    return max(1, min(round(Fraction(total, size)), len(told)))


def planned(given: Community, wish: Wish) -> Answer:
    """The plan of one community, checked, or the reason why there is none. Runs in a worker."""
    from linli.rules.partition.effort import QUICK
    from linli.rules.partition.planning import plan
    from linli.rules.partition.reading import problem_of, told
    from linli.rules.partition.wording import Unplannable

    if given.unread:
        return Answer(given.name, code="unreadable", fault=given.unread)
    begun, worked = time.monotonic(), time.process_time()
    grids = grids_for(given.buildings, wish.size)
    try:
        problem = problem_of(
            given.buildings, grids, wish.tolerance, given.barriers, wish.keep_compounds, wish.seed
        )
        found = plan(problem, QUICK)
    except Unplannable as wrong:
        return Answer(given.name, code=wrong.code, fault=str(wrong), buildings=wrong.buildings)
    answer = told(found, time.monotonic() - begun)
    fault = broken(given.buildings, answer, grids, found.tolerance)
    if fault:
        return Answer(given.name, code=BROKEN, fault=f"the plan does not hold: {fault}")
    return Answer(given.name, answer, found.tolerance, time.process_time() - worked)


def broken(buildings: Any, plan: Mapping[str, Any], grids: int, tolerance: Fraction) -> str:
    """What is wrong with a plan, read as anybody could who has the input and the answer; nothing where it holds."""
    households = {str(f["properties"]["id"]): f["properties"]["households"] for f in buildings["features"]}
    near: dict[str, set[str]] = {b: set() for b in households}
    for a, b in plan["adjacency"]:
        near[a].add(b)
        near[b].add(a)
    if len(plan["grids"]) != grids:
        return f"{len(plan['grids'])} grids, not {grids}"
    if sorted(b for g in plan["grids"] for b in g["buildings"]) != sorted(households):
        return "not every building is in exactly one grid"
    mean = Fraction(sum(households.values()), grids)
    for grid in plan["grids"]:
        held = sum(households[b] for b in grid["buildings"])
        if not _in_one_piece(set(grid["buildings"]), near):
            return f"grid {grid['code']} does not hang together"
        if held != grid["households"] or abs(held - mean) > tolerance * mean:
            return f"grid {grid['code']} holds {held} households, told are {grid['households']} within {tolerance} of {mean}"
    return ""


def _in_one_piece(members: set[str], near: Mapping[str, set[str]]) -> bool:
    edge = [min(members)] if members else []
    seen = set(edge)
    while edge:
        fresh = (near[edge.pop()] & members) - seen
        seen |= fresh
        edge.extend(fresh)
    return bool(members) and seen == members


def all_planned(
    communities: Sequence[Community], wish: Wish, workers: int, advance: Callable[[], None]
) -> list[Answer]:
    """The answers in the order of the communities, whatever the number of workers; ``advance`` is called after each."""
    with _workers(workers) as pool:
        asked = [pool.submit(planned, c, wish) for c in communities]
        for _ in as_completed(asked):
            advance()
        return [_answer(c, f) for c, f in zip(communities, asked, strict=True)]


def _answer(given: Community, future: Future[Answer]) -> Answer:
    """What a worker answered. A fault of the planner, or a worker that was ended, costs no other community its plan."""
    try:
        return future.result()
    except Exception as error:
        text = " ".join(str(error).split())
        return Answer(given.name, code="crashed", fault=f"planning ended with {type(error).__name__}: {text}")


@contextmanager
def _workers(count: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that are started anew (no state is inherited), and that end at once where the work is broken off."""
    others = set(multiprocessing.active_children())
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, context, initializer=ready)
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in set(multiprocessing.active_children()) - others:
            child.terminate()
        raise
    pool.shutdown()


def ready() -> None:
    """Make a worker ready: one thread, silent at Ctrl-C, and gone when whoever asks is gone."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    for name in ONE_THREAD:
        os.environ.setdefault(name, "1")
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
