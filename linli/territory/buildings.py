"""Buildings, and the grid in which each lies on a day."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from linli.journal.writes import fetch
from linli.rules.text import T
from linli.territory.models import Building, Division, Grid
from linli.territory.positions import drawn
from linli.territory.regions import building_title, place_title

__all__ = [
    "BuildingRow", "buildings_of", "community_buildings", "divide", "features", "grid_of", "grids_of", "hold",
    "load", "place_title",
]  # fmt: skip

_GRID_OF = (
    "SELECT grid FROM territory_division"
    " WHERE building = %s AND starts <= %s AND (ends IS NULL OR ends >= %s) ORDER BY starts DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class BuildingRow:
    """One building of a table; ``outline`` is a ring of (lon, lat), WGS 84."""

    code: str
    name: T
    compound: T
    floors: int
    entrances: int
    outline: tuple[tuple[float, float], ...] = ()


def load(rows: Iterable[BuildingRow]) -> int:
    """Enter buildings, those that are there already being changed."""
    made = [
        Building(
            code=r.code,
            community=r.code[:12],
            name_zh=r.name.zh,
            name_en=r.name.en,
            compound_zh=r.compound.zh,
            compound_en=r.compound.en,
            floors=r.floors,
            entrances=r.entrances,
            outline=json.dumps(r.outline),
        )
        for r in rows
    ]
    changed = ["name_zh", "name_en", "compound_zh", "compound_en", "floors", "entrances", "outline"]
    Building.objects.bulk_create(made, update_conflicts=True, unique_fields=["code"], update_fields=changed)
    return len(made)


def _in_force(day: date) -> Q:
    return Q(starts__lte=day) & (Q(ends__isnull=True) | Q(ends__gte=day))


def grid_of(building: str, day: date) -> str | None:
    """The grid in which the building lay on the day, or None."""
    found = fetch(_GRID_OF, (building, day.isoformat(), day.isoformat()))
    return str(found[0][0]) if found else None


def buildings_of(grid: str, day: date) -> list[str]:
    """The codes of the grid's buildings on the day."""
    return list(
        Division.objects.filter(_in_force(day), grid=grid)
        .order_by("building")
        .values_list("building", flat=True)
    )


def grids_of(community: str, day: date) -> list[Grid]:
    """The grids of a community on the day."""
    return list(Grid.objects.filter(_in_force(day), code__startswith=community).order_by("code"))


def community_buildings(community: str) -> QuerySet[Building]:
    """The buildings of a community by code."""
    return Building.objects.filter(community=community).order_by("code")


def hold(buildings: Iterable[str]) -> None:
    """Let nobody else divide these buildings before the transaction ends, so that none comes to lie in two grids at once."""
    rows = Building.objects.select_for_update().filter(code__in=sorted(buildings)).order_by("code")
    list(rows.values_list("code", flat=True))


def divide(community: str, day: date, mapping: Mapping[str, str], names: Mapping[str, T]) -> None:
    """A division that takes effect on ``day``; what stood before ends the day before, and its history is kept. Another
    division of the same day takes the place of the first.

    Raises: ValueError naming a building or grid that is not of the community, or the later day from which it is
    divided already.
    """
    for building, grid in mapping.items():
        if building[:12] != community or grid[:12] != community:
            raise ValueError(f"{building} → {grid}: not in {community}")
    before = day - timedelta(days=1)
    with transaction.atomic():
        hold(mapping)
        ours = Division.objects.filter(building__startswith=community)
        later = ours.filter(starts__gt=day).order_by("starts").values_list("starts", flat=True).first()
        if later is not None:
            raise ValueError(f"{community} is divided from {later} already; choose that day or a later one")
        ours.filter(starts=day).delete()
        Grid.objects.filter(code__startswith=community, starts=day).exclude(
            code__in=set(mapping.values())
        ).delete()
        ours.filter(_in_force(day)).update(ends=before)
        Grid.objects.filter(_in_force(day), code__startswith=community).exclude(
            code__in=set(mapping.values())
        ).update(ends=before)
        known = {g.code for g in grids_of(community, day)}
        fresh = sorted(set(mapping.values()) - known)
        Grid.objects.bulk_create(
            Grid(code=g, name_zh=names[g].zh, name_en=names[g].en, starts=day) for g in fresh
        )
        Division.objects.bulk_create(
            Division(building=b, grid=g, starts=day) for b, g in sorted(mapping.items())
        )


def features(community: str, day: date) -> dict[str, object]:
    """The community’s buildings as GeoJSON (lon/lat, WGS 84) with code, names and grid: nothing personal.

    They are as maps draw them: a building of which no more than a point is known is a small square. One without a
    position is not among them.
    """
    grids = dict(
        Division.objects.filter(_in_force(day), building__startswith=community).values_list(
            "building", "grid"
        )
    )
    found = []
    for building in community_buildings(community):
        ring = drawn(building.outline)
        if not ring:
            continue
        title = building_title(building)
        properties = {"code": building.code, "zh": title.zh, "en": title.en, "grid": grids.get(building.code)}
        found.append(
            {
                "type": "Feature",
                "geometry": {"type": "Polygon", "coordinates": [ring]},
                "properties": properties,
            }
        )
    return {"type": "FeatureCollection", "features": found}
