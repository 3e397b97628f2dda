"""One household: who lives there, what was heard and promised, and the visit of today in one form.

A visit is entered once, with all that comes out of it, in one transaction. The form carries a key chosen by the client, so that
a second tap or a broken network never enters it twice; ``seen``, the last entry of the visit it goes on with; and ``happened``,
empty where that is now.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linli.cases.models import Case
from linli.cases.receipt import Receipt
from linli.cases.sending import send
from linli.faces.web import asking
from linli.faces.web.reader import actor_of, holder_of, words
from linli.faces.web.staff.desk import staff_only
from linli.programmes.visits.pages import area, doors, past, raising, rounds, sheet
from linli.programmes.visits.pages.frame import today, uuid_or_none
from linli.programmes.visits.pages.rounds import Home
from linli.programmes.visits.programme import VISIT
from linli.rules.fields import Field
from linli.rules.machine import asked
from linli.rules.programme import Action
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.text import T
from linli.territory.access import Sight
from linli.territory.models import Building

RECORD, RETURN, KEEP = "record", "return_visit", "keep"


@dataclass(frozen=True, slots=True)
class Scene:
    """Where the reader stands: the household, its grid, the doors beside it, and what may be done."""

    building: Building
    grid: str
    homes: list[Home]
    home: Home
    at: int
    day: date
    visits: bool
    knows: bool
    sight: Sight

    @property
    def code(self) -> str:
        """The household's code."""
        return self.home.household.code

    @property
    def again(self) -> Case | None:
        """The visit that waits to be made again, with which the next one goes on."""
        found = Case.objects.filter(type=VISIT.key, place=self.building.code, title=self.home.door, live=True)
        return found.filter(state="again").order_by("-opened").first()


@dataclass(frozen=True, slots=True)
class Typed:
    """A form that was refused: nothing typed is lost."""

    action: str
    given: Mapping[str, Any]
    raised: Mapping[str, raising.Raised] = field(default_factory=dict)
    refusal: Refused | None = None
    case: str = ""


@staff_only
def home(request: HttpRequest, code: str) -> HttpResponse:
    """The page of a household, and under POST what was done there."""
    scene = _scene(request, code)
    if request.method != "POST":
        return _show(request, scene, None)
    if not scene.visits:
        raise PermissionDenied
    return _keep(request, scene) if request.POST.get("do") == KEEP else _visit(request, scene)


def _scene(request: HttpRequest, code: str) -> Scene:
    at, day = today()
    actor, place = actor_of(request), code[:17]
    building, grid = area.building(actor, place, day)
    homes = rounds.homes([place], at)
    found = next((h for h in homes if h.household.code == code), None)
    if found is None:
        raise Http404
    may = area.may_visit(actor, place, grid), area.may_know(actor, place, grid)
    return Scene(building, grid, homes, found, at, day, *may, area.sight(actor, {place: grid}))


def _show(request: HttpRequest, scene: Scene, typed: Typed | None) -> HttpResponse:
    context = sheet.page(request, scene, typed)
    return render(request, "visits/home.html", context, status=422 if typed else 200)


def _visit(request: HttpRequest, scene: Scene) -> HttpResponse:
    """Enter the visit, and what comes out of it, or nothing of both."""
    again = scene.again
    action = installed[VISIT.key].actions[RETURN if again else RECORD]
    fields, key = asked(VISIT, action), asking.key(request.POST, "visit")
    given, wrong = asking.answers(request, fields, key)
    raised = [raising.read(request, d, a, key) for d, a in _offers(request, scene)]
    try:
        _of_this_household(scene, given)
        if wrong:
            raise Refused("answers", next(iter(wrong.values())), wrong)
        receipts = _enter(request, scene, again, action, fields, given, raised, key)
    except Refused as refusal:
        kept = {r.definition.key: r for r in raised}
        return _show(request, scene, Typed(action.key, given, kept, refusal))
    return _done(request, scene, receipts)


def _offers(request: HttpRequest, scene: Scene) -> list[tuple[Any, Action]]:
    return raising.offers(actor_of(request), scene.building.code, scene.grid)


def _of_this_household(scene: Scene, given: Mapping[str, Any]) -> None:
    """Only somebody who lives there can be named by his entry on the roll."""
    member = given.get("member")
    if member and member not in {str(m) for m in past.members(scene.code, scene.day)}:
        text = T("请从这一户的名册里选", "Please choose somebody of this household")
        raise Refused("answers", text, {"member": text})


def _enter(
    request: HttpRequest, scene: Scene, again: Case | None, action: Action, fields: tuple[Field, ...],
    given: Mapping[str, Any], raised: list[raising.Raised], key: str,
) -> list[Receipt]:  # fmt: skip
    actor, holder, happened = actor_of(request), holder_of(request), _number(request, "happened")
    place = scene.building.code
    where = {} if again else {"where": place, "door": scene.home.door}
    with transaction.atomic():
        visit = send(
            again.id if again else (VISIT.key, place), action.key, actor, {**given, **where}, fields,
            holder=holder, key=key, now=scene.at, seen=_number(request, "seen"), happened=happened,
        )  # fmt: skip
        return [visit] + [
            raising.enter(
                r, visit, place, given, actor, holder=holder, key=key, now=scene.at, happened=happened
            )
            for r in raised
            if r.wanted
        ]


def _number(request: HttpRequest, name: str) -> int | None:
    """A whole number that the form carries, such as a time in µs; None where it says nothing."""
    text = asking.typed(request.POST, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _done(request: HttpRequest, scene: Scene, receipts: list[Receipt]) -> HttpResponse:
    """Say what was entered, and lead on: on a walk to the next door, else back to this one."""
    numbers = "、".join(r.number for r in receipts)
    told = T("已登记：{n}", "Entered: {n}").format(n=numbers)
    messages.success(request, words(told), extra_tags=f"sent-visit-{scene.code}")
    if not request.POST.get("run"):
        return redirect("visits-home", scene.code)
    onward = doors.after(scene.homes, scene.code, scene.at)
    return redirect(doors.walk(onward) if onward else reverse("visits-building", args=[scene.building.code]))


def _keep(request: HttpRequest, scene: Scene) -> HttpResponse:
    """A promise was kept."""
    case_id = uuid_or_none(request.POST.get("case", ""))
    case = next((c for c in past.promised(request, scene) if c.id == case_id), None)
    if case is None:
        text = T("这件承诺已经有了变化，请看最新情况。", "That promise has moved on; see where it stands.")
        messages.warning(request, words(text))
        return redirect("visits-home", scene.code)
    action = installed[VISIT.key].actions[KEEP]
    fields, key = asked(VISIT, action), asking.key(request.POST, "visit")
    given, wrong = asking.answers(request, fields, key)
    try:
        if wrong:
            raise Refused("answers", next(iter(wrong.values())), wrong)
        send(
            case.id, action.key, actor_of(request), given, fields,
            holder=holder_of(request), key=key, now=scene.at, seen=_number(request, "seen"),
        )  # fmt: skip
    except Refused as refusal:
        return _show(request, scene, Typed(action.key, given, refusal=refusal, case=str(case.id)))
    told = T("承诺已办：{n}", "Promise kept: {n}").format(n=case.number)
    messages.success(request, words(told), extra_tags=f"sent-{case.id}-{KEEP}")
    return redirect("visits-home", scene.code)
