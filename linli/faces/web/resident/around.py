"""What is on around the reader: what takes place soon, then what else everybody can look at and join, programme by programme."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from linli.cases.board import On, around
from linli.cases.titles import title_of
from linli.faces.web.moments import civil, day_said
from linli.faces.web.reader import actor_of, community_of, now
from linli.faces.web.resident.report import reportable
from linli.faces.web.ways import opening_of, posted_at
from linli.rules.programme import State
from linli.rules.roles import PUBLIC, RESIDENT
from linli.rules.text import T
from linli.territory.regions import place_title

SHOWN = 6
"""So many of a type are shown at once; the rest are folded."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing on the board."""

    title: T
    url: str
    type: T
    state: State
    at: int | None
    clock: str
    where: str


@dataclass(frozen=True, slots=True)
class Day:
    """What takes place on one day."""

    title: T
    items: list[Item]


@dataclass(frozen=True, slots=True)
class Shelf:
    """What else there is of one type: the first, and the rest."""

    title: T
    first: list[Item]
    rest: list[Item]


def board(request: HttpRequest) -> HttpResponse:
    """The page."""
    at, community = now(), community_of(request)
    signed_in = actor_of(request).person is not None
    resident = RESIDENT.key in actor_of(request).roles
    found = around(community, at, resident=resident) if community else []
    context = {
        "community": place_title(community) if community else None,
        "days": days([o for o in found if o.event], at),
        "shelves": shelves([o for o in found if not o.event]),
        "offers": [(a.title, opening_of(d.key)) for d, a in reportable() if PUBLIC not in a.who],
        "known": signed_in,
        "here": "around",
        "now": at,
    }
    return render(request, "linli/resident/around.html", context)


def item(on: On) -> Item:
    """One thing as a card."""
    state, kind, event = on.definition.states[on.case.state], on.definition.case_type.title, on.event
    if event is None:
        return Item(title_of(on.case), posted_at(on.case), kind, state, None, "", "")
    clock = f"{civil(event.starts):%H:%M}"
    return Item(event.title, posted_at(on.case), kind, state, event.starts, clock, event.where)


def days(found: list[On], at: int) -> list[Day]:
    """What takes place, day by day."""
    today = civil(at).date()
    timed = ((civil(o.event.starts).date(), item(o)) for o in found if o.event)
    parted = groupby(timed, key=lambda pair: pair[0])
    return [Day(day_said(day, today), [i for _, i in some]) for day, some in parted]


def shelves(found: list[On]) -> list[Shelf]:
    """What else there is, type by type in the order of the programmes."""
    by_type: dict[str, list[On]] = {}
    for on in found:
        by_type.setdefault(on.definition.key, []).append(on)
    return [
        Shelf(
            some[0].definition.case_type.title,
            [item(o) for o in some[:SHOWN]],
            [item(o) for o in some[SHOWN:]],
        )
        for some in by_type.values()
    ]


urls = [path("around/", board, name="around")]
