"""A first division that is even from the start: halves of halves, each cut where a tree of short ways falls into the right weights."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from linli.rules.partition.graph import bits, pieces
from linli.rules.partition.growing import shared_out
from linli.rules.partition.instance import Instance

TREES = 12
"""So many trees are tried for each cut; the cut that comes nearest to the weights wanted is made."""


def split_division(given: Instance, chance: np.random.Generator) -> list[int]:
    """The part of each unit; every part is connected."""
    whole = pieces(given.everything, given.near)
    near = [tuple(bits(mask)) for mask in given.near]
    part, count = [0] * given.n, 0
    for piece, grids in zip(whole, shared_out(given, whole), strict=True):
        for mask in _split(given, near, list(bits(piece)), grids, chance):
            for u in mask:
                part[u] = count
            count += 1
    return part


def _split(
    given: Instance, near: Sequence[Sequence[int]], units: list[int], grids: int, chance: np.random.Generator
) -> list[list[int]]:
    if grids == 1:
        return [units]
    first = grids // 2
    cuts = (_cut(given, near, units, first, grids, chance) for _ in range(TREES))
    _, side = min(cuts, key=lambda c: c[0])
    inside = set(side)
    other = [u for u in units if u not in inside]
    return [*_split(given, near, side, first, chance), *_split(given, near, other, grids - first, chance)]


def _cut(
    given: Instance,
    near: Sequence[Sequence[int]],
    units: list[int],
    first: int,
    grids: int,
    chance: np.random.Generator,
) -> tuple[float, list[int]]:
    """How far the best cut of one tree is from the weights wanted, and the ``first``/``grids`` side of it."""
    order, parent = _tree(given, near, units, chance)
    weight, size = {u: given.weights[u] for u in units}, dict.fromkeys(units, 1)
    for u in reversed(order[1:]):
        weight[parent[u]] += weight[u]
        size[parent[u]] += size[u]
    total, n = weight[order[0]], len(units)
    wanted = total * first / grids
    best: tuple[float, int, bool] | None = None
    for u in order[1:]:
        for below in (True, False):
            side = weight[u] if below else total - weight[u]
            few = size[u] if below else n - size[u]
            if few >= first and n - few >= grids - first and (best is None or abs(side - wanted) < best[0]):
                best = (abs(side - wanted), u, below)
    if best is None:
        return _leaves(order, parent, first)
    off, top, below = best
    under = _under(order, parent, top)
    return off, [u for u in units if (u in under) == below]


def _leaves(order: Sequence[int], parent: dict[int, int], first: int) -> tuple[float, list[int]]:
    """Where no edge leaves enough units on both sides: the last ``first`` units reached, which leave a connected rest,

    taken together only if they hang together themselves; else the cut is worth nothing.
    """
    last = order[-1]
    return (float("inf"), [last]) if first == 1 else (float("inf"), list(order[:first]))


def _under(order: Sequence[int], parent: dict[int, int], top: int) -> set[int]:
    found = {top}
    for u in order:
        if parent.get(u) in found:
            found.add(u)
    return found


def _tree(
    given: Instance, near: Sequence[Sequence[int]], units: list[int], chance: np.random.Generator
) -> tuple[list[int], dict[int, int]]:
    """A spanning tree of random edges (Wilson would draw it evenly; this one is quicker): its units from the root, and parents."""
    inside = set(units)
    root = units[int(chance.integers(len(units)))]
    draw = iter(chance.random(4 * len(units) + sum(len(near[u]) for u in units)).tolist())
    order, parent, reached, open_ = [root], {}, {root}, [(root, v) for v in near[root] if v in inside]
    while open_:
        at = int(next(draw) * len(open_))
        open_[at], open_[-1] = open_[-1], open_[at]
        u, v = open_.pop()
        if v in reached:
            continue
        reached.add(v)
        parent[v] = u
        order.append(v)
        open_ += [(v, x) for x in near[v] if x in inside and x not in reached]
    return order, parent
