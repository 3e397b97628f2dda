"""What the database itself refuses of somebody who has it in his hands."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from linli.journal import triggers
from linli.journal.anchor import make
from linli.journal.triggers import FROZEN
from linli.journal.writes import fetch
from linli.rules.worktime import DAY
from tests.journal.tampering import START, run, told

pytestmark = pytest.mark.django_db
KEPT = (*FROZEN, "journal_content", "journal_head")
ONLY_SQLITE = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite alone knows REPLACE")


@pytest.fixture(autouse=True)
def _told() -> None:
    told()
    make(START + DAY)


def rows(table: str) -> list[tuple[object, ...]]:
    return sorted(fetch(f"SELECT * FROM {table}"), key=str)


def refused(sql: str, *params: object) -> None:
    """The statement fails, and nothing of the journal is different."""
    before = {table: rows(table) for table in KEPT}
    with pytest.raises(DatabaseError), transaction.atomic():
        run(sql, *params)
    assert {table: rows(table) for table in KEPT} == before


@pytest.mark.parametrize("table", KEPT)
def test_nothing_is_deleted(table: str) -> None:
    refused(f"DELETE FROM {table}")


@pytest.mark.parametrize(
    ("table", "column"),
    [
        *(("journal_entry", c) for c in ("action", "effect", "happened")),
        ("journal_content", "body"),
        ("journal_anchor", "heads"),
        ("journal_leaf", "seq"),
        *(("journal_head", c) for c in ("seq", "shard")),
    ],
)
def test_nothing_is_changed(table: str, column: str) -> None:
    refused(f"UPDATE {table} SET {column} = {column}")


@ONLY_SQLITE
@pytest.mark.parametrize("table", KEPT)
def test_nothing_is_replaced_by_its_key(table: str) -> None:
    refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")


@ONLY_SQLITE
@pytest.mark.parametrize("table", ["journal_entry", "journal_content", "journal_anchor", "journal_head"])
def test_nothing_is_replaced_by_way_of_its_rowid(table: str) -> None:
    """Another key, and the rowid of a row that stands: REPLACE would take that row away and ask no DELETE trigger."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} LIMIT 1")
        columns = [c[0] for c in cursor.description]
    key = {"journal_anchor": "day", "journal_head": "stream"}.get(table, "id")
    other = {"journal_anchor": "'1999-01-01'"}.get(table, "'ffffffffffffffffffffffffffffffff'")
    renamed = {"key": "'another'", "seq": "999", "part": "999", key: other}
    said = ", ".join(renamed.get(c, f'"{c}"') for c in columns)
    names = ", ".join(f'"{c}"' for c in columns)
    refused(f"INSERT OR REPLACE INTO {table} (rowid, {names}) SELECT rowid, {said} FROM {table} LIMIT 1")


@ONLY_SQLITE
def test_no_head_is_moved_onto_another() -> None:
    told()
    refused(
        "UPDATE OR REPLACE journal_head SET seq = seq + 1, rowid = (SELECT MIN(rowid) FROM journal_head)"
        " WHERE rowid = (SELECT MAX(rowid) FROM journal_head)"
    )


def test_all_triggers_are_there() -> None:
    assert triggers.missing() == []
