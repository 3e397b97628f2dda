"""The ideas of a community for everybody: most supported first, one tap to support, merged ones under their main idea."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from linli.cases.models import Case, Link
from linli.cases.reading import facts_of
from linli.faces.web import asking
from linli.faces.web.reader import actor_of, community_of, now, words
from linli.programmes.deliberation import words as w
from linli.programmes.deliberation.ideas import IDEA
from linli.programmes.deliberation.pages import doing
from linli.programmes.deliberation.pages.reading import (
    OVER_IDEAS,
    case_of,
    idea_of,
    ideas_in,
)
from linli.programmes.deliberation.topics import TOPIC_TYPE
from linli.rules.ids import new_id
from linli.rules.programme import CAME_OUT
from linli.rules.text import T
from linli.territory.regions import path_title, place_title

OVER_SHOWN, WAITING = 20, ("offered", "listed")
SAYS = {
    "support": T("附议了，有进展会告诉您。", "You support it; you will hear what comes of it."),
    "unsupport": T("附议撤回了。", "Your support is taken back."),
    "withdraw": T("金点子撤回了。", "Your idea is withdrawn."),
}


@doing.signs_in
def board(request: HttpRequest) -> HttpResponse:
    """The board, and under POST a support or its taking back."""
    at, community = now(), community_of(request)
    if request.method == "POST":
        return _acts(request, at)
    person = actor_of(request).person
    found = ideas_in(community, person) if community else []
    chosen = asking.typed(request.GET, "kind")
    kinds = [o for o in w.KINDS if any(i.facts.get("category") == o.key for i in found)]
    seen = [i for i in found if not chosen or i.facts.get("category") == chosen]
    context = {
        "community": place_title(community) if community else None,
        "ideas": [i for i in seen if i.case.state in WAITING],
        "taken": [i for i in seen if i.case.state == "in_topic"],
        "over": sorted((i for i in seen if i.case.state in OVER_IDEAS), key=lambda i: -i.case.touched)[
            :OVER_SHOWN
        ],
        "kinds": kinds,
        "chosen": chosen,
        "key": f"talk/{new_id()}",
        "here": "around",
        "now": at,
    }
    return render(request, "deliberation/ideas.html", context)


def _acts(request: HttpRequest, at: int) -> HttpResponse:
    try:
        case = case_of(UUID(asking.typed(request.POST, "case")), IDEA.key)
    except ValueError:
        raise Http404 from None
    tried = doing.done(request, case, SAYS)
    if tried:
        messages.warning(request, words(tried.reason))
    back = asking.back(request) or reverse("ideas")
    return redirect(f"{back}#i-{case.number}")


@doing.signs_in
def idea(request: HttpRequest, case: UUID) -> HttpResponse:
    """One idea: what it says, how many support it, what became of it."""
    found = case_of(case, IDEA.key)
    person, tried = actor_of(request).person, None
    if request.method == "POST":
        tried = doing.done(request, found, SAYS)
        if tried is None:
            return redirect("idea", case)
    shown = idea_of(found, person)
    context = {
        "community": place_title(found.community),
        "idea": shown,
        "main": _main(found),
        "place": path_title(found.place),
        "merged": [(c, facts_of(c)) for c in shown.merged],
        "topics": _topics(found),
        "may_withdraw": w.AUTHOR.key in shown.mine and found.state in ("offered", "listed", "merged"),
        "key": f"talk/{new_id()}",
        "tried": tried,
        "here": "around",
        "now": now(),
    }
    return render(request, "deliberation/idea.html", context, status=422 if tried else 200)


def _main(case: Case) -> Case | None:
    """The idea into which it was merged."""
    if case.state != "merged":
        return None
    into = Link.objects.filter(source=case.id, relation=w.MERGED).values("target")
    return Case.objects.filter(id__in=into).first()


def _topics(case: Case) -> list[Case]:
    """The topics that came out of it."""
    out = Link.objects.filter(target=case.id, relation=CAME_OUT).values("source")
    return list(Case.objects.filter(id__in=out, type=TOPIC_TYPE.key).order_by("opened"))


urls = [
    path("deliberation/ideas/", board, name="ideas"),
    path("deliberation/ideas/<uuid:case>/", idea, name="idea"),
]
