"""A fund with real journal entries behind it, and the ways of somebody who has the database in his hands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction

from linli.funds import project, reading
from linli.journal.append import Entry, Head, NewEntry, append, lock
from linli.journal.writes import Write, flush
from linli.rules.books.book import Book
from linli.rules.books.chart import BANK, HOMES, UNDISTRIBUTED
from linli.rules.books.gate import Authority
from linli.rules.books.voucher import Leg, Voucher
from linli.rules.ids import new_id

SHARD = "140105006002"
FLAT, FLAT2, FLAT3 = (f"{SHARD}B0001-1-{door}" for door in (101, 102, 201))
DAY, NOW = "2026-03-02", 1_772_413_200_000_000
DECISION = "ab" * 32
HUNDRED = 100_00


def refused(do: Callable[[], Any]) -> str:
    """The code with which the database refuses; nothing of it stays."""
    with pytest.raises(IntegrityError) as raised, transaction.atomic():
        do()
    return str(raised.value).partition(":")[0]


def run(sql: str, *params: object) -> None:
    """One statement behind everybody's back."""
    flush([(sql, params)])


def enter(stream: UUID, effect: Mapping[str, Any], *, at: int = NOW, shard: str = SHARD) -> Entry:
    """What ``act`` does: an entry, and its rows of the books in the same flush."""
    with transaction.atomic():
        entry, writes = _appended(stream, effect, at, shard)
        kept = project.writes(entry.id, stream, shard, entry.seq, at, effect)
        flush([*writes, *kept])
    return entry


def told(stream: UUID, effect: Mapping[str, Any], *, at: int = NOW, shard: str = SHARD) -> Entry:
    """An entry that tells it, without its rows."""
    with transaction.atomic():
        entry, writes = _appended(stream, effect, at, shard)
        flush(writes)
    return entry


def _appended(stream: UUID, effect: Mapping[str, Any], at: int, shard: str) -> tuple[Entry, list[Write]]:
    head = lock(stream) or Head(stream, "case", shard)
    new = NewEntry(
        action="do", actor=None, role="clerk", happened=at, recorded=at, definition="fund@1", effect=effect,
        parts=[], key=str(new_id()), request=b"",
    )  # fmt: skip
    return append(head, new)


def funded(cents: int = HUNDRED) -> UUID:
    """A fund with something in the bank, on one household's account."""
    book = opened()
    post(book, deposit(cents))
    return book


def opened(kind: str = "fund", shard: str = SHARD) -> UUID:
    """A new book."""
    book = new_id()
    told = {"id": str(book), "kind": kind, "title": "测试小区", "place": shard}
    enter(book, {"book": told}, shard=shard)
    return book


def last(book: UUID) -> int:
    """The number of the last voucher."""
    with transaction.atomic():
        found = reading.locked(book, balances=False)
    assert found is not None
    return found.last


def stands(book: UUID, authority: UUID | None = None, vouchers: tuple[int, ...] = ()) -> Book:
    """The book as a decision sees it."""
    with transaction.atomic():
        found = reading.locked(book, authority=authority, vouchers=vouchers)
    assert found is not None
    return found


def effect_of(book: UUID, *vouchers: Voucher, first: int = 0) -> dict[str, Any]:
    """The effect that tells these vouchers under the next numbers, or from ``first`` on."""
    numbered = enumerate(vouchers, first or last(book) + 1)
    return {"vouchers": {"book": str(book), "vouchers": [v.told(n) for n, v in numbered]}}


def post(book: UUID, *vouchers: Voucher, case: UUID | None = None, at: int = NOW) -> UUID:
    """Enter vouchers by an entry of a case of theirs. Raises: IntegrityError, where the database refuses."""
    case = case or new_id()
    enter(case, effect_of(book, *vouchers), at=at)
    return case


def authorised(
    book: UUID, limit: int = HUNDRED, *, opens: int = NOW, objections: int = 0, decision: str = DECISION,
    case: UUID | None = None, at: int = NOW,
) -> UUID:  # fmt: skip
    """An authority, or the case's own told anew; its case."""
    case = case or new_id()
    given = Authority(str(case), str(book), "decision", decision, limit, opens, objections)
    enter(case, {"authority": given.told()}, at=at)
    return case


def voucher(kind: str, *legs: tuple[str, str, int], day: str = DAY, **more: Any) -> Voucher:
    """A voucher of these legs."""
    return Voucher(kind, day, "测试", tuple(Leg(*leg) for leg in legs), **more)


def deposit(cents: int = HUNDRED, flat: str = FLAT, **more: Any) -> Voucher:
    """A household pays into its account."""
    return voucher("deposit", (BANK, "", cents), (HOMES, flat, -cents), **more)


def payment(cents: int, authority: UUID | str = "", flat: str = FLAT, kind: str = "payment") -> Voucher:
    """Money leaves the bank, off a household's account."""
    return voucher(kind, (HOMES, flat, cents), (BANK, "", -cents), authority=str(authority))


def interest(cents: int) -> Voucher:
    """Interest, not yet distributed."""
    return voucher("interest", (BANK, "", cents), (UNDISTRIBUTED, "", -cents))
