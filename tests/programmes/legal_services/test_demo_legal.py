"""The legal services of the demonstration: what its past of four months adds up to, and that its present shows every state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from linli.cases.figures import figures, shares
from linli.cases.models import Case
from linli.cases.playing import Timetable
from linli.cases.rebuild import check
from linli.config.demonstration import cast, places
from linli.config.demonstration.build import RESIDENTS, SEED
from linli.programmes.legal_services import demo
from linli.rules.registry import installed
from linli.rules.worktime import HOUR, day_start

pytestmark = [pytest.mark.xdist_group("legal-demonstration"), pytest.mark.django_db]
NOW = day_start(date(2026, 3, 12)) + 15 * HOUR
FIRST, LAST = day_start(date(2024, 1, 1)), day_start(date(2024, 4, 29))
TYPES = [d.key for d in installed.of("legal_services")]


@pytest.fixture(scope="module", autouse=True)
def _built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """These services alone, as on a Thursday afternoon; nothing of it is left for other tests."""
    with django_db_blocker.unblock(), override_settings(LINLI_DEMO=True), transaction.atomic():
        places.make(SEED)
        people, table = cast.make(SEED, RESIDENTS), Timetable()
        demo.play(people, places.COMMUNITY, SEED, NOW, table)
        table.run(NOW)
        yield
        transaction.set_rollback(True)


def counted(type_: str) -> dict[str, int]:
    """The counters of the past by key."""
    found = figures(installed[type_], places.COMMUNITY, FIRST, LAST, headline=False)
    return {f.counter.key: f.value for f in found}


def test_talks_and_office_hours_of_the_past() -> None:
    held = counted("legal_session")
    assert (held["talks"], held["audience"]) == (7, 291)
    assert (held["hours_held"], held["received"]) == (8, 38)
    assert held["late.stage.to_record"] == 0


def test_questions_of_the_past() -> None:
    asked = counted("consultation")
    assert (asked["consultations"], asked["answered"], asked["published"]) == (20, 20, 9)
    on_time = next(s for s in shares(installed["consultation"], places.COMMUNITY, FIRST, LAST))
    assert (on_time.numerator, on_time.denominator) == (22, 22)


def test_visits_of_the_past() -> None:
    visits = counted("legal_visit")
    assert (visits["visits"], visits["listened"]) == (6, 13)


@pytest.mark.parametrize("type_", TYPES)
def test_every_state_stands_somewhere(type_: str) -> None:
    shown = Counter(Case.objects.filter(type=type_).values_list("state", flat=True))
    assert not set(installed[type_].states) - set(shown), shown


def test_some_of_it_is_overdue_and_some_is_not() -> None:
    live = Case.objects.filter(type__in=TYPES, live=True)
    assert live.filter(late=True).count() >= 3
    assert live.filter(late=False).count() >= 8


def test_the_journal_says_the_same() -> None:
    assert not list(check())
