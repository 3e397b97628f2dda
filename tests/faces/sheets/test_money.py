"""Money in a spreadsheet of cases is a number in yuan, and comes back from it as the same cents."""

from __future__ import annotations

import contextlib
import io
from datetime import date
from decimal import Decimal
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from linli.cases import ledger as lines
from linli.faces.sheets import ledger
from linli.faces.sheets.book import Head, write
from linli.faces.sheets.cells import cell, plain
from linli.faces.web.staff import filters
from linli.forms.columns import raw
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.worktime import HOUR, day_start
from tests.cases.community import COMMUNITY, HOME, town
from tests.faces import costs

START = day_start(date(2026, 3, 2)) + 9 * HOUR
REPORT = {"matter": "楼道灯不亮", "category": "power", "where": HOME}


@given(st.integers(0, 10**11))
def test_what_is_written_is_read_as_the_same_cents(whole: int) -> None:
    file = io.BytesIO()
    written = cell(lines.Amount(whole), "zh")
    assert (written, plain(written)) == (Decimal(whole) / 100, f"{whole // 100}.{whole % 100:02d}")
    write(file, T("金额", "Money"), [Head("金额", "money")], [[written]], [], "zh")
    file.seek(0)
    read: Any = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()[1][0]
    assert isinstance(read, float)
    if whole:
        assert costs.AMOUNT.clean(raw(read, costs.AMOUNT, ())) == whole


@pytest.mark.django_db
def test_a_ledger_has_the_amount_in_yuan_and_says_how_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = town()
    monkeypatch.setitem(installed._definitions, "demand", costs.costly())
    told = {**REPORT, "amount": 1234560, "costs": [{"item": "灯", "price": 5}]}
    cast.act(("demand", COMMUNITY), "resident", "report", START, told)
    cast.act(("demand", COMMUNITY), "resident", "report", START, REPORT)
    request: Any = RequestFactory().get("/?type=demand&columns=number,amount,costs")
    request.actor = cast.cast["community"]
    answer: Any = ledger.sheet(request)
    with contextlib.closing(answer.file_to_stream):  # the answer's own end would close the database
        content = b"".join(answer.streaming_content)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert rows[0][1:] == ["申请金额", "费用明细"]
    assert sorted(map(str, (r[1] for r in rows[1:]))) == ["", "12345.6"]
    assert sorted(r[2] for r in rows[1:]) == ["", "1 行"]
    assert 'formatCode="#,##0.00"' in ZipFile(io.BytesIO(content)).read("xl/styles.xml").decode()
    assert filters.cell(lines.Amount(1234560)) == "12,345.60"
