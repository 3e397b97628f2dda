"""What anybody can check: the signed anchors of the days, and whether an entry on a receipt stands in the journal."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from linli.cases.models import Case
from linli.faces.web.parts import Fault, Input
from linli.faces.web.reader import community_of, now
from linli.journal.models import Anchor, Entry
from linli.rules.text import T
from linli.territory.regions import place_title

SHOWN = 14
NUMBER = T("编号", "Number")
NAME = T("回执上的校验值", "The check value on the receipt")
UNFIT = T("校验值是 64 个数字和字母 a–f", "A check value is 64 digits and letters a–f")


@dataclass(frozen=True, slots=True)
class Day:
    """One anchor as everybody may copy it."""

    day: str
    root: str
    signature: str
    public_key: str
    heads: int
    entries: int


def check(request: HttpRequest) -> HttpResponse:
    """The latest anchors; under POST whether a case holds the entry with this hash, since when."""
    given = re.sub(r"\s", "", request.POST.get("hash", "")).lower()
    fit = re.fullmatch(r"[0-9a-f]{64}", given) is not None
    wrong = UNFIT if request.method == "POST" and not fit else None
    community = community_of(request)
    number = request.POST.get("number", "").strip().upper()
    found = _recorded(community or "", number, given) if fit else None
    context = {
        "community": place_title(community) if community else None,
        "questions": [
            Input("number", NUMBER, "text", value=number, at_most=40),
            Input("hash", NAME, "text", value=given, at_most=80, error=wrong),
        ],
        "faults": [Fault("hash", NAME, wrong)] if wrong else [],
        "asked": fit,
        "recorded": found,
        "days": [_day(a) for a in Anchor.objects.order_by("-day")[:SHOWN]],
        "here": "open-verify",
        "now": now(),
    }
    return render(request, "linli/public/verify.html", context, status=422 if wrong else 200)


def _recorded(community: str, number: str, entry: str) -> int | None:
    """When the entry was written down, in µs; None where no case of this number holds it. Asked by number: that is indexed."""
    streams = list(Case.objects.filter(shard=community, number=number).values_list("id", flat=True))
    rows = Entry.objects.filter(stream__in=streams, hash=bytes.fromhex(entry))
    return rows.values_list("recorded", flat=True).first()


def _day(anchor: Anchor) -> Day:
    root, signature, key = (bytes(b).hex() for b in (anchor.root, anchor.signature, anchor.public_key))
    return Day(anchor.day.isoformat(), root, signature, key, anchor.heads, anchor.entries)


urls = [path("open/verify/", check, name="open-verify")]
