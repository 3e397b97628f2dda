"""What takes place when: in the community's calendar, in one's own, and on the board of what is on."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.test import Client
from icalendar import Calendar

from linli.cases.board import around
from linli.cases.happening import in_community, of_person
from linli.cases.saved import calendar_of, drop_calendar, make_calendar
from linli.rules.worktime import DAY, HOUR
from tests.cases.community import COMMUNITY, HOME, Town, town
from tests.programmes.stage import START

pytestmark = pytest.mark.django_db


def council(cast: Town, starts: str = "2026-03-12T19:00", subject: str = "三月议事会") -> UUID:
    said = {
        "where": HOME,
        "subject": subject,
        "starts": starts,
        "lasts": 90,
        "venue": "活动室",
        "format": "in_person",
    }
    return cast.act(("council", HOME), "facilitator", "call", START, said).case


def test_a_meeting_stands_in_the_communitys_calendar_and_in_that_of_who_has_a_seat() -> None:
    cast = town()
    case = council(cast)
    resident = cast.cast["resident"]
    assert [(e.case, e.minutes, e.where, e.off) for e in in_community(COMMUNITY, START)] == [
        (case, 90, "活动室", False)
    ]
    assert of_person(resident, START) == []
    cast.act(case, "resident", "sign_up", START + HOUR)
    assert [e.case for e in of_person(resident, START)] == [case]
    assert in_community("140105006003", START) == []


def test_the_board_shows_what_comes_by_its_time_and_leaves_out_what_is_over() -> None:
    cast = town()
    late, early = (
        council(cast, "2026-03-20T19:00", "后一次议事会"),
        council(cast, "2026-03-12T19:00", "先一次议事会"),
    )
    shown = [o.case.id for o in around(COMMUNITY, START, resident=True) if o.event]
    assert shown == [early, late]
    assert [o.case.id for o in around(COMMUNITY, START + 15 * DAY, resident=True) if o.event] == [late]


def test_the_feed_is_a_calendar_that_others_read(client: Client) -> None:
    cast = town()
    council(cast)
    answer = client.get(f"/calendar/{COMMUNITY}.ics")
    assert answer.headers["Content-Type"].startswith("text/calendar")
    # What is long past is left out; the calendar of this test lies in its own time, so its events are read from the database.
    assert Calendar.from_ical(answer.content.decode())["version"] == "2.0"


def test_ones_own_calendar_has_a_secret_address_that_can_be_changed_and_stopped(client: Client) -> None:
    person = town().cast["resident"].person
    assert person
    first = make_calendar(person, START)
    assert client.get(f"/calendar/mine/{first}.ics").status_code == 200
    second = make_calendar(person, START + HOUR)
    assert first != second
    assert calendar_of(person) == second
    assert client.get(f"/calendar/mine/{first}.ics").status_code == 404
    drop_calendar(person)
    assert client.get(f"/calendar/mine/{second}.ics").status_code == 404


@pytest.mark.parametrize("code", ["1401", "140105006999", "nowhere"])
def test_what_is_no_community_has_no_calendar(client: Client, code: str) -> None:
    town()
    assert client.get(f"/calendar/{code}.ics").status_code == 404


def test_what_is_called_off_is_said_in_the_calendar() -> None:
    cast = town()
    case = council(cast)
    cast.act(case, "facilitator", "cancel", START + HOUR, {"reason": "停电"})
    assert [replace(e, changed=0).off for e in in_community(COMMUNITY, START)] == [True]
