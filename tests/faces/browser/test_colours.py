"""The colour map on a phone, without a script: marks, doors, lists, and the sheet for the printer."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.faces.browser.looking import PHONE, SIDEWAYS, Ears, axe
from tests.faces.browser.people import Site

MAP = "/staff/map/colours/"
APART = """() => [...document.querySelectorAll('.plan-house')].filter((e) => {
  const box = e.getBoundingClientRect(); return box.width < 47.5 || box.height < 24;
}).length"""


def _looks_well(page: Page, ears: Ears) -> None:
    assert page.evaluate(SIDEWAYS) is False
    assert list(axe(page)) == []
    assert ears.told() == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_grid_member_walks_from_the_map_to_a_door(site: Site, browser: Browser, language: str) -> None:
    context = site.enter(browser, "grid01", java_script_enabled=True, **PHONE)
    site.speak(context, language)
    page, ears = context.new_page(), Ears()
    ears.listen(page)
    page.goto(MAP)
    _looks_well(page, ears)
    assert page.evaluate(APART) == 0
    keys = page.locator(".key")
    expect(keys).to_have_count(7)
    keys.nth(6).click()
    page.wait_for_url("**label=minor**")
    signs = {s.strip() for s in page.locator(".plan-house .sign").all_text_contents()}
    assert signs == {"未" if language == "zh" else "MI"}
    _looks_well(page, ears)
    page.locator(".plan-house:has(.label-mark)").first.click()
    page.wait_for_url("**building=**")
    _looks_well(page, ears)
    stripe = page.locator(".stripe").first
    stripe.scroll_into_view_if_needed()
    box = page.locator(".flat").first.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 47.5
    stripe.click()
    page.wait_for_url("**/staff/rolls/households/**")
    expect(page.locator(".tag.label.minor").first).to_be_visible()
    context.close()


def test_the_map_and_its_lists_need_no_script(site: Site, browser: Browser) -> None:
    context = site.enter(browser, "community1", java_script_enabled=False, **PHONE)
    page = context.new_page()
    page.goto(MAP)
    number = page.locator(".keys .number").first
    n = number.inner_text().split()[0]
    number.click()
    expect(page.locator("#found .number")).to_have_text(n)
    for form, kind in (("pdf", "application/pdf"), ("svg", "image/svg+xml")):
        answer = context.request.get(f"{MAP}?format={form}")
        assert answer.headers["content-type"].startswith(kind)
        assert answer.headers["cache-control"] == "private, no-store"
    page.goto("/staff/map/grids/")
    page.locator(".plan-grid").first.click()
    expect(page.locator("#charge")).to_be_visible()
    context.close()
