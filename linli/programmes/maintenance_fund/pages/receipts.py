"""The receipt of a ballot: a page with a QR code, and a file that the checking program reads. For its owner alone, kept nowhere."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe

from linli.cases.models import Case
from linli.faces.web.reader import now
from linli.programmes.maintenance_fund.pages.owner_ballots import Own, ballots, receipt_of
from linli.programmes.maintenance_fund.pages.owner_door import mine_of, signed_in
from linli.programmes.maintenance_fund.pages.public_paper import grouped
from linli.rules.votes.evidence import Json
from linli.territory.regions import place_title


@dataclass(frozen=True, slots=True)
class Receipt:
    """A ballot of the reader's with its receipt."""

    case: Case
    own: Own
    told: Json


def _found(request: HttpRequest, case: UUID, n: int, at: int) -> Receipt:
    """Raises: Http404 for a ballot that is not the reader's own."""
    mine = mine_of(request, case, at)
    given = ballots(mine.case, mine.person, mine.place) if mine.place else []
    own = next((b for b in given if b.cast.n == n and b.choice), None)
    if own is None:
        raise Http404
    return Receipt(mine.case, own, receipt_of(mine.case, own, at))


@signed_in
def file(request: HttpRequest, case: UUID, n: int) -> HttpResponse:
    """The receipt as JSON, with the inclusion proof once the day's root is signed."""
    found = _found(request, case, n, now())
    text = json.dumps(found.told, ensure_ascii=False, indent=1)
    answer = HttpResponse(text + "\n", content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{found.case.number}-{n}.json"'
    return answer


@signed_in
def page(request: HttpRequest, case: UUID, n: int) -> HttpResponse:
    """The receipt to look at: the ballot, its leaf, the signed root that holds it."""
    at = now()
    found = _found(request, case, n, at)
    proof: dict[str, Any] | None = found.told["proof"]
    context = {
        "community": place_title(found.case.community),
        "case": found.case,
        "own": found.own,
        "leaf": grouped(found.told["leaf"]),
        "proof": proof,
        "root": grouped(proof["root"]) if proof else "",
        "key": grouped(proof["public_key"]) if proof else "",
        "steps": len(proof["path"]) if proof else 0,
        "code": _drawn(found.told),
        "here": "mine",
        "now": at,
    }
    return render(request, "maintenance_fund/owner/receipt.html", context)


def _drawn(told: Json) -> SafeString:
    """The ballot and its leaf as a QR code. The proof stays in the file: with it the code would be too fine for a phone."""
    text = json.dumps({**told, "proof": None}, ensure_ascii=False, separators=(",", ":"))
    code = segno.make(text, error="m", micro=False)
    svg = code.svg_inline(
        scale=1, border=4, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return mark_safe(svg)  # noqa: S308 -- drawn by segno from the receipt, which it encodes as modules
