"""Settings: own duties and agreements, and what runs underneath for those who administer or audit."""

from datetime import date
from uuid import UUID

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.http import Http404

from linli.faces.web.staff import settings, workings
from linli.journal.append import entries
from linli.people import assigning, consents
from linli.people.accounts import give_account
from linli.people.signin.secondfactor import Factors, factors_of
from linli.people.signin.sessions import end_all
from linli.rules.actor import THE_SYSTEM, Actor, Grant
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.worktime import day_start
from tests.cases.community import COMMUNITY, FOUNDED, Town, town
from tests.faces.staff.desk import seen, text

pytestmark = pytest.mark.django_db
AT = day_start(FOUNDED)


@pytest.fixture
def cast() -> Town:
    return town()


def _person(cast: Town, name: str) -> UUID:
    person = cast.cast[name].person
    assert person
    return person


def test_own_duties_stand_first(cast: Town) -> None:
    who, day = _person(cast, "community"), date(2030, 1, 1)
    assigning.assign(
        person=who, role="clerk", region=COMMUNITY, starts=day, by=THE_SYSTEM, at=AT, key="t/duty"
    )
    page = text(seen(cast.cast["community"], settings.settings))
    assert "窗口人员" in page
    assert "2030年1月1日" in page


def test_messages_are_agreed_to_and_stopped(cast: Town) -> None:
    actor, who = cast.cast["community"], _person(cast, "community")
    for answer, agreed in (("yes", True), ("no", False)):
        form = {"purpose": consents.MESSAGES, "agree": answer, "key": f"k/{answer}"}
        assert seen(actor, settings.agree, form).status_code == 302
        assert consents.agrees(who, consents.MESSAGES) is agreed
    with pytest.raises(Http404):
        seen(actor, settings.agree, {"purpose": "anything", "agree": "yes"})


def _session(account: str) -> str:
    store = SessionStore()
    store[SESSION_KEY] = account
    store.save()
    return str(store.session_key)


def test_signing_out_elsewhere_ends_ones_own_other_sessions_alone(cast: Town) -> None:
    who = _person(cast, "community")
    account = give_account(who, "somebody", "a long enough one", by=THE_SYSTEM, at=AT, key="t/account")
    here, there, other = _session(str(account.pk)), _session(str(account.pk)), _session("somebody else")
    assert end_all(account, keep=here, by=cast.cast["community"], at=AT, key="t/out") == 1
    left = [SessionStore().exists(k) for k in (here, there, other)]
    assert left == [True, False, True]
    assert entries(who)[-1].action == "signed-out-everywhere"
    assert factors_of(account) == Factors(False, 0, 0)


@pytest.mark.parametrize("role", ["admin", "auditor"])
def test_what_runs_underneath_is_shown_to_administrators_and_auditors(cast: Town, role: str) -> None:
    actor = Actor(_person(cast, "street"), (Grant(role, COMMUNITY[:9]),))
    page = text(seen(actor, workings.workings))
    assert all(d.version in page for d in installed)
    for key in installed.programmes:
        rules = text(seen(actor, workings.rules, programme=key))
        assert all(name in rules for name in installed.of(key)[0].parameters.versions)
    with pytest.raises(Http404):
        seen(actor, workings.rules, programme="nothing")


@pytest.mark.parametrize("who", ["community", "grid", "property"])
def test_nobody_else_reads_it(cast: Town, who: str) -> None:
    with pytest.raises(PermissionDenied):
        seen(cast.cast[who], workings.workings)
    assert "/staff/settings/workings/" not in text(seen(cast.cast[who], settings.settings))


def test_values_are_said_in_words() -> None:
    named = {"fire": T("消防", "Fire")}
    assert workings.valued("3 working days", {}) == T("3 个工作日", "3 working days")
    both = workings.valued({"default": "4 hours", "fire": 1}, named)
    assert both == T("其他 4 小时；消防 1", "otherwise 4 hours; Fire 1")
    assert workings.valued([">=", 2, 3], {}) == ">= 2 3"
