"""Run the tests twice: everything on SQLite, then whatever stores on PostgreSQL.

``python -m tests.run [options of pytest]``
"""

import os
import signal
import subprocess
import sys

from tests.postgres import server

# More workers than this wait for each other's disk and browser.
MOST_WORKERS = 4


def main(options: list[str]) -> int:
    """The exit status of the first run that failed; the second database is tried even so, and says its own part."""
    print("test: SQLite, every test", flush=True)
    first = _pytest(options, "")
    print("test: PostgreSQL, every test that stores", flush=True)
    with server() as url:
        second = _pytest([*options, "-m", "storing"], url)
    if first:
        print("test: FAILED on SQLite, see above", file=sys.stderr, flush=True)
    return first or second


def _pytest(options: list[str], database: str) -> int:
    workers = str(min(os.cpu_count() or 1, MOST_WORKERS))
    command = [sys.executable, "-m", "pytest", "-q", "-n", workers, "--dist", "loadgroup", *options]
    return subprocess.run(
        command, env={**os.environ, "LINLI_DB": database}, stdin=subprocess.DEVNULL
    ).returncode


if __name__ == "__main__":
    # A run that is ended from outside still stops the server that it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(sys.argv[1:]))
