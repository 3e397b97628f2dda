"""The weekly checks: one a week, none twice, and weeks in which the clock was away are skipped and said."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.cases.clock import tick
from linli.cases.models import Case
from linli.programmes.mediation.weeks import WEEK, first_after
from linli.rules.worktime import DAY, HOUR, civil_day, day_start
from tests.cases.community import COMMUNITY, Town, town

GRID = COMMUNITY + "001"
MONDAY = day_start(date(2026, 3, 2)) + 10 * HOUR


@given(st.integers(1, 7), st.integers(7, 21), st.integers(0, 400 * DAY))
def test_the_next_time_lies_ahead_and_within_a_week(weekday: int, hour: int, later: int) -> None:
    after = MONDAY + later
    at = first_after(weekday, hour, after)
    assert after < at <= after + WEEK
    assert civil_day(at).isoweekday() == weekday
    assert (at - day_start(civil_day(at))) == hour * HOUR


def planned(cast: Town, weekday: int) -> None:
    said = {"where": GRID, "weekday": str(weekday), "hour": 9, "focus": "漏水"}
    checker = {"checker": str(cast.cast["grid"].person)}
    cast.act(("check_plan", GRID), "community", "plan", MONDAY, {**said, **checker})


def checks() -> list[Case]:
    return list(Case.objects.filter(type="dispute_check").order_by("opened", "id"))


@pytest.mark.django_db
def test_a_clock_that_looks_often_opens_one_check_a_week() -> None:
    planned(town(), 2)
    for hours in range(0, 24 * 20, 5):
        tick(MONDAY + hours * HOUR)
    weeks = [json.loads(c.facts)["week"] for c in checks()]
    assert weeks == ["2026-03-02", "2026-03-09", "2026-03-16"]


@pytest.mark.django_db
def test_a_clock_that_was_away_for_weeks_opens_the_present_one_and_says_what_it_skipped() -> None:
    planned(town(), 2)
    tick(MONDAY + 23 * DAY)
    (only,) = checks()
    facts = json.loads(only.facts)
    assert (facts["week"], facts["due_day"], facts["skipped"]) == ("2026-03-23", "2026-03-29", 3)
    assert only.due > MONDAY + 23 * DAY
    tick(MONDAY + 24 * DAY)
    assert len(checks()) == 1


@pytest.mark.django_db
def test_a_week_that_is_over_is_not_entered_for_its_own_sake() -> None:
    """The check would begin on Friday; the clock is back on the Wednesday after: that week is over."""
    planned(town(), 5)
    tick(MONDAY + 9 * DAY)
    assert checks() == []
    tick(MONDAY + 13 * DAY)
    (only,) = checks()
    assert json.loads(only.facts)["week"] == "2026-03-09"
