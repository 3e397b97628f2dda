"""The file of a dispute for those who mediate: who is in it, what comes next, what was said and agreed, its sheets to be printed."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from linli.cases.models import Case
from linli.cases.reading import facts_of
from linli.cases.story import CasePage
from linli.faces.web import said
from linli.faces.web.parts import Next
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff.desk import around, staff_only
from linli.programmes.mediation import words as w
from linli.programmes.mediation.pages import reading
from linli.rules.text import T
from linli.territory.regions import path_title

TOLD = ("about", "wanted", "reported_to")
"""What the file shows of what was told, in this order, as far as the reader may read it."""
NEXT = (
    *("report_up", "accept", "assign", "take_on", "join", "hold_sitting", "schedule_sitting", "agree"),
    *(
        "record_signature",
        "take_effect",
        "back_to_talks",
        "perform",
        "breach",
        "record_application",
        "confirmed",
        "not_confirmed",
    ),
    *(
        "made_good",
        "mediate_again",
        "follow_up",
        "relapse",
        "note",
        "add_mediator",
        "recuse",
        "extend",
        "end_unsettled",
    ),
)
"""The steps in the order in which they are wanted; the rest stands on the whole record."""
STEPS = 5


@staff_only
@require_safe
def dossier(request: HttpRequest, case: UUID) -> HttpResponse:
    """The file."""
    page, at = reading.page_of(request, case), now()
    if not Case.objects.filter(reading.inside(actor_of(request)), id=case).exists():
        return redirect("case", case)
    agreement = reading.agreement(page)
    context = {
        "here": "mediation",
        "page": page,
        "title": reading.title(page.case),
        "state": page.definition.states[page.case.state],
        "place": path_title(page.case.place),
        "risk": reading.risk(page.case),
        "left": reading.left(page.case, at),
        "steps": steps(page),
        "whole": reverse("case", args=[case]),
        "parties": reading.parties(page),
        "mediators": team(page),
        "next_at": reading.next_sitting(page.case, at),
        "venue": facts_of(page.case).get("venue", ""),
        "told": told(page),
        "notes": notes(page),
        "sittings": reading.sittings(page),
        "agreement": agreement,
        "sheet": reverse("mediation-agreement", args=[case]) if agreement else "",
        "now": at,
    }
    return render(request, "mediation/file.html", {**around(actor_of(request)), **context})


def steps(page: CasePage) -> list[Next]:
    """The next steps as buttons, the nearest first; assigning has a page of its own. Until a sitting is arranged that comes first, once
    all have signed the seal.
    """
    able = {a.key: a for a in page.actions}
    order = sorted((k for k in able if k in NEXT), key=NEXT.index)
    first = _first(page)
    chosen = [k for k in (*first, *(k for k in order if k not in first)) if k in able][:STEPS]
    return [Next(able[k].title, _way(page, k)) for k in chosen]


def _first(page: CasePage) -> tuple[str, ...]:
    if page.case.state == "mediating" and not facts_of(page.case).get("sitting"):
        return ("schedule_sitting",)
    people = reading.parties(page)
    return ("take_effect",) if people and all(p.signed for p in people) else ()


def _way(page: CasePage, action: str) -> str:
    case = page.case.id
    if action in ("assign", "add_mediator"):
        return reverse("mediation-assign", args=[case])
    return f"{reverse('case', args=[case])}?step={action}&back={reverse('mediation-file', args=[case])}#step-{action}"


def team(page: CasePage) -> list[tuple[str, bool, bool]]:
    """The mediators: name, whether he leads, whether he has taken it on."""
    names = dict(facts_of(page.case).get("mediators") or {})
    taken = {s.head for s in page.seats.get(w.TAKEN_ON.key, ())}
    seats = sorted(page.seats.get(w.ASSIGNED.key, ()), key=lambda s: -int(s.measures.get("chief", 0)))
    return [(str(names.get(s.head, "—")), bool(s.measures.get("chief")), s.head in taken) for s in seats]


def told(page: CasePage) -> list[tuple[T, T]]:
    """What was told at the beginning, by name and words."""
    known = {field.key: (field.title, said.shown(field, value)) for field, value in page.facts}
    return [(t, v) for t, v in (known[k] for k in TOLD if k in known) if v is not None]


def notes(page: CasePage) -> list[tuple[int, T, T, T]]:
    """What the mediators noted and the parties added: when, what it is, who, the words. Those who may not read it get none."""
    found = []
    for step in page.steps:
        for field, value in step.answers:
            if field.key in ("note", "more", "objection", "signs", "measures"):
                who = T(f"{step.role.zh} {step.who}".strip(), f"{step.role.en} {step.who}".strip())
                found.append((step.happened, step.action.title, who, T(str(value), str(value))))
    return found
