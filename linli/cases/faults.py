"""What a check of coverage found, as lines that say where it is and what is known of it: one making for the page and the sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from linli.cases.coverage import Check, When
from linli.cases.homes import last_reached
from linli.people.contact import Masked
from linli.people.duties import last_held
from linli.people.persons import masked
from linli.rules.actor import Actor
from linli.rules.place import Level
from linli.rules.roles import GRID_MEMBER
from linli.rules.text import T
from linli.territory import colouring
from linli.territory import coverage as places
from linli.territory import households as roll
from linli.territory.access import building_of, sight
from linli.territory.buildings import buildings_of
from linli.territory.models import Household
from linli.territory.regions import titles


@dataclass(frozen=True, slots=True)
class Door:
    """A household of a line; one outside the place asked about is named by its community alone, and has no code."""

    title: T
    code: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One fault. ``place`` is the building or the grid; a person has no ``title``, but is ``who``, behind a mask.

    ``last`` is when somebody was last met there (µs UTC), ``since`` the last day on which all was well, ``grids`` the grids
    in which a building lies or lay; a household is ``walked`` to where its building lies in one.
    """

    key: str
    community: T | None
    title: T | None
    place: str = ""
    household: str = ""
    who: Masked | None = None
    doors: tuple[Door, ...] = ()
    labels: tuple[str, ...] = ()
    walked: bool = False
    last: int | None = None
    since: date | None = None
    grids: tuple[T, ...] = field(default=())


def lines(check: Check, keys: Sequence[Any], place: str, when: When, actor: Actor) -> list[Line]:
    """The lines of a page of keys, in their order."""
    return _MADE[check.of](check, list(keys), place, when, actor) if keys else []


def _homes(check: Check, keys: list[Any], place: str, when: When, actor: Actor) -> list[Line]:
    rows = {h.code: h for h in Household.objects.filter(code__in=keys)}
    named = titles({h.building for h in rows.values()} | {h.community for h in rows.values()})
    walked = places.gridded(sorted({h.building for h in rows.values()}), when.day)
    last = last_reached(keys) if check.key == "unvisited" else {}
    labels = _labels({h.building for h in rows.values()}, when.day, actor)
    return [
        Line(
            code,
            named[rows[code].community],
            _at(named[rows[code].building], roll.title(rows[code])),
            rows[code].building,
            code,
            labels=labels.get(code, ()),
            walked=rows[code].building in walked,
            last=last.get(code),
        )
        for code in keys
        if code in rows
    ]


def _labels(buildings: set[str], day: date, actor: Actor) -> Mapping[str, tuple[str, ...]]:
    """Which labels the households of these buildings carry, of those that the actor may read there."""
    found: dict[str, frozenset[str]] = {}
    for community in sorted({b[: Level.COMMUNITY] for b in buildings}):
        found |= sight(actor, community, day)
    return colouring.marks(colouring.narrowed(found, buildings), day)


def _at(building: T, door: T) -> T:
    return T(f"{building.zh} {door.zh}", f"{building.en}, {door.en[:1].lower()}{door.en[1:]}")


def _houses(check: Check, keys: list[Any], place: str, when: When, actor: Actor) -> list[Line]:
    lies = places.grids_around(keys, when.day)
    named = titles(
        {*keys, *(k[: Level.COMMUNITY] for k in keys), *(g for found in lies.values() for g, _ in found)}
    )
    return [
        Line(
            k,
            named[k[: Level.COMMUNITY]],
            named[k],
            k,
            since=max((ends for _, ends in lies.get(k, ()) if ends), default=None),
            grids=tuple(named[g] for g, _ in lies.get(k, ())),
        )
        for k in keys
    ]


def _grids(check: Check, keys: list[Any], place: str, when: When, actor: Actor) -> list[Line]:
    named = titles({*keys, *(k[: Level.COMMUNITY] for k in keys)})
    ended = last_held(GRID_MEMBER.key, keys, when.day)
    return [Line(k, named[k[: Level.COMMUNITY]], named[k], k, since=ended.get(k)) for k in keys]


def _people(check: Check, keys: list[Any], place: str, when: When, actor: Actor) -> list[Line]:
    lives, known = places.homes_of(keys, when.day), masked(keys)
    codes = {h for homes in lives.values() for h in homes}
    rows = {h.code: h for h in Household.objects.filter(code__in=codes)}
    named = titles({building_of(c) for c in codes} | {c[: Level.COMMUNITY] for c in (place, *codes)})
    own = set(buildings_of(place, when.day)) if len(place) == Level.GRID else None

    def door(code: str) -> Door:
        here = building_of(code) in own if own is not None else code.startswith(place)
        if not here or code not in rows:
            return Door(named[code[: Level.COMMUNITY]])
        return Door(_at(named[building_of(code)], roll.title(rows[code])), code)

    found = []
    for person in keys:
        doors = sorted((door(c) for c in lives.get(person, ())), key=lambda d: (not d.code, d.code))
        community = place[: Level.COMMUNITY]
        found.append(Line(str(person), named.get(community), None, who=known.get(person), doors=tuple(doors)))
    return found


_MADE: dict[str, Callable[[Check, list[Any], str, When, Actor], list[Line]]] = {
    "household": _homes,
    "building": _houses,
    "grid": _grids,
    "person": _people,
}
