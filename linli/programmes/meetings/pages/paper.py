"""What is printed of a meeting, A4: the notice, the attendance sheet, the result of a vote, a resolution, the minutes.

Names stand masked on it until somebody says what the full names are for; each name that is opened is an entry.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from linli.cases.story import CasePage
from linli.faces.web import asking
from linli.faces.web.moments import weekday, written
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff.desk import around, staff_only
from linli.people.opening import open_
from linli.programmes.meetings import words as w
from linli.programmes.meetings.assembly import ASSEMBLY
from linli.programmes.meetings.pages import ballots, people, reading
from linli.programmes.meetings.pages.forms import page_of
from linli.rules.actor import Actor
from linli.rules.ids import new_id
from linli.rules.refusal import Refused
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory.regions import place_title

TITLES = {
    "notice": T("会议通知", "Notice of the meeting"),
    "attendance": T("签到表", "Attendance sheet"),
    "result": T("表决结果", "Result of the vote"),
    "resolution": T("决议", "Resolution"),
    "minutes": T("会议纪要", "Minutes"),
}
NAMED = ("attendance", "minutes", "result")
"""The sheets on which names stand."""


@staff_only
@never_cache
@sensitive_post_parameters("reason")
def sheet(request: HttpRequest, case: UUID, kind: str) -> HttpResponse:
    """One sheet; under POST with the full names, for a reason."""
    seen = page_of(request, case)
    if seen.case.type != ASSEMBLY.key or kind not in TITLES:
        raise Http404
    found, called, refusal = reading.meeting(seen.case), people.called(seen, reading.meeting(seen.case)), None
    names = {p.id: p.name for p in called}
    if request.method == "POST" and kind in NAMED:
        try:
            names = _opened(called, asking.typed(request.POST, "reason"), actor_of(request), seen)
        except Refused as refused:
            refusal = refused
    context = {
        "kind": kind,
        "title": TITLES[kind],
        "m": found,
        "day": written(civil_day(found.starts)),
        "time": _with_weekday(found.starts),
        "place": place_title(seen.case.place),
        "today": written(civil_day(now())),
        "asks_names": False,
        "refusal": refusal,
        "faults": (),
        "key": new_id(),
        **PARTS[kind](request, seen, found, called, names),
    }
    context["asks_names"] = context["asks_names"] and request.method != "POST"
    shown = {**around(actor_of(request)), "here": "staff-meetings", **context}
    return render(request, f"meetings/paper/{kind}.html", shown, status=422 if refusal else 200)


def _with_weekday(at: int) -> T:
    day, named = written(civil_day(at)), weekday(civil_day(at))
    return T(f"{day.zh}（{named.zh}）", f"{named.en}, {day.en}")


def _opened(called: list[people.Called], reason: str, actor: Actor, seen: CasePage) -> dict[str, str]:
    """The full names. Raises: Refused where no reason is given, or names here are not the reader's to open."""
    at, case = now(), seen.case
    return {
        p.id: open_(UUID(p.id), "name", reason, actor, at, place=case.place, grid=case.grid, case=case.id)
        for p in called
    }


Part = Callable[
    [HttpRequest, CasePage, reading.Meeting, list[people.Called], Mapping[str, str]], dict[str, Any]
]


def _notice(_: HttpRequest, seen: CasePage, __: reading.Meeting, ___: object, ____: object) -> dict[str, Any]:
    return {"units": people.units(seen)}


def _attendance(
    _: HttpRequest, __: CasePage, ___: reading.Meeting, called: list[people.Called], names: Mapping[str, str]
) -> dict[str, Any]:
    return {"rows": [(p, names[p.id]) for p in called], "asks_names": True}


def _voted(
    request: HttpRequest,
    seen: CasePage,
    found: reading.Meeting,
    called: list[people.Called],
    names: Mapping[str, str],
) -> dict[str, Any]:
    item = _item(request, found)
    if item.result is None:
        raise Http404
    may = item.way == w.NAMED and ballots.may_read(actor_of(request), seen.case)
    said = ballots.of_item(seen.case.id, item.number) if may else {}
    votes = [(names[p.id], p.capacity, said[p.id]) for p in called if p.id in said]
    return {"item": item, "result": item.result, "votes": votes, "asks_names": bool(votes)}


def _resolution(request: HttpRequest, _: CasePage, found: reading.Meeting, *__: object) -> dict[str, Any]:
    item = _item(request, found)
    if item.resolution is None:
        raise Http404
    return {"item": item, "resolution": item.resolution, "paragraphs": _paragraphs(item.resolution["text"])}


def _paragraphs(text: object) -> list[str]:
    return [line.strip() for line in str(text).splitlines() if line.strip()]


def _item(request: HttpRequest, found: reading.Meeting) -> reading.Item:
    wanted = request.GET.get("item", "")
    item = next((i for i in found.items if str(i.number) == wanted), None)
    if item is None:
        raise Http404
    return item


def _minutes(
    _: HttpRequest, seen: CasePage, __: reading.Meeting, called: list[people.Called], names: Mapping[str, str]
) -> dict[str, Any]:
    text = {f.key: v for f, v in seen.facts}.get("minutes_text")
    if not text:
        raise Http404
    groups = (
        (T("出席", "Present"), [p for p in called if p.present and p.kind == "voter"]),
        (T("列席", "Attended"), [p for p in called if p.present and p.kind != "voter"]),
        (T("请假、缺席", "Excused or absent"), [p for p in called if not p.present and p.kind == "voter"]),
    )
    said = [(title, "、".join(names[p.id] for p in some)) for title, some in groups if some]
    return {"paragraphs": _paragraphs(text), "groups": said, "units": people.units(seen), "asks_names": True}


PARTS: dict[str, Part] = {
    "notice": _notice,
    "attendance": _attendance,
    "result": _voted,
    "resolution": _resolution,
    "minutes": _minutes,
}
urls: list[URLPattern] = [
    path("staff/meetings/<uuid:case>/paper/<slug:kind>/", sheet, name="meeting-paper"),
]
