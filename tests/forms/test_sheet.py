"""What was written is read again; what cannot be used is refused in one line that names the place."""

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.forms.sheet import Cell, Unusable, bare, blank, harmless, letter, read
from linli.forms.writing import write

TITLES = ("编号", "内容", "备注")
# What a cell of a spreadsheet can hold: no control characters but line ends and tabs, no halves of surrogate pairs.
TEXT = st.text(st.characters(exclude_categories=["C"]) | st.sampled_from("\n\t='+-@_x0041_"), max_size=30)
ROWS = st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=6)
KINDS = pytest.mark.parametrize("kind", [".xlsx", ".csv"])


def kept(rows: list[tuple[str, str, str]]) -> list[list[str]]:
    """What a table keeps of rows: an empty cell and one of blanks alone say nothing, empty rows are left out."""
    return [["" if blank(c) else c for c in row] for row in rows if not all(map(blank, row))]


@KINDS
@given(rows=ROWS)
def test_what_was_written_is_read_again(
    kind: str, rows: list[tuple[str, str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("sheet") / f"table{kind}"
    write(path, TITLES, rows)
    sheet = read(path)
    assert sheet.titles == TITLES
    assert [["" if blank(c) else c for c in cells] for _, cells in sheet.rows] == kept(rows)
    assert all(not blank(rows[n - 2][0] + rows[n - 2][1] + rows[n - 2][2]) for n, _ in sheet.rows)


@given(TEXT)
def test_a_cell_that_starts_no_formula_says_the_same_afterwards(text: str) -> None:
    assert bare(harmless(text)) == text
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))


MORNING = datetime(2019, 4, 8, 8, 37, 20)  # noqa: DTZ001 - a spreadsheet's times have no zone


def test_numbers_and_dates_keep_their_kind(tmp_path: Path) -> None:
    row: list[Cell] = [2549.0, date(2019, 8, 1), MORNING]
    write(tmp_path / "t.xlsx", TITLES, [row])
    assert read(tmp_path / "t.xlsx").rows == [(2, (2549.0, date(2019, 8, 1), MORNING))]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_the_codings_that_spreadsheets_write(coding: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("姓名;电话\r\n王小明;13800000000\r\n".encode(coding))
    assert read(path).rows == [(2, ("王小明", "13800000000"))]


def test_rows_are_numbered_as_the_spreadsheet_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('\n\na,b\n1,"x\ny"\n\n3,4\n', encoding="utf-8")
    assert [n for n, _ in read(path).rows] == [4, 6]


def test_columns_are_named_by_letters() -> None:
    assert [letter(i) for i in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("t.txt", b"a,b\n1,2", "no kind of table"),
        ("t.csv", b"", "the table is empty"),
        ("t.csv", b"\n \n", "the table is empty"),
        ("t.csv", b"\xff\x00\x81", "neither UTF-8 nor GB 18030"),
        ("t.csv", b'a,b\n1,"2', "cannot be read as .csv"),
        ("t.csv", b"a,b,a\n1,2,3", "'a' stands twice, in columns A and C"),
        ("t.csv", b"a,,c\n1,2,3", "column B has no title"),
        ("t.csv", b"a\n1,2", "column B has no title"),
        ("t.xlsx", b"no workbook", "cannot be read as a spreadsheet"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_line(
    name: str, content: bytes, says: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Unusable, match=says) as refusal:
        read(path)
    assert str(path) in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unusable, match="No such file"):
        read(tmp_path / "none.xlsx")
