"""A roll and ballots as they are written in a table (CSV), read into what is counted; every fault names its row and column."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

from linli.rules.votes.ballots import CHANNELS, CHOICES, Ballot
from linli.rules.votes.roll import STATUSES, Roll, Unit, area_of, owners_of, roll_of
from linli.rules.votes.tally import READINGS, SILENCE_AGREES, Result, Sums, Tally
from linli.rules.votes.wording import Unfit, quoted

ROLL_COLUMNS = ("unit", "area", "owners", "status")
BALLOT_COLUMNS = ("owner", "choice", "channel", "cast_at")
# Words that come a million times are kept once; and a tuple is made without asking its names.
_STATUS, _CHOICE, _CHANNEL = ({word: word for word in words} for words in (STATUSES, CHOICES, CHANNELS))
_new = tuple.__new__


def rows_of(lines: Iterable[str], columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """The row number and the cells of these columns, without the blanks around them; empty rows are passed over.

    Raises: Unfit ``no-column``, ``too-wide``, ``not-csv``.
    """
    table = enumerate(csv.reader(lines, strict=True), 1)
    try:
        width, picked, last = _header(table, columns)
        for number, row in table:
            if len(row) <= last or len(row) > width:
                if not any(cell.strip() for cell in row):
                    continue
                _not_too_wide(row, width, number)
                row.extend([""] * (last + 1 - len(row)))
            yield number, [*map(str.strip, picked(row))]
    except csv.Error as error:
        raise Unfit("not-csv", f"not a table of comma-separated values: {error}") from error


def _header(
    table: Iterator[tuple[int, list[str]]], columns: Sequence[str]
) -> tuple[int, Callable[[list[str]], tuple[str, ...]], int]:
    """How wide the table is, what picks the columns from a row, and the last of their places."""
    names = [name.strip() for name in next((row for _, row in table if any(c.strip() for c in row)), [])]
    for column in columns:
        if names.count(column) != 1:
            found = "no column" if column not in names else "two columns"
            raise Unfit(
                "no-column", f"{found} {column!r}; the first row names {', '.join(columns)}, each once"
            )
    places = [names.index(column) for column in columns]
    return len(names), itemgetter(*places), max(places)


def _not_too_wide(row: Sequence[str], width: int, number: int) -> None:
    if any(cell.strip() for cell in row[width:]):
        said = f"found {len(row)} cells, expected {width}; quote a cell that holds a comma"
        raise Unfit("too-wide", said, number)


def roll_from(lines: Iterable[str]) -> Roll:
    """The roll of a table with ``unit``, ``area``, ``owners`` (ids joined by ;) and ``status``. Raises: Unfit."""
    units, rows, areas = list[Unit](), list[int](), dict[str, int]()
    for number, (unit, area, owners, said) in rows_of(lines, ROLL_COLUMNS):
        if not unit:
            raise Unfit("no-unit", "found an empty cell, expected the unit’s id", number, "unit")
        status = _STATUS.get(said)
        if status is None:
            raise _unknown("bad-status", said, STATUSES, number, "status")
        if area not in areas:
            areas[area] = area_of(area, number)
        units.append(_new(Unit, (unit, areas[area], owners_of(owners), owners, status)))
        rows.append(number)
    return roll_of(units, rows)


def ballots_from(lines: Iterable[str]) -> Iterator[Ballot]:
    """The ballots of a table with ``owner``, ``choice``, ``channel`` and ``cast_at``. Raises: Unfit."""
    for number, (owner, said, way, cast_at) in rows_of(lines, BALLOT_COLUMNS):
        choice, channel = _CHOICE.get(said), _CHANNEL.get(way)
        if choice is None:
            raise _unknown("bad-choice", said, CHOICES, number, "choice")
        if channel is None:
            raise _unknown("bad-channel", way, CHANNELS, number, "channel")
        yield _new(Ballot, (number, owner, choice, channel, _instant(cast_at, number), cast_at))


def _instant(text: str, row: int) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        wanted = "an instant with its offset such as 2024-04-28T09:30:00+08:00"
        raise Unfit("bad-time", f"found {quoted(text)}, expected {wanted}", row, "cast_at")
    return found


def _unknown(code: str, found: str, known: Sequence[str], row: int, column: str) -> Unfit:
    return Unfit(code, f"found {quoted(found)}, expected one of {', '.join(known)}", row, column)


def told(given: Tally, deemed: bool = False) -> dict[str, Any]:
    """A tally as the command line tells it; ``deemed`` adds what deemed consent would make of it."""
    result = given.result
    answer = {
        "matter": given.matter,
        "rule": {
            "law": given.rule.law,
            "article": given.rule.article,
            "valid_from": given.rule.valid_from.isoformat(),
        },
        **_outcome(result),
        "steps": [
            {
                "clause": f"{s.clause} {s.title.en}",
                "left": s.left,
                "op": s.op,
                "right": s.right,
                "holds": s.holds,
            }
            for s in result.steps
        ],
        "superseded": [
            {
                "row": s.ballot.row,
                "owner": s.ballot.owner,
                "choice": s.ballot.choice,
                "channel": s.ballot.channel,
                "cast_at": s.ballot.written,
                "by_row": s.by.row,
            }
            for s in given.superseded
        ],
        "flags": [{"code": f.code, "about": f.about, "message": f.message.en} for f in given.flags],
        "robustness": {
            "same_under_all": given.robust,
            "readings": [{"name": name, "passed": given.readings[name].passed} for name in READINGS],
        },
    }
    return {**answer, "deemed": _outcome(given.readings[SILENCE_AGREES])} if deemed else answer


def _outcome(result: Result) -> dict[str, Any]:
    return {
        "area": _sums(result.area),
        "heads": _sums(result.heads),
        "participation_met": result.participation_met,
        "approval_met": result.approval_met,
        "passed": result.passed,
    }


def _sums(sums: Sums) -> Mapping[str, int]:
    return {"total": sums.total, "taking_part": sums.taking_part, "agreeing": sums.agreeing}
