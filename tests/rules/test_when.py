"""The civil time at which something takes place, and deadlines that a case names."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.rules import deadlines
from linli.rules.fields import Invalid
from linli.rules.text import T
from linli.rules.when import When, instant, when_of
from linli.rules.workcalendar import load_calendar
from linli.rules.worktime import DAY, HOUR, day_start

STARTS = When("starts", T("开始", "Starts"))
CALENDAR = load_calendar()
MONDAY = day_start(date(2026, 3, 2))


def test_what_forms_send_and_what_people_write() -> None:
    for raw in ("2026-03-02T14:30", "2026-03-02 14:30", " 2026-03-02T14:30:00 "):
        assert STARTS.clean(raw) == "2026-03-02T14:30"


@pytest.mark.parametrize("raw", ["2026-02-30T10:00", "2026-03-02", "2026-03-02T25:00", "soon", 3, None])
def test_what_is_no_time_is_refused_with_an_example(raw: object) -> None:
    with pytest.raises(Invalid, match="2024-04-28"):
        STARTS.clean(raw)


def test_the_time_is_that_of_the_place() -> None:
    assert instant("2026-03-02T14:30") == MONDAY + 14 * HOUR + HOUR // 2


@given(st.integers(0, 4_000_000_000 * 10**6 // (60 * 10**6)))
def test_to_and_fro(minutes: int) -> None:
    at = minutes * 60 * 10**6
    assert instant(when_of(at)) == at


def test_a_deadline_on_a_day_is_the_end_of_it_also_on_a_holiday() -> None:
    """What people have agreed on does not move to the next working day."""
    run = deadlines.start("until 2026-03-08", MONDAY, CALENDAR, "2 working hours")
    assert run["due"] == day_start(date(2026, 3, 8)) + DAY
    assert not run["prov"]
    assert MONDAY < run["remind"] < run["due"]


def test_a_deadline_at_an_hour_and_its_extension() -> None:
    run = deadlines.start("until 2026-03-03T10:00", MONDAY, CALENDAR)
    assert run["due"] == MONDAY + DAY + 10 * HOUR
    longer = deadlines.extend(run, "1 working days", CALENDAR)
    assert longer["due"] > run["due"]
