"""A book as a decision sees it under its lock: what stands on its accounts, whose homes it holds, which voucher comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from linli.rules.books.gate import Authority
from linli.rules.books.voucher import Voucher

SOLD, UNSOLD, UNDELIVERED = "sold", "unsold", "undelivered"


class Title(NamedTuple):
    """Who owns a home since which day (ISO): the unit’s code, its exclusive area in 0.01 m², its status, the owners’ ids in order."""

    unit: str
    area: int
    status: str
    owners: tuple[str, ...]
    since: str


@dataclass(frozen=True, slots=True)
class Book:
    """A book under its lock. ``kind`` names its chart, ``last`` the last voucher’s number; ``balances`` are by account and holder,
    debits above zero; ``titles`` those in force on the day that was asked; ``vouchers`` only those that were asked for, and
    ``reversed`` the numbers of those among them that were taken back.
    """

    id: UUID
    kind: str
    last: int = 0
    balances: Mapping[tuple[str, str], int] = field(default_factory=dict)
    titles: tuple[Title, ...] = ()
    authority: Authority | None = None
    vouchers: Mapping[int, Voucher] = field(default_factory=dict)
    reversed: frozenset[int] = frozenset()

    def balance(self, account: str, holder: str = "") -> int:
        """What stands on an account of a holder, in cents; a debit is above zero."""
        return self.balances.get((account, holder), 0)

    def total(self, account: str) -> int:
        """What stands on an account in all."""
        return sum(cents for (code, _), cents in self.balances.items() if code == account)
