"""Which time a public page is about: a year or a month, named in the address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from linli.rules.text import T
from linli.rules.worktime import civil_day, day_start

_FORM = re.compile(r"(20\d\d)(?:-(0[1-9]|1[0-2]))?")
MONTHS = 6


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open time [start, end) in µs UTC, its key in the address and its name."""

    key: str
    title: T
    start: int
    end: int


def period(key: str, now: int) -> Period:
    """The period of that key; the present year for anything else."""
    match = _FORM.fullmatch(key)
    year = int(match[1]) if match else civil_day(now).year
    if match and match[2]:
        month = int(match[2])
        after = date(year + month // 12, month % 12 + 1, 1)
        title = T(f"{year}年{month}月", f"{date(year, month, 1):%B %Y}")
        return Period(key, title, day_start(date(year, month, 1)), day_start(after))
    return Period(
        str(year), T(f"{year}年", str(year)), day_start(date(year, 1, 1)), day_start(date(year + 1, 1, 1))
    )


def choices(now: int) -> list[Period]:
    """This year, the one before, and the latest months, the newest first."""
    today = civil_day(now)
    months, year, month = [], today.year, today.month
    for _ in range(MONTHS):
        months.append(f"{year}-{month:02}")
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return [period(k, now) for k in (str(today.year), str(today.year - 1), *months)]
