"""``linli demo --fresh``: an invented community can be built around another day; what is not invented is never taken away."""

from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result
from pytest_django import Settings

from linli.config.command import serving
from linli.config.demonstration import build as building
from linli.journal import triggers
from linli.journal.models import Entry
from linli.people import assigning
from linli.people.accounts import give_account
from linli.people.models import Person
from linli.people.signin.demo import ensure_account
from linli.rules.actor import THE_SYSTEM
from linli.rules.worktime import day_start
from tests.cases.community import COMMUNITY, FOUNDED, Town, town

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _prepared(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.LINLI_DEMO = True
    monkeypatch.setattr(serving, "_prepare", lambda: None)
    monkeypatch.setattr(building, "there", Entry.objects.exists)
    monkeypatch.setattr(building, "build", lambda report, only=(): report("built anew"))


def _fresh() -> Result:
    return CliRunner().invoke(serving.demo, ["--fresh"], catch_exceptions=False)


def _on_duty(here: Town, name: str) -> UUID:
    person = here.cast[name].person
    assert person is not None
    at = day_start(FOUNDED)
    assigning.assign(
        person=person,
        role="community",
        region=COMMUNITY,
        starts=FOUNDED,
        by=THE_SYSTEM,
        at=at,
        key=f"d/{name}",
    )
    return person


def test_a_demonstration_goes_and_is_built_anew() -> None:
    """The tables stand again, empty and protected."""
    ensure_account(_on_duty(town(), "community"), "community1")
    said = _fresh()
    assert (said.exit_code, said.stdout.splitlines()[-1]) == (0, "  built anew")
    assert (Entry.objects.count(), Person.objects.count(), triggers.missing()) == (0, 0, [])


def test_what_others_work_in_is_left_alone() -> None:
    """Neither a house without a demonstration, nor one to which staff was added."""
    here = town()
    assert _fresh().exit_code == 2
    ensure_account(_on_duty(here, "community"), "community1")
    added = _on_duty(here, "community2")
    give_account(added, "real", "not-for-show-7391", by=THE_SYSTEM, at=day_start(FOUNDED), key="give/real")
    before = Entry.objects.count()
    said = _fresh()
    assert (said.exit_code, said.stdout) == (2, "")
    assert "not the demonstration" in said.stderr
    assert Entry.objects.count() == before
