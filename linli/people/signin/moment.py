"""The clock at the edge: sign-in is where time enters this floor."""

from __future__ import annotations

import time
from datetime import date

from linli.rules.worktime import civil_day


def now() -> int:
    """µs UTC."""
    return time.time_ns() // 1000


def today() -> date:
    """The civil day in China."""
    return civil_day(now())
