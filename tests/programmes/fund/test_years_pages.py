"""A year of property service on its pages: what everybody reads, who owes for those who run it, how an owner hears of it."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.test import Client

from linli.cases.models import Notice
from linli.programmes.maintenance_fund.year import SERVICE_YEAR
from tests.cases.community import HOME
from tests.programmes.fund.court import Court
from tests.programmes.fund.hall import ALL_AGREE, lasting, unnamed
from tests.programmes.fund.office import english, it, main, signed_in, text

pytestmark = pytest.mark.django_db
__all__ = ["it"]
PLAN = {
    "where": HOME, "what": "甲苑", "year": "2026", "fee": "0.50", "costs": [{"about": "保洁", "amount": "2000.00"}],
    "other_income": [{"source": "common", "about": "电梯广告", "amount": "300.00"}],
}  # fmt: skip


def running(it: Court) -> UUID:
    """A year that was adopted, with fees of two homes, a bill, and what was posted."""
    year = it.act((SERVICE_YEAR.key, HOME), "committee", "plan", {**PLAN, "fund": str(it.fund)}).case
    vote = it.counted(it.announced(it.draft("2000.00", matter="general")), ALL_AGREE)
    it.decided(vote)
    it.act(year, "committee", "adopt", {"vote": str(vote)})
    fees = [
        {"home": "B0001-1-101", "amount": "600.00", "ref": "F1"},
        {"home": "B0001-1-102", "amount": "100.00", "ref": "F2"},
    ]
    it.act(year, "committee", "receive", {"memo": "物业费", "fees": fees})
    it.act(year, "committee", "spend", {"memo": "保洁一月", "amount": "160.00", "payee": "保洁公司"})
    it.act(year, "committee", "post", {"posted": "一号楼门厅"})
    return year


@pytest.mark.parametrize("language", ["zh", "en"])
def test_everybody_reads_what_was_posted_and_no_home(it: Court, language: str) -> None:
    year = running(it)
    page = text(lasting(language).get(f"/fund/year/{year}/"))
    assert "700.00" in page and "160.00" in page and "540.00" in page  # fees, spent, left
    assert "2,700.00" in page  # 450 m² at half a yuan for twelve months
    unnamed(it, main(page))
    assert f"/fund/year/{year}/" in text(lasting(language).get("/fund/"))


def test_a_year_that_is_planned_is_nobodys_business_yet(it: Court) -> None:
    year = it.act((SERVICE_YEAR.key, HOME), "committee", "plan", {**PLAN, "fund": str(it.fund)}).case
    assert Client().get(f"/fund/year/{year}/").status_code == 404
    assert signed_in(it, "committee").get(f"/staff/fund/year/{year}/").status_code == 200


def test_those_who_run_it_see_who_owes(it: Court) -> None:
    year = running(it)
    page = main(text(signed_in(it, "committee").get(f"/staff/fund/year/{year}/")))
    assert "1单元102" in page.replace(" ", "") and "380.00" in page  # 480 due, 100 paid
    assert "1单元101" not in page.replace(" ", "")  # it paid all
    english(text(signed_in(it, "committee2", "en").get(f"/staff/fund/year/{year}/")))


@pytest.mark.parametrize("who", ["property", "a"])
def test_others_do_not(it: Court, who: str) -> None:
    year = running(it)
    assert signed_in(it, who).get(f"/staff/fund/year/{year}/").status_code in (403, 404)


def test_an_owner_in_arrears_hears_of_it_and_comes_to_the_page(it: Court) -> None:
    year = running(it)
    it.act(year, "committee", "remind")
    told = {str(p) for p in Notice.objects.filter(case=year).values_list("person", flat=True)}
    assert it.owner_id("b") in told and it.owner_id("a") in told  # 201 of the same owner has not paid
    page = text(lasting("zh", it, "b").get("/notices/"))
    assert f"/fund/year/{year}/" in page and "提醒欠费" in page
