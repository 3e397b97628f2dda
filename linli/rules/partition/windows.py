"""A large area improved window by window: a few neighbouring parts are divided anew, as if there were nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from linli.rules.partition.annealing import Stop, anneal, descend
from linli.rules.partition.division import Division
from linli.rules.partition.graph import bits, nearby
from linli.rules.partition.instance import Instance, narrowed

PARTS, MOVES = 6, 300
"""So many parts make a window, and so many tries to move a unit are made for each of its units."""


def sweep(given: Instance, part: list[int], chance: np.random.Generator, stop: Stop) -> list[int]:
    """The division after every part was once the first of a window. No part misses the bounds more than before,
    and where as much is missed, nothing costs more.
    """
    part = list(part)
    for first in chance.permutation(given.grids).tolist():
        if stop():
            break
        window = list(_window(given, part, first, chance))
        units = [u for u, p in enumerate(part) if p in window]
        for u, p in zip(units, _anew(given, part, window, units, chance, stop), strict=True):
            part[u] = window[p]
    return part


def _window(given: Instance, part: list[int], first: int, chance: np.random.Generator) -> Iterator[int]:
    """The parts of a window: the first, then each time one that is next to those before it."""
    masks = [0] * given.grids
    for u, p in enumerate(part):
        masks[p] |= 1 << u
    yield first
    window, inside = {first}, masks[first]
    while len(window) < PARTS:
        beside = sorted({part[u] for u in bits(nearby(inside, given.near))} - window)
        if not beside:
            return
        taken = beside[int(chance.integers(len(beside)))]
        yield taken
        window.add(taken)
        inside |= masks[taken]


def _anew(
    given: Instance,
    part: list[int],
    window: list[int],
    units: list[int],
    chance: np.random.Generator,
    stop: Stop,
) -> list[int]:
    """The parts of these units after the window was divided anew, or as they were where that is no better."""
    small = narrowed(given, units, len(window))
    number = {p: i for i, p in enumerate(window)}
    before = [number[part[u]] for u in units]
    now = Division(small, before)
    found = Division(small, anneal(Division(small, before), MOVES * small.n, chance, stop).part)
    descend(found, stop)
    better = (found.missed, found.total + found.grain) < (now.missed, now.total)
    return found.part if better else before
