"""How this floor writes: rows, and the entry that says so, leave in one flush, in one transaction, once per key.

A person's stream holds whatever happened to the person and his duties, a unit's stream (kind ``register``) what happened
to the unit. Persons, units and duties are reference tables: their shard is no community, but twelve zeros.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from linli.journal.append import Entry, Head, NewEntry, Part, append, find, lock
from linli.journal.writes import Write, flush
from linli.people.keys import keyed_hash
from linli.people.refusals import refused
from linli.rules.actor import Actor
from linli.rules.roles import PUBLIC, RESIDENT

SHARD = "0" * 12
DEFINITION = "people/1"
PERSON, REGISTER = "person", "register"


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be written. ``effect`` names the id it is about and holds no personal data; ``personal`` is sealed and erasable."""

    stream: UUID
    action: str
    by: Actor
    at: int
    key: str
    effect: Mapping[str, Any]
    facts: Mapping[str, Any] = field(default_factory=dict)
    personal: Mapping[UUID, Mapping[str, Any]] = field(default_factory=dict)
    rows: Sequence[Write] = ()
    kind: str = PERSON
    role: str = ""


def once(key: str, request: Mapping[str, Any], do: Callable[[bytes], UUID]) -> UUID:
    """Do a thing in one transaction, or give the id that the same thing with the same key gave before.

    ``do`` gets the digest of the request, keyed because requests hold names and numbers. Two first calls at once: the
    loser of the race is rolled back and reads what the winner wrote. Raises: Refused ``key-reused`` for another request.
    """
    text = json.dumps(request, sort_keys=True, ensure_ascii=False, default=str)
    digest = bytes.fromhex(keyed_hash("request", text))
    try:
        return _once(key, digest, do)
    except IntegrityError:
        return _once(key, digest, do)


def _once(key: str, digest: bytes, do: Callable[[bytes], UUID]) -> UUID:
    with transaction.atomic():
        done = find(SHARD, key)
        if done is None:
            return do(digest)
        if bytes(done.request) != digest:
            raise refused("key-reused")
        return UUID(done.effect["id"])


def write(change: Change, digest: bytes) -> Entry:
    """Append the entry and write the rows."""
    head = lock(change.stream) or Head(stream=change.stream, kind=change.kind, shard=SHARD, seq=0, hash=b"")
    parts = [Part(change.facts)] if change.facts else []
    parts += [Part(content, person) for person, content in change.personal.items()]
    entry, writes = append(head, _entry(change, parts, digest))
    flush([*change.rows, *writes])
    return entry


def _entry(change: Change, parts: Sequence[Part], digest: bytes) -> NewEntry:
    return NewEntry(
        action=change.action,
        actor=change.by.person,
        role=change.role or acting_role(change.by),
        happened=change.at,
        recorded=change.at,
        definition=DEFINITION,
        effect=change.effect,
        parts=parts,
        key=change.key,
        request=digest,
    )


def acting_role(by: Actor) -> str:
    """The role an entry names where no rule asked for one: the first that says more than resident or public."""
    keys = [g.role for g in by.grants]
    return next((k for k in keys if k not in (PUBLIC.key, RESIDENT.key)), keys[0] if keys else PUBLIC.key)
