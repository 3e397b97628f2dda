"""Where a building stands, and how maps draw it where no more than a point is known."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from linli.rules.datum import Point, metres
from linli.territory import outlines, positions
from linli.territory.buildings import features
from linli.territory.models import Building
from tests.cases.community import COMMUNITY, FOUNDED, HOME, town
from tests.forms.drawing import house

POINTS = st.tuples(st.floats(100, 123), st.floats(18, 46))
SPOT = (112.56, 37.78)


@given(POINTS)
def test_around_a_lone_point_a_square_of_twelve_metres_is_drawn(point: Point) -> None:
    ring = positions.square(point)
    sides = [metres(a, b) for a, b in pairwise(ring)]
    assert sides == pytest.approx([12] * 4, rel=0.01)
    assert positions.middle(ring) == pytest.approx(point)
    assert positions.turned(ring) == ring


@given(st.integers(0, 50), st.integers(0, 3), st.booleans())
def test_a_line_is_the_same_wherever_it_begins_and_whichever_way_it_runs(
    n: int, begin: int, back: bool
) -> None:
    ring = house(n)
    other = [*ring[begin:-1], *ring[:begin], ring[begin]]
    other = other[::-1] if back else other
    assert positions.same(ring, other)
    assert positions.same(ring, [(x + 1e-8, y) for x, y in other])
    assert not positions.same(ring, [(x + 1e-6, y) for x, y in other])
    assert positions.turned(other)[:-1] in [[*ring[i:-1], *ring[:i]] for i in range(4)]


def test_pieces_that_touch_are_one_and_others_are_not() -> None:
    x, y = SPOT

    def box(west: float, east: float) -> list[Point]:
        return [(a, b) for a, b in shapely.box(x + west, y, x + east, y + 0.0001).exterior.coords]

    whole = positions.joined([box(0, 0.0002), box(0.0002, 0.0005)])
    assert whole is not None
    assert shapely.Polygon(whole).symmetric_difference(shapely.Polygon(box(0, 0.0005))).area < 1e-13
    assert positions.joined([box(0, 0.0002), box(0.0003, 0.0005)]) is None


@pytest.mark.django_db
def test_a_building_of_which_a_point_is_known_is_on_every_map() -> None:
    town()
    Building.objects.filter(code=HOME).update(outline=positions.kept([SPOT]))
    assert set(outlines.rings(COMMUNITY)) == {HOME}
    sheet = outlines.sheet(COMMUNITY, FOUNDED)
    assert sheet is not None
    (shape,) = sheet.shapes
    xs = [x for x, _ in shape.ring]
    assert max(xs) - min(xs) == pytest.approx(positions.SIDE, rel=0.01)
    assert [grid for grid, _ in outlines.grid_rings(COMMUNITY, FOUNDED)] == [COMMUNITY + "001"]
    told: Any = features(COMMUNITY, date(2026, 1, 1))
    (only,) = told["features"]
    assert (only["properties"]["code"], len(only["geometry"]["coordinates"][0])) == (HOME, 5)


@pytest.mark.django_db
def test_a_community_without_positions_has_no_map() -> None:
    town()
    told: Any = features(COMMUNITY, FOUNDED)
    assert (outlines.sheet(COMMUNITY, FOUNDED), outlines.rings(COMMUNITY), told["features"]) == (None, {}, [])
