"""The maintenance fund of the demonstration: which uses it shows, that each vote says what its story says, that the books hold."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from linli.cases import uploads
from linli.cases.act import act
from linli.cases.clock import tick
from linli.cases.models import Case, Notice, Seat, Upload
from linli.cases.playing import Timetable
from linli.cases.rebuild import check
from linli.config.demonstration import cast, places
from linli.config.demonstration.build import RESIDENTS, SEED
from linli.funds import models, reading
from linli.funds.verify import verify
from linli.people import persons
from linli.people.keys import unseal
from linli.people.models import Person
from linli.people.signin.demo import accounts
from linli.programmes.maintenance_fund import demo
from linli.rules.refusal import Refused
from linli.rules.worktime import DAY, HOUR, day_start

pytestmark = [pytest.mark.xdist_group("fund-demonstration"), pytest.mark.django_db]
NOW = day_start(date(2026, 3, 12)) + 15 * HOUR
PEOPLE: list[cast.Cast] = []


@pytest.fixture(scope="module", autouse=True)
def _built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The fund alone, as on a Thursday afternoon; nothing of it is left for other tests."""
    with django_db_blocker.unblock(), override_settings(LINLI_DEMO=True), transaction.atomic():
        places.make(SEED)
        PEOPLE.append(cast.make(SEED, RESIDENTS))
        table = Timetable()
        demo.play(PEOPLE[0], places.COMMUNITY, SEED, NOW, table)
        table.run(NOW)
        yield
        transaction.set_rollback(True)
        PEOPLE.clear()


def use(building: str, state: str) -> Case:
    return Case.objects.get(type="fund_use", place__endswith=building, state=state)


def facts(case: Case) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(case.facts)
    return found


def fund() -> UUID:
    return Case.objects.get(type="fund_account").id


def seats(case: Case, kind: str) -> int:
    return Seat.objects.filter(case=case.id, kind=kind).count()


def heads(result: dict[str, Any], step: int) -> bool:
    """Whether a step holds: participation by area and by heads, approval by area and by heads."""
    return bool(result["steps"][step]["holds"])


def test_uses_stand_in_many_states() -> None:
    wanted = {"settled": 1, "failed": 2, "voting": 1, "counted": 1, "approved": 1, "draft": 1, "resolved": 1}
    assert Counter(Case.objects.filter(type="fund_use").values_list("state", flat=True)) == wanted
    assert not Case.objects.filter(type="fund_use", late=True).exists()


def test_one_passed_and_was_paid_in_two_stages() -> None:
    case = use("B0006", "settled")
    told = facts(case)
    assert told["result"]["passed"]
    assert told["spent"] == 18_576_000 == sum(v.cents for v in reading.paid_under(case.id))
    assert (seats(case, "accepted"), seats(case, "paid"), seats(case, "proxy")) == (2, 2, 1)


def test_one_failed_by_area_though_the_heads_agreed() -> None:
    result = facts(use("B0003", "failed"))["result"]
    assert (result["participation_met"], result["passed"]) == (True, False)
    assert (heads(result, 2), heads(result, 3)) == (False, True)
    assert result["heads"]["agreeing"] > 10 * (result["heads"]["taking_part"] - result["heads"]["agreeing"])


def test_an_upheld_objection_turned_one_over() -> None:
    told = facts(use("B0007", "failed"))
    assert (told["flipped"], told["result"]["passed"], len(told["rulings"])) == (True, False, 1)
    assert told["result"]["participation_met"]


def test_an_emergency_was_confirmed_and_paid_without_a_vote() -> None:
    case = use("B0004", "approved")
    assert "result" not in facts(case)
    found = reading.authority_of(case.id)
    assert found is not None
    assert (found.kind, found.paid, seats(case, "paid")) == ("emergency", 6_740_000, 1)


def test_one_is_posted_with_an_objection_that_nobody_has_answered() -> None:
    case = use("B0002", "counted")
    told = facts(case)
    assert (told["entrance"], told["result"]["passed"], seats(case, "objection")) == ("3", True, 1)
    assert told["publicity_ends"] > NOW


def test_voting_goes_on_and_whoever_tries_it_can_vote() -> None:
    case, me = use("B0008", "voting"), PEOPLE[0].residents[0]
    told = facts(case)
    assert 0.55 <= seats(case, "ballot") / told["heads"] <= 0.65
    assert (seats(case, "paper"), seats(case, "differs")) == (1, 1)
    assert told["opens_at"] < NOW < told["closes_at"]
    mine = Seat.objects.get(case=case.id, kind="owner", head=str(me))
    head = str(json.loads(mine.measures)["_h0"])
    assert not Seat.objects.filter(case=case.id, kind="ballot", head=head).exists()
    by = PEOPLE[0].resident(0, date(2026, 3, 12))
    with transaction.atomic():
        act(case.id, "vote", by, {"choice": "agree"}, key="t/vote", happened=NOW, recorded=NOW)
        assert Seat.objects.filter(case=case.id, kind="ballot", head=head).exists()
        transaction.set_rollback(True)
    assert Seat.objects.filter(case=use("B0006", "settled").id, kind="owner", head=str(me)).exists()
    assert len(reading.titles_of_owner(str(me), "2026-03-12")) == 2


def test_no_ballot_is_seen_while_voting_goes_on() -> None:
    """Every online ballot counts as taking part, and says nothing else in the clear."""
    case = use("B0008", "voting")
    for measures in Seat.objects.filter(case=case.id, kind="ballot").values_list("measures", flat=True):
        assert set(json.loads(measures)) == {"area", "heads"}


def test_a_paper_that_waits_keeps_the_count_from_being_made() -> None:
    case = use("B0008", "voting")
    later = NOW + 20 * DAY
    by = PEOPLE[0].actor("committee1", date(2026, 4, 1))
    with pytest.raises(Refused) as refused, transaction.atomic():
        act(case.id, "count", by, {"posted": "门厅"}, key="t/count", happened=later, recorded=later)
    assert refused.value.code == "papers-open"


def test_the_money_has_a_story_of_years() -> None:
    kinds = Counter(models.Voucher.objects.values_list("kind", flat=True))
    assert kinds == {
        "deposit": 4, "carrying": 6, "interest": 2, "distribution": 1, "reversal": 2, "payment": 3, "apportionment": 3,
        "collection": 1, "income": 3, "spending": 2,
    }  # fmt: skip
    told = facts(Case.objects.get(type="fund_account"))
    assert [d["side"] for d in told["differences"]] == ["bank_more"]
    assert told["bank_balance"] - told["reconciled_book"] == told["differences"][0]["amount"]
    balances = reading.balances_of(fund())
    owing = {holder for (account, holder), cents in balances.items() if account == "1221" and cents}
    assert len(owing) == 2
    assert "developer" in owing


def test_titles_tell_who_owned_what() -> None:
    found = reading.titles_on(fund(), "2026-03-12")
    assert Counter(t.status for t in found)["sold"] > 0.95 * len(found)
    assert all(4_800 <= t.area <= 14_200 for t in found)
    assert any(len(t.owners) == 2 for t in found)
    own = Counter(o for t in found for o in t.owners)
    assert {1, 2} <= set(own.values())
    assert models.Title.objects.exclude(until=None).count() == 2


def test_the_books_hold_and_every_projection_is_what_the_journal_says() -> None:
    assert list(verify(fund())) == []
    assert list(check()) == []


def test_pictures_are_claimed_and_nothing_is_left_to_the_clock() -> None:
    assert Upload.objects.filter(case=None).count() == 0
    assert Upload.objects.filter(field="scan").count() >= 12
    assert {"mandate", "invoice", "proof", "accepted_photos"} <= set(
        Upload.objects.values_list("field", flat=True)
    )
    assert Notice.objects.filter(person=PEOPLE[0].residents[0]).exists()
    with transaction.atomic():
        assert tick(NOW) == 0
    assert uploads.waiting(str(PEOPLE[0].staff["committee1"])) == 0


def test_the_staff_of_the_fund_can_sign_in_and_nobody_else_has_changed() -> None:
    shown = dict(accounts())
    for name, role in (
        ("committee1", "业主委员会"),
        ("committee2", "业主委员会"),
        ("housing1", "住房主管"),
        ("housing2", "住房主管"),
    ):
        assert any(title.zh.startswith(role) for title, _ in shown[name])
    assert {region for name in ("housing1", "housing2") for _, region in shown[name]} == {"140105"}
    phones = [unseal(p) for p in Person.objects.values_list("phone_sealed", flat=True) if p]
    assert len(phones) == len(set(phones))
    first = persons.find_by_phone("13800000000")
    assert first == PEOPLE[0].residents[0]
