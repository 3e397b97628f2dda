"""The staff's map under a pointer and under the keyboard, and a mask that opens without a script."""

from __future__ import annotations

from playwright.sync_api import Browser, Route, expect

from tests.faces.browser.people import Site

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


def test_map_and_list_select_together_and_open_the_building(site: Site, browser: Browser) -> None:
    context = site.enter(browser, "community1")
    page = context.new_page()
    page.goto("/staff/map/")
    link, marked = page.locator("[data-house]").nth(4), page.locator("path.house.on")
    link.hover()
    expect(marked).to_have_count(1)
    name = link.locator(".grow").inner_text()
    assert name in (marked.get_attribute("aria-label") or "")
    expect(page.locator("#atlas-said")).to_contain_text(name)
    shape = page.locator("path.house").nth(2)
    shape.focus()
    chosen = page.locator(".atlas-houses li.on a")
    expect(chosen).to_have_count(1)
    address = chosen.get_attribute("href") or ""
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")
    page.goto("/staff/map/")
    box = page.locator("path.house").nth(2).bounding_box()
    assert box
    page.mouse.click(box["x"] + 4, box["y"] + box["height"] / 2)
    page.wait_for_url(f"**{address}")
    context.close()


def test_a_building_pointed_at_before_the_shapes_arrive_is_marked_when_they_do(
    site: Site, browser: Browser
) -> None:
    context = site.enter(browser, "community1")
    page = context.new_page()
    waiting: list[Route] = []
    page.route("**/staff/map/buildings.json*", lambda route: waiting.append(route))
    page.goto("/staff/map/")
    link, marked = page.locator("[data-house]").nth(4), page.locator("path.house.on")
    link.hover()
    expect(page.locator(".atlas-houses li.on")).to_have_count(1)
    assert waiting
    for route in waiting:
        route.continue_()
    expect(marked).to_have_count(1)
    context.close()


def test_a_mask_opens_once_without_a_script(site: Site, browser: Browser) -> None:
    context = site.enter(browser, "community1", java_script_enabled=False, **PHONE)
    page = context.new_page()
    page.goto("/staff/rolls/households/?label=party")
    page.locator(".homes a").first.click()
    page.locator(".behind summary").first.click()
    page.locator(".behind input[name=reason]").first.fill("核对党员组织关系")
    page.get_by_role("button", name="看电话").first.click()
    expect(page.locator(".clear-value")).to_be_visible()
    number = page.locator(".clear-value").inner_text()
    assert number not in page.url
    page.get_by_role("link", name="返回").click()
    expect(page.get_by_text(number)).to_have_count(0)
    page.goto("/staff/rolls/opened/?mine=1")
    expect(page.get_by_text("核对党员组织关系")).to_have_count(1)
    expect(page.get_by_text(number)).to_have_count(0)
    context.close()
