"""Money leaves the account by one door only. Every other way that somebody may think of is tried here at the door of acts; what
somebody with the database in his hands may try stands with the books.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import pytest

from linli.cases import rebuild
from linli.cases.act import act
from linli.funds import reading
from linli.programmes.maintenance_fund.account import ACCOUNT
from linli.programmes.maintenance_fund.use import USE
from linli.rules.actor import EVERYWHERE, Actor, Grant
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.worktime import DAY
from tests.cases.community import COMMUNITY, HOME
from tests.programmes.fund.court import PICTURE, Court, court

pytestmark = pytest.mark.django_db
AGREE = {"a": "agree", "b": "agree", "d": "agree"}
PAY = {"stage_no": "1", "amount": "3000", "payee": "甲公司", "invoice": [PICTURE]}
CONTRACT = {
    "contractor": "甲公司",
    "stages": [{"stage": "开工", "amount": "3000"}, {"stage": "完工", "amount": "6000"}],
}


@pytest.fixture
def it() -> Court:
    made = court()
    made.account({"B0001-1-101": "5000", "B0001-1-102": "4000", "B0001-1-201": "6000", "B0001-1-202": "500"})
    return made


def code(do: Callable[[], object]) -> str:
    """The code with which it is refused."""
    with pytest.raises(Refused) as refusal:
        do()
    return refusal.value.code


def bank(it: Court) -> int:
    return reading.balances_of(it.fund)["1001", ""]


def approved(it: Court) -> UUID:
    use = it.counted(it.announced(it.draft()), AGREE)
    it.decided(use)
    it.act(use, "committee", "contract", CONTRACT)
    it.act(use, "committee", "accept", {"stage_no": "1", "accepted_by": "业主代表"})
    return use


def test_no_state_before_the_decision_lets_anything_be_paid(it: Court) -> None:
    draft = it.draft()
    announced = it.draft()
    it.act(announced, "committee", "announce", {"opens": it.today(22), "days": 10, "posted": "门厅"})
    voting = it.announced(it.draft())
    counted = it.counted(it.announced(it.draft()), AGREE)
    failed = it.counted(it.announced(it.draft()), {"a": "against", "b": "against", "d": "against"})
    it.decided(failed)
    void = it.draft()
    it.act(void, "committee", "void", {"reason": "不做了"})
    it.act(void, "housing", "void.approve")
    before = bank(it)
    for use in (draft, announced, voting, counted, failed, void):
        for by in ("committee", "housing", "community"):
            assert code(partial(it.act, use, by, "pay", PAY)) in ("not-from-here", "not-yours")
    assert bank(it) == before


def test_nobody_but_the_committee_asks_and_nobody_but_housing_agrees(it: Court) -> None:
    use = approved(it)
    for by in ("housing", "community", "street", "a", "property", "resident"):
        assert code(partial(it.act, use, by, "pay", PAY)) == "not-yours"
    it.act(use, "committee", "pay", PAY)
    before = bank(it)
    for by in ("committee", "committee2", "community", "street", "a", "property"):
        assert code(partial(it.act, use, by, "pay.approve")) == "not-yours"
    assert bank(it) == before


def test_who_holds_both_duties_does_not_approve_his_own_request(it: Court) -> None:
    use = approved(it)
    both = Actor(
        it.cast["housing"].person, (Grant("owners_committee", COMMUNITY), Grant("housing", COMMUNITY))
    )
    it.cast["both"] = both
    it.act(use, "both", "pay", PAY)
    assert code(lambda: it.act(use, "both", "pay.approve")) == "own-request"


def test_a_stage_is_paid_once_and_only_once_it_is_accepted(it: Court) -> None:
    use = approved(it)
    assert code(lambda: it.act(use, "committee", "pay", {**PAY, "stage_no": "2"})) == "not-accepted"
    it.act(use, "committee", "pay", PAY)
    it.act(use, "housing", "pay.approve")
    after = bank(it)
    it.act(use, "committee", "pay", PAY)
    assert code(lambda: it.act(use, "housing2", "pay.approve")) == "already"
    assert bank(it) == after


def test_another_contract_does_not_raise_what_was_approved(it: Court) -> None:
    use = approved(it)
    it.act(use, "committee", "pay", PAY)
    it.act(use, "housing", "pay.approve")
    it.act(
        use,
        "committee",
        "contract",
        {
            "contractor": "甲公司",
            "stages": [{"stage": "一", "amount": "1"}, {"stage": "二", "amount": "9999"}],
        },
    )
    it.act(use, "committee", "accept", {"stage_no": "2", "accepted_by": "业主代表"})
    assert (
        code(lambda: it.act(use, "committee", "pay", {**PAY, "stage_no": "2", "amount": "9999"}))
        == "over-limit"
    )


def test_what_was_voted_on_cannot_be_revised_afterwards(it: Court) -> None:
    use = it.announced(it.draft())
    more = {"why": "更多", "cost": "90000", "quotations": [{"firm": "甲公司", "price": "90000"}]}
    for state in range(3):
        assert code(lambda: it.act(use, "committee", "revise", more)) == "not-from-here"
        if state == 0:
            it.counted(use, AGREE)
        elif state == 1:
            it.decided(use)
    authority = reading.authority_of(use)
    assert authority is not None and authority.limit == 1_000_000


def test_the_account_of_other_homes_pays_nothing_for_these(it: Court) -> None:
    other = it.act(
        (ACCOUNT.key, COMMUNITY), "housing", "open", {"where": COMMUNITY, "what": "乙苑", "bank": "测试银行"}
    ).case
    it.act(
        other,
        "housing",
        "enrol",
        {
            "homes": [
                {
                    "home": "B0002-1-101",
                    "area": 5000,
                    "status": "sold",
                    "owners": it.owner_id("d"),
                    "since": "2020-01-01",
                }
            ]
        },
    )
    mine, it.fund = it.fund, other
    use = it.draft()
    assert (
        code(
            lambda: it.act(
                use, "committee", "announce", {"opens": it.today(22), "days": 10, "posted": "门厅"}
            )
        )
        == "no-homes"
    )
    it.fund = mine


def test_a_request_from_before_the_suspension_is_not_granted_during_it(it: Court) -> None:
    use = approved(it)
    it.act(use, "committee", "pay", PAY)
    it.act(use, "housing", "suspend", {"reason": "有人起诉"})
    assert code(lambda: it.act(use, "housing2", "pay.approve")) == "objections-open"
    it.act(use, "housing", "resume", {"reason": "已撤诉"})
    it.act(use, "housing2", "pay.approve")


def test_a_phone_that_says_it_happened_earlier_opens_nothing(it: Court) -> None:
    use = approved(it)
    before = bank(it)
    it.act(use, "committee", "pay", PAY)
    early = it.at - 5 * DAY
    with pytest.raises(Refused) as refusal:
        act(use, "pay.approve", it.cast["housing"], {}, key=str(uuid4()), happened=early, recorded=it.at)
    assert refusal.value.code == "publicity-running"
    assert bank(it) == before


def test_an_emergency_has_a_limit_and_somebody_else_confirms_it(it: Court) -> None:
    given = {
        "where": HOME, "fund": str(it.fund), "what": "电梯抢修", "why": "困人", "works": "lift", "matter": "use-fund",
        "cost": "200000.01",
        "quotations": [{"firm": "甲公司", "price": "100"}], "danger": "lift", "proof": [PICTURE],
    }  # fmt: skip
    assert code(lambda: it.act((USE.key, HOME), "committee", "declare", given)) == "over-emergency"
    use = it.act((USE.key, HOME), "committee", "declare", {**given, "cost": "8000"}).case
    assert code(lambda: it.act(use, "committee", "confirm", {"reason": "属实"})) == "not-yours"
    assert code(lambda: it.act(use, "committee", "pay", PAY)) == "not-from-here"


def test_a_home_is_refunded_once_and_by_two(it: Court) -> None:
    wish = {"home": "B0001-1-202", "reason": "拆除"}
    it.act(it.fund, "housing", "refund", wish)
    before = bank(it)
    assert code(lambda: it.act(it.fund, "housing", "refund.approve")) == "own-request"
    it.act(it.fund, "housing2", "refund.approve")
    assert bank(it) == before - 50_000
    assert code(lambda: it.act(it.fund, "housing", "refund", wish)) == "no-balance"


def test_a_reversed_payment_is_money_back_and_not_paid_again(it: Court) -> None:
    use = approved(it)
    it.act(use, "committee", "pay", PAY)
    it.act(use, "housing", "pay.approve")
    paid = bank(it)
    it.act(it.fund, "housing", "reverse", {"numbers": "3 4", "reason": "退款"})
    it.act(it.fund, "housing2", "reverse.approve")
    assert bank(it) == paid + 300_000
    it.act(use, "committee", "pay", PAY)
    assert code(lambda: it.act(use, "housing", "pay.approve")) == "already"


TRIED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("pay", PAY),
    ("pay.approve", {}),
    ("refund", {"home": "B0001-1-202", "reason": "拆"}),
    ("refund.approve", {}),
    ("reverse.approve", {}),
)


def test_every_role_of_the_house_alone_gets_no_money_out(it: Court) -> None:
    """Whoever holds one duty alone, everywhere, whatever he tries with a use or an account: the balance stays."""
    use, before = approved(it), bank(it)
    for role in installed.roles():
        alone = Actor(uuid4(), (Grant(role, EVERYWHERE),))
        for case in (use, it.fund):
            _tries(it, case, alone)
        assert bank(it) == before, role


def _tries(it: Court, case: UUID, alone: Actor) -> None:
    for action, answers in TRIED:
        it.at += 1
        try:
            act(case, action, alone, answers, key=str(uuid4()), happened=it.at, recorded=it.at)
        except Refused:
            continue
        if not action.endswith(".approve"):
            it.act(case, "housing2", f"{action}.decline", {"approval_note": "不同意"})


def test_a_deposit_that_was_taken_back_is_booked_anew_under_the_banks_number(it: Court) -> None:
    paid = {
        "memo": "首期交存",
        "homes_kind": "homes",
        "deposits": [{"home": "B0001-1-101", "amount": "7", "ref": "R9"}],
    }
    it.act(it.fund, "housing", "deposit", paid)
    assert code(lambda: it.act(it.fund, "housing", "deposit", paid)) == "ref-booked"
    it.act(it.fund, "housing", "reverse", {"numbers": "3 4", "reason": "记错户"})
    it.act(it.fund, "housing2", "reverse.approve")
    it.act(
        it.fund,
        "housing",
        "deposit",
        {**paid, "deposits": [{"home": "B0001-1-102", "amount": "7", "ref": "R9"}]},
    )
    assert not list(rebuild.check())
