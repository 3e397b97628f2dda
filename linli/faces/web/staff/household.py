"""One household: who lives there behind masks, its labels with their days, its cases; moving in and out, taking and losing a
label are entries.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from linli.cases.contacts import Behind
from linli.cases.homes import at_building, at_door
from linli.faces.web import asking
from linli.faces.web.moments import day_said
from linli.faces.web.parts import Form, Input, Option
from linli.faces.web.reader import actor_of, now, words
from linli.faces.web.staff import scope
from linli.faces.web.staff.contact import Back, Contacts, answer
from linli.faces.web.staff.desk import around, lines, staff_only
from linli.faces.web.staff.duty import faults_of, filled, typed_day
from linli.people import persons
from linli.people.contact import Masked
from linli.people.kinds import RESIDENT
from linli.people.opening import open_
from linli.people.persons import masked
from linli.rules.actor import Actor
from linli.rules.fields import NEEDED
from linli.rules.ids import new_id
from linli.rules.refusal import Refused, refused
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory import access
from linli.territory import households as roll
from linli.territory.buildings import grid_of
from linli.territory.models import Household
from linli.territory.refusals import refused as not_kept
from linli.territory.regions import place_title

MOST = 10
LIVES = T("住户", "Resident")
DONE = {
    "move_in": T("已登记迁入。", "Moving in is entered."),
    "move_out": T("已登记迁出。", "Moving out is entered."),
    "label": T("已加标签。", "The label is entered."),
    "end_label": T("标签已结束。", "The label is ended."),
}
SAYS = {
    "person": T("谁", "Who"),
    "label": T("标签", "Label"),
    "day": T("日期", "Day"),
    "name": T("姓名", "Name"),
    "phone": T("电话", "Phone"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A member or a label with its days in words; ``now`` where they hold today."""

    title: T | str
    key: str
    days: T
    now: bool


@staff_only
def household(request: HttpRequest, code: str) -> HttpResponse:
    """The page, and under POST a change of the roll."""
    row, actor = household_of(request, code), actor_of(request)
    if request.method != "POST":
        return _show(request, row, None)
    do = request.POST.get("do", "")
    if do not in DONE:
        raise Http404
    try:
        _change(request, row, actor, do)
    except Refused as refusal:
        return _show(request, row, refusal)
    messages.success(request, words(DONE[do]))
    return redirect("household", code)


def household_of(request: HttpRequest, code: str) -> Household:
    """The household. Raises: Http404, PermissionDenied for whoever may not see the roll of its building."""
    row = Household.objects.filter(code=code).first()
    if row is None:
        raise Http404
    if not access.sees_household(actor_of(request), row.building, civil_day(now())):
        raise PermissionDenied
    return row


def _change(request: HttpRequest, row: Household, actor: Actor, do: str) -> None:
    key, at = asking.key(request.POST, "roll"), now()
    day = typed_day(request, "day")
    if do == "move_in":
        # Somebody who then cannot move in is not registered either.
        with transaction.atomic():
            if access.keeps_roll(actor, row.building, civil_day(at)) is None:
                raise not_kept("not-your-roll")
            person = _registered(request, actor, at, key)
            roll.move_in(row.code, person, day, by=actor, at=at, key=key)
    elif do == "move_out":
        roll.move_out(row.code, _chosen(request), day, by=actor, at=at, key=key)
    elif do == "label":
        roll.label(row.code, _marked(request, row, actor), day, by=actor, at=at, key=key)
    else:
        roll.end_label(row.code, _marked(request, row, actor), day, by=actor, at=at, key=key)


def _registered(request: HttpRequest, actor: Actor, at: int, key: str) -> UUID:
    name, phone = asking.typed(request.POST, "name"), asking.typed(request.POST, "phone")
    return persons.register(
        name=name, phone=phone or None, kind=RESIDENT, at=at, by=actor, key=f"{key}/person"
    )


def _chosen(request: HttpRequest) -> UUID:
    text = T("请选一个人", "Choose somebody")
    try:
        return UUID(asking.typed(request.POST, "person"))
    except ValueError:
        raise Refused("answers", text, {"person": text}) from None


def _marked(request: HttpRequest, row: Household, actor: Actor) -> str:
    """The label that was chosen; one that he may not read he may not give or end either, whether the household has it or not."""
    label, known = (
        asking.typed(request.POST, "label"),
        access.labels_seen(actor, row.building, civil_day(now())),
    )
    if label and (label in known or label not in roll.LABELS):
        return label
    raise refused("answers", fields={"label": NEEDED})


def _show(request: HttpRequest, row: Household, refusal: Refused | None) -> HttpResponse:
    actor, at = actor_of(request), now()
    day, given = civil_day(at), request.POST.dict() if refusal else {}
    known = access.labels_seen(actor, row.building, day)
    keeps = access.keeps_roll(actor, row.building, day) is not None
    terms = roll.members_of(row.code)
    shown = masked(t.what for t in terms if isinstance(t.what, UUID))
    context = {
        "here": "people",
        "row": row,
        "title": roll.title(row),
        "building": place_title(row.building),
        "knows": bool(known),
        "partly": len(known) < len(roll.LABELS),
        "labels": _labels(row, known, day),
        "contacts": _contacts(row, terms, shown, day),
        "past": _past(terms, shown, day),
        "forms": _forms(row, known, terms, shown, refusal, given, day) if keeps else [],
        "door_cases": lines(list(at_door(actor, row.building, _door(row))[:MOST]), at),
        "house_cases": lines(list(at_building(actor, row.building).filter(live=True)[:MOST]), at),
        "refusal": refusal,
        "tried": given.get("do", ""),
        "faults": faults_of(refusal, f"{given.get('do', '')}-", SAYS),
        "now": at,
    }
    status = 422 if refusal else 200
    return render(request, "linli/staff/household.html", {**around(actor), **context}, status=status)


def _door(row: Household) -> str:
    return f"{row.entrance}-{row.door}"


def _days(term: roll.Term, today: date) -> T:
    starts = day_said(term.starts, today)
    if term.ends is None:
        return T("自{a}", "since {a}").format(a=starts)
    return T("{a}至{b}", "{a} to {b}").format(a=starts, b=day_said(term.ends, today))


def _labels(row: Household, known: Collection[str], day: date) -> list[Line]:
    """The labels that the reader may know with their days, those of today first."""
    found = [
        Line(roll.LABELS[str(t.what)], str(t.what), _days(t, day), t.holds(day))
        for t in roll.labels_ever(row.code)
        if t.what in known
    ]
    return sorted(found, key=lambda line: not line.now)


def _contacts(
    row: Household, terms: list[roll.Term], shown: Mapping[UUID, Masked], day: date
) -> Contacts | None:
    """Who lives there today, as the partial of masked persons takes them."""
    people = _behind(terms, shown, day)
    url = reverse("household-contact", args=[row.code])
    return Contacts(people, url, f"open/{new_id()}") if people else None


def _behind(terms: list[roll.Term], shown: Mapping[UUID, Masked], day: date) -> list[Behind]:
    here = [(t, t.what) for t in terms if t.holds(day) and isinstance(t.what, UUID) and t.what in shown]
    return [Behind(who, _days(t, day), shown[who]) for t, who in here]


def _past(terms: list[roll.Term], shown: Mapping[UUID, Masked], day: date) -> list[Line]:
    """Who lived there before, or will."""
    return [
        Line(scope.name_of(shown.get(t.what)), "", _days(t, day), False)
        for t in terms
        if not t.holds(day) and isinstance(t.what, UUID)
    ]


def _forms(
    row: Household,
    known: Collection[str],
    terms: list[roll.Term],
    shown: Mapping[UUID, Masked],
    refusal: Refused | None,
    given: Mapping[str, str],
    day: date,
) -> list[Form]:
    living = [t.what for t in terms if t.ends is None and isinstance(t.what, UUID)]
    people = [Option(str(p), scope.name_of(shown.get(p))) for p in living]
    open_ones = [str(t.what) for t in roll.labels_ever(row.code) if t.ends is None]
    free = [Option(k, roll.LABELS[k]) for k in known if k not in open_ones]
    on = [Option(k, roll.LABELS[k]) for k in known if k in open_ones]
    since = Input("day", T("从哪天起", "From which day"), "date", value=day.isoformat())
    last = Input("day", T("最后一天（含当天）", "Last day (included)"), "date", value=day.isoformat())
    wanted: list[tuple[str, T, list[Input]]] = [
        ("move_in", T("登记迁入", "Moving in"), [*_newcomer(), since])
    ]
    if people:
        who = Input("person", T("谁", "Who"), "select", options=people)
        wanted.append(("move_out", T("登记迁出", "Moving out"), [who, last]))
    if free:
        wanted.append(("label", T("加标签", "Add a label"), [_which(free), since]))
    if on:
        wanted.append(("end_label", T("结束标签", "End a label"), [_which(on), last]))
    return [_form(row, do, title, fields, refusal, given) for do, title, fields in wanted]


def _which(options: list[Option]) -> Input:
    return Input("label", T("标签", "Label"), "select", options=options)


def _newcomer() -> list[Input]:
    known = T("已登记过的人按电话找到", "Somebody known is found by the phone")
    return [
        Input("name", T("姓名", "Name"), "text", personal=True, at_most=60),
        Input("phone", T("电话", "Phone"), "text", required=False, personal=True, at_most=20, help=known),
    ]


def _form(
    row: Household,
    do: str,
    title: T,
    fields: list[Input],
    refusal: Refused | None,
    given: Mapping[str, str],
) -> Form:
    again = refusal is not None and given.get("do") == do
    shown = filled(fields, given if again else {}, refusal if again else None, f"{do}-")
    hidden = [("do", do), ("key", f"roll/{new_id()}")]
    return Form(do, title, reverse("household", args=[row.code]), shown, hidden)


@sensitive_post_parameters()
@never_cache
@staff_only
def household_contact(request: HttpRequest, code: str) -> HttpResponse:
    """Open the name or the phone of somebody who lives there."""
    row, actor, at = household_of(request, code), actor_of(request), now()
    if request.method != "POST":
        return redirect("household", code)
    day = civil_day(at)
    terms = roll.members_of(code)
    people = _behind(terms, masked(t.what for t in terms if isinstance(t.what, UUID)), day)
    place, grid = row.building, grid_of(row.building, day)

    def look(person: UUID, field: str, reason: str, key: str) -> str:
        return open_(person, field, reason, actor, at, place=place, grid=grid, key=key)

    building, door = place_title(row.building), roll.title(row)
    title = T(f"{building.zh} {door.zh}", f"{building.en}, {door.en}")
    named = [Behind(b.person, LIVES, b.shown) for b in people]
    return answer(request, named, look, Back(reverse("household", args=[code]), title, "people"))


urls = [
    path("staff/rolls/households/<str:code>/", household, name="household"),
    path("staff/rolls/households/<str:code>/contact/", household_contact, name="household-contact"),
]
