"""Buildings and households as others list them: entered one by one, and for each community one entry that says which.

A row that says nothing new writes nothing. What is written here belongs in one transaction with ``Entering.close``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from linli.journal.append import Head, NewEntry, Part, append, lock
from linli.journal.cipher import fingerprint
from linli.journal.writes import flush
from linli.rules.place import Level
from linli.rules.roles import IMPORTER
from linli.territory.buildings import grid_of, hold
from linli.territory.entries import DEFINITION, REGISTER
from linli.territory.models import Building, Division, Grid, Household
from linli.territory.refusals import refused
from linli.territory.regions import exists

_COMMUNITIES = UUID("f5a1c9f0-7f0b-5c7a-9f0e-2b1d9f2f3c55")
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BuildingLine:
    """A building as a row tells it; None is not said and stays as it was. ``point`` is [lon, lat], WGS 84."""

    code: str
    name_zh: str
    name_en: str | None = None
    compound_zh: str | None = None
    compound_en: str | None = None
    address: str | None = None
    floors: int | None = None
    entrances: int | None = None
    point: tuple[float, float] | None = None

    def said(self) -> dict[str, Any]:
        """What the row says, by column of the table."""
        names = ("name_zh", "name_en", "compound_zh", "compound_en", "address", "floors", "entrances")
        return {n: getattr(self, n) for n in names if getattr(self, n) is not None}


def stream_of(community: str) -> UUID:
    """The id of the stream of a community's register of places."""
    return uuid5(_COMMUNITIES, community)


@dataclass(slots=True)
class Entering:
    """What was entered in one go. ``at`` is µs UTC."""

    at: int
    buildings: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    divided: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    households: dict[str, list[str]] = field(default_factory=dict)

    def building(self, line: BuildingLine) -> bool:
        """Enter a building or correct what is said otherwise; an outline that is there stays. False: nothing new.

        Raises: Refused ``no-such-community``.
        """
        community = line.code[: Level.COMMUNITY]
        if not exists(community):
            raise refused("no-such-community", field="community", code=community)
        said = line.said()
        row = Building.objects.filter(code=line.code).first()
        if row is None:
            row = Building(code=line.code, community=community)
        elif {k: getattr(row, k) for k in said} == said and not _moves(row, line.point):
            return False
        if _moves(row, line.point):
            said["outline"] = json.dumps([line.point])
        Building.objects.update_or_create(code=line.code, defaults={"community": community, **said})
        self.buildings.setdefault(community, []).append({"code": line.code, **said})
        return True

    def divide(self, building: str, grid: str, starts: date, names: tuple[str, str]) -> bool:
        """From ``starts`` on the building lies in the grid; what stood before ends the day before. False: it lay there.

        Raises: Refused ``divided-otherwise`` where another grid begins on the same day.
        """
        hold([building])
        if grid_of(building, starts) == grid:
            return False
        rows = Division.objects.filter(building=building)
        same = rows.filter(starts=starts).first()
        if same is not None:
            raise refused("divided-otherwise", field="grid", grid=same.grid)
        later = rows.filter(starts__gt=starts).order_by("starts").first()
        rows.filter(starts__lt=starts).exclude(ends__lt=starts).update(ends=starts - _ONE_DAY)
        Division.objects.create(
            building=building, grid=grid, starts=starts, ends=later.starts - _ONE_DAY if later else None
        )
        _grid(grid, starts, names)
        self.divided.setdefault((building[: Level.COMMUNITY], starts.isoformat()), {})[building] = grid
        return True

    def household(self, building: str, entrance: str, door: str) -> str | None:
        """Enter a household; its code where it is new. Raises: Refused ``no-such-building``."""
        if not exists(building):
            raise refused("no-such-building", field="building", code=building)
        code, community = f"{building}-{entrance}-{door}", building[: Level.COMMUNITY]
        if Household.objects.filter(code=code).exists():
            return None
        Household.objects.create(
            code=code, community=community, building=building, entrance=entrance, door=door
        )
        self.households.setdefault(community, []).append(code)
        return code

    def close(self, digest: str) -> None:
        """Write the entries. ``digest`` names the file from which the rows came, in hex."""
        for community, lines in self.buildings.items():
            effect = {"buildings": [line["code"] for line in lines]}
            self._enter(community, "buildings-entered", digest, effect, {"buildings": lines})
        for (community, starts), grids in self.divided.items():
            self._enter(community, "divided", digest, {"starts": starts, "grids": grids})
        for community, codes in self.households.items():
            self._enter(community, "households-entered", digest, {"households": codes})

    def _enter(
        self,
        community: str,
        action: str,
        digest: str,
        effect: Mapping[str, Any],
        facts: Mapping[str, Any] | None = None,
    ) -> None:
        stream = stream_of(community)
        head = lock(stream) or Head(stream=stream, kind=REGISTER, shard=community)
        key = f"import/{action}/{digest}/{head.seq + 1}"
        new = NewEntry(
            action=action, actor=None, role=IMPORTER.key, happened=self.at, recorded=self.at, definition=DEFINITION,
            effect={"community": community, "file": digest, **effect}, parts=[Part(facts)] if facts else [],
            key=key, request=fingerprint(key.encode()),
        )  # fmt: skip
        _, writes = append(head, new)
        flush(writes)


def _moves(row: Building, point: tuple[float, float] | None) -> bool:
    """Whether the row tells a position that is not known yet; an outline says more than a point."""
    known = json.loads(row.outline)
    return point is not None and len(known) <= 1 and known != [list(point)]


def _grid(code: str, starts: date, names: tuple[str, str]) -> None:
    """The grid exists from ``starts`` at the latest."""
    rows = Grid.objects.filter(code=code)
    if rows.filter(starts__lte=starts).exclude(ends__lt=starts).exists():
        return
    later = rows.filter(starts__gt=starts).order_by("starts").first()
    ends = later.starts - _ONE_DAY if later else None
    Grid.objects.create(code=code, name_zh=names[0], name_en=names[1], starts=starts, ends=ends)
