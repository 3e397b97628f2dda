"""The page of a household put together: what is known, the promises to keep, the form of the visit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.urls import reverse

from linli.cases.models import Case
from linli.faces.web import asking, parts
from linli.faces.web.reader import actor_of
from linli.people.persons import masked
from linli.programmes.visits.pages import area, doors, frame, past, raising
from linli.programmes.visits.programme import VISIT
from linli.rules.ids import new_id
from linli.rules.machine import asked
from linli.rules.programme import Action
from linli.rules.registry import installed
from linli.rules.text import T

if TYPE_CHECKING:
    from linli.programmes.visits.pages.home import Scene, Typed

NOT_ASKED = ("where", "door")
MAIN = ("occasion", "met", "member", "asked", "promised")
"""What every visit tells; the rest stands folded under it."""
NOBODY_KNOWN = T("名册上没有的人", "Somebody who is not on the roll")


@dataclass(frozen=True, slots=True)
class Step:
    """A promise as a form that opens in place."""

    key: str
    title: T
    url: str
    fields: list[parts.Input]
    hidden: list[tuple[str, str]]
    promised: str
    left: parts.Left | None
    case: Case
    open: bool
    says: T | None = None
    stern: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """What the visit can raise, as a part of its form."""

    title: T
    fields: list[parts.Input]
    open: bool


def page(request: HttpRequest, scene: Scene, typed: Typed | None) -> dict[str, Any]:
    """The context of the page."""
    before, behind = doors.beside(scene.homes, scene.code)
    run = bool(request.GET.get("run") or request.POST.get("run"))
    earlier = past.visits(request, scene)
    tone = scene.home.state(scene.at)
    icon, says = frame.STATES[tone]
    known = {
        "members": list(masked(past.members(scene.code, scene.day)).values()) if scene.knows else [],
        "labels": frame.titled(frame.shown(scene.home, scene.sight)),
        "unregistered": past.not_on_the_roll(scene, earlier),
    }
    context = {
        **known,
        "scene": scene,
        "title": area.address(scene.building, scene.home.household),
        "back": reverse("visits-building", args=[scene.building.code]),
        "before": _door(before, run),
        "behind": _door(behind, run),
        "run": run,
        "tone": tone,
        "icon": icon,
        "says": says,
        "promises": [_promise(c, scene, typed) for c in past.promised(request, scene)],
        "visits": earlier,
        "tried": typed,
        "faults": _faults(typed),
    }
    return frame.context(request, **context, **(_form(request, scene, typed) if scene.visits else {}))


def _door(home: Any, run: bool) -> tuple[str, str] | None:
    if home is None:
        return None
    url = doors.walk(home) if run else reverse("visits-home", args=[home.household.code])
    return url, home.door


def _form(request: HttpRequest, scene: Scene, typed: Typed | None) -> dict[str, Any]:
    """The visit of today: a new one, or the return to a door that stayed closed."""
    again = scene.again
    action = installed[VISIT.key].actions["return_visit" if again else "record"]
    inputs = _inputs(scene, action, typed)
    hidden = [("key", f"visit/{new_id()}"), ("happened", ""), ("seen", str(again.seq) if again else "")]
    return {
        "action": action,
        "again": again,
        "hidden": hidden + ([("run", "1")] if request.GET.get("run") or request.POST.get("run") else []),
        "nobody": f"visit/{new_id()}",
        "inputs": [i for i in inputs if i.name in MAIN],
        "rest": [i for i in inputs if i.name not in MAIN],
        "rest_open": any(i.error or (typed and i.name in typed.given) for i in inputs if i.name not in MAIN),
        "offers": _offers(request, scene, typed),
        "occasion": _usual(scene)["occasion"],
        "draft": f"visit-{scene.code}",
    }


def _usual(scene: Scene) -> dict[str, str]:
    """What most visits say, chosen beforehand."""
    reason = "follow_up" if scene.home.open == "promised" else "new" if scene.home.never else "regular"
    return {"occasion": reason if reason != "new" else "regular", "met": "somebody"}


def _inputs(scene: Scene, action: Action, typed: Typed | None) -> list[parts.Input]:
    mine = typed if typed and typed.action == action.key else None
    given: Mapping[str, Any] = mine.given if mine else _usual(scene)
    wrong = mine.refusal.fields if mine and mine.refusal else {}
    fields = [f for f in asked(VISIT, action) if f.key not in NOT_ASKED]
    made = asking.inputs(fields, given, wrong, scene.building.code)
    asked_of = [_members(i, scene, str(given.get("member", ""))) if i.name == "member" else i for i in made]
    asked_of = [replace(i, required=True) if i.name == "asked" else i for i in asked_of]
    return [i for i in asked_of if i.name != "member" or i.options]


def _members(question: parts.Input, scene: Scene, chosen: str) -> parts.Input:
    """Who of the household was met, by masked name; nobody to choose from where nobody is on the roll."""
    known = masked(past.members(scene.code, scene.day))
    options = [
        parts.Option(str(person), who.name, help=who.phone or None, on=str(person) == chosen)
        for person, who in known.items()
        if not who.erased
    ]
    if options:
        options.append(parts.Option("", NOBODY_KNOWN))
    return replace(question, kind="choice", options=options)


def _offers(request: HttpRequest, scene: Scene, typed: Typed | None) -> list[Offer]:
    place, found = scene.building.code, []
    wrong = typed.refusal.fields if typed and typed.refusal else {}
    for definition, action in raising.offers(actor_of(request), place, scene.grid):
        raised = typed.raised.get(definition.key) if typed else None
        cut = f"{definition.key}-"
        faults = {k.removeprefix(cut): t for k, t in wrong.items() if k.startswith(cut)}
        given = raised.given if raised else {}
        fields = raising.questions(definition, action, given, faults, place)
        found.append(Offer(definition.case_type.title, fields, bool(given or faults)))
    return found


def _promise(case: Case, scene: Scene, typed: Typed | None) -> Step:
    mine = typed if typed and typed.case == str(case.id) else None
    action = installed[VISIT.key].actions["keep"]
    wrong = mine.refusal.fields if mine and mine.refusal else {}
    fields = asking.inputs(asked(VISIT, action), mine.given if mine else {}, wrong, prefix=f"{case.id.hex}-")
    hidden = [
        ("do", action.key),
        ("case", str(case.id)),
        ("seen", str(case.seq)),
        ("key", f"visit/{new_id()}"),
    ]
    url, said = reverse("visits-home", args=[scene.code]), frame.said(case, "promised")
    left = frame.left(case, scene.at)
    return Step(case.id.hex, action.title, url, fields, hidden, said, left, case, bool(mine))


def _faults(typed: Typed | None) -> list[parts.Fault]:
    if typed is None or typed.refusal is None:
        return []
    named = {f.key: f.title for f in installed[VISIT.key].fields.values()}
    for key, raised in typed.raised.items():
        named |= {f"{key}-{f.key}": f.title for f in raised.definition.fields.values()}
    prefix = f"{typed.case.replace('-', '')}-" if typed.case else ""
    return [
        parts.Fault(f"{prefix}{k}", named.get(k, VISIT.title), t) for k, t in typed.refusal.fields.items()
    ]
