"""The pages of those who work: who may open them, and that a case is carried on from its page."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from linli.cases.models import Case
from linli.faces.web.staff import casepage, cases, new, today
from linli.people.assigning import assign
from linli.rules.actor import THE_SYSTEM, Actor
from linli.rules.worktime import HOUR, day_start
from tests.cases.community import COMMUNITY, HOME, town
from tests.faces.staff.desk import seen

pytestmark = pytest.mark.django_db
START = day_start(date(2026, 3, 2)) + 9 * HOUR
REPORT = {"matter": "楼道灯不亮", "category": "power", "where": HOME}


def test_today_shows_what_is_mine() -> None:
    """The grid member of the place sees the new report; a unit that has nothing sees an empty list."""
    cast = town()
    cast.act(("demand", COMMUNITY), "resident", "report", START, REPORT)
    assert "楼道灯不亮" in seen(cast.cast["grid"], today.today).content.decode()
    assert "楼道灯不亮" not in seen(cast.cast["property"], today.today).content.decode()


def test_a_resident_is_told_that_it_is_not_his() -> None:
    """Signed in without a duty: forbidden. Not signed in: to the sign-in."""
    cast = town()
    with pytest.raises(PermissionDenied):
        seen(cast.cast["resident"], today.today)
    assert seen(cast.cast["nobody"], today.today).status_code == 302


def test_a_case_is_carried_on_from_its_page() -> None:
    """A step from the page is an act; a stale one is refused and keeps what was typed."""
    cast = town()
    case = cast.act(("demand", COMMUNITY), "resident", "report", START, REPORT).case
    filed = seen(cast.cast["grid"], casepage.case, {"action": "file", "seen": "1", "key": "a"}, case=case)
    assert (filed.status_code, Case.objects.get(id=case).state) == (302, "filed")
    said = {"action": "settle", "seen": "1", "key": "b", "outcome": "solved", "answer": "已经换了新灯"}
    stale = seen(cast.cast["community"], casepage.case, said, case=case)
    assert stale.status_code == 422
    assert "已经换了新灯" in stale.content.decode()


def test_the_window_enters_a_demand() -> None:
    """The clerk’s form opens a case; a missing answer is named and nothing is lost."""
    cast = town()
    given = {"matter": "想问加装电梯", "category": "policy", "where": HOME, "people": "2", "key": "w1"}
    wrong = seen(cast.cast["window"], new.new_case, given, type_="demand", action="receive")
    assert wrong.status_code == 422
    assert "想问加装电梯" in wrong.content.decode()
    right = {**given, "reporter-name": "测试访客", "reporter-phone": "19900001111"}
    assert seen(cast.cast["window"], new.new_case, right, type_="demand", action="receive").status_code == 302
    assert Case.objects.get().title == "想问加装电梯"


def test_the_list_shows_what_may_be_seen() -> None:
    """Filters are the URL."""
    cast = town()
    cast.act(("demand", COMMUNITY), "resident", "report", START, REPORT)
    assert "LL-2026-0001" in seen(cast.cast["community"], cases.cases).content.decode()


def test_a_duty_without_a_second_factor_leads_to_setting_it_up() -> None:
    """Who signed in with a password alone has a duty, but no grant of it in this session."""
    cast = town()
    person = cast.cast["grid"].person
    assert person is not None
    assign(
        person=person,
        role="grid_member",
        region=COMMUNITY + "001",
        starts=date(2020, 1, 1),
        by=THE_SYSTEM,
        at=START,
        key="d",
    )
    answer = seen(Actor(person, ()), today.today)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/totp/activate/")
