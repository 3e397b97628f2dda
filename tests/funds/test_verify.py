"""What the triggers keep is worked out anew, and whatever somebody changed behind them is found and named."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import given, settings

from linli.funds import statements
from linli.funds.differences import differences, orphans
from linli.funds.models import Voucher
from linli.funds.verify import Fault, verify
from linli.journal import triggers
from linli.journal.writes import fetch
from linli.rules.books import voucher as vouchers
from linli.rules.books.posting import check
from linli.rules.ids import new_id
from tests.funds.ledger import (
    DAY,
    DECISION,
    FLAT,
    FLAT2,
    NOW,
    SHARD,
    authorised,
    deposit,
    enter,
    funded,
    opened,
    payment,
    post,
    refused,
    run,
    stands,
)
from tests.funds.lifetime import lifetime, planned, plans

pytestmark = pytest.mark.django_db


def codes(book: UUID) -> set[str]:
    return {f.code for f in verify(book)}


def test_a_sound_book_has_no_fault() -> None:
    book, _ = lifetime()
    assert list(verify(book)) == []
    for (case,) in fetch("SELECT stream FROM journal_head", uuids=(0,)):
        assert list(differences(case)) == []
    assert list(orphans()) == []
    assert list(verify(opened("service"))) == []
    unknown = new_id()
    assert list(verify(unknown)) == [Fault("voucher/no-such-book", str(unknown))]


LEGS, VOUCHERS = "UPDATE funds_leg SET", "UPDATE funds_voucher SET"
FORGERIES: dict[str, tuple[str, set[str]]] = {
    "a leg more": (f"{LEGS} cents = cents + 1 WHERE number = 1 AND account = '1001'", {"voucher/unbalanced"}),
    "two legs": (f"{LEGS} cents = cents * 2 WHERE number = 1", {"balance/differs"}),
    "a leg's account": (
        f"{LEGS} account = '9999' WHERE number = 1",
        {"voucher/unknown-account", "balance/differs"},
    ),
    "a leg's day": (f"{LEGS} day = '2020-01-01' WHERE number = 2", {"voucher/legs-elsewhere"}),
    "a leg gone": (
        "DELETE FROM funds_leg WHERE number = 3 AND account = '1001'",
        {"voucher/too-few-legs", "voucher/unbalanced"},
    ),
    "a balance": (
        "UPDATE funds_balance SET cents = cents + 5 WHERE account = '1001'",
        {"balance/differs", "control/differs"},
    ),
    "a balance gone": (
        "DELETE FROM funds_balance WHERE account = '1001'",
        {"balance/differs", "control/differs"},
    ),
    "the last number": ("UPDATE funds_book SET last = last + 1", {"book/last-number"}),
    "a number": (
        f"{VOUCHERS} number = 99 WHERE number = 4",
        {"voucher/number-gap", "voucher/legs-elsewhere"},
    ),
    "a payment's authority": (f"{VOUCHERS} authority = NULL WHERE kind = 'payment'", {"gate/no-authority"}),
    "a payment's time": (f"{VOUCHERS} happened = 0 WHERE kind = 'payment'", {"gate/publicity-running"}),
    "a payment's amount": (
        f"{LEGS} cents = cents * 9 WHERE number = 6",
        {"gate/over-limit", "floor/bank-overdrawn"},
    ),
    "a reversal's number": (f"{VOUCHERS} reverses = 3 WHERE kind = 'reversal'", {"reversal/not-exact"}),
    "a reversal of the future": (
        f"{VOUCHERS} reverses = 12 WHERE kind = 'reversal'",
        {"reversal/no-such-voucher"},
    ),
    "a reversal's leg": (f"{LEGS} cents = cents * 2 WHERE number = 10", {"reversal/not-exact"}),
    "a reversal that is none": (
        f"{VOUCHERS} kind = 'deposit' WHERE kind = 'reversal'",
        {"voucher/reverses-nothing"},
    ),
}


@pytest.mark.parametrize("what", FORGERIES)
def test_a_forgery_is_found(what: str) -> None:
    book, _ = lifetime()
    triggers.remove()
    sql, wrong = FORGERIES[what]
    run(sql)
    assert wrong <= codes(book)


def test_an_authority_of_now_does_not_excuse_a_payment_of_then() -> None:
    book = funded()
    authority = authorised(book, objections=1)
    triggers.remove()
    post(book, payment(5, authority))
    triggers.install()
    authorised(book, case=authority, objections=0)
    assert "gate/objections-open" in codes(book)


def test_two_reversals_of_one_voucher_are_found() -> None:
    book, _ = lifetime()
    triggers.remove()
    run("UPDATE funds_voucher SET reverses = 9, kind = 'reversal' WHERE number = 11")
    assert "reversal/twice" in codes(book)
    run("UPDATE funds_voucher SET reverses = 10 WHERE number = 11")
    assert "reversal/of-a-reversal" in codes(book)


def _of(case: UUID) -> str:
    return " | ".join(differences(case))


ROWS: dict[str, tuple[str, str]] = {
    "a voucher's memo": ("UPDATE funds_voucher SET memo = 'x'", "not as it was told"),
    "a leg's holder": (f"UPDATE funds_leg SET holder = '{FLAT2}' WHERE holder <> ''", "not as it was told"),
    "a leg gone": ("DELETE FROM funds_leg WHERE line = 1", "not as it was told"),
    "a voucher's number": ("UPDATE funds_voucher SET number = 9", "is missing | voucher"),
    "a voucher moved": ("UPDATE funds_voucher SET seq = 9", "not as it was told"),
}


@pytest.mark.parametrize("what", ROWS)
def test_a_voucher_that_is_not_as_its_case_told_it_is_found(what: str) -> None:
    book = opened()
    case = post(book, deposit())
    assert _of(case) == ""
    triggers.remove()
    sql, words = ROWS[what]
    run(sql)
    assert words in _of(case)


def test_rows_of_titles_books_and_authorities_are_compared() -> None:
    book, case = opened(), new_id()
    authority = authorised(book)
    for since, owners in (("2020-01-01", ["a", "b"]), ("2024-01-01", ["c"]), ("2024-01-01", [])):
        enter(case, {"titles": {"book": str(book), "rows": [[FLAT, 1, "sold", owners, since]]}})
    assert (_of(book), _of(authority), _of(case)) == ("", "", "")
    found: dict[str, Callable[[], str]] = {
        "UPDATE funds_book SET title = 'x'": lambda: _of(book),
        "DELETE FROM funds_book": lambda: _of(book),
        'UPDATE funds_authority SET "limit" = 1': lambda: _of(authority),
        "UPDATE funds_title SET area = 2": lambda: _of(case),
        "UPDATE funds_title SET until = '2023-01-01' WHERE until IS NOT NULL": lambda: _of(case),
        "UPDATE funds_title SET owners = 'd' WHERE owners = 'c'": lambda: _of(case),
        "DELETE FROM funds_title WHERE until IS NULL": lambda: _of(case),
        "DELETE FROM funds_owner WHERE owner = 'b'": lambda: _of(case),
        "UPDATE funds_owner SET owner = 'z' WHERE owner = 'b'": lambda: _of(case),
    }
    triggers.remove()
    for sql, words in found.items():
        with transaction.atomic():
            run(sql)
            assert words(), sql
            transaction.set_rollback(True)
    assert (_of(book), _of(authority), _of(case)) == ("", "", "")


def test_rows_that_nobody_told_are_found() -> None:
    book, case = opened(), new_id()
    triggers.remove()
    run(
        'INSERT INTO funds_voucher (id, shard, book, number, kind, day, memo, "case", seq, entry, happened)'
        " VALUES (%s, %s, %s, 1, 'deposit', %s, '', %s, 1, %s, %s)",
        new_id(), SHARD, book, DAY, case, new_id(), NOW,
    )  # fmt: skip
    run(
        'INSERT INTO funds_authority (id, shard, book, kind, decision, "limit", opens, objections, entry, seq)'
        " VALUES (%s, %s, %s, 'decision', %s, 9, 0, 0, %s, 1)",
        case, SHARD, book, DECISION, new_id(),
    )  # fmt: skip
    run(
        "INSERT INTO funds_title (id, shard, book, unit, area, status, owners, since, entry)"
        " VALUES (%s, %s, %s, %s, 1, 'sold', 'me', '2020-01-01', %s)",
        new_id(), SHARD, book, FLAT, new_id(),
    )  # fmt: skip
    run("INSERT INTO funds_owner (owner, title, shard) VALUES ('me', %s, %s)", new_id(), SHARD)
    assert {what for _, what in orphans()} == {
        "voucher without entries",
        "authority without entries",
        "title without an entry",
        "owner without a title",
    }
    assert "voucher" in _of(case)


@settings(max_examples=40)
@given(plans())
def test_whatever_is_entered_the_database_python_and_the_check_agree(
    plan: list[tuple[str, int, str]],
) -> None:
    with transaction.atomic():
        book = opened()
        authority = authorised(book, 600_00)
        entered: list[vouchers.Voucher] = []
        for step in plan:
            voucher = planned(step, str(authority), entered)
            found = stands(book, authority, (voucher.reverses,) if voucher.reverses else ())
            wrong = check(found, [voucher], NOW)
            if wrong:
                assert refused(lambda v=voucher: post(book, v)) == wrong[0].code  # type: ignore[misc]
            else:
                post(book, voucher)
                entered.append(voucher)
        assert list(verify(book)) == []
        assert Voucher.objects.filter(book=book).count() == len(entered)
        trial = statements.trial_balance(book, "2026-03-01", "2026-12-31")
        assert trial is not None
        assert trial.closing[0] == trial.closing[1]
        assert statements.balance_sheet(trial).balanced
        cash = statements.income_and_spending(book, "2026-03-01", "2026-12-31")
        assert cash is not None
        assert cash.proved
        transaction.set_rollback(True)
