"""The staff's map says what the list says; its geometry holds what it encloses."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from linli.faces.web import headers
from linli.faces.web.placemap import place_map
from linli.faces.web.reader import now
from linli.faces.web.staff import atlas
from linli.rules.datum import Datum, metres, to_wgs84
from linli.rules.text import T
from linli.territory import buildings
from linli.territory.buildings import BuildingRow
from linli.territory.outlines import Point, around, hull, sheet
from tests.cases.community import COMMUNITY, FOUNDED, HOME, Town, town
from tests.faces.staff.desk import seen, text

NEXT = COMMUNITY + "B0002"
GRID = COMMUNITY + "001"
RING = (
    (112.5600, 37.7880),
    (112.5606, 37.7880),
    (112.5606, 37.7882),
    (112.5600, 37.7882),
    (112.5600, 37.7880),
)
DAY = date(2026, 3, 2)


@pytest.fixture
def cast(db: None) -> Town:
    made = town()
    row = BuildingRow(HOME, T("1号楼", "Building 1"), T("甲苑", "Court A"), 6, 3, RING)
    north = tuple((x, y + 0.001) for x, y in RING)
    buildings.load([row, replace(row, code=NEXT, name=T("2号楼", "Building 2"), outline=north)])
    return made


def _report(cast: Town, place: str, at: int) -> None:
    said = {"matter": "楼道灯不亮", "category": "power", "where": place}
    cast.act(("demand", COMMUNITY), "resident", "report", at, said)


def test_map_and_list_count_the_same(cast: Town) -> None:
    _report(cast, HOME, now() - 1)
    _report(cast, HOME, 1_600_000_000_000_000)
    given = json.loads(seen(cast.cast["community"], atlas.data).content)
    told = {f["properties"]["code"]: f["properties"] for f in given["houses"]["features"]}
    assert (told[HOME]["live"], told[HOME]["late"], told[HOME]["tone"]) == (2, 1, 2)
    assert told[NEXT]["tone"] == 0
    page = text(seen(cast.cast["community"], atlas.atlas))
    assert told[HOME]["says"] in page
    assert told[HOME]["url"] in page
    assert [f["properties"]["code"] for f in given["grids"]["features"]] == [GRID]


def test_the_map_counts_what_the_reader_may_see(cast: Town) -> None:
    _report(cast, HOME, now() - 1)
    for who, live in (("grid", 1), ("property", 0), ("next_grid", 0)):
        given = json.loads(seen(cast.cast[who], atlas.data).content)
        assert sum(f["properties"]["live"] for f in given["houses"]["features"]) == live, who


def test_a_type_narrows_the_map(cast: Town) -> None:
    _report(cast, HOME, now() - 1)
    given = json.loads(seen(cast.cast["community"], atlas.data, query="?type=visit").content)
    assert sum(f["properties"]["live"] for f in given["houses"]["features"]) == 0


def test_where_no_script_runs_the_map_stands_still(cast: Town) -> None:
    page = text(seen(cast.cast["community"], atlas.atlas))
    assert page.count('<polygon class="house') == 2


def test_a_place_is_marked_on_its_small_map(cast: Town) -> None:
    one, grid, whole = (place_map(code, DAY) for code in (HOME, GRID, COMMUNITY))
    assert one and grid and whole
    assert [p.here for p in one.plots] == [True, False]
    assert [p.here for p in grid.plots] == [True, True]
    assert not any(p.here for p in whole.plots)
    assert len(one.grid) == 1
    assert place_map(COMMUNITY[:9], DAY) is None
    assert place_map("140105006003", DAY) is None


def test_a_sheet_is_upright_and_in_metres(cast: Town) -> None:
    drawn = sheet(COMMUNITY, FOUNDED)
    assert drawn
    south, north = drawn.shapes
    assert north.middle[1] < south.middle[1]
    width = max(x for x, _ in south.ring) - min(x for x, _ in south.ring)
    assert 51 < width < 54


POINTS = st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=1, max_size=30)


def _left_of(a: Point, b: Point, p: Point) -> float:
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])


@given(POINTS)
def test_a_line_around_points_encloses_them_whatever_their_order(points: list[tuple[int, int]]) -> None:
    line = around([(float(x), float(y)) for x, y in points], room=1.0)
    edges = list(zip(line, [*line[1:], line[0]], strict=True))
    assert all(_left_of(a, b, p) > 0 for a, b in edges for p in points)
    assert set(line) == set(around([(float(x), float(y)) for x, y in reversed(points)], room=1.0))


@given(POINTS)
def test_the_hull_of_a_hull_is_itself(points: list[tuple[int, int]]) -> None:
    once = hull([(float(x), float(y)) for x, y in points])
    assert hull(once) == once


TILES = {
    "url": "https://{s}.tiles.example/{z}/{x}/{y}.png",
    "credit": "© Somebody",
    "origin": "https://*.tiles.example",
}


def _corner(cast: Town) -> list[float]:
    given = json.loads(seen(cast.cast["community"], atlas.data).content)
    return next(
        f["geometry"]["coordinates"][0][0]
        for f in given["houses"]["features"]
        if f["properties"]["code"] == HOME
    )


def test_without_a_setting_no_page_asks_an_outside_map(cast: Town) -> None:
    assert "data-tiles" not in text(seen(cast.cast["community"], atlas.atlas))
    assert "img-src 'self' blob: data:;" in headers.policy(pictures=[])


def test_an_outside_map_lies_under_our_shapes(cast: Town, settings: Settings) -> None:
    """Its address stands on the map, its origin in the policy; on a map of China's datum our shapes are shifted as it is."""
    plain = _corner(cast)
    settings.LINLI_TILES = {**TILES, "datum": "wgs84"}
    assert _corner(cast) == plain
    page = text(seen(cast.cast["community"], atlas.atlas))
    assert 'data-tiles="https://{s}.tiles.example/{z}/{x}/{y}.png" data-credit="© Somebody"' in page
    assert "img-src 'self' blob: data: https://*.tiles.example" in _policy()
    settings.LINLI_TILES = {**TILES, "datum": "gcj02"}
    shifted = _corner(cast)
    assert 100 < metres((plain[0], plain[1]), (shifted[0], shifted[1])) < 1000
    assert to_wgs84((shifted[0], shifted[1]), Datum.GCJ02) == pytest.approx(tuple(plain), abs=1e-9)


def _policy() -> str:
    answer = headers.headers(lambda _: HttpResponse())(RequestFactory().get("/"))
    return answer.headers["Content-Security-Policy"]
