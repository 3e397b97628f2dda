"""The roll of households: nothing changes without an entry, and labels are for the few who need them."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.journal.append import contents, entries
from linli.journal.verify import Walk
from linli.rules.actor import THE_SYSTEM, Actor, Grant
from linli.rules.ids import new_id
from linli.rules.labels import LABELS, readable
from linli.rules.refusal import Refused
from linli.rules.roles import STAFF_ROLES
from linli.rules.worktime import day_start
from linli.territory import access, colouring, coverage, households
from linli.territory.entries import stream_of
from linli.territory.households import HouseholdRow
from linli.territory.models import HouseholdLabel, HouseholdMember
from tests.cases.community import COMMUNITY, HOME, town

DAY = date(2026, 3, 2)
NOON = day_start(DAY)
FLAT, NEXT = f"{HOME}-2-301", f"{HOME}-2-302"
WHO = new_id()
FACTS: Any = {"by": THE_SYSTEM, "at": NOON}


@pytest.fixture
def cast(db: None) -> dict[str, Actor]:
    return town().cast


@pytest.fixture
def home(cast: dict[str, Actor]) -> str:
    households.load([HouseholdRow(HOME, "2", "301"), HouseholdRow(HOME, "2", "302")])
    return FLAT


def _code(call: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        call()
    return refusal.value.code


def test_moving_in_and_out_are_entries(home: str) -> None:
    households.move_in(home, WHO, DAY, **FACTS, key="in")
    households.move_in(home, WHO, DAY, **FACTS, key="in")
    assert households.doors(HOME, DAY)[0].members == 1
    households.move_out(home, WHO, DAY + timedelta(9), **FACTS, key="out")
    assert [e.action for e in entries(stream_of(home))] == ["moved-in", "moved-out"]
    assert [t.ends for t in households.members_of(home)] == [DAY + timedelta(9)]
    assert households.doors(HOME, DAY + timedelta(10))[0].members == 0
    assert _code(lambda: households.move_in(home, WHO, DAY, **FACTS, key="out")) == "key-reused"


def test_nobody_lives_in_two_homes_at_once(home: str) -> None:
    households.move_in(home, WHO, DAY, **FACTS, key="1")
    assert _code(lambda: households.move_in(NEXT, WHO, DAY, **FACTS, key="2")) == "lives-elsewhere"
    assert _code(lambda: households.move_in(home, WHO, DAY, **FACTS, key="3")) == "lives-there"
    households.move_out(home, WHO, DAY, **FACTS, key="4")
    households.move_in(NEXT, WHO, DAY + timedelta(1), **FACTS, key="5")
    assert list(coverage.twice(COMMUNITY, DAY)) == []
    HouseholdMember.objects.create(household=home, person=WHO, starts=DAY + timedelta(1))
    assert list(coverage.twice(COMMUNITY, DAY + timedelta(2))) == [WHO]
    assert coverage.homes_of([WHO], DAY + timedelta(2)) == {WHO: [FLAT, NEXT]}


def test_a_label_is_an_entry_whose_word_is_sealed(home: str) -> None:
    households.label(home, "subsistence", DAY, **FACTS, key="l")
    (entry,) = entries(stream_of(home))
    assert "subsistence" not in str(entry.effect)
    assert contents([entry.id])[entry.id][0].content == {"label": "subsistence"}
    assert _code(lambda: households.label(home, "subsistence", DAY, **FACTS, key="m")) == "labelled-already"
    assert _code(lambda: households.label(home, "rich", DAY, **FACTS, key="n")) == "unknown-label"
    assert _code(lambda: households.end_label(home, "party", DAY, **FACTS, key="o")) == "not-labelled"
    before = DAY - timedelta(1)
    assert _code(lambda: households.end_label(home, "subsistence", before, **FACTS, key="p")) == "bad-days"
    households.end_label(home, "subsistence", DAY, **FACTS, key="q")
    assert HouseholdLabel.objects.get().ends == DAY
    assert colouring.carrying({HOME: frozenset(LABELS)}, DAY + timedelta(1), "subsistence") == []


def test_the_roll_is_kept_by_its_grid_member_and_the_community(home: str, cast: dict[str, Actor]) -> None:
    for name in ("grid", "community"):
        households.label(home, "party" if name == "grid" else "tenant", DAY, by=cast[name], at=NOON, key=name)
    for name in ("next_grid", "elsewhere", "street", "window", "property", "resident", "nobody"):
        act: Any = {"by": cast[name], "at": NOON, "key": f"x/{name}"}
        assert _code(partial(households.label, home, "minor", DAY, **act)) == "not-your-roll", name
    assert _code(lambda: households.move_in("nowhere", WHO, DAY, **FACTS, key="z")) == "no-such-household"


ROLL_FOR = {"grid_member", "community", "clerk", "street"}


@pytest.mark.parametrize("role", [r.key for r in STAFF_ROLES])
def test_who_sees_labels_and_who_sees_the_roll(home: str, role: str) -> None:
    """Units, captains, auditors and leaders see neither; the window and the street see who lives where."""
    here = Actor(WHO, (Grant(role, COMMUNITY),))
    assert set(access.labels_seen(here, HOME, DAY)) == readable(role)
    assert access.sight(here, COMMUNITY, DAY).get(HOME, frozenset()) == readable(role)
    assert access.sees_household(here, HOME, DAY) is (role in ROLL_FOR)
    elsewhere = Actor(WHO, (Grant(role, COMMUNITY + "002"),))
    assert not access.sees_household(elsewhere, HOME, DAY)
    assert access.labels_seen(elsewhere, HOME, DAY) == ()
    assert access.sight(elsewhere, COMMUNITY, DAY) == {}


def test_a_grid_member_reaches_the_buildings_of_the_own_grid(home: str, cast: dict[str, Actor]) -> None:
    assert access.buildings_within(cast["grid"], COMMUNITY, DAY, access.ROLL_READERS) == [
        HOME,
        COMMUNITY + "B0002",
    ]
    assert access.buildings_within(cast["next_grid"], COMMUNITY, DAY, access.ROLL_READERS) == []
    assert access.buildings_within(cast["property"], COMMUNITY, DAY, access.ROLL_READERS) == []


@pytest.mark.django_db
@given(st.lists(st.sampled_from(sorted(LABELS)), max_size=6, unique=True))
def test_counts_are_those_of_the_doors(keys: list[str]) -> None:
    """What the figures count is what the doors show."""
    HouseholdLabel.objects.all().delete()
    households.load([HouseholdRow(HOME, "2", "301")])
    HouseholdLabel.objects.bulk_create(HouseholdLabel(household=FLAT, label=k, starts=DAY) for k in keys)
    sight = {HOME: frozenset(LABELS)}
    assert colouring.tallies(sight, DAY)[HOME].labels == dict.fromkeys(keys, 1)
    assert colouring.marks(sight, DAY).get(FLAT, ()) == tuple(k for k in LABELS if k in keys)


def test_the_chain_of_a_household_verifies(home: str) -> None:
    households.move_in(home, WHO, DAY, **FACTS, key="in")
    households.label(home, "party", DAY, **FACTS, key="l")
    assert list(Walk(stream_of(home)).faults()) == []
