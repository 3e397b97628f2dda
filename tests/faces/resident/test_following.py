"""What becomes of a report, through the resident's pages: confirmed, sent back, rated, withdrawn; by name and by code."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from linli.cases.figures import figures
from linli.cases.models import Case, Count
from linli.cases.rebuild import check
from linli.cases.story import case_page
from linli.people import accounts
from linli.people.persons import register
from linli.rules.actor import THE_SYSTEM
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.worktime import DAY
from tests.cases.community import COMMUNITY, HOME, Town, town
from tests.faces.resident.test_report import carried, text

pytestmark = pytest.mark.django_db
PHONE, NEIGHBOUR, STRANGER = "13800008761", "13800008762", "13800008763"
MATTER = "三层楼道灯不亮，已经三天了。"
NAME = "欧阳测试"
NEW = '<strong class="asks">新<'
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def now() -> int:
    return time.time_ns() // 1000


@pytest.fixture
def cast() -> Town:
    return town()


def signed_in(phone: str, name: str = "") -> Client:
    """The browser of a resident who has shown that the phone is his."""
    if name:
        register(name=name, phone=phone, kind="resident", at=1, by=THE_SYSTEM, key=f"p/{phone}")
    account = accounts.for_phone(phone, 1)
    accounts.confirm_phone(account, phone, 1)
    client = Client()
    client.force_login(account, backend=BACKEND)
    return client


def reported(client: Client, **last: str) -> Case:
    """A report by the three steps; the case."""
    page = text(client.get(f"/report/?at={HOME}"))
    page = text(client.post("/report/", {**carried(page), "matter": MATTER, "category": "power"}))
    page = text(client.post("/report/", {**carried(page), "where": HOME}))
    assert client.post("/report/", {**carried(page), **last}).status_code == 302
    return Case.objects.get()


def handled(cast: Town, case: UUID, outcome: str = "solved") -> None:
    """Filed, dispatched, accepted, answered, checked: now it is for the reporter to say."""
    cast.act(case, "grid", "file", now())
    cast.act(case, "community", "dispatch", now(), {"units": ["property"]})
    worked_on(cast, case, outcome)


def worked_on(cast: Town, case: UUID, outcome: str = "solved") -> None:
    if Case.objects.get(id=case).state == "dispatched":
        cast.act(case, "property", "accept", now())
    cast.act(case, "property", "handle", now(), {"outcome": outcome, "answer": "换了新灯"})
    cast.act(case, "community", "verify", now(), {"how": "visit"})


def does(client: Client, case: Case, action: str, **said: Any) -> Any:
    """What the form of a step on the case's page sends."""
    page = text(client.get(f"/mine/{case.id}/"))
    keys = re.findall(rf'name="action" value="{action}".*?name="key" value="([^"]+)"', page, re.S)
    seen = re.findall(r'name="seen" value="(\d+)"', page)
    sent = {"action": action, "key": keys[0] if keys else "no form", "seen": seen[0] if seen else "", **said}
    return client.post(f"/mine/{case.id}/", sent)


def state(case: Case) -> str:
    return Case.objects.get(id=case.id).state


def figure(key: str) -> int:
    found = figures(installed["demand"], COMMUNITY, 0, 4 * 10**15, headline=False)
    return {f.counter.key: f.value for f in found}[key]


def test_the_reporter_confirms_and_rates_and_it_counts(cast: Town) -> None:
    client = signed_in(PHONE)
    case = reported(client)
    handled(cast, case.id)
    page = text(client.get(f"/mine/{case.id}/"))
    assert "请您看看解决了没有" in page and "换了新灯" in page
    done = does(client, case, "confirm", verdict="solved", score="5", word="谢谢")
    assert (done.status_code, state(case)) == (302, "closed")
    assert (figure("solved"), figure("confirmed"), figure("satisfied"), figure("rated")) == (1, 1, 1, 1)
    assert 'value="rate"' not in text(client.get(f"/mine/{case.id}/"))
    does(client, case, "rate", score="1")
    assert (figure("rated"), Case.objects.get(id=case.id).seq) == (1, 7)
    assert figure("satisfied") == 1
    assert not list(check())


def test_partly_solved_is_not_solved_and_silence_about_points_no_satisfaction(cast: Town) -> None:
    client = signed_in(PHONE)
    case = reported(client)
    handled(cast, case.id)
    assert does(client, case, "confirm", verdict="partly").status_code == 302
    assert (state(case), figure("confirmed"), figure("solved")) == ("closed", 1, 0)
    assert (figure("rated"), figure("satisfied")) == (0, 0)
    assert does(client, case, "rate", score="2").status_code == 302
    assert (figure("rated"), figure("satisfied")) == (1, 0)


def test_what_is_not_solved_goes_back_to_the_unit(cast: Town) -> None:
    """返工: the unit reads why, answers anew, and only then it is solved, once."""
    client = signed_in(PHONE)
    case = reported(client)
    handled(cast, case.id)
    empty = does(client, case, "reject", why_not="  ")
    assert (empty.status_code, state(case)) == (422, "verified")
    assert does(client, case, "reject", why_not="晚上还是不亮").status_code == 302
    assert (state(case), figure("reworked")) == ("handling", 1)
    told = case_page(case.id, cast.cast["property"], now())
    assert any("晚上还是不亮" in str(v) for s in told.steps for _, v in s.answers)
    worked_on(cast, case.id)
    assert does(client, case, "confirm", verdict="solved").status_code == 302
    assert (state(case), figure("solved"), figure("answered")) == ("closed", 1, 2)
    assert not list(check())


def test_a_resident_withdraws_and_the_matter_rests(cast: Town) -> None:
    client = signed_in(PHONE)
    case = reported(client)
    assert does(client, case, "withdraw", why="自己修好了").status_code == 302
    assert state(case) == "withdrawn"
    page = text(client.get(f"/mine/{case.id}/"))
    assert 'name="action"' not in page and "自己修好了" in page
    before = Count.objects.count()
    assert does(client, case, "urge").status_code in (302, 409, 422)
    assert (state(case), Count.objects.count()) == ("withdrawn", before)


def test_words_are_added_and_hurry_is_asked_for_without_moving_anything(cast: Town) -> None:
    client = signed_in(PHONE)
    case = reported(client)
    assert does(client, case, "add", note="四层也不亮").status_code == 302
    assert does(client, case, "urge").status_code == 302
    assert does(client, case, "urge").status_code == 302
    assert (state(case), Case.objects.get(id=case.id).seq) == ("reported", 4)
    assert "四层也不亮" in text(client.get(f"/mine/{case.id}/"))


def test_a_stale_page_is_refused_and_keeps_what_was_typed(cast: Town) -> None:
    """Between the page and the answer the community took it back: the words stay in the form."""
    client = signed_in(PHONE)
    case = reported(client)
    handled(cast, case.id)
    sent = {"action": "reject", "key": "k", "seen": "2", "why_not": "晚上还是不亮"}
    stale = client.post(f"/mine/{case.id}/", sent)
    assert (stale.status_code, state(case)) == (422, "verified")
    assert "晚上还是不亮" in text(stale)


def test_news_is_told_once_as_new(cast: Town) -> None:
    """What others do stands on the notices' page; what he did himself does not; looking makes it old."""
    client = signed_in(PHONE)
    case = reported(client)
    assert f"/mine/{case.id}/" not in text(client.get("/notices/"))
    cast.act(case.id, "grid", "file", now())
    does(client, case, "urge")
    first, second = text(client.get("/notices/")), text(client.get("/notices/"))
    assert "社区受理了" in first and f"/mine/{case.id}/" in first
    assert "您催了一次" not in first
    assert (first.count(NEW), second.count(NEW)) == (1, 0)
    assert MATTER[:6] not in text(signed_in(STRANGER).get("/notices/"))
    assert MATTER[:6] not in text(Client().get("/notices/"))


def test_by_code_one_can_do_what_one_can_do_by_name(cast: Town) -> None:
    """Anonymous: the code opens it in another browser, where the reporter sends it back, confirms and rates."""
    first = Client()
    case = reported(first)
    number, code = re.findall(r'code-big number">(.*?)<', text(first.get("/report/sent/")))
    other = Client()
    assert other.post("/track/", {"number": number, "code": code}).status_code == 302
    handled(cast, case.id)
    assert does(other, case, "reject", why_not="还是不亮").status_code == 302
    worked_on(cast, case.id)
    assert does(first, case, "confirm", verdict="solved", score="4").status_code == 302
    assert (state(case), figure("satisfied"), figure("reworked")) == ("closed", 1, 1)
    does(other, case, "rate", score="1")
    assert (figure("rated"), figure("satisfied")) == (1, 1)


def test_an_anonymous_report_withdrawn_by_its_code(cast: Town) -> None:
    client = Client()
    case = reported(client)
    assert does(client, case, "withdraw").status_code == 302
    assert state(case) == "withdrawn"
    assert case.number in text(client.get("/mine/")) or MATTER[:6] in text(client.get("/mine/"))


def plain(answer: Any) -> str:
    """The page without the form's secret, which is another one each time."""
    return re.sub(r'(FToken": "|csrfmiddlewaretoken" value=")[A-Za-z0-9]+', "", text(answer))


OTHERS: dict[str, Callable[[], Client]] = {
    "nobody": Client,
    "another resident": lambda: signed_in(STRANGER),
}


@pytest.mark.parametrize("who", OTHERS)
def test_who_else_must_not_see_learns_nothing_and_does_nothing(cast: Town, who: str) -> None:
    """The page answers as for a case that does not exist, for reading and for every act."""
    client = signed_in(PHONE, NAME)
    case = reported(client)
    handled(cast, case.id)
    other, missing = OTHERS[who](), "/mine/01890000-0000-7000-8000-000000000000/"
    read, unknown = other.get(f"/mine/{case.id}/"), other.get(missing)
    assert (read.status_code, unknown.status_code) == (404, 404)
    assert plain(read).replace(str(case.id), "") == plain(unknown).replace(missing.split("/")[2], "")
    for action in ("confirm", "reject", "withdraw", "add", "urge", "rate", "close_silent", "file"):
        sent = {
            "action": action,
            "key": action,
            "seen": "6",
            "verdict": "solved",
            "why_not": "x",
            "note": "x",
        }
        assert other.post(f"/mine/{case.id}/", sent).status_code == 404
    assert Case.objects.get(id=case.id).seq == 6
    assert case.number not in text(other.get("/mine/"))


def test_who_joined_follows_and_does_not_decide(cast: Town) -> None:
    """A neighbour with the same problem reads how it goes, not who reported; he neither confirms nor withdraws."""
    case = reported(signed_in(PHONE, NAME))
    neighbour = signed_in(NEIGHBOUR)
    assert neighbour.post(f"/same/{case.id}/").status_code == 302
    handled(cast, case.id)
    page = text(neighbour.get(f"/mine/{case.id}/"))
    assert MATTER in page and 'name="action"' not in page
    assert all(secret not in page for secret in (NAME, NAME[:1] + "*", PHONE, PHONE[-4:], "您反映了这个问题"))
    does(neighbour, case, "confirm", verdict="solved")
    assert state(case) == "verified"


def test_a_hidden_name_is_hidden_from_the_unit_and_from_neighbours(cast: Town) -> None:
    """The community knows who asks; the unit that works on it and the neighbours read the matter alone."""
    said = {"hide_name": "on", "reporter-name": NAME, "reporter-phone": PHONE}
    case = reported(Client(), **said)
    handled(cast, case.id)
    neighbour = signed_in(NEIGHBOUR)
    neighbour.post(f"/same/{case.id}/")
    person = Case.objects.get(id=case.id).facts
    assert NAME not in person and PHONE not in person
    page = case_page(case.id, cast.cast["property"], now())
    assert "reporter" not in {f.key for f, _ in page.facts}
    assert not any(f.key == "reporter" for s in page.steps for f, _ in s.answers)
    assert page.steps[0].who == ""
    assert "reporter" in {f.key for f, _ in case_page(case.id, cast.cast["community"], now()).facts}
    read = text(neighbour.get(f"/mine/{case.id}/"))
    assert NAME not in read and NAME[:1] + "*" not in read and PHONE[-4:] not in read


def test_a_hidden_name_of_who_signed_in_is_hidden_too(cast: Town) -> None:
    """Signed in, nobody asks for a contact: the name by which he signed in is not shown to the unit, masked or not."""
    case = reported(signed_in(PHONE, NAME), hide_name="on")
    handled(cast, case.id)
    unit, ours = (case_page(case.id, cast.cast[by], now()) for by in ("property", "community"))
    assert unit.steps[0].who == ""
    assert ours.steps[0].who.startswith(NAME[:1])
    person = str(accounts.for_phone(PHONE, 1).person_id)
    assert person not in repr(unit.facts) + repr([s.answers for s in unit.steps])


def test_a_unit_that_gave_it_back_no_longer_sees_it(cast: Town) -> None:
    case = reported(signed_in(PHONE))
    cast.act(case.id, "grid", "file", now())
    cast.act(case.id, "community", "dispatch", now(), {"units": ["property"]})
    assert case_page(case.id, cast.cast["property"], now()).case.id == case.id
    cast.act(case.id, "property", "return", now(), {"reason": "不归我们", "whose": "供电公司"})
    cast.act(case.id, "community", "return.approve", now())
    for by in ("property", "lift"):
        with pytest.raises(Refused):
            case_page(case.id, cast.cast[by], now())


def test_silence_closes_it_and_is_no_satisfaction(cast: Town) -> None:
    client = signed_in(PHONE)
    case = reported(client)
    handled(cast, case.id)
    with pytest.raises(Refused) as refusal:
        cast.act(case.id, "community", "close_silent", now())
    assert refusal.value.code == "still-time"
    cast.act(case.id, "community", "close_silent", now() + 30 * DAY)
    assert (state(case), figure("silent"), figure("satisfied"), figure("rated")) == ("closed", 1, 0, 0)
    assert does(client, case, "rate", score="3").status_code == 302
    assert (figure("rated"), figure("satisfied")) == (1, 0)


def test_a_form_from_elsewhere_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    for url in ("/report/", "/track/", "/mine/01890000-0000-7000-8000-000000000000/"):
        assert client.post(url, {"step": "1"}).status_code == 403


HOSTILE = {
    "NUL": "灯\x00坏",
    "half a pair": "灯\ud800坏",
    "endless": "灯" * 100_000,
    "markup": "<script>alert(1)</script>",
    "control": "\x1b[2J\r\n",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_whatever_is_typed_into_any_field_is_answered(cast: Town, what: str) -> None:
    """No text in no field breaks a page: it is taken, or refused with a page that can be read."""
    client, bad = signed_in(PHONE), HOSTILE[what]
    case = reported(client)
    good = {"matter": MATTER, "category": "power", "where": HOME, "step": "3", "key": "k"}
    for name in (*good, "spot", "photos", "hide_name", "go", "reporter-name", "at"):
        sent = {
            **good,
            name: bad.encode("utf-8", "surrogatepass").decode("latin-1") if name == "_" else _plain(bad),
        }
        page = client.post("/report/", sent)
        assert page.status_code in (200, 302, 422), (name, page.status_code)
        assert b"<script>alert(1)" not in page.content
    for name in ("action", "seen", "key", "note"):
        sent = {"action": "add", "seen": "1", "key": f"a{name}", "note": "好", name: _plain(bad)}
        assert client.post(f"/mine/{case.id}/", sent).status_code in (200, 302, 409, 422), name
    for number, code in ((bad, "ABCDEFGHJK"), ("LL-2026-0001", bad)):
        page = Client().post("/track/", {"number": _plain(number), "code": _plain(code)})
        assert page.status_code == 422
    for url in ("/", "/report/", "/open/", "/open/map/"):
        answer = client.get(
            url, {"at": _plain(bad)[:200], "community": _plain(bad)[:200], "from": _plain(bad)[:50]}
        )
        assert answer.status_code in (200, 302, 400, 404, 422), url


def _plain(text_: str) -> str:
    """A browser sends no half pairs: they arrive replaced."""
    return text_.encode("utf-8", "replace").decode()
