"""What a grid consisted of, from when to when, and where its buildings came from and went: read from the dated relation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from linli.territory.models import Division, Grid

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From ``starts`` to ``ends`` (None: until further notice) the grid consisted of these buildings. ``came`` and ``left`` are
    what changed at its beginning: (building, the grid it came from or went to; empty for none).
    """

    starts: date
    ends: date | None
    buildings: tuple[str, ...]
    came: tuple[tuple[str, str], ...]
    left: tuple[tuple[str, str], ...]

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


def periods(grid: str) -> list[Period]:
    """The grid's history, the latest first; a time in which it had no building is a period without any."""
    own = list(Division.objects.filter(grid=grid).values_list("building", "starts", "ends"))
    days = sorted({s for _, s, _ in own} | {e + _ONE_DAY for _, _, e in own if e})
    every = Division.objects.filter(building__in={b for b, _, _ in own})
    rows = list(every.values_list("building", "grid", "starts", "ends"))
    found: list[Period] = []
    before: set[str] = set()
    for day in days:
        now = {b for b, starts, ends in own if starts <= day and (ends is None or day <= ends)}
        if now == before:
            continue
        came = tuple((b, _lay(rows, b, day - _ONE_DAY)) for b in sorted(now - before))
        left = tuple((b, _lay(rows, b, day)) for b in sorted(before - now))
        found.append(Period(day, None, tuple(sorted(now)), came, left))
        before = now
    return _closed(found)[::-1]


def _closed(found: Sequence[Period]) -> list[Period]:
    """Every period but the last ends on the day before the next."""
    ends = [*(p.starts - _ONE_DAY for p in found[1:]), None]
    return [Period(p.starts, e, p.buildings, p.came, p.left) for p, e in zip(found, ends, strict=True)]


def _lay(rows: Sequence[tuple[str, str, date, date | None]], building: str, day: date) -> str:
    """The grid in which the building lay on the day; empty for none."""
    held = (g for b, g, s, e in rows if b == building and s <= day and (e is None or day <= e))
    return next(held, "")


def on(grid: str, day: date) -> Grid | None:
    """The grid as it was called on the day, else by its latest name; None where there never was one."""
    rows = list(Grid.objects.filter(code=grid).order_by("-starts"))
    held = (g for g in rows if g.starts <= day and (g.ends is None or day <= g.ends))
    return next(held, rows[0] if rows else None)
