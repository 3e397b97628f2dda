"""What is published: the figures of the case types that are public, each open to the entries it counts. No titles, no
names; a share of too few is not published, because it would speak of single people.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from linli.cases import figures as counting
from linli.cases.models import Case
from linli.faces.web.parts import Chip, Chips, Column, Figure, Moment, Row, Table
from linli.faces.web.public.period import Period, choices, period
from linli.faces.web.reader import community_of, now
from linli.faces.web.resident.same import public_title
from linli.rules.definition import Definition
from linli.rules.registry import installed
from linli.rules.roles import PUBLIC
from linli.rules.text import T
from linli.territory.regions import place_title, titles

LISTED = 200
TOO_FEW = T("少于 {n} 件，不公布比率", "Fewer than {n}: no share is published").format(n=counting.FEW)


def public_types() -> list[Definition]:
    """The case types whose figures everybody may open."""
    return [d for d in installed if d.case_type.public]


def told_types() -> list[Definition]:
    """The case types whose figures everybody may read, be it as sums alone."""
    return [d for d in installed if d.case_type.public or PUBLIC in d.case_type.told_to]


def figures(request: HttpRequest) -> HttpResponse:
    """The community's figures of a year or a month."""
    at, community = now(), community_of(request) or ""
    when = period(request.GET.get("period", ""), at)
    sections = [
        (d.case_type.title, _counters(d, community, when), _shares(d, community, when)) for d in told_types()
    ]
    chips = [Chip(p.title, f"?period={p.key}", on=p.key == when.key) for p in choices(at)]
    context = {
        "community": place_title(community) if community else None,
        "when": when,
        "chips": Chips(T("时间", "Period"), chips),
        "sections": sections if community else [],
        "here": "open",
        "now": at,
    }
    return render(request, "linli/public/figures.html", context)


def _counters(definition: Definition, community: str, when: Period) -> list[Figure]:
    return [
        Figure(f.counter.title, f"{f.value:,}", _url(definition, f.counter.key, when), unit=f.counter.unit)
        for f in counting.figures(definition, community, when.start, when.end)
    ]


def _shares(definition: Definition, community: str, when: Period) -> list[Figure]:
    """Before exclusions, because that is what everybody went through."""
    made = []
    for share in counting.shares(definition, community, when.start, when.end):
        per_mille = share.per_mille if share.denominator >= counting.FEW else None
        shown = "—" if per_mille is None else f"{per_mille // 10}.{per_mille % 10}"
        how = share.indicator.formula if per_mille is not None else TOO_FEW
        unit = "%" if per_mille is not None else ""
        made.append(
            Figure(
                share.indicator.title, shown, _url(definition, share.indicator.key, when), unit=unit, how=how
            )
        )
    return made


def _url(definition: Definition, key: str, when: Period) -> str:
    """Where the entries stand; nowhere where everybody hears the sum alone."""
    if not definition.case_type.public:
        return ""
    return f"{reverse('open-figure', args=[definition.key, key])}?period={when.key}"


def entries(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The entries behind one figure: number, category, grid (never the building), state, day."""
    definition = next((d for d in public_types() if d.key == kind), None)
    named = _named(definition, key) if definition else None
    community = community_of(request)
    if definition is None or named is None or community is None:
        raise Http404
    title, counters = named
    when = period(request.GET.get("period", ""), now())
    rows = counting.counted(definition, counters, community, when.start, when.end, limit=LISTED + 1)
    context = {
        "community": place_title(community),
        "title": title,
        "when": when,
        "table": _table(definition, title, rows[:LISTED]),
        "more": len(rows) > LISTED,
        "limit": LISTED,
        "back": f"{reverse('open')}?period={when.key}",
        "here": "open",
    }
    return render(request, "linli/public/entries.html", context)


def _named(definition: Definition, key: str) -> tuple[T, tuple[str, ...]] | None:
    counter = definition.counters.get(key)
    if counter and counter.headline:
        return counter.title, (key,)
    share = next((i for i in definition.case_type.indicators if i.key == key), None)
    return (share.title, tuple(dict.fromkeys((*share.numerator, *share.denominator)))) if share else None


def _table(definition: Definition, title: T, rows: list[counting.Counted]) -> Table:
    cases = Case.objects.in_bulk({r.case for r in rows})
    places = titles(c.grid or c.community for c in cases.values())
    columns = [
        Column(T("编号", "Number"), fit="keep"),
        Column(T("类别", "Category")),
        Column(T("地点", "Place")),
        Column(T("现在", "Now"), fit="keep"),
        Column(T("日期", "Day"), fit="keep"),
        Column(T("计入", "Counts"), fit="right"),
    ]
    lines = []
    for r in rows:
        case = cases[r.case]
        place = places[case.grid or case.community]
        state = definition.states[case.state]
        lines.append(
            Row([r.number, public_title(definition, case), place, state, Moment(r.happened), r.amount])
        )
    return Table(title, columns, lines)


urls = [
    path("open/", figures, name="open"),
    path("open/figure/<slug:kind>/<str:key>/", entries, name="open-figure"),
]
