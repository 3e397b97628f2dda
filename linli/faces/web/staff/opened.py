"""谁看过: who opened whose masked name or phone, where and when. An auditor reads the reasons; everybody reads his own looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from linli.cases.lists import day
from linli.cases.sight import cases_seen_by
from linli.faces.web.parts import Chip, Chips, Column, Input, Moment, Row, Table
from linli.faces.web.reader import actor_of, now, words
from linli.faces.web.staff import scope
from linli.faces.web.staff.desk import around, staff_only
from linli.faces.web.staff.printedlog import table as sheets
from linli.people.contact import Masked
from linli.people.opening import FIELDS, Opening, opened_log
from linli.people.persons import masked
from linli.rules.actor import EVERYWHERE, Actor
from linli.rules.registry import installed
from linli.rules.roles import ADMIN, AUDITOR, CITY, COMMUNITY, COUNTY, LEADER, STREET
from linli.rules.text import T
from linli.rules.worktime import day_start
from linli.territory.regions import titles

REASON_READERS = frozenset({AUDITOR.key})
LOG_READERS = REASON_READERS | {r.key for r in (COMMUNITY, STREET, COUNTY, CITY, LEADER, ADMIN)}
ROWS = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader asks of the log: whose looks, at whom, in which region, from which day to which (both included)."""

    region: str
    by: UUID | None
    person: UUID | None
    since: date | None
    until: date | None
    before: tuple[int, UUID] | None


@staff_only
def opened(request: HttpRequest) -> HttpResponse:
    """Fifty looks, the newest first."""
    actor = actor_of(request)
    asked, wrong = _asked(request, actor)
    since = day_start(asked.since) if asked.since else 0
    until = day_start(asked.until + timedelta(days=1)) if asked.until else None
    found = opened_log(
        region=asked.region or None,
        person=asked.person,
        by=asked.by,
        since=since,
        until=until,
        before=asked.before,
        at_most=ROWS + 1,
    )
    rows = found[:ROWS]
    reasons = bool(scope.regions(actor, REASON_READERS))
    context = {
        "here": "people",
        "groups": _chips(actor, asked),
        "inputs": _inputs(request, wrong),
        "hidden": [(k, v) for k, v in request.GET.items() if k not in ("from", "to", "before")],
        "table": _table(rows, actor, reasons),
        "printed": None if asked.person or asked.before else sheets(asked.region, asked.by, since, until),
        "reasons": reasons,
        "all": bool(scope.regions(actor, LOG_READERS)),
        "narrowed": bool(asked.person or (asked.by and asked.by != actor.person)),
        "more": f"{rows[-1].at}-{rows[-1].id.hex}" if len(found) > ROWS and rows[-1].id else "",
        "now": now(),
    }
    return render(request, "linli/staff/openedlog.html", {**around(actor), **context})


def _asked(request: HttpRequest, actor: Actor) -> tuple[Asked, set[str]]:
    """What is asked, and which dates cannot be read. Raises: PermissionDenied, Http404."""
    own = scope.regions(actor, LOG_READERS)
    region = request.GET.get("region", "")
    if region and not any(region.startswith(r) for r in own):
        raise PermissionDenied
    by, person = _id(request, "by"), _id(request, "person")
    if not own or request.GET.get("mine"):
        by, region = actor.person, ""
    elif not region:
        region = _widest(own)
    since, bad_since = _day(request, "from")
    until, bad_until = _day(request, "to")
    wrong = {k for k, bad in (("from", bad_since), ("to", bad_until)) if bad}
    return Asked(region, by, person, since, until, _before(request)), wrong


def _widest(regions: tuple[str, ...]) -> str:
    """The region to begin with: the widest of the reader's."""
    return EVERYWHERE if EVERYWHERE in regions else min(regions, key=len)


def _id(request: HttpRequest, name: str) -> UUID | None:
    text = request.GET.get(name, "")
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Http404 from None


def _day(request: HttpRequest, name: str) -> tuple[date | None, bool]:
    text = request.GET.get(name, "").strip()
    try:
        return (day(text) if text else None), False
    except ValueError:
        return None, True


def _before(request: HttpRequest) -> tuple[int, UUID] | None:
    text = request.GET.get("before", "")
    at, _, look = text.partition("-")
    if not text:
        return None
    try:
        return int(at), UUID(look)
    except ValueError:
        raise Http404 from None


def _chips(actor: Actor, asked: Asked) -> list[Chips]:
    """Mine or everybody's, and the regions of the reader."""
    own, address = scope.regions(actor, LOG_READERS), reverse("opened")
    if not own:
        return []
    mine = asked.by == actor.person and asked.by is not None
    whose = [
        Chip(T("所有人", "Everybody"), address, not mine),
        Chip(T("我看过的", "My own looks"), f"{address}?mine=1", mine),
    ]
    found = [Chips(T("谁", "Who"), whose)]
    if len(own) > 1 and not mine:
        named = titles(r for r in own if r)
        regions = [Chip(named[r], f"{address}?region={r}", r == asked.region) for r in own if r]
        found.append(Chips(T("范围", "Where"), regions))
    return found


def _inputs(request: HttpRequest, wrong: set[str]) -> list[Input]:
    error = T("请填写日期，如 2024-04-28", "Expected a date such as 2024-04-28")
    return [
        Input(
            name,
            title,
            "date",
            value=request.GET.get(name, ""),
            required=False,
            error=error if name in wrong else None,
        )
        for name, title in (("from", T("从", "From")), ("to", T("到", "To")))
    ]


def _table(rows: list[Opening], actor: Actor, reasons: bool) -> Table:
    people = masked({r.person for r in rows} | {r.by for r in rows})
    places = titles(r.place for r in rows)
    numbers = _numbers(rows, actor)
    roles = installed.roles()
    heads = [
        Column(T("时间", "When"), fit="keep"),
        Column(T("谁看的", "Who looked")),
        Column(T("看了谁", "At whom")),
        Column(T("哪一项", "What"), fit="keep"),
        Column(T("地点", "Where")),
        Column(T("事项", "Case"), fit="keep"),
        Column(T("原因", "Reason"), fit="much"),
    ]

    def line(r: Opening) -> Row:
        role = roles[r.role].title if r.role in roles else T(r.role, r.role)
        who = format_html("{} <span class='quiet'>{}</span>", _link("by", r.by, people), words(role))
        own = r.by == actor.person
        reason = r.reason if (reasons or own) else T("仅审计人员可见", "For auditors only")
        cells = (
            Moment(r.at),
            who,
            _link("person", r.person, people),
            FIELDS.get(r.field, r.field),
            places[r.place],
            numbers.get(r.case, "") if r.case else "",
            reason,
        )
        return Row(cells)

    return Table(T("查看记录", "Looks"), heads, [line(r) for r in rows])


def _link(name: str, person: UUID, people: dict[UUID, Masked]) -> SafeString:
    """A masked person, leading to all lines of his."""
    shown = words_of(scope.name_of(people.get(person)))
    return format_html('<a class="plain" href="{}?{}={}">{}</a>', reverse("opened"), name, person, shown)


def words_of(text: T | str) -> str:
    """A text in the page's language."""
    return words(text) if isinstance(text, T) else text


def _numbers(rows: list[Opening], actor: Actor) -> dict[UUID, SafeString | str]:
    """The numbers of the cases that the reader may see, as links: with the number of another he would learn whose matter it is."""
    ids = {r.case for r in rows if r.case}
    seen = cases_seen_by(actor).filter(id__in=ids).values_list("id", "number") if ids else ()
    return {c: format_html('<a href="{}">{}</a>', reverse("case", args=[c]), number) for c, number in seen}


urls = [path("staff/rolls/opened/", opened, name="opened")]
