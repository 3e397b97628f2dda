"""不漏户、户不漏人: each fault is planted and found, by its number and in its list; where nothing is wrong nothing is found."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from linli.cases import coverage, faults, uncovered
from linli.cases.clock import Rounds
from linli.cases.coverage import CHECKS, Check, When
from linli.cases.models import Uncovered
from linli.people import assigning
from linli.people.models import Duty
from linli.rules.actor import EVERYWHERE, THE_SYSTEM, Actor, Grant
from linli.rules.ids import new_id
from linli.rules.roles import STAFF_ROLES
from linli.rules.text import T
from linli.rules.worktime import DAY, HOUR
from linli.territory import buildings, households
from linli.territory.households import HouseholdRow
from linli.territory.models import Building, Division, Grid, Household, HouseholdMember
from tests.cases.community import COMMUNITY, HOME, Town
from tests.cases.planting import (
    FLATS,
    GRID,
    NEXT,
    NOW,
    PLANTED,
    STREET,
    TODAY,
    clean,
    duty,
    entered,
    knock,
    never_met,
)

THEN = When(NOW)


def _all(place: str = COMMUNITY, when: When = THEN) -> dict[str, list[str]]:
    """What every check finds, where it finds something."""
    found = {k: [str(key) for key in coverage.keys(c, place, when)] for k, c in CHECKS.items()}
    assert {k: coverage.count(c, place, when) for k, c in CHECKS.items()} == {
        k: len(v) for k, v in found.items()
    }
    return {k: v for k, v in found.items() if v}


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["", "14", "1401", "140105", STREET, COMMUNITY, GRID, HOME])
def test_where_nothing_is_wrong_nothing_is_found(place: str) -> None:
    clean()
    assert {k: v for k, v in _all(place).items() if CHECKS[k].fits(place)} == {}


@pytest.mark.django_db
@pytest.mark.parametrize(("key", "plant"), PLANTED)
def test_a_fault_is_found_and_nothing_else(key: str, plant: Callable[[Town], str]) -> None:
    cast = clean()
    planted = plant(cast)
    assert _all() == {key: [planted]}
    assert _all(STREET) == {key: [planted]}
    assert _all("140105007") == {}
    (line,) = faults.lines(
        CHECKS[key],
        coverage.keys(CHECKS[key], COMMUNITY, When(NOW)),
        COMMUNITY,
        When(NOW),
        cast.cast["community"],
    )
    assert line.key == planted


@pytest.mark.django_db
def test_each_day_is_looked_at_by_itself() -> None:
    """A stand-in, a division, a move count on their own days."""
    cast = clean()
    who = HouseholdMember.objects.get(household=FLATS[0]).person
    HouseholdMember.objects.create(
        household=FLATS[2], person=who, starts=TODAY + timedelta(3), ends=TODAY + timedelta(4)
    )
    assigning.end(Duty.objects.get(region=GRID).id, TODAY, by=THE_SYSTEM, at=NOW, key="over")
    assert _all() == {}
    assert _all(when=When(NOW + DAY)) == {"unstaffed": [GRID]}
    assert set(_all(when=When(NOW + 3 * DAY))) == {"unstaffed", "twice"}
    duty(cast, "next_grid", GRID, "new")
    assert _all(when=When(NOW + 5 * DAY)) == {}


@pytest.mark.django_db
def test_a_stand_in_is_somebody() -> None:
    cast = clean()
    held, other = Duty.objects.get(region=GRID).id, cast.cast["next_grid"].person
    assert other
    assigning.substitute(held, other, TODAY, TODAY, by=THE_SYSTEM, at=NOW, key="stands")
    assert _all() == {}


@pytest.mark.django_db
def test_the_days_can_be_chosen_and_are_otherwise_those_of_the_rules() -> None:
    """Ninety by the visits' own parameters."""
    cast = clean()
    flat = entered(f"{HOME}-2-201")
    knock(cast, flat, "somebody", NOW - 61 * DAY)
    assert coverage.days_at(COMMUNITY, When(NOW)) == 90
    assert _all() == {}
    assert _all(when=When(NOW, 60)) == {"unvisited": [flat]}
    assert _all(when=When(NOW, 180)) == {}


@pytest.mark.django_db
def test_somebody_on_rolls_of_two_communities_is_found_in_both_and_shown_by_his_own_door_alone() -> None:
    cast = clean()
    there = "140105006003B0001"
    who = HouseholdMember.objects.get(household=FLATS[0]).person
    HouseholdMember.objects.create(household=entered(f"{there}-1-101"), person=who, starts=TODAY)
    for place in (COMMUNITY, GRID, there[:12]):
        assert _all(place)["twice"] == [str(who)]
    (line,) = faults.lines(CHECKS["twice"], [who], GRID, When(NOW), cast.cast["grid"])
    assert [d.code for d in line.doors] == [FLATS[0], ""]
    assert there not in str([d.title for d in line.doors])


@pytest.mark.django_db
def test_a_grid_is_asked_for_its_own_buildings() -> None:
    cast = clean()
    mapping = {HOME: GRID, NEXT: COMMUNITY + "002"}
    buildings.divide(COMMUNITY, TODAY, mapping, {g: T(g, g) for g in mapping.values()})
    duty(cast, "next_grid", COMMUNITY + "002", "second")
    flat = never_met(cast)
    assert _all(GRID) == {"unvisited": [flat]}
    assert _all(COMMUNITY + "002") == {}


@pytest.mark.django_db
def test_the_database_lets_no_building_lie_in_two_grids_without_an_end() -> None:
    clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        Division.objects.create(building=HOME, grid=COMMUNITY + "002", starts=TODAY)


# Who reads it

NUMBERS = {"grid_member", "clerk", "community", "street", "county", "city", "leader"}
LISTS = {"grid_member", "clerk", "community", "street"}


@pytest.mark.parametrize("role", [r.key for r in STAFF_ROLES])
def test_who_reads_the_numbers_and_who_the_lists(role: str) -> None:
    """Lists of homes are for those who read the roll; faults of grids also for whoever gives duties; units read nothing."""
    actor = Actor(new_id(), (Grant(role, COMMUNITY),))
    offered = {c.key: c for c in coverage.offered(coverage.roles_at(actor, COMMUNITY), COMMUNITY)}
    homes = {k for k, c in CHECKS.items() if c.of in ("household", "person")}
    assert (homes <= set(offered)) == (role in NUMBERS)
    assert ("unstaffed" in offered) == (role in (NUMBERS | {"admin"}) - {"grid_member"})
    assert {k for k in homes & set(offered) if CHECKS[k].listed_to & {role}} == (
        homes if role in LISTS else set()
    )
    assert coverage.places_of(actor) == ([COMMUNITY] if offered else [])
    assert not coverage.roles_at(actor, "140105006003")


def test_a_place_within_another_is_read_once_where_that_tells_as_much() -> None:
    own = [("grid_member", GRID), ("community", COMMUNITY), ("unit_staff", "14"), ("street", "140106001")]
    grants = tuple(Grant(role, region) for role, region in own)
    assert coverage.places_of(Actor(new_id(), grants)) == ["140106001", COMMUNITY]
    assert coverage.places_of(Actor(new_id(), (*grants, Grant("street", EVERYWHERE)))) == [""]
    for above in ("leader", "admin"):
        both = Actor(new_id(), (Grant("grid_member", GRID), Grant(above, STREET)))
        assert coverage.places_of(both) == [STREET, GRID]


# What a region above reads


@pytest.mark.django_db
def test_a_region_reads_what_its_communities_had_when_they_were_counted() -> None:
    cast = clean()
    checks = list(CHECKS.values())
    assert not any(uncovered.numbers(checks, STREET, When(NOW)).counts.values())
    never_met(cast)
    old = uncovered.numbers(checks, STREET, When(NOW + HOUR // 2))
    assert (old.counts["unvisited"], old.counted) == (0, NOW)
    assert uncovered.numbers(checks, COMMUNITY, When(NOW)).counts["unvisited"] == 1
    Rounds().go(NOW + HOUR // 2)
    assert uncovered.numbers(checks, STREET, When(NOW)).counts["unvisited"] == 0
    Rounds().go(NOW + HOUR)
    new = uncovered.numbers(checks, STREET, When(NOW + HOUR))
    assert (new.counts["unvisited"], new.counted) == (1, NOW + HOUR)
    assert uncovered.numbers(checks, "1401", When(NOW, 30)).counts["unvisited"] == 1
    assert {p: n.counts["unvisited"] for p, n in uncovered.by_place(checks, "140105", When(NOW)).items()} == {
        STREET: 1
    }


@pytest.mark.django_db
def test_those_counted_longest_ago_are_counted_first_and_one_at_least() -> None:
    clean()
    rows = [f"14010500600{n}B0001" for n in (3, 4)]
    Building.objects.bulk_create(Building(code=c, community=c[:12], name_zh="楼") for c in rows)
    uncovered.count(COMMUNITY, NOW - 3 * HOUR)
    uncovered.count(rows[1][:12], NOW - 5 * HOUR)
    order = [_counted_at(NOW + n, left=2 - n) for n in range(3)]
    assert order == [rows[0][:12], rows[1][:12], COMMUNITY]
    assert uncovered.sweep(NOW + 3) == 0 and not Uncovered.objects.filter(counted=NOW + 3).exists()


def _counted_at(at: int, left: int) -> str:
    assert uncovered.sweep(at, seconds=0) == left
    return Uncovered.objects.filter(counted=at).values_list("community", flat=True).distinct().get()


@pytest.mark.django_db
def test_what_was_never_counted_is_counted_for_a_street_and_said_of_a_city(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clean()
    Building.objects.create(code="140106001001B0001", community="140106001001", name_zh="楼")
    monkeypatch.setattr(uncovered, "AT_ONCE", 1)
    checks = list(CHECKS.values())
    city = uncovered.numbers(checks, "1401", When(NOW))
    assert (city.missing, sum(city.counts.values())) == (2, 0)
    assert uncovered.numbers(checks, "140106001", When(NOW)).counts["ungridded"] == 1
    city = uncovered.numbers(checks, "1401", When(NOW))
    assert (city.missing, city.counts["ungridded"]) == (0, 1)


# A law: a number is the length of its list, whatever the tables hold

HOUSES = [HOME, NEXT, COMMUNITY + "B0003", COMMUNITY + "B0099", "140105006003B0001"]
PEOPLE = [new_id() for _ in range(4)]
days = st.integers(-3, 3).map(lambda n: TODAY + timedelta(n))
ends = st.none() | days
homes = st.tuples(st.sampled_from(HOUSES), st.sampled_from(["101", "102"]))


class Laws(TestCase):
    """Random tables."""

    @settings(max_examples=40)
    @given(
        st.sets(homes, max_size=8),
        st.lists(st.tuples(homes, st.sampled_from(PEOPLE), days, ends), max_size=8),
        st.dictionaries(
            st.tuples(st.sampled_from(HOUSES), days), st.tuples(st.integers(1, 3), days), max_size=6
        ),
        st.dictionaries(st.integers(1, 3), st.tuples(days, ends), max_size=3),
    )
    def test_a_number_is_the_length_of_its_list(
        self,
        doors: set[tuple[str, str]],
        lives: list[tuple[tuple[str, str], UUID, date, date | None]],
        divided: dict[tuple[str, date], tuple[int, date]],
        grids: dict[int, tuple[date, date | None]],
    ) -> None:
        Building.objects.bulk_create(
            Building(code=h, community=h[:12], name_zh="楼") for h in HOUSES if "B0099" not in h
        )
        households.load(HouseholdRow(h, "1", d) for h, d in doors)
        members = {(f"{h}-1-{d}", who, a): HouseholdMember(household=f"{h}-1-{d}", person=who, starts=a, ends=z)
                   for (h, d), who, a, z in lives}  # fmt: skip
        HouseholdMember.objects.bulk_create(members.values())
        Division.objects.bulk_create(
            Division(building=h, grid=f"{COMMUNITY}00{g}", starts=a, ends=z)
            for (h, a), (g, z) in divided.items()
        )
        Grid.objects.bulk_create(
            Grid(code=f"{COMMUNITY}00{g}", name_zh="网", starts=a, ends=z) for g, (a, z) in grids.items()
        )
        for place in ("1401", STREET, COMMUNITY, GRID, HOME):
            for check in CHECKS.values():
                _lists_agree(check, place)
        _parts_make_the_whole()


def _lists_agree(check: Check, place: str) -> None:
    """Page by page, each once, in order, and each with its line."""
    when, found, after = When(NOW), [], None
    while page := coverage.keys(check, place, when, after, 2):
        found += page
        after = page[-1]
    assert len(found) == len(set(found)) == coverage.count(check, place, when)
    lines = faults.lines(check, found, place, when, Actor(new_id(), (Grant("community", place),)))
    assert [line.key for line in lines] == [str(k) for k in found]


def _parts_make_the_whole() -> None:
    """Every household stands behind a known door or does not; who is missed in a community is missed in its city."""
    all_ = Household.objects.count()
    nowhere, never = (coverage.count(CHECKS[k], "14", When(NOW)) for k in ("nowhere", "unvisited"))
    assert nowhere + never == all_
    parts = [set(coverage.keys(CHECKS["empty"], c, When(NOW))) for c in (COMMUNITY, "140105006003")]
    assert set.union(*parts) == set(coverage.keys(CHECKS["empty"], "1401", When(NOW)))
