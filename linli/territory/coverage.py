"""不漏户、户不漏人: where the register of places and the roll of households have gaps or say something twice, on a day.

Each question is one set-based query over a place of any level, so that its count and its list cannot differ: a list goes on
behind the last key of its page. A place is a region, a grid (its buildings of the day) or a building.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from linli.rules.place import Level, span
from linli.territory.households import in_force
from linli.territory.models import Building, Division, Grid, Household, HouseholdMember

Found = QuerySet[Any, Any]
"""The keys of what was found, each once, in their order; ``key`` is the column under which they go."""


def inside(place: str, day: date, column: str = "building") -> Q:
    """The condition that a building, or what has its code before its own, lies in the place on the day."""
    if len(place) == Level.GRID:
        return Q(**{f"{column}__in": Division.objects.filter(in_force(day), grid=place).values("building")})
    low, high = span(place)
    return Q(**{f"{column}__gte": low, f"{column}__lt": high})


def near(place: str, column: str) -> Q:
    """The condition that a code lies around the place: its community, or the region itself. What a question looks up beside
    the place is bounded so, else a planner may think that reading a whole city's table is quicker.
    """
    low, high = span(place[: Level.COMMUNITY])
    return Q(**{f"{column}__gte": low, f"{column}__lt": high})


def grids(place: str, day: date) -> QuerySet[Grid]:
    """The grids of a place on the day; a grid is its own."""
    low, high = span(place)
    return Grid.objects.filter(in_force(day), code__gte=low, code__lt=high)


def standing(place: str, day: date) -> QuerySet[Household]:
    """The households of a place behind doors of known buildings: those that can be visited and filled."""
    known = Building.objects.filter(near(place, "code"), code=OuterRef("building"))
    return Household.objects.filter(inside(place, day)).filter(Exists(known))


def nowhere(place: str, day: date) -> Found:
    """Households whose building is not known."""
    known = Building.objects.filter(near(place, "code"), code=OuterRef("building"))
    return keyed(Household.objects.filter(inside(place, day)).filter(~Exists(known)), "code")


def empty(place: str, day: date) -> Found:
    """Households in which nobody is entered as living there on the day."""
    rows = HouseholdMember.objects.filter(in_force(day), near(place, "household"))
    there = rows.filter(household=OuterRef("code"))
    return keyed(standing(place, day).filter(~Exists(there)), "code")


def twice(place: str, day: date) -> Found:
    """Persons who live in two households on the day, at least one of them in the place."""
    rows = HouseholdMember.objects.filter(in_force(day), _of_household(place, day))
    same = HouseholdMember.objects.filter(in_force(day), person=OuterRef("person"))
    return keyed(rows.filter(Exists(same.exclude(household=OuterRef("household")))), "person").distinct()


def ungridded(place: str, day: date) -> Found:
    """Buildings that lie in no grid on the day, or in one that does not exist any more."""
    there = Grid.objects.filter(in_force(day), near(place, "code"), code=OuterRef("grid"))
    rows = Division.objects.filter(in_force(day), near(place, "building"))
    lies = rows.filter(Exists(there), building=OuterRef("code"))
    return keyed(Building.objects.filter(inside(place, day, "code")).filter(~Exists(lies)), "code")


def overlapping(place: str, day: date) -> Found:
    """Buildings that lie in two grids on the day."""
    rows = Division.objects.filter(in_force(day)).filter(inside(place, day))
    held = rows.values("building").annotate(grids=Count("grid", distinct=True)).filter(grids__gt=1)
    return keyed(Division.objects.filter(building__in=held.values("building")), "building").distinct()


def homes_of(persons: list[Any], day: date) -> dict[Any, list[str]]:
    """The households in which each of the persons lives on the day."""
    rows = HouseholdMember.objects.filter(in_force(day), person__in=persons).order_by("household")
    found: dict[Any, list[str]] = {}
    for person, household in rows.values_list("person", "household").distinct():
        found.setdefault(person, []).append(household)
    return found


def grids_around(buildings: list[str], day: date) -> dict[str, list[tuple[str, date | None]]]:
    """For each building the grids of the day, or where there is none the one in which it lay last; each with its last day."""
    rows = Division.objects.filter(building__in=buildings, starts__lte=day).order_by("building", "starts")
    found: dict[str, list[tuple[str, date | None]]] = {}
    for building, grid, ends in rows.values_list("building", "grid", "ends"):
        found.setdefault(building, []).append((grid, ends))
    return {b: [(g, e) for g, e in all_ if e is None or e >= day] or all_[-1:] for b, all_ in found.items()}


def gridded(buildings: list[str], day: date) -> set[str]:
    """Those of the buildings that lie in a grid on the day."""
    rows = Division.objects.filter(in_force(day), building__in=buildings)
    return set(rows.values_list("building", flat=True))


def _of_household(place: str, day: date) -> Q:
    """The same as ``inside`` for rows that name a household."""
    if len(place) == Level.GRID:
        return Q(household__in=Household.objects.filter(inside(place, day)).values("code"))
    return inside(place, day, "household")


def keyed(rows: QuerySet[Any], column: str) -> Found:
    """The values of a column as keys, in their order."""
    found: Found = rows.annotate(key=F(column)).order_by("key").values_list("key", flat=True)
    return found
