"""How this floor writes: rows, and the entry that says so, leave in one flush, in one transaction, once per key.

Every household has a stream of the kind ``register`` in its community's shard. What an entry says of the household that
could hurt somebody — a label — stands in a sealed part under the household's own id, so that it can be erased; the effect
holds codes, ids and days.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from linli.journal.append import Entry, Head, NewEntry, Part, append, find, lock
from linli.journal.cipher import fingerprint
from linli.journal.writes import Write, flush
from linli.rules.actor import Actor
from linli.territory.refusals import refused

DEFINITION = "territory/1"
REGISTER = "register"
_HOUSEHOLDS = UUID("6c0ff93e-5e3a-5d1c-9a55-0b6f6f1f6a2e")


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be written of a household; ``sealed`` is what must be erasable, ``role`` in which ``by`` may do it."""

    household: str
    action: str
    by: Actor
    role: str
    at: int
    key: str
    effect: Mapping[str, Any]
    sealed: Mapping[str, Any] = field(default_factory=dict)
    rows: Sequence[Write] = ()


def stream_of(household: str) -> UUID:
    """The id of a household's stream: always the same for the same code."""
    return uuid5(_HOUSEHOLDS, household)


def shard_of(household: str) -> str:
    """The community's twelve digits."""
    return household[:12]


def once(household: str, key: str, request: Mapping[str, Any], do: Callable[[bytes], None]) -> None:
    """Do a thing in one transaction, or nothing where the same thing was done with the same key before.

    Two first calls at once: the loser of the race is rolled back and finds what the winner wrote. Raises: Refused
    ``key-reused`` for another request.
    """
    text = json.dumps({**request, "household": household}, sort_keys=True, ensure_ascii=False, default=str)
    digest = fingerprint(text.encode())
    try:
        _once(household, key, digest, do)
    except IntegrityError:
        _once(household, key, digest, do)


def _once(household: str, key: str, digest: bytes, do: Callable[[bytes], None]) -> None:
    with transaction.atomic():
        done = find(shard_of(household), key)
        if done is None:
            do(digest)
        elif bytes(done.request) != digest:
            raise refused("key-reused")


def write(change: Change, digest: bytes) -> Entry:
    """Append the entry and write the rows."""
    stream, shard = stream_of(change.household), shard_of(change.household)
    head = lock(stream) or Head(stream=stream, kind=REGISTER, shard=shard, seq=0, hash=b"")
    entry, writes = append(head, _entry(change, stream, digest))
    flush([*change.rows, *writes])
    return entry


def _entry(change: Change, stream: UUID, digest: bytes) -> NewEntry:
    return NewEntry(
        action=change.action,
        actor=change.by.person,
        role=change.role,
        happened=change.at,
        recorded=change.at,
        definition=DEFINITION,
        effect={"household": change.household, **change.effect},
        parts=[Part(change.sealed, stream)] if change.sealed else [],
        key=change.key,
        request=digest,
    )
