"""收件: reminders, what is overdue and has climbed, what became of one's own requests."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from linli.cases.news import News, looked, news
from linli.cases.titles import title_of
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff.desk import around, staff_only
from linli.rules.programme import Does, State
from linli.rules.registry import installed
from linli.rules.text import T
from linli.territory.regions import titles

_PRESSING = (Does.OVERDUE, Does.CLIMB)


@dataclass(frozen=True, slots=True)
class Line:
    """One piece of news as a row: what happened to which case, and where the case stands now."""

    url: str
    what: T
    title: T
    number: str
    place: T
    state: State
    late: bool
    at: int
    fresh: bool
    pressing: bool


@staff_only
def inbox(request: HttpRequest) -> HttpResponse:
    """The latest first. Looking at them marks them as seen."""
    actor, at = actor_of(request), now()
    found = news(actor)
    looked(actor, at)
    context = {"here": "inbox", "lines": _lines(found)}
    return render(request, "linli/staff/inbox.html", {**around(actor), **context})


def _lines(found: list[News]) -> list[Line]:
    places = titles(n.case.place for n in found)
    return [
        Line(
            f"{reverse('case', args=[n.case.id])}#e{n.seq}",
            n.action.title,
            title_of(n.case),
            n.case.number,
            places[n.case.place],
            installed[n.case.type].states[n.case.state],
            n.case.late,
            n.happened,
            n.fresh,
            n.action.does in _PRESSING and n.case.live,
        )
        for n in found
    ]


urls = [path("staff/inbox/", inbox, name="inbox")]
