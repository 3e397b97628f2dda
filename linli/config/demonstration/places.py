"""康宁街社区 as the demonstration draws it: 33 buildings in five compounds, 10 grids, about 2,950 households. The
map is invented; the regions around it are real: regions.csv holds the statistical codes of Taiyuan's ten counties and of
小店区's streets and communities.
"""

from __future__ import annotations

import csv
import random
from datetime import date
from pathlib import Path

from linli.rules.text import T
from linli.territory import buildings, households, regions
from linli.territory.regions import RegionRow

COMMUNITY = "140105006002"
FOUNDED = date(2023, 1, 1)
REDRAWN = date(2023, 9, 1)
MOVED, BEFORE = f"{COMMUNITY}B0008", f"{COMMUNITY}002"
"""One building lay in the next grid at first, so that the cards have a history."""

COMPOUNDS = (
    (T("康宁苑", "Kangning Court"), 8),
    (T("汾东小区", "Fendong Estate"), 7),
    (T("机械厂宿舍", "Machine Works Housing"), 7),
    (T("惠民家园", "Huimin Homes"), 6),
    (T("长治路院", "Changzhi Road Yard"), 5),
)
PER_GRID = (4, 3, 3, 3, 4, 3, 3, 4, 3, 3)
WEST, SOUTH = 112.5602, 37.7881
METRE_LON, METRE_LAT = 1 / 88_000, 1 / 111_000
CHINESE = "一二三四五六七八九十"


def make(seed: int) -> int:
    """Enter regions, buildings, grids and households. Returns the number of households."""
    chance = random.Random(seed)  # noqa: S311 - an invented town, not a secret
    regions.load(_regions())
    rows = list(_buildings(chance))
    buildings.load(rows)
    mapping, start = {}, 0
    for number, size in enumerate(PER_GRID, 1):
        for row in rows[start : start + size]:
            mapping[row.code] = f"{COMMUNITY}{number:03d}"
        start += size
    names = {f"{COMMUNITY}{n:03d}": T(f"第{CHINESE[n - 1]}网格", f"Grid {n}") for n in range(1, 11)}
    buildings.divide(COMMUNITY, FOUNDED, {**mapping, MOVED: BEFORE}, names)
    buildings.divide(COMMUNITY, REDRAWN, mapping, names)
    return households.load(_doors(rows))


def _regions() -> list[RegionRow]:
    with Path(__file__).with_name("regions.csv").open(encoding="utf-8", newline="") as table:
        return [RegionRow(row["code"], row["zh"], row["en"]) for row in csv.DictReader(table)]


def _buildings(chance: random.Random) -> list[buildings.BuildingRow]:
    rows: list[buildings.BuildingRow] = []
    for column, (compound, count) in enumerate(COMPOUNDS):
        for number in range(1, count + 1):
            floors, entrances = chance.choice([(6, 6), (6, 8), (7, 6), (11, 5), (7, 7)]), 0
            shape = (floors[0], floors[1] + entrances)
            x, y = 105 * column + chance.uniform(-4, 4), 34 * number + chance.uniform(-2, 2)
            code = f"{COMMUNITY}B{len(rows) + 1:04d}"
            name = T(f"{number}号楼", f"Building {number}")
            rows.append(
                buildings.BuildingRow(
                    code, name, compound, shape[0], shape[1], _ring(x, y, 10.5 * shape[1], 12)
                )
            )
    return rows


def _ring(x: float, y: float, width: float, depth: float) -> tuple[tuple[float, float], ...]:
    corners = ((x, y), (x + width, y), (x + width, y + depth), (x, y + depth), (x, y))
    return tuple((round(WEST + a * METRE_LON, 6), round(SOUTH + b * METRE_LAT, 6)) for a, b in corners)


def _doors(rows: list[buildings.BuildingRow]) -> list[households.HouseholdRow]:
    """Two doors on every landing."""
    return [
        households.HouseholdRow(row.code, str(entrance), f"{floor}{door:02d}")
        for row in rows
        for entrance in range(1, row.entrances + 1)
        for floor in range(1, row.floors + 1)
        for door in (1, 2)
    ]
