"""Meetings for who works with them: what is on, one session on one screen, a body with its roll."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse

from linli.cases.models import Case
from linli.cases.sight import cases_seen_by
from linli.cases.story import CasePage
from linli.faces.web.parts import CaseLine, Form, Next
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff.desk import around, lines, staff_only
from linli.faces.web.ways import Way, offer
from linli.programmes.meetings import words as w
from linli.programmes.meetings.assembly import ASSEMBLY
from linli.programmes.meetings.body import BODY
from linli.programmes.meetings.pages import bodies, draft, people, reading
from linli.programmes.meetings.pages.forms import Forms, Tried, page_of, sent
from linli.programmes.meetings.task import RESOLUTION_TASK
from linli.rules.actor import Actor
from linli.rules.registry import installed
from linli.rules.roles import COMMUNITY, COUNTY, LEADER, STREET
from linli.rules.text import T
from linli.rules.when import MINUTE
from linli.rules.worktime import civil_day

OFFERED = frozenset(r.key for r in (w.SECRETARY, COMMUNITY, STREET, COUNTY, LEADER))
offer("staff", Way("staff-meetings", T("会议", "Meetings"), "presentation", roles=OFFERED), after="cases")
OF_ITEM = ("hear", "defer", "put_to_vote", "adopt", "assign")
"""What is done with one item; its form stands at the item."""
OF_VOTE = {
    w.NAMED: ("read_out", "end_vote"),
    w.HANDS: ("count_hands",),
    w.SECRET: ("count_slips", "check_slips"),
}
MAIN = {
    "convened": ("open", "lapse"),
    "in_session": ("close",),
    "voting": (),
    "closed": ("write_minutes",),
    "minuted": ("approve_minutes", "return_minutes", "correct"),
    "settled": ("publish",),
}
"""What moves the meeting on from each state."""
SHOWN = 20


@staff_only
def listed(request: HttpRequest) -> HttpResponse:
    """What is on, what is coming, what waits for minutes, the tasks, the bodies, what is over."""
    actor, at = actor_of(request), now()
    cases = list(cases_seen_by(actor, [ASSEMBLY.key]).order_by("-opened")[:300])
    found = [reading.meeting(c) for c in cases]
    tasks = list(cases_seen_by(actor, [RESOLUTION_TASK.key]).filter(live=True).order_by("due", "id")[:60])
    context = {
        "running": [m for m in found if m.case.state in reading.RUNNING],
        "coming": sorted((m for m in found if m.case.state == "convened"), key=lambda m: m.starts),
        "writing": [m for m in found if m.case.state in ("closed", "minuted")],
        "over": [m for m in found if not m.case.live][:SHOWN],
        "tasks": lines(tasks, at, actor),
        "bodies": list(cases_seen_by(actor, [BODY.key]).filter(state="standing").order_by("place", "opened")),
        "openings": _openings(actor),
        "may": w.SECRETARY.key in actor.roles,
        "now": at,
    }
    return render(request, "meetings/staff/list.html", {**around(actor), "here": "staff-meetings", **context})


def _openings(actor: Actor) -> list[Next]:
    return [
        Next(a.title, reverse("new-case", args=[key, a.key]))
        for key in (BODY.key,)
        for a in installed[key].openings
        if actor.roles & {who.key for who in a.who}
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """An item with what can be done with it now."""

    item: reading.Item
    forms: Sequence[Form]


@staff_only
def session(request: HttpRequest, case: UUID) -> HttpResponse:
    """One meeting on one screen; under POST the next step."""
    seen = page_of(request, case)
    if seen.case.type != ASSEMBLY.key:
        raise Http404
    if request.method != "POST":
        return _show(request, seen)
    done = sent(request, seen, "staff-meeting")
    return _show(request, page_of(request, case), done) if isinstance(done, Tried) else done


def _show(request: HttpRequest, seen: CasePage, tried: Tried | None = None) -> HttpResponse:
    at, found, actor = now(), reading.meeting(seen.case), actor_of(request)
    forms = Forms(seen, reverse("staff-meeting", args=[seen.case.id]), tried)
    called, current = people.called(seen, found), found.current
    main = [f for f in (_main(forms, key, found) for key in MAIN.get(seen.case.state, ())) if f]
    at_vote = OF_VOTE.get(current.way, ()) if current else ()
    apart = {*OF_ITEM, *MAIN.get(seen.case.state, ()), *(a for s in OF_VOTE.values() for a in s)}
    apart |= {"mark_present", "sign_in", "answer", "vote"}
    context = {
        "page": seen,
        "m": found,
        "people": called,
        "answers": people.answers(called),
        "units": people.units(seen),
        "gauge": reading.quorum(found) if seen.case.state in ("convened", *reading.RUNNING) else None,
        "lines": [Line(i, _of_item(forms, seen, i)) for i in found.items],
        "opens": opens(found) if seen.case.state == "convened" and at < opens(found) else None,
        "open_items": sum(not i.did for i in found.items),
        "main": main,
        "vote": [f for f in (forms.one(key) for key in at_vote) if f],
        "voters": [p for p in called if p.kind == w.VOTER.key and p.present and not p.left],
        "marking": forms.one("mark_present"),
        "rest": forms.others(apart),
        "tasks": _tasks(seen.case, actor, at),
        "tried": tried,
        "opened": f"{tried.action}{tried.item}" if tried else "",
        "faults": forms.faults(),
        "minutes": {f.key: v for f, v in seen.facts}.get("minutes_text"),
        "pending": [seen.definition.actions[s.head].title for s in seen.pending],
        "now": at,
    }
    shown = {**around(actor), "here": "staff-meetings", **context}
    return render(request, "meetings/staff/session.html", shown, status=tried.status if tried else 200)


def _main(forms: Forms, key: str, found: reading.Meeting) -> Form | None:
    """A step that moves the meeting on; minutes begin with what is known already."""
    if key == "close" and any(not i.did for i in found.items):
        return None
    if (key == "lapse" and now() < found.starts) or (key == "open" and now() < opens(found)):
        return None
    given: dict[str, Any] = {}
    if key == "write_minutes":
        given = {"minutes_text": found.facts.get("minutes_text") or draft.minutes(found)}
    if key == "correct":
        given = {"minutes_text": found.facts.get("minutes_text", "")}
    return forms.one(key, given=given)


def opens(found: reading.Meeting) -> int:
    """From when on the session can be opened, in µs UTC."""
    minutes = installed[ASSEMBLY.key].parameters.value(
        "open_minutes", civil_day(found.starts), found.case.place
    )
    return found.starts - int(minutes) * MINUTE


def _of_item(forms: Forms, seen: CasePage, item: reading.Item) -> list[Form]:
    """What can be done with an item: heard or put to the vote, or deferred; then its resolution, its tasks."""
    wanted: list[str] = []
    if not item.did:
        wanted = ["put_to_vote" if item.vote else "hear", "defer"]
    elif item.result and item.result.passed and not item.resolution:
        wanted = ["adopt"]
    if item.did in ("heard", "voted") and seen.case.state != "voting":
        wanted.append("assign")
    given = {
        "presenter": item.presenter,
        "resolution": f"关于{item.title.removeprefix('关于').removesuffix('（草案）')}",
    }
    return [f for f in (forms.one(key, item.number, given) for key in wanted) if f]


def _tasks(case: Case, actor: Actor, at: int) -> list[CaseLine]:
    seen = cases_seen_by(actor, [RESOLUTION_TASK.key]).filter(id__in=[t.id for t in reading.tasks(case.id)])
    return lines(list(seen.order_by("opened", "id")), at, actor)


@staff_only
def body(request: HttpRequest, case: UUID) -> HttpResponse:
    """A body: its rules, its roll, its meetings; what is done with it stands on the page of the case."""
    seen = page_of(request, case)
    if seen.case.type != BODY.key:
        raise Http404
    actor, at = actor_of(request), now()
    held = cases_seen_by(actor, [ASSEMBLY.key]).filter(facts__contains=str(case)).order_by("-opened")[:SHOWN]
    context = {
        "page": seen,
        **bodies.about(seen),
        "meetings": [reading.meeting(c) for c in held],
        "may": actor.holds(w.SECRETARY.key, seen.case.place, seen.case.grid)
        and seen.case.state == "standing",
        "now": at,
    }
    return render(request, "meetings/staff/body.html", {**around(actor), "here": "staff-meetings", **context})


urls: list[URLPattern] = [
    path("staff/meetings/", listed, name="staff-meetings"),
    path("staff/meetings/<uuid:case>/", session, name="staff-meeting"),
    path("staff/meetings/body/<uuid:case>/", body, name="staff-body"),
]
