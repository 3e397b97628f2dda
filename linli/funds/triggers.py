"""The triggers of the books on both databases: what invariants.py says, and that what stands is never changed or removed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from linli.funds import invariants as rules
from linli.funds.invariants import POSTGRESQL, SQLITE, Dialect, Rule
from linli.journal.triggers import Guards

TABLES: Mapping[str, tuple[str, ...]] = {
    "funds_book": ("id",),
    "funds_title": ("id",),
    "funds_owner": ("owner, title",),
    "funds_authority": (),
    "funds_voucher": ("id", "book, number"),
    "funds_leg": ("voucher, line",),
    "funds_balance": (),
}
"""Each table with the keys that stand once for good; authority and balance are written again, which their rules judge."""
_FROZEN = {"UPDATE": ("funds_owner", "funds_voucher", "funds_leg"), "DELETE": tuple(TABLES)}


class _Asked(NamedTuple):
    """Rules asked of one row ``s``, which a query gives."""

    rules: list[Rule]
    query: str


_Step = list[Rule] | _Asked | str


class _Judge(NamedTuple):
    """A trigger: its table, what its name says, when it is asked; what it refuses, asks of a row or does, in order."""

    table: str
    refuses: str
    event: str
    steps: tuple[_Step, ...]


def _judges(of: Dialect) -> list[_Judge]:
    authority, asked = rules.authority_rules(of), _Asked(rules.leg_sum_rules(of), rules.sums(of))
    floors = _Asked(rules.floor_rules(), rules.floors())
    entered = (rules.voucher_rules(of), asked, rules.MOVE_LAST, rules.MOVE_BALANCES, floors)
    return [
        _Judge("funds_voucher", "wrong", "AFTER INSERT", entered),
        _Judge("funds_authority", "untold", "BEFORE INSERT", (authority,)),
        _Judge("funds_authority", "update", "BEFORE UPDATE", ([_SAME_AUTHORITY, *authority],)),
        _Judge("funds_book", "untold", "BEFORE INSERT", (rules.book_rules(of),)),
        _Judge("funds_book", "update", "BEFORE UPDATE", ([rules.BOOK_MOVES],)),
        _Judge("funds_balance", "untold", "BEFORE INSERT", ([rules.balance_rule(of, begins=True)],)),
        _Judge("funds_balance", "update", "BEFORE UPDATE", ([rules.balance_rule(of, begins=False)],)),
        _Judge("funds_title", "untold", "BEFORE INSERT", (rules.title_rules(of),)),
        _Judge("funds_title", "update", "BEFORE UPDATE", ([rules.TITLE_ENDS],)),
        _Judge("funds_owner", "untold", "BEFORE INSERT", (rules.owner_rules(of),)),
    ]


# Moved onto the rowid of another row, ``UPDATE OR REPLACE`` takes that row away.
_SAME_ROW = Rule("books/frozen", "a row keeps its place", "NEW.rowid <> OLD.rowid")
_SAME_AUTHORITY = Rule("authority/other-case", "an authority keeps its case", "NEW.id <> OLD.id")


def _sqlite() -> dict[str, str]:
    made: dict[str, str] = {}
    for event, tables in _FROZEN.items():
        for table in tables:
            rule = Rule("books/frozen", f"{table} refuses {event}", "TRUE")
            made |= _on_sqlite(f"{table}_no_{event.lower()}", f"BEFORE {event}", table, _raised([rule]))
    for table, keys in TABLES.items():
        made |= _on_sqlite(f"{table}_no_insert", "BEFORE INSERT", table, _raised([_known(table, keys)]))
    late = _Judge("funds_leg", "late", "BEFORE INSERT", ([rules.leg_rule("NEW")],))
    for judge in (late, *_judges(SQLITE)):
        body = _raised([_SAME_ROW]) if judge.event.endswith("UPDATE") else []
        for step in judge.steps:
            body += _step_on_sqlite(step)
        made |= _on_sqlite(f"{judge.table}_no_{judge.refuses}", judge.event, judge.table, body)
    return made


def _on_sqlite(name: str, event: str, table: str, body: Iterable[str]) -> dict[str, str]:
    return {name: f"CREATE TRIGGER {name} {event} ON {table} BEGIN {' '.join(f'{s};' for s in body)} END"}


def _step_on_sqlite(step: _Step) -> list[str]:
    if isinstance(step, str):
        return [step]
    if isinstance(step, list):
        return _raised(step)
    each = (f"WHEN {rule.when} THEN RAISE(ABORT, '{rule.message}')" for rule in step.rules)
    return [f"SELECT CASE {' '.join(each)} END FROM ({step.query}) s"]  # noqa: S608


def _raised(some: Iterable[Rule]) -> list[str]:
    return [f"SELECT RAISE(ABORT, '{rule.message}') WHERE {rule.when}" for rule in some]


def _known(table: str, keys: tuple[str, ...]) -> Rule:
    """``INSERT OR REPLACE`` takes the row away that has the same key, or the same rowid, and asks no DELETE trigger."""
    alike = (" AND ".join(f"{c} = NEW.{c}" for c in key.split(", ")) for key in ("rowid", *keys))
    when = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {each})" for each in alike)  # noqa: S608
    return Rule("books/frozen", f"{table} has this key already", when)


_LOCKS = (
    "PERFORM 1 FROM funds_book WHERE id = NEW.book FOR UPDATE",
    "PERFORM 1 FROM funds_authority WHERE id = NEW.authority FOR UPDATE",
)
"""What is read of the book and its authority stays true until the commit, whoever else pays or objects meanwhile."""
_REFUSE = "BEGIN RAISE EXCEPTION 'books/frozen: % refuses %', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation'; END"


_LATE = rules.leg_rule("l")
# Asked once for the hundreds of legs of a statement.
_ANY_LATE = _LATE._replace(
    when=f"EXISTS (SELECT 1 FROM (SELECT DISTINCT voucher, book, number FROM added) l WHERE {_LATE.when})"  # noqa: S608
)


def _postgresql() -> tuple[dict[str, str], dict[str, str]]:
    """The triggers and the functions that they call."""
    made: dict[str, str] = {}
    functions = {"funds_refuse": _REFUSE, "funds_leg_no_late_fn": _function([], [[_ANY_LATE]])}
    for event, tables in (*_FROZEN.items(), ("TRUNCATE", tuple(TABLES))):
        each = "STATEMENT" if event == "TRUNCATE" else "ROW"
        for table in tables:
            name = f"{table}_no_{event.lower()}"
            made |= _on_postgresql(name, f"BEFORE {event} ON {table}", each, "funds_refuse")
    legs = "AFTER INSERT ON funds_leg REFERENCING NEW TABLE AS added"
    made |= _on_postgresql("funds_leg_no_late", legs, "STATEMENT", "funds_leg_no_late_fn")
    for judge in _judges(POSTGRESQL):
        name = f"{judge.table}_no_{judge.refuses}"
        functions[f"{name}_fn"] = _function(
            _LOCKS if judge.table == "funds_voucher" else (), judge.steps, "NEW"
        )
        made |= _on_postgresql(name, f"{judge.event} ON {judge.table}", "ROW", f"{name}_fn")
    return made, functions


def _function(locks: Iterable[str], steps: Iterable[_Step], row: str = "NULL") -> str:
    body = [*locks, *(s for step in steps for s in _step_on_postgresql(step)), f"RETURN {row}"]
    return f"DECLARE s record; BEGIN {' '.join(f'{s};' for s in body)} END"


def _on_postgresql(name: str, event: str, each: str, function: str) -> dict[str, str]:
    return {name: f"CREATE TRIGGER {name} {event} FOR EACH {each} EXECUTE FUNCTION {function}()"}


def _step_on_postgresql(step: _Step) -> list[str]:
    if isinstance(step, str):
        return [step]
    if isinstance(step, list):
        return _excepted(step)
    return [f"SELECT q.* INTO s FROM ({step.query}) q", *_excepted(step.rules)]  # noqa: S608


def _excepted(some: Iterable[Rule]) -> list[str]:
    return [
        f"IF {r.when} THEN RAISE EXCEPTION '{r.message}' USING ERRCODE = 'restrict_violation'; END IF"
        for r in some
    ]


GUARDS = Guards(_sqlite(), *_postgresql())
"""Joined to the journal's when the app is ready: ``journal.triggers`` puts them in, takes them out and asks after them."""
