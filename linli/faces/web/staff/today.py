"""今日: what is overdue, what falls due today, what is new — and one line of figures, each a link."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from linli.cases.models import Case
from linli.cases.sight import cases_seen_by, my_turn
from linli.faces.web.moments import day_said
from linli.faces.web.parts import Figure
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff.desk import around, lines, staff_only
from linli.rules.actor import Actor
from linli.rules.text import T
from linli.rules.worktime import DAY, civil_day, day_start

MOST = 60


@staff_only
def today(request: HttpRequest) -> HttpResponse:
    """The first page of a working day."""
    actor, at = actor_of(request), now()
    waiting = list(my_turn(actor).order_by("due", "id")[: 3 * MOST])
    tonight = day_start(civil_day(at)) + DAY
    late = [c for c in waiting if c.late or c.due < at]
    soon = [c for c in waiting if c not in late and c.due < tonight]
    rest = [c for c in waiting if c not in late and c not in soon]
    lanes = [
        ("late", "circle-alert", T("已超时", "Overdue"), lines(late[:MOST], at)),
        ("soon", "clock", T("今天到期", "Due today"), lines(soon[:MOST], at)),
        ("new", "inbox", T("其余待办", "Still to do"), lines(rest[:MOST], at)),
    ]
    here = {
        "here": "today",
        "lanes": lanes,
        "figures": _figures(actor),
        "day": day_said(civil_day(at), civil_day(at)),
    }
    return render(request, "linli/staff/today.html", {**around(actor), **here})


def _figures(actor: Actor) -> list[Figure]:
    seen, address = cases_seen_by(actor), reverse("cases")
    wanted: list[tuple[T, str, int]] = [
        (T("在办", "Open"), "?show=live", seen.filter(live=True).count()),
        (T("超时", "Overdue"), "?show=late", seen.filter(live=True, late=True).count()),
        (T("等居民确认", "To be confirmed"), "?show=waiting", _waiting(seen)),
        (T("全部", "All"), "?show=all", seen.count()),
    ]
    return [Figure(title, value, address + query, unit=T("件", "cases")) for title, query, value in wanted]


def _waiting(seen: object) -> int:
    from linli.faces.web.staff.cases import waiting

    return Case.objects.filter(waiting(), id__in=seen.values("id")).count()  # type: ignore[attr-defined]


urls = [path("staff/", today, name="today")]
