"""Cases of one household: those whose type says that they are of a door, and those at its building."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from linli.cases.models import Case
from linli.cases.sight import cases_seen_by
from linli.rules.actor import Actor
from linli.rules.registry import installed


def door_types() -> list[str]:
    """The case types whose cases are of one household."""
    return [d.key for d in installed if d.case_type.of_door]


def at_door(actor: Actor, building: str, door: str) -> QuerySet[Case]:
    """The cases of the household behind this door (entrance-door, such as 2-301) that the actor may see, latest first."""
    types = door_types()
    found = cases_seen_by(actor, types) if types else Case.objects.none()
    return found.filter(place=building, title=door).order_by("-opened", "-id")


def at_building(actor: Actor, building: str) -> QuerySet[Case]:
    """The other cases at the building that the actor may see: live ones first, by urgency."""
    found = cases_seen_by(actor).filter(place=building).exclude(type__in=door_types())
    return found.order_by("-live", "due", "-opened", "-id")


def reached_since(buildings: Sequence[str], since: int) -> set[tuple[str, str]]:
    """The doors of the buildings, as (building, entrance-door), at which a case of a household moved since that time (µs UTC)."""
    found = Case.objects.filter(place__in=buildings, type__in=door_types(), touched__gte=since)
    return set(found.values_list("place", "title"))
