"""A page of the list of cases in a small town and in a large city, side by side: what a worker waits for must not grow.

Two databases differ in nothing but the number of cases: ``SMALL`` and ``LINLI_BENCH_CASES`` (default 200,000), spread over a
city of a hundred communities, a tenth of them live; the community of the worker has a thousand in both. The first pages of
a community worker, a street worker and a city worker are read in turn, on the one and on the other; a ratio says how
many times longer the large city takes.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

from bench.databases import Postgresql, Sqlite

SMALL, LARGE = 2_000, int(os.environ.get("LINLI_BENCH_CASES", "200000"))
ROUNDS = 9
NOW = 1_717_376_400_000_000
HOUR = 3_600_000_000
COMMUNITIES = [f"1401{county:02d}{street:03d}{community:03d}" for county in (5, 6, 7, 8, 9)
               for street in (1, 2, 3, 4) for community in range(1, 6)]  # fmt: skip
HOME, OWN = COMMUNITIES[7], 1_000
WORKERS = {
    "community": ("community", HOME),
    "street": ("street", HOME[:9]),
    "city": ("city", "1401"),
}
_BUNCH = 500


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
    _print(database.name, _measured(database))


def _fill(count: int) -> None:
    """Rows of the projections alone: this measures reading."""
    from django.db import connection, transaction

    from linli.cases.project import INSERT_CASE
    from linli.journal.writes import flush

    made = _rows(count)
    for _ in range(0, count, _BUNCH):
        with transaction.atomic():
            flush([(INSERT_CASE, row) for row, _ in zip(made, range(_BUNCH), strict=False)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _rows(count: int) -> Iterator[tuple[object, ...]]:
    """Invented cases, the same ones for the same count."""
    from linli.cases.advance import Row, canonical
    from linli.rules.deadlines import FAR

    chance = random.Random(count)
    for number in range(count):
        community = HOME if number < OWN else chance.choice(COMMUNITIES)
        live = number % 10 == 0
        opened = NOW - chance.randrange(8_760) * HOUR
        due = opened + chance.randrange(400) * HOUR if live else FAR
        row = Row(
            id=UUID(int=(number << 64) | chance.getrandbits(64)),
            shard=community,
            type="demand",
            version="bench",
            number=f"LL-2024-{number:07d}",
            place=f"{community}B{chance.randrange(1, 34):04d}",
            grid=f"{community}{chance.randrange(1, 11):03d}",
            state="handling" if live else "closed",
            live=live,
            title="楼道灯不亮",
            category="power",
            facts={"matter": "楼道灯不亮"},
            clock={},
            opened=opened,
            since=opened,
            touched=opened,
            due=due,
            late=live and due < NOW,
            seq=5,
        )
        yield tuple(canonical(v) if isinstance(v, dict) else v for v in row)


def _measured(database: Sqlite | Postgresql) -> dict[str, dict[str, list[float]]]:
    """Milliseconds of each look, by worker and by database."""
    found: dict[str, dict[str, list[float]]] = {w: {"small": [], "large": []} for w in WORKERS}
    for name in ("small", "large"):
        database.use(name)
        for worker in WORKERS:
            _look(worker)()
    for _ in range(ROUNDS):
        for name in ("small", "large"):
            database.use(name)
            for worker in WORKERS:
                look = _look(worker)
                look()  # the connection is new
                begun = time.perf_counter()
                look()
                found[worker][name].append((time.perf_counter() - begun) * 1000)
    return found


def _look(worker: str) -> Callable[[], None]:
    """The first and the second page of what is open, most urgent first, as the pages read them."""
    from linli.cases import lists
    from linli.rules.actor import Actor, Grant

    actor = Actor(UUID(int=1), (Grant(*WORKERS[worker]),))

    def look() -> None:
        filters = lists.Filters()
        first = lists.page(lists.selected(actor, filters), filters.by)
        second = lists.page(lists.selected(actor, filters), filters.by, first.after)
        if len(first.cases) + len(second.cases) < 20:
            raise RuntimeError(f"{worker}: too few cases to measure anything")

    return look


def _print(name: str, found: dict[str, dict[str, list[float]]]) -> None:
    lines = [f"two pages of the list of open cases, {SMALL:,} cases and {LARGE:,} · {name}"]
    for worker, times in found.items():
        small, large = statistics.median(times["small"]), statistics.median(times["large"])
        lines.append(f"  {worker:<12} {small:7.1f} ms  {large:7.1f} ms   × {large / small:.2f}")
    sys.stdout.write("\n".join(lines) + "\n\n")


if __name__ == "__main__":
    main()
