"""The projections as SQL: what an entry writes besides itself. Nothing else in Linli writes these tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from operator import attrgetter
from typing import Any
from uuid import UUID

from linli.cases.advance import Row, canonical
from linli.journal.writes import Write
from linli.rules.definition import Definition
from linli.rules.fields import Choice
from linli.rules.seating import changes
from linli.rules.situation import Seat

COLUMNS = Row._fields

INSERT_CASE = f"INSERT INTO cases_case ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"  # noqa: S608
_MOVING = tuple(
    c for c in COLUMNS if c not in ("id", "shard", "type", "number", "opened", "version", "place", "grid")
)
_MOVING_OF = attrgetter(*_MOVING)
UPDATE_CASE = f"UPDATE cases_case SET {', '.join(f'{c} = %s' for c in _MOVING)} WHERE id = %s"  # noqa: S608
SELECT_CASE = f"SELECT {', '.join(COLUMNS)} FROM cases_case WHERE id = %s"  # noqa: S608

TAKE_SEAT = (
    'INSERT INTO cases_seat (shard, "case", kind, head, happened, rank, measures, seq)'
    " VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"
    ' ON CONFLICT ("case", kind, head) DO UPDATE SET happened = excluded.happened, rank = excluded.rank,'
    " measures = excluded.measures, seq = excluded.seq"
)
LEAVE_SEAT = 'DELETE FROM cases_seat WHERE "case" = %s AND kind = %s AND head = %s'
ADD_TALLY = (
    'INSERT INTO cases_tally (shard, "case", kind, measure, total) VALUES (%s, %s, %s, %s, %s)'
    ' ON CONFLICT ("case", kind, measure) DO UPDATE SET total = cases_tally.total + excluded.total'
)
INSERT_LINK = "INSERT INTO cases_link (shard, source, target, relation, seq) VALUES (%s, %s, %s, %s, %s)"
LEAVE_LINKS = "DELETE FROM cases_link WHERE source = %s AND relation = %s"
INSERT_NOTICE = 'INSERT INTO cases_notice (shard, person, "case", seq, happened) VALUES (%s, %s, %s, %s, %s)'


def case_writes(row: Row, first: bool) -> Write:
    """The insert of a new case's row, or the update of what moves."""
    if first:
        return INSERT_CASE, _columns(row)
    return UPDATE_CASE, (*_columns(_MOVING_OF(row)), row.id)


def _columns(values: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple([canonical(v) if type(v) is dict else v for v in values])


def side_writes(
    row: Row, seq: int, happened: int, effect: Mapping[str, Any], seats: Iterable[Seat]
) -> list[Write]:
    """Seats, tally, counts, links and notices of one entry; ``seats`` are those that stood before, as far as
    they matter.
    """
    before = {(s.kind, s.head): s for s in seats}
    writes: list[Write] = []
    for op in effect.get("seats", ()):
        writes += _seat(row, seq, happened, op, before.get((op["kind"], op["head"])))
    writes += _counts(row, seq, happened, effect.get("counts", {}))
    for relation, target in effect.get("links", ()):
        if target:
            writes.append((INSERT_LINK, (row.shard, row.id, UUID(target), relation, seq)))
        else:
            writes.append((LEAVE_LINKS, (row.id, relation)))
    for person in effect.get("notify", ()):
        writes.append((INSERT_NOTICE, (row.shard, UUID(person), row.id, seq, happened)))
    return writes


def _counts(row: Row, seq: int, happened: int, counts: Mapping[str, int]) -> list[Write]:
    """All counts of an entry in one statement."""
    if not counts:
        return []
    common = (row.shard, row.id, seq, row.type)
    values = [(*common, counter, row.place, row.grid, happened, amount) for counter, amount in counts.items()]
    return [(_insert_counts(len(values)), tuple(v for one in values for v in one))]


@cache
def _insert_counts(rows: int) -> str:
    values = ", ".join(["(%s, %s, %s, %s, %s, %s, %s, %s, %s)"] * rows)
    return (
        'INSERT INTO cases_count (shard, "case", seq, type, counter, place, grid, happened, amount)'  # noqa: S608
        f" VALUES {values}"
    )


def words_of(row: Row, definition: Definition) -> str:
    """By what a case is found: its number and what it is about."""
    summary = row.facts.get(definition.case_type.summary, "")
    field = definition.fields[definition.case_type.summary]
    if isinstance(field, Choice) and summary:
        title = field.title_of(summary)
        return f"{row.number} {title.zh} {title.en}"
    return f"{row.number} {summary}"


def _seat(row: Row, seq: int, happened: int, op: Mapping[str, Any], old: Seat | None) -> list[Write]:
    kind, head = op["kind"], op["head"]
    if op["do"] == "take":
        seat: Write = (
            TAKE_SEAT,
            (row.shard, row.id, kind, head, happened, op["rank"], canonical(op["m"]), seq),
        )
    elif old is None:
        return []
    else:
        seat = (LEAVE_SEAT, (row.id, kind, head))
    tallies = [
        (ADD_TALLY, (row.shard, row.id, kind, name, change))
        for name, change in changes(old, dict(op)).items()
    ]
    return [seat, *tallies]
