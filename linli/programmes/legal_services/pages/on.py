"""What is on in law: office hours and talks of the coming weeks with one press to book, partners, and where to ask."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.http import urlencode

from linli.faces.web.reader import actor_of, community_of, now
from linli.programmes.legal_services import words as w
from linli.programmes.legal_services.pages import answers
from linli.programmes.legal_services.pages.reading import WEEK, by_day, coming, partners_in
from linli.rules.ids import new_id
from linli.territory.regions import place_title

KINDS = (("", "all"), (w.HOURS, "hours"), (w.TALK, "talk"))
NEAR = 2 * WEEK
"""What begins within this time stands on the page at once, in µs; the rest is folded."""
SHOWN = 3
"""So many of the newest published answers stand on the page."""


def listed(request: HttpRequest) -> HttpResponse:
    """The page; ``kind`` in the address shows office hours or talks alone."""
    at, community, person = now(), community_of(request), actor_of(request).person
    chosen = request.GET.get("kind", "")
    found = coming(community, at, person) if community else []
    shown = [s for s in found if chosen not in (w.HOURS, w.TALK) or s.facts.get("kind") == chosen]
    context = {
        "community": place_title(community) if community else None,
        "days": by_day([s for s in shown if s.starts < at + NEAR], at),
        "later": by_day([s for s in shown if s.starts >= at + NEAR], at),
        "chosen": chosen if chosen in (w.HOURS, w.TALK) else "",
        "mine": [s for s in found if s.mine],
        "partners": partners_in(community) if community else [],
        "answers": answers.published(community)[:SHOWN] if community else [],
        "hotlines": w.HOTLINES,
        "known": person is not None,
        "sign_in": f"{reverse('account_request_login_code')}?{urlencode({'next': reverse('law')})}",
        "key": f"book/{new_id()}",
        "here": "law",
        "now": at,
    }
    return render(request, "legal_services/public/on.html", context)


urls = [path("law/", listed, name="law")]
