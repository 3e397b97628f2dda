"""The staff's pages of the fund: what waits, a use in every state, who sees what, and that no choice is seen before the count."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from linli.cases.models import Seat
from linli.programmes.maintenance_fund.use import USE
from linli.rules.actor import Actor, Grant
from tests.cases.community import COMMUNITY
from tests.programmes.fund.court import PICTURE, Court
from tests.programmes.fund.hall import ALL_AGREE
from tests.programmes.fund.office import (
    CHOICES,
    OTHERS,
    READERS,
    english,
    it,
    main,
    sheet,
    signed_in,
    stage,
    text,
    use_page,
)

pytestmark = pytest.mark.django_db
__all__ = ["it"]


def running(it: Court) -> UUID:
    """A vote with one online ballot, a paper that waits and one that was read differently."""
    use = it.announced(it.draft())
    it.act(use, "a", "vote", {"choice": "agree"})
    paper = {"home": "1-102", "choice": "against", "scan": [PICTURE]}
    it.act(use, "committee", "paper", paper)
    it.act(use, "committee", "paper", {"home": "1-202", "choice": "agree", "scan": [PICTURE]})
    it.act(use, "committee2", "paper_check", {"home": "1-202", "choice": "against"})
    return use


def posted(it: Court) -> UUID:
    """A counted vote with an objection."""
    use = it.counted(it.announced(it.draft()), ALL_AGREE)
    it.act(use, "d", "object", {"said": "红叶一样的异议"})
    return use


@pytest.mark.parametrize("who", READERS)
def test_who_works_with_the_fund_finds_it_in_his_rail(it: Court, who: str) -> None:
    use = it.draft()
    page = text(signed_in(it, who).get("/staff/fund/"))
    assert page.count("<h1>") == 1
    assert f"/staff/fund/use/{use}/" in page
    assert f"/staff/fund/account/{it.fund}/" in page
    assert 'href="/staff/fund/" aria-current="page"' in page
    assert "15,500.00" in page
    assert ("/fund_use/propose/" in page) == (who in ("committee", "community", "housing"))
    assert ("/fund_account/open/" in page) == (who == "housing")


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_sees_anything(it: Court, who: str) -> None:
    use = it.announced(it.draft())
    client = signed_in(it, who)
    own = (
        f"use/{use}/",
        f"use/{use}/silent.xlsx",
        f"use/{use}/bundle/audit.zip",
        f"account/{it.fund}/",
        f"account/{it.fund}/book/trial/",
    )
    for address in (
        "",
        *own,
        f"account/{it.fund}/book/trial.xlsx",
        f"account/{it.fund}/voucher/1/",
        f"account/{it.fund}/bank/",
    ):
        answer = client.get(f"/staff/fund/{address}")
        assert answer.status_code == 403, address
        assert "甲苑 ·" not in text(answer)
        assert "电梯更新" not in text(answer)
    assert 'href="/staff/fund/"' not in text(client.get("/"))


def test_another_community_is_not_there(it: Court) -> None:
    use = it.draft()
    client = signed_in(it, "elsewhere")
    assert client.get("/staff/fund/").status_code == 200
    for address in (
        f"use/{use}/",
        f"account/{it.fund}/",
        f"account/{it.fund}/book/trial/",
        f"account/{it.fund}/verify/",
    ):
        assert client.get(f"/staff/fund/{address}").status_code == 404


def test_somebody_unknown_is_asked_who_he_is(it: Court) -> None:
    assert Client().get(f"/staff/fund/use/{it.draft()}/")["Location"].startswith("/accounts/login/")


def test_an_owner_with_another_duty_sees_no_use_by_his_home(it: Court) -> None:
    """He is on the roll, and works elsewhere: the staff’s page is not his."""
    use = it.announced(it.draft())
    it.cast["a"] = Actor(it.cast["a"].person, (*it.cast["a"].grants, Grant("community", "140105006003")))
    assert signed_in(it, "a").get(f"/staff/fund/use/{use}/").status_code == 404


def announced(it: Court) -> UUID:
    """Announced, and its day not come."""
    use = it.draft()
    it.act(use, "committee", "announce", {"opens": it.today(17), "days": 10, "posted": "门厅"})
    return use


def approved(it: Court) -> UUID:
    """Decided in favour."""
    use = it.counted(it.announced(it.draft()), ALL_AGREE)
    it.decided(use)
    return use


def paid(it: Court) -> UUID:
    """An approved use of which one stage is paid and a second payment waits for approval."""
    use = approved(it)
    stages = [{"stage": "开工", "amount": "3000"}, {"stage": "完工", "amount": "6000"}]
    it.act(use, "committee", "contract", {"contractor": "甲公司", "stages": stages})
    for n, amount in (("1", "3000"), ("2", "6000")):
        it.act(use, "committee", "accept", {"stage_no": n, "accepted_by": "三名业主代表"})
        it.act(
            use,
            "committee",
            "pay",
            {"stage_no": n, "amount": amount, "payee": "甲公司", "invoice": [PICTURE]},
        )
        if n == "1":
            it.act(use, "housing", "pay.approve")
    return use


def failed(it: Court) -> UUID:
    """Decided against."""
    use = it.counted(it.announced(it.draft()), {"a": "against", "b": "against"})
    it.decided(use)
    return use


STATES: dict[str, Callable[[Court], UUID]] = {
    "方案": Court.draft,
    "公告": announced,
    "表决": running,
    "公示": posted,
    "可以用款": approved,
    "付款": paid,
    "未通过": failed,
}


@pytest.mark.parametrize("title", STATES)
def test_a_use_shows_where_it_stands(it: Court, title: str) -> None:
    use = STATES[title](it)
    for who in ("committee", "housing", "community", "auditor"):
        page = use_page(signed_in(it, who), use)
        assert stage(page) == title
        assert page.count("<h1>") == 1
        assert "WX" in page[page.index("<title>") : page.index("</title>")]
        assert "style=" not in main(page)
    client = signed_in(it, "committee", "en")
    english(use_page(client, use))
    english(text(client.get("/staff/fund/")))


def test_a_settled_account_has_no_stage_left(it: Court) -> None:
    use = paid(it)
    it.act(use, "housing", "pay.approve")
    it.act(use, "committee", "settle", {"report": "已完工", "posted": "门厅"})
    page = use_page(signed_in(it, "leader"), use)
    assert stage(page) == ""
    assert page.count('<li class="past"') == 7
    assert "9,000.00" in page
    assert f"/staff/fund/account/{it.fund}/voucher/" in page
    assert "最近办结的" in text(signed_in(it, "leader").get("/staff/fund/"))


def test_an_emergency_has_its_own_way(it: Court) -> None:
    danger = {"danger": "lift", "proof": [PICTURE]}
    home = f"{COMMUNITY}B0001"
    given = {
        "where": home, "fund": str(it.fund), "what": "电梯更新", "why": "困人", "works": "lift", "matter": "use-fund",
        "cost": "5000", "quotations": [{"firm": "甲", "price": "5000"}], **danger,
    }  # fmt: skip
    use = it.act((USE.key, home), "committee", "declare", given).case
    housing = signed_in(it, "housing")
    assert "应急使用待核实" in main(text(housing.get("/staff/fund/")))
    assert stage(use_page(housing, use)) == "应急申请"
    it.act(use, "housing", "confirm", {"reason": "属实"})
    page = use_page(housing, use)
    assert stage(page) == "可以用款"
    assert "应急使用" in page


@pytest.mark.parametrize("who", READERS)
def test_no_choice_is_seen_before_the_count(it: Court, who: str) -> None:
    use = running(it)
    client = signed_in(it, who)
    pages = [
        use_page(client, use),
        use_page(client, use, f"?building={COMMUNITY}B0001"),
        text(client.get("/staff/fund/")),
    ]
    for page in pages:
        assert not [c for c in CHOICES if c in main(page)]
    answer = client.get(f"/staff/fund/use/{use}/silent.xlsx")
    assert answer.status_code == (403 if who == "leader" else 200)
    if answer.status_code == 200:
        rows = sheet(answer)
        assert [r[2] for r in rows[1:]] == ["102", "202", "301"]
        assert [r[3] for r in rows[1:]] == [80.0, 60.0, 90.0]
        assert rows[1][5] == rows[2][5] == "是"
        assert not [c for c in CHOICES for row in rows for v in row if c in str(v)]
    for kind in ("audit", "owners"):
        assert client.get(f"/staff/fund/use/{use}/bundle/{kind}.zip").status_code == 404


def test_a_vote_shows_its_integers_and_where_to_knock(it: Court) -> None:
    page = use_page(signed_in(it, "community"), running(it), f"?building={COMMUNITY}B0001")
    assert "22,000 / 45,000" in page
    assert "1 / 4" in page
    assert "还差 80.00 平方米" in page
    assert "还差 2 人" in page
    assert "1-301" in page


def test_papers_and_differences_lead_to_their_forms(it: Court) -> None:
    use = running(it)
    street, community = signed_in(it, "street"), signed_in(it, "community")
    page = use_page(community, use)
    assert "1 张纸质票待复核" in text(community.get("/staff/fund/"))
    assert "1 处录入不一致待裁定" in text(street.get("/staff/fund/"))
    assert "张纸质票待复核" not in main(text(street.get("/staff/fund/")))
    (check,) = re.findall(r'href="[^"]*(\?paper_check=\d+)#step-paper_check"', page)
    form = use_page(community, use, check)
    assert 'value="B0001-1-102"' in form
    assert 'name="action" value="paper_check"' in form
    (settle,) = re.findall(r'href="[^"]*(\?paper_settle=\d+)#step-paper_settle"', page)
    assert 'value="B0001-1-202"' in use_page(street, use, settle)
    assert 'value="paper_check"' not in use_page(signed_in(it, "auditor"), use, check)


def test_a_title_that_changed_is_flagged_and_the_roll_stands(it: Court) -> None:
    use = it.announced(it.draft())
    sold = {"home": "B0001-1-202", "since": it.today(), "buyer": {"name": "演示买家", "phone": "19912345678"}}
    it.act(it.fund, "housing", "transfer", sold)
    page = use_page(signed_in(it, "committee"), use)
    assert "权属有变化的 1 套" in page
    assert "演示d" not in main(page)
    assert "演**" in main(page) or "演*" in main(page)
    leader = use_page(signed_in(it, "leader"), use)
    assert "1 名业主" in leader
    assert "演" not in leader[leader.index('id="changed"') : leader.index("</main>")]


def test_the_count_prints_every_step_with_both_integers(it: Court) -> None:
    use = posted(it)
    page = use_page(signed_in(it, "auditor"), use)
    assert "民法典 278(2)" in page
    assert "3 × 36,000 ≥ 2 × 45,000" in page
    assert "108,000 ≥ 90,000" in page
    assert "2 × 36,000 &gt; 1 × 36,000" in page
    assert "各种读法结果都一样" in page or "结果取决于怎么读" in page
    assert "Civil Code 278(2)" in use_page(signed_in(it, "auditor", "en"), use)


def test_objections_are_read_by_those_whom_the_definition_names(it: Court) -> None:
    use = posted(it)
    for who in ("committee", "housing", "community", "auditor"):
        assert "红叶一样的异议" in use_page(signed_in(it, who), use)
    for who in ("street", "leader"):
        page = use_page(signed_in(it, who), use)
        assert "红叶一样的异议" not in page
        assert "待答复" in page
    housing = signed_in(it, "housing")
    assert "1 件异议待答复" in text(housing.get("/staff/fund/"))
    (answer,) = re.findall(r'href="[^"]*(\?answer_objection=\d+)#', use_page(housing, use))
    form = use_page(housing, use, answer)
    assert 'name="action" value="answer_objection"' in form
    number = answer.rpartition("=")[2]
    assert f'value="{number}"' in form


def test_a_ruling_says_whether_it_turned_the_result_over(it: Court) -> None:
    """Without the ballot of the largest home too little area takes part."""
    use = posted(it)
    number = next(o["head"] for o in _seats(use, "objection"))
    given = {
        "which": number,
        "finding": "upheld",
        "ruled_home": "1-101",
        "ruled": "invalid",
        "answer": "签名不符",
    }
    it.act(use, "housing", "answer_objection", given)
    page = use_page(signed_in(it, "committee"), use)
    assert "对异议的裁定翻转了结果" in page
    assert "签名不符" in page
    assert f"（第 {number} 号异议）" in page
    assert "不通过" in page


def _seats(use: UUID, kind: str) -> list[Any]:
    return list(Seat.objects.filter(case=use, kind=kind).values())


def test_what_waits_is_told_to_whose_turn_it_is(it: Court) -> None:
    use = it.counted(it.announced(it.draft()), ALL_AGREE)
    committee, housing = signed_in(it, "committee"), signed_in(it, "housing")
    it.wait(12)
    assert "公示期已满，可以决定" in text(committee.get("/staff/fund/"))
    assert "公示期已满，可以决定" in use_page(committee, use)
    it.act(use, "committee", "decide")
    assert "没有等您办的" in text(committee.get("/staff/fund/"))
    paid_use = paid(it)
    assert "待审批：拨付" in text(housing.get("/staff/fund/"))
    assert "待审批：拨付" not in text(committee.get("/staff/fund/"))
    page = use_page(housing, paid_use)
    assert "有一笔付款等待住房主管部门批准" in page
    assert "step=pay.approve&amp;back=" in page and "#step-pay.approve" in page
    assert "7,000.00" in page


@pytest.mark.parametrize("kind", ["audit", "owners"])
def test_a_bundle_verifies_with_the_program_that_it_brings(it: Court, kind: str, tmp_path: Path) -> None:
    use = paid(it)
    for who in ("auditor", "housing"):
        assert f"bundle/{kind}.zip" in use_page(signed_in(it, who), use)
    assert "bundle/" not in use_page(signed_in(it, "committee"), use)
    assert signed_in(it, "committee").get(f"/staff/fund/use/{use}/bundle/{kind}.zip").status_code == 403
    answer = signed_in(it, "auditor").get(f"/staff/fund/use/{use}/bundle/{kind}.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        archive.extractall(tmp_path)
    archived = tmp_path.with_suffix(".zip")
    archived.write_bytes(answer.content)
    ran = subprocess.run(
        [sys.executable, "-I", str(tmp_path / "verify_vote.py"), str(archived)],
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    if kind == "owners":
        assert it.owner_id("a") not in (tmp_path / "roll.csv").read_text()
