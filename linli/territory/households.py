"""Households behind their doors, who lives there, and their labels, each with its days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet

from linli.rules import labels
from linli.territory.models import Building, Household, HouseholdLabel, HouseholdMember

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


def move_in(household: str, person: UUID, day: date) -> None:
    """Somebody lives there from the day on."""
    HouseholdMember.objects.get_or_create(household=household, person=person, starts=day)


def label(household: str, key: str, day: date) -> None:
    """The household carries the label from the day on. Raises: ValueError for an unknown label."""
    if key not in LABELS:
        raise ValueError(f"{key!r} is no label; known are {', '.join(LABELS)}")
    HouseholdLabel.objects.get_or_create(household=household, label=key, starts=day)


def of_building(building: str) -> QuerySet[Household]:
    """The households of a building by entrance and door."""
    return Household.objects.filter(building=building).order_by("entrance", "door")


def without_building(community: str) -> QuerySet[Household]:
    """Households whose building is not known: a fault of the roll."""
    return Household.objects.filter(community=community).exclude(building__in=Building.objects.values("code"))


def in_two_households() -> list[UUID]:
    """Persons who live in two households today: a fault of the roll."""
    twice = (
        HouseholdMember.objects.filter(ends__isnull=True)
        .values("person")
        .annotate(n=Count("household"))
        .filter(n__gt=1)
    )
    return [row["person"] for row in twice]
