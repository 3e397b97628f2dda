"""The cheapest part around one centre when it need not hang together: a knapsack with at least and at most so many households."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from linli.rules.partition.metres import Floats

Ints = NDArray[np.int64]


def cheapest(rewards: Floats, weights: Sequence[int], home: int, low: int, high: int) -> tuple[float, int]:
    """The least sum of rewards (what each unit costs here less its price) of units with ``home`` among them whose weight
    lies in [low, high], and these units as a mask. Infinite where there are none.
    """
    room, wanted = high - weights[home], max(0, low - weights[home])
    if room < 0:
        return float("inf"), 0
    least = np.full(room + 1, np.inf)
    least[0] = 0.0
    taken: list[tuple[int, NDArray[np.bool_]]] = []
    gains = [i for i in np.flatnonzero(rewards < 0).tolist() if i != home and weights[i] <= room]
    _fill(least, taken, gains, rewards, weights)
    at = int(least.argmin())
    if at < wanted:
        rest = [
            i
            for i in np.argsort(rewards, kind="stable").tolist()
            if rewards[i] >= 0 and i != home and weights[i] <= room
        ]
        _fill(least, taken, [i for i in rest if np.isfinite(rewards[i])], rewards, weights)
        at = wanted + int(least[wanted:].argmin())
    if not np.isfinite(least[at]):
        return float("inf"), 0
    return float(least[at] + rewards[home]), _traced(taken, weights, at) | 1 << home


def _fill(
    least: Floats,
    taken: list[tuple[int, NDArray[np.bool_]]],
    units: Sequence[int],
    rewards: Floats,
    weights: Sequence[int],
) -> None:
    """Offer one unit after the other; ``least[w]`` is the least sum that weighs exactly w."""
    for u in units:
        w = weights[u]
        tried = least[: len(least) - w] + rewards[u]
        better = np.zeros(len(least), dtype=bool)
        better[w:] = tried < least[w:]
        np.copyto(least[w:], tried, where=better[w:])
        taken.append((u, better))


def _traced(taken: Sequence[tuple[int, NDArray[np.bool_]]], weights: Sequence[int], at: int) -> int:
    mask = 0
    for u, better in reversed(taken):
        if better[at]:
            mask |= 1 << u
            at -= weights[u]
    return mask


def at_least(rewards: Floats, weights: Ints, home: Ints, high: int) -> Floats:
    """For every centre what its cheapest part cannot go below: the last unit may be taken in part, and none has to be.

    ``rewards`` is units × centres, ``home`` the unit of each centre.
    """
    room, _, gains, heavy = _sorted(rewards, weights, home, high)
    before = np.cumsum(heavy, axis=0) - heavy
    share = np.where(heavy > 0, np.clip((room[None, :] - before) / np.maximum(heavy, 1e-9), 0, 1), 1.0)
    found: Floats = rewards[home, np.arange(rewards.shape[1])] + (gains * share).sum(axis=0)
    return np.where(room < 0, np.inf, found)


def shares(rewards: Floats, weights: Ints, home: int, high: int) -> Floats:
    """How much of each unit the part takes that ``at_least`` reckons with, for one centre: 0 to 1."""
    room, order, gains, heavy = _sorted(rewards[:, None], weights, np.array([home]), high)
    before = np.cumsum(heavy, axis=0) - heavy
    taken = np.where(heavy > 0, np.clip((room[None, :] - before) / np.maximum(heavy, 1e-9), 0, 1), 1.0) * (
        gains < 0
    )
    found = np.zeros(len(weights))
    found[order[:, 0]] = taken[:, 0]
    found[home] = 1.0
    return found


def _sorted(
    rewards: Floats, weights: Ints, home: Ints, high: int
) -> tuple[Floats, NDArray[np.intp], Floats, Floats]:
    """For every centre the room beside its home, the units by what they gain for their weight, these gains and weights."""
    centres = np.arange(rewards.shape[1])
    gains = np.minimum(rewards, 0.0)
    gains[home, centres] = 0.0
    order = np.argsort(gains / np.maximum(weights, 1e-9)[:, None], axis=0, kind="stable")
    sorted_gains = np.take_along_axis(gains, order, axis=0)
    heavy = np.where(sorted_gains < 0, weights[order], 0).astype(np.float64)
    return (high - weights[home]).astype(np.float64), order, sorted_gains, heavy
