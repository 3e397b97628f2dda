"""How much coverage lacks, in numbers: of a grid or a community counted at once, of a region above from what its communities
had when they were last counted.

A community of three thousand households is counted in a blink, a city of a million is not. The clock counts the communities in
turn, those first that were counted longest ago, so that no number is much older than an hour; each says how old it is.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Max, Min, QuerySet, Sum
from django.db.models.functions import Substr

from linli.cases import coverage
from linli.cases.coverage import CHECKS, DAYS, Check, When
from linli.cases.models import Uncovered
from linli.rules.place import Level, span
from linli.rules.worktime import HOUR
from linli.territory.models import Building

EVERY = HOUR
"""After so long (µs) a community is counted again."""
AT_ONCE = 10
"""So many communities that were never counted are counted for who asks; of more the clock takes care."""
SLICE = 1.0
"""For so many seconds at most the clock counts in one go: deadlines wait meanwhile."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many faults each check finds. ``counted`` is since when that stands, µs UTC; None where it was counted now.
    ``missing`` communities were never counted yet, and are not in it.
    """

    counts: Mapping[str, int]
    counted: int | None = None
    missing: int = 0


def numbers(checks: Iterable[Check], place: str, when: When) -> Numbers:
    """The numbers of these checks at a place."""
    wanted = list(checks)
    if len(place) >= Level.COMMUNITY:
        return Numbers({c.key: coverage.count(c, place, when) for c in wanted})
    missing = _missing(place)
    if len(missing) <= AT_ONCE:
        for community in missing:
            count(community, when.at)
        missing = []
    rows = _rows(place)
    told = (
        rows.values("kind").annotate(sum=Sum("n"), since=Min("counted")).values_list("kind", "sum", "since")
    )
    sums = {kind: (n, since) for kind, n, since in told}
    found = {c.key: sums.get(_kind(c, when.days), (0, when.at)) for c in wanted}
    since = min((at for _, at in found.values()), default=when.at)
    return Numbers({k: n for k, (n, _) in found.items()}, since, len(missing))


def by_place(checks: Iterable[Check], place: str, when: When) -> dict[str, Numbers]:
    """The same of every place one level below a region, by its code, as they were last counted."""
    kinds = {_kind(c, when.days): c.key for c in checks}
    rows = _rows(place).filter(kind__in=kinds).annotate(below=Substr("community", 1, level_below(place)))
    sums = rows.values("below", "kind").annotate(sum=Sum("n"), since=Min("counted")).order_by("below")
    found: dict[str, tuple[dict[str, int], int]] = {}
    for below, kind, n, since in sums.values_list("below", "kind", "sum", "since"):
        counts, oldest = found.get(below, ({}, since))
        found[below] = ({**counts, kinds[kind]: n}, min(oldest, since))
    return {below: Numbers(counts, since) for below, (counts, since) in found.items()}


def level_below(place: str) -> int:
    """The length of the codes one level below a region."""
    return next(int(level) for level in Level if level > len(place))


def count(community: str, at: int) -> None:
    """Count a community by every check and keep the numbers. ``at`` is µs UTC."""
    rows = [
        Uncovered(
            community=community,
            kind=_kind(c, days),
            n=coverage.count(c, community, When(at, days)),
            counted=at,
        )
        for c, days in _asked()
    ]
    Uncovered.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["community", "kind"], update_fields=["n", "counted"]
    )


def count_region(place: str, at: int) -> None:
    """Count every community of a region, at once."""
    for community in _communities(place):
        count(community, at)


def sweep(at: int, seconds: float = SLICE) -> int:
    """Count those communities that were counted too long ago, the oldest first, one at least and as many as the time allows.
    Returns how many are left.
    """
    told = (
        Uncovered.objects.values("community").annotate(last=Max("counted")).values_list("community", "last")
    )
    last, begun, done = dict(told), time.monotonic(), 0
    stale = [c for c in _communities("") if last.get(c, 0) <= at - EVERY]
    for community in sorted(stale, key=lambda c: (last.get(c, 0), c)):
        if done and time.monotonic() - begun >= seconds:
            break
        count(community, at)
        done += 1
    return len(stale) - done


def _missing(place: str) -> list[str]:
    counted = set(_rows(place).values_list("community", flat=True).distinct())
    return [c for c in _communities(place) if c not in counted]


def _asked() -> list[tuple[Check, int | None]]:
    """Every check, and that of visits with each number of days that can be chosen."""
    chosen: list[tuple[Check, int | None]] = [(c, None) for c in CHECKS.values()]
    return chosen + [(CHECKS["unvisited"], days) for days in DAYS]


def _kind(check: Check, days: int | None) -> str:
    return f"{check.key}.{days}" if days and check.key == "unvisited" else check.key


def _rows(place: str) -> QuerySet[Uncovered]:
    low, high = span(place)
    return Uncovered.objects.filter(community__gte=low, community__lt=high)


def _communities(place: str) -> list[str]:
    low, high = span(place)
    rows = Building.objects.filter(community__gte=low, community__lt=high)
    return list(rows.order_by("community").values_list("community", flat=True).distinct())
