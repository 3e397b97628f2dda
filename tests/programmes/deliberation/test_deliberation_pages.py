"""What residents and everybody read and do on the pages of deliberation. No name, no phone, no choice is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from linli.cases.models import Count, Seat
from linli.cases.rebuild import check
from linli.faces.web.paper.ink import Leaf, Words
from linli.journal.append import contents, entries
from linli.programmes.deliberation.pages import blanks, sheets, staff
from linli.programmes.deliberation.pages.reading import case_of
from tests.faces.browser.reading import CHINESE, OWN, read
from tests.faces.staff.desk import seen, text
from tests.programmes.deliberation import chamber as made
from tests.programmes.deliberation.chamber import PEOPLE, Chamber, phone_of

pytestmark = pytest.mark.django_db
Build = Callable[[Chamber], Chamber]
STAGES: list[Build] = [made.offered, made.called, made.voting, made.decided, made.published, made.done]


@pytest.fixture
def it(monkeypatch: pytest.MonkeyPatch) -> Chamber:
    return made.chamber(monkeypatch)


def url(name: str, it: Chamber, case: str = "") -> str:
    return reverse(name, args=[it.cases[case]] if case else [])


def body(answer: Any) -> str:
    assert answer.status_code in (200, 422), answer.status_code
    said: str = answer.content.decode()
    return said


def pages(it: Chamber) -> list[str]:
    """Every page that everybody can open, as far as its case is there."""
    own = [("idea", "point"), ("idea", "twin"), ("topic", "topic"), ("council", "meeting")]
    there = [url(name, it, case) for name, case in own if case in it.cases]
    return [url("deliberation", it), url("ideas", it), *there]


def leaves_text(leaves: list[Leaf]) -> str:
    return "\n".join(i.text for leaf in leaves for i in leaf.items if isinstance(i, Words))


@pytest.mark.parametrize("stage", STAGES, ids=lambda s: s.__name__)
def test_nobody_is_named_to_everybody(it: Chamber, stage: Build) -> None:
    """Neither to who is not signed in nor to a neighbour."""
    stage(it)
    for client in (it.client(), it.client("resident4")):
        for address in pages(it):
            said = body(client.get(address))
            for who in PEOPLE:
                assert str(it.cast.cast[who].person) not in said, address
                assert f"测试{who}" not in said and phone_of(who) not in said, address


@pytest.mark.parametrize("stage", STAGES, ids=lambda s: s.__name__)
def test_english_pages_are_english(it: Chamber, stage: Build) -> None:
    stage(it)
    client = it.client("resident", "en")
    for address in pages(it):
        page = read(body(client.get(address)))
        headed = [said for inside, said in page.said if inside & OWN] + page.attributes
        written = ("电梯", "长椅", "议事会", "中文", "装在", "先不装", "康宁街")
        strange = [s for s in headed if CHINESE.search(s) and not any(w in s for w in written)]
        assert strange == [], address


def test_the_board_is_empty_at_first_and_says_so(it: Chamber) -> None:
    said = body(it.client().get(url("ideas", it)))
    assert "还没有金点子" in said
    assert "近来没有要开的会" in body(it.client().get(url("deliberation", it)))


def test_most_supported_first_and_merged_ones_under_their_main_idea(it: Chamber) -> None:
    made.offered(it)
    said = body(it.client().get(url("ideas", it)))
    assert said.index("三单元装部电梯") < said.index("花园装长椅")
    assert "并入了 1 条同样的" in said and "外挂一部电梯" in said
    # Who supported or offered either counts once: resident3 (supports one, offered the other) and resident.
    assert '<b class="number">2</b>' in said


def test_one_tap_supports_and_takes_back(it: Chamber) -> None:
    made.offered(it)
    client, point = it.client("resident4"), str(it.cases["point"])
    answer = client.post(url("ideas", it), {"case": point, "action": "support", "key": "talk/1"})
    assert answer.status_code == 302 and "#i-JD-" in answer["Location"]
    client.post(url("ideas", it), {"case": point, "action": "support", "key": "talk/1"})
    assert "已附议" in body(client.get(url("ideas", it)))
    assert Count.objects.filter(counter="supports", case=point).count() == 2
    client.post(url("ideas", it), {"case": point, "action": "unsupport", "key": "talk/2"})
    assert not Seat.objects.filter(
        case=point, kind="supporter", head=str(it.cast.cast["resident4"].person)
    ).exists()
    assert not list(check())


def test_who_is_not_signed_in_signs_in_first_and_comes_back(it: Chamber) -> None:
    made.offered(it)
    answer = it.client().post(url("ideas", it), {"case": str(it.cases["point"]), "action": "support"})
    assert answer.status_code == 302 and "next=%2Fdeliberation%2Fideas%2F" in answer["Location"]


def test_nobody_supports_his_own_and_is_told_so(it: Chamber) -> None:
    made.offered(it)
    client = it.client("resident2")
    said = body(client.post(url("idea", it, "point"), {"action": "support"}))
    assert "须由另一人办理" in said
    assert "撤回这条金点子" in said
    assert "不再由一个人撤回" in body(client.post(url("idea", it, "point"), {"action": "withdraw"}))


def test_a_form_for_something_else_does_nothing(it: Chamber) -> None:
    """What a page does not offer is not done by it, whatever was sent."""
    made.called(it)
    client = it.client("resident")
    assert "这一步现在不能办" in body(
        client.post(url("topic", it, "topic"), {"action": "choose_rule", "rule": "consensus"})
    )
    assert "这一步现在不能办" in body(
        client.post(url("council", it, "meeting"), {"action": "cancel", "reason": "x"})
    )
    assert client.post(url("ideas", it), {"case": "nonsense", "action": "support"}).status_code == 404
    assert client.get(reverse("topic", args=[it.cases["point"]])).status_code == 404


def test_signing_up_waiting_and_answering(it: Chamber) -> None:
    made.called(it)
    address = url("council", it, "meeting")
    guest = it.client("resident3")
    assert "排候补" in body(guest.get(address))
    guest.post(address, {"action": "sign_up"})
    assert "您在候补里" in body(guest.get(address))
    it.client("resident2").post(address, {"action": "give_up"})
    assert "您报上名了" in body(guest.get(address))
    asked = it.client("resident")
    assert "邀请您来，您来吗？" in body(asked.get(address))
    asked.post(address, {"action": "answer_invitation", "comes": "yes"})
    assert "您答复过了" in body(asked.get(address))


def test_the_number_of_the_video_meeting_is_for_those_who_come(it: Chamber) -> None:
    made.called(it)
    address = url("council", it, "meeting")
    assert "123-456" in body(it.client("resident").get(address))
    assert "123-456" in body(it.client("resident2").get(address))
    for client in (it.client(), it.client("resident4")):
        assert "123-456" not in body(client.get(address))


def test_who_came_votes_by_phone_and_nobody_reads_it(it: Chamber) -> None:
    made.voting(it)
    address = url("topic", it, "topic")
    assert "只有到会签到的人可以投" in body(it.client("resident4").get(address))
    assert "只有到会签到的人可以表决" in body(
        it.client("resident4").post(address, {"action": "vote", "choice": "o1"})
    )
    client = it.client("resident")
    assert "方案一：装在北侧" in body(client.get(address))
    assert client.post(address, {"action": "vote", "choice": "o2"}).status_code == 302
    client.post(address, {"action": "vote", "choice": "o1"})
    assert "改主意还来得及" in body(client.get(address))
    told = [e for e in entries(it.cases["topic"]) if e.action == "vote"]
    said = contents([e.id for e in told])
    assert all(part.person is not None for e in told for part in said[e.id] if "choice" in part.content)
    assert it.state("topic") == "voting"
    it.act("topic", "resident2", "vote", choice="o1")
    it.act("topic", "facilitator", "decide", decision="装在北侧")
    shown = body(it.client().get(address))
    assert "会上定了" in shown and "4 &gt; 2" in shown and "2 人" in shown


def test_the_first_page_leads_to_the_vote_of_ones_meeting(it: Chamber) -> None:
    made.voting(it)
    assert "会上正在表决" in body(it.client("resident").get("/"))
    assert "会上正在表决" not in body(it.client("resident4").get("/"))
    assert "会上正在表决" not in body(it.client().get("/"))


def test_objecting_while_it_is_posted(it: Chamber) -> None:
    made.published(it)
    address = url("topic", it, "topic")
    client = it.client("resident3")
    assert "有不同意见？" in body(client.get(address))
    assert "这一项要填写" in body(client.post(address, {"action": "object"}))
    client.post(address, {"action": "object", "objection": "挡了我家采光"})
    assert "您的异议收到了" in body(client.get(address))
    assert "挡了我家采光" not in body(it.client("resident").get(address))
    it.act("topic", "facilitator", "answer_objections", objections_answer="日照分析满足标准")
    assert "日照分析满足标准" in body(it.client().get(address))
    it.wait(10)
    assert "公示期已满" in body(client.get(address))


def test_a_topic_tells_its_whole_story(it: Chamber) -> None:
    made.done(it)
    said = body(it.client().get(url("topic", it, "topic")))
    for words in (
        "三单元装部电梯",
        "外挂一部电梯",
        "装在北侧",
        "过半数",
        "4 &gt; 2",
        "请设计院出图纸",
        "property单位",
        "图纸出来了",
    ):
        assert words in said, words
    assert "图纸出来了" in body(it.client().get(url("idea", it, "twin")))


def test_the_sheets(it: Chamber) -> None:
    made.decided(it)
    client = it.client()
    assert client.get(url("council-minutes", it, "meeting")).status_code == 404
    answer = client.get(url("council-notice", it, "meeting"))
    assert answer["Content-Type"] == "application/pdf" and answer.content[:5] == b"%PDF-"
    it.act("meeting", "facilitator", "write_minutes", minutes=made.MINUTES * 60)
    it.act("meeting", "community", "confirm_minutes")
    assert client.get(url("council-minutes", it, "meeting")).content[:5] == b"%PDF-"
    found = case_of(it.cases["meeting"], "council")
    notice = leaves_text(sheets.noticed(found, "http://example.org/", it.at).leaves)
    assert (
        "2026年3月9日 星期一 19:00" in notice
        and "议题一：3号楼加装电梯" in notice
        and "方案二：先不装" in notice
    )
    leaves = sheets.minuted(found, "http://example.org/", it.at).leaves
    minutes = leaves_text(leaves)
    assert len(leaves) > 1 and "第 2 页" in minutes
    assert "居民 2 人" in minutes and "4 > 2" in minutes and "议定：装在北侧，先出图纸" in minutes
    for who in PEOPLE:
        assert f"测试{who}" not in notice + minutes


def test_what_a_meeting_needs_on_paper(it: Chamber) -> None:
    made.called(it)
    client = it.client()
    for name, case in (("council-sign-in", "meeting"), ("topic-slips", "topic")):
        assert client.get(url(name, it, case)).content[:5] == b"%PDF-"
    slip = leaves_text([blanks.slip_sheet(case_of(it.cases["topic"], "topic"))])
    assert slip.count("表决票") == blanks.SLIPS and "方案一：装在北侧" in slip and "都不同意" in slip
    assert "二楼议事厅" in leaves_text([blanks.signing_sheet(case_of(it.cases["meeting"], "council"))])
    it.act("topic", "facilitator", "choose_rule", rule="ranking")
    assert "写名次" in leaves_text([blanks.slip_sheet(case_of(it.cases["topic"], "topic"))])
    facilitator = str(it.cast.cast["facilitator"].person)
    it.open(
        "bare",
        "topic",
        "facilitator",
        "open",
        topic="晾衣服的地方",
        background="没处晾",
        category="other",
        facilitator=facilitator,
    )
    assert client.get(url("topic-slips", it, "bare")).status_code == 404


def test_a_cancelled_meeting_has_no_notice_and_says_why(it: Chamber) -> None:
    made.called(it)
    it.act("meeting", "facilitator", "cancel", reason="议事厅停电")
    assert it.client().get(url("council-notice", it, "meeting")).status_code == 404
    assert "议事厅停电" in body(it.client().get(url("council", it, "meeting")))
    assert it.state("topic") == "raised"


def test_the_staff_see_what_a_topic_lacks(it: Chamber) -> None:
    made.offered(it)
    facilitator = str(it.cast.cast["facilitator"].person)
    it.open(
        "bare",
        "topic",
        "facilitator",
        "open",
        topic="晾衣服的地方",
        background="没处晾",
        category="other",
        facilitator=facilitator,
    )
    said = text(seen(it.cast.cast["facilitator"], staff.overview))
    assert "缺规则" in said and "缺方案" in said and "缺会议" in said
    assert "step=choose_rule#step-choose_rule" in said
    assert f"?from={it.cases['point']}" in said
    with pytest.raises(PermissionDenied):
        seen(it.cast.cast["resident"], staff.overview)
