"""One account: its sums and the equation that they have to satisfy, its vouchers, and its statements as pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html

from linli.cases.ledger import Amount
from linli.cases.models import Case
from linli.cases.titles import title_of
from linli.faces.web.parts import Column, Pager
from linli.faces.web.reader import actor_of, words
from linli.funds.reading import PAGE, book_row, vouchers_in
from linli.programmes.maintenance_fund.pages import booksaccounts, staffdoor, staffsteps
from linli.programmes.maintenance_fund.pages.booksstatements import (
    STATEMENTS,
    Asked,
    Cell,
    Statement,
    days_of,
)
from linli.programmes.maintenance_fund.pages.staffmoney import vouchers
from linli.rules.money import yuan
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.worktime import civil_day

ROWS = 100
SEARCHED = ("households", "receivables", "renewal", "titles")
"""The statements whose rows are homes: a home is found by its door, which is posted."""


def tabs(case: Case, here: str) -> list[tuple[T, str, bool]]:
    """What can be looked at in an account: words, address, whether one is there."""
    own: list[tuple[str, T, str]] = [
        ("vouchers", T("凭证", "Vouchers"), reverse("staff-fund-account", args=[case.id]))
    ]
    own += [(k, t, reverse("staff-fund-statement", args=[case.id, k])) for k, (_, t, _) in STATEMENTS.items()]
    own.append(("bank", T("对账", "Bank"), reverse("staff-fund-bank", args=[case.id])))
    own.append(("verify", T("核验", "Check"), reverse("staff-fund-verify", args=[case.id])))
    return [(title, url, key == here) for key, title, url in own]


def head(request: HttpRequest, case: Case, here: str, **more: Any) -> dict[str, Any]:
    """What every page of an account shows around its own part."""
    shared = {
        "case": case,
        "title": title_of(case),
        "state": installed[case.type].states[case.state],
        "tabs": tabs(case, here),
        "story": staffsteps.link(case),
        "tab": here,
    }
    return staffdoor.context(request, **{**shared, **more})


@staffdoor.money_only
def account(request: HttpRequest, account: UUID) -> HttpResponse:
    """An account with its newest vouchers. Raises: Http404 where there is none that the reader sees."""
    case, at = staffdoor.account_of(request, account), staffdoor.now()
    given = request.GET.get("before", "")
    rows = vouchers_in(case.id, before=int(given) if given.isdecimal() else None, rows=PAGE + 1)
    book = book_row(case.id)
    own = reverse("staff-fund-account", args=[case.id])
    pager = Pager(
        T("共 {n} 张", "{n} in all").format(n=f"{book.last if book else 0:,}"),
        first=own if given else "",
        next=f"{own}?before={rows[PAGE - 1].number}#vouchers" if len(rows) > PAGE else "",
    )
    context = {
        **booksaccounts.summary(case, at),
        "facts": booksaccounts.about(case),
        "nexts": staffsteps.nexts(case, {}, staffsteps.able(request, case, at)),
        "vouchers": vouchers(rows[:PAGE]) if rows else None,
        "pager": pager,
    }
    return render(request, "maintenance_fund/staff/account.html", head(request, case, "vouchers", **context))


def asked_for(request: HttpRequest, case: Case, what: str) -> tuple[Asked, int, date]:
    """What a statement’s address asks for, and its year and day: without any, the present ones."""
    today = civil_day(staffdoor.now())
    year, day = _year(request.GET.get("year", ""), today), _day(request.GET.get("day", ""), today)
    first, last = days_of(STATEMENTS[what][2], year, day, today)
    names = staffdoor.holds(actor_of(request), case, *staffdoor.OWNERS_READ)
    return Asked(case.id, first, last, booksaccounts.renewal(case, today), names), year, day


def _year(said: str, today: date) -> int:
    return (
        int(said) if said.isascii() and said.isdecimal() and 1990 <= int(said) <= today.year else today.year
    )


def _day(said: str, today: date) -> date:
    try:
        return min(date.fromisoformat(said), today)
    except ValueError:
        return today


@staffdoor.money_only
def statement(request: HttpRequest, account: UUID, what: str) -> HttpResponse:
    """A statement as a page, a hundred rows at a time, its sums always of all. Raises: Http404 for an unknown one."""
    case = staffdoor.account_of(request, account)
    if what not in STATEMENTS:
        raise Http404
    asked, year, day = asked_for(request, case, what)
    make, _, over = STATEMENTS[what]
    made = make(asked)
    own = reverse("staff-fund-statement", args=[case.id, what])
    query = urlencode({"day": day.isoformat()} if over == "day" else {"year": year})
    start = _start(request.GET.get("from", ""), len(made.rows))
    context = {
        "made": made,
        "table": shown(made, start),
        "pager": _pager(made, start, f"{own}?{query}"),
        "over": over,
        "year": year,
        "day": day.isoformat(),
        "years": range(civil_day(staffdoor.now()).year, civil_day(case.opened).year - 1, -1),
        "files": _files(case, what, query),
        "searched": what in SEARCHED,
        "heading": made.title,
    }
    return render(request, "maintenance_fund/staff/statement.html", head(request, case, what, **context))


def _start(said: str, rows: int) -> int:
    return int(said) if said.isascii() and said.isdecimal() and int(said) < rows else 0


def _pager(made: Statement, start: int, own: str) -> Pager | None:
    n, after = len(made.rows), start + ROWS
    if n <= ROWS:
        return None
    says = T(
        f"第 {start + 1:,}–{min(after, n):,} 行，共 {n:,} 行",
        f"Rows {start + 1:,}–{min(after, n):,} of {n:,}",
    )
    back = f"{own}&from={max(0, start - ROWS)}" if start else ""
    return Pager(
        says, first=own if start else "", previous=back, next=f"{own}&from={after}" if after < n else ""
    )


def _files(case: Case, what: str, query: str) -> list[tuple[str, str]]:
    made = [
        (word, f"{reverse('staff-fund-file', args=[case.id, what, ending])}?{query}")
        for word, ending in (("Excel", "xlsx"), ("PDF", "pdf"))
    ]
    if what == "journal":
        made.append(("beancount", reverse("staff-fund-beancount", args=[case.id])))
    return made


@dataclass(frozen=True, slots=True)
class Shown:
    """A table with sums under it, for staff/sheet.html."""

    caption: T
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    totals: Sequence[Sequence[Any]] = ()


def shown(made: Statement, start: int = 0) -> Shown:
    """A part of a statement as a table of a page, with all of its sums."""
    columns = [Column(c.title, fit=_fit(c.kind)) for c in made.columns]
    rows = [_cells(made, n) for n in range(start, min(start + ROWS, len(made.rows)))]
    return Shown(made.title, columns, rows, [[written(v) for v in row] for row in made.totals])


def _fit(kind: str) -> Any:
    return "right" if kind in ("money", "metres", "number") else "much" if kind == "long" else "keep"


def _cells(made: Statement, n: int) -> list[Any]:
    """The cells of a row; a home is a button that posts its door."""
    cells = [written(v) for v in made.rows[n]]
    if n in made.heads:
        cells[1] = format_html("<b>{}</b>", _said(made.rows[n][1]))
    if made.doors:
        cells[0] = format_html(
            '<button class="door-button" name="door" value="{}">{}</button>',
            made.doors[n],
            _said(made.rows[n][0]),
        )
    return cells


def _said(value: Cell) -> str:
    return words(value) if isinstance(value, T) else str(value)


def written(value: Cell) -> Any:
    """A cell of a page: an amount or an area with thousands separators and two decimals."""
    return yuan(value.cents) if isinstance(value, Amount) else value


urls = [
    path("staff/fund/account/<uuid:account>/", account, name="staff-fund-account"),
    path("staff/fund/account/<uuid:account>/book/<slug:what>/", statement, name="staff-fund-statement"),
]
