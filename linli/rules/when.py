"""When something takes place, as a field: the civil date and time of the place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from linli.rules.fields import Field, Invalid
from linli.rules.text import T
from linli.rules.worktime import HOUR, civil_day, day_start

_WHEN = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::00)?")
MINUTE = HOUR // 60


@dataclass(frozen=True, slots=True)
class When(Field):
    """A civil date and time to the minute, ``YYYY-MM-DDTHH:MM``, in the time of the place (Asia/Shanghai)."""

    def clean(self, raw: object) -> str:
        """The time in ISO form without an offset."""
        found = _WHEN.fullmatch(raw.strip()) if isinstance(raw, str) else None
        try:
            if found is None:
                raise ValueError(raw)
            return datetime.fromisoformat(f"{found[1]}T{found[2]}:{found[3]}").isoformat(timespec="minutes")
        except ValueError:
            text = T(
                "请填写日期和时间，如 2024-04-28 14:30", "Expected a date and time such as 2024-04-28 14:30"
            )
            raise Invalid(text) from None


def instant(when: str) -> int:
    """The instant of such a time in canonical form, in µs UTC."""
    at = datetime.fromisoformat(when)
    return day_start(at.date()) + at.hour * HOUR + at.minute * MINUTE


def when_of(at: int) -> str:
    """The civil time of an instant (µs UTC) in canonical form; seconds are cut off."""
    day = civil_day(at)
    hour, minute = divmod((at - day_start(day)) // MINUTE, 60)
    return f"{day.isoformat()}T{hour:02d}:{minute:02d}"
