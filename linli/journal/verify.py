"""Verifying: every entry is hashed again from its columns, every part against its digest, every stream against its head.

One walk in the order of the index, page by page, in one snapshot: the memory does not grow with the journal (but for
the name of each part that was ever erased). What is found is named, and the walk goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections

from linli.journal import anchored
from linli.journal.erasing import named
from linli.journal.faults import Fault, PartRow, Row, entry_fault, name_of, part_faults
from linli.journal.reading import ENTRY_COLUMNS
from linli.journal.snapshot import snapshot
from linli.journal.writes import fetch
from linli.rules.chain import START, Anchor

Progress = Callable[[int, int], None]
PAGE = 500
_COUNT = "SELECT COUNT(*) FROM journal_entry"
_WALK = (
    f"SELECT {ENTRY_COLUMNS} FROM journal_entry WHERE (shard, stream, seq) > ({{}}, {{}}, {{}})"  # noqa: S608
    " ORDER BY shard, stream, seq LIMIT %s"
)
_ONE = (
    f"SELECT {ENTRY_COLUMNS} FROM journal_entry"  # noqa: S608
    " WHERE shard = (SELECT shard FROM journal_head WHERE stream = %s) AND stream = %s AND seq > %s"
    " ORDER BY seq LIMIT %s"
)
_PARTS = "SELECT entry, part, person, salt, body FROM journal_content WHERE shard = {} AND entry IN ({})"
_HEAD = "SELECT kind, shard, seq, hash FROM journal_head WHERE stream = {}"
_BARE = (
    "SELECT h.stream, h.seq FROM journal_head h WHERE NOT EXISTS"
    " (SELECT 1 FROM journal_entry e WHERE e.shard = h.shard AND e.stream = h.stream)"
)
_ORPHANS = (
    "SELECT c.entry, c.part FROM journal_content c WHERE NOT EXISTS"
    " (SELECT 1 FROM journal_entry e WHERE e.id = c.entry AND e.shard = c.shard)"
)
_ERASED = "SELECT stream, seq, kind, effect FROM journal_entry WHERE action = 'erased'"


class Walk:
    """One walk over the journal, or over one stream. ``entries`` and ``cases`` count what was walked so far.

    ``every_anchor`` recomputes the roots of all anchors, not of the last alone (as long again for each day).
    ``against`` are anchors that were handed out: they must stand in the journal as they were.
    """

    def __init__(
        self,
        stream: UUID | None = None,
        *,
        every_anchor: bool = False,
        against: tuple[Anchor, ...] = (),
        progress: Progress | None = None,
        using: str = DEFAULT_DB_ALIAS,
    ) -> None:
        self._stream, self._using, self.progress = stream, using, progress
        self._every_anchor, self._against = every_anchor, against
        self._erased: set[tuple[str, int]] = set()
        self.entries = self.cases = 0

    def faults(self) -> Iterator[Fault]:
        """Every fault in the order of the walk. Raises: KeyMissing, where personal parts cannot be opened."""
        with snapshot(self._using):
            yield from self._read_erased()
            total = 0 if self._stream else self._fetch(_COUNT)[0][0]
            for _, rows in groupby(self._rows(), key=lambda pair: (pair[0][3], pair[0][1])):
                yield from self._stream_faults(rows)
                if self.progress:
                    self.progress(self.entries, total)
            yield from self._left_over()
            yield from anchored.faults(self._stream, self._every_anchor, self._against, self._using)

    def _fetch(self, sql: str, params: tuple[object, ...] = ()) -> list[Any]:
        return fetch(sql, [_as_stored(p) for p in params], using=self._using)

    def _read_erased(self) -> Iterator[Fault]:
        """What entries ``erased`` name; those entries are verified like all others."""
        for stream, seq, kind, effect in self._fetch(_ERASED):
            try:
                parts = named(effect)
            except ValueError:
                yield Fault(name_of(stream), seq, "an entry “erased” that does not say what was erased")
                continue
            if kind == "case":
                yield Fault(
                    name_of(stream), seq, "an entry “erased” on a case: it belongs on the person’s stream"
                )
            else:
                self._erased.update(parts)

    def _rows(self) -> Iterator[tuple[Row, list[PartRow]]]:
        """Every entry with the parts of its content, by shard, stream and number."""
        after: tuple[object, ...] = ("", _lowest(self._using), -(2**31))
        while True:
            if self._stream:
                rows = self._fetch(_ONE, (self._stream, self._stream, after[2], PAGE))
            else:
                rows = self._fetch(_WALK.format(*map(_mark, after)), (*after, PAGE))
            if not rows:
                return
            yield from self._with_parts(rows)
            after = (rows[-1][3], rows[-1][1], rows[-1][4])

    def _with_parts(self, rows: list[Row]) -> Iterator[tuple[Row, list[PartRow]]]:
        for shard, some in groupby(rows, key=lambda row: row[3]):
            page = list(some)
            sql = _PARTS.format(_mark(shard), ", ".join(_mark(row[0]) for row in page))
            found: dict[object, list[PartRow]] = {}
            for entry, *part in self._fetch(sql, (shard, *(row[0] for row in page))):
                found.setdefault(entry, []).append(part)
            yield from ((row, found.get(row[0], [])) for row in page)

    def _stream_faults(self, rows: Iterator[tuple[Row, list[PartRow]]]) -> Iterator[Fault]:
        last: Row | None = None
        for row, parts in rows:
            self.entries += 1
            name, seq = name_of(row[1]), row[4]
            found = [*_order(last, row), entry_fault(row), *part_faults(row, parts, self._erased)]
            yield from (Fault(name, seq, what) for what in found if what)
            last = row if isinstance(seq, int) else last
        if last is not None:
            self.cases += last[2] == "case"
            yield from self._head_faults(last)

    def _head_faults(self, last: Row) -> Iterator[Fault]:
        name, seq = name_of(last[1]), last[4]
        heads = self._fetch(_HEAD.format(_mark(last[1])), (last[1],))
        if not heads:
            yield Fault(name, seq, "the stream has entries, but no head")
            return
        kind, shard, number, hash_ = heads[0]
        if not isinstance(number, int):
            yield Fault(name, seq, "the head’s number is no number")
        elif number > seq:
            yield Fault(name, seq + 1, f"entries {seq + 1} to {number} are missing: the head knows {number}")
        elif number < seq:
            yield Fault(name, seq, f"the head ends at entry {number}, the stream at {seq}")
        elif hash_ != last[14]:
            yield Fault(name, seq, "the head holds another hash than the last entry")
        if (kind, shard) != (last[2], last[3]):
            yield Fault(name, seq, "the head says another kind or place than the entries")

    def _left_over(self) -> Iterator[Fault]:
        """Heads without any entry, content without its entry."""
        if self._stream:
            if not self.entries:
                yield Fault(str(self._stream), None, "there is no entry of this stream, or no head")
            return
        for stream, seq in self._fetch(_BARE):
            yield Fault(name_of(stream), seq, f"the head knows {seq} entries, but there is none")
        for entry, part in self._fetch(_ORPHANS):
            yield Fault(name_of(entry), None, f"content part {part} belongs to no entry of this id")


def _order(last: Row | None, row: Row) -> Iterator[str]:
    """Whether the entry is the next of its stream and holds on to the one before it."""
    before = 0 if last is None else last[4]
    if not isinstance(row[4], int):
        return  # the entry itself is at fault, and named
    if row[4] != before + 1:
        missing = (
            f"entry {before + 1} is" if row[4] == before + 2 else f"entries {before + 1} to {row[4] - 1} are"
        )
        yield f"{missing} missing before this one" if row[4] > before else f"the number {row[4]} is none"
    elif row[13] != (START if last is None else last[14]):
        yield "it does not hold on to the entry before it: its prev is another hash"


def _broken(value: object) -> bool:
    """Whether it is a text that SQLite holds and that is no UTF-8; PostgreSQL holds none."""
    return isinstance(value, str) and not value.isprintable()


def _mark(value: object) -> str:
    # A broken text goes back as the bytes that it is. Not all texts: with a CAST the index serves its first column alone.
    return "CAST(%s AS TEXT)" if _broken(value) else "%s"


def _as_stored(value: object) -> object:
    return str(value).encode("utf-8", "surrogateescape") if _broken(value) else value


def _lowest(using: str) -> object:
    return "" if connections[using].vendor == "sqlite" else UUID(int=0)
