"""One voucher: its legs, the entry that told it, by what authority, and which voucher takes it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from linli.cases.models import Case
from linli.cases.titles import title_of
from linli.faces.web.parts import Column, Moment, Pager
from linli.faces.web.reader import actor_of
from linli.funds.reading import VoucherRow, legs_of, voucher_row
from linli.programmes.maintenance_fund.account import ACCOUNT
from linli.programmes.maintenance_fund.pages import staffdoor
from linli.programmes.maintenance_fund.pages.books import Shown, head
from linli.programmes.maintenance_fund.pages.staffmoney import number, voucher_url
from linli.programmes.maintenance_fund.pages.staffwords import doors, text
from linli.programmes.maintenance_fund.use import USE
from linli.rules.books.chart import CHARTS, FUND
from linli.rules.books.voucher import KINDS, Leg
from linli.rules.money import yuan
from linli.rules.text import T

ROWS = 200
Link = tuple[T | str, str]


@staffdoor.money_only
def voucher(request: HttpRequest, account: UUID, number_: int) -> HttpResponse:
    """A voucher’s page. Raises: Http404 where there is none."""
    case = staffdoor.account_of(request, account)
    found = voucher_row(case.id, number_)
    if found is None:
        raise Http404
    legs = legs_of(found.id)
    said = request.GET.get("from", "")
    start = int(said) if said.isascii() and said.isdecimal() and int(said) < len(legs) else 0
    context = {
        "voucher": found,
        "heading": T("{n}凭证", "Voucher {n}").format(n=number(found.number)),
        "kind": KINDS.get(found.kind, text(found.kind)),
        "facts": _facts(request, found),
        "legs": _legs(legs, start),
        "pager": _pager(len(legs), start),
        "before": voucher_url(case.id, number_ - 1) if number_ > 1 else "",
        "after": voucher_url(case.id, number_ + 1) if voucher_row(case.id, number_ + 1) else "",
    }
    return render(request, "maintenance_fund/staff/voucher.html", head(request, case, "vouchers", **context))


def _facts(request: HttpRequest, v: VoucherRow) -> list[tuple[T, Any, str]]:
    """What is known of a voucher: name, value, and the address to which the value leads."""
    cases = _cases(request, v)
    facts: list[tuple[T, Any, str]] = [
        (T("日期", "Day"), v.day, ""),
        (T("摘要", "Memo"), v.memo or "—", ""),
        (T("金额", "Amount"), T(f"{yuan(v.cents)} 元", f"¥{yuan(v.cents)}"), ""),
        (T("登记于", "Entered"), Moment(v.happened), ""),
        (T("记载它的一步", "Told by the entry"), *_entry(cases.get(v.case), v.seq)),
    ]
    if v.authority:
        facts.append(
            (T("付款依据", "Paid by authority of"), *_authority(cases.get(v.authority), v.authority))
        )
    if v.reverses:
        facts.append((T("冲销的凭证", "Reverses"), number(v.reverses), voucher_url(v.book, v.reverses)))
    if v.reversed_by:
        facts.append(
            (T("已被冲销，见", "Reversed by"), number(v.reversed_by), voucher_url(v.book, v.reversed_by))
        )
    return facts


def _cases(request: HttpRequest, v: VoucherRow) -> dict[UUID, Case]:
    """The cases behind a voucher, as far as the reader sees them."""
    wanted, actor = {v.case, v.authority or v.case}, actor_of(request)
    found = [c for kind in (USE.key, ACCOUNT.key) for c in staffdoor.seen(actor, kind).filter(id__in=wanted)]
    return {c.id: c for c in found}


def _entry(case: Case | None, seq: int) -> Link:
    said = T("第 {n} 步", "entry {n}").format(n=seq)
    if case is None:
        return said, ""
    shown = T("{t} {c} {s}", "{t} {c}, {s}").format(t=title_of(case), c=case.number, s=said)
    return shown, f"{reverse('case', args=[case.id])}#e{seq}"


def _authority(case: Case | None, authority: UUID) -> Link:
    if case is None:
        return str(authority), ""
    route = "staff-fund-use" if case.type == USE.key else "staff-fund-account"
    return T("{t} {c}", "{t} {c}").format(t=title_of(case), c=case.number), reverse(route, args=[case.id])


def _legs(legs: list[Leg], start: int) -> Shown:
    named, chart = doors(leg.holder for leg in legs if leg.holder), CHARTS[FUND]
    columns = [
        Column(T("科目", "Account"), fit="much"),
        Column(T("房屋", "Home"), fit="keep"),
        Column(T("借方（元）", "Debit (¥)"), fit="right"),
        Column(T("贷方（元）", "Credit (¥)"), fit="right"),
    ]
    rows = [
        (
            T("{c} {t}", "{c} {t}").format(c=leg.account, t=chart[leg.account].title),
            named(leg.holder) if leg.holder else None,
            yuan(leg.cents) if leg.cents > 0 else None,
            yuan(-leg.cents) if leg.cents < 0 else None,
        )
        for leg in legs[start : start + ROWS]
    ]
    debit, credit = (sum(s * x.cents for x in legs if s * x.cents > 0) for s in (1, -1))
    total = (T("合计", "Total"), None, yuan(debit), yuan(credit))
    return Shown(T("逐行分录", "Legs, line by line"), columns, rows, [total])


def _pager(n: int, start: int) -> Pager | None:
    if n <= ROWS:
        return None
    says = T(
        f"第 {start + 1:,}–{min(start + ROWS, n):,} 行，共 {n:,} 行",
        f"Rows {start + 1:,}–{min(start + ROWS, n):,} of {n:,}",
    )
    after = start + ROWS
    return Pager(
        says,
        previous=f"?from={max(0, start - ROWS)}" if start else "",
        next=f"?from={after}" if after < n else "",
    )


urls = [
    path("staff/fund/account/<uuid:account>/voucher/<int:number_>/", voucher, name="staff-fund-voucher"),
]
