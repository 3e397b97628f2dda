"""Reporting where there is no network: kept on the phone, sent by itself later, once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.faces.browser.looking import PHONE
from tests.faces.browser.people import Site
from tests.faces.browser.walk import DOOR

BUILDING = DOOR.strip("/").rpartition("/")[2]
MATTER = "二层窗户的插销坏了，风一吹就开，怕砸到楼下的人。"


@pytest.fixture
def phone(site: Site, browser: Browser) -> Iterator[BrowserContext]:
    """A phone that has opened the form once, so that its worker is ready."""
    context = site.enter(browser, "", **PHONE)
    page = context.new_page()
    page.goto(f"/report/?at={BUILDING}")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.wait_for_load_state("networkidle")
    yield context
    context.close()


def cut(context: BrowserContext, cut: bool) -> None:
    """Take the network away from the pages and from their worker, or give it back."""
    context.set_offline(cut)


def first_step(page: Page, matter: str) -> None:
    page.get_by_label("发生了什么").first.fill(matter)
    page.get_by_label("房屋与公共部位").check(force=True)
    page.get_by_role("button", name="下一步").click()


def photo() -> bytes:
    file = BytesIO()
    Image.new("RGB", (640, 480), "teal").save(file, "JPEG")
    return file.getvalue()


def waiting(page: Page) -> list[str]:
    """The states of what the phone keeps."""
    return list(page.evaluate("linliOutbox.all().then((all) => all.map((record) => record.state))"))


def test_the_last_step_without_a_network_waits_and_is_sent_by_itself_once(phone: BrowserContext) -> None:
    page = phone.pages[0]
    first_step(page, MATTER)
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_role("heading", name="怎么联系您")).to_be_visible()
    cut(phone, True)
    page.get_by_role("button", name="送出").click()
    expect(page.get_by_text("已存在手机里，联网后自动送出")).to_be_visible()
    expect(page.locator("#kept-list")).to_contain_text(MATTER)
    cut(phone, False)
    expect(page.get_by_text("已经送出")).to_be_visible()
    number, code = page.locator("#kept-list .code-big").all_inner_texts()
    assert re.fullmatch(r"LL-\d{4}-\d{4}", number)
    assert re.fullmatch(r"[2-9A-HJ-NP-Z]{10}", code)
    again = page.evaluate(
        "linliOutbox.all().then(async (all) => { await linliOutbox.put({...all[0], state: 'ready', entries: []}); })"
    )
    assert again is None
    page.goto("/mine/")
    expect(page.locator("main .list li")).to_have_count(1)


def test_what_was_begun_goes_on_without_a_network_with_its_photos(phone: BrowserContext) -> None:
    page = phone.pages[0]
    first_step(page, MATTER)
    expect(page.get_by_role("heading", name="在哪里")).to_be_visible()
    cut(phone, True)
    page.locator("[data-photo]").first.set_input_files(
        {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    page.get_by_role("button", name="下一步").click()
    expect(page.get_by_label("发生了什么").first).to_have_value(MATTER)
    expect(page.get_by_text("先前选的 1 张照片会一起送出。")).to_be_visible()
    page.get_by_role("button", name="送出").click()
    expect(page.get_by_text("已存在手机里，联网后自动送出")).to_be_visible()
    assert waiting(page) == ["ready"]
    cut(phone, False)
    expect(page.get_by_text("已经送出")).to_be_visible()
    page.get_by_role("link", name="看进展").click()
    expect(page.locator("main .photos img, main img")).to_have_count(1)


def test_a_page_without_a_network_offers_the_form(phone: BrowserContext) -> None:
    page = phone.pages[0]
    cut(phone, True)
    page.goto("/mine/")
    expect(page.locator("#kept-offline")).to_contain_text("现在没有网络")
    page.get_by_label("发生了什么").first.fill(MATTER)
    page.get_by_label("房屋与公共部位").check(force=True)
    page.get_by_role("button", name="送出").click()
    expect(page.get_by_text("已存在手机里，联网后自动送出")).to_be_visible()


def test_a_page_of_the_staff_says_only_that_there_is_no_network(phone: BrowserContext) -> None:
    page = phone.pages[0]
    cut(phone, True)
    page.goto("/staff/")
    expect(page.get_by_role("heading", name="现在没有网络")).to_be_visible()
    expect(page.locator("#kept-form")).to_have_count(0)


def test_what_is_not_taken_says_why_and_can_be_changed(phone: BrowserContext) -> None:
    page = phone.pages[0]
    record = {"key": "report/unfit", "path": "/report/", "who": "guest", "at": 9e15, "state": "ready"}
    page.evaluate("record => linliOutbox.put(record)", {**record, "entries": [["matter", MATTER]]})
    page.goto("/report/kept/")
    expect(page.locator("#kept-list")).to_contain_text("没有收下：类别：这一项要填写")
    page.get_by_role("button", name="修改后再送").click()
    expect(page.get_by_label("发生了什么").first).to_have_value(MATTER)
    page.get_by_label("房屋与公共部位").check(force=True)
    page.get_by_role("button", name="送出").click()
    expect(page.get_by_text("已经送出")).to_be_visible()
