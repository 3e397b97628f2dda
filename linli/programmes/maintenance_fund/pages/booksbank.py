"""The bank’s statement against the book: a file or pasted lines, what matches, what only one has, and the form that enters it."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from linli.cases.models import Case
from linli.faces.web import asking
from linli.faces.web.parts import Column
from linli.forms import sheet
from linli.forms.columns import raw
from linli.funds.reading import movements
from linli.funds.reconcile import Line, Reconciliation, reconcile
from linli.programmes.maintenance_fund.pages import staffdoor, staffsteps
from linli.programmes.maintenance_fund.pages.books import Shown, head
from linli.programmes.maintenance_fund.pages.staffmoney import number
from linli.rules.books.chart import BANK
from linli.rules.fields import Day, Invalid
from linli.rules.money import Money, yuan
from linli.rules.text import T

MOST_BYTES, MOST_LINES, MOST_WRONG = 10_000_000, 20_000, 20
TITLES: Mapping[str, tuple[str, ...]] = {
    "day": ("日期", "交易日期", "记账日期", "入账日期", "day", "date"),
    "cents": ("金额", "发生额", "交易金额", "amount"),
    "in": ("收入", "收入金额", "贷方", "贷方金额", "贷方发生额", "存入", "credit", "in"),
    "out": ("支出", "支出金额", "借方", "借方金额", "借方发生额", "支取", "debit", "out"),
    "name": ("流水号", "交易流水号", "银行流水号", "凭证号", "摘要", "附言", "ref", "reference", "memo"),
    "balance": ("余额", "账户余额", "balance"),
}
"""By which titles a column is known; the first that a file has is taken."""
TOO_LARGE = T(
    "文件超过 10 MB，请只导出要对账的月份", "The file is larger than 10 MB; export the months in question"
)
NO_COLUMNS = T(
    "要有“日期”列，以及“金额”列或“收入”“支出”两列",
    "A column “date” is needed, and “amount”, or “credit” and “debit”",
)
TOO_MANY = T(f"超过 {MOST_LINES:,} 行，请分月对账", f"More than {MOST_LINES:,} lines; compare month by month")
DAY, AMOUNT = Day("day", T("日期", "Day")), Money("amount", T("金额", "Amount"), at_least=0)
BALANCE = Money(
    "bank_balance", T("对账单期末余额", "Balance at the end of the statement"), at_least=0, required=False
)
UNTIL = Day("bank_day", T("对账单日期", "Day of the statement"), required=False)


@dataclass(slots=True)
class Read:
    """What a statement says: its lines, the last balance, and what of it cannot be used."""

    lines: list[Line] = field(default_factory=list)
    balance: int | None = None
    wrong: list[T] = field(default_factory=list)


@staffdoor.money_only
def bank(request: HttpRequest, account: UUID) -> HttpResponse:
    """The page; a statement that is sent is compared and not kept."""
    case = staffdoor.account_of(request, account)
    given = {k: asking.typed(request.POST, k) for k in (UNTIL.key, BALANCE.key, "lines")}
    read = _read(request) if request.method == "POST" else Read()
    context: dict[str, Any] = {
        "given": given,
        "wrong": read.wrong,
        "heading": T("与银行对账", "Against the bank"),
    }
    if request.method == "POST" and not read.wrong:
        context |= _compared(request, case, read, given)
    inputs = asking.inputs((UNTIL, BALANCE), {**given, **context.get("known", {})}, context.get("faults", {}))
    page = head(request, case, "bank", **{**context, "inputs": inputs})
    status = 422 if read.wrong or context.get("faults") else 200
    return render(request, "maintenance_fund/staff/bank.html", page, status=status)


def _read(request: HttpRequest) -> Read:
    """The file that was sent, else the lines that were pasted."""
    file = request.FILES.get("file")
    if file is not None:
        if (file.size or 0) > MOST_BYTES:
            return Read(wrong=[TOO_LARGE])
        return parsed(file.read(), Path(file.name or "").suffix.lower() or ".csv")
    text = request.POST.get("lines", "")
    if not text.strip():
        return Read(
            wrong=[T("请选择对账单文件，或把几行粘贴进来", "Choose the statement’s file, or paste its lines")]
        )
    return parsed(text.encode(), ".csv")


def parsed(content: bytes, suffix: str) -> Read:
    """A statement as lines: its day, what came in (out below zero), what the bank calls it."""
    with tempfile.NamedTemporaryFile(suffix=suffix if suffix.isascii() else "") as kept:
        kept.write(content)
        kept.flush()
        try:
            found = sheet.read(Path(kept.name))
        except sheet.Unusable as error:
            why = str(error).removeprefix(f"{kept.name}: ")
            says = T(
                "这份对账单读不了，请存为 .xlsx 或 .csv 再试（{w}）", "This statement cannot be read: {w}"
            )
            return Read(wrong=[says.format(w=why)])
    at = _columns(found.titles)
    if "day" not in at or not at.keys() & {"cents", "in", "out"}:
        return Read(wrong=[NO_COLUMNS])
    if len(found.rows) > MOST_LINES:
        return Read(wrong=[TOO_MANY])
    return _lines(found, at)


def _columns(titles: Sequence[str]) -> dict[str, int]:
    known = [t.replace(" ", "").partition("（")[0].partition("(")[0].lower() for t in titles]
    found = {key: next((known.index(n) for n in names if n in known), None) for key, names in TITLES.items()}
    return {key: at for key, at in found.items() if at is not None}


def _lines(found: sheet.Sheet, at: Mapping[str, int]) -> Read:
    read = Read()
    for n, cells in found.rows:
        try:
            day, cents = DAY.clean(raw(cells[at["day"]], DAY, ())), _signed(cells, at)
            if cents:
                read.lines.append(Line(day, cents, str(cells[at["name"]] or "")[:80] if "name" in at else ""))
            if "balance" in at and not sheet.blank(cells[at["balance"]]):
                read.balance = _money(cells[at["balance"]])
        except Invalid as error:
            if len(read.wrong) < MOST_WRONG:
                read.wrong.append(T("第 {n} 行：{w}", "Row {n}: {w}").format(n=n, w=error.text))
    if not read.lines and not read.wrong:
        read.wrong.append(T("对账单里没有一笔收支", "The statement has no line with an amount"))
    return read


def _signed(cells: Sequence[sheet.Cell], at: Mapping[str, int]) -> int:
    """What came in, out below zero."""
    if "cents" in at and not sheet.blank(cells[at["cents"]]):
        return _money(cells[at["cents"]])
    return sum(
        sign * _money(cells[at[key]])
        for key, sign in (("in", 1), ("out", -1))
        if key in at and not sheet.blank(cells[at[key]])
    )


def _money(cell: sheet.Cell) -> int:
    text = str(cell).strip()
    back = text.startswith("-")
    return (-1 if back else 1) * AMOUNT.clean(raw(text.removeprefix("-") if back else cell, AMOUNT, ()))


def _compared(request: HttpRequest, case: Case, read: Read, given: Mapping[str, str]) -> dict[str, Any]:
    """The comparison up to now: what the book has after the statement’s day stands among the differences."""
    until, faults = given[UNTIL.key] or max(line.day for line in read.lines), dict[str, T]()
    if not given[BALANCE.key] and read.balance is None:
        faults[BALANCE.key] = T("请填写期末余额", "Say what the balance is")
        return {"faults": faults, "known": {UNTIL.key: until}}
    try:
        until = UNTIL.clean(until)
        balance = BALANCE.clean(given[BALANCE.key]) if given[BALANCE.key] else int(read.balance or 0)
    except Invalid as error:
        faults[BALANCE.key] = error.text
        return {"faults": faults}
    first = min(line.day for line in read.lines)
    book = movements(case.id, BANK, first=first)
    ours = [Line(m.day, m.cents, str(m.number)) for m in book.rows]
    made = reconcile(read.lines, ours, balance, book.closing)
    return {
        "result": made,
        "known": {UNTIL.key: until, BALANCE.key: balance},
        **_shown(request, case, made, until),
    }


def _shown(request: HttpRequest, case: Case, made: Reconciliation, until: str) -> dict[str, Any]:
    action = staffsteps.able(request, case, staffdoor.now()).get("reconcile")
    rows = differences(made)
    filled = {"bank_day": until, "bank_balance": made.bank_balance, "differences": rows}
    limit = next((f.at_most for f in action.asks if f.key == "differences"), 0) if action else 0  # type: ignore[attr-defined]
    return {
        "pairs": _pairs(made),
        "bank_only": _only(T("只在银行的", "At the bank alone"), made.bank_only),
        "book_only": _only(T("只在账上的", "In the book alone"), made.book_only),
        "sums": [
            (T("银行余额", "The bank’s balance"), yuan(made.bank_balance)),
            (T("账面余额", "The book’s balance"), yuan(made.book_balance)),
            (T("列出的差异合计", "Differences listed"), yuan(made.bank_balance - made.book_balance - made.unexplained)),
            (T("还说不清的", "Not explained"), yuan(made.unexplained)),
        ],
        "proved": made.proved,
        "step": staffsteps.form(case, action, filled) if action and made.proved and len(rows) <= limit else None,
    }  # fmt: skip


def differences(made: Reconciliation) -> list[dict[str, Any]]:
    """The differences as rows of the form: which, how much, which side has more."""
    found = [(f"{x.day} {x.name}", x.cents) for x in made.bank_only]
    found += [(f"{x.day} 凭证 {x.name}", -x.cents) for x in made.book_only]
    return [
        {"about": about[:120], "amount": abs(cents), "side": "bank_more" if cents > 0 else "book_more"}
        for about, cents in found
    ]


def _pairs(made: Reconciliation) -> Shown:
    columns = [
        Column(T("银行日期", "Bank’s day"), fit="keep"), Column(T("银行流水", "Bank’s reference"), fit="much"),
        Column(T("账上日期", "Book’s day"), fit="keep"), Column(T("凭证", "Voucher"), fit="keep"),
        Column(T("金额（元）", "Amount (¥)"), fit="right"),
    ]  # fmt: skip
    rows = [
        (p.bank.day, p.bank.name, p.book.day, number(int(p.book.name)), yuan(p.bank.cents))
        for p in made.pairs
    ]
    return Shown(T("对上的", "Matched"), columns, rows)


def _only(title: T, lines: Sequence[Line]) -> Shown:
    columns = [
        Column(T("日期", "Day"), fit="keep"), Column(T("流水号或凭证号", "Reference or voucher"), fit="much"),
        Column(T("金额（元）", "Amount (¥)"), fit="right"),
    ]  # fmt: skip
    total = (T("合计", "Total"), None, yuan(sum(x.cents for x in lines)))
    return Shown(title, columns, [(x.day, x.name, yuan(x.cents)) for x in lines], [total] if lines else ())


urls = [path("staff/fund/account/<uuid:account>/bank/", bank, name="staff-fund-bank")]
