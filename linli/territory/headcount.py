"""How many households and people each building has: as the roll counts them, else as somebody told it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from linli.rules.place import Level
from linli.territory.access import building_of
from linli.territory.households import in_force, of_buildings, within
from linli.territory.models import Building, HouseholdMember


@dataclass(frozen=True, slots=True)
class Heads:
    """A building's households on the roll, those with somebody entered, the people entered; ``told`` is how many households it
    has as somebody told, where the roll has none.
    """

    homes: int = 0
    lived: int = 0
    people: int = 0
    told: int = 0


def heads(buildings: Sequence[str], day: date) -> dict[str, Heads]:
    """The counts of each of these buildings; a person who is entered in two doors of a building counts once."""
    homes = Counter(of_buildings(buildings).values_list("building", flat=True))
    lived: dict[str, set[str]] = {b: set() for b in buildings}
    people: dict[str, set[object]] = {b: set() for b in buildings}
    for community in {b[: Level.COMMUNITY] for b in buildings}:
        rows = HouseholdMember.objects.filter(within(community) & in_force(day))
        for household, person in rows.values_list("household", "person"):
            if (building := building_of(household)) in lived:
                lived[building].add(household)
                people[building].add(person)
    told = dict(Building.objects.filter(code__in=buildings).values_list("code", "households"))
    return {
        b: Heads(homes[b], len(lived[b]), len(people[b]), 0 if homes[b] else told.get(b) or 0)
        for b in buildings
    }


def summed(counted: Mapping[str, Heads], buildings: Sequence[str]) -> Heads:
    """The sum over some of the buildings."""
    own = [counted[b] for b in buildings if b in counted]
    return Heads(
        sum(h.homes for h in own),
        sum(h.lived for h in own),
        sum(h.people for h in own),
        sum(h.told for h in own),
    )
