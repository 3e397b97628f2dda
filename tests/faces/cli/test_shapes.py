"""The command line with files of shapes: what is imported, what is exported, what is said of either."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from linli.config.command.root import cli
from linli.forms.reading import read
from linli.rules.datum import Datum
from linli.territory import positions
from linli.territory.models import Barrier, Building
from tests.cases.community import COMMUNITY, HOME, town
from tests.forms.drawing import feature, geojson, geopackage, house, moved, street

pytestmark = pytest.mark.django_db
OURS = ("--community", COMMUNITY)


@pytest.fixture(autouse=True)
def _town(db: None) -> None:
    town()


def linli(*arguments: object) -> Result:
    return CliRunner().invoke(cli, list(map(str, arguments)), catch_exceptions=False)


def told(result: Result) -> dict[str, Any]:
    """The one JSON object on stdout."""
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_shapes_are_taken_once_and_a_bad_one_is_named(tmp_path: Path) -> None:
    path = geojson(tmp_path / "t.geojson", street(2))
    done = linli("import", "buildings", path, *OURS)
    assert (done.exit_code, done.stdout) == (0, "t.geojson: 2 rows, 2 taken, 0 there already, 0 bad\n")
    assert linli("import", "buildings", path, *OURS).stdout.startswith("t.geojson: 2 rows, 0 taken, 2 there")
    bad = geojson(tmp_path / "b.geojson", [*street(1), feature([[112.0, 37.0]] * 4, id=7)])
    refused = linli("import", "buildings", bad, *OURS, "--json", "--map", _map(tmp_path))
    assert refused.exit_code == 2
    (fault,) = told(refused)["bad"]
    assert (fault["called"], fault["column"]) == ("feature 2 (id 7)", "geometry")
    assert (
        "b.geojson: feature 2 (id 7), column 'geometry': found 'Polygon': A ring with fewer than"
        in refused.stderr
    )


def _map(folder: Path) -> Path:
    (folder / "map.yaml").write_text("columns: {outside: osm_id, name_zh: name}", encoding="utf-8")
    return folder / "map.yaml"


def test_what_was_left_out_is_a_note_and_no_fault(tmp_path: Path) -> None:
    far = [[(x + 0.01, y) for x, y in house(3)][i] for i in (0, 1, 2, 0)]
    path = geojson(tmp_path / "t.geojson", [feature([[house(0)], [far]], "MultiPolygon", id=1)])
    done = linli("import", "buildings", path, *OURS, "--json")
    assert (done.exit_code, told(done)["taken"]) == (0, 1)
    assert told(done)["notes"][0]["note"].endswith("other parts: 1, holes: 0")
    assert "note: " in done.stderr


def test_a_likely_shift_is_told_with_its_remedy_and_refused_until_the_datum_is_said(tmp_path: Path) -> None:
    linli("import", "buildings", geojson(tmp_path / "a.geojson", street(6)), *OURS)
    path = geojson(tmp_path / "b.geojson", moved(street(6), Datum.GCJ02))
    for more in ((), ("--check",), ("--accept-good",)):
        refused = linli("import", "buildings", path, *OURS, "--json", *more)
        assert (refused.exit_code, told(refused)["taken"]) == (2, 0)
        (warning,) = told(refused)["warnings"]
        assert (warning["code"], warning["remedy"], warning["refused"]) == (
            "likely-datum",
            "--datum gcj02",
            True,
        )
        assert "say --datum gcj02, or --datum wgs84 if it is so all the same" in refused.stderr
    done = linli("import", "buildings", path, *OURS, "--datum", "gcj02", "--json")
    assert (done.exit_code, told(done)["already"], told(done)["warnings"]) == (0, 6, [])
    insisted = linli("import", "buildings", path, *OURS, "--datum", "wgs84", "--json")
    assert (insisted.exit_code, told(insisted)["taken"]) == (0, 6)
    assert "it was taken as it was said to be; otherwise say --datum gcj02" in insisted.stderr


def test_the_command_comes_before_what_the_file_says_of_itself(tmp_path: Path) -> None:
    path = geojson(tmp_path / "t.geojson", moved(street(2), Datum.GCJ02), datum="gcj02")
    done = linli("import", "buildings", path, *OURS, "--datum", "bd09", "--check")
    assert f"{path}: it says GCJ-02 of itself; --datum bd09 is followed" in done.stderr


def test_a_layer_is_chosen_by_its_name(tmp_path: Path) -> None:
    path = geopackage(tmp_path / "t.gpkg", street(2), layers=("old", "new"))
    assert "name one with --layer: old, new" in linli("import", "buildings", path, *OURS).stderr
    assert linli("import", "buildings", path, *OURS, "--layer", "new").exit_code == 0


@pytest.mark.parametrize("what", ["buildings", "barriers"])
def test_an_example_of_shapes_can_be_filled_in(what: str, tmp_path: Path) -> None:
    path = tmp_path / "example.geojson"
    assert linli("import", what, "--example", path).exit_code == 0
    assert linli("import", what, path, "--json").exit_code == 0
    assert read(path).datum == "wgs84"
    assert "people have no shapes" in linli("import", "people", "--example", path).stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("import", "people", "{file}"), "is no kind of table that can be read"),
        (("import", "buildings", "{file}", "--datum", "xian80"), "'xian80' is not one of"),
        (("import", "buildings", "{named}"), "datum: found 'xian80'"),
        (("import", "buildings", "{file}.shp"), "save it as .geojson, .gpkg"),
        (("export", "buildings", COMMUNITY, "t.shp"), ".shp cannot be written; name it .geojson"),
        (("export", "buildings", "140105006999", "t.csv"), "no community 140105006999 is known"),
        (("export", "buildings", "14", "t.csv"), "expected its 12 digits"),
        (("export", "people", COMMUNITY, "t.csv"), "'people' is not one of"),
        (("export", "grids", COMMUNITY, "t.csv", "--day", "soon"), "--day: 'soon' is not a date"),
    ],
)
def test_what_cannot_be_used_is_status_2_and_one_line(
    arguments: tuple[str, ...], says: str, tmp_path: Path
) -> None:
    files = {"file": geojson(tmp_path / "t.geojson", street(1))}
    files["named"] = geojson(tmp_path / "n.geojson", street(1), datum="xian80")
    done = linli(*(a.format(**files) for a in arguments))
    assert (done.exit_code, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert says in line


def test_a_file_is_exported_with_what_it_is_said_on_stdout(tmp_path: Path) -> None:
    Building.objects.filter(code=HOME).update(outline=positions.kept(house(0)))
    path = tmp_path / "t.geojson"
    done = linli("export", "buildings", COMMUNITY, path, "--day", "2024-01-01", "--datum", "gcj02", "--json")
    assert told(done) == {
        "file": str(path), "what": "buildings", "rows": 2, "without_shape": 1, "datum": "gcj02", "day": "2024-01-01",
    }  # fmt: skip
    assert linli("import", "buildings", path).stdout == "t.geojson: 2 rows, 0 taken, 2 there already, 0 bad\n"
    assert linli("export", "grids", COMMUNITY, tmp_path / "g.gpkg").exit_code == 0
    assert "; 1 of them have no shape" in linli("export", "buildings", COMMUNITY, tmp_path / "b.csv").stdout
    assert "No such file" in linli("export", "grids", COMMUNITY, tmp_path / "none" / "g.csv").stderr


def test_barriers_go_there_and_back(tmp_path: Path) -> None:
    line = feature([[112.55, 37.779], [112.56, 37.779]], "LineString", kind="road", name="街")
    assert linli("import", "barriers", geojson(tmp_path / "t.geojson", [line]), *OURS).exit_code == 0
    for name in ("b.geojson", "b.gpkg", "b.xlsx"):
        assert linli("export", "barriers", COMMUNITY, tmp_path / name).exit_code == 0
        again = linli("import", "barriers", tmp_path / name, *OURS, "--json")
        assert (told(again)["already"], Barrier.objects.count()) == (1, 1)
