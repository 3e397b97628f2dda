"""Taking the rows of a sheet: every one, or none; or, where the caller says so, the good ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import connection, transaction

from linli.forms.matching import Matched, bad, rows
from linli.forms.tables import Bad, Doubt, Row
from linli.journal import imported
from linli.rules.refusal import Refused
from linli.rules.roles import IMPORTER

Step = Callable[[str, int, int], None]
"""Told the part of the work, how many rows of it are done, and of how many."""
MANY = 500


@dataclass(slots=True)
class Outcome:
    """What came of a sheet. ``good`` rows could be taken, ``taken`` ones are now, ``already`` ones were before.

    ``notes`` say what was left out of rows that can be taken, ``doubts`` what seems wrong with the whole.
    """

    rows: int
    good: int = 0
    taken: int = 0
    already: int = 0
    bad: list[Bad] = field(default_factory=list)
    notes: list[Bad] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    @property
    def stopped(self) -> bool:
        """Whether a doubt stops the whole file."""
        return any(d.grave for d in self.doubts)

    @property
    def bad_rows(self) -> set[int]:
        """The numbers of the rows that are not taken."""
        return {b.row for b in self.bad}


class _Undone(Exception):
    """Takes back everything that was written."""


def take(matched: Matched, *, at: int, check: bool = False, accept_good: bool = False, step: Step) -> Outcome:
    """Take the rows in one transaction, so that a file is taken whole or not at all. ``at`` is µs UTC.

    Every row is tried at the door even where an earlier one is bad or ``check`` is set, and then taken back: the
    report tells of all rows at once. On SQLite nobody else can write meanwhile.
    """
    whole = len(matched.sheet.rows)
    outcome = Outcome(whole)
    good = _read(matched, outcome, step)
    try:
        with transaction.atomic():
            _try(matched, _surveyed(matched, good, outcome), outcome, at, step)
            if check or outcome.stopped or (outcome.bad and not accept_good):
                raise _Undone
            if outcome.taken:
                counts = {"rows": whole, "taken": outcome.taken, "already": outcome.already}
                counts["bad"] = len(outcome.bad_rows)
                imported.enter(matched.table.key, matched.sheet.digest, counts, role=IMPORTER.key, at=at)
    except _Undone:
        outcome.taken = 0
    if outcome.taken >= MANY:
        _count_anew()
    outcome.bad.sort(key=lambda b: b.row)
    outcome.notes.sort(key=lambda b: b.row)
    return outcome


def _read(matched: Matched, outcome: Outcome, step: Step) -> list[Row]:
    good: list[Row] = []
    done = 0

    def one() -> None:
        nonlocal done
        done += 1
        step("check", done, outcome.rows)

    for found in rows(matched, one):
        if isinstance(found, Row):
            good.append(found)
        else:
            outcome.bad += found
    return good


def _surveyed(matched: Matched, good: list[Row], outcome: Outcome) -> list[Row]:
    """The rows that can be taken after a look at all of them; what the look finds is told."""
    found, cells = matched.table.survey(good), {r.number: r.cells for r in good}
    wrong = [(n, key, text) for n, one in found.wrong.items() for key, text in one.items()]
    outcome.bad += [bad(matched, n, cells[n], key, text) for n, key, text in wrong]
    outcome.notes += [bad(matched, n, cells[n], key, text) for n, key, text in found.notes]
    outcome.doubts += found.doubts
    return [r for r in found.rows if r.number not in found.wrong]


def _try(matched: Matched, good: list[Row], outcome: Outcome, at: int, step: Step) -> None:
    taker = matched.table.open_(at)
    for done, row in enumerate(good, 1):
        try:
            with transaction.atomic():
                new = taker.take(row)
        except Refused as refusal:
            outcome.bad += _refused(matched, row, refusal)
        else:
            outcome.good += new
            outcome.already += not new
        step("take", done, len(good))
    outcome.taken = outcome.good
    taker.close(matched.sheet.digest)


def _refused(matched: Matched, row: Row, refusal: Refused) -> list[Bad]:
    if not refusal.fields:
        return [Bad(row.number, "", "", refusal.reason)]
    return [bad(matched, row.number, row.cells, key, text) for key, text in refusal.fields.items()]


def _count_anew() -> None:
    """Let the database count its rows again: without it, plans are made for the small tables of before."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
