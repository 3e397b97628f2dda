"""In which grid a building lay on a day: one answer per day, and yesterday's stays what it was."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from linli.rules.place import Level, covers, level_of, parent, shard, span
from linli.rules.text import T
from linli.territory import buildings, regions
from linli.territory.models import Division, Grid

COMMUNITY = "140105006002"
NEXT_DOOR = "140105006003"
HOUSES = [f"{COMMUNITY}B000{n}" for n in range(1, 5)]
GRIDS = [f"{COMMUNITY}00{n}" for n in range(1, 4)]
NAMES = {g: T(g, g) for g in GRIDS}
FIRST = date(2024, 2, 26)
days = st.integers(0, 12).map(lambda n: FIRST + timedelta(n))
mappings = st.dictionaries(st.sampled_from(HOUSES), st.sampled_from(GRIDS), min_size=1)


class Divisions(TestCase):
    """Random divisions against writing every day down."""

    @settings(max_examples=40)
    @given(st.lists(st.tuples(days, mappings), max_size=5))
    def test_every_day_has_the_division_that_was_last_made_for_it(
        self, made: list[tuple[date, dict[str, str]]]
    ) -> None:
        told: dict[date, dict[str, str]] = {}
        for day, mapping in made:
            try:
                buildings.divide(COMMUNITY, day, mapping, NAMES)
            except ValueError:
                assert any(later > day for later in told)
                continue
            told[day] = mapping
        for n in range(-1, 15):
            self._compare(FIRST + timedelta(n), told)
        assert not [d for d in Division.objects.all() if d.ends and d.ends < d.starts]

    def _compare(self, day: date, told: dict[date, dict[str, str]]) -> None:
        past = [start for start in told if start <= day]
        now = told[max(past)] if past else {}
        assert {h: buildings.grid_of(h, day) for h in HOUSES} == {h: now.get(h) for h in HOUSES}
        for grid in GRIDS:
            assert buildings.buildings_of(grid, day) == sorted(h for h, g in now.items() if g == grid)
        assert [g.code for g in buildings.grids_of(COMMUNITY, day)] == sorted(set(now.values()))


@pytest.mark.django_db
def test_a_division_stays_in_its_community() -> None:
    for mapping in ({HOUSES[0]: NEXT_DOOR + "001"}, {NEXT_DOOR + "B0001": GRIDS[0]}):
        with pytest.raises(ValueError, match="not in 140105006002"):
            buildings.divide(COMMUNITY, FIRST, mapping, NAMES)
    assert not Division.objects.exists() and not Grid.objects.exists()


@pytest.mark.django_db
def test_next_door_is_not_touched() -> None:
    house, grid = NEXT_DOOR + "B0001", NEXT_DOOR + "001"
    buildings.divide(NEXT_DOOR, FIRST, {house: grid}, {grid: T("一", "One")})
    buildings.divide(COMMUNITY, FIRST + timedelta(1), {HOUSES[0]: GRIDS[0]}, NAMES)
    assert buildings.grid_of(house, FIRST + timedelta(9)) == grid
    assert [g.code for g in buildings.grids_of(NEXT_DOOR, FIRST + timedelta(9))] == [grid]


@pytest.mark.django_db
def test_places_have_names_at_every_level_and_unknown_ones_their_code() -> None:
    regions.load([regions.RegionRow("14", "山西省", "Shanxi"), regions.RegionRow(COMMUNITY, "康宁街社区")])
    buildings.load([buildings.BuildingRow(HOUSES[0], T("1号楼", "Building 1"), T("甲苑", "Court A"), 6, 3)])
    buildings.divide(COMMUNITY, FIRST, {HOUSES[0]: GRIDS[0]}, {GRIDS[0]: T("第一网格", "Grid 1")})
    assert regions.place_title("14") == T("山西省", "Shanxi")
    assert regions.path_title(HOUSES[0]) == T("康宁街社区 · 甲苑1号楼", "康宁街社区 · Court A Building 1")
    assert regions.path_title(GRIDS[0]).zh == "康宁街社区 · 第一网格"
    assert regions.place_title("99") == T("99", "99")
    assert [regions.exists(c) for c in ("14", HOUSES[0], GRIDS[0], "15", HOUSES[1])] == [True] * 3 + [
        False
    ] * 2


HARD = [
    "99",
    "9999",
    "140109",
    "1402",
    "149999",
    "15",
    *(COMMUNITY + c for c in ("999", "B0009", "B0010", "B9999")),
]
codes = st.sampled_from(["14", "1401", "140105", "140105006", COMMUNITY, NEXT_DOOR, *GRIDS, *HOUSES, *HARD])
below = st.sampled_from(["", "-1-101", "-2-1401"])
"""What follows a building's code in a household's."""


@given(st.just("") | codes, codes, below)
def test_a_range_holds_exactly_what_lies_in_the_region(region: str, code: str, rest: str) -> None:
    low, high = span(region)
    place = code + rest
    assert (low <= place < high) == covers(region, place) == place.startswith(region)
    assert high.isalnum()


@given(codes)
def test_a_place_lies_in_its_parent_and_in_its_shard(code: str) -> None:
    above = parent(code)
    assert (above is None) == (level_of(code) is Level.PROVINCE)
    assert above is None or (covers(above, code) and level_of(above) < level_of(code))
    assert len(shard(code)) == 12 and shard(shard(code)) == shard(code)


@pytest.mark.parametrize(
    "text", ["", "1", "140", "14010500600２", "14010500600B", COMMUNITY + "A0001", "140105 06002"]
)
def test_what_is_no_place_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="is not the code of a place"):
        level_of(text)
