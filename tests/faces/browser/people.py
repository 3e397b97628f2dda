"""Who walks through the site: nobody, a resident, and staff of every role, signed in through the pages as people do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

PASSWORD = "linli-demo-only"
RESIDENT, NOBODY = "13800000000", ""
STAFF = (
    *("grid01", "community1", "window1", "street1", "property", "leader", "auditor", "admin"),
    *("committee1", "housing1"),
    *("facilitator1", "mediation1", "law", "secretary1", "organiser1", "gate1"),
)
EVERYBODY = (NOBODY, RESIDENT, *STAFF)
LANGUAGE = {"zh": "zh-hans", "en": "en"}


@dataclass
class Site:
    """A running site, and the browsers' memories of those who signed in to it."""

    address: str
    states: dict[str, Any] = field(default_factory=dict)

    def enter(self, browser: Browser, who: str, **options: Any) -> BrowserContext:
        """A browser of somebody: signed in once, remembered from then on."""
        if who and who not in self.states:
            self.states[who] = self._sign_in(browser, who)
        known = {"storage_state": self.states[who]} if who else {}
        context = browser.new_context(
            base_url=self.address, locale="zh-CN", timezone_id="Asia/Shanghai", **known, **options
        )
        context.set_default_timeout(15_000)
        return context

    def _sign_in(self, browser: Browser, who: str) -> Any:
        context = browser.new_context(base_url=self.address)
        page = context.new_page()
        (_with_phone if who.isdigit() else _with_password)(page, who)
        state = context.storage_state()
        context.close()
        return state

    def speak(self, context: BrowserContext, language: str, size: str = "normal") -> None:
        """The language (zh or en) and the letters (normal or large) of a browser, as its two cookies keep them."""
        chosen = {"django_language": LANGUAGE[language], "linli_size": size}
        context.add_cookies([{"name": n, "value": v, "url": self.address} for n, v in chosen.items()])


def _with_phone(page: Page, phone: str) -> None:
    page.goto("/accounts/login/code/")
    page.locator("main [name=phone], main [name=login]").first.fill(phone)
    page.locator("main form.card button.main").click()
    _with_code(page)


def _with_password(page: Page, name: str) -> None:
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form.card button.main").click()
    _with_code(page)


def _with_code(page: Page) -> None:
    code = page.locator("[data-demo-code]").inner_text()
    page.locator("[name=code]").fill(code)
    page.locator("main form.card button.main").click()
    page.wait_for_url(lambda url: "/accounts/" not in url)
