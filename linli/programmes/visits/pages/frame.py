"""What the pages of visits share: the period that coverage looks back on, households and promises as lines of a list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from linli.cases.models import Case
from linli.cases.reading import facts_of
from linli.cases.sight import cases_seen_by
from linli.faces.web.parts import CaseLine, Chip, Chips, Left
from linli.faces.web.reader import actor_of, now
from linli.faces.web.said import left_of
from linli.faces.web.staff.desk import around
from linli.programmes.visits.pages import area
from linli.programmes.visits.pages.rounds import Home
from linli.programmes.visits.programme import VISIT
from linli.rules.labels import LABELS
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.worktime import DAY, civil_day
from linli.territory.access import Sight
from linli.territory.models import Building, Household

PERIODS = {30: T("近 30 天", "30 days"), 90: T("近 90 天", "90 days"), 365: T("近一年", "One year")}
USUAL = 90
PROMISED = "promised"
STATES: dict[str, tuple[str, T]] = {
    "promised": ("handshake", T("有承诺待办", "A promise to keep")),
    "again": ("door-closed", T("没见到人，待再访", "Nobody met, to be visited again")),
    "never": ("circle-dashed", T("还没去过", "Never visited")),
    "due": ("clock", T("该走访了", "A visit is due")),
    "kept": ("circle-check", T("近期走访过", "Visited lately")),
}
"""What is to be done at a door: its icon and its words."""


@dataclass(frozen=True, slots=True)
class Line:
    """A household in a list. ``labels`` are those that the reader may know."""

    url: str
    title: T
    icon: str
    says: T
    tone: str
    tried: int | None
    labels: list[tuple[str, T]]


def days_of(request: HttpRequest) -> int:
    """How many days the reader looks back; the usual number where the address names none that is offered."""
    given = request.GET.get("days", "")
    return int(given) if given.isdecimal() and int(given) in PERIODS else USUAL


def since(request: HttpRequest, at: int) -> int:
    """The beginning of the period, µs UTC."""
    return at - days_of(request) * DAY


def periods(request: HttpRequest) -> Chips:
    """The periods as filters."""
    chosen = days_of(request)
    chips = [Chip(title, _other(request, days=str(n)), n == chosen) for n, title in PERIODS.items()]
    return Chips(T("时间", "Period"), chips)


def _other(request: HttpRequest, **changes: str) -> str:
    """This page with other parameters."""
    given = {k: v for k, v in {**request.GET.dict(), "from": "", **changes}.items() if v}
    return f"?{urlencode(given)}"


def chips(
    request: HttpRequest, name: str, title: T, offers: Iterable[tuple[str, T, int | None]], usual: str = ""
) -> Chips:
    """One filter of the address; chosen again it is taken away, and what is usual applies."""
    chosen = request.GET.get(name, usual)
    made = [
        Chip(words, _other(request, **{name: "" if key == chosen else key}), key == chosen, count)
        for key, words, count in offers
    ]
    return Chips(title, made)


def lines(homes: Iterable[Home], buildings: Mapping[str, Building], sight: Sight, at: int) -> list[Line]:
    """Households as lines, with the labels that the reader reads."""
    return [_line(h, buildings[h.household.building], sight, at) for h in homes]


def _line(home: Home, building: Building, sight: Sight, at: int) -> Line:
    key = home.state(at)
    icon, says = STATES[key]
    url = reverse("visits-home", args=[home.household.code])
    labels = titled(shown(home, sight))
    return Line(url, area.address(building, home.household), icon, says, key, home.tried, labels)


def shown(home: Home, sight: Sight) -> tuple[str, ...]:
    """The household's labels that the reader reads."""
    known = sight.get(home.household.building, frozenset())
    return tuple(k for k in home.labels if k in known)


def titled(labels: Iterable[str]) -> list[tuple[str, T]]:
    """Labels with their words."""
    return [(key, LABELS[key]) for key in labels if key in LABELS]


def promises(request: HttpRequest, grids: Iterable[str]) -> QuerySet[Case]:
    """The promises still to be kept in these grids, the most urgent first, as far as the reader sees them."""
    seen = cases_seen_by(actor_of(request), [VISIT.key])
    return seen.filter(state=PROMISED, grid__in=list(grids)).order_by("due", "id")


def promise_lines(cases: Iterable[Case], at: int) -> list[CaseLine]:
    """Promises as rows: what was promised, to which door, how much time is left."""
    chosen = list(cases)
    buildings = {b.code: b for b in Building.objects.filter(code__in={c.place for c in chosen})}
    return [_promise(c, buildings[c.place], at) for c in chosen]


def _promise(case: Case, building: Building, at: int) -> CaseLine:
    entrance, _, door = case.title.partition("-")
    household = Household(
        code=f"{case.place}-{case.title}", building=case.place, entrance=entrance, door=door
    )
    return CaseLine(
        f"{reverse('visits-home', args=[household.code])}#promise-{case.id.hex}",
        said(case, "promised"),
        installed[VISIT.key].states[case.state],
        key=str(case.id),
        number=case.number,
        place=area.address(building, household),
        left=left(case, at),
    )


def said(case: Case, field: str) -> str:
    """What a visit says under a field."""
    return str(facts_of(case).get(field, ""))


def left(case: Case, at: int) -> Left | None:
    """The time left to keep it or to come again."""
    return left_of(json.loads(case.clock), at) if case.live else None


def context(request: HttpRequest, **more: Any) -> dict[str, Any]:
    """What every page of visits gives its frame."""
    return {**around(actor_of(request)), "here": "visits", **more}


def today() -> tuple[int, date]:
    """This instant in µs UTC, and its civil day."""
    at = now()
    return at, civil_day(at)


def uuid_or_none(text: str) -> UUID | None:
    """An id that a form sent, if it is one."""
    try:
        return UUID(text)
    except ValueError:
        return None
