"""志愿服务 for the staff: open requests with the teams that suit and why, one press to give them; teams; services that wait; hours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from linli.cases.calendars import current_calendar
from linli.cases.figures import figures
from linli.cases.models import Case, Seat
from linli.cases.reading import facts_of
from linli.cases.sight import cases_seen_by
from linli.faces.web import asking
from linli.faces.web.parts import Column, Figure, Left, Row, Table
from linli.faces.web.reader import actor_of, now
from linli.faces.web.said import left_of, state_of
from linli.faces.web.staff.desk import around, region_of, staff_only
from linli.programmes.volunteering import matching
from linli.programmes.volunteering.helping import HELP
from linli.programmes.volunteering.matching import Member, Suggestion, Wanted, rank, suiting, unmask
from linli.programmes.volunteering.pages import door, hours
from linli.programmes.volunteering.pages.hours import span
from linli.programmes.volunteering.serving import SERVICE
from linli.programmes.volunteering.team import TEAM
from linli.programmes.volunteering.words import CAPTAIN, MEMBER, SKILLS, SKILLS_MASK, STAFF, TIMES, TIMES_MASK
from linli.rules.actor import Actor
from linli.rules.ids import new_id
from linli.rules.registry import installed
from linli.rules.roles import ADMIN, AUDITOR, CLERK, LEADER
from linli.rules.text import T
from linli.rules.when import when_of
from linli.rules.worktime import DAY, civil_day, day_start
from linli.territory.regions import titles

OFFERED = frozenset(r.key for r in (*STAFF, CLERK, LEADER, AUDITOR, ADMIN))
"""Who finds the volunteers in his rail."""
GIVES = frozenset(r.key for r in STAFF)
REQUESTS, SUGGESTED, TO_SETTLE = 40, 3, 20
USUAL = {"escort": 180, "repair": 60, "company": 60, "errands": 45, "haircut": 40}
GIVEN = T("派好了，队长和求助人都收到消息。", "Given; the captain and the person are told.")


@dataclass(frozen=True, slots=True)
class Request:
    """An open request with the teams that suit; ``starts`` is the time that is proposed."""

    case: UUID
    url: str
    number: str
    need: T
    place: T
    state: Any
    late: bool
    left: Left | None
    when: T | None
    suggestions: list[Suggestion]
    starts: str
    minutes: int
    to_call: bool


@staff_only
def page(request: HttpRequest) -> HttpResponse:
    """The page, and under POST a match."""
    actor, at = actor_of(request), now()
    if not actor.roles & OFFERED:
        raise PermissionDenied
    if request.method == "POST":
        answers = {k: asking.typed(request.POST, k) for k in ("team", "starts", "minutes", "capacity")}
        door.does(request, door.case_id(request), "match", answers, GIVEN)
        return redirect("staff-volunteering")
    region = region_of(actor)
    teams = _teams(actor)
    context = {
        **around(actor),
        "figures": _figures(region, at),
        "requests": _requests(actor, teams, at),
        "gives": bool(actor.roles & GIVES),
        "table": _table(teams, region, at),
        "waiting": _waiting(actor, at),
        "records": f"{reverse('cases')}?type={SERVICE.key}",
        "new": reverse("new-case", args=[HELP.key, "ask_for"])
        if actor.roles & {"community", "grid_member", "clerk"}
        else "",
        "found": reverse("new-case", args=[TEAM.key, "establish"]) if "community" in actor.roles else "",
        "key": new_id(),
        "here": "staff-volunteering",
        "now": at,
    }
    return render(request, "volunteering/staff/desk.html", context)


def _figures(region: str, at: int) -> list[Figure]:
    """This year's sums, each a way to what it counts."""
    start = day_start(date(civil_day(at).year, 1, 1))
    found = []
    for type_ in (HELP.key, SERVICE.key, TEAM.key):
        for figure in figures(installed[type_], region, start, at + 1):
            shown: str | int = figure.value
            unit = figure.counter.unit
            if figure.counter.key == "minutes":
                shown, unit = f"{figure.value // 60}", T("小时（已确认）", "hours (confirmed)")
            url = reverse("figure", args=[type_, figure.counter.key])
            found.append(Figure(figure.counter.title, shown, url, unit=unit))
    return found


@dataclass(frozen=True, slots=True)
class Known:
    """A team with its case and how many people it has."""

    case: Case
    team: matching.Team
    captain: str
    applicants: int


def _teams(actor: Actor) -> list[Known]:
    """The teams that the reader's cases can be given to."""
    region = region_of(actor)[:12]
    rows = list(
        Case.objects.filter(type=TEAM.key, place__startswith=region)
        .exclude(state="disbanded")
        .order_by("title")
    )
    seats = door.seats_of((c.id for c in rows), CAPTAIN.key, MEMBER.key, "applicant")
    busy: dict[str, int] = {}
    for case in Case.objects.filter(type=SERVICE.key, live=True, place__startswith=region):
        team = facts_of(case)["team"]
        busy[team] = busy.get(team, 0) + 1
    heads = [s.head for many in seats.values() for s in many if s.kind == CAPTAIN.key]
    names = door.names_of(heads)
    return [_known(c, seats.get(c.id, []), busy.get(str(c.id), 0), names) for c in rows]


def _known(case: Case, seats: list[Seat], busy: int, names: Mapping[str, str]) -> Known:
    told = facts_of(case)
    grids = frozenset(str(r["area"]) for r in told.get("areas", ())) if told.get("scope") == "some" else None
    members = tuple(_member(s) for s in seats if s.kind == MEMBER.key)
    team = matching.Team(
        str(case.id),
        case.title,
        frozenset(told["skills"]),
        frozenset(told["times"]),
        grids,
        members,
        busy,
        case.state != "active",
    )
    captain = next((names.get(s.head, "") for s in seats if s.kind == CAPTAIN.key), "")
    return Known(case, team, captain, sum(1 for s in seats if s.kind == "applicant"))


def _member(seat: Seat) -> Member:
    told = json.loads(seat.measures)
    return Member(unmask(SKILLS, int(told.get(SKILLS_MASK, 0))), unmask(TIMES, int(told.get(TIMES_MASK, 0))))


def _requests(actor: Actor, teams: list[Known], at: int) -> list[Request]:
    rows = cases_seen_by(actor, [HELP.key]).filter(live=True, state__in=("to_call", "open"))
    cases = list(rows.order_by("due", "id")[:REQUESTS])
    places = titles(c.place for c in cases)
    return [_request(c, places[c.place], teams, at) for c in cases]


def _request(case: Case, place: T, teams: list[Known], at: int) -> Request:
    told, fields = facts_of(case), installed[HELP.key].fields
    day = date.fromisoformat(told["wanted_day"]) if told.get("wanted_day") else None
    times = suiting(day, str(told.get("part", "")), current_calendar().works(day) if day else True)
    found = rank((k.team for k in teams), Wanted(str(told["need"]), times, case.grid))
    when = fields["when"].title_of(told["when"]) if told.get("when") else None  # type: ignore[attr-defined]
    return Request(
        case.id,
        reverse("case", args=[case.id]),
        case.number,
        fields["need"].title_of(told["need"]),  # type: ignore[attr-defined]
        place,
        state_of(case),
        case.late,
        left_of(json.loads(case.clock), at),
        when,
        found[:SUGGESTED] if case.state == "open" else [],
        when_of(door.proposed(day, str(told.get("part", "")), at)),
        USUAL.get(str(told["need"]), 60),
        case.state == "to_call",
    )


def _table(teams: list[Known], region: str, at: int) -> Table:
    """The teams, with what they did in the last ninety days."""
    since = at - 90 * DAY
    done: dict[str, list[int]] = {}
    rows = Case.objects.filter(
        type=SERVICE.key, state=hours.CONFIRMED, touched__gte=since, place__startswith=region[:12]
    )
    minutes = _minutes([c.id for c in rows])
    for case in rows:
        done.setdefault(facts_of(case)["team"], []).append(minutes.get(case.id, 0))
    columns = [
        Column(T("服务队", "Team")),
        Column(T("做什么", "What it does"), fit="much"),
        Column(T("队长", "Captain"), fit="keep"),
        Column(T("队员", "Members"), fit="right"),
        Column(T("待答复入队", "Want to join"), fit="right"),
        Column(T("手上服务", "Under way"), fit="right"),
        Column(T("近 90 天", "Last 90 days"), fit="right"),
        Column(T("已确认时长", "Confirmed"), fit="right"),
        Column(T("状态", "State"), fit="keep"),
    ]
    return Table(T("服务队", "Teams"), columns, [_row(k, done.get(k.team.key, [])) for k in teams])


def _row(known: Known, done: list[int]) -> Row:
    skills = [o.title for o in SKILLS if o.key in known.team.skills]
    said = T("、".join(s.zh for s in skills), ", ".join(s.en for s in skills))
    cells = [
        known.case.title,
        said,
        known.captain,
        len(known.team.members),
        known.applicants,
        known.team.busy,
        T(f"{len(done)} 场", str(len(done))),
        span(sum(done)),
        state_of(known.case),
    ]
    return Row(cells, url=reverse("case", args=[known.case.id]))


def _minutes(cases: list[UUID]) -> dict[UUID, int]:
    found: dict[UUID, int] = {}
    for seat in Seat.objects.filter(case__in=cases, kind="served"):
        found[seat.case] = found.get(seat.case, 0) + int(json.loads(seat.measures).get("minutes", 0))
    return found


@dataclass(frozen=True, slots=True)
class Waiting:
    """A service that waits to be recorded, confirmed or settled."""

    url: str
    title: str
    state: Any
    late: bool
    left: Left | None


def _waiting(actor: Actor, at: int) -> list[Waiting]:
    rows = cases_seen_by(actor, [SERVICE.key]).filter(live=True).order_by("due", "id")[: 4 * TO_SETTLE]
    today = (civil_day(at) + timedelta(days=1)).isoformat()
    due = [c for c in rows if c.state != "planned" or facts_of(c)["starts"] < today]
    return [
        Waiting(reverse("case", args=[c.id]), c.title, state_of(c), c.late, left_of(json.loads(c.clock), at))
        for c in due[:TO_SETTLE]
    ]


urls = [path("staff/volunteering/", page, name="staff-volunteering")]
