"""My confirmed hours; the certificate that is made of them, to be printed; and its check by anybody who holds it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache

from linli.cases.models import Case, Seat
from linli.cases.reading import facts_of
from linli.cases.sight import cases_seen_by
from linli.faces.web import asking
from linli.faces.web.reader import actor_of, community_of, now, words
from linli.faces.web.resident.attempts import Attempts
from linli.people.handing import contact_of
from linli.people.persons import masked
from linli.programmes.volunteering.certificate import CERTIFICATE
from linli.programmes.volunteering.pages import door, hours
from linli.programmes.volunteering.words import HOLDER
from linli.rules.fields import Day, clean_answers
from linli.rules.ids import new_id
from linli.rules.refusal import Refused
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory.regions import place_title

PERIOD = (Day("first", T("从", "From")), Day("last", T("到", "To")))
CHECKS = Attempts("volunteer-certificate", most=40, seconds=3600)
TOO_MANY = T("试的次数太多了，请过一小时再来。", "Too many attempts; please come back in an hour.")
UNKNOWN = T(
    "没有这个编号，或校验码不对。请照证明上的抄一遍。",
    "There is no such number, or the code is wrong. Please copy both from the certificate.",
)
NONE = T(
    "这段时间没有已确认的服务，开不了证明。",
    "No confirmed service in this period: no certificate can be made.",
)
TURNED = T("“从”要在“到”之前。", "“From” lies after “to”.")


@door.signed_in
def mine(request: HttpRequest) -> HttpResponse:
    """Every service of mine, what counts, and the certificates; under POST a new one."""
    person, community, at = door.person_of(request), community_of(request) or "", now()
    if request.method == "POST":
        return _issue(request, person, community, at)
    lines = hours.served(person, community)
    counting = hours.confirmed(lines)
    today = civil_day(at)
    held = Seat.objects.filter(kind=HOLDER.key, head=str(person)).values("case")
    context = {
        "community": place_title(community) if community else None,
        "lines": [(x, hours.span(x.minutes)) for x in reversed(lines)],
        "total": hours.span(sum(x.minutes for x in counting)),
        "times": len(counting),
        "waiting": [x for x in lines if not x.counts],
        "certificates": Case.objects.filter(id__in=held, type=CERTIFICATE.key).order_by("-opened"),
        "period": asking.inputs(PERIOD, {"first": f"{today.year}-01-01", "last": today.isoformat()}, {}),
        "key": f"issue/{new_id()}",
        "here": "volunteer",
        "now": at,
    }
    return render(request, "volunteering/hours.html", context)


def _issue(request: HttpRequest, person: UUID, community: str, at: int) -> HttpResponse:
    given, wrong = clean_answers(PERIOD, {f.key: asking.typed(request.POST, f.key) for f in PERIOD})
    first, last = str(given.get("first", "")), str(given.get("last", ""))
    said = next(iter(wrong.values()), None) or (TURNED if first > last else None)
    made = None
    if said is None:
        try:
            span = date.fromisoformat(first), min(date.fromisoformat(last), civil_day(at))
            made = hours.issue(person, community, *span, key=asking.key(request.POST, "issue"), at=at)
            said = None if made else NONE
        except Refused as refusal:
            said = refusal.reason
    if made is None:
        messages.warning(request, words(said or NONE))
        return redirect("volunteer-hours")
    return redirect("volunteer-certificate", made.case)


@door.signed_in
def certificate(request: HttpRequest, case: UUID) -> HttpResponse:
    """The certificate on one sheet of A4. Raises: Http404 for who may not see it."""
    found = cases_seen_by(actor_of(request), [CERTIFICATE.key]).filter(id=case).first()
    if found is None:
        raise Http404
    told, code = facts_of(found), hours.code_of(found.id)
    link = request.build_absolute_uri(
        f"{reverse('volunteer-check')}?{urlencode({'n': found.number, 'c': code})}"
    )
    context = {
        "case": found,
        "told": told,
        "name": _name(UUID(told["volunteer"]), door.person_of(request)),
        "lines": [(row, hours.span(row["minutes"])) for row in told["lines"]],
        "total": hours.span(told["minutes"]),
        "valid": found.state == "issued",
        "issued": civil_day(found.opened),
        "code": code,
        "link": link,
        "qr": _qr(link),
        "place": place_title(found.community),
        "community": place_title(found.community),
        "here": "volunteer",
        "now": now(),
    }
    return render(request, "volunteering/certificate.html", context)


def _name(volunteer: UUID, reader: UUID) -> str:
    """The volunteer's own name on his own sheet; for everybody else the masked one."""
    if volunteer == reader:
        return contact_of(volunteer).get("name", "")
    found = masked([volunteer])
    return found[volunteer].name if found else ""


def _qr(link: str) -> SafeString:
    drawn = segno.make(link, error="m", micro=False)
    return mark_safe(drawn.svg_inline(scale=3, border=2, omitsize=True))  # noqa: S308 -- drawn here from an address of ours


@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """Whether a certificate is genuine and valid: by number and code, for everybody; the name stays masked."""
    sent = request.POST if request.method == "POST" else request.GET
    number, code = asking.typed(sent, "n").upper(), asking.typed(sent, "c").upper()
    said, found = None, None
    if number or code:
        if CHECKS.over(request):
            said = TOO_MANY
        else:
            found = _genuine(number, code)
            if found is None:
                CHECKS.count(request)
                said = UNKNOWN
    community = community_of(request)
    context: dict[str, Any] = {
        "community": place_title(community) if community else None,
        "number": number,
        "code": code,
        "said": said,
        "shown": _shown(found) if found else None,
        "here": "volunteer-check",
    }
    return render(request, "volunteering/check.html", context, status=422 if said else 200)


def _genuine(number: str, code: str) -> Case | None:
    rows = Case.objects.filter(type=CERTIFICATE.key, number=number)
    return next((c for c in rows if constant_time_compare(hours.code_of(c.id), code)), None)


def _shown(case: Case) -> dict[str, Any]:
    """What everybody with the code reads: the masked name, the period, the hours, whether it stands."""
    told = facts_of(case)
    person = UUID(told["volunteer"])
    names = masked([person])
    return {
        "number": case.number,
        "valid": case.state == "issued",
        "name": names[person].name if person in names else "",
        "first": told["first"],
        "last": told["last"],
        "hours": hours.span(told["minutes"]),
        "times": told["times"],
        "place": place_title(case.community),
    }


urls = [
    path("volunteer/hours/", mine, name="volunteer-hours"),
    path("volunteer/certificate/<uuid:case>/", certificate, name="volunteer-certificate"),
    path("volunteer/check/", check, name="volunteer-check"),
]
