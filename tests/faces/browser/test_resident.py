"""The resident's way through a matter, as somebody goes it on a phone: with scripts and without, to the end."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.faces.browser.looking import DESK, PHONE
from tests.faces.browser.people import RESIDENT, Site
from tests.faces.browser.walk import DOOR

BUILDING = DOOR.strip("/").rpartition("/")[2]
MATTER = "四单元门口的台阶缺了一块，下雨天有人滑倒。"
FIRST_PAGE = 150_000
"""Bytes over the line that the first page may take with everything on it."""


@pytest.fixture
def plain(site: Site, browser: Browser) -> Iterator[BrowserContext]:
    """A phone whose browser runs no scripts."""
    context = site.enter(browser, "", java_script_enabled=False, **PHONE)
    yield context
    context.close()


def report(page: Page, matter: str = MATTER) -> tuple[str, str]:
    """Three steps; gives number and code."""
    page.goto(f"/report/?at={BUILDING}")
    page.get_by_label("发生了什么").first.fill(matter)
    page.get_by_label("房屋与公共部位").check(force=True)
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("heading", name="在哪里")).to_be_visible()
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("heading", name="怎么联系您")).to_be_visible()
    page.get_by_role("button", name="送出").click()
    expect(page.get_by_role("heading", name="收到了")).to_be_visible()
    number, code = page.locator(".code-big").all_inner_texts()
    return number, code


def test_without_scripts_one_reports_and_follows_by_the_code(
    plain: BrowserContext, site: Site, browser: Browser
) -> None:
    number, code = report(plain.new_page())
    other = site.enter(browser, "", java_script_enabled=False, **PHONE)
    page = other.new_page()
    page.goto("/track/")
    page.get_by_label("编号").fill(number)
    page.get_by_label("查询码").fill(code.lower())
    page.get_by_role("button", name="看进展").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(MATTER)
    page.get_by_text("催一下").first.click()
    page.get_by_role("button", name="催一下").click()
    expect(page.get_by_text("办好了：催一下")).to_be_visible()
    page.get_by_text("撤回").first.click()
    page.get_by_role("button", name="撤回").click()
    expect(page.locator("main .badge").first).to_contain_text("撤")
    other.close()


def test_without_scripts_one_confirms_and_rates(site: Site, browser: Browser) -> None:
    context = site.enter(browser, RESIDENT, java_script_enabled=False, **PHONE)
    page = context.new_page()
    page.goto("/mine/")
    page.locator(".needs-you", has_text="确认或者退回").first.click()
    assert page.locator(".ask .result").count() > 0
    form = page.locator("#step-confirm")
    form.locator("summary").click()
    form.get_by_role("button", name="确认").click()
    expect(page.locator(".faults, [role=alert]").first).to_contain_text("填写")
    form.locator("[name=verdict][value=partly]").check(force=True)
    form.locator("[name=score][value='4']").check(force=True)
    form.get_by_role("button", name="确认").click()
    expect(page.get_by_text("办好了：确认")).to_be_visible()
    expect(page.locator("main .badge").first).to_contain_text("已销号")
    context.close()


def test_what_was_typed_survives_a_closed_browser(site: Site, browser: Browser) -> None:
    context = site.enter(browser, "", **PHONE)
    page = context.new_page()
    page.goto("/report/")
    page.get_by_label("发生了什么").first.fill(MATTER)
    page.get_by_label("绿化").check(force=True)
    page.wait_for_timeout(400)
    kept = context.storage_state()
    context.close()
    again = browser.new_context(base_url=site.address, storage_state=kept, **PHONE)
    page = again.new_page()
    page.goto("/report/")
    expect(page.get_by_label("发生了什么").first).to_have_value(MATTER)
    expect(page.get_by_label("绿化")).to_be_checked()
    again.close()


def test_a_likely_duplicate_is_shown_before_sending(site: Site, browser: Browser) -> None:
    matter = "地下室的水泵夜里一直响，整栋楼都睡不着觉。"
    first, second = (site.enter(browser, "", **PHONE) for _ in range(2))
    report(first.new_page(), matter)
    page = second.new_page()
    page.goto(f"/report/?at={BUILDING}")
    page.get_by_label("发生了什么").first.fill(matter)
    page.get_by_label("房屋与公共部位").check(force=True)
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("heading", name="可能是同一件事")).to_be_visible()
    expect(page.locator(".alike")).not_to_contain_text("水泵")
    first.close()
    second.close()


def test_the_sheet_for_the_door_is_one_page_of_a4(site: Site, browser: Browser) -> None:
    context = site.enter(browser, "", **DESK)
    page = context.new_page()
    page.goto(DOOR)
    pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == 1
    box = re.search(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", pdf)
    assert box and [round(float(x)) for x in box.groups()] in ([595, 842], [596, 842])
    context.close()


@pytest.mark.parametrize("address", ["/", "/report/", "/open/", "/staff/"])
def test_a_first_page_is_light_over_the_line(address: str, site: Site, browser: Browser) -> None:
    context = site.enter(
        browser, "community1" if address == "/staff/" else "", service_workers="block", **PHONE
    )
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda said: sizes.append(said["encodedDataLength"]))
    page.goto(address, wait_until="networkidle")
    sent = int(sum(sizes))
    context.close()
    assert 0 < sent < FIRST_PAGE


def test_leaving_leaves_nothing_on_the_phone(site: Site, browser: Browser) -> None:
    context = site.enter(browser, "13800000005", **PHONE)
    page = context.new_page()
    page.goto("/report/")
    page.get_by_label("发生了什么").first.fill(MATTER)
    page.wait_for_timeout(400)
    page.goto("/mine/")
    page.get_by_role("button", name="退出").click()
    page.wait_for_url(f"{site.address}/")
    assert page.evaluate("Object.keys(localStorage)") == []
    page.goto("/notices/")
    expect(page.get_by_text("登录后看消息")).to_be_visible()
    context.close()
