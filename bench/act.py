"""``act()`` against the same SQL statements bare, with the same durability: a demand from its report to its close.

The database is made ready once and copied three times. On the first copy the lives are lived and every statement is recorded;
then, batch by batch and side by side, new lives are lived through ``act()`` on the second, and the recorded statements
are executed by the driver alone, in transactions of the same bounds, on the third.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

from bench.databases import Postgresql, PostgresqlBare, Sqlite, SqliteBare
from bench.disk import fsync_time
from bench.recording import Recorder, Transaction, recording

BATCHES, LIVES, WARM = 7, 40, 8
NOW = 1_717_376_400_000_000
MINUTE = 60_000_000


def main() -> None:
    """Print one table for the database that the environment names."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    town = _town()
    home = Path(settings.LINLI_HOME)
    database = Sqlite(home) if connection.vendor == "sqlite" else Postgresql(home)
    durable = database.durability()
    for name in ("recorded", "lived", "bare"):
        database.copy(name)
    database.use("recorded")
    transactions = _recorded(town)
    database.use("lived")
    bare = database.bare("bare")
    acts, pairs = len(transactions) // (BATCHES * LIVES + WARM), []
    ready = [bare.prepared(t) for t in transactions]
    try:
        pairs = _measured(town, bare, ready, acts)
    finally:
        bare.close()
    _print(database.name, durable, fsync_time(home), ready, acts, pairs)


def _town() -> object:
    from tests.cases.community import town

    return town()


def _recorded(town: object) -> list[Transaction]:
    with recording() as recorder:
        for number in range(WARM + BATCHES * LIVES):
            _life(town, number, recorder)
    return recorder.transactions


def _measured(
    town: object, bare: SqliteBare | PostgresqlBare, ready: list[Transaction], acts: int
) -> list[tuple[float, float]]:
    """Seconds of each batch, through the door and bare; which comes first alternates."""
    _lived(town, range(WARM))
    _ran(bare, ready[: WARM * acts])
    pairs = []
    for batch in range(BATCHES):
        lives = range(WARM + batch * LIVES, WARM + (batch + 1) * LIVES)
        some = ready[lives.start * acts : lives.stop * acts]
        if batch % 2:
            pairs.append((_lived(town, lives), _ran(bare, some)))
        else:
            second = _ran(bare, some)
            pairs.append((_lived(town, lives), second))
    return pairs


def _lived(town: object, lives: range) -> float:
    begun = time.perf_counter()
    for number in lives:
        _life(town, number, None)
    return time.perf_counter() - begun


def _ran(bare: SqliteBare | PostgresqlBare, some: list[Transaction]) -> float:
    begun = time.perf_counter()
    for statements in some:
        bare.run(statements)
    return time.perf_counter() - begun


def _life(town: object, number: int, recorder: Recorder | None) -> None:
    """One demand: reported, filed, dispatched, accepted, answered, verified, confirmed."""
    from tests.cases.community import COMMUNITY, HOME, Town

    assert isinstance(town, Town)
    at = NOW + number * MINUTE
    target: UUID | tuple[str, str] = ("demand", COMMUNITY)
    told = {
        "matter": f"楼下商铺夜间音响声音太大，第{number}次反映，请派人来看",
        "where": HOME,
        "category": "noise",
    }
    steps: tuple[tuple[str, str, Mapping[str, object]], ...] = (
        ("resident", "report", told),
        ("community", "file", {}),
        ("community", "dispatch", {"units": ["property"]}),
        ("property", "accept", {}),
        ("property", "handle", {"outcome": "solved", "answer": "已上门劝导，商铺把音响移到室内"}),
        ("community2", "verify", {"how": "visit"}),
        ("resident", "confirm", {"verdict": "solved", "score": 5}),
    )
    for step, (who, action, answers) in enumerate(steps):
        if recorder:
            recorder.begin()
        receipt = town.act(target, who, action, at + step * 1000, answers)
        target = receipt.case


def _print(
    name: str,
    durable: str,
    fsync: float,
    ready: list[Transaction],
    acts: int,
    pairs: list[tuple[float, float]],
) -> None:
    done = LIVES * acts
    through = [done / a for a, _ in pairs]
    alone = [done / b for _, b in pairs]
    ratios = sorted(a / b for a, b in zip(through, alone, strict=True))
    each = sum(map(len, ready)) / len(ready)
    lines = [
        f"act() against the same statements bare · {name}",
        f"  durability      {durable}; fsync of 4 KiB on this disk: {fsync:.2f} ms (median)",
        f"  work            {BATCHES} batches of {LIVES} demands, {acts} acts each; {each:.1f} statements an act",
        f"  act()           {statistics.median(through):8.0f} acts/s",
        f"  bare            {statistics.median(alone):8.0f} acts/s",
        f"  ratio           {statistics.median(ratios):8.2f}   ({ratios[0]:.2f} to {ratios[-1]:.2f}; promised: at least 0.50)",
    ]
    sys.stdout.write("\n".join(lines) + "\n\n")


if __name__ == "__main__":
    main()
