"""The books: vouchers through ``project.writes`` and ``flush`` against the same statements bare, and the statements of a large book.

The database is made ready once and copied three times. On the first copy vouchers are entered and every statement is recorded; then,
batch by batch and side by side, they are entered anew on the second, and the recorded statements are executed by the driver alone,
in transactions of the same bounds, on the third. The triggers judge on all three.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

from bench.act import _ran
from bench.databases import Postgresql, PostgresqlBare, Sqlite, SqliteBare
from bench.disk import fsync_time
from bench.recording import Recorder, Transaction, recording
from linli.rules.books.voucher import Leg, Voucher

BATCHES, ROUNDS, WARM = 7, 20, 5
HOMES_SHARED, LARGE, YEARS = 100, 5_000, 10
SHARD, NOW, DAY = "140105006002", 1_772_413_200_000_000, "2026-03-02"
TIMES = 5


def main() -> None:
    """Print two tables for the database that the environment names."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    book, authority = _book(HOMES_SHARED)
    home = Path(settings.LINLI_HOME)
    database = Sqlite(home) if connection.vendor == "sqlite" else Postgresql(home)
    durable = database.durability()
    for name in ("recorded", "lived", "bare"):
        database.copy(name)
    database.use("recorded")
    transactions = _recorded(book, authority)
    database.use("lived")
    bare = database.bare("bare")
    if isinstance(bare, SqliteBare):
        bare.driver.execute("PRAGMA foreign_keys = ON")
    ready = [bare.prepared(t) for t in transactions]
    try:
        pairs = _measured(book, authority, bare, ready)
    finally:
        bare.close()
    _print_entering(database.name, durable, fsync_time(home), ready, pairs)
    _print_statements(database.name)


def _enter(case: UUID, effect: dict[str, object], at: int = NOW) -> None:
    """An entry with its rows of the books, as ``act`` flushes them; what a decision reads under the lock is read as well."""
    from django.db import transaction

    from linli.funds import project, reading
    from linli.journal import writes
    from linli.journal.append import Head, NewEntry, append, lock
    from linli.rules.ids import new_id

    with transaction.atomic():
        head = lock(case) or Head(case, "case", SHARD)
        told = effect.get("vouchers")
        if isinstance(told, list):
            book = told[0]
            found = reading.locked(book, balances=False)
            assert found is not None
            numbered = [v.told(n) for n, v in enumerate(told[1:], found.last + 1)]
            effect = {"vouchers": {"book": str(book), "vouchers": numbered}}
        new = NewEntry("do", None, "clerk", at, at, "bench@1", effect, [], key=str(new_id()), request=b"")
        entry, made = append(head, new)
        writes.flush([*made, *project.writes(entry.id, case, SHARD, entry.seq, at, effect)])


def _book(homes: int) -> tuple[UUID, UUID]:
    """A fund whose households have paid in, and an authority that suffices for all."""
    from linli.rules.books.gate import Authority
    from linli.rules.ids import new_id

    book, case = new_id(), new_id()
    _enter(book, {"book": {"id": str(book), "kind": "fund", "title": "", "place": SHARD}})
    _enter(case, {"authority": Authority(str(case), str(book), "decision", "ab" * 32, 10**14, 0).told()})
    _enter(new_id(), {"vouchers": [book, *_deposits(homes, "2016-01-10")]})
    return book, case


def _deposits(homes: int, day: str) -> list[Voucher]:
    to_homes = tuple(Leg("3001", _unit(n), -9_000_00) for n in range(homes))
    total = 9_000_00 * homes
    return [
        Voucher("deposit", day, "首期交存", (Leg("1001", "", total), Leg("4001", "", -total))),
        Voucher("carrying", day, "转入分户账", (Leg("4001", "", total), *to_homes)),
    ]


def _unit(n: int) -> str:
    return f"{SHARD}B{n // 100:04d}-1-{n % 100 + 101}"


def _interest(homes: int, cents: int, day: str) -> list[Voucher]:
    total = cents * homes
    return [
        Voucher("interest", day, "结息", (Leg("1001", "", total), Leg("4101", "", -total))),
        Voucher("carrying", day, "转入待分配", (Leg("4101", "", total), Leg("3101", "", -total))),
        Voucher("distribution", day, "分配", (Leg("3101", "", total), *(Leg("3001", _unit(n), -cents) for n in range(homes)))),
    ]  # fmt: skip


def _works(homes: range, cents: int, day: str, authority: UUID) -> list[Voucher]:
    total = cents * len(homes)
    shares = (Leg("3001", _unit(n), cents) for n in homes)
    return [
        Voucher("payment", day, "维修", (Leg("5001", "", total), Leg("1001", "", -total)), authority=str(authority)),
        Voucher("apportionment", day, "分摊", (*shares, Leg("5001", "", -total))),
    ]  # fmt: skip


def _round(book: UUID, authority: UUID, recorder: Recorder | None) -> None:
    """Five entries: three deposits, interest, works that a building of a hundred homes pays for; seven vouchers, 119 legs."""
    from linli.rules.ids import new_id

    deposits = [
        [Voucher("deposit", DAY, "续交", (Leg("1001", "", 50_00), Leg("3001", _unit(n), -50_00)))]
        for n in range(3)
    ]
    one = [*deposits, _interest(1, 7, DAY)[:2], _works(range(HOMES_SHARED), 1_00, DAY, authority)]
    for vouchers in one:
        if recorder:
            recorder.begin()
        _enter(new_id(), {"vouchers": [book, *vouchers]})


ENTRIES, VOUCHERS = 5, 7


def _recorded(book: UUID, authority: UUID) -> list[Transaction]:
    with recording() as recorder:
        for _ in range(WARM + BATCHES * ROUNDS):
            _round(book, authority, recorder)
    return recorder.transactions


def _measured(
    book: UUID, authority: UUID, bare: SqliteBare | PostgresqlBare, ready: list[Transaction]
) -> list[tuple[float, float]]:
    """Seconds of each batch, through ``flush`` and bare; which comes first alternates."""
    _entered(book, authority, WARM)
    _ran(bare, ready[: WARM * ENTRIES])
    pairs = []
    for batch in range(BATCHES):
        start = (WARM + batch * ROUNDS) * ENTRIES
        some = ready[start : start + ROUNDS * ENTRIES]
        if batch % 2:
            pairs.append((_entered(book, authority, ROUNDS), _ran(bare, some)))
        else:
            second = _ran(bare, some)
            pairs.append((_entered(book, authority, ROUNDS), second))
    return pairs


def _entered(book: UUID, authority: UUID, rounds: int) -> float:
    begun = time.perf_counter()
    for _ in range(rounds):
        _round(book, authority, None)
    return time.perf_counter() - begun


def _print_entering(
    name: str, durable: str, fsync: float, ready: list[Transaction], pairs: list[tuple[float, float]]
) -> None:
    done = ROUNDS * VOUCHERS
    through, alone = [done / a for a, _ in pairs], [done / b for _, b in pairs]
    ratios = sorted(a / b for a, b in zip(through, alone, strict=True))
    lines = [
        f"vouchers through project.writes and flush against the same statements bare · {name}",
        f"  durability      {durable}; fsync of 4 KiB on this disk: {fsync:.2f} ms (median)",
        f"  work            {BATCHES} batches of {ROUNDS} rounds: {ENTRIES} entries, {VOUCHERS} vouchers, one of them of"
        f" {HOMES_SHARED} shares; {sum(map(len, ready)) / len(ready):.1f} statements an entry",
        f"  flush           {statistics.median(through):8.0f} vouchers/s",
        f"  bare            {statistics.median(alone):8.0f} vouchers/s",
        f"  ratio           {statistics.median(ratios):8.2f}   ({ratios[0]:.2f} to {ratios[-1]:.2f}; promised: at least 0.50)",
    ]
    sys.stdout.write("\n".join(lines) + "\n\n")


def _print_statements(name: str) -> None:
    """How long each statement of a project of 5,000 households takes after ten years."""
    from django.db import connection

    from linli.funds.verify import verify

    begun = time.perf_counter()
    book, authority = _book(LARGE)
    for year in range(YEARS):
        _year(book, authority, 2016 + year)
    built = time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("SELECT COUNT(*) FROM funds_leg WHERE number > 0")
        legs = cursor.fetchone()[0]
    took = {what: _median(do) for what, do in _statements(book)}
    begun = time.perf_counter()
    faults = list(verify(book))
    verified = time.perf_counter() - begun
    lines = [
        f"statements of a project with {LARGE:,} households after {YEARS} years · {name}",
        f"  work            {legs:,} legs, entered in {built:.1f} s; medians of {TIMES}",
        *(f"  {what:<24}{seconds * 1000:8.1f} ms" for what, seconds in took.items()),
        f"  the slowest             {max(took.values()) * 1000:8.1f} ms   (promised: under 1000)",
        f"  every rule worked out anew, voucher by voucher: {verified:.1f} s, {len(faults)} faults",
    ]
    sys.stdout.write("\n".join(lines) + "\n\n")


def _year(book: UUID, authority: UUID, year: int) -> None:
    """Interest shared out, works of every building and two of the whole estate, three hundred who pay in again."""
    from linli.rules.ids import new_id

    buildings = range(0, LARGE, 100)
    told = [*_interest(LARGE, 90_00, f"{year}-12-31")]
    for at in buildings:
        told += _works(range(at, at + 100), 20_00, f"{year}-06-01", authority)
    told += _works(range(LARGE), 30_00, f"{year}-04-01", authority)
    told += _works(range(LARGE), 10_00, f"{year}-09-01", authority)
    for n in range(300):
        legs = (Leg("1001", "", 50_00), Leg("3001", _unit(n * 7 % LARGE), -50_00))
        told.append(Voucher("deposit", f"{year}-{n % 12 + 1:02d}-15", "续交", legs))
    for one in told:
        _enter(new_id(), {"vouchers": [book, one]})


def _statements(book: UUID) -> Iterator[tuple[str, Callable[[], object]]]:
    from django.db import transaction

    from linli.funds import reading, statements

    first, last = "2025-01-01", "2025-12-31"

    def locked() -> object:
        with transaction.atomic():
            return reading.locked(book)

    yield "trial balance", lambda: statements.trial_balance(book, first, last)
    yield "income and spending", lambda: statements.income_and_spending(book, first, last)
    yield "income, all years", lambda: statements.income_and_spending(book, "2000-01-01", last)
    yield "households", lambda: statements.households(book, first, last)
    yield "receivables", lambda: statements.receivables(book, last)
    yield "to renew", lambda: statements.to_renew(book, last)
    yield "one household’s account", lambda: statements_of(book)
    yield "the bank, one year", lambda: reading.bank_lines(book, first, last)
    yield "vouchers, one page", lambda: reading.vouchers_in(book)
    yield "the book, locked", locked


def statements_of(book: UUID) -> object:
    """A household's movements of all years."""
    from linli.funds import reading

    return reading.movements(book, "3001", _unit(7))


def _median(do: Callable[[], object]) -> float:
    found = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        do()
        found.append(time.perf_counter() - begun)
    return statistics.median(found)


if __name__ == "__main__":
    main()
