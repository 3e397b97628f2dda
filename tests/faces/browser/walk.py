"""Walking the site: from where somebody starts, along every link, a few addresses of each route."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, get_resolver, resolve
from playwright.sync_api import BrowserContext

from tests.faces.browser.people import NOBODY, STAFF, Site
from tests.faces.browser.reading import Read, read

DOOR = "/door/140105006002B0003/"
# Where nobody is led by a link, but by a scanned code, a message, another site, or a form that went wrong.
SEEDS: dict[str, tuple[str, ...]] = {
    NOBODY: (
        "/", DOOR, "/report/kept/", "/offline/",
        "/report/of/demand/", "/accounts/login/", "/accounts/signup/", "/accounts/email/", "/accounts/inactive/",
        "/accounts/organisations/cancelled/", "/accounts/organisations/error/", "/accounts/organisations/signup/",
        "/accounts/password/set/", "/accounts/password/reset/",
    ),
    "admin": ("/staff/", "/accounts/2fa/spare/", "/accounts/2fa/totp/activate/", "/accounts/logout/"),
    **{who: ("/staff/",) for who in STAFF if who != "admin"},
}  # fmt: skip
# Followed in a browser alone: they end what the others need, or are files.
LEFT = {"account_logout", "mfa_download_recovery_codes", "mfa_generate_recovery_codes"}
MANY = {"case": 3, "mine-case": 2, "new-case": 3, "fund-use": 4, "mine-fund-use": 2, "staff-fund-use": 4}
"""At how many addresses of a route somebody looks; of the others at one."""
ALIKE = re.compile(r"(open|account|mfa|socialaccount|report|track|door|verify)")
"""Routes that look alike to everybody: the first who comes there looks for all."""
ANSWERS = {
    "account_signup": 404, "account_email": 404, "account_set_password": 404, "account_reset_password": 404,
    "socialaccount_signup": 404, "socialaccount_login_error": 401, "mfa_view_recovery_codes": 404,
}  # fmt: skip
"""What is closed, or not made yet, says so with its status, on a page of its own."""


@dataclass(frozen=True)
class Visit:
    """One page somebody can reach."""

    who: str
    address: str
    route: str
    status: int


@dataclass
class Walk:
    """What somebody reached, and what was wrong on the way."""

    who: str
    visits: list[Visit] = field(default_factory=list)
    files: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)


def routes() -> dict[str, str]:
    """Every route of the site by its name."""
    return dict(_named(get_resolver()))


def _named(resolver: Any, before: str = "") -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            yield from _named(entry, route)
        else:
            yield str(entry.name), route


def name_of(address: str) -> str | None:
    """The name of the route of an address; None where it leads nowhere."""
    try:
        return str(resolve(urlsplit(address).path).url_name)
    except Resolver404:
        return None


def crawl(context: BrowserContext, site: Site, who: str, before: Collection[str] = ()) -> Walk:
    """From the first pages of somebody along every link. A page is taken by its source; nothing is drawn.

    ``before`` are the routes at which somebody else has looked.
    """
    walk, seen, known = Walk(who), Counter[str](), set[str]()
    queue = list(SEEDS.get(who, ("/", "/mine/")))
    while queue:
        address = queue.pop(0)
        name = name_of(address)
        if name is None:
            walk.wrong.append(f"{address}: a link that leads nowhere")
        elif address in known or name in LEFT or (name in before and ALIKE.match(name)):
            continue
        elif seen[name] < MANY.get(name, 1):
            seen[name] += 1
            queue += _visit(context, site, walk, address, name)
        known.add(address)
    return walk


def _visit(context: BrowserContext, site: Site, walk: Walk, address: str, name: str) -> list[str]:
    """One page; returns the links on it."""
    answer = context.request.get(address)
    walk.wrong += [f"{address}: {text}" for text in _unsaid(name, answer.status, answer.headers)]
    if "html" not in answer.headers.get("content-type", ""):
        walk.files.add(name)
        return []
    page = read(answer.text())
    arrived = name_of(answer.url) or name
    here = address if arrived == name else answer.url.removeprefix(site.address)
    walk.visits.append(Visit(walk.who, here, arrived, answer.status))
    walk.wrong += [f"{address}: {text}" for text in _unnamed(page)]
    links = (urljoin(answer.url, link).partition("#")[0] for link in page.links)
    return [link.removeprefix(site.address) for link in links if link.startswith(site.address + "/")]


def _unsaid(name: str, status: int, headers: dict[str, str]) -> Iterator[str]:
    if status != ANSWERS.get(name, 200):
        yield f"answers {status}"
    if "'none'" not in headers.get("content-security-policy", "") or "permissions-policy" not in headers:
        yield "lacks the headers of every page"


def _unnamed(page: Read) -> Iterator[str]:
    if not page.title.strip(" ·"):
        yield "has no title"
    if page.headings != 1:
        yield f"has {page.headings} first headings"
