"""Statements on the driver's own cursor: several times as fast as through the ORM, in its transactions.

SQL text is the same for both databases: ``%s`` for a parameter, ``%%`` for a percent sign.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

Write = tuple[str, tuple[object, ...]]


def flush(writes: Sequence[Write], using: str = DEFAULT_DB_ALIAS) -> None:
    """Execute the statements in order, inside the caller's ``transaction.atomic``; on PostgreSQL in one pipeline.

    Parameters are int, bool, str, bytes, date, UUID or None. Raises: TransactionManagementError outside a transaction,
    and Django's database errors.
    """
    connection = connections[using]
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("flush() writes inside transaction.atomic() only")
    connection.validate_no_broken_transaction()
    try:
        if connection.vendor == "sqlite":
            _flush_sqlite(connection, writes)
        else:
            _flush_postgresql(connection, writes)
    except Exception:
        with connection.wrap_database_errors:
            raise


def _flush_sqlite(connection: BaseDatabaseWrapper, writes: Sequence[Write]) -> None:
    execute = connection.connection.execute
    for sql, params in writes:
        execute(_question_marks(sql), _plain(params))


def _flush_postgresql(connection: BaseDatabaseWrapper, writes: Sequence[Write]) -> None:
    driver = connection.connection
    with driver.pipeline(), psycopg.Cursor(driver) as cursor:
        for sql, params in writes:
            cursor.execute(sql, params)


def fetch(
    sql: str, params: Sequence[object] = (), *, uuids: Sequence[int] = (), using: str = DEFAULT_DB_ALIAS
) -> list[tuple[Any, ...]]:
    """The rows of one statement; the columns numbered in ``uuids`` come back as UUID (SQLite keeps 32 hex digits)."""
    connection = connections[using]
    if connection.connection is None:
        connection.ensure_connection()
    try:
        if connection.vendor == "sqlite":
            rows = connection.connection.execute(_question_marks(sql), _plain(params)).fetchall()
            return [_with_uuids(row, uuids) for row in rows] if uuids else rows
        with psycopg.Cursor(connection.connection) as cursor:
            return cursor.execute(sql, params).fetchall()
    except (
        Exception
    ):  # the wrapper is made only where there is something to wrap: this is read several times an act
        with connection.wrap_database_errors:
            raise


@lru_cache(maxsize=512)
def _question_marks(sql: str) -> str:
    return sql.replace("%s", "?").replace("%%", "%")


def _plain(params: Sequence[object]) -> tuple[object, ...]:
    return tuple([p.hex if type(p) is UUID else p for p in params])


def _with_uuids(row: tuple[Any, ...], uuids: Sequence[int]) -> tuple[Any, ...]:
    out = list(row)
    for index in uuids:
        if out[index] is not None:
            out[index] = UUID(hex=out[index])
    return tuple(out)
