"""The demonstration community, built once for all of these tests: its figures, its variety, and that nothing personal is public."""

from __future__ import annotations

import json
import re
from collections import Counter, deque
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from uuid import UUID
from zipfile import ZipFile, is_zipfile

import pytest
from click.testing import CliRunner
from django.db import transaction
from django.test import Client, override_settings
from pytest_django.plugin import DjangoDbBlocker

from linli.cases import coverage
from linli.cases.course import course
from linli.cases.coverage import When
from linli.cases.figures import figures
from linli.cases.models import Case, Count, Link, Notice, SavedView, Seat, Upload
from linli.cases.rebuild import check
from linli.config.command import serving
from linli.config.demonstration.build import build
from linli.config.demonstration.places import COMMUNITY
from linli.journal.models import Entry
from linli.people.duties import responsible
from linli.people.keys import unseal
from linli.people.models import Account, Opened, Person
from linli.rules.actor import EVERYWHERE, Actor, Grant
from linli.rules.programme import CAME_OUT
from linli.rules.registry import installed
from linli.rules.worktime import DAY, HOUR, civil_day, day_start
from linli.territory.models import HouseholdLabel
from linli.territory.regions import children, counties

# One build for one worker; every test leaves what it finds as it was.
pytestmark = [pytest.mark.xdist_group("demonstration"), pytest.mark.django_db]
NOW = day_start(date(2026, 3, 12)) + 15 * HOUR
RECENT = NOW - 120 * DAY
START, END = day_start(date(2024, 1, 1)), day_start(date(2024, 4, 29))


@pytest.fixture(scope="module", autouse=True)
def _built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demonstration as on a Thursday afternoon; nothing of it is left for other tests."""
    with django_db_blocker.unblock(), override_settings(LINLI_DEMO=True), transaction.atomic():
        build(lambda _: None, NOW)
        yield
        transaction.set_rollback(True)


def _demands(**wanted: object) -> int:
    return Case.objects.filter(type="demand", opened__gte=RECENT, **wanted).count()


def test_the_published_figures_are_counted() -> None:
    """1 January to 28 April 2024: from records, through the counters."""
    found = {f.counter.key: f.value for f in figures(installed["demand"], COMMUNITY, START, END)}
    assert (found["received"], found["collected"], found["solved"]) == (42, 28, 21)


PUBLISHED = {
    "council": {"meetings_held": 5},
    "topic": {"problems_solved": 8},
    "dispute_check": {"checks": 32},
    "dispute": {"solved": 20},
    "team": {"teams": 7},
    "volunteer_service": {"services": 113},
}
"""What was published of the other programmes; of the services it was said that they are more than a hundred."""


def test_the_figures_of_the_other_programmes_are_counted_too() -> None:
    found = {
        key: {f.counter.key: f.value for f in figures(installed[key], COMMUNITY[:6], START, END)}
        for key in PUBLISHED
    }
    assert {key: {c: found[key].get(c) for c in wanted} for key, wanted in PUBLISHED.items()} == PUBLISHED


def test_a_plenary_heard_two_reports_and_adopted_a_resolution() -> None:
    county = {f.counter.key: f.value for f in figures(installed["assembly"], COMMUNITY[:6], START, END)}
    assert county["heard"] >= 2
    assert (county["resolutions"], county["adopted"] >= 1) == (1, True)


def test_one_matter_went_the_whole_way() -> None:
    """Four reports, a topic, its meeting and task, the use of the fund, paid and settled: one picture, the same from each end."""
    demand = Case.objects.get(
        type="demand", id__in=Link.objects.filter(relation=CAME_OUT, source__in=_roof()).values("target")[:1]
    )
    use = Case.objects.get(
        type="fund_use", id__in=Link.objects.filter(relation=CAME_OUT, target__in=_roof()).values("source")
    )
    leader = Actor(
        None, tuple(Grant(role, EVERYWHERE) for role in ("community", "street", "leader", "facilitator"))
    )
    for case in (demand, use):
        types = [s.definition.key for s in course(case, leader)]
        assert types[0] == "demand"
        assert {"demand", "topic", "council", "fund_use"} <= set(types)
    assert use.state == "settled"
    stones = {m.action.key for s in course(use, leader) for m in s.milestones}
    assert {"open", "decide", "count", "pay", "settle", "report_back"} <= stones
    assert demand.state == "closed"
    assert "report" in json.loads(demand.facts)


def _roof() -> list[UUID]:
    """The topic of the roof."""
    return list(Case.objects.filter(type="topic", title__contains="屋面").values_list("id", flat=True))


def test_every_projection_is_what_the_journal_says() -> None:
    """Building leaves nothing that a rebuild would change."""
    assert not list(check())


def test_a_second_build_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there stays as it is, and the command says so."""
    monkeypatch.setattr(serving, "_prepare", lambda: None)
    monkeypatch.setenv("LINLI_DEMO", "1")
    before = [model.objects.count() for model in (Entry, Case, Person, Account, Upload)]
    said = CliRunner().invoke(serving.demo, [])
    assert (said.exit_code, "stays as it is" in said.output) == (0, True)
    assert [model.objects.count() for model in (Entry, Case, Person, Account, Upload)] == before


def test_work_in_progress_stands_in_every_state() -> None:
    """Each state of a demand and of a visit is there, but for visits that nobody declared void."""
    for key, missing in (("demand", set()), ("visit", {"void"})):
        seen = set(Case.objects.filter(type=key, opened__gte=RECENT).values_list("state", flat=True))
        assert set(installed[key].states) - seen == missing


def test_overdue_work_has_climbed_to_every_level() -> None:
    """The grid member's, the community's, the street's; and enough is in time."""
    climbed = Counter(
        Case.objects.filter(type="demand", late=True, live=True).values_list("climbed", flat=True)
    )
    assert {1, 2, 3} <= set(climbed)
    assert _demands(live=True, late=False) >= 15
    assert 6 <= _demands(live=True, late=True) <= 25


def test_every_kind_of_course_is_there() -> None:
    """Waiting for approval, several units, merged, reopened, sent back, rated, excluded, hidden, anonymous, with photos."""
    demands = Case.objects.filter(type="demand", opened__gte=RECENT)
    ids = list(demands.values_list("id", flat=True))
    seats = Seat.objects.filter(case__in=ids)
    waiting = set(seats.filter(kind="pending").values_list("head", flat=True))
    assert {"extend", "postpone", "return", "void"} <= waiting
    units = Counter(seats.filter(kind="unit").values_list("case", flat=True))
    assert sum(n > 1 for n in units.values()) >= 2
    assert seats.filter(kind="tracker").count() >= 2
    assert seats.filter(kind="supporter").count() >= 8
    assert demands.filter(excluded=True).exists()
    assert demands.filter(facts__contains='"hide_name":true').count() >= 2
    assert Link.objects.filter(relation="merged_into").exists()
    counted = dict(Counter(Count.objects.filter(case__in=ids).values_list("counter", flat=True)))
    for key in ("reopened", "reworked", "rated", "satisfied", "transferred", "silent", "solved_by_check"):
        assert counted.get(key, 0) >= 1, key


def test_photos_went_through_the_pipeline() -> None:
    """Each is claimed by the case whose answers name it."""
    assert Upload.objects.filter(case=None).count() == 0
    assert Upload.objects.filter(field="photos").count() >= 10
    assert Upload.objects.filter(field="after").count() >= 8


def test_the_matters_are_many_and_told_once() -> None:
    """Sixty and more, none of them twice."""
    told = list(Case.objects.filter(type="demand").values_list("title", flat=True))
    assert len(told) == len(set(told)) >= 80


def test_the_rounds_have_come_some_way() -> None:
    """Every grid was visited, not to the end; promises are kept and open; demands came out of visits and went on."""
    visits = Case.objects.filter(type="visit")
    assert visits.values("grid").distinct().count() == 10
    assert visits.filter(category="nobody").exists()
    assert Count.objects.filter(type="visit", counter="kept").count() >= 50
    raised = Link.objects.filter(relation=CAME_OUT).values("source")
    assert Case.objects.filter(id__in=raised).exclude(state="reported").count() >= 5
    assert HouseholdLabel.objects.count() >= 60


def test_desks_are_laid_out() -> None:
    """Somebody stands in today; looks have reasons; lists are kept; the residents who can sign in have news."""
    day = civil_day(NOW)
    assert any(
        r.stands_for for g in range(1, 11) for r in responsible(f"{COMMUNITY}{g:03d}", day, "grid_member")
    )
    assert Opened.objects.count() >= 5
    assert all(len(unseal(o.reason_sealed)) > 5 for o in Opened.objects.all())
    assert SavedView.objects.count() >= 5
    residents = Account.objects.filter(username=None).values("person")
    assert (
        Notice.objects.filter(person__in=residents, happened__gte=RECENT).values("person").distinct().count()
        >= 5
    )


def test_coverage_has_something_to_find_and_not_too_much() -> None:
    """One grid lost its member yesterday, one door has no building, one resident is on two rolls; the buildings are all in grids."""
    found = {k: coverage.count(c, COMMUNITY, When(NOW)) for k, c in coverage.CHECKS.items()}
    assert {k: n for k, n in found.items() if n < 10} == {
        "ungridded": 0,
        "unstaffed": 1,
        "overlapping": 0,
        "nowhere": 1,
        "twice": 1,
    }
    assert found["unvisited"] < found["empty"] < 2_950
    assert coverage.count(coverage.CHECKS["unstaffed"], COMMUNITY, When(NOW - DAY)) == 0


SECRET = re.compile(r"1380000\d{4}|1390000\d{4}")
FIRST = (
    "/",
    "/open/",
    "/open/map/",
    "/open/map/buildings.json",
    "/open/?from=2024-01-01&to=2024-04-28",
    "/verify/",
)
LINK = re.compile(r'(?:href|src|data-source)="(/[^"#]*)')
NOT_READ = ("/static/", "/accounts/", "/style/", "/choose/", "/staff/")
MOST = 150


def _public() -> Iterator[tuple[str, str]]:
    """Every page that somebody who is not signed in reaches from the first ones, with what it says."""
    client, queue, known = Client(), deque(FIRST), set(FIRST)
    while queue:
        url = queue.popleft()
        answer = client.get(url)
        if answer.status_code != 200 or answer.streaming or "image" in answer["Content-Type"]:
            continue
        text = _text(answer.content)
        yield url, text
        for found in LINK.findall(text):
            address = found.replace("&amp;", "&")
            if address not in known and len(known) < MOST and not address.startswith(NOT_READ):
                known.add(address)
                queue.append(address)


def _text(content: bytes) -> str:
    """What can be read in it; of a bundle, what stands in its files."""
    if not is_zipfile(BytesIO(content)):
        return content.decode("utf-8", "replace")
    with ZipFile(BytesIO(content)) as bundle:
        return "\n".join(bundle.read(one).decode("utf-8", "replace") for one in bundle.namelist())


def test_nothing_personal_is_public() -> None:
    """No name and no number of anybody registered stands on any page for everybody."""
    names = {unseal(sealed) for sealed in Person.objects.values_list("name_sealed", flat=True)} - {""}
    assert len(names) > 100
    pages = dict(_public())
    assert len(pages) >= 10
    for url, text in pages.items():
        assert not SECRET.search(text), url
        assert not [n for n in names if n in text], url


def test_the_present_begins_yesterday_and_before() -> None:
    """Something new of today and yesterday, nothing of tomorrow."""
    assert Case.objects.filter(opened__gt=NOW).count() == 0
    assert _demands(opened__gt=day_start(civil_day(NOW) - timedelta(days=1))) >= 3


def test_the_regions_around_need_no_download() -> None:
    """Taiyuan's ten counties, and the streets and communities of the one in which the community lies; all in both languages."""
    assert len(counties("1401")) == 10
    streets = children("140105")
    assert len(streets) == 10
    around = [c for s in streets for c in children(s.code)]
    assert len(around) == 152
    assert COMMUNITY in {c.code for c in around}
    assert all(r.name_zh != r.name_en and r.name_en.isascii() for r in [*streets, *around])
