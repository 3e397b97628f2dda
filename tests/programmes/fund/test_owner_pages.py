"""What an owner reads and does: his homes, his cost to the cent, his ballot with its receipt, his objection; nobody else's."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.test import Client

from linli.cases.models import Case
from linli.cases.rebuild import check
from linli.programmes.maintenance_fund.pages import owner_ballots, owner_homes, owner_money
from linli.programmes.maintenance_fund.pages.public_sheets import zipped
from linli.programmes.maintenance_fund.pages.vote import evidence, progress
from linli.rules.money import yuan
from linli.rules.votes.proof import members
from linli.rules.worktime import DAY
from tests.cases.community import COMMUNITY
from tests.faces.browser.reading import read
from tests.programmes.fund.court import Court
from tests.programmes.fund.hall import ALL_AGREE, LANGUAGES, clock, english, hall, lasting, phone_of, text
from tests.programmes.fund.test_public_pages import BOTTOM, STAGES, Stage, lowest

pytestmark = pytest.mark.django_db
KEY = re.compile(r'name="key" value="(vote/[^"]+)"')
CHOICES = {"agree": "同意", "against": "不同意", "abstain": "弃权"}


@pytest.fixture
def it(monkeypatch: pytest.MonkeyPatch) -> Court:
    return clock(monkeypatch, hall())


@pytest.fixture
def use(it: Court) -> UUID:
    """A use in voting."""
    return it.announced(it.draft())


def unit(end: str) -> str:
    return f"{COMMUNITY}{end}"


def gives(client: Client, use: UUID, choice: str) -> str:
    """A ballot by the three steps of the page; the last page."""
    page = text(client.get(f"/mine/fund/{use}/"))
    key = KEY.findall(page)[0]
    first = client.post(f"/mine/fund/{use}/", {"action": "vote", "key": key, "choice": choice})
    assert first.status_code == 200 and CHOICES[choice] in text(first)
    sent = {"action": "vote", "key": KEY.findall(text(first))[0], "choice": choice, "sure": "yes"}
    assert client.post(f"/mine/fund/{use}/", sent).status_code == 302
    return text(client.get(f"/mine/fund/{use}/"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stage", [s for s in STAGES if s != "urgent"])
def test_a_use_is_mine_in_each_state_and_language(it: Court, stage: str, language: str) -> None:
    made: Stage = STAGES[stage]
    use = made(it)
    client = lasting(language, it, "a")
    for address in (f"/mine/fund/{use}/", "/mine/fund/"):
        answer = client.get(address)
        page = read(text(answer))
        assert answer.status_code == 200 and page.headings == 1 and page.title.strip(" ·")
        assert len(answer.content) < 150_000 and "no-store" in answer["Cache-Control"]
        assert language == "zh" or english(page) == []
        assert not any(it.owner_id(who) in text(answer) for who in "bcd")


def test_who_is_not_signed_in_signs_in_first(it: Court, use: UUID) -> None:
    client = lasting("zh")
    home = f"home/{it.fund}/{unit('B0001-1-101')}/"
    for address in ("", f"{use}/", f"{use}/receipt/1/", f"{use}/receipt/1.json", home, f"{home}slip.pdf"):
        answer = client.get(f"/mine/fund/{address}")
        assert answer.status_code == 302 and answer["Location"].startswith(
            "/accounts/login/code/?next=%2Fmine%2Ffund%2F"
        )
    assert (
        client.post(f"/mine/fund/{use}/", {"action": "vote", "choice": "agree", "sure": "yes"}).status_code
        == 302
    )
    assert progress(use).heads_in == 0


def test_a_stranger_finds_nothing(it: Court, use: UUID) -> None:
    """A resident without a home has an empty page, and none of a use or of a home."""
    gives(lasting("zh", it, "a"), use, "agree")
    other = lasting("zh", it, "d")
    home = f"home/{it.fund}/{unit('B0001-1-101')}/"
    not_his = (
        home,
        f"{home}slip.pdf",
        f"{use}/receipt/1/",
        f"{use}/receipt/1.json",
        f"home/{it.fund}/x/",
        f"{uuid4()}/",
    )
    for address in (*not_his, f"home/{uuid4()}/{unit('B0001-1-202')}/"):
        assert other.get(f"/mine/fund/{address}").status_code == 404, address
    assert other.get(f"/mine/fund/home/{it.fund}/{unit('B0001-1-202')}/").status_code == 200


def test_a_draft_is_nobodys(it: Court) -> None:
    assert lasting("zh", it, "a").get(f"/mine/fund/{it.draft()}/").status_code == 404


def test_what_waits_for_my_ballot_comes_first(it: Court, use: UUID) -> None:
    client = lasting("zh", it, "a")
    page = text(client.get("/mine/fund/"))
    assert page.index("等您投票") < page.index("我的房屋") and "我家分摊 4,888.89 元" in page
    gives(client, use, "agree")
    assert "等您投票" not in text(client.get("/mine/fund/"))


def test_the_cost_is_exact_to_the_cent_for_everybody_together(it: Court) -> None:
    for cost in (1_000_000, 1_000_001, 7, 999_999_999):
        use = (
            Case.objects.get(id=it.announced(it.draft()))
            if cost == 1_000_000
            else Case.objects.latest("opened")
        )
        every = owner_money.shares(use, cost)
        assert sum(cents for _, cents in every.values()) == cost and len(every) == 5
        mine = owner_money.my_shares(use, cost, [unit("B0001-1-101"), unit("B0001-1-201")], (), paying=False)
        assert [s.cents for s in mine] == [every[s.unit][1] for s in mine]


def test_what_my_account_covers_and_what_i_would_owe(it: Court, use: UUID) -> None:
    page = text(lasting("zh", it, "d").get(f"/mine/fund/{use}/"))
    # 60 of 450 m² of 10,000 yuan, of which the account holds 500.
    for part in ("1,333.33 元", "500.00 元", "833.33 元"):
        assert part in page
    client = lasting("zh", it, "a")
    assert "4,888.89 元" in text(client.get(f"/mine/fund/{use}/"))


def test_a_ballot_is_asked_about_once_more_and_then_recorded(it: Court, use: UUID) -> None:
    client = lasting("zh", it, "a")
    first = client.post(f"/mine/fund/{use}/", {"action": "vote", "choice": "agree"})
    assert first.status_code == 200 and "核对您的票" in text(first)
    assert progress(use).heads_in == 0
    page = gives(client, use, "agree")
    assert progress(use).heads_in == 1 and "已记下" in page and "想改主意" in page
    assert not list(check())


def test_going_back_keeps_the_choice_and_records_nothing(it: Court, use: UUID) -> None:
    sent = {"action": "vote", "choice": "against", "again": "1"}
    page = text(lasting("zh", it, "a").post(f"/mine/fund/{use}/", sent))
    assert re.search(r'value="against" required checked', page) and progress(use).heads_in == 0


def test_no_choice_is_preset(it: Court, use: UUID) -> None:
    assert "checked" not in text(lasting("zh", it, "a").get(f"/mine/fund/{use}/")).partition('id="ballot"')[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_chosen_is_said_at_the_top(it: Court, use: UUID, language: str) -> None:
    for choice in ("", "invalid", "x"):
        answer = lasting(language, it, "a").post(f"/mine/fund/{use}/", {"action": "vote", "choice": choice})
        assert (
            answer.status_code == 422
            and 'class="faults"' in text(answer)
            and 'href="#f-choice"' in text(answer)
        )
    assert progress(use).heads_in == 0


def test_sent_twice_it_counts_once(it: Court, use: UUID) -> None:
    client = lasting("zh", it, "a")
    sent = {"action": "vote", "key": "vote/once", "choice": "agree", "sure": "yes"}
    for _ in range(2):
        assert client.post(f"/mine/fund/{use}/", sent).status_code == 302
    place = owner_ballots.on_roll(use, UUID(it.owner_id("a")))
    assert place and len(owner_ballots.ballots(Case.objects.get(id=use), UUID(it.owner_id("a")), place)) == 1


def test_a_change_counts_and_both_stay(it: Court, use: UUID) -> None:
    client = lasting("zh", it, "a")
    gives(client, use, "agree")
    it.at += 1_000_000
    page = gives(client, use, "against")
    assert "被代替的 1 张" in page and progress(use).heads_in == 1
    assert "不同意" in text(client.get(f"/mine/fund/{use}/receipt/2/"))


def test_after_the_close_it_is_refused_in_words(it: Court, use: UUID) -> None:
    it.wait(11)
    client = lasting("zh", it, "a")
    assert 'id="ballot"' not in text(client.get(f"/mine/fund/{use}/"))
    answer = client.post(f"/mine/fund/{use}/", {"action": "vote", "choice": "agree", "sure": "yes"})
    assert answer.status_code == 422 and "表决已经截止" in text(answer)


def test_a_co_owner_learns_that_it_was_given_and_not_what(it: Court, use: UUID) -> None:
    gives(lasting("zh", it, "b"), use, "against")
    client = lasting("zh", it, "c")
    page = text(client.get(f"/mine/fund/{use}/"))
    assert "由共有人投出" in page and "看我投了什么" not in page
    assert it.owner_id("b") not in page and "演示b" not in page
    for end in ("/", ".json"):
        assert client.get(f"/mine/fund/{use}/receipt/1{end}").status_code == 404
    gives(client, use, "agree")
    assert progress(use).heads_in == 1


def paper(it: Court, use: UUID, home: str, choice: str) -> None:
    given = {"home": home, "choice": choice, "scan": [str(UUID(int=7))]}
    it.act(use, "committee", "paper", given)
    it.act(use, "committee2", "paper_check", {"home": home, "choice": choice})


def test_paper_is_mine_where_the_head_is_mine_alone(it: Court, use: UUID) -> None:
    paper(it, use, "1-202", "agree")
    paper(it, use, "1-102", "agree")
    client = lasting("zh", it, "d")
    page = text(client.get(f"/mine/fund/{use}/"))
    assert "纸质票优先" in page and 'class="ask ballot"' not in page and "看我投了什么" in page
    assert client.get(f"/mine/fund/{use}/receipt/1.json").json()["ballot"]["channel"] == "paper"
    shared = lasting("zh", it, "b")
    assert "看我投了什么" not in text(shared.get(f"/mine/fund/{use}/"))
    assert shared.get(f"/mine/fund/{use}/receipt/2.json").status_code == 404


def test_the_receipt_verifies_alone_and_with_the_bundle(it: Court, use: UUID, tmp_path: Path) -> None:
    client = lasting("zh", it, "d")
    gives(lasting("zh", it, "a"), use, "agree")
    it.at += 1_000_000
    gives(client, use, "against")
    early = client.get(f"/mine/fund/{use}/receipt/2.json")
    assert early.json()["proof"] is None and "no-store" in early["Cache-Control"]
    it.wait(1)
    late = client.get(f"/mine/fund/{use}/receipt/2.json")
    assert late.json()["proof"]["size"] == 2
    page = text(client.get(f"/mine/fund/{use}/receipt/2/"))
    assert "<svg" in page and late.json()["proof"]["root"][:8] in page
    it.act(use, "b", "vote", {"choice": "agree"})
    it.wait(11)
    it.act(use, "committee", "count", {"posted": "门厅"})
    (tmp_path / "r.json").write_bytes(late.content)
    (tmp_path / "v.py").write_bytes(client.get("/fund/verify_vote.py").content)
    vote = evidence(Case.objects.get(id=use), it.at)
    for kind in ("public", "owners", "audit"):
        (tmp_path / "b.zip").write_bytes(zipped(members(kind, vote)))
        done = subprocess.run(
            [sys.executable, "v.py", "--receipt", "r.json", "b.zip"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_an_objection_and_its_answer_stand_on_my_page_alone(it: Court, use: UUID) -> None:
    it.counted(use, ALL_AGREE)
    client = lasting("zh", it, "d")
    assert (
        client.post(f"/mine/fund/{use}/", {"action": "object", "said": "我没有投过这一票"}).status_code == 302
    )
    page = text(client.get(f"/mine/fund/{use}/"))
    assert "我没有投过这一票" in page and "等待答复" in page
    number = int(re.findall(r"第 (\d+) 号", page)[0])
    it.act(
        use,
        "committee",
        "answer_objection",
        {"which": number, "finding": "dismissed", "answer": "有回执为证"},
    )
    assert "有回执为证" in text(client.get(f"/mine/fund/{use}/"))
    for who in ("a", "b"):
        assert "我没有投过这一票" not in text(lasting("zh", it, who).get(f"/mine/fund/{use}/"))


def test_an_empty_objection_and_one_too_late_are_refused_with_what_was_typed(it: Court, use: UUID) -> None:
    it.counted(use, ALL_AGREE)
    client = lasting("en", it, "d")
    answer = client.post(f"/mine/fund/{use}/", {"action": "object", "said": " "})
    assert answer.status_code == 422 and 'href="#f-said"' in text(answer)
    it.wait(20)
    assert 'id="step-object"' not in text(client.get(f"/mine/fund/{use}/"))
    late = client.post(f"/mine/fund/{use}/", {"action": "object", "said": "太晚了"})
    assert late.status_code == 422 and "Publicity has ended" in text(late)


def test_the_account_of_a_home_adds_up(it: Court) -> None:
    use = STAGES["approved"](it)
    d, home = lasting("zh", it, "d"), unit("B0001-1-202")
    page = text(d.get(f"/mine/fund/home/{it.fund}/{home}/"))
    # 400 of the 500 yuan paid the share of the first stage.
    for part in ("−400.00", "余额 100.00", "+500.00", f"/fund/{use}/"):
        assert part in page
    found = next(h for h in owner_money.homes_of(UUID(it.owner_id("d")), it.at) if h.unit == home)
    moves = owner_homes.moves(found)
    assert moves[-1].after == found.balance == 10_000 and sum(m.cents for m in moves) == found.balance
    assert found.low and "30%" in page and "续交" in page
    slip = owner_homes.paper(found, it.at).leaf
    assert lowest(slip) < BOTTOM + 10 and yuan(10_000) in "".join(slip.texts)
    answer = d.get(f"/mine/fund/home/{it.fund}/{home}/slip.pdf")
    assert len(re.findall(rb"/Type /Page\b", answer.content)) == 1


def test_what_is_owed_is_said(it: Court) -> None:
    use = STAGES["approved"](it)
    it.act(use, "committee", "accept", {"stage_no": "2", "accepted_by": "三名业主代表"})
    it.act(
        use,
        "committee",
        "pay",
        {"stage_no": "2", "amount": "6000", "payee": "甲公司", "invoice": [str(UUID(int=7))]},
    )
    it.act(use, "housing", "pay.approve")
    client = lasting("zh", it, "d")
    assert "应补交分摊款 700.00 元" in text(client.get("/mine/fund/"))
    page = text(client.get(f"/mine/fund/{use}/"))
    assert "已从账户列支" in page and "500.00 元" in page and "700.00 元" in page


def test_a_long_account_still_is_one_slip(it: Court) -> None:
    for n in range(60):
        rows = [{"home": "B0001-1-202", "amount": "1.00", "ref": f"X{n}"}]
        it.act(it.fund, "housing", "deposit", {"memo": "补交" * 20, "homes_kind": "homes", "deposits": rows})
    found = owner_money.homes_of(UUID(it.owner_id("d")), it.at)[0]
    leaf = owner_homes.paper(found, it.at).leaf
    assert lowest(leaf) < BOTTOM + 10 and yuan(found.balance) in leaf.texts


def test_a_buyer_reads_the_account_and_does_not_vote(it: Court, use: UUID) -> None:
    """The roll stands; the account follows the title."""
    buyer = {"name": "演示c", "phone": phone_of("c")}
    it.wait(1)
    it.act(it.fund, "housing", "transfer", {"home": "B0001-1-202", "since": it.today(), "buyer": buyer})
    c, d, home = lasting("zh", it, "c"), lasting("zh", it, "d"), unit("B0001-1-202")
    assert c.get(f"/mine/fund/home/{it.fund}/{home}/").status_code == 200
    assert d.get(f"/mine/fund/home/{it.fund}/{home}/").status_code == 404
    page = text(d.get(f"/mine/fund/{use}/"))
    assert 'class="ask ballot"' in page and "不在您名下" in page and "从账户支付" not in page


def test_no_list_holds_a_choice(it: Court, use: UUID) -> None:
    gives(lasting("zh", it, "a"), use, "against")
    it.at += DAY
    for who in ("", "a", "b", "d"):
        for address in ("/fund/", f"/fund/{use}/", "/mine/fund/" if who else "/fund/", "/mine/", "/"):
            page = text(lasting("zh", it, who).get(address))
            assert "不同意" not in page
