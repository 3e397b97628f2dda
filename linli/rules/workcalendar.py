"""Which days are worked: the published holidays and make-up workdays (调休), overridden by an editable file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version as version_of
from typing import Any

import yaml
from chinese_calendar import constants


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working days. ``overrides`` go before the published table; a year in neither is provisional: Monday
    to Friday.
    """

    version: str
    overrides: Mapping[date, bool] = field(default_factory=dict)
    published: frozenset[int] = frozenset()

    def known(self, year: int) -> bool:
        """Whether the year's holidays are published."""
        return year in self.published

    def settled(self, first: int, last: int) -> bool:
        """Whether every year from the first to the last is published."""
        return all(self.known(year) for year in range(first, last + 1))

    def works(self, day: date) -> bool:
        """Whether the day is a working day."""
        own = self.overrides.get(day)
        if own is not None:
            return own
        if day in constants.workdays:
            return True
        return day.weekday() < 5 and day not in constants.holidays


def load_calendar(overrides: str | None = None) -> Calendar:
    """The calendar with the editable file's text: ``holidays`` and ``workdays`` are lists of dates, ``years``
    of years now complete.

    Raises: ValueError naming what in the file cannot be read and what is expected.
    """
    package = f"chinesecalendar {version_of('chinesecalendar')}"
    years = {d.year for d in constants.holidays}
    if not overrides:
        return Calendar(package, {}, frozenset(years))
    raw = _read(overrides)
    days = {_date(d, "holidays"): False for d in raw.get("holidays", [])}
    days |= {_date(d, "workdays"): True for d in raw.get("workdays", [])}
    digest = hashlib.sha256(overrides.encode()).hexdigest()[:8]
    return Calendar(f"{package}+{digest}", days, frozenset(years | {_year(y) for y in raw.get("years", [])}))


def _read(text: str) -> dict[str, list[Any]]:
    try:
        raw = yaml.safe_load(text) or {}
    except (yaml.YAMLError, ValueError) as error:
        raise ValueError(f"calendar.yaml: not readable as YAML: {error}") from error
    if not isinstance(raw, dict) or set(raw) - {"holidays", "workdays", "years"}:
        raise ValueError(
            "calendar.yaml: expected the lists `holidays`, `workdays` and `years`, and nothing else"
        )
    for name, given in raw.items():
        if given is not None and not isinstance(given, list):
            raise ValueError(f"calendar.yaml: {name}: expected a list, not {given!r}")
    return {k: v or [] for k, v in raw.items()}


def _date(value: object, name: str) -> date:
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f"calendar.yaml: {name}: {value!r} is not a date; write 2027-01-01") from None


def _year(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 1900 < value < 10000:
        return value
    raise ValueError(f"calendar.yaml: years: {value!r} is not a year; write 2027")
