"""A year of property service: for everybody what was planned and what was posted, for those who run it who still owes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from linli.cases.models import Case
from linli.cases.reading import facts_of
from linli.faces.web.parts import Column, Next, Row, Table
from linli.faces.web.reader import actor_of
from linli.faces.web.staff.desk import around
from linli.funds import reading
from linli.programmes.maintenance_fund import words as w
from linli.programmes.maintenance_fund.pages import staffdoor, staffsteps
from linli.programmes.maintenance_fund.pages.owner_money import named
from linli.programmes.maintenance_fund.pages.vote import seats
from linli.programmes.maintenance_fund.year import SERVICE_YEAR, SOURCES
from linli.rules.books.chart import BANK, COMMON_INCOME, FEES, SERVICE_SPENT, SHARED_INCOME
from linli.rules.books.voucher import KINDS
from linli.rules.fields import Choice
from linli.rules.money import yuan
from linli.rules.registry import installed
from linli.rules.text import T
from linli.territory.regions import path_title, place_title

OWING = 200
"""So many homes that owe are listed; how many there are in all is said."""
_SOURCE = Choice("source", T("来源", "Source"), SOURCES)
SUMS = (
    ("fees", T("业主交费", "Owners’ fees")),
    ("common", T("公共收益", "Common areas")),
    ("shared", T("共享资源", "Shared resources")),
    ("costs", T("支出", "Spent")),
    ("left", T("结余", "Left")),
)


def posted_years(community: str) -> list[Case]:
    """The years of a community that are running or closed, the latest first."""
    rows = Case.objects.filter(type=SERVICE_YEAR.key, community=community).exclude(state="planned")
    return list(rows.order_by("-opened"))


def year(request: HttpRequest, case: UUID) -> HttpResponse:
    """What was planned, and the figures as often as they were posted; no home is in it."""
    found = Case.objects.filter(id=case, type=SERVICE_YEAR.key).exclude(state="planned").first()
    if found is None:
        raise Http404
    context = {**_about(found), "community": place_title(found.community), "here": "fund"}
    return render(request, "maintenance_fund/public/year.html", context)


def _about(case: Case) -> dict[str, Any]:
    facts = facts_of(case)
    return {
        "case": case,
        "state": installed[case.type].states[case.state],
        "place": path_title(case.place),
        "facts": facts,
        "fee": yuan(int(facts["fee"])),
        "planned": _planned(facts),
        "posted": _posted(facts),
        "where": facts.get("posted", ""),
    }


def _planned(facts: Mapping[str, Any]) -> list[tuple[T, str, str]]:
    """The budget line by line as kind, for what, yuan; and its sums where it was adopted."""
    other = [(_SOURCE.title_of(r["source"]), r) for r in facts.get("other_income") or ()]
    costs = [(SUMS[3][1], r) for r in facts.get("costs") or ()]
    found = [(title, str(r["about"]), yuan(int(r["amount"]))) for title, r in (*other, *costs)]
    if "planned_fees" not in facts:
        return found
    fees, left = yuan(int(facts["planned_fees"])), yuan(int(facts["planned_left"]))
    return [(SUMS[0][1], "", fees), *found, (T("预计结余", "Expected to be left"), "", left)]


def _posted(facts: Mapping[str, Any]) -> Table | None:
    """Income and spending as they were posted, day by day."""
    rows = [
        Row([told["day"], *(yuan(int(told[key])) for key, _ in SUMS)], key=str(told["day"]))
        for told in reversed(facts.get("posted_figures") or ())
    ]
    columns = [Column(T("公布日", "Posted")), *(Column(title, fit="right") for _, title in SUMS)]
    return (
        Table(T("公布的收支（元）", "Income and spending as posted (yuan)"), columns, rows) if rows else None
    )


@dataclass(frozen=True, slots=True)
class Owes:
    """A home that has not paid all of its fee; cents."""

    home: T
    due: str
    paid: str
    owed: str


def arrears(case: UUID) -> tuple[int, int, list[Owes]]:
    """How many homes owe a fee, how much in all (cents), and the first of them."""
    found = [s for s in seats(case, w.DUE.key)[w.DUE.key] if s.measures["paid"] < s.measures["due"]]
    names = named([s.head for s in found[:OWING]])
    owed = sum(s.measures["due"] - s.measures["paid"] for s in found)
    lines = [
        Owes(
            names[s.head],
            yuan(s.measures["due"]),
            yuan(s.measures["paid"]),
            yuan(s.measures["due"] - s.measures["paid"]),
        )
        for s in sorted(found[:OWING], key=lambda s: s.head)
    ]
    return len(found), owed, lines


@staffdoor.money_only
def run(request: HttpRequest, case: UUID) -> HttpResponse:
    """The year for those who run it: what stands in its book, who owes, what comes next."""
    actor = actor_of(request)
    found = staffdoor.seen(actor, SERVICE_YEAR.key).filter(id=case).first()
    if found is None:
        raise Http404
    able = staffsteps.able(request, found, staffdoor.now())
    n, owed, lines = arrears(found.id)
    context = {
        **_about(found),
        **around(actor),
        "here": "staff-fund",
        "nexts": [Next(a.title, staffsteps.link(found, a.key)) for a in able.values()],
        "sums": _sums(found.id),
        "owing": n,
        "owed": yuan(owed),
        "lines": lines,
        "vouchers": _vouchers(found.id),
        "story": reverse("case", args=[found.id]),
    }
    return render(request, "maintenance_fund/staff/year.html", context)


def _sums(book: UUID) -> list[tuple[T, str]]:
    """What the book says now."""
    balances = reading.balances_of(book)
    totals: dict[str, int] = {}
    for (account, _), cents in balances.items():
        totals[account] = totals.get(account, 0) + cents
    accounts = ((FEES, -1), (COMMON_INCOME, -1), (SHARED_INCOME, -1), (SERVICE_SPENT, 1))
    titles = [title for _, title in SUMS[:4]]
    told = [
        (title, yuan(sign * totals.get(code, 0)))
        for title, (code, sign) in zip(titles, accounts, strict=True)
    ]
    return [*told, (T("银行存款", "At the bank"), yuan(totals.get(BANK, 0)))]


def _vouchers(book: UUID) -> Table | None:
    rows = [
        Row([v.number, v.day, KINDS[v.kind], yuan(v.cents), v.memo], key=str(v.number))
        for v in reading.vouchers_in(book)
    ]
    columns = [
        Column(T("凭证", "Voucher")), Column(T("日期", "Day")), Column(T("种类", "Kind")),
        Column(T("金额（元）", "Amount (yuan)"), fit="right"), Column(T("摘要", "Memo")),
    ]  # fmt: skip
    return Table(T("凭证一览", "Vouchers, the latest first"), columns, rows) if rows else None


urls: list[URLPattern] = [
    path("fund/year/<uuid:case>/", year, name="fund-year"),
    path("staff/fund/year/<uuid:case>/", run, name="staff-fund-year"),
]
