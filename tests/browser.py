"""A real browser for the tests of pages: Debian's Chromium, driven by Playwright; skipped where there is none."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
# Root runs Chromium in continuous integration, where its sandbox cannot start; a small /dev/shm fills up there.
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--font-render-hinting=none"]
# A cheap phone of the day, upright.
PHONE = ViewportSize(width=360, height=740)


def chromium() -> str | None:
    """Where the browser lies: ``LINLI_CHROMIUM``, else the first known name on the path."""
    return os.environ.get("LINLI_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for a whole run."""
    program = chromium()
    if program is None:
        pytest.skip("no Chromium on this machine: install chromium, or set LINLI_CHROMIUM")
    with sync_playwright() as driver, pytest.MonkeyPatch.context() as patch:
        # Playwright keeps an event loop in this thread, beside which Django would refuse to query.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        started = driver.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that has seen nothing yet, in Chinese and in Shanghai."""
    fresh = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A page on a desk, 1280 × 720."""
    return context.new_page()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page on a phone, 360 × 740, with touch."""
    fresh = browser.new_context(
        locale="zh-CN", timezone_id="Asia/Shanghai", viewport=PHONE, has_touch=True, is_mobile=True
    )  # fmt: skip
    yield fresh.new_page()
    fresh.close()
