"""One duty: its days, who stands in, its history; for an administrator the forms that give, end, lend and recall it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from linli.faces.web import asking, parts
from linli.faces.web.moments import day_said
from linli.faces.web.parts import Form, Input, Option
from linli.faces.web.reader import actor_of, now, words
from linli.faces.web.staff import scope
from linli.faces.web.staff.desk import around, staff_only
from linli.people import assigning
from linli.people.duties import Term, roster
from linli.people.dutylog import history, staff_within, term_of
from linli.people.persons import masked
from linli.people.units import titles as unit_titles
from linli.rules.actor import Actor
from linli.rules.ids import new_id
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory.regions import path_title, titles

NO_DATE = T("请填写日期，如 2024-04-28", "Expected a date such as 2024-04-28")
NOBODY = T("请选一个人", "Choose somebody")
DONE = {
    "end": T("已定下结束日期。", "The last day is set."),
    "substitute": T("已安排代班。", "The stand-in is named."),
    "recall": T("已收回代班。", "The stand-in is recalled."),
}


@dataclass(frozen=True, slots=True)
class StandIn:
    """Somebody who stands in, with his days; ``form`` takes it back."""

    who: T | str
    starts: date
    ends: date
    form: Form | None = None


@staff_only
def duty(request: HttpRequest, duty: UUID) -> HttpResponse:
    """The page of a duty, and under POST a change of it."""
    actor, found = actor_of(request), term_of(duty)
    if found is None:
        raise Http404
    if not scope.reaches(actor, found.region[:12]):
        raise PermissionDenied
    if request.method != "POST":
        return _show(request, found, None, {})
    try:
        done = _change(request, found)
    except Refused as refusal:
        return _show(request, found, refusal, request.POST.dict())
    messages.success(request, words(done))
    return redirect("duty", duty)


def typed_day(request: HttpRequest, name: str) -> date:
    """A date of the form. Raises: Refused ``answers`` naming the field."""
    try:
        return date.fromisoformat(asking.typed(request.POST, name))
    except ValueError:
        raise Refused("answers", NO_DATE, {name: NO_DATE}) from None


def typed_id(request: HttpRequest, name: str) -> UUID:
    """An id that was chosen. Raises: Refused ``answers`` naming the field."""
    try:
        return UUID(asking.typed(request.POST, name))
    except ValueError:
        raise Refused("answers", NOBODY, {name: NOBODY}) from None


def _change(request: HttpRequest, found: Term) -> T:
    by, at, do = actor_of(request), now(), request.POST.get("do", "")
    key = asking.key(request.POST, "duty")
    if do == "end":
        assigning.end(found.duty, typed_day(request, "last_day"), by=by, at=at, key=key)
    elif do == "substitute":
        person = typed_id(request, "person")
        first, last = typed_day(request, "starts"), typed_day(request, "ends")
        assigning.substitute(found.duty, person, first, last, by=by, at=at, key=key)
    elif do == "recall":
        standing = typed_id(request, "substitution")
        assigning.recall(standing, typed_day(request, "last_day"), by=by, at=at, key=key)
    else:
        raise Http404
    return DONE[do]


def _show(
    request: HttpRequest, found: Term, refusal: Refused | None, given: Mapping[str, str]
) -> HttpResponse:
    actor, today = actor_of(request), civil_day(now())
    may, tried = _may_change(actor, found.region), given.get("do", "")
    people = masked([found.person, *(p for _, p, _, _ in found.substitutes)])
    role = installed.roles().get(found.role)
    place = path_title(found.region)
    context = {
        "here": "people",
        "role": role.title if role else found.role,
        "place": place,
        "facts": _facts(found, scope.name_of(people.get(found.person)), place, today),
        "standing": [
            StandIn(
                scope.name_of(people.get(who)),
                first,
                last,
                _recall(found, stand_in, last, refusal, given) if may and last >= today else None,
            )
            for stand_in, who, first, last in found.substitutes
        ],
        "forms": _forms(found, today, refusal, given) if may else [],
        "history": _history(found, today),
        "refusal": refusal,
        "tried": tried,
        "faults": faults_of(refusal, f"{tried}-"),
    }
    return render(
        request, "linli/staff/duty.html", {**around(actor), **context}, status=422 if refusal else 200
    )


def _may_change(actor: Actor, region: str) -> bool:
    try:
        assigning.giving_role(actor, region)
    except Refused:
        return False
    return True


def _facts(found: Term, who: T | str, place: T, today: date) -> list[tuple[T, T | str]]:
    open_end = T("至另行通知", "until further notice")
    lines: list[tuple[T, T | str]] = [
        (T("谁", "Who"), who),
        (T("范围", "For"), place),
        (T("从", "From"), day_said(found.starts, today)),
        (T("到", "To"), day_said(found.ends, today) if found.ends else open_end),
    ]
    if found.unit:
        lines.insert(2, (T("单位", "Unit"), unit_titles([found.unit]).get(found.unit, "")))
    return lines


def _history(found: Term, today: date) -> list[parts.Step]:
    """The entries about the duty in words: what, by whom, for which days."""
    told = history(found.duty)
    people = masked(
        {c.by for c in told if c.by} | {UUID(c.effect["person"]) for c in told if c.effect.get("person")}
    )
    steps = []
    for change in told:
        whom = change.effect.get("person")
        days = [change.effect.get(k) for k in ("starts", "ends")]
        said = [day_said(date.fromisoformat(d), today) for d in days if d]
        text = T(" — ".join(d.zh for d in said), " — ".join(d.en for d in said)) if said else None
        if whom and text:
            text = T("{who}，{days}", "{who}, {days}").format(
                who=scope.name_of(people.get(UUID(whom))), days=text
            )
        by = scope.name_of(people.get(change.by)) if change.by else T("系统", "The system")
        steps.append(parts.Step(change.title, change.at, who=by, text=text))
    return steps


def _forms(found: Term, today: date, refusal: Refused | None, given: Mapping[str, str]) -> list[Form]:
    people = people_options(found.region, given.get("person", ""))
    lend = [
        Input("person", T("谁来代班", "Who stands in"), "select", options=people),
        Input("starts", T("从", "From"), "date", value=today.isoformat()),
        Input("ends", T("到（含当天）", "To (that day included)"), "date"),
    ]
    last = [
        Input("last_day", T("最后一天（含当天）", "Last day (included)"), "date", value=_text(found.ends))
    ]
    return [
        _form(found, "substitute", T("安排代班", "Name a stand-in"), lend, refusal, given),
        _form(found, "end", T("结束职责", "End the duty"), last, refusal, given, stern=True),
    ]


def _recall(
    found: Term, stand_in: UUID, last: date, refusal: Refused | None, given: Mapping[str, str]
) -> Form:
    mine = given.get("substitution") == str(stand_in)
    fields = [
        Input(
            "last_day",
            T("代到哪天", "Stands in until"),
            "date",
            value=last.isoformat(),
            help=T("早于开始日期就是整段收回", "A day before the first takes it back whole"),
        )
    ]
    title = T("提前收回", "Recall early")
    made = _form(
        found,
        "recall",
        title,
        fields,
        refusal if mine else None,
        given if mine else {},
        name=str(stand_in)[-8:],
    )
    return replace(made, hidden=[*made.hidden, ("substitution", str(stand_in))])


def _form(
    found: Term,
    do: str,
    title: T,
    fields: list[Input],
    refusal: Refused | None,
    given: Mapping[str, str],
    *,
    stern: bool = False,
    name: str = "",
) -> Form:
    again = refusal is not None and given.get("do") == do
    shown = filled(fields, given if again else {}, refusal if again else None, f"{do}{name}-")
    hidden = [("do", do), ("key", f"duty/{new_id()}")]
    return Form(f"{do}{name}", title, reverse("duty", args=[found.duty]), shown, hidden, stern=stern)


def filled(
    fields: list[Input], given: Mapping[str, str], refusal: Refused | None, prefix: str = ""
) -> list[Input]:
    """The questions with what was typed and what is wrong; ``prefix`` keeps several forms' elements apart."""
    wrong: Mapping[str, T] = refusal.fields if refusal else {}
    return [
        asking.Asked(
            f.name,
            f.title,
            f.kind,
            value=given.get(f.name, f.value),
            help=f.help,
            error=wrong.get(f.name),
            required=f.required,
            personal=f.personal,
            options=[replace(o, on=o.key == given.get(f.name, "")) if given else o for o in f.options],
            at_most=f.at_most,
            prefix=prefix,
        )
        for f in fields
    ]


def faults_of(
    refusal: Refused | None, prefix: str = "", named: Mapping[str, T] | None = None
) -> list[parts.Fault]:
    """What is wrong, each with the way to its field."""
    if refusal is None:
        return []
    return [
        parts.Fault(f"{prefix}{k}", {**_TITLES, **(named or {})}.get(k, T(k, k)), t)
        for k, t in refusal.fields.items()
    ]


_TITLES = {
    "person": T("谁", "Who"),
    "starts": T("从", "From"),
    "ends": T("到", "To"),
    "last_day": T("最后一天", "Last day"),
    "region": T("范围", "For"),
    "role": T("职责", "Duty"),
    "unit": T("单位", "Unit"),
    "phone": T("电话", "Phone"),
    "name": T("姓名", "Name"),
}


def people_options(region: str, chosen: str = "") -> list[Option]:
    """The staff to choose from, masked, each with what he does today, by which one knows him."""
    ids = staff_within(region[:12])
    shown, doing = masked(ids), _doing(region[:12])
    return [Option(str(i), scope.name_of(shown.get(i)), help=doing.get(i), on=str(i) == chosen) for i in ids]


def _doing(community: str) -> dict[UUID, T]:
    """What each person on duty does today: role and region."""
    found, roles = roster(community, civil_day(now())), installed.roles()
    named = titles(r.region for r in found)
    told: dict[UUID, T] = {}
    for r in found:
        role = roles[r.role].title if r.role in roles else T(r.role, r.role)
        told.setdefault(r.person, T(f"{role.zh} {named[r.region].zh}", f"{role.en}, {named[r.region].en}"))
    return told


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


urls = [path("staff/rolls/duties/<uuid:duty>/", duty, name="duty")]
