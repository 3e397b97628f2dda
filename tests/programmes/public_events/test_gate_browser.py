"""The gate in a real browser: prepared while there is a network, it lets people in without one and tells it later, once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from linli.journal.append import entries
from linli.programmes.public_events.pages import tickets
from linli.rules.worktime import HOUR
from tests.browser import PHONE
from tests.programmes.public_events.hall import MINUTE, Hall, hall, signed_in

pytestmark = pytest.mark.django_db(transaction=True)
WITHIN = 20
HELD = "caches.match(location.pathname, {ignoreVary: true}).then(Boolean)"
"""Whether the worker holds the page ready."""


@pytest.fixture
def it() -> Hall:
    """The hall as it was some hours ago: a browser's clock is nobody's to set."""
    return hall(time.time_ns() // 1000 - 5 * HOUR)


@pytest.fixture
def show(it: Hall) -> UUID:
    """A session that begins in ten minutes: two and one have a place, one waits."""
    case = it.plan(it.at + 5 * HOUR + 10 * MINUTE, capacity=3)
    for who, persons in (("resident", 2), ("resident2", 1), ("resident3", 1)):
        it.act(case, who, "sign_up", persons=persons)
    return case


@pytest.fixture
def phone(it: Hall, show: UUID, live_server: Any, browser: Browser) -> Iterator[BrowserContext]:
    """The phone of somebody at the gate."""
    context = browser.new_context(
        base_url=live_server.url, locale="zh-CN", timezone_id="Asia/Shanghai", viewport=PHONE, has_touch=True
    )
    cookies = signed_in(it, "gate").cookies.items()
    context.add_cookies([{"name": n, "value": c.value, "url": live_server.url} for n, c in cookies])
    context.set_default_timeout(WITHIN * 1000)
    yield context
    context.close()


def gate(phone: BrowserContext, show: UUID) -> Page:
    """The gate's page, ready for a place without a network."""
    page = phone.new_page()
    page.goto(f"/staff/events/gate/{show}/")
    expect(page.locator("[data-sum=placed]")).to_have_text("3")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(lambda: bool(page.evaluate(HELD)))
    return page


def until(true: Callable[[], bool]) -> None:
    """Wait until something is true."""
    end = time.monotonic() + WITHIN
    while not true():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.1)


def types(page: Page, code: str) -> None:
    page.get_by_label("票码").fill(code)
    page.get_by_role("button", name="查票").click()


def code(it: Hall, show: UUID, who: str) -> str:
    return tickets.spoken(tickets.code_of(show, it.person(who))).lower()


def checked_in(show: UUID) -> list[Any]:
    return [e for e in entries(show) if e.action == "check_in"]


def test_a_party_comes_in_without_a_network_and_stands_in_the_journal_once_it_is_back(
    it: Hall, show: UUID, phone: BrowserContext
) -> None:
    page = gate(phone, show)
    result = page.locator("#gate-result")
    phone.set_offline(True)
    page.reload()
    expect(page.get_by_text("没有网络，照样检票")).to_be_visible()
    expect(page.locator("[data-sum=placed]")).to_have_text("3")
    types(page, code(it, show, "resident"))
    expect(result).to_contain_text("有效")
    page.get_by_role("button", name="2", exact=True).click()
    expect(result).to_contain_text("请进")
    types(page, code(it, show, "resident2"))
    expect(result).to_contain_text("请进")
    types(page, code(it, show, "resident2"))
    expect(result).to_contain_text("已经入场")
    types(page, code(it, show, "resident3"))
    expect(result).to_contain_text("候补次序")
    types(page, "ABCD 2345")
    expect(result).to_contain_text("没有这张票")
    expect(page.get_by_text("2 条存在这部手机里")).to_be_visible()
    expect(page.locator("[data-sum=in]")).to_have_text("3")
    page.reload()
    expect(page.get_by_text("2 条存在这部手机里")).to_be_visible()
    assert checked_in(show) == []
    phone.set_offline(False)
    until(lambda: len(checked_in(show)) == 2)
    expect(page.get_by_text("条存在这部手机里")).to_be_hidden()
    assert all(e.happened < e.recorded for e in checked_in(show))
    page.reload()
    expect(page.locator("[data-sum=in]")).to_have_text("3")
    assert len(checked_in(show)) == 2


def test_a_ticket_that_another_gate_let_in_meanwhile_is_told_and_not_entered_twice(
    it: Hall, show: UUID, phone: BrowserContext
) -> None:
    page = gate(phone, show)
    phone.set_offline(True)
    types(page, code(it, show, "resident2"))
    expect(page.locator("#gate-result")).to_contain_text("请进")
    it.at = time.time_ns() // 1000
    it.act(show, "organiser", "check_in", guest=it.person("resident2"))
    phone.set_offline(False)
    expect(page.locator("[data-gate-trouble-list]")).to_contain_text("这张票已在")
    assert len(checked_in(show)) == 1
    page.get_by_role("button", name="知道了").click()
    expect(page.locator("[data-gate-troubles]")).to_be_hidden()


def test_the_list_finds_who_has_neither_a_phone_nor_a_code(
    it: Hall, show: UUID, phone: BrowserContext
) -> None:
    page = gate(phone, show)
    page.get_by_text("按名单找").click()
    people = page.locator("[data-gate-list] .gate-person")
    expect(people).to_have_count(3)
    people.filter(has_text="1 人").first.click()
    expect(page.locator("#gate-result")).to_contain_text("请进")
    until(lambda: len(checked_in(show)) == 1)


SEES = """
const shown = document.createElement('canvas');
const ink = shown.getContext('2d');
setInterval(() => ink.fillRect(0, 0, Math.random() * 9, 9), 100);
navigator.mediaDevices.getUserMedia = async () => shown.captureStream(5);
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ['qr_code']; }
  async detect() { return window.held ? [{ rawValue: window.held }] : []; }
};
"""
"""A camera of the test's own, and a browser that reads what is held up to it: the one that runs tests has neither."""


def test_the_camera_reads_tickets_one_after_the_other(it: Hall, show: UUID, phone: BrowserContext) -> None:
    phone.add_init_script(SEES)
    page = gate(phone, show)
    page.get_by_role("button", name="打开摄像头扫码").click()
    result = page.locator("#gate-result")

    def held(text: str) -> None:
        page.evaluate("text => { window.held = text; }", text)

    held(f"LINLI1/{show.hex}/{tickets.code_of(show, it.person('resident2'))}")
    expect(result).to_contain_text("请进")
    held(f"LINLI1/{UUID(int=5).hex}/{tickets.code_of(show, it.person('resident'))}")
    expect(result).to_contain_text("不是这一场的票")
    held(f"LINLI1/{show.hex}/{tickets.code_of(show, it.person('resident'))}")
    expect(result).to_contain_text("有效")
    page.get_by_role("button", name="关上摄像头").click()
    expect(page.locator("[data-gate-eye]")).to_be_hidden()
    until(lambda: len(checked_in(show)) == 1)
