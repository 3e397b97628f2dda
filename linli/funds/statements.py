"""The statements of a book: summed by the database, put together here. Cents; days are ISO and inclusive.

A book is kept on a cash basis, and its accounts say by their first digit what they are: 1 what it has, 2 what it owes, 3 whose
it is, 4 what came in, 5 what went out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from linli.journal.writes import fetch
from linli.rules.books.chart import BANK, CHARTS, HOMES, PUBLIC_HOMES, RECEIVABLE, Account
from linli.rules.books.voucher import CARRYING, DEPOSIT

RENEWAL = (3, 10)
"""Below this part of its first deposit an account is to be renewed (建设部、财政部令第165号, article 17)."""
_TURNOVER = (
    "SUM(CASE WHEN day < %s THEN cents ELSE 0 END), SUM(CASE WHEN day >= %s AND cents > 0 THEN cents ELSE 0 END),"
    " SUM(CASE WHEN day >= %s AND cents < 0 THEN -cents ELSE 0 END)"
)


class Line(NamedTuple):
    """An account in a period: what stood on it before (a debit above zero), its turnover on both sides, what stands after."""

    account: Account
    opening: int
    debit: int
    credit: int

    @property
    def closing(self) -> int:
        """A debit above zero."""
        return self.opening + self.debit - self.credit


class Trial(NamedTuple):
    """The trial balance of a period: every account of the chart, in its order."""

    lines: list[Line]

    @property
    def turnover(self) -> tuple[int, int]:
        """Debits and credits of the period; in sound books they are equal."""
        return sum(line.debit for line in self.lines), sum(line.credit for line in self.lines)

    @property
    def closing(self) -> tuple[int, int]:
        """What stands on the debit side and on the credit side in all; in sound books they are equal."""
        stands = [line.closing for line in self.lines]
        return sum(c for c in stands if c > 0), -sum(c for c in stands if c < 0)

    def of(self, first_digits: str) -> list[Line]:
        """The lines of the accounts that begin with one of these digits."""
        return [line for line in self.lines if line.account.code[0] in first_digits]


def trial_balance(book: UUID, first: str, last: str) -> Trial | None:
    """The trial balance from ``first`` to ``last``; None where there is no such book."""
    kinds = fetch("SELECT kind FROM funds_book WHERE id = %s", (book,))
    if not kinds:
        return None
    sql = f"SELECT account, {_TURNOVER} FROM funds_leg WHERE book = %s AND day <= %s GROUP BY account"  # noqa: S608
    found = {code: map(int, sums) for code, *sums in fetch(sql, (first, first, first, book, last))}
    return Trial([Line(a, *found.get(code, (0, 0, 0))) for code, a in CHARTS[kinds[0][0]].items()])


class Sheet(NamedTuple):
    """The balance sheet: what the book has, what it owes, whose it is, and what came in or went out and is not carried yet; each
    as (account, cents on the account's own side).
    """

    assets: list[tuple[Account, int]]
    liabilities: list[tuple[Account, int]]
    net: list[tuple[Account, int]]
    uncarried: int

    @property
    def total(self) -> int:
        """The assets in all."""
        return sum(cents for _, cents in self.assets)

    @property
    def balanced(self) -> bool:
        """Whether what it has is what it owes and whose it is."""
        return (
            self.total == sum(c for _, c in self.liabilities) + sum(c for _, c in self.net) + self.uncarried
        )


def balance_sheet(trial: Trial) -> Sheet:
    """The balance sheet at the end of a trial balance."""
    assets, liabilities, net = (
        [(line.account, line.closing * line.account.side) for line in trial.of(digit)] for digit in "123"
    )
    return Sheet(assets, liabilities, net, -sum(line.closing for line in trial.of("45")))


class Flow(NamedTuple):
    """What came in and went out at the bank for one account; what was taken back is taken off its own side."""

    account: Account
    came: int
    went: int


class Cash(NamedTuple):
    """Income and spending of a period: what the bank held before and after, and for what it came in and went out."""

    opening: int
    flows: list[Flow]
    closing: int

    @property
    def proved(self) -> bool:
        """Whether what came in less what went out is what the bank holds more."""
        return self.opening + sum(f.came - f.went for f in self.flows) == self.closing


_FLOWS = (
    "SELECT l.account, SUM(CASE WHEN l.cents < 0 AND v.reverses IS NULL THEN -l.cents"
    " WHEN l.cents > 0 AND v.reverses IS NOT NULL THEN -l.cents ELSE 0 END),"
    " SUM(CASE WHEN l.cents > 0 AND v.reverses IS NULL THEN l.cents"
    " WHEN l.cents < 0 AND v.reverses IS NOT NULL THEN l.cents ELSE 0 END)"
    " FROM (SELECT DISTINCT voucher FROM funds_leg WHERE book = %s AND account = %s AND holder = '' AND day >= %s"
    " AND day <= %s) b JOIN funds_voucher v ON v.id = b.voucher JOIN funds_leg l ON l.voucher = v.id"
    " WHERE l.account <> %s GROUP BY l.account"
)


def income_and_spending(book: UUID, first: str, last: str) -> Cash | None:
    """What came in and went out at the bank from ``first`` to ``last``, by account; None where there is no such book."""
    trial = trial_balance(book, first, last)
    if trial is None:
        return None
    bank = next(line for line in trial.lines if line.account.code == BANK)
    found = {
        code: (int(came), int(went)) for code, came, went in fetch(_FLOWS, (book, BANK, first, last, BANK))
    }
    flows = [Flow(x.account, *found[x.account.code]) for x in trial.lines if x.account.code in found]
    return Cash(bank.opening, flows, bank.closing)


class Household(NamedTuple):
    """A household's account in a period, what stands on it above zero."""

    unit: str
    opening: int
    came: int
    went: int

    @property
    def closing(self) -> int:
        """What stands on it after the period."""
        return self.opening + self.came - self.went


def households(
    book: UUID, first: str, last: str, accounts: Iterable[str] = (HOMES, PUBLIC_HOMES)
) -> list[Household]:
    """The accounts of the households from ``first`` to ``last``, by unit; those on which nothing ever moved are left out."""
    found: dict[str, tuple[int, int, int]] = {}
    for unit, *sums in _by_holder(_TURNOVER, (first, first, first), book, last, accounts):
        before = found.get(unit, (0, 0, 0))
        opening, went, came = map(int, sums)
        found[unit] = (before[0] - opening, before[1] + came, before[2] + went)
    return [Household(unit, *found[unit]) for unit in sorted(found)]


def _by_holder(
    columns: str, params: tuple[object, ...], book: UUID, last: str, accounts: Iterable[str]
) -> Iterator[tuple[Any, ...]]:
    """Sums by holder, account after account: in the order of the index, so that nothing is sorted."""
    sql = f"SELECT holder, {columns} FROM funds_leg WHERE book = %s AND account = %s AND day <= %s GROUP BY holder"  # noqa: S608
    for account in accounts:
        yield from fetch(sql, (*params, book, account, last))


def closings(book: UUID, day: str, accounts: Iterable[str] = (HOMES, PUBLIC_HOMES)) -> dict[str, int]:
    """What stands on each household's account at the end of a day, above zero; by unit."""
    found: dict[str, int] = {}
    for unit, cents in _by_holder("SUM(cents)", (), book, day, accounts):
        found[unit] = found.get(unit, 0) - int(cents)
    return found


def receivables(book: UUID, day: str) -> list[tuple[str, int]]:
    """Who owes how much of shares that his account did not cover, at the end of a day; by holder."""
    sql = (
        "SELECT holder, SUM(cents) FROM funds_leg WHERE book = %s AND account = %s AND day <= %s"
        " GROUP BY holder HAVING SUM(cents) <> 0 ORDER BY holder"
    )
    return [(holder, int(cents)) for holder, cents in fetch(sql, (book, RECEIVABLE, day))]


class Low(NamedTuple):
    """An account that is to be renewed: what was first paid into it, and what stands on it."""

    unit: str
    first: int
    balance: int


# What a bank's list brings in is carried to the households by the next voucher; a mistaken one that was taken back is none.
_FIRST = (
    "SELECT f.holder, f.number, -SUM(l.cents) FROM (SELECT d.holder, MIN(d.number) AS number FROM funds_voucher v"
    " JOIN funds_leg d ON d.voucher = v.id WHERE v.book = %s AND v.kind IN (%s, %s) AND v.day <= %s AND d.account IN (%s, %s)"
    " AND d.cents < 0 AND NOT EXISTS (SELECT 1 FROM funds_voucher r WHERE r.book = v.book AND r.reverses = v.number)"
    " GROUP BY d.holder) f JOIN funds_leg l ON l.book = %s AND l.account IN (%s, %s) AND l.holder = f.holder"
    " AND l.number = f.number GROUP BY f.holder, f.number"
)


def first_deposits(book: UUID, day: str) -> dict[str, int]:
    """What each household first paid in, up to a day: by the first deposit to its account that was not taken back."""
    homes = (HOMES, PUBLIC_HOMES)
    rows = fetch(_FIRST, (book, DEPOSIT, CARRYING, day, *homes, book, *homes))
    return {holder: int(cents) for holder, _, cents in rows}


def to_renew(book: UUID, day: str, part: tuple[int, int] = RENEWAL) -> list[Low]:
    """The accounts that stand, at the end of a day, below a part (above, below the line) of their first deposit; by unit."""
    return low(closings(book, day), first_deposits(book, day), part)


def low(stands: Mapping[str, int], first: Mapping[str, int], part: tuple[int, int] = RENEWAL) -> list[Low]:
    """Those of the accounts below a part of their first deposit; exactly the part is not below it."""
    above, below = part
    return [
        Low(unit, first[unit], stands[unit])
        for unit in sorted(stands.keys() & first.keys())
        if below * stands[unit] < above * first[unit]
    ]
