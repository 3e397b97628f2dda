"""A fund that has seen every kind of voucher, and vouchers that Hypothesis draws."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from hypothesis import strategies as st

from linli.rules.books.chart import (
    BANK,
    DEPOSITED,
    DEVELOPER,
    DUE_ON_LOSS,
    HOMES,
    INTEREST,
    RECEIVABLE,
    REFUNDED,
    SPENT,
    UNDISTRIBUTED,
)
from linli.rules.books.voucher import Leg, Voucher, reversal
from tests.funds.ledger import FLAT, FLAT2, FLAT3, authorised, opened, post, voucher

FIRST_DEPOSITS = {FLAT: 90_000_00, FLAT2: 60_000_00, FLAT3: 75_000_00}


def deposits(day: str) -> list[Voucher]:
    """Each household's first deposit, carried to its account at once."""
    total = sum(FIRST_DEPOSITS.values())
    to_homes = [(HOMES, flat, -cents) for flat, cents in FIRST_DEPOSITS.items()]
    return [
        voucher("deposit", (BANK, "", total), (DEPOSITED, "", -total), day=day),
        voucher("carrying", (DEPOSITED, "", total), *to_homes, day=day),
    ]


def gains(cents: int, day: str) -> list[Voucher]:
    """A year's interest, carried, and shared out."""
    third = cents // 3
    shares = [(HOMES, FLAT, -third), (HOMES, FLAT2, -third), (HOMES, FLAT3, -(cents - 2 * third))]
    return [
        voucher("interest", (BANK, "", cents), (INTEREST, "", -cents), day=day),
        voucher("carrying", (INTEREST, "", cents), (UNDISTRIBUTED, "", -cents), day=day),
        voucher("distribution", (UNDISTRIBUTED, "", cents), *shares, day=day),
    ]


def works(cents: int, authority: UUID, day: str) -> list[Voucher]:
    """Works are paid and charged; one household owes the last cents of its share, and the developer his."""
    half, rest = cents // 2, cents - cents // 2 - 500
    shares = [
        (HOMES, FLAT, half),
        (HOMES, FLAT2, rest),
        (RECEIVABLE, FLAT3, 300),
        (RECEIVABLE, DEVELOPER, 200),
    ]
    return [
        voucher("payment", (SPENT, "", cents), (BANK, "", -cents), day=day, authority=str(authority)),
        voucher("apportionment", *shares, (SPENT, "", -cents), day=day),
    ]


def lifetime() -> tuple[UUID, UUID]:
    """Three years of a fund with every kind of voucher, and the authority of its works."""
    book = opened()
    post(book, *deposits("2023-01-10"))
    post(book, *gains(1_000_01, "2023-12-31"))
    works_ = authorised(book, 50_000_00)
    post(book, *works(40_000_00, works_, "2024-06-01"))
    post(book, voucher("collection", (BANK, "", 300), (RECEIVABLE, FLAT3, -300), day="2024-07-01"))
    mistaken = voucher("deposit", (BANK, "", 77), (HOMES, FLAT2, -77), day="2024-08-01")
    post(book, mistaken)
    post(book, reversal(mistaken, 9, "2024-08-02", "冲销：记错户"))
    refunding = authorised(book, FIRST_DEPOSITS[FLAT3] + 333_35)
    cents = FIRST_DEPOSITS[FLAT3] + 333_35
    post(
        book,
        voucher("carrying", (HOMES, FLAT3, cents), (DUE_ON_LOSS, FLAT3, -cents), day="2025-03-01"),
        voucher(
            "refund", (REFUNDED, "", cents), (BANK, "", -cents), day="2025-03-02", authority=str(refunding)
        ),
        voucher("carrying", (DUE_ON_LOSS, FLAT3, cents), (REFUNDED, "", -cents), day="2025-03-02"),
    )
    return book, works_


amounts = st.integers(1, 500_00)
flats = st.sampled_from([FLAT, FLAT2, FLAT3])


@st.composite
def plans(draw: st.DrawFn) -> list[tuple[str, int, str]]:
    """Steps of a book: what is to be done, with how much, for which household."""
    kinds = ["deposit", "interest", "distribution", "payment", "apportionment", "collection", "reversal"]
    return draw(st.lists(st.tuples(st.sampled_from(kinds), amounts, flats), min_size=1, max_size=12))


def planned(step: tuple[str, int, str], authority: str, before: Sequence[Voucher]) -> Voucher:
    """The voucher of a step; a reversal takes back one of those before, which the step's amount chooses."""
    kind, cents, flat = step
    day = f"2026-0{1 + cents % 9}-1{cents % 7}"
    legs = {
        "deposit": ((BANK, "", cents), (HOMES, flat, -cents)),
        "interest": ((BANK, "", cents), (UNDISTRIBUTED, "", -cents)),
        "distribution": ((UNDISTRIBUTED, "", cents), (HOMES, flat, -cents)),
        "payment": ((SPENT, "", cents), (BANK, "", -cents)),
        "apportionment": ((HOMES, flat, cents), (SPENT, "", -cents)),
        "collection": ((BANK, "", cents), (RECEIVABLE, flat, -cents)),
    }
    if kind == "reversal" and before:
        number = 1 + cents % len(before)
        return reversal(before[number - 1], number, day, "冲销")
    made = tuple(Leg(*leg) for leg in legs.get(kind, legs["deposit"]))
    return Voucher(
        "deposit" if kind == "reversal" else kind,
        day,
        "测试",
        made,
        authority=authority if kind == "payment" else "",
    )
