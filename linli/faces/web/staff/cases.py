"""事项: the list of cases. Filters are the address, a search is posted and kept under an id, pages follow an index."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from linli.cases import ledger, lists, saved
from linli.cases.ledger import Column
from linli.cases.lists import Filters
from linli.cases.models import Case
from linli.faces.web.parts import Pager, Row, Table
from linli.faces.web.reader import actor_of, now, words
from linli.faces.web.staff import batch, filters
from linli.faces.web.staff.desk import around, staff_only
from linli.rules.actor import Actor
from linli.rules.text import T

HERE = "cases"
WORDS_AT_MOST = 100


@staff_only
def cases(request: HttpRequest) -> HttpResponse:
    """Fifty rows, the most urgent or the newest first."""
    actor, at = actor_of(request), now()
    chosen, wrong = filters.read(request)
    found = lists.selected(actor, chosen)
    page = page_at(request, found, chosen.by)
    known, columns = columns_for(actor, chosen)
    context = {
        "here": HERE,
        "filters": chosen,
        "wrong": wrong,
        "groups": [
            filters.shows(actor, chosen),
            *filters.types(actor, chosen),
            *filters.views(actor.person, HERE, chosen),
        ],
        "narrower": filters.facets(actor, chosen, filters.today()),
        "more": filters.more(actor, chosen),
        "chosen": filters.chosen(actor, chosen),
        "clear": filters.address(Filters(show=chosen.show)),
        "table": _table(page.cases, columns, actor, at),
        "bulk": batch.offered(filters.definitions(chosen, actor), actor),
        "pager": pager(page, chosen, lists.counted(found)),
        "columns": [(c, c in columns) for c in known],
        "list": HERE,
        "query": filters.address(chosen)[1:],
        "sheet_url": filters.sheet(chosen, columns),
    }
    return render(request, "linli/staff/cases.html", {**around(actor), **context})


def page_at(request: HttpRequest, found: QuerySet[Case], by: str) -> lists.Page:
    """The page that the address asks for. Raises: Http404 for what is no page."""
    try:
        return lists.page(found, by, request.GET.get("page", ""))
    except ValueError:
        raise Http404 from None


def columns_for(actor: Actor, chosen: Filters) -> tuple[list[Column], list[Column]]:
    """Every column that the list can have, and those that the reader wants, the matter first."""
    known = ledger.columns(filters.definitions(chosen, actor))
    usual = ledger.LIST if chosen.show in lists.LIVE_SHOWS else ledger.ENDED
    keys = saved.columns_of(actor.person, HERE) or usual
    matter = ledger.pick(known, ["matter"])
    return known, [*matter, *(c for c in ledger.pick(known, keys) if c.key != "matter")]


def _table(cases: list[Case], columns: list[Column], actor: Actor, at: int) -> Table:
    lines = ledger.lines(cases, columns, actor, at)
    rows = [
        Row(
            [filters.cell(line[c.key]) for c in columns],
            url=reverse("case", args=[case.id]),
            key=str(case.id),
        )
        for case, line in zip(cases, lines, strict=True)
    ]
    return Table(T("事项", "Cases"), [filters.head(c) for c in columns], rows, pick="case")


def pager(page: lists.Page, chosen: Filters, whole: lists.Bounded) -> Pager:
    """The ways to the neighbouring pages, and how many cases there are in all."""
    here = filters.address(chosen)
    says = T("共 {n} 件", "{n} in all").format(n=whole.says)
    return Pager(
        says,
        first=here if page.before else "",
        previous=f"{here}&page={page.before}" if page.before else "",
        next=f"{here}&page={page.after}" if page.after else "",
    )


@staff_only
def search(request: HttpRequest) -> HttpResponse:
    """Keep what was typed under an id of this reader's: no words of a search stand in a URL."""
    said, person = request.POST.get("q", "").strip()[:WORDS_AT_MOST], actor_of(request).person
    if not said or person is None:
        messages.info(request, words(T("请先写要找的内容", "Write what you are looking for first")))
        return redirect("cases")
    view = saved.keep_words(person, said, now())
    return redirect(f"{reverse('cases')}?show=all&search={view}")


urls = [path("staff/cases/", cases, name="cases"), path("staff/search/", require_POST(search), name="search")]
