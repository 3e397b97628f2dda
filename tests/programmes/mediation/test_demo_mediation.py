"""The mediations of the demonstration: their past counts what was published, their present shows every state."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from linli.cases.figures import figures, shares
from linli.cases.models import Case, Link
from linli.cases.playing import Timetable
from linli.cases.rebuild import check
from linli.config.demonstration import cast, places
from linli.config.demonstration.build import RESIDENTS, SEED
from linli.people.keys import unseal
from linli.people.models import Person
from linli.programmes.mediation import demo
from linli.programmes.mediation.states import STATES
from linli.rules.registry import installed
from linli.rules.worktime import HOUR, day_start

pytestmark = [pytest.mark.xdist_group("mediation-demonstration"), pytest.mark.django_db]
NOW = day_start(date(2026, 3, 12)) + 15 * HOUR
FIRST, LAST = day_start(date(2024, 1, 1)), day_start(date(2024, 4, 29))


@pytest.fixture(scope="module", autouse=True)
def _built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Mediation alone, as on a Thursday afternoon; nothing of it is left for other tests."""
    with django_db_blocker.unblock(), override_settings(LINLI_DEMO=True), transaction.atomic():
        places.make(SEED)
        people, table = cast.make(SEED, RESIDENTS), Timetable()
        demo.play(people, places.COMMUNITY, SEED, NOW, table)
        table.run(NOW)
        yield
        transaction.set_rollback(True)


def counted(kind: str) -> dict[str, int]:
    """The figures of early 2024."""
    rows = figures(installed[kind], places.COMMUNITY, FIRST, LAST, headline=False)
    return {f.counter.key: f.value for f in rows}


def test_the_past_counts_what_was_published() -> None:
    assert counted("dispute_check")["checks"] == 32
    assert counted("dispute")["solved"] == 20


def test_what_else_was_counted_fits_to_it() -> None:
    told, checks = counted("dispute"), counted("dispute_check")
    ended = ("withdrawn", "unsettled", "referred", "not_accepted")
    assert [told[k] for k in ended] == [2, 2, 2, 1]
    assert (told["registered"], told["relapsed"], told["confirmed"]) == (28, 2, 2)
    assert checks["findings"] == checks["settled_there"] + checks["handed_on"] + 2
    assert checks["taken_up"] == checks["handed_on"] == Link.objects.filter(relation="came_out_of").count()


def test_indicators_have_something_to_divide() -> None:
    for share in shares(installed["dispute"], places.COMMUNITY, FIRST, LAST):
        assert share.per_mille is not None and 0 < share.per_mille <= 1000, share.indicator.key


def test_every_state_can_be_seen() -> None:
    there = set(Case.objects.filter(type="dispute").values_list("state", flat=True))
    assert there == {s.key for s in STATES}
    checks = set(Case.objects.filter(type="dispute_check").values_list("state", flat=True))
    assert {"planned", "done", "missed"} <= checks
    assert Case.objects.filter(type="dispute", late=True).count() >= 3
    assert Case.objects.filter(type="dispute_check", late=True).exists()


def test_headings_name_nobody() -> None:
    """Every dispute stands in lists by its kind alone; no name of the cast is in a title or in clear facts."""
    names = {unseal(n) for n in Person.objects.values_list("name_sealed", flat=True)}
    for case in Case.objects.filter(type__in=("dispute", "dispute_check")):
        clear = {k: v for k, v in json.loads(case.facts).items() if k != "mediators"}
        text = case.title + json.dumps(clear, ensure_ascii=False)
        assert not [n for n in names if n in text], case.number


def test_the_same_day_gives_the_same_records() -> None:
    states = Counter(Case.objects.filter(type="dispute").values_list("state", flat=True))
    assert sum(states.values()) == 28 + len(demo.beats.read("present"))
    assert not list(check())
