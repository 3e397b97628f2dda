"""Erasing the personal parts of a person: content and salt go, the entries stay, and the chain still verifies.

The digests that remain cover a salt that nobody has any more, so that nobody tries names against them. The database
refuses to remove a part that no entry ``erased`` on the person's stream names; that entry is written here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS

from linli.journal.append import append
from linli.journal.records import Head, NewEntry, Part
from linli.journal.writes import Write, fetch

ERASED = "erased"
DEFINITION = "journal/1"
MOST_IN_AN_ENTRY = 200
"""So many parts are named in one entry: the database searches its text for each."""
_PARTS = (
    "SELECT c.entry, c.part, c.shard, e.stream, e.kind, e.action FROM journal_content c"
    " JOIN journal_entry e ON e.shard = c.shard AND e.id = c.entry WHERE c.person = %s ORDER BY c.entry, c.part"
)
_NAMED = f"SELECT effect FROM journal_entry WHERE action = '{ERASED}'"  # noqa: S608
_REMOVE = "DELETE FROM journal_content WHERE shard = %s AND entry = %s AND part = %s"


class PersonalPart(NamedTuple):
    """Where a personal part stands: its entry and number, and the stream, its kind and the action of the entry."""

    entry: UUID
    part: int
    shard: str
    stream: UUID
    kind: str
    action: str


def personal_parts(person: UUID, using: str = DEFAULT_DB_ALIAS) -> list[PersonalPart]:
    """Every personal part of a person, in all streams."""
    return [PersonalPart(*row) for row in fetch(_PARTS, (person,), uuids=(0, 3), using=using)]


def erase(
    head: Head, parts: Sequence[PersonalPart], *, by: UUID | None, role: str, at: int, key: str, request: bytes,
    reason: str = "",
) -> list[Write]:  # fmt: skip
    """The statements that erase these parts: entries ``erased`` on the person's stream, then the removals.

    ``head`` is the locked head of the person's stream. ``reason`` stands in the facts, which are never erased: it must
    name nobody. ``at`` is µs UTC. With no parts there is nothing to write.
    """
    writes: list[Write] = []
    for some in _portions(parts):
        new = NewEntry(
            action=ERASED, actor=by, role=role, happened=at, recorded=at, definition=DEFINITION,
            effect={"id": str(head.stream), "parts": [[p.entry.hex, p.part] for p in some]},
            parts=[Part({"reason": reason})] if reason else [],
            key=f"{key}/{head.seq + 1}", request=request,
        )  # fmt: skip
        entry, rows = append(head, new)
        head = entry.head
        writes += [*rows, *((_REMOVE, (p.shard, p.entry, p.part)) for p in some)]
    return writes


def _portions(parts: Sequence[PersonalPart]) -> Iterator[Sequence[PersonalPart]]:
    for start in range(0, len(parts), MOST_IN_AN_ENTRY):
        yield parts[start : start + MOST_IN_AN_ENTRY]


def named(effect: str) -> list[tuple[str, int]]:
    """The parts that an entry ``erased`` names: (hex of the entry's id, number). Raises: ValueError for another effect."""
    try:
        return [(str(entry), int(part)) for entry, part in json.loads(effect)["parts"]]
    except (AttributeError, KeyError, TypeError) as wrong:
        raise ValueError("it does not say what was erased") from wrong


def erased_parts(using: str = DEFAULT_DB_ALIAS) -> set[tuple[str, int]]:
    """All parts that were ever erased. Raises: ValueError, where an entry ``erased`` does not say what."""
    return {part for (effect,) in fetch(_NAMED, using=using) for part in named(effect)}
