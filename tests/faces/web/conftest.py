"""A running site for the tests of pages: the style guide over HTTP, under the strictest policy that the pages promise to bear."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from playwright.sync_api import Page
from pytest_django.fixtures import Settings

# No inline script, no inline style, nothing from elsewhere; blob: shows a photo before it is sent.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class _Silent(WSGIRequestHandler):
    def log_message(self, *said: Any) -> None:
        """Says nothing: the test tells what failed."""


def _strict(application: Any) -> Any:
    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        def begin(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start(status, [*headers, ("Content-Security-Policy", POLICY)], *rest)

        return application(environ, begin)

    return answer


@pytest.fixture
def demo(settings: Settings) -> Settings:
    """The site as a demonstration, which has a style guide."""
    settings.LINLI_DEMO = True
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    return settings


@pytest.fixture
def site(demo: Settings) -> Iterator[str]:
    """The address of the site; it needs no database, because the guide asks for none."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), _Silent, ipv6=False)
    server.set_app(_strict(StaticFilesHandler(WSGIHandler())))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def troubles(page: Page) -> Iterator[list[str]]:
    """What the browser complains of while a test runs; a test that ends with any fails."""
    found: list[str] = []
    page.on(
        "console",
        lambda message: found.append(message.text) if message.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: found.append(str(error)))
    yield found
    assert found == []
