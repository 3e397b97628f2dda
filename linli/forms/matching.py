"""A sheet against a table: which column holds which field, then row by row what it says or what is wrong with it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from linli.forms import mapping
from linli.forms.columns import Column, known_as, raw
from linli.forms.mapping import Map
from linli.forms.sheet import Cell, Sheet, Unusable, blank
from linli.forms.tables import Bad, Row, Table
from linli.journal.cipher import fingerprint
from linli.rules.fields import NEEDED, Invalid, Text, quoted
from linli.rules.text import T


@dataclass(frozen=True, slots=True)
class Matched:
    """A sheet whose columns are known. ``at`` is where each field stands, ``constants`` what every row says."""

    table: Table
    sheet: Sheet
    map: Map
    at: Mapping[str, int]
    constants: Mapping[str, str]

    @property
    def not_taken(self) -> list[str]:
        """The titles of the columns that no field takes."""
        used = set(self.at.values())
        return [t for i, t in enumerate(self.sheet.titles) if i not in used]

    def title(self, field: str) -> str:
        """How the sheet calls a field; one that the sheet does not have goes by the table's title."""
        if field in self.at:
            return self.sheet.titles[self.at[field]]
        column = self.table.column(field)
        return column.field.title.zh if column else field


def match(table: Table, sheet: Sheet, map_: Map | None, place: str = "", datum: str = "") -> Matched:
    """Find the columns: by the map that is given, else by their titles, else by a map that the table knows.

    ``place`` and ``datum`` are what the command says of every row; the datum comes before all that the file says.

    Raises: Unusable naming the column that is missing or the line of the map that is wrong.
    """
    told = {k: v for k, v in ((table.place, place), (table.datum, datum)) if k and v}
    if map_ is not None:
        return _complete(table, sheet, map_, told)
    found = _complete(table, sheet, Map(), told, partly=True)
    if not _missing(found):
        return found
    for ready in sorted(table.maps.glob("*.yaml")) if table.maps else ():
        one = mapping.load(ready)
        if set(one.columns.values()) == set(sheet.titles):
            return _complete(table, sheet, one, told)
    return _complete(table, sheet, Map(), told)


def _complete(
    table: Table, sheet: Sheet, map_: Map, told: Mapping[str, str], *, partly: bool = False
) -> Matched:
    _known_fields(table, map_)
    at = {} if map_.columns else _by_title(table, sheet)
    for field, title in map_.columns.items():
        if title not in sheet.titles:
            said = ", ".join(sheet.titles)
            raise Unusable(
                f"{sheet.path}: there is no column {title!r}, which {map_.name} names; found {said}"
            )
        at[field] = sheet.titles.index(title)
    if sheet.shapes is not None and table.shape:
        at.setdefault(table.shape, sheet.shapes)
    constants = dict(map_.constants)
    if table.datum and sheet.datum:
        constants.setdefault(table.datum, sheet.datum)
    if table.datum in told:
        at.pop(table.datum, None)
    constants |= {k: v for k, v in told.items() if k not in at}
    _sound(table, sheet, map_, constants, told)
    found = Matched(table, sheet, map_, at, constants)
    if not partly and (missing := _missing(found)):
        raise Unusable(_lacks(found, missing))
    return found


def _known_fields(table: Table, map_: Map) -> None:
    for field in (*map_.columns, *map_.constants):
        if table.column(field) is None:
            known = ", ".join(c.field.key for c in table.columns)
            raise Unusable(f"{map_.name}: {field!r} is no field of {table.key}; known are {known}")


def _sound(
    table: Table, sheet: Sheet, map_: Map, constants: Mapping[str, str], told: Mapping[str, str]
) -> None:
    """What every row says is looked at once: a fault in it is one, and not one of every row."""
    for key, text in constants.items():
        column = table.column(key)
        try:
            if column and text.strip():
                column.field.clean(raw(text, column.field, map_.dates))
        except Invalid as error:
            option = "--community" if key == table.place else "--datum"
            where = option if key in told else map_.name if key in map_.constants else sheet.path
            raise Unusable(f"{where}: {key}: found {text!r}: {error.text.en}") from None


def _by_title(table: Table, sheet: Sheet) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, title in enumerate(sheet.titles):
        name = known_as(title)
        field = next((c.field.key for c in table.columns if name in c.names()), None)
        if field is not None and field in found:
            first = sheet.titles[found[field]]
            raise Unusable(
                f"{sheet.path}: the columns {first!r} and {title!r} are the same field; keep one of them"
            )
        if field is not None:
            found[field] = index
    return found


def _missing(found: Matched) -> list[Column]:
    there = {*found.at, *found.constants}
    needed = (c for c in found.table.columns if c.field.required and c.unless not in there)
    return [c for c in needed if c.field.key not in there]


def _lacks(found: Matched, missing: list[Column]) -> str:
    wanted = ", ".join(repr(c.title) for c in missing)
    said = ", ".join(found.sheet.titles)
    place = " or --community" if any(c.field.key == found.table.place for c in missing) else ""
    return (
        f"{found.sheet.path}: no column for {wanted}; found {said}. Give them these titles, or name the columns with"
        f" --map{place}; --example FILE.xlsx writes a table with every column"
    )


def rows(matched: Matched, step: Callable[[], None]) -> Iterator[Row | list[Bad]]:
    """Each row as it was read, or everything that is wrong with it."""
    seen: Counter[str] = Counter()
    for number, cells in matched.sheet.rows:
        step()
        values, wrong = _clean(matched, number, cells)
        wrong = wrong or [bad(matched, number, cells, k, t) for k, t in matched.table.check(values).items()]
        if wrong:
            yield wrong
            continue
        same = _identity(matched, values)
        seen[same] += 1
        # A row that stands twice word for word is two rows, on the second run too.
        yield Row(number, cells, values, same if seen[same] == 1 else f"{same}/{seen[same]}")


def _clean(matched: Matched, number: int, cells: tuple[Cell, ...]) -> tuple[dict[str, object], list[Bad]]:
    values: dict[str, object] = {}
    wrong: list[Bad] = []
    found = {k for k, at in matched.at.items() if not blank(cells[at])}
    for column in matched.table.columns:
        field = column.field
        cell = cells[matched.at[field.key]] if field.key in matched.at else None
        cell = matched.constants.get(field.key) if blank(cell) else cell
        try:
            if not blank(cell):
                values[field.key] = field.clean(raw(cell, field, matched.map.dates))
            elif field.required and column.unless not in found:
                raise Invalid(NEEDED)
        except Invalid as error:
            wrong.append(bad(matched, number, cells, field.key, error.text))
    return values, wrong


def bad(matched: Matched, number: int, cells: tuple[Cell, ...], field: str, expected: T) -> Bad:
    """A fault in one row; of what is personal, or is somebody's own words, the length alone is told."""
    column = matched.table.column(field)
    cell = cells[matched.at[field]] if field in matched.at else matched.constants.get(field)
    if blank(cell) or column is None:
        found = ""
    elif column.field.personal or (isinstance(column.field, Text) and column.field.lines > 1):
        found = f"({len(str(cell))})"
    else:
        found = quoted(cell)
    return Bad(number, matched.title(field), found, expected)


def _identity(matched: Matched, values: Mapping[str, object]) -> str:
    """The key of a row: from the fields by which it is known again, else from all that it says. No one reads it back."""
    whole = (group for group in matched.table.identity if all(k in values for k in group))
    known = next(whole, tuple(values))
    told = [matched.table.key, matched.map.source, {k: values[k] for k in known}]
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, default=str)
    return f"import/{matched.table.key}/{fingerprint(text.encode()).hex()[:40]}"
