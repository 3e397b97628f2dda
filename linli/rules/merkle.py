"""A Merkle tree that grows leaf by leaf (RFC 6962, 2.1) in the memory of its height: for a million leaves, twenty hashes."""

from __future__ import annotations

from typing import NamedTuple

from linli.rules.chain import hasher


class _Node(NamedTuple):
    height: int
    hash: bytes
    watched: bool


class Growing:
    """Takes the leaves in order; gives the root, and the audit path of the one leaf at ``watched``.

    The same root and path as ``chain.merkle_levels`` and ``chain.merkle_path``, without holding the tree.
    """

    def __init__(self, hash_name: str, watched: int = -1) -> None:
        self._hash, self._watched = hasher(hash_name), watched
        self._right_edge: list[_Node] = []
        self._path: list[bytes] = []
        self.size = 0

    def add(self, leaf: bytes) -> None:
        """The next leaf, such as ``chain.leaf_bytes`` gives it."""
        node = _Node(0, self._hash(b"\0" + leaf), self.size == self._watched)
        self.size += 1
        while self._right_edge and self._right_edge[-1].height == node.height:
            node = self._joined(self._right_edge.pop(), node)
        self._right_edge.append(node)

    def _joined(self, left: _Node, right: _Node) -> _Node:
        if left.watched or right.watched:
            self._path.append(right.hash if left.watched else left.hash)
        joined = self._hash(b"\1" + left.hash + right.hash)
        return _Node(left.height + 1, joined, left.watched or right.watched)

    def end(self) -> tuple[bytes, list[bytes]]:
        """The root over all leaves and the watched leaf's path from the bottom up. Nothing can be added afterwards."""
        edge = self._right_edge
        while len(edge) > 1:
            right, left = edge.pop(), edge.pop()
            edge.append(self._joined(left, right))
        return (edge[0].hash if edge else self._hash(b"")), self._path
