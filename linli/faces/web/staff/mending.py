"""Faults of coverage as lines of a page, each with the way to what mends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from linli.cases import coverage, faults
from linli.cases.coverage import Check, When
from linli.cases.faults import Line
from linli.faces.web import ways
from linli.faces.web.moments import day_said, said
from linli.faces.web.staff import scope
from linli.faces.web.staff.duties import gives
from linli.rules.actor import Actor
from linli.rules.place import Level
from linli.rules.roles import GRID_MEMBER
from linli.rules.text import T
from linli.territory import households as roll
from linli.territory.plans import PLANNERS

PLANS = "plans"
"""The route of the pages on which grids are planned, where they are installed."""


@dataclass(frozen=True, slots=True)
class Mending:
    """One fault: what it is called, what is known of it, the labels behind the door, and the buttons that mend it."""

    title: T | str | None
    url: str
    notes: list[T] = field(default_factory=list)
    labels: list[tuple[str, T]] = field(default_factory=list)
    ways: list[tuple[T, str]] = field(default_factory=list)


def lines(check: Check, keys: Sequence[Any], place: str, when: When, actor: Actor) -> list[Mending]:
    """The lines of a page of keys, in their order."""
    made = {"household": _home, "building": _house, "grid": _grid, "person": _person}[check.of]
    return [made(line, check, when, actor) for line in faults.lines(check, keys, place, when, actor)]


def _home(line: Line, check: Check, when: When, actor: Actor) -> Mending:
    page = reverse("household", args=[line.household])
    notes = []
    if check.key == "unvisited":
        last = said(line.last, when.at) if line.last else T("从来没有", "never")
        notes = [T("上次见到人：{t}", "Last met: {t}").format(t=last)]
    labels = [(k, roll.LABELS[k]) for k in line.labels]
    doors = []
    if check.key == "unvisited" and line.walked:
        doors = ways.at_door(line.household, coverage.roles_at(actor, line.place) | _in_own_grids(actor))
    return Mending(line.title, page, notes, labels, doors or [(T("打开这一户", "Open the household"), page)])


def _in_own_grids(actor: Actor) -> frozenset[str]:
    return frozenset(g.role for g in actor.grants if len(g.region) == Level.GRID)


def _house(line: Line, check: Check, when: When, actor: Actor) -> Mending:
    page = reverse("building", args=[line.place])
    lay = line.grids[0] if line.grids else None
    if len(line.grids) > 1:
        both = T("、".join(g.zh for g in line.grids), " and ".join(g.en for g in line.grids))
        notes = [T("同时在{g}", "In {g}").format(g=both)]
    elif lay is None:
        notes = [T("从来没有划入网格", "Never put into a grid")]
    elif line.since:
        day = day_said(line.since, when.day)
        notes = [T("在{g}到{day}为止", "In {g} until {day}").format(g=lay, day=day)]
    else:
        notes = [T("划在{g}，这个网格已经没有了", "Put into {g}, which has ended").format(g=lay)]
    plans = _plans(line.place[: Level.COMMUNITY], actor)
    return Mending(line.title, page, notes, ways=plans or [(T("打开这栋楼", "Open the building"), page)])


def _plans(community: str, actor: Actor) -> list[tuple[T, str]]:
    if not PLANNERS & coverage.roles_at(actor, community):
        return []
    try:
        return [(T("划分网格", "Plan the grids"), f"{reverse(PLANS)}?{urlencode({'community': community})}")]
    except NoReverseMatch:
        return []


def _grid(line: Line, check: Check, when: When, actor: Actor) -> Mending:
    community = line.place[: Level.COMMUNITY]
    page = f"{reverse('duties')}?{urlencode({'community': community, 'place': line.place})}"
    notes = [T("从来没有网格员", "It never had a grid member")]
    if line.since:
        day = day_said(line.since, when.day)
        notes = [T("上一任到{day}为止", "The last one was there until {day}").format(day=day)]
    if not gives(actor, community):
        return Mending(line.title, page, notes, ways=[(T("看这里的职责", "See the duties here"), page)])
    known = {"community": community, "region": line.place, "role": GRID_MEMBER.key}
    give = f"{reverse('duty-new')}?{urlencode(known)}"
    return Mending(line.title, page, notes, ways=[(T("给予职责", "Give a duty"), give)])


def _person(line: Line, check: Check, when: When, actor: Actor) -> Mending:
    doors = [(d.title, reverse("household", args=[d.code])) for d in line.doors if d.code]
    other = T(
        "另一户在{where}，由那边的社区或网格核对", "The other household is in {where}; it is checked there"
    )
    notes = [other.format(where=d.title) for d in line.doors if not d.code]
    return Mending(scope.name_of(line.who), "", notes, ways=doors)
