"""The pages of the volunteers: help in three taps, signing up, the captain's page, certificates; and nothing personal in public."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from linli.cases.models import Case, Seat
from linli.programmes.volunteering.pages import desk, door, hours
from linli.rules.worktime import HOUR, civil_day
from tests.cases.community import COMMUNITY, HOME
from tests.faces.browser.reading import CHINESE, OWN, read
from tests.faces.staff.desk import seen
from tests.programmes.volunteering.neighbours import (
    CAPTAIN,
    ELDER,
    LANGUAGES,
    STRANGER,
    VOLUNTEER,
    Neighbours,
    key,
    neighbours,
    text,
    unnamed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def it(monkeypatch: pytest.MonkeyPatch) -> Neighbours:
    return neighbours(monkeypatch)


def requests() -> list[Case]:
    return list(Case.objects.filter(type="help_request").order_by("opened"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_one_heading_and_speaks_its_language(it: Neighbours, language: str) -> None:
    it.planned(open_to_all=True)
    request = it.asked()
    it.served(it.matched(request))
    done = it.planned()
    it.served(done)
    it.act(done, CAPTAIN, "certify")
    made = hours.issue(
        UUID(it.id(VOLUNTEER)), COMMUNITY, date(2026, 1, 1), date(2026, 12, 1), key="t/1", at=it.at
    )
    assert made
    pages = {
        "": ("/help/", "/help/errands/", "/volunteer/", "/volunteer/check/"),
        ELDER: ("/help/", "/help/errands/today/", f"/help/case/{request}/", "/volunteer/"),
        VOLUNTEER: ("/volunteer/", "/volunteer/hours/", f"/volunteer/certificate/{made.case}/"),
        CAPTAIN: (f"/volunteer/team/{it.team}/", f"/help/case/{request}/"),
    }
    for who, addresses in pages.items():
        for address in addresses:
            answer = it.client(who, language).get(address)
            page = read(text(answer))
            assert (
                (address, answer.status_code) == (address, 200)
                and page.headings == 1
                and page.title.strip(" ·")
            ), address
            assert len(answer.content) < 150_000
            own = [s for inside, s in page.said if inside & OWN] + page.attributes
            foreign = [s for s in own if CHINESE.search(s) and s != "中文" and "社区" not in s]
            assert language == "zh" or foreign == [], address


def test_help_is_three_taps_away(it: Neighbours) -> None:
    """The need, the time, yes: two links and one button; without a script."""
    client = it.client(ELDER)
    first = text(client.get("/help/"))
    assert 'href="/help/errands/"' in first
    second = text(client.get("/help/errands/"))
    assert 'href="/help/errands/today/"' in second
    third = text(client.get("/help/errands/today/"))
    sent = client.post("/help/errands/today/", {"key": key(third, "ask"), "where": HOME, "words": "买降压药"})
    case = requests()[0]
    assert (
        sent["Location"] == f"/help/case/{case.id}/" and case.state == "open" and case.category == "errands"
    )
    again = client.post(
        "/help/errands/today/", {"key": key(third, "ask"), "where": HOME, "words": "买降压药"}
    )
    assert again["Location"] == sent["Location"] and len(requests()) == 1
    assert "买降压药" not in case.facts


def test_please_call_me_is_one_tap(it: Neighbours) -> None:
    client = it.client(ELDER)
    sent = client.post("/help/", {"key": key(text(client.get("/help/")), "ask")})
    assert requests()[0].state == "to_call" and sent["Location"].startswith("/help/case/")
    assert "我们会给您打电话" in text(client.get(sent["Location"]))


def test_who_is_not_signed_in_signs_in_and_comes_back(it: Neighbours) -> None:
    client = it.client()
    for address in (
        "/help/errands/today/",
        "/volunteer/hours/",
        f"/volunteer/team/{it.team}/",
        f"/help/case/{uuid4()}/",
    ):
        answer = client.get(address)
        assert answer.status_code == 302 and answer["Location"].startswith(
            "/accounts/login/code/?next=%2F"
        ), address
    assert client.post("/help/", {}).status_code == 302 and requests() == []
    assert client.post("/volunteer/", {"action": "sign_up", "case": str(it.planned())}).status_code == 302


def test_unknown_addresses_are_not_found(it: Neighbours) -> None:
    client = it.client(ELDER)
    for address in (
        "/help/gold/",
        "/help/errands/never/",
        f"/help/case/{uuid4()}/",
        f"/volunteer/certificate/{uuid4()}/",
    ):
        assert client.get(address).status_code == 404, address


def test_who_comes_is_shown_masked_and_afterwards_one_tap_confirms(it: Neighbours) -> None:
    request = it.asked()
    service = it.matched(request)
    it.act(service, VOLUNTEER, "sign_up")
    client = it.client(ELDER)
    page = text(client.get(f"/help/case/{request}/"))
    assert "测**" in page and "银龄队" in page
    unnamed(it, page)
    it.at += 26 * HOUR
    it.act(service, CAPTAIN, "record", {"came": [{"who": it.id(VOLUNTEER), "minutes": 50}]})
    page = text(client.get(f"/help/case/{request}/"))
    assert "帮得好不好" in page and "不需要了" not in page
    client.post(f"/help/case/{request}/", {"action": "confirm", "score": "5", "key": key(page, "confirm")})
    assert it.state(service) == "confirmed" and it.state(request) == "fulfilled"


def test_a_request_is_withdrawn_added_to_and_disputed_on_its_page(it: Neighbours) -> None:
    client, request = it.client(ELDER), it.asked()
    client.post(f"/help/case/{request}/", {"action": "add", "more": "要带轮椅", "key": "add/1"})
    assert "要带轮椅" in text(client.get(f"/help/case/{request}/"))
    service = it.matched(request)
    it.served(service)
    client.post(
        f"/help/case/{request}/", {"action": "dispute_hours", "wrong": "没有来", "key": "dispute_hours/1"}
    )
    assert it.state(service) == "disputed"
    other = it.asked()
    client.post(f"/help/case/{other}/", {"action": "withdraw", "key": "withdraw/1"})
    assert it.state(other) == "withdrawn"


def test_a_stranger_reads_nothing_of_a_request(it: Neighbours) -> None:
    request = it.asked(words="夜里怕黑", door="2-301")
    service = it.matched(request)
    assert it.client(STRANGER).get(f"/help/case/{request}/").status_code == 404
    assert it.client(STRANGER).get(f"/mine/{service}/").status_code == 404
    assert str(service) not in text(it.client(STRANGER).get("/volunteer/"))
    assert str(service) in text(it.client(VOLUNTEER).get("/volunteer/"))
    captain = text(it.client(CAPTAIN).get(f"/help/case/{request}/"))
    assert "夜里怕黑" in captain and "2-301" in captain


def test_public_pages_name_nobody(it: Neighbours) -> None:
    it.planned(open_to_all=True)
    request = it.asked(words="夜里怕黑", door="2-301")
    it.served(it.matched(request))
    for address in ("/volunteer/", "/help/", "/volunteer/check/", "/around/", "/open/", f"/mine/{it.team}/"):
        for who in ("", STRANGER):
            page = text(it.client(who).get(address))
            unnamed(it, page)
            assert "夜里怕黑" not in page and "2-301" not in page


def test_signing_up_waiting_and_cancelling(it: Neighbours) -> None:
    service = it.planned(open_to_all=True)
    it.client(VOLUNTEER).post("/volunteer/", {"action": "sign_up", "case": str(service)})
    client = it.client(STRANGER)
    assert "报名候补" in text(client.get("/volunteer/"))
    client.post("/volunteer/", {"action": "sign_up", "case": str(service)})
    assert "候补第 1 位" in text(client.get("/volunteer/"))
    assert "已经报过名" in text(
        client.post("/volunteer/", {"action": "sign_up", "case": str(service)}, follow=True)
    )
    it.client(VOLUNTEER).post("/volunteer/", {"action": "cancel", "case": str(service)})
    assert Seat.objects.get(case=service, kind="place_taken").head == it.id(STRANGER)


def test_checking_in_is_offered_at_its_time(it: Neighbours) -> None:
    service = it.planned()
    it.act(service, VOLUNTEER, "sign_up")
    client = it.client(VOLUNTEER)
    assert "我到了" not in text(client.get("/volunteer/"))
    it.at += 24 * HOUR
    assert "我到了" in text(client.get("/volunteer/"))
    client.post("/volunteer/", {"action": "check_in", "case": str(service)})
    assert "已签到" in text(client.get("/volunteer/"))


def test_the_captain_takes_records_admits_and_certifies(it: Neighbours) -> None:
    client, address, request = it.client(CAPTAIN), f"/volunteer/team/{it.team}/", it.asked()
    sent = {
        "action": "take",
        "case": str(request),
        "starts": "2026-03-03T15:00",
        "minutes": "60",
        "capacity": "1",
    }
    client.post(address, {**sent, "key": "take/1"})
    assert it.state(request) == "matched"
    it.act(it.team, STRANGER, "join", {"offers": ["company"], "free": ["weekend"], "age": "adult"})
    client.post(address, {"action": "admit", "who": it.id(STRANGER), "key": "admit/1"})
    assert Seat.objects.filter(case=it.team, kind="member").count() == 2
    service = it.planned()
    client.post(
        address, {"action": "put_down", "case": str(service), "who": it.id(VOLUNTEER), "key": "put_down/1"}
    )
    it.at += 26 * HOUR
    page = text(client.get(address))
    assert f'name="minutes-{it.id(VOLUNTEER)}"' in page
    came = {"came": it.id(VOLUNTEER), f"minutes-{it.id(VOLUNTEER)}": "55", "did": "扫了三层"}
    client.post(address, {"action": "record", "case": str(service), "key": "record/1", **came})
    assert it.state(service) == "recorded"
    client.post(address, {"action": "certify", "case": str(service), "key": "certify/1"})
    assert it.state(service) == "confirmed"
    plan = {
        "title": "读报",
        "skill": "company",
        "starts": "2026-03-09T09:00",
        "minutes": "60",
        "capacity": "3",
    }
    client.post(address, {"action": "plan", "key": "plan/1", **plan})
    assert "读报" in text(client.get(address))


def test_a_team_is_its_captains(it: Neighbours) -> None:
    for who in (VOLUNTEER, STRANGER):
        assert it.client(who).get(f"/volunteer/team/{it.team}/").status_code == 404


def test_only_confirmed_hours_stand_on_a_certificate_that_anybody_can_check(it: Neighbours) -> None:
    service = it.planned()
    it.served(service)
    client = it.client(VOLUNTEER)
    period = {"first": "2026-01-01", "last": "2026-12-31"}
    assert "开不了证明" in text(client.post("/volunteer/hours/", {"key": "issue/1", **period}, follow=True))
    it.act(service, CAPTAIN, "certify")
    made = client.post("/volunteer/hours/", {"key": "issue/2", **period})
    sheet = text(client.get(made["Location"]))
    certificate = Case.objects.get(type="certificate")
    code = hours.code_of(certificate.id)
    assert "50 分" in sheet and code in sheet and f"测试{VOLUNTEER}" in sheet
    assert it.client(STRANGER).get(made["Location"]).status_code == 404
    anybody = it.client()
    shown = text(anybody.get(f"/volunteer/check/?n={certificate.number}&c={code}"))
    assert "是真的，现在有效" in shown and "50 分" in shown and "测**" in shown
    unnamed(it, shown)
    wrong = anybody.post("/volunteer/check/", {"n": certificate.number, "c": "0000000000"})
    assert wrong.status_code == 422 and "测**" not in text(wrong)
    it.act(certificate.id, "community", "revoke", {"reason": "时长更正"})
    assert "已作废" in text(anybody.get(f"/volunteer/check/?n={certificate.number}&c={code}"))


def test_codes_cannot_be_guessed_for_long(it: Neighbours) -> None:
    anybody = it.client()
    said = [
        text(anybody.post("/volunteer/check/", {"n": "ZM-2026-0001", "c": f"{n:010d}"})) for n in range(42)
    ]
    assert "试的次数太多了" in said[-1] and "试的次数太多了" not in said[0]


def test_the_desk_suggests_teams_with_reasons_and_gives_in_one_press(it: Neighbours) -> None:
    request = it.asked()
    actor = it.town.cast["community"]
    page = text(seen(actor, desk.page))
    assert "银龄队" in page and "1 名队员会做且有空" in page and "派给" in page
    sent = {
        "team": str(it.team),
        "starts": "2026-03-03T10:00",
        "minutes": "60",
        "capacity": "1",
        "case": str(request),
    }
    assert seen(actor, desk.page, {**sent, "key": "match/1"}).status_code == 302
    assert it.state(request) == "matched"
    assert "没有等人接的求助" in text(seen(actor, desk.page))


def test_the_desk_is_not_for_residents(it: Neighbours) -> None:
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        seen(it.town.cast[STRANGER], desk.page)


def test_a_time_is_proposed_in_working_hours_and_never_in_the_past(it: Neighbours) -> None:
    today = civil_day(it.at)
    for day in (None, today):
        for part in ("", "am", "pm", "evening"):
            assert door.proposed(day, part, it.at) > it.at


def test_hours_are_said_in_hours_and_minutes() -> None:
    said = {0: "0 小时", 45: "45 分", 60: "1 小时", 150: "2 小时 30 分"}
    assert {n: hours.span(n).zh for n in said} == said
    assert hours.span(150).en == "2 h 30 min"
