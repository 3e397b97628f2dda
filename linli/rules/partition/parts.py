"""All parts that a grid could be: connected and not too heavy, each found once; and what each would cost."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from linli.rules.partition.graph import bits
from linli.rules.partition.instance import Instance
from linli.rules.partition.metres import Floats


def connected_parts(
    near: Sequence[int], weights: Sequence[int], low: int, high: int, most: int
) -> list[int] | None:
    """The masks of all connected parts whose weight lies in [low, high]; None where more than ``most`` had to be looked at.

    Each part grows from its lowest member by neighbours that were not offered before, so that it is met once.
    """
    found: list[int] = []
    looked = 0
    for root in range(len(near)):
        if weights[root] > high:
            continue
        before = (1 << root + 1) - 1
        stack = [(1 << root, near[root] & ~before, near[root] | before, weights[root])]
        while stack:
            part, offered, seen, weight = stack.pop()
            looked += 1
            if looked > most:
                return None
            if weight >= low:
                found.append(part)
            while offered:
                bit = offered & -offered
                offered ^= bit
                v = bit.bit_length() - 1
                if weight + weights[v] <= high:
                    fresh = near[v] & ~seen
                    stack.append((part | bit, offered | fresh, seen | fresh, weight + weights[v]))
    return found


def rows_of(parts: Sequence[int], n: int) -> NDArray[np.bool_]:
    """The parts as a table of booleans, parts × n."""
    width = (n + 7) // 8
    raw = b"".join(part.to_bytes(width, "little") for part in parts)
    table = np.frombuffer(raw, dtype=np.uint8).reshape(len(parts), width)
    return np.unpackbits(table, axis=1, count=n, bitorder="little").astype(bool)


def costs_of(given: Instance, parts: Sequence[int], batch: int = 20_000) -> Floats:
    """What each part costs from its best centre."""
    found = [_costs(given, parts[i : i + batch]) for i in range(0, len(parts), batch)]
    return np.concatenate(found) if found else np.zeros(0)


def _costs(given: Instance, parts: Sequence[int]) -> Floats:
    rows = rows_of(parts, given.n)
    sums = rows.astype(np.float64) @ given.cost
    inside = rows[:, list(given.home)]
    found: Floats = np.where(inside, sums, np.inf).min(axis=1)
    return found


def weights_of(given: Instance, parts: Sequence[int]) -> NDArray[np.int64]:
    """The households of each part."""
    weights = np.array(given.weights, dtype=np.int64)
    return np.asarray(rows_of(parts, given.n).astype(np.int64) @ weights)


def members_of(parts: Sequence[int]) -> tuple[list[int], list[int]]:
    """The parts as columns of a sparse matrix: where each begins, and its members."""
    starts, members = [0], list[int]()
    for part in parts:
        members.extend(bits(part))
        starts.append(len(members))
    return starts, members
