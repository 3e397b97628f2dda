"""What the journal takes and gives: heads, parts, new entries, entries. Times are µs UTC."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Head:
    """The end of a stream; a new one has ``seq`` 0 and no hash. ``kind`` is case, person or register."""

    stream: UUID
    kind: str
    shard: str
    seq: int = 0
    hash: bytes = b""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the content: facts (no person), or what was said by or about one person, sealed and erasable."""

    content: Mapping[str, Any]
    person: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry to be appended. ``effect`` holds ids, keys, integers: no personal data, for it can never be erased.

    ``key`` is the client's, once per shard; ``request`` a digest by which a retry is told from a reuse: keyed
    (``cipher.fingerprint``), because a request holds personal data and the digest outlives their erasure.
    """

    action: str
    actor: UUID | None
    role: str
    happened: int
    recorded: int
    definition: str
    effect: Mapping[str, Any]
    parts: Sequence[Part]
    key: str
    request: bytes


class Entry(NamedTuple):
    """An entry as it stands in the journal; ``digests`` are hex texts in the order of the parts."""

    id: UUID
    stream: UUID
    kind: str
    shard: str
    seq: int
    action: str
    actor: UUID | None
    role: str
    happened: int
    recorded: int
    definition: str
    effect: Mapping[str, Any]
    digests: Sequence[str]
    prev: bytes
    hash: bytes
    hash_name: str
    key: str
    request: bytes

    @property
    def head(self) -> Head:
        """The head of the stream once this entry is its last: for a second entry in the same transaction."""
        return Head(self.stream, self.kind, self.shard, self.seq, self.hash)


Stored = Entry


@dataclass(frozen=True, slots=True)
class Content:
    """One part read back, a personal one opened, with the salt of its digest. An erased part is not there at all."""

    entry: UUID
    part: int
    person: UUID | None
    content: Mapping[str, Any]
    salt: bytes = b""
