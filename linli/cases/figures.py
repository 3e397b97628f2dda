"""Figures: sums of counts, each open to the entries that it counts; and the indicators made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from linli.cases.models import Case, Count
from linli.cases.sight import in_region
from linli.rules.actor import Actor
from linli.rules.definition import Definition
from linli.rules.place import Level, covers
from linli.rules.programme import Counter, Indicator
from linli.rules.who import Role, Who

FEW = 5
"""A share of fewer than these is told to nobody who may not open it, because it would speak of single people."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A counter's value over a region and a half-open time [start, end) in µs."""

    definition: Definition
    counter: Counter
    value: int


@dataclass(frozen=True, slots=True)
class Share:
    """An indicator: both sums with and without the excluded cases. ``per_mille`` is None where nothing is to
    be divided.
    """

    definition: Definition
    indicator: Indicator
    numerator: int
    denominator: int
    numerator_after: int
    denominator_after: int

    @property
    def per_mille(self) -> int | None:
        """The share in tenths of a per cent before exclusions, rounded half up."""
        return per_mille(self.numerator, self.denominator)

    @property
    def per_mille_after(self) -> int | None:
        """The share in tenths of a per cent after exclusions."""
        return per_mille(self.numerator_after, self.denominator_after)

    @property
    def percent_after(self) -> str:
        """The same as it is written: 96.5."""
        after = self.per_mille_after
        return "—" if after is None else f"{after // 10}.{after % 10}"


def per_mille(numerator: int, denominator: int) -> int | None:
    """A share in tenths of a per cent, rounded half up; None where there is nothing to divide."""
    return (2000 * numerator + denominator) // (2 * denominator) if denominator else None


@dataclass(frozen=True, slots=True)
class Counted:
    """One entry behind a figure; ``place`` is where it stands among them."""

    case: UUID
    number: str
    title: str
    seq: int
    happened: int
    amount: int
    place: tuple[int, int] = (0, 0)


def _rows(
    definition: Definition, counters: Iterable[str], region: str, start: int, end: int
) -> QuerySet[Count]:
    return Count.objects.filter(
        in_region(region),
        type=definition.key,
        counter__in=list(counters),
        happened__gte=start,
        happened__lt=end,
    )


def _excluded(definition: Definition) -> QuerySet[Case, UUID]:
    return Case.objects.filter(type=definition.key, excluded=True).values_list("id", flat=True)


def figures(definition: Definition, region: str, start: int, end: int, headline: bool = True) -> list[Figure]:
    """Every counter of the case type, in the order of the definition."""
    wanted = [c for c in definition.counters.values() if c.headline or not headline]
    rows = (
        _rows(definition, [c.key for c in wanted], region, start, end)
        .values("counter")
        .annotate(n=Sum("amount"))
    )
    sums = {r["counter"]: r["n"] for r in rows}
    return [Figure(definition, c, sums.get(c.key, 0)) for c in wanted]


def shares(definition: Definition, region: str, start: int, end: int) -> list[Share]:
    """Every indicator of the case type, before and after exclusions."""
    keys = {k for i in definition.case_type.indicators for k in (*i.numerator, *i.denominator)}
    before = _sums(_rows(definition, keys, region, start, end))
    after = _sums(_rows(definition, keys, region, start, end).exclude(case__in=_excluded(definition)))
    return [
        Share(
            definition,
            i,
            *(
                sum(sums.get(k, 0) for k in part)
                for sums in (before, after)
                for part in (i.numerator, i.denominator)
            ),
        )
        for i in definition.case_type.indicators
    ]


def _sums(rows: QuerySet[Count]) -> dict[str, int]:
    return {r["counter"]: r["n"] for r in rows.values("counter").annotate(n=Sum("amount"))}


def counted(
    definition: Definition,
    counters: Iterable[str],
    region: str,
    start: int,
    end: int,
    limit: int = 500,
    *,
    after: tuple[int, int] | None = None,
    excluded: bool | None = None,
) -> list[Counted]:
    """The entries behind a figure, the latest first: ``limit`` of them, behind the ``place`` of an earlier one.

    ``excluded`` asks for the entries of cases that are excluded from the rates alone, or for those of all others.
    """
    rows = _rows(definition, counters, region, start, end)
    if after:
        happened, row = after
        rows = rows.filter(happened__lte=happened).exclude(happened=happened, id__gte=row)
    if excluded is not None:
        left_out = Q(case__in=_excluded(definition))
        rows = rows.filter(left_out if excluded else ~left_out)
    found = list(rows.order_by("-happened", "-id")[:limit])
    cases = Case.objects.in_bulk({r.case for r in found})
    return [
        Counted(
            r.case, cases[r.case].number, cases[r.case].title, r.seq, r.happened, r.amount, (r.happened, r.id)
        )
        for r in found
    ]


def excluded_cases(
    definition: Definition, counters: Iterable[str], region: str, start: int, end: int
) -> QuerySet[Case]:
    """The cases that count here and are excluded from the rates, with approval."""
    here = _rows(definition, counters, region, start, end).values("case")
    return Case.objects.filter(type=definition.key, excluded=True, id__in=here).order_by("-opened", "-id")


def total(definition: Definition, counters: Iterable[str], region: str, start: int, end: int) -> int:
    """The sum of some counters."""
    return sum(_sums(_rows(definition, counters, region, start, end)).values())


def series(
    definition: Definition, counters: Sequence[str], region: str, bounds: Sequence[int]
) -> list[dict[str, int]]:
    """The sums by counter between each two neighbours of ``bounds`` (µs UTC), in one query."""
    spans = list(pairwise(bounds))
    parts = {
        f"at{i}": Sum("amount", filter=Q(happened__gte=a, happened__lt=b), default=0)
        for i, (a, b) in enumerate(spans)
    }
    if not spans:
        return []
    rows = _rows(definition, counters, region, bounds[0], bounds[-1]).values("counter").annotate(**parts)
    by_counter: dict[str, Mapping[str, Any]] = {r["counter"]: r for r in rows}
    return [
        {c: by_counter[c][f"at{i}"] if c in by_counter else 0 for c in counters} for i in range(len(spans))
    ]


def regions_of(definition: Definition, actor: Actor) -> tuple[str, ...]:
    """The regions whose figures the actor may open: those of the roles that see every case of this type there."""
    return _regions(definition.case_type.seen_by, actor)


def told_regions(definition: Definition, actor: Actor) -> tuple[str, ...]:
    """The regions whose figures the actor may read, be it as sums alone."""
    return tuple(
        dict.fromkeys((*regions_of(definition, actor), *_regions(definition.case_type.told_to, actor)))
    )


def _regions(who: Iterable[Who], actor: Actor) -> tuple[str, ...]:
    held = [w.key for w in who if isinstance(w, Role) and w.key in actor.roles]
    return actor.regions(*held) if held else ()


def may_open(definition: Definition, actor: Actor, region: str) -> bool:
    """Whether the region lies within one whose figures the actor may open."""
    return any(covers(own, region) for own in regions_of(definition, actor))


def may_read(definition: Definition, actor: Actor, region: str) -> bool:
    """Whether the actor may read the figures of the region: open them, or hear the sums of no less than a community."""
    if may_open(definition, actor, region):
        return True
    told = _regions(definition.case_type.told_to, actor)
    return len(region) <= Level.COMMUNITY and any(covers(own, region) for own in told)
