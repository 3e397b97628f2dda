"""Households behind their doors: who lives there and which labels they carry, each with its days. What changes the roll is
in moving.py; every change is an entry on the household's stream.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from linli.rules import labels
from linli.rules.place import span
from linli.rules.text import T
from linli.territory.models import Building, Household, HouseholdLabel, HouseholdMember
from linli.territory.moving import end_label, label, move_in, move_out

__all__ = [
    "LABELS", "Door", "HouseholdRow", "Term", "doors", "end_label", "in_force", "known_numbers", "label", "labels_ever",
    "lived_at", "lived_in", "load", "members_of", "move_in", "move_out", "of_building", "of_buildings", "title", "within",
]  # fmt: skip

LABELS = labels.LABELS


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    """One household of a table."""

    building: str
    entrance: str
    door: str

    @property
    def code(self) -> str:
        """building-entrance-door."""
        return f"{self.building}-{self.entrance}-{self.door}"


@dataclass(frozen=True, slots=True)
class Door:
    """A household as a building's page shows it: how many live there on a day, and those of its labels that the reader reads."""

    code: str
    entrance: str
    door: str
    members: int
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """Something of a household from ``starts`` to ``ends``, both included: a member (his id) or a label (its key)."""

    what: UUID | str
    starts: date
    ends: date | None

    def holds(self, day: date) -> bool:
        """Whether the day lies in the term."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


def load(rows: Iterable[HouseholdRow]) -> int:
    """Enter households; those that are there stay. Returns how many are new."""
    before = Household.objects.count()
    made = [
        Household(
            code=r.code, community=r.building[:12], building=r.building, entrance=r.entrance, door=r.door
        )
        for r in rows
    ]
    Household.objects.bulk_create(made, batch_size=500, ignore_conflicts=True)
    return Household.objects.count() - before


def title(household: Household | Door) -> T:
    """The door as people say it: 2单元301."""
    return T(f"{household.entrance}单元{household.door}", f"Entrance {household.entrance}, {household.door}")


def in_force(day: date) -> Q:
    """The condition that a row's days hold ``day``."""
    return Q(starts__lte=day) & (Q(ends__isnull=True) | Q(ends__gte=day))


def within(code: str) -> Q:
    """The condition that a row is of a household in the place; a building or a community, not a grid."""
    low, high = span(code)
    return Q(household__gte=low, household__lt=high)


def of_building(building: str) -> QuerySet[Household]:
    """The households of a building by entrance and door."""
    return Household.objects.filter(building=building).order_by("entrance", "door")


def of_buildings(buildings: Sequence[str]) -> QuerySet[Household]:
    """The households of several buildings by code."""
    return Household.objects.filter(building__in=buildings).order_by("code")


def known_numbers(community: str) -> dict[str, int]:
    """How many households each building of the community has: as the roll counts them, else as somebody told it. A building
    of which neither is known is left out.
    """
    told = Building.objects.filter(community=community).values_list("code", "households")
    rows = Household.objects.filter(community=community).values("building").annotate(n=Count("code"))
    counted = dict(rows.values_list("building", "n"))
    return {**{code: n for code, n in told if n is not None}, **counted}


def doors(building: str, day: date, known: Collection[str] = ()) -> list[Door]:
    """Every household of a building with how many live there and which of the labels in ``known`` it carries on the day, by
    entrance and floor.
    """
    here = within(building) & in_force(day)
    living = Counter(HouseholdMember.objects.filter(here).values_list("household", flat=True))
    carried = (
        HouseholdLabel.objects.filter(here, label__in=list(known)) if known else HouseholdLabel.objects.none()
    )
    marked = _by_household(carried.values_list("household", "label"))
    found = [
        Door(h.code, h.entrance, h.door, living[h.code], marked.get(h.code, ()))
        for h in of_building(building)
    ]
    return sorted(found, key=lambda d: (_number(d.entrance), _number(d.door)))


def _number(text: str) -> tuple[int, str]:
    return (int(text), "") if text.isascii() and text.isdigit() else (10**9, text)


def _by_household(rows: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    found: dict[str, set[str]] = {}
    for household, key in rows:
        found.setdefault(household, set()).add(key)
    return {h: tuple(k for k in LABELS if k in keys) for h, keys in found.items()}


def members_of(household: str) -> list[Term]:
    """Who lives there or has lived there, those who came first, first."""
    rows = HouseholdMember.objects.filter(household=household).order_by("starts", "id")
    return [Term(r.person, r.starts, r.ends) for r in rows]


def lived_at(person: UUID, place: str) -> bool:
    """Whether the person lives, or ever lived, in a household of the place (the beginning of its code)."""
    return HouseholdMember.objects.filter(person=person, household__startswith=place).exists()


def labels_ever(household: str) -> list[Term]:
    """The labels that the household carries or has carried, by their first days."""
    rows = HouseholdLabel.objects.filter(household=household).order_by("starts", "id")
    return [Term(r.label, r.starts, r.ends) for r in rows]


def lived_in(community: str, day: date) -> set[str]:
    """The codes of the community's households in which somebody lives on the day."""
    rows = HouseholdMember.objects.filter(within(community) & in_force(day))
    return set(rows.values_list("household", flat=True))
