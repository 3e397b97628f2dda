"""台账: one case type line by line, for a period and a place, with its totals; for the screen, for paper, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from linli.cases import ledger as written
from linli.cases import lists, saved
from linli.cases.ledger import Column, Instant, Totals, Value
from linli.cases.lists import Filters
from linli.cases.models import Case
from linli.faces.web.parts import Chip, Chips, Row, Table
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff import filters
from linli.faces.web.staff.cases import page_at, pager
from linli.faces.web.staff.desk import around, staff_only
from linli.rules.actor import Actor
from linli.rules.definition import Definition
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.worktime import clock_text
from linli.territory.regions import place_title

HERE = "ledger"
ON_PAPER = 1_000
"""So many lines are printed at once."""
TOTALS_TO = 100_000


@staff_only
def ledger(request: HttpRequest) -> HttpResponse:
    """Fifty lines, or as many as paper takes; without an address, this year's lines of the first case type."""
    actor, at = actor_of(request), now()
    own = filters.types_of(actor)
    if not own:
        raise PermissionDenied
    chosen, wrong = filters.read(request)
    if not request.GET or len(chosen.types) != 1:
        return redirect(f"{reverse(HERE)}?{urlencode(_usual(chosen, own[0], request).query())}")
    definition, found = installed[chosen.types[0]], lists.selected(actor, chosen)
    paper = "print" in request.GET
    page = lists.page(found, chosen.by, rows=ON_PAPER) if paper else page_at(request, found, chosen.by)
    known, columns = _columns(actor, definition)
    context = {
        "here": HERE,
        **_choices(actor, chosen),
        "wrong": wrong,
        "definition": definition,
        "table": _table(page.cases, columns, definition, actor, at, paper),
        "totals": _told(written.totals(found, TOTALS_TO)),
        "pager": pager(page, chosen, lists.counted(found)),
        "columns": [(c, c in columns) for c in known],
        "list": HERE,
        "query": filters.address(chosen)[1:],
        "sheet_url": filters.sheet(chosen, columns),
        "paper": paper,
        "paper_url": f"{filters.address(chosen)}&print=1",
        "most": ON_PAPER,
        "cut": paper and bool(page.after),
        "shown": lists.SHOWS[chosen.show],
        "period": filters.days(chosen.opened_from, chosen.opened_to) or T("全部时间", "all time"),
        "place": place_title(chosen.region or lists.home(actor))
        if chosen.region or lists.home(actor)
        else None,
        "made": clock_text(at),
    }
    return render(request, "linli/staff/ledger.html", {**around(actor), **context})


def _usual(chosen: Filters, first: Definition, request: HttpRequest) -> Filters:
    """What stands in an address that says too little: one case type, and this year where nothing is said at all."""
    types = chosen.types[:1] or (first.key,)
    if request.GET:
        return replace(chosen, types=types)
    year = filters.today().year
    return Filters(show="all", types=types, opened_from=date(year, 1, 1), opened_to=date(year, 12, 31))


def _columns(actor: Actor, definition: Definition) -> tuple[list[Column], list[Column]]:
    known = written.of_ledger(definition)
    keys = saved.columns_of(actor.person, HERE)
    chosen = written.pick(known, ["number", *keys, "matter"]) if keys else known
    return known, chosen


def _choices(actor: Actor, chosen: Filters) -> dict[str, object]:
    return {
        "groups": [
            *filters.types(actor, chosen, any_=False),
            periods(chosen, filters.today()),
            *filters.views(actor.person, HERE, chosen),
        ],
        "narrower": [_shows(chosen), *filters.facets(actor, chosen, filters.today())],
        "more": filters.more(actor, chosen),
        "chosen": filters.chosen(actor, chosen),
        "clear": filters.address(Filters(show="all", types=chosen.types)),
    }


def _shows(chosen: Filters) -> Chips:
    """The same views as the list, without numbers: the ledger has its totals."""
    chips = [
        Chip(title, filters.address(chosen, show=key, order=""), key == chosen.show)
        for key, title in lists.SHOWS.items()
        if key != "mine"
    ]
    return Chips(T("查看", "Show"), chips)


def periods(chosen: Filters, today: date) -> Chips:
    """Months, quarter, years, and all of time."""
    month = today.replace(day=1)
    before = (month - timedelta(days=1)).replace(day=1)
    quarter = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    year = today.replace(month=1, day=1)
    spans: list[tuple[T, date | None, date | None]] = [
        (T("本月", "This month"), month, _end(month, 1)),
        (T("上月", "Last month"), before, _end(before, 1)),
        (T("本季度", "This quarter"), quarter, _end(quarter, 3)),
        (T("今年", "This year"), year, _end(year, 12)),
        (T("去年", "Last year"), year.replace(year=year.year - 1), year - timedelta(days=1)),
        (T("全部时间", "All time"), None, None),
    ]
    here = (chosen.opened_from, chosen.opened_to)
    chips = [
        Chip(title, filters.address(chosen, opened_from=a, opened_to=b), (a, b) == here)
        for title, a, b in spans
    ]
    return Chips(T("登记时间", "Opened"), chips)


def _end(first: date, months: int) -> date:
    """The last day of a span of whole months."""
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1) - timedelta(days=1)


def _table(
    cases: list[Case], columns: Sequence[Column], definition: Definition, actor: Actor, at: int, paper: bool
) -> Table:
    lines = written.lines(cases, columns, actor, at)
    cell = _on_paper if paper else filters.cell
    rows = [
        Row([cell(line[c.key]) for c in columns], url=reverse("case", args=[case.id]))
        for case, line in zip(cases, lines, strict=True)
    ]
    title = T("{t}台账", "Ledger of: {t}").format(t=definition.case_type.title)
    return Table(title, [filters.head(c) for c in columns], rows)


def _on_paper(value: Value) -> Any:
    """A value as it stays true on paper: with the date, not with “today”."""
    return clock_text(value.us) if isinstance(value, Instant) else filters.cell(value)


def _told(totals: Totals | None) -> T:
    """The totals in one line."""
    if totals is None:
        return T(
            "超过 {n} 件，请缩小范围再看合计", "More than {n} cases; narrow it down to see totals"
        ).format(n=f"{TOTALS_TO:,}")
    return T(
        "合计 {n} 件：办结 {ended}，在办 {live}，曾经或正在超时 {late}，剔除 {excluded}",
        "{n} cases in all: {ended} ended, {live} open, {late} overdue at some time, {excluded} excluded",
    ).format(
        n=totals.whole.says,
        ended=f"{totals.ended:,}",
        live=f"{totals.whole.n - totals.ended:,}",
        late=f"{totals.late:,}",
        excluded=f"{totals.excluded:,}",
    )


urls = [path("staff/ledger/", ledger, name="ledger")]
