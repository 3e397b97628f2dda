"""The pages of an account: its equation, statements alike on page, sheet and paper, its vouchers, the bank, the verifier."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from linli.cases.ledger import Amount
from linli.funds import statements
from linli.programmes.maintenance_fund.pages import booksbank, staffdoor
from linli.programmes.maintenance_fund.pages.bookspaper import Paper, leaves
from linli.programmes.maintenance_fund.pages.booksstatements import STATEMENTS, Col, Statement
from linli.rules.text import T
from tests.programmes.fund.court import Court
from tests.programmes.fund.office import english, it, main, sheet, signed_in, text
from tests.programmes.fund.test_staff_pages import paid

pytestmark = pytest.mark.django_db
__all__ = ["it"]
__all__ = ["it"]
PAGES = re.compile(rb"/Type /Page\b")


def address(it: Court, more: str = "") -> str:
    return f"/staff/fund/account/{it.fund}/{more}"


def page_of(client: Client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    found = text(answer)
    assert found.count("<h1>") == 1
    assert "style=" not in main(found)
    return found


@pytest.mark.parametrize("who", ["committee", "housing", "community", "auditor"])
def test_every_page_of_an_account_in_both_languages(it: Court, who: str) -> None:
    paid(it)
    pages = ["", "voucher/1/", "voucher/3/", "bank/", "verify/", *(f"book/{key}/" for key in STATEMENTS)]
    chinese, english_ = signed_in(it, who), signed_in(it, who, "en")
    for more in pages:
        page_of(chinese, address(it, more))
        english(page_of(english_, address(it, more)))


def test_an_account_shows_two_equal_sums(it: Court) -> None:
    paid(it)
    page = page_of(signed_in(it, "auditor"), address(it))
    side = page[page.index('class="equation"') : page.index("</section>", page.index('class="equation"'))]
    assert side.count("<dd>13,100.00</dd></div></dl>") == 2
    assert "12,500.00" in side
    assert "600.00" in side
    assert ">相等<" in page
    assert "还没有对过账" in page


def test_vouchers_lead_to_their_entry_authority_and_reversal(it: Court) -> None:
    use = paid(it)
    client = signed_in(it, "auditor")
    page = page_of(client, address(it))
    assert page.index("第 4 号") < page.index("第 1 号")
    payment = page_of(client, address(it, "voucher/3/"))
    assert f"/staff/fund/use/{use}/" in payment
    assert f"/staff/case/{use}/#e" in payment
    assert "3,000.00" in payment
    it.act(it.fund, "housing", "reverse", {"numbers": "4 3", "reason": "重复付款"})
    it.act(it.fund, "housing2", "reverse.approve")
    assert "已被第" in page_of(client, address(it, "voucher/3/")) or "已被冲销" in page_of(
        client, address(it, "voucher/3/")
    )
    assert address(it, "voucher/3/") in page_of(client, address(it, "voucher/6/"))
    assert client.get(address(it, "voucher/99/")).status_code == 404


def test_the_list_of_vouchers_goes_on(it: Court, monkeypatch: pytest.MonkeyPatch) -> None:
    from linli.programmes.maintenance_fund.pages import books

    paid(it)
    monkeypatch.setattr(books, "PAGE", 2)
    client = signed_in(it, "auditor")
    assert "?before=3#vouchers" in page_of(client, address(it))
    second = page_of(client, address(it, "?before=3"))
    assert "第 2 号" in second
    assert "第 3 号" not in second


def _money(said: str) -> float:
    return float(said.replace(",", ""))


def _of_page(page: str) -> list[list[str]]:
    """The cells of the one table of a page."""
    table = page[page.index("<tbody>") : page.index("</table>")]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.S)
    return [
        [re.sub(r"<[^>]+>", "", c).strip() for c in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)]
        for row in rows
    ]


@pytest.mark.parametrize("what", STATEMENTS)
def test_a_sheet_says_in_numbers_what_the_page_says(it: Court, what: str) -> None:
    paid(it)
    client = signed_in(it, "auditor")
    shown = _of_page(page_of(client, address(it, f"book/{what}/")))
    answer = client.get(address(it, f"book/{what}.xlsx"))
    written = [row for row in sheet(answer)[1:] if any(c != "" for c in row)]
    assert len(written) == len(shown)
    for row, cells in zip(written, shown, strict=True):
        for value, said in zip(row, cells, strict=True):
            if re.fullmatch(r"-?[\d,]+\.\d\d", said):
                assert value == _money(said)
            elif said not in ("", "—"):
                assert str(value).removesuffix(".0").partition(" 00:")[0] == said


def test_the_sheet_of_the_homes_is_the_statement(it: Court) -> None:
    paid(it)
    year = it.today()[:4]
    kept = statements.households(it.fund, f"{year}-01-01", it.today())
    rows = sheet(signed_in(it, "housing").get(address(it, "book/households.xlsx")))[1:]
    assert [[round(100 * c) for c in r[1:]] for r in rows[:-1]] == [
        [h.opening, h.came, h.went, h.closing] for h in kept
    ]
    assert rows[-1][4] == sum(h.closing for h in kept) / 100
    assert sum(h.closing for h in kept) == 1_550_000 - 300_000 + 60_000


@pytest.mark.parametrize("what", STATEMENTS)
def test_a_statement_on_paper_is_one_sheet(it: Court, what: str) -> None:
    paid(it)
    answer = signed_in(it, "auditor").get(address(it, f"book/{what}.pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert len(PAGES.findall(answer.content)) == 1


def test_a_long_statement_says_on_every_sheet_what_it_is() -> None:
    """As many sheets as its rows need, each with its number and with the head of the table."""
    columns = [Col(T("房屋", "Home"), "long", 20), Col(T("余额", "Balance"), "money", 13)]
    rows: list[list[Any]] = [[T(f"1号楼 1-{n}", f"B 1-{n}"), Amount(n)] for n in range(200)]
    made = Statement(
        T("分户账", "Homes"), T("2026", "2026"), columns, rows, [[T("合计", "Total"), Amount(19_900)]]
    )
    sheets = leaves(made, Paper(T("甲苑", "Court"), "ZH1", "2026-03-02 09:00", "zh"))
    assert len(sheets) == 5
    for n, leaf in enumerate(sheets, 1):
        assert f"第 {n} 页，共 5 页" in leaf.texts
        assert "余额" in leaf.texts
        assert "甲苑 ZH1 · 2026" in leaf.texts
    assert "199.00" in sheets[-1].texts
    assert sum(t.startswith("1号楼 1-") for leaf in sheets for t in leaf.texts) == 200


def test_a_statement_of_another_year_is_empty_and_says_so(it: Court) -> None:
    client = signed_in(it, "auditor")
    assert "2024-01-01 至 2024-12-31" in page_of(client, address(it, "book/flow/?year=2024"))
    assert "这段时间没有" in page_of(client, address(it, "book/households/?year=2024"))
    assert client.get(address(it, "book/nothing/")).status_code == 404
    assert client.get(address(it, "book/trial.doc")).status_code == 404
    assert page_of(client, address(it, "book/trial/?day=nonsense"))


def test_a_home_is_found_by_its_door_which_is_posted(it: Court) -> None:
    paid(it)
    client, where = signed_in(it, "housing"), address(it, "door/")
    for said in ("1-202", "B0001-1-202", "202", "140105006002B0001-1-202"):
        page = text(client.post(where, {"door": said}))
        assert "B0001" not in page[page.index("<title>") : page.index("</title>")]
        assert "500.00" in page
        assert "100.00" in page
        assert "2020-01-01" in page
    assert client.get(where).status_code == 302
    assert "没有这套房" in text(client.post(where, {"door": "9-999"}))
    assert "演" in main(text(client.post(where, {"door": "1-202"})))
    leader = main(text(signed_in(it, "leader").post(where, {"door": "1-202"})))
    assert "1 名业主" in leader
    assert "演" not in leader


def test_owners_stand_behind_their_masks(it: Court) -> None:
    page = page_of(signed_in(it, "auditor"), address(it, "book/titles/"))
    assert "演示a" not in page
    assert "演" in main(page)
    assert "名业主" in page_of(signed_in(it, "leader"), address(it, "book/titles/"))


BANK = "日期,收入,支出,流水号,余额\n{a},15500.00,,R1,15500.00\n{b},,3000.00,P1,12500.00\n"


def test_the_bank_is_compared_and_the_form_filled(it: Court) -> None:
    paid(it)
    client, where = signed_in(it, "housing"), address(it, "bank/")
    lines = BANK.format(a="2026/03/02", b=it.today()) + f"{it.today()},,12.50,F1,12487.50\n"
    page = text(client.post(where, {"lines": lines}))
    assert "差异都列清了" in page
    assert "-12.50" in page
    assert 'name="action" value="reconcile"' in page
    assert 'value="12487.50"' in page
    assert 'name="differences-0-amount"' in page
    form = re.search(r'<form class="step-body.*?</form>', page, re.S)
    assert form
    given = dict(re.findall(r'name="([^"]+)"[^>]*value="([^"]*)"', form[0]))
    side = re.search(r'<select[^>]*name="differences-0-side".*?</select>', form[0], re.S)
    assert side
    assert 'value="book_more" selected' in side[0]
    it.act(it.fund, "housing", "reconcile", {
        "bank_day": given["bank_day"], "bank_balance": given["bank_balance"],
        "differences": [{"about": given["differences-0-about"], "amount": given["differences-0-amount"], "side": "book_more"}],
    })  # fmt: skip
    assert "最近对账：" in page_of(client, address(it))
    assert 'name="action" value="reconcile"' not in text(
        signed_in(it, "auditor").post(where, {"lines": lines})
    )


def test_what_the_book_alone_has_and_what_is_not_explained(it: Court) -> None:
    paid(it)
    client, where = signed_in(it, "housing"), address(it, "bank/")
    page = text(client.post(where, {"lines": "date,amount,balance\n2026-03-02,15500.00,15500.00\n"}))
    assert "差异都列清了" in page
    assert "bank_more" in page
    page = text(client.post(where, {"lines": "date,amount\n2026-03-02,15500\n", "bank_balance": "15000"}))
    assert "还有说不清的差额" in page
    assert 'value="reconcile"' not in page


def test_a_statement_that_cannot_be_read_says_what_to_do(it: Court) -> None:
    client, where = signed_in(it, "housing"), address(it, "bank/")
    for lines, says in (
        ("", "请选择对账单文件"),
        ("甲,乙\n1,2\n", "要有“日期”列"),
        ("日期,金额\n某天,1\n", "第 2 行"),
        ("日期,金额\n2026-03-02,1.234\n", "第 2 行"),
        ("日期,金额\n2026-03-02,\n", "没有一笔收支"),
    ):
        answer = client.post(where, {"lines": lines})
        assert (answer.status_code, says in text(answer)) == (422, True), lines
    assert "请填写期末余额" in text(client.post(where, {"lines": "日期,金额\n2026-03-02,1\n"}))


STATEMENT = (
    ("交易日期", "借方金额（元）", "贷方金额（元）", "摘要"),
    ("2026-03-02", 12.5, "", "手续费"),
    ("2026-03-03", "", "1,000.00", "利息"),
)


def test_a_statement_is_read_from_a_workbook() -> None:
    import io

    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out)
    written = book.add_worksheet()
    for n, row in enumerate(STATEMENT):
        written.write_row(n, 0, row)
    book.close()
    read = booksbank.parsed(out.getvalue(), ".xlsx")
    assert not read.wrong
    assert [(x.day, x.cents, x.name) for x in read.lines] == [
        ("2026-03-02", -1250, "手续费"),
        ("2026-03-03", 100_000, "利息"),
    ]
    assert "读不了" in booksbank.parsed(b"nothing", ".xlsx").wrong[0].zh


def test_the_verifier_runs_on_request(it: Court) -> None:
    paid(it)
    client, where = signed_in(it, "auditor"), address(it, "verify/")
    assert "全部成立" not in page_of(client, where)
    page = text(client.post(where))
    assert "全部成立" in page
    assert re.search(r"凭证</dt><dd>4<", page)
    _unguarded("UPDATE funds_leg SET cents = cents + 1 WHERE number = 3 AND line = 1", it.fund)
    page = text(client.post(where))
    assert "借贷不平" in page
    assert "voucher/unbalanced" in page
    assert "账簿与日志不一致" in page
    english(text(signed_in(it, "auditor", "en").post(where)))


def _unguarded(statement: str, _: UUID) -> None:
    """A change behind the back of the triggers, as somebody at the database’s own prompt makes it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            cursor.execute(statement)
            cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'funds_leg'"
        )
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        cursor.execute(statement)
        for _name, sql in triggers:
            cursor.execute(sql)


def test_the_book_leaves_as_beancount_text(it: Court) -> None:
    paid(it)
    answer = signed_in(it, "auditor").get(address(it, "book.beancount"))
    said = text(answer)
    assert "甲苑" in said
    assert said.count(" * ") == 4
    assert "Assets:Bank" in said


def test_the_door_to_the_pages_keeps_its_clock() -> None:
    assert staffdoor.now() > 1_700_000_000_000_000
