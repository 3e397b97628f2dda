"""The tables that can be imported. The house knows buildings, households and people; programmes add their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from linli.forms.columns import Column
from linli.forms.sheet import Cell
from linli.rules.text import T

Values = Mapping[str, Any]
Wrong = Mapping[str, T]


@dataclass(frozen=True, slots=True)
class Row:
    """A row that was read: its number and cells in the sheet, its answers in canonical form, the key it is taken under."""

    number: int
    cells: tuple[Cell, ...]
    values: Values
    key: str


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that is not taken: where, what stands there, what is expected. Personal values are told by length alone."""

    row: int
    column: str
    found: str
    expected: T


@dataclass(frozen=True, slots=True)
class Doubt:
    """What seems wrong with a file as a whole, and what to say to the command about it.

    ``grave`` stops the file unless the command is told what to make of it.
    """

    code: str
    text: T
    remedy: str = ""
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Survey:
    """What a look at all rows together finds: the rows as they are to be taken, what is wrong with some by number and
    field, what is to be said of some (number, field, text), and what seems wrong with the whole.
    """

    rows: Sequence[Row]
    wrong: Mapping[int, Wrong] = field(default_factory=dict)
    notes: Sequence[tuple[int, str, T]] = ()
    doubts: Sequence[Doubt] = ()


class Taker(Protocol):
    """Takes the rows of one file, inside one transaction."""

    def take(self, row: Row) -> bool:
        """Take one row; False where it was taken before. Raises: Refused, with nothing of the row written."""

    def close(self, digest: str) -> None:
        """What is to be written once all rows are taken; ``digest`` is the SHA-256 of the file."""


def nothing_more(_: Values) -> Wrong:
    """No rule beyond each column's own."""
    return {}


@dataclass(frozen=True, slots=True)
class Table:
    """What can be imported under one name.

    Args:
        open_: begins with the taking at a moment (µs UTC) and gives the taker.
        check: what is wrong between the columns of a row, by field.
        identity: by which fields a row is known again: the first group that is whole, else all that the row says.
        survey: looks at all rows together, in the transaction that takes them, before the first is taken.
        place: the field that ``--community`` fills in where the sheet has no such column.
        shape: the field of the shapes; a table without one takes no file of shapes.
        datum: the field that ``--datum`` fills in, whatever the file says.
        maps: a folder of maps for sheets that are known.
    """

    key: str
    title: T
    columns: tuple[Column, ...]
    open_: Callable[[int], Taker]
    check: Callable[[Values], Wrong] = nothing_more
    identity: tuple[tuple[str, ...], ...] = ()
    survey: Callable[[Sequence[Row]], Survey] = Survey
    place: str = ""
    shape: str = ""
    datum: str = ""
    maps: Path | None = None

    def column(self, key: str) -> Column | None:
        """The column of that field."""
        return next((c for c in self.columns if c.field.key == key), None)


@dataclass(slots=True)
class Known:
    """Every table by its name."""

    tables: dict[str, Table] = field(default_factory=dict)

    def add(self, tables: Sequence[Table]) -> None:
        """Add tables. Raises: ValueError for a name that stands twice."""
        for table in tables:
            if self.tables.setdefault(table.key, table) is not table:
                raise ValueError(f"two tables are called {table.key!r}")


known = Known()
