"""Opening a masked name or phone: a reason is asked, the look is recorded, the value stands once on the answer's page.

What is opened travels in the body of a POST and of its answer alone: no address holds it, no cache keeps it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from linli.cases.contacts import Behind, behind, open_contact
from linli.cases.story import CasePage, case_page
from linli.cases.titles import title_of
from linli.faces.web import asking
from linli.faces.web.reader import actor_of, now
from linli.faces.web.staff.desk import around, staff_only
from linli.people.opening import FIELDS, REASON_AT_LEAST
from linli.rules.actor import Actor
from linli.rules.ids import new_id
from linli.rules.refusal import Refused
from linli.rules.text import T

Open = Callable[[UUID, str, str, str], str]
"""Opens (person, field, reason, key) and gives the value in clear. Raises: Refused."""


@dataclass(frozen=True, slots=True)
class Contacts:
    """What the partial ``linli/staff/contact.html`` shows: masked persons, and where to ask for more."""

    people: list[Behind]
    url: str
    key: str
    least: int = REASON_AT_LEAST


@dataclass(frozen=True, slots=True)
class Back:
    """Where the answer's page leads back to, and which way of the rail it stands under."""

    url: str
    title: T | str
    here: str


def contacts(page: CasePage, actor: Actor) -> Contacts | None:
    """The persons of a case whom the reader may open; None where there is nobody, so that nothing is shown."""
    people = behind(page, actor)
    url = reverse("case-contact", args=[page.case.id])
    return Contacts(people, url, f"open/{new_id()}") if people else None


def answer(request: HttpRequest, people: list[Behind], open_: Open, back: Back) -> HttpResponse:
    """Open what the form asks for, of one of these people; a refusal shows the form again with its reason."""
    person = next((b for b in people if str(b.person) == request.POST.get("person")), None)
    field = asking.typed(request.POST, "field")
    if person is None or field not in FIELDS:
        raise Http404
    reason = asking.typed(request.POST, "reason")
    key = asking.key(request.POST, "open")
    value, refusal = "", None
    try:
        value = open_(person.person, field, reason, key)
    except Refused as refused:
        refusal, key = refused, f"open/{new_id()}"
    context = {
        "here": back.here,
        "back": back,
        "behind": person,
        "field": FIELDS[field],
        "field_key": field,
        "value": value,
        "reason": reason,
        "refusal": refusal,
        "key": key,
        "now": now(),
    }
    page = {**around(actor_of(request)), **context}
    shown = render(request, "linli/staff/opened.html", page, status=422 if refusal else 200)
    shown.headers["Cache-Control"] = "no-store, private"
    return shown


@sensitive_post_parameters()
@never_cache
@staff_only
def case_contact(request: HttpRequest, case: UUID) -> HttpResponse:
    """Open a person of a case."""
    if request.method != "POST":
        return redirect("case", case)
    actor, at = actor_of(request), now()
    try:
        page = case_page(case, actor, at)
    except Refused:
        raise Http404 from None

    def open_(person: UUID, field: str, reason: str, key: str) -> str:
        return open_contact(page, person, field, reason, actor, at, key)

    title = T("{n} {t}", "{n} {t}").format(n=page.case.number, t=title_of(page.case))
    return answer(request, behind(page, actor), open_, Back(reverse("case", args=[case]), title, "cases"))


urls = [path("staff/case/<uuid:case>/contact/", case_contact, name="case-contact")]
