"""Whom to assign: every mediator of the roster with what speaks for him and what rules him out, before he is asked."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from linli.cases.models import Case, Seat
from linli.cases.reading import facts_of
from linli.cases.sending import send
from linli.cases.sight import cases_seen_by
from linli.cases.story import CasePage
from linli.faces.web import asking
from linli.faces.web.reader import actor_of, holder_of, now, words
from linli.faces.web.staff.desk import around, staff_only
from linli.programmes.mediation import words as w
from linli.programmes.mediation.pages import reading
from linli.programmes.mediation.programme import DISPUTE
from linli.programmes.mediation.refusals import REFUSALS
from linli.programmes.mediation.roster import COMPETENCES, MEDIATOR_FILE, ORGANISATION
from linli.rules.ids import new_id
from linli.rules.refusal import Refused
from linli.rules.text import T


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mediator who could be assigned. ``rules_out`` says why he cannot be; ``competent`` whether it is his field; ``busy`` how many
    disputes he has in hand.
    """

    file: str
    name: str
    organisation: T
    competences: T
    competent: bool
    busy: int
    rules_out: T | None


@staff_only
def assigning(request: HttpRequest, case: UUID) -> HttpResponse:
    """The candidates, and under POST the choice."""
    page = reading.page_of(request, case)
    action = next((a.key for a in page.actions if a.key in ("assign", "add_mediator")), None)
    if action is None:
        if w.MEDIATION_LEAD.key not in actor_of(request).roles:
            raise PermissionDenied
        messages.info(request, words(T("现在不用指派调解员。", "No mediator is to be assigned now.")))
        return redirect("mediation-file", case)
    if request.method != "POST":
        return _show(request, page, action, None)
    given = {k: v for k in ("mediator", "although") if (v := asking.typed(request.POST, k))}
    try:
        send(
            case, action, actor_of(request), given, (), holder=holder_of(request),
            key=asking.key(request.POST, "act"), now=now(), seen=_seen(request),
        )  # fmt: skip
    except Refused as refusal:
        return _show(request, page, action, refusal)
    messages.success(request, words(T("已指派，他会收到通知。", "Assigned; he hears of it.")))
    return redirect("mediation-file", case)


def _seen(request: HttpRequest) -> int | None:
    text = asking.typed(request.POST, "seen")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None


def _show(request: HttpRequest, page: CasePage, action: str, refusal: Refused | None) -> HttpResponse:
    context = {
        "here": "mediation",
        "page": page,
        "title": reading.title(page.case),
        "action": page.definition.actions[action],
        "candidates": candidates(request, page),
        "refusal": refusal,
        "key": f"act/{new_id()}",
        "typed": asking.typed(request.POST, "although"),
        "chosen": asking.typed(request.POST, "mediator"),
    }
    status = 422 if refusal else 200
    return render(request, "mediation/assign.html", {**around(actor_of(request)), **context}, status=status)


def candidates(request: HttpRequest, page: CasePage) -> list[Candidate]:
    """The roster of the community: who can be assigned first, those of the field and with the least in hand before others."""
    files = cases_seen_by(actor_of(request), [MEDIATOR_FILE.key]).filter(community=page.case.community)
    rows = list(files.exclude(state="left").order_by("title", "id"))
    if not rows:
        return []
    load = _load({str(facts_of(c)["person"]) for c in rows})
    found = [_candidate(c, page, load) for c in rows]
    return sorted(found, key=lambda c: (c.rules_out is not None, not c.competent, c.busy))


def _load(persons: set[str]) -> dict[str, int]:
    """How many live disputes each has."""
    live = Case.objects.filter(type=DISPUTE.key, live=True).values("id")
    held = Seat.objects.filter(kind=w.ASSIGNED.key, head__in=persons, case__in=live).values_list(
        "head", flat=True
    )
    found = dict.fromkeys(persons, 0)
    for head in held:
        found[head] += 1
    return found


def _candidate(file: Case, page: CasePage, load: dict[str, int]) -> Candidate:
    facts = facts_of(file)
    fields = [COMPETENCES.title_of(k) for k in facts.get("competences", ())]
    return Candidate(
        str(file.id),
        file.title,
        ORGANISATION.title_of(facts.get("organisation")),
        T("、".join(t.zh for t in fields), ", ".join(t.en for t in fields)),
        facts_of(page.case).get("kind") in facts.get("competences", ()),
        load[str(facts["person"])],
        _ruled_out(file, str(facts["person"]), facts.get("lives"), page),
    )


def _ruled_out(file: Case, person: str, lives: str | None, page: CasePage) -> T | None:
    """The refusal that would follow, in its own words, so that nobody tries in vain."""
    held = {kind: {s.head for s in seats} for kind, seats in page.seats.items()}
    if file.state != "active":
        return REFUSALS["mediator-not-active"].format(name=file.title)
    if person in held.get(w.PARTY.key, ()):
        return REFUSALS["mediator-is-party"]
    if person in held.get(w.STOOD_ASIDE.key, ()):
        return REFUSALS["mediator-stood-aside"]
    if person in held.get(w.ASSIGNED.key, ()):
        return REFUSALS["mediator-assigned"]
    near = {page.case.place, facts_of(page.case).get("other_home")} - {None}
    return REFUSALS["mediator-lives-there"] if lives in near else None
