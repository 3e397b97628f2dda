"""The regions of the whole country, from the tables of a package; here a few invented rows in the same form."""

import csv
from pathlib import Path

import pytest

from linli.journal import imported
from linli.journal.verify import Walk
from linli.territory import nation
from linli.territory.models import Region
from linli.territory.regions import RegionRow, counties, load

pytestmark = pytest.mark.django_db
NOW = 1_714_276_800_000_000
ROWS = {
    "provinces.csv": [("14", "山西省"), ("44", "广东省")],
    "cities.csv": [("1401", "太原市"), ("4419", "东莞市")],
    "areas.csv": [
        ("140105", "小店区"), ("140106", "迎泽区"), ("140171", "山西转型综合改革示范区"), ("140181", "古交市"),
        ("441900", "东莞市"),
    ],
    "streets.csv": [("140105006", "小店街道"), ("140171001", "某产业园区"), ("441900003", "东城街道")],
    "villages.csv": [("140105006002", "康宁街社区"), ("140171001001", "某社区"), ("441900003001", "岗贝社区")],
}  # fmt: skip
COUNT = sum(map(len, ROWS.values()))


def package(folder: Path, rows: dict[str, list[tuple[str, str]]] = ROWS) -> Path:
    """A package with these tables, as npm lays it down."""
    dist = folder / "node_modules" / nation.PACKAGE / "dist"
    dist.mkdir(parents=True, exist_ok=True)
    for name, lines in rows.items():
        with (dist / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("code", "name"), *lines])
    return dist


def loaded(source: Path) -> nation.Loaded:
    return nation.load(source, at=NOW, step=lambda done, of: None)


def test_the_package_is_found_wherever_it_is_installed(tmp_path: Path) -> None:
    dist = package(tmp_path)
    for place in (tmp_path, tmp_path / "node_modules", dist.parent, dist):
        assert nation.folder(tmp_path / "none", place) == dist
    with pytest.raises(nation.NotThere, match="npm install"):
        nation.folder(tmp_path / "none")


def test_a_second_time_adds_nothing(tmp_path: Path) -> None:
    dist = package(tmp_path)
    first, second = loaded(dist), loaded(dist)
    assert (first.rows, first.taken, first.already) == (COUNT, COUNT, 0)
    assert (second.rows, second.taken, second.already) == (COUNT, 0, COUNT)
    assert Region.objects.count() == COUNT
    assert [f["taken"] for f in imported.files(nation.TABLE)] == [COUNT]
    assert list(Walk().faults()) == []


def test_a_development_zone_is_marked_and_is_no_county(tmp_path: Path) -> None:
    assert loaded(package(tmp_path)).not_counted == 2
    assert [r.code for r in counties("1401")] == ["140105", "140106", "140181"]
    assert [r.code for r in counties("44")] == []
    assert Region.objects.get(code="140171").parent == "1401"
    assert Region.objects.get(code="140171001001").counted


def test_what_is_there_is_renamed_and_keeps_its_english_name(tmp_path: Path) -> None:
    load(
        [RegionRow("140105", "南郊区", "Xiaodian District"), RegionRow("140171", "示范区", "", counted=True)]
    )
    assert loaded(package(tmp_path)).renamed == 2
    row = Region.objects.get(code="140105")
    assert (row.name_zh, row.name_en) == ("小店区", "Xiaodian District")
    assert not Region.objects.get(code="140171").counted


def test_a_place_that_is_known_by_a_shorter_name_keeps_it(tmp_path: Path) -> None:
    load([RegionRow("140105006002", "康宁街", "Kangning Street")])
    assert loaded(package(tmp_path)).renamed == 0
    assert Region.objects.get(code="140105006002").name_zh == "康宁街"


@pytest.mark.parametrize("row", [("1401", "太原市"), ("14010x", "小店区"), ("140105", "")])
def test_a_row_that_is_none_is_named_by_file_and_line(row: tuple[str, str], tmp_path: Path) -> None:
    dist = package(tmp_path, {**ROWS, "areas.csv": [("140106", "迎泽区"), row]})
    with pytest.raises(nation.NotThere, match=r"areas\.csv: line 3: found"):
        loaded(dist)
    assert Region.objects.count() == 0


def test_the_lock_names_the_package_with_its_hash_and_no_address() -> None:
    lock = (nation.LOCKED / "package-lock.json").read_text("utf-8")
    assert nation.PACKAGE in lock
    assert "sha512-" in lock
    assert "http" not in lock
