"""The statements of a book that has seen every kind of voucher."""

from __future__ import annotations

import pytest

from linli.funds import statements
from linli.funds.statements import Low, balance_sheet, trial_balance
from linli.rules.books.chart import DEVELOPER
from linli.rules.books.voucher import reversal
from linli.rules.ids import new_id
from tests.funds.ledger import DAY, FLAT, FLAT2, FLAT3, authorised, deposit, opened, payment, post, voucher
from tests.funds.lifetime import FIRST_DEPOSITS, lifetime

pytestmark = pytest.mark.django_db
FIRST, LAST = "2024-01-01", "2024-12-31"
GAINS = 333_33


def test_a_trial_balance_has_both_sides_equal() -> None:
    book, _ = lifetime()
    trial = trial_balance(book, FIRST, LAST)
    assert trial is not None
    bank, homes = (next(x for x in trial.lines if x.account.code == c) for c in ("1001", "3001"))
    deposits = sum(FIRST_DEPOSITS.values())
    assert (bank.opening, bank.debit, bank.credit) == (deposits + 1_000_01, 300 + 77, 40_000_00 + 77)
    assert homes.closing == -(deposits + 1_000_01) + 40_000_00 - 500
    assert trial.turnover[0] == trial.turnover[1] > 0
    assert trial.closing[0] == trial.closing[1] > 0
    assert [x.account.code for x in trial.lines][:4] == ["1001", "1101", "1221", "2001"]
    assert trial_balance(new_id(), FIRST, LAST) is None


def test_the_balance_sheet_balances_in_every_year() -> None:
    book, _ = lifetime()
    for year in ("2022", "2023", "2024", "2025", "2026"):
        trial = trial_balance(book, f"{year}-01-01", f"{year}-12-31")
        assert trial is not None
        sheet = balance_sheet(trial)
        assert sheet.balanced
        assert sheet.uncarried == 0
        assert {a.code for a, _ in sheet.assets} == {"1001", "1101", "1221"}
        assert {a.code for a, _ in sheet.net} == {"3001", "3002", "3101"}
        assert all(cents >= 0 for part in sheet[:3] for _, cents in part)
    last = trial_balance(book, "2026-01-01", "2026-12-31")
    assert last is not None
    assert balance_sheet(last).total == 90_000_00 + 60_000_00 + 666_66 - 40_000_00 + 500


def test_what_came_in_and_is_not_carried_stands_on_the_sheet() -> None:
    book = opened()
    post(book, voucher("interest", ("1001", "", 70), ("4101", "", -70)))
    trial = trial_balance(book, FIRST, DAY)
    assert trial is not None
    assert (balance_sheet(trial).uncarried, balance_sheet(trial).balanced) == (70, True)


def test_income_and_spending_prove_the_bank() -> None:
    book, _ = lifetime()
    cash = statements.income_and_spending(book, FIRST, LAST)
    assert cash is not None
    assert cash.proved
    flows = {f.account.code: (f.came, f.went) for f in cash.flows}
    # The mistaken deposit was taken back in the same year: it neither came nor went.
    assert flows == {"1221": (300, 0), "3001": (0, 0), "5001": (0, 40_000_00)}
    whole = statements.income_and_spending(book, "2000-01-01", "2099-12-31")
    assert whole is not None
    assert whole.proved
    assert {f.account.code: (f.came, f.went) for f in whole.flows} == {
        "1221": (300, 0),
        "3001": (0, 0),
        "4001": (sum(FIRST_DEPOSITS.values()), 0),
        "4101": (1_000_01, 0),
        "5001": (0, 40_000_00),
        "5101": (0, FIRST_DEPOSITS[FLAT3] + 333_35),
    }
    assert statements.income_and_spending(new_id(), FIRST, LAST) is None


def test_the_households() -> None:
    book, _ = lifetime()
    found = {h.unit: h for h in statements.households(book, FIRST, LAST)}
    assert found[FLAT].opening == FIRST_DEPOSITS[FLAT] + GAINS
    assert (found[FLAT].came, found[FLAT].went) == (0, 20_000_00)
    assert (found[FLAT2].came, found[FLAT2].went) == (77, 20_000_00 - 500 + 77)
    trial = trial_balance(book, FIRST, LAST)
    assert trial is not None
    line = next(x for x in trial.lines if x.account.code == "3001")
    assert sum(h.closing for h in found.values()) == -line.closing


def test_who_owes_what() -> None:
    book, _ = lifetime()
    assert statements.receivables(book, "2024-06-01") == [(FLAT3, 300), (DEVELOPER, 200)]
    assert statements.receivables(book, "2024-07-01") == [(DEVELOPER, 200)]
    assert statements.receivables(book, "2024-05-31") == []


def test_accounts_below_three_tenths_of_their_first_deposit() -> None:
    book = opened()
    authority = authorised(book)
    mistaken = deposit(999_00, FLAT3)
    post(book, deposit(100_00), mistaken, reversal(mistaken, 2, DAY, "冲销"), deposit(50_00, FLAT3))
    post(book, deposit(20_00), payment(90_00, authority))
    assert statements.first_deposits(book, DAY) == {FLAT: 100_00, FLAT3: 50_00}
    assert statements.to_renew(book, DAY) == []
    post(book, payment(1, authority))
    assert statements.to_renew(book, DAY) == [Low(FLAT, 100_00, 29_99)]
    assert statements.to_renew(book, DAY, (1, 1)) == [Low(FLAT, 100_00, 29_99)]
    assert statements.to_renew(book, "2020-01-01") == []


def test_first_deposits_of_a_list_are_those_that_were_carried() -> None:
    book, _ = lifetime()
    assert statements.first_deposits(book, LAST) == FIRST_DEPOSITS
    assert [low.unit for low in statements.to_renew(book, "2025-12-31")] == [FLAT3]
