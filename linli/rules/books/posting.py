"""What would be refused of vouchers before they are entered: the pure twin of the triggers, with the same codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from linli.rules.books.book import Book
from linli.rules.books.chart import BANK, CHARTS
from linli.rules.books.gate import Authority, shut
from linli.rules.books.voucher import Leg, Voucher, faults, reversal


class Fault(NamedTuple):
    """What is wrong: a stable code, and where: the voucher's number, or the account and its holder."""

    code: str
    detail: str


def check(book: Book, vouchers: Sequence[Voucher], at: int) -> list[Fault]:
    """Everything for which these vouchers, entered in this order at ``at`` (µs UTC), would be refused; empty when nothing is.

    ``book`` must hold the balances, the authority that the payments name, and the vouchers that are to be taken back.
    """
    run = _Run(book)
    found: list[Fault] = []
    for number, voucher in enumerate(vouchers, book.last + 1):
        found += run.enter(number, voucher, at)
    return found


@dataclass(slots=True)
class _Run:
    """The book as it moves from voucher to voucher."""

    book: Book
    moved: dict[tuple[str, str], int] = field(default_factory=dict)
    paid: int = 0
    new: dict[int, Voucher] = field(default_factory=dict)

    def enter(self, number: int, voucher: Voucher, at: int) -> Iterator[Fault]:
        where = str(number)
        wrong = [f"voucher/{code}" for code in faults(voucher, self.book.kind)]
        wrong += self._reversing(voucher) if voucher.reverses else self._gate(voucher, at)
        yield from (Fault(code, where) for code in wrong)
        self.new[number] = voucher
        if voucher.authority:
            self.paid += voucher.paid
        for account, holder, cents in voucher.legs:
            self.moved[account, holder] = self.moved.get((account, holder), 0) + cents
        yield from self._floors(voucher.legs)

    def _reversing(self, voucher: Voucher) -> Iterator[str]:
        old = self.book.vouchers.get(voucher.reverses) or self.new.get(voucher.reverses)
        if old is None:
            yield "reversal/no-such-voucher"
            return
        if old.reverses:
            yield "reversal/of-a-reversal"
        if voucher.reverses in self.book.reversed or any(
            v.reverses == voucher.reverses for v in self.new.values()
        ):
            yield "reversal/twice"
        exact = reversal(old, voucher.reverses, voucher.day, voucher.memo)
        if (voucher.legs, voucher.authority) != (exact.legs, exact.authority):
            yield "reversal/not-exact"

    def _gate(self, voucher: Voucher, at: int) -> Iterator[str]:
        if voucher.paid > 0:
            code = shut(self._authority(voucher), str(self.book.id), voucher.paid + self.paid, at)
            if code:
                yield f"gate/{code}"
        elif voucher.paid < 0 and voucher.authority:
            yield "gate/money-comes-in"

    def _authority(self, voucher: Voucher) -> Authority | None:
        known = self.book.authority
        return known if known and voucher.authority == known.id else None

    def _floors(self, legs: Iterable[Leg]) -> Iterator[Fault]:
        accounts = CHARTS[self.book.kind]
        for account, holder in dict.fromkeys((leg.account, leg.holder) for leg in legs):
            stands = self.book.balance(account, holder) + self.moved[account, holder]
            rule = accounts.get(account)
            if rule and rule.floored and stands * rule.side < 0:
                code = "floor/bank-overdrawn" if account == BANK else "floor/wrong-side"
                yield Fault(code, f"{account}/{holder}" if holder else account)
