"""Reading a table that somebody keeps in a spreadsheet: its titles, and its rows numbered as the spreadsheet shows them."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from linli.forms.shapes.geometry import Geometry

Cell = str | int | float | bool | date | datetime | time | timedelta | Geometry | None
Rows = list[tuple[int, tuple[Cell, ...]]]
BOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
TEXTS = (".csv",)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_DIVIDERS = ",;\t"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Unusable(Exception):
    """A file that cannot be used as a whole; the text is one line that names the place and the remedy."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it stands in a file. ``rows`` are (number in the spreadsheet, cells); empty rows are left out.

    A file of shapes is one too: its rows are features, and one column holds their shapes.

    Args:
        shapes: the column of the shapes; None in a spreadsheet.
        names: what the rows of shapes are called beside their numbers.
        datum: the datum that the file itself names, if any.
    """

    path: Path
    titles: tuple[str, ...]
    rows: Rows
    digest: str
    shapes: int | None = None
    names: Mapping[int, str] = field(default_factory=dict)
    datum: str = ""

    @property
    def is_text(self) -> bool:
        """Whether the file is a .csv."""
        return self.path.suffix.lower() in TEXTS

    def called(self, number: int) -> str:
        """How a row is named to whoever looks for it in the file."""
        if self.shapes is None:
            return f"row {number}"
        return f"feature {number}{f' ({self.names[number]})' if number in self.names else ''}"


def read(path: Path) -> Sheet:
    """The first sheet of a workbook, or a .csv in UTF-8, UTF-16 or GB 18030.

    Raises: Unusable for a file that is missing, unreadable, of another kind, empty, or whose titles are missing or repeated.
    """
    kind = path.suffix.lower()
    if kind not in BOOKS + TEXTS:
        raise Unusable(
            f"{path}: {kind or 'no ending'} is no kind of table that can be read; save it as .xlsx or .csv"
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror}") from error
    whole = _text_rows(path, content) if kind in TEXTS else _book_rows(path, content)
    numbered = [(n, tuple(row)) for n, row in enumerate(whole, 1) if not all(blank(c) for c in row)]
    if not numbered:
        raise Unusable(f"{path}: the table is empty; a row of titles and the rows below it are expected")
    titles = _titles(path, *numbered[0], numbered[1:])
    width = len(titles)
    rows = [(n, (row + (None,) * width)[:width]) for n, row in numbered[1:]]
    return Sheet(path, titles, rows, hashlib.sha256(content).hexdigest())


def blank(cell: Cell) -> bool:
    """Whether a cell says nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def letter(index: int) -> str:
    """The letters by which a spreadsheet names the column: A, B, … Z, AA."""
    name = ""
    while index >= 0:
        name = chr(ord("A") + index % 26) + name
        index = index // 26 - 1
    return name


def _titles(path: Path, number: int, row: Sequence[Cell], rows: Rows) -> tuple[str, ...]:
    """The titles of the columns, to the last column that has a title or a value."""
    width = max(last_filled(cells) for cells in (row, *(cells for _, cells in rows)))
    titles = tuple(" ".join(str(c).split()) if not blank(c) else "" for c in (*row, *[None] * width)[:width])
    for index, title in enumerate(titles):
        if not title:
            raise Unusable(
                f"{path}: row {number}, column {letter(index)} has no title, but there are values below it;"
                " give it a title or empty the column"
            )
        if title in titles[:index]:
            first, again = letter(titles.index(title)), letter(index)
            raise Unusable(
                f"{path}: row {number}: the title {title!r} stands twice, in columns {first} and {again}"
            )
    return titles


def last_filled(row: Sequence[Cell]) -> int:
    """How many cells there are up to the last one that says something."""
    return next((i for i in range(len(row), 0, -1) if not blank(row[i - 1])), 0)


def _book_rows(path: Path, content: bytes) -> list[Sequence[Cell]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        if not book.sheet_names:
            raise Unusable(f"{path}: there is no sheet in it")
        rows: list[Sequence[Cell]] = list(book.get_sheet_by_index(0).to_python(skip_empty_area=False))
    except (CalamineError, OSError, ValueError) as error:
        said = " ".join(str(error).split())
        raise Unusable(
            f"{path}: it cannot be read as a spreadsheet ({said}); open it and save it as .xlsx without a password"
        ) from error
    return rows


def _text_rows(path: Path, content: bytes) -> list[Sequence[Cell]]:
    text = decoded(path, content)
    first = text.partition("\n")[0]
    divider = max(_DIVIDERS, key=first.count)
    try:
        return [
            tuple(map(bare, row))
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=divider, strict=True)
        ]
    except csv.Error as error:
        raise Unusable(f"{path}: it cannot be read as .csv ({error})") from error


def harmless(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it as a formula; ``bare`` takes it off again."""
    return f"'{text}" if text.startswith(_FORMULA) or bare(text) != text else text


def bare(text: str) -> str:
    """The text without the apostrophe that kept it from being a formula."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_FORMULA) else text


def decoded(path: Path, content: bytes) -> str:
    """The text in the first coding that fits it whole: what spreadsheets write in China is UTF-8, UTF-16 or GB 18030."""
    codings = ("utf-16",) if content.startswith(_UTF_16) else ("utf-8-sig", "gb18030")
    for coding in codings:
        try:
            return content.decode(coding)
        except UnicodeDecodeError:
            continue
    raise Unusable(f"{path}: the text is neither UTF-8 nor GB 18030; save it as CSV UTF-8")
