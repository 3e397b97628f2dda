"""The meetings of the demonstration: the published figures of the past, and that around today a meeting stands in every state."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from linli.cases import figures
from linli.cases.models import Case, Count, Seat
from linli.cases.playing import Timetable
from linli.cases.rebuild import check
from linli.config.demonstration import cast, places
from linli.config.demonstration.build import RESIDENTS, SEED
from linli.programmes.meetings import demo
from linli.programmes.meetings.programme import PROGRAMME
from linli.rules.registry import installed
from linli.rules.worktime import HOUR, day_start

pytestmark = [pytest.mark.xdist_group("meetings-demonstration"), pytest.mark.django_db]
NOW = day_start(date(2026, 3, 12)) + 15 * HOUR
FIRST, LAST = day_start(date(2024, 1, 1)), day_start(date(2024, 4, 29))


@pytest.fixture(scope="module", autouse=True)
def _built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The meetings alone, as on a Thursday afternoon; nothing of it is left for other tests."""
    with django_db_blocker.unblock(), override_settings(LINLI_DEMO=True), transaction.atomic():
        places.make(SEED)
        table = Timetable()
        demo.play(cast.make(SEED, RESIDENTS), places.COMMUNITY, SEED, NOW, table)
        table.run(NOW)
        yield
        transaction.set_rollback(True)


def past() -> dict[str, int]:
    """Every counter of the programme over the four months, in the whole city."""
    found: dict[str, int] = {}
    for case_type in PROGRAMME.case_types:
        definition = installed[case_type.key]
        found |= {
            f.counter.key: f.value for f in figures.figures(definition, "1401", FIRST, LAST, headline=False)
        }
    return found


def test_the_past_gives_the_published_figures() -> None:
    """A plenary that heard two reports, a mobilisation by video, a working group's first meeting; one resolution."""
    found = past()
    assert {k: found[k] for k in ("held", "heard", "adopted", "resolutions")} == {
        "held": 3,
        "heard": 4,
        "adopted": 2,
        "resolutions": 1,
    }
    assert (found["tasks"], found["tasks_finished"]) == (5, 5)
    assert (found["on_time.stage.doing"], found["late.stage.doing"]) == (4, 1)


def test_the_plenary_heard_two_reports_and_adopted_one_resolution() -> None:
    plenary = Case.objects.get(type="assembly", title="小店区社区治理委员会第一次全体会议")
    assert plenary.place == "140105"
    counted = Count.objects.filter(case=plenary.id).values_list("counter", "amount")
    sums: dict[str, int] = {}
    for counter, amount in counted:
        sums[counter] = sums.get(counter, 0) + amount
    assert (sums["heard"], sums["adopted"], sums["resolutions"]) == (2, 1, 1)
    assert sums["members_due"] == 15


def test_a_meeting_stands_in_every_state() -> None:
    for case_type in PROGRAMME.case_types[1:]:
        states = set(Case.objects.filter(type=case_type.key).values_list("state", flat=True))
        missing = {s.key for s in case_type.states} - states
        assert not missing, f"{case_type.key}: {missing}"
    assert Case.objects.filter(type__in=("assembly", "resolution_task"), late=True).exists()


def test_residents_with_an_account_can_vote_now() -> None:
    voting = Case.objects.get(type="assembly", state="voting")
    present = set(Seat.objects.filter(case=voting.id, kind="present").values_list("head", flat=True))
    voted = set(Seat.objects.filter(case=voting.id, kind="ballot").values_list("head", flat=True))
    assert len(voted) == 9
    assert len(present - voted) >= 3


def test_what_is_kept_is_what_the_journal_says() -> None:
    found: list[Any] = list(check())
    assert not found
