"""Writing tables: an example of what can be imported, and the rows that were not taken with their reasons."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from linli.forms.sheet import Cell, Unusable, harmless
from linli.forms.tables import Bad, Table

REASON = "不能导入的原因 Why it was not taken"


def example(table: Table, path: Path) -> None:
    """A table with every column and one row. Raises: Unusable where the file cannot be written."""
    write(path, [c.title for c in table.columns], [[c.example for c in table.columns]])


def bad_rows(
    path: Path, titles: Sequence[str], rows: Iterable[tuple[int, tuple[Cell, ...]]], bad: Sequence[Bad]
) -> Path:
    """The rows that were not taken, as they stood, each with its reasons, beside the file that they come from.

    Written as .csv for a .csv, as .xlsx for anything else: ``NAME.bad.xlsx``. Corrected, it can be imported as it is.
    """
    kept = [t for t in titles if t != REASON]
    places = [titles.index(t) for t in kept]
    why: dict[int, list[str]] = {}
    for one in bad:
        where = f"{one.column}：" if one.column else ""
        why.setdefault(one.row, []).append(f"{where}{one.expected.zh} {one.expected.en}")
    lines = [[*(row[i] for i in places), "；".join(why[n])] for n, row in rows if n in why]
    ending = ".csv" if path.suffix.lower() == ".csv" else ".xlsx"
    beside = path.with_name(f"{path.stem}.bad{ending}")
    write(beside, [*kept, REASON], lines)
    return beside


def write(path: Path, titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """A table as .xlsx or .csv; no cell starts a formula. Raises: Unusable where it cannot be written."""
    try:
        (_csv if path.suffix.lower() == ".csv" else _xlsx)(path, titles, rows)
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror or error}") from error


def _csv(path: Path, titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file)
        out.writerow(titles)
        out.writerows([harmless(c) if isinstance(c, str) else c for c in row] for row in rows)


def _xlsx(path: Path, titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    try:
        with xlsxwriter.Workbook(path, options) as book:
            sheet = book.add_worksheet()
            bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
            moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, max(len(titles) - 1, 0), 18)
            for x, title in enumerate(titles):
                sheet.write_string(0, x, title, bold)
            for y, row in enumerate(rows, 1):
                for x, cell in enumerate(row):
                    form = moment if isinstance(cell, datetime) else day if isinstance(cell, date) else None
                    _cell(sheet, y, x, cell, form)
    except XlsxWriterException as error:
        raise Unusable(f"{path}: {error}") from error


def _cell(sheet: object, y: int, x: int, cell: Cell, form: object) -> None:
    if isinstance(cell, str):
        sheet.write_string(y, x, cell)  # type: ignore[attr-defined]
    elif cell is not None:
        sheet.write(y, x, cell, form)  # type: ignore[attr-defined]
