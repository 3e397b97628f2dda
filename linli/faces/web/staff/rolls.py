"""名册: the way to duties, households, units and the log of opened fields, each with the figure that says how much there is."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from linli.cases.coverage import READERS
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff import scope
from linli.faces.web.staff.desk import around, staff_only
from linli.people.duties import roster
from linli.people.units import units_in
from linli.rules.actor import Actor
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory import access, households


@dataclass(frozen=True, slots=True)
class Roll:
    """One roll: its icon, its name, what it answers, its address, and the number that it holds with its unit."""

    icon: str
    title: T
    says: T
    url: str
    number: int | None = None
    unit: T | None = None


@staff_only
def rolls(request: HttpRequest) -> HttpResponse:
    """The rolls that are open to the reader."""
    actor = actor_of(request)
    community = scope.community(request, actor)
    found = [*_of_places(actor, community), _opened()] if community else []
    chips = scope.community_chips(actor, community, reverse("people"))
    context = {"here": "people", "rolls": found, "groups": chips}
    return render(request, "linli/staff/rolls.html", {**around(actor), **context})


def _of_places(actor: Actor, community: str) -> list[Roll]:
    day, query = civil_day(now()), f"?community={community}"
    duties = Roll(
        "id-card",
        T("职责", "Duties"),
        T("某一天，某一栋楼，归谁管", "Who is responsible for a building on a day"),
        reverse("duties") + query,
        len(roster(community, day)),
        T("项在任", "in force"),
    )
    units = Roll(
        "building-2",
        T("责任单位", "Units"),
        T("哪些单位服务这里，谁在岗，手上几件事", "Who serves this place, who is on duty, how much is open"),
        reverse("units") + query,
        len([u for u in units_in(community) if u.closed is None]),
        T("个", "units"),
    )
    return [duties, *_homes(actor, community, query), units, *_coverage(actor, community)]


def _coverage(actor: Actor, community: str) -> list[Roll]:
    if not any(scope.reaches(actor, community, (r,)) for r in READERS & actor.roles):
        return []
    says = T(
        "哪些楼、网格、户、人漏了或重了",
        "Which buildings, grids, households and people are missed or doubled",
    )
    return [Roll("list-checks", T("覆盖核对", "Coverage"), says, reverse("coverage"))]


def _homes(actor: Actor, community: str, query: str) -> list[Roll]:
    own = access.buildings_within(actor, community, civil_day(now()), access.ROLL_READERS)
    if not own:
        return []
    title, says = T("住户", "Households"), T("每栋楼、每个门后住着谁", "Who lives behind which door")
    number = households.of_buildings(own).count()
    return [Roll("house", title, says, reverse("households") + query, number, T("户", "households"))]


def _opened() -> Roll:
    title = T("谁看过", "Who opened what")
    says = T("谁在什么时候、为什么看了谁的资料", "Who looked at whose data, when and why")
    return Roll("eye", title, says, reverse("opened"))


urls = [path("staff/rolls/", rolls, name="people")]
