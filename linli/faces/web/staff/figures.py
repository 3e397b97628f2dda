"""Figures: each with its formula, its course over time, and the entries that it counts, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from linli.cases import figures as counting
from linli.cases.ledger import together
from linli.cases.lists import BACKWARDS, UNREADABLE, day
from linli.faces.web.parts import Chip, Chips, Figure, Input
from linli.faces.web.reader import actor_of, words
from linli.faces.web.staff import filters
from linli.faces.web.staff.desk import around, staff_only
from linli.rules.actor import Actor
from linli.rules.definition import Definition
from linli.rules.place import level_of
from linli.rules.programme import Counter
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.worktime import day_start
from linli.territory.regions import place_title, titles

NOT_YOURS = T(
    "这个地区的数字不在您的职责之内；请在您负责的地区里看。",
    "The figures of this region are not among your duties; look within your own.",
)
CLOCK = T("由时钟按期限记入", "entered by the clock against the deadlines")


@dataclass(frozen=True, slots=True)
class About:
    """Of which place and which days (inclusive) figures are asked."""

    region: str
    first: date
    last: date

    @property
    def span(self) -> tuple[int, int]:
        """The half-open time in µs UTC."""
        return day_start(self.first), day_start(self.last + timedelta(days=1))

    def query(self, **changes: object) -> str:
        """The same as the end of an address."""
        said = {"region": self.region, "from": self.first, "to": self.last, **changes}
        return "?" + urlencode({k: v for k, v in said.items() if v != ""})

    @property
    def days(self) -> T:
        """The days in words."""
        return filters.days(self.first, self.last) or T("—", "—")


def asked(request: HttpRequest, usual: str) -> tuple[About, list[T]]:
    """What the address asks for: usually this year so far, at the place where the reader works."""
    today, wrong = filters.today(), []
    found = {"from": date(today.year, 1, 1), "to": today}
    for name, usually in list(found.items()):
        text = request.GET.get(name, "").strip()
        try:
            found[name] = day(text) if text else usually
        except ValueError:
            wrong.append(UNREADABLE.format(name=name, value=text[:40]))
    if found["from"] > found["to"]:
        wrong.append(BACKWARDS)
        found = {"from": date(today.year, 1, 1), "to": today}
    region = request.GET.get("region", usual).strip()
    try:
        region = region if not region or level_of(region) else ""
    except ValueError:
        wrong.append(UNREADABLE.format(name="region", value=region[:40]))
        region = usual
    return About(region, found["from"], found["to"]), wrong


def _open(actor: Actor) -> list[Definition]:
    """The case types of which he may read figures somewhere, those that count something."""
    return [d for d in installed if d.counters and counting.told_regions(d, actor)]


@staff_only
def figures(request: HttpRequest) -> HttpResponse:
    """Every figure of the reader's region and time."""
    actor = actor_of(request)
    known = _open(actor)
    if not known:
        raise PermissionDenied(words(NOT_YOURS))
    about, wrong = asked(request, counting.told_regions(known[0], actor)[0])
    shown = [d for d in known if counting.may_read(d, actor, about.region)]
    if not shown:
        raise PermissionDenied(words(NOT_YOURS))
    context = {
        "here": "figures",
        "wrong": wrong,
        "about": about,
        "place": place_title(about.region) if about.region else None,
        "groups": [_periods(about), *_regions(known, actor, about)],
        "inputs": _days(about),
        "sections": [(d.case_type.title, *_numbers(d, actor, about)) for d in shown],
    }
    return render(request, "linli/staff/figures.html", {**around(actor), **context})


def _numbers(definition: Definition, actor: Actor, about: About) -> tuple[list[Figure], list[Figure]]:
    """Shares and counters; for whom hears sums alone without the way to what they count, and without shares of a few."""
    shares, counters = _shares(definition, about), _counters(definition, about)
    if counting.may_open(definition, actor, about.region):
        return shares, counters
    many = {
        s.indicator.title
        for s in counting.shares(definition, about.region, *about.span)
        if s.denominator >= counting.FEW
    }
    return [replace(s, url="") for s in shares if s.title in many], [replace(c, url="") for c in counters]


def _days(about: About) -> list[Input]:
    return [
        Input("from", T("从", "From"), "date", value=about.first.isoformat(), required=False),
        Input("to", T("到", "To"), "date", value=about.last.isoformat(), required=False),
    ]


def _periods(about: About) -> Chips:
    """Months, quarter and years so far."""
    today = filters.today()
    month, year = today.replace(day=1), today.replace(month=1, day=1)
    last = month - timedelta(days=1)
    spans = [
        (T("本月", "This month"), month, today),
        (T("上月", "Last month"), last.replace(day=1), last),
        (T("今年", "This year"), year, today),
        (T("去年", "Last year"), year.replace(year=year.year - 1), year - timedelta(days=1)),
    ]
    chips = [
        Chip(title, about.query(**{"from": a, "to": b}), (a, b) == (about.first, about.last))
        for title, a, b in spans
    ]
    return Chips(T("时间", "Period"), chips)


def _regions(known: Sequence[Definition], actor: Actor, about: About) -> list[Chips]:
    """The regions that are his, and the places below the one that is shown."""
    own = [r for r in dict.fromkeys(r for d in known for r in counting.told_regions(d, actor)) if r]
    below = filters.below(about.region, filters.today())
    codes = list(dict.fromkeys([*own, about.region, *below])) if about.region else [*own, *below]
    named = titles(codes)
    chips = [Chip(named[c], about.query(region=c), c == about.region) for c in codes]
    return [Chips(T("地区", "Region"), chips)] if len(chips) > 1 else []


def _counters(definition: Definition, about: About) -> list[Figure]:
    return [
        Figure(
            f.counter.title,
            f"{f.value:,}",
            _url(definition, f.counter.key, about),
            unit=f.counter.unit,
            how=formula(definition, f.counter),
        )
        for f in counting.figures(definition, about.region, *about.span)
    ]


def _shares(definition: Definition, about: About) -> list[Figure]:
    return [
        Figure(
            s.indicator.title,
            per_cent(s.per_mille),
            _url(definition, s.indicator.key, about),
            unit="%" if s.per_mille is not None else "",
            how=s.indicator.formula,
        )
        for s in counting.shares(definition, about.region, *about.span)
    ]


def per_cent(per_mille: int | None) -> str:
    """A share as it is written: 96.5, or a dash."""
    return "—" if per_mille is None else f"{per_mille // 10}.{per_mille % 10}"


def _url(definition: Definition, key: str, about: About) -> str:
    return reverse("figure", args=[definition.key, key]) + about.query()


def formula(definition: Definition, counter: Counter) -> T:
    """What a counter counts, in one line."""
    named = together([definition.actions[a].title for a in counter.actions if a in definition.actions])
    if named is None:
        return CLOCK
    by = definition.fields[counter.amount].title if isinstance(counter.amount, str) else None
    if by:
        return T("“{what}”各条目的“{by}”之和", "the sum of “{by}” over the entries “{what}”").format(
            what=named, by=by
        )
    only = T("（按条件）", ", on a condition") if counter.when or counter.amount else None
    text = T("“{what}”的条目", "the entries “{what}”").format(what=named)
    return T(text.zh + only.zh, text.en + only.en) if only else text


urls = [path("staff/figures/", figures, name="figures")]
