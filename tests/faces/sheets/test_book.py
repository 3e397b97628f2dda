"""The spreadsheet holds exactly what is seen, real dates, and no cell that a spreadsheet would carry out."""

from __future__ import annotations

import contextlib
import io
from datetime import date, datetime
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from django.http import FileResponse
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from linli.cases import saved
from linli.faces.sheets import ledger
from linli.faces.sheets.book import Head, write
from linli.faces.sheets.cells import DANGEROUS, china, plain
from linli.rules.actor import Actor
from linli.rules.text import T
from linli.rules.worktime import DAY, HOUR, day_start
from tests.cases.community import COMMUNITY, HOME, Town, town

START = day_start(date(2026, 3, 2)) + 9 * HOUR
DEMAND = ("demand", COMMUNITY)
REPORT = {"matter": "楼道灯不亮", "category": "power", "where": HOME}
SAID = {"reporter": {"name": "甲乙丙", "phone": "19911112222"}}
FORMULAS = [
    "=1+1",
    "+1",
    "-1+2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://x")',
    "{=1}",
    "http://x",
    "0012",
]


def _at(month: int, day: int, hour: int = 0) -> datetime:
    """A moment of 2026 as a spreadsheet has it: civil time without a zone."""
    return datetime(2026, month, day, hour)  # noqa: DTZ001 - that is what a cell holds


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)


@pytest.fixture
def cast(db: None) -> Town:
    return town()


def _answer(actor: Actor, query: str = "") -> Any:
    request: Any = RequestFactory().get(f"/staff/ledger.xlsx?{query}")
    request.actor = actor
    return ledger.sheet(request)


def _file(actor: Actor, query: str = "") -> io.BytesIO:
    answer = _answer(actor, query)
    assert isinstance(answer, FileResponse)
    # Closing the answer itself would close the database, as at the end of a request.
    kept: Any = answer.file_to_stream
    with contextlib.closing(kept):
        return io.BytesIO(b"".join(answer.streaming_content))  # type: ignore[arg-type]


def _rows(file: io.BytesIO, sheet: int = 0) -> list[list[Any]]:
    file.seek(0)
    return CalamineWorkbook.from_filelike(file).get_sheet_by_index(sheet).to_python()


def _column(rows: list[list[Any]], title: str) -> list[Any]:
    return [row[rows[0].index(title)] for row in rows[1:]]


def test_it_holds_what_the_ledger_shows(cast: Town) -> None:
    first = cast.act(DEMAND, "resident", "report", START, {**REPORT, **SAID}).case
    cast.act(DEMAND, "nobody", "report", START + DAY, {**REPORT, "category": "water", "where": COMMUNITY})
    cast.act(first, "resident", "withdraw", START + HOUR)
    rows = _rows(_file(cast.cast["community"], "show=all&type=demand&order=oldest"))
    assert _column(rows, "编号") == ["LL-2026-0001", "LL-2026-0002"]
    assert _column(rows, "登记时间") == [_at(3, 2, 9), _at(3, 3, 9)]
    assert _column(rows, "办结时间") == [_at(3, 2, 10), ""]
    assert _column(rows, "反映人") == ["实名", "未留姓名"]
    assert _column(rows, "状态") == ["已撤回", "待立案"]
    assert _column(rows, "类别") == ["电力与照明", "漏水与给排水"]
    assert all("甲乙" not in str(cell) and "1991111" not in str(cell) for row in rows for cell in row)


def test_filters_columns_and_words_are_those_of_the_page(cast: Town) -> None:
    cast.act(DEMAND, "resident", "report", START, REPORT)
    cast.act(DEMAND, "resident", "report", START + 1, {**REPORT, "matter": "水管爆裂", "category": "water"})
    me = cast.cast["community"]
    assert me.person
    rows = _rows(_file(me, "category=water&columns=matter,number,nothing"))
    assert rows == [["事由", "编号"], ["水管爆裂", "LL-2026-0002"]]
    view = saved.keep_words(me.person, "楼道灯", START)
    assert len(_rows(_file(me, f"show=all&search={view}"))) == 2
    assert _answer(cast.cast["street"], f"search={view}").status_code == 400


def test_it_speaks_the_readers_language_and_says_what_it_is(cast: Town) -> None:
    cast.act(DEMAND, "resident", "report", START, REPORT)
    with translation.override("en"):
        file = _file(cast.cast["community"], "type=demand&show=all&from=2026-03-01")
    assert _rows(file)[0][:2] == ["Number", "Opened"]
    about = {row[0]: row[1] for row in _rows(file, 1)}
    assert about["Lines"] == 1 and about["Show"] == "All"
    assert about["Opened from"] in (date(2026, 3, 1), _at(3, 1))
    assert about["Versions of the definition"].startswith("demand@")
    assert about["Made by"].startswith("测") and "试community" not in about["Made by"]
    file.seek(0)
    assert CalamineWorkbook.from_filelike(file).sheet_names == ["Demand", "About"]


def test_nobody_gets_what_he_may_not_see(cast: Town) -> None:
    cast.act(DEMAND, "resident", "report", START, REPORT)
    assert len(_rows(_file(cast.cast["elsewhere"], f"show=all&region={COMMUNITY}"))) == 1
    with pytest.raises(PermissionDenied):
        _answer(cast.cast["resident"])
    assert _answer(cast.cast["nobody"]).status_code == 302


def test_an_address_that_cannot_be_read_is_refused_with_the_reason(cast: Town) -> None:
    answer = _answer(cast.cast["community"], "from=2026-13-01")
    assert (answer.status_code, "from=2026-13-01" in answer.content.decode()) == (400, True)


def test_a_report_that_looks_like_a_formula_is_text(cast: Town) -> None:
    cast.act(DEMAND, "resident", "report", START, {**REPORT, "matter": '=HYPERLINK("http://x","看这里")'})
    file = _file(cast.cast["community"], "type=demand")
    with ZipFile(file) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet and "hyperlink" not in sheet.lower().replace("=hyperlink", "")
    assert 'state="frozen"' in sheet and "<autoFilter" in sheet and 'orientation="landscape"' in sheet
    assert _column(_rows(file), "事由") == ['=HYPERLINK("http://x","看这里")']


def _book(cells: list[Any]) -> tuple[io.BytesIO, int]:
    file = io.BytesIO()
    n = write(file, T("表[1]:*?/\\", "Sheet"), [Head("A", "text")], [[c] for c in cells], [("x", 1)], "zh")
    file.seek(0)
    return file, n


@given(st.lists(texts | st.sampled_from(FORMULAS), max_size=8))
def test_every_text_comes_back_as_it_was_and_none_is_a_formula(cells: list[str]) -> None:
    file, n = _book(cells)
    assert n == len(cells)
    assert [row[0] for row in _rows(file)[1:]] == cells
    with ZipFile(file) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


@given(st.sampled_from(FORMULAS) | texts)
def test_no_cell_of_a_csv_begins_a_formula(text: str) -> None:
    assert not plain(text).startswith(DANGEROUS)
    assert plain(text).removeprefix("'") == text.removeprefix("'")
    assert plain(-5) == "-5"


def test_times_are_chinas(cast: Town) -> None:
    assert china(START) == _at(3, 2, 9)
