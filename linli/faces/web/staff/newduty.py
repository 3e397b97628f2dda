"""Giving a duty: who, which role, where, from when; somebody new is registered with the same form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.debug import sensitive_post_parameters

from linli.faces.web import asking
from linli.faces.web.parts import Input, Option
from linli.faces.web.reader import actor_of, now, words
from linli.faces.web.staff import scope
from linli.faces.web.staff.desk import around, staff_only
from linli.faces.web.staff.duties import gives, places
from linli.faces.web.staff.duty import faults_of, filled, people_options, typed_day, typed_id
from linli.people import assigning, persons
from linli.people.kinds import RESIDENT, STAFF, UNIT_STAFF
from linli.people.units import units_in
from linli.rules import roles
from linli.rules.actor import Actor
from linli.rules.fields import NEEDED
from linli.rules.ids import new_id
from linli.rules.place import parent
from linli.rules.refusal import Refused, refused
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory.regions import place_title

NOT_GIVEN = {r.key for r in (roles.PUBLIC, roles.RESIDENT, roles.IMPORTER, roles.CLOCK, roles.SYSTEM)}
SOMEBODY = T("请选一个人，或填新人的电话", "Choose somebody, or give the phone of somebody new")


@sensitive_post_parameters("name", "phone")
@staff_only
def new_duty(request: HttpRequest) -> HttpResponse:
    """The form, and under POST the new duty."""
    actor = actor_of(request)
    community = scope.community(request, actor)
    if not gives(actor, community):
        raise PermissionDenied
    if request.method != "POST":
        known = {k: request.GET[k] for k in ("role", "region") if k in request.GET}
        return _show(request, actor, community, known, None)
    try:
        duty = _give(request, actor)
    except Refused as refusal:
        return _show(request, actor, community, request.POST.dict(), refusal)
    messages.success(request, words(T("职责已登记。", "The duty is entered.")), extra_tags="sent-duty-new")
    return redirect("duty", duty)


def _give(request: HttpRequest, actor: Actor) -> UUID:
    """Both or neither: somebody new is not registered for a duty that was refused."""
    _complete(request)
    key, at = asking.key(request.POST, "duty"), now()
    region, role = asking.typed(request.POST, "region"), asking.typed(request.POST, "role")
    unit, ends = asking.typed(request.POST, "unit"), asking.typed(request.POST, "ends")
    with transaction.atomic():
        return assigning.assign(
            person=_person(request, actor, role, at, key),
            role=role,
            region=region,
            starts=typed_day(request, "starts"),
            ends=typed_day(request, "ends") if ends else None,
            unit=typed_id(request, "unit") if unit else None,
            by=actor,
            at=at,
            key=key,
        )


def _complete(request: HttpRequest) -> None:
    """Everything that is missing, at once. Raises: Refused ``answers``."""
    missing = {k: NEEDED for k in ("role", "region", "starts") if not asking.typed(request.POST, k)}
    if asking.typed(request.POST, "role") in NOT_GIVEN:
        missing["role"] = NEEDED
    if not asking.typed(request.POST, "person") and not asking.typed(request.POST, "phone"):
        missing["person"] = SOMEBODY
    if missing:
        raise refused("answers", fields=missing)


def _person(request: HttpRequest, actor: Actor, role: str, at: int, key: str) -> UUID:
    """Who was chosen, else whom the phone belongs to, registered where nobody has it. Raises: Refused."""
    chosen, phone = asking.typed(request.POST, "person"), asking.typed(request.POST, "phone")
    if chosen:
        return typed_id(request, "person")
    neighbours = {r.key: RESIDENT for r in (roles.BUILDING_CAPTAIN, *roles.FORCE_ROLES)}
    kind = {roles.UNIT_STAFF.key: UNIT_STAFF, **neighbours}.get(role, STAFF)
    name = asking.typed(request.POST, "name")
    return persons.register(name=name, phone=phone, kind=kind, at=at, by=actor, key=f"{key}/person")


def _show(
    request: HttpRequest, actor: Actor, community: str, given: Mapping[str, str], refusal: Refused | None
) -> HttpResponse:
    context = {
        "here": "people",
        "inputs": filled(_inputs(community, actor), given, refusal),
        "faults": faults_of(refusal),
        "refusal": refusal,
        "key": f"duty/{new_id()}",
        "area": community,
    }
    page = {**around(actor), **context}
    return render(request, "linli/staff/newduty.html", page, status=422 if refusal else 200)


def _inputs(community: str, actor: Actor) -> list[Input]:
    today = civil_day(now())
    units = [Option(str(u.id), u.title) for u in units_in(community) if u.closed is None]
    return [
        Input("role", T("职责", "Duty"), "select", options=_roles()),
        Input("region", T("范围", "For"), "select", options=_regions(community, actor, today)),
        Input("person", T("谁", "Who"), "select", options=people_options(community), required=False),
        Input(
            "phone",
            T("名单里没有：电话", "Not in the list: phone"),
            "text",
            required=False,
            personal=True,
            at_most=20,
            help=T(
                "已登记过的人按电话找到，没有的新登记",
                "Somebody known is found by it, somebody new registered",
            ),
        ),
        Input(
            "name", T("新人的姓名", "Name of somebody new"), "text", required=False, personal=True, at_most=60
        ),
        Input(
            "unit",
            T("单位", "Unit"),
            "select",
            options=units,
            required=False,
            help=T("责任单位人员、大党委和物管会等的成员才填", "For unit staff and for members of a body"),
        ),
        Input("starts", T("从", "From"), "date", value=today.isoformat()),
        Input("ends", T("到（含当天）", "To (that day included)"), "date", required=False),
    ]


def _roles() -> list[Option]:
    return [Option(key, role.title) for key, role in installed.roles().items() if key not in NOT_GIVEN]


def _regions(community: str, actor: Actor, day: date) -> list[Option]:
    """The regions above as far as he is their administrator, then the community, its grids and buildings."""
    above, code = [], parent(community)
    while code and actor.holds(roles.ADMIN.key, code):
        above.append(Option(code, place_title(code), group=T("上级", "Above")))
        code = parent(code)
    return [*reversed(above), *places(community, day)]


urls = [path("staff/rolls/duties/new/", new_duty, name="duty-new")]
