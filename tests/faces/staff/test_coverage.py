"""The pages of coverage: what is planted stands on the first page, behind its number, in the list and in the sheet."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from linli.cases import uncovered
from linli.cases.coverage import CHECKS, When
from linli.faces.sheets import coverage as sheets
from linli.faces.web.reader import now
from linli.faces.web.staff import coverage, newduty, today
from linli.rules.actor import EVERYWHERE, Actor, Grant
from linli.rules.ids import new_id
from linli.rules.worktime import DAY
from linli.territory import households
from linli.territory.households import HouseholdRow
from linli.territory.models import HouseholdMember
from tests.cases import planting
from tests.cases.community import COMMUNITY, FOUNDED, HOME, Town
from tests.faces.staff.desk import seen, text

pytestmark = pytest.mark.django_db
GRID, STREET = COMMUNITY + "001", COMMUNITY[:9]
LINK = re.compile(r'href="(/staff/coverage/\?[^"]*)"')


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Town:
    """A community in which nobody is missed, today."""
    at = now()
    monkeypatch.setattr(planting, "NOW", at)
    monkeypatch.setattr(planting, "TODAY", When(at).day)
    return planting.clean()


def _page(actor: Actor, query: str = "") -> str:
    return text(seen(actor, coverage.coverage_page, query=query))


def _first(actor: Actor) -> dict[str, int]:
    """The faults that the first page names, each with its number."""
    page, found = text(seen(actor, today.today)), {}
    for link in LINK.findall(page):
        key = parse_qs(urlsplit(link.replace("&amp;", "&")).query)["check"][0]
        count = page.split(f'"{link}"')[1].split('class="count">')[1].split("<")[0]
        found[key] = int(count.replace(",", ""))
    return found


def _rows(actor: Actor, query: str) -> list[list[Any]]:
    answer = cast(Any, seen(actor, sheets.sheet, query=query))
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    answer.file_to_stream.close()
    return book.get_sheet_by_index(0).to_python()


def test_where_nobody_is_missed_the_first_page_says_so(here: Town) -> None:
    for name in ("community", "grid", "street", "window"):
        page = text(seen(here.cast[name], today.today))
        assert "没有漏的" in page
        assert not LINK.findall(page)
    assert "每栋楼都在网格里" in _page(here.cast["community"])


@pytest.mark.parametrize(("key", "plant"), planting.PLANTED)
def test_a_planted_fault_stands_on_the_first_page_and_behind_its_number(
    here: Town, key: str, plant: Callable[[Town], str]
) -> None:
    planted = plant(here)
    worker, street = here.cast["community"], here.cast["street"]
    assert _first(worker) == {key: 1}
    uncovered.count_region(STREET, now())
    assert _first(street) == {key: 1}
    query = f"?place={COMMUNITY}&check={key}"
    page, shown = _page(worker, query), planted if CHECKS[key].of != "person" else FLAT_ON_TWO_ROLLS
    assert page.count("<li data-row>") == 1
    assert f"/{shown}/" in page or f"place={shown}" in page
    assert f"check={key}" in _page(street)
    assert len(_rows(worker, query)) == 2
    with override("en"):
        assert CHECKS[key].remedy.en in _page(worker, query)


FLAT_ON_TWO_ROLLS = f"{HOME}-1-101"


def test_units_auditors_and_neighbours_read_nothing(here: Town) -> None:
    planting.never_met(here)
    auditor = Actor(here.cast["street"].person, (Grant("auditor", STREET),))
    for actor in (here.cast["property"], auditor):
        page = text(seen(actor, today.today))
        assert not LINK.findall(page) and "没有漏的" not in page
        for query in ("", f"?place={COMMUNITY}"):
            with pytest.raises(PermissionDenied):
                _page(actor, query)
        with pytest.raises(PermissionDenied):
            _rows(actor, f"?place={COMMUNITY}&check=unvisited")
    for place in ("140105006003", "140105006", "14", "nowhere", "１４"):
        with pytest.raises(PermissionDenied):
            _page(here.cast["community"], f"?place={place}")
    with pytest.raises(Http404):
        _page(here.cast["community"], f"?place={COMMUNITY}&check=nothing")


def test_a_grid_member_reads_the_own_grid_and_goes_from_door_to_door(here: Town) -> None:
    flat = planting.never_met(here)
    assert _first(here.cast["grid"]) == {"unvisited": 1}
    page = _page(here.cast["grid"], f"?place={GRID}&check=unvisited")
    assert f"/staff/visits/home/{flat}/" in page
    assert "从来没有" in page
    for query in (f"?place={COMMUNITY}", f"?place={COMMUNITY}002"):
        with pytest.raises(PermissionDenied):
            _page(here.cast["grid"], query)
    with pytest.raises(Http404):
        _page(here.cast["grid"], f"?place={GRID}&check=unstaffed")


def test_a_leader_reads_numbers_and_no_homes(here: Town) -> None:
    flat = planting.never_met(here)
    for role, region in (("leader", STREET), ("county", STREET[:6]), ("city", "1401")):
        reader = Actor(here.cast["street"].person, (Grant(role, region),))
        page = _page(reader, f"?place={COMMUNITY}&check=unvisited")
        assert "只给本社区和街道看" in page
        assert flat not in page
        with pytest.raises(PermissionDenied):
            _rows(reader, f"?place={COMMUNITY}&check=unvisited")
        assert _first(reader) == {"unvisited": 1}


def test_above_a_community_stands_a_table_that_leads_down(here: Town) -> None:
    planting.never_met(here)
    city = Actor(here.cast["street"].person, (Grant("city", EVERYWHERE),))
    for place, below in (
        ("", "14"),
        ("14", "1401"),
        ("1401", "140105"),
        ("140105", STREET),
        (STREET, COMMUNITY),
    ):
        page = _page(city, f"?place={place}" if place else "")
        assert f'href="/staff/coverage/?place={below}' in page
        assert "合计" in page
    assert f"place={COMMUNITY}&amp;check=unvisited" in _page(city, f"?place={STREET}")
    assert "名单在各社区的页上" in _page(city, f"?place={STREET}&check=unvisited")


def test_what_is_not_counted_yet_is_said_and_not_taken_for_well(
    here: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uncovered, "AT_ONCE", 0)
    for page in (text(seen(here.cast["street"], today.today)), _page(here.cast["street"])):
        assert "没有漏的" not in page
        assert "1 个社区" in page


def test_a_street_is_counted_anew_when_it_asks(here: Town) -> None:
    street = here.cast["street"]
    assert _first(street) == {}
    planting.never_met(here)
    assert _first(street) == {}
    assert seen(street, coverage.coverage_page, {}, query=f"?place={STREET}").status_code == 302
    assert _first(street) == {"unvisited": 1}
    with pytest.raises(PermissionDenied):
        seen(here.cast["community"], coverage.coverage_page, {}, query=f"?place={COMMUNITY}")


def test_the_list_pages_and_the_sheet_holds_all_of_it(here: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "ROWS", 2)
    monkeypatch.setattr(sheets, "BUNCH", 2)
    doors = [f"{n}01" for n in range(3, 8)]
    households.load(HouseholdRow(HOME, "2", door) for door in doors)
    found, query = [], f"?place={COMMUNITY}&check=empty"
    after = ""
    for _ in range(3):
        page = _page(here.cast["community"], query + after)
        found += re.findall(r"2单元(\d01)</a>", page)
        onward = re.search(r'href="\?[^"]*(&amp;|\?)after=([^"&]*)[^"]*" rel="next"', page)
        after = f"&after={onward[2]}" if onward else ""
    assert not after
    assert found == doors
    rows = _rows(here.cast["community"], query)
    assert [row[2] for row in rows[1:]] == [f"{HOME}-2-{d}" for d in doors]


def test_names_stay_behind_their_masks(here: Town) -> None:
    who = here.cast["resident"].person
    assert who
    for flat in (FLAT_ON_TWO_ROLLS, planting.FLATS[2]):
        HouseholdMember.objects.create(household=flat, person=who, starts=FOUNDED)
    query = f"?place={COMMUNITY}&check=twice"
    page, sheet = _page(here.cast["community"], query), str(_rows(here.cast["community"], query))
    assert "测**" in page and "测**" in sheet
    assert "测试resident" not in page + sheet
    with pytest.raises(Http404):
        _page(here.cast["community"], f"{query}&after=nobody")


def test_whoever_gives_duties_finds_the_form_filled(here: Town) -> None:
    grid = planting.without_a_member(here)
    admin = Actor(here.cast["street"].person, (Grant("admin", STREET),))
    page = _page(admin, f"?place={COMMUNITY}&check=unstaffed")
    link = re.search(r'href="(/staff/rolls/duties/new/\?[^"]*)"', page)
    assert link
    asked = urlsplit(link[1].replace("&amp;", "&")).query
    form = text(seen(admin, newduty.new_duty, query=f"?{asked}"))
    assert re.search(rf'value="{grid}"[^>]*selected', form)
    assert re.search(r'value="grid_member"[^>]*selected', form)
    assert f"place={grid}" in _page(here.cast["community"], f"?place={COMMUNITY}&check=unstaffed")


def test_the_days_are_chosen_on_the_page(here: Town) -> None:
    flat = planting.entered(f"{HOME}-2-201")
    planting.knock(here, flat, "somebody", now() - 45 * DAY)
    query = f"?place={COMMUNITY}&check=unvisited"
    assert flat not in _page(here.cast["community"], query)
    assert flat in _page(here.cast["community"], f"{query}&days=30")
    assert flat not in _page(here.cast["community"], f"{query}&days=31")


def test_who_has_several_places_reads_each(here: Town) -> None:
    """A grid member who stands in for a neighbour sees both grids, each by its name."""
    both = Actor(new_id(), (Grant("grid_member", GRID), Grant("grid_member", COMMUNITY + "002")))
    page = text(seen(Actor(here.cast["grid"].person, both.grants), today.today))
    assert page.count("没有漏的") == 2
    assert "第一网格" in page
