"""The list of cases: filters that are the URL, a search that is posted and kept under an id, keyset paging."""

from __future__ import annotations

import json
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from linli.cases.models import Case, SavedView
from linli.cases.sight import cases_seen_by
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff.desk import around, lines, staff_only
from linli.rules.ids import new_id
from linli.rules.programme import Kind
from linli.rules.registry import installed
from linli.rules.text import T
from linli.search.grams import matching

ROWS = 50
SHOWS = {
    "live": T("在办", "Open"),
    "late": T("超时", "Overdue"),
    "waiting": T("等居民确认", "To be confirmed"),
    "ended": T("已办结", "Ended"),
    "all": T("全部", "All"),
}


def waiting() -> Q:
    """Cases that wait for somebody outside the staff."""
    found = Q(pk__in=[])
    for definition in installed:
        keys = [k for k, s in definition.states.items() if s.kind is Kind.WAITING]
        found |= Q(type=definition.key, state__in=keys)
    return found


def chosen(cases: QuerySet[Case], show: str) -> QuerySet[Case]:
    """The cases that a filter shows."""
    tests = {
        "live": Q(live=True),
        "late": Q(live=True, late=True),
        "waiting": waiting(),
        "ended": Q(live=False),
    }
    return cases.filter(tests[show]) if show in tests else cases


@staff_only
def cases(request: HttpRequest) -> HttpResponse:
    """Fifty rows, the latest change first."""
    actor, show = actor_of(request), request.GET.get("show", "live")
    found, query = chosen(cases_seen_by(actor), show), None
    if view := request.GET.get("search"):
        query = _kept(view, actor.person)
        found = found.filter(Q(id__in=matching(query)) | Q(number=query.upper()))
    if after := request.GET.get("after", ""):
        touched, _, last = after.partition("-")
        if not touched.isdigit():
            raise Http404
        found = found.filter(Q(touched__lt=int(touched)) | Q(touched=int(touched), id__lt=_uuid(last)))
    rows = list(found.order_by("-touched", "-id")[: ROWS + 1])
    more = f"{rows[ROWS - 1].touched}-{rows[ROWS - 1].id.hex}" if len(rows) > ROWS else ""
    shows = [(key, title, key == show) for key, title in SHOWS.items()]
    context = {
        "here": "cases",
        "cases": lines(rows[:ROWS], now()),
        "more": more,
        "shows": shows,
        "query": query,
    }
    return render(request, "linli/staff/cases.html", {**around(actor), **context})


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _kept(view: str, person: UUID | None) -> str:
    row = SavedView.objects.filter(id=_uuid(view)).first()
    if row is None or row.person != person:
        raise Http404
    return str(json.loads(row.filters)["q"])


@staff_only
def search(request: HttpRequest) -> HttpResponse:
    """Keep what was typed under an id of this reader's: no words of a search stand in a URL."""
    words, person = request.POST.get("q", "").strip()[:100], actor_of(request).person
    if not words or person is None:
        return redirect("cases")
    view = SavedView.objects.create(id=new_id(), person=person, filters=json.dumps({"q": words}), made=now())
    return redirect(f"{reverse('cases')}?show=all&search={view.id}")


urls = [path("staff/cases/", cases, name="cases"), path("staff/search/", require_POST(search), name="search")]
