"""Lists: an address says the filters and nothing personal; pages hold every case once; counts are bounded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from linli.cases import lists, saved
from linli.cases.lists import Filters
from linli.cases.models import Case, SavedView
from linli.rules.actor import Actor, Grant
from linli.rules.worktime import DAY, HOUR, day_start
from tests.cases.community import COMMUNITY, HOME, Town, town

pytestmark = pytest.mark.django_db
START = day_start(date(2026, 3, 2)) + 9 * HOUR
DEMAND = ("demand", COMMUNITY)
REPORT = {"matter": "楼道灯不亮", "category": "power", "where": HOME}


@pytest.fixture
def cast() -> Town:
    return town()


def _report(cast: Town, n: int, **more: object) -> list[UUID]:
    return [cast.act(DEMAND, "resident", "report", START + i, {**REPORT, **more}).case for i in range(n)]


def _ids(cast: Town, who: str = "community", **filters: object) -> set[UUID]:
    return {c.id for c in lists.selected(cast.cast[who], Filters(**filters))}  # type: ignore[arg-type]


texts = st.sampled_from(["water", "power", "a-b", "x"])
filters = st.builds(
    Filters,
    show=st.sampled_from(sorted(lists.SHOWS)),
    types=st.sampled_from([(), ("demand",), ("demand", "visit")]),
    categories=st.lists(texts, unique=True).map(tuple),
    states=st.lists(texts, unique=True).map(tuple),
    region=st.sampled_from(["", "14", "140105", COMMUNITY, COMMUNITY + "001", HOME]),
    unit=st.none() | st.uuids(),
    opened_from=st.none() | st.dates(date(2020, 1, 1), date(2023, 1, 1)),
    opened_to=st.none() | st.dates(date(2023, 1, 1), date(2026, 1, 1)),
    excluded=st.sampled_from(["", *lists.EXCLUDED]),
    search=st.none() | st.uuids(),
    order=st.sampled_from(["", *lists.ORDERS]),
)


class TestAddress(TestCase):
    """Rules of what an address says; no row is read."""

    @settings(max_examples=60)
    @given(filters)
    def test_an_address_says_the_filters_and_is_read_back(self, chosen: Filters) -> None:
        assert lists.read(chosen.query()) == (chosen, ())

    @settings(max_examples=30)
    @given(filters, st.text(min_size=1, max_size=40))
    def test_words_of_a_search_never_stand_in_an_address(self, chosen: Filters, words: str) -> None:

        assert replace(chosen, words=words).query() == chosen.query()

    @settings(max_examples=60)
    @given(st.dictionaries(st.sampled_from(lists.PARTS), st.text(max_size=30)))
    def test_whatever_stands_in_an_address_it_is_read_or_named(self, query: dict[str, str]) -> None:
        found, wrong = lists.read(query)
        assert lists.read(found.query())[1] == ()
        for name, value in query.items():
            assert not value.strip() or found.query().get(name) or wrong or value.strip(", ") in ("", "live")


def test_what_cannot_be_read_is_named_with_its_place() -> None:
    found, wrong = lists.read({"from": "2026-13-40", "show": "late"})
    assert (found, wrong[0].en) == (
        Filters(show="late"),
        "“from=2026-13-40” in the address is not understood and was left aside",
    )
    found, wrong = lists.read({"from": "2026-03-02", "to": "2026-03-01"})
    assert found == Filters()
    assert "对调" in wrong[0].zh


def test_each_filter_shows_what_it_says(cast: Town) -> None:
    (one,) = _report(cast, 1)
    (two,) = _report(cast, 1, category="water", where=COMMUNITY, matter="总管漏水")
    cast.act(two, "community", "file", START + 5)
    cast.act(two, "community", "dispatch", START + 6, {"units": ["property"]})
    (three,) = _report(cast, 1, matter="路灯")
    cast.act(three, "resident", "withdraw", START + 7)
    assert _ids(cast) == {one, two}
    assert _ids(cast, show="all") == {one, two, three}
    assert _ids(cast, show="ended") == {three}
    assert _ids(cast, show="mine") == {one}
    assert _ids(cast, "property", show="mine") == {two}
    assert _ids(cast, categories=("water",)) == {two}
    assert _ids(cast, states=("reported",)) == {one}
    assert _ids(cast, region=COMMUNITY + "001") == {one}
    assert _ids(cast, unit=cast.units["property"]) == {two}
    assert _ids(cast, unit=uuid4()) == set()
    assert _ids(cast, opened_to=date(2026, 3, 1)) == set()
    assert _ids(cast, opened_from=date(2026, 3, 2), opened_to=date(2026, 3, 2)) == {one, two}
    assert _ids(cast, excluded="only") == set()
    assert _ids(cast, types=("visit",)) == set()


def test_a_list_holds_nothing_that_the_reader_may_not_see(cast: Town) -> None:
    (one,) = _report(cast, 1)
    assert _ids(cast, "elsewhere", region=COMMUNITY) == set()
    assert _ids(cast, "property", show="all") == set()
    assert _ids(cast, "grid") == {one}
    assert _ids(cast, "next_grid", region=COMMUNITY, show="all") == set()


def test_words_find_matter_number_and_who_may_be_known(cast: Town) -> None:
    said = {"reporter": {"name": "甲乙丙", "phone": "19911112222"}}
    (one,) = _report(cast, 1, **said)
    (two,) = _report(cast, 1, **said, matter="水管爆裂", hide_name=True)
    assert _ids(cast, words="水管") == {two}
    assert _ids(cast, words="ll-2026-0001") == {one}
    assert _ids(cast, words="199 1111 2222") == {one, two}
    assert _ids(cast, words="甲乙丙") == {one, two}
    assert _ids(cast, "grid", words="甲乙丙") == {one}
    assert _ids(cast, words="甲乙") == set()


@pytest.mark.parametrize("by", ["due", "newest", "oldest"])
def test_pages_hold_every_case_once_in_both_directions(cast: Town, by: str) -> None:
    _report(cast, 7)
    found = lists.selected(cast.cast["community"], Filters())
    whole = [c.id for c in lists.page(found, by, rows=100).cases]
    forward, cursor, last = [], "", lists.page(found, by, rows=3)
    while True:
        got = lists.page(found, by, cursor, rows=3)
        forward += [c.id for c in got.cases]
        last = got
        if not got.after:
            break
        cursor = got.after
    assert forward == whole
    back = [c.id for c in last.cases]
    while last.before:
        last = lists.page(found, by, last.before, rows=3)
        back = [c.id for c in last.cases] + back
    assert back == whole
    assert [len(p) for p in lists.every(found, by, 5, rows=2)] == [2, 2, 1]


@pytest.mark.parametrize("cursor", ["x", "after-1", "after-x-y", "sideways-1-" + "0" * 32, "after-1-zz"])
def test_what_is_no_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(ValueError):
        lists.page(Case.objects.all(), "due", cursor)


def test_counting_stops_where_nobody_reads_on(cast: Town) -> None:
    _report(cast, 4)
    found = lists.selected(cast.cast["community"], Filters())
    assert lists.counted(found, 3) == lists.Bounded(3, more=True)
    assert lists.counted(found, 4).says.zh == "4"
    assert lists.spread(found, ("category", "grid")) == {
        "category": {"power": 4},
        "grid": {COMMUNITY + "001": 4},
    }
    assert lists.spread(found, ("category",), most=3) == {"category": {}}


def test_home_is_the_smallest_place_that_holds_all_duties() -> None:
    def at(*regions: str) -> str:
        return lists.home(Actor(None, tuple(Grant("grid_member", r) for r in regions)))

    assert at(COMMUNITY + "001") == COMMUNITY + "001"
    assert at(COMMUNITY + "001", COMMUNITY + "002") == COMMUNITY
    assert at(COMMUNITY + "B0001", COMMUNITY + "B0002") == COMMUNITY
    assert at(COMMUNITY, COMMUNITY[:9] + "003") == COMMUNITY[:9]
    assert at("140105", "1402") == "14"
    assert at("", COMMUNITY) == at() == ""


def test_views_belong_to_one_person_and_stand_sealed(cast: Town) -> None:
    own, other = cast.cast["community"].person, cast.cast["street"].person
    assert own and other
    assert saved.keep_view(own, "cases", "漏水", {"show": "late"}, "甲乙丙", START)
    (view,) = saved.views(own, "cases")
    assert (view.query["show"], view.query["search"], view.words) == ("late", str(view.id), True)
    assert saved.words_of(view.id, own) == "甲乙丙"
    assert saved.words_of(view.id, other) is saved.words_of(view.id, None) is None
    assert "甲" not in SavedView.objects.get().filters
    assert saved.rename_view(own, view.id, "急的") and not saved.rename_view(other, view.id, "x")
    assert not saved.delete_view(other, view.id) and saved.delete_view(own, view.id)


def test_only_the_latest_searches_are_kept(cast: Town) -> None:
    own = cast.cast["community"].person
    assert own
    ids = [saved.keep_words(own, f"词{i}", START + i) for i in range(saved.SEARCHES_KEPT + 5)]
    assert SavedView.objects.count() == saved.SEARCHES_KEPT
    assert (saved.words_of(ids[0], own), saved.words_of(ids[-1], own)) == (None, f"词{len(ids) - 1}")


def test_columns_are_remembered_and_forgotten(cast: Town) -> None:
    own = cast.cast["community"].person
    assert own and saved.columns_of(own, "cases") is None
    saved.choose_columns(own, "cases", ["number", "state"], START)
    saved.choose_columns(own, "cases", ["state", "number"], START + DAY)
    assert saved.columns_of(own, "cases") == ("state", "number")
    saved.choose_columns(own, "cases", [], START)
    assert saved.columns_of(own, "cases") is None


def test_a_page_follows_an_index(cast: Town) -> None:
    """The plan of a page names the index of the level; a plan that sorts the community’s cases is none."""
    _report(cast, 3)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
    found = lists.selected(cast.cast["community"], Filters())
    assert "case_community_due" in found.order_by("due", "id")[:51].explain()
