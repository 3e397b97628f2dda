"""Saved views: filters under a name, kept for one person; and the columns that he wants to see."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from linli.cases import ledger, lists, saved
from linli.faces.web.reader import actor_of, now, words
from linli.faces.web.staff.desk import around, staff_only
from linli.rules.text import T

LISTS = {"cases": T("事项", "Cases"), "ledger": T("台账", "Ledger")}
NAMELESS = T("请给视图起个名字，不超过 60 个字", "Give the view a name of at most 60 characters")
FULL = T("最多保存 {n} 个视图，请先删去不用的", "At most {n} views are kept; delete one first").format(
    n=saved.VIEWS_AT_MOST
)
KEPT = T("已保存视图“{name}”", "The view “{name}” is kept")
RENAMED = T("已改名为“{name}”", "Renamed to “{name}”")
TAKEN = T(
    "已有名为“{name}”的视图，请换一个名字", "There is a view called “{name}” already; choose another name"
)
DELETED = T("已删除", "Deleted")


@staff_only
def views(request: HttpRequest) -> HttpResponse:
    """Every view of the reader's, list by list."""
    person = _person(request)
    own = [
        (title, [(v, f"{reverse(key)}?{urlencode(v.query)}") for v in saved.views(person, key)])
        for key, title in LISTS.items()
    ]
    context = {"here": "cases", "own": own, "any": any(rows for _, rows in own), "most": saved.NAME_AT_MOST}
    return render(request, "linli/staff/views.html", {**around(actor_of(request)), **context})


def _person(request: HttpRequest) -> UUID:
    person = actor_of(request).person
    if person is None:
        raise Http404
    return person


def _list(request: HttpRequest) -> str:
    list_ = request.POST.get("list", "")
    if list_ not in LISTS:
        raise Http404
    return list_


def _name(request: HttpRequest) -> str:
    name = " ".join(request.POST.get("name", "").split())
    return name if len(name) <= saved.NAME_AT_MOST else ""


@staff_only
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the present filters under a name, with the words of a search where there is one."""
    person, list_, name = _person(request), _list(request), _name(request)
    filters, _ = lists.read(QueryDict(request.POST.get("query", "")))
    said = saved.words_of(filters.search, person) if filters.search else ""
    query = replace(filters, search=None).query()
    if not name:
        messages.warning(request, words(NAMELESS))
    elif not saved.keep_view(person, list_, name, query, said or "", now()):
        messages.warning(request, words(FULL))
    else:
        messages.success(request, words(KEPT.format(name=name)))
    return redirect(f"{reverse(list_)}?{urlencode(filters.query())}")


@staff_only
def change(request: HttpRequest, kept: UUID) -> HttpResponse:
    """Rename a view, or delete it."""
    person, name = _person(request), _name(request)
    if "delete" in request.POST:
        if not saved.delete_view(person, kept):
            raise Http404
        messages.success(request, words(DELETED))
    elif not name:
        messages.warning(request, words(NAMELESS))
    elif saved.rename_view(person, kept, name):
        messages.success(request, words(RENAMED.format(name=name)))
    else:
        messages.warning(request, words(TAKEN.format(name=name)))
    return redirect("views")


@staff_only
def columns(request: HttpRequest) -> HttpResponse:
    """Remember the columns that the reader wants; choosing none brings the usual ones back."""
    list_, filters = _list(request), lists.read(QueryDict(request.POST.get("query", "")))[0]
    given = [k[:40] for k in request.POST.getlist("column")][: len(ledger.HOUSE) * 2]
    saved.choose_columns(_person(request), list_, [] if "usual" in request.POST else given, now())
    return redirect(f"{reverse(list_)}?{urlencode(filters.query())}")


urls = [
    path("staff/views/", views, name="views"),
    path("staff/views/keep/", require_POST(keep), name="keep-view"),
    path("staff/views/<uuid:kept>/", require_POST(change), name="change-view"),
    path("staff/columns/", require_POST(columns), name="columns"),
]
