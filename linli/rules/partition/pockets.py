"""What cannot be on its own: where one unit is the only way to units too light for a grid, they are in its grid, all of them."""

from __future__ import annotations

from linli.rules.partition.graph import pieces, spread
from linli.rules.partition.instance import Instance, merged


def without_pockets(given: Instance) -> Instance:
    """The instance with every pocket made one unit with the unit that leads to it. Every division within the bounds stays one."""
    if given.low <= 0:
        return given
    while True:
        groups = _disjoint([group for u in range(given.n) if (group := _pocket(given, u))])
        if not groups:
            return given
        given = merged(given, groups)


def _pocket(given: Instance, u: int) -> int:
    """The unit with all lighter pieces that it alone holds to the rest of its piece; 0 where there is none."""
    bit = 1 << u
    whole = spread(bit, given.everything, given.near)
    around = given.near[u] & whole
    rest = whole & ~bit
    if not rest or around == spread(around & -around, around, given.near):
        return 0
    light = [piece for piece in pieces(rest, given.near) if given.weight(piece) < given.low]
    group = bit
    for piece in light:
        group |= piece
    return group if light else 0


def _disjoint(groups: list[int]) -> list[int]:
    """Groups that share no unit: the first of those that do; the others come up again in the next round."""
    taken, kept = 0, []
    for group in sorted(groups, key=lambda g: (-g.bit_count(), g)):
        if not group & taken:
            kept.append(group)
            taken |= group
    return kept
