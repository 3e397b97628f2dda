"""A whole book in the order of the journal, with every change of an authority: what an offline verifier replays."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from linli.journal.reading import entries
from linli.journal.writes import fetch
from linli.rules.books.voucher import Leg, Voucher
from linli.rules.votes.evidence import Accounts

_VOUCHERS = (
    "SELECT v.id, v.entry, v.number, v.kind, v.day, v.memo, v.authority, v.reverses, v.happened"
    " FROM funds_voucher v WHERE v.book = %s ORDER BY v.number"
)
_LEGS = "SELECT l.voucher, l.account, l.holder, l.cents FROM funds_leg l WHERE l.book = %s ORDER BY l.number, l.line"
_HELD = "SELECT id FROM funds_authority WHERE book = %s"


def accounts(book: UUID) -> Accounts | None:
    """The book's vouchers and the authorities for it, each with when it happened (µs UTC); None where there is no such book."""
    found = fetch("SELECT kind FROM funds_book WHERE id = %s", (book,))
    if not found:
        return None
    lines = [*_vouchers(book), *_authorities(book)]
    return Accounts(str(book), found[0][0], [told for _, _, told in sorted(lines, key=lambda x: x[:2])])


def _vouchers(book: UUID) -> list[tuple[UUID, int, dict[str, Any]]]:
    legs: dict[UUID, list[Leg]] = {}
    for voucher, *leg in fetch(_LEGS, (book,), uuids=(0,)):
        legs.setdefault(voucher, []).append(Leg(*leg))
    made = []
    for row in fetch(_VOUCHERS, (book,), uuids=(0, 1, 6)):
        id_, entry, number, kind, day, memo, authority, reverses, happened = row
        voucher = Voucher(
            kind,
            day,
            memo,
            tuple(legs[id_]),
            authority=str(authority) if authority else "",
            reverses=reverses or 0,
        )
        made.append((entry, number, {**voucher.told(number), "happened": happened}))
    return made


def _authorities(book: UUID) -> list[tuple[UUID, int, dict[str, Any]]]:
    """Every authority as each entry of its case gave it: before the vouchers of the same entry."""
    return [
        (e.id, 0, {**e.effect["authority"], "happened": e.happened})
        for (case,) in fetch(_HELD, (book,), uuids=(0,))
        for e in entries(case)
        if e.effect.get("authority", {}).get("book") == str(book)
    ]
