"""Figures: sums of counts, each open to the entries that it counts; and the indicators made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum

from linli.cases.models import Case, Count
from linli.cases.sight import in_region
from linli.rules.definition import Definition
from linli.rules.programme import Counter, Indicator


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
        return _per_mille(self.numerator, self.denominator)

    @property
    def per_mille_after(self) -> int | None:
        """The share in tenths of a per cent after exclusions."""
        return _per_mille(self.numerator_after, self.denominator_after)


def _per_mille(numerator: int, denominator: int) -> int | None:
    return (2000 * numerator + denominator) // (2 * denominator) if denominator else None


@dataclass(frozen=True, slots=True)
class Counted:
    """One entry behind a figure."""

    case: UUID
    number: str
    title: str
    seq: int
    happened: int
    amount: int


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
    left_out = Case.objects.filter(excluded=True).values("id")
    after = _sums(_rows(definition, keys, region, start, end).exclude(case__in=left_out))
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
    definition: Definition, counters: Iterable[str], region: str, start: int, end: int, limit: int = 500
) -> list[Counted]:
    """The entries behind a figure, the latest first."""
    of_case = Case.objects.filter(id=OuterRef("case"))
    rows = _rows(definition, counters, region, start, end).annotate(
        number=Subquery(of_case.values("number")), title=Subquery(of_case.values("title"))
    )
    return [
        Counted(r.case, r.number, r.title, r.seq, r.happened, r.amount)
        for r in rows.order_by("-happened", "-seq")[:limit]
    ]


def excluded_cases(definition: Definition, region: str) -> QuerySet[Case]:
    """The cases that were excluded from the rates, with approval."""
    return Case.objects.filter(in_region(region), Q(type=definition.key), excluded=True)
