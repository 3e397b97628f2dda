"""What connection demands of a part with a given centre: units too far on foot, and separators that have to be crossed."""

from __future__ import annotations

import heapq
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from linli.rules.partition.graph import bits, mask_of, nearby, pieces, spread
from linli.rules.partition.instance import Instance
from linli.rules.partition.metres import Floats

Ints = NDArray[np.int64]
FAR = 1 << 60


class Ways:
    """The lightest way between any two units of an instance, and what follows from it for connected parts."""

    def __init__(self, given: Instance) -> None:
        self.given = given
        self.lightest = _lightest(given)
        self._usable: dict[tuple[int, int], int] = {}

    def too_far(self) -> NDArray[np.bool_]:
        """Units × centres: whether every connected part with both is too heavy."""
        return self.lightest[:, list(self.given.home)] > self.given.high

    def usable(self, home: int, unit: int) -> int:
        """The units that can lie on a way between the two within a part that is not too heavy."""
        key = (home, unit)
        if key not in self._usable:
            through = self.lightest[home] + self.lightest[unit] - np.array(self.given.weights)
            self._usable[key] = mask_of(np.flatnonzero(through <= self.given.high).tolist())
        return self._usable[key]

    def separators(self, part: int, home: int, worth: Floats) -> Iterator[tuple[int, int]]:
        """(unit, separator) for the unit that is worth most of each piece of a part that is cut off from its home: a part with the
        unit has one of the separator's. An empty separator: no part has both.
        """
        near = self.given.near
        own = spread(1 << home, part, near)
        for piece in pieces(part & ~own, near):
            unit = max(bits(piece), key=lambda u: (worth[u], -u))
            usable = self.usable(home, unit)
            there = _between(spread(1 << unit, piece & usable, near), 1 << home, usable, near)
            yield unit, there
            here = _between(spread(1 << home, own & usable, near), 1 << unit, usable, near)
            if here != there and not here >> unit & 1:
                yield unit, here


def _between(around: int, goal: int, usable: int, near: tuple[int, ...]) -> int:
    """The neighbours of a connected set on all ways from it to the goal, within what is usable."""
    edge = nearby(around, near) & usable
    if edge & goal:
        return edge
    beyond = spread(goal, usable & ~edge, near)
    return nearby(beyond, near) & edge


def _lightest(given: Instance) -> Ints:
    near = [tuple(bits(mask)) for mask in given.near]
    found = np.full((given.n, given.n), FAR, dtype=np.int64)
    for start in range(given.n):
        reached = _from(start, near, given.weights, given.high)
        found[start, list(reached)] = list(reached.values())
    return found


def _from(start: int, near: list[tuple[int, ...]], weights: tuple[int, ...], high: int) -> dict[int, int]:
    """The weight of the lightest way to each unit that can be reached, both ends counted (Dijkstra)."""
    reached = {start: weights[start]}
    open_ = [(weights[start], start)]
    while open_:
        weight, u = heapq.heappop(open_)
        if weight > reached[u]:
            continue
        for v in near[u]:
            further = weight + weights[v]
            if further <= high and further < reached.get(v, FAR):
                reached[v] = further
                heapq.heappush(open_, (further, v))
    return reached
