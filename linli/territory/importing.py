"""Buildings, barriers and households as others list them: entered one by one, and for each community one entry that says which.

A row that says nothing new writes nothing. What is written here belongs in one transaction with ``Entering.close``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from linli.journal.append import Part
from linli.journal.cipher import fingerprint
from linli.rules.datum import Point
from linli.rules.place import Level
from linli.rules.roles import IMPORTER
from linli.territory.barriers import OTHER, BarrierLine
from linli.territory.buildings import grid_of, hold
from linli.territory.models import Barrier, Building, Division, Grid, Household
from linli.territory.positions import kept, of, same
from linli.territory.refusals import refused
from linli.territory.regions import exists
from linli.territory.register import By, enter, head_of

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class BuildingLine:
    """A building as a row tells it; None is not said and stays as it was.

    ``points`` are (lon, lat), WGS 84: a closed line, or one point. ``households`` is how many live there as somebody told it,
    ``outside`` the number that another map gives the building.
    """

    code: str
    name_zh: str | None = None
    name_en: str | None = None
    compound_zh: str | None = None
    compound_en: str | None = None
    address: str | None = None
    floors: int | None = None
    entrances: int | None = None
    outside: str | None = None
    households: int | None = None
    points: Sequence[Point] = ()

    def said(self) -> dict[str, Any]:
        """What the row says, by column of the table; its households and its place are looked at first."""
        names = (
            "name_zh",
            "name_en",
            "compound_zh",
            "compound_en",
            "address",
            "floors",
            "entrances",
            "outside",
        )
        return {n: getattr(self, n) for n in names if getattr(self, n) is not None}


@dataclass(slots=True)
class Entering:
    """What was entered in one go. ``at`` is µs UTC."""

    at: int
    buildings: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    barriers: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    divided: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    households: dict[str, list[str]] = field(default_factory=dict)

    def building(self, line: BuildingLine) -> bool:
        """Enter a building or correct what is said otherwise. False: nothing new.

        An outline that is there stays where a row has a point alone: it says more. A number of households that the roll
        counts already is not kept beside it. Raises: Refused ``no-such-community``.
        """
        community = line.code[: Level.COMMUNITY]
        if not exists(community):
            raise refused("no-such-community", field="community", code=community)
        row = Building.objects.filter(code=line.code).first()
        said = line.said()
        news = {k: v for k, v in said.items() if row is None or getattr(row, k) != v}
        if line.points and (row is None or _moves(of(row.outline), line.points)):
            news["outline"] = kept(line.points)
        if line.households is not None and line.households not in _counted(row):
            news["households"] = line.households
        if row is None:
            Building.objects.create(code=line.code, community=community, **{**_unnamed(line.code), **news})
        elif not news:
            return False
        else:
            Building.objects.filter(code=line.code).update(**news)
        self.buildings.setdefault(community, []).append({"code": line.code, **said, **news})
        return True

    def barrier(self, line: BarrierLine) -> bool:
        """Enter a barrier or correct what is said otherwise. False: nothing new. Raises: Refused ``no-such-community``."""
        if not exists(line.community):
            raise refused("no-such-community", field="community", code=line.community)
        row = Barrier.objects.filter(id=line.id, community=line.community).first()
        said = {k: v for k, v in (("kind", line.kind), ("name", line.name)) if v is not None}
        if row is None:
            news = {"kind": OTHER, "name": "", **said, "line": kept(line.points)}
            Barrier.objects.create(id=line.id, community=line.community, **news)
        else:
            news = {k: v for k, v in said.items() if getattr(row, k) != v}
            if not same(of(row.line), line.points):
                news["line"] = kept(line.points)
            if not news:
                return False
            Barrier.objects.filter(id=line.id).update(**news)
        self.barriers.setdefault(line.community, []).append({"id": str(line.id), **said, **news})
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
        for community, lines in self.barriers.items():
            effect = {"barriers": [line["id"] for line in lines]}
            self._enter(community, "barriers-entered", digest, effect, {"barriers": lines})
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
        head = head_of(community)
        key = f"import/{action}/{digest}/{head.seq + 1}"
        by = By(None, IMPORTER.key, self.at, key, fingerprint(key.encode()))
        enter(head, community, action, {"file": digest, **effect}, by, [Part(facts)] if facts else [])


def _moves(known: Sequence[Point], told: Sequence[Point]) -> bool:
    """Whether a row tells a position that is not known yet; an outline says more than a point."""
    return (len(told) > 1 or len(known) <= 1) and not same(known, told)


def _counted(row: Building | None) -> tuple[int | None, ...]:
    """The numbers of households that are known already: as it was told, and as the roll counts them."""
    if row is None:
        return ()
    return row.households, Household.objects.filter(building=row.code).count() or None


def _unnamed(code: str) -> dict[str, str]:
    """What a building is called that nobody named: by the number in its code."""
    number = code[Level.COMMUNITY + 1 :]
    return {"name_zh": f"无名楼{number}", "name_en": f"Unnamed building {number}"}


def _grid(code: str, starts: date, names: tuple[str, str]) -> None:
    """The grid exists from ``starts`` at the latest."""
    rows = Grid.objects.filter(code=code)
    if rows.filter(starts__lte=starts).exclude(ends__lt=starts).exists():
        return
    later = rows.filter(starts__gt=starts).order_by("starts").first()
    ends = later.starts - _ONE_DAY if later else None
    Grid.objects.create(code=code, name_zh=names[0], name_en=names[1], starts=starts, ends=ends)
