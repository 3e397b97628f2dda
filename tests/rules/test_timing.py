"""The two clocks of a case as plain values: pauses, extensions, reminders, climbing; by their laws."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from linli.rules import deadlines
from linli.rules.deadlines import Run
from linli.rules.worktime import (
    DAY,
    HOUR,
    Unit,
    day_start,
    due,
    load_calendar,
    next_working_moment,
    parse_span,
    worked,
)

CALENDAR = load_calendar()
FIRST = day_start(date(2025, 12, 1))
instants = st.integers(FIRST, FIRST + 60 * DAY)
lengths = st.integers(0, 15 * DAY)
spans = st.builds(
    lambda n, u: f"{n} {u}",
    st.integers(1, 12),
    st.sampled_from(["working days", "working hours", "days", "hours"]),
)
working = st.builds(
    lambda n, u: f"{n} {u}", st.integers(1, 12), st.sampled_from(["working days", "working hours"])
)
leads = st.sampled_from(["1 working hours", "2 working hours", "4 working hours", "1 working days"])


def halt(run: Run, at: int, length: int) -> Run:
    """The run held for a while."""
    return deadlines.resume(deadlines.hold(run, at), at + length, CALENDAR)


@given(instants, working, lengths, lengths)
def test_a_pause_gives_back_exactly_its_working_time(since: int, span: str, after: int, length: int) -> None:
    run = deadlines.start(span, since, CALENDAR)
    resumed = halt(run, since + after, length)
    lost = worked(since + after, since + after + length, CALENDAR)
    assert worked(run["due"], resumed["due"], CALENDAR) == lost
    assert "held" not in resumed and resumed["since"] == since


@given(instants, working, st.lists(working, max_size=3), lengths, lengths)
def test_a_pause_moves_an_extended_deadline_by_the_same(
    since: int, span: str, more: list[str], after: int, length: int
) -> None:
    run = deadlines.start(span, since, CALENDAR)
    for longer in more:
        run = deadlines.extend(run, longer, CALENDAR)
    resumed = halt(run, since + after, length)
    lost = worked(since + after, since + after + length, CALENDAR)
    assert worked(run["due"], resumed["due"], CALENDAR) == lost


@given(instants, spans, lengths, lengths, lengths, lengths)
def test_two_pauses_are_one_after_the_other(since: int, span: str, a: int, b: int, c: int, d: int) -> None:
    run = deadlines.start(span, since, CALENDAR)
    one = halt(halt(run, since + a, b), since + a + b + c, d)
    other = halt(halt(run, since + a + b + c, d), since + a, b)
    assert one["due"] == other["due"] >= run["due"]


@given(instants, working, working, lengths, lengths)
def test_extending_and_pausing_give_the_same_in_either_order(
    since: int, span: str, more: str, after: int, length: int
) -> None:
    run = deadlines.start(span, since, CALENDAR)
    first = deadlines.extend(halt(run, since + after, length), more, CALENDAR)
    then = halt(deadlines.extend(run, more, CALENDAR), since + after, length)
    assert first["due"] == then["due"]


@given(instants, spans, spans)
def test_an_extension_counts_from_the_deadline(since: int, span: str, more: str) -> None:
    run = deadlines.start(span, since, CALENDAR)
    longer = deadlines.extend(run, more, CALENDAR)
    assert longer["due"] == due(run["due"], parse_span(more), CALENDAR).at > run["due"]
    assert longer["extra"] == [more] and run["extra"] == []


@given(instants, spans, leads)
def test_a_reminder_comes_in_business_hours_before_the_deadline(since: int, span: str, lead: str) -> None:
    run = deadlines.start(span, since, CALENDAR, lead)
    if not run["remind"]:
        return
    assert since < run["remind"] == next_working_moment(run["remind"], CALENDAR)
    if parse_span(span).unit in (Unit.WORKING_DAYS, Unit.WORKING_HOURS):
        assert run["remind"] < run["due"]


@given(instants, spans, leads)
def test_reckoning_again_changes_nothing(since: int, span: str, lead: str) -> None:
    run = deadlines.extend(
        halt(deadlines.start(span, since, CALENDAR, lead), since + DAY, DAY), span, CALENDAR
    )
    assert deadlines.reckon(run, CALENDAR) == run


@given(instants, spans, spans, leads, st.integers(-2 * HOUR, 40 * DAY))
def test_nothing_is_due_before_the_clock_wakes(
    since: int, stage: str, total: str, lead: str, later: int
) -> None:
    clock = {
        "stage": deadlines.start(stage, since, CALENDAR, lead),
        "total": deadlines.start(total, since, CALENDAR),
    }
    wake, now = deadlines.wake(clock), since + later
    steps = deadlines.due_steps(clock, now, CALENDAR)
    assert not steps or wake <= now
    assert all(at <= now for _, _, at in steps)
    assert all(a[2] <= b[2] for a, b in pairwise(steps))
    missed = {name for what, name, _ in steps if what == "overdue"}
    assert missed == {name for name, run in clock.items() if run["due"] < now}


@given(instants, spans, leads, st.integers(0, 40 * DAY))
def test_nobody_is_reminded_at_night(since: int, span: str, lead: str, later: int) -> None:
    now = since + later
    steps = deadlines.due_steps({"stage": deadlines.start(span, since, CALENDAR, lead)}, now, CALENDAR)
    assert now == next_working_moment(now, CALENDAR) or "remind" not in [what for what, _, _ in steps]


def test_a_clock_without_a_deadline_never_wakes() -> None:
    assert deadlines.wake({}) == deadlines.wake({"stage": None, "total": None}) == deadlines.FAR
    run = {**deadlines.start("1 days", FIRST, CALENDAR), "missed": True}
    assert deadlines.wake({"stage": run}) == deadlines.FAR
    assert deadlines.wake({"stage": run, "climb_at": 7}) == 7
