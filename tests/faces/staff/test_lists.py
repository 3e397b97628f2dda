"""The pages of lists: filters in the address, views, columns, acting on many, the ledger."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from linli.cases import saved
from linli.cases.models import Case
from linli.faces.web.staff import batch, cases, ledger, views
from linli.rules.worktime import HOUR, day_start
from tests.cases.community import COMMUNITY, HOME, Town, town
from tests.faces.staff.desk import seen, text

pytestmark = pytest.mark.django_db
START = day_start(date(2026, 3, 2)) + 9 * HOUR
DEMAND = ("demand", COMMUNITY)
REPORT = {"matter": "楼道灯不亮", "category": "power", "where": HOME}
SAID = {"reporter": {"name": "甲乙丙", "phone": "19911112222"}}


@pytest.fixture
def cast() -> Town:
    return town()


def _report(cast: Town, n: int = 1, **more: object) -> list[UUID]:
    return [cast.act(DEMAND, "resident", "report", START + i, {**REPORT, **more}).case for i in range(n)]


def _list(cast: Town, query: str = "", who: str = "community") -> str:
    return text(seen(cast.cast[who], cases.cases, query=query))


def test_the_list_shows_fifty_and_the_way_to_the_rest(cast: Town) -> None:
    _report(cast, 53)
    first = _list(cast)
    assert first.count("<tr data-row") == 50
    (following,) = re.findall(r'href="\?&(?:amp;)?page=(after[^"]+)"', first)
    second = _list(cast, f"?page={following}")
    assert second.count("<tr data-row") == 3
    assert 'rel="prev"' in second and 'rel="next"' not in second


def test_a_page_that_is_none_is_not_found(cast: Town) -> None:
    with pytest.raises(Http404):
        _list(cast, "?page=after-x")


def test_what_the_address_says_wrongly_is_said(cast: Town) -> None:
    assert "from=gestern" in _list(cast, "?from=gestern")


def test_a_search_is_kept_under_an_id_and_is_nobody_elses(cast: Town) -> None:
    _report(cast, 1, **SAID)
    answer: Any = seen(cast.cast["community"], cases.search, {"q": "甲乙丙"})
    assert "甲" not in answer.url
    query = answer.url.partition("?")[2]
    page = _list(cast, f"?{query}")
    assert "楼道灯不亮" in page
    assert all("%E7%94%B2" not in link and "甲" not in link for link in re.findall(r'href="([^"]*)"', page))
    with pytest.raises(Http404):
        _list(cast, f"?{query}", "street")


def test_a_view_is_kept_shown_renamed_and_deleted(cast: Town) -> None:
    me = cast.cast["community"]
    assert me.person
    seen(me, views.keep, {"list": "cases", "query": "show=late&category=power", "name": " 急  的 "})
    (view,) = saved.views(me.person, "cases")
    assert (view.name, dict(view.query)) == ("急 的", {"show": "late", "category": "power"})
    assert "急 的" in _list(cast)
    assert "急 的" in text(seen(me, views.views))
    seen(me, views.change, {"name": "很急的"}, kept=view.id)
    assert [v.name for v in saved.views(me.person, "cases")] == ["很急的"]
    with pytest.raises(Http404):
        seen(cast.cast["street"], views.change, {"delete": "1"}, kept=view.id)
    seen(me, views.change, {"delete": "1"}, kept=view.id)
    assert saved.views(me.person, "cases") == []


def test_a_view_without_a_name_or_list_is_not_kept(cast: Town) -> None:
    me = cast.cast["community"]
    assert me.person
    seen(me, views.keep, {"list": "cases", "query": "", "name": " "})
    seen(me, views.keep, {"list": "cases", "query": "", "name": "长" * 61})
    assert saved.views(me.person, "cases") == []
    with pytest.raises(Http404):
        seen(me, views.keep, {"list": "elsewhere", "query": "", "name": "a"})


def test_the_columns_that_somebody_chose_are_his(cast: Town) -> None:
    _report(cast)
    seen(cast.cast["community"], views.columns, {"list": "cases", "query": "", "column": "reporter"})
    assert "未留姓名" not in _list(cast)
    assert "实名" in _list(cast) and "实名" not in _list(cast, who="street")
    seen(cast.cast["community"], views.columns, {"list": "cases", "query": "", "usual": "1"})
    assert "实名" not in _list(cast)


def _batch(cast: Town, who: str, act: str, ids: list[UUID], **more: str) -> Any:
    data: dict[str, Any] = {"act": act, "case": [str(i) for i in ids], "back": "show=live", **more}
    return seen(cast.cast[who], batch.batch, data)


def test_one_step_is_asked_once_and_done_for_each(cast: Town) -> None:
    ids = _report(cast, 3)
    form = text(_batch(cast, "community", "demand.note", ids))
    assert form.count('name="case"') == 3 and 'name="note"' in form and 'name="photos"' not in form
    done = text(_batch(cast, "community", "demand.note", ids, go="1", key="b1", note="已通知物业"))
    assert "办好了 3 件" in done
    assert [c.seq for c in Case.objects.all()] == [2, 2, 2]


def test_the_same_batch_sent_twice_acts_once(cast: Town) -> None:
    ids = _report(cast, 2)
    for _ in range(2):
        assert "办好了 2 件" in text(
            _batch(cast, "community", "demand.note", ids, go="1", key="b", note="好")
        )
    assert [c.seq for c in Case.objects.all()] == [2, 2]


def test_who_is_refused_is_named_with_the_reason_and_stays_chosen(cast: Town) -> None:
    good, closed = _report(cast, 2)
    cast.act(closed, "resident", "withdraw", START + 9)
    ids = [good, closed, uuid4()]
    page = text(_batch(cast, "community", "demand.note", ids, go="1", key="b", note="好"))
    assert "办好了 1 件" in page and "有 2 件没办成" in page
    assert "not-from-here" in page and "no-such-case" in page
    assert re.search(rf'value="{closed}" data-pick checked', page)
    assert Case.objects.get(id=closed).seq == 2
    assert 'name="note" value="好"' in page
    again = text(_batch(cast, "community", "demand.note", [closed], note="好"))
    assert ">好</textarea>" in again.replace("\n", "")


def test_a_case_out_of_sight_is_refused_and_nothing_of_it_shown(cast: Town) -> None:
    ids = _report(cast, 1)
    page = text(_batch(cast, "elsewhere", "demand.note", ids, go="1", key="b", note="好"))
    assert "no-such-case" in page and "楼道灯" not in page
    assert Case.objects.get().seq == 1


def test_answers_that_miss_something_are_asked_again_and_kept(cast: Town) -> None:
    ids = _report(cast, 2)
    answer = _batch(cast, "community", "demand.attend", ids, go="1", key="b", note="来问过", people="no")
    assert answer.status_code == 422
    assert "来问过" in text(answer)
    assert [c.seq for c in Case.objects.all()] == [1, 1]


@pytest.mark.parametrize(
    ("act", "n"),
    [("demand.void", 1), ("demand.nothing", 1), ("x", 1), ("demand.note", 0), ("demand.note", 201)],
)
def test_what_is_not_for_many_leads_back(cast: Town, act: str, n: int) -> None:
    answer = _batch(cast, "community", act, [uuid4() for _ in range(n)])
    assert (answer.status_code, answer.url) == (302, "/staff/cases/?")


def test_the_way_back_from_a_batch_stays_in_the_house(cast: Town) -> None:
    answer = _batch(cast, "community", "x", [], back="//evil.example/?show=late")
    assert answer.url == "/staff/cases/?"


def test_the_ledger_opens_on_this_year_and_tells_its_totals(cast: Town) -> None:
    _report(cast, 2, **SAID)
    start: Any = seen(cast.cast["community"], ledger.ledger)
    assert "type=demand" in start.url and "from=" in start.url
    page = text(seen(cast.cast["community"], ledger.ledger, query="?type=demand&show=all"))
    assert "合计 2 件：办结 0，在办 2" in page
    assert "LL-2026-0001" in page and "反映问题" in page and "实名" in page
    paper = text(seen(cast.cast["community"], ledger.ledger, query="?type=demand&show=all&print=1"))
    assert "2026-03-02 09:00" in paper and "data-pick" not in paper
    assert "甲乙" not in page and "19911112222" not in page


def test_a_resident_has_no_ledger(cast: Town) -> None:
    with pytest.raises(PermissionDenied):
        seen(cast.cast["resident"], ledger.ledger)
