"""What runs underneath, for administrators and auditors, read only: the working calendar, the programmes with their dated
parameters, the state of the journal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from linli.cases.calendars import current_calendar, overrides_file
from linli.faces.web.moments import day_said
from linli.faces.web.parts import Column, Moment, Row, Table
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff import scope
from linli.faces.web.staff.desk import around, staff_only
from linli.journal import anchor
from linli.journal.models import Entry
from linli.rules.actor import Actor
from linli.rules.chain import Anchor
from linli.rules.definition import Definition
from linli.rules.fields import Choice
from linli.rules.parameters import Version
from linli.rules.registry import installed
from linli.rules.roles import ADMIN, AUDITOR
from linli.rules.text import T
from linli.rules.worktime import civil_day, parse_span
from linli.territory.regions import place_title

WORKINGS_READERS = frozenset({ADMIN.key, AUDITOR.key})
OTHERWISE = T("其他", "otherwise")


@dataclass(frozen=True, slots=True)
class Shelf:
    """A programme: its titles, how many case types and dated rules it has."""

    title: T
    says: T
    url: str
    types: list[Definition]
    rules: int


def _allowed(request: HttpRequest) -> Actor:
    """The reader. Raises: PermissionDenied for whoever neither administers nor audits."""
    actor = actor_of(request)
    if not scope.regions(actor, WORKINGS_READERS):
        raise PermissionDenied
    return actor


@staff_only
def workings(request: HttpRequest) -> HttpResponse:
    """Calendar, programmes, journal."""
    actor, at = _allowed(request), now()
    context = {
        "here": "settings",
        "calendar": _calendar(at),
        "overrides": _overrides(),
        "shelves": [_shelf(key) for key in installed.programmes],
        "journal": _journal(at),
        "anchored": anchor.last() is not None,
        "now": at,
    }
    return render(request, "linli/staff/workings.html", {**around(actor), **context})


def _calendar(at: int) -> list[tuple[T, T | str]]:
    """Which table counts the working days, and which years are not published yet."""
    calendar, year = current_calendar(), civil_day(at).year
    published = T("已公布", "published")
    provisional = T("未公布，暂按周一至周五", "not published: Monday to Friday for now")
    told: list[tuple[T, T | str]] = [(T("日历版本", "Calendar"), calendar.version)]
    for y in (year, year + 1):
        told.append((T(f"{y} 年", str(y)), published if calendar.known(y) else provisional))
    if calendar.published:
        first, last = min(calendar.published), max(calendar.published)
        told.append((T("有放假安排的年份", "Years with holidays"), f"{first}–{last}"))
    where = T("改动写在 {f}", "Changes stand in {f}").format(f=overrides_file().name)
    return [*told, (T("本地改动", "Own changes"), where)]


def _overrides() -> Table | None:
    """The days that this deployment changed."""
    days = sorted(current_calendar().overrides.items())
    if not days:
        return None
    heads = [Column(T("日期", "Day"), fit="keep"), Column(T("算作", "Counts as"))]
    kinds = {True: T("上班", "a working day"), False: T("放假", "a day off")}
    return Table(T("本地改动", "Own changes"), heads, [Row((d.isoformat(), kinds[w])) for d, w in days])


def _shelf(key: str) -> Shelf:
    programme, types = installed.programmes[key], installed.of(key)
    rules = sum(len(v) for v in types[0].parameters.versions.values()) if types else 0
    return Shelf(programme.title, programme.says, reverse("workings-rules", args=[key]), types, rules)


def _journal(at: int) -> list[tuple[T, T | str | int | Moment]]:
    """How long the journal is, and when it was last anchored."""
    told: list[tuple[T, T | str | int | Moment]] = [(T("台账条目", "Entries"), Entry.objects.count())]
    last = anchor.last()
    if last is None:
        return [*told, (T("签名锚点", "Signed anchors"), T("还没有", "none yet"))]
    return [
        *told,
        (T("签名锚点", "Signed anchors"), len(anchor.anchors())),
        (T("最近一次", "The last one"), Moment(last.made)),
        (T("覆盖条目", "It covers"), last.entries),
        (T("根值", "Root"), last.root.hex()),
        (T("签名", "Signature"), _signature(last)),
    ]


def _signature(last: Anchor) -> T:
    if anchor.signed_well(last):
        return T("有效", "valid")
    return T("无效：请运行 linli journal verify", "not valid: run linli journal verify")


@staff_only
def rules(request: HttpRequest, programme: str) -> HttpResponse:
    """The dated parameters of a programme with law and article."""
    actor = _allowed(request)
    types = installed.of(programme)
    if not types:
        raise Http404
    found, today = types[0].parameters.versions, civil_day(now())
    context = {
        "here": "settings",
        "programme": installed.programmes[programme],
        "types": types,
        "table": _rules(found, types) if found else None,
        "today": day_said(today, today),
    }
    return render(request, "linli/staff/rules.html", {**around(actor), **context})


def _rules(found: Mapping[str, tuple[Version, ...]], types: list[Definition]) -> Table:
    heads = [
        Column(T("参数", "Parameter"), fit="keep"),
        Column(T("值", "Value"), fit="much"),
        Column(T("从", "From"), fit="keep"),
        Column(T("到", "To"), fit="keep"),
        Column(T("适用", "For")),
        Column(T("依据", "By")),
    ]
    names = _names(types)
    rows = [
        Row(
            (
                name,
                valued(v.value, names),
                v.starts.isoformat(),
                v.ends.isoformat() if v.ends else T("现行", "in force"),
                place_title(v.place) if v.place else T("不限地区", "everywhere"),
                _law(v),
            )
        )
        for name, versions in found.items()
        for v in versions
    ]
    return Table(T("参数", "Parameters"), heads, rows)


def _names(types: list[Definition]) -> dict[str, T]:
    """The words of the answers by which a value may be picked."""
    choices = [f for d in types for f in d.fields.values() if isinstance(f, Choice)]
    return {o.key: o.title for f in choices for o in f.options}


def valued(value: Any, names: Mapping[str, T]) -> T | str:
    """A parameter's value in words: a span in both languages, a mapping item by item."""
    if isinstance(value, dict):
        pairs = [
            (names.get(str(k), OTHERWISE if k == "default" else T(str(k), str(k))), v)
            for k, v in value.items()
        ]
        said = [(k, valued(v, names)) for k, v in pairs]
        zh = "；".join(f"{k.zh} {v.zh if isinstance(v, T) else v}" for k, v in said)
        return T(zh, "; ".join(f"{k.en} {v.en if isinstance(v, T) else v}" for k, v in said))
    if isinstance(value, list):
        return " ".join(str(v) for v in value)
    try:
        return parse_span(str(value)).text()
    except ValueError:
        return str(value)


def _law(version: Version) -> T | str:
    """The law with article and clause."""
    if not version.law:
        return version.note
    zh, en = version.law, version.law
    if version.article:
        zh, en = f"{zh} 第{version.article}条", f"{en}, article {version.article}"
    if version.clause:
        zh, en = f"{zh}第{version.clause}款", f"{en}, clause {version.clause}"
    return T(zh, en)


urls = [
    path("staff/settings/workings/", workings, name="workings"),
    path("staff/settings/workings/<str:programme>/", rules, name="workings-rules"),
]
