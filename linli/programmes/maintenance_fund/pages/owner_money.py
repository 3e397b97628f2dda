"""An owner's money: his homes with what stands on their accounts, and what a use costs each of them, to the cent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from linli.cases.models import Case
from linli.funds.reading import movements, titles_of_owner
from linli.funds.statements import RENEWAL, first_deposits
from linli.programmes.maintenance_fund.homes import units
from linli.programmes.maintenance_fund.pages.public_reading import metres, projects
from linli.programmes.maintenance_fund.pages.vote import seats
from linli.programmes.maintenance_fund.words import UNIT
from linli.rules.apportionment import apportion
from linli.rules.books.chart import HOMES, PUBLIC_HOMES, RECEIVABLE
from linli.rules.money import yuan
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory.regions import titles

ACCOUNTS = (HOMES, PUBLIC_HOMES)


def spoken(unit: str, building: T) -> T:
    """A unit as people say it: 康宁苑3号楼 2单元 301."""
    _, entrance, door = unit.split("-", 2)
    return T(f"{building.zh} {entrance}单元 {door}", f"{building.en}, entrance {entrance}, {door}")


def named(codes: Iterable[str]) -> dict[str, T]:
    """Units by their code, as people say them."""
    wanted = list(codes)
    known = titles(code.split("-")[0] for code in wanted)
    return {code: spoken(code, known[code.split("-")[0]]) for code in wanted}


@dataclass(frozen=True, slots=True)
class Home:
    """A home of the reader’s: its account, its area (0.01 m²), what stands on the account and what it owes, in cents."""

    book: UUID
    project: str
    unit: str
    title: T
    area: int
    balance: int
    owed: int
    first: int | None

    @property
    def low(self) -> bool:
        """Whether a renewal is due: below three tenths of what was first paid in, in exact integers."""
        above, below = RENEWAL
        return self.first is not None and below * self.balance < above * self.first

    @property
    def yuan(self) -> dict[str, str]:
        """The amounts in yuan."""
        first = "" if self.first is None else yuan(self.first)
        return {"balance": yuan(self.balance), "owed": yuan(self.owed), "first": first}


def homes_of(person: UUID, at: int, *, renewals: bool = True) -> list[Home]:
    """The homes in whose titles of today somebody is named; what was first paid in only where ``renewals`` are asked about."""
    day = civil_day(at).isoformat()
    held = titles_of_owner(str(person), day)
    books = {row.book for row in held}
    names, called = named(row.title.unit for row in held), projects(books)
    firsts = {(b, u): cents for b in books if renewals for u, cents in first_deposits(b, day).items()}
    return [
        Home(
            row.book,
            called.get(row.book, ""),
            unit,
            names[unit],
            row.title.area,
            balance_of(row.book, unit),
            movements(row.book, RECEIVABLE, unit).closing,
            firsts.get((row.book, unit)),
        )
        for row in held
        for unit in (row.title.unit,)
    ]


def balance_of(book: UUID, unit: str) -> int:
    """What stands on the accounts of a home, in cents; above zero is the owners'."""
    return -sum(movements(book, account, unit).closing for account in ACCOUNTS)


@dataclass(frozen=True, slots=True)
class Share:
    """What a use costs one home, in cents. Of a home that is the reader's today also what its account covers, and what was charged."""

    unit: str
    title: T
    area: int
    cents: int
    covered: int | None
    charged: int | None
    owed: int | None

    @property
    def size(self) -> T:
        """Its area in words."""
        return metres(self.area)

    @property
    def short(self) -> int:
        """What the account does not cover; 0 where it is not known."""
        return 0 if self.covered is None else self.cents - self.covered

    @property
    def yuan(self) -> dict[str, str]:
        """The amounts in yuan, nothing where one is not known."""
        told = {"cents": self.cents, "covered": self.covered, "charged": self.charged, "owed": self.owed}
        return {name: "" if n is None else yuan(n) for name, n in {**told, "short": self.short}.items()}


def shares(case: Case, cost: int) -> dict[str, tuple[int, int]]:
    """The share of every unit on the frozen roll, with its area: exactly what a payment of the whole cost charges."""
    found = units(seats(case.id, UNIT.key)[UNIT.key])
    if not found:
        return {}
    parts = apportion(cost, [area for _, area, _, _ in found], [unit for unit, *_ in found])
    return {unit: (area, cents) for (unit, area, _, _), cents in zip(found, parts, strict=True)}


def my_shares(case: Case, cost: int, wanted: Sequence[str], own: Iterable[Home], paying: bool) -> list[Share]:
    """What the use costs these units. Balances are told only of homes that are the reader's today."""
    every, held, names = shares(case, cost), {h.unit: h for h in own}, named(wanted)
    return [_share(case, u, names[u], *every[u], held.get(u), paying) for u in wanted if u in every]


def _share(case: Case, unit: str, title: T, area: int, cents: int, home: Home | None, paying: bool) -> Share:
    if home is None:
        return Share(unit, title, area, cents, None, None, None)
    if not paying:
        return Share(unit, title, area, cents, max(0, min(cents, home.balance)), None, None)
    moved = {a: _moved(case.id, home.book, a, unit) for a in (*ACCOUNTS, RECEIVABLE)}
    charged, owed = sum(moved[a] for a in ACCOUNTS), moved[RECEIVABLE]
    return Share(unit, title, area, cents, None, charged, owed)


def _moved(case: UUID, book: UUID, account: str, unit: str) -> int:
    """What the use moved on an account of a home."""
    return sum(m.cents for m in movements(book, account, unit).rows if m.case == case)
