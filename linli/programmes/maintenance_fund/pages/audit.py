"""The proof of a counted vote as a file: everything for the auditor, rows without ids of persons for the owners."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from urllib.parse import quote
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from linli.cases.models import Case
from linli.cases.reading import facts_of
from linli.faces.web.reader import actor_of, words
from linli.programmes.maintenance_fund.pages import staffdoor
from linli.programmes.maintenance_fund.pages.vote import evidence
from linli.programmes.maintenance_fund.words import HOUSING
from linli.rules.actor import Actor
from linli.rules.roles import AUDITOR
from linli.rules.text import T
from linli.rules.votes.proof import Kind, members

KINDS: Mapping[str, tuple[Kind, T]] = {
    "audit": ("audit", T("审计包", "Auditor’s bundle")),
    "owners": ("owners", T("业主包", "Owners’ bundle")),
}
_MADE = (1980, 1, 1, 0, 0, 0)
"""The same vote is the same file, whenever it is made."""


def offered(case: Case, actor: Actor) -> bool:
    """Whether there is a bundle for him: of a counted vote, for the auditor and the housing department."""
    return bool(facts_of(case).get("result")) and staffdoor.holds(actor, case, AUDITOR, HOUSING)


@require_safe
@staffdoor.money_only
def bundle(request: HttpRequest, use: UUID, kind: str) -> HttpResponse:
    """The bundle as a file. Raises: Http404 before the count, PermissionDenied for other roles."""
    case = staffdoor.use_of(request, use)
    if kind not in KINDS or not facts_of(case).get("result"):
        raise Http404
    if not offered(case, actor_of(request)):
        raise PermissionDenied
    which, title = KINDS[kind]
    answer = HttpResponse(
        zipped(members(which, evidence(case, staffdoor.now()))), content_type="application/zip"
    )
    name = quote(f"{words(title)}-{case.number}.zip")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    answer["Cache-Control"] = "no-store, private"
    return answer


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files as one archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _MADE), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


urls = [path("staff/fund/use/<uuid:use>/bundle/<str:kind>.zip", bundle, name="staff-fund-bundle")]
