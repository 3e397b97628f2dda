"""The events of the demonstration: the figures of the past, exactly; and around today sessions in every state."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from linli.cases.figures import figures, shares
from linli.cases.models import Case, Seat
from linli.cases.playing import Timetable
from linli.cases.rebuild import check
from linli.config.demonstration import cast, places
from linli.config.demonstration.build import RESIDENTS, SEED
from linli.programmes.public_events import demo
from linli.rules.registry import installed
from linli.rules.signup import PLACE, QUEUE
from linli.rules.worktime import DAY, HOUR, civil_day, day_start

pytestmark = [pytest.mark.xdist_group("events-demonstration"), pytest.mark.django_db]
NOW = day_start(date(2026, 3, 12)) + 15 * HOUR
START, END = day_start(date(2024, 1, 1)), day_start(date(2024, 4, 29))


@pytest.fixture(scope="module", autouse=True)
def _built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The events alone, as on a Thursday afternoon; nothing of it is left for other tests."""
    with django_db_blocker.unblock(), override_settings(LINLI_DEMO=True), transaction.atomic():
        places.make(SEED)
        table = Timetable()
        demo.play(cast.make(SEED, RESIDENTS), places.COMMUNITY, SEED, NOW, table)
        table.run(NOW)
        assert sum(table.played.values()) < 1_500
        yield
        transaction.set_rollback(True)


def past(type_: str) -> dict[str, int]:
    found = figures(installed[type_], places.COMMUNITY, START, END, headline=False)
    return {f.counter.key: f.value for f in found if f.value}


def test_the_figures_of_the_tour_are_counted() -> None:
    """1 January to 28 April 2024, from entries through the counters."""
    assert past("event_programme") == {"announced": 1}
    assert past("event_session") == {
        "sessions_held": 6,
        "signed_up": 236,
        "places": 209,
        "came": 174,
        "came_by_ticket": 165,
        "walked_in": 9,
        "promoted": 18,
        "absent": 44,
        "feedback": 27,
        "satisfied": 22,
        "on_time.stage.held": 6,
    }
    found = shares(installed["event_session"], places.COMMUNITY, START, END)
    rates = {s.indicator.key: (s.numerator, s.denominator, s.per_mille) for s in found}
    assert rates == {"turnout": (165, 209, 789), "satisfaction": (22, 27, 815)}


def sessions() -> list[tuple[Case, dict[str, Any]]]:
    rows = Case.objects.filter(type="event_session", opened__gte=NOW - 60 * DAY)
    return [(c, json.loads(c.facts)) for c in rows]


def persons(case: Case, kind: str) -> int:
    measures = Seat.objects.filter(case=case.id, kind=kind).values_list("measures", flat=True)
    return sum(json.loads(m)["persons"] for m in measures)


def test_around_today_there_is_a_session_in_every_state() -> None:
    states = {c.state for c, _ in sessions()}
    assert states == {"planned", "open", "ready", "held", "finished", "cancelled"}
    assert len(sessions()) >= 12
    today = [c for c, f in sessions() if f["starts"].startswith(civil_day(NOW).isoformat())]
    assert [c.state for c in today] == ["ready"]
    assert 0 < persons(today[0], "came") < persons(today[0], PLACE.key)


def test_a_full_session_has_a_list_and_one_summing_up_is_overdue() -> None:
    full = [c for c, f in sessions() if c.state == "open" and persons(c, QUEUE.key)]
    assert full and all(persons(c, PLACE.key) <= json.loads(c.facts)["capacity"] for c in full)
    assert [c.late for c, _ in sessions() if c.state == "held"].count(True) == 1


def test_no_session_holds_more_people_than_places() -> None:
    for case, facts in sessions():
        assert persons(case, PLACE.key) <= facts["capacity"]


def test_everything_can_be_rebuilt_from_the_journal() -> None:
    assert not list(check())
