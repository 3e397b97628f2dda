"""The desk of those who mediate: disputes by urgency and risk, sittings, signatures, visits afterwards, this week’s checks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.cases.models import Case, Seat
from linli.cases.reading import facts_of
from linli.cases.sight import cases_seen_by
from linli.faces.web.parts import CaseLine, Figure, Next
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff.desk import around, lines, staff_only
from linli.programmes.mediation import words as w
from linli.programmes.mediation.pages import reading
from linli.programmes.mediation.pages.weekly import week_table
from linli.programmes.mediation.programme import DISPUTE
from linli.programmes.mediation.taking import REGISTERING
from linli.rules.actor import Actor
from linli.rules.text import T
from linli.rules.worktime import DAY, civil_day, day_start

MOST = 200
"""So many disputes in hand are read; a committee that has more works by the list."""
CASES = T("件", "disputes")
MEDIATES = frozenset((w.MEDIATOR.key, w.MEDIATION_LEAD.key))


@dataclass(frozen=True, slots=True)
class Ahead:
    """A sitting that is to come: of which dispute, when, where, who mediates."""

    url: str
    title: T
    number: str
    at: int
    venue: str
    team: T | None
    today: bool


@dataclass(frozen=True, slots=True)
class Signing:
    """An agreement that waits: how many parties have signed, of how many."""

    url: str
    sheet: str
    title: T
    number: str
    signed: int
    parties: int


@staff_only
def desk(request: HttpRequest) -> HttpResponse:
    """The desk; whoever sees no dispute sees the checks of his region."""
    actor, at = actor_of(request), now()
    live = list(cases_seen_by(actor, [DISPUTE.key]).filter(live=True).order_by("due", "id")[:MOST])
    own = set(
        Case.objects.filter(reading.inside(actor), id__in=[c.id for c in live]).values_list("id", flat=True)
    )
    ahead = sittings_ahead([c for c in live if c.id in own], at)
    signing = to_sign([c for c in live if c.state == "signing" and c.id in own])
    follow = [c for c in live if c.state == "following"]
    rest = [c for c in live if c.state not in ("signing", "following")]
    context = {
        "here": "mediation",
        "mediates": bool(live) or bool(actor.roles & MEDIATES),
        "registers": bool(actor.roles & {r.key for r in REGISTERING}),
        "leads": w.MEDIATION_LEAD.key in actor.roles,
        "figures": _figures(live, ahead, at),
        "urgent": work([c for c in rest if presses(c, at)], actor, at),
        "calm": work([c for c in rest if not presses(c, at)], actor, at),
        "ahead": ahead,
        "signing": signing,
        "follow": work(follow, actor, at),
        "week": week_table(actor, at),
        "plans": reverse("mediation-plans") if actor.roles & {r.key for r in reading.WORKING} else "",
        "sums": f"{reverse('figures')}",
        "now": at,
    }
    return render(request, "mediation/desk.html", {**around(actor), **context})


def presses(case: Case, at: int) -> bool:
    """Whether it goes before everything: danger, a high risk, a missed deadline, or one that ends today."""
    tonight = day_start(civil_day(at)) + DAY
    high = facts_of(case).get("risk") == "high"
    return case.state == "urgent" or high or case.late or case.due < tonight


def weight(case: Case) -> tuple[int, int, int]:
    """The order on the desk: danger, what is overdue, risk, then the time left."""
    risk = ("high", "medium", "low").index(str(facts_of(case).get("risk", "low")))
    return (0 if case.state == "urgent" else 1, risk, case.due)


def work(cases: list[Case], actor: Actor, at: int) -> list[CaseLine]:
    """Disputes as rows: risk and mediators beside the place, the next step as the button. The row leads to the file."""
    ordered = sorted(cases, key=weight)
    own = set(
        Case.objects.filter(reading.inside(actor), id__in=[c.id for c in cases]).values_list("id", flat=True)
    )
    rows = zip(ordered, lines(ordered, at, actor), strict=True)
    return [_line(c, row) if c.id in own else replace(row, title=reading.title(c)) for c, row in rows]


def _line(case: Case, row: CaseLine) -> CaseLine:
    step = row.next
    if step and case.state == "accepted":
        step = Next(step.title, reverse("mediation-assign", args=[case.id]))
    risk, names = reading.risk(case), reading.together(reading.team(case))
    parts = [p for p in (risk, names or row.who) if p]
    who = T(" · ".join(_zh(p) for p in parts), " · ".join(_en(p) for p in parts)) if parts else None
    url = reverse("mediation-file", args=[case.id])
    return replace(row, url=url, title=reading.title(case), who=who, next=step)


def _zh(text: T | str) -> str:
    return text.zh if isinstance(text, T) else text


def _en(text: T | str) -> str:
    return text.en if isinstance(text, T) else text


def sittings_ahead(cases: list[Case], at: int) -> list[Ahead]:
    """The sittings that are arranged, the next first."""
    found = [(begins, c) for c in cases if (begins := reading.next_sitting(c, at))]
    return [_ahead(c, begins, at) for begins, c in sorted(found, key=lambda p: (p[0], p[1].number))]


def _ahead(case: Case, begins: int, at: int) -> Ahead:
    return Ahead(
        reverse("mediation-file", args=[case.id]),
        reading.title(case),
        case.number,
        begins,
        str(facts_of(case).get("venue", "")),
        reading.together(reading.team(case)),
        civil_day(begins) == civil_day(at),
    )


def to_sign(cases: list[Case]) -> list[Signing]:
    """The agreements that wait for signatures or for the seal."""
    ids, kinds = [c.id for c in cases], (w.PARTY.key, w.SIGNED.key)
    held = list(Seat.objects.filter(case__in=ids, kind__in=kinds).values_list("case", "kind"))
    return [
        Signing(
            reverse("mediation-file", args=[c.id]),
            reverse("mediation-agreement", args=[c.id]),
            reading.title(c),
            c.number,
            held.count((c.id, w.SIGNED.key)),
            held.count((c.id, w.PARTY.key)),
        )
        for c in cases
    ]


def _figures(live: list[Case], ahead: list[Ahead], at: int) -> list[Figure]:
    """Each number leads to what it counts."""
    listed = f"{reverse('cases')}?type={DISPUTE.key}"
    late = sum(c.late or c.due < at for c in live)
    counts = {state: sum(c.state == state for c in live) for state in ("signing", "following")}
    return [
        Figure(T("在办", "In hand"), len(live), f"{listed}&show=live", unit=CASES),
        Figure(T("超期", "Overdue"), late, f"{listed}&show=late", unit=CASES, tone="late" if late else ""),
        Figure(T("已约调解", "Sittings"), len(ahead), "#ahead", unit=T("场", "arranged")),
        Figure(T("待签字", "To be signed"), counts["signing"], "#signing", unit=CASES),
        Figure(T("待回访", "Follow-ups"), counts["following"], "#follow", unit=CASES),
    ]
