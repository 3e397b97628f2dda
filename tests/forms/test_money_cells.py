"""Money in a sheet: whatever kind of cell holds it, the cents are exact, or the row and the column are named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.forms.columns import Column, raw
from linli.forms.matching import match, rows
from linli.forms.sheet import Cell, read
from linli.forms.tables import Bad, Row, Table
from linli.forms.writing import write
from linli.rules.fields import Invalid, Text
from linli.rules.money import Money
from linli.rules.text import T

PRICE = Money("price", T("金额", "Amount"))
TABLE = Table(
    "bills",
    T("票据", "Bills"),
    (Column(Text("item", T("项目", "Item")), "灯"), Column(PRICE, "12,345.67")),
    open_=lambda at: pytest.fail("nothing is taken here"),
)


def cents(cell: Cell) -> int:
    return PRICE.clean(raw(cell, PRICE, ()))


@given(st.integers(1, 10**11))
def test_a_number_of_a_spreadsheet_is_as_many_cents(whole: int) -> None:
    assert cents(whole / 100) == whole
    assert cents(f"{whole // 100:,}.{whole % 100:02d}") == whole


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (12345.67, 1234567),
        (0.07, 7),
        (12345.0, 1234500),
        (12345, 1234500),
        ("12，345.6", 1234560),
        (" ￥1,000 ", 100000),
        ("88.10元", 8810),
        ("5.500", 550),
    ],
)
def test_an_amount_is_yuan_however_it_is_written(cell: Cell, found: int) -> None:
    assert cents(cell) == found


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        (-5.0, "cannot be negative"),
        ("-1,234.50", "cannot be negative"),
        (0.1 + 0.2, "at most two decimals"),
        ("12.345", "at most two decimals"),
        (1e-05, "at most two decimals"),
        (1e22, "Expected"),
        (0, "between 0.01"),
        ("12,34", "such as 12,345.67"),
        ("八百", "such as 12,345.67"),
        (True, "such as 12,345.67"),
        (float("nan"), "such as 12,345.67"),
        ("9" * 60, "such as 12,345.67"),
        ("1e999", "Expected"),
    ],
)
def test_anything_else_is_refused_and_says_why(cell: Cell, says: str) -> None:
    with pytest.raises(Invalid) as refusal:
        cents(cell)
    assert says in refusal.value.text.en


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["bills.xlsx", "bills.csv"])
def test_a_file_names_the_row_and_the_column(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    write(path, ["项目", "金额"], [["灯", 12345.67], ["电缆", "1,000.5"], ["退款", -3], ["泵", 0.125]])
    found = list(rows(match(TABLE, read(path), None), lambda: None))
    assert [r.values["price"] for r in found if isinstance(r, Row)] == [1234567, 100050]
    bad: list[Bad] = [b for one in found if isinstance(one, list) for b in one]
    assert [(b.row, b.column, b.expected.zh[:4]) for b in bad] == [
        (4, "金额", "金额不能"),
        (5, "金额", "金额最多"),
    ]
