"""What is written is what is known, in the datum that was asked for; taken in again, it adds nothing."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely

from linli.forms.barriers import BARRIERS
from linli.forms.buildings import BUILDINGS
from linli.forms.exporting import ENDINGS, KINDS, made
from linli.forms.matching import match
from linli.forms.reading import read
from linli.forms.sheet import Unusable
from linli.forms.taking import Outcome, take
from linli.rules.datum import Datum, from_wgs84
from linli.rules.ids import new_id
from linli.rules.text import T
from linli.rules.worktime import day_start
from linli.territory import buildings, households, positions
from linli.territory.households import HouseholdRow
from linli.territory.models import Barrier, Building
from tests.cases.community import COMMUNITY, FOUNDED, HOME, town
from tests.forms.drawing import house

pytestmark = pytest.mark.django_db
NOON = day_start(FOUNDED) + 10**10
SECOND, THIRD = COMMUNITY + "B0002", COMMUNITY + "B0003"
NEXT_YEAR = date(2021, 1, 1)


@pytest.fixture(autouse=True)
def _town(db: None) -> None:
    """An area counted on the roll, a point whose number was told, and a third without a position."""
    town()
    Building.objects.filter(code=HOME).update(
        outline=positions.kept(house(0)[::-1]), outside="way/5", address="街 1 号"
    )
    spot = positions.kept([positions.middle(house(1))])
    Building.objects.filter(code=SECOND).update(outline=spot, households=30)
    Building.objects.create(code=THIRD, community=COMMUNITY, name_zh="三")
    households.load(HouseholdRow(HOME, "1", str(n)) for n in (101, 102))
    Barrier.objects.create(
        id=new_id(), community=COMMUNITY, kind="road", name="街", line="[[112.55, 37.779], [112.56, 37.779]]"
    )
    Barrier.objects.create(
        id=new_id(), community=COMMUNITY, kind="wall", line="[[112.55, 37.78], [112.55, 37.79]]"
    )


def written(what: str, ending: str, folder: Path, datum: Datum = Datum.WGS84, day: date = FOUNDED) -> Path:
    file = made(what, COMMUNITY, ending, day=day, datum=datum)
    path = folder / file.name
    path.write_bytes(file.content)
    return path


def features(what: str, datum: Datum = Datum.WGS84, day: date = FOUNDED) -> list[Any]:
    whole = json.loads(made(what, COMMUNITY, ".geojson", day=day, datum=datum).content)
    found: list[Any] = whole["features"]
    return found


def again(path: Path, what: str) -> Outcome:
    table = {"buildings": BUILDINGS, "barriers": BARRIERS}[what]
    return take(match(table, read(path), None, COMMUNITY), at=NOON, step=lambda part, done, of: None)


@pytest.mark.parametrize("datum", list(Datum))
@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("what", ["buildings", "barriers"])
def test_what_was_written_adds_nothing(what: str, ending: str, datum: Datum, tmp_path: Path) -> None:
    path = written(what, ending, tmp_path, datum)
    before = list(Building.objects.order_by("code").values()), list(Barrier.objects.order_by("id").values())
    found = again(path, what)
    assert (found.taken, found.bad, found.doubts) == (0, [], [])
    assert found.already == {"buildings": 3, "barriers": 2}[what]
    after = list(Building.objects.order_by("code").values()), list(Barrier.objects.order_by("id").values())
    assert before == after


@pytest.mark.parametrize("ending", [".geojson", ".gpkg"])
def test_what_was_written_makes_the_same_places_elsewhere(ending: str, tmp_path: Path) -> None:
    paths = {what: written(what, ending, tmp_path, Datum.GCJ02) for what in ("buildings", "barriers")}
    Building.objects.all().delete()
    Barrier.objects.all().delete()
    assert again(paths["buildings"], "buildings").taken == 3
    assert again(paths["barriers"], "barriers").taken == 2
    names = dict(Building.objects.values_list("code", "name_zh"))
    assert names == {HOME: "1号楼", SECOND: "2号楼", THIRD: "三"}
    assert positions.same(positions.of(Building.objects.get(code=HOME).outline), house(0))
    assert Building.objects.get(code=HOME).households == 2


def test_buildings_are_what_a_planner_needs_and_nothing_personal() -> None:
    first, second, third = features("buildings")
    assert first["properties"] == {
        "id": HOME, "name_zh": "1号楼", "name_en": "Building 1", "compound": "甲苑", "compound_en": "Court A", "address": "街 1 号",
        "floors": 6, "entrances": 3, "households": 2, "grid": COMMUNITY + "001", "grid_name": "第一网格",
        "from": FOUNDED.isoformat(), "source_id": "way/5",
    }  # fmt: skip
    assert (second["properties"]["households"], third["properties"]["households"]) == (30, None)
    kinds = [f["geometry"] and f["geometry"]["type"] for f in (first, second, third)]
    assert kinds == ["Polygon", "Point", None]
    assert shapely.LinearRing(first["geometry"]["coordinates"][0]).is_ccw


def test_the_grids_are_those_of_the_day() -> None:
    other = COMMUNITY + "002"
    two = {HOME: COMMUNITY + "001", SECOND: other}
    buildings.divide(COMMUNITY, NEXT_YEAR, two, {other: T("第二网格", "Grid 2")})
    assert [f["properties"]["grid"] for f in features("buildings")][:2] == [COMMUNITY + "001"] * 2
    assert [f["properties"]["grid"] for f in features("buildings", day=NEXT_YEAR)][:2] == list(two.values())
    (before,) = features("grids")
    after = features("grids", day=NEXT_YEAR)
    said = [
        (f["properties"]["id"][-3:], f["properties"]["buildings"], f["properties"]["households"])
        for f in (before, *after)
    ]
    assert said == [("001", 2, 32), ("001", 1, 2), ("002", 1, 30)]
    assert {f["geometry"]["type"] for f in (before, *after)} == {"MultiPolygon"}
    around = shapely.from_geojson(json.dumps(before["geometry"]))
    assert around.is_valid
    assert around.contains(shapely.Polygon(house(0)))
    assert around.contains(shapely.Point(positions.middle(house(1))))


@pytest.mark.parametrize("datum", list(Datum))
def test_geojson_says_its_datum_and_another_than_the_standards_in_its_name(datum: Datum) -> None:
    file = made("buildings", COMMUNITY, ".geojson", day=FOUNDED, datum=datum)
    whole = json.loads(file.content)
    shifted = datum is not Datum.WGS84
    assert whole["datum"] == datum.value
    assert whole["name"].endswith(")") is shifted
    assert file.name.endswith(f"-20200101{f'-{datum.value}' if shifted else ''}.geojson")
    there = from_wgs84(house(0)[0], datum)
    assert any(
        p == pytest.approx(list(there), abs=1e-8) for p in whole["features"][0]["geometry"]["coordinates"][0]
    )


@pytest.mark.parametrize("what", ["buildings", "grids", "barriers"])
@pytest.mark.parametrize(
    ("datum", "system"),
    [(Datum.WGS84, ("EPSG", 4326)), (Datum.CGCS2000, ("EPSG", 4490)), (Datum.GCJ02, ("LINLI", 990002))],
)
def test_a_geopackage_is_what_the_standard_asks_for(
    what: str, datum: Datum, system: tuple[str, int], tmp_path: Path
) -> None:
    """Read by SQLite alone, as any other program would."""
    path = written(what, ".gpkg", tmp_path, datum)
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)

    def ask(said: str) -> list[tuple[Any, ...]]:
        return connection.execute(said).fetchall()

    assert ask("PRAGMA application_id") == [(0x47504B47,)]
    assert ask("PRAGMA integrity_check") == [("ok",)]
    assert ask("PRAGMA foreign_key_check") == []
    (content,) = ask("SELECT table_name, data_type, srs_id, min_x, max_x, min_y, max_y FROM gpkg_contents")
    assert content[:2] == (what, "features")
    assert all(112 < x < 113 for x in content[3:5]), content
    assert all(37 < y < 38 for y in content[5:]), content
    asked = "SELECT organization, organization_coordsys_id FROM gpkg_spatial_ref_sys JOIN gpkg_geometry_columns USING (srs_id)"
    assert ask(asked) == [system]
    blobs = [row[0] for row in ask(f'SELECT geometry FROM "{what}" WHERE geometry IS NOT NULL')]
    assert all(b[:2] == b"GP" for b in blobs)
    indexed = ask(f'SELECT count(*) FROM "rtree_{what}_geometry"')
    assert indexed == [(len(blobs),)]
    connection.close()


def test_a_spreadsheet_has_a_point_in_every_building_and_says_its_datum() -> None:
    text = made("buildings", COMMUNITY, ".csv", day=FOUNDED, datum=Datum.GCJ02).content.decode("utf-8-sig")
    first, _, third = csv.DictReader(io.StringIO(text))
    point = float(first["经度 Longitude"]), float(first["纬度 Latitude"])
    moved = shapely.Polygon([from_wgs84(p, Datum.GCJ02) for p in house(0)])
    assert moved.contains(shapely.Point(point))
    assert (first["坐标系 Datum"], third["坐标系 Datum"], third["经度 Longitude"]) == ("GCJ-02", "", "")
    grids = made("grids", COMMUNITY, ".csv", day=FOUNDED).content.decode("utf-8-sig")
    (only,) = csv.DictReader(io.StringIO(grids))
    assert (only["网格代码 Grid"], only["户数 Households"]) == (COMMUNITY + "001", "32")


def test_a_line_that_no_cell_holds_is_refused_with_the_remedy() -> None:
    long = [[112 + i / 10**6, 37.7] for i in range(2000)]
    Barrier.objects.create(id=new_id(), community=COMMUNITY, kind="river", line=json.dumps(long))
    with pytest.raises(Unusable, match=r"write \.geojson or \.gpkg"):
        made("barriers", COMMUNITY, ".xlsx", day=FOUNDED)


def test_a_community_where_nothing_is_known_is_an_empty_file(tmp_path: Path) -> None:
    for ending in ENDINGS:
        file = made("grids", "140105006003", ending, day=FOUNDED)
        assert (file.rows, file.kind) == (0, KINDS[ending])
    assert json.loads(made("grids", "140105006003", ".geojson", day=FOUNDED).content)["features"] == []
