"""Times as people say them."""

from datetime import UTC, datetime

import pytest

from linli.faces.web import moments
from linli.faces.web.parts import Gauge
from linli.rules.text import T

HOUR = 3_600_000_000


def at(year: int, month: int, day: int, hour: int, minute: int = 0) -> int:
    """A civil time of China as µs."""
    return int(datetime(year, month, day, hour, minute, tzinfo=UTC).timestamp()) * 1_000_000 - 8 * HOUR


NOW = at(2024, 4, 2, 15, 20)


@pytest.mark.parametrize(
    ("us", "said"),
    [
        (at(2024, 4, 2, 14, 30), T("今天 14:30", "today 14:30")),
        (at(2024, 4, 1, 23, 59), T("昨天 23:59", "yesterday 23:59")),
        (at(2024, 4, 3, 0), T("明天 00:00", "tomorrow 00:00")),
        (at(2024, 1, 31, 9, 5), T("1月31日 09:05", "31 Jan 09:05")),
        (at(2023, 12, 31, 9, 5), T("2023年12月31日 09:05", "31 Dec 2023 09:05")),
    ],
)
def test_an_instant_is_said_as_seen_from_now(us: int, said: T) -> None:
    assert moments.said(us, NOW) == said


def test_midnight_ends_the_day_before() -> None:
    assert moments.ends(at(2024, 4, 3, 0), NOW) == T("今天 24:00", "today 24:00")
    assert moments.ends(at(2024, 4, 13, 0), NOW) == T("4月12日 24:00", "12 Apr 24:00")


def test_the_exact_time_has_the_weekday_and_the_second() -> None:
    assert moments.exact(at(2024, 4, 2, 9, 12) + 5_000_000) == T(
        "2024年4月2日 星期二 09:12:05", "Tuesday, 2 April 2024, 09:12:05"
    )


@pytest.mark.parametrize(("part", "met"), [(65, False), (66, True), (67, True)])
def test_a_gauge_is_at_its_mark_exactly_when_the_rule_is_met(part: int, met: bool) -> None:
    gauge = Gauge("", part, 99, (2, 3), "")
    assert gauge.met is met
    assert (gauge.width >= gauge.mark - 1) is met
