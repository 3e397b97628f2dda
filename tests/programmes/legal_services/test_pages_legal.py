"""The pages of the legal services: booking with one press, one's turn, the waiting list, published answers; who reads what of whom."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from linli.cases.models import Case, Seat
from linli.journal.append import contents, entries
from linli.programmes.legal_services import words as w
from linli.programmes.legal_services.pages import booked, desk, giving
from tests.faces.browser.reading import read
from tests.faces.staff.desk import seen
from tests.faces.staff.desk import text as said
from tests.programmes.fund.hall import english
from tests.programmes.legal_services.office import Office, browser, opened, text

pytestmark = pytest.mark.django_db
SECRET, SUBJECT = "只有张三知道的秘密", "想问遗嘱的事"


@pytest.fixture
def it(monkeypatch: pytest.MonkeyPatch) -> Office:
    return opened(monkeypatch)


def seats(case: UUID, kind: str) -> int:
    return Seat.objects.filter(case=case, kind=kind).count()


def books(it: Office, who: str, session: UUID, **more: str) -> str:
    """One press; the page to which it leads."""
    client = browser(it, who)
    answer = client.post(f"/law/session/{session}/", {"action": "book", **more}, follow=True)
    assert answer.status_code == 200
    return text(answer)


def test_with_nothing_there_the_page_says_so(it: Office) -> None:
    page = text(browser().get("/law/"))
    assert "近几周没有安排" in page and "还没有公开的问答" in page and "机构law" in page
    assert "12348" in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_has_one_heading_and_speaks_the_language(it: Office, language: str) -> None:
    session, answer = it.session(), it.published()
    it.partner("notary")
    books(it, "resident", session)
    for who, address in (
        *(("", a) for a in ("/law/", f"/law/session/{session}/", "/law/answers/", f"/law/answers/{answer}/")),
        *(("resident", a) for a in ("/law/", f"/law/session/{session}/", "/law/ask/", "/law/visit/")),
    ):
        found = browser(it, who, language).get(address)
        page = read(text(found))
        assert found.status_code == 200 and page.headings == 1 and page.title.strip(" ·"), address
        assert len(found.content) < 150_000
        assert language == "zh" or english(page) == [], address


def test_a_place_is_booked_with_one_press_and_told_with_its_time(it: Office) -> None:
    session = it.session(capacity=2)
    page = text(browser(it, "resident").get("/law/"))
    assert f'action="/law/session/{session}/"' in page and "还有 2 个名额" in page
    assert "您是第 1 位，大约 09:00 轮到您" in books(it, "resident", session, subject=SUBJECT)
    assert "您是第 2 位，大约 10:00 轮到您" in books(it, "resident2", session)
    assert "已满" in text(browser().get("/law/"))
    assert "我约的" in text(browser(it, "resident").get("/law/"))


def test_who_waits_moves_up_when_somebody_cancels(it: Office) -> None:
    session = it.session(capacity=1)
    books(it, "resident", session)
    assert "前面还有 0 位" in books(it, "resident2", session)
    first = browser(it, "resident")
    first.post(f"/law/session/{session}/", {"action": "cancel_booking"})
    assert "您约好了" in text(browser(it, "resident2").get(f"/law/session/{session}/"))
    assert (seats(session, "place_taken"), seats(session, "queued")) == (1, 0)


def test_the_same_press_sent_twice_books_once(it: Office) -> None:
    session, client = it.session(), browser(it, "resident")
    for _ in range(2):
        assert client.post(f"/law/session/{session}/", {"action": "book", "key": "book/1"}).status_code == 302
    assert seats(session, "place_taken") == 1


def test_what_is_refused_is_said_on_the_page(it: Office) -> None:
    session, client = it.session(), browser(it, "resident")
    answer = client.post(f"/law/session/{session}/", {"action": "book", "party": "9"})
    assert (
        answer.status_code == 422 and "一次最多报 2 人" in text(answer) and "party-too-large" in text(answer)
    )


def test_who_is_not_signed_in_signs_in_first(it: Office) -> None:
    session = it.session()
    page = f"/law/session/{session}/"
    assert "登录并预约" in text(browser().get(page))
    answer = browser().post(page, {"action": "book"})
    assert answer.status_code == 302 and answer["Location"].startswith(
        "/accounts/login/code/?next=%2Flaw%2Fsession"
    )
    for address in ("/law/ask/", "/law/visit/"):
        assert browser().get(address)["Location"].startswith("/accounts/login/code/?next=%2Flaw%2F")
    assert seats(session, "place_taken") == 0


def test_who_came_rates_it_once(it: Office) -> None:
    session = it.session()
    books(it, "resident", session)
    it.wait(3)
    came = str(it.cast.cast["resident"].person)
    it.act(session, "law", "hold", {"came": [came], "heads": 3})
    client, page = browser(it, "resident"), f"/law/session/{session}/"
    assert "这一场怎么样" in text(client.get(page))
    assert "这一场怎么样" not in text(browser(it, "resident2").get(page))
    client.post(page, {"action": "feed_back", "score": "5"})
    assert "这一场怎么样" not in text(client.get(page)) and seats(session, "rated") == 1


def test_a_session_that_was_called_off_says_why(it: Office) -> None:
    session = it.session()
    it.act(session, "law", "call_off", {"reason": "临时开庭"})
    page = text(browser().get(f"/law/session/{session}/"))
    assert "这一场取消了" in page and "临时开庭" in page and "预约</h2>" not in page


def test_a_question_is_asked_on_one_page_and_stays_sealed(it: Office) -> None:
    client = browser(it, "resident")
    given = {"kind": "debt", "topic": "借条丢了", "question": SECRET, "urgency": "normal", "wish": "page"}
    wrong = client.post("/law/ask/", {**given, "question": ""})
    assert wrong.status_code == 422 and "借条丢了" in text(wrong)
    answer = client.post("/law/ask/", given)
    case = Case.objects.get(type=w.QUESTIONS)
    assert answer["Location"] == f"/mine/{case.id}/"
    assert SECRET in text(client.get(f"/mine/{case.id}/"))
    assert SECRET not in case.facts and SECRET not in text(browser(it, "resident2").get("/law/"))
    assert browser(it, "resident2").get(f"/mine/{case.id}/").status_code == 404


def test_a_visit_is_asked_for_somebody_else(it: Office) -> None:
    client = browser(it, "resident")
    given = {
        "where": "140105006002B0001", "kind": "family", "topic": "赡养", "matter": SECRET, "why_home": "old", "door": "2-301",
        "preferred": "上午", "call_at": "19900001111", "for_whom": "other",
    }  # fmt: skip
    assert client.post("/law/visit/", given).status_code == 422
    answer = client.post("/law/visit/", {**given, "visited-name": "老人甲"})
    assert answer.status_code == 302 and Case.objects.get(type=w.VISITS).state == "asked"


def test_only_what_is_published_is_read_and_found_by_kind_and_words(it: Office) -> None:
    hidden, public = it.answered(it.question()), it.published()
    client = browser()
    page = text(client.get("/law/answers/"))
    assert "借条丢了怎么办" in page and str(hidden) not in page
    for secret in (SECRET, "只说给本人的答复", "测试resident"):
        assert secret not in page + text(client.get(f"/law/answers/{public}/")) + text(client.get("/law/"))
    assert "借条丢了怎么办" in text(client.get("/law/answers/?kind=debt"))
    assert "没有找到" in text(client.get("/law/answers/?kind=family"))
    assert "借条丢了怎么办" in text(client.post("/law/answers/", {"q": "借条"}))
    assert "没有找到" in text(client.post("/law/answers/", {"q": "遗嘱"}))
    assert client.get(f"/law/answers/{hidden}/").status_code == 404


def test_a_consent_that_is_taken_back_takes_it_off_the_page(it: Office) -> None:
    case = it.published()
    it.act(case, "resident", "withdraw_consent")
    assert browser().get(f"/law/answers/{case}/").status_code == 404
    assert "借条丢了怎么办" not in text(browser().get("/law/answers/"))
    assert "public_answer" not in Case.objects.get(id=case).facts


def test_who_holds_it_reads_masked_names_and_subjects(it: Office) -> None:
    session = it.session()
    books(it, "resident", session, subject=SUBJECT)
    for who in ("law", "community"):
        page = said(seen(it.cast.cast[who], booked.page, case=session))
        assert SUBJECT in page and "测试resident" not in page and "1990" not in re.sub(r"1990\*", "", page)
    page = said(seen(it.cast.cast["window"], booked.page, case=session))
    assert SUBJECT not in page and "只给机构和社区看" in page
    with pytest.raises(PermissionDenied):
        seen(it.cast.cast["resident2"], booked.page, case=session)
    with pytest.raises(Http404):
        seen(it.cast.cast["law"], booked.page, case=uuid4())


def test_another_resident_never_reads_a_subject(it: Office) -> None:
    session = it.session(capacity=5)
    books(it, "resident", session, subject=SUBJECT)
    books(it, "resident2", session)
    client = browser(it, "resident2")
    for address in (f"/law/session/{session}/", f"/mine/{session}/", "/law/", "/around/"):
        assert SUBJECT not in text(client.get(address, follow=True)), address


def test_a_partner_sees_its_own_and_the_community_sees_all(it: Office) -> None:
    notary = it.partner("notary", name="城南公证处")
    mine, waits = it.session(), it.question()
    it.act(waits, "community", "assign", {"partner": str(it.partners["law"])})
    law = said(seen(it.cast.cast["law"], desk.desk))
    assert str(mine) in law and str(waits) in law and "还缺什么" not in law
    other = said(seen(it.cast.cast["notary"], desk.desk))
    assert str(mine) not in other and str(waits) not in other
    both = said(seen(it.cast.cast["community"], desk.desk))
    assert (
        str(mine) in both and str(notary) in both and "还缺什么" in both and "没有机构提供“公证咨询”" in both
    )
    assert "没有登记为法律服务机构" in said(seen(it.cast.cast["property"], desk.desk))
    assert SECRET not in law + both


def test_an_answer_is_kept_as_the_askers_and_not_as_the_lawyers(it: Office) -> None:
    case = it.answered(it.question())
    entry = next(e for e in entries(case) if e.action == "answer")
    sealed = [part for part in contents([entry.id])[entry.id] if part.person is not None]
    assert [part.person for part in sealed] == [it.cast.cast["resident"].person]
    assert (
        "只说给本人的答复" in str(sealed[0].content)
        and "只说给本人的答复" not in Case.objects.get(id=case).facts
    )


def test_the_community_gives_a_question_to_a_partner_by_its_name(it: Office) -> None:
    case, talks = it.question(), it.partner("lift", sort="school", name="讲师团", offers=["talks"])
    page = said(seen(it.cast.cast["community"], desk.desk))
    assert f'value="{it.partners["law"]}"' in page and f'value="{talks}"' not in page
    assert f"/staff/law/give/{case}/" not in said(seen(it.cast.cast["window"], desk.desk))
    given = {"partner": str(it.partners["law"])}
    assert seen(it.cast.cast["community"], giving.give, given, case=case).status_code == 302
    assert Case.objects.get(id=case).state == "assigned"
