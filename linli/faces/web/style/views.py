"""Shows the style guide where the site is a demonstration or in development; elsewhere there is no such page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from linli.faces.web.style import samples
from linli.rules.text import T

PAGES: dict[str, T] = {
    "parts": T("零件", "Parts"),
    "fields": T("表单", "Fields"),
    "wrong": T("表单有错", "Fields with errors"),
    "home": T("居民首页", "Resident: home"),
    "report": T("反映问题", "Resident: report"),
    "track": T("事项进展", "Resident: a case"),
    "today": T("今日", "Staff: today"),
    "case": T("事项", "Staff: a case"),
    "cases": T("事项列表", "Staff: list"),
    "open": T("公示", "Public: figures"),
}
TROUBLE = {
    "400": "400.html",
    "403": "403.html",
    "csrf": "403_csrf.html",
    "404": "404.html",
    "413": "413.html",
    "500": "500.html",
    "offline": "linli/offline.html",
}

# Where the ways of the frames lead inside the style guide, so that it shows them before the pages themselves exist.
ADDRESSES = {
    "home": "/style/home/",
    "report": "/style/report/",
    "mine": "/style/track/",
    "open": "/style/open/",
    "open-map": "/style/",
    "today": "/style/today/",
    "cases": "/style/cases/",
    "map": "/style/",
    "ledger": "/style/cases/",
    "people": "/style/",
    "figures": "/style/open/",
    "settings": "/style/fields/",
}
HERE = {
    "home": "home",
    "report": "report",
    "track": "mine",
    "today": "today",
    "cases": "cases",
    "case": "cases",
    "open": "open",
}


def _refuse_elsewhere() -> None:
    if not (settings.DEBUG or getattr(settings, "LINLI_DEMO", False)):
        raise Http404


def page(request: HttpRequest, name: str) -> HttpResponse:
    """One page of the guide; its examples are fixed in time, so that pictures of it can be compared."""
    _refuse_elsewhere()
    if name not in PAGES:
        raise Http404
    return render(request, f"linli/style/{name}.html", context(name))


def context(name: str) -> dict[str, Any]:
    """Everything the guide's templates show."""
    shared = {
        "pages": PAGES.items(),
        "page": name,
        "here": HERE.get(name, ""),
        "addresses": ADDRESSES,
        "search_url": "/style/cases/",
    }
    return {**shared, **samples.everything(), "trouble": TROUBLE}


def trouble(request: HttpRequest, name: str) -> HttpResponse:
    """An error page as a reader would see it, with the right status."""
    _refuse_elsewhere()
    if name not in TROUBLE:
        raise Http404
    status = int(name) if name.isdigit() else 403 if name == "csrf" else 200
    return render(
        request, TROUBLE[name], {"addresses": ADDRESSES, "community": samples.COMMUNITY}, status=status
    )
