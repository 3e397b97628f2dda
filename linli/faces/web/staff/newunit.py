"""Entering a unit: a company or an office that handles cases, or a body that works in a place (大党委, 党支部, 物管会 …)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from linli.faces.web import asking
from linli.faces.web.parts import Input, Option
from linli.faces.web.reader import actor_of, now, words
from linli.faces.web.staff import scope
from linli.faces.web.staff.desk import around, staff_only
from linli.faces.web.staff.duties import gives, places
from linli.faces.web.staff.duty import faults_of, filled
from linli.people.kinds import BODY_KINDS, UNIT_KINDS
from linli.people.units import found_unit
from linli.rules.fields import NEEDED
from linli.rules.ids import new_id
from linli.rules.refusal import Refused, refused
from linli.rules.text import T
from linli.rules.worktime import civil_day


@staff_only
def new_unit(request: HttpRequest) -> HttpResponse:
    """The form, and under POST the new unit."""
    actor = actor_of(request)
    community = scope.community(request, actor)
    if not gives(actor, community):
        raise PermissionDenied
    if request.method != "POST":
        return _show(request, community, {}, None)
    try:
        unit = _found(request)
    except Refused as refusal:
        return _show(request, community, request.POST.dict(), refusal)
    messages.success(request, words(T("单位已登记。", "The unit is entered.")), extra_tags="sent-unit-new")
    return redirect("unit", unit)


def _found(request: HttpRequest) -> UUID:
    given = {k: asking.typed(request.POST, k) for k in ("name_zh", "name_en", "kind", "region", "contact")}
    missing = {k: NEEDED for k in ("name_zh", "kind", "region") if not given[k]}
    if given["kind"] not in UNIT_KINDS:
        missing["kind"] = NEEDED
    if missing:
        raise refused("answers", fields=missing)
    name = T(given["name_zh"], given["name_en"] or given["name_zh"])
    return found_unit(
        name=name,
        kind=given["kind"],
        region=given["region"],
        contact=given["contact"],
        by=actor_of(request),
        at=now(),
        key=asking.key(request.POST, "unit"),
    )


def _show(
    request: HttpRequest, community: str, given: Mapping[str, str], refusal: Refused | None
) -> HttpResponse:
    context = {
        "here": "people",
        "inputs": filled(_inputs(community, civil_day(now())), given, refusal),
        "faults": faults_of(refusal),
        "refusal": refusal,
        "key": f"unit/{new_id()}",
        "area": community,
    }
    page = {**around(actor_of(request)), **context}
    return render(request, "linli/staff/newunit.html", page, status=422 if refusal else 200)


def _inputs(community: str, day: date) -> list[Input]:
    bodies, handling = (
        T("在这里出力，不派件", "Works here, no case is sent"),
        T("派件给它办", "Cases are sent to it"),
    )
    kinds = [Option(k, t, group=bodies if k in BODY_KINDS else handling) for k, t in UNIT_KINDS.items()]
    return [
        Input("name_zh", T("名称", "Name in Chinese"), "text", at_most=60),
        Input("name_en", T("英文名称", "Name in English"), "text", required=False, at_most=60),
        Input("kind", T("类别", "Kind"), "select", options=kinds),
        Input("region", T("服务范围", "Serves"), "select", options=places(community, day)),
        Input("contact", T("单位电话", "Telephone of the unit"), "text", required=False, at_most=20),
    ]


urls = [path("staff/rolls/units/new/", new_unit, name="unit-new")]
