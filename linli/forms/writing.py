"""Writing tables: an example of what can be imported, and the rows that were not taken with their reasons."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from linli.forms import reading
from linli.forms.shapes import geojson
from linli.forms.shapes import writing as shapes
from linli.forms.shapes.geometry import Geometry
from linli.forms.sheet import Cell, Sheet, Unusable, harmless
from linli.forms.tables import Bad, Table
from linli.rules.datum import Datum

REASON = "不能导入的原因 Why it was not taken"
_HOUSE = (
    (112.5601, 37.788),
    (112.5606, 37.788),
    (112.5606, 37.7882),
    (112.5601, 37.7882),
    (112.5601, 37.788),
)
_BESIDE = ("lon", "lat", "datum")
"""What a shape says itself."""


def example(table: Table, path: Path) -> None:
    """A table with every column and one row; with a shape, where the file is one of shapes.

    Raises: Unusable where the file cannot be written, or holds shapes and the table takes none.
    """
    if not reading.has_shapes(path):
        write(path, [c.title for c in table.columns], [[c.example for c in table.columns]])
    elif table.shape:
        _save(path, _layer_bytes(path, _example_layer(table)))
    else:
        raise Unusable(f"{path}: {table.key} have no shapes; write the example as .xlsx or .csv")


def _example_layer(table: Table) -> shapes.Layer:
    """One feature: a house, or a line along its front."""
    line = any(c.field.required for c in table.columns if c.field.key == table.shape)
    geometry = Geometry("LineString", _HOUSE[:2]) if line else Geometry("Polygon", (_HOUSE,))
    said: dict[str, Cell] = {
        c.field.key: c.example for c in table.columns if c.field.key not in (table.shape, *_BESIDE)
    }
    return shapes.Layer(table.key, table.key, Datum.WGS84, [shapes.Feature(said, geometry)])


def _layer_bytes(path: Path, layer: shapes.Layer) -> bytes:
    return shapes.geojson(layer) if path.suffix.lower() in geojson.ENDINGS else shapes.geopackage(layer)


def _save(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Unusable(f"{path}: {error.strerror or error}") from error


def bad_features(sheet: Sheet, bad: Sequence[Bad], datum: str = "") -> Path:
    """The features that were not taken, each with its reasons, as ``NAME.bad.geojson`` beside the file that they come from.

    Their coordinates are degrees of the file's own datum, whatever its coordinate system: corrected, the file can be
    imported as it is, with the same ``--datum``.
    """
    why = _reasons(bad)
    titles = [t for t in sheet.titles if t not in (geojson.GEOMETRY, REASON)]
    found = []
    for n, cells in sheet.rows:
        shape = cells[sheet.shapes or 0]
        said = {t: cells[sheet.titles.index(t)] for t in titles}
        if n in why:
            geometry = shape if isinstance(shape, Geometry) else None
            found.append(shapes.Feature({**said, REASON: "；".join(why[n])}, geometry))
    beside = sheet.path.with_name(f"{sheet.path.stem}.bad.geojson")
    _save(beside, shapes.geojson(shapes.Layer("bad", beside.stem, Datum(datum) if datum else None, found)))
    return beside


def bad_rows(
    path: Path, titles: Sequence[str], rows: Iterable[tuple[int, tuple[Cell, ...]]], bad: Sequence[Bad]
) -> Path:
    """The rows that were not taken, as they stood, each with its reasons, beside the file that they come from.

    Written as .csv for a .csv, as .xlsx for anything else: ``NAME.bad.xlsx``. Corrected, it can be imported as it is.
    """
    kept = [t for t in titles if t != REASON]
    places = [titles.index(t) for t in kept]
    why = _reasons(bad)
    lines = [[*(row[i] for i in places), "；".join(why[n])] for n, row in rows if n in why]
    ending = ".csv" if path.suffix.lower() == ".csv" else ".xlsx"
    beside = path.with_name(f"{path.stem}.bad{ending}")
    write(beside, [*kept, REASON], lines)
    return beside


def _reasons(bad: Sequence[Bad]) -> dict[int, list[str]]:
    """Row → everything that is wrong with it, in both languages."""
    why: dict[int, list[str]] = {}
    for one in bad:
        where = f"{one.column}：" if one.column else ""
        why.setdefault(one.row, []).append(f"{where}{one.expected.zh} {one.expected.en}")
    return why


def write(path: Path, titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """A table as .xlsx or .csv; no cell starts a formula. Raises: Unusable where it cannot be written."""
    _save(path, table_bytes(path.suffix.lower(), titles, rows))


def table_bytes(ending: str, titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The same as what would stand in the file. Raises: Unusable for what a workbook cannot hold."""
    return (_csv if ending == ".csv" else _xlsx)(titles, rows)


def _csv(titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    file = io.StringIO(newline="")
    out = csv.writer(file)
    out.writerow(titles)
    out.writerows([harmless(c) if isinstance(c, str) else c for c in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def _xlsx(titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxWriterException

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    file = io.BytesIO()
    try:
        with xlsxwriter.Workbook(file, options) as book:
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
        raise Unusable(f"the table cannot be written as a workbook: {error}") from error
    return file.getvalue()


def _cell(sheet: object, y: int, x: int, cell: Cell, form: object) -> None:
    if isinstance(cell, str):
        sheet.write_string(y, x, cell)  # type: ignore[attr-defined]
    elif cell is not None:
        sheet.write(y, x, cell, form)  # type: ignore[attr-defined]
