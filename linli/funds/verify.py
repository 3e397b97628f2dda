"""Every rule of the books worked out anew from the rows of one book, without asking the triggers that kept it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID

from linli.journal.append import entries
from linli.journal.writes import fetch
from linli.rules.books.chart import BANK, CHARTS
from linli.rules.books.gate import Authority, shut
from linli.rules.books.voucher import Leg, Voucher, faults, reversal

_VOUCHERS = (
    "SELECT number, kind, day, memo, entry, happened, authority, reverses FROM funds_voucher WHERE book = %s"
    " ORDER BY number"
)
_LEGS = (
    "SELECT v.number, l.number, l.day, l.shard, l.account, l.holder, l.cents FROM funds_leg l"
    " LEFT JOIN funds_voucher v ON v.id = l.voucher AND v.book = l.book WHERE l.book = %s ORDER BY l.number, l.line"
)


class Fault(NamedTuple):
    """What is wrong, by the code under which the database would have refused it, and where."""

    code: str
    where: str


class Kept(NamedTuple):
    """A voucher as it stands: its number, what it says, the entry that told it and when that happened (µs UTC), and whether
    each of its legs repeats its number and day.
    """

    number: int
    voucher: Voucher
    entry: UUID
    happened: int
    whole: bool = True


class Given(NamedTuple):
    """An authority as one entry of its case told it."""

    entry: UUID
    authority: Authority


def verify(book: UUID) -> Iterator[Fault]:
    """Everything that is wrong with a book; nothing where it is sound. An unknown book is a fault of its own."""
    found = fetch("SELECT kind, last, shard FROM funds_book WHERE id = %s", (book,))
    if not found:
        yield Fault("voucher/no-such-book", str(book))
        return
    kind, last, shard = found[0]
    legs, strays = _legs(book)
    kept = _kept(book, shard, legs)
    yield from (Fault("leg/without-voucher", f"voucher {number}") for number in strays)
    run = _Run(str(book), kind, _authorities(kept))
    for one in kept:
        yield from run.enter(one)
    yield from _balances(book, kind, run)
    if last != len(kept):
        yield Fault("book/last-number", str(last))


class _Line(NamedTuple):
    """A leg with what it repeats of its voucher."""

    number: int
    day: str
    shard: str
    leg: Leg


def _legs(book: UUID) -> tuple[dict[int, list[_Line]], list[int]]:
    """The legs of each voucher by its number; and the numbers of legs that have no voucher in this book."""
    found: dict[int, list[_Line]] = {}
    strays: list[int] = []
    for voucher, number, day, shard, *leg in fetch(_LEGS, (book,)):
        if voucher is None:
            strays.append(number)
        else:
            found.setdefault(voucher, []).append(_Line(number, day, shard, Leg._make(leg)))
    return found, strays


def _kept(book: UUID, shard: str, legs: Mapping[int, list[_Line]]) -> list[Kept]:
    made = []
    for n, kind, day, memo, entry, happened, authority, reverses in fetch(_VOUCHERS, (book,), uuids=(4, 6)):
        own = legs.get(n, [])
        whole = all((x.number, x.day, x.shard) == (n, day, shard) for x in own)
        told = tuple(x.leg for x in own)
        voucher = Voucher(kind, day, memo, told, authority=str(authority or ""), reverses=reverses or 0)
        made.append(Kept(n, voucher, entry, happened, whole))
    return made


def _authorities(kept: Iterable[Kept]) -> dict[str, list[Given]]:
    """Every authority that a voucher names, as each entry of its case told it: the row that stands now proves nothing."""
    named = {k.voucher.authority for k in kept if k.voucher.authority}
    return {case: _given(UUID(case)) for case in sorted(named)}


def _given(case: UUID) -> list[Given]:
    return [
        Given(e.id, authority_told(e.effect["authority"])) for e in entries(case) if e.effect.get("authority")
    ]


def authority_told(told: Mapping[str, Any]) -> Authority:
    """The authority that an effect holds."""
    return Authority(
        told["id"],
        told["book"],
        told["kind"],
        told["decision"],
        told["limit"],
        told["opens"],
        told["objections"],
    )


@dataclass(slots=True)
class _Run:
    """The book as it grew, voucher by voucher."""

    book: str
    kind: str
    authorities: Mapping[str, list[Given]]
    stands: dict[tuple[str, str], int] = field(default_factory=dict)
    paid: dict[str, int] = field(default_factory=dict)
    seen: dict[int, Voucher] = field(default_factory=dict)
    taken_back: set[int] = field(default_factory=set)

    def enter(self, kept: Kept) -> Iterator[Fault]:
        voucher, where = kept.voucher, f"voucher {kept.number}"
        codes = [f"voucher/{code}" for code in faults(voucher, self.kind)]
        if kept.number != len(self.seen) + 1:
            codes.append("voucher/number-gap")
        if not kept.whole:
            codes.append("voucher/legs-elsewhere")
        codes += self._reversing(voucher) if voucher.reverses else self._gate(kept)
        yield from (Fault(code, where) for code in codes)
        self._move(kept.number, voucher)
        yield from self._floors(voucher, where)

    def _reversing(self, voucher: Voucher) -> Iterator[str]:
        old = self.seen.get(voucher.reverses)
        if old is None:
            yield "reversal/no-such-voucher"
            return
        if old.reverses:
            yield "reversal/of-a-reversal"
        if voucher.reverses in self.taken_back:
            yield "reversal/twice"
        exact = reversal(old, voucher.reverses, "", "")
        if (voucher.legs, voucher.authority) != (exact.legs, exact.authority):
            yield "reversal/not-exact"

    def _gate(self, kept: Kept) -> Iterator[str]:
        voucher = kept.voucher
        if voucher.paid > 0:
            code = shut(self._authority(kept), self.book, voucher.paid, kept.happened)
            if code:
                yield f"gate/{code}"
        elif voucher.paid < 0 and voucher.authority:
            yield "gate/money-comes-in"

    def _authority(self, kept: Kept) -> Authority | None:
        """The authority as it was when the voucher was entered, with what was paid under it until then. Entries bear ids in
        the order in which they were written.
        """
        case = kept.voucher.authority
        known = [g.authority for g in self.authorities.get(case, ()) if g.entry.int <= kept.entry.int]
        if not known:
            return None
        a = known[-1]
        return Authority(
            a.id, a.book, a.kind, a.decision, a.limit, a.opens, a.objections, self.paid.get(case, 0)
        )

    def _move(self, number: int, voucher: Voucher) -> None:
        self.seen[number] = voucher
        if voucher.reverses:
            self.taken_back.add(voucher.reverses)
        if voucher.authority:
            self.paid[voucher.authority] = self.paid.get(voucher.authority, 0) + voucher.paid
        for account, holder, cents in voucher.legs:
            self.stands[account, holder] = self.stands.get((account, holder), 0) + cents

    def _floors(self, voucher: Voucher, where: str) -> Iterator[Fault]:
        accounts = CHARTS[self.kind]
        for account, holder in dict.fromkeys((leg.account, leg.holder) for leg in voucher.legs):
            rule = accounts.get(account)
            if rule and rule.floored and self.stands[account, holder] * rule.side < 0:
                code = "floor/bank-overdrawn" if account == BANK else "floor/wrong-side"
                yield Fault(code, f"{where}, {account} {holder}".strip())


def _balances(book: UUID, kind: str, run: _Run) -> Iterator[Fault]:
    """The balances are the sums of the legs, and those of the households and of all that is not theirs alone come to what the
    book has.
    """
    rows = fetch("SELECT account, holder, cents FROM funds_balance WHERE book = %s", (book,))
    there = {(account, holder): cents for account, holder, cents in rows}
    for spot in sorted(there.keys() | run.stands.keys()):
        if there.get(spot) != run.stands.get(spot):
            yield Fault("balance/differs", " ".join(spot).strip())
    sides = {"has": 0, "owes": 0}
    for (account, _), cents in there.items():
        sides["has" if account[0] == "1" else "owes"] += cents
    if sides["has"] + sides["owes"]:
        yield Fault("control/differs", f"{kind}: {sides['has']} against {-sides['owes']}")
