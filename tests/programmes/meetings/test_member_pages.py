"""What a member reads and does: he answers, signs in, votes, sees his own vote and the result; nobody else's vote, and no stranger."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from linli.cases.models import Case, Seat
from linli.rules.ids import new_id
from tests.faces.browser.reading import CHINESE, OWN, read
from tests.programmes.meetings.room import LANGUAGES, LINK, Room, it, text

pytestmark = pytest.mark.django_db
__all__ = ["it"]
STAGES: dict[str, Callable[[Room], None]] = {
    "convened": lambda _: None,
    "hour": Room.hour,
    "opened": Room.opened,
    "voting": Room.voting,
    "published": Room.published,
}
WRITTEN = ("社区治理委员会", "第一次全体会议", "康宁街社区", "中文", "小组", "测试", "测**", "邻里")


def own(page: str) -> list[str]:
    """Chinese of the house's own on an English page."""
    found = read(page)
    headed = [said for inside, said in found.said if inside & OWN] + found.attributes
    return [s for s in headed if CHINESE.search(s) and not any(word in s for word in WRITTEN)]


def sends(client: Client, it: Room, action: str, **answers: str) -> int:
    sent = {"action": action, "key": f"act/{new_id()}", **answers}
    return client.post(f"/mine/meetings/{it.meeting}/", sent).status_code


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stage", STAGES)
def test_a_meeting_is_read_in_each_stage_and_language(it: Room, stage: str, language: str) -> None:
    STAGES[stage](it)
    client = it.member("resident3", language)
    for address in (f"/mine/meetings/{it.meeting}/", "/mine/meetings/", "/"):
        answer = client.get(address)
        page = text(answer)
        assert answer.status_code == 200 and len(answer.content) < 150_000
        assert read(page).headings == 1 or address == "/"
        assert language == "zh" or own(page) == []
        assert not any(it.id(name) in page for name in ("resident", "resident2", "resident4"))


def test_he_answers_signs_in_and_votes_and_may_change_his_mind(it: Room) -> None:
    client = it.member("resident4")
    assert sends(client, it, "answer", coming="excused") == 422
    assert sends(client, it, "answer", coming="excused", excuse="出差") == 302
    assert "您请了假" in text(client.get(f"/mine/meetings/{it.meeting}/"))
    assert sends(client, it, "answer", coming="comes") == 302
    it.voting()
    assert sends(client, it, "vote", choice="agree") == 422
    assert sends(client, it, "sign_in", how="video") == 302
    assert sends(client, it, "vote", choice="against") == 302
    page = text(client.get(f"/mine/meetings/{it.meeting}/"))
    assert re.search("您已表决：<strong>反对", page)
    assert sends(client, it, "vote", choice="agree") == 302
    assert Seat.objects.filter(case=it.meeting, kind="ballot").count() == 1


def test_nobody_reads_how_another_voted_before_the_result(it: Room) -> None:
    it.voting()
    it.do("resident2", "vote", choice="against")
    neighbour = text(it.member("resident3").get(f"/mine/meetings/{it.meeting}/"))
    assert "您已表决" not in neighbour and neighbour.count("反对") == 1
    story = text(it.staff("community").get(f"/staff/case/{it.meeting}/"))
    assert "反对" not in story
    own_page = text(it.member("resident2").get(f"/mine/meetings/{it.meeting}/"))
    assert own_page.count("反对") == 2


def test_the_link_is_read_by_those_invited_alone(it: Room) -> None:
    assert LINK in text(it.member("resident2").get(f"/mine/meetings/{it.meeting}/"))
    listener = it.member("owner_a").get(f"/mine/meetings/{it.meeting}/")
    assert listener.status_code == 200 and LINK not in text(listener)
    assert LINK not in text(Client().get(f"/meetings/{it.meeting}/"))


def test_who_is_not_invited_finds_no_closed_meeting(it: Room) -> None:
    agenda = [{"title": "通报", "kind": "hear"}]
    closed = {
        "body": str(it.body),
        "title": "闭门会",
        "starts": "2026-03-10T10:00",
        "minutes": 60,
        "format": "room",
    }
    case = it.act(("assembly", it.town.cast["secretary"].grants[0].region), "secretary", "convene",
                  {**closed, "venue": "会议室", "agenda": agenda}).case  # fmt: skip
    assert it.member("owner_a").get(f"/mine/meetings/{case}/").status_code == 404
    assert Client().get(f"/meetings/{case}/").status_code == 404
    assert Client().get(f"/mine/meetings/{case}/").status_code == 302


def test_the_chair_agrees_on_his_phone(it: Room) -> None:
    it.opened()
    agenda = [
        {"title": "工作报告", "kind": "hear", "presenter": "主任"},
        {"title": "临时议题", "kind": "hear"},
    ]
    it.do("secretary", "amend_agenda", agenda=agenda, reason="成员提议")
    chair = it.member("resident")
    assert "amend_agenda.approve" in text(chair.get(f"/mine/meetings/{it.meeting}/"))
    assert sends(chair, it, "amend_agenda.approve") == 302
    assert "临时议题" in text(chair.get(f"/mine/meetings/{it.meeting}/"))


def test_teller_and_scrutineer_count_on_their_phones(it: Room) -> None:
    it.voting()
    it.do("resident", "vote", choice="agree")
    it.do("secretary", "end_vote")
    it.do("secretary", "name_tellers", teller=it.id("resident2"), scrutineer=it.id("resident3"))
    it.do("secretary", "put_to_vote", item=3)
    slips = {"issued": "3", "returned": "3", "agree": "3", "against": "0", "abstain": "0", "invalid": "0"}
    teller, scrutineer = it.member("resident2"), it.member("resident3")
    assert sends(teller, it, "count_slips", **{f"told_{k}": v for k, v in slips.items()}) == 302
    assert 'value="3"' not in text(scrutineer.get(f"/mine/meetings/{it.meeting}/"))
    assert sends(scrutineer, it, "check_slips", **{**slips, "agree": "2", "against": "1"}) == 422
    assert sends(scrutineer, it, "check_slips", **slips) == 302
    assert Case.objects.get(id=it.meeting).state == "in_session"
