"""Other cases as a guard may see them: one that an act names, and those that stand in a relation to its case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from linli.cases import loading
from linli.cases.advance import Row
from linli.cases.project import COLUMNS
from linli.journal.writes import fetch
from linli.rules.registry import installed
from linli.rules.situation import Other
from linli.rules.who import Relation

_LINKED = (
    f"SELECT {', '.join(f'c.{name}' for name in COLUMNS)} FROM cases_link l JOIN cases_case c ON c.id = l.source"  # noqa: S608
    " WHERE l.target = %s AND l.relation = %s ORDER BY c.opened, c.id"
)


def named(given: Any, seats: Iterable[Relation]) -> Other | None:
    """The case of an id as an answer gives it, with its seats of these relations; None where there is none."""
    try:
        row = loading.load_row(UUID(str(given)))
    except ValueError:
        return None
    if row is None:
        return None
    kinds = frozenset(r.key for r in seats)
    held = loading.whole_kinds(row.id, kinds)
    return _other(row, {k: tuple(s for s in held if s.kind == k) for k in kinds})


def linked(case: UUID, relation: str) -> tuple[Other, ...]:
    """The cases that stand in the relation to this one, in the order in which they were opened."""
    return tuple(_other(loading.row_of(values), {}) for values in fetch(_LINKED, (case, relation)))


def _other(row: Row, seats: dict[str, Any]) -> Other:
    live = installed[row.type].states[row.state].kind.live
    return Other(row.id, row.type, row.number, row.place, row.state, live, row.facts, seats)
