"""Linli's planner and the libraries that divide an area, each behind the same call: an area in, the number of every unit's part out.

A library is loaded when it is asked for. Each run has a process of its own with a limit of processor time, so that one that
cannot do it in reasonable time is stopped and told.
"""

from __future__ import annotations

import multiprocessing
import random
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module
from multiprocessing.connection import Connection
from typing import Any

import numpy as np

from linli.rules.partition.effort import FULL
from linli.rules.partition.graph import connected, mask_of, near_of
from linli.rules.partition.metres import Point, distances
from linli.rules.partition.planning import plan
from linli.rules.partition.problem import House, Problem

LIMIT = 600
"""Seconds of processor time that one run may take."""
SEEDS = 50
STEPS = 200


@dataclass(frozen=True, slots=True)
class Area:
    """Units with their households and places, who is next to whom, into how many parts, how evenly."""

    points: tuple[Point, ...]
    households: tuple[int, ...]
    edges: tuple[tuple[int, int], ...]
    parts: int
    tolerance: Fraction

    @property
    def mean(self) -> float:
        return sum(self.households) / self.parts

    @property
    def neighbours(self) -> list[list[int]]:
        found: list[list[int]] = [[] for _ in self.points]
        for a, b in self.edges:
            found[a].append(b)
            found[b].append(a)
        return found


@dataclass(frozen=True, slots=True)
class Result:
    """What a division is worth: its parts, how many hang together, the largest deviation from the mean, and what it costs."""

    parts: int
    connected: int
    deviation: float
    cost: float
    cpu: float
    wall: float


Method = Callable[[Area], Sequence[int]]


def ours(area: Area) -> Sequence[int]:
    """Linli's planner with its full effort."""
    named = zip(area.households, area.points, strict=True)
    houses = tuple(House(str(i), h, p) for i, (h, p) in enumerate(named))
    return plan(Problem(houses, area.edges, area.parts, area.tolerance), FULL).grid_of


def _metis(area: Area, seed: int, recursive: bool) -> Sequence[int]:
    pymetis = import_module("pymetis")
    options = pymetis.Options(contig=0 if recursive else 1, seed=seed)
    _, part = pymetis.part_graph(
        area.parts,
        adjacency=[np.array(near) for near in area.neighbours],
        vweights=list(area.households),
        recursive=recursive,
        options=options,
    )
    return list(part)


def metis(area: Area) -> Sequence[int]:
    """METIS, contiguous k-way, once."""
    return _metis(area, 0, False)


def metis_recursive(area: Area) -> Sequence[int]:
    """METIS by recursive bisection, which is not bound to connected parts."""
    return _metis(area, 0, True)


def metis_best(area: Area) -> Sequence[int]:
    """The cheapest connected division within the tolerance of many seeds of METIS; where there is none, the most even one."""
    tried = [_metis(area, seed, False) for seed in range(SEEDS)]
    return min(tried, key=lambda part: _rank(area, part))


def _rank(area: Area, part: Sequence[int]) -> tuple[int, float, float]:
    found = measured(area, part, 0, 0)
    beyond = max(0.0, found.deviation - float(area.tolerance))
    return found.parts - found.connected, beyond, found.cost


def gerrychain(area: Area) -> Sequence[int]:
    """GerryChain's first plan: a tree is cut off again and again."""
    graph = _gerry_graph(area)
    return _by_unit(area, _first_plan(area, graph))


def recom(area: Area) -> Sequence[int]:
    """GerryChain's recombination: the cheapest of some hundred plans in a chain, each within the tolerance."""
    chains, proposals = import_module("gerrychain"), import_module("gerrychain.proposals")
    constraints, accept = import_module("gerrychain.constraints"), import_module("gerrychain.accept")
    updaters, functools = import_module("gerrychain.updaters"), import_module("functools")
    graph = _gerry_graph(area)
    first = chains.Partition(
        graph, _first_plan(area, graph), {"population": updaters.Tally("population", alias="population")}
    )
    share = float(area.tolerance)
    step = functools.partial(
        proposals.recom, pop_col="population", pop_target=area.mean, epsilon=share, node_repeats=2
    )
    even = constraints.within_percent_of_ideal_population(first, share)
    chain = chains.MarkovChain(step, [even], accept.always_accept, first, STEPS)
    plans = (_by_unit(area, p.assignment) for p in chain)
    return min(plans, key=lambda part: measured(area, part, 0, 0).cost)


def _gerry_graph(area: Area) -> Any:
    random.seed(0)
    graph = import_module("networkx").Graph(list(area.edges))
    for unit, households in enumerate(area.households):
        graph.add_node(unit, population=households)
    return import_module("gerrychain").Graph.from_networkx(graph)


def _first_plan(area: Area, graph: Any) -> Any:
    divide = import_module("gerrychain.tree").recursive_tree_part
    return divide(graph, range(area.parts), area.mean, "population", float(area.tolerance), node_repeats=2)


def _by_unit(area: Area, assignment: Any) -> list[int]:
    return [int(assignment[u]) for u in range(len(area.points))]


def max_p(area: Area) -> Sequence[int]:
    """spopt's max-p: as many regions as there can be with at least 95 % of the mean; their number cannot be asked for."""
    floor = float((1 - area.tolerance) * sum(area.households) / area.parts)
    table, weights = _pysal(area)
    np.random.seed(0)
    model = import_module("spopt.region").MaxPHeuristic(
        table, weights, ["x", "y"], "households", floor, top_n=2
    )
    model.solve()
    return [int(label) for label in model.labels_]


def skater(area: Area) -> Sequence[int]:
    """spopt's SKATER: connected regions that are alike; nothing bounds their households."""
    table, weights = _pysal(area)
    model = import_module("spopt.region").Skater(table, weights, ["x", "y"], n_clusters=area.parts, floor=1)
    model.solve()
    return [int(label) for label in model.labels_]


def region_k_means(area: Area) -> Sequence[int]:
    """spopt's region k-means: connected and compact regions; nothing bounds their households."""
    table, weights = _pysal(area)
    model = import_module("spopt.region").RegionKMeansHeuristic(table[["x", "y"]].values, area.parts, weights)
    model.solve()
    return [int(label) for label in model.labels_]


def p_median(area: Area) -> Sequence[int]:
    """spopt's p-median with capacities (the upper bound only), an exact programme; its parts need not hang together."""
    most = float((1 + area.tolerance) * sum(area.households) / area.parts)
    count = len(area.points)
    model = import_module("spopt.locate").PMedian.from_cost_matrix(
        distances(area.points),
        np.array(area.households, dtype=float),
        p_facilities=area.parts,
        facility_capacities=np.full(count, most),
    )
    model.solve(import_module("pulp").PULP_CBC_CMD(msg=False))
    part = [-1] * count
    for centre, clients in enumerate(model.fac2cli):
        for unit in clients:
            part[unit] = centre
    return part


def _pysal(area: Area) -> tuple[Any, Any]:
    geopandas, weights = import_module("geopandas"), import_module("libpysal.weights")
    lon, lat = np.array(area.points).T
    across = np.cos(np.radians(lat.mean()))
    table = geopandas.GeoDataFrame(
        {"x": lon * across, "y": lat, "households": area.households},
        geometry=geopandas.points_from_xy(lon, lat),
        crs=4326,
    )
    return table, weights.W(dict(enumerate(area.neighbours)), silence_warnings=True)


def measured(area: Area, part: Sequence[int], cpu: float, wall: float) -> Result:
    """What a division is worth, the centre of a part being its best unit."""
    metres, near = distances(area.points), near_of(len(area.points), area.edges)
    households, cost, whole, worst = np.array(area.households), 0.0, 0, 0.0
    groups: dict[int, list[int]] = {}
    for unit, number in enumerate(part):
        groups.setdefault(number, []).append(unit)
    for members in groups.values():
        held = households[members]
        cost += float((held[:, None] * metres[np.ix_(members, members)]).sum(axis=0).min())
        whole += connected(mask_of(members), near)
        worst = max(worst, abs(float(held.sum()) / area.mean - 1))
    return Result(len(groups), whole, worst, cost, cpu, wall)


def tried(method: Method, area: Area) -> Result | str:
    """The method in a process of its own: what came of it, or in a few words why nothing did."""
    context = multiprocessing.get_context("spawn")
    ours_, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_alone, args=(method, area, theirs))
    process.start()
    theirs.close()
    try:
        found: Result | str = ours_.recv()
    except EOFError:
        found = f"stopped after {LIMIT} s of processor time"
    process.join()
    return found


def _alone(method: Method, area: Area, answer: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT + 5))
    begun, used = time.perf_counter(), _used()
    try:
        part = method(area)
    except ImportError as error:
        answer.send(f"not installed ({error.name})")
    except Exception as error:
        answer.send(f"{type(error).__name__}: {' '.join(str(error).split())[:70]}")
    else:
        answer.send(measured(area, part, _used() - used, time.perf_counter() - begun))


def _used() -> float:
    """Seconds that this process and what it started have worked."""
    own, others = (resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
