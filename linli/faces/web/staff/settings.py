"""设置: language and letters, sign-in and its second factor, messages, one's own duties, the keys."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from linli.faces.web import asking, lang
from linli.faces.web.moments import day_said
from linli.faces.web.parts import Column, Row, Table
from linli.faces.web.reader import actor_of, now, words
from linli.faces.web.staff import scope
from linli.faces.web.staff.desk import around, staff_only
from linli.faces.web.staff.workings import WORKINGS_READERS
from linli.people import consents
from linli.people.duties import terms
from linli.people.models import Account
from linli.people.signin.secondfactor import Factors, factors_of
from linli.people.signin.sessions import end_all
from linli.rules.actor import Actor
from linli.rules.ids import new_id
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory.regions import titles

SPARE_FEW = 3


@staff_only
def settings(request: HttpRequest) -> HttpResponse:
    """The page."""
    actor = actor_of(request)
    context = {
        "here": "settings",
        "table": _duties(actor),
        "factors": _factors(request),
        "few": SPARE_FEW,
        "english": words(T("中文", "English")) == "English",
        "size": lang.size_of(request),
        "told": _agreements(actor),
        "key": f"settings/{new_id()}",
        "workings": reverse("workings") if scope.regions(actor, WORKINGS_READERS) else "",
        "now": now(),
    }
    return render(request, "linli/staff/settings.html", {**around(actor), **context})


def _factors(request: HttpRequest) -> Factors | None:
    user = request.user
    return factors_of(user) if isinstance(user, Account) and user.is_authenticated else None


def _agreements(actor: Actor) -> list[tuple[str, T, bool]]:
    """What he can agree to: purpose, words, whether he does."""
    if actor.person is None:
        return []
    purpose = consents.MESSAGES
    return [(purpose, consents.PURPOSES[purpose], consents.agrees(actor.person, purpose))]


def _duties(actor: Actor) -> Table:
    """His duties, those in which he stands in, past ones left out."""
    today, roles = civil_day(now()), installed.roles()
    own = [t for t in terms(person=actor.person) if t.ends is None or t.ends >= today] if actor.person else []
    named = titles(t.region for t in own)
    open_end = T("至另行通知", "until further notice")
    heads = [
        Column(T("职责", "Duty"), fit="keep"),
        Column(T("范围", "For")),
        Column(T("从", "From"), fit="keep"),
        Column(T("到", "To"), fit="keep"),
        Column(T("身份", "As")),
    ]
    rows = [
        Row(
            (
                roles[t.role].title if t.role in roles else t.role,
                named[t.region],
                day_said(t.starts, today),
                day_said(t.ends, today) if t.ends else open_end,
                T("本人", "Holder") if t.person == actor.person else T("代班", "Stand-in"),
            ),
            url=reverse("duty", args=[t.duty]),
        )
        for t in own
    ]
    return Table(T("我的职责", "My duties"), heads, rows)


@require_POST
@staff_only
def agree(request: HttpRequest) -> HttpResponse:
    """Give or withdraw an agreement."""
    actor, purpose = actor_of(request), request.POST.get("purpose", "")
    if purpose not in consents.PURPOSES or actor.person is None:
        raise Http404
    key = asking.key(request.POST, "settings")
    change = consents.give if request.POST.get("agree") == "yes" else consents.withdraw
    change(actor.person, purpose, by=actor, at=now(), key=key)
    messages.success(request, words(T("已保存。", "Saved.")))
    return redirect("settings")


@require_POST
@staff_only
def sign_out_others(request: HttpRequest) -> HttpResponse:
    """End every other session of the reader's."""
    user = request.user
    if not isinstance(user, Account):
        raise Http404
    key = asking.key(request.POST, "settings")
    ended = end_all(user, keep=request.session.session_key, by=actor_of(request), at=now(), key=key)
    said = T("其他设备上的 {n} 个登录已退出。", "Signed out on other devices: {n}.").format(n=ended)
    messages.success(request, words(said))
    return redirect("settings")


urls = [
    path("staff/settings/", settings, name="settings"),
    path("staff/settings/agree/", agree, name="settings-agree"),
    path("staff/settings/sign-out/", sign_out_others, name="settings-sign-out"),
]
