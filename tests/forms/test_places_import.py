"""Buildings and barriers from files of shapes: each is known again, the same file adds nothing, a likely shift is noticed."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
import shapely

from linli.forms import surveying
from linli.forms.barriers import BARRIERS
from linli.forms.buildings import BUILDINGS
from linli.forms.mapping import Map
from linli.forms.matching import match
from linli.forms.reading import read
from linli.forms.tables import Table
from linli.forms.taking import Outcome, take
from linli.forms.writing import bad_features, example, write
from linli.journal.append import contents, entries
from linli.journal.verify import Walk
from linli.rules.datum import Datum, from_wgs84, metres
from linli.rules.worktime import day_start
from linli.territory import barriers, positions
from linli.territory.households import HouseholdRow, known_numbers, load
from linli.territory.models import Barrier, Building
from linli.territory.register import stream_of
from tests.cases.community import COMMUNITY, FOUNDED, HOME, town
from tests.forms.drawing import feature, geojson, geopackage, house, moved, street

pytestmark = pytest.mark.django_db
NOON = day_start(FOUNDED) + 10**10
REAL = os.environ.get("LINLI_REAL_DATA", "")
SHIFTED = pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])


@pytest.fixture(autouse=True)
def _town(db: None) -> None:
    town()


def taken(
    path: Path, table: Table = BUILDINGS, datum: str = "", map_: Map | None = None, **more: Any
) -> Outcome:
    found = match(table, read(path), map_, COMMUNITY, datum)
    return take(found, at=NOON, step=lambda part, done, of: None, **more)


def ring(number: int) -> list[tuple[float, float]]:
    """The outline of a building by the number in its code."""
    return positions.of(Building.objects.get(code=f"{COMMUNITY}B{number:04d}").outline)


def stands(number: int, n: int) -> bool:
    """Whether the building stands where the n-th house was drawn, to a centimetre."""
    return float(shapely.hausdorff_distance(shapely.Polygon(ring(number)), shapely.Polygon(house(n)))) < 1e-7


def told(outcome: Outcome) -> list[tuple[int, str]]:
    """The rows that are not taken and why."""
    return [(b.row, b.expected.en) for b in outcome.bad]


def test_buildings_get_the_next_free_codes_and_are_known_again(tmp_path: Path) -> None:
    path = geojson(tmp_path / "t.geojson", street(3, compound="乙苑", households=40))
    assert (taken(path).taken, Building.objects.count()) == (3, 5)
    made = Building.objects.get(code=f"{COMMUNITY}B0003")
    assert (made.name_zh, made.compound_zh, made.outside, made.households) == ("甲0号楼", "乙苑", "1000", 40)
    assert all(stands(3 + n, n) for n in range(3))
    again = taken(path)
    assert (again.taken, again.already, Building.objects.count()) == (0, 3, 5)


@pytest.mark.parametrize("datum", list(Datum))
@pytest.mark.parametrize("kind", ["geojson", "gpkg", "csv", "xlsx"])
def test_coordinates_of_every_datum_come_out_where_the_house_stands(
    kind: str, datum: Datum, tmp_path: Path
) -> None:
    path = tmp_path / f"t.{kind}"
    if kind in ("geojson", "gpkg"):
        (geojson if kind == "geojson" else geopackage)(path, moved(street(3), datum))
    else:
        points = [from_wgs84(positions.middle(house(n)), datum) for n in range(3)]
        write(path, ("楼栋", "名称", "经度", "纬度"), [(str(3 + n), "楼", *p) for n, p in enumerate(points)])
    assert taken(path, datum=datum.value).taken == 3
    for n in range(3):
        assert metres(positions.middle(ring(3 + n)), positions.middle(house(n))) < 0.02
    assert taken(path, datum=datum.value).already == 3


def test_a_row_of_a_spreadsheet_may_name_its_datum_itself(tmp_path: Path) -> None:
    points = [from_wgs84(positions.middle(house(n)), d) for n, d in enumerate((Datum.GCJ02, Datum.WGS84))]
    rows = [("3", "楼", *points[0], "GCJ-02"), ("4", "楼", *points[1], "")]
    write(tmp_path / "t.xlsx", ("楼栋", "名称", "经度", "纬度", "坐标系"), rows)
    assert taken(tmp_path / "t.xlsx").taken == 2
    assert all(metres(ring(3 + n)[0], positions.middle(house(n))) < 0.02 for n in range(2))


def test_what_the_file_says_of_itself_counts_unless_the_command_says_otherwise(tmp_path: Path) -> None:
    path = geojson(tmp_path / "t.geojson", moved(street(3), Datum.GCJ02), datum="gcj02")
    assert taken(path).taken == 3
    assert stands(3, 0)
    assert taken(path, datum="wgs84").taken == 3
    assert not stands(3, 0)


def test_a_building_is_known_by_code_number_name_or_place(tmp_path: Path) -> None:
    Building.objects.filter(code=HOME).update(outline=positions.kept(house(5)))
    Building.objects.filter(code=f"{COMMUNITY}B0002").update(
        outline=positions.kept([positions.middle(house(6))])
    )
    near = [(x + 0.00002, y) for x, y in house(5)]
    told = [
        feature(near, name="新名"),
        feature(house(6)),
        feature(house(7), id=f"{COMMUNITY}B0009"),
        feature(house(8)),
    ]
    assert taken(geojson(tmp_path / "t.geojson", told)).taken == 4
    names = dict(Building.objects.values_list("code", "name_zh"))
    assert names == {
        HOME: "新名", f"{COMMUNITY}B0002": "2号楼",
        f"{COMMUNITY}B0009": "无名楼0009", f"{COMMUNITY}B0010": "无名楼0010",
    }  # fmt: skip
    assert (stands(2, 6), Building.objects.get(code=f"{COMMUNITY}B0009").outside) == (True, "")
    by_name = feature(house(9), name="2号楼", compound="甲苑", floors=9)
    assert taken(geojson(tmp_path / "n.geojson", [by_name])).taken == 1
    assert (Building.objects.get(code=f"{COMMUNITY}B0002").floors, Building.objects.count()) == (9, 4)


def test_two_of_one_name_are_two_and_a_name_does_not_outweigh_a_number(tmp_path: Path) -> None:
    twins = [feature(house(1), name="门卫"), feature(house(2), name="门卫")]
    assert taken(geojson(tmp_path / "a.geojson", twins)).taken == 2
    again = taken(geojson(tmp_path / "a.geojson", twins))
    assert (again.already, Building.objects.count()) == (2, 4)
    numbered = [feature(house(20), id=1, name="岗亭"), feature(house(21), id=2, name="岗亭")]
    assert taken(geojson(tmp_path / "b.geojson", numbered[:1])).taken == 1
    assert taken(geojson(tmp_path / "c.geojson", numbered[1:])).taken == 1
    assert Building.objects.count() == 6


def test_the_pieces_of_a_building_are_put_together_and_that_is_said(tmp_path: Path) -> None:
    x, y = house(0)[0]
    left = [(x, y), (x + 0.0002, y), (x + 0.0002, y + 0.0001), (x, y + 0.0001), (x, y)]
    right = [
        (x + 0.0002, y),
        (x + 0.0004, y),
        (x + 0.0004, y + 0.0001),
        (x + 0.0002, y + 0.0001),
        (x + 0.0002, y),
    ]
    path = geojson(tmp_path / "t.geojson", [feature(left, id=7), feature(right, id=7), feature(left, id=7)])
    found = taken(path)
    assert (found.taken, found.already, [n.row for n in found.notes]) == (1, 2, [1])
    whole = shapely.box(x, y, x + 0.0004, y + 0.0001)
    assert shapely.Polygon(ring(3)).symmetric_difference(whole).area < 1e-12
    assert taken(path).taken == 0
    apart = geojson(tmp_path / "u.geojson", [feature(house(3), id=9), feature(house(8), id=9)])
    assert told(taken(apart)) == [(2, "Feature 1 has the same number and lies elsewhere; check the numbers")]


def test_a_shape_that_cannot_be_taken_is_named_and_nothing_of_the_file_is_taken(tmp_path: Path) -> None:
    bow_tie = [house(1)[i] for i in (0, 2, 1, 3, 0)]
    features = [
        *street(2),
        feature(bow_tie, osm_id=7),
        feature(None, osm_id=8),
        feature(house(4), osm_id=9, floors="many"),
    ]
    path = geojson(tmp_path / "t.geojson", features)
    found = taken(path)
    assert (found.taken, found.good, Building.objects.count()) == (0, 2, 2)
    assert [(b.row, b.column) for b in found.bad] == [(3, "geometry"), (4, "geometry"), (5, "floors")]
    part = taken(path, accept_good=True)
    assert (part.taken, Building.objects.count()) == (2, 4)
    beside = bad_features(read(path), part.bad)
    left = json.loads(beside.read_text("utf-8"))
    assert (beside.name, "datum" in left, len(left["features"])) == ("t.bad.geojson", False, 3)
    assert left["features"][0]["geometry"]["coordinates"] == [[list(p) for p in bow_tie]]
    assert "crosses itself" in str(left["features"][0]["properties"])
    for one in left["features"]:
        one["geometry"] = feature(house(int(one["properties"]["osm_id"])))["geometry"]
        one["properties"]["floors"] = 6
    beside.write_text(json.dumps(left), encoding="utf-8")
    assert taken(beside).taken == 3


def test_properties_of_other_names_are_taken_by_a_map(tmp_path: Path) -> None:
    path = geojson(tmp_path / "t.geojson", [feature(house(0), BLDG="七号楼", HH=12, NO=7)])
    map_ = Map(
        "map.yaml",
        columns={"name_zh": "BLDG", "households": "HH", "building": "NO"},
        constants={"floors": "6"},
    )
    assert taken(path, map_=map_).taken == 1
    made = Building.objects.get(code=f"{COMMUNITY}B0007")
    assert (made.name_zh, made.households, made.floors) == ("七号楼", 12, 6)
    assert stands(7, 0)


def test_what_openstreetmap_says_of_a_building_is_no_code(tmp_path: Path) -> None:
    osm = {"building": "apartments", "building:levels": "6", "name:en": "House", "@id": "way/5"}
    path = geojson(tmp_path / "t.geojson", [feature(house(0), **osm)])
    assert taken(path).taken == 1
    made = Building.objects.get(code=f"{COMMUNITY}B0003")
    assert (made.floors, made.name_en, made.outside) == (6, "House", "way/5")
    wrong = taken(geojson(tmp_path / "u.geojson", [feature(house(1), building="7-8")]))
    assert [b.column for b in wrong.bad] == ["building"]


def test_a_building_needs_a_community_and_a_spreadsheet_its_number_and_name(tmp_path: Path) -> None:
    sheet = read(geojson(tmp_path / "t.geojson", [feature(house(0))]))
    found = take(match(BUILDINGS, sheet, None), at=NOON, step=lambda part, done, of: None)
    assert [b.column for b in found.bad] == ["社区"]
    write(
        tmp_path / "t.csv",
        ("楼栋", "名称", "图形"),
        [("", "甲", ""), ("3", "", ""), ("", "", "POINT (112.55 37.78)")],
    )
    assert [(b.row, b.column) for b in taken(tmp_path / "t.csv").bad] == [(2, "楼栋"), (3, "名称")]


def test_an_outline_says_more_than_a_point_and_a_point_more_than_nothing(tmp_path: Path) -> None:
    spot = feature(list(positions.middle(house(0))), "Point", id=HOME)
    area = feature(house(0), id=HOME)
    for features, new in (
        ([spot], 1),
        ([spot], 0),
        ([area], 1),
        ([spot], 0),
        ([feature(house(1), id=HOME)], 1),
    ):
        assert taken(geojson(tmp_path / "t.geojson", features)).taken == new
    assert stands(1, 1)


def test_a_number_of_households_that_the_roll_counts_is_nothing_new(tmp_path: Path) -> None:
    load(HouseholdRow(HOME, "1", str(n)) for n in (101, 102))
    point = list(positions.middle(house(0)))
    assert taken(geojson(tmp_path / "a.geojson", [feature(point, "Point", id=HOME)])).taken == 1
    assert taken(geojson(tmp_path / "b.geojson", [feature(point, "Point", id=HOME, households=2)])).taken == 0
    assert (
        taken(geojson(tmp_path / "c.geojson", [feature(point, "Point", id=HOME, households=84)])).taken == 1
    )
    assert (Building.objects.get(code=HOME).households, known_numbers(COMMUNITY)) == (84, {HOME: 2})


def test_codes_go_on_after_the_last_then_fill_the_gaps_then_there_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surveying, "LAST", 5)
    Building.objects.create(code=f"{COMMUNITY}B0004", community=COMMUNITY, name_zh="四")
    found = taken(geojson(tmp_path / "t.geojson", street(3)))
    assert told(found) == [(3, surveying.NO_MORE.en)]
    assert taken(geojson(tmp_path / "t.geojson", street(2))).taken == 2
    assert dict(Building.objects.filter(outside__gt="").values_list("outside", "code")) == {
        "1000": f"{COMMUNITY}B0005",
        "1001": f"{COMMUNITY}B0003",
    }


def test_a_file_is_an_entry_in_the_register_with_the_outlines(tmp_path: Path) -> None:
    taken(geojson(tmp_path / "t.geojson", street(2)))
    (entry,) = entries(stream_of(COMMUNITY))
    assert (entry.action, entry.effect["buildings"]) == (
        "buildings-entered",
        [f"{COMMUNITY}B0003", f"{COMMUNITY}B0004"],
    )
    lines = contents([entry.id])[entry.id][0].content["buildings"]
    assert positions.of(lines[0]["outline"]) == ring(3)
    assert list(Walk().faults()) == []


@SHIFTED
@pytest.mark.parametrize("by", ["number", "name", "place"])
def test_a_likely_shift_is_noticed_and_the_file_refused(by: str, datum: Datum, tmp_path: Path) -> None:
    keep = {"number": "osm_id", "name": "name", "place": ""}[by]
    features = [
        {**f, "properties": {k: v for k, v in f["properties"].items() if k == keep}} for f in street(24)
    ]
    right, shifted = (
        geojson(tmp_path / "a.geojson", features),
        geojson(tmp_path / "b.geojson", moved(features, datum)),
    )
    assert (taken(right).taken, taken(right).doubts) == (24, [])
    found = taken(shifted)
    (doubt,) = found.doubts
    assert (doubt.code, doubt.remedy, doubt.grave) == ("likely-datum", f"--datum {datum.value}", True)
    assert (found.taken, Building.objects.count()) == (0, 26)
    told = taken(shifted, datum=datum.value)
    assert (told.doubts, told.taken, told.already) == ([], 0, 24)
    insisted = taken(shifted, datum="wgs84")
    assert ([d.grave for d in insisted.doubts], insisted.taken) == ([False], 24)


def test_a_file_that_is_said_to_be_shifted_and_is_not_is_noticed_too(tmp_path: Path) -> None:
    path = geojson(tmp_path / "t.geojson", street(12))
    taken(path)
    (doubt,) = taken(path, datum="gcj02", check=True).doubts
    assert (doubt.remedy, doubt.grave) == ("--datum wgs84", False)


def test_a_spreadsheet_with_shifted_points_is_noticed(tmp_path: Path) -> None:
    taken(geojson(tmp_path / "t.geojson", street(6)))
    points = [from_wgs84(positions.middle(house(n)), Datum.GCJ02) for n in range(6)]
    write(
        tmp_path / "t.csv",
        ("楼栋", "名称", "经度", "纬度"),
        [(str(3 + n), "楼", *p) for n, p in enumerate(points)],
    )
    (doubt,) = taken(tmp_path / "t.csv").doubts
    assert (doubt.remedy, doubt.grave) == ("--datum gcj02", True)


def test_what_was_corrected_by_some_metres_or_lies_elsewhere_is_no_shift(tmp_path: Path) -> None:
    taken(geojson(tmp_path / "a.geojson", street(12)))
    north = [feature(house(n, north=0.0002), osm_id=1000 + n) for n in range(12)]
    assert taken(geojson(tmp_path / "b.geojson", north), check=True).doubts == []
    elsewhere = [feature(house(n, east=0.01)) for n in range(12)]
    assert taken(geojson(tmp_path / "c.geojson", elsewhere), check=True).doubts == []


ROAD, RIVER = [[112.55, 37.779], [112.56, 37.779]], [[112.549, 37.78], [112.549, 37.785], [112.55, 37.79]]


@pytest.mark.parametrize("kind", ["geojson", "gpkg"])
@pytest.mark.parametrize("datum", [Datum.WGS84, Datum.GCJ02])
def test_barriers_are_taken_once(datum: Datum, kind: str, tmp_path: Path) -> None:
    features = [
        feature(ROAD, "LineString", kind="road", name="康宁街"),
        feature(RIVER, "LineString", kind="河流", name=None),
    ]
    path = tmp_path / f"t.{kind}"
    (geojson if kind == "geojson" else geopackage)(path, moved(features, datum))
    assert taken(path, BARRIERS, datum=datum.value).taken == 2
    found = {b.kind: (b.name, barriers.told(b)) for b in barriers.of_community(COMMUNITY)}
    assert set(found) == {"road", "river"}
    assert (found["road"][0], found["river"][0]) == ("康宁街", "")
    assert positions.same(found["river"][1], [(x, y) for x, y in RIVER])
    assert (taken(path, BARRIERS, datum=datum.value).already, Barrier.objects.count()) == (2, 2)
    (entry,) = entries(stream_of(COMMUNITY))
    assert (entry.action, len(entry.effect["barriers"])) == ("barriers-entered", 2)
    assert list(Walk().faults()) == []


def test_a_barrier_with_a_number_is_corrected_and_its_parts_are_barriers(tmp_path: Path) -> None:
    lines = [feature([ROAD, RIVER], "MultiLineString", osm_id=7)]
    assert taken(geojson(tmp_path / "t.geojson", lines), BARRIERS).taken == 1
    assert [b.kind for b in barriers.of_community(COMMUNITY)] == ["other", "other"]
    longer = [feature([[*ROAD, [112.57, 37.779]], RIVER], "MultiLineString", osm_id=7, kind="铁路")]
    assert taken(geojson(tmp_path / "t.geojson", longer), BARRIERS).taken == 1
    assert [(b.kind, len(barriers.told(b))) for b in barriers.of_community(COMMUNITY)] == [
        ("railway", 3), ("railway", 3),
    ]  # fmt: skip
    bad = taken(geojson(tmp_path / "t.geojson", [feature(ROAD[0], "Point"), *lines]), BARRIERS)
    assert told(bad) == [(1, "The shape is a Point; a line is expected")]


@pytest.mark.parametrize("table", [BUILDINGS, BARRIERS], ids=lambda t: t.key)
@pytest.mark.parametrize("kind", [".geojson", ".gpkg", ".xlsx"])
def test_the_example_of_shapes_can_be_imported(table: Table, kind: str, tmp_path: Path) -> None:
    example(table, tmp_path / f"t{kind}")
    found = taken(tmp_path / f"t{kind}", table)
    assert (told(found), found.taken, taken(tmp_path / f"t{kind}", table).already) == ([], 1, 1)


@pytest.mark.skipif(not REAL, reason="LINLI_REAL_DATA names no folder of real data")
class TestWuhan:
    """261 features, 234 buildings: some stand twice, four are cut at the edges of tiles."""

    path = Path(REAL) / "buildings" / "wuhan.geojson"

    def test_every_building_is_taken_once(self) -> None:
        found = taken(self.path)
        assert (found.taken, found.already, found.bad, len(found.notes)) == (234, 27, [], 5)
        again = taken(self.path)
        assert (again.taken, again.already, again.doubts) == (0, 261, [])
        drawn = [shapely.Polygon(positions.of(b.outline)) for b in Building.objects.exclude(outside="")]
        assert all(p.is_valid for p in drawn)

    @SHIFTED
    @pytest.mark.parametrize("numbered", [True, False])
    def test_its_shift_is_noticed(self, numbered: bool, datum: Datum, tmp_path: Path) -> None:
        features = json.loads(self.path.read_text("utf-8"))["features"]
        if not numbered:
            features = [{**f, "properties": {}} for f in features]
        plain = geojson(tmp_path / "a.geojson", features)
        shifted = geojson(tmp_path / "b.geojson", moved(features, datum))
        assert taken(plain).doubts == []
        assert taken(plain, check=True).doubts == []
        assert [d.remedy for d in taken(shifted).doubts] == [f"--datum {datum.value}"]
        assert taken(shifted, datum=datum.value).taken == 0
