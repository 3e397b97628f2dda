"""Which column is which field, and what a row says in it."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal as Number
from pathlib import Path
from typing import Any

import pytest

from linli.forms import mapping
from linli.forms.columns import Column, Decimal, Moment
from linli.forms.matching import Matched, match, rows
from linli.forms.sheet import Unusable, read
from linli.forms.tables import Bad, Row, Table
from linli.rules.fields import Choice, Day, Integer, Option, Text
from linli.rules.text import T
from linli.rules.worktime import HOUR, day_start

pytestmark = (
    pytest.mark.django_db
)  # a row's key is keyed, and the key file is refused where the database misses it
COLOURS = (Option("red", T("红", "Red")), Option("blue", T("蓝", "Blue")))
TABLE = Table(
    "things",
    T("物品", "Things"),
    (
        Column(Text("name", T("名称", "Name"), at_most=9), "灯", ("品名",)),
        Column(Integer("size", T("大小", "Size"), required=False, at_most=9)),
        Column(Choice("colours", T("颜色", "Colours"), COLOURS, many=True, required=False)),
        Column(Moment("seen", T("看见时间", "Seen at"), required=False)),
        Column(Day("since", T("起始日期", "Since"), required=False)),
        Column(
            Decimal("lon", T("经度", "Longitude"), required=False, at_least=Number(-180), at_most=Number(180))
        ),
        Column(Text("secret", T("密", "Secret"), required=False, personal=True, at_most=3)),
    ),
    open_=lambda at: pytest.fail("nothing is taken here"),
    identity=(("name", "size"),),
    place="name",
)


def matched(tmp_path: Path, text: str, map_: str = "", place: str = "") -> Matched:
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    (tmp_path / "map.yaml").write_text(map_, encoding="utf-8")
    found = mapping.load(tmp_path / "map.yaml") if map_ else None
    return match(TABLE, read(tmp_path / "t.csv"), found, place)


def one(tmp_path: Path, text: str, map_: str = "") -> Mapping[str, Any]:
    (found,) = rows(matched(tmp_path, text, map_), lambda: None)
    assert isinstance(found, Row), found
    return found.values


def faults(tmp_path: Path, text: str) -> list[Bad]:
    return [
        b for found in rows(matched(tmp_path, text), lambda: None) if isinstance(found, list) for b in found
    ]


@pytest.mark.parametrize("title", ["name", "名称", "Name", "名称 Name", "名称 / NAME", "品名", " 名 称 "])
def test_a_column_is_known_by_its_titles_in_either_language(title: str, tmp_path: Path) -> None:
    assert one(tmp_path, f"{title}\n灯") == {"name": "灯"}


def test_a_map_names_columns_constants_and_dates(tmp_path: Path) -> None:
    said = "columns: {name: X, seen: W}\nconstants: {size: 3, colours: 红}\ndates: ['%d|%m|%Y %H']"
    assert one(tmp_path, "X,W\n灯,28|4|2024 9", said) == {
        "name": "灯", "size": 3, "colours": ["red"], "seen": day_start(date(2024, 4, 28)) + 9 * HOUR,
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "2024-04-28 09:00:00",
        "2024/4/28 9:00:00",
        "2024/4/28 9:00",
        "2024-04-28T09:00",
        "2024-04-28T01:00:00Z",
        "2024年4月28日 09:00",
    ],
)
def test_a_moment_is_civil_time_of_china_however_it_is_written(text: str, tmp_path: Path) -> None:
    assert one(tmp_path, f"name,seen\n灯,{text}")["seen"] == day_start(date(2024, 4, 28)) + 9 * HOUR


@pytest.mark.parametrize(
    "text", ["2024-04-28", "2024/4/28", "2024.4.28", "2024年4月28日", "20240428", "2024-04-28 00:00:00"]
)
def test_a_day_is_a_day_however_it_is_written(text: str, tmp_path: Path) -> None:
    assert one(tmp_path, f"name,since\n灯,{text}")["since"] == "2024-04-28"


def test_options_are_named_by_key_or_title_and_divided_by_any_mark(tmp_path: Path) -> None:
    assert one(tmp_path, "name,colours\n灯,Blue；红")["colours"] == ["red", "blue"]


def test_a_number_is_kept_as_it_is_meant(tmp_path: Path) -> None:
    assert one(tmp_path, "name,lon\n灯,112.56020000001")["lon"] == "112.5602"


@pytest.mark.parametrize(
    ("row", "column", "found"),
    [
        (",1,,,,,", "名称", ""),
        ("灯,x,,,,,", "大小", "x"),
        ("灯,10,,,,,", "大小", "10"),
        ("灯,1,绿,,,,", "颜色", "绿"),
        ("灯,1,,昨天,,,", "看见时间", "昨天"),
        ("灯,1,,,2024-02-30,,", "起始日期", "2024-02-30"),
        ("灯,1,,,,nan,", "经度", "nan"),
        ("灯,1,,,,,无人知", "密", ""),
        ("灯,1,,,,,无人知晓", "密", "(4)"),
    ],
)
def test_a_bad_row_says_its_number_column_and_what_stands_there(
    row: str, column: str, found: str, tmp_path: Path
) -> None:
    text = f"名称,大小,颜色,看见时间,起始日期,经度,密\n好,1,,,,,\n{row}"
    told = [(b.row, b.column, b.found) for b in faults(tmp_path, text)]
    assert told == ([] if row.endswith("无人知") else [(3, column, found)])


def test_a_row_is_known_again_by_what_identifies_it_and_a_twin_is_another_row(tmp_path: Path) -> None:
    found = [
        r.key
        for r in rows(matched(tmp_path, "name,size,lon\n灯,1,5\n灯,1,6\n灯,,5\n灯,,6"), lambda: None)
        if isinstance(r, Row)
    ]
    assert found[1] == f"{found[0]}/2"
    assert len(set(found)) == 4
    assert "灯" not in "".join(found)


@pytest.mark.parametrize(
    ("text", "map_", "says"),
    [
        ("大小\n1", "", "no column for '名称 Name'; found 大小"),
        ("名称,品名\n1,2", "", "'名称' and '品名' are the same field"),
        ("X\n1", "columns: {name: Y}", "no column 'Y', which map.yaml names"),
        ("X\n1", "columns: {nothing: X}", "'nothing' is no field of things"),
        ("X\n1", "fields: {name: X}", "'fields' is not known"),
        ("X\n1", "columns: [X]", "expected lines such as"),
        ("X\n1", "columns: {name: X}\ndates: [X]", "dates: expected a list"),
        ("X\n1", "{", "cannot be read as YAML"),
        ("X\n1", "columns: {name: X}\nconstants: {size: 99}", "map.yaml: size: found '99': Expected between"),
    ],
)
def test_what_does_not_match_is_refused_in_one_line(text: str, map_: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(Unusable, match=says) as refusal:
        matched(tmp_path, text, map_)
    assert "\n" not in str(refusal.value)


def test_a_place_given_with_the_command_fills_the_column_that_is_not_there(tmp_path: Path) -> None:
    found = matched(tmp_path, "大小\n1", place="灯")
    assert found.constants == {"name": "灯"}
    assert found.not_taken == []
    assert matched(tmp_path, "名称,别的\n灯,1", place="钟").not_taken == ["别的"]
