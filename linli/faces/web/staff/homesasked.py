"""Which households a list shows: those with a label, those that a check finds, those that were last visited at such a time.

Every number about households anywhere in the house leads here, and what it leads to is exactly what it counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from linli.cases.homes import REACHED, UNVISITED, by_reach, door_types
from linli.rules.actor import Actor
from linli.rules.place import Level
from linli.rules.text import T
from linli.territory import access, colouring
from linli.territory import households as roll
from linli.territory.buildings import buildings_of
from linli.territory.colouring import SUMS

CHECKS: dict[str, T] = {
    "nowhere": T("楼栋不明的户", "Households without a known building"),
    "twice": T("有人同时登记在两户的", "Households with somebody who is on two rolls"),
    "empty": T("还没有登记住户的", "Households in which nobody is entered"),
    "unvisited": T("90 天没有走访的", "Households not visited for 90 days"),
}


@dataclass(frozen=True, slots=True)
class Area:
    """What the reader may see of a community's roll today, or of a grid or building of it that was asked for: his buildings
    (``buildings``), and in those what labels he reads (``sight``).
    """

    community: str
    day: date
    buildings: list[str]
    sight: access.Sight
    whole: bool
    part: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that he reads somewhere in it."""
        return colouring.readable_in(self.sight)


@dataclass(frozen=True, slots=True)
class Found:
    """The households that were asked for, by code."""

    heading: T
    codes: list[str]


def area_of(actor: Actor, community: str, day: date, part: str = "") -> Area:
    """The reader's part of a community, or of a grid or building in it."""
    own = access.buildings_within(actor, community, day, access.ROLL_READERS) if community else []
    if part:
        inside = {part} if len(part) == Level.BUILDING else set(buildings_of(part, day))
        own = [b for b in own if b in inside]
    known = access.sight(actor, community, day) if community else {}
    held = actor.roles & access.ROLL_READERS
    whole = bool(held) and any(community.startswith(r) for r in actor.regions(*sorted(held)))
    return Area(community, day, own, colouring.narrowed(known, own), whole and not part, part)


def part_of(request: HttpRequest, community: str) -> str:
    """The grid or building asked for. Raises: Http404 for what is none of the community's."""
    part = request.GET.get("building", "") or request.GET.get("grid", "")
    if part and not (part.startswith(community) and len(part) in (Level.GRID, Level.BUILDING)):
        raise Http404
    return part


def address(community: str, part: str = "", **more: str) -> str:
    """The list of a community's households, or of those of one grid or building."""
    name = "building" if len(part) == Level.BUILDING else "grid"
    narrowed = {name: part} if part and part != community else {}
    return f"{reverse('households')}?{urlencode({'community': community, **narrowed, **more})}"


def offered(area: Area) -> list[str]:
    """The checks that make sense in the area."""
    if not area.buildings:
        return []
    asked = ["nowhere", "twice", "empty"] if area.whole else ["empty"]
    return [*asked, *(["unvisited"] if door_types() else [])]


def asked_for(request: HttpRequest, area: Area) -> Found | None:
    """What the address asks for; None where it asks for no list. Raises: Http404 for what is not offered to the reader."""
    given = {k: v for k in ("label", "check", "visited") if (v := request.GET.get(k, ""))}
    if not given:
        return None
    kind, key = next(iter(given.items()))
    if kind == "label":
        return _labelled(area, key)
    if kind == "check":
        if key not in offered(area):
            raise Http404
        return Found(CHECKS[key], check(area, key))
    if key not in REACHED or not area.buildings or not door_types():
        raise Http404
    return Found(REACHED[key], visited(area)[key])


def _labelled(area: Area, key: str) -> Found:
    if key not in area.labels and not (key in SUMS and area.labels):
        raise Http404
    return Found(SUMS.get(key) or roll.LABELS[key], colouring.carrying(area.sight, area.day, key))


def check(area: Area, key: str) -> list[str]:
    """The codes of the households that a check finds, in order."""
    if key == "nowhere":
        return list(roll.without_building(area.community).values_list("code", flat=True))
    if key == "twice":
        both = roll.in_two_households(area.community, area.day).values()
        return sorted({h for pair in both for h in pair if h.startswith(area.community)})
    if key == "empty":
        return roll.empty_ones(area.buildings, area.day)
    found = visited(area)
    return sorted(code for bucket in UNVISITED for code in found[bucket])


def visited(area: Area) -> dict[str, list[str]]:
    """The households by how long ago somebody was last at the door."""
    rows = roll.of_buildings(area.buildings).values_list("code", "building", "entrance", "door")
    doors = [(code, building, f"{entrance}-{door}") for code, building, entrance, door in rows]
    return by_reach(doors, area.buildings, area.day)
