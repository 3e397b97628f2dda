"""The demonstration, built once and served by the project's own command, and somebody of every role signed in to it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import expect

from tests.faces.browser.people import Site

READY_WITHIN = 300
"""Seconds that building and starting may take on a slow machine; it ends as soon as the first page answers."""

expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The running demonstration."""
    home, port = tmp_path_factory.mktemp("demonstration"), _free_port()
    surroundings = {**os.environ, "LINLI_HOME": str(home), "LINLI_DB": "", "PYTHONUNBUFFERED": "1"}
    surroundings.pop("DJANGO_SETTINGS_MODULE", None)
    log = home / "serve.log"
    with log.open("wb") as out:
        command = [sys.executable, "-m", "linli", "serve", "--demo", "--port", str(port)]
        server = subprocess.Popen(command, env=surroundings, stdout=out, stderr=subprocess.STDOUT)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait(address, server, log)
        yield Site(address)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + READY_WITHIN
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            with urlopen(address, timeout=10):
                return
        except (URLError, OSError):
            time.sleep(0.3)
    pytest.fail(f"the demonstration did not start:\n{log.read_text('utf-8')}")
