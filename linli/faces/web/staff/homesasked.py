"""Which households a list shows: those with a label, or those of which somebody was last met at such a time.

Every number about households anywhere in the house leads here, and what it leads to is exactly what it counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from linli.cases.homes import REACHED, by_reach, door_types
from linli.rules.actor import Actor
from linli.rules.place import Level
from linli.rules.text import T
from linli.territory import access, colouring
from linli.territory import households as roll
from linli.territory.buildings import buildings_of
from linli.territory.colouring import SUMS


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


def asked_for(request: HttpRequest, area: Area) -> Found | None:
    """What the address asks for; None where it asks for no list. Raises: Http404 for what is not offered to the reader."""
    given = {k: v for k in ("label", "visited") if (v := request.GET.get(k, ""))}
    if not given:
        return None
    kind, key = next(iter(given.items()))
    if kind == "label":
        return _labelled(area, key)
    if key not in REACHED or not area.buildings or not door_types():
        raise Http404
    return Found(REACHED[key], visited(area)[key])


def _labelled(area: Area, key: str) -> Found:
    if key not in area.labels and not (key in SUMS and area.labels):
        raise Http404
    return Found(SUMS.get(key) or roll.LABELS[key], colouring.carrying(area.sight, area.day, key))


def visited(area: Area) -> dict[str, list[str]]:
    """The households by how long ago somebody of them was last met."""
    return by_reach(roll.of_buildings(area.buildings).values_list("code", flat=True), area.day)
