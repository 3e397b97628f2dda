"""What everybody reads of the fund: a use in each state, the sheet for the board, the bundle. No name, no unit, no choice."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from linli.cases.models import Case
from linli.cases.reading import facts_of
from linli.faces.web.paper.ink import Leaf, Words
from linli.programmes.maintenance_fund.pages import public_reading, public_sheets, public_words
from linli.rules.worktime import DAY
from tests.cases.community import COMMUNITY, HOME
from tests.faces.browser.reading import read
from tests.programmes.fund.court import PICTURE, Court
from tests.programmes.fund.hall import ALL_AGREE, LANGUAGES, clock, english, hall, lasting, text, unnamed

pytestmark = pytest.mark.django_db

Stage = Callable[[Court], UUID]


@pytest.fixture
def it(monkeypatch: pytest.MonkeyPatch) -> Court:
    return clock(monkeypatch, hall())


def emergency(it: Court) -> UUID:
    given = {
        "where": HOME, "fund": str(it.fund), "what": "电梯困人", "why": "停在两层之间", "works": "lift", "matter": "use-fund",
        "cost": "2000", "quotations": [{"firm": "甲公司", "price": "2000"}], "danger": "lift", "proof": [PICTURE],
    }  # fmt: skip
    return it.act(("fund_use", HOME), "committee", "declare", given).case


def announced(it: Court) -> UUID:
    use = it.draft()
    it.act(use, "committee", "announce", {"opens": it.today(17), "days": 10, "posted": "一号楼门厅"})
    return use


def voting(it: Court) -> UUID:
    use = it.announced(it.draft())
    it.act(use, "a", "vote", {"choice": "agree"})
    it.wait(2)
    return use


def counted(it: Court) -> UUID:
    return it.counted(it.announced(it.draft()), ALL_AGREE)


def failed(it: Court) -> UUID:
    use = it.counted(it.announced(it.draft()), {"a": "agree"})
    it.decided(use)
    return use


def answered(it: Court) -> UUID:
    use = counted(it)
    raised = it.act(use, "d", "object", {"said": "我没有投过票"})
    given = {
        "which": raised.seq,
        "finding": "upheld",
        "ruled_home": "1-202",
        "ruled": "invalid",
        "answer": "经核对，按废票计",
    }
    it.act(use, "committee", "answer_objection", given)
    return use


def approved(it: Court) -> UUID:
    use = counted(it)
    it.decided(use)
    stages = [{"stage": "开工", "amount": "3000"}, {"stage": "完工", "amount": "6000"}]
    it.act(use, "committee", "contract", {"contractor": "甲公司", "stages": stages})
    it.act(use, "committee", "accept", {"stage_no": "1", "accepted_by": "三名业主代表"})
    it.act(
        use, "committee", "pay", {"stage_no": "1", "amount": "3000", "payee": "甲公司", "invoice": [PICTURE]}
    )
    it.act(use, "housing", "pay.approve")
    return use


def confirmed(it: Court) -> UUID:
    use = emergency(it)
    it.act(use, "housing", "confirm", {"reason": "险情属实"})
    return use


STAGES: dict[str, Stage] = {
    "announced": announced, "voting": voting, "counted": counted, "failed": failed, "answered": answered, "approved": approved,
    "urgent": emergency, "confirmed": confirmed,
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stage", STAGES)
def test_a_use_is_told_in_each_state_and_language(it: Court, stage: str, language: str) -> None:
    use = STAGES[stage](it)
    client = lasting(language)
    for address in (f"/fund/{use}/", "/fund/"):
        answer = client.get(address)
        page = read(text(answer))
        assert answer.status_code == 200 and page.headings == 1 and page.title.strip(" ·")
        assert len(answer.content) < 150_000
        unnamed(it, text(answer))
        assert language == "zh" or english(page) == []


@pytest.mark.parametrize("stage", [s for s in STAGES if s not in ("urgent", "confirmed")])
def test_nobody_reads_a_choice_before_the_count(it: Court, stage: str) -> None:
    use = STAGES[stage](it)
    shown = text(lasting("zh").get(f"/fund/{use}/"))
    before = stage in ("announced", "voting")
    assert ('id="result"' in shown) is not before
    assert ("截止以前，谁也看不到" in shown) is before


def test_drafts_and_what_was_given_up_are_not_there(it: Court) -> None:
    draft, gone = it.draft(), announced(it)
    it.act(gone, "committee", "void", {"reason": "写错了"})
    it.act(gone, "housing", "void.approve")
    client = lasting("zh")
    for use in (draft, gone, uuid4(), it.fund):
        for address in ("", "notice.pdf", "proof.zip"):
            assert client.get(f"/fund/{use}/{address}").status_code == 404
    assert "电梯更新" not in text(client.get("/fund/"))


def test_gauges_are_exact(it: Court) -> None:
    use = voting(it)
    case = Case.objects.get(id=use)
    area, heads = public_reading.measures(case, facts_of(case))
    # 22,000 of 45,000 needs 8,000 more; one head of four needs two more.
    assert (area.part, area.whole, heads.part, heads.whole) == (22_000, 45_000, 1, 4)
    assert area.missing and area.missing.en == "80.00 m² more needed"
    assert heads.missing and heads.missing.zh == "还差 2 人"
    shown = text(lasting("zh").get(f"/fund/{use}/"))
    assert "220.00 / 450.00 平方米" in shown and "1 / 4 人" in shown and "还有 7 天" in shown


def test_every_step_of_the_result_is_there(it: Court) -> None:
    use = counted(it)
    case = Case.objects.get(id=use)
    told = public_words.steps(case, facts_of(case))
    stored = facts_of(case)["result"]["steps"]
    assert [(s.left, s.right, s.holds) for s in told] == [(s["left"], s["right"], s["holds"]) for s in stored]
    shown = text(lasting("en").get(f"/fund/{use}/"))
    for part in (
        "Civil Code 278(2)",
        "3 × 36,000 = 108,000",
        "90,000 = 2 × 45,000",
        "every reading decides the same",
    ):
        assert part in shown


def test_what_failed_says_where(it: Court) -> None:
    shown = text(lasting("zh").get(f"/fund/{failed(it)}/"))
    assert "表决没有通过：参与表决的面积是 220.00 平方米，没有达到 450.00 平方米的三分之二以上" in shown


def test_an_objection_is_counted_and_its_answer_public_and_itself_not(it: Court) -> None:
    shown = text(lasting("zh").get(f"/fund/{answered(it)}/"))
    assert "共 1 件，0 件待答复" in shown and "经核对，按废票计" in shown
    assert "我没有投过票" not in shown and "1-202" not in shown


def test_the_money_is_told(it: Court) -> None:
    shown = text(lasting("zh").get(f"/fund/{approved(it)}/"))
    for part in ("10,000.00 元", "3,000.00 元", "7,000.00 元", "甲公司", "已验收", "6,000.00"):
        assert part in shown


@pytest.mark.parametrize(
    "stage", ["announced", "voting", "answered", "failed", "approved", "urgent", "confirmed"]
)
def test_the_sheet_is_one_page(it: Court, stage: str) -> None:
    use = Case.objects.get(id=STAGES[stage](it))
    answer = lasting("zh").get(f"/fund/{use.id}/notice.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert len(re.findall(rb"/Type /Page\b", answer.content)) == 1
    leaf = public_sheets.sheet(use, "https://example.test/", it.at)
    unnamed(it, "\n".join(leaf.texts))
    assert lowest(leaf) < BOTTOM


BOTTOM = 800


def lowest(leaf: Leaf) -> float:
    """Where the last line of words stands."""
    return max(i.at[1] for i in leaf.items if isinstance(i, Words))


def test_a_sheet_of_sixty_days_is_one_page(it: Court) -> None:
    use = it.draft()
    it.act(use, "committee", "announce", {"opens": it.today(17), "days": 60, "posted": "一号楼门厅"})
    it.wait(17)
    it.act(use, "committee", "open_voting")
    it.act(use, "a", "vote", {"choice": "agree"})
    it.wait(59)
    case = Case.objects.get(id=use)
    leaf = public_sheets.sheet(case, "https://example.test/" + "x" * 60, it.at)
    assert lowest(leaf) < BOTTOM
    assert len([t for t in leaf.texts if t.startswith("签名")]) >= 10


def test_roots_of_ended_days_alone_are_signed_and_stay_the_same(it: Court) -> None:
    use = it.announced(it.draft())
    it.act(use, "a", "vote", {"choice": "agree"})
    case = Case.objects.get(id=use)
    assert public_reading.signed_roots(case, facts_of(case), it.at) == []
    first = public_reading.signed_roots(case, facts_of(case), it.at + DAY)
    later = public_reading.signed_roots(case, facts_of(case), it.at + 3 * DAY)
    assert [r.size for r in first] == [1] and later[0] == first[0] and len(later) == 3


def test_the_bundle_verifies_and_holds_no_row(it: Court, tmp_path: Path) -> None:
    use = approved(it)
    client = lasting("zh")
    packed = client.get(f"/fund/{use}/proof.zip").content
    assert packed == client.get(f"/fund/{use}/proof.zip").content
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        assert set(archive.namelist()) == {"vote.json", "leaves.txt", "books.jsonl", "verify_vote.py"}
        told = "\n".join(archive.read(n).decode() for n in archive.namelist() if n != "verify_vote.py")
    unnamed(it, told)
    assert "B0001-1" not in told and '"choice"' not in told
    (tmp_path / "b.zip").write_bytes(packed)
    (tmp_path / "v.py").write_bytes(client.get("/fund/verify_vote.py").content)
    done = subprocess.run([sys.executable, "v.py", "b.zip"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_bundle_before_the_count_or_of_an_emergency(it: Court) -> None:
    for use in (voting(it), confirmed(it)):
        assert lasting("zh").get(f"/fund/{use}/proof.zip").status_code == 404


def test_the_list_begins_with_what_is_voted_on(it: Court) -> None:
    first, second = failed(it), voting(it)
    shown = text(lasting("zh").get("/fund/"))
    assert shown.index(str(second)) < shown.index(str(first))
    assert json.loads(Case.objects.get(id=first).facts)["result"]["passed"] is False
    assert Case.objects.get(id=second).community == COMMUNITY


def test_the_way_stands_among_the_public_ones(it: Court) -> None:
    client: Client = lasting("en")
    shown = text(client.get("/open/"))
    assert 'href="/fund/"' in shown


def test_nothing_but_looking(it: Court) -> None:
    use = voting(it)
    answers: list[Any] = [lasting("zh").post(f"/fund/{use}/"), lasting("zh").post("/fund/")]
    assert all(a.status_code in (200, 403, 405) for a in answers)
