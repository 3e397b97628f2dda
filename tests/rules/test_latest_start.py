"""The mirror of a deadline: from when on a span no longer fits."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from linli.rules.worktime import Span, Unit, day_start, due, latest_start, load_calendar

CALENDAR = load_calendar()
INSTANTS = st.integers(day_start(date(2023, 1, 1)), day_start(date(2026, 6, 1)))
SPANS = st.builds(Span, st.integers(1, 9), st.sampled_from(list(Unit)))


@given(INSTANTS, SPANS)
def test_a_span_begun_then_is_over_in_time_and_begun_later_is_not(end: int, span: Span) -> None:
    latest = latest_start(end, span, CALENDAR)
    assert due(latest, span, CALENDAR).at <= end < due(latest + 1, span, CALENDAR).at
