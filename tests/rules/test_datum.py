"""A position is the same place whatever map it was read from."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.rules.datum import Datum, Point, from_wgs84, in_china, metres, to_wgs84

CENTIMETRE = 0.01
SHIFTED = st.sampled_from([Datum.GCJ02, Datum.BD09])
# Where people live: between Xining and the coast, Hainan and Harbin.
POPULATED = st.tuples(st.floats(100, 123), st.floats(18, 46))
CHINA = st.tuples(st.floats(73, 136), st.floats(3, 54))
ABROAD = st.tuples(st.floats(-180, 71), st.floats(-89, 89)) | st.tuples(
    st.floats(139, 180), st.floats(-89, 89)
)


@given(CHINA, st.sampled_from(list(Datum)))
def test_there_and_back_is_the_same_place(point: Point, datum: Datum) -> None:
    assert metres(to_wgs84(from_wgs84(point, datum), datum), point) < CENTIMETRE / 10
    assert metres(from_wgs84(to_wgs84(point, datum), datum), point) < CENTIMETRE / 10


@given(POPULATED)
def test_gcj02_moves_a_place_where_people_live_by_100_to_1000_metres(point: Point) -> None:
    assert 100 < metres(from_wgs84(point, Datum.GCJ02), point) < 1000


@given(POPULATED)
def test_bd09_moves_it_elsewhere_once_more(point: Point) -> None:
    moved = from_wgs84(point, Datum.BD09)
    assert 500 < metres(moved, from_wgs84(point, Datum.GCJ02)) < 1500


@given(ABROAD, SHIFTED)
def test_abroad_nothing_is_moved(point: Point, datum: Datum) -> None:
    assert not in_china(point)
    assert from_wgs84(point, datum) == to_wgs84(point, datum) == point


@given(CHINA)
def test_cgcs2000_is_taken_for_wgs84(point: Point) -> None:
    assert to_wgs84(point, Datum.CGCS2000) == from_wgs84(point, Datum.CGCS2000) == point


@given(POPULATED, st.floats(-0.001, 0.001), st.floats(-0.001, 0.001), SHIFTED)
def test_neighbours_are_moved_alike(point: Point, east: float, north: float, datum: Datum) -> None:
    """A neighbourhood keeps its form: within 150 m, what is moved differently is less than three metres."""
    near = point[0] + east, point[1] + north
    before, after = metres(point, near), metres(from_wgs84(point, datum), from_wgs84(near, datum))
    assert abs(before - after) < 3


@pytest.mark.parametrize(
    ("wgs84", "gcj02"),
    [
        # What the tests of most transcriptions of the formula ask for: Shanghai, Shenzhen, Beijing.
        ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
        ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
        ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ],
)
def test_known_places(wgs84: Point, gcj02: Point) -> None:
    assert metres(from_wgs84(wgs84, Datum.GCJ02), gcj02) < CENTIMETRE


def _transcribed(lon: float, lat: float) -> Point:
    """GCJ-02 as it is usually written down, independently of the library: a second opinion."""
    x, y, pi = lon - 105, lat - 35, math.pi
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x))
    north += (20 * math.sin(6 * x * pi) + 20 * math.sin(2 * x * pi)) * 2 / 3
    north += (20 * math.sin(y * pi) + 40 * math.sin(y / 3 * pi)) * 2 / 3
    north += (160 * math.sin(y / 12 * pi) + 320 * math.sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x))
    east += (20 * math.sin(6 * x * pi) + 20 * math.sin(2 * x * pi)) * 2 / 3
    east += (20 * math.sin(x * pi) + 40 * math.sin(x / 3 * pi)) * 2 / 3
    east += (150 * math.sin(x / 12 * pi) + 300 * math.sin(x / 30 * pi)) * 2 / 3
    a, ee = 6378245.0, 0.00669342162296594323
    magic = 1 - ee * math.sin(math.radians(lat)) ** 2
    up = north * 180 / (a * (1 - ee) / (magic * math.sqrt(magic)) * pi)
    right = east * 180 / (a / math.sqrt(magic) * math.cos(math.radians(lat)) * pi)
    return lon + right, lat + up


def _once_more(lon: float, lat: float) -> Point:
    """From GCJ-02 to BD-09 as it is usually written down."""
    turn = math.pi * 3000 / 180
    far = math.sqrt(lon * lon + lat * lat) + 0.00002 * math.sin(lat * turn)
    angle = math.atan2(lat, lon) + 0.000003 * math.cos(lon * turn)
    return far * math.cos(angle) + 0.0065, far * math.sin(angle) + 0.006


@given(CHINA)
def test_it_is_what_others_write_down(point: Point) -> None:
    shifted = _transcribed(*point)
    assert metres(from_wgs84(point, Datum.GCJ02), shifted) < CENTIMETRE
    assert metres(from_wgs84(point, Datum.BD09), _once_more(*shifted)) < CENTIMETRE
