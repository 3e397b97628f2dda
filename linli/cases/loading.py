"""Reads what an act declares, under the lock: the row, the actor's own seats, whole kinds where a rule needs them."""

from __future__ import annotations

import json
from collections.abc import Set
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection

from linli.cases.advance import Row
from linli.cases.project import COLUMNS, SELECT_CASE
from linli.journal.records import Head
from linli.journal.writes import fetch
from linli.rules.actor import Actor
from linli.rules.situation import CaseView, Seat

# Both rows are locked: of a row that another officer has just changed, only a locked one is read anew.
_LOCK = (
    "SELECT h.kind, h.shard, h.seq, h.hash, "  # noqa: S608
    + ", ".join(f"c.{name}" for name in COLUMNS)
    + " FROM journal_head h JOIN cases_case c ON c.id = h.stream WHERE h.stream = %s"
)
_FOR_UPDATE = {"postgresql": " FOR UPDATE"}
_TEXTS = tuple(COLUMNS.index(name) for name in ("facts", "clock"))
_TRUTHS = tuple(COLUMNS.index(name) for name in ("live", "late", "excluded"))
_SEATS = 'SELECT kind, head, happened, rank, measures, seq FROM cases_seat WHERE "case" = %s AND ('


def load_row(case: UUID) -> Row | None:
    """The row of a case, or None."""
    found = fetch(SELECT_CASE, (case,))
    return row_of(found[0]) if found else None


def lock_case(case: UUID) -> tuple[Head, Row] | None:
    """The head of a case's stream and its row, both locked until the transaction ends; None where there is none.

    On SQLite the transaction holds the one write lock already.
    """
    found = fetch(_locking(), (case,))
    if not found:
        return None
    kind, shard, seq, hash_ = found[0][:4]
    return Head(case, kind, shard, seq, bytes(hash_)), row_of(found[0][4:])


@cache
def _locking() -> str:
    return _LOCK + _FOR_UPDATE.get(connection.vendor, "")


def row_of(values: tuple[Any, ...]) -> Row:
    """A row from the values of SELECT_CASE."""
    given = list(values)
    if not isinstance(given[0], UUID):
        given[0] = UUID(hex=given[0])
    for place in _TEXTS:
        given[place] = json.loads(given[place])
    for place in _TRUTHS:
        given[place] = bool(given[place])
    return Row(*given)


def view(row: Row) -> CaseView:
    """The row as a guard sees it."""
    return CaseView(
        row.id, row.place, row.grid, row.state, row.opened, row.since, row.facts, row.clock, row.seq
    )


def heads_of(actor: Actor) -> list[str]:
    """Every name under which the actor can hold a seat: himself, his units, the code he bears."""
    own = [str(actor.person)] if actor.person else []
    return [*own, *map(str, actor.units), *([actor.bearer] if actor.bearer else [])]


def load_seats(case: UUID, actor: Actor, whole: Set[str]) -> list[Seat]:
    """The actor's own seats of the case and every seat of the kinds in ``whole``, by rank."""
    heads, kinds = heads_of(actor), sorted(whole)
    if not heads and not kinds:
        return []
    return _seats(_seats_of(len(heads), len(kinds)), (case, *heads, *kinds))


AT_ONCE = 500
"""So many heads are asked for in one statement."""


def seats_of_heads(case: UUID, kind: str, heads: list[str]) -> list[Seat]:
    """The seats of these heads of one kind."""
    found: list[Seat] = []
    for start in range(0, len(heads), AT_ONCE):
        some = heads[start : start + AT_ONCE]
        marks = ", ".join(["%s"] * len(some))
        found += _seats(
            f"{_SEATS}kind = %s AND head IN ({marks})) ORDER BY rank, happened, head", (case, kind, *some)
        )
    return found


def whole_kinds(case: UUID, kinds: Set[str]) -> list[Seat]:
    """Every seat of these kinds, by rank."""
    if not kinds:
        return []
    return _seats(_seats_of(0, len(kinds)), (case, *sorted(kinds)))


def first_seats(case: UUID, kind: str, n: int) -> list[Seat]:
    """The first ``n`` seats of one kind by (rank, happened, head)."""
    return _seats(f"{_SEATS}kind = %s) ORDER BY rank, happened, head LIMIT %s", (case, kind, n))


def _seats(statement: str, values: tuple[object, ...]) -> list[Seat]:
    rows = fetch(statement, values)
    return [Seat(k, h, at, rank, json.loads(m), seq) for k, h, at, rank, m, seq in rows]


@cache
def _seats_of(heads: int, kinds: int) -> str:
    """The statement that reads the seats of so many heads and of so many kinds."""
    wanted = (("head", heads), ("kind", kinds))
    tests = [f"{column} IN ({', '.join(['%s'] * n)})" for column, n in wanted if n]
    return f"{_SEATS}{' OR '.join(tests)}) ORDER BY rank, happened, head"


def mine(seats: list[Seat], actor: Actor) -> dict[str, Seat]:
    """The actor's own seat of each kind; with several units, the one of the lowest rank."""
    heads = set(heads_of(actor))
    own = [s for s in seats if s.head in heads]
    return {s.kind: s for s in sorted(own, key=lambda s: -s.rank)}


def grouped(seats: list[Seat], kinds: Set[str]) -> dict[str, tuple[Seat, ...]]:
    """The seats of whole kinds, in their order."""
    return {k: tuple(s for s in seats if s.kind == k) for k in kinds}


def load_tally(case: UUID) -> dict[str, dict[str, int]]:
    """The sums per kind and measure."""
    found: dict[str, dict[str, int]] = {}
    for kind, measure, total in fetch(
        'SELECT kind, measure, total FROM cases_tally WHERE "case" = %s', (case,)
    ):
        found.setdefault(str(kind), {})[str(measure)] = int(total)
    return found
