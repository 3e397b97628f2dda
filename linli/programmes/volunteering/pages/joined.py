"""志愿服务 for a resident: teams to join, services to sign up for, one’s own services; everybody may look, names stand nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache

from linli.cases.models import Case, Seat
from linli.cases.reading import facts_of
from linli.faces.web import asking
from linli.faces.web.reader import actor_of, community_of, now
from linli.programmes.volunteering.pages import door, hours
from linli.programmes.volunteering.team import TEAM
from linli.programmes.volunteering.words import BENEFICIARY, CAPTAIN, MEMBER
from linli.rules.ids import new_id
from linli.rules.signup import CAME, PLACE, QUEUE
from linli.rules.text import T
from linli.rules.when import MINUTE, instant
from linli.rules.worktime import HOUR
from linli.territory.regions import place_title

DOES = {
    "sign_up": T("报上名了。", "You have signed up."),
    "cancel": T("已经取消报名。", "Your name was taken off."),
    "check_in": T("已经签到，辛苦了。", "You have checked in; thank you."),
    "leave": T("已经退出。", "You have left the team."),
}
SHOWN = 30


@dataclass(frozen=True, slots=True)
class Coming:
    """A service to come as a resident sees it; ``role`` is his own part in it: place, queue or nothing."""

    case: UUID
    title: str
    team: str
    skill: T
    at: int
    minutes: int
    venue: str
    free: int | None
    waiting: int
    open: bool
    role: str = ""
    turn: int = 0
    here: bool = False
    can_check_in: bool = False


@dataclass(frozen=True, slots=True)
class TeamCard:
    """A team as everybody sees it; ``role`` is the reader's own part in it."""

    case: UUID
    name: str
    about: str
    skills: list[T]
    members: int
    rests: bool
    role: str
    url: str


@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """The page, and under POST one step of the reader's own."""
    if request.method == "POST":
        return _does(request)
    community, person, at = community_of(request) or "", actor_of(request).person, now()
    shown = coming(community, person, at)
    mine = [c for c in shown if c.role]
    lines = hours.served(person, community) if person else []
    context = {
        "community": place_title(community) if community else None,
        "known": person is not None,
        "mine": mine,
        "open": [c for c in shown if not c.role][:SHOWN],
        "teams": teams(community, person),
        "served": hours.span(sum(line.minutes for line in hours.confirmed(lines))),
        "times": len(hours.confirmed(lines)),
        "waiting": hours.span(sum(line.minutes for line in lines if not line.counts)) if lines else None,
        "key": new_id(),
        "here": "volunteer",
        "now": at,
    }
    return render(request, "volunteering/volunteer.html", context)


def _does(request: HttpRequest) -> HttpResponse:
    if actor_of(request).person is None:
        return door.sign_in(request)
    action = asking.typed(request.POST, "action")
    if action in DOES:
        door.does(request, door.case_id(request), action, {}, DOES[action])
    return redirect("volunteer")


def coming(community: str, person: UUID | None, at: int) -> list[Coming]:
    """The services to come that the reader may sign up for or has: those open to all and those of his teams, by time.

    A service at somebody's home is seen by the members of its team alone.
    """
    own_teams = {str(t.id) for t in door.my_teams(person)} if person else set()
    rows = [(c, facts_of(c)) for c in door.services(community)]
    held = _held(person, [c.id for c, _ in rows])
    rows = [
        (c, f)
        for c, f in rows
        if BENEFICIARY.key not in held.get(c.id, {})
        and (held.get(c.id) or (_begins(f) > at and (f.get("open_to_all") or f["team"] in own_teams)))
    ]
    counted = door.counts(c.id for c, _ in rows)
    names = hours.team_names(f["team"] for _, f in rows)
    found = [_coming(c, f, names, counted.get(c.id, {}), held.get(c.id, {}), at) for c, f in rows]
    return sorted(found, key=lambda c: (c.at, c.case.hex))


def _begins(told: Mapping[str, Any]) -> int:
    return instant(str(told["starts"]))


def _held(person: UUID | None, cases: Iterable[UUID]) -> dict[UUID, dict[str, Seat]]:
    """What the reader is to each of the services."""
    found: dict[UUID, dict[str, Seat]] = {}
    if person is not None:
        kinds = (PLACE.key, QUEUE.key, CAME.key, BENEFICIARY.key)
        for seat in Seat.objects.filter(case__in=list(cases), head=str(person), kind__in=kinds):
            found.setdefault(seat.case, {})[seat.kind] = seat
    return found


def _coming(
    case: Case,
    told: Mapping[str, Any],
    names: Mapping[str, str],
    counted: Mapping[str, int],
    held: Mapping[str, Seat],
    at: int,
) -> Coming:
    begins, minutes, capacity = _begins(told), int(told["minutes"]), int(told.get("capacity") or 0)
    window = begins - HOUR <= at <= begins + minutes * MINUTE
    return Coming(
        case=case.id,
        title=case.title,
        team=names.get(told["team"], ""),
        skill=door.SKILL_TITLES[told["skill"]],
        at=begins,
        minutes=minutes,
        venue=str(told.get("venue", "")),
        free=max(capacity - counted.get(PLACE.key, 0), 0) if capacity else None,
        waiting=counted.get(QUEUE.key, 0),
        open=bool(told.get("open_to_all")),
        role="place" if PLACE.key in held else "queue" if QUEUE.key in held else "",
        turn=_turn(case.id, held),
        here=CAME.key in held,
        can_check_in=window and PLACE.key in held and CAME.key not in held,
    )


def _turn(case: UUID, held: Mapping[str, Seat]) -> int:
    """One's number on the waiting list; 0 for who is not on it."""
    own = held.get(QUEUE.key)
    return Seat.objects.filter(case=case, kind=QUEUE.key, rank__lt=own.rank).count() + 1 if own else 0


def teams(community: str, person: UUID | None) -> list[TeamCard]:
    """The teams of a community, one's own first."""
    rows = list(
        Case.objects.filter(community=community, type=TEAM.key).exclude(state="disbanded").order_by("title")
    )
    seats = door.seats_of((c.id for c in rows), CAPTAIN.key, MEMBER.key, "applicant")
    cards = [_card(c, seats.get(c.id, []), str(person)) for c in rows]
    return sorted(cards, key=lambda c: (not c.role, c.rests))


def _card(case: Case, seats: list[Seat], person: str) -> TeamCard:
    told = facts_of(case)
    role = next((s.kind for s in seats if s.head == person), "")
    own = reverse("volunteer-team", args=[case.id])
    return TeamCard(
        case=case.id,
        name=case.title,
        about=str(told.get("about", "")),
        skills=[door.SKILL_TITLES[s] for s in told.get("skills", ()) if s in door.SKILL_TITLES],
        members=sum(1 for s in seats if s.kind != "applicant"),
        rests=case.state == "resting",
        role=role,
        url=own if role == CAPTAIN.key else reverse("mine-case", args=[case.id]),
    )


urls = [path("volunteer/", page, name="volunteer")]
