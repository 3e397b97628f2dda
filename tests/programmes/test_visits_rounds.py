"""The rounds: every household once, none missed, the longest unmet first."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.programmes.visits.pages import doors, rounds
from linli.programmes.visits.pages.rounds import Home
from linli.rules.actor import THE_SYSTEM
from linli.rules.worktime import DAY, HOUR, day_start
from linli.territory import households
from linli.territory.households import HouseholdRow
from linli.territory.models import Household
from tests.cases.community import FOUNDED, HOME, Town, town

NOW = day_start(date(2026, 11, 17)) + 15 * HOUR
TIMES = st.none() | st.integers(min_value=1, max_value=NOW)
VISIT = ("visit", HOME)


def _home(number: int, met: int | None, tried: int | None, open_: str, due: int) -> Home:
    row = Household(code=f"{HOME}-1-{number:03d}", building=HOME, entrance="1", door=f"{number:03d}")
    return Home(row, (), met, max(met or 0, tried or 0) or None, open_, due)


HOMES = st.lists(
    st.tuples(TIMES, TIMES, st.sampled_from(("", "promised", "again")), st.integers(0, 2 * NOW)), max_size=30
).map(lambda rows: [_home(n, *row) for n, row in enumerate(rows)])


@given(HOMES, st.integers(0, NOW))
def test_every_household_counts_once(homes: list[Home], since: int) -> None:
    """Met, tried and missed together are all of them, whenever one begins to count."""
    done = rounds.coverage(homes, since, NOW)
    assert done.met + done.tried + done.none == done.total == len(homes)
    assert 0 <= done.share <= 1000
    assert (done.share == 1000) == (done.met == done.total > 0)


@given(HOMES, st.integers(0, NOW), st.integers(0, NOW))
def test_who_looks_back_further_sees_no_less(homes: list[Home], one: int, other: int) -> None:
    """A longer period never shows fewer households met."""
    early, late = sorted((one, other))
    assert rounds.coverage(homes, early, NOW).met >= rounds.coverage(homes, late, NOW).met


@given(HOMES)
def test_the_walk_comes_to_every_door_once(homes: list[Home]) -> None:
    """From door to door, nothing that is to be done is passed over and nothing comes twice."""
    wanted = [h.household.code for h in homes if h.state(NOW) in doors.TO_DO]
    walked, here = [], doors.after(homes, "", NOW)
    while here:
        walked.append(here.household.code)
        here = doors.after(homes, here.household.code, NOW)
    assert walked == wanted


def _town() -> Town:
    cast = town()
    households.load(HouseholdRow(HOME, "1", door) for door in ("101", "102", "201", "1001"))
    return cast


def _visited(cast: Town, door: str, met: str, at: int, **more: str) -> None:
    said = {"where": HOME, "door": door, "occasion": "regular", "met": met, **more}
    cast.act(VISIT, "grid", "record", at, {**said, "asked": "都好"} if met == "somebody" else said)


@pytest.mark.django_db
def test_a_household_is_met_when_somebody_of_it_was() -> None:
    """Two visits count one household; a closed door is tried; a void visit is none."""
    cast = _town()
    for days in (5, 3):
        _visited(cast, "1-101", "somebody", NOW - days * DAY)
    _visited(cast, "1-102", "nobody", NOW - DAY)
    said = {"where": HOME, "door": "1-201", "occasion": "regular", "met": "refused"}
    wrong = cast.act(VISIT, "grid", "record", NOW - DAY, said).case
    cast.act(wrong, "grid", "void", NOW - HOUR, {"reason": "记错了"})
    cast.act(wrong, "community", "void.approve", NOW - HOUR + 1)
    homes = rounds.homes([HOME], NOW)
    assert [(h.door, h.stands(NOW - 30 * DAY)) for h in homes] == [
        ("1-101", "met"), ("1-102", "tried"), ("1-201", "none"), ("1-1001", "none"),
    ]  # fmt: skip
    assert homes[0].met == NOW - 3 * DAY
    assert [h.never for h in homes] == [False, False, True, True]


@pytest.mark.django_db
def test_who_needs_more_is_due_sooner() -> None:
    """A label shortens the interval; a day that was agreed goes before both; who was never met is due at once."""
    cast = _town()
    households.label(f"{HOME}-1-101", "lone_elder", FOUNDED, by=THE_SYSTEM, at=day_start(FOUNDED), key="t/l")
    for door in ("1-101", "1-102"):
        _visited(cast, door, "somebody", NOW - 20 * DAY)
    _visited(cast, "1-201", "somebody", NOW - 20 * DAY, next="2026-11-16")
    assert {h.door: h.state(NOW) for h in rounds.homes([HOME], NOW)} == {
        "1-101": "due", "1-102": "kept", "1-201": "due", "1-1001": "never",
    }  # fmt: skip


@pytest.mark.django_db
def test_a_return_visit_counts_on_its_own_day() -> None:
    """Nobody at home, then somebody: the household is met on the second day, by the same visit."""
    cast = _town()
    said = {"where": HOME, "door": "1-101", "occasion": "regular", "met": "nobody"}
    case = cast.act(VISIT, "grid", "record", NOW - 100 * DAY, said).case
    cast.act(case, "grid", "return_visit", NOW - DAY, {"met": "somebody", "asked": "见到了"})
    home = rounds.homes([HOME], NOW)[0]
    assert (home.met, home.tried, home.stands(NOW - 30 * DAY)) == (NOW - DAY, NOW - DAY, "met")
