"""Figures of the staff: the sum of what is listed is the figure, and nobody opens another's region."""

from __future__ import annotations

import re
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from linli.cases import figures as counting
from linli.cases.advance import Row, begin
from linli.cases.clock import tick
from linli.cases.models import Count
from linli.cases.project import case_writes
from linli.faces.web.staff import chart, figure, figures
from linli.journal.writes import flush
from linli.rules.definition import Definition
from linli.rules.ids import new_id
from linli.rules.registry import installed
from linli.rules.worktime import DAY, HOUR, day_start
from tests.cases.community import COMMUNITY, HOME, Town, town
from tests.faces.staff.desk import seen, text

pytestmark = pytest.mark.django_db
START = day_start(date(2026, 3, 2)) + 9 * HOUR
DEMAND = ("demand", COMMUNITY)
REPORT = {"matter": "楼道灯不亮", "category": "power", "where": HOME}
SAID = {**REPORT, "reporter": {"name": "甲乙丙", "phone": "19911112222"}}
MARCH = f"?region={COMMUNITY}&from=2026-03-01&to=2026-03-31"


@pytest.fixture
def cast() -> Town:
    return town()


def _page(cast: Town, key: str, query: str = MARCH, who: str = "community") -> str:
    return text(seen(cast.cast[who], figure.figure, query=query, kind="demand", key=key))


class TestSums(TestCase):
    """Laws of counting, over rows as the door writes them."""

    @settings(max_examples=25)
    @given(
        st.lists(st.tuples(st.integers(0, 90), st.integers(-3, 9)), max_size=30),
        st.dates(date(2026, 2, 1), date(2026, 6, 30)),
        st.integers(0, 120),
    )
    def test_listed_amounts_and_bars_sum_to_the_figure(
        self, entries: list[tuple[int, int]], first: date, days: int
    ) -> None:
        demand, last = installed["demand"], first + timedelta(days=days)
        case = new_id()
        flush([case_writes(_row(demand, case), first=True)])
        Count.objects.bulk_create(
            Count(
                shard=COMMUNITY, case=case, seq=i, type="demand", counter="received", place=HOME,
                happened=START + day * DAY, amount=n,
            )
            for i, (day, n) in enumerate(entries)
        )  # fmt: skip
        span = (day_start(first), day_start(last + timedelta(days=1)))
        whole = counting.total(demand, ["received"], COMMUNITY, *span)
        listed, after = [], None
        while rows := counting.counted(demand, ["received"], COMMUNITY, *span, limit=4, after=after):
            listed += rows
            after = rows[-1].place
        assert sum(r.amount for r in listed) == whole
        assert len({r.seq for r in listed}) == len(listed)
        spans = chart.spans(first, last)
        bars = counting.series(demand, ["received"], COMMUNITY, chart.bounds(spans, last))
        assert sum(b["received"] for b in bars) == whole
        Count.objects.all().delete()


def _row(definition: Definition, case: UUID) -> Row:
    effect = {"place": HOME, "grid": COMMUNITY + "001", "number": str(case), "state": "reported", "clock": {}}
    return begin(case, definition, definition.version, START, effect)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 3000))
def test_the_spans_of_a_chart_cover_every_day_once(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    bounds = chart.bounds(chart.spans(first, last), last)
    assert bounds == sorted(set(bounds))
    assert (bounds[0], bounds[-1]) == (day_start(first), day_start(last + timedelta(days=1)))


def test_the_page_shows_the_number_and_the_entries_behind_it(cast: Town) -> None:
    for people in (2, 3):
        cast.act(DEMAND, "window", "receive", START + people, {**SAID, "people": people})
    page = _page(cast, "received")
    assert "<b>5</b>" in page
    assert re.findall(r'href="/staff/case/[0-9a-f-]+/#e(\d)"', page) == ["1", "1"]
    assert (
        _page(cast, "received", "?region=&from=2026-03-01&to=2026-03-01".replace("region=&", "")).count("#e1")
        == 0
    )


def test_a_share_shows_both_sums_and_what_was_excluded(cast: Town) -> None:
    ids = [cast.act(DEMAND, "resident", "report", START + i, REPORT).case for i in range(3)]
    tick(START + 20 * DAY)
    cast.act(ids[0], "community", "exclude", START + 20 * DAY + 1, {"reason": "无法联系的重复件"})
    cast.act(ids[0], "street", "exclude.approve", START + 20 * DAY + 2)
    page = _page(cast, "response_rate")
    assert "0 ÷ 3" in page and "0 ÷ 2" in page
    assert "经审批剔除的" in page and "LL-2026-0001" in page
    assert _page(cast, "response_rate", MARCH + "&excluded=without").count("#e") == 2
    assert _page(cast, "response_rate", MARCH + "&excluded=only").count("#e") == 1
    assert _page(cast, "response_rate", MARCH + "&part=numerator").count("#e") == 0


def test_a_long_list_pages_to_its_end(cast: Town) -> None:
    for i in range(figure.ROWS + 2):
        cast.act(DEMAND, "resident", "report", START + i, REPORT)
    first = _page(cast, "reported")
    (rest,) = re.findall(r'href="(\?[^"]+page=[^"]+)"', first)
    assert first.count("#e1") == figure.ROWS
    assert _page(cast, "reported", rest.replace("&amp;", "&")).count("#e1") == 2


@pytest.mark.parametrize(
    ("who", "region"),
    [
        ("community", "140105006003"),
        ("community", COMMUNITY[:9]),
        ("grid", COMMUNITY),
        ("property", COMMUNITY),
        ("community", ""),
    ],
)
def test_nobody_opens_the_figures_of_another_region(cast: Town, who: str, region: str) -> None:
    query = f"?region={region}&from=2026-03-01&to=2026-03-31"
    with pytest.raises(PermissionDenied):
        _page(cast, "received", query, who)
    with pytest.raises(PermissionDenied):
        seen(cast.cast[who], figures.figures, query=query)


def test_each_reader_begins_with_his_own_region(cast: Town) -> None:
    assert "第一网格" in text(seen(cast.cast["grid"], figures.figures))
    assert "小店街道" in text(seen(cast.cast["street"], figures.figures))
    assert COMMUNITY in text(seen(cast.cast["street"], figures.figures, query=f"?region={COMMUNITY}"))


def test_what_the_address_says_wrongly_is_said(cast: Town) -> None:
    page = text(seen(cast.cast["community"], figures.figures, query="?from=soon&region=7"))
    assert "from=soon" in page and "region=7" in page


def test_an_unknown_figure_is_not_found(cast: Town) -> None:
    for kind, key in (("demand", "nothing"), ("nothing", "received")):
        with pytest.raises(Http404):
            seen(cast.cast["community"], figure.figure, query=MARCH, kind=kind, key=key)
    with pytest.raises(Http404):
        _page(cast, "received", MARCH + "&page=x")
