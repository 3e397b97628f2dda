"""A use of the fund from its draft to its settled account, and what is refused on the way."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest

from linli.cases import rebuild
from linli.cases.models import Case
from linli.funds import reading
from tests.programmes.fund.court import PICTURE, Court, court

pytestmark = pytest.mark.django_db
ALL_AGREE = {"a": "agree", "b": "agree", "d": "agree"}


@pytest.fixture
def it() -> Court:
    made = court()
    made.account(
        {
            "B0001-1-101": "5000.00",
            "B0001-1-102": "4000.00",
            "B0001-1-201": "6000.00",
            "B0001-1-202": "500.00",
        }
    )
    return made


def facts(case: UUID) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Case.objects.get(id=case).facts)
    return found


def state(case: UUID) -> str:
    return Case.objects.get(id=case).state


def test_from_draft_to_settled_account(it: Court) -> None:
    use = it.counted(it.announced(it.draft()), ALL_AGREE)
    assert facts(use)["result"]["passed"]
    assert it.decided(use).state == "approved"
    it.act(
        use,
        "committee",
        "contract",
        {
            "contractor": "甲公司",
            "stages": [{"stage": "开工", "amount": "3000"}, {"stage": "完工", "amount": "6000"}],
        },
    )
    it.act(use, "committee", "accept", {"stage_no": "1", "accepted_by": "三名业主代表"})
    it.act(
        use, "committee", "pay", {"stage_no": "1", "amount": "3000", "payee": "甲公司", "invoice": [PICTURE]}
    )
    it.act(use, "housing", "pay.approve")
    books = reading.balances_of(it.fund)
    # 45,000 of area; 6,000 of them the home whose account holds 500 yuan, 9,000 the developer’s.
    assert books["1001", ""] == 1_550_000 - 300_000
    assert books["3001", f"{USE_PLACE}-1-202"] == -50_000 + 40_000
    assert books["1221", "developer"] == 60_000
    it.act(use, "committee", "accept", {"stage_no": "2", "accepted_by": "三名业主代表"})
    it.act(
        use, "committee", "pay", {"stage_no": "2", "amount": "6000", "payee": "甲公司", "invoice": [PICTURE]}
    )
    it.act(use, "housing", "pay.approve")
    books = reading.balances_of(it.fund)
    assert books["1221", f"{USE_PLACE}-1-202"] == 80_000 - 10_000
    assert it.act(use, "committee", "settle", {"report": "已完工", "posted": "门厅"}).state == "settled"
    assert not list(rebuild.check())


USE_PLACE = "140105006002B0001"
