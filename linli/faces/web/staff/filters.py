"""The filters of a list as chips that are its address, and as a small form for what is typed: days, unit, order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest
from django.urls import NoReverseMatch, reverse

from linli.cases import lists, saved
from linli.cases.ledger import Amount, Instant, TimeLeft, Value
from linli.cases.ledger import Column as LedgerColumn
from linli.cases.lists import EXCLUDED, LIVE_SHOWS, ORDERS, SHOWS, Filters
from linli.faces.web.parts import Chip, Chips, Column, Input, Left, Moment, Option
from linli.faces.web.reader import actor_of, now
from linli.people.units import titles as unit_titles
from linli.people.units import units_in
from linli.rules.actor import Actor
from linli.rules.definition import Definition
from linli.rules.money import yuan
from linli.rules.place import Level, parent
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.who import Role
from linli.rules.worktime import civil_day
from linli.territory.buildings import grids_of
from linli.territory.regions import children, titles

ALL = T("全部", "All")
FIT = {"moment": "keep", "day": "keep", "number": "right", "money": "right", "state": "keep", "left": "keep"}
FACETS = ("type", "category", "state", "grid")


def read(request: HttpRequest) -> tuple[Filters, tuple[T, ...]]:
    """The filters of the address, with the words that stand under its search; and what cannot be used.

    Raises: Http404 for a search that is not the reader's.
    """
    filters, wrong = lists.read(request.GET)
    if filters.search is None:
        return filters, wrong
    words = saved.words_of(filters.search, actor_of(request).person)
    if words is None:
        raise Http404
    return replace(filters, words=words), wrong


def address(filters: Filters, **changes: Any) -> str:
    """The address of the same list with some filters changed; the search goes where its words go."""
    return "?" + urlencode(replace(filters, **changes).query())


def definitions(filters: Filters, actor: Actor) -> list[Definition]:
    """The case types that the list is about."""
    return [installed[t] for t in filters.types] or types_of(actor)


def types_of(actor: Actor) -> list[Definition]:
    """The case types of which he may see something: by a role that he holds, or as somebody's unit."""
    return [d for d in installed if any(_reaches(w, actor) for w in d.case_type.seen_by)]


def _reaches(who: Any, actor: Actor) -> bool:
    return who.key in actor.roles if isinstance(who, Role) else who.of == "unit" and bool(actor.units)


def shows(actor: Actor, filters: Filters) -> Chips:
    """What is open, late, the reader's turn … each with its number."""

    def chip(key: str, title: T) -> Chip:
        n = lists.counted(lists.selected(actor, replace(filters, show=key)))
        order = filters.order if key in LIVE_SHOWS or filters.order != "due" else ""
        return Chip(title, address(filters, show=key, order=order), key == filters.show, n.n, n.more)

    return Chips(T("查看", "Show"), [chip(key, title) for key, title in SHOWS.items()])


def types(actor: Actor, filters: Filters, any_: bool = True) -> list[Chips]:
    """The case types to choose from; nothing where there is one alone."""
    own = types_of(actor)
    if len(own) < 2:
        return []
    fresh = {"categories": (), "states": ()}
    whole = [Chip(ALL, address(filters, types=(), **fresh), not filters.types)] if any_ else []
    one = [
        Chip(d.case_type.title, address(filters, types=(d.key,), **fresh), filters.types == (d.key,))
        for d in own
    ]
    return [Chips(T("类型", "Type"), [*whole, *one])]


def facets(actor: Actor, filters: Filters, today: date) -> list[Chips]:
    """Grids or regions below, and, where the list is about one case type, its categories and states."""
    chosen = definitions(filters, actor)
    counts = lists.spread(lists.selected(actor, filters), FACETS)
    groups = [regions(actor, filters, today, counts["grid"])]
    if len(chosen) == 1:
        groups += [
            _categories(filters, chosen[0], counts["category"]),
            _states(filters, chosen[0], counts["state"]),
        ]
    return [g for g in groups if g.chips]


def _turned(chosen: tuple[str, ...], key: str) -> tuple[str, ...]:
    return tuple(k for k in chosen if k != key) if key in chosen else (*chosen, key)


def _categories(filters: Filters, definition: Definition, counts: Mapping[str, int]) -> Chips:
    field = definition.fields.get(definition.case_type.category or "")
    options = getattr(field, "options", ())
    chips = [
        Chip(
            o.title,
            address(filters, categories=_turned(filters.categories, o.key)),
            o.key in filters.categories,
            counts.get(o.key),
        )
        for o in options
    ]
    return Chips(field.title if field else T("类别", "Category"), chips)


def _states(filters: Filters, definition: Definition, counts: Mapping[str, int]) -> Chips:
    fits = {"ended": False} if filters.show == "ended" else {} if filters.show == "all" else {"live": True}
    wanted = next(iter(fits.values()), None)
    chips = [
        Chip(s.title, address(filters, states=_turned(filters.states, k)), k in filters.states, counts.get(k))
        for k, s in definition.states.items()
        if wanted is None or s.kind.live is wanted or k in filters.states
    ]
    return Chips(T("状态", "State"), chips)


def regions(actor: Actor, filters: Filters, today: date, counts: Mapping[str, int] | None = None) -> Chips:
    """The way up to where he works, the place chosen, and the places below it."""
    home = lists.home(actor)
    here = filters.region or home
    above = [] if here == home else _above(here, home)
    below_ = below(here, today)
    named = titles([*above, here, *below_] if here else below_)
    chips = [Chip(ALL, address(filters, region=""), not filters.region)]
    chips += [Chip(named[c], address(filters, region=c)) for c in above]
    chips += [Chip(named[here], address(filters, region=""), on=True)] if here != home else []
    chips += [Chip(named[c], address(filters, region=c), count=(counts or {}).get(c)) for c in below_]
    grids = len(here) in (Level.COMMUNITY, Level.GRID)
    title = T("网格", "Grid") if grids else T("地区", "Region")
    return Chips(title, chips if len(chips) > 1 else [])


def _above(code: str, home: str) -> list[str]:
    found: list[str] = []
    up = parent(code)
    while up and len(up) > len(home):
        found.insert(0, up)
        up = parent(up)
    return found


def below(code: str, today: date) -> list[str]:
    """The places directly below, a level that holds one place alone being passed over; grids under a community."""
    if len(code) == Level.COMMUNITY:
        return [g.code for g in grids_of(code, today)]
    if len(code) > Level.COMMUNITY:
        return []
    found = [r.code for r in children(code)]
    if len(found) == 1 and len(found[0]) < Level.COMMUNITY:
        return below(found[0], today)
    return found


def chosen(actor: Actor, filters: Filters) -> list[Chip]:
    """What is filtered now beside the view, each chip taking its filter away."""
    about = {d.key: d for d in definitions(filters, actor)}
    one = next(iter(about.values())) if len(about) == 1 else None
    found = [
        Chip(_title(one, "category", k), address(filters, categories=_turned(filters.categories, k)), on=True)
        for k in filters.categories
    ]
    found += [
        Chip(_title(one, "state", k), address(filters, states=_turned(filters.states, k)), on=True)
        for k in filters.states
    ]
    return [*found, *_single(filters)]


def _single(filters: Filters) -> list[Chip]:
    """The filters that hold one value."""
    found: list[tuple[T | None, dict[str, Any]]] = [
        (titles([filters.region])[filters.region] if filters.region else None, {"region": ""}),
        (unit_titles([filters.unit]).get(filters.unit) if filters.unit else None, {"unit": None}),
        (days(filters.opened_from, filters.opened_to), {"opened_from": None, "opened_to": None}),
        (EXCLUDED.get(filters.excluded), {"excluded": ""}),
        (T("搜索词", "Words of a search") if filters.words else None, {"search": None, "words": ""}),
    ]
    return [Chip(title, address(filters, **without), on=True) for title, without in found if title]


def _title(definition: Definition | None, what: str, key: str) -> T:
    """The title of a category or state; a key that nobody knows stands as it is."""
    if definition and what == "state" and key in definition.states:
        return definition.states[key].title
    field = definition.fields.get(definition.case_type.category or "") if definition else None
    known: dict[str, T] = (
        {o.key: o.title for o in getattr(field, "options", ())} if what == "category" else {}
    )
    return known.get(key, T(key[:40], key[:40]))


def days(first: date | None, last: date | None) -> T | None:
    """The days in words; nothing where there are none."""
    if first and last:
        return T(f"{first} 至 {last}", f"{first} to {last}")
    if first:
        return T(f"{first} 起", f"from {first}")
    return T(f"{last} 止", f"until {last}") if last else None


@dataclass(frozen=True, slots=True)
class More:
    """The small form: what is asked, and the rest of the address as hidden inputs."""

    inputs: list[Input]
    hidden: list[tuple[str, str]]


def more(actor: Actor, filters: Filters) -> More:
    """Days, unit, exclusion and order."""
    orders = {k: t for k, t in ORDERS.items() if k != "due" or filters.show in LIVE_SHOWS}
    inputs = [
        Input(
            "from", T("登记日期从", "Opened from"), "date", value=_text(filters.opened_from), required=False
        ),
        Input("to", T("到", "To"), "date", value=_text(filters.opened_to), required=False),
        _select("unit", T("责任单位", "Unit"), _units(actor, filters), str(filters.unit or "")),
        _select("excluded", T("剔除", "Exclusion"), EXCLUDED.items(), filters.excluded),
        _select("order", T("顺序", "Order"), orders.items(), filters.by),
    ]
    asked = {i.name for i in inputs}
    return More(inputs, [(k, v) for k, v in filters.query().items() if k not in asked])


def _units(actor: Actor, filters: Filters) -> list[tuple[str, T]]:
    place = filters.region or lists.home(actor)
    return [(str(u.id), u.title) for u in units_in(place[: Level.COMMUNITY])] if place else []


def _select(name: str, title: T, options: Iterable[tuple[str, T]], value: str) -> Input:
    made = [Option(key, text, on=key == value) for key, text in options]
    return Input(name, title, "select", options=made, required=False)


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def views(person: UUID | None, list_: str, filters: Filters) -> list[Chips]:
    """The reader's saved views; nothing where he has none."""
    own = saved.views(person, list_) if person else []
    here = filters.query()
    chips = [Chip(v.name, "?" + urlencode(v.query), dict(v.query) == here) for v in own]
    return [Chips(T("我的视图", "My views"), chips)] if chips else []


def sheet(chosen: Filters, columns: Iterable[LedgerColumn]) -> str:
    """The address of the same lines as a spreadsheet; empty where that face is not installed."""
    query = {**chosen.query(), "columns": ",".join(c.key for c in columns)}
    try:
        return f"{reverse('sheet')}?{urlencode(query)}"
    except NoReverseMatch:
        return ""


def cell(value: Value) -> Any:
    """A value of the ledger as a table shows it."""
    if isinstance(value, Instant):
        return Moment(value.us, value.ends)
    if isinstance(value, Amount):
        return yuan(value.cents)
    if isinstance(value, TimeLeft):
        return Left(value.phrase, value.tone, value.due)
    return "" if value is None else value


def head(column: LedgerColumn) -> Column:
    """The head of a column."""
    fit: Any = "much" if column.key == "matter" else FIT.get(column.kind, "")
    return Column(column.title, fit="keep" if column.key == "number" else fit)


def today() -> date:
    """The civil day on which the page is read."""
    return civil_day(now())
