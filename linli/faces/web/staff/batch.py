"""One step for many cases: asked once, done case by case, and what came of each said on one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from linli.cases import batch as many
from linli.cases import lists
from linli.cases.batch import MOST, Outcome
from linli.cases.ledger import together
from linli.cases.sight import cases_seen_by
from linli.faces.web import asking
from linli.faces.web.parts import Column, Fault, Row, Table
from linli.faces.web.reader import actor_of, now, words
from linli.faces.web.staff.beside import out_of
from linli.faces.web.staff.desk import around, staff_only
from linli.faces.web.staff.new import MOST as FROM_AT_MOST
from linli.rules import fields as f
from linli.rules.actor import Actor
from linli.rules.definition import Definition
from linli.rules.ids import new_id
from linli.rules.machine import asked
from linli.rules.programme import Action
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.who import Role

GONE = T("这一步不能一起办，请到每件里去办", "That is not done for many at once; go to each case")
NONE = T("请先在表里勾选要办的事项", "Tick the cases in the table first")
TOO_MANY = T("一次最多 {n} 件，请分几次", "At most {n} cases at once; please do it in parts")
UNSEEN = T("您看不到的一件", "One that is not yours to see")


def offered(definitions: Sequence[Definition], actor: Actor) -> list[tuple[str, T]]:
    """The steps that somebody with his duties may take on many cases, by key and title."""
    found = [(d, a) for d in definitions for a in d.actions.values() if _may(a, actor)]
    several = len({d.key for d, _ in found}) > 1
    steps = [(f"{d.key}.{a.key}", _named(d, a) if several else a.title) for d, a in found]
    clustered = any(d.case_type.alike for d in definitions)
    return [*steps, *((f"{d.key}.{a.key}", a.title) for d, a in _gathering(actor) if clustered)]


def _gathering(actor: Actor) -> list[tuple[Definition, Action]]:
    """What comes out of several cases at once and is his to open: a topic out of like demands."""
    types = [(d, d.actions[d.case_type.raised]) for d in installed if d.case_type.gathers]
    return [(d, a) for d, a in types if any(isinstance(w, Role) and w.key in actor.roles for w in a.who)]


def _named(definition: Definition, action: Action) -> T:
    return T("{t}：{a}", "{t}: {a}").format(t=definition.case_type.title, a=action.title)


def _may(action: Action, actor: Actor) -> bool:
    """Whether his roles or his unit may stand among those who may act; each case decides for itself."""
    if action.opens or not action.many or any(isinstance(x, f.Photos) and x.required for x in action.asks):
        return False
    return any(
        w.key in actor.roles if isinstance(w, Role) else w.of == "unit" and bool(actor.units)
        for w in action.who
    )


@dataclass(frozen=True, slots=True)
class _Wish:
    """What was sent: which step, on which cases, under which key."""

    definition: Definition
    action: Action
    cases: list[UUID]
    key: str

    @property
    def fields(self) -> tuple[f.Field, ...]:
        """What is asked once for all; photos belong to one case and are added there."""
        return tuple(x for x in asked(self.definition.case_type, self.action) if not isinstance(x, f.Photos))


@staff_only
def batch(request: HttpRequest) -> HttpResponse:
    """The form first; with its answers, an act on each case and what came of each."""
    wish, wrong = _wish(request)
    if wish is None:
        messages.warning(request, words(wrong))
        return redirect(_back(request))
    if wish.action.opens:
        seen = cases_seen_by(actor_of(request)).in_bulk(wish.cases)
        return redirect(out_of(wish.definition, wish.action, seen.values()))
    given, bad = asking.answers(request, wish.fields, wish.key)
    if "go" not in request.POST or asking.adds(request.POST, wish.fields):
        return _ask(request, wish, given, bad)
    bad |= f.clean_answers(wish.fields, given)[1]
    if bad:
        return _ask(request, wish, given, bad)
    done = many.act_on_many(
        wish.cases, wish.definition, wish.action, actor_of(request), given, key=wish.key, now=now()
    )
    return _tell(request, wish, done, given)


def _wish(request: HttpRequest) -> tuple[_Wish | None, T]:
    """What was sent, or why nothing can be done with it. Raises: Http404 for an id that is none."""
    type_, _, name = request.POST.get("act", "").partition(".")
    definition = installed.get(type_)
    action = definition.actions.get(name) if definition else None
    try:
        cases = [UUID(c) for c in dict.fromkeys(request.POST.getlist("case"))]
    except ValueError:
        raise Http404 from None
    actor = actor_of(request)
    if (
        definition is None
        or action is None
        or not (_may(action, actor) or (definition, action) in _gathering(actor))
    ):
        return None, GONE
    if not cases:
        return None, NONE
    if len(cases) > (FROM_AT_MOST if action.opens else MOST):
        return None, TOO_MANY.format(n=FROM_AT_MOST if action.opens else MOST)
    return _Wish(definition, action, cases, asking.key(request.POST, "batch")), GONE


def _back(request: HttpRequest) -> str:
    """The list from which he came: the same filters, and nothing else that the address may hold."""
    filters, _ = lists.read(QueryDict(request.POST.get("back", "")))
    return f"{reverse('cases')}?{urlencode(filters.query())}"


def _ask(
    request: HttpRequest,
    wish: _Wish,
    given: Mapping[str, Any] | None = None,
    wrong: Mapping[str, T] | None = None,
) -> HttpResponse:
    seen = cases_seen_by(actor_of(request)).in_bulk(wish.cases)
    place = next(iter(seen.values())).place if seen else ""
    wrong = wrong or {}
    named = {x.key: x.title for x in wish.fields}
    context = {
        **_shared(request, wish),
        "inputs": asking.inputs(wish.fields, given or {}, wrong, place),
        "faults": [Fault(k, named[k], t) for k, t in wrong.items() if k in named],
        "cases": [seen[c] for c in wish.cases if c in seen],
        "unseen": len(wish.cases) - len(seen),
        "hidden": [("case", str(c)) for c in wish.cases],
        "no_photos": len(wish.fields) < len(wish.action.asks),
        "states": _from(wish),
    }
    return render(request, "linli/staff/batch.html", context, status=422 if wrong else 200)


def _from(wish: _Wish) -> T:
    """The states from which the step is possible, so that a refusal is no surprise."""
    return together([wish.definition.states[s].title for s in wish.action.sources]) or wish.action.title


def _shared(request: HttpRequest, wish: _Wish) -> dict[str, object]:
    return {
        **around(actor_of(request)),
        "here": "cases",
        "title": wish.action.title,
        "type": wish.definition.case_type.title,
        "act": f"{wish.definition.key}.{wish.action.key}",
        "key": wish.key,
        "back": _back(request),
        "back_query": request.POST.get("back", "")[:1000],
    }


def _tell(
    request: HttpRequest, wish: _Wish, outcomes: list[Outcome], given: Mapping[str, Any]
) -> HttpResponse:
    done = [o for o in outcomes if o.receipt]
    refused = [o for o in outcomes if o.refusal]
    context = {
        **_shared(request, wish),
        "key": f"batch/{new_id()}",
        "done": _done(wish, done),
        "refused": _refused(refused),
        "n_done": len(done),
        "n_refused": len(refused),
        "hidden": asking.hidden(wish.fields, given),
    }
    return render(request, "linli/staff/batchdone.html", context)


def _done(wish: _Wish, outcomes: list[Outcome]) -> Table:
    columns = [
        Column(T("编号", "Number"), fit="keep"),
        Column(T("事由", "Matter"), fit="much"),
        Column(T("现在", "Now"), fit="keep"),
        Column(T("第几条", "Entry"), fit="right"),
        Column(T("校验值", "Hash"), fit="keep"),
    ]
    rows = [
        Row(
            [
                o.receipt.number,
                o.seen.title,
                wish.definition.states[o.receipt.state],
                o.receipt.seq,
                o.receipt.hash[:12],
            ],
            url=reverse("case", args=[o.case]),
        )
        for o in outcomes
        if o.receipt and o.seen
    ]
    return Table(T("已办的事项", "Cases done"), columns, rows)


def _refused(outcomes: list[Outcome]) -> Table:
    """Why not, case by case; each stays chosen for another try."""
    columns = [
        Column(T("编号", "Number"), fit="keep"),
        Column(T("为什么没办", "Why not"), fit="much"),
        Column(T("事由", "Matter")),
        Column(T("代号", "Code"), fit="keep"),
    ]
    rows = [
        Row(
            [
                o.seen.number if o.seen else UNSEEN,
                _why(o),
                o.seen.title if o.seen else "",
                o.refusal.code,
            ],
            url=reverse("case", args=[o.case]) if o.seen else "",
            key=str(o.case),
            chosen=o.seen is not None,
        )
        for o in outcomes
        if o.refusal
    ]
    return Table(T("没办成", "Not done"), columns, rows, pick="case")


def _why(outcome: Outcome) -> T:
    """The reason, and what is wrong with single answers."""
    assert outcome.refusal is not None
    reasons = [outcome.refusal.reason, *outcome.refusal.fields.values()]
    return T("；".join(r.zh for r in reasons), "; ".join(r.en for r in reasons))


urls = [path("staff/batch/", require_POST(batch), name="batch")]
