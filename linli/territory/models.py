"""Places. Regions are a reference table; what belongs to a community carries its code as a prefix."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Region(models.Model):
    """A province, city, county, street or community by its statistical code."""

    code = models.CharField(primary_key=True, max_length=12)
    name_zh = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, default="")
    parent = models.CharField(max_length=12, default="")
    counted = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["parent"], name="region_parent")]


class Building(models.Model):
    """A building: community + ``B`` + 4 digits. ``outline`` is a JSON ring of [lon, lat], WGS 84; of one
    point where only its position is known. ``households`` is how many live there as somebody told it, for
    buildings whose doors are not on the roll yet. ``outside`` is the number by which the map it came from knows it.
    """

    code = models.CharField(primary_key=True, max_length=17)
    community = models.CharField(max_length=12)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, default="")
    address = models.CharField(max_length=120, default="")
    compound_zh = models.CharField(max_length=60, default="")
    compound_en = models.CharField(max_length=60, default="")
    floors = models.SmallIntegerField(default=0)
    entrances = models.SmallIntegerField(default=0)
    outline = models.TextField(default="[]")
    households = models.IntegerField(null=True)
    outside = models.CharField(max_length=80, default="")

    class Meta:
        indexes = [models.Index(fields=["community", "code"], name="building_community")]


class Barrier(models.Model):
    """A road, a wall, a river that people of one grid should not have to cross. ``line`` is a JSON list of [lon, lat], WGS 84."""

    id = models.UUIDField(primary_key=True)
    community = models.CharField(max_length=12)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=60, default="")
    line = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["community", "id"], name="barrier_community")]


class Grid(models.Model):
    """A grid of a community: community + 3 digits, with the days on which it exists."""

    code = models.CharField(max_length=15)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, default="")
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["code", "starts"], name="grid_once")]


class Division(models.Model):
    """In which grid a building lies from which day to which: the history of divisions is kept. The database lets one alone
    be without an end; that earlier ones end before is kept by whoever divides, who holds the building's row meanwhile.
    """

    building = models.CharField(max_length=17)
    grid = models.CharField(max_length=15)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["building", "starts"], name="division_once"),
            models.UniqueConstraint(
                fields=["building"], condition=Q(ends__isnull=True), name="division_open_once"
            ),
        ]
        indexes = [models.Index(fields=["grid", "starts"], name="division_grid")]


class GridPlan(models.Model):
    """A division that is being thought about. Nothing follows from it until it is accepted: then it is an entry and a
    ``Division``. ``asked`` and ``found`` are JSON: what the planner was given, and building → grid with what it proved.
    """

    id = models.UUIDField(primary_key=True)
    community = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    made_by = models.UUIDField()
    made = models.BigIntegerField()
    changed = models.BigIntegerField()
    asked = models.TextField()
    found = models.TextField()
    accepted = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["community", "-changed"], name="plan_community")]


class Household(models.Model):
    """A home behind a door: building + entrance + door."""

    code = models.CharField(primary_key=True, max_length=40)
    community = models.CharField(max_length=12)
    building = models.CharField(max_length=17)
    entrance = models.CharField(max_length=10)
    door = models.CharField(max_length=10)

    class Meta:
        indexes = [models.Index(fields=["building", "code"], name="household_building")]


class HouseholdMember(models.Model):
    """Who lives there, from which day to which; the person is known by id alone."""

    household = models.CharField(max_length=40)
    person = models.UUIDField()
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["household", "person", "starts"], name="member_once")]
        indexes = [models.Index(fields=["person", "household", "starts", "ends"], name="member_person")]


class HouseholdLabel(models.Model):
    """A population label (独居老人, 低保 …) of a household with its days."""

    household = models.CharField(max_length=40)
    label = models.CharField(max_length=40)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["household", "label", "starts"], name="label_once")]
