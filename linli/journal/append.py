"""Appending: an entry, its content and the new head as statements that the caller flushes in his transaction."""

from __future__ import annotations

import os
from collections.abc import Sequence
from uuid import UUID

from django.conf import settings

from linli.journal.cipher import seal
from linli.journal.reading import ENTRY_COLUMNS, contents, entries, entries_of, find, head_of, lock
from linli.journal.records import Content, Entry, Head, NewEntry, Part, Stored
from linli.journal.writes import Write
from linli.rules import chain
from linli.rules.ids import new_id

__all__ = [
    "Content", "Entry", "Head", "NewEntry", "Part", "Stored",
    "append", "contents", "entries", "entries_of", "find", "head_of", "lock",
]  # fmt: skip

_ENTRY = f"INSERT INTO journal_entry ({ENTRY_COLUMNS}) VALUES ({', '.join(['%s'] * 18)})"  # noqa: S608
_CONTENT = (
    "INSERT INTO journal_content (id, entry, shard, part, person, salt, body)"
    " VALUES (%s, %s, %s, %s, %s, %s, %s)"
)
_FIRST = "INSERT INTO journal_head (stream, kind, shard, seq, hash) VALUES (%s, %s, %s, %s, %s)"
_NEXT = "UPDATE journal_head SET seq = %s, hash = %s WHERE stream = %s"
_LONGEST = {"action": 80, "role": 40, "definition": 80, "key": 200}


def append(head: Head, new: NewEntry) -> tuple[Entry, list[Write]]:
    """The next entry of a stream and the statements that write it; reads nothing.

    ``head`` is what ``lock`` gave, or a new Head for a new stream; for a second entry in the same transaction it is
    ``entry.head``. The content is stored as canonical text, personal parts sealed.

    Raises: NotCanonical for what JSON or a database would not keep (NUL, integers beyond 2^53), for floats in the
    effect and for texts too long for their column.
    """
    _at_the_door(new)
    name = getattr(settings, "LINLI_HASH", "sha256")
    entry_id = new_id()
    digests, writes = _parts(name, head.shard, entry_id, new)
    header = chain.Header(
        hash_name=name, stream=head.stream, kind=head.kind, shard=head.shard, seq=head.seq + 1, id=entry_id,
        action=new.action, actor=new.actor, role=new.role, happened=new.happened, recorded=new.recorded,
        definition=new.definition, effect=new.effect, digests=digests, key=new.key, request=new.request,
        prev=head.hash,
    )  # fmt: skip
    effect = _effect(new)
    entry = _entry(header, effect)
    return entry, [_insert(entry, effect), *writes, _new_head(head, entry)]


def _at_the_door(new: NewEntry) -> None:
    for name, most in _LONGEST.items():
        text = getattr(new, name)
        if not text or len(text) > most:
            raise chain.NotCanonical(f"{name}: 1 to {most} characters are needed, not {len(text)}")


def _effect(new: NewEntry) -> bytes:
    effect = chain.canonical(new.effect)
    if chain.has_float(effect):
        raise chain.NotCanonical("effect: a number in it is no integer; give text or a smaller unit")
    return effect


def _parts(name: str, shard: str, entry: UUID, new: NewEntry) -> tuple[list[str], list[Write]]:
    digests: list[str] = []
    writes: list[Write] = []
    for number, part in enumerate(new.parts):
        body, salt = chain.canonical(part.content), os.urandom(chain.SALT_BYTES)
        digests.append(chain.part_digest(name, salt, part.person, body).hex())
        stored = seal(body) if part.person else body.decode()
        writes.append((_CONTENT, (new_id(), entry, shard, number, part.person, salt, stored)))
    return digests, writes


def _entry(header: chain.Header, effect: bytes) -> Entry:
    return Entry(
        id=header.id, stream=header.stream, kind=header.kind, shard=header.shard, seq=header.seq,
        action=header.action, actor=header.actor, role=header.role, happened=header.happened,
        recorded=header.recorded, definition=header.definition, effect=header.effect, digests=header.digests,
        prev=header.prev, hash=chain.entry_hash(header, effect), hash_name=header.hash_name, key=header.key,
        request=header.request,
    )  # fmt: skip


def _insert(e: Entry, effect: bytes) -> Write:
    return _ENTRY, (
        e.id, e.stream, e.kind, e.shard, e.seq, e.action, e.actor, e.role, e.happened, e.recorded,
        e.definition, effect.decode(), _json(e.digests), e.prev, e.hash, e.hash_name, e.key, e.request,
    )  # fmt: skip


def _json(digests: Sequence[str]) -> str:
    return '["' + '","'.join(digests) + '"]' if digests else "[]"


def _new_head(before: Head, e: Entry) -> Write:
    if before.seq == 0:
        return _FIRST, (e.stream, e.kind, e.shard, e.seq, e.hash)
    return _NEXT, (e.seq, e.hash, e.stream)
