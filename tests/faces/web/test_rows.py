"""Money and tables in the forms of pages: without a script a row is added and nothing typed is lost; what is kept is shown again."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from typing import Any
from uuid import UUID

import pytest
from django.test import RequestFactory
from django.utils import translation

from linli.cases.models import Case
from linli.faces.web import asking, said
from linli.faces.web.resident import report, timeline
from linli.faces.web.staff import batch, casepage, new
from linli.journal.models import Entry
from linli.rules.registry import installed
from linli.rules.worktime import HOUR, day_start
from tests.cases.community import COMMUNITY, HOME, Town, town
from tests.faces import costs
from tests.faces.staff.desk import seen, text

pytestmark = pytest.mark.django_db
START = day_start(date(2026, 3, 2)) + 9 * HOUR
REPORT = {"matter": "三楼楼道灯不亮已经一周", "category": "power", "where": HOME}
FORM: dict[str, Any] = {"type_": "demand", "action": "note_on_visit"}
ROW = {"item": "电缆", "kind": "parts", "pieces": "0", "price": "12,345.6", "paid": "2026-03-01", "at": HOME}
TYPED = {f"costs-0-{k}": v for k, v in ROW.items()} | {"amount": "1,000"}
KEPT = {"item": "电缆", "kind": "parts", "pieces": 0, "price": 1234560, "paid": "2026-03-01", "at": HOME}


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Town:
    made = town()
    monkeypatch.setitem(installed._definitions, "demand", costs.costly())
    for module in (casepage, new, asking, report, timeline, batch):
        monkeypatch.setattr(module, "now", lambda: START + HOUR)
    return made


class _Fields(HTMLParser):
    """What a form of the page would send, by name, and the one that takes the focus."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.described: dict[str, str] = {}
        self.focus, self._select, self._in_template = "", "", 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said_ = {k: v or "" for k, v in attrs}
        self._in_template += tag == "template"
        name = said_.get("name", "")
        if self._in_template:
            return
        if "autofocus" in said_:
            self.focus = name
        if tag == "select":
            self._select, self.values[name] = name, ""
        elif tag == "option" and "selected" in said_:
            self.values[self._select] = said_["value"]
        elif tag in ("input", "textarea") and name:
            self.described[name] = said_.get("aria-describedby", "")
            if said_.get("type") not in ("radio", "checkbox", "file") or "checked" in said_:
                self.values[name] = said_.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        self._in_template -= tag == "template"


def fields(html: str) -> dict[str, str]:
    """The money and the rows that the page would send."""
    return {k: v for k, v in _Fields(html).values.items() if k.startswith(("costs-", "bills-", "amount"))}


def test_a_row_is_added_without_a_script_and_nothing_is_lost_or_done(cast: Town) -> None:
    actor = cast.cast["grid"]
    assert fields(text(seen(actor, new.new_case, **FORM)))["costs-0-price"] == ""
    answer = seen(actor, new.new_case, {**REPORT, **TYPED, "add": "costs"}, **FORM)
    assert answer.status_code == 200
    page = _Fields(text(answer))
    blank = {f"costs-1-{k}": "" for k in ROW}
    assert fields(text(answer)) == {**TYPED, **blank}
    assert page.values["where"] == HOME
    assert page.focus == "costs-1-item"
    assert REPORT["matter"] in text(answer)
    assert 'role="alert"' not in text(answer)
    assert Case.objects.count() == 0


def test_rows_are_added_up_to_the_most_the_table_takes(cast: Town) -> None:
    page = ""
    sent: dict[str, str] = {}
    for rows in (2, 3, 4, 4):
        page = text(seen(cast.cast["grid"], new.new_case, {**sent, "add": "costs"}, **FORM))
        sent = fields(page)
        assert {name.split("-")[1] for name in sent if name.startswith("costs")} == set("0123"[:rows])
    assert re.search(r'value="costs"[^>]* hidden>', page)


def test_a_case_is_opened_with_its_rows_and_shows_them_as_a_table(cast: Town) -> None:
    """Empty rows are dropped, money is kept in cents, and what a gap in the numbers leaves closes up."""
    sent = {**REPORT, **TYPED, "costs-1-item": " ", "costs-3-item": "人工费", "costs-3-price": "88"}
    assert seen(cast.cast["grid"], new.new_case, sent, **FORM).status_code == 302
    case = Case.objects.get()
    page = casepage._page(_request(cast), case.id)
    known = {x.key: v for x, v in page.facts}
    assert (known["costs"], known["amount"]) == ([KEPT, {"item": "人工费", "price": 8800}], 100000)
    html = text(seen(cast.cast["grid"], casepage.case, case=case.id))
    table = html[html.index('<caption class="unseen">费用明细') : html.index("</table>")]
    assert re.findall(r"<th scope=\"row\">([^<]+)", table) == ["电缆", "人工费"]
    assert re.findall(r'data-title="金额">([^<]+)', table) == ["12,345.60 元", "88.00 元"]
    assert "材料" in table
    assert "0 件" in table
    with translation.override("en"):
        assert "¥12,345.60" in text(seen(cast.cast["grid"], casepage.case, case=case.id))


def _request(cast: Town) -> Any:
    request: Any = RequestFactory().get("/")
    request.actor = cast.cast["grid"]
    return request


def test_a_wrong_row_is_named_and_marked_and_comes_back_as_typed(cast: Town) -> None:
    sent = {**REPORT, **TYPED, "costs-2-item": "人工费", "costs-2-price": "八十八"}
    answer = seen(cast.cast["grid"], new.new_case, sent, **FORM)
    assert answer.status_code == 422
    html, page = text(answer), _Fields(text(answer))
    assert 'href="#f-costs">费用明细</a>：第 2 行“金额”：请填写金额（元）' in html
    assert page.described["costs-1-price"] == "f-costs-1-price-wrong f-costs-1-price-unit"
    assert 'id="f-costs-1-price-wrong"' in html
    assert page.described["costs-0-price"] == "f-costs-0-price-unit"
    assert {k: page.values[k] for k in TYPED} == TYPED
    assert page.values["costs-1-price"] == "八十八"
    assert page.values["costs-1-pieces"] == ""


@pytest.fixture
def open_case(cast: Town) -> UUID:
    return cast.act(("demand", COMMUNITY), "resident", "report", START, {**REPORT, "costs": [KEPT]}).case


def test_a_step_of_a_case_asks_for_rows_too(cast: Town, open_case: UUID) -> None:
    """One more row leaves the form open and the case as it is; sent, the rows stand in the story, line by line."""
    actor = cast.cast["community"]
    sent = {
        "action": "attend",
        "people": "1",
        "note": "带来了票据",
        "bills-0-price": "1,200.5",
        "bills-0-seen": "on",
    }
    answer = seen(actor, casepage.case, {**sent, "add": "bills"}, case=open_case)
    assert answer.status_code == 200
    page = _Fields(text(answer))
    assert (page.values["bills-0-price"], page.values["bills-0-seen"], page.focus) == (
        "1,200.5",
        "on",
        "bills-1-price",
    )
    assert re.search(r'id="step-attend" open', text(answer))
    assert 'class="faults"' not in text(answer)
    assert Entry.objects.filter(stream=open_case).count() == 1
    more = {**sent, "bills-1-price": "3"}
    assert seen(actor, casepage.case, more, case=open_case).status_code == 302
    html = text(seen(actor, casepage.case, case=open_case))
    assert "票据：\n金额：1,200.50 元，已看：是\n金额：3.00 元" in html


def test_a_step_that_is_refused_keeps_its_rows(cast: Town, open_case: UUID) -> None:
    sent = {"action": "attend", "people": "0", "bills-4-price": "1,200.5"}
    answer = seen(cast.cast["community"], casepage.case, sent, case=open_case)
    assert answer.status_code == 422
    assert _Fields(text(answer)).values["bills-0-price"] == "1,200.5"


def test_a_report_carries_rows_from_step_to_step(cast: Town, client: Any) -> None:
    """A table stands in the second step; the third carries it, and one more row leads nowhere else."""

    def step(data: dict[str, str]) -> dict[str, str]:
        return _Fields(client.post("/report/of/demand/", data).content.decode()).values

    first = step({"step": "1", "key": "report/k", "matter": REPORT["matter"], "category": "power"})
    second = step({**first, **TYPED, "where": HOME, "add": "costs"})
    assert (second["step"], second["costs-1-item"], second["costs-0-price"]) == ("2", "", "12,345.6")
    third = step({**second, "where": HOME})
    assert (third["step"], third["costs-0-price"], third["amount"]) == ("3", "12,345.6", "1,000")
    assert "costs-1-item" not in third
    client.post("/report/of/demand/", {**third, "reporter-name": "测试", "reporter-phone": "19900001111"})
    facts = {x.key: v for x, v in casepage._page(_request(cast), Case.objects.get().id).facts}
    assert (facts["costs"], facts["amount"]) == ([KEPT], 100000)


def test_what_is_kept_in_cents_is_shown_as_people_type_it(cast: Town) -> None:
    table, amount = asking.inputs((costs.COSTS, costs.AMOUNT), {"costs": [KEPT], "amount": 5}, {}, COMMUNITY)
    assert {x.name.split("-")[2]: x.value for x in table.rows[0] if x.kind != "select"} == {
        "item": "电缆", "pieces": 0, "price": "12345.60", "paid": "2026-03-01",
    }  # fmt: skip
    assert [o.key for x in table.rows[0] for o in x.options if o.on] == ["parts", HOME]
    assert (amount.value, amount.kind) == ("0.05", "money")


def test_rows_are_told_line_by_line_in_both_languages(cast: Town) -> None:
    told = said.shown(costs.COSTS, [KEPT, {"item": "两\n行", "price": 5}])
    assert told is not None
    assert told.zh.splitlines()[1] == "项目：两 行，金额：0.05 元"
    assert told.zh.startswith(
        "项目：电缆，类别：材料，数量：0 件，金额：12,345.60 元，付款日期：2026-03-01，用在哪里："
    )
    assert told.en.splitlines()[1] == "Item: 两 行, Amount: ¥0.05"
    many = said.shown(costs.COSTS, [{"item": str(n), "price": n} for n in range(1, 3001)])
    assert many is not None
    assert (len(many.zh.splitlines()), many.zh.splitlines()[-1]) == (said.LINES + 1, "……共 3000 行")
    assert said.shown(costs.COSTS, []) is None
