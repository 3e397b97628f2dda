"""The whole database into an archive and back: SQLite as one file, PostgreSQL table by table, each in one moment."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from zipfile import ZipFile

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from psycopg import sql

from linli.journal import triggers
from linli.journal.writes import fetch

FILE, TABLES = "database.sqlite3", "tables/"
_CHUNK = 1 << 20
_COLUMNS = (
    "SELECT c.table_name, c.column_name FROM information_schema.columns c JOIN information_schema.tables t"
    " ON t.table_schema = c.table_schema AND t.table_name = c.table_name"
    " WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER'"
    " ORDER BY c.table_name, c.ordinal_position"
)
_SEQUENCES = (
    "SELECT s.relname, t.relname, a.attname FROM pg_class s JOIN pg_depend d ON d.objid = s.oid"
    " AND d.deptype IN ('a', 'i') JOIN pg_class t ON t.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = t.oid"
    " AND a.attnum = d.refobjsubid JOIN pg_namespace n ON n.oid = s.relnamespace"
    " WHERE s.relkind = 'S' AND n.nspname = current_schema() ORDER BY s.relname"
)
Progress = Callable[[int, int], None]


class OtherSchema(ValueError):
    """The database that is there has other tables than the backup."""


def migrations() -> list[tuple[str, str]]:
    """Which migrations the database has: (app, name), in order."""
    return sorted(MigrationRecorder(connection).applied_migrations())


def dump(archive: ZipFile, progress: Progress) -> None:
    """Put the database into the archive, inside ``snapshot()``."""
    if connection.vendor == "sqlite":
        _dump_file(archive, progress)
    else:
        _dump_tables(archive, progress)


def _dump_file(archive: ZipFile, progress: Progress) -> None:
    """The online backup of SQLite: others go on writing meanwhile."""
    with tempfile.TemporaryDirectory(dir=_beside(archive), prefix=".linli-") as folder:
        copy = Path(folder) / FILE
        target = sqlite3.connect(copy)
        try:
            connection.connection.backup(
                target, pages=4096, progress=lambda _, left, of: progress(of - left, of)
            )
        finally:
            target.close()
        archive.write(copy, FILE)


def _beside(archive: ZipFile) -> Path | None:
    # The copy is as large as the database: it belongs where the backup is to lie, not in a small /tmp.
    return Path(archive.filename).parent if archive.filename else None


def _dump_tables(archive: ZipFile, progress: Progress) -> None:
    tables = _tables()
    for number, (table, columns) in enumerate(tables.items(), 1):
        statement = sql.SQL("COPY {} ({}) TO STDOUT").format(sql.Identifier(table), _names(columns))
        with (
            archive.open(f"{TABLES}{table}", "w", force_zip64=True) as member,
            psycopg.Cursor(connection.connection) as cursor,
            cursor.copy(statement) as rows,
        ):
            for block in rows:
                member.write(block)
        progress(number, len(tables))


def _tables() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for table, column in fetch(_COLUMNS):
        found.setdefault(table, []).append(column)
    return found


def _names(columns: Iterable[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))


def load(archive: ZipFile, wanted: list[tuple[str, str]], progress: Progress) -> None:
    """Put the archive's database in place of what is there, then bring it up to date. Raises: OtherSchema."""
    if connection.vendor == "sqlite":
        _load_file(archive, progress)
    else:
        _to_schema(wanted)
        with transaction.atomic():
            triggers.remove()
            _load_tables(archive, progress)
            triggers.install()
    call_command("migrate", verbosity=0)


def clear() -> None:
    """Empty the whole database and make its tables anew: nothing that was recorded is left. Only for what was invented."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(":memory:")) as empty:
            empty.backup(connection.connection)
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_schema()")
            schema = sql.Identifier(cursor.fetchone()[0])
            cursor.execute(sql.SQL("DROP SCHEMA {0} CASCADE").format(schema))
            cursor.execute(sql.SQL("CREATE SCHEMA {0}").format(schema))
    connection.close()
    call_command("migrate", verbosity=0)


def _load_file(archive: ZipFile, progress: Progress) -> None:
    connection.ensure_connection()
    with tempfile.TemporaryDirectory(dir=settings.LINLI_HOME, prefix=".restoring-") as folder:
        source = sqlite3.connect(archive.extract(FILE, folder))
        try:
            source.backup(
                connection.connection, pages=4096, progress=lambda _, left, of: progress(of - left, of)
            )
        finally:
            source.close()


def _to_schema(wanted: list[tuple[str, str]]) -> None:
    """The tables as they were when the backup was made; a database that is ahead of them cannot go back."""
    for app, name in dict(wanted).items():
        if (app, name) not in migrations():
            call_command("migrate", app, name, verbosity=0)
    ahead = set(migrations()) - set(wanted)
    if ahead:
        app, name = min(ahead)
        raise OtherSchema(
            f"the database already has {app}.{name}, which the backup does not know; give an empty database, and the"
            " backup is brought up to date after it is restored"
        )


def _load_tables(archive: ZipFile, progress: Progress) -> None:
    tables = _tables()
    driver = connection.connection
    with psycopg.Cursor(driver) as cursor:
        cursor.execute(sql.SQL("TRUNCATE {} CASCADE").format(_names(tables)))
    for number, (table, columns) in enumerate(tables.items(), 1):
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), _names(columns))
        with (
            archive.open(f"{TABLES}{table}") as member,
            psycopg.Cursor(driver) as cursor,
            cursor.copy(statement) as rows,
        ):
            while block := member.read(_CHUNK):
                rows.write(block)
        progress(number, len(tables))
    with psycopg.Cursor(driver) as cursor:
        for sequence, table, column in fetch(_SEQUENCES):
            last = sql.SQL("SELECT setval({}::regclass, COALESCE((SELECT MAX({}) FROM {}), 0) + 1, false)")
            names = (sql.Literal(f'"{sequence}"'), sql.Identifier(column), sql.Identifier(table))
            cursor.execute(last.format(*names))
