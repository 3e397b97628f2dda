"""The bank's statement against the book: what matches, what only one of them has, and the proof that this is all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

DAYS = 5
"""So many days a booking and the bank's own may lie apart."""


class Line(NamedTuple):
    """A line of the bank's statement or of the book: its ISO day, cents (in above zero, out below), and what it is called there:
    the bank's reference, or the voucher's number.
    """

    day: str
    cents: int
    name: str


class Pair(NamedTuple):
    """A line of the bank's with the one of the book that it is."""

    bank: Line
    book: Line


class Reconciliation(NamedTuple):
    """What matches, what stands in one of them alone, and the balances of both."""

    pairs: list[Pair]
    bank_only: list[Line]
    book_only: list[Line]
    bank_balance: int
    book_balance: int

    @property
    def unexplained(self) -> int:
        """What the listed differences leave open: the bank's balance less what the book's balance and they come to."""
        listed = sum(x.cents for x in self.bank_only) - sum(x.cents for x in self.book_only)
        return self.bank_balance - self.book_balance - listed

    @property
    def proved(self) -> bool:
        """Whether the differences that are listed are all."""
        return self.unexplained == 0


def reconcile(
    bank: Iterable[Line], book: Iterable[Line], bank_balance: int, book_balance: int, within: int = DAYS
) -> Reconciliation:
    """Match lines of the same amount that lie at most ``within`` days apart, one to one and always in the same way: as many
    pairs as there can be, whatever the order in which the lines are given.

    ``bank_balance`` and ``book_balance`` are those at the end of the period in cents, on both sides from the same beginning.
    """
    pairs: list[Pair] = []
    bank_only: list[Line] = []
    book_only: list[Line] = []
    ours, theirs = _by_amount(book), _by_amount(bank)
    for cents in sorted(ours.keys() | theirs.keys()):
        some, left, kept = _match(theirs.get(cents, []), ours.get(cents, []), within)
        pairs += some
        bank_only += left
        book_only += kept
    return Reconciliation(sorted(pairs), sorted(bank_only), sorted(book_only), bank_balance, book_balance)


def _by_amount(lines: Iterable[Line]) -> dict[int, list[Line]]:
    found: dict[int, list[Line]] = defaultdict(list)
    for line in sorted(lines):
        found[line.cents].append(line)
    return found


def _match(
    bank: Sequence[Line], book: Sequence[Line], within: int
) -> tuple[list[Pair], list[Line], list[Line]]:
    """Of one amount, both in the order of days: the earliest of each that lie near enough are a pair, which leaves the most
    for those that follow.
    """
    pairs: list[Pair] = []
    left: list[Line] = []
    kept: list[Line] = []
    i = j = 0
    while i < len(bank) and j < len(book):
        apart = (date.fromisoformat(bank[i].day) - date.fromisoformat(book[j].day)).days
        if abs(apart) <= within:
            pairs.append(Pair(bank[i], book[j]))
            i, j = i + 1, j + 1
        elif apart < 0:
            left.append(bank[i])
            i += 1
        else:
            kept.append(book[j])
            j += 1
    return pairs, [*left, *bank[i:]], [*kept, *book[j:]]
