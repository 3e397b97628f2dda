"""The heads as anchors saw them, page by page in the order of the tree: by the id of the stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS

from linli.journal.writes import fetch

PAGE = 5000
FIRST = UUID(int=0)
_HEADS = "SELECT stream, seq, hash FROM journal_head WHERE stream > %s ORDER BY stream LIMIT %s"
_AS_OF = (
    "SELECT l.stream, l.seq, l.hash FROM journal_leaf l WHERE l.stream > %s AND l.day <= %s AND NOT EXISTS"
    " (SELECT 1 FROM journal_leaf n WHERE n.stream = l.stream AND n.day > l.day AND n.day <= %s)"
    " ORDER BY l.stream LIMIT %s"
)


class Leaf(NamedTuple):
    """The end of one stream at some moment."""

    stream: UUID
    seq: int
    hash: bytes


def heads(using: str = DEFAULT_DB_ALIAS) -> Iterator[Leaf]:
    """Every head as it stands."""
    after = FIRST
    while rows := fetch(_HEADS, (after, PAGE), uuids=(0,), using=using):
        yield from (Leaf(*row) for row in rows)
        after = rows[-1][0]


def as_of(day: str, using: str = DEFAULT_DB_ALIAS) -> Iterator[Leaf]:
    """Every stream as the anchor of that day (ISO) saw it: of its leaves up to the day, the last."""
    after = FIRST
    while rows := fetch(_AS_OF, (after, day, day, PAGE), uuids=(0,), using=using):
        yield from (Leaf(*row) for row in rows)
        after = rows[-1][0]
