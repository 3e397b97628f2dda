"""The accounts of a reader's region as lines, and one account in a few sums that have to agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from linli.cases.models import Case
from linli.cases.reading import facts_of
from linli.cases.titles import title_of
from linli.faces.web.parts import Column, Figure, Pager, Row, Table
from linli.funds.models import Balance, Title
from linli.funds.reading import balances_of
from linli.funds.statements import to_renew
from linli.programmes.maintenance_fund.account import ACCOUNT
from linli.programmes.maintenance_fund.pages import staffdoor
from linli.programmes.maintenance_fund.pages.staffwords import community, text
from linli.rules.actor import Actor
from linli.rules.books.chart import (
    BANK,
    BONDS,
    CHARTS,
    DUE_ON_LOSS,
    FUND,
    HOMES,
    PUBLIC_HOMES,
    RECEIVABLE,
    UNDISTRIBUTED,
)
from linli.rules.money import yuan
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.worktime import civil_day

ROWS = 20
NEVER = T("还没有对过账", "Never")
FLOWS = T("未结转的收支", "Income and spending not carried over yet")


def page(request: HttpRequest, actor: Actor, at: int) -> dict[str, object]:
    """A page of the accounts that he sees: their table, how many there are, and the ways on."""
    found = staffdoor.seen(actor, ACCOUNT.key).filter(state="open").order_by("place", "number")
    said, whole = request.GET.get("from", ""), found.count()
    start = int(said) if said.isdecimal() and int(said) < whole else 0
    some = list(found[start : start + ROWS])
    says = T("共 {n} 个", "{n} in all").format(n=f"{whole:,}")
    before, after = max(0, start - ROWS), start + ROWS
    pager = Pager(
        says,
        previous=f"?from={before}#accounts" if start else "",
        next=f"?from={after}#accounts" if after < whole else "",
    )
    return {
        "accounts": table(some, civil_day(at)) if some else None,
        "pager": pager if whole > ROWS else None,
    }


def table(cases: Sequence[Case], day: date) -> Table:
    """Accounts line by line, each figure the way to what it counts."""
    ids = [c.id for c in cases]
    sums = _sums(ids)
    homes = dict(Title.objects.filter(book__in=ids, until=None).values_list("book").annotate(n=Count("id")))
    columns = [
        Column(T("账户（项目）", "Account (project)"), fit="much"),
        Column(T("社区", "Community"), fit="keep"),
        Column(T("专户存款（元）", "At the bank (¥)"), fit="right"),
        Column(T("户数", "Homes"), fit="right"),
        Column(T("最近对账", "Reconciled"), fit="keep"),
        Column(T("该续交的户", "To be renewed"), fit="right"),
        Column(T("应收（元）", "Receivable (¥)"), fit="right"),
    ]
    rows = [
        Row(
            (
                title_of(c),
                community(c),
                _way(c, "trial", yuan(sums.get((c.id, BANK), 0))),
                _way(c, "titles", f"{homes.get(c.id, 0):,}"),
                facts_of(c).get("reconciled_on") or NEVER,
                _way(c, "renewal", f"{len(to_renew(c.id, day.isoformat(), renewal(c, day))):,}"),
                _way(c, "receivables", yuan(sums.get((c.id, RECEIVABLE), 0))),
            ),
            url=reverse("staff-fund-account", args=[c.id]),
        )
        for c in cases
    ]
    return Table(T("账户一览", "Accounts of the region"), columns, rows)


def _way(case: Case, what: str, said: str) -> SafeString:
    """A figure as the way to what it counts."""
    return format_html('<a class="number" href="{}">{}</a>', _to(case, what), said)


def _sums(ids: Iterable[UUID]) -> dict[tuple[UUID, str], int]:
    rows = Balance.objects.filter(book__in=list(ids), account__in=(BANK, RECEIVABLE))
    return {(b, a): int(n) for b, a, n in rows.values_list("book", "account").annotate(n=Sum("cents"))}


def renewal(case: Case, day: date) -> tuple[int, int]:
    """Below which part of the first deposit an account is to be renewed, by the rule of the day and the place."""
    part, whole = installed[case.type].parameters.value("renewal_below", day, case.place)
    return int(part), int(whole)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the equation: its parts (title, how many holders, amount) and their sum, written."""

    parts: list[tuple[T, int, str]]
    total: str


@dataclass(frozen=True, slots=True)
class Control:
    """What the book has, and whose it is: two sums that are equal in sound books."""

    has: Side
    whose: Side
    equal: bool


def control(stands: Mapping[tuple[str, str], int]) -> Control:
    """The equation of a book from its balances."""
    chart = CHARTS[FUND]
    has = [(chart[a].title, 0, _total(stands, a)) for a in (BANK, BONDS, RECEIVABLE)]
    whose = [
        (chart[a].title, _holders(stands, a), -_total(stands, a))
        for a in (HOMES, PUBLIC_HOMES, UNDISTRIBUTED, DUE_ON_LOSS)
    ]
    flows = -sum(cents for (account, _), cents in stands.items() if account[0] in "45")
    whose += [(FLOWS, 0, flows)] if flows else []
    left, right = sum(c for *_, c in has), sum(c for *_, c in whose)
    return Control(_side(has, left), _side(whose, right), left == right)


def _side(parts: Sequence[tuple[T, int, int]], total: int) -> Side:
    return Side([(t, n, yuan(c)) for t, n, c in parts if c or n], yuan(total))


def _total(stands: Mapping[tuple[str, str], int], account: str) -> int:
    return sum(cents for (code, _), cents in stands.items() if code == account)


def _holders(stands: Mapping[tuple[str, str], int], account: str) -> int:
    return sum(code == account and bool(holder) for code, holder in stands)


def summary(case: Case, at: int) -> dict[str, Any]:
    """The sums at the head of an account’s page, and the equation."""
    stands, day = balances_of(case.id), civil_day(at)
    low = len(to_renew(case.id, day.isoformat(), renewal(case, day)))
    owing = sum(code == RECEIVABLE and cents > 0 for (code, _), cents in stands.items())
    own = _total(stands, HOMES) + _total(stands, PUBLIC_HOMES)
    yuan_ = T("元", "yuan")
    figures = [
        Figure(T("专户存款", "At the bank"), yuan(_total(stands, BANK)), _to(case, "trial"), unit=yuan_),
        Figure(T("各户余额之和", "Sum of the homes"), yuan(-own), _to(case, "households"), unit=yuan_),
        Figure(T("待分配收益", "Undistributed gains"), yuan(-_total(stands, UNDISTRIBUTED)), _to(case, "sheet"), unit=yuan_),
        Figure(T("应收分摊款", "Shares receivable"), yuan(_total(stands, RECEIVABLE)), _to(case, "receivables"), unit=yuan_,
               how=T(f"{owing} 户（方）欠", f"owed by {owing}")),
        Figure(T("该续交", "To be renewed"), f"{low:,}", _to(case, "renewal"), unit=T("户", "homes"), tone="soon" if low else ""),
    ]  # fmt: skip
    return {"figures": figures, "control": control(stands), "reconciled": _reconciled(case)}


def _to(case: Case, what: str) -> str:
    return reverse("staff-fund-statement", args=[case.id, what])


def _reconciled(case: Case) -> tuple[str, str, str] | None:
    """The last reconciliation: the statement’s day, what the book and the bank said."""
    facts = facts_of(case)
    if "reconciled_on" not in facts:
        return None
    bank = facts.get("bank_balance", facts["reconciled_book"])
    return str(facts["reconciled_on"]), yuan(int(facts["reconciled_book"])), yuan(int(bank))


def about(case: Case) -> list[tuple[T, T]]:
    """Where the money lies."""
    facts = facts_of(case)
    return [
        (T("专户银行", "Bank"), text(str(facts.get("bank") or ""))),
        (T("社区", "Community"), community(case)),
        (T("编号", "Number"), text(case.number)),
    ]
