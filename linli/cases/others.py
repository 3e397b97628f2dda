"""Other cases as a guard may see them: one that an act names, and those that stand in a relation to its case."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


def held(type_: str, kind: str, head: str, states: Sequence[str], but: UUID | None) -> int:
    """In how many live cases of a type, or of those in certain states, the head holds a seat of that kind; one case is left out."""
    marks = ", ".join(["%s"] * len(states))
    which = f"c.state IN ({marks})" if states else "c.live"
    sql = (
        'SELECT count(*) FROM cases_seat s JOIN cases_case c ON c.id = s."case"'  # noqa: S608
        f" WHERE s.kind = %s AND s.head = %s AND c.type = %s AND {which} AND c.id <> %s"
    )
    return int(fetch(sql, (kind, head, type_, *states, but or UUID(int=0)))[0][0])
