"""A community's register of places: what was entered, divided or cleared there, one entry each, done once for each key."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from linli.journal.append import Head, NewEntry, Part, append, find, lock
from linli.journal.cipher import fingerprint
from linli.journal.writes import flush
from linli.territory.entries import DEFINITION, REGISTER
from linli.territory.refusals import refused

_COMMUNITIES = UUID("f5a1c9f0-7f0b-5c7a-9f0e-2b1d9f2f3c55")


@dataclass(frozen=True, slots=True)
class By:
    """Who does it in which role (no person: an import), when (µs UTC), under which key; ``request`` is what the key stands for."""

    person: UUID | None
    role: str
    at: int
    key: str
    request: bytes


def stream_of(community: str) -> UUID:
    """The id of the stream of a community's register of places."""
    return uuid5(_COMMUNITIES, community)


def asked(**request: str) -> bytes:
    """What a key stands for, so that it is not taken for another thing."""
    return fingerprint(json.dumps(request, sort_keys=True).encode())


def done(community: str, by: By) -> bool:
    """Whether this was done before under the same key. Raises: Refused ``key-reused`` where the key stands for something else."""
    entry = find(community, by.key)
    if entry is not None and bytes(entry.request) != by.request:
        raise refused("key-reused")
    return entry is not None


def head_of(community: str) -> Head:
    """The head of the register, locked where it has begun."""
    stream = stream_of(community)
    return lock(stream) or Head(stream=stream, kind=REGISTER, shard=community)


def enter(
    head: Head, community: str, action: str, effect: Mapping[str, Any], by: By, parts: Sequence[Part] = ()
) -> None:
    """Append the entry. Belongs in the transaction that writes the rows."""
    new = NewEntry(
        action=action, actor=by.person, role=by.role, happened=by.at, recorded=by.at, definition=DEFINITION,
        effect={"community": community, **effect}, parts=list(parts), key=by.key, request=by.request,
    )  # fmt: skip
    _, writes = append(head, new)
    flush(writes)
