"""That a file was imported: one entry per run that took something, in a register of its table, with the file's hash."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid5

from linli.journal.append import Head, NewEntry, append, entries, lock
from linli.journal.cipher import fingerprint
from linli.journal.writes import flush

REGISTER, DEFINITION = "register", "import/1"
NOWHERE = "0" * 12
_FILES = UUID("0b5c7d64-5c3c-5d0e-8f43-b6d6a4c0f9a1")


def stream_of(table: str) -> UUID:
    """The id of the register of a table's imports."""
    return uuid5(_FILES, table)


def enter(table: str, digest: str, counts: Mapping[str, int], *, role: str, at: int) -> None:
    """Enter that a file was imported; call it in the transaction that took the rows.

    Args:
        digest: the SHA-256 of the file, in hex. Its name is not kept: it may name somebody.
        counts: rows, taken, already, bad.
        at: µs UTC.
    """
    stream = stream_of(table)
    head = lock(stream) or Head(stream=stream, kind=REGISTER, shard=NOWHERE)
    key = f"import/{table}/{digest}/{head.seq + 1}"
    new = NewEntry(
        action="imported", actor=None, role=role, happened=at, recorded=at, definition=DEFINITION,
        effect={"table": table, "file": digest, **counts}, parts=(), key=key, request=fingerprint(key.encode()),
    )  # fmt: skip
    _, writes = append(head, new)
    flush(writes)


def files(table: str) -> list[Mapping[str, object]]:
    """What was imported into the table, in order: file, rows, taken, already, bad."""
    return [e.effect for e in entries(stream_of(table))]
