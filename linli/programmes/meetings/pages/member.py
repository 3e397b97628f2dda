"""My meetings: the invitation with its agenda, whether I come, signing in, my vote, what it came to. Nobody else’s vote is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from linli.cases.models import Case, Seat
from linli.cases.sight import cases_seen_by
from linli.cases.story import CasePage
from linli.faces.web import said
from linli.faces.web.reader import actor_of, is_staff, now
from linli.faces.web.resident.timeline import offered
from linli.faces.web.staff import beside
from linli.journal.append import contents, entries
from linli.programmes.meetings import words as w
from linli.programmes.meetings.assembly import ASSEMBLY
from linli.programmes.meetings.pages import public, reading
from linli.programmes.meetings.pages.forms import Forms, Tried, page_of, sent
from linli.programmes.meetings.roll import VOTE_HERE
from linli.rules.actor import Actor
from linli.rules.parameters import Parameters
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.when import MINUTE
from linli.rules.worktime import civil_day
from linli.territory.regions import place_title

INVITED = (w.VOTER, w.ATTENDANT, w.GUEST, w.UNIT, w.CHAIR)
ANSWERS = {
    w.COMES: T("您说会到会。", "You said you will come."),
    w.VIDEO: T("您说会视频参会。", "You said you will join by video."),
    w.EXCUSED: T("您请了假。", "You said you cannot come."),
}
DECIDED = ("amend_agenda.approve", "amend_agenda.decline", "approve_minutes", "return_minutes")
"""What waits for the chair alone."""
NEAR = ("answer", "sign_in", "vote", "count_slips", "check_slips", *DECIDED)
"""What has a place of its own on the page; everything else stands folded under it."""
OFFICE = frozenset(r.key for r in (w.SECRETARY,))


def listed(request: HttpRequest) -> HttpResponse:
    """What is coming and going on, and what is over."""
    actor = actor_of(request)
    if actor.person is None:
        return _sign_in(request)
    at = now()
    found = [reading.meeting(c) for c in _mine(actor)]
    running = [m for m in found if m.state.kind.live and m.case.state not in reading.OVER]
    context = {
        "community": None,
        "coming": sorted(running, key=lambda m: (m.case.state == "convened", m.starts)),
        "over": sorted((m for m in found if m not in running), key=lambda m: -m.starts),
        "asks": {m.case.id: ask for m in running if (ask := _asks(m, actor))},
        "here": "mine",
        "now": at,
    }
    return render(request, "meetings/member/list.html", context)


def _mine(actor: Actor) -> list[Case]:
    """The meetings to which somebody was called or invited."""
    heads = [str(actor.person), *map(str, actor.units)]
    held = Seat.objects.filter(kind__in=[r.key for r in INVITED], head__in=heads).values("case")
    rows = cases_seen_by(actor, [ASSEMBLY.key]).filter(id__in=held)
    return list(rows.order_by("-opened")[:200])


def _asks(found: reading.Meeting, actor: Actor) -> T | None:
    """What waits for the reader in a meeting."""
    held = set(Seat.objects.filter(case=found.case.id, head=str(actor.person)).values_list("kind", flat=True))
    current = found.current
    if current and current.way == w.NAMED and w.VOTER.key in held and w.BALLOT.key not in held:
        return T("请您表决", "Your vote is asked for")
    if found.case.state == "convened" and w.ANSWERED.key not in held and held:
        return T("请回复能否参加", "Please say whether you come")
    return None


def _sign_in(request: HttpRequest) -> HttpResponse:
    return redirect(f"{reverse('account_request_login_code')}?{urlencode({'next': request.path})}")


@never_cache
def page(request: HttpRequest, case: UUID) -> HttpResponse:
    """One meeting as mine; under POST what I do in it."""
    if actor_of(request).person is None:
        return redirect("meeting", case) if public.readable(case) else _sign_in(request)
    seen = page_of(request, case)
    if request.method != "POST":
        return _show(request, seen)
    done = sent(request, seen, "mine-meeting")
    return _show(request, page_of(request, case), done) if isinstance(done, Tried) else done


def _show(request: HttpRequest, seen: CasePage, tried: Tried | None = None) -> HttpResponse:
    at, found = now(), reading.meeting(seen.case)
    forms = Forms(seen, reverse("mine-meeting", args=[seen.case.id]), tried)
    forms.actions = {a.key: a for a in offered(seen) if not _office(a)}
    mine, shown = _Mine.of(seen, found, at), {f.key: v for f, v in seen.facts}
    context = {
        "community": place_title(seen.case.community)
        if len(seen.case.place) >= len(seen.case.community)
        else None,
        "page": seen,
        "m": found,
        "mine": mine,
        "link": shown.get("link"),
        "photos": said.photos(tuple((f, v) for f, v in seen.facts)),
        "minutes": shown.get("minutes_text")
        if seen.case.state in ("minuted", "settled", "published")
        else None,
        "answering": forms.one("answer") if seen.case.state == "convened" else None,
        "signing": forms.one("sign_in", given={"how": mine.how}) if mine.may_sign_in else None,
        "voting": forms.one("vote") if mine.votes_now else None,
        "counting": forms.one("check_slips") or forms.one("count_slips") if mine.counts else None,
        "deciding": [f for f in map(forms.one, DECIDED) if f],
        "asked": beside.waiting(seen),
        "forms": forms.others(NEAR),
        "tried": tried,
        "faults": forms.faults(),
        "gauge": reading.quorum(found) if seen.case.state in (*reading.RUNNING, "convened") else None,
        "office": bool(actor_of(request).roles & OFFICE) and is_staff(actor_of(request)),
        "here": "mine",
        "now": at,
    }
    return render(request, "meetings/member/page.html", context, status=tried.status if tried else 200)


def _office(action: Any) -> bool:
    """What only a secretary does has its own page."""
    return all(who == w.SECRETARY for who in action.who)


@dataclass(frozen=True, slots=True)
class _Mine:
    """What the reader is in this meeting, and what he said and did."""

    voter: bool
    attends: bool
    present: bool
    here: bool
    answered: T | None
    how: str
    may_sign_in: bool
    signs_from: int
    votes_now: bool
    counts: bool
    choice: T | None

    @classmethod
    def of(cls, seen: CasePage, found: reading.Meeting, at: int) -> _Mine:
        """Read it from his seats."""
        held = seen.mine
        measures = held[w.PRESENT.key].measures if w.PRESENT.key in held else {}
        signs = found.starts - int(_minutes(found, at)) * MINUTE
        named = found.current is not None and found.current.way == w.NAMED
        secret = found.current is not None and found.current.way == w.SECRET
        invited = any(r.key in held for r in INVITED)
        return cls(
            voter=w.VOTER.key in held,
            attends=invited,
            present=w.PRESENT.key in held,
            here=bool(measures.get(VOTE_HERE)),
            answered=_answered(seen),
            how=w.VIDEO if found.facts["format"] == w.VIDEO else w.ROOM,
            may_sign_in=invited
            and w.PRESENT.key not in held
            and at >= signs
            and found.case.state not in reading.OVER,
            signs_from=signs,
            votes_now=named and bool(measures.get(VOTE_HERE)),
            counts=secret and bool({w.TELLER.key, w.SCRUTINEER.key} & set(held)),
            choice=_choice(seen, found),
        )


def _minutes(found: reading.Meeting, at: int) -> Any:
    known: Parameters = installed[ASSEMBLY.key].parameters
    return known.value("sign_in_minutes", civil_day(at), found.case.place)


def _answered(seen: CasePage) -> T | None:
    seat = seen.mine.get(w.ANSWERED.key)
    return next((ANSWERS[k] for k in ANSWERS if seat and seat.measures.get(k)), None)


def _choice(seen: CasePage, found: reading.Meeting) -> T | None:
    """How the reader voted on the item that is being voted on: from his own entry alone."""
    seat = seen.mine.get(w.BALLOT.key)
    if seat is None or found.current is None:
        return None
    entry = entries(seen.case.id, after=seat.seq - 1)[0]
    for part in contents([entry.id])[entry.id]:
        if part.person is not None and part.content and "choice" in part.content:
            return _title(part.content["choice"])
    return None


def _title(choice: object) -> T | None:
    return next((o.title for o in w.CHOICES if o.key == choice), None)


def waiting(request: HttpRequest, community: str, at: int) -> str:
    """For a resident's first page: the meetings in which something is asked of him now."""
    actor = actor_of(request)
    if actor.person is None:
        return ""
    live = [c for c in _mine(actor) if c.state in ("convened", *reading.RUNNING)]
    found = [(m, ask) for m in map(reading.meeting, live) if (ask := _asks(m, actor))]
    return render_to_string("meetings/member/now.html", {"found": found, "now": at}, request) if found else ""


urls: list[URLPattern] = [
    path("mine/meetings/", listed, name="mine-meetings"),
    path("mine/meetings/<uuid:case>/", page, name="mine-meeting"),
]
