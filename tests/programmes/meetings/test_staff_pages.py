"""What the secretary reads, does and prints; and what everybody reads once it is published."""

from __future__ import annotations

import pytest
from django.test import Client

from linli.cases.models import Case
from linli.people.models import Opened
from linli.rules.ids import new_id
from tests.faces.browser.reading import read
from tests.programmes.meetings.room import LANGUAGES, Room, it, phone_of, text
from tests.programmes.meetings.test_member_pages import STAGES, own

pytestmark = pytest.mark.django_db
__all__ = ["it"]


def sends(client: Client, it: Room, action: str, **answers: object) -> int:
    sent = {"action": action, "key": f"act/{new_id()}", **answers}
    return client.post(f"/staff/meetings/{it.meeting}/", sent).status_code


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stage", STAGES)
def test_a_session_stands_on_one_screen(it: Room, stage: str, language: str) -> None:
    STAGES[stage](it)
    client = it.staff("secretary", language)
    body = f"/staff/meetings/body/{it.body}/"
    for address in ("/staff/meetings/", f"/staff/meetings/{it.meeting}/", body, f"{body}convene/"):
        answer = client.get(address)
        assert answer.status_code == 200 and len(answer.content) < 150_000
        assert read(text(answer)).headings == 1
        assert language == "zh" or own(text(answer)) == []


def test_the_whole_session_is_led_from_the_screen(it: Room) -> None:
    it.hour()
    client = it.staff("secretary")
    assert sends(client, it, "open") == 422
    assert (
        sends(
            client,
            it,
            "mark_present",
            persons=[it.id(n) for n in ("resident", "resident2", "resident3")],
            others="4",
        )
        == 302
    )
    assert sends(client, it, "open") == 302
    assert sends(client, it, "hear", item="1", presenter="主任") == 302
    assert sends(client, it, "put_to_vote", item="2") == 302
    assert sends(client, it, "read_out", voter=it.id("resident"), choice="agree") == 302
    assert sends(client, it, "read_out", voter=it.id("resident2"), choice="agree") == 302
    assert sends(client, it, "end_vote") == 302
    page = text(client.get(f"/staff/meetings/{it.meeting}/"))
    assert "2 × 2 = 4 ≤ 4" in page and "未通过" in page
    assert sends(client, it, "put_to_vote", item="4") == 302
    assert sends(client, it, "count_hands", agree="3", against="1", abstain="0") == 422
    assert sends(client, it, "count_hands", agree="3", against="0", abstain="0") == 302
    assert sends(client, it, "close") == 422
    assert sends(client, it, "defer", item="3", reason="候选人未定") == 302
    assert sends(client, it, "close") == 302
    draft = text(client.get(f"/staff/meetings/{it.meeting}/"))
    assert "会议听取了“工作报告”（主任）" in draft and "举手表决：同意3票" in draft
    given = {"matter": "公布值班表", "due_day": "2026-03-20", "charge": "person"}
    person = {"person-name": "测试resident4", "person-phone": phone_of("resident4")}
    assert sends(client, it, "assign", item="4", **given, **person) == 302
    assert Case.objects.get(type="resolution_task").state == "assigned"
    assert Case.objects.get(id=it.meeting).state == "closed"


def test_a_meeting_is_convened_from_its_body(it: Room) -> None:
    client = it.staff("secretary")
    address = f"/staff/meetings/body/{it.body}/convene/"
    assert 'value="2"' in text(client.get(address))
    given = {
        "title": "第二次会议",
        "session_no": "2",
        "starts": "2026-03-16T10:00",
        "minutes": "60",
        "format": "room",
        "venue": "议事厅",
    }
    rows = {"agenda.0.title": "通报", "agenda.0.kind": "hear"}
    short = client.post(address, {**given, **rows, "starts": "2026-03-04T10:00", "key": "new/1"})
    assert short.status_code == 422
    assert it.member("resident2").get(address).status_code in (302, 403)


def test_names_are_printed_for_a_reason_alone(it: Room) -> None:
    it.opened()
    client = it.staff("secretary")
    address = f"/staff/meetings/{it.meeting}/paper/attendance/"
    assert "测试resident2" not in text(client.get(address))
    assert client.post(address, {"reason": ""}).status_code == 422
    opened = client.post(address, {"reason": "会议签到表存档"})
    assert "测试resident2" in text(opened) and "no-store" in opened["Cache-Control"]
    assert Opened.objects.filter(case=it.meeting).count() == 4


def test_everything_is_printed(it: Room) -> None:
    it.published()
    client = it.staff("secretary")
    for kind, said in {
        "notice/": '关于召开<span lang="zh-Hans">第一次全体会议</span>的通知',
        "attendance/": "签到表",
        "result/?item=2": "2 × 3 = 6 &gt; 4",
        "resolution/?item=2": "治委〔2026〕1号",
        "minutes/": "内部纪要全文。",
    }.items():
        answer = client.get(f"/staff/meetings/{it.meeting}/paper/{kind}")
        assert answer.status_code == 200 and said in text(answer), kind
    for kind in ("result/?item=1", "resolution/?item=4", "resolution/?item=x", "letter/"):
        assert client.get(f"/staff/meetings/{it.meeting}/paper/{kind}").status_code == 404


def test_how_each_voted_is_read_by_who_keeps_the_record(it: Room) -> None:
    it.published()
    address = f"/staff/meetings/{it.meeting}/paper/result/?item=2"
    kept = text(it.staff("secretary").get(address))
    assert "记名表决记录" in kept and "resident3小组" in kept
    others = text(it.staff("community").get(address))
    assert "表决结果" in others and "记名表决记录" not in others and "resident3小组" not in others


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_reads_what_was_published_and_no_name(it: Room, language: str) -> None:
    client = Client()
    client.cookies["django_language"] = LANGUAGES[language]
    assert "第一次全体会议" in text(client.get("/meetings/"))
    it.published()
    page = text(client.get(f"/meetings/{it.meeting}/"))
    assert "予以通过。" in page and "公开的纪要。" in page and "内部纪要全文。" not in page
    assert "2 × 3 = 6 &gt; 4" in page
    assert "测试" not in page and not any(it.id(n) in page for n in ("resident", "resident2"))
    assert language == "zh" or own(page) == []
    it.do("secretary", "unpublish", reason="有错字")
    assert client.get(f"/meetings/{it.meeting}/").status_code == 404


def test_a_stranger_has_no_screen(it: Room) -> None:
    assert Client().get(f"/staff/meetings/{it.meeting}/").status_code == 302
    assert it.member("resident2").get(f"/staff/meetings/{it.meeting}/").status_code == 403
