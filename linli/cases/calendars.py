"""The working calendar in force, with the editable file of a deployment."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from linli.rules.worktime import Calendar, load_calendar


def overrides_file() -> Path:
    """The editable file of holidays and make-up workdays: ``LINLI_HOME/calendar.yaml``."""
    return Path(settings.LINLI_HOME) / "calendar.yaml"


def current_calendar() -> Calendar:
    """The calendar; a change of the file is seen at the next act."""
    path = f"{settings.LINLI_HOME}/calendar.yaml"
    try:
        stamp = os.stat(path).st_mtime_ns  # noqa: PTH116 - every act asks: a Path costs more than the answer
    except FileNotFoundError:
        stamp = 0
    return _loaded(path, stamp)


@lru_cache(maxsize=4)
def _loaded(path: str, stamp: int) -> Calendar:
    return load_calendar(Path(path).read_text(encoding="utf-8") if stamp else None)
