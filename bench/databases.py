"""The two databases of a measurement: made ready once, copied for each way, opened by Django and by the driver alone."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection

from bench.recording import Transaction


class Sqlite:
    """SQLite in a file, with the settings of a deployment."""

    name = "SQLite"

    def __init__(self, home: Path) -> None:
        self.home, self.path = home, Path(str(connection.settings_dict["NAME"]))

    def durability(self) -> str:
        """Which settings make an acknowledged act survive a power cut."""
        with connection.cursor() as cursor:
            told = [cursor.execute(f"PRAGMA {p}").fetchone()[0] for p in ("journal_mode", "synchronous")]
        return f"journal_mode={told[0]}, synchronous={ {2: 'FULL', 3: 'EXTRA'}.get(told[1], told[1]) }"

    def copy(self, name: str) -> None:
        """A copy of the database as it stands."""
        connection.close()
        with sqlite3.connect(self.path) as source:
            source.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        source.close()
        shutil.copy(self.path, self.home / name)

    def use(self, name: str) -> None:
        """Let Django work on the copy of that name."""
        connection.close()
        connection.settings_dict["NAME"] = self.home / name

    def bare(self, name: str) -> SqliteBare:
        """The copy of that name by the driver alone, with the same settings."""
        return SqliteBare(self.home / name, connection.settings_dict["OPTIONS"]["init_command"])


class SqliteBare:
    """The standard library's sqlite3."""

    def __init__(self, path: Path, pragmas: str) -> None:
        self.driver = sqlite3.connect(path, isolation_level=None, cached_statements=512)
        self.driver.executescript(pragmas)

    def prepared(self, statements: Transaction) -> Transaction:
        """The statements as the driver takes them."""
        return [
            (
                sql.replace("%s", "?").replace("%%", "%"),
                tuple(p.hex if isinstance(p, UUID) else p for p in params),
            )
            for sql, params in statements
        ]

    def run(self, statements: Transaction) -> None:
        """One transaction."""
        execute = self.driver.execute
        execute("BEGIN IMMEDIATE")
        for sql, params in statements:
            execute(sql, params).fetchall()
        execute("COMMIT")

    def close(self) -> None:
        """Close it."""
        self.driver.close()


class Postgresql:
    """PostgreSQL, fsync on."""

    name = "PostgreSQL"

    def __init__(self, home: Path) -> None:
        del home
        self.original = str(connection.settings_dict["NAME"])

    def durability(self) -> str:
        """Which settings make an acknowledged act survive a power cut."""
        with connection.cursor() as cursor:
            told = []
            for name in ("fsync", "synchronous_commit", "full_page_writes", "wal_sync_method"):
                cursor.execute(f"SHOW {name}")
                told.append(f"{name}={cursor.fetchone()[0]}")
        return ", ".join(told)

    def copy(self, name: str) -> None:
        """A copy of the database as it stands."""
        connection.close()
        with psycopg.connect(**_where("template1"), autocommit=True) as driver:
            driver.execute(f'CREATE DATABASE "{name}" TEMPLATE "{self.original}"')

    def use(self, name: str) -> None:
        """Let Django work on the copy of that name."""
        connection.close()
        connection.settings_dict["NAME"] = name

    def bare(self, name: str) -> PostgresqlBare:
        """The copy of that name by the driver alone, with the same settings."""
        return PostgresqlBare(name)


def _where(name: str) -> dict[str, Any]:
    given = connection.get_connection_params()
    return {k: given[k] for k in ("host", "port", "user", "password") if given.get(k)} | {"dbname": name}


class PostgresqlBare:
    """psycopg, one round trip for each statement, prepared as soon as the driver finds it worth while."""

    def __init__(self, name: str) -> None:
        self.driver = psycopg.connect(**_where(name), autocommit=True)

    def prepared(self, statements: Transaction) -> Transaction:
        """The statements as the driver takes them."""
        return statements

    def run(self, statements: Transaction) -> None:
        """One transaction."""
        with self.driver.cursor() as cursor:
            cursor.execute("BEGIN")
            for sql, params in statements:
                cursor.execute(sql, params)
                if cursor.description is not None:
                    cursor.fetchall()
            cursor.execute("COMMIT")

    def close(self) -> None:
        """Close it."""
        self.driver.close()
