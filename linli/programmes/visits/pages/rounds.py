"""What the rounds have reached: every household with when somebody of it was last met, and by when that is due again.

Coverage counts households of the roll, not visits: none is missed and none counts twice (不漏户、户不漏人). A visit belongs to
the household by its building and door, and counts at the time at which it happened.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Max, Q

from linli.cases.calendars import current_calendar
from linli.cases.models import Case, Count
from linli.programmes.visits.programme import VISIT
from linli.rules.place import span
from linli.rules.programme import Kind
from linli.rules.registry import installed
from linli.rules.worktime import civil_day, day_start, due, parse_span
from linli.territory.models import Household, HouseholdLabel

MET, TRIED = "met", "visits"
NEVER = 0
"""The due time of a household that was never met: before every other."""


@dataclass(frozen=True, slots=True)
class Home:
    """A household and its visits; times are µs UTC. ``open`` is the state of its latest live visit, or empty."""

    household: Household
    labels: tuple[str, ...]
    met: int | None
    tried: int | None
    open: str
    due: int

    @property
    def door(self) -> str:
        """How a visit names it: entrance and door."""
        return f"{self.household.entrance}-{self.household.door}"

    @property
    def never(self) -> bool:
        """Whether nobody has ever been at the door."""
        return self.tried is None

    def stands(self, since: int) -> str:
        """``met``, ``tried`` or ``none``: what was reached since that time."""
        if self.met is not None and self.met >= since:
            return "met"
        return "tried" if self.tried is not None and self.tried >= since else "none"

    def state(self, at: int) -> str:
        """What is to be done at this door now: keep a promise, come again, come, or nothing."""
        return self.open or ("never" if self.never else "due" if self.due <= at else "kept")


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of the households were met, tried and missed since a time, and how many are due now."""

    total: int
    met: int
    tried: int
    none: int
    due: int

    @property
    def share(self) -> int:
        """Households met, in thousandths of all, rounded down: what is shown as complete is complete."""
        return 1000 * self.met // self.total if self.total else 0


def coverage(homes: Iterable[Home], since: int, at: int) -> Coverage:
    """Count the households."""
    chosen = list(homes)
    reached = [h.stands(since) for h in chosen]
    met, tried, none = (reached.count(key) for key in ("met", "tried", "none"))
    return Coverage(len(chosen), met, tried, none, sum(h.due <= at for h in chosen))


def homes(buildings: Sequence[str], at: int) -> list[Home]:
    """Every household of the buildings, by building, entrance and door."""
    if not buildings:
        return []
    carried, visited = _labels(buildings, civil_day(at)), _visits(buildings)
    rows = Household.objects.filter(building__in=buildings)
    found = [_home(row, carried, visited.get((row.building, f"{row.entrance}-{row.door}"))) for row in rows]
    return sorted(found, key=in_order)


def in_order(home: Home) -> tuple[Any, ...]:
    """The order in which one walks through a house."""
    row = home.household
    return (row.building, _number(row.entrance), _number(row.door))


def _number(text: str) -> tuple[int, str]:
    digits = "".join(c for c in text if c.isascii() and c.isdigit())
    return (int(digits or 0), text)


def _home(row: Household, carried: Mapping[str, tuple[str, ...]], seen: _Visited | None) -> Home:
    labels = carried.get(row.code, ())
    if seen is None:
        return Home(row, labels, None, None, "", NEVER)
    return Home(row, labels, seen.met, seen.tried, seen.open, seen.planned or _due(seen.met, labels, row))


def _due(met: int | None, labels: tuple[str, ...], row: Household) -> int:
    """When somebody of it is to be met again: the shortest interval among its labels."""
    if met is None:
        return NEVER
    rules, day = installed[VISIT.key].parameters, civil_day(met)
    spans = {str(rules.value("visit_every", day, row.building, key)) for key in (*labels, "")}
    return min(due(met, parse_span(s), current_calendar()).at for s in spans)


def _labels(buildings: Sequence[str], day: date) -> dict[str, tuple[str, ...]]:
    """The labels in force, by household, in the order of the roll's labels."""
    rows = HouseholdLabel.objects.filter(_inside("household", buildings), starts__lte=day).exclude(
        ends__lt=day
    )
    found: dict[str, list[str]] = defaultdict(list)
    for household, key in rows.order_by("label").values_list("household", "label"):
        found[household].append(key)
    return {household: tuple(dict.fromkeys(keys)) for household, keys in found.items()}


def _inside(column: str, buildings: Sequence[str]) -> Q:
    tests = (Q(**{f"{column}__gte": low, f"{column}__lt": high}) for low, high in map(span, buildings))
    return reduce(or_, tests)


@dataclass(slots=True)
class _Visited:
    """What the visits at one door say together."""

    met: int | None = None
    tried: int | None = None
    open: str = ""
    planned: int = 0


def _visits(buildings: Sequence[str]) -> dict[tuple[str, str], _Visited]:
    """The visits that count, by building and door, the latest last; void ones are left out."""
    void = [k for k, s in installed[VISIT.key].states.items() if s.kind is Kind.VOID]
    last = _last(buildings)
    found: dict[tuple[str, str], _Visited] = defaultdict(_Visited)
    rows = Case.objects.filter(type=VISIT.key, place__in=buildings).exclude(state__in=void)
    columns = ("id", "place", "title", "state", "live", "facts")
    for case, place, title, state, live, facts in rows.order_by("opened", "id").values_list(*columns):
        seen = found[place, title]
        seen.met = max(last.get((case, MET), 0), seen.met or 0) or None
        seen.tried = max(last.get((case, TRIED), 0), seen.tried or 0) or None
        seen.open = state if live else seen.open
        seen.planned = _planned(facts)
    return found


def _planned(facts: str) -> int:
    """The day on which the latest visit said to come again, µs; 0 where it said none."""
    day = json.loads(facts).get("next") if '"next"' in facts else None
    return day_start(date.fromisoformat(day)) if day else 0


def _last(buildings: Sequence[str]) -> dict[tuple[Any, str], int]:
    """When each visit last tried and last met, from the entries that the counters count."""
    rows = Count.objects.filter(type=VISIT.key, counter__in=(MET, TRIED), place__in=buildings)
    grouped = rows.values("case", "counter").annotate(last=Max("happened"))
    return {(r["case"], r["counter"]): r["last"] for r in grouped}
