"""The ways through Linli: what stands in the rail and in the bars, in this order, once.

A way appears when its route is installed; the names of the routes are the contract between the frames and the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from linli.cases.models import Case
from linli.rules.roles import STAFF_ROLES, UNIT_STAFF
from linli.rules.text import T


@dataclass(frozen=True, slots=True)
class Way:
    """One entry: the name of its route, its word, its icon; ``first`` ones stand in the bar of a phone.

    ``roles`` are the keys of the roles that find something there; empty: everybody of the face.
    """

    route: str
    title: T
    icon: str
    first: bool = True
    roles: frozenset[str] = frozenset()


COUNTING = frozenset(r.key for r in STAFF_ROLES if r != UNIT_STAFF)
"""Who works for a region and so has its figures; a unit has cases alone."""
WAYS: dict[str, tuple[Way, ...]] = {
    "resident": (
        Way("home", T("首页", "Home"), "house"),
        Way("report", T("反映问题", "Report"), "message-square-plus"),
        Way("mine", T("我的", "Mine"), "user-round"),
        Way("open", T("公示", "Notices"), "megaphone"),
    ),
    "staff": (
        Way("today", T("今日", "Today"), "sun"),
        Way("inbox", T("收件", "Inbox"), "inbox", first=False),
        Way("cases", T("事项", "Cases"), "list-checks"),
        Way("map", T("地图", "Map"), "map"),
        Way("ledger", T("台账", "Ledger"), "notebook-text"),
        Way("people", T("名册", "Registers"), "users", first=False),
        Way("figures", T("简报", "Figures"), "chart-column", first=False, roles=COUNTING),
        Way("open", T("公示", "Notices"), "megaphone", first=False),
        Way("settings", T("设置", "Settings"), "settings", first=False),
    ),
    "mine": (),
    "around": (),
    "public": (
        Way("home", T("首页", "Home"), "house", first=False),
        Way("open", T("公示", "Notices"), "megaphone"),
        Way("open-map", T("地图", "Map"), "map"),
        Way("open-verify", T("核对", "Check"), "shield-check"),
        Way("report", T("反映问题", "Report"), "message-square-plus", first=False),
    ),
}


DOORS: list[Way] = []
"""Ways to one household, by its code: what a programme does at a door."""
PAGES: dict[str, str] = {}
"""Case types that have a page of their own for those concerned: the name of its route, which takes the case's id."""
OPENINGS: dict[str, tuple[str, bool]] = {}
"""Case types that residents bring up on a page of their own: the name of its route, and whether home shows it first."""
POSTED: dict[str, str] = {}
"""Case types of which everybody reads something on a page of their own: the name of its route, which takes the case's id."""
Part = Callable[[HttpRequest, str, int], str]
HOME: list[Part] = []
"""What programmes show on a resident's first page, as finished HTML, of his community at a moment (µs UTC); empty: nothing."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A way with its address, as a template needs it."""

    way: Way
    url: str
    here: bool


def offer(face: str, way: Way, after: str) -> None:
    """Add a programme's own way behind another one, once; its pages call this when they are installed."""
    ways = WAYS[face]
    if way.route in {w.route for w in ways}:
        return
    place = next((i for i, w in enumerate(ways, 1) if w.route == after), len(ways))
    WAYS[face] = (*ways[:place], way, *ways[place:])


def offer_door(way: Way) -> None:
    """Add a programme's way to one household, once; its route takes the household's code."""
    if way.route not in {w.route for w in DOORS}:
        DOORS.append(way)


def offer_page(case_type: str, route: str) -> None:
    """A case type has a page of its own for those concerned: cards, news and the general page lead there."""
    PAGES[case_type] = route


def offer_opening(case_type: str, route: str, *, first: bool = False) -> None:
    """Residents bring up a case of this type on a page of its own, which home and the lists of what one can do lead to; ``first``:
    home shows it at once, beside the report.
    """
    OPENINGS[case_type] = (route, first)


def opening_of(case_type: str) -> str:
    """The address at which a resident brings up a case of this type."""
    if case_type in OPENINGS:
        return reverse(OPENINGS[case_type][0])
    return reverse("report-kind", args=[case_type])


def offer_posted(case_type: str, route: str) -> None:
    """A case type has a page on which everybody reads what is posted of it; its route takes the case's id."""
    POSTED[case_type] = route


def posted_at(case: Case) -> str:
    """The address at which everybody reads what is posted of a case, else the page of those concerned."""
    return reverse(POSTED[case.type], args=[case.id]) if case.type in POSTED else page_of(case)


def page_of(case: Case) -> str:
    """The address of the page on which somebody concerned reads a case."""
    return reverse(PAGES.get(case.type, "mine-case"), args=[case.id])


def offer_part(part: Part) -> None:
    """Add something to a resident's first page, once."""
    if part not in HOME:
        HOME.append(part)


def at_door(household: str, roles: frozenset[str]) -> list[tuple[T, str]]:
    """What somebody with these roles there can do at the door: words and address."""
    return [(w.title, reverse(w.route, args=[household])) for w in DOORS if not w.roles or w.roles & roles]


def shown(
    face: str, here: str, addresses: Mapping[str, str], roles: frozenset[str] = frozenset()
) -> list[Shown]:
    """The ways that lead somewhere: by ``addresses``, else by the installed routes. ``here`` is where one is."""
    open_ = (w for w in WAYS[face] if not w.roles or w.roles & roles)
    pairs = ((way, addresses.get(way.route) or _address(way.route)) for way in open_)
    return [Shown(way, url, way.route == here) for way, url in pairs if url]


def _address(route: str) -> str:
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""
