"""The database itself refuses to change the journal: triggers on SQLite and PostgreSQL, put in by a migration.

Entries, anchors and their leaves are never changed or removed; a head moves forward only, entry by entry; content is
never changed, and removed only where an ``erased`` entry on the person's stream names the part. A remade table loses its
triggers without a word, so ``missing`` is asked at every start.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from linli.journal.writes import fetch

FROZEN = ("journal_entry", "journal_anchor", "journal_leaf")
_UNIQUE = {
    "journal_entry": ("id", "shard, stream, seq", "shard, key"),
    "journal_content": ("id", "shard, entry, part"),
    "journal_anchor": ("day",),
    "journal_leaf": ("id", "stream, day"),
    "journal_head": ("stream",),
}
_FORWARD = (
    "NEW.seq = OLD.seq + 1 AND NEW.stream = OLD.stream AND NEW.kind = OLD.kind AND NEW.shard = OLD.shard"
)
_ERASED = (
    "EXISTS (SELECT 1 FROM journal_entry e WHERE e.stream = OLD.person AND e.action = 'erased' AND {found} > 0"
    " AND e.shard = (SELECT shard FROM journal_head WHERE stream = OLD.person))"
)
_ON_SQLITE = _ERASED.format(found="""instr(e.effect, '["' || OLD.entry || '",' || OLD.part || ']')""")
_ON_POSTGRESQL = _ERASED.format(
    found="""position('["' || replace(OLD.entry::text, '-', '') || '",' || OLD.part || ']' in e.effect)"""
)


def _sqlite() -> dict[str, str]:
    """Trigger name → statement. ``INSERT OR REPLACE`` and ``UPDATE OR REPLACE`` remove the row that has the same key, or the same
    rowid, without asking a DELETE trigger: INSERT and UPDATE have their own.
    """
    made: dict[str, str] = {}
    for table in FROZEN:
        for event in ("UPDATE", "DELETE"):
            made |= _refusing(table, event, "1", f"{table} is append-only: {event} is refused")
    made |= _refusing("journal_content", "UPDATE", "1", "journal_content is never changed: UPDATE is refused")
    made |= _refusing(
        "journal_content",
        "DELETE",
        f"NOT {_ON_SQLITE}",
        "journal_content: DELETE needs an erased entry naming the part",
    )
    made |= _refusing(
        "journal_head",
        "UPDATE",
        f"NOT ({_FORWARD} AND NEW.rowid = OLD.rowid)",
        "journal_head moves forward by one entry only",
    )
    made |= _refusing("journal_head", "DELETE", "1", "journal_head: DELETE is refused")
    for table, keys in _UNIQUE.items():
        made |= _refusing(table, "INSERT", _known(table, keys), f"UNIQUE: {table} has this key already")
    return made


def _refusing(table: str, event: str, when: str, why: str) -> dict[str, str]:
    name = f"{table}_no_{event.lower()}"
    return {
        name: f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{why}'); END"
    }


def _known(table: str, keys: tuple[str, ...]) -> str:
    alike = (" AND ".join(f"{c} = NEW.{c}" for c in key.split(", ")) for key in ("rowid", *keys))
    return " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {each})" for each in alike)  # noqa: S608


_REFUSE = "BEGIN RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation'; END"
_FUNCTIONS = {
    "journal_refuse": _REFUSE,
    "journal_head_forward": f"BEGIN IF {_FORWARD} THEN RETURN NEW; END IF; RAISE EXCEPTION"
    " 'journal_head moves forward by one entry only' USING ERRCODE = 'restrict_violation'; END",
    "journal_content_erase": f"BEGIN IF {_ON_POSTGRESQL} THEN RETURN OLD; END IF; RAISE EXCEPTION"
    " 'journal_content: DELETE needs an erased entry naming the part' USING ERRCODE = 'restrict_violation'; END",
}


def _postgresql() -> dict[str, str]:
    """Trigger name → statement."""
    made: dict[str, str] = {}
    for table in _UNIQUE:
        made |= _calling(table, "TRUNCATE", "STATEMENT", "journal_refuse")
    for table in FROZEN:
        made |= _calling(table, "UPDATE", "ROW", "journal_refuse") | _calling(
            table, "DELETE", "ROW", "journal_refuse"
        )
    made |= _calling("journal_content", "UPDATE", "ROW", "journal_refuse")
    made |= _calling("journal_content", "DELETE", "ROW", "journal_content_erase")
    made |= _calling("journal_head", "UPDATE", "ROW", "journal_head_forward")
    made |= _calling("journal_head", "DELETE", "ROW", "journal_refuse")
    return made


def _calling(table: str, event: str, each: str, function: str) -> dict[str, str]:
    name = f"{table}_no_{event.lower()}"
    return {
        name: f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()"
    }


class Guards(NamedTuple):
    """The triggers of a floor on each database, name → statement, and the functions that PostgreSQL’s call, name → body.
    A name is its table, ``_no_`` and what is refused.
    """

    sqlite: Mapping[str, str]
    postgresql: Mapping[str, str]
    functions: Mapping[str, str]


JOINED: list[Guards] = []
"""The guards of floors above, joined when their apps are ready: put in, taken out and asked after with the journal's own."""


@lru_cache(maxsize=1)
def _own() -> Guards:
    return Guards(_sqlite(), _postgresql(), _FUNCTIONS)


def wanted(vendor: str) -> dict[str, str]:
    """Trigger name → the statement that makes it."""
    every = (_own(), *JOINED)
    return {k: v for g in every for k, v in (g.sqlite if vendor == "sqlite" else g.postgresql).items()}


def _functions() -> dict[str, str]:
    return {name: body for guards in (_own(), *JOINED) for name, body in guards.functions.items()}


def install(using: str = DEFAULT_DB_ALIAS) -> None:
    """Put the triggers in, in one transaction; those that are there are made anew. A floor whose tables are not made yet
    gets its own by its migration.
    """
    connection = connections[using]
    with transaction.atomic(using), connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            for name, body in _functions().items():
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $linli${body}$linli$"
                )
        remove(using)
        there = set(connection.introspection.table_names(cursor))
        for name, statement in wanted(connection.vendor).items():
            if _table(name) in there:
                cursor.execute(statement)


def _table(trigger: str) -> str:
    return trigger.rpartition("_no_")[0]


def remove(using: str = DEFAULT_DB_ALIAS) -> None:
    """Take the triggers out. For the flush of a test database and for a migration that remakes a table, nothing else."""
    vendor = connections[using].vendor
    with connections[using].cursor() as cursor:
        for name in wanted(vendor):
            table = f" ON {_table(name)}" if vendor != "sqlite" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{table}")


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """The names of the triggers that are not there, switched off, or not as they should be; empty when all is well."""
    vendor = connections[using].vendor
    if vendor == "sqlite":
        there = dict(fetch("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'", using=using))
        return [name for name, sql in wanted(vendor).items() if there.get(name) != sql]
    working = dict(
        fetch(
            "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
            " WHERE t.tgenabled <> 'D' AND NOT t.tgisinternal",
            using=using,
        )
    )
    bodies = _functions()
    return [name for name, sql in wanted(vendor).items() if working.get(name) != bodies[_called(sql)]]


def _called(statement: str) -> str:
    return statement.rpartition(" ")[2].removesuffix("()")
