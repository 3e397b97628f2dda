"""Hashes: SHA-256 or SM3, canonical JSON (RFC 8785), the audit path of a leaf (RFC 6962, 2.1.1)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

Json = dict[str, Any]
SHA256 = "sha256"


def hash_by(name: str, data: bytes) -> bytes:
    """SHA-256 or SM3. Raises: ValueError for another name, or where this Python has no SM3."""
    if name not in (SHA256, "sm3"):
        raise ValueError(f"the hash {name!r} is not known")
    return hashlib.new(name, data).digest()


def canonical(value: object) -> bytes:
    """Canonical JSON of texts, integers, true, false and null."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode()


def root_of_path(name: str, leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The Merkle root to which the audit path of a leaf's hash leads; None if the path does not fit."""
    node, rest, last = leaf, list(path), size - 1
    if not 0 <= index <= last:
        return None
    while last:
        if index % 2 or index < last:
            if not rest:
                return None
            beside = rest.pop(0)
            node = hash_by(name, b"\1" + (beside + node if index % 2 else node + beside))
        index, last = index // 2, last // 2
    return None if rest else node
