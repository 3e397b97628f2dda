"""Reading the books: one under its lock for a decision, and without a lock for pages. Cents, a debit above zero."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from linli.funds import models
from linli.funds.reconcile import Line
from linli.journal.writes import fetch
from linli.rules.books.book import Book, Title
from linli.rules.books.chart import BANK
from linli.rules.books.gate import Authority
from linli.rules.books.voucher import Leg, Voucher

PAGE = 50
"""The vouchers or movements of a page."""
_BOOK = "SELECT kind, last FROM funds_book WHERE id = %s"
_AUTHORITY = 'SELECT id, book, kind, decision, "limit", opens, objections FROM funds_authority WHERE id = %s'
_PAID = (
    "SELECT COALESCE(-SUM(l.cents), 0) FROM funds_voucher v JOIN funds_leg l ON l.voucher = v.id"
    " WHERE v.authority = %s AND l.account = %s"
)
_TITLES = (
    "SELECT unit, area, status, owners, since FROM funds_title WHERE book = %s AND since <= %s"
    " AND (until IS NULL OR until >= %s) ORDER BY unit"
)


def locked(
    book: UUID,
    *,
    day: str | None = None,
    authority: UUID | None = None,
    vouchers: Collection[int] = (),
    balances: bool = True,
) -> Book | None:
    """The book with what a decision needs, nobody else writing in it until the transaction ends; None where there is none.

    Args:
        day: ISO; the titles in force on it are read, none without it.
        authority: the case that may hold an authority, read with what was paid under it and locked.
        vouchers: the numbers of those that are read whole, with whether they were taken back.
        balances: whether what stands on every account is read.
    """
    rows = fetch(_locking(_BOOK), (book,))
    if not rows:
        return None
    kind, last = rows[0]
    return Book(
        book,
        kind,
        last,
        balances=balances_of(book) if balances else {},
        titles=titles_on(book, day) if day else (),
        authority=_authority(authority, locking=True) if authority else None,
        vouchers=vouchers_of(book, vouchers),
        reversed=_reversed(book, vouchers),
    )


@cache
def _locking(sql: str) -> str:
    # On SQLite the transaction holds the one write lock already.
    return f"{sql} FOR UPDATE" if connection.vendor == "postgresql" else sql


def balances_of(book: UUID) -> dict[tuple[str, str], int]:
    """What stands on each account of each holder."""
    rows = fetch("SELECT account, holder, cents FROM funds_balance WHERE book = %s", (book,))
    return {(account, holder): cents for account, holder, cents in rows}


def titles_on(book: UUID, day: str) -> tuple[Title, ...]:
    """The titles of a book in force on an ISO day, by unit."""
    return tuple(map(_title, fetch(_TITLES, (book, day, day))))


def _title(row: tuple[Any, ...]) -> Title:
    unit, area, status, owners, since = row
    return Title(unit, area, status, tuple(owners.split(";")) if owners else (), since)


def authority_of(case: UUID) -> Authority | None:
    """The authority that a case holds, with what was paid under it so far."""
    return _authority(case, locking=False)


def _authority(case: UUID, *, locking: bool) -> Authority | None:
    rows = fetch(_locking(_AUTHORITY) if locking else _AUTHORITY, (case,), uuids=(0, 1))
    if not rows:
        return None
    held, book, kind, decision, limit, opens, objections = rows[0]
    ((paid,),) = fetch(_PAID, (case, BANK))
    return Authority(str(held), str(book), kind, decision, limit, opens, objections, int(paid))


def vouchers_of(book: UUID, numbers: Collection[int]) -> dict[int, Voucher]:
    """The vouchers of a book with these numbers, whole; those that it does not have are left out."""
    wanted = sorted(set(numbers))
    if not wanted:
        return {}
    marks = ", ".join(["%s"] * len(wanted))
    heads = fetch(
        "SELECT number, kind, day, memo, authority, reverses, id FROM funds_voucher"  # noqa: S608
        f" WHERE book = %s AND number IN ({marks})",
        (book, *wanted),
        uuids=(4, 6),
    )
    return {
        n: Voucher(k, day, memo, tuple(legs_of(i)), authority=str(a) if a else "", reverses=r or 0)
        for n, k, day, memo, a, r, i in heads
    }


def legs_of(voucher: UUID) -> list[Leg]:
    """The legs of a voucher by its id, in order."""
    rows = fetch("SELECT account, holder, cents FROM funds_leg WHERE voucher = %s ORDER BY line", (voucher,))
    return [Leg(*row) for row in rows]


def _reversed(book: UUID, numbers: Collection[int]) -> frozenset[int]:
    """Which of these vouchers were taken back."""
    if not numbers:
        return frozenset()
    marks = ", ".join(["%s"] * len(numbers))
    rows = fetch(
        f"SELECT reverses FROM funds_voucher WHERE book = %s AND reverses IN ({marks})",  # noqa: S608
        (book, *numbers),
    )
    return frozenset(n for (n,) in rows)


class BookRow(NamedTuple):
    """A book as a list shows it."""

    id: UUID
    kind: str
    title: str
    place: str
    last: int


def book_row(book: UUID) -> BookRow | None:
    """A book by its id."""
    found = models.Book.objects.filter(id=book).values_list(*BookRow._fields).first()
    return BookRow._make(found) if found else None


class VoucherRow(NamedTuple):
    """A voucher as a list shows it; ``cents`` is what its debits sum to, ``reversed_by`` the number that took it back."""

    id: UUID
    book: UUID
    number: int
    kind: str
    day: str
    memo: str
    case: UUID
    seq: int
    entry: UUID
    happened: int
    authority: UUID | None
    reverses: int | None
    cents: int
    reversed_by: int | None


_COLUMNS = 'v.id, v.book, v.number, v.kind, v.day, v.memo, v."case", v.seq, v.entry, v.happened, v.authority, v.reverses'
_VOUCHERS = (
    f"SELECT {_COLUMNS}, (SELECT SUM(l.cents) FROM funds_leg l WHERE l.voucher = v.id AND l.cents > 0),"  # noqa: S608
    " (SELECT r.number FROM funds_voucher r WHERE r.book = v.book AND r.reverses = v.number) FROM funds_voucher v WHERE "
)
_VOUCHER_UUIDS = (0, 1, 6, 8, 10)


def vouchers_in(book: UUID, *, before: int | None = None, rows: int = PAGE) -> list[VoucherRow]:
    """The newest vouchers of a book first; a next page has those ``before`` the last number of this one."""
    last = 2**31 - 1 if before is None else before
    return _voucher_rows("v.book = %s AND v.number < %s ORDER BY v.number DESC LIMIT %s", book, last, rows)


def voucher_row(book: UUID, number: int) -> VoucherRow | None:
    """A voucher by its number."""
    return next(iter(_voucher_rows("v.book = %s AND v.number = %s", book, number)), None)


def vouchers_of_case(case: UUID) -> list[VoucherRow]:
    """The vouchers that the entries of a case told, the newest first."""
    return _voucher_rows('v."case" = %s ORDER BY v.number DESC', case)


def paid_under(authority: UUID) -> list[VoucherRow]:
    """The vouchers under an authority, the newest first."""
    return _voucher_rows("v.authority = %s ORDER BY v.number DESC", authority)


def _voucher_rows(which: str, *params: object) -> list[VoucherRow]:
    rows = fetch(_VOUCHERS + which, params, uuids=_VOUCHER_UUIDS)
    return [VoucherRow._make((*row[:12], int(row[12]), row[13])) for row in rows]


class Movement(NamedTuple):
    """What a voucher moved on an account of a holder, and what stands there after it."""

    number: int
    day: str
    kind: str
    memo: str
    case: UUID
    cents: int
    balance: int


class Movements(NamedTuple):
    """The movements of a period, between what stood on the account before and after it."""

    opening: int
    rows: list[Movement]
    closing: int


def movements(
    book: UUID, account: str, holder: str = "", *, first: str = "", last: str = "9999-12-31"
) -> Movements:
    """The movements of an account of a holder from the ISO day ``first`` to ``last``, by day and number."""
    spot = (book, account, holder)
    ((before,),) = fetch(
        "SELECT COALESCE(SUM(cents), 0) FROM funds_leg WHERE book = %s AND account = %s AND holder = %s AND day < %s",
        (*spot, first),
    )
    rows = fetch(
        'SELECT l.number, l.day, v.kind, v.memo, v."case", SUM(l.cents) FROM funds_leg l'
        " JOIN funds_voucher v ON v.id = l.voucher WHERE l.book = %s AND l.account = %s AND l.holder = %s"
        ' AND l.day >= %s AND l.day <= %s GROUP BY l.number, l.day, v.kind, v.memo, v."case" ORDER BY l.day, l.number',
        (*spot, first, last),
        uuids=(4,),
    )
    opening = stands = int(before)
    found: list[Movement] = []
    for *told, cents in rows:
        stands += int(cents)
        found.append(Movement._make((*told, int(cents), stands)))
    return Movements(opening, found, stands)


class TitleRow(NamedTuple):
    """A title with the book in which it stands and its last day; an open one has none."""

    book: UUID
    title: Title
    until: str | None


def titles_of_unit(book: UUID, unit: str) -> list[TitleRow]:
    """Every title that a unit had in a book, the first first; one that was replaced from its own first day on is left out."""
    return _title_rows("WHERE t.book = %s AND t.unit = %s ORDER BY t.since", book, unit)


def titles_of_owner(owner: str, day: str) -> list[TitleRow]:
    """The titles in which somebody is named, in force on an ISO day."""
    which = (
        "JOIN funds_owner o ON o.title = t.id WHERE o.owner = %s AND t.since <= %s"
        " AND (t.until IS NULL OR t.until >= %s) ORDER BY t.book, t.unit"
    )
    return _title_rows(which, owner, day, day)


def _title_rows(which: str, *params: object) -> list[TitleRow]:
    rows = fetch(
        f"SELECT t.book, t.until, t.unit, t.area, t.status, t.owners, t.since FROM funds_title t {which}",  # noqa: S608
        params,
        uuids=(0,),
    )
    return [TitleRow(b, _title(tuple(t)), until) for b, until, *t in rows if until is None or until >= t[-1]]


def bank_lines(book: UUID, first: str, last: str) -> list[Line]:
    """What the book says of the bank from ``first`` to ``last``, to be reconciled: each line is named by its voucher's number."""
    return [Line(m.day, m.cents, str(m.number)) for m in movements(book, BANK, first=first, last=last).rows]
