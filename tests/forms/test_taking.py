"""A file is taken whole or not at all; the same file twice adds nothing; the good rows are exactly the others."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.forms.buildings import BUILDINGS
from linli.forms.matching import match
from linli.forms.places import HOUSEHOLDS
from linli.forms.residents import PEOPLE
from linli.forms.sheet import read
from linli.forms.tables import Table
from linli.forms.taking import Outcome, take
from linli.forms.writing import bad_rows, example, write
from linli.journal import imported
from linli.journal.models import Entry
from linli.journal.verify import Walk
from linli.people.models import Person
from linli.rules.worktime import day_start
from linli.territory import buildings, households
from linli.territory.models import Building, Household, HouseholdLabel, HouseholdMember
from tests.cases.community import COMMUNITY, FOUNDED, HOME, town

pytestmark = pytest.mark.django_db
NOON = day_start(FOUNDED) + 10**10
ROOMS = [f"{floor}0{door}" for floor in range(1, 5) for door in (1, 2)]
HOMES = ("楼栋", "单元", "房号", "标签", "起始日期")


@pytest.fixture(autouse=True)
def _town(db: None) -> None:
    town()


@contextmanager
def undone() -> Iterator[None]:
    """What is written inside is taken back, so that examples do not see each other."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def taken(table: Table, path: Path, **more: Any) -> Outcome:
    found = match(table, read(path), None, COMMUNITY)
    return take(found, at=NOON, step=lambda part, done, of: None, **more)


def counted() -> dict[str, int]:
    """How many rows each table of the database has."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        found = {}
        for name in names:
            cursor.execute(f'SELECT count(*) FROM "{name}"')
            found[name] = cursor.fetchone()[0]
    return found


def homes(path: Path, bad: set[int] = frozenset()) -> Path:  # type: ignore[assignment]
    """A table of eight households; the rows numbered in ``bad`` name a building that is not there."""
    rows = [
        ("9999" if i in bad else "1", "2单元", room, "低保" if i % 2 else "", "2024-01-01")
        for i, room in enumerate(ROOMS)
    ]
    write(path, HOMES, rows)
    return path


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bad=st.sets(st.integers(0, 7), min_size=1), kind=st.sampled_from([".xlsx", ".csv"]))
def test_one_bad_row_anywhere_and_nothing_is_taken_or_exactly_the_others(
    bad: set[int], kind: str, tmp_path: Path
) -> None:
    path = homes(tmp_path / f"t{kind}", bad)
    before = counted()
    outcome = taken(HOUSEHOLDS, path)
    assert outcome.bad_rows == {i + 2 for i in bad}
    assert (outcome.taken, outcome.good, counted()) == (0, 8 - len(bad), before)
    with undone():
        outcome = taken(HOUSEHOLDS, path, accept_good=True)
        assert (outcome.taken, outcome.bad_rows) == (8 - len(bad), {i + 2 for i in bad})
        here = {h.door for h in households.of_building(HOME)}
        assert here == {room for i, room in enumerate(ROOMS) if i not in bad}


def test_a_second_import_adds_nothing_and_neither_does_one_after_a_part(tmp_path: Path) -> None:
    part = taken(HOUSEHOLDS, homes(tmp_path / "a.xlsx", {1, 4}), accept_good=True)
    whole = taken(HOUSEHOLDS, homes(tmp_path / "b.xlsx"))
    assert (part.taken, whole.taken, whole.already) == (6, 2, 6)
    before = counted()
    again = taken(HOUSEHOLDS, homes(tmp_path / "b.xlsx"))
    assert (again.taken, again.already, counted()) == (0, 8, before)
    assert HouseholdLabel.objects.count() == 4


def test_a_check_says_the_same_and_writes_nothing(tmp_path: Path) -> None:
    before = counted()
    outcome = taken(HOUSEHOLDS, homes(tmp_path / "t.xlsx"), check=True)
    assert (outcome.good, outcome.taken, counted()) == (8, 0, before)


def test_every_import_that_took_something_is_an_entry_with_the_hash_of_the_file(tmp_path: Path) -> None:
    path = homes(tmp_path / "t.xlsx", {0})
    taken(HOUSEHOLDS, path)
    taken(HOUSEHOLDS, path, accept_good=True)
    taken(HOUSEHOLDS, path, accept_good=True)
    counts = {"rows": 8, "taken": 7, "already": 0, "bad": 1}
    assert imported.files("households") == [{"table": "households", "file": read(path).digest, **counts}]
    assert list(Walk().faults()) == []


@pytest.mark.parametrize("kind", [".xlsx", ".csv"])
def test_the_bad_rows_stand_beside_the_file_and_can_be_imported_once_corrected(
    kind: str, tmp_path: Path
) -> None:
    path = homes(tmp_path / f"t{kind}", {2, 5})
    outcome, sheet = taken(HOUSEHOLDS, path, accept_good=True), read(path)
    beside = bad_rows(path, sheet.titles, sheet.rows, outcome.bad)
    left = read(beside)
    assert beside.name == f"t.bad{kind}"
    assert [cells[2] for _, cells in left.rows] == [ROOMS[2], ROOMS[5]]
    assert all("没有代码为" in str(cells[-1]) for _, cells in left.rows)
    write(beside, left.titles, [("1", *cells[1:]) for _, cells in left.rows])
    assert taken(HOUSEHOLDS, beside).taken == 2


@pytest.mark.parametrize("table", [BUILDINGS, HOUSEHOLDS, PEOPLE], ids=lambda t: t.key)
@pytest.mark.parametrize("kind", [".xlsx", ".csv"])
def test_the_example_of_every_table_can_be_imported(table: Table, kind: str, tmp_path: Path) -> None:
    for needed in (BUILDINGS, HOUSEHOLDS, table):
        example(needed, tmp_path / f"{needed.key}{kind}")
        outcome = taken(needed, tmp_path / f"{needed.key}{kind}")
        assert outcome.bad == []
    assert taken(table, tmp_path / f"{table.key}{kind}").already == 1


LISTED = ("楼栋", "名称", "小区", "单元数", "层数", "经度", "纬度", "网格", "起始日期")


def test_buildings_are_entered_with_their_place_and_their_grid_from_a_day_on(tmp_path: Path) -> None:
    path, code = tmp_path / "t.xlsx", COMMUNITY + "B0007"
    write(path, LISTED, [("7号楼", "七号楼", "甲苑", 3, 6, 112.5602, 37.7881, "2", "2024-01-01")])
    assert taken(BUILDINGS, path).taken == 1
    row = Building.objects.get(code=code)
    assert (row.name_zh, row.compound_zh, row.entrances, row.floors, row.outline) == (
        "七号楼",
        "甲苑",
        3,
        6,
        "[[112.5602, 37.7881]]",
    )
    assert buildings.grid_of(code, FOUNDED) is None
    assert [g.name_zh for g in buildings.grids_of(COMMUNITY, FOUNDED.replace(year=2024))] == [
        "第一网格",
        "第2网格",
    ]
    assert taken(BUILDINGS, path).already == 1


def test_a_division_keeps_its_history(tmp_path: Path) -> None:
    path, first, second = tmp_path / "t.csv", COMMUNITY + "001", COMMUNITY + "002"
    write(path, ("楼栋", "名称", "网格", "起始日期"), [("1", "1号楼", "002", "2024-03-01")])
    assert taken(BUILDINGS, path).taken == 1
    days = [FOUNDED, FOUNDED.replace(year=2024, month=2, day=29), FOUNDED.replace(year=2024, month=3)]
    assert [buildings.grid_of(HOME, d) for d in days] == [first, first, second]
    assert buildings.grid_of(COMMUNITY + "B0002", days[2]) == first
    write(path, ("楼栋", "名称", "网格", "起始日期"), [("1", "1号楼", "003", "2024-03-01")])
    (fault,) = taken(BUILDINGS, path).bad
    assert (fault.row, fault.column, fault.found) == (2, "网格", "003")
    divided = Entry.objects.filter(action="divided").order_by("seq")
    assert ['"starts":"2024-03-01"' in e.effect and second in e.effect for e in divided] == [True]


def test_a_building_that_is_told_anew_is_corrected_and_its_outline_stays(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    Building.objects.filter(code=HOME).update(outline="[[1.0, 1.0], [1.0, 2.0], [2.0, 1.0], [1.0, 1.0]]")
    write(path, ("楼栋", "名称", "地址", "经度", "纬度"), [("1", "壹号楼", "康宁街 1 号", "112.5", "37.7")])
    assert taken(BUILDINGS, path).taken == 1
    row = Building.objects.get(code=HOME)
    assert (row.name_zh, row.address, row.compound_zh, len(row.outline) > 40) == (
        "壹号楼",
        "康宁街 1 号",
        "甲苑",
        True,
    )


PERSON = ("姓名", "电话", "楼栋", "单元", "房号", "起始日期")


def test_people_are_sealed_and_live_where_the_row_says(tmp_path: Path) -> None:
    taken(HOUSEHOLDS, homes(tmp_path / "h.xlsx"))
    path = tmp_path / "p.csv"
    write(
        path,
        PERSON,
        [("张三丰", "+86 138-0000-0001", "1", "2", "101", "2024-01-01"), ("李四光", "", "", "", "", "")],
    )
    before = Person.objects.count()
    assert taken(PEOPLE, path).taken == 2
    assert Person.objects.count() == before + 2
    (member,) = HouseholdMember.objects.filter(household=f"{HOME}-2-101")
    assert Person.objects.get(id=member.person).mask == "张**"
    texts = " ".join(Entry.objects.values_list("effect", flat=True)) + " ".join(
        Entry.objects.values_list("key", flat=True)
    )
    assert not any(said in texts for said in ("张三丰", "13800000001", "李四光"))
    assert taken(PEOPLE, path).already == 2


def test_two_persons_with_one_phone_do_not_become_one(tmp_path: Path) -> None:
    path = tmp_path / "p.csv"
    write(path, PERSON[:2], [("张三丰", "13800000001"), ("李四光", "13800000001")])
    (fault,) = taken(PEOPLE, path).bad
    assert (fault.row, fault.column, fault.found) == (3, "电话", "(11)")


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (("", "13800000001", "1", "2", "101", "2024-01-01"), "姓名"),
        (("张三丰", "123", "1", "2", "101", "2024-01-01"), "电话"),
        (("张三丰", "13800000001", "1", "2", "101", ""), "起始日期"),
        (("张三丰", "13800000001", "", "2", "101", "2024-01-01"), "楼栋"),
        (("张三丰", "13800000001", "1", "", "101", "2024-01-01"), "单元"),
        (("张三丰", "13800000001", "1", "2", "9-9", "2024-01-01"), "房号"),
        (("张三丰", "13800000001", "1", "2", "999", "2024-01-01"), "房号"),
    ],
)
def test_what_is_wrong_with_a_person_is_told_by_its_column(
    row: tuple[str, ...], column: str, tmp_path: Path
) -> None:
    taken(HOUSEHOLDS, homes(tmp_path / "h.xlsx"))
    write(tmp_path / "p.csv", PERSON, [row])
    assert [b.column for b in taken(PEOPLE, tmp_path / "p.csv").bad] == [column]


def test_who_lives_elsewhere_is_not_moved_silently(tmp_path: Path) -> None:
    taken(HOUSEHOLDS, homes(tmp_path / "h.xlsx"))
    rows = [("张三丰", "13800000001", "1", "2", room, "2024-01-01") for room in ("101", "102")]
    write(tmp_path / "p.csv", PERSON, rows)
    outcome = taken(PEOPLE, tmp_path / "p.csv")
    assert [(b.row, b.column) for b in outcome.bad] == [(3, "姓名")]
    assert Household.objects.count() == 8
