"""A workbook written row by row: the lines on one sheet, on the other what they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from xlsxwriter import Workbook

from linli.faces.sheets.cells import Cell
from linli.rules.text import T

ROWS_AT_MOST = 100_000
"""So many lines are written into one file."""
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
WIDTHS = {"moment": 16, "number": 8, "money": 16, "state": 10, "left": 18, "day": 12}
WIDE, USUAL = 48, 16
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")
TEXT_AT_MOST = 32_767
"""So many characters a cell can hold."""


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its title, what stands in it, and whether it holds long text."""

    title: str
    kind: str
    long: bool = False


def write(
    to: IO[bytes],
    title: T,
    heads: Sequence[Head],
    rows: Iterable[Sequence[Cell]],
    about: Iterable[tuple[str, Cell]],
    lang: str,
) -> int:
    """Write the workbook; the number of its rows. ``about`` is asked for after the rows have been written."""
    book = Workbook(to, OPTIONS)
    looks = _looks(book)
    sheet = book.add_worksheet(_NOT_IN_A_NAME.sub(" ", title.in_(lang))[:31])
    for i, head in enumerate(heads):
        sheet.set_column(i, i, WIDE if head.long else WIDTHS.get(head.kind, USUAL))
        sheet.write_string(0, i, head.title, looks["head"])
    n = 0
    for n, row in enumerate(rows, 1):
        for i, value in enumerate(row):
            _put(sheet, n, i, value, looks)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, n, len(heads) - 1)
    _paper(sheet)
    _about(book, T("说明", "About").in_(lang), about, looks)
    book.close()
    return n


def _looks(book: Any) -> dict[str, Any]:
    edge = {"valign": "top"}
    return {
        "head": book.add_format({"bold": True, "bg_color": "#E5F2F0", "border": 1, "text_wrap": True}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm", **edge}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", **edge}),
        "money": book.add_format({"num_format": "#,##0.00", **edge}),
        "text": book.add_format({"text_wrap": True, **edge}),
        "plain": book.add_format(edge),
    }


def _put(sheet: Any, row: int, column: int, value: Cell, looks: dict[str, Any]) -> None:
    """One cell, always as what it is: text is never looked at for formulas, links or numbers."""
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, value, looks["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, looks["day"])
    elif isinstance(value, Decimal):
        sheet.write_number(row, column, value, looks["money"])
    elif isinstance(value, int):
        sheet.write_number(row, column, value, looks["plain"])
    else:
        sheet.write_string(row, column, value[:TEXT_AT_MOST], looks["text"])


def _paper(sheet: Any) -> None:
    """A4 across, as wide as the sheet, the head on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer("&C&P / &N")


def _about(book: Any, title: str, about: Iterable[tuple[str, Cell]], looks: dict[str, Any]) -> None:
    sheet = book.add_worksheet(title)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 80)
    for row, (name, value) in enumerate(about):
        sheet.write_string(row, 0, name, looks["head"])
        _put(sheet, row, 1, value, looks)
