"""Working time by its laws, and by days that people remember: make-up Saturdays, the leap day, the turn of a year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.rules.worktime import (
    CLOSE,
    DAY,
    HOUR,
    SHIFTS,
    WORKDAY,
    Calendar,
    Span,
    Unit,
    add_working,
    after_pauses,
    civil_day,
    clock_text,
    day_start,
    due,
    latest_start,
    load_calendar,
    next_working_moment,
    parse_span,
    phrase,
    worked,
)

CALENDAR = load_calendar()
MINUTE = 60_000_000
FIRST, LAST = day_start(date(2019, 12, 20)), day_start(date(2026, 12, 31))
instants = st.integers(FIRST, LAST)
amounts = st.integers(0, 60 * WORKDAY)
spans = st.builds(Span, st.integers(1, 40), st.sampled_from(list(Unit)))
pauses = st.lists(
    st.tuples(instants, st.integers(0, 20 * DAY)).map(lambda p: (p[0], p[0] + p[1])), max_size=3
)


def at(day: str, clock: str = "00:00") -> int:
    """The instant at which the clocks in China show this."""
    hours, minutes = clock.split(":")
    return day_start(date.fromisoformat(day)) + int(hours) * HOUR + int(minutes) * MINUTE


def open_at(instant: int) -> bool:
    """Whether somebody is at work, said naively; both ends of a shift belong to it."""
    clock = instant - day_start(civil_day(instant))
    return CALENDAR.works(civil_day(instant)) and any(a <= clock <= b for a, b in SHIFTS)


@given(instants, amounts)
def test_what_is_added_is_measured_again(start: int, amount: int) -> None:
    assert worked(start, add_working(start, amount, CALENDAR), CALENDAR) == amount


@given(instants, amounts, amounts)
def test_a_split_span_adds_up(start: int, one: int, two: int) -> None:
    then = add_working(add_working(start, one, CALENDAR), two, CALENDAR)
    assert then == add_working(start, one + two, CALENDAR) or one + two == 0


@given(instants, instants, instants)
def test_measured_time_adds_up(one: int, two: int, three: int) -> None:
    a, b, c = sorted((one, two, three))
    assert worked(a, b, CALENDAR) + worked(b, c, CALENDAR) == worked(a, c, CALENDAR)
    assert worked(c, a, CALENDAR) == 0


@given(instants, amounts.filter(bool))
def test_working_time_ends_when_somebody_is_at_work(start: int, amount: int) -> None:
    assert open_at(add_working(start, amount, CALENDAR))


@given(instants)
def test_the_next_working_moment_is_the_first(instant: int) -> None:
    opens = next_working_moment(instant, CALENDAR)
    assert open_at(opens) and opens >= instant
    assert worked(instant, opens, CALENDAR) == 0
    assert worked(opens, opens + 1, CALENDAR) == 1
    assert next_working_moment(opens, CALENDAR) == opens


@given(instants, instants, spans, amounts)
def test_later_begun_is_never_sooner_due(one: int, two: int, span: Span, amount: int) -> None:
    first, second = sorted((one, two))
    assert due(first, span, CALENDAR).at <= due(second, span, CALENDAR).at
    assert add_working(first, amount, CALENDAR) <= add_working(second, amount, CALENDAR)


@given(instants, spans)
def test_one_more_is_later_and_a_deadline_lies_ahead(start: int, span: Span) -> None:
    end = due(start, span, CALENDAR).at
    assert start < end <= due(start, Span(span.amount + 1, span.unit), CALENDAR).at
    if span.unit is not Unit.DAYS:
        assert end < due(start, Span(span.amount + 1, span.unit), CALENDAR).at


@given(instants, spans.filter(lambda s: s.unit is Unit.WORKING_DAYS))
def test_working_days_are_counted_on_the_fingers(start: int, span: Span) -> None:
    end = due(start, span, CALENDAR).at
    day, last = civil_day(start), civil_day(end)
    days = [day + timedelta(n) for n in range(1, (last - day).days + 1)]
    assert sum(CALENDAR.works(d) for d in days) == span.amount
    assert CALENDAR.works(last) and end == day_start(last) + CLOSE


@given(instants, spans.filter(lambda s: s.unit is Unit.DAYS))
def test_a_calendar_span_ends_at_midnight_of_a_working_day(start: int, span: Span) -> None:
    last = civil_day(due(start, span, CALENDAR).at - 1)
    nominal = civil_day(start) + timedelta(span.amount)
    assert CALENDAR.works(last) and last >= nominal
    assert not any(CALENDAR.works(nominal + timedelta(n)) for n in range((last - nominal).days))


@given(instants, spans, pauses)
def test_a_pause_moves_a_deadline_by_exactly_what_it_holds(
    start: int, span: Span, paused: list[tuple[int, int]]
) -> None:
    plain, moved = due(start, span, CALENDAR).at, due(start, span, CALENDAR, paused=paused).at
    assert moved == after_pauses(plain, span.unit, paused, CALENDAR)
    if span.unit in (Unit.DAYS, Unit.HOURS):
        assert moved - plain == sum(b - a for a, b in paused)
    else:
        assert worked(plain, moved, CALENDAR) == sum(worked(a, b, CALENDAR) for a, b in paused)


@given(instants, instants, spans)
def test_a_pause_told_backwards_holds_nothing(start: int, other: int, span: Span) -> None:
    late, early = max(start, other), min(start, other)
    assert due(start, span, CALENDAR, paused=[(late, early)]).at == due(start, span, CALENDAR).at


@given(instants, spans)
def test_the_latest_start_is_the_last_that_is_in_time(end: int, span: Span) -> None:
    start = latest_start(end, span, CALENDAR)
    assert due(start, span, CALENDAR).at <= end < due(start + 1, span, CALENDAR).at


@pytest.mark.parametrize(
    ("start", "span", "end"),
    [
        # 调休: Saturday 14 February 2026 is worked before the spring festival, 15 to 23 are not.
        (at("2026-02-13", "17:00"), "1 working days", at("2026-02-14", "18:00")),
        (at("2026-02-13", "17:00"), "2 working hours", at("2026-02-14", "09:30")),
        (at("2026-02-14", "17:00"), "2 working hours", at("2026-02-24", "09:30")),
        (at("2026-02-14", "17:00"), "1 working days", at("2026-02-24", "18:00")),
        (at("2026-02-14", "17:00"), "3 days", at("2026-02-25")),
        (at("2026-02-14", "17:00"), "72 hours", at("2026-02-17", "17:00")),
        # The leap day is a Thursday of 2024 and worked.
        (at("2024-02-28", "09:00"), "1 working days", at("2024-02-29", "18:00")),
        (at("2024-02-28", "09:00"), "1 days", at("2024-03-01")),
        (at("2024-02-29", "17:30"), "1 working hours", at("2024-03-01", "09:00")),
        (at("2023-02-28", "17:30"), "1 working hours", at("2023-03-01", "09:00")),
        # The turn of a year: 1 January 2024 is a holiday, 30 and 31 December 2023 a weekend.
        (at("2023-12-29", "17:00"), "4 working hours", at("2024-01-02", "11:30")),
        (at("2023-12-29", "17:00"), "2 days", at("2024-01-03")),
        # The borders of the business hours.
        (at("2026-03-02", "00:00"), "1 working hours", at("2026-03-02", "09:30")),
        (at("2026-03-02", "11:00"), "1 working hours", at("2026-03-02", "12:00")),
        (at("2026-03-02", "12:00"), "1 working hours", at("2026-03-02", "15:30")),
        (at("2026-03-02", "13:00"), "1 working hours", at("2026-03-02", "15:30")),
        (at("2026-03-02", "18:00"), "1 working hours", at("2026-03-03", "09:30")),
        (at("2026-03-02", "23:59"), "7 working hours", at("2026-03-03", "18:00")),
    ],
)
def test_days_that_people_remember(start: int, span: str, end: int) -> None:
    assert clock_text(due(start, parse_span(span), CALENDAR).at) == clock_text(end)


@pytest.mark.parametrize("text", ["", "0 days", "3", "3 weeks", "-1 days", "1.5 hours", "３ days and more"])
def test_what_is_no_span_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="is no span"):
        parse_span(text)


DUE = at("2026-03-05", "18:00")  # a Thursday; the days before it are worked


@pytest.mark.parametrize(
    ("now", "zh", "en"),
    [
        (at("2026-03-03", "18:00"), "还剩 2 个工作日", "2 working days left"),
        (at("2026-03-03", "18:00") - 1, "还剩 2 个工作日", "2 working days left"),
        (at("2026-03-04", "08:30"), "还剩 2 个工作日", "2 working days left"),
        (at("2026-03-04", "08:30") + 1, "还剩 1 个工作日", "1 working day left"),
        (at("2026-03-05", "08:30"), "还剩 1 个工作日", "1 working day left"),
        (at("2026-03-05", "08:30") + 1, "还剩 6 个工作小时", "6 working hours left"),
        (at("2026-03-05", "13:00"), "还剩 3 个工作小时", "3 working hours left"),
        (at("2026-03-05", "17:00"), "还剩 1 个工作小时", "1 working hour left"),
        (at("2026-03-05", "17:00") + 1, "还剩 59 分钟", "59 minutes left"),
        (at("2026-03-05", "17:59"), "还剩 1 分钟", "1 minute left"),
        (DUE - 1, "剩余工作时间不到 1 分钟", "Less than a minute of working time left"),
        (DUE, "剩余工作时间不到 1 分钟", "Less than a minute of working time left"),
        (DUE + 1, "刚超时", "Just overdue"),
        (at("2026-03-06", "08:00"), "刚超时", "Just overdue"),
        (at("2026-03-06", "08:31"), "已超时 1 分钟", "1 minute overdue"),
        (at("2026-03-06", "09:30"), "已超时 1 个工作小时", "1 working hour overdue"),
        (at("2026-03-06", "18:00"), "已超时 1 个工作日", "1 working day overdue"),
        (at("2026-03-08", "12:00"), "已超时 1 个工作日", "1 working day overdue"),
        (at("2026-03-09", "18:00"), "已超时 2 个工作日", "2 working days overdue"),
    ],
)
def test_the_time_left_in_words_at_its_borders(now: int, zh: str, en: str) -> None:
    said = phrase(DUE, now, CALENDAR)
    assert (said.zh, said.en) == (zh, en)


def _to_come() -> int:
    """The first year that no table knows: it moves on as the tables do."""
    return max(CALENDAR.published) + 1


def test_a_year_to_come_is_provisional_until_it_is_published() -> None:
    year = _to_come()
    start = at(f"{year - 1}-12-31", "10:00")
    first = due(start, parse_span("5 working days"), CALENDAR)
    assert first.provisional
    published = load_calendar(f"years: [{year}]\nholidays: [{year}-01-04, {year}-01-05, {year}-01-06]\n")
    then = due(start, parse_span("5 working days"), published)
    assert not then.provisional and then.calendar != first.calendar
    assert then.at > first.at
    assert not due(start - 20 * DAY, parse_span("1 working days"), CALENDAR).provisional


def test_the_editable_file_goes_before_the_table() -> None:
    own = load_calendar("holidays: [2026-03-02]\nworkdays: [2026-03-01]\n")
    assert (own.works(date(2026, 3, 1)), own.works(date(2026, 3, 2))) == (True, False)
    assert (CALENDAR.works(date(2026, 3, 1)), CALENDAR.works(date(2026, 3, 2))) == (False, True)
    assert own.version.startswith(CALENDAR.version + "+")
    assert load_calendar("") == load_calendar(None)


@pytest.mark.parametrize(
    "text",
    [
        "holidays: [no day]",
        "- a list",
        "holidays: [2026-02-30]",
        "feasts: []",
        "years: [x]",
        "{",
        "years: 2027",
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_what_is_expected(text: str) -> None:
    with pytest.raises(ValueError, match=r"^calendar\.yaml: "):
        load_calendar(text)


@given(st.dates(date(2020, 1, 1), date(2026, 12, 31)))
def test_a_day_is_the_same_there_and_back(day: date) -> None:
    start = day_start(day)
    assert civil_day(start) == day == civil_day(start + DAY - 1)
    assert civil_day(start - 1) == day - timedelta(1)
    assert CALENDAR.works(day) == (worked(start, start + DAY, CALENDAR) == WORKDAY)
    assert CALENDAR.works(day) or worked(start, start + DAY, CALENDAR) == 0


def test_a_calendar_without_days_never_loops_for_ever_in_a_known_year() -> None:
    """An empty override is the five-day week."""
    plain = Calendar("none")
    assert not plain.known(2026) and plain.works(date(2026, 3, 2))
