"""My team, for its captain: requests that it could take, services to record, who wants to join, who its people are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from linli.cases.models import Case, Link, Seat
from linli.cases.reading import facts_of
from linli.faces.web import asking
from linli.faces.web.parts import Option
from linli.faces.web.reader import now
from linli.people.persons import masked
from linli.programmes.volunteering.helping import HELP, WHEN
from linli.programmes.volunteering.joining import WHY_NOT
from linli.programmes.volunteering.matching import serves, unmask
from linli.programmes.volunteering.pages import door
from linli.programmes.volunteering.recording import DID
from linli.programmes.volunteering.serving import SERVICE
from linli.programmes.volunteering.team import PLANS, TEAM
from linli.programmes.volunteering.words import (
    APPLICANT,
    CAPTAIN,
    MEMBER,
    MINUTES_MEASURE,
    SERVED,
    SERVES,
    SKILLS,
    SKILLS_MASK,
    TIMES,
    TIMES_MASK,
)
from linli.rules.fields import Choice, Field
from linli.rules.ids import new_id
from linli.rules.signup import CAME, PLACE, QUEUE
from linli.rules.text import T
from linli.rules.when import instant, when_of
from linli.territory.regions import place_title, titles

USUAL = 60
"""How long a service at somebody's home is thought to take at first, in minutes."""
SAID = {
    "admit": T("已同意入队。", "Admitted."),
    "turn_down": T("已婉拒，对方会收到消息。", "Turned down; the person is told."),
    "take": T("接下了，求助人已收到消息。", "Taken; the person is told."),
    "record": T("登记好了。", "Recorded."),
    "put_down": T("替他报上名了。", "Put down."),
    "certify": T("工时核定了。", "The hours are certified."),
    "plan": T("排好了，队员可以报名。", "Planned; members can sign up."),
}


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person of the team or of a service, by the masked name; ``minutes`` served or planned."""

    id: str
    name: str
    phone: str = ""
    skills: tuple[T, ...] = ()
    times: tuple[T, ...] = ()
    minutes: int = 0
    here: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that the team could take; nobody's name stands in it."""

    case: UUID
    need: T
    when: T | None
    place: T
    opened: int
    late: bool
    starts: str


@dataclass(frozen=True, slots=True)
class Service:
    """A service of the team with its people."""

    case: UUID
    title: str
    state: Any
    at: int
    minutes: int
    place: T
    over: bool
    people: list[Somebody] = field(default_factory=list)
    waiting: int = 0
    own: bool = False
    helps: bool = False
    request: UUID | None = None


@door.signed_in
def page(request: HttpRequest, team: UUID) -> HttpResponse:
    """The page. Raises: Http404 for who is not its captain."""
    person, found = door.person_of(request), Case.objects.filter(id=team, type=TEAM.key).first()
    leads = Seat.objects.filter(case=team, kind=CAPTAIN.key, head=str(person)).exists()
    if found is None or not leads:
        raise Http404
    if request.method == "POST":
        _does(request, found)
        return redirect("volunteer-team", team)
    at, told = now(), facts_of(found)
    services = _services(found, str(person), at)
    context = {
        "community": place_title(found.community),
        "team": found,
        "state": TEAM.states[[s.key for s in TEAM.states].index(found.state)],
        "skills": [door.SKILL_TITLES[s] for s in told["skills"]],
        "asked": _could_take(found, told, at),
        "to_record": [s for s in services if s.state.key == "planned" and s.over],
        "coming": [s for s in services if s.state.key == "planned" and not s.over],
        "to_confirm": [s for s in services if s.state.key in ("recorded", "disputed")],
        "applicants": _people(team, APPLICANT.key),
        "members": _people(team, MEMBER.key),
        "why_not": [Option(o.key, o.title) for o in WHY_NOT.options],
        "did": asking.inputs((DID,), {}, {}),
        "plans": asking.inputs(_plans(told), {"minutes": 90}, {}, found.community, "plan-"),
        "key": new_id(),
        "here": "volunteer",
        "now": at,
    }
    return render(request, "volunteering/captain.html", context)


def _plans(told: Mapping[str, Any]) -> tuple[Field, ...]:
    """The plan's questions, with the skills of the team alone."""
    options = tuple(o for o in SKILLS if o.key in told["skills"])
    own = (f for f in PLANS if f.key != "spot")
    return tuple(replace(f, options=options) if isinstance(f, Choice) else f for f in own)


def _does(request: HttpRequest, team: Case) -> None:
    action, post = asking.typed(request.POST, "action"), request.POST
    if action in ("admit", "turn_down"):
        why = {"why_not": asking.typed(post, "why_not")} if action == "turn_down" else {}
        door.does(request, team.id, action, {"applicant": asking.typed(post, "who"), **why}, SAID[action])
    elif action == "take":
        asked = {k: asking.typed(post, k) for k in ("starts", "minutes", "capacity")}
        door.does(request, door.case_id(request), action, {"team": str(team.id), **asked}, SAID[action])
    elif action == "plan":
        given, _ = asking.answers(request, _plans(facts_of(team)), "plan")
        door.does(request, team.id, action, given, SAID[action])
    elif action == "put_down":
        door.does(request, door.case_id(request), action, {"who": asking.typed(post, "who")}, SAID[action])
    elif action == "certify":
        door.does(request, door.case_id(request), action, {}, SAID[action])
    elif action == "record":
        _record(request)


def _record(request: HttpRequest) -> None:
    """Who is ticked came, for the minutes beside his name."""
    who = request.POST.getlist("came")
    rows = [{"who": w, "minutes": asking.typed(request.POST, f"minutes-{w}")} for w in who]
    did, _ = asking.answers(request, (DID,), "record")
    door.does(request, door.case_id(request), "record", {"came": rows, **did}, SAID["record"])


def _could_take(team: Case, told: Mapping[str, Any], at: int) -> list[Asked]:
    """Open requests for what the team does, where it goes; the oldest first."""
    grids = frozenset(str(r["area"]) for r in told.get("areas", ())) if told.get("scope") == "some" else None
    rows = Case.objects.filter(
        community=team.community, type=HELP.key, state="open", category__in=told["skills"]
    ).order_by("due", "id")
    near = [c for c in rows if serves(grids, c.grid)] if team.state == "active" else []
    places = titles(c.grid or c.community for c in near)
    whens = {o.key: o.title for o in WHEN.options}
    return [
        Asked(
            c.id,
            door.SKILL_TITLES[c.category],
            whens.get(facts_of(c).get("when", "")),
            places[c.grid or c.community],
            c.opened,
            c.late,
            when_of(door.proposed(_wanted(facts_of(c)), str(facts_of(c).get("part", "")), at)),
        )
        for c in near
    ]


def _wanted(told: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(told["wanted_day"]) if told.get("wanted_day") else None


def _services(team: Case, person: str, at: int) -> list[Service]:
    """The team's services that wait for something, by time."""
    rows = Case.objects.filter(
        community=team.community, type=SERVICE.key, live=True, facts__contains=f'"team":"{team.id}"'
    )
    cases = list(rows)
    kinds = (PLACE.key, QUEUE.key, CAME.key, SERVED.key, "beneficiary")
    seats, places = door.seats_of((c.id for c in cases), *kinds), titles(c.place for c in cases)
    names = door.names_of({s.head for many in seats.values() for s in many})
    served = dict(
        Link.objects.filter(source__in=[c.id for c in cases], relation=SERVES).values_list("source", "target")
    )
    found = [
        replace(
            _service(c, seats.get(c.id, []), names, places[c.place], person, at), request=served.get(c.id)
        )
        for c in cases
    ]
    return sorted(found, key=lambda s: (s.at, s.case.hex))


def _service(
    case: Case, seats: list[Seat], names: Mapping[str, str], place: T, person: str, at: int
) -> Service:
    told = facts_of(case)
    by_kind: dict[str, list[Seat]] = {}
    for seat in seats:
        by_kind.setdefault(seat.kind, []).append(seat)
    here = {s.head for s in by_kind.get(CAME.key, [])}
    shown = by_kind.get(SERVED.key) or by_kind.get(PLACE.key, [])
    states = {s.key: s for s in SERVICE.states}
    return Service(
        case.id,
        case.title,
        states[case.state],
        instant(told["starts"]),
        int(told["minutes"]),
        place,
        instant(told["starts"]) <= at,
        [
            Somebody(s.head, names.get(s.head, ""), minutes=_minutes(s, told), here=s.head in here)
            for s in shown
        ],
        len(by_kind.get(QUEUE.key, [])),
        own=any(s.head == person for s in by_kind.get(SERVED.key, [])),
        helps="beneficiary" in by_kind,
    )


def _minutes(seat: Seat, told: Mapping[str, Any]) -> int:
    return int(json.loads(seat.measures).get(MINUTES_MEASURE, told["minutes"]))


def _people(team: UUID, kind: str) -> list[Somebody]:
    """The people of one kind with what they can and when they are free."""
    seats = list(Seat.objects.filter(case=team, kind=kind).order_by("happened", "id"))
    names = masked([UUID(s.head) for s in seats])
    found = []
    for seat in seats:
        told, name = json.loads(seat.measures), names.get(UUID(seat.head))
        skills = unmask(SKILLS, int(told.get(SKILLS_MASK, 0)))
        times = unmask(TIMES, int(told.get(TIMES_MASK, 0)))
        found.append(
            Somebody(
                seat.head,
                name.name if name else "",
                name.phone or "" if name else "",
                tuple(o.title for o in SKILLS if o.key in skills),
                tuple(o.title for o in TIMES if o.key in times),
            )
        )
    return found


urls = [path("volunteer/team/<uuid:team>/", page, name="volunteer-team")]
