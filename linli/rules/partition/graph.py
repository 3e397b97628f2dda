"""Who is next to whom, as bit masks: bit i of ``near[v]`` says that i is a neighbour of v."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def bits(mask: int) -> Iterator[int]:
    """The positions of the bits that are set, from the lowest."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def mask_of(members: Sequence[int]) -> int:
    """The mask in which exactly these bits are set."""
    mask = 0
    for member in members:
        mask |= 1 << member
    return mask


def spread(start: int, within: int, near: Sequence[int]) -> int:
    """All that can be reached from ``start`` without leaving ``within`` (masks); ``start`` lies in it."""
    reached, edge = start, start
    while edge:
        around = 0
        for v in bits(edge):
            around |= near[v]
        edge = around & within & ~reached
        reached |= edge
    return reached


def connected(mask: int, near: Sequence[int]) -> bool:
    """Whether the members hang together; nothing hangs together with itself."""
    return mask != 0 and spread(mask & -mask, mask, near) == mask


def pieces(mask: int, near: Sequence[int]) -> list[int]:
    """The parts into which the members fall, by their lowest member."""
    found = []
    while mask:
        piece = spread(mask & -mask, mask, near)
        found.append(piece)
        mask &= ~piece
    return found


def nearby(mask: int, near: Sequence[int]) -> int:
    """The neighbours of the members that are no members themselves."""
    around = 0
    for v in bits(mask):
        around |= near[v]
    return around & ~mask


def near_of(n: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """The masks of the neighbours of each of ``n`` places."""
    near = [0] * n
    for a, b in edges:
        near[a] |= 1 << b
        near[b] |= 1 << a
    return near
