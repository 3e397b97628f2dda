"""What the pages do in a browser, with their scripts and without."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect


def test_letters_grow_without_a_reload_and_stay_large(page: Page, site: str, troubles: list[str]) -> None:
    page.goto(f"{site}/style/home/")
    page.evaluate("window.same = true")
    page.get_by_role("button", name="大字").click()
    assert page.evaluate("[document.documentElement.dataset.size, window.same]") == ["large", True]
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "24px"
    page.get_by_role("button", name="大字").click()
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "17px"


def test_letters_and_language_change_without_scripts(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/style/home/")
    page.get_by_role("button", name="大字").click()
    page.get_by_role("button", name="EN").click()
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    expect(page.get_by_role("heading", name="My matters")).to_be_visible()
    assert page.url == f"{site}/style/home/"
    context.close()


def test_what_is_typed_survives_a_closed_page(page: Page, site: str, troubles: list[str]) -> None:
    page.goto(f"{site}/style/fields/")
    page.get_by_label("发生了什么？").fill("楼道漏水")
    page.get_by_label("垃圾清运").check(force=True)
    page.get_by_role("group", name="在场的人").get_by_role("button", name="加一行").click()
    page.locator("[name='people-1-name']").fill("样例")
    page.goto(f"{site}/style/home/")
    page.goto(f"{site}/style/fields/")
    expect(page.get_by_label("发生了什么？")).to_have_value("楼道漏水")
    expect(page.get_by_label("垃圾清运")).to_be_checked()
    expect(page.locator("[name='people-1-name']")).to_have_value("样例")
    page.get_by_role("button", name="清空重写").click()
    expect(page.get_by_label("发生了什么？")).to_have_value("")


def test_a_draft_is_dropped_once_it_has_arrived(page: Page, site: str, troubles: list[str]) -> None:
    page.goto(f"{site}/style/report/")
    page.get_by_label("发生了什么？").fill("楼道漏水")
    page.reload()
    assert page.evaluate("localStorage.length") == 1
    page.evaluate(
        "document.dispatchEvent(new CustomEvent('linli:sent', {detail: {name: 'style-report'}, bubbles: true}))"
    )
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    expect(page.get_by_label("发生了什么？")).to_have_value("")


def test_a_photo_that_is_too_large_is_said_so_and_can_be_made_smaller(
    page: Page, site: str, tmp_path: Path, troubles: list[str]
) -> None:
    from PIL import Image

    small, large = tmp_path / "small.jpg", tmp_path / "large.jpg"
    Image.new("RGB", (2400, 1200), "#777777").save(small)
    large.write_bytes(small.read_bytes() + b"\0" * 11 * 1024 * 1024)
    page.goto(f"{site}/style/report/")
    page.locator("[data-photo][multiple]").set_input_files([small, large])
    expect(page.get_by_text("照片太大（11 MB），请选 10 MB 以下的，或让我们帮您压缩。")).to_be_visible()
    assert page.locator(".shot img").count() == 1
    page.get_by_role("button", name="帮我压缩").click()
    expect(page.get_by_text("已压缩到")).to_be_visible()
    sizes = page.evaluate("[...document.querySelector('[data-photo][multiple]').files].map((f) => f.size)")
    assert len(sizes) == 2
    assert max(sizes) < 10 * 1024 * 1024


def test_a_question_is_asked_only_where_an_answer_calls_for_it(
    page: Page, site: str, troubles: list[str]
) -> None:
    page.goto(f"{site}/style/fields/")
    asked = page.get_by_label("还差什么？")
    expect(asked).to_be_hidden()
    page.get_by_label("没解决").check(force=True)
    expect(asked).to_be_visible()
    page.locator("input[name=verdict][value=solved]").check(force=True)
    expect(asked).to_be_disabled()


def test_rows_are_added_and_removed(page: Page, site: str, troubles: list[str]) -> None:
    """They stay numbered as they stand, in what is sent and in what is read out."""
    page.goto(f"{site}/style/fields/")
    table = page.get_by_role("group", name="在场的人")
    for n in (1, 2):
        table.get_by_role("button", name="加一行").click()
        page.keyboard.type(f"样例{n}")
    named = table.locator("[name^='people-'][name$='-name']")
    assert named.evaluate_all("all => all.map((e) => e.name)") == [f"people-{n}-name" for n in range(3)]
    table.get_by_role("button", name="删去这一行").nth(1).click()
    told = "all => all.map((e) => [e.name, e.value, e.labels[0].htmlFor === e.id, e.closest('.repeat-row').ariaLabel])"
    assert named.evaluate_all(told) == [
        ["people-0-name", "", True, "第 1 行"],
        ["people-1-name", "样例2", True, "第 2 行"],
    ]


def test_rows_that_were_added_are_there_again_and_go_with_the_draft(
    page: Page, site: str, troubles: list[str]
) -> None:
    page.goto(f"{site}/style/fields/")
    table = page.get_by_role("group", name="费用明细")
    amounts = table.locator("[name$='-amount']")
    for n in range(3):
        if n:
            table.get_by_role("button", name="加一行").click()
        amounts.nth(n).fill(f"1{n}0.50")
    table.get_by_role("button", name="删去这一行").nth(1).click()
    page.goto(f"{site}/style/home/")
    page.goto(f"{site}/style/fields/")
    assert amounts.evaluate_all("all => all.map((e) => e.value)") == ["100.50", "120.50"]
    page.get_by_role("button", name="清空重写").click()
    assert amounts.evaluate_all("all => all.map((e) => e.value)") == [""]


def test_no_more_rows_are_added_than_the_table_takes(page: Page, site: str, troubles: list[str]) -> None:
    page.goto(f"{site}/style/fields/")
    table = page.get_by_role("group", name="费用明细")
    more = table.get_by_role("button", name="加一行")
    for _ in range(5):
        more.click()
    expect(more).to_be_hidden()
    table.get_by_role("button", name="删去这一行").first.click()
    expect(more).to_be_visible()


def test_a_worker_needs_no_mouse(page: Page, site: str, troubles: list[str]) -> None:
    page.goto(f"{site}/style/cases/")
    press = page.keyboard.press
    press("j")
    press("j")
    assert page.evaluate("document.activeElement.textContent") == "LL-2024-0098"
    press("k")
    press("x")
    expect(page.locator("[data-pick]").first).to_be_checked()
    expect(page.locator(".bulk [data-chosen]")).to_have_text("已选 2 件")
    press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("jk?")
    expect(page.locator("#search")).to_have_value("jk?")
    press("Escape")
    press("?")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()
    page.get_by_label("使用这些快捷键").uncheck()
    press("Escape")
    press("?")
    expect(page.get_by_role("dialog", name="快捷键")).to_be_hidden()


def test_e_does_the_next_step(page: Page, site: str, troubles: list[str]) -> None:
    page.goto(f"{site}/style/today/")
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.wait_for_url("**/style/case/")


@pytest.mark.parametrize("address", ["/style/fields/", "/style/case/", "/style/cases/"])
def test_pages_print_without_their_frame(address: str, page: Page, site: str, troubles: list[str]) -> None:
    page.goto(site + address)
    page.emulate_media(media="print")
    for frame in (".tabs", ".rail", ".tools", ".search", ".bulk"):
        assert page.locator(frame).evaluate_all("all => all.every((e) => !e.checkVisibility())"), frame
