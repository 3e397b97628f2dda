"""The residents' pages of events: what is on, a sign-up with one tap, the ticket, the turn in the list, feedback; nobody else's."""

from __future__ import annotations

import re
from dataclasses import replace
from uuid import UUID

import pytest
from django.test import Client

from linli.cases.rebuild import check
from linli.programmes.public_events.pages import tickets
from linli.rules.actor import Grant
from linli.rules.when import when_of
from linli.rules.worktime import DAY, HOUR
from tests.cases.community import COMMUNITY
from tests.faces.browser.reading import read
from tests.programmes.public_events.hall import ABOUT, Hall, clock, hall, main, signed_in, text

pytestmark = pytest.mark.django_db
KEY = re.compile(r'name="key" value="(\w+/[^"]+)"')


@pytest.fixture
def it(monkeypatch: pytest.MonkeyPatch) -> Hall:
    return clock(monkeypatch, hall(each_at_most=2, inquiries="服务站一楼"))


@pytest.fixture
def show(it: Hall) -> UUID:
    """A session in three days, with four places."""
    return it.plan(it.at + 3 * DAY)


def does(client: Client, case: UUID, action: str, **given: str) -> str:
    """One of the things of the session's page, and the page to which it leads."""
    answer = client.post(f"/events/{case}/", {"action": action, "key": f"{action}/{action}-{given}", **given})
    assert answer.status_code == 302, text(answer)
    return main(client.get(answer["Location"]))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("who", ["", "resident"])
def test_what_is_on_is_read_by_everybody_in_both_languages(
    it: Hall, show: UUID, who: str, language: str
) -> None:
    client = signed_in(it, who, language) if who else Client()
    client.cookies["django_language"] = language
    for address in ("/events/", f"/events/{show}/", f"/events/of/{it.event}/"):
        answer = client.get(address)
        page = read(text(answer))
        assert answer.status_code == 200 and page.headings == 1 and page.title.strip(" ·")
        assert len(answer.content) < 150_000
    assert ("还有 4 个名额" if language == "zh-hans" else "4 places left") in text(client.get("/events/"))


def test_nothing_planned_is_said() -> None:
    assert "近来没有安排场次" in text(Client().get("/events/"))


def test_one_tap_gives_a_ticket_and_the_full_house_a_turn(it: Hall, show: UUID) -> None:
    first, second = signed_in(it, "resident"), signed_in(it, "resident2")
    assert "我的票" in does(first, show, "sign_up", persons="3")
    page = does(second, show, "sign_up", persons="2")
    assert "候补第 1 位" in page and "不等了" in page
    assert "您在候补第 1 位" in text(second.get("/events/"))
    does(first, show, "cancel")
    assert "2 人，有座位" in main(second.get(f"/events/{show}/"))
    assert "我报名的活动" in text(second.get("/"))
    assert not list(check())


def test_a_second_tap_enters_nothing(it: Hall, show: UUID) -> None:
    client = signed_in(it, "resident")
    sent = {"action": "sign_up", "key": "sign_up/one", "persons": "2"}
    assert [client.post(f"/events/{show}/", sent).status_code for _ in (1, 2)] == [302, 302]
    assert "2 人，有座位" in main(client.get(f"/events/{show}/"))


def test_a_refusal_says_why_and_keeps_what_was_chosen(it: Hall) -> None:
    small = it.plan(it.at + 3 * DAY, capacity=2, party_at_most=2)
    answer = signed_in(it, "resident").post(
        f"/events/{small}/", {"action": "sign_up", "key": "k", "persons": "4"}
    )
    assert answer.status_code == 422
    assert "这一场一次最多报 2 人" in main(answer) and "party-too-large" in main(answer)


def test_the_ticket_is_his_alone_and_holds_nothing_personal(it: Hall, show: UUID) -> None:
    mine, other = signed_in(it, "resident"), signed_in(it, "resident2")
    does(mine, show, "sign_up")
    page = main(mine.get(f"/events/{show}/ticket/"))
    code = tickets.code_of(show, it.person("resident"))
    assert tickets.spoken(code) in page and "<svg" in page
    assert it.person("resident") not in page and "测试resident" not in page and "1990" not in page
    assert other.get(f"/events/{show}/ticket/").status_code == 302
    assert Client().get(f"/events/{show}/ticket/")["Location"].startswith("/accounts/login/code/")
    assert code != tickets.code_of(show, it.person("resident2"))
    assert code not in main(other.get(f"/events/{show}/"))


def test_what_was_scanned_or_said_is_read(it: Hall, show: UUID) -> None:
    code = tickets.code_of(show, it.person("resident"))
    assert tickets.typed(f" {tickets.spoken(code).lower()} ") == (None, code)
    assert tickets.typed(f"LINLI1/{show.hex}/{code}") == (show, code)
    assert tickets.typed("ＡＢＣＤ-2345") == (None, "ABCD2345")


def test_who_came_says_how_it_was_once(it: Hall) -> None:
    show = it.plan(it.at + 4 * HOUR)
    client = signed_in(it, "resident")
    does(client, show, "sign_up", persons="2")
    it.at += 4 * HOUR
    it.act(show, "gate", "check_in", guest=it.person("resident"))
    page = main(client.get(f"/events/{show}/"))
    assert "您来过：2 人" in page and "这一场怎么样？" in page
    assert "谢谢" in does(client, show, "feedback", score="5", word="孩子很喜欢")
    assert "孩子很喜欢" not in text(Client().get(f"/events/{show}/"))
    again = client.post(f"/events/{show}/", {"action": "feedback", "key": "x", "score": "1"})
    assert again.status_code == 422 and "already" in main(again)


def test_a_move_and_a_message_are_read_and_a_call_off_voids_the_ticket(it: Hall, show: UUID) -> None:
    client = signed_in(it, "resident")
    does(client, show, "sign_up")
    it.act(show, "organiser", "tell", message="请多穿一件")
    assert "请多穿一件" in main(client.get(f"/events/{show}/"))
    it.act(show, "organiser", "call_off", why="场馆停电")
    assert "场馆停电" in main(client.get(f"/events/{show}/"))
    assert "票也作废" in main(client.get(f"/events/{show}/ticket/"))


def test_what_was_told_stays_however_many_sign_up_after_it(
    it: Hall, show: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linli.cases.story.LATEST", 1)
    it.act(show, "organiser", "tell", message="请走东门")
    for who in ("resident", "resident2", "resident3"):
        it.act(show, who, "sign_up", persons=1)
    assert "请走东门" in main(Client().get(f"/events/{show}/"))


def test_an_age_is_confirmed_and_not_asked(it: Hall) -> None:
    event = it.act(it.event, "organiser", "change", age_from=6, age_to=12).case
    show = it.plan(it.at + 3 * DAY)
    client = signed_in(it, "resident")
    assert event == it.event and "6–12 岁" in main(client.get(f"/events/{show}/"))
    refused = client.post(f"/events/{show}/", {"action": "sign_up", "key": "k"})
    assert refused.status_code == 422 and "age-unsaid" in main(refused)
    assert "我的票" in does(client, show, "sign_up", of_age="on")


def test_an_event_of_the_county_is_read_in_each_of_its_communities(it: Hall) -> None:
    county = COMMUNITY[:6]
    it.town.cast["county"] = replace(it.town.cast["organiser"], grants=(Grant("organiser", county),))
    days = {"begins_on": when_of(it.at)[:10], "ends_on": when_of(it.at + 9 * DAY)[:10]}
    asked = {**ABOUT, **days, "title": "全区巡展", "where": county}
    event = it.town.act(("event_programme", county), "county", "announce", it.at, asked).case
    plan = {
        "title": "巡展第一站",
        "starts": when_of(it.at + 2 * DAY),
        "minutes": 60,
        "capacity": 9,
        "where": county,
    }
    show = it.town.act(("event_session", county), "county", "plan", it.at, {**plan, "event": str(event)}).case
    client = signed_in(it, "resident")
    assert "巡展第一站" in text(client.get("/events/"))
    assert "我的票" in does(client, show, "sign_up")


def test_what_nobody_has_is_not_found(it: Hall) -> None:
    assert Client().get(f"/events/{it.event}/").status_code == 404
    assert Client().get(f"/events/of/{UUID(int=9)}/").status_code == 404
