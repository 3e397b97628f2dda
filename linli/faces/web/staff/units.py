"""责任单位: what each serves, who of its staff is on duty, how much it has open."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from linli.cases.models import Case, Seat
from linli.cases.sight import cases_seen_by
from linli.faces.web.moments import day_said
from linli.faces.web.parts import Column, Row, Table
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff import scope
from linli.faces.web.staff.desk import around, lines, staff_only
from linli.faces.web.staff.duties import gives
from linli.faces.web.staff.duties import table as duty_table
from linli.people.duties import Responsible, roster
from linli.people.kinds import UNIT_KINDS
from linli.people.units import UnitLine, contact_of, units_for, units_in
from linli.rules.actor import Actor
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.who import Relation
from linli.rules.worktime import civil_day
from linli.territory.regions import path_title, titles

MOST = 50


@staff_only
def units(request: HttpRequest) -> HttpResponse:
    """Every unit that serves the community, those of the regions above included."""
    actor = actor_of(request)
    community = scope.community(request, actor)
    context = {
        "here": "people",
        "groups": scope.community_chips(actor, community, reverse("units")),
        "table": _table(community, actor) if community else None,
        "gives": f"{reverse('unit-new')}?community={community}" if gives(actor, community) else "",
    }
    return render(request, "linli/staff/units.html", {**around(actor), **context})


def serving(community: str) -> list[UnitLine]:
    """The units of the community and of what lies in it, then those of the regions above; closed ones last."""
    near = units_in(community)
    far = [u for u in units_for(community, civil_day(now())) if u.id not in {n.id for n in near}]
    return sorted([*near, *far], key=lambda u: u.closed is not None)


def _table(community: str, actor: Actor) -> Table:
    found, today = serving(community), civil_day(now())
    places = titles(u.region for u in found)
    on_duty = _staffed(found, actor)
    heads = [
        Column(T("单位", "Unit"), fit="much"),
        Column(T("类别", "Kind"), fit="keep"),
        Column(T("服务范围", "Serves")),
        Column(T("在岗人员", "Staff on duty"), fit="right"),
        Column(T("在办事项", "Open cases"), fit="right"),
        Column(T("状态", "State"), fit="keep"),
    ]
    rows = [
        Row(
            (
                u.title,
                UNIT_KINDS.get(u.kind, u.kind),
                places[u.region],
                len(on_duty.get(u.id, ())),
                open_cases(u.id, actor).count(),
                T("服务到 {d}", "Served until {d}").format(d=day_said(u.closed, today))
                if u.closed
                else T("服务中", "Serving"),
            ),
            url=reverse("unit", args=[u.id]),
        )
        for u in found
    ]
    return Table(T("责任单位", "Units"), heads, rows)


def _staffed(found: list[UnitLine], actor: Actor) -> dict[UUID, list[Responsible]]:
    """Who works for each unit today."""
    own = {u.id for u in found}
    staffed: dict[UUID, list[Responsible]] = {}
    for region in {u.region for u in found}:
        for line in roster(region, civil_day(now())):
            if line.unit in own and line.duty not in {x.duty for x in staffed.get(line.unit, [])}:
                staffed.setdefault(line.unit, []).append(line)
    return staffed


def open_cases(unit: UUID, actor: Actor) -> QuerySet[Case]:
    """The live cases that were sent to the unit, as far as the reader may see them."""
    kinds = {
        w.key for d in installed for w in d.case_type.seen_by if isinstance(w, Relation) and w.of == "unit"
    }
    sent = Seat.objects.filter(case=OuterRef("pk"), kind__in=kinds, head=str(unit))
    return cases_seen_by(actor).filter(Exists(sent), live=True)


@staff_only
def unit(request: HttpRequest, unit: UUID) -> HttpResponse:
    """One unit: what it serves, its telephone, its staff, its open cases."""
    actor, at = actor_of(request), now()
    found = _unit(unit, actor)
    staffed = _staffed([found], actor).get(unit, [])
    opened = open_cases(unit, actor)
    count = opened.count()
    caption = T("在岗人员", "Staff on duty")
    context = {
        "here": "people",
        "unit": found,
        "facts": _facts(found, at),
        "table": duty_table(caption, staffed) if staffed else None,
        "cases": lines(list(opened.order_by("due", "id")[:MOST]), at),
        "count": count,
        "now": at,
    }
    return render(request, "linli/staff/unit.html", {**around(actor), **context})


def _unit(unit: UUID, actor: Actor) -> UnitLine:
    """The unit. Raises: Http404, PermissionDenied where it serves nothing of his."""
    from linli.people.models import Unit

    row = Unit.objects.filter(id=unit).first()
    if row is None:
        raise Http404
    if not scope.reaches(actor, row.region[:12]):
        raise PermissionDenied
    return UnitLine(row.id, T(row.name_zh, row.name_en), row.kind, row.region, row.closed)


def _facts(found: UnitLine, at: int) -> list[tuple[T, T | str]]:
    told: list[tuple[T, T | str]] = [
        (T("类别", "Kind"), UNIT_KINDS.get(found.kind, found.kind)),
        (T("服务范围", "Serves"), path_title(found.region)),
        (T("单位电话", "Telephone of the unit"), contact_of(found.id) or T("未登记", "Not entered")),
    ]
    if found.closed:
        told.append((T("服务到", "Served until"), day_said(found.closed, civil_day(at))))
    return told


urls = [
    path("staff/rolls/units/", units, name="units"),
    path("staff/rolls/units/<uuid:unit>/", unit, name="unit"),
]
