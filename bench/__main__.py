"""``python -m bench``: every measurement; what stores, on SQLite and on a real PostgreSQL that waits for its disk."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tests.postgres import server

MEASUREMENTS = ("act", "signups", "lists", "coverage", "funds", "votes", "grids")
STORING = ("act", "signups", "lists", "coverage", "funds")


def main() -> None:
    """Run the measurements that were named, or all."""
    chosen = [m for m in MEASUREMENTS if not sys.argv[1:] or m in sys.argv[1:]]
    sys.stdout.write(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}\n\n")
    sys.stdout.flush()
    for measurement in chosen:
        _run(measurement, "")
        if measurement not in STORING:
            continue
        with server(durable=True) as address:
            _created(address)
            _run(measurement, address)


def _created(address: str) -> None:
    """Make the database that the address names."""
    name = conninfo_to_dict(address)["dbname"]
    with psycopg.connect(make_conninfo(address, dbname="postgres"), autocommit=True) as driver:
        driver.execute(f'CREATE DATABASE "{name}"')


def _run(measurement: str, database: str) -> None:
    """One measurement in a process and a home of its own."""
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as folder:
        given = {**os.environ, "LINLI_HOME": str(Path(folder) / "home"), "LINLI_DB": database}
        given["DJANGO_SETTINGS_MODULE"] = "linli.config.settings"
        subprocess.run([sys.executable, "-m", f"bench.{measurement}"], env=given, check=True)


if __name__ == "__main__":
    main()
