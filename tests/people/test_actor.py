"""Grants: a role reaches what lies in its region, a grid its buildings only where the caller says so."""

from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from linli.rules.actor import EVERYWHERE, THE_CLOCK, Actor, Grant, nobody
from linli.rules.roles import COMMUNITY as COMMUNITY_STAFF
from linli.rules.roles import GRID_MEMBER, PUBLIC, UNIT_STAFF
from tests.people.conftest import BUILDING, COMMUNITY, GRID

codes = st.sampled_from(["14", "1401", "140105", "140105006", COMMUNITY, GRID, BUILDING, "140106001001"])


def test_a_grid_holds_a_building_only_if_told_so() -> None:
    member = Actor(uuid4(), (Grant(GRID_MEMBER.key, GRID),))
    assert not member.holds(GRID_MEMBER.key, BUILDING)
    assert member.holds(GRID_MEMBER.key, BUILDING, grid=GRID)
    assert not member.holds(GRID_MEMBER.key, BUILDING, grid=COMMUNITY + "004")
    assert not member.holds(GRID_MEMBER.key, COMMUNITY)


def test_a_community_holds_its_grids_and_buildings() -> None:
    staff = Actor(uuid4(), (Grant(COMMUNITY_STAFF.key, COMMUNITY),))
    assert all(staff.holds(COMMUNITY_STAFF.key, p) for p in (COMMUNITY, GRID, BUILDING))
    assert not staff.holds(GRID_MEMBER.key, GRID)
    assert not staff.holds(COMMUNITY_STAFF.key, "140105006")


def test_everywhere_is_everywhere() -> None:
    assert nobody().holds(PUBLIC.key, BUILDING)
    assert THE_CLOCK.grants[0].region == EVERYWHERE


def test_what_an_actor_is() -> None:
    unit = uuid4()
    actor = Actor(
        uuid4(), (Grant(UNIT_STAFF.key, COMMUNITY, unit), Grant(GRID_MEMBER.key, GRID), Grant(PUBLIC.key, ""))
    )
    assert actor.units == {unit}
    assert actor.roles == {UNIT_STAFF.key, GRID_MEMBER.key, PUBLIC.key}
    assert actor.regions(GRID_MEMBER.key) == (GRID,)
    assert actor.at(BUILDING) == (actor.grants[0], actor.grants[2])


@given(region=codes, place=codes)
def test_a_region_reaches_exactly_what_its_code_begins(region: str, place: str) -> None:
    assert Grant("any", region).reaches(place) == place.startswith(region)
