"""A case to tamper with, and the ways in which somebody with the whole database in his hands does it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from linli.journal import triggers
from linli.journal.append import Entry, entries
from linli.journal.faults import Fault
from linli.journal.verify import Walk
from linli.journal.writes import flush
from linli.rules.chain import Anchor
from linli.rules.worktime import HOUR, day_start
from tests.cases.community import COMMUNITY, HOME, Town, town

START = day_start(date(2026, 3, 2)) + 9 * HOUR
DEMAND = ("demand", COMMUNITY)
CONTACT = {"name": "测试访客", "phone": "19900001111"}
RECEIVED = {"matter": "楼道灯不亮", "category": "power", "where": HOME, "people": 1, "reporter": CONTACT}


def told(cast: Town | None = None) -> tuple[Town, UUID]:
    """A case with three entries, the first with a personal part."""
    cast = cast or town()
    case = cast.act(DEMAND, "window", "receive", START, RECEIVED).case
    cast.act(case, "grid", "file", START + 1)
    cast.act(case, "community", "note", START + 2, {"note": "看过了，明天去修"})
    return cast, case


def visitor(case: UUID) -> UUID:
    """Who came to the window."""
    return UUID(next(op["head"] for op in entries(case)[0].effect["seats"] if op["kind"] == "reporter"))


def loosen() -> None:
    """Take the triggers out, as only an owner of the database can; the test's rollback puts them back."""
    triggers.remove()


def run(sql: str, *params: object) -> None:
    """One statement behind everybody's back."""
    flush([(sql, params)])


@contextmanager
def undone() -> Iterator[None]:
    """What happens inside is taken back at the end."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def faults(*, every_anchor: bool = False, against: tuple[Anchor, ...] = ()) -> list[Fault]:
    """What verifying finds."""
    return list(Walk(every_anchor=every_anchor, against=against).faults())


def words(*, every_anchor: bool = False, against: tuple[Anchor, ...] = ()) -> str:
    """What verifying finds, as one text."""
    return "\n".join(
        f"{f.case} {f.seq}: {f.what}" for f in faults(every_anchor=every_anchor, against=against)
    )


def set_column(entry: Entry, column: str, value: object) -> None:
    """Write another value into a column of an entry; on SQLite a text may be of any bytes."""
    if isinstance(value, bytearray):  # the bytes of a text
        text = bytes(value)
        if connection.vendor == "sqlite":
            run(f"UPDATE journal_entry SET {column} = CAST(%s AS TEXT) WHERE id = %s", text, entry.id)
            return
        value = text.decode()
    run(f"UPDATE journal_entry SET {column} = %s WHERE id = %s", value, entry.id)
