"""My request: what happens next, who comes (masked), when; and afterwards whether it was done well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from linli.cases import others
from linli.cases.act import Target
from linli.cases.models import Case
from linli.cases.reading import facts_of
from linli.cases.story import CasePage, case_page
from linli.faces.web import asking, said
from linli.faces.web.reader import actor_of, now
from linli.faces.web.resident.home import office
from linli.programmes.volunteering.helping import MORE, TRIED
from linli.programmes.volunteering.pages import door
from linli.programmes.volunteering.pages.hours import team_names
from linli.programmes.volunteering.recording import WRONG
from linli.programmes.volunteering.words import CAPTAIN, REQUESTER, SERVES
from linli.rules.ids import new_id
from linli.rules.programme import State
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.signup import PLACE
from linli.rules.text import T
from linli.rules.when import instant
from linli.territory.regions import path_title, place_title

TOLD = ("when", "day", "part", "door", "words", "more", "tried")
"""What the captain reads of what was said; the building stands beside it."""
POINTS = {
    "5": T("很好", "Very good"),
    "3": T("还行", "All right"),
    "1": T("不好", "Not good"),
}
"""What is said of a service in one tap, and for how many points it stands."""
ON_REQUEST = {
    "withdraw": T("已经撤回。", "It was withdrawn."),
    "add": T("补充的话已经记下。", "What you added is recorded."),
}
ON_SERVICE = {
    "confirm": T("谢谢您，已经确认。", "Thank you; it is confirmed."),
    "dispute_hours": T("已经记下，会有人核对。", "It is recorded and will be checked."),
}


@dataclass(frozen=True, slots=True)
class Visit:
    """Who comes when: the team, those who go by their masked names, the captain, the beginning (µs UTC)."""

    case: UUID
    state: str
    team: str
    captain: str
    who: list[str]
    at: int
    minutes: int

    @property
    def to_come(self) -> bool:
        """Whether it lies ahead or is under way."""
        return self.state == "planned"


@dataclass(frozen=True, slots=True)
class Card:
    """One of my requests in a list."""

    title: T
    state: State
    url: str
    visit: Visit | None


def card(case: Case) -> Card:
    """A request as one sees it among others."""
    definition = installed[case.type]
    field = definition.fields["need"]
    title = field.title_of(facts_of(case)["need"])  # type: ignore[attr-defined]
    return Card(title, definition.states[case.state], reverse("help-mine", args=[case.id]), visit_of(case.id))


def visit_of(request: UUID) -> Visit | None:
    """The latest service that came out of a request and was not called off."""
    found = [o for o in others.linked(request, SERVES) if o.state != "called_off"]
    if not found:
        return None
    service = found[-1]
    seats = door.seats_of([service.id], PLACE.key, CAPTAIN.key).get(service.id, [])
    names = door.names_of(s.head for s in seats)
    by_kind = {kind: [names[s.head] for s in seats if s.kind == kind] for kind in (PLACE.key, CAPTAIN.key)}
    return Visit(
        service.id,
        service.state,
        team_names([service.facts["team"]]).get(service.facts["team"], ""),
        next(iter(by_kind[CAPTAIN.key]), ""),
        by_kind[PLACE.key],
        instant(service.facts["starts"]),
        int(service.facts["minutes"]),
    )


@door.signed_in
def page(request: HttpRequest, case: UUID) -> HttpResponse:
    """The page for who asked; a captain is led to his team's."""
    try:
        found = case_page(case, actor_of(request), now())
    except Refused:
        raise Http404 from None
    if REQUESTER.key not in found.mine:
        return _for_captain(request, found) if CAPTAIN.key in found.mine else redirect("case", case)
    visit = visit_of(case)
    if request.method == "POST":
        _post(request, case, visit)
        return redirect("help-mine", case)
    told = facts_of(found.case)
    context = {
        "community": place_title(found.case.community),
        "office": office(found.case.community, now()),
        "place": path_title(found.case.place),
        "card": card(found.case),
        "case": found.case,
        "visit": visit,
        "gone": visit is not None and not (visit.to_come and visit.at > now()),
        "instead": told.get("instead"),
        "says": found.definition.states[found.case.state].says,
        "steps": said.story(found, now()),
        "points": POINTS.items(),
        "more": asking.inputs((MORE,), {}, {}),
        "wrong": asking.inputs((WRONG,), {}, {}),
        "actions": {a.key for a in found.actions},
        "key": new_id(),
        "here": "help",
        "now": now(),
    }
    return render(request, "volunteering/help/mine.html", context)


def _for_captain(request: HttpRequest, found: CasePage) -> HttpResponse:
    """What the captain has to know: where, what was said, who goes; and a note of a call."""
    if request.method == "POST":
        given, _ = asking.answers(request, (TRIED,), "note")
        door.does(request, found.case.id, "note", given, T("记下了。", "Noted."))
        return redirect("help-mine", found.case.id)
    context = {
        "community": place_title(found.case.community),
        "place": path_title(found.case.place),
        "card": card(found.case),
        "visit": visit_of(found.case.id),
        "team": facts_of(found.case).get("team"),
        "told": [(f.title, said.shown(f, v)) for f, v in found.facts if f.key in TOLD],
        "steps": said.story(found, now()),
        "tried": asking.inputs((TRIED,), {}, {}),
        "notes": "note" in {a.key for a in found.actions},
        "key": new_id(),
        "here": "volunteer",
        "now": now(),
    }
    return render(request, "volunteering/request.html", context)


def _post(request: HttpRequest, case: UUID, visit: Visit | None) -> None:
    action = asking.typed(request.POST, "action")
    if action in ON_REQUEST:
        given, _ = asking.answers(request, (MORE,) if action == "add" else (), action)
        _done(request, case, action, given, ON_REQUEST[action])
    elif action in ON_SERVICE and visit:
        given, _ = asking.answers(request, (WRONG,) if action == "dispute_hours" else (), action)
        score = asking.typed(request.POST, "score")
        if action == "confirm" and score in POINTS:
            given = {"score": score}
        _done(request, visit.case, action, given, ON_SERVICE[action])


def _done(request: HttpRequest, target: Target, action: str, given: Mapping[str, Any], done: T) -> None:
    door.does(request, target, action, given, done)


urls = [path("help/case/<uuid:case>/", page, name="help-mine")]
