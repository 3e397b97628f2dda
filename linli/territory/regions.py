"""Regions and the names of places at every level."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models.functions import Length

from linli.journal.writes import fetch
from linli.rules.place import Level, level_of, parent, span
from linli.rules.text import T
from linli.territory.models import Building, Grid, Region

_REGION_EXISTS = "SELECT 1 FROM territory_region WHERE code = %s"
_EXISTS = {
    Level.BUILDING: "SELECT 1 FROM territory_building WHERE code = %s",
    Level.GRID: "SELECT 1 FROM territory_grid WHERE code = %s",
}


@dataclass(frozen=True, slots=True)
class RegionRow:
    """One region of a table: its code, its names, and whether it counts as a county."""

    code: str
    zh: str
    en: str = ""
    counted: bool = True


def exists(code: str) -> bool:
    """Whether the place is known."""
    return bool(fetch(_EXISTS.get(level_of(code), _REGION_EXISTS), (code,)))


def known(code: str) -> bool:
    """Whether the place is known, if only by a building that stands in it: a house need not hold the country's table."""
    low, high = span(code)
    return exists(code) or Building.objects.filter(code__gte=low, code__lt=high).exists()


def load(rows: Iterable[RegionRow]) -> int:
    """Enter regions, those that are there already being renamed. Returns how many there were."""
    made = [
        Region(code=r.code, name_zh=r.zh, name_en=r.en, parent=parent(r.code) or "", counted=r.counted)
        for r in rows
    ]
    Region.objects.bulk_create(
        made,
        batch_size=500,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name_zh", "name_en", "parent", "counted"],
    )
    return len(made)


def children(code: str) -> list[Region]:
    """The regions directly below."""
    return list(Region.objects.filter(parent=code).order_by("code"))


def counties(code: str) -> list[Region]:
    """The counties of a city or a province, in order; development zones and the like are none, whatever their codes."""
    low, high = span(code)
    within = Region.objects.filter(code__gte=low, code__lt=high, counted=True)
    return list(within.annotate(digits=Length("code")).filter(digits=int(Level.COUNTY)).order_by("code"))


def titles(codes: Iterable[str]) -> dict[str, T]:
    """The short names of places at any level; an unknown one shows its code."""
    wanted = set(codes)
    found = {r.code: T(r.name_zh, r.name_en or r.name_zh) for r in Region.objects.filter(code__in=wanted)}
    found |= {g.code: T(g.name_zh, g.name_en or g.name_zh) for g in Grid.objects.filter(code__in=wanted)}
    found |= {b.code: building_title(b) for b in Building.objects.filter(code__in=wanted)}
    return {c: found.get(c, T(c, c)) for c in wanted}


def building_title(building: Building) -> T:
    """A building's name with its compound before it."""
    zh = f"{building.compound_zh}{building.name_zh}"
    return T(zh, f"{building.compound_en} {building.name_en}".strip() or zh)


def place_title(code: str) -> T:
    """The short name of one place."""
    return titles([code])[code]


def path_title(code: str) -> T:
    """The name with its community before it: 康宁街社区 · 康宁苑3号楼."""
    level = level_of(code)
    if level not in (Level.BUILDING, Level.GRID):
        return place_title(code)
    found = titles([code, code[: Level.COMMUNITY]])
    above, own = found[code[: Level.COMMUNITY]], found[code]
    return T(f"{above.zh} · {own.zh}", f"{above.en} · {own.en}")
