"""职责: who is responsible for a place on a day, who has which duty in a community, and what is not covered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from linli.cases import coverage
from linli.cases.coverage import When
from linli.faces.web.moments import day_said
from linli.faces.web.parts import Column, Input, Option, Row, Table
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff import scope
from linli.faces.web.staff.desk import around, staff_only
from linli.people.duties import Responsible, doubled, responsible, roster
from linli.people.persons import masked
from linli.people.units import titles as unit_titles
from linli.rules.actor import Actor
from linli.rules.place import Level
from linli.rules.registry import installed
from linli.rules.roles import ADMIN, GRID_MEMBER
from linli.rules.text import T
from linli.rules.worktime import civil_day, day_start
from linli.territory.buildings import community_buildings, grid_of, grids_of
from linli.territory.regions import building_title, path_title, place_title, titles

NONE = ""


@staff_only
def duties(request: HttpRequest) -> HttpResponse:
    """The question of a place and a day, and everybody on duty in the community on that day."""
    actor, at = actor_of(request), now()
    community = scope.community(request, actor)
    day, wrong = scope.day_of(request, at)
    place = _place(request, actor)
    context = {
        "here": "people",
        "groups": scope.community_chips(actor, community, reverse("duties")),
        "area": community,
        "inputs": _inputs(community, place, day, wrong),
        "asked": path_title(place) if place else None,
        "day": day_said(day, civil_day(at)),
        "answer": _answer(place, day) if place else None,
        "gaps": _gaps(community, day) if community else [],
        "table": _table(community, day) if community else None,
        "gives": reverse("duty-new") + f"?community={community}" if gives(actor, community) else "",
    }
    return render(request, "linli/staff/duties.html", {**around(actor), **context})


def _place(request: HttpRequest, actor: Actor) -> str:
    """The place asked about. Raises: PermissionDenied where it is not his."""
    place = request.GET.get("place", "").strip().upper()
    if not place or not scope.is_place(place):
        return ""
    if not scope.reaches(actor, place[: Level.COMMUNITY]):
        raise PermissionDenied
    return place


def gives(actor: Actor, community: str) -> bool:
    """Whether he may give duties somewhere in the community."""
    return bool(community) and any(
        r.startswith(community) or community.startswith(r) for r in scope.regions(actor, (ADMIN.key,))
    )


def places(community: str, day: date) -> list[Option]:
    """The community, its grids and its buildings, to choose from."""
    if not community:
        return []
    whole, grids, houses = T("整个", "The whole"), T("网格", "Grids"), T("楼栋", "Buildings")
    found = [Option(community, place_title(community), group=whole)]
    found += [
        Option(g.code, T(g.name_zh, g.name_en or g.name_zh), group=grids) for g in grids_of(community, day)
    ]
    return found + [Option(b.code, building_title(b), group=houses) for b in community_buildings(community)]


def _inputs(community: str, place: str, day: date, wrong: bool) -> list[Input]:
    options = [Option(o.key, o.title, group=o.group, on=o.key == place) for o in places(community, day)]
    error = T("请填写日期，如 2024-04-28", "Expected a date such as 2024-04-28") if wrong else None
    return [
        Input("place", T("哪里", "Where"), "select", options=options),
        Input("day", T("哪一天", "On which day"), "date", value=day.isoformat(), error=error),
    ]


def _answer(place: str, day: date) -> Table:
    grid = grid_of(place, day) if len(place) == Level.BUILDING else None
    caption = T("从近到远", "From the nearest outward")
    return table(caption, responsible(place, day, grid=grid))


def _table(community: str, day: date) -> Table:
    caption = T("在任职责", "Duties in force")
    found = roster(community, day)
    above = [r for r in responsible(community, day) if len(r.region) < Level.COMMUNITY]
    return table(caption, [*found, *above])


def table(caption: T, found: Sequence[Responsible]) -> Table:
    """Those on duty as a table; each row leads to its duty."""
    people = masked({r.person for r in found} | {r.stands_for for r in found if r.stands_for})
    named, units = titles(r.region for r in found), unit_titles(r.unit for r in found if r.unit)
    roles = installed.roles()

    def person(who: UUID) -> T | str:
        return scope.name_of(people.get(who))

    rows = [
        Row(
            (
                roles[r.role].title if r.role in roles else r.role,
                person(r.person),
                named[r.region],
                units.get(r.unit, NONE) if r.unit else NONE,
                T("代 {who}", "for {who}").format(who=person(r.stands_for)) if r.stands_for else NONE,
            ),
            url=reverse("duty", args=[r.duty]),
        )
        for r in found
    ]
    heads = [
        T("职责", "Duty"),
        T("谁", "Who"),
        T("范围", "For"),
        T("单位", "Unit"),
        T("代班", "Standing in"),
    ]
    return Table(caption, [Column(h, fit="keep" if i < 2 else "") for i, h in enumerate(heads)], rows)


def in_words(found: Sequence[Responsible]) -> list[tuple[T, T]]:
    """Those on duty as pairs of role and persons, in the order given: for a page that has no room for a table."""
    people, roles = masked(r.person for r in found), installed.roles()
    units = unit_titles(r.unit for r in found if r.unit)
    lines: dict[str, list[T]] = {}
    for r in found:
        name = scope.name_of(people.get(r.person))
        both = name if isinstance(name, T) else T(name, name)
        unit = units.get(r.unit) if r.unit else None
        lines.setdefault(r.role, []).append(
            T(f"{unit.zh} {both.zh}", f"{unit.en} {both.en}") if unit else both
        )
    return [
        (roles[k].title if k in roles else T(k, k), T("\n".join(t.zh for t in v), "\n".join(t.en for t in v)))
        for k, v in lines.items()
    ]


def _gaps(community: str, day: date) -> list[T]:
    """What the roster lacks on the day: grids without a member, grids with two."""
    free = list(coverage.CHECKS["unstaffed"].find(community, When(day_start(day))))
    twice = doubled([g.code for g in grids_of(community, day)], day, GRID_MEMBER.key)
    named = titles([*free, *twice])
    found = [T("{g}没有网格员", "{g} has no grid member").format(g=named[g]) for g in free]
    many = T("{g}有 {n} 名网格员", "{g} has {n} grid members")
    return found + [many.format(g=named[g], n=len(who)) for g, who in twice.items()]


urls = [path("staff/rolls/duties/", duties, name="duties")]
