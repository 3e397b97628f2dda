"""The statements of an account as spreadsheets and on paper, and the book as the text of another program."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from linli.cases.ledger import Amount
from linli.cases.models import Case
from linli.cases.titles import title_of
from linli.faces.sheets.book import Head
from linli.faces.sheets.cells import Cell as SheetCell
from linli.faces.sheets.cells import china
from linli.faces.sheets.sending import sent
from linli.faces.web.paper.pdf import pdf
from linli.funds.accounts import accounts
from linli.funds.beancount import export
from linli.programmes.maintenance_fund.pages import staffdoor
from linli.programmes.maintenance_fund.pages.books import asked_for
from linli.programmes.maintenance_fund.pages.bookspaper import Paper, leaves
from linli.programmes.maintenance_fund.pages.booksstatements import STATEMENTS, Cell, Statement
from linli.rules.books.voucher import voucher_of
from linli.rules.text import T

_KINDS = {"money": "money", "metres": "money", "number": "number", "day": "day"}


@require_safe
@staffdoor.money_only
def statement_file(request: HttpRequest, account: UUID, what: str, ending: str) -> HttpResponseBase:
    """A statement as .xlsx or .pdf. Raises: Http404 for an unknown one."""
    case = staffdoor.account_of(request, account)
    if what not in STATEMENTS or ending not in ("xlsx", "pdf"):
        raise Http404
    made = STATEMENTS[what][0](asked_for(request, case, what)[0])
    return _sheet(case, made) if ending == "xlsx" else _paper(case, made)


def _sheet(case: Case, made: Statement) -> HttpResponseBase:
    lang, at = get_language() or "zh", staffdoor.now()
    heads = [Head(c.title.in_(lang), _KINDS.get(c.kind, "text")) for c in made.columns]
    rows = ([cell(v, lang) for v in row] for row in (*made.rows, *made.totals))
    return sent(made.title, heads, rows, _about(case, made, lang, at), lang, at)


def cell(value: Cell, lang: str) -> SheetCell:
    """A cell of a spreadsheet: an amount is a number of yuan, an area one of m², exact to the second decimal."""
    if isinstance(value, Amount):
        return Decimal(value.cents).scaleb(-2)
    return value.in_(lang) if isinstance(value, T) else value


def _about(case: Case, made: Statement, lang: str, at: int) -> Iterator[tuple[str, SheetCell]]:
    said: list[tuple[T, T | SheetCell]] = [
        (T("账户", "Account"), title_of(case)),
        (T("编号", "Number"), case.number),
        (T("期间", "Period"), made.period),
        (T("行数", "Lines"), len(made.rows)),
        (T("核对", "Check"), made.differs or made.agrees),
        (T("制表时间（中国时间）", "Made (time in China)"), china(at)),
    ]
    for title, value in said:
        if value is not None:
            yield title.in_(lang), value.in_(lang) if isinstance(value, T) else value


def _paper(case: Case, made: Statement) -> HttpResponse:
    lang, at = get_language() or "zh", staffdoor.now()
    paper = Paper(title_of(case), case.number, f"{china(at):%Y-%m-%d %H:%M}", lang)
    return _file(pdf(*leaves(made, paper)), f"{made.title.in_(lang)}-{case.number}.pdf", "application/pdf")


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer["Cache-Control"] = "no-store, private"
    return answer


@require_safe
@staffdoor.money_only
def beancount(request: HttpRequest, account: UUID) -> HttpResponse:
    """The whole book for beancount, whose own check then confirms it."""
    case = staffdoor.account_of(request, account)
    found = accounts(case.id)
    if found is None:
        raise Http404
    vouchers = [(int(x["number"]), voucher_of(x)) for x in found.lines if "legs" in x]
    content = export(f"{case.title} {case.number}", found.chart, vouchers)
    return _file(content.encode(), f"{case.number}.beancount", "text/plain; charset=utf-8")


urls = [
    path(
        "staff/fund/account/<uuid:account>/book/<str:what>.<str:ending>",
        statement_file,
        name="staff-fund-file",
    ),
    path("staff/fund/account/<uuid:account>/book.beancount", beancount, name="staff-fund-beancount"),
]
