"""A first division: seeds far from each other, and parts that grow around them, the lightest first."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from linli.rules.partition.graph import bits, pieces
from linli.rules.partition.instance import Instance


def first_division(given: Instance, chance: np.random.Generator, rounds: int = 6) -> list[int]:
    """The part of each unit; every part is connected. Seeds are drawn, then moved to the middle of what grew around them."""
    pieces_ = pieces(given.everything, given.near)
    seeds: list[int] = []
    for piece, count in zip(pieces_, shared_out(given, pieces_), strict=True):
        seeds += _seeds(given, list(bits(piece)), count, chance)
    part = grown(given, seeds)
    for _ in range(rounds):
        moved = [_middle(given, part, p) for p in range(given.grids)]
        if moved == seeds:
            break
        seeds = moved
        part = grown(given, seeds)
    return part


def shared_out(given: Instance, pieces_: Sequence[int]) -> list[int]:
    """How many parts each piece of the graph gets: at least one, the next always where the parts are heaviest.

    A piece never gets more parts than units.
    """
    weights = [given.weight(p) for p in pieces_]
    counts = [1] * len(pieces_)
    for _ in range(given.grids - len(pieces_)):
        open_ = [i for i, p in enumerate(pieces_) if counts[i] < p.bit_count()]
        counts[max(open_, key=lambda i: (Fraction(weights[i], counts[i]), -i))] += 1
    return counts


def _seeds(given: Instance, units: list[int], count: int, chance: np.random.Generator) -> list[int]:
    """Units drawn one after the other, those far from all before them and with many households rather (k-means++)."""
    weights = np.array([given.weights[u] for u in units], dtype=np.float64) + 1e-9
    buildings = [next(bits(given.members[u])) for u in units]
    away = given.cost[np.ix_(units, buildings)] / weights[:, None]
    chosen = [int(chance.choice(len(units), p=weights / weights.sum()))]
    while len(chosen) < count:
        least = away[:, chosen].min(axis=1)
        likely = weights * least**2
        likely[chosen] = 0
        if likely.sum() <= 0:
            likely = np.array([0.0 if i in chosen else 1.0 for i in range(len(units))])
        chosen.append(int(chance.choice(len(units), p=likely / likely.sum())))
    return [units[i] for i in chosen]


def grown(given: Instance, seeds: Sequence[int]) -> list[int]:
    """Around each seed (a unit, each another) a part: the lightest part takes its cheapest free neighbour, until all are taken.

    Every piece of the graph has to hold a seed.
    """
    near = [tuple(bits(mask)) for mask in given.near]
    centres = [next(bits(given.members[s])) for s in seeds]
    part, weight = [-1] * given.n, [0] * len(seeds)
    offers: list[list[tuple[float, int]]] = [[] for _ in seeds]
    lightest: list[tuple[int, int]] = []
    for p, seed in enumerate(seeds):
        part[seed], weight[p] = p, given.weights[seed]
        heapq.heappush(lightest, (weight[p], p))
    for p, seed in enumerate(seeds):
        _offer(given, near[seed], part, offers[p], centres[p])
    while lightest:
        _, p = heapq.heappop(lightest)
        while offers[p] and part[offers[p][0][1]] >= 0:
            heapq.heappop(offers[p])
        if not offers[p]:
            continue
        _, u = heapq.heappop(offers[p])
        part[u] = p
        weight[p] += given.weights[u]
        _offer(given, near[u], part, offers[p], centres[p])
        heapq.heappush(lightest, (weight[p], p))
    return part


def _offer(
    given: Instance, units: Sequence[int], part: Sequence[int], offers: list[tuple[float, int]], centre: int
) -> None:
    for v in units:
        if part[v] < 0:
            heapq.heappush(offers, (float(given.cost[v, centre]) / max(1, given.weights[v]), v))


def _middle(given: Instance, part: Sequence[int], p: int) -> int:
    """The unit of the best centre of a part."""
    mask = sum(1 << u for u, q in enumerate(part) if q == p)
    return given.home[given.best(mask)[1]]
