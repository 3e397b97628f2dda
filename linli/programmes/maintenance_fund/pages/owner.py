"""The fund for an owner: his homes, what a use costs him, his ballot with its receipt, his objections.

Nobody else's choice is ever read here. An address holds ids and the codes of units, nothing personal. Who is not signed in is asked
to; who is neither on the roll nor the owner of a home on it finds no page.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path

from linli.cases.act import act
from linli.cases.models import Case
from linli.cases.reading import facts_of
from linli.cases.sight import cases_seen_by
from linli.faces.web import asking
from linli.faces.web.parts import Fault, Option
from linli.faces.web.reader import actor_of, community_of, now, words
from linli.programmes.maintenance_fund import words as w
from linli.programmes.maintenance_fund.pages import owner_ballots as ballots
from linli.programmes.maintenance_fund.pages import owner_homes, receipts
from linli.programmes.maintenance_fund.pages.owner_door import Mine, mine_of, my_uses, person_of, signed_in
from linli.programmes.maintenance_fund.pages.owner_money import Share, homes_of, my_shares
from linli.programmes.maintenance_fund.pages.public import about, line
from linli.programmes.maintenance_fund.pages.public_reading import objections, told_in
from linli.programmes.maintenance_fund.use import USE
from linli.rules.fields import clean_answers
from linli.rules.ids import new_id
from linli.rules.money import yuan
from linli.rules.refusal import Refused
from linli.rules.text import T
from linli.territory.regions import place_title

PAYING = ("approved", "settled")
VOTE, OBJECT = "vote", "object"


@dataclass(slots=True)
class Tried:
    """An act that was not done: which, with what, and why."""

    action: str
    given: Mapping[str, Any]
    reason: T
    code: str = ""
    wrong: Mapping[str, T] | None = None


@signed_in
def listed(request: HttpRequest) -> HttpResponse:
    """What waits for my ballot, then my homes, then the other uses that concern me."""
    at, person = now(), person_of(request)
    homes, community = homes_of(person, at), community_of(request)
    uses = my_uses(person, homes)
    opened = [(c, facts_of(c)) for c in uses if _open(c, facts_of(c), at)]
    placed = [(c, f, ballots.on_roll(c.id, person)) for c, f in opened]
    asks = [(c, f, p) for c, f, p in placed if p and p.waits]
    context = {
        "community": place_title(community) if community else None,
        "asks": [(line(c, at), _cost(c, f, p.every_unit)) for c, f, p in asks],
        "others": [line(c, at) for c in uses if c.id not in {a.id for a, _, _ in asks}],
        "homes": homes,
        "owed": yuan(sum(h.owed for h in homes)) if any(h.owed for h in homes) else "",
        "here": "mine",
        "now": at,
    }
    return render(request, "maintenance_fund/owner/list.html", context)


def _open(case: Case, facts: Mapping[str, Any], at: int) -> bool:
    """Whether ballots are taken now."""
    return case.state == "voting" and int(facts["opens_at"]) <= at < int(facts["closes_at"])


def _cost(case: Case, facts: Mapping[str, Any], units: list[str]) -> str:
    return yuan(sum(s.cents for s in my_shares(case, int(facts["cost"]), units, (), paying=False)))


@signed_in
def use(request: HttpRequest, case: UUID) -> HttpResponse:
    """One use as mine; under POST my ballot, which is asked about once more before it counts, or my objection."""
    at = now()
    try:
        mine = mine_of(request, case, at)
    except Http404:
        if cases_seen_by(actor_of(request), [USE.key]).filter(id=case).exists():
            return redirect("case", case)  # who works with it is told of it too, and has another page
        raise
    if request.method != "POST":
        return _show(request, mine, at)
    done = {VOTE: _vote, OBJECT: _object}.get(asking.typed(request.POST, "action"))
    return done(request, mine, at) if done else redirect("mine-fund-use", case)


def _vote(request: HttpRequest, mine: Mine, at: int) -> HttpResponse:
    given = {"choice": asking.typed(request.POST, "choice")}
    if asking.typed(request.POST, "again"):
        return _show(request, mine, at, chosen=given["choice"])
    _, wrong = clean_answers((w.CHOICE,), given)
    if wrong:
        said = T("请先选一项：同意、不同意或弃权。", "Please choose one: for, against or abstain.")
        return _show(request, mine, at, Tried(VOTE, given, said, wrong=wrong))
    if asking.typed(request.POST, "sure") != "yes":
        return _confirm(request, mine, at, given["choice"])
    if refused := _done(request, mine, VOTE, given, at):
        return _show(request, mine, at, refused)
    messages.success(request, words(T("您的票已经记下。", "Your ballot is recorded.")))
    return redirect("mine-fund-use", mine.case.id)


def _object(request: HttpRequest, mine: Mine, at: int) -> HttpResponse:
    key = asking.key(request.POST, OBJECT)
    given, _ = asking.answers(request, (w.SAID,), key)
    if refused := _done(request, mine, OBJECT, given, at):
        return _show(request, mine, at, refused)
    messages.success(
        request,
        words(
            T("您的异议已经收到，答复会写在这里。", "Your objection has arrived; the answer will stand here.")
        ),
    )
    return redirect("mine-fund-use", mine.case.id)


def _done(request: HttpRequest, mine: Mine, action: str, given: Mapping[str, Any], at: int) -> Tried | None:
    """Do it under the key of the form; why not, where it is refused."""
    key = asking.key(request.POST, action)
    try:
        act(mine.case.id, action, actor_of(request), given, key=key, happened=at, recorded=at)
    except Refused as refusal:
        return Tried(action, given, refusal.reason, refusal.code, refusal.fields)
    return None


def _confirm(request: HttpRequest, mine: Mine, at: int, choice: str) -> HttpResponse:
    """What will be recorded, in words, before it is."""
    shares = _shares(mine)
    context = {
        "community": place_title(mine.case.community),
        "case": mine.case,
        "choice": choice,
        "choice_words": w.CHOICE.title_of(choice),
        "shares": shares,
        "total": yuan(sum(s.cents for s in shares)),
        "closes": mine.facts.get("closes_at"),
        "key": asking.key(request.POST, VOTE),
        "here": "mine",
        "now": at,
    }
    return render(request, "maintenance_fund/owner/confirm.html", context)


def _shares(mine: Mine) -> list[Share]:
    paying = mine.case.state in PAYING
    return my_shares(mine.case, int(mine.facts["cost"]), mine.units, mine.homes, paying)


def _show(
    request: HttpRequest, mine: Mine, at: int, tried: Tried | None = None, chosen: str = ""
) -> HttpResponse:
    case, place, shares = mine.case, mine.place, _shares(mine)
    given = ballots.ballots(case, mine.person, place) if place and place.given else []
    objecting = case.state == "counted" and at < int(mine.facts["publicity_ends"]) and place is not None
    context = {
        **about(case, at),
        "place": place,
        "shares": shares,
        "total": yuan(sum(s.cents for s in shares)),
        "paying": case.state in PAYING,
        "taking": place is not None and _open(case, mine.facts, at),
        "given": given,
        "standing": [b for b in given if b.stands],
        "earlier": [b for b in given if not b.stands],
        "options": _options(tried, chosen),
        "keys": {action: f"{action}/{new_id()}" for action in (VOTE, OBJECT)},
        "objecting": objecting,
        "said": asking.inputs((w.SAID,), tried.given if tried else {}, (tried and tried.wrong) or {}),
        "objected": _objected(case, mine.person),
        "tried": tried,
        "faults": _faults(tried),
        "here": "mine",
    }
    return render(request, "maintenance_fund/owner/use.html", context, status=422 if tried else 200)


def _options(tried: Tried | None, chosen: str) -> list[Option]:
    """The three choices; what was chosen before something went wrong is still chosen, and nothing else is."""
    picked = str(tried.given.get("choice", "")) if tried and tried.action == VOTE else chosen
    return [Option(o.key, o.title, on=o.key == picked) for o in w.CHOICES]


def _faults(tried: Tried | None) -> list[Fault]:
    known = {f.key: f.title for f in (w.CHOICE, w.SAID)}
    wrong = tried.wrong if tried and tried.wrong else {}
    return [Fault(key, known[key], text) for key, text in wrong.items() if key in known]


@dataclass(frozen=True, slots=True)
class Objected:
    """An objection of the reader's own, with its answer once there is one."""

    number: int
    at: int
    said: str
    answer: Any


def _objected(case: Case, person: UUID) -> list[Objected]:
    """His own objections alone."""
    own = [e for e in told_in(case, OBJECT) if e.actor == person]
    answers = {a.number: a for a in objections(case)[1]} if own else {}
    return [Objected(e.seq, e.happened, str(e.answers.get("said", "")), answers.get(e.seq)) for e in own]


urls: list[URLPattern] = [
    path("mine/fund/", listed, name="mine-fund"),
    path("mine/fund/<uuid:case>/", use, name="mine-fund-use"),
    path("mine/fund/<uuid:case>/receipt/<int:n>/", receipts.page, name="mine-fund-receipt"),
    path("mine/fund/<uuid:case>/receipt/<int:n>.json", receipts.file, name="mine-fund-receipt-file"),
    path("mine/fund/home/<uuid:book>/<str:unit>/", owner_homes.page, name="mine-fund-home"),
    path("mine/fund/home/<uuid:book>/<str:unit>/slip.pdf", owner_homes.slip, name="mine-fund-slip"),
]
