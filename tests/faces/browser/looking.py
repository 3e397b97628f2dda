"""Looking at pages in a browser: what it complains of, whether a page scrolls sideways, what axe finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, sync_playwright

from tests.browser import ARGUMENTS, chromium
from tests.faces.browser.people import Site

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AT_ONCE = 2
"""Browsers side by side: the machines that check this have two cores."""
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESK: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
# A link inside a sentence is as high as its line; a figure is pressed anywhere on its card.
SMALL = """() => [...document.querySelectorAll('a, button, input, select, textarea, summary')].filter((e) => {
  const box = (e.closest('label, .figure') || e).getBoundingClientRect();
  const seen = e.checkVisibility({visibilityProperty: true, opacityProperty: true}) && box.width > 0;
  const apart = e.closest('[hidden], .skip, .unseen, .leaflet-container') || (e.matches('a') && e.closest('p, dd, td'));
  return seen && !apart && (box.height < 47.5 || box.width < 47.5);
}).map((e) => e.outerHTML.slice(0, 110))"""


@dataclass(frozen=True)
class Look:
    """How a page is looked at: by whom, in which language, on what, with which letters; what besides is measured."""

    who: str
    language: str = "zh"
    on: str = "phone"
    size: str = "normal"
    scheme: str = "light"
    axe: bool = True
    touch: bool = False

    def __str__(self) -> str:
        return " ".join((self.who or "nobody", self.language, self.on, self.size, self.scheme))


@dataclass
class Ears:
    """What a browser complains of."""

    heard: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        """Hear everything that goes wrong on a page."""
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.heard.append(f"script: {error}"))
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.heard.append(f"console: {message.text[:200]}")

    def _failed(self, request: Request) -> None:
        """What a page still asked for when the walk went on is no failure."""
        if "ERR_ABORTED" not in str(request.failure):
            self.heard.append(f"failed: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.heard.append(f"{response.status}: {response.url}")

    def told(self) -> list[str]:
        """What was heard since the last time."""
        told, self.heard[:] = list(self.heard), []
        return told


def look_at(site: Site, tasks: Sequence[tuple[Look, Sequence[str]]]) -> list[str]:
    """Look at every address of every task, some browsers side by side; returns what is wrong, one line each."""
    queue = list(tasks)

    def work(_: int) -> list[str]:
        return list(_worker(site, queue))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [line for lines in pool.map(work, range(AT_ONCE)) for line in lines]


def _worker(site: Site, queue: list[tuple[Look, Sequence[str]]]) -> Iterator[str]:
    """A browser of its own that takes tasks until there are none: Playwright's objects stay in their thread."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        while queue:
            look, addresses = queue.pop()
            options: dict[str, Any] = {**(PHONE if look.on == "phone" else DESK), "color_scheme": look.scheme}
            context = site.enter(browser, look.who, **options)
            site.speak(context, look.language, look.size)
            yield from (f"{look} {line}" for line in _pages(context, look, addresses))
            context.close()
        browser.close()


def _pages(context: BrowserContext, look: Look, addresses: Sequence[str]) -> Iterator[str]:
    page, ears = context.new_page(), Ears()
    ears.listen(page)
    for address in addresses:
        page.goto(address)
        found = [*_shown(page, look), *ears.told()]
        yield from (f"{address}: {line}" for line in found)


def _shown(page: Page, look: Look) -> Iterator[str]:
    lang = page.evaluate("document.documentElement.lang")
    if lang != {"zh": "zh-Hans", "en": "en"}[look.language]:
        yield f"says that it is in {lang!r}"
    if page.evaluate(SIDEWAYS):
        yield "scrolls sideways"
    if look.touch:
        yield from (f"small to touch: {html}" for html in page.evaluate(SMALL))
    if look.axe:
        yield from axe(page)


def axe(page: Page) -> Iterator[str]:
    """What axe finds, one line for each element."""
    options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": TAGS}}
    for fault in Axe().run(page, options=options).response["violations"]:
        yield from (f"axe {fault['id']}: {node['html'][:120]}" for node in fault["nodes"])
