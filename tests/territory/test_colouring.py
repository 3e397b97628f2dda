"""不漏户、户不漏人: whatever the households carry, the sums are exact, and who may not read a label finds none of it anywhere."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.rules.actor import Actor, Grant
from linli.rules.ids import new_id
from linli.rules.labels import BY_KEY, LABELS, POPULATION, READ_EVERY, readable
from linli.rules.roles import COMMUNITY as COMMUNITY_ROLE
from linli.rules.roles import GRID_MEMBER, HOUSE_ROLES
from linli.territory import access, colouring, households
from linli.territory.colouring import ALL, ANY, NONE, SEVERAL, SUMS
from linli.territory.households import HouseholdRow
from linli.territory.models import HouseholdLabel
from tests.cases.community import COMMUNITY, HOME, town

DAY = date(2026, 3, 2)
CARRIED = st.lists(st.sets(st.sampled_from(list(LABELS))).map(sorted), max_size=40)


@given(CARRIED)
def test_nobody_is_missed_and_nobody_counts_twice(carried: list[list[str]]) -> None:
    counted = colouring.tally(carried)
    assert counted.of(ALL) == len(carried) == counted.of(ANY) + counted.of(NONE)
    assert sum(counted.of(k) for k in LABELS) == sum(n * k for k, n in counted.carrying.items())
    assert counted.of(SEVERAL) <= counted.of(ANY) <= sum(counted.of(k) for k in LABELS)


@given(CARRIED, st.integers(0, 40))
def test_the_parts_add_up_to_the_whole(carried: list[list[str]], cut: int) -> None:
    parts = colouring.total([colouring.tally(carried[:cut]), colouring.tally(carried[cut:])])
    whole = colouring.tally(carried)
    assert all(parts.of(what) == whole.of(what) for what in (*LABELS, *SUMS))


@pytest.mark.django_db
def test_every_number_is_the_length_of_its_list() -> None:
    town()
    doors = [f"{floor}0{n}" for floor in range(1, 4) for n in (1, 2)]
    households.load(HouseholdRow(HOME, "1", door) for door in doors)
    rows = [("101", "party"), ("101", "tenant"), ("102", "party"), ("201", "minor"), ("101", "party")]
    for number, (door, key) in enumerate(rows):
        starts = DAY - timedelta(number)
        HouseholdLabel.objects.create(household=f"{HOME}-1-{door}", label=key, starts=starts)
    HouseholdLabel.objects.create(household=f"{HOME}-1-301", label="party", starts=DAY, ends=DAY)
    sight = {HOME: frozenset(LABELS)}
    for day, party in ((DAY, 3), (DAY + timedelta(1), 2)):
        counted = colouring.tallies(sight, day)[HOME]
        lists = {what: colouring.carrying(sight, day, what) for what in (*LABELS, *SUMS)}
        assert {what: len(codes) for what, codes in lists.items()} == {w: counted.of(w) for w in lists}
        assert counted.of("party") == party
        assert set(lists[ANY]).isdisjoint(lists[NONE])
    assert colouring.tallies({HOME: frozenset({"minor"})}, DAY)[HOME].of(ANY) == 1
    assert colouring.marks({}, DAY) == {}


def test_a_label_has_a_colour_a_sign_and_a_shape_of_its_own() -> None:
    for told in ("ink", "shape"):
        assert len({getattr(label, told) for label in POPULATION}) == len(POPULATION)
    assert len({label.sign.zh for label in POPULATION}) == len({label.sign.en for label in POPULATION})
    assert all(len(label.sign.zh) == 1 and 1 <= len(label.sign.en) <= 2 for label in POPULATION)
    assert list(BY_KEY) == list(LABELS)


def test_whoever_reads_a_label_sees_the_household_and_says_why() -> None:
    """A label is read by nobody who may not see who lives there."""
    assert access.SOME_LABEL_READERS <= access.ROLL_READERS
    assert all(label.readers and label.why.zh and label.why.en for label in POPULATION)
    assert READ_EVERY == (GRID_MEMBER, COMMUNITY_ROLE)


@pytest.mark.django_db
@pytest.mark.parametrize("label", list(LABELS))
def test_the_table_is_what_the_readers_get(label: str) -> None:
    """Every role against this label, where its duty reaches and where it does not."""
    town()
    for role in HOUSE_ROLES:
        may = role in BY_KEY[label].readers
        for region, reaches in ((COMMUNITY[:9], True), (COMMUNITY, True), (COMMUNITY + "001", True)):
            here = Actor(new_id(), (Grant(role.key, region),))
            assert (label in access.labels_seen(here, HOME, DAY)) is (may and reaches), (role.key, region)
            found = access.sight(here, COMMUNITY, DAY).get(HOME, frozenset())
            assert (label in found) is (may and reaches), (role.key, region)
        for region in (COMMUNITY + "002", "140105006003", COMMUNITY + "B0002"):
            there = Actor(new_id(), (Grant(role.key, region),))
            assert access.labels_seen(there, HOME, DAY) == ()
            assert HOME not in access.sight(there, COMMUNITY, DAY)
    assert label in readable(GRID_MEMBER.key)
