"""Getting money out by every door that one can think of, on both databases; each is a test."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.db import DataError, IntegrityError, transaction

from linli.funds import project
from linli.journal.writes import flush
from linli.rules.books.posting import check
from linli.rules.books.voucher import Voucher, reversal
from linli.rules.ids import new_id
from tests.funds import ledger
from tests.funds.ledger import (
    FLAT,
    FLAT2,
    HUNDRED,
    NOW,
    SHARD,
    authorised,
    deposit,
    effect_of,
    enter,
    funded,
    interest,
    opened,
    payment,
    post,
    refused,
    stands,
    told,
    voucher,
)  # fmt: skip

pytestmark = pytest.mark.django_db


def attempt(book: UUID, *vouchers: Voucher, authority: UUID | None = None, at: int = NOW) -> str:
    """Why vouchers that an entry tells are refused; the pure twin must say the same."""
    found = stands(book, authority, tuple(v.reverses for v in vouchers))
    pure = check(found, vouchers, at)
    assert pure, "the pure check lets it pass"
    code = refused(lambda: post(book, *vouchers, at=at))
    assert code == pure[0].code
    assert stands(book).balances == found.balances
    return code


def test_money_that_is_approved_published_and_undisputed_leaves_the_bank() -> None:
    book = funded()
    authority = authorised(book, 60_00)
    assert check(stands(book, authority), [payment(60_00, authority)], NOW) == []
    post(book, payment(60_00, authority))
    found = stands(book, authority)
    assert (found.total("1001"), found.balance("3001", FLAT)) == (40_00, -40_00)
    assert found.authority is not None
    assert found.authority.paid == 60_00


def test_without_an_authority() -> None:
    book = funded()
    assert attempt(book, payment(1)) == "gate/no-authority"
    assert attempt(book, payment(1, new_id())) == "gate/no-authority"


def test_as_a_refund_or_any_other_kind() -> None:
    book = funded()
    for kind in ("refund", "interest", "deposit", "carrying", "apportionment"):
        assert attempt(book, payment(1, kind=kind)) == "gate/no-authority"


def test_with_the_authority_of_another_book() -> None:
    book, other = funded(), funded()
    authority = authorised(other)
    assert attempt(book, payment(1, authority), authority=authority) == "gate/wrong-book"


@pytest.mark.parametrize("decision", ["", "ab" * 31, "xy" * 32, "AB" * 32])
def test_without_the_hash_of_a_decision(decision: str) -> None:
    book = funded()
    authority = authorised(book, decision=decision)
    assert attempt(book, payment(1, authority), authority=authority) == "gate/no-decision"


def test_before_the_publicity_ends() -> None:
    book = funded()
    authority = authorised(book, opens=NOW + 1)
    assert attempt(book, payment(1, authority), authority=authority) == "gate/publicity-running"
    post(book, payment(1, authority), at=NOW + 1)


def test_with_objections_open_and_after_their_close() -> None:
    book = funded()
    authority = authorised(book, objections=1)
    assert attempt(book, payment(1, authority), authority=authority) == "gate/objections-open"
    authorised(book, case=authority, objections=0)
    post(book, payment(1, authority))


def test_more_than_was_approved() -> None:
    book = funded()
    authority = authorised(book, 60_00)
    assert attempt(book, payment(60_01, authority), authority=authority) == "gate/over-limit"


def test_in_parts_that_together_are_more() -> None:
    book = funded()
    authority = authorised(book, 60_00)
    post(book, payment(40_00, authority))
    assert attempt(book, payment(20_01, authority), authority=authority) == "gate/over-limit"
    parts = [payment(10_00, authority), payment(10_01, authority)]
    assert attempt(book, *parts, authority=authority) == "gate/over-limit"
    post(book, payment(20_00, authority))


def test_after_widening_the_authority_by_money_that_comes_in() -> None:
    book = funded()
    authority = authorised(book, 60_00)
    inward = deposit(50_00, authority=str(authority))
    assert attempt(book, inward, authority=authority) == "gate/money-comes-in"


def test_hidden_among_legs_that_bring_money_in() -> None:
    book = funded()
    both = voucher("deposit", ("1001", "", 10_00), ("1001", "", -30_00), ("3001", FLAT, 20_00))
    assert attempt(book, both) == "gate/no-authority"


def test_into_bonds() -> None:
    book = funded()
    bought = voucher("payment", ("1101", "", 50_00), ("1001", "", -50_00))
    assert attempt(book, bought) == "gate/no-authority"


def test_a_payment_is_taken_back_once() -> None:
    book = funded()
    authority = authorised(book, 60_00)
    post(book, payment(60_00, authority))
    back = reversal(payment(60_00, authority), 2, ledger.DAY, "冲销")
    post(book, back)
    found = stands(book, authority).authority
    assert found is not None
    assert found.paid == 0
    assert attempt(book, back, authority=authority) == "reversal/twice"
    assert attempt(book, back, back) == "reversal/twice"
    again = reversal(back, 3, ledger.DAY, "再冲销")
    assert attempt(book, again) == "reversal/of-a-reversal"
    post(book, payment(60_00, authority))


def test_a_deposit_is_taken_back_without_an_authority_once_and_exactly() -> None:
    book = funded()
    post(book, deposit(50_00))
    back = reversal(deposit(50_00), 2, ledger.DAY, "冲销")
    more = voucher("reversal", ("1001", "", -60_00), ("3001", FLAT, 60_00), reverses=2)
    other = voucher("reversal", ("1001", "", -50_00), ("3001", FLAT2, 50_00), reverses=2)
    parted = voucher(
        "reversal", ("1001", "", -50_00), ("3001", FLAT, 49_00), ("3001", FLAT, 1_00), reverses=2
    )
    for wrong in (more, other, parted):
        assert attempt(book, wrong) == "reversal/not-exact"
    post(book, back)
    assert attempt(book, back) == "reversal/twice"


def test_by_taking_back_what_never_was() -> None:
    book, other = funded(), funded(500_00)
    for number in (7, 3, -1):
        forged = voucher("reversal", ("1001", "", -1_00), ("3001", FLAT, 1_00), reverses=number)
        assert refused(lambda v=forged: post(book, v)) == "reversal/no-such-voucher"  # type: ignore[misc]
    mirrored = reversal(deposit(500_00), 1, ledger.DAY, "另一账套的凭证")
    assert attempt(book, mirrored) == "reversal/not-exact"
    itself = voucher("reversal", ("1001", "", -1_00), ("3001", FLAT, 1_00), reverses=2)
    assert refused(lambda: post(book, itself)) == "reversal/no-such-voucher"
    assert stands(other).total("1001") == 500_00


def test_a_reversal_names_a_voucher_and_nothing_else_does() -> None:
    book = funded()
    assert (
        attempt(book, voucher("reversal", ("1001", "", -1), ("3001", FLAT, 1))) == "voucher/reverses-nothing"
    )
    assert attempt(book, voucher("payment", ("1001", "", -HUNDRED), ("3001", FLAT, HUNDRED), reverses=1)) == (
        "voucher/reverses-nothing"
    )


def test_more_than_the_bank_holds() -> None:
    book = opened()
    post(book, deposit(50_00), voucher("apportionment", ("1221", FLAT2, 50_00), ("3001", FLAT, -50_00)))
    authority = authorised(book, 1_000_00)
    assert attempt(book, payment(50_01, authority), authority=authority) == "floor/bank-overdrawn"


def test_off_a_household_that_has_no_more() -> None:
    book = funded()
    post(book, deposit(HUNDRED, FLAT2))
    authority = authorised(book, 1_000_00)
    assert attempt(book, payment(100_01, authority), authority=authority) == "floor/wrong-side"
    shifted = voucher("distribution", ("3001", FLAT2, 100_01), ("3001", FLAT, -100_01))
    assert attempt(book, shifted) == "floor/wrong-side"
    more = voucher("distribution", ("3101", "", 1), ("3001", FLAT, -1))
    assert attempt(book, more) == "floor/wrong-side"
    owed = voucher("collection", ("1001", "", 1), ("1221", FLAT, -1))
    assert attempt(book, owed) == "floor/wrong-side"


def test_by_legs_that_do_not_balance() -> None:
    book = funded()
    for legs in ([("1001", "", 1)], [("1001", "", 5), ("3001", FLAT, -4)], []):
        assert refused(lambda x=legs: post(book, voucher("deposit", *x))) in {  # type: ignore[misc]
            "voucher/too-few-legs",
            "voucher/unbalanced",
        }
    assert attempt(book, voucher("deposit", ("1001", "", 5), ("3001", FLAT, -4))) == "voucher/unbalanced"


def test_by_accounts_of_another_chart_or_of_none() -> None:
    book, service = funded(), opened("service")
    assert attempt(book, voucher("income", ("1001", "", 5), ("4202", "", -5))) == "voucher/unknown-account"
    assert attempt(book, voucher("deposit", ("1001", "", 5), ("9999", "", -5))) == "voucher/unknown-account"
    assert (
        attempt(service, voucher("deposit", ("1001", "", 5), ("3001", FLAT, -5))) == "voucher/unknown-account"
    )
    post(service, voucher("income", ("1001", "", 5), ("4201", FLAT, -5)))
    assert attempt(book, voucher("deposit", ("1001", "", 5), ("3001", "", -5))) == "voucher/holder-missing"
    assert (
        attempt(book, voucher("interest", ("1001", FLAT, 5), ("3101", "", -5))) == "voucher/holder-needless"
    )


def test_by_half_cents_truths_and_nothing() -> None:
    book = funded()
    assert attempt(book, voucher("deposit", ("1001", "", 5), ("3001", FLAT, -5), ("1001", "", 0))) == (
        "voucher/zero-leg"
    )
    half = payment(1)
    legs = [[a, h, c / 2] for a, h, c in half.legs]
    entry = told(new_id(), effect_of(book, half))
    effect = {"vouchers": {"book": str(book), "vouchers": [half.told(2) | {"legs": legs}]}}
    # PostgreSQL’s columns take whole numbers alone.
    with pytest.raises((IntegrityError, DataError), match=r"voucher/zero-leg|bigint"), transaction.atomic():
        flush(project.writes(entry.id, entry.stream, SHARD, entry.seq, NOW, effect))


def test_under_a_number_that_was_given_or_is_not_next() -> None:
    book = funded()
    for number in (1, 3, 0, -1):
        effect = effect_of(book, deposit(), first=number or 1)
        effect["vouchers"]["vouchers"][0]["number"] = number
        code = refused(lambda e=effect: enter(new_id(), e))  # type: ignore[misc]
        assert code in {"voucher/number-gap", "leg/too-late", "books/frozen"}
    assert stands(book).last == 1


def test_by_an_entry_that_tells_something_else() -> None:
    book = funded()
    authority = authorised(book)
    wrong = [
        told(new_id(), {"state": "paid"}),
        told(new_id(), effect_of(book, payment(5, authority), first=9)),
        told(new_id(), effect_of(opened(), payment(5, authority), first=2)),
    ]
    effect = effect_of(book, payment(5, authority))
    for entry in wrong:
        writes = project.writes(entry.id, entry.stream, SHARD, entry.seq, NOW, effect)
        assert refused(lambda w=writes: flush(w)) == "voucher/no-entry"  # type: ignore[misc]
    right = told(new_id(), effect)
    for stream, seq, at in ((new_id(), 1, NOW), (right.stream, 2, NOW), (right.stream, 1, NOW + 1)):
        writes = project.writes(right.id, stream, SHARD, seq, at, effect)
        assert refused(lambda w=writes: flush(w)) == "voucher/no-entry"  # type: ignore[misc]
    flush(project.writes(right.id, right.stream, SHARD, 1, NOW, effect))


def test_from_another_community() -> None:
    book = funded()
    effect = effect_of(book, interest(5))
    elsewhere = "140105006003"
    assert refused(lambda: enter(new_id(), effect, shard=elsewhere)) == "voucher/no-such-book"
