"""One home’s account: found by its door, which is posted and stands in no address; its titles, its movements, what it owes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from linli.cases.models import Case
from linli.faces.web.parts import Column
from linli.faces.web.reader import actor_of
from linli.funds.reading import Movement, Movements, TitleRow, movements, titles_of_unit, titles_on
from linli.people.persons import masked
from linli.programmes.maintenance_fund.pages import staffdoor
from linli.programmes.maintenance_fund.pages.books import Shown, head
from linli.programmes.maintenance_fund.pages.staffvote import STATUSES, metres, owners
from linli.programmes.maintenance_fund.pages.staffwords import doors, text
from linli.rules.books.chart import CHARTS, DEVELOPER, FUND, HOMES, PUBLIC_HOMES, RECEIVABLE
from linli.rules.books.voucher import KINDS
from linli.rules.money import yuan
from linli.rules.place import Level
from linli.rules.text import T
from linli.rules.worktime import civil_day

FOUND = 40
"""So many doors are offered where what was typed fits several."""
UNTIL_NOW = T("至今", "until now")


@require_http_methods(["GET", "POST"])
@staffdoor.money_only
def door(request: HttpRequest, account: UUID) -> HttpResponse:
    """The account of the home whose door was posted; the doors that fit, where there are several."""
    case = staffdoor.account_of(request, account)
    said = request.POST.get("door", "").strip()[:40]
    if request.method != "POST" or not said:
        return redirect("staff-fund-statement", case.id, "households")
    today = civil_day(staffdoor.now())
    fit = matching(case, said, today)
    named = doors(fit)
    context: dict[str, Any] = {
        "said": said,
        "found": [(u, named(u)) for u in fit[:FOUND]],
        "more": len(fit) > FOUND,
    }
    if len(fit) == 1:
        context |= {"heading": named(fit[0]), **_home(request, case, fit[0], today)}
    return render(request, "maintenance_fund/staff/door.html", head(request, case, "households", **context))


def matching(case: Case, said: str, day: date) -> list[str]:
    """The homes that what was typed can mean: the whole code, building-entrance-door, or the end of it."""
    typed = said.upper().replace(" ", "-").replace("—", "-")
    if said == DEVELOPER:
        return [DEVELOPER]
    known = [t.unit for t in titles_on(case.id, day.isoformat())]
    community = case.place[: Level.COMMUNITY]
    exact = [u for u in known if u in (typed, f"{community}{typed}")]
    return exact or [u for u in known if u.endswith(f"-{typed.removeprefix('-')}")]


def _home(request: HttpRequest, case: Case, unit: str, today: date) -> dict[str, Any]:
    reads = staffdoor.holds(actor_of(request), case, *staffdoor.OWNERS_READ)
    kept = [(a, movements(case.id, a, unit)) for a in (HOMES, PUBLIC_HOMES, RECEIVABLE)]
    chart = CHARTS[FUND]
    return {
        "titles": _titles(titles_of_unit(case.id, unit), reads),
        "books": [(chart[a].title, _moved(found, chart[a].side)) for a, found in kept if found.rows],
    }


def _moved(found: Movements, side: int) -> Shown:
    """The movements of an account, what stands on it above zero."""
    columns = [
        Column(T("日期", "Day"), fit="keep"),
        Column(T("凭证", "Voucher"), fit="keep"),
        Column(T("种类", "Kind"), fit="keep"),
        Column(T("摘要", "Memo"), fit="much"),
        Column(T("增加（元）", "More (¥)"), fit="right"),
        Column(T("减少（元）", "Less (¥)"), fit="right"),
        Column(T("余额（元）", "Balance (¥)"), fit="right"),
    ]
    total = (T("期末", "Closing"), None, None, None, *_sums(found.rows, side), yuan(found.closing * side))
    return Shown(T("明细", "Movements"), columns, [_movement(m, side) for m in found.rows], [total])


def _movement(m: Movement, side: int) -> tuple[Any, ...]:
    cents = m.cents * side
    more, less = (yuan(cents), None) if cents > 0 else (None, yuan(-cents))
    return m.day, m.number, KINDS.get(m.kind, text(m.kind)), m.memo, more, less, yuan(m.balance * side)


def _sums(rows: Sequence[Movement], side: int) -> tuple[str, str]:
    cents = [m.cents * side for m in rows]
    return yuan(sum(c for c in cents if c > 0)), yuan(-sum(c for c in cents if c < 0))


def _titles(rows: Sequence[TitleRow], reads: bool) -> Shown | None:
    if not rows:
        return None
    ids = {o for r in rows for o in r.title.owners if len(o) == 36}
    people = {str(i): m.name for i, m in masked(UUID(o) for o in ids).items()} if reads else None
    columns = [
        Column(T("从", "From"), fit="keep"),
        Column(T("到", "To"), fit="keep"),
        Column(T("业主", "Owners"), fit="much"),
        Column(T("状态", "Status"), fit="keep"),
        Column(T("面积（平方米）", "Area (m²)"), fit="right"),
    ]
    lines = [
        (
            r.title.since,
            r.until or UNTIL_NOW,
            owners(r.title.status, r.title.owners, people),
            STATUSES.get(r.title.status, text(r.title.status)),
            metres(r.title.area),
        )
        for r in rows
    ]
    return Shown(T("权属", "Titles"), columns, lines)


urls = [path("staff/fund/account/<uuid:account>/door/", door, name="staff-fund-door")]
