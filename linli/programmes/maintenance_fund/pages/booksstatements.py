"""The statements of an account, each as one table that a page, a spreadsheet and a sheet of paper show alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.db.models import Case as When
from django.db.models import F, Sum, Value
from django.db.models import When as Where_

from linli.cases.ledger import Amount
from linli.funds import models, reading, statements
from linli.people.persons import masked
from linli.programmes.maintenance_fund.pages.staffvote import STATUSES, owners
from linli.programmes.maintenance_fund.pages.staffwords import doors, text
from linli.rules.books.chart import CHARTS, FUND, Account
from linli.rules.books.voucher import KINDS
from linli.rules.text import T

Cell = T | str | int | Amount | None
Kind = Literal["text", "long", "number", "money", "metres", "day"]
TOTAL = T("合计", "Total")


@dataclass(frozen=True, slots=True)
class Col:
    """A column: its title, what stands in it, and how much of a sheet’s width it takes."""

    title: T
    kind: Kind = "text"
    width: int = 10


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement: its rows, the rows that sum them, whether what has to agree agrees, and a note. ``doors`` are the units of the
    rows, where a row is a home. ``heads`` are the places of rows that head others.
    """

    title: T
    period: T
    columns: Sequence[Col]
    rows: Sequence[Sequence[Cell]]
    totals: Sequence[Sequence[Cell]] = ()
    _: KW_ONLY
    doors: Sequence[str] = ()
    heads: frozenset[int] = frozenset()
    agrees: T | None = None
    differs: T | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: the book, the first and the last day (ISO), the part below which an account is renewed, and whether the
    reader reads the owners’ masked names.
    """

    book: UUID
    first: str
    last: str
    part: tuple[int, int]
    names: bool

    @property
    def until(self) -> T:
        """At the end of the last day."""
        return T(f"截至 {self.last}", f"at the end of {self.last}")

    @property
    def period(self) -> T:
        """From the first to the last day."""
        return T(f"{self.first} 至 {self.last}", f"{self.first} to {self.last}")


CODE, ACCOUNT = Col(T("科目", "Code"), width=6), Col(T("名称", "Account"), "long", 18)
HOME = Col(T("房屋", "Home"), "long", 20)


def money(title: T) -> Col:
    """A column of amounts."""
    return Col(title, "money", 13)


def _named(account: Account) -> list[Cell]:
    return [account.code, account.title]


def trial(asked: Asked) -> Statement:
    """科目余额表: what stood on every account before, what moved, what stands after."""
    found = statements.trial_balance(asked.book, asked.first, asked.last)
    lines = found.lines if found else []
    columns = [
        CODE, ACCOUNT, money(T("期初借方", "Opening debit")), money(T("期初贷方", "Opening credit")), money(T("本期借方", "Debit")),
        money(T("本期贷方", "Credit")), money(T("期末借方", "Closing debit")), money(T("期末贷方", "Closing credit")),
    ]  # fmt: skip
    rows = [
        [*_named(x.account), *_sides(x.opening), _some(x.debit), _some(x.credit), *_sides(x.closing)]
        for x in lines
    ]
    sums = [
        sum(c.cents for c in column if isinstance(c, Amount)) for column in list(zip(*rows, strict=True))[2:]
    ]
    total: list[Cell] = ["", TOTAL, *map(Amount, sums)]
    equal = all(sums[i] == sums[i + 1] for i in (0, 2, 4)) if sums else True
    return Statement(
        T("科目余额表", "Trial balance"), asked.period, columns, rows, [total],
        agrees=T("借方合计等于贷方合计", "Debits equal credits") if equal else None,
        differs=None if equal else T("借方合计不等于贷方合计", "Debits and credits differ"),
    )  # fmt: skip


def _sides(cents: int) -> list[Cell]:
    return [Amount(cents) if cents > 0 else None, Amount(-cents) if cents < 0 else None]


def sheet(asked: Asked) -> Statement:
    """资产负债表: what the book has, what it owes, whose it is."""
    found = statements.trial_balance(asked.book, asked.first, asked.last)
    made = statements.balance_sheet(found) if found else statements.Sheet([], [], [], 0)
    rows: list[list[Cell]] = []
    heads: list[int] = []
    for title, parts in (
        (T("资产", "Assets"), made.assets),
        (T("负债", "Liabilities"), made.liabilities),
        (T("净资产", "Net assets"), made.net),
    ):
        heads.append(len(rows))
        rows.append(["", title, ""])
        rows += [[*_named(a), Amount(cents)] for a, cents in parts]
        rows.append(["", T("{t}小计", "{t} in all").format(t=title), Amount(sum(c for _, c in parts))])
    rows.append(["", T("未结转的收支", "Income and spending not carried over"), Amount(made.uncarried)])
    whose = sum(c for _, c in (*made.liabilities, *made.net)) + made.uncarried
    totals: list[list[Cell]] = [
        ["", T("资产总计", "Total assets"), Amount(made.total)],
        ["", T("负债和净资产总计", "Total liabilities and net assets"), Amount(whose)],
    ]
    return Statement(
        T("资产负债表", "Balance sheet"), asked.until, [CODE, ACCOUNT, money(T("金额", "Amount"))], rows, totals,
        heads=frozenset(heads),
        agrees=T("资产等于负债加净资产", "Assets equal liabilities and net assets") if made.balanced else None,
        differs=None if made.balanced else T("资产不等于负债加净资产", "Assets differ from liabilities and net assets"),
    )  # fmt: skip


def flow(asked: Asked) -> Statement:
    """收支表: for what money came to the bank and left it."""
    found = statements.income_and_spending(asked.book, asked.first, asked.last)
    cash = found or statements.Cash(0, [], 0)
    columns = [CODE, ACCOUNT, money(T("收入", "In")), money(T("支出", "Out"))]
    rows: list[list[Cell]] = [["", T("期初专户存款", "At the bank before"), Amount(cash.opening), None]]
    rows += [[*_named(f.account), Amount(f.came), Amount(f.went)] for f in cash.flows]
    came, went = sum(f.came for f in cash.flows), sum(f.went for f in cash.flows)
    totals: list[list[Cell]] = [
        ["", T("收支合计", "In and out in all"), Amount(came), Amount(went)],
        ["", T("期末专户存款", "At the bank after"), Amount(cash.closing), None],
    ]
    proved = T("期初加收入减支出等于期末", "Before plus in less out is what stands after")
    return Statement(
        T("收支表", "Income and spending"), asked.period, columns, rows, totals,
        agrees=proved if cash.proved else None,
        differs=None if cash.proved else T("期初加收入减支出不等于期末", "Before plus in less out differs from what stands after"),
    )  # fmt: skip


def households(asked: Asked) -> Statement:
    """分户账: every home’s account in the period."""
    found = statements.households(asked.book, asked.first, asked.last)
    named = doors(h.unit for h in found)
    columns = [
        HOME,
        money(T("期初", "Opening")),
        money(T("转入", "In")),
        money(T("转出", "Out")),
        money(T("期末", "Closing")),
    ]
    rows: list[list[Cell]] = [
        [named(h.unit), Amount(h.opening), Amount(h.came), Amount(h.went), Amount(h.closing)] for h in found
    ]
    sums = [
        sum(h.opening for h in found),
        sum(h.came for h in found),
        sum(h.went for h in found),
        sum(h.closing for h in found),
    ]
    return Statement(
        T("分户账", "Accounts of the homes"), asked.period, columns, rows, [[_counted(len(found)), *map(Amount, sums)]],
        doors=[h.unit for h in found],
    )  # fmt: skip


def _counted(n: int) -> T:
    return T(f"合计 {n:,} 户", f"Total of {n:,} home{'' if n == 1 else 's'}")


def receivables(asked: Asked) -> Statement:
    """应收分摊款: who owes how much of a share that his account did not cover."""
    found = statements.receivables(asked.book, asked.last)
    named = doors(u for u, _ in found)
    rows: list[list[Cell]] = [[named(u), Amount(c)] for u, c in found]
    total: list[Cell] = [TOTAL, Amount(sum(c for _, c in found))]
    columns = [HOME, money(T("欠交", "Owed"))]
    return Statement(
        T("应收分摊款", "Shares receivable"), asked.until, columns, rows, [total], doors=[u for u, _ in found]
    )


def renewal(asked: Asked) -> Statement:
    """续交: the accounts below a part of their first deposit, and what they lack."""
    above, below = asked.part
    found = statements.to_renew(asked.book, asked.last, asked.part)
    named = doors(x.unit for x in found)
    lacks = [-(-above * x.first // below) - x.balance for x in found]
    columns = [
        HOME, money(T("首期交存", "First deposit")), money(T("余额", "Balance")),
        money(T(f"到 {above}/{below} 还差", f"Missing to {above}/{below}")),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [named(x.unit), Amount(x.first), Amount(x.balance), Amount(lack)]
        for x, lack in zip(found, lacks, strict=True)
    ]
    sums = sum(x.first for x in found), sum(x.balance for x in found), sum(lacks)
    return Statement(
        T(f"该续交的户（余额低于首期交存的 {above}/{below}）", f"To be renewed (below {above}/{below} of the first deposit)"),
        asked.until, columns, rows, [[_counted(len(found)), *map(Amount, sums)]], doors=[x.unit for x in found],
    )  # fmt: skip


def titles(asked: Asked) -> Statement:
    """权属: whose every home is, since when; owners behind their masks."""
    found = reading.titles_on(asked.book, asked.last)
    named = doors(t.unit for t in found)
    people = _people({o for t in found for o in t.owners}) if asked.names else None
    columns = [
        HOME, Col(T("面积（平方米）", "Area (m²)"), "metres", 10), Col(T("状态", "Status"), "long", 14),
        Col(T("业主", "Owners"), "long", 16), Col(T("从哪天起", "Since"), "day", 10),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            named(t.unit),
            Amount(t.area),
            STATUSES.get(t.status, text(t.status)),
            owners(t.status, t.owners, people),
            t.since,
        ]
        for t in found
    ]
    total: list[Cell] = [_counted(len(found)), Amount(sum(t.area for t in found)), None, None, None]
    return Statement(T("权属", "Titles"), asked.until, columns, rows, [total], doors=[t.unit for t in found])


def _people(ids: set[str]) -> dict[str, str]:
    known = (UUID(i) for i in ids if len(i) == 36)
    return {str(i): m.name for i, m in masked(known).items()}


def journal(asked: Asked) -> Statement:
    """序时账: every voucher in its order, by account; what each home bears stands on its own account."""
    legs = models.Leg.objects.filter(book=asked.book, day__gte=asked.first, day__lte=asked.last)
    debit = When(Where_(cents__gt=0, then=F("cents")), default=Value(0))
    credit = When(Where_(cents__lt=0, then=-F("cents")), default=Value(0))
    sums = (
        legs.values_list("number", "account")
        .annotate(d=Sum(debit), c=Sum(credit))
        .order_by("number", "account")
    )
    heads = {
        n: (day, kind, memo)
        for n, day, kind, memo in models.Voucher.objects.filter(
            book=asked.book, day__gte=asked.first, day__lte=asked.last
        ).values_list("number", "day", "kind", "memo")
    }
    columns = [
        Col(T("凭证号", "No."), "number", 6), Col(T("日期", "Day"), "day", 10), Col(T("种类", "Kind"), width=9),
        Col(T("摘要", "Memo"), "long", 18), CODE, ACCOUNT, money(T("借方", "Debit")), money(T("贷方", "Credit")),
    ]  # fmt: skip
    chart, rows = CHARTS[FUND], list[list[Cell]]()
    whole = [0, 0]
    for n, account, d, c in sums:
        day, kind, memo = heads[n]
        whole = [whole[0] + int(d), whole[1] + int(c)]
        rows.append(
            [n, day, KINDS.get(kind, text(kind)), memo, *_named(chart[account]), _some(int(d)), _some(int(c))]
        )
    total: list[Cell] = [None, None, TOTAL, None, None, None, Amount(whole[0]), Amount(whole[1])]
    return Statement(T("序时账", "Journal of vouchers"), asked.period, columns, rows, [total])


def _some(cents: int) -> Amount | None:
    return Amount(cents) if cents else None


Over = Literal["day", "year"]
STATEMENTS: Mapping[str, tuple[Callable[[Asked], Statement], T, Over]] = {
    "journal": (journal, T("序时账", "Journal"), "year"),
    "trial": (trial, T("科目余额", "Trial balance"), "day"),
    "sheet": (sheet, T("资产负债", "Balance sheet"), "year"),
    "flow": (flow, T("收支", "In and out"), "year"),
    "households": (households, T("分户账", "Homes"), "year"),
    "receivables": (receivables, T("应收", "Receivable"), "day"),
    "renewal": (renewal, T("续交", "Renewal"), "day"),
    "titles": (titles, T("权属", "Titles"), "day"),
}
"""The statements by the word in their address: what makes each, its tab, and whether it is of a day or of a year."""


def days_of(over: Over, year: int, day: date, today: date) -> tuple[str, str]:
    """The first and the last day: of the year up to the day, or of the whole year, the present one up to today."""
    if over == "day":
        return date(day.year, 1, 1).isoformat(), day.isoformat()
    last = min(date(year, 12, 31), max(today, date(year, 1, 1)))
    return date(year, 1, 1).isoformat(), last.isoformat()
