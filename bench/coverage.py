"""What the first page of a street says about coverage, in a small town and in a large city: it must not grow with the city.

Two databases differ in nothing but the city around one street: ``SMALL`` households in all, or ``LINLI_BENCH_HOUSEHOLDS``
(default 1,000,000: 40,000 buildings, 5,000 grids); the street has the same two communities in both. A ratio says how many
times longer the first page's numbers take in the city. Below stands, in the city alone, what is asked of it besides: the
numbers of the whole city, and one of its communities counted anew.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from bench.databases import Postgresql, Sqlite

SMALL, LARGE = 2_000, int(os.environ.get("LINLI_BENCH_HOUSEHOLDS", "1000000"))
ROUNDS = 9
NOW = 1_772_434_800_000_000
TODAY, FOUNDED = date(2026, 3, 2), date(2020, 1, 1)
DAY = 86_400_000_000
STREET = "140105006"
OWN = (f"{STREET}001", f"{STREET}002")
DOORS = 25
"""Households of a building; eight buildings are a grid."""
OWN_BUILDINGS, BUILDINGS = 40, 120
BIG = "140106001001"
PER_STREET = 10
Rows = dict[str, list[tuple[Any, ...]]]


class Table(NamedTuple):
    """A table and the columns that are filled."""

    name: str
    columns: str


TABLES = {
    "building": Table(
        "territory_building",
        "code community name_zh name_en address compound_zh compound_en floors entrances outline outside",
    ),
    "grid": Table("territory_grid", "code name_zh name_en starts"),
    "division": Table("territory_division", "building grid starts"),
    "household": Table("territory_household", "code community building entrance door"),
    "member": Table("territory_householdmember", "household person starts"),
    "person": Table("people_person", "id kind mask name_sealed phone_sealed made"),
    "duty": Table("people_duty", "id person_id role region starts"),
    "case": Table(
        "cases_case",
        "id shard type version number place grid state live title category facts clock opened since touched"
        " due total_due wake late climbed excluded seq",
    ),
    "count": Table("cases_count", "shard case seq type counter place grid happened amount"),
}


def main() -> None:
    """Print one table for the database that the environment names."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    home = Path(settings.LINLI_HOME)
    database = Sqlite(home) if connection.vendor == "sqlite" else Postgresql(home)
    for name in ("small", "large"):
        database.copy(name)
    for name, count in (("small", SMALL), ("large", LARGE)):
        database.use(name)
        _fill(count)
    found = _measured(database)
    database.use("large")
    _print(database.name, found, _alone())


def _fill(count: int) -> None:
    """The rows alone: this measures reading."""
    from django.db import connection

    for community in _communities(count):
        rows = _community(community)
        for name, table in TABLES.items():
            _store(table, rows[name])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM (ANALYZE)")


def _store(table: Table, rows: list[tuple[Any, ...]]) -> None:
    """As fast as each database takes them; nothing here need survive a power cut."""
    from django.db import connection, transaction

    names = table.columns.split()
    columns = ", ".join(f'"{n}"' for n in names)
    if connection.vendor == "sqlite":
        connection.cursor().execute("PRAGMA synchronous=OFF")
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join("?" * len(names))
            plain = (tuple(_plain(v) for v in row) for row in rows)
            cursor.connection.executemany(f"INSERT INTO {table.name} ({columns}) VALUES ({marks})", plain)
        else:
            with cursor.cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)


def _plain(value: object) -> object:
    return value.hex if isinstance(value, UUID) else value.isoformat() if isinstance(value, date) else value


def _communities(count: int) -> Iterator[str]:
    """The street's own two, and as many others as make up the number."""
    yield from OWN
    others = (
        f"1401{county:02d}{street:03d}{community:03d}"
        for county in range(6, 99)
        for street in range(1, 50)
        for community in range(1, PER_STREET + 1)
    )
    yield from islice(others, max(0, count - len(OWN) * OWN_BUILDINGS * DOORS) // (BUILDINGS * DOORS))


def _community(community: str) -> Rows:
    """One community, always the same: a fault of each kind here and there, two thirds of its households met in half a year."""
    chance = random.Random(community)
    rows: Rows = {name: [] for name in TABLES}
    for number in range(OWN_BUILDINGS if community in OWN else BUILDINGS):
        building, grid = f"{community}B{number + 1:04d}", f"{community}{number // 8 + 1:03d}"
        if number % 8 == 0:
            rows["grid"].append((grid, "网格", "", FOUNDED))
            if number % 80:
                _duty(rows, grid, chance)
        if number % 50 != 49:
            rows["building"].append((building, community, f"{number}号楼", "", "", "", "", 6, 3, "[]", ""))
        if number % 40 != 39:
            rows["division"].append((building, grid, FOUNDED))
        for door in range(DOORS):
            _household(rows, building, grid, f"1-{door + 101}", chance)
    return rows


def _duty(rows: Rows, grid: str, chance: random.Random) -> None:
    person = UUID(int=chance.getrandbits(128))
    rows["person"].append((person, "staff", "", "", "", NOW))
    rows["duty"].append((UUID(int=chance.getrandbits(128)), person, "grid_member", grid, FOUNDED))


def _household(rows: Rows, building: str, grid: str, door: str, chance: random.Random) -> None:
    code, community = f"{building}-{door}", building[:12]
    rows["household"].append((code, community, building, *door.split("-")))
    if chance.random() < 0.9:
        again = bool(rows["member"]) and chance.random() < 0.002
        who = rows["member"][-1][1] if again else UUID(int=chance.getrandbits(128))
        rows["member"].append((code, who, FOUNDED))
        if chance.random() < 0.6:
            rows["member"].append((code, UUID(int=chance.getrandbits(128)), FOUNDED))
    if chance.random() < 0.9:
        _visit(rows, building, grid, door, NOW - chance.randrange(180) * DAY, chance)


def _visit(rows: Rows, building: str, grid: str, door: str, at: int, chance: random.Random) -> None:
    case, community, met = UUID(int=chance.getrandbits(128)), building[:12], chance.random() < 0.75
    far = 253_402_300_799_000_000
    rows["case"].append(
        (case, community, "visit", "bench", f"ZF-{len(rows['case'])}", building, grid, "done", False, door, "somebody",
         "{}", "{}", at, at, at, far, far, far, False, 0, False, 1)
    )  # fmt: skip
    for counter in ("visits", "met")[: 1 + met]:
        rows["count"].append((community, case, 1, "visit", counter, building, grid, at, 1))


def _counted(name: str, database: Sqlite | Postgresql) -> None:
    """Every community is counted, as the clock does in its rounds."""
    from linli.cases import uncovered

    database.use(name)
    uncovered.count_region("", NOW)
    _look(STREET)()


def _look(place: str) -> Callable[[], None]:
    """What the first page asks of a place: the numbers of all checks."""
    from linli.cases import coverage, uncovered

    def look() -> None:
        told = uncovered.numbers(coverage.CHECKS.values(), place, coverage.When(NOW))
        if sum(told.counts.values()) < 3:
            raise RuntimeError(f"{place}: too few faults to measure anything")

    return look


def _measured(database: Sqlite | Postgresql) -> dict[str, dict[str, list[float]]]:
    """Milliseconds of each look, by place and by database, in turn on the one and on the other."""
    found: dict[str, dict[str, list[float]]] = {
        place: {"small": [], "large": []} for place in (STREET, OWN[0])
    }
    for name in ("small", "large"):
        _counted(name, database)
    for _ in range(ROUNDS):
        for name in ("small", "large"):
            database.use(name)
            for place, times in found.items():
                _look(place)()  # the connection is new
                times[name].append(_timed(_look(place)))
    return found


def _timed(look: Callable[[], None]) -> float:
    begun = time.perf_counter()
    look()
    return (time.perf_counter() - begun) * 1000


def _alone() -> list[tuple[str, float]]:
    """In the large city alone, milliseconds: what the whole city reads, and what the clock does for one community."""
    from linli.cases import uncovered

    def again() -> None:
        uncovered.count(BIG, NOW)

    looks = [("the city reads its numbers", _look("1401")), ("a community of 3,000 is read", _look(BIG)),
             ("a community of 3,000 is counted for those above", again)]  # fmt: skip
    return [(title, statistics.median(_timed(look) for _ in range(ROUNDS))) for title, look in looks]


def _print(name: str, found: dict[str, dict[str, list[float]]], alone: list[tuple[str, float]]) -> None:
    lines = [f"what the first page says of coverage, {SMALL:,} households and {LARGE:,} · {name}"]
    for place, times in found.items():
        title = "a street of 2,000" if place == STREET else "a community of 1,000"
        small, large = statistics.median(times["small"]), statistics.median(times["large"])
        lines.append(f"  {title:<22} {small:7.1f} ms  {large:7.1f} ms   × {large / small:.2f}")
    lines += [f"  {title:<50} {ms:7.1f} ms" for title, ms in alone]
    sys.stdout.write("\n".join(lines) + "\n\n")


if __name__ == "__main__":
    main()
