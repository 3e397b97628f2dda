"""One look at the whole journal while others go on writing: every statement inside sees the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections


@contextmanager
def snapshot(using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Read only, without holding up a writer. Inside a transaction that is already open, that one is used as it is.

    On SQLite texts that are no UTF-8 are read all the same (as lone surrogates), so that a broken row can be named.
    """
    connection = connections[using]
    connection.ensure_connection()
    driver = connection.connection
    begin = "BEGIN" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    before = getattr(driver, "text_factory", None)
    if connection.vendor == "sqlite":
        driver.text_factory = _any_text
    mine = not connection.in_atomic_block
    try:
        if mine:
            driver.execute(begin)
            driver.execute(
                "SELECT 1 FROM journal_head LIMIT 1"
            ).fetchone()  # the moment is that of the first look
        yield
    finally:
        if mine:
            driver.execute("ROLLBACK")
        if connection.vendor == "sqlite":
            driver.text_factory = before


def _any_text(raw: bytes) -> str:
    return raw.decode("utf-8", "surrogateescape")
