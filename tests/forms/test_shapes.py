"""Shapes from files: what a place takes from each, and what is wrong with those it cannot take."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.forms.reading import read
from linli.forms.shapes.field import Shape
from linli.forms.shapes.geometry import Figure, Geometry, Kind
from linli.forms.sheet import Unusable
from linli.rules.fields import Invalid
from linli.rules.text import T
from tests.forms.drawing import feature, geojson, geopackage, house, street

PLACE = Shape("shape", T("图形", "Shape"))
LINE = Shape("shape", T("图形", "Shape"), line=True)
SQUARE = house(0)
POINT = [112.55, 37.78]


def wrong(field: Shape, raw: object) -> str:
    """What is said of a shape that is not taken."""
    with pytest.raises(Invalid) as refusal:
        field.clean(raw)
    return refusal.value.text.en


@pytest.mark.parametrize(
    ("kind", "coordinates"),
    [
        ("Polygon", [SQUARE]),
        ("Polygon", [SQUARE[::-1]]),
        ("Polygon", [[(x, y, 3.5) for x, y in SQUARE]]),
        ("Polygon", [[*SQUARE[:2], SQUARE[1], *SQUARE[2:]]]),
        ("MultiPolygon", [[SQUARE]]),
    ],
)
def test_an_area_is_the_closed_line_around_it_against_the_clock(kind: str, coordinates: Any) -> None:
    found = PLACE.clean(Geometry(kind, coordinates))
    assert (found.kind, found.notes) == (Kind.AREA, ())
    assert shapely.Polygon(found.first).equals(shapely.Polygon(SQUARE))
    assert shapely.LinearRing(found.first).is_ccw
    assert len(found.first) == len(SQUARE)


def test_of_several_parts_the_largest_is_taken_without_its_holes_and_that_is_said() -> None:
    x, y = SQUARE[0]
    hole = [
        (x + 0.0001, y + 0.00002),
        (x + 0.0002, y + 0.00002),
        (x + 0.0002, y + 0.00006),
        (x + 0.0001, y + 0.00002),
    ]
    small = [(a / 10 + 113, b / 10 + 37) for a, b in SQUARE]
    found = PLACE.clean(Geometry("MultiPolygon", [[small], [SQUARE, hole]]))
    assert shapely.Polygon(found.first).equals(shapely.Polygon(SQUARE))
    assert "other parts: 1, holes: 1" in found.notes[0].en


def test_an_outline_that_is_not_closed_is_closed_and_that_is_said() -> None:
    found = PLACE.clean(Geometry("Polygon", [SQUARE[:-1]]))
    assert found.first[0] == found.first[-1]
    assert "not closed" in found.notes[0].en


@pytest.mark.parametrize(
    "shape", [Geometry("Point", POINT), Geometry("MultiPoint", [POINT]), "POINT (112.55 37.78)"]
)
def test_a_point_is_a_point(shape: object) -> None:
    assert PLACE.clean(shape) == Figure(Kind.POINT, (((112.55, 37.78),),))


BOW_TIE = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3], SQUARE[0]]


@pytest.mark.parametrize(
    ("kind", "coordinates", "says"),
    [
        ("Polygon", [BOW_TIE], "crosses itself (Self-intersection[112.55"),
        ("Polygon", [[SQUARE[0], SQUARE[1], SQUARE[0], SQUARE[0]]], "fewer than 3 different points"),
        ("Polygon", [[(112.55, 37.78), (112.56, 37.79), (112.57, 37.80), (112.55, 37.78)]], "encloses nothing"),
        ("Polygon", [[[37.78, 112.55], [37.79, 112.55], [37.79, 112.56], [37.78, 112.55]]], "look swapped"),
        ("Polygon", [[[512345.6, 4182345.6]] * 4], "no longitude and latitude in China"),
        ("Polygon", [[["112.55", "37.78"]] * 4], "is not two numbers"),
        ("Polygon", [[[float("nan"), 37.78]] * 4], "is not two numbers"),
        ("Polygon", [[112.55, 37.78]], "is not two numbers"),
        ("Polygon", [[]], "fewer than 3"),
        ("Polygon", "SQUARE", "It has no shape"),
        ("Polygon", [[(112.0, 37.0), (112.1, 37.0), (112.1, 37.1), (112.0, 37.1), (112.0, 37.0)]], "is no building"),
        ("Polygon", [[(112 + i / 1e7, 37.0) for i in range(20_001)]], "at most 20000"),
        ("MultiPolygon", [[SQUARE], [BOW_TIE]], "crosses itself"),
        ("MultiPoint", [POINT, POINT], "2 points"),
        ("LineString", SQUARE, "The shape is a LineString; a point or an area is expected"),
        ("GeometryCollection", [], "It has no shape"),
        ("Point", [112.55], "is not two numbers"),
        ("Point", [True, True], "is not two numbers"),
        ("Circle", POINT, "The shape is a Circle"),
    ],
)  # fmt: skip
def test_what_no_building_is_taken_from_is_named_with_the_remedy(
    kind: str, coordinates: Any, says: str
) -> None:
    assert says in wrong(PLACE, Geometry(kind, coordinates))


@pytest.mark.parametrize("shape", [Geometry(), Geometry("Polygon", []), Geometry("Point", [])])
def test_a_feature_may_have_no_shape_where_a_barrier_may_not(shape: Geometry) -> None:
    assert PLACE.clean(shape) == Figure(Kind.NOTHING, ())
    assert "It has no shape" in wrong(LINE, shape)


def test_a_barrier_is_one_line_or_several_or_the_edge_of_an_area() -> None:
    assert LINE.clean(Geometry("LineString", SQUARE[:2])).lines == (tuple(SQUARE[:2]),)
    assert len(LINE.clean(Geometry("MultiLineString", [SQUARE[:2], SQUARE[2:]])).lines) == 2
    edge = LINE.clean(Geometry("Polygon", [SQUARE]))
    assert (edge.kind, len(edge.first), "edge" in edge.notes[0].en) == (Kind.LINE, 5, True)
    assert "a line is expected" in wrong(LINE, Geometry("Point", POINT))
    assert "2 different points" in wrong(LINE, Geometry("LineString", [POINT, POINT]))
    assert "Expected WKT" in wrong(LINE, "from here to there")


def test_a_feature_is_a_row_and_a_property_a_column(tmp_path: Path) -> None:
    path = geojson(
        tmp_path / "t.geojson", [feature(SQUARE, a=1, b=None), feature(POINT, "Point", c=["x"], geometry="y")]
    )
    sheet = read(path)
    assert sheet.titles == ("geometry", "a", "b", "c", "geometry (property)")
    assert [cells[1:] for _, cells in sheet.rows] == [(1, None, None, None), (None, None, '["x"]', "y")]
    assert [str(cells[0]) for _, cells in sheet.rows] == ["Polygon", "Point"]
    assert sheet.called(2) == "feature 2"


def test_the_id_of_a_feature_counts_where_no_property_numbers_it(tmp_path: Path) -> None:
    numbered = {**feature(SQUARE, name="甲"), "id": "way/7"}
    sheet = read(geojson(tmp_path / "a.geojson", [numbered, feature(SQUARE)]))
    assert (sheet.titles[1:], sheet.called(1)) == (("id", "name"), "feature 1 (id way/7)")
    both = {**feature(SQUARE, osm_id=9), "id": "way/7"}
    assert read(geojson(tmp_path / "b.geojson", [both])).titles[1:] == ("osm_id",)


@pytest.mark.parametrize("said", ["EPSG:4547", "urn:ogc:def:crs:EPSG::4547"])
def test_the_older_member_crs_is_understood(said: str, tmp_path: Path) -> None:
    """Of 2008: coordinates in the system that the file names, here a Gauss-Krüger zone of CGCS2000."""
    metres = [[[500000.0, 3376000.0], [500040.0, 3376000.0], [500040.0, 3376012.0], [500000.0, 3376000.0]]]
    crs = {"type": "name", "properties": {"name": said}}
    sheet = read(geojson(tmp_path / "t.json", [feature(metres[0])], crs=crs))
    found = PLACE.clean(sheet.rows[0][1][0])
    assert found.first[0] == pytest.approx((114.0, 30.5041337), abs=1e-7)


def test_a_layer_in_a_gauss_krueger_zone_comes_out_in_degrees(tmp_path: Path) -> None:
    path = geopackage(tmp_path / "t.gpkg", street(3), epsg=4547)
    sheet = read(path)
    assert (sheet.titles, sheet.called(1)) == (("geometry", "osm_id", "name"), "feature 1 (osm_id 1000)")
    for n, (_, cells) in enumerate(sheet.rows):
        drawn = shapely.Polygon(PLACE.clean(cells[0]).first)
        assert shapely.hausdorff_distance(drawn, shapely.Polygon(house(n))) < 1e-9


def test_reading_a_geopackage_changes_nothing_in_it_or_beside_it(tmp_path: Path) -> None:
    path = geopackage(tmp_path / "t.gpkg", street(1))
    before = path.read_bytes()
    read(path)
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (before, [path])


def test_a_shape_that_cannot_be_read_is_one_row_and_not_the_file(tmp_path: Path) -> None:
    path = geopackage(tmp_path / "t.gpkg", street(3))
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TRIGGER IF EXISTS rtree_buildings_geom_update6")
        triggers = [r[0] for r in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in triggers:
            connection.execute(f'DROP TRIGGER "{name}"')
        connection.execute("UPDATE buildings SET geom = x'47500001E6100000FF' WHERE fid = 1")
        connection.execute("UPDATE buildings SET geom = NULL WHERE fid = 2")
    connection.close()
    shapes: list[Any] = [cells[0] for _, cells in read(path).rows]
    assert "cannot be read" in wrong(PLACE, shapes[0])
    assert PLACE.clean(shapes[1]).kind is Kind.NOTHING
    assert "has no shape" in wrong(LINE, shapes[1])
    assert PLACE.clean(shapes[2]).kind is Kind.AREA


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("t.shp", b"", "no kind that can be read; save it as .geojson, .gpkg"),
        ("t.geojson", b"{", "cannot be read as JSON (line 1"),
        ("t.geojson", b"[1]", "expected a GeoJSON FeatureCollection, found a list"),
        ("t.geojson", b'{"type": "Topology"}', "found 'Topology'"),
        ("t.geojson", b'{"type": "FeatureCollection", "features": []}', "no features in it"),
        ("t.geojson", b'{"type": "FeatureCollection", "features": [7]}', "feature 1 is no GeoJSON Feature"),
        ("t.geojson", b'{"type": "FeatureCollection", "features": ' + b"[" * 200_000, "nested too deeply"),
        ("t.geojson", b"\xff\x00\x81", "neither UTF-8 nor GB 18030"),
        ("t.gpkg", b"no package", "cannot be read as a GeoPackage"),
        ("t.gpkg", b"", "cannot be read as a GeoPackage"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_in_one_line(
    name: str, content: bytes, says: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Unusable) as refusal:
        read(path)
    assert says in str(refusal.value)
    assert str(refusal.value).startswith(str(path))
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("EPSG:4610", "is on the datum 'Xian 1980', whose parameters are not public"),
        ("EPSG:2435", "Beijing 1954"),
        ("EPSG:99999", "'EPSG:99999' is not known"),
        ("EPSG:4479", "has no place on the earth"),
        (7, "does not name its coordinate system"),
    ],
)
def test_a_coordinate_system_that_cannot_be_undone_is_refused(said: Any, says: str, tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": said}}
    with pytest.raises(Unusable, match=says):
        read(geojson(tmp_path / "t.geojson", street(1), crs=crs))


def test_of_several_layers_one_is_named(tmp_path: Path) -> None:
    path = geopackage(tmp_path / "t.gpkg", street(2), layers=("old", "new"))
    with pytest.raises(Unusable, match="several layers; name one with --layer: old, new"):
        read(path)
    with pytest.raises(Unusable, match="there is no layer 'other'; found old, new"):
        read(path, "other")
    assert len(read(path, "new").rows) == 2


def test_a_layer_that_says_no_coordinate_system_is_refused(tmp_path: Path) -> None:
    path = geopackage(tmp_path / "t.gpkg", street(1))
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA foreign_keys = off")
        connection.execute("UPDATE gpkg_geometry_columns SET srs_id = -1")
        connection.execute("UPDATE gpkg_contents SET srs_id = -1")
    connection.close()
    with pytest.raises(Unusable, match="says no coordinate system"):
        read(path)


NUMBERS = st.floats() | st.integers(-(10**400), 10**400) | st.floats(110, 114) | st.floats(30, 38)
NESTED = st.recursive(
    NUMBERS | st.none() | st.booleans() | st.text(max_size=3),
    lambda s: st.lists(s, max_size=5),
    max_leaves=40,
)
AREAS = st.lists(
    st.lists(st.lists(st.floats(112.5, 112.6) | st.floats(37.5, 37.6), min_size=2, max_size=3), max_size=8),
    max_size=3,
)
TYPES = st.sampled_from(
    [
        "Point",
        "MultiPoint",
        "LineString",
        "MultiLineString",
        "Polygon",
        "MultiPolygon",
        "GeometryCollection",
        "",
        "x",
    ]
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kind=TYPES, coordinates=NESTED | AREAS | AREAS.map(lambda a: [a]), projected=st.booleans())
def test_whatever_a_file_holds_a_shape_is_taken_or_its_fault_is_named(
    kind: str, coordinates: Any, projected: bool, tmp_path: Path
) -> None:
    crs = {"crs": {"type": "name", "properties": {"name": "EPSG:4547"}}} if projected else {}
    path = geojson(
        tmp_path / "t.geojson",
        [feature(coordinates, kind) if kind != "Polygon" else _plain(coordinates)],
        **crs,
    )
    for field in (PLACE, LINE):
        try:
            found = field.clean(read(path).rows[0][1][0])
        except Invalid as refusal:
            assert refusal.text.zh
        else:
            assert all(len(line) > 0 for line in found.lines)


def _plain(coordinates: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": coordinates}}


@pytest.mark.parametrize("crs", [{}, {"crs": {"type": "name", "properties": {"name": "EPSG:4547"}}}])
@pytest.mark.parametrize("kind", ["Point", "Polygon", "MultiPolygon"])
def test_lists_in_lists_without_end_are_a_fault_too(kind: str, crs: dict[str, Any], tmp_path: Path) -> None:
    deep: Any = POINT
    for _ in range(700):
        deep = [deep]
    geometry = {"type": kind, "coordinates": deep}
    path = geojson(
        tmp_path / "t.geojson", [{"type": "Feature", "properties": {}, "geometry": geometry}], **crs
    )
    assert "is not two numbers" in wrong(PLACE, read(path).rows[0][1][0])


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(hits=st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 255)), min_size=1, max_size=60))
def test_a_damaged_package_is_read_or_refused_in_one_line(
    hits: list[tuple[int, int]], tmp_path: Path
) -> None:
    whole = tmp_path / "whole.gpkg"
    content = bytearray((whole if whole.exists() else geopackage(whole, street(3))).read_bytes())
    for at, byte in hits:
        content[at % len(content)] = byte
    path = tmp_path / "damaged.gpkg"
    path.write_bytes(content)
    try:
        assert read(path).titles[0] == "geometry"
    except Unusable as refusal:
        assert "\n" not in str(refusal)


@pytest.mark.parametrize(
    ("done", "says"),
    [
        ("DELETE FROM gpkg_geometry_columns", "has no column of shapes"),
        ("UPDATE gpkg_geometry_columns SET column_name = 'other'", "has no column of shapes"),
        ("UPDATE gpkg_contents SET data_type = 'tiles'", "there is no layer of features"),
        (
            "UPDATE gpkg_spatial_ref_sys SET organization = 'NONE', definition = 'x'",
            "coordinate system 'x' is not known",
        ),
        ("DROP TABLE gpkg_contents", "cannot be read as a GeoPackage"),
    ],
)
def test_a_package_that_lacks_something_is_refused(done: str, says: str, tmp_path: Path) -> None:
    path = geopackage(tmp_path / "t.gpkg", street(1))
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA foreign_keys = off")
        connection.execute(done)
    connection.close()
    with pytest.raises(Unusable, match=says):
        read(path)


def test_text_in_the_coding_of_china_is_read(tmp_path: Path) -> None:
    path = tmp_path / "t.geojson"
    whole = {"type": "FeatureCollection", "features": street(1)}
    path.write_bytes(json.dumps(whole, ensure_ascii=False).encode("gb18030"))
    assert read(path).rows[0][1][2] == "甲0号楼"
