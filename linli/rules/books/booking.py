"""What an act enters in the books: a pure value that the machine turns into the effect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from linli.rules.books.book import Book, Title
from linli.rules.books.gate import Authority
from linli.rules.books.voucher import Voucher


@dataclass(frozen=True, slots=True)
class Booking:
    """What changes: a book that is opened (its kind and its ``title``), titles that begin, an authority given or changed, vouchers in
    their order.
    """

    opens: str = ""
    title: str = ""
    titles: tuple[Title, ...] = ()
    authority: Authority | None = None
    vouchers: tuple[Voucher, ...] = ()


def told(booking: Booking, book: Book) -> dict[str, Any]:
    """The booking as an effect holds it; vouchers take the numbers after the book's last."""
    found: dict[str, Any] = {}
    if booking.opens:
        found["book"] = {"id": str(book.id), "kind": booking.opens, "title": booking.title}
    if booking.titles:
        found["titles"] = {
            "book": str(book.id),
            "rows": [[t.unit, t.area, t.status, list(t.owners), t.since] for t in booking.titles],
        }
    if booking.authority:
        found["authority"] = booking.authority.told()
    if booking.vouchers:
        numbered = enumerate(booking.vouchers, book.last + 1)
        found["vouchers"] = {"book": str(book.id), "vouchers": [v.told(n) for n, v in numbered]}
    return found


def after(book: Book, booking: Booking) -> Book:
    """The book with the vouchers in it: so that what follows in the same act sees what went before."""
    found: Mapping[tuple[str, str], int] = dict(book.balances)
    balances = dict(found)
    for voucher in booking.vouchers:
        for account, holder, cents in voucher.legs:
            balances[account, holder] = balances.get((account, holder), 0) + cents
    return replace(book, balances=balances, last=book.last + len(booking.vouchers))
