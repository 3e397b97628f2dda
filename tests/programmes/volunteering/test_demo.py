"""The volunteers of the demonstration: the months of the reference figures, and that every state can be seen today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from linli.cases.figures import figures, shares
from linli.cases.models import Case, Count
from linli.cases.playing import Timetable
from linli.cases.rebuild import check
from linli.config.demonstration import cast, places
from linli.config.demonstration.build import RESIDENTS, SEED
from linli.journal.models import Entry
from linli.programmes.volunteering import demo
from linli.rules.registry import installed
from linli.rules.worktime import DAY, HOUR, day_start

pytestmark = [pytest.mark.xdist_group("volunteering-demonstration"), pytest.mark.django_db]
FROM, UNTIL = day_start(date(2024, 1, 1)), day_start(date(2024, 4, 28)) + DAY
NOW = day_start(date(2026, 3, 12)) + 15 * HOUR
TYPES = ("help_request", "volunteer_service", "team", "certificate")
SERVICES = {
    "services": 113, "volunteers": 278, "minutes": 28210, "rated": 43, "satisfied": 40, "called_off": 1,
}  # fmt: skip
REQUESTS = {"asked": 47, "taken": 44, "answered": 45, "not_possible": 1, "fell_through": 1}
RATES = {"taken_in_time": (44, 48), "satisfaction": (40, 43), "recorded_in_time": (111, 114)}


@pytest.fixture(scope="module", autouse=True)
def _built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The volunteers alone, as on a Thursday afternoon; nothing of it is left for other tests."""
    with django_db_blocker.unblock(), override_settings(LINLI_DEMO=True), transaction.atomic():
        places.make(SEED)
        people, table = cast.make(SEED, RESIDENTS), Timetable()
        demo.play(people, places.COMMUNITY, SEED, NOW, table)
        table.run(NOW)
        yield
        transaction.set_rollback(True)


def counted(type_: str) -> dict[str, int]:
    """The figures of the months of the reference, without those of deadlines."""
    found = figures(installed[type_], places.COMMUNITY, FROM, UNTIL, headline=False)
    return {f.counter.key: f.value for f in found if f.value and "." not in f.counter.key}


def test_the_reference_figures() -> None:
    """Seven teams and more than a hundred services."""
    assert counted("team") == {"teams": 7, "joined": 47}
    assert counted("volunteer_service") == SERVICES
    assert counted("help_request") == REQUESTS


def test_every_figure_is_the_sum_of_entries() -> None:
    for type_ in TYPES:
        for key, value in counted(type_).items():
            rows = Count.objects.filter(type=type_, counter=key, happened__gte=FROM, happened__lt=UNTIL)
            assert sum(rows.values_list("amount", flat=True)) == value
    assert not list(check())


def test_the_rates() -> None:
    rates = [r for t in TYPES for r in shares(installed[t], places.COMMUNITY, FROM, UNTIL)]
    assert {r.indicator.key: (r.numerator, r.denominator) for r in rates} == RATES


@pytest.mark.parametrize("type_", TYPES)
def test_every_state_can_be_seen(type_: str) -> None:
    shown = set(Case.objects.filter(type=type_).values_list("state", flat=True))
    assert shown == set(installed[type_].states)


def test_something_is_overdue_and_something_is_for_today() -> None:
    open_ = Case.objects.filter(type__in=TYPES, live=True)
    assert open_.filter(late=True).count() >= 3
    assert open_.filter(late=False).count() >= 12


def test_it_stays_cheap() -> None:
    assert (
        Entry.objects.filter(definition__regex="^(help_request|volunteer_service|team|certificate)@").count()
        < 1500
    )
