"""A building's doors in the order in which one walks: what is to be done at each, and which is the next."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from linli.faces.web.parts import Gauge
from linli.faces.web.reader import actor_of
from linli.faces.web.staff.desk import staff_only
from linli.programmes.visits.pages import area, frame, rounds
from linli.programmes.visits.pages.overview import HOMES
from linli.programmes.visits.pages.rounds import Home
from linli.rules.text import T
from linli.territory.regions import building_title

TO_DO = ("promised", "again", "never", "due")


@dataclass(frozen=True, slots=True)
class Door:
    """One door: the way to it, its number, what is to be done there."""

    url: str
    number: str
    key: str
    icon: str
    says: T


@staff_only
def building(request: HttpRequest, code: str) -> HttpResponse:
    """The doors of a building by entrance."""
    at, day = frame.today()
    found, where = area.building(actor_of(request), code, day)
    homes, since = rounds.homes([code], at), frame.since(request, at)
    done = rounds.coverage(homes, since, at)
    first = after(homes, "", at)
    present = {h.state(at) for h in homes}
    context = {
        "title": building_title(found),
        "groups": [frame.periods(request)],
        "back": reverse("visits-grid", args=[where]),
        "gauge": Gauge(T("见到人的", "Met"), done.met, done.total, (1, 1), HOMES),
        "entrances": [(name, _doors(list(part), at)) for name, part in groupby(homes, _entrance)],
        "legend": [(key, *words) for key, words in frame.STATES.items() if key in present],
        "first": walk(first) if first else "",
        "left": sum(h.state(at) in TO_DO for h in homes),
    }
    return render(request, "visits/building.html", frame.context(request, **context))


def _entrance(home: Home) -> str:
    return home.household.entrance


def _doors(homes: list[Home], at: int) -> list[Door]:
    found = []
    for home in homes:
        key = home.state(at)
        url = reverse("visits-home", args=[home.household.code])
        found.append(Door(url, home.household.door, key, *frame.STATES[key]))
    return found


def after(homes: list[Home], code: str, at: int) -> Home | None:
    """The next door behind ``code`` at which something is to be done; from the first where ``code`` is empty."""
    codes = [h.household.code for h in homes]
    start = codes.index(code) + 1 if code in codes else 0
    return next((h for h in homes[start:] if h.state(at) in TO_DO), None)


def beside(homes: list[Home], code: str) -> tuple[Home | None, Home | None]:
    """The doors before and behind."""
    codes = [h.household.code for h in homes]
    here = codes.index(code)
    return (homes[here - 1] if here else None), (homes[here + 1] if here + 1 < len(homes) else None)


def walk(home: Home) -> str:
    """A door's page on a walk from door to door: what is done there leads on to the next."""
    return f"{reverse('visits-home', args=[home.household.code])}?run=1"
