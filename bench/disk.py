"""What the disk under the database does: the time of one fsync, without which no rate of durable writes means anything."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path

WRITES = 200
PAGE = os.urandom(4096)


def fsync_time(folder: Path) -> float:
    """The median time in ms of appending 4 KiB to a file in ``folder`` and waiting until the disk has it."""
    times = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(WRITES):
            begun = time.perf_counter()
            file.write(PAGE)
            file.flush()
            os.fsync(file.fileno())
            times.append(time.perf_counter() - begun)
    return statistics.median(times) * 1000
