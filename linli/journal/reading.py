"""Reading the journal: heads, entries by key or stream, contents by entry."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

from linli.journal.cipher import MARK, open_
from linli.journal.records import Content, Entry, Head
from linli.journal.writes import fetch

ENTRY_COLUMNS = (
    "id, stream, kind, shard, seq, action, actor, role, happened, recorded, definition, effect, digests,"
    " prev, hash, hash_name, key, request"
)
ENTRY_UUIDS = (0, 1, 6)
_EFFECT, _DIGESTS = 11, 12
_HEAD = "SELECT stream, kind, shard, seq, hash FROM journal_head WHERE stream = %s"
_BY_KEY = f"SELECT {ENTRY_COLUMNS} FROM journal_entry WHERE shard = %s AND key = %s"  # noqa: S608
_OF_STREAM = (
    f"SELECT {ENTRY_COLUMNS} FROM journal_entry"  # noqa: S608
    " WHERE shard = (SELECT shard FROM journal_head WHERE stream = %s) AND stream = %s AND seq > %s ORDER BY seq"
)
_BATCH = 500


def head_of(stream: UUID, using: str = DEFAULT_DB_ALIAS) -> Head | None:
    """The head of a stream as it stands, without a lock."""
    return _head(_HEAD, stream, using)


def lock(stream: UUID, using: str = DEFAULT_DB_ALIAS) -> Head | None:
    """The head of a stream, locked until the transaction ends; None where nothing was written yet.

    On SQLite the transaction holds the one write lock already (``transaction_mode`` IMMEDIATE).
    """
    return _head(_HEAD + " FOR UPDATE" if connections[using].vendor == "postgresql" else _HEAD, stream, using)


def _head(sql: str, stream: UUID, using: str) -> Head | None:
    rows = fetch(sql, (stream,), uuids=(0,), using=using)
    return Head(*rows[0]) if rows else None


def find(shard: str, key: str, using: str = DEFAULT_DB_ALIAS) -> Entry | None:
    """The entry that was written with this key in this shard."""
    rows = fetch(_BY_KEY, (shard, key), uuids=ENTRY_UUIDS, using=using)
    return entry_of(rows[0]) if rows else None


def entries(stream: UUID, after: int = 0, using: str = DEFAULT_DB_ALIAS) -> list[Entry]:
    """The entries of a stream in order, those after the number ``after``."""
    return [
        entry_of(row) for row in fetch(_OF_STREAM, (stream, stream, after), uuids=ENTRY_UUIDS, using=using)
    ]


def entries_of(stream: UUID, seqs: Iterable[int], using: str = DEFAULT_DB_ALIAS) -> list[Entry]:
    """The entries of a stream with these numbers, in order."""
    wanted = sorted(set(seqs))
    marks = ", ".join(["%s"] * len(wanted))
    sql = _OF_STREAM.replace("seq > %s", f"seq IN ({marks})") if wanted else ""
    rows = fetch(sql, (stream, stream, *wanted), uuids=ENTRY_UUIDS, using=using) if wanted else []
    return [entry_of(row) for row in rows]


def entry_of(row: Sequence[Any]) -> Entry:
    """An entry from a row of ``ENTRY_COLUMNS``."""
    return Entry._make(
        (*row[:_EFFECT], json.loads(row[_EFFECT]), json.loads(row[_DIGESTS]), *row[_DIGESTS + 1 :])
    )


def contents(entry_ids: Iterable[UUID], using: str = DEFAULT_DB_ALIAS) -> dict[UUID, list[Content]]:
    """The parts of these entries in order, personal parts opened; an entry without content is not among the keys.

    Raises: Unopenable for a sealed part that was altered, KeyMissing.
    """
    found: dict[UUID, list[Content]] = {}
    for row in raw_contents(entry_ids, using):
        entry, part, person, salt, body = row
        found.setdefault(entry, []).append(Content(entry, part, person, json.loads(clear(body)), bytes(salt)))
    return found


def raw_contents(
    entry_ids: Iterable[UUID], using: str = DEFAULT_DB_ALIAS
) -> list[tuple[UUID, int, UUID | None, bytes, str]]:
    """(entry, part, person, salt, body as stored) of these entries, in the order of entry and part."""
    rows: list[Any] = []
    waiting = iter(entry_ids)
    while some := list(islice(waiting, _BATCH)):
        marks = ", ".join(["%s"] * len(some))
        sql = (
            "SELECT c.entry, c.part, c.person, c.salt, c.body FROM journal_entry e"  # noqa: S608
            f" JOIN journal_content c ON c.shard = e.shard AND c.entry = e.id WHERE e.id IN ({marks})"
            " ORDER BY c.entry, c.part"
        )
        rows += fetch(sql, some, uuids=(0, 2), using=using)
    return rows


def clear(body: str) -> bytes:
    """The canonical bytes behind a stored body. Raises: Unopenable, KeyMissing."""
    return open_(body) if body.startswith(MARK) else body.encode()
