"""What an entry writes in the books besides itself, as SQL. Nothing else writes these tables, but the voucher's trigger."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from linli.journal.writes import Write
from linli.rules.ids import new_id

ROWS = 200
"""The rows of one statement: a database takes so many parameters at most."""
_BOOK = "INSERT INTO funds_book (id, shard, kind, title, place, last) VALUES (%s, %s, %s, %s, %s, 0)"
_AUTHORITY = (
    'INSERT INTO funds_authority (id, shard, book, kind, decision, "limit", opens, objections, entry, seq)'
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (id) DO UPDATE SET shard = excluded.shard,"
    ' book = excluded.book, kind = excluded.kind, decision = excluded.decision, "limit" = excluded."limit",'
    " opens = excluded.opens, objections = excluded.objections, entry = excluded.entry, seq = excluded.seq"
)
_VOUCHER = (
    'INSERT INTO funds_voucher (id, shard, book, number, kind, day, memo, "case", seq, entry, happened, authority, reverses)'
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
# A cost that thousands share has thousands of legs: they go as one text, in one statement that is always the same.
_LEGS = "INSERT INTO funds_leg (voucher, line, shard, book, number, day, account, holder, cents) SELECT %s, "
_LEGS_FROM = {
    "sqlite": "x.key + 1, %s, %s, %s, %s, json_extract(x.value, '$[0]'), json_extract(x.value, '$[1]'),"
    " json_extract(x.value, '$[2]') FROM json_each(%s) x",
    "postgresql": "x.n, %s, %s, %s, %s, x.leg->>0, x.leg->>1, (x.leg->>2)::bigint"
    " FROM jsonb_array_elements(%s::jsonb) WITH ORDINALITY AS x (leg, n)",
}
_TITLES = "INSERT INTO funds_title (id, shard, book, unit, area, status, owners, since, entry) VALUES "
_OWNERS = "INSERT INTO funds_owner (owner, title, shard) VALUES "


class _Told(NamedTuple):
    """The entry that tells it."""

    entry: UUID
    case: UUID
    shard: str
    seq: int
    happened: int


def writes(
    entry_id: UUID, case: UUID, shard: str, seq: int, happened: int, effect: Mapping[str, Any]
) -> list[Write]:
    """The statements of what an entry's effect says of a book, its titles, an authority, vouchers; in the order in which
    they are to be executed, after the entry. A refused voucher is an IntegrityError of ``flush`` that begins with its code.
    """
    told, made = _Told(entry_id, case, shard, seq, happened), list[Write]()
    if book := effect.get("book"):
        made.append((_BOOK, (UUID(book["id"]), shard, book["kind"], *named(effect))))
    if titles := effect.get("titles"):
        made += _titles(told, UUID(titles["book"]), titles["rows"])
    if authority := effect.get("authority"):
        made.append(_authority(told, authority))
    if vouchers := effect.get("vouchers"):
        for one in vouchers["vouchers"]:
            made += _voucher(told, UUID(vouchers["book"]), one)
    return made


def named(effect: Mapping[str, Any]) -> tuple[str, str]:
    """The title and the place of the book that an effect opens; a place that it does not name is that of its case."""
    book = effect["book"]
    return book.get("title", ""), book.get("place") or effect["place"]


def _authority(told: _Told, a: Mapping[str, Any]) -> Write:
    return _AUTHORITY, (
        UUID(a["id"]), told.shard, UUID(a["book"]), a["kind"], a["decision"], a["limit"], a["opens"], a["objections"],
        told.entry, told.seq,
    )  # fmt: skip


def _voucher(told: _Told, book: UUID, v: Mapping[str, Any]) -> Iterator[Write]:
    """The legs first: the voucher's own trigger judges the whole."""
    voucher, number, day = new_id(), v["number"], v["day"]
    legs = json.dumps(v["legs"], ensure_ascii=False)
    yield _LEGS + _LEGS_FROM[connection.vendor], (voucher, told.shard, book, number, day, legs)
    authority = UUID(v["authority"]) if v["authority"] else None
    yield _VOUCHER, (
        voucher, told.shard, book, number, v["kind"], day, v["memo"], told.case, told.seq, told.entry, told.happened,
        authority, v["reverses"] or None,
    )  # fmt: skip


def _titles(told: _Told, book: UUID, rows: Sequence[Sequence[Any]]) -> Iterator[Write]:
    """The titles in force end the day before; of one that is replaced from its own first day on, that is before it began."""
    for since, some in groupby(sorted(rows, key=lambda r: str(r[4])), key=lambda r: str(r[4])):
        units = [r[0] for r in some]
        for at in range(0, len(units), ROWS):
            part = units[at : at + ROWS]
            yield _ending(len(part)), (day_before(since), book, *part)
    ids = [new_id() for _ in rows]
    made = [
        (i, told.shard, book, unit, area, status, ";".join(owners), since, told.entry)
        for i, (unit, area, status, owners, since) in zip(ids, rows, strict=True)
    ]
    yield from _many(_TITLES, made)
    owned = ((o, i) for i, row in zip(ids, rows, strict=True) for o in dict.fromkeys(row[3]))
    yield from _many(_OWNERS, [(owner, title, told.shard) for owner, title in owned])


def day_before(day: str) -> str:
    """The ISO day before another."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


@cache
def _ending(units: int) -> str:
    marks = ", ".join(["%s"] * units)
    return f"UPDATE funds_title SET until = %s WHERE book = %s AND until IS NULL AND unit IN ({marks})"  # noqa: S608


def _many(insert: str, rows: Sequence[tuple[object, ...]]) -> Iterable[Write]:
    for at in range(0, len(rows), ROWS):
        some = rows[at : at + ROWS]
        yield _inserting(insert, len(some), len(some[0])), tuple([v for row in some for v in row])


@cache
def _inserting(insert: str, rows: int, columns: int) -> str:
    return insert + ", ".join([f"({', '.join(['%s'] * columns)})"] * rows)
