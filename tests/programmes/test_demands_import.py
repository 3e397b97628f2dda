"""Demands that were recorded elsewhere: each is a report, its answer the handling; nothing is lost and nothing comes twice."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from linli.cases import rebuild
from linli.cases.figures import figures, shares
from linli.cases.models import Case
from linli.forms.matching import match
from linli.forms.sheet import Sheet, read
from linli.forms.tables import known
from linli.forms.taking import Outcome, take
from linli.forms.writing import write
from linli.journal.append import contents, entries
from linli.journal.verify import Walk
from linli.rules.registry import installed
from linli.rules.worktime import HOUR, day_start
from linli.search.grams import matching
from tests.cases.community import COMMUNITY, HOME, town

pytestmark = pytest.mark.django_db
NOW = day_start(date(2026, 3, 2))
REAL = os.environ.get("LINLI_REAL_DATA", "")
SAMPLE = 150
TITLES = (
    "原编号",
    "原平台用户号",
    "主题",
    "反映时间",
    "发生了什么",
    "类别",
    "处理结果",
    "答复",
    "答复时间",
    "怎样核实的",
    "点赞数",
)
ROW: tuple[Any, ...] = (
    "2549",
    "A00045581",
    "楼道灯",
    "2024/4/25 9:32:09",
    "楼道灯不亮",
    "电力与照明",
    "已解决",
    "已更换",
    "2024-05-10",
    "现场查看",
    3,
)


@pytest.fixture(autouse=True)
def _town(db: None) -> None:
    town()


def taken(sheet: Sheet, **more: Any) -> Outcome:
    found = match(known.tables["demands"], sheet, None, COMMUNITY)
    return take(found, at=NOW, step=lambda part, done, of: None, **more)


def one(tmp_path: Path, row: tuple[Any, ...], **more: Any) -> Outcome:
    write(tmp_path / "t.xlsx", TITLES, [row])
    return taken(read(tmp_path / "t.xlsx"), **more)


def changed(**said: Any) -> tuple[Any, ...]:
    """The row with other values in the columns of these titles."""
    return tuple(said.get(t, v) for t, v in zip(TITLES, ROW, strict=True))


def story(case: UUID) -> list[tuple[str, str, str]]:
    """(action, state, day of the happening) of each entry."""
    return [(e.action, e.effect["state"], str(e.happened)) for e in entries(case)]


def test_a_row_is_reported_answered_and_checked_at_its_own_times(tmp_path: Path) -> None:
    assert one(tmp_path, ROW).taken == 1
    case = Case.objects.get()
    reported, answered = (
        day_start(date(2024, 4, 25)) + 9 * HOUR + 32 * 60_000_000 + 9_000_000,
        day_start(date(2024, 5, 10)),
    )
    assert story(case.id) == [
        ("recorded_elsewhere", "reported", str(reported)),
        ("settle", "answered", str(answered)),
        ("verify", "closed", str(answered)),
    ]
    assert {e.recorded for e in entries(case.id)} == {NOW}
    assert {e.role for e in entries(case.id)} == {"importer"}
    facts = contents([e.id for e in entries(case.id)])
    said = [parts[0].content["answers"] for parts in facts.values()]
    assert said[0] == {
        "outside_number": "2549", "topic": "楼道灯", "likes": 3, "matter": "楼道灯不亮",
        "where": COMMUNITY, "category": "power",
    }  # fmt: skip
    assert [p.content for parts in facts.values() for p in parts if p.person] == [
        {"outside_user": "A00045581"}
    ]
    assert (case.place, case.state, case.number) == (COMMUNITY, "closed", "LL-2024-0001")


def test_an_answer_that_comes_later_is_taken_on_the_second_run(tmp_path: Path) -> None:
    silent = changed(处理结果="", 答复="", 答复时间="", 怎样核实的="")
    assert one(tmp_path, silent).taken == 1
    assert Case.objects.get().state == "reported"
    assert one(tmp_path, changed(怎样核实的="", 点赞数=9)).taken == 1
    assert Case.objects.get().state == "answered"
    again = one(tmp_path, changed(怎样核实的=""))
    assert (again.taken, again.already, Case.objects.count()) == (0, 1, 1)


def test_a_number_that_says_something_else_is_refused_and_not_doubled(tmp_path: Path) -> None:
    one(tmp_path, ROW)
    (fault,) = one(tmp_path, changed(发生了什么="别的事")).bad
    assert (fault.row, fault.column, fault.found) == (2, "发生了什么", "(3)")
    assert Case.objects.count() == 1


def test_a_guard_is_not_passed_by(tmp_path: Path) -> None:
    (fault,) = one(tmp_path, changed(类别="漏水与给排水")).bad
    assert "照片" in fault.expected.zh
    assert Case.objects.count() == 0


def test_a_contact_is_registered_and_sealed(tmp_path: Path) -> None:
    write(
        tmp_path / "t.xlsx",
        (*TITLES, "反映人姓名", "反映人电话", "在哪里"),
        [(*ROW, "张三丰", "13800000001", HOME)],
    )
    assert taken(read(tmp_path / "t.xlsx")).taken == 1
    case = Case.objects.get()
    assert (case.place, case.state) == (HOME, "verified")
    assert "13800000001" not in str([e.effect for e in entries(case.id)])


@pytest.mark.parametrize(
    ("said", "column"),
    [
        ({"反映时间": ""}, "反映时间"),
        ({"反映时间": "昨天"}, "反映时间"),
        ({"反映时间": "2030-01-01", "答复时间": "2030-01-02"}, ""),
        ({"答复时间": "2024-04-01"}, "答复时间"),
        ({"答复时间": ""}, "答复时间"),
        ({"答复": ""}, "答复"),
        ({"处理结果": ""}, "处理结果"),
        ({"类别": "无"}, "类别"),
        ({"发生了什么": "长" * 10_001}, "发生了什么"),
        ({"原平台用户号": "王小明"}, "原平台用户号"),
        ({"原平台用户号": "13800000001"}, "原平台用户号"),
        ({"点赞数": 1.5}, "点赞数"),
    ],
)
def test_what_is_wrong_is_told_by_its_column(said: dict[str, Any], column: str, tmp_path: Path) -> None:
    (fault,) = one(tmp_path, changed(**said)).bad
    assert (fault.row, fault.column) == (2, column)
    assert Case.objects.count() == 0


def real(name: str) -> Iterator[Sheet]:
    """A sample of a real table: every so many-th row, and those with the longest texts."""
    if not REAL:
        pytest.skip("LINLI_REAL_DATA is not set: the real messages are not there")
    whole = read(Path(REAL) / "messages" / name)
    size = lambda row: sum(len(str(c)) for c in row[1])  # noqa: E731
    longest = sorted(whole.rows, key=size)[-10:]
    some = {n: (n, cells) for n, cells in [*whole.rows[:: len(whole.rows) // SAMPLE], *longest]}
    yield replace(whole, rows=sorted(some.values()))


def test_real_messages_with_their_replies(tmp_path: Path) -> None:
    (sheet,) = real("messages-with-replies.xlsx")
    outcome = taken(sheet)
    assert (outcome.taken, outcome.bad) == (len(sheet.rows), [])
    again = taken(sheet)
    assert (again.taken, again.already) == (0, len(sheet.rows))
    _kept_whole(sheet)
    assert set(Case.objects.values_list("state", flat=True)) == {"closed"}
    _figures(len(sheet.rows), len(sheet.rows))


def test_real_messages_with_their_likes() -> None:
    (sheet,) = real("messages-with-likes.xlsx")
    outcome = taken(sheet)
    assert (outcome.taken, outcome.bad) == (len(sheet.rows), [])
    assert taken(sheet).already == len(sheet.rows)
    _kept_whole(sheet)
    likes = sum(_facts(c)["likes"] for c in Case.objects.all())
    assert likes == sum(int(float(str(cells[6]))) for _, cells in sheet.rows)
    _figures(len(sheet.rows), 0)


def _kept_whole(sheet: Sheet) -> None:
    """Every text stands in the journal as it was, but for blanks around it and line ends; every case is found by its words."""
    said = {f["outside_number"]: f for f in map(_facts, Case.objects.all())}
    replies = "答复意见" in sheet.titles
    for _, cells in sheet.rows:
        facts = said[str(int(float(str(cells[0]))))]
        assert facts["matter"] == _trimmed(cells[4])
        assert (facts["outside_user"], facts["topic"]) == (cells[1], _trimmed(cells[2]))
        assert facts.get("answer") == (_trimmed(cells[5]) if replies else None)
    for word in ("物业", "漏水"):
        found = {_facts(c)["outside_number"] for c in Case.objects.filter(id__in=matching(word))}
        assert found == {number for number, facts in said.items() if word in facts["matter"]}


def _facts(case: Case) -> dict[str, Any]:
    """All that the case's entries say, sealed parts opened, the later over the earlier."""
    parts = contents([e.id for e in entries(case.id)])
    said = [p.content.get("answers", p.content) for e in entries(case.id) for p in parts[e.id]]
    return {k: v for one in said for k, v in one.items()}


def _trimmed(cell: object) -> str:
    return str(cell).replace("\r\n", "\n").replace("\r", "\n").strip()


def _figures(reported: int, answered: int) -> None:
    demand = installed["demand"]
    counted = {f.counter.key: f.value for f in figures(demand, COMMUNITY, 0, NOW)}
    rates = {share.indicator.key: share.denominator for share in shares(demand, COMMUNITY, 0, NOW)}
    assert (counted["reported"], counted["answered"], rates["solution_rate"]) == (
        reported,
        answered,
        answered,
    )
    assert list(rebuild.check()) == []
    assert list(Walk().faults()) == []
