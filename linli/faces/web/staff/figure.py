"""One figure: its number, its formula, its course, and the entries that it counts, down to case and entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from linli.cases import figures as counting
from linli.cases.lists import Bounded
from linli.cases.models import Case
from linli.faces.web.parts import Chip, Chips, Column, Moment, Pager, Row, Table
from linli.faces.web.reader import actor_of, words
from linli.faces.web.staff import chart
from linli.faces.web.staff.desk import around, staff_only
from linli.faces.web.staff.figures import NOT_YOURS, About, asked, formula, per_cent
from linli.rules.definition import Definition
from linli.rules.programme import Indicator
from linli.rules.registry import installed
from linli.rules.text import T
from linli.territory.regions import place_title, titles

ROWS = 100
CASES_LISTED = 200


@dataclass(frozen=True, slots=True)
class Named:
    """What an address names: a counter, or an indicator with its parts."""

    definition: Definition
    key: str
    title: T
    formula: T
    unit: T
    parts: Mapping[str, tuple[str, ...]]
    indicator: Indicator | None = None

    @property
    def counters(self) -> tuple[str, ...]:
        """Every counter in it, once."""
        return tuple(dict.fromkeys(c for part in self.parts.values() for c in part))


KEPT = {
    "": T("剔除前", "Before exclusions"),
    "without": T("剔除后", "After exclusions"),
    "only": T("只看剔除的", "Excluded alone"),
}
PARTS = {"numerator": T("分子", "Numerator"), "denominator": T("分母", "Denominator")}


def named(kind: str, key: str) -> Named:
    """The figure of that name. Raises: Http404 where there is none."""
    definition = installed.get(kind)
    if definition is None:
        raise Http404
    counter = definition.counters.get(key)
    if counter:
        return Named(
            definition, key, counter.title, formula(definition, counter), counter.unit, {"all": (key,)}
        )
    found = next((i for i in definition.case_type.indicators if i.key == key), None)
    if found is None:
        raise Http404
    unit = definition.counters[found.denominator[0]].unit
    parts = {"numerator": found.numerator, "denominator": found.denominator}
    return Named(definition, key, found.title, found.formula, unit, parts, found)


@staff_only
def figure(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """One figure: the number, its formula, its course, and the entries that it counts."""
    actor, what = actor_of(request), named(kind, key)
    regions = counting.regions_of(what.definition, actor)
    about, wrong = asked(request, regions[0] if regions else "")
    if not counting.may_open(what.definition, actor, about.region):
        raise PermissionDenied(words(NOT_YOURS))
    part = request.GET.get("part", "")
    part = part if part in what.parts else tuple(what.parts)[-1]
    only = {"only": True, "without": False}.get(request.GET.get("excluded", ""))
    context = {
        "here": "figures",
        "wrong": wrong,
        "what": what,
        "about": about,
        "place": place_title(about.region) if about.region else None,
        "back": reverse("figures") + about.query(),
        "number": _number(what, about),
        "share": _share(what, about),
        "chart": _chart(what, about),
        "groups": _parts(what, about, part, request.GET.get("excluded", "")),
        **_entries(request, what, about, part, only),
        **_left_out(what, about),
    }
    return render(request, "linli/staff/figure.html", {**around(actor), **context})


def _number(what: Named, about: About) -> str:
    if what.indicator is None:
        return f"{counting.total(what.definition, what.counters, about.region, *about.span):,}"
    share = _share(what, about)
    return per_cent(share.per_mille) if share else "—"


def _share(what: Named, about: About) -> counting.Share | None:
    found = counting.shares(what.definition, about.region, *about.span) if what.indicator else []
    return next((s for s in found if s.indicator.key == what.key), None)


def _chart(what: Named, about: About) -> chart.Chart | None:
    """The course in weeks, months or years; none where it is one span alone."""
    spans = chart.spans(about.first, about.last)
    if len(spans) < 2:
        return None
    rows = counting.series(what.definition, what.counters, about.region, chart.bounds(spans, about.last))
    if what.indicator is None:
        sums = [row[what.key] for row in rows]
        return chart.chart(spans, list(sums), what.unit, [f"{n:,}" for n in sums])
    shares = [_of(what.indicator, row) for row in rows]
    return chart.chart(
        spans, shares, T("‰", "‰"), [f"{per_cent(s)}%" if s is not None else "—" for s in shares]
    )


def _of(indicator: Indicator, row: Mapping[str, int]) -> int | None:
    up, down = (sum(row[c] for c in part) for part in (indicator.numerator, indicator.denominator))
    return counting.per_mille(up, down)


def _parts(what: Named, about: About, part: str, excluded: str) -> list[Chips]:
    """For a share: which of its sums is listed, with or without what is excluded."""
    if what.indicator is None:
        return []
    sums = [Chip(PARTS[p], about.query(part=p, excluded=excluded), p == part) for p in what.parts]
    kept = [Chip(title, about.query(part=part, excluded=key), key == excluded) for key, title in KEPT.items()]
    return [Chips(T("列出", "List"), sums), Chips(T("剔除", "Exclusion"), kept)]


def _entries(
    request: HttpRequest, what: Named, about: About, part: str, only: bool | None
) -> dict[str, object]:
    """One page of the entries, the latest first, and the way to the next."""
    after = _cursor(request.GET.get("page", ""))
    rows = counting.counted(
        what.definition,
        what.parts[part],
        about.region,
        *about.span,
        limit=ROWS + 1,
        after=after,
        excluded=only,
    )
    shown = rows[:ROWS]
    here = about.query(part=part, excluded=request.GET.get("excluded", ""))
    following = f"{here}&page={shown[-1].place[0]}-{shown[-1].place[1]}" if len(rows) > ROWS else ""
    says = T("本页 {n} 条，计 {sum}", "{n} entries here, which count {sum}").format(
        n=len(shown), sum=sum(r.amount for r in shown)
    )
    return {
        "table": _table(what, shown),
        "pager": Pager(says, first=here if after else "", next=following),
    }


def _cursor(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    happened, _, row = text.partition("-")
    if not (happened.isdecimal() and row.isdecimal()):
        raise Http404
    return int(happened), int(row)


def _table(what: Named, rows: Sequence[counting.Counted]) -> Table:
    cases = Case.objects.in_bulk({r.case for r in rows})
    places = titles(c.place for c in cases.values())
    columns = [
        Column(T("编号", "Number"), fit="keep"),
        Column(T("事由", "Matter"), fit="much"),
        Column(T("地点", "Place")),
        Column(T("何时", "When"), fit="keep"),
        Column(T("第几条", "Entry"), fit="right"),
        Column(T("现在", "Now"), fit="keep"),
        Column(T("计入", "Counts"), fit="right"),
    ]
    lines = [
        Row(
            [
                r.number,
                r.title,
                places[cases[r.case].place],
                Moment(r.happened),
                r.seq,
                what.definition.states[cases[r.case].state],
                r.amount,
            ],
            url=f"{reverse('case', args=[r.case])}#e{r.seq}",
        )
        for r in rows
    ]
    return Table(what.title, columns, lines)


def _left_out(what: Named, about: About) -> dict[str, object]:
    """The excluded cases that would count here, the latest first."""
    if what.indicator is None:
        return {}
    found = counting.excluded_cases(what.definition, what.counters, about.region, *about.span)
    cases = list(found[: CASES_LISTED + 1])
    return {
        "left_out": cases[:CASES_LISTED],
        "left_out_n": Bounded(min(len(cases), CASES_LISTED), len(cases) > CASES_LISTED).says,
    }


urls = [path("staff/figures/<slug:kind>/<str:key>/", figure, name="figure")]
