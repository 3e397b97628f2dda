"""Faults of coverage for tests: a community in which nobody is missed, and each fault planted in it.

``NOW`` and ``TODAY`` are read when something is planted, so that a test of pages can set them to the present.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from linli.people import assigning
from linli.rules.actor import THE_SYSTEM
from linli.rules.ids import new_id
from linli.rules.text import T
from linli.rules.worktime import DAY, HOUR, day_start
from linli.territory import buildings, households
from linli.territory.buildings import BuildingRow
from linli.territory.households import HouseholdRow
from linli.territory.models import Division, Grid, HouseholdMember
from tests.cases.community import COMMUNITY, FOUNDED, HOME, Town, town

TODAY = date(2026, 3, 2)
NOW = day_start(TODAY) + 15 * HOUR
NEXT, GRID, STREET = COMMUNITY + "B0002", COMMUNITY + "001", COMMUNITY[:9]
FLATS = [f"{HOME}-1-101", f"{HOME}-1-102", f"{NEXT}-1-101"]
AT = day_start(FOUNDED)


def clean() -> Town:
    """A community in which nobody is missed: a grid member on duty, everybody met last week, one roll for each."""
    cast = town()
    duty(cast, "grid", GRID, "own")
    for number, flat in enumerate(FLATS):
        building, entrance, door = flat.split("-")
        households.load([HouseholdRow(building, entrance, door)])
        households.move_in(flat, new_id(), FOUNDED, by=THE_SYSTEM, at=AT, key=f"in/{number}")
        knock(cast, flat, "somebody", NOW - 7 * DAY)
    return cast


def duty(cast: Town, name: str, region: str, key: str, role: str = "grid_member") -> None:
    person = cast.cast[name].person
    assert person
    assigning.assign(person=person, role=role, region=region, starts=FOUNDED, by=THE_SYSTEM, at=AT, key=key)


def knock(cast: Town, flat: str, met: str, at: int) -> None:
    building, door = flat.split("-", 1)
    said = {"where": building, "door": door, "occasion": "regular", "met": met}
    cast.act(
        ("visit", COMMUNITY), "grid", "record", at, {**said, "asked": "都好"} if met == "somebody" else said
    )


def entered(flat: str) -> str:
    """A household in which somebody lives."""
    households.load([HouseholdRow(*flat.split("-"))])
    HouseholdMember.objects.create(household=flat, person=new_id(), starts=FOUNDED)
    return flat


# What is planted, each through the doors as far as they let it, and the key under which it is found.


def in_no_grid(cast: Town) -> str:
    buildings.load([BuildingRow(COMMUNITY + "B0003", T("3号楼", "Building 3"), T("甲苑", "Court A"), 6, 3)])
    return COMMUNITY + "B0003"


def in_a_grid_that_ended(cast: Town) -> str:
    Division.objects.filter(building=NEXT).update(grid=COMMUNITY + "002")
    Grid.objects.create(code=COMMUNITY + "002", name_zh="二", starts=FOUNDED, ends=TODAY - timedelta(1))
    return NEXT


def without_a_member(cast: Town) -> str:
    mapping = {HOME: GRID, NEXT: COMMUNITY + "002"}
    buildings.divide(COMMUNITY, TODAY, mapping, {g: T(g, g) for g in mapping.values()})
    duty(cast, "community", COMMUNITY, "whole", "community")
    duty(cast, "next_grid", COMMUNITY, "above")
    return COMMUNITY + "002"


def in_two_grids(cast: Town) -> str:
    Grid.objects.create(code=COMMUNITY + "002", name_zh="二", starts=FOUNDED, ends=TODAY)
    duty(cast, "next_grid", COMMUNITY + "002", "second")
    Division.objects.create(building=HOME, grid=COMMUNITY + "002", starts=TODAY, ends=TODAY)
    return HOME


def nowhere(cast: Town) -> str:
    return entered(f"{COMMUNITY}B0099-1-101")


def on_two_rolls(cast: Town) -> str:
    who = HouseholdMember.objects.get(household=FLATS[0]).person
    HouseholdMember.objects.create(household=FLATS[2], person=who, starts=TODAY)
    return str(who)


def never_met(cast: Town) -> str:
    flat = entered(f"{HOME}-2-201")
    knock(cast, flat, "nobody", NOW - DAY)
    return flat


def met_long_ago(cast: Town) -> str:
    flat = entered(f"{HOME}-2-202")
    knock(cast, flat, "somebody", NOW - 91 * DAY)
    knock(cast, flat, "refused", NOW - 2 * DAY)
    return flat


def met_by_mistake(cast: Town) -> str:
    """A visit declared void was none."""
    flat = entered(f"{HOME}-2-203")
    said = {"where": HOME, "door": "2-203", "occasion": "regular", "met": "somebody", "asked": "都好"}
    case = cast.act(("visit", COMMUNITY), "grid", "record", NOW - DAY, said).case
    cast.act(case, "grid", "void", NOW - HOUR, {"reason": "记错了门"})
    cast.act(case, "community", "void.approve", NOW - HOUR + 1)
    return flat


def nobody_entered(cast: Town) -> str:
    flat = f"{HOME}-2-204"
    households.load([HouseholdRow(HOME, "2", "204")])
    knock(cast, flat, "somebody", NOW - DAY)
    return flat


PLANTED: list[tuple[str, Callable[[Town], str]]] = [
    ("ungridded", in_no_grid),
    ("ungridded", in_a_grid_that_ended),
    ("unstaffed", without_a_member),
    ("overlapping", in_two_grids),
    ("nowhere", nowhere),
    ("twice", on_two_rolls),
    ("unvisited", never_met),
    ("unvisited", met_long_ago),
    ("unvisited", met_by_mistake),
    ("empty", nobody_entered),
]
