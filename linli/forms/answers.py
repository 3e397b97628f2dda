"""What was sent as flat names and texts — a web form, a form-encoded request — as raw answers, and back again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from linli.rules import fields as f
from linli.rules.money import Money

Sent = Mapping[str, Sequence[str]]
"""Every text that was sent, by its name, in order."""
CONTACT_PARTS = ("name", "phone")


def answer(field: f.Field, sent: Sent) -> object:
    """The raw answer to one field; what is empty says nothing. Files are for the face that received them."""
    if isinstance(field, f.Table):
        return [row for n in numbers(field, sent) if (row := _row(field, n, sent))]
    if isinstance(field, f.Contact):
        parts = {part: _one(sent.get(f"{field.key}-{part}", ())) for part in CONTACT_PARTS}
        return {k: v for k, v in parts.items() if v}
    texts = sent.get(field.key, ())
    if isinstance(field, f.Units) or (isinstance(field, f.Choice | f.Person) and field.many):
        return [v for v in dict.fromkeys(texts) if v]
    return _one(texts)


def _one(texts: Sequence[str]) -> str:
    return texts[-1].strip() if texts else ""


def numbers(table: f.Table, sent: Sent) -> list[int]:
    """The numbers of the rows that were sent, empty ones among them; a row that was taken out leaves a gap."""
    named = re.compile(rf"{re.escape(table.key)}-([0-9]{{1,6}})-(.+)")
    found = (named.fullmatch(name) for name in sent)
    columns = {c.key for c in table.columns}
    return sorted({int(m[1]) for m in found if m and m[2] in columns})


def cell(table: f.Table, number: int | str, column: f.Field) -> f.Field:
    """A column as the field of one row, under the name by which it is sent: ``<table>-<row>-<column>``."""
    start = f"{table.key}-{number}-"
    condition = column.asked_if and replace(column.asked_if, field=start + column.asked_if.field)
    return replace(column, key=start + column.key, asked_if=condition)


def _row(table: f.Table, number: int, sent: Sent) -> dict[str, object]:
    said = {c.key: answer(cell(table, number, c), sent) for c in table.columns}
    return {k: v for k, v in said.items() if not f.empty(v)}


def rows_of(value: object) -> list[Mapping[str, Any]]:
    """The rows of an answer to a table, whatever was given as one."""
    return [r for r in value if isinstance(r, Mapping)] if isinstance(value, list) else []


def flat(asked: Iterable[f.Field], given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Answers as pairs of name and text, such as the hidden inputs of another step of the same form."""
    return [pair for field in asked for pair in _pairs(field, given.get(field.key))]


def _pairs(field: f.Field, value: object) -> list[tuple[str, str]]:
    if isinstance(field, f.Table):
        rows = enumerate(rows_of(value))
        return [
            p for n, row in rows for c in field.columns for p in _pairs(cell(field, n, c), row.get(c.key))
        ]
    if isinstance(value, Mapping):
        return [(f"{field.key}-{part}", str(v)) for part, v in value.items()]
    if isinstance(value, list):
        return [(field.key, str(v)) for v in value]
    return [] if f.empty(value) else [(field.key, typed(field, value))]


def typed(field: f.Field, value: object) -> str:
    """One answer as people type it: whole cents are yuan with two decimals; text stays as it was typed."""
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(field, Money) and isinstance(value, int):
        return f"{'-' if value < 0 else ''}{abs(value) // 100}.{abs(value) % 100:02d}"
    return str(value)
