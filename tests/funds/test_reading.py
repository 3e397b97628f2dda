"""What pages and decisions read of the books."""

from __future__ import annotations

import pytest
from django.db import transaction

from linli.funds import reading
from linli.rules.books.book import Title
from linli.rules.books.voucher import Leg, reversal
from linli.rules.ids import new_id
from tests.funds.ledger import (
    DAY,
    DECISION,
    FLAT,
    FLAT2,
    HUNDRED,
    NOW,
    SHARD,
    authorised,
    deposit,
    enter,
    funded,
    interest,
    opened,
    payment,
    post,
    voucher,
)

pytestmark = pytest.mark.django_db


def test_a_book_under_its_lock() -> None:
    book = funded()
    authority = authorised(book)
    paying = payment(30_00, authority)
    post(book, paying)
    post(book, reversal(paying, 2, DAY, "冲销"), interest(7))
    with transaction.atomic():
        found = reading.locked(book, authority=authority, vouchers=(2, 4, 9))
    assert found is not None
    assert (found.kind, found.last) == ("fund", 4)
    assert found.balances == {("1001", ""): HUNDRED + 7, ("3001", FLAT): -HUNDRED, ("3101", ""): -7}
    assert found.vouchers == {2: paying, 4: interest(7)}
    assert found.reversed == {2}
    given = found.authority
    assert given is not None
    assert (given.id, given.book, given.decision) == (str(authority), str(book), DECISION)
    assert (given.limit, given.opens, given.objections, given.paid) == (HUNDRED, NOW, 0, 0)
    assert found.titles == ()


def test_what_is_not_asked_for_is_not_read() -> None:
    book = funded()
    with transaction.atomic():
        assert reading.locked(new_id()) is None
        found = reading.locked(book, balances=False)
    assert found is not None
    assert (found.balances, found.authority, found.vouchers) == ({}, None, {})


def test_titles_follow_each_other_day_by_day() -> None:
    book = opened()
    told = {
        "2020-01-01": [
            [FLAT, 9000, "unsold", [], "2020-01-01"],
            [FLAT2, 8000, "sold", ["b", "a"], "2020-01-01"],
        ],
        "2024-05-01": [[FLAT, 9000, "sold", ["c"], "2024-05-01"]],
        "put right": [[FLAT, 9010, "sold", ["c", "d"], "2024-05-01"]],
    }
    for rows in told.values():
        enter(new_id(), {"titles": {"book": str(book), "rows": rows}})
    first = Title(FLAT, 9000, "unsold", (), "2020-01-01")
    second = Title(FLAT, 9010, "sold", ("c", "d"), "2024-05-01")
    neighbour = Title(FLAT2, 8000, "sold", ("b", "a"), "2020-01-01")
    assert reading.titles_on(book, "2019-12-31") == ()
    assert reading.titles_on(book, "2024-04-30") == (first, neighbour)
    assert reading.titles_on(book, "2024-05-01") == (second, neighbour)
    history = reading.titles_of_unit(book, FLAT)
    assert [(r.title, r.until) for r in history] == [(first, "2024-04-30"), (second, None)]
    assert [r.title for r in reading.titles_of_owner("c", "2026-01-01")] == [second]
    assert reading.titles_of_owner("c", "2024-04-30") == []


def test_a_book_is_found_by_its_id() -> None:
    here = opened()
    row = reading.book_row(here)
    assert row == reading.BookRow(here, "fund", "测试小区", SHARD, 0)
    assert reading.book_row(new_id()) is None


def test_vouchers_page_by_page_the_newest_first() -> None:
    book = opened()
    case = post(book, *[deposit(n, FLAT2) for n in range(1, 8)])
    back = post(book, reversal(deposit(7, FLAT2), 7, DAY, "冲销"))
    page = reading.vouchers_in(book, rows=3)
    assert [v.number for v in page] == [8, 7, 6]
    assert [v.number for v in reading.vouchers_in(book, before=6, rows=3)] == [5, 4, 3]
    assert (page[0].reverses, page[0].cents, page[0].case) == (7, 7, back)
    assert (page[1].reversed_by, page[1].cents, page[1].case) == (8, 7, case)
    assert [v.number for v in reading.vouchers_of_case(case)] == list(range(7, 0, -1))
    assert reading.legs_of(page[2].id) == [Leg("1001", "", 6), Leg("3001", FLAT2, -6)]
    assert reading.voucher_row(book, 7) == page[1]
    assert reading.voucher_row(book, 9) is None


def test_what_was_paid_under_an_authority() -> None:
    book = funded()
    authority = authorised(book)
    post(book, payment(30_00, authority))
    assert [v.number for v in reading.paid_under(authority)] == [2]
    given = reading.authority_of(authority)
    assert given is not None
    assert given.paid == 30_00
    assert reading.authority_of(new_id()) is None


def test_movements_of_a_holder_with_what_stood_before() -> None:
    book = opened()
    post(book, deposit(100, day="2024-01-01"), deposit(20, day="2025-01-01"), deposit(5, FLAT2))
    post(book, deposit(3, day="2024-06-01"))
    both = voucher("deposit", ("1001", "", 4), ("3001", FLAT, -1), ("3001", FLAT, -3), day="2025-02-01")
    post(book, both)
    found = reading.movements(book, "3001", FLAT, first="2024-06-01", last="2025-12-31")
    assert [(m.number, m.cents, m.balance) for m in found.rows] == [
        (4, -3, -103),
        (2, -20, -123),
        (5, -4, -127),
    ]
    assert (found.opening, found.closing) == (-100, -127)
    assert reading.movements(book, "3001", FLAT).opening == 0
