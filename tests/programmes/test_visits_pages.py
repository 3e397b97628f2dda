"""The pages of visits: one tap at a closed door, one form for all that comes out of a visit, and who sees what."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse

from linli.cases.models import Case, Count, Link, Seat
from linli.cases.rebuild import check
from linli.journal.append import entries
from linli.people import persons
from linli.programmes.visits.pages import doors, frame, home, overview
from linli.rules.actor import THE_SYSTEM
from linli.rules.programme import CAME_OUT
from linli.rules.worktime import DAY, HOUR, day_start
from linli.territory import households
from linli.territory.households import HouseholdRow
from tests.cases.community import COMMUNITY, FOUNDED, HOME, Town, town
from tests.faces.staff.desk import seen, text

pytestmark = pytest.mark.django_db
NOW = day_start(date(2026, 11, 17)) + 15 * HOUR
FIRST, SECOND = f"{HOME}-1-101", f"{HOME}-1-102"
MET = {"met": "somebody", "occasion": "regular", "asked": "老人一切都好"}


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "now", lambda: NOW)


@pytest.fixture
def cast() -> Town:
    """The town with four doors and somebody behind the first."""
    made = town()
    households.load(HouseholdRow(HOME, "1", door) for door in ("101", "102", "201", "202"))
    return made


@pytest.fixture
def elder(cast: Town) -> UUID:
    """Who lives behind the first door, alone and old."""
    at = day_start(FOUNDED)
    person = persons.register(
        name="测试老人", phone="19900002222", kind="resident", at=at, by=THE_SYSTEM, key="t/e"
    )
    households.move_in(FIRST, person, FOUNDED, by=THE_SYSTEM, at=at, key="t/in")
    households.label(FIRST, "lone_elder", FOUNDED, by=THE_SYSTEM, at=at, key="t/label")
    return person


def _at(cast: Town, who: str, code: str = FIRST, data: dict[str, str] | None = None) -> HttpResponse:
    return seen(cast.cast[who], home.home, data, code=code)


def _count(counter: str) -> int:
    return Count.objects.filter(counter=counter, type="visit").count()


def test_nobody_at_home_is_one_tap_and_the_next_knock_goes_on_with_it(cast: Town) -> None:
    """Two knocks, one case, two visits counted."""
    nobody = {"met": "nobody", "occasion": "regular", "key": "k1"}
    assert _at(cast, "grid", data=nobody).status_code == 302
    case = Case.objects.get()
    assert (case.state, case.title, case.place) == ("again", "1-101", HOME)
    assert "上次没见到人" in text(_at(cast, "grid"))
    assert _at(cast, "grid", data={"met": "nobody", "seen": "1", "key": "k2"}).status_code == 302
    assert (Case.objects.count(), _count("visits"), _count("met")) == (1, 2, 0)


def test_a_second_tap_enters_nothing(cast: Town) -> None:
    """The client's key stands for one visit, however often it is sent."""
    for _ in range(2):
        assert _at(cast, "grid", data={**MET, "key": "k1"}).status_code == 302
    assert (Case.objects.count(), _count("visits")) == (1, 1)


def test_a_walk_leads_from_door_to_door(cast: Town) -> None:
    """What is done at a door leads to the next at which something is to be done, and from the last to the building."""
    walk = {**MET, "run": "1"}
    after = _at(cast, "grid", data={**walk, "key": "k1"})
    assert (after.status_code, after["Location"]) == (302, f"/staff/visits/home/{SECOND}/?run=1")
    last = _at(cast, "grid", f"{HOME}-1-202", {**walk, "key": "k2"})
    assert last["Location"] == f"/staff/visits/building/{HOME}/"


def test_a_visit_tells_its_own_time(cast: Town) -> None:
    """A phone without a network sends later what happened before: both times are kept."""
    _at(cast, "grid", data={**MET, "key": "k1", "happened": str(NOW - 5 * HOUR)})
    entry = entries(Case.objects.get().id)[0]
    assert (entry.happened, entry.recorded) == (NOW - 5 * HOUR, NOW)
    ahead = _at(cast, "grid", SECOND, {**MET, "key": "k2", "happened": str(NOW + HOUR)})
    assert (ahead.status_code, Case.objects.count()) == (422, 1)


def test_a_demand_comes_out_of_a_visit_in_the_same_form(cast: Town, elder: UUID) -> None:
    """The place and who was met are taken over; the demand knows where it came from, and he is its reporter."""
    given = {
        **MET,
        "key": "k1",
        "member": str(elder),
        "demand-matter": "想请人帮忙买菜",
        "demand-category": "care",
    }
    assert _at(cast, "grid", data=given).status_code == 302
    visit, demand = Case.objects.get(type="visit"), Case.objects.get(type="demand")
    link = Link.objects.get()
    assert (link.source, link.target, link.relation) == (demand.id, visit.id, CAME_OUT)
    assert (demand.place, demand.title) == (HOME, "想请人帮忙买菜")
    assert Seat.objects.get(case=demand.id, kind="reporter").head == str(elder)
    assert "想请人帮忙买菜" in text(_at(cast, "grid"))
    assert not list(check())


def test_what_cannot_be_raised_enters_no_visit_either(cast: Town) -> None:
    """Somebody has to be reached in this matter and nobody is named: nothing is written, nothing typed is lost."""
    given = {**MET, "key": "k1", "demand-matter": "想请人帮忙买菜", "demand-category": "care"}
    answer = _at(cast, "grid", data=given)
    assert (answer.status_code, Case.objects.count()) == (422, 0)
    assert "想请人帮忙买菜" in text(answer)
    assert 'href="#f-person"' in text(answer)
    named = {**given, "person-name": "测试邻居", "person-phone": "19900003333"}
    assert _at(cast, "grid", data=named).status_code == 302
    assert set(Case.objects.values_list("type", flat=True)) == {"visit", "demand"}


def test_a_visit_that_heard_nothing_is_refused_with_its_field(cast: Town) -> None:
    """Who met somebody says what he heard."""
    answer = _at(
        cast, "grid", data={"met": "somebody", "occasion": "regular", "key": "k1", "promised": "带药来"}
    )
    assert answer.status_code == 422
    assert 'href="#f-asked"' in text(answer)
    assert "带药来" in text(answer)


def test_nobody_of_another_household_can_be_named(cast: Town, elder: UUID) -> None:
    """An id from elsewhere is refused."""
    answer = _at(cast, "grid", SECOND, {**MET, "key": "k1", "member": str(elder)})
    assert (answer.status_code, Case.objects.count()) == (422, 0)


def test_a_promise_stands_until_it_is_kept(cast: Town) -> None:
    """On the household's page, in the list of its grid, and gone once it is kept."""
    _at(cast, "grid", data={**MET, "key": "k1", "promised": "把菜谱送来"})
    case = Case.objects.get()
    listed = seen(cast.cast["community"], overview.promises)
    assert "把菜谱送来" in text(listed)
    keep = {"do": "keep", "case": str(case.id), "seen": "1", "key": "k2"}
    assert _at(cast, "grid", data=keep).status_code == 422
    assert _at(cast, "grid", data={**keep, "kept": "菜谱送到了"}).status_code == 302
    assert Case.objects.get().state == "done"
    assert "把菜谱送来" not in text(seen(cast.cast["community"], overview.promises))
    late = _at(cast, "grid", data={**keep, "kept": "又一次", "key": "k3"})
    assert (late.status_code, _count("kept")) == (302, 1)


def test_the_table_counts_households_and_opens_to_them(cast: Town) -> None:
    """One of four was met: the figure says so, and its list holds exactly that household."""
    _at(cast, "grid", data={**MET, "key": "k1"})
    grid = COMMUNITY + "001"
    page = text(seen(cast.cast["community"], overview.grid, code=grid))
    assert "1 / 4" in page
    listed = text(seen(cast.cast["community"], overview.homes, query=f"?show=met&grid={grid}"))
    assert FIRST in listed
    assert SECOND not in listed
    never = text(seen(cast.cast["community"], overview.homes, query="?show=never"))
    assert (FIRST in never, SECOND in never) == (False, True)
    assert SECOND in text(seen(cast.cast["grid"], doors.building, code=HOME))


def test_only_those_who_come_to_the_door_see_who_lives_there(cast: Town, elder: UUID) -> None:
    """Labels and people for the grid member and the community, masked; neither for the street, and no form."""
    _at(cast, "grid", data={**MET, "key": "k1", "labels": "veteran"})
    for who in ("grid", "community"):
        page = text(_at(cast, who))
        assert "199****2222" in page
        assert "测试老人" not in page
        assert "名册上还没有" in page
        assert 'class="tag label lone_elder"' in page
    page = text(_at(cast, "street"))
    assert "老人一切都好" in page
    assert "199****2222" not in page
    assert "tag label" not in page
    assert 'name="met"' not in page
    with pytest.raises(PermissionDenied):
        _at(cast, "street", data={**MET, "key": "k2"})
    assert 'class="tag label' not in text(
        seen(cast.cast["street"], overview.homes, query="?show=all&label=lone_elder")
    )


def test_elsewhere_there_is_no_such_household(cast: Town) -> None:
    """Another grid, another community: not found. A unit, a resident: forbidden. Not signed in: to the sign-in."""
    for who in ("next_grid", "elsewhere"):
        with pytest.raises(Http404):
            _at(cast, who)
    for who in ("property", "resident", "window"):
        with pytest.raises(PermissionDenied):
            _at(cast, who)
    assert _at(cast, "nobody").status_code == 302
    with pytest.raises(Http404):
        _at(cast, "grid", f"{HOME}-9-999")
    with pytest.raises(Http404):
        _at(cast, "grid", "nothing-like-a-household")


def test_the_longest_unmet_stands_first(cast: Town) -> None:
    """Never met before met long ago before met lately."""
    for code, days in ((FIRST, 200), (SECOND, 300)):
        _at(cast, "grid", code, {**MET, "key": code, "happened": str(NOW - days * DAY)})
    page = text(seen(cast.cast["grid"], overview.homes, query="?show=due"))
    assert page.index("1-201") < page.index("1-102") < page.index("1-101")
