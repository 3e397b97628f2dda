"""Following a matter without an account: its number and the tracking code. The code never stands in an address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from linli.cases.models import Case, Seat
from linli.faces.web import asking
from linli.faces.web.parts import Fault, Input
from linli.faces.web.reader import community_of, track
from linli.faces.web.resident.attempts import Attempts
from linli.faces.web.resident.tracking import LENGTH, bearer_of, plain
from linli.rules.registry import installed
from linli.rules.text import T
from linli.territory.regions import place_title

NUMBER = T("编号", "Number")
CODE = T("查询码", "Tracking code")
WRONG = T(
    "没有找到：请核对编号和查询码，两样都在受理回执上",
    "Not found: please check the number and the code; both stand on your receipt",
)
TOO_OFTEN = T("试的次数太多了，请 10 分钟后再试", "Too many attempts; please try again in ten minutes")
TRIES = Attempts("track", most=10, seconds=600)


def following(request: HttpRequest) -> HttpResponse:
    """Number and code in; the case's page out. Wrong pairs are counted, and nothing tells which half was wrong."""
    number = asking.typed(request.POST, "number").upper()
    if request.method != "POST":
        return _show(request)
    if TRIES.over(request):
        return _show(request, number, TOO_OFTEN, status=429)
    bearer = bearer_of(request.POST.get("code", ""))
    case = _found(number, bearer) if len(plain(request.POST.get("code", ""))) == LENGTH else None
    if case is None:
        TRIES.count(request)
        return _show(request, number, WRONG, status=422)
    track(request, case.id, bearer)
    return redirect("mine-case", case.id)


def _found(number: str, bearer: str) -> Case | None:
    """The case with this number of which the code's bearer holds a seat: numbers repeat from community to community."""
    kinds = [r.key for d in installed for r in d.case_type.relations if r.of == "bearer"]
    seats = Seat.objects.filter(kind__in=kinds, head=bearer).values("case")
    return Case.objects.filter(id__in=seats, number=number).first()


def _show(request: HttpRequest, number: str = "", wrong: T | None = None, status: int = 200) -> HttpResponse:
    community = community_of(request)
    questions = [
        Input(
            "number",
            NUMBER,
            "text",
            value=number,
            at_most=40,
            help=T("如 LL-2026-0012", "Such as LL-2026-0012"),
        ),
        Input(
            "code",
            CODE,
            "text",
            at_most=20,
            error=wrong,
            help=T("10 个字母和数字，大小写都行", "Ten letters and digits, in capitals or not"),
        ),
    ]
    context = {
        "community": place_title(community) if community else None,
        "questions": questions,
        "faults": [Fault("code", CODE, wrong)] if wrong else [],
        "here": "mine",
    }
    return render(request, "linli/resident/track.html", context, status=status)


urls = [path("track/", following, name="track")]
