"""覆盖核对: is every building in a grid, every grid staffed, every household visited, every resident entered once — each check
with its number, what it means, what mends it, and its list; above a community a table of the places below.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from linli.cases import coverage, uncovered
from linli.cases.coverage import CHECKS, DAYS, Check, When
from linli.cases.uncovered import Numbers
from linli.faces.web.parts import Chip, Chips, Column, Row, Table
from linli.faces.web.reader import actor_of, now, words
from linli.faces.web.staff import mending, scope
from linli.faces.web.staff.desk import around, staff_only
from linli.faces.web.staff.mapviews import views
from linli.rules.actor import Actor
from linli.rules.place import Level, parent
from linli.rules.text import T
from linli.territory.buildings import grids_of
from linli.territory.regions import titles

HERE = "coverage"
ROWS = 50
WHOLE = T("全部", "Everywhere")
NONE_MISSED = T("没有漏的", "Nobody is missed")


@dataclass(frozen=True, slots=True)
class Card:
    """A check with its number at the place; ``url`` shows what it counts."""

    check: Check
    title: T
    short: T
    n: int
    url: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the first page says of one place: the faults that there are, since when the numbers stand (µs UTC) or
    None, and how many communities are not in them yet.
    """

    place: T | None
    faults: list[Chip]
    counted: int | None
    missing: int


@staff_only
def coverage_page(request: HttpRequest) -> HttpResponse:
    """The checks of a place, or the list of one; under POST a region is counted anew."""
    actor, at = actor_of(request), now()
    place = _place(request, actor)
    checks = coverage.offered(coverage.roles_at(actor, place), place)
    if request.method == "POST":
        return _recount(request, place, at)
    when = When(at, _days(request))
    chosen = _chosen(request, checks)
    told = uncovered.numbers(checks, place, when)
    above = len(place) < Level.COMMUNITY
    context = {
        "here": "map",
        "groups": [*views(actor, place[: Level.COMMUNITY], HERE), *_groups(actor, place, chosen, when)],
        "place": _name(place),
        "up": _up(actor, place),
        "cards": _cards(checks, place, told, when),
        "chosen": chosen,
        "title": chosen.title.format(n=coverage.days_at(place, when)) if chosen else None,
        "counted": told.counted,
        "missing": told.missing,
        "recount": above and len(place) >= Level.STREET,
        "table": _table(checks, place, told, when) if above else None,
        "none": not told.missing and not any(told.counts.values()),
        "now": at,
        **(_listed(request, actor, chosen, place, when, told) if chosen and not above else {}),
    }
    return render(request, "linli/staff/coverage.html", {**around(actor), **context})


def _place(request: HttpRequest, actor: Actor) -> str:
    """The place asked about, or the first of the reader's. Raises: PermissionDenied where it is none of his."""
    own = coverage.places_of(actor)
    asked = request.GET.get("place", request.GET.get("community", "")).strip()
    place = asked or (own[0] if own else "")
    if not own or (place and not scope.is_place(place)) or not coverage.roles_at(actor, place):
        raise PermissionDenied
    if not coverage.offered(coverage.roles_at(actor, place), place):
        raise PermissionDenied
    return place


def _days(request: HttpRequest) -> int | None:
    given = request.GET.get("days", "")
    return int(given) if given.isdecimal() and len(given) < 4 and int(given) in DAYS else None


def _chosen(request: HttpRequest, checks: Sequence[Check]) -> Check | None:
    """The check asked for. Raises: Http404 for one that is not offered."""
    key = request.GET.get("check", "")
    if key and key not in {c.key for c in checks}:
        raise Http404
    return CHECKS[key] if key else None


def _recount(request: HttpRequest, place: str, at: int) -> HttpResponse:
    if not Level.STREET <= len(place) < Level.COMMUNITY:
        raise PermissionDenied
    uncovered.count_region(place, at)
    messages.success(request, words(T("已重新清点。", "Counted anew.")))
    return redirect(f"{reverse(HERE)}?{urlencode({'place': place})}")


def address(place: str, when: When | None = None, check: str = "", **more: str) -> str:
    """The page for a place, a check, a number of days."""
    days = str(when.days) if when and when.days else ""
    given = {"place": place, "check": check, "days": days, **more}
    return f"{reverse(HERE)}?{urlencode({k: v for k, v in given.items() if v})}"


def _name(place: str) -> T:
    return titles([place])[place] if place else WHOLE


def _up(actor: Actor, place: str) -> list[tuple[T, str]]:
    """The places above that are the reader's, from the widest, each with its address."""
    found, code = [], parent(place) if place else None
    while code and coverage.offered(coverage.roles_at(actor, code), code):
        found.append(code)
        code = parent(code)
    named = titles(found)
    return [(named[c], address(c)) for c in reversed(found)]


def _groups(actor: Actor, place: str, chosen: Check | None, when: When) -> list[Chips]:
    """Which place, and after how many days a visit is asked for."""
    check = chosen.key if chosen else ""
    groups = [*_places(actor, place, when, check), *_grids(actor, place, when, check)]
    if chosen.key == "unvisited" if chosen else len(place) < Level.COMMUNITY:
        usual = coverage.days_at(place, When(when.at))
        lasts = {**{n: When(when.at, n) for n in DAYS}, usual: When(when.at)}
        chips = [
            Chip(
                T(f"{n} 天", f"{n} days"), address(place, lasts[n], check), n == coverage.days_at(place, when)
            )
            for n in sorted(lasts)
        ]
        groups.append(Chips(T("多久没见到人", "Nobody met for"), chips))
    return groups


def _places(actor: Actor, place: str, when: When, check: str) -> list[Chips]:
    """The reader's own places where they are several."""
    own = coverage.places_of(actor)
    if len(own) < 2:
        return []
    named, here = titles(own), max((p for p in own if place.startswith(p)), key=len, default="")
    chips = [Chip(named[p] if p else WHOLE, address(p, when, check), p == here) for p in own]
    return [Chips(T("哪里", "Where"), chips)]


def _grids(actor: Actor, place: str, when: When, check: str) -> list[Chips]:
    """A community's grids, to look at one alone."""
    community = place[: Level.COMMUNITY]
    if len(place) not in (Level.COMMUNITY, Level.GRID) or not coverage.roles_at(actor, community):
        return []
    kept = check if check and not CHECKS[check].whole else ""
    whole = Chip(T("整个社区", "The whole"), address(community, when, check), place == community)
    chips = [
        Chip(T(g.name_zh, g.name_en or g.name_zh), address(g.code, when, kept), g.code == place)
        for g in grids_of(community, when.day)
    ]
    return [Chips(T("网格", "Grid"), [whole, *chips])] if chips else []


def _cards(checks: Sequence[Check], place: str, told: Numbers, when: When) -> list[Card]:
    n = coverage.days_at(place, when)
    return [
        Card(c, c.title.format(n=n), c.short.format(n=n), told.counts[c.key], address(place, when, c.key))
        for c in checks
    ]


def _table(checks: Sequence[Check], place: str, told: Numbers, when: When) -> Table:
    """The places one level below, each number a way down; their sums in the last row."""
    found = uncovered.by_place(checks, place, when)
    named, n = titles(found), coverage.days_at(place, when)
    heads = [
        Column(T("哪里", "Where"), fit="keep"),
        *(Column(c.short.format(n=n), fit="right") for c in checks),
    ]
    down = uncovered.level_below(place) == Level.COMMUNITY

    def cell(below: str, check: Check, count: int) -> SafeString | int:
        url = address(below, when, check.key if down else "")
        return format_html('<a class="number" href="{}">{}</a>', url, f"{count:,}") if count else 0

    rows = [
        Row((named[b], *(cell(b, c, own.counts.get(c.key, 0)) for c in checks)), url=address(b, when))
        for b, own in found.items()
    ]
    total = Row((T("合计", "Together"), *(f"{told.counts[c.key]:,}" for c in checks)), chosen=True)
    return Table(T("各处覆盖情况", "Coverage by place"), heads, [*rows, total])


def _listed(
    request: HttpRequest, actor: Actor, check: Check, place: str, when: When, told: Numbers
) -> dict[str, object]:
    """A page of what the check finds, for who may see it."""
    if not check.listed_to & coverage.roles_at(actor, place):
        return {"closed": True}
    after = _after(request, check)
    keys = coverage.keys(check, place, when, after, ROWS + 1)
    sheet = address(place, when, check.key).partition("?")[2]
    return {
        "lines": mending.lines(check, keys[:ROWS], place, when, actor),
        "count": told.counts[check.key],
        "more": str(keys[ROWS - 1]) if len(keys) > ROWS else "",
        "sheet_url": f"{reverse('coverage-sheet')}?{sheet}",
    }


def _after(request: HttpRequest, check: Check) -> object:
    """Behind which key the page begins. Raises: Http404 for an id that is none."""
    text = request.GET.get("after", "")
    if not text or check.of != "person":
        return text or None
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def on_first_page(actor: Actor, at: int) -> list[Told]:
    """What the first page says: of each of the reader's places the faults that there are; nothing for who may not read it."""
    own, found = coverage.places_of(actor), []
    named = titles(own) if len(own) > 1 else {}
    for place in own:
        checks, when = coverage.offered(coverage.roles_at(actor, place), place), When(at)
        numbers = uncovered.numbers(checks, place, when)
        faults = [Chip(c.short, c.url, count=c.n) for c in _cards(checks, place, numbers, when) if c.n]
        found.append(Told(named.get(place), faults, numbers.counted, numbers.missing))
    return found


def of_homes(actor: Actor, community: str, at: int) -> list[Chips]:
    """The checks of households in the reader's places of a community, each with its number, as the households page offers them."""
    groups, own = [], [p for p in coverage.places_of(actor) if p.startswith(community)] or [community]
    named = titles(own)
    for place in own:
        offers = coverage.offered(coverage.roles_at(actor, place), place)
        checks, when = [c for c in offers if c.of in ("household", "person")], When(at)
        told_ = uncovered.numbers(checks, place, when)
        chips = [Chip(c.short, c.url, count=c.n) for c in _cards(checks, place, told_, when)]
        if chips:
            groups.append(Chips(T("核对", "Checks") if len(own) == 1 else named[place], chips))
    return groups


urls = [path("staff/coverage/", coverage_page, name=HERE)]
