"""A masked name or phone opens for those who may, with a reason, once, and leaves a trace."""

import json
from datetime import date
from uuid import UUID

import pytest
from django.http import Http404

from linli.cases.story import case_page
from linli.faces.web.staff import casepage, contact
from linli.people.models import Opened
from linli.people.opening import opened_log
from linli.rules.worktime import HOUR, day_start
from tests.cases.community import COMMUNITY, HOME, Town, town
from tests.faces.staff.desk import seen, text

pytestmark = pytest.mark.django_db
START = day_start(date(2026, 3, 2)) + 9 * HOUR
PHONE = "19911112222"
REPORT = {"matter": "楼道灯不亮", "category": "power", "where": HOME}
SAID = {**REPORT, "reporter": {"name": "甲乙丙", "phone": PHONE}}
DEMAND = ("demand", COMMUNITY)


@pytest.fixture
def cast() -> Town:
    return town()


def _case(cast: Town, **more: object) -> UUID:
    return cast.act(DEMAND, "resident", "report", START, {**SAID, **more}).case


def _form(cast: Town, case: UUID, who: str = "community", **given: str) -> dict[str, str]:
    """What the form sends for the contact of the case."""
    page = case_page(case, cast.cast[who], START + HOUR)
    person = json.loads(page.case.facts)["reporter"]["person"]
    return {"person": person, "field": "phone", "reason": "回访修灯情况", "key": "k", **given}


def test_a_reason_opens_the_phone_once_and_is_recorded(cast: Town) -> None:
    case = _case(cast)
    answer = seen(cast.cast["community"], contact.case_contact, _form(cast, case), case=case)
    assert PHONE in text(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    (look,) = opened_log(region=HOME)
    assert (look.field, look.reason, look.case) == ("phone", "回访修灯情况", case)
    assert PHONE not in text(seen(cast.cast["community"], casepage.case, case=case))


def test_without_a_reason_nothing_opens(cast: Town) -> None:
    case = _case(cast)
    form = _form(cast, case, reason="看看")
    answer = seen(cast.cast["community"], contact.case_contact, form, case=case)
    assert answer.status_code == 422
    assert PHONE not in text(answer)
    assert not Opened.objects.exists()


def test_the_same_look_sent_twice_is_one_look(cast: Town) -> None:
    case = _case(cast)
    for _ in range(2):
        assert PHONE in text(seen(cast.cast["grid"], contact.case_contact, _form(cast, case), case=case))
    assert Opened.objects.count() == 1


def test_a_unit_that_handles_the_case_opens_nobody(cast: Town) -> None:
    case = _case(cast)
    cast.act(case, "grid", "file", START + 1)
    cast.act(case, "community", "dispatch", START + 2, {"units": ["property"]})
    page = text(seen(cast.cast["property"], casepage.case, case=case))
    assert "楼道灯不亮" in page
    assert "查看完整信息" not in page
    assert "甲**" not in page
    assert case_page(case, cast.cast["property"], START + 3).steps[0].who == ""
    with pytest.raises(Http404):
        seen(cast.cast["property"], contact.case_contact, _form(cast, case), case=case)


@pytest.mark.parametrize(("who", "opens"), [("community", True), ("street", True), ("grid", False)])
def test_who_asked_to_stay_unnamed_is_known_to_community_and_street_alone(
    cast: Town, who: str, opens: bool
) -> None:
    case = _case(cast, hide_name=True)
    page = text(seen(cast.cast[who], casepage.case, case=case))
    assert ("查看完整信息" in page) is opens
    assert ("甲**" in page) is opens
    assert bool(case_page(case, cast.cast[who], START + 3).steps[0].who) is opens
    form = _form(cast, case)
    if opens:
        assert PHONE in text(seen(cast.cast[who], contact.case_contact, form, case=case))
    else:
        with pytest.raises(Http404):
            seen(cast.cast[who], contact.case_contact, form, case=case)


def test_the_address_of_a_look_holds_nothing(cast: Town) -> None:
    """Opened with GET it leads back to the case."""
    case = _case(cast)
    answer = seen(cast.cast["community"], contact.case_contact, query="?field=phone", case=case)
    assert answer.status_code == 302
