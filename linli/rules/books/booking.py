"""What an act enters in the books: a pure value that the machine turns into the effect."""

from __future__ import annotations

from dataclasses import dataclass
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
