"""One case: its story on the left; state, clocks, who has it and the next steps on a fixed card on the right."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from linli.cases.calendars import current_calendar
from linli.cases.sending import send
from linli.cases.story import CasePage, case_page
from linli.cases.titles import title_of
from linli.faces.web import asking, parts, said
from linli.faces.web.parts import Form
from linli.faces.web.placemap import place_map
from linli.faces.web.reader import actor_of, holder_of, now, words
from linli.faces.web.resident.timeline import Tried
from linli.faces.web.staff import beside
from linli.faces.web.staff.contact import contacts
from linli.faces.web.staff.desk import around, staff_only
from linli.faces.web.staff.told import facts, step_told, steps_told
from linli.rules.ids import new_id
from linli.rules.machine import asked
from linli.rules.place import Level
from linli.rules.programme import STAY, Action, Does, Kind
from linli.rules.refusal import Refused
from linli.rules.text import T
from linli.rules.worktime import civil_day, phrase
from linli.territory.regions import path_title

_RARE, _UNFOLDED = 3, 4


@staff_only
def case(request: HttpRequest, case: UUID) -> HttpResponse:
    """The page, and under POST an act on the case."""
    page = _page(request, case)
    if request.method != "POST":
        return _show(request, page)
    action = next((a for a in page.actions if a.key == request.POST.get("action")), None)
    if action is None:
        messages.warning(
            request,
            words(
                T("这一步现在不能办了，请看最新进展。", "That is not possible any more; see where it stands.")
            ),
        )
        return redirect("case", case)
    return _act(request, page, action)


def _page(request: HttpRequest, case: UUID) -> CasePage:
    try:
        return case_page(case, actor_of(request), now(), whole="whole" in request.GET)
    except Refused:
        raise Http404 from None


def _act(request: HttpRequest, page: CasePage, action: Action) -> HttpResponse:
    fields = asked(page.definition.case_type, action)
    key = asking.key(request.POST, "act")
    given, wrong = asking.answers(request, fields, key)
    seen = asking.typed(request.POST, "seen")
    number = int(seen) if seen.isascii() and seen.isdigit() else None
    try:
        if wrong:
            raise Refused("answers", next(iter(wrong.values())), wrong)
        if asking.adds(request.POST, fields):
            return _show(request, page, Tried(action.key, given))
        actor, holder = actor_of(request), holder_of(request)
        send(page.case.id, action.key, actor, given, fields, holder=holder, key=key, now=now(), seen=number)
    except Refused as refusal:
        return _show(request, _page(request, page.case.id), Tried(action.key, given, refusal))
    tag = f"sent-{page.case.id}-{action.key}"
    messages.success(request, words(T("办好了：{a}", "Done: {a}").format(a=action.title)), extra_tags=tag)
    return redirect(asking.back(request) or reverse("case", args=[page.case.id]))


def _show(request: HttpRequest, page: CasePage, tried: Tried | None = None) -> HttpResponse:
    at, actor = now(), actor_of(request)
    state = page.definition.states[page.case.state]
    unit = page.units[0][1] if page.units else None
    turn = (
        T("、".join(w.title.zh for w in state.turn), ", ".join(w.title.en for w in state.turn))
        if state.turn
        else None
    )
    like = beside.cluster(page, at) if page.case.live else []
    context = {
        "here": "cases",
        "page": page,
        "title": title_of(page.case),
        "state": state,
        "place": path_title(page.case.place),
        "placed": place_map(page.case.place, civil_day(page.case.opened)),
        "holder": unit if unit and any(w.key == "unit" for w in state.turn) else turn,
        "building": reverse("building", args=[page.case.place])
        if len(page.case.place) == Level.BUILDING
        else "",
        "clocks": _clocks(page, at),
        "facts": facts(page),
        "photos": said.photos(page.steps[0].answers) if page.steps else (),
        "steps": steps_told(page.steps),
        **_forms(request, page, tried),
        "contacts": contacts(page, actor),
        "waiting": beside.waiting(page),
        "alike": beside.same(page, like),
        "others": beside.related(page),
        "offers": beside.offers(page, actor, like),
        "tried": tried,
        "faults": _faults(page, tried),
        "meanwhile": [
            step_told(s) for s in page.steps if tried and tried.refusal and s.seq in tried.refusal.meanwhile
        ],
    }
    return render(
        request, "linli/staff/case.html", {**around(actor), **context}, status=tried.status if tried else 200
    )


def _clocks(page: CasePage, at: int) -> list[parts.Clock]:
    """The stage's clock and the whole case's."""
    found = []
    for name, title in (("stage", T("本环节", "This stage")), ("total", T("全程", "The whole case"))):
        run = page.clock.get(name)
        if not run or not page.case.live:
            continue
        over = at > run["due"]
        left = parts.Left(phrase(run["due"], at, current_calendar()), "late" if over else "", run["due"])
        share = 1000 * (at - run["since"]) // max(1, run["due"] - run["since"])
        why = (
            T("年度放假安排未公布，暂按周一至周五计", "The year’s holidays are not published yet")
            if run["prov"]
            else None
        )
        found.append(parts.Clock(title, left, share, why=why))
    return found


def by_weight(page: CasePage) -> list[Action]:
    """Requests first, then what the stage’s clock waits for, what moves the case, giving up, what is only noted last."""
    return sorted(page.actions, key=lambda a: weight(page, a))


def weight(page: CasePage, action: Action) -> int:
    """How near an action lies: 0 to 2 stand open to the eye, the rest are folded away."""
    if action.does in (Does.APPROVE, Does.DECLINE):
        return 0
    if action.within and page.case.state in action.sources:
        return 1
    if (
        page.definition.states[page.case.state].kind is Kind.STANDING
    ):  # what goes on is the daily work, and its end is rare
        return 2 if action.targets == (STAY,) else 3
    if action.targets == (STAY,):
        return 4
    return 3 if _gives_up(page, action) else 2


def _gives_up(page: CasePage, action: Action) -> bool:
    states = page.definition.states
    return all(t in states and states[t].kind in (Kind.VOID, Kind.REFUSED) for t in action.targets)


def _forms(request: HttpRequest, page: CasePage, tried: Tried | None) -> dict[str, object]:
    """The next steps, and those folded away; the fold is open where one of them was asked for. Few are not folded."""
    opened = tried.action if tried else asking.typed(request.GET, "step")
    back = asking.back(request)
    made = [(a, _form(page, a, tried, beside.meant(page, a, request.GET), back)) for a in by_weight(page)]
    near = [form for a, form in made if weight(page, a) < _RARE or len(made) <= _UNFOLDED]
    rare = [form for _, form in made[len(near) :]]
    return {"forms": near, "rare": rare, "opened": opened, "unfold": opened in {form.key for form in rare}}


def _form(page: CasePage, action: Action, tried: Tried | None, meant: dict[str, str], back: str) -> Form:
    again = tried if tried and tried.action == action.key else None
    wrong = again.wrong if again else {}
    asked_ = asked(page.definition.case_type, action)
    made = asking.inputs(
        asked_, again.given if again else meant, wrong, page.case.place, f"{action.key}-", page.case.id
    )
    hidden = [("action", action.key), ("seen", str(page.case.seq)), ("key", f"act/{new_id()}")]
    hidden += [("back", back)] if back else []
    void = _gives_up(page, action)
    says = (
        T("这一步要审批：提交后等待同意。", "This needs approval: it waits until somebody agrees.")
        if action.approval
        else None
    )
    return Form(action.key, action.title, reverse("case", args=[page.case.id]), made, hidden, says, void)


def _faults(page: CasePage, tried: Tried | None) -> list[parts.Fault]:
    if tried is None:
        return []
    named = page.definition.fields
    return [
        parts.Fault(f"{tried.action}-{k}", named[k].title, t) for k, t in tried.wrong.items() if k in named
    ]


urls = [path("staff/case/<uuid:case>/", case, name="case")]
