"""Tables as others write them (CSV), read in blocks of rows; every fault names its row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from operator import itemgetter
from typing import NamedTuple

from linli.rules.votes.wording import Unfit

ROWS, CHARACTERS = 1 << 13, 1 << 17
"""So much is read at once: enough to work on columns, few enough to stay near the processor."""
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
Rows = list[list[str]]


class Block(NamedTuple):
    """Rows that follow one another: their numbers (the header is row 1), and their cells in columns, in the order asked for."""

    rows: Sequence[int]
    columns: list[list[str]]


def joined(rows: Sequence[int], more: Sequence[int]) -> Sequence[int]:
    """The numbers of rows and of those after them; while none is passed over, a million of them take no room."""
    if not rows:
        return more
    if isinstance(rows, range) and isinstance(more, range) and rows.stop == more.start:
        return range(rows.start, more.stop)
    return [*rows, *more]


class _Shape(NamedTuple):
    """How many cells a row has, and in which places those stand that were asked for."""

    width: int
    places: list[int]


def blocks_of(lines: Iterable[str], columns: Sequence[str]) -> Iterator[Block]:
    """The rows of a table with these columns; empty rows are passed over. Cells keep the blanks around them. Where a file can be read
    in great pieces, it is.

    Raises: Unfit ``no-column``, ``too-wide``, ``not-csv``, once the rows before the fault are given out.
    """
    table = csv.reader(lines, strict=True)
    number, header = _header(table)
    shape = _Shape(len(header), _places(header, columns))
    read = getattr(lines, "read", None)
    while read and (text := read(CHARACTERS)):
        text = f"{text}{next(iter(lines), '')}".replace("\r\n", "\n")
        if '"' in text or "\r" in text:
            table = csv.reader(chain(LINE.findall(text), lines), strict=True)
            break
        block, fault, number = _plainly(text, number, shape)
        yield block
        if fault:
            raise fault
    yield from _by_csv(table, number, shape)


def _plainly(text: str, number: int, shape: _Shape) -> tuple[Block, Exception | None, int]:
    """The rows after row ``number`` of a text without quotes, and the number of its last: cut at every comma, which makes a column of
    every so many-th cell, if the ends of lines are such a column too.
    """
    text = text if text.endswith("\n") else f"{text}\n"
    count, step = text.count("\n"), shape.width + 1
    cells = text.replace("\n", ",\n,").split(",")
    if len(cells) == count * step + 1 and cells[shape.width :: step].count("\n") == count:
        rows = range(number + 1, number + 1 + count)
        return Block(rows, [cells[place:-1:step] for place in shape.places]), None, number + count
    block, fault = _mended([line.split(",") for line in text.split("\n")[:-1]], number, shape, None)
    return block, fault, number + count


def _by_csv(table: Iterator[list[str]], number: int, shape: _Shape) -> Iterator[Block]:
    """The rows after row ``number`` of a table of whatever kind."""
    fault: Exception | None = None
    while fault is None:
        rows, fault = _some(table)
        if rows:
            block, fault = _mended(rows, number, shape, fault)
            number += len(rows)
            yield block
        elif fault is None:
            return
    raise fault


def _some(table: Iterator[list[str]]) -> tuple[Rows, Exception | None]:
    """The next rows, and what is wrong with the one after them."""
    rows: Rows = []
    try:
        rows.extend(islice(table, ROWS))
    except csv.Error as error:
        return rows, Unfit("not-csv", f"not a table of comma-separated values: {error}")
    except (OSError, UnicodeDecodeError) as error:
        return rows, error
    return rows, None


def _header(table: Iterator[list[str]]) -> tuple[int, list[str]]:
    """The number of the first row that holds anything, and the names in it."""
    try:
        for number, row in enumerate(table, 1):
            if any(cell.strip() for cell in row):
                return number, [cell.strip() for cell in row]
    except csv.Error as error:
        raise Unfit("not-csv", f"not a table of comma-separated values: {error}") from error
    return 0, []


def _places(names: Sequence[str], columns: Sequence[str]) -> list[int]:
    for column in columns:
        if names.count(column) != 1:
            found = "no column" if column not in names else "two columns"
            raise Unfit(
                "no-column", f"{found} {column!r}; the first row names {', '.join(columns)}, each once"
            )
    return [names.index(column) for column in columns]


def _mended(
    rows: Rows, number: int, shape: _Shape, fault: Exception | None
) -> tuple[Block, Exception | None]:
    """The rows after row ``number`` without the empty ones, short ones filled up; they end before one that is too wide."""
    numbers: Sequence[int] = range(number + 1, number + 1 + len(rows))
    last = max(shape.places)
    if not all(last < length <= shape.width for length in {*map(len, rows)}):
        pairs = zip(numbers, rows, strict=True)
        kept = [(n, row) for n, row in pairs if any(map(str.strip, row)) or last < len(row) <= shape.width]
        wide = next((at for at, (_, row) in enumerate(kept) if any(map(str.strip, row[shape.width :]))), None)
        if wide is not None:
            said = (
                f"found {len(kept[wide][1])} cells, expected {shape.width}; quote a cell that holds a comma"
            )
            fault, kept = Unfit("too-wide", said, kept[wide][0]), kept[:wide]
        numbers, rows = [n for n, _ in kept], [row + [""] * (last + 1 - len(row)) for _, row in kept]
    return Block(numbers, [[*map(itemgetter(place), rows)] for place in shape.places]), fault
