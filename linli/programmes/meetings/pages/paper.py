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
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff.desk import around, staff_only
from linli.people.opening import open_
from linli.programmes.meetings.assembly import ASSEMBLY
from linli.programmes.meetings.pages import people, reading
from linli.programmes.meetings.pages.forms import page_of
from linli.rules.actor import Actor
from linli.rules.ids import new_id
from linli.rules.refusal import Refused
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory.regions import place_title

WEEK = "一二三四五六日"
TITLES = {
    "notice": T("会议通知", "Notice of the meeting"),
    "attendance": T("签到表", "Attendance sheet"),
    "result": T("表决结果", "Result of the vote"),
    "resolution": T("决议", "Resolution"),
    "minutes": T("会议纪要", "Minutes"),
}
NAMED = ("attendance", "minutes")
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
        "day": chinese_day(found.starts),
        "time": f"{chinese_day(found.starts)}（星期{WEEK[civil_day(found.starts).weekday()]}）",
        "place": place_title(seen.case.place),
        "today": chinese_day(now()),
        "asks_names": kind in NAMED and request.method != "POST",
        "refusal": refusal,
        "faults": (),
        "key": new_id(),
        **PARTS[kind](request, seen, found, called, names),
    }
    shown = {**around(actor_of(request)), "here": "staff-meetings", **context}
    return render(request, f"meetings/paper/{kind}.html", shown, status=422 if refusal else 200)


def chinese_day(at: int) -> str:
    """A day as papers write it: 2024年3月12日."""
    day = civil_day(at)
    return f"{day.year}年{day.month}月{day.day}日"


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
    return {"rows": [(p, names[p.id]) for p in called]}


def _voted(request: HttpRequest, _: CasePage, found: reading.Meeting, *__: object) -> dict[str, Any]:
    item = _item(request, found)
    if item.result is None:
        raise Http404
    return {"item": item, "result": item.result}


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
        ("出席", [p for p in called if p.present and p.kind == "voter"]),
        ("列席", [p for p in called if p.present and p.kind != "voter"]),
        ("请假、缺席", [p for p in called if not p.present and p.kind == "voter"]),
    )
    said = [(title, "、".join(names[p.id] for p in some)) for title, some in groups if some]
    return {"paragraphs": _paragraphs(text), "groups": said, "units": people.units(seen)}


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
