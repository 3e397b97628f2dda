"""A voucher: what is entered in the books at once. It is never changed; a mistake is reversed (红字冲销) by another that names it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Any, NamedTuple

from linli.rules.books.chart import BANK, CHARTS
from linli.rules.text import T

DEPOSIT, INTEREST, DISTRIBUTION, COLLECTION = "deposit", "interest", "distribution", "collection"
PAYMENT, APPORTIONMENT, REFUND, REVERSAL = "payment", "apportionment", "refund", "reversal"
INCOME, SPENDING, CARRYING = "income", "spending", "carrying"
KINDS: Mapping[str, T] = {
    DEPOSIT: T("交存", "Deposit"),
    INTEREST: T("计息", "Interest"),
    DISTRIBUTION: T("收益分配", "Distribution of gains"),
    COLLECTION: T("补交分摊款", "Share collected"),
    PAYMENT: T("付款", "Payment"),
    APPORTIONMENT: T("分摊列支", "Shares charged"),
    REFUND: T("返还", "Refund"),
    REVERSAL: T("红字冲销", "Reversal"),
    INCOME: T("收入", "Income"),
    SPENDING: T("支出", "Spending"),
    CARRYING: T("结转", "Carried over"),
}


class Leg(NamedTuple):
    """One line of a voucher: above zero a debit, below zero a credit, in cents. ``holder`` is the household (or ``developer``)
    whose account it is; empty for an account that has no holders.
    """

    account: str
    holder: str
    cents: int


@dataclass(frozen=True, slots=True)
class Voucher:
    """A voucher of a book. ``day`` is an ISO date; ``memo`` names nobody. ``authority`` is the id of the case by which money may
    leave the bank, ``reverses`` the number of the voucher that this one takes back (0: none).
    """

    kind: str
    day: str
    memo: str
    legs: tuple[Leg, ...]
    _: KW_ONLY
    authority: str = ""
    reverses: int = 0

    @property
    def paid(self) -> int:
        """The cents that leave the bank; below zero where they come in."""
        return -sum(leg.cents for leg in self.legs if leg.account == BANK)

    def told(self, number: int) -> dict[str, Any]:
        """The voucher under its number as an effect holds it."""
        return {
            "number": number, "kind": self.kind, "day": self.day, "memo": self.memo, "legs": [list(leg) for leg in self.legs],
            "authority": self.authority, "reverses": self.reverses,
        }  # fmt: skip


def voucher_of(told: Mapping[str, Any]) -> Voucher:
    """The voucher that an effect holds."""
    legs = tuple(Leg(str(a), str(h), int(c)) for a, h, c in told["legs"])
    return Voucher(
        told["kind"], told["day"], told["memo"], legs, authority=told["authority"], reverses=told["reverses"]
    )


def reversal(of: Voucher, number: int, day: str, memo: str) -> Voucher:
    """The voucher that takes another back, leg by leg, under the same authority."""
    legs = tuple(leg._replace(cents=-leg.cents) for leg in of.legs)
    return Voucher(REVERSAL, day, memo, legs, authority=of.authority, reverses=number)


def faults(voucher: Voucher, chart: str) -> Iterator[str]:
    """What is wrong with a voucher in itself, as stable codes: ``too-few-legs``, ``unbalanced``, ``zero-leg``, ``unknown-account``,
    ``holder-missing``, ``holder-needless``, ``unknown-kind``, ``reverses-nothing``.
    """
    accounts = CHARTS[chart]
    if voucher.kind not in KINDS:
        yield "unknown-kind"
    if (voucher.kind == REVERSAL) != (voucher.reverses > 0):
        yield "reverses-nothing"
    if len(voucher.legs) < 2:
        yield "too-few-legs"
    if sum(leg.cents for leg in voucher.legs):
        yield "unbalanced"
    found = Counter[str]()
    for leg in voucher.legs:
        account = accounts.get(leg.account)
        found["zero-leg"] += leg.cents == 0
        found["unknown-account"] += account is None
        found["holder-missing"] += account is not None and account.held and not leg.holder
        found["holder-needless"] += account is not None and not account.held and bool(leg.holder)
    yield from (code for code, n in found.items() if n)


def balances(legs: Iterable[Leg]) -> dict[tuple[str, str], int]:
    """The balance of each account and holder, debits above zero."""
    found: dict[tuple[str, str], int] = {}
    for account, holder, cents in legs:
        found[account, holder] = found.get((account, holder), 0) + cents
    return found
