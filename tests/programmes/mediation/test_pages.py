"""The pages of mediation: what stands first, what a party reads before he signs, what is printed and for whom."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from linli.cases.models import Case, Seat
from linli.people.persons import opened_log
from linli.rules.worktime import DAY, HOUR
from tests.cases.community import COMMUNITY, HOME
from tests.programmes.mediation.room import AGREED, FACTS, NOW, RECORD, TERM, Room, browser, contact, whole

pytestmark = pytest.mark.django_db
GRID = COMMUNITY + "001"


@pytest.fixture
def room() -> Room:
    return whole()


def get(room: Room, who: str, route: str, *names: Any) -> Any:
    with browser(room.somebody(who)) as client:
        return client.get(reverse(route, args=names))


def post(room: Room, who: str, route: str, names: tuple[Any, ...], data: dict[str, Any]) -> Any:
    with browser(room.somebody(who)) as client:
        return client.post(reverse(route, args=names), data)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def state(room: Room) -> str:
    return Case.objects.get(id=room.case).state


def test_a_party_reads_the_whole_agreement_above_the_place_to_sign(room: Room) -> None:
    page = text(get(room, "resident2", "mediation-mine", room.case))
    places = [page.index(words) for words in (FACTS, AGREED, TERM, "1,200.00", 'id="step-sign"')]
    assert places == sorted(places)
    general = get(room, "resident2", "mine-case", room.case)
    assert general["Location"] == reverse("mediation-mine", args=[room.case])


def test_nobody_signs_unread_and_nobody_signs_twice(room: Room) -> None:
    names = (room.case,)
    unread = post(
        room, "resident2", "mediation-mine", names, {"action": "sign", "key": "act/1", "read": "false"}
    )
    assert unread.status_code == 422 and "read-first" in text(unread)
    assert (
        post(
            room, "resident2", "mediation-mine", names, {"action": "sign", "key": "act/2", "read": "on"}
        ).status_code
        == 302
    )
    assert Seat.objects.filter(case=room.case, kind="signed").count() == 1
    assert 'id="step-sign"' not in text(get(room, "resident2", "mediation-mine", room.case))


def test_what_was_changed_meanwhile_is_not_signed(room: Room) -> None:
    """Who looked at an older agreement is told that it has moved on."""
    seen = Case.objects.get(id=room.case).seq
    room.do("mediator", "back_to_talks", why_back="金额要改")
    room.agree()
    sent = {"action": "sign", "key": "act/3", "read": "on", "seen": str(seen)}
    assert post(room, "resident", "mediation-mine", (room.case,), sent).status_code == 422
    assert not Seat.objects.filter(case=room.case, kind="signed").exists()


def test_while_it_is_talked_over_again_no_agreement_is_shown_or_printed(room: Room) -> None:
    room.do("resident", "back_to_talks", why_back="太快了")
    assert TERM not in text(get(room, "resident", "mediation-mine", room.case)).split('class="timeline"')[0]
    assert get(room, "mediator", "mediation-agreement", room.case).status_code == 404


def test_the_agreement_is_printed_with_masked_names_and_with_names_for_a_reason(room: Room) -> None:
    masked = text(get(room, "mediator", "mediation-agreement", room.case))
    assert all(w in masked for w in (room.number, FACTS, AGREED, TERM, "人民调解员", "印章", "测**"))
    assert "测试resident" not in masked
    named = text(post(room, "mediator", "mediation-agreement", (room.case,), {}))
    assert "测试resident2" in named and "测试resident<" in named
    looks = opened_log(by=room.somebody("mediator").person)
    assert {(x.field, x.reason, x.case) for x in looks} == {("name", "打印人民调解协议书", room.case)}


def test_a_party_prints_it_with_masked_names(room: Room) -> None:
    """A party opens nobody’s name by printing."""
    sheet = text(post(room, "resident", "mediation-agreement", (room.case,), {}))
    assert TERM in sheet and "测试resident2" not in sheet
    assert not opened_log()


def test_the_record_of_a_sitting_is_printed_for_those_inside(room: Room) -> None:
    file = text(get(room, "mediator", "mediation-file", room.case))
    found = re.search(rf"/mediation/{room.case}/sitting/(\d+)/", file)
    assert found
    for who, status in (("mediator", 200), ("resident2", 200), ("community", 404), ("street", 404)):
        answer = get(room, who, "mediation-sitting", room.case, int(found[1]))
        assert answer.status_code == status, who
        assert (RECORD in text(answer)) is (status == 200)
    assert get(room, "mediator", "mediation-sitting", room.case, 2).status_code == 404


def test_the_file_says_who_has_signed_and_what_comes_next(room: Room) -> None:
    room.do("resident", "sign", read=True)
    page = text(get(room, "mediation_lead", "mediation-file", room.case))
    assert "已签字" in page and "未签字" in page and "登记纸面签字" in page
    room.do("resident2", "sign", read=True)
    page = text(get(room, "mediation_lead", "mediation-file", room.case))
    assert page.index("盖章生效") < page.index("登记纸面签字")


def test_the_desk_puts_danger_first_and_lists_what_is_to_be_signed(room: Room) -> None:
    said = {"where": HOME, "kind": "family", "about": "要动手", "wanted": "安全", "danger": True}
    room.cast.act(
        ("dispute", COMMUNITY), "resident3", "apply", NOW - HOUR, {**said, "respondent": contact("resident2")}
    )
    page = text(get(room, "mediation_lead", "mediation"))
    assert "报告重大风险" in page and "已签 0 / 2 人" in page
    assert page.index("婚姻家庭纠纷") < page.index("漏水损失纠纷")


def test_the_desk_of_who_has_no_part_shows_checks_alone(room: Room) -> None:
    page = text(get(room, "street", "mediation"))
    assert "本周各网格的排查" in page and "件数请看简报" in page and room.number not in page
    assert get(room, "resident", "mediation").status_code == 403


def test_the_head_sees_beforehand_whom_he_cannot_assign() -> None:
    room = Room()
    room.register()
    room.do("mediation_lead", "accept", risk="low")
    roster = {
        "where": COMMUNITY,
        "name": "邻居调解员",
        "organisation": "neighbours",
        "competences": ["water"],
    }
    near = {**roster, "person": str(room.cast.cast["mediator2"].person), "lives": HOME}
    room.cast.act(("mediator_file", COMMUNITY), "mediation_lead", "enrol", room.at, near)
    other = {**roster, "name": "另一位", "competences": ["debt"], "person": str(room.cast.cast["law"].person)}
    file = room.cast.act(("mediator_file", COMMUNITY), "mediation_lead", "enrol", room.at, other).case
    page = text(get(room, "mediation_lead", "mediation-assign", room.case))
    assert page.index("王调解") < page.index("另一位") < page.index("邻居调解员")
    assert "同一栋楼" in page
    names = (room.case,)
    bare = {"mediator": str(file), "key": "act/a"}
    assert "not-competent" in text(post(room, "mediation_lead", "mediation-assign", names, bare))
    why = {**bare, "key": "act/b", "although": "他熟悉这栋楼"}
    assert post(room, "mediation_lead", "mediation-assign", names, why).status_code == 302
    assert state(room) == "assigned"
    assert get(room, "mediator", "mediation-assign", room.case).status_code == 404


def test_a_resident_asks_for_mediation_on_one_page() -> None:
    room = Room()
    assert "/accounts/" in get(room, "nobody", "mediation-apply")["Location"]
    assert get(room, "resident", "report-kind", "dispute")["Location"] == reverse("mediation-apply")
    form = {"key": "report/x", "kind": "noise", "about": "半夜拖椅子", "wanted": "安静", "where": HOME}
    missing = post(room, "resident", "mediation-apply", (), form)
    assert missing.status_code == 422 and "半夜拖椅子" in text(missing)
    other = {"respondent-name": "测试resident2", "respondent-phone": "19907652002"}
    sent = post(room, "resident", "mediation-apply", (), {**form, **other})
    case = Case.objects.get(type="dispute")
    assert sent["Location"] == reverse("mediation-mine", args=[case.id])
    assert (case.state, case.title) == ("applied", "噪声扰民纠纷")


def test_plans_are_made_grid_by_grid() -> None:
    room = Room()
    form = {"grid": GRID, "key": "new/p", "weekday": "3", "hour": "9", "focus": "漏水、噪声"}
    form["checker"] = str(room.cast.cast["grid"].person)
    assert post(room, "grid", "mediation-plans", (), form).status_code == 404
    assert post(room, "community", "mediation-plans", (), {**form, "weekday": ""}).status_code == 422
    assert post(room, "community", "mediation-plans", (), form).status_code == 302
    plan = Case.objects.get(type="check_plan")
    assert (plan.place, plan.state) == (GRID, "running")
    assert "漏水、噪声" in text(get(room, "grid", "mediation-plans"))


def test_the_week_is_done_open_or_not_planned() -> None:
    room = Room()
    checker = str(room.cast.cast["grid"].person)
    said = {"where": GRID, "weekday": "2", "hour": 9, "checker": checker, "focus": "漏水"}
    room.cast.act(("check_plan", GRID), "community", "plan", NOW - 9 * DAY, said)
    from linli.cases.clock import tick

    assert "本周还没到" in text(get(room, "grid", "mediation"))
    tick(NOW)
    assert "待排查" in text(get(room, "grid", "mediation"))
    check = Case.objects.filter(type="dispute_check").order_by("-opened").first()
    assert check is not None
    room.cast.act(check.id, "grid", "report", NOW, {"doors": 12})
    assert "已排查" in text(get(room, "grid", "mediation"))
