"""我要求助: in large letters, at most three taps from the need to the request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache

from linli.cases.act import act
from linli.cases.models import Case, Seat
from linli.cases.receipt import Receipt
from linli.faces.web import asking
from linli.faces.web.reader import actor_of, building_at, community_of, now, words
from linli.faces.web.resident.home import office
from linli.programmes.volunteering.helping import DOOR, HELP, WORDS
from linli.programmes.volunteering.pages import door, helped
from linli.programmes.volunteering.words import REQUESTER, UNSURE
from linli.rules.ids import new_id
from linli.rules.refusal import Refused
from linli.rules.text import T
from linli.territory.buildings import community_buildings
from linli.territory.regions import building_title, path_title, place_title

NEEDS = {
    "company": T("陪我说说话", "Somebody to talk to"),
    "errands": T("买东西、拿药", "Shopping or medicine"),
    "escort": T("陪我去医院", "Come with me to the hospital"),
    "repair": T("家里东西坏了", "Something at home is broken"),
    "digital": T("手机不会用", "Help with my phone"),
    "haircut": T("上门理发", "A haircut at home"),
    "health": T("量血压", "Take my blood pressure"),
    "tutoring": T("孩子的功课", "A child’s homework"),
    "legal": T("问问法律", "A question of law"),
}
"""What one can ask for, as people say it."""
FIRST = 6
"""So many stand on the page at once; the others are folded."""
WHENS = {
    "today": T("今天", "Today"),
    "tomorrow": T("明天", "Tomorrow"),
    "any": T("这几天都行", "Any of these days"),
}
SENT = T("收到了。", "It has arrived.")


@never_cache
def choose(request: HttpRequest) -> HttpResponse:
    """First tap: what is needed; or “please call me”, which is one tap alone."""
    if request.method == "POST":
        return _call_me(request)
    person = actor_of(request).person
    held = Seat.objects.filter(kind=REQUESTER.key, head=str(person)).values("case")
    mine = Case.objects.filter(id__in=held, type=HELP.key, live=True).order_by("-opened")
    needs = list(NEEDS.items())
    more = {
        "needs": needs[:FIRST],
        "rest": needs[FIRST:],
        "mine": [helped.card(c) for c in mine] if person else [],
        "key": f"ask/{new_id()}",
        "calls": "call" in request.GET,
    }
    return render(request, "volunteering/help/choose.html", _context(request, **more))


def _call_me(request: HttpRequest) -> HttpResponse:
    if actor_of(request).person is None:
        messages.info(request, words(T("请先登录，再按一次。", "Please sign in, then press once more.")))
        return door.sign_in(request)
    return _sent(request, {"need": UNSURE})


@never_cache
def when(request: HttpRequest, need: str) -> HttpResponse:
    """Second tap: when."""
    more = {"need": need, "title": _title(need), "whens": WHENS.items()}
    return render(request, "volunteering/help/when.html", _context(request, **more))


@never_cache
def sure(request: HttpRequest, need: str, suits: str) -> HttpResponse:
    """Third tap: yes. A word and the door can be added, and need not."""
    if suits not in WHENS:
        raise Http404
    if actor_of(request).person is None:
        messages.info(
            request, words(T("请先登录，您选的都记着。", "Please sign in first; what you chose is kept."))
        )
        return door.sign_in(request)
    given, faults = {"need": need, "when": suits}, dict[str, T]()
    if request.method == "POST":
        typed, _ = asking.answers(request, (DOOR, WORDS), "ask")
        answer = _sent(request, {**given, **typed}, faults)
        if not faults:
            return answer
    building = building_at(request)
    more = {
        "need": need,
        "title": _title(need),
        "when": WHENS[suits],
        "suits": suits,
        "building": path_title(building) if building else None,
        "choices": [] if building else _buildings(request),
        "fields": asking.inputs((WORDS, DOOR), {}, {}),
        "key": f"ask/{new_id()}",
        "faults": faults,
    }
    context = _context(request, **more)
    return render(request, "volunteering/help/sure.html", context, status=422 if faults else 200)


def _title(need: str) -> T:
    """The need as people say it. Raises: Http404 where there is none."""
    if need not in NEEDS:
        raise Http404
    return NEEDS[need]


def _sent(
    request: HttpRequest, answers: Mapping[str, Any], faults: dict[str, T] | None = None
) -> HttpResponse:
    """Ask, at the building that is known, named, or else in the community; to the page that says what comes next."""
    place = building_at(request) or asking.typed(request.POST, "where") or community_of(request) or ""
    try:
        made = _asked(request, place, answers)
    except Refused as refusal:
        messages.warning(request, words(refusal.reason))
        if faults is not None:
            faults.update(refusal.fields or {"where": refusal.reason})
        return redirect("help")
    messages.success(request, words(SENT))
    return redirect("help-mine", made.case)


def _asked(request: HttpRequest, place: str, answers: Mapping[str, Any]) -> Receipt:
    at, key = now(), asking.key(request.POST, "ask")
    asked = {"where": place, **answers}
    return act((HELP.key, place), "ask", actor_of(request), asked, key=key, happened=at, recorded=at)


def _buildings(request: HttpRequest) -> list[tuple[str, T]]:
    community = community_of(request) or ""
    return [(community, T("说不清哪栋楼", "Not sure which building"))] + [
        (b.code, building_title(b)) for b in community_buildings(community)
    ]


def _context(request: HttpRequest, **more: Any) -> dict[str, Any]:
    community = community_of(request)
    return {
        "community": place_title(community) if community else None,
        "office": office(community, now()) if community else None,
        "here": "help",
        "now": now(),
        **more,
    }


urls = [
    *helped.urls,  # before the needs, which would take its address for one
    path("help/", choose, name="help"),
    path("help/<slug:need>/", when, name="help-when"),
    path("help/<slug:need>/<slug:suits>/", sure, name="help-sure"),
]
