"""今日: what is overdue, what falls due today, what is new — and one line of figures, each a link."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from linli.cases import lists
from linli.cases.calendars import current_calendar
from linli.cases.lists import Filters
from linli.cases.models import Case
from linli.cases.news import fresh
from linli.cases.sight import my_turn
from linli.faces.web.moments import day_said
from linli.faces.web.parts import CaseLine, Figure
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff import coverage
from linli.faces.web.staff.desk import around, lines, staff_only
from linli.rules.actor import Actor
from linli.rules.text import T
from linli.rules.worktime import DAY, civil_day, day_start, next_working_moment

MOST = 60
NOTHING_LATE = T("没有超时的事。", "Nothing is overdue.")
NOTHING_ELSE = T("没有别的待办。", "Nothing else to do.")


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
        _lane("late", "circle-alert", T("已超时", "Overdue"), late, at, actor, NOTHING_LATE),
        _lane("soon", "clock", T("今天到期", "Due today"), soon, at, actor, _tomorrow(rest, at)),
        _lane("new", "inbox", T("其余待办", "Still to do"), rest, at, actor, NOTHING_ELSE),
    ]
    here = {
        "here": "today",
        "lanes": lanes,
        "figures": _figures(actor),
        "coverage": coverage.on_first_page(actor, at),
        "none_missed": coverage.NONE_MISSED,
        "now": at,
        "day": day_said(civil_day(at), civil_day(at)),
    }
    return render(request, "linli/staff/today.html", {**around(actor), **here})


@dataclass(frozen=True, slots=True)
class Lane:
    """One column: its cases, how many there are, and what it says when there is none."""

    tone: str
    icon: str
    title: T
    cases: list[CaseLine]
    count: int
    empty: T


def _lane(tone: str, icon: str, title: T, cases: list[Case], at: int, actor: Actor, empty: T) -> Lane:
    return Lane(tone, icon, title, lines(cases[:MOST], at, actor), len(cases), empty)


def _tomorrow(rest: list[Case], at: int) -> T:
    """What an empty day says: what comes on the next working day."""
    calendar = current_calendar()
    next_day = civil_day(next_working_moment(day_start(civil_day(at)) + DAY, calendar))
    count = sum(civil_day(c.due) <= next_day for c in rest)
    if not count:
        return T(
            "今天没有到期的事，下一个工作日也没有。", "Nothing is due today, nor on the next working day."
        )
    return T(
        f"今天没有到期的事。下一个工作日到期 {count} 件。",
        f"Nothing is due today. {count} due on the next working day.",
    )


def _figures(actor: Actor) -> list[Figure]:
    """Each number counts exactly the list to which it leads."""
    fresh_news = Figure(
        T("新收件", "New in the inbox"), fresh(actor), reverse("inbox"), unit=T("条", "items")
    )
    shows = (
        (T("在办", "Open"), "live"),
        (T("超时", "Overdue"), "late"),
        (T("等待中", "Waiting"), "waiting"),
        (T("全部", "All"), "all"),
    )
    counts = {show: lists.counted(lists.selected(actor, Filters(show=show))) for _, show in shows}
    of_lists = [
        Figure(title, counts[show].says.zh, f"{reverse('cases')}?show={show}", unit=T("件", "cases"))
        for title, show in shows
    ]
    return [fresh_news, *of_lists]


urls = [path("staff/", today, name="today")]
