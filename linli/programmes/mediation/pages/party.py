"""A party’s own page: where it stands, who mediates, when to come, the agreement in full above the place to sign, the story below."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from linli.cases.reading import facts_of
from linli.cases.sending import send
from linli.cases.story import CasePage
from linli.faces.web import asking, said
from linli.faces.web.parts import Fault, Form, Step
from linli.faces.web.reader import actor_for, holder_of, now, words
from linli.faces.web.resident.timeline import Tried, offered
from linli.programmes.mediation import words as w
from linli.programmes.mediation.pages import reading
from linli.rules.ids import new_id
from linli.rules.machine import asked
from linli.rules.programme import Action, Kind
from linli.rules.refusal import Refused
from linli.rules.text import T
from linli.territory.regions import path_title, place_title

OWN = ("about", "wanted")
AT_SIGNING = ("sign", "back_to_talks")
"""What stands right under the agreement while it waits to be signed."""
ABOVE = T("全文在上面。", "The whole of it stands above.")
GONE = T("这一步现在不能办了，请看最新进展。", "That is not possible any more; please see where it stands.")


def party(request: HttpRequest, case: UUID) -> HttpResponse:
    """The page, and under POST an act. Those who mediate are led to the file."""
    page = reading.page_of(request, case)
    if w.PARTY.key not in page.mine:
        return redirect("mediation-file", case)
    if request.method != "POST":
        return _show(request, page)
    action = next((a for a in may(page) if a.key == request.POST.get("action")), None)
    if action is None:
        messages.warning(request, words(GONE))
        return redirect("mediation-mine", case)
    return _act(request, page, action)


def may(page: CasePage) -> list[Action]:
    """What a party may do as a party, whatever else he is."""
    own = {w.PARTY.key, w.APPLICANT.key, w.RESPONDENT.key} & set(page.mine)
    return [a for a in offered(page) if any(who.key in own for who in a.who)]


def _act(request: HttpRequest, page: CasePage, action: Action) -> HttpResponse:
    fields, key = asked(page.definition.case_type, action), asking.key(request.POST, "act")
    given, wrong = asking.answers(request, fields, key)
    seen = asking.typed(request.POST, "seen")
    try:
        if wrong:
            raise Refused("answers", next(iter(wrong.values())), wrong)
        send(
            page.case.id, action.key, actor_for(request, page.case.id), given, fields, holder=holder_of(request),
            key=key, now=now(), seen=int(seen) if seen.isascii() and seen.isdigit() else None,
        )  # fmt: skip
    except Refused as refusal:
        fresh = reading.page_of(request, page.case.id)
        return _show(request, fresh, Tried(action.key, given, refusal))
    done = T("办好了：{a}", "Done: {a}").format(a=action.title)
    messages.success(request, words(done), extra_tags=f"sent-{page.case.id}-{action.key}")
    return redirect("mediation-mine", page.case.id)


def _show(request: HttpRequest, page: CasePage, tried: Tried | None = None) -> HttpResponse:
    at, case = now(), page.case
    forms = [_form(page, a, tried) for a in may(page)]
    agreement, clear = reading.agreement(page), facts_of(case)
    known = [(f.title, said.shown(f, v)) for f, v in page.facts if f.key in OWN]
    context = {
        "community": place_title(case.community),
        "page": page,
        "title": reading.title(case),
        "state": page.definition.states[case.state],
        "place": path_title(case.place),
        "agreement": agreement,
        "sheet": reverse("mediation-agreement", args=[case.id]) if agreement else "",
        "parties": reading.parties(page),
        "mediators": reading.team(case),
        "next_at": reading.next_sitting(case, at),
        "venue": clear.get("venue", ""),
        "minutes": clear.get("minutes", ""),
        "known": [(title, value) for title, value in known if value is not None],
        "signing": [f for f in forms if f.key in AT_SIGNING],
        "forms": [f for f in forms if f.key not in AT_SIGNING],
        "steps": story(page, at),
        "tried": tried,
        "faults": _faults(page, tried),
        "here": "mine",
        "now": at,
    }
    return render(request, "mediation/party.html", context, status=tried.status if tried else 200)


def story(page: CasePage, at: int) -> list[Step]:
    """The story in sentences; the agreement that stands above in full is not told once more."""
    told = said.story(page, at)
    if reading.agreement(page) is None:
        return told
    last = max(s.seq for s in page.steps if s.action.key == "agree")
    return [replace(s, text=ABOVE) if s.number == last else s for s in told]


def _form(page: CasePage, action: Action, tried: Tried | None) -> Form:
    again = tried if tried and tried.action == action.key else None
    fields = asked(page.definition.case_type, action)
    given, wrong = (again.given, again.wrong) if again else ({}, {})
    states = page.definition.states
    ends = all(t in states and states[t].kind is Kind.VOID for t in action.targets)
    return Form(
        key=action.key,
        title=action.title,
        url=reverse("mediation-mine", args=[page.case.id]),
        fields=asking.inputs(fields, given, wrong, page.case.community, f"{action.key}-", page.case.id),
        hidden=[("action", action.key), ("seen", str(page.case.seq)), ("key", f"act/{new_id()}")],
        says=None,
        stern=ends or action.key == "decline_mediation",
    )


def _faults(page: CasePage, tried: Tried | None) -> list[Fault]:
    named = page.definition.fields
    wrong = tried.wrong if tried else {}
    return [Fault(f"{tried.action}-{k}", named[k].title, t) for k, t in wrong.items() if tried and k in named]
