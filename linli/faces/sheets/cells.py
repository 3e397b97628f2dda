"""Values as cells: real dates in China time, numbers as numbers, money in yuan, and no text that a spreadsheet would carry out."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from linli.cases.ledger import Amount, Instant, TimeLeft, Value
from linli.rules.programme import State
from linli.rules.text import T
from linli.rules.worktime import CHINA

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
Cell = str | int | Decimal | datetime | date | None
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula when a text is typed, pasted or read from .csv."""


def china(us: int) -> datetime:
    """The civil time in China of an instant in µs UTC, to the second and without a zone, as a spreadsheet has it."""
    return (_EPOCH + timedelta(microseconds=us)).astimezone(CHINA).replace(tzinfo=None, microsecond=0)


def cell(value: Value, lang: str) -> Cell:
    """What stands in the cell."""
    if isinstance(value, Instant):
        return china(value.us)
    if isinstance(value, Amount):
        return Decimal(value.cents).scaleb(-2)
    if isinstance(value, State):
        return value.title.in_(lang)
    if isinstance(value, TimeLeft):
        return value.phrase.in_(lang)
    return value.in_(lang) if isinstance(value, T) else value


def plain(cell: Cell) -> str:
    """A cell of a .csv: what would begin a formula stands behind an apostrophe."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    text = str(cell)
    return f"'{text}" if isinstance(cell, str) and text.startswith(DANGEROUS) else text
