"""Makes the pictures of the README from a demonstration of its own: ``python -m tools.screenshots`` (``make screenshots``)."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import ARGUMENTS, chromium
from tests.faces.browser.people import RESIDENT, Site

INTO = Path(__file__).resolve().parent.parent / "docs" / "pictures"
MOST = 150_000
"""Bytes of one picture at most."""
READY_WITHIN = 300
DESK = {"viewport": {"width": 1280, "height": 800}}
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
    "device_scale_factor": 2,
}


@dataclass(frozen=True)
class Picture:
    """One picture: who sees which page on what; ``reach`` goes on from the address."""

    name: str
    who: str
    address: str
    on: Mapping[str, object]
    language: str = "zh"
    reach: Callable[[Page], None] = lambda _: None


def _first_case(page: Page) -> None:
    page.locator("main .work", has_text="LL-").locator(".work-title").first.click()
    page.wait_for_load_state()


def _first_matter(page: Page) -> None:
    page.locator("main .card-link").first.click()
    page.wait_for_load_state()


PICTURES = (
    Picture("today", "community1", "/staff/", DESK),
    Picture("case", "community1", "/staff/", DESK, "en", _first_case),
    Picture("phone", RESIDENT, "/mine/", PHONE, "zh", _first_matter),
    Picture("ledger", "community1", "/staff/ledger/", DESK),
    Picture("map", "community1", "/staff/map/", DESK),
)


def main() -> int:
    """Build, serve, look, write. Gives 1 where a picture is too heavy."""
    INTO.mkdir(parents=True, exist_ok=True)
    with _serving() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        site = Site(address)
        sizes = {p.name: _take(browser, site, p) for p in PICTURES}
        browser.close()
    heavy = {name: size for name, size in sizes.items() if size > MOST}
    if heavy:
        print(f"screenshots: more than {MOST} bytes: {heavy}", file=sys.stderr)
    return 1 if heavy else 0


def _take(browser: Browser, site: Site, picture: Picture) -> int:
    """Look at one page and write it; returns its size in bytes."""
    context = site.enter(browser, picture.who, **picture.on)
    site.speak(context, picture.language)
    page = context.new_page()
    page.goto(picture.address)
    picture.reach(page)
    page.wait_for_load_state("networkidle")
    drawn = page.screenshot()
    context.close()
    path = INTO / f"{picture.name}.png"
    path.write_bytes(_small(drawn))
    print(f"screenshots: {path.name}, {path.stat().st_size} bytes", flush=True)
    return path.stat().st_size


def _small(drawn: bytes) -> bytes:
    """The same picture in 128 colours: pages are flat, so nothing is seen of it."""
    few = Image.open(BytesIO(drawn)).convert("RGB").quantize(128, dither=Image.Dither.NONE)
    out = BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()


@contextmanager
def _serving() -> Iterator[str]:
    """A demonstration in a folder of its own, gone afterwards."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    with tempfile.TemporaryDirectory(prefix="linli-pictures-") as home:
        command = [sys.executable, "-m", "linli", "serve", "--demo", "--port", str(port)]
        surroundings = {**os.environ, "LINLI_HOME": home, "LINLI_DB": ""}
        server = subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL)
        try:
            _wait(f"http://127.0.0.1:{port}", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + READY_WITHIN
    print("screenshots: building the demonstration", flush=True)
    while time.monotonic() < end and server.poll() is None:
        try:
            with urlopen(address, timeout=10):
                return
        except (URLError, OSError):
            time.sleep(0.5)
    raise SystemExit("screenshots: the demonstration did not start; see `linli serve --demo`")


if __name__ == "__main__":
    sys.exit(main())
