"""Improving a division by moving single units: at first also for the worse, less and less so (simulated annealing)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from linli.rules.partition.division import Division

Stop = Callable[[], bool]
BLOCK = 4096
"""So many random numbers are drawn at once, and so often it is asked whether to stop."""
COOLED = 0.004
"""The last temperature as a share of the first."""
LEVEL, LEVELLED = 4.0, 0.7
"""How strongly parts are drawn towards the mean at first, and after which share of the rounds no longer."""


@dataclass(slots=True)
class Found:
    """The best division met whose parts are all within the bounds, and every part within the bounds that was met.

    ``missed`` is by how many households the best met misses the bounds: nothing, or there was none within them.
    """

    part: list[int]
    cost: float
    missed: int
    parts: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Pull:
    """What counts besides metres: the temperature; the price of a household beyond the bounds; and the draw to the mean."""

    warm: float
    dear: float
    level: float


def anneal(
    division: Division, rounds: int, chance: np.random.Generator, stop: Stop, keep: bool = False
) -> Found:
    """``rounds`` tries to move a unit; the division is left as it stands at the end. ``keep``: gather the parts that are met."""
    best = Found(list(division.part), division.total, division.missed)
    if division.given.grids < 2:
        return best
    warm = _warmth(division, chance)
    price = max(1e-9, division.total / max(1, sum(division.given.weights)))
    missed, done = division.missed, 0
    while done < rounds and not stop():
        block = min(BLOCK, rounds - done)
        cool = COOLED ** (done / rounds)
        share = done / rounds
        pull = Pull(warm * cool, price * (1 + 24 * share), price * LEVEL * max(0.0, 1 - share / LEVELLED))
        missed = _block(division, block, pull, chance, best, missed, keep)
        done += block
    return best


def _warmth(division: Division, chance: np.random.Generator) -> float:
    """A temperature at which a usual move for the worse is taken about every second time."""
    units = chance.integers(0, division.given.n, 400).tolist()
    steps = [abs(division.change(u, p)) for u in units for p in division.beside(u)[:1]]
    return max(1e-9, float(np.median(steps)) * 0.6) if steps else 1.0


def _block(
    division: Division,
    count: int,
    pull: Pull,
    chance: np.random.Generator,
    best: Found,
    missed: int,
    keep: bool,
) -> int:
    units = chance.integers(0, division.given.n, count).tolist()
    picks, fates = chance.random(count).tolist(), (-pull.warm * np.log(chance.random(count))).tolist()
    weights, level = division.given.weights, pull.level / division.mean
    for u, pick, fate in zip(units, picks, fates, strict=True):
        others = division.beside(u)
        if not others:
            continue
        to = others[int(pick * len(others))]
        away, w = division.part[u], weights[u]
        strain = division.strain(u, to)
        even = level * w * (division.weight[to] - division.weight[away] + w)
        if division.change(u, to) + pull.dear * strain + even > fate or not division.can_leave(u):
            continue
        division.move(u, to)
        missed += strain
        if keep:
            best.parts.update(division.mask[p] for p in (away, to) if not division.excess(division.weight[p]))
        if (missed, division.total) < (best.missed, best.cost):
            best.part, best.cost, best.missed = list(division.part), division.total, missed
    return missed


def descend(division: Division, stop: Stop) -> None:
    """Move single units, and exchange two of neighbouring parts, as long as that makes the division better."""
    better = True
    while better and not stop():
        # Every unit gets its turn: a sum, where any() would stop at the first.
        moved = sum(_moved(division, u) for u in range(division.given.n))
        better = moved + sum(_exchanged(division, u) for u in range(division.given.n)) > 0


def _moved(division: Division, u: int) -> bool:
    return any(_takes(division, [(u, to)]) for to in division.beside(u))


def _exchanged(division: Division, u: int) -> bool:
    own = division.part[u]
    for to in division.beside(u):
        partners = {
            v for w in division.near[u] for v in (w, *division.near[w])
            if division.part[v] == to and own in {division.part[x] for x in division.near[v]}
        }  # fmt: skip
        for v in sorted(partners):
            if division.change(u, to) + division.change(v, own) < 0 and _takes(division, [(u, to), (v, own)]):
                return True
    return False


def _takes(division: Division, moves: list[tuple[int, int]]) -> bool:
    """Make the moves if they leave the division better by what is missed, then by what it costs; else leave it as it was."""
    before, undo = (division.missed, division.total), []
    for u, to in moves:
        if not division.can_leave(u) or to not in division.beside(u):
            break
        undo.append((u, division.part[u]))
        division.move(u, to)
    else:
        if (division.missed, division.total + division.grain) < before:
            return True
    for u, back in reversed(undo):
        division.move(u, back)
    return False
