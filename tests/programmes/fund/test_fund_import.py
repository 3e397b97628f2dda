"""Titles and deposits from spreadsheets: one act for a file and an account, nothing twice, every fault with its row and column."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from click.testing import CliRunner, Result

from linli.cases import rebuild
from linli.config.command.root import cli
from linli.forms.matching import match
from linli.forms.sheet import Unusable, read
from linli.forms.tables import Row, known
from linli.forms.taking import Outcome, take
from linli.forms.writing import example, write
from linli.funds import reading
from linli.funds.verify import verify
from linli.journal import imported
from linli.journal.append import entries
from linli.people import persons
from linli.programmes.maintenance_fund.account import ACCOUNT
from linli.rules.actor import THE_SYSTEM
from linli.rules.worktime import DAY
from linli.territory import households
from tests.cases.community import COMMUNITY
from tests.programmes.fund.court import Court, court

pytestmark = pytest.mark.django_db
BUILDINGS, ENTRANCES, FLOORS, DOORS = 2, 5, 25, 2
HOMES = tuple(
    (f"{COMMUNITY}B{b:04d}", str(e), f"{f}{d:02d}")
    for b in range(1, BUILDINGS + 1)
    for e in range(1, ENTRANCES + 1)
    for f in range(1, FLOORS + 1)
    for d in range(1, DOORS + 1)
)
TITLES = ("房屋", "面积", "状态", "业主", "业主电话", "共有人", "共有人电话", "起始日")
DEPOSITS = ("房屋", "金额", "银行流水号", "日期", "摘要")


def test_the_measure() -> None:
    assert len(HOMES) == 500


@pytest.fixture
def it() -> Court:
    made = court()
    households.load(households.HouseholdRow(*home) for home in HOMES)
    opened(made)
    return made


def opened(made: Court) -> UUID:
    said = {"where": COMMUNITY, "what": "甲苑", "bank": "测试银行"}
    made.fund = made.act((ACCOUNT.key, COMMUNITY), "housing", "open", said).case
    return made.fund


def code(number: int) -> str:
    """The home as people write it: B0001-1-101."""
    return "-".join(HOMES[number])[12:]


def titles(count: int = 500) -> list[list[Any]]:
    """Every tenth home is unsold, every seventh is owned by two, every 25th owner has the next home too."""
    rows: list[list[Any]] = []
    for n in range(count):
        who = n - 1 if n % 25 == 1 else n
        area = f"{48 + n % 90}.{n % 100:02d}"
        if n % 10 == 9:
            rows.append([code(n), area, "未售", None, None, None, None, "2016-05-01"])
            continue
        both = [f"共有{n}", f"1377{n:07d}"] if n % 7 == 3 else [None, None]
        rows.append([code(n), area, "已售", f"业主{who}", f"1366{who:07d}", *both, "2016-05-01"])
    return rows


def deposits(count: int = 500) -> list[list[Any]]:
    return [[code(n), 5000 + n / 100, f"20260301{n:06d}", "2026-03-01", "首期交存"] for n in range(count)]


def of(
    name: str, it: Court, path: Path, columns: Sequence[str], rows: list[list[Any]], **more: Any
) -> Outcome:
    write(path, columns, rows)
    it.at += DAY
    found = match(known.tables[name], read(path), None, more.pop("community", COMMUNITY))
    return take(found, at=it.at, step=lambda *_: None, **more)


def enrolled(it: Court, tmp_path: Path, count: int = 500) -> Outcome:
    return of("titles", it, tmp_path / "titles.xlsx", TITLES, titles(count))


def acts(it: Court) -> list[str]:
    return [e.action for e in entries(it.fund)]


def test_five_hundred_titles_and_deposits_come_in_and_stand_as_they_were(it: Court, tmp_path: Path) -> None:
    taken = enrolled(it, tmp_path)
    assert (taken.taken, taken.bad) == (500, [])
    found = {t.unit: t for t in reading.titles_on(it.fund, "2026-03-03")}
    for home, area, status, owner, phone, _, other, since in titles():
        title = found[f"{COMMUNITY}{home}"]
        assert (f"{title.area / 100:.2f}", title.since) == (area, since)
        assert title.status == ("sold" if owner else "unsold"), status
        owners = [str(persons.find_by_phone(p)) for p in (phone, other) if p]
        assert list(title.owners) == sorted(owners)
    assert found[f"{COMMUNITY}{code(25)}"].owners == found[f"{COMMUNITY}{code(26)}"].owners
    paid = of("deposits", it, tmp_path / "paid.xlsx", DEPOSITS, deposits())
    assert (paid.taken, paid.bad) == (500, [])
    balances = reading.balances_of(it.fund)
    assert balances["1001", ""] == sum(500_000 + n for n in range(500))
    assert all(balances["3001", f"{COMMUNITY}{code(n)}"] == -(500_000 + n) for n in range(500))
    assert acts(it) == ["open", "enrol", "deposit"]
    assert [v.memo for v in reading.vouchers_in(it.fund)] == ["首期交存（2026-03-01）"] * 2
    assert not list(rebuild.check())
    assert not list(verify(it.fund))


def test_a_file_twice_is_booked_once(it: Court, tmp_path: Path) -> None:
    enrolled(it, tmp_path, 40)
    again = enrolled(it, tmp_path, 40)
    assert (again.taken, again.already) == (0, 40)
    of("deposits", it, tmp_path / "paid.xlsx", DEPOSITS, deposits(40))
    balance = reading.balances_of(it.fund)
    twice = of("deposits", it, tmp_path / "paid.xlsx", DEPOSITS, deposits(40))
    assert (twice.taken, twice.already, reading.balances_of(it.fund)) == (0, 40, balance)
    more = of(
        "deposits", it, tmp_path / "more.xlsx", DEPOSITS, [*deposits(40), [code(1), "7.00", "Z1", None, None]]
    )
    assert (more.taken, more.already) == (1, 40)
    assert acts(it) == ["open", "enrol", "deposit", "deposit"]
    assert len(imported.files("deposits")) == 2


@pytest.mark.parametrize(
    ("change", "column", "says"),
    [
        ((1, "12.345"), "金额", "two decimals"),
        ((1, "-5"), "金额", "negative"),
        ((1, "五千"), "金额", "yuan"),
        ((0, "B0001-9-999"), "房屋", "The account has no such home"),
        ((0, "一号楼"), "房屋", "B0003-2-301"),
        ((2, "20260301000003"), "银行流水号", "Row 5"),
        ((3, "2099-01-01"), "日期", "after today"),
        ((4, "张三 13800000000 转入"), "摘要", "no phone"),
    ],
)
def test_a_bad_deposit_is_named_and_nothing_of_the_file_is_taken(
    it: Court, tmp_path: Path, change: tuple[int, str], column: str, says: str
) -> None:
    enrolled(it, tmp_path, 40)
    rows = deposits(20)
    rows[10][change[0]] = change[1]
    said = of("deposits", it, tmp_path / "paid.xlsx", DEPOSITS, rows)
    (fault,) = said.bad
    assert (fault.row, fault.column, said.taken) == (12, column, 0)
    assert says in fault.expected.en
    assert "13800000000" not in fault.found
    assert reading.balances_of(it.fund) == {}
    good = of("deposits", it, tmp_path / "paid.xlsx", DEPOSITS, rows, accept_good=True)
    assert (good.taken, len(good.bad)) == (19, 1)


def test_a_number_of_the_bank_that_is_booked_otherwise_is_a_fault(it: Court, tmp_path: Path) -> None:
    enrolled(it, tmp_path, 40)
    of("deposits", it, tmp_path / "paid.xlsx", DEPOSITS, deposits(20))
    rows = deposits(20)
    rows[4][1], rows[7][0] = 4_000, code(30)
    said = of("deposits", it, tmp_path / "other.xlsx", DEPOSITS, rows)
    assert [(b.row, b.column) for b in said.bad] == [(6, "银行流水号"), (9, "银行流水号")]
    assert "booked before" in said.bad[0].expected.en
    assert acts(it) == ["open", "enrol", "deposit"]


@pytest.mark.parametrize(
    ("change", "column", "says"),
    [
        ({1: "48.123"}, "面积", "two decimals"),
        ({1: 0}, "面积", "number between"),
        ({2: "空置"}, "状态", "not among"),
        ({0: "B0001-9-999"}, "房屋", "households first"),
        ({0: "B0001-1-102"}, "房屋", "Row 3"),
        ({3: None, 4: None}, "业主", "needed"),
        ({4: None}, "业主电话", "needed"),
        ({4: "12345"}, "业主电话", "phone"),
        ({3: "甲、乙、丙"}, "业主", "Two owners"),
        ({7: "2099-01-01"}, "起始日", "after today"),
        ({2: "未售"}, "业主", "no owner"),
        ({3: "别人", 4: "13660000000"}, "业主电话", "another"),
    ],
)
def test_a_bad_title_is_named(
    it: Court, tmp_path: Path, change: dict[int, Any], column: str, says: str
) -> None:
    rows = titles(6)
    for at, value in change.items():
        rows[4][at] = value
    said = of("titles", it, tmp_path / "titles.xlsx", TITLES, rows)
    assert [(b.row, b.column) for b in said.bad] == [(6, column)], said.bad
    assert says.casefold() in said.bad[0].expected.en.casefold()
    assert (said.taken, acts(it), reading.titles_on(it.fund, "2026-03-03")) == (0, ["open"], ())


def test_a_title_follows_the_one_before_it(it: Court, tmp_path: Path) -> None:
    enrolled(it, tmp_path, 6)
    sold = titles(6)
    sold[2][3], sold[2][4], sold[2][7] = "新业主", "13688888888", "2016-05-01"
    (fault,) = of("titles", it, tmp_path / "sold.xlsx", TITLES, sold).bad
    assert (fault.row, fault.column) == (4, "起始日")
    sold[2][7] = "2026-02-01"
    said = of("titles", it, tmp_path / "sold.xlsx", TITLES, sold)
    assert (said.taken, said.already) == (1, 5)
    before, after = reading.titles_of_unit(it.fund, f"{COMMUNITY}{code(2)}")
    assert (before.until, after.title.since) == ("2026-01-31", "2026-02-01")


def test_two_owners_may_stand_in_one_cell_and_a_partner_may_have_no_phone(it: Court, tmp_path: Path) -> None:
    rows = [
        [code(0), "80", "已售", "赵一、钱二", "13600000001；13600000002", None, None, "2016-05-01"],
        [code(1), "80", "已售", "孙三", "136 0000 0003", "李四", None, "2016-05-01"],
        [code(2), "80", "已售", "孙三", "13600000003", "李四", None, "2016-05-01"],
    ]
    assert of("titles", it, tmp_path / "t.xlsx", TITLES, rows).taken == 3
    first, second, third = reading.titles_on(it.fund, "2026-03-03")
    assert set(first.owners) == {str(persons.find_by_phone(f"1360000000{n}")) for n in (1, 2)}
    # One head, not two: a partner without a phone is known again by whom he owns with.
    assert second.owners == third.owners
    assert len(second.owners) == 2


def test_somebody_who_is_known_is_not_registered_again(it: Court, tmp_path: Path) -> None:
    known_one = persons.register(
        name="业主0", phone="13660000000", kind="resident", at=it.at, by=THE_SYSTEM, key="t/known"
    )
    enrolled(it, tmp_path, 1)
    assert reading.titles_on(it.fund, "2026-03-03")[0].owners == (str(known_one),)


def test_the_account_is_named_where_there_are_several(it: Court, tmp_path: Path) -> None:
    first, number = it.fund, "ZH-2026-0001"
    opened(it)
    rows = titles(3)
    (fault, *_) = of("titles", it, tmp_path / "t.xlsx", TITLES, rows).bad
    assert (fault.row, fault.column) == (2, "资金账户")
    named = ("资金账户", *TITLES)
    said = of("titles", it, tmp_path / "t.xlsx", named, [[number, *r] for r in rows], community="")
    assert (said.taken, len(reading.titles_on(first, "2026-03-03"))) == (3, 3)
    (fault, *_) = of("titles", it, tmp_path / "t.xlsx", named, [["ZH-2026-0009", *r] for r in rows]).bad
    assert "open it first" in fault.expected.en


def test_english_titles_and_three_columns_for_a_home(it: Court, tmp_path: Path) -> None:
    columns: tuple[str, ...] = (
        "Building",
        "Unit",
        "Room",
        "Area",
        "Status",
        "Owner",
        "Owner’s phone",
        "Since",
    )
    row = ["1号楼", "2单元", "301室", "88.50", "sold", "赵一", "13600000001", "2016-05-01"]
    assert of("titles", it, tmp_path / "t.csv", columns, [row]).taken == 1
    columns = ("Home", "Amount", "Bank’s own number", "Kind of homes")
    rows = [
        ["B0001-2-301", "5,310.00", "A1", "Private homes"],
        ["B0001-2-301", "900", "A2", "Sold public homes"],
    ]
    assert of("deposits", it, tmp_path / "p.csv", columns, rows).taken == 2
    balances = reading.balances_of(it.fund)
    assert (balances["3001", f"{COMMUNITY}B0001-2-301"], balances["1001", ""]) == (-531_000, 621_000)
    assert acts(it) == ["open", "enrol", "deposit", "deposit"]


def test_what_a_bank_writes_to_single_payments_stays_out_of_the_voucher(it: Court, tmp_path: Path) -> None:
    enrolled(it, tmp_path, 5)
    rows = deposits(2)
    rows[0][3:], rows[1][3:] = ["2026-02-27", "王小明转入"], ["2026-03-01", "李小红转入"]
    of("deposits", it, tmp_path / "p.xlsx", DEPOSITS, rows)
    assert {v.memo for v in reading.vouchers_in(it.fund)} == {"银行交存清单（2026-02-27 至 2026-03-01）"}


def test_what_the_door_refuses_ends_the_file(it: Court) -> None:
    """As if a home had left the account between the look and the act."""
    taking = known.tables["deposits"].open_(it.at)
    said = {
        "account": str(it.fund),
        "home": f"{COMMUNITY}{code(0)}",
        "amount": 100,
        "ref": "Q1",
        "booked": False,
    }
    assert taking.take(Row(2, (), said, "k"))
    with pytest.raises(Unusable, match=r"nothing was taken: .*1-101"):
        taking.close("0" * 64)


def linli(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["import", *map(str, arguments)], catch_exceptions=False)


def test_the_command_takes_its_own_example(it: Court, tmp_path: Path) -> None:
    for name in ("titles", "deposits"):
        example(known.tables[name], tmp_path / f"{name}.csv")
        text = (tmp_path / f"{name}.csv").read_text(encoding="utf-8-sig").replace("B0003-2-301", code(0))
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        said = linli(name, tmp_path / f"{name}.csv", "--community", COMMUNITY)
        assert said.exit_code == 0, said.output
    assert acts(it) == ["open", "enrol", "deposit"]
