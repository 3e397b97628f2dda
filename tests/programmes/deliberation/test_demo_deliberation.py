"""Deliberation in the demonstration: the published figures are counted from its past, and around today every state is shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from linli.cases import figures
from linli.cases.models import Case
from linli.cases.playing import Timetable
from linli.cases.rebuild import check
from linli.config.demonstration import cast, places
from linli.config.demonstration.build import RESIDENTS, SEED
from linli.programmes.deliberation import demo
from linli.programmes.deliberation.demo.stage import Stage
from linli.rules.registry import installed
from linli.rules.when import instant
from linli.rules.worktime import HOUR, day_start

pytestmark = [pytest.mark.xdist_group("deliberation-demonstration"), pytest.mark.django_db]
FROM, UNTIL = instant("2024-01-01T00:00"), instant("2024-04-29T00:00")
WEDNESDAY = day_start(date(2026, 3, 11)) + 15 * HOUR
OTHER_DAYS = ("2026-10-08T10:00", "2026-02-25T21:30", "2026-05-09T08:00")
"""After the autumn holiday, after the New Year, a Saturday that is worked: times at which offices were closed for days."""
PEOPLE: list[cast.Cast] = []


@pytest.fixture(scope="module", autouse=True)
def _people(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The community and its people; nothing of it is left for other tests."""
    with django_db_blocker.unblock(), override_settings(LINLI_DEMO=True), transaction.atomic():
        places.make(SEED)
        PEOPLE.append(cast.make(SEED, RESIDENTS))
        yield
        transaction.set_rollback(True)
        PEOPLE.clear()


@contextmanager
def played(now: int, *, past: bool = False) -> Iterator[Timetable]:
    """The whole as it stands at ``now``, or the past alone, and then nothing of it."""
    table = Timetable()
    with transaction.atomic():
        if past:
            demo.past(Stage(PEOPLE[0], places.COMMUNITY, SEED, now, table))
        else:
            demo.play(PEOPLE[0], places.COMMUNITY, SEED, now, table)
        table.run(now)
        yield table
        transaction.set_rollback(True)


def counted(counter: str, start: int = FROM, end: int = UNTIL) -> int:
    definition = next(d for d in installed.of("deliberation") if counter in d.counters)
    return figures.total(definition, [counter], places.COMMUNITY, start, end)


def test_the_past_gives_exactly_the_published_figures() -> None:
    with played(UNTIL, past=True):
        assert (counted("meetings_held"), counted("problems_solved")) == (5, 8)
        assert counted("attendance") == 14 + 12 + 15 + 18 + 13
        assert counted("reported_back") == counted("topics") == 10
        assert counted("tasks") == counted("tasks_finished") >= counted("tasks_on_time") > 0
        assert not Case.objects.filter(live=True).exists()
        first = Case.objects.order_by("opened").values_list("opened", flat=True)[0]
        assert first >= FROM
        assert not list(check())


def test_around_today_every_state_is_shown() -> None:
    with played(WEDNESDAY) as table:
        for definition in installed.of("deliberation"):
            states = set(Case.objects.filter(type=definition.key).values_list("state", flat=True))
            assert states == set(definition.states), definition.key
        assert Case.objects.filter(late=True).count() >= 3
        assert table.played["deliberation"] < 1500


@pytest.mark.parametrize("day", OTHER_DAYS)
def test_it_can_be_built_after_holidays_too(day: str) -> None:
    with played(instant(datetime.fromisoformat(day).isoformat(timespec="minutes"))):
        assert (counted("meetings_held"), counted("problems_solved")) == (5, 8)
