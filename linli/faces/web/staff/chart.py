"""A figure over time as bars, drawn here: plain SVG without style or script, so that the strictest policy shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from linli.rules.text import T
from linli.rules.worktime import day_start

WIDTH, HEIGHT, FOOT, MARGIN = 480, 132, 24, 42
WEEKS_UP_TO, MONTHS_UP_TO = 100, 1_200
"""Up to so many days a figure is drawn by weeks, then by months, then by years."""
LABELS = 5
"""So many names stand under the bars at most."""


@dataclass(frozen=True, slots=True)
class Span:
    """A week, a month or a year of a chart: its first day and its name."""

    first: date
    title: T


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar in the units of the drawing; ``label`` stands under it where there is room, ``between`` where a phone has none."""

    x: int
    y: int
    width: int
    height: int
    middle: int
    title: T
    value: str
    label: T | None
    between: bool
    under: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from left to right; ``top`` is the value of the highest."""

    bars: Sequence[Bar]
    top: str
    unit: T
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - FOOT


def spans(first: date, last: date) -> list[Span]:
    """The weeks, months or years from the first day to the last one, cut at both ends."""
    length = (last - first).days + 1
    found, at = [], first
    while at <= last:
        found.append(Span(at, _name(at, length)))
        at = _next(at, length)
    return found


def _next(at: date, length: int) -> date:
    if length <= WEEKS_UP_TO:
        return at + timedelta(days=7 - at.weekday())
    if length <= MONTHS_UP_TO:
        return date(at.year + at.month // 12, at.month % 12 + 1, 1)
    return date(at.year + 1, 1, 1)


def _name(at: date, length: int) -> T:
    if length <= WEEKS_UP_TO:
        return T(f"{at.month}月{at.day}日起", f"from {at.day} {at:%b}")
    if length <= MONTHS_UP_TO:
        return T(f"{at.year}年{at.month}月", f"{at:%b} {at.year}")
    return T(f"{at.year}年", str(at.year))


def bounds(parts: Sequence[Span], last: date) -> list[int]:
    """Where the spans begin, and where the last one ends, in µs UTC."""
    return [*(day_start(p.first) for p in parts), day_start(last + timedelta(days=1))]


def chart(parts: Sequence[Span], values: Sequence[int | None], unit: T, shown: Sequence[str]) -> Chart:
    """The bars of these values; a negative one is drawn as nothing, and none where there is nothing to divide."""
    top = max([v for v in values if v] or [1])
    step = WIDTH / max(1, len(parts))
    bars = []
    for i, (part, value) in enumerate(zip(parts, values, strict=True)):
        high = max(0, value or 0) * (HEIGHT - FOOT - 16) // max(1, top)
        width = max(2, min(56, int(step * 4 / 5)))
        middle = int(step * i + step / 2)
        labelled, place = i % -(-len(parts) // LABELS) == 0, i // -(-len(parts) // LABELS)
        bars.append(
            Bar(
                middle - width // 2,
                HEIGHT - FOOT - high,
                width,
                high,
                middle,
                part.title,
                shown[i],
                part.title if labelled else None,
                between=place % 2 == 1,
                under=min(max(middle, MARGIN), WIDTH - MARGIN),
            )
        )
    return Chart(bars, f"{top:,}", unit)
