"""What a list of cases shows: filters that an address says without personal data, orders, pages, bounded counts.

One implementation for the list, the ledger, the spreadsheet and acting on many. Every order follows an index, a page
begins where the last one ended, and nothing is counted further than anybody reads.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.cases.loading import heads_of
from linli.cases.models import Case, Seat
from linli.cases.reading import facts_of
from linli.cases.sight import NOBODY, cases_seen_by, in_region, sees_reporter, turn_of
from linli.people.persons import find_by_name, find_by_phone
from linli.rules.actor import EVERYWHERE, Actor
from linli.rules.place import Level, level_of
from linli.rules.programme import Kind
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.worktime import DAY, day_start
from linli.search.grams import matching

ROWS = 50
MOST = 10_000
"""So far is counted; beyond, a list says “more than”."""
OF_ONE_PERSON = 500
"""So many cases of one person are looked through in a search for him."""
SHOWS = {
    "live": T("在办", "Open"),
    "mine": T("轮到我", "My turn"),
    "late": T("超时", "Overdue"),
    "waiting": T("等待中", "Waiting"),
    "ended": T("已办结", "Ended"),
    "all": T("全部", "All"),
}
LIVE_SHOWS = ("live", "mine", "late", "waiting")
ORDERS = {
    "due": T("最急的在前", "Most urgent first"),
    "newest": T("最新的在前", "Newest first"),
    "oldest": T("最早的在前", "Oldest first"),
}
_KEYS = {"due": ("due", "id"), "newest": ("-opened", "-id"), "oldest": ("opened", "id")}
EXCLUDED = {"only": T("只看剔除的", "Excluded only"), "without": T("不含剔除的", "Without excluded")}
_COLUMNS = {
    Level.CITY: "city",
    Level.COUNTY: "county",
    Level.STREET: "street",
    Level.COMMUNITY: "community",
    Level.GRID: "grid",
    Level.BUILDING: "place",
}
YEARS = range(1900, 3000)
"""Days of other years are slips of the finger; reckoning from them would leave the calendar."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What is shown. Days are civil and inclusive; ``words`` stand under the id ``search`` and never in an address."""

    show: str = "live"
    types: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    region: str = ""
    unit: UUID | None = None
    opened_from: date | None = None
    opened_to: date | None = None
    excluded: str = ""
    search: UUID | None = None
    order: str = ""
    words: str = ""

    @property
    def by(self) -> str:
        """The order in force: where nobody has a next step, nothing is urgent."""
        if self.order in ORDERS and (self.order != "due" or self.show in LIVE_SHOWS):
            return self.order
        return "due" if self.show in LIVE_SHOWS else "newest"

    def query(self) -> dict[str, str]:
        """The parts of an address that say these filters; what is as usual is left out."""
        usual = Filters()
        pairs = ((name, attr, getattr(self, attr)) for name, (attr, _) in _PARTS.items())
        return {name: _said(value) for name, attr, value in pairs if value != getattr(usual, attr)}


def _said(value: object) -> str:
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _one_of(known: Iterable[str]) -> Callable[[str], str]:
    keys = frozenset(known)

    def read(text: str) -> str:
        if text not in keys:
            raise ValueError(text)
        return text

    return read


def _types(text: str) -> tuple[str, ...]:
    known = _one_of(d.key for d in installed)
    return tuple(known(part) for part in text.split(","))


def _keys(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for part in text.split(",") if part))


def day(text: str) -> date:
    """A civil day of an address. Raises: ValueError for what is no date, or none in which anything is entered here."""
    found = date.fromisoformat(text)
    if found.year not in YEARS:
        raise ValueError(text)
    return found


def _place(text: str) -> str:
    level_of(text)
    return text


_PARTS: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "show": ("show", _one_of(SHOWS)),
    "type": ("types", _types),
    "category": ("categories", _keys),
    "state": ("states", _keys),
    "region": ("region", _place),
    "unit": ("unit", UUID),
    "from": ("opened_from", day),
    "to": ("opened_to", day),
    "excluded": ("excluded", _one_of(EXCLUDED)),
    "search": ("search", UUID),
    "order": ("order", _one_of(ORDERS)),
}
PARTS = tuple(_PARTS)
UNREADABLE = T(
    "网址里的“{name}={value}”看不懂，没有用它筛选",
    "“{name}={value}” in the address is not understood and was left aside",
)
BACKWARDS = T(
    "开始日期晚于结束日期，请对调；现在没有按日期筛选",
    "The first day lies after the last one; please swap them. No days are filtered now",
)


def read(query: Mapping[str, str], usual: Filters | None = None) -> tuple[Filters, tuple[T, ...]]:
    """The filters that an address says, beside ``usual`` ones, and what in it cannot be used."""
    values: dict[str, Any] = {}
    wrong: list[T] = []
    for name, (attr, reader) in _PARTS.items():
        text = query.get(name, "").strip()
        try:
            if text:
                values[attr] = reader(text)
        except ValueError:
            wrong.append(UNREADABLE.format(name=name, value=text[:40]))
    found = replace(usual or Filters(), **values)
    if found.opened_from and found.opened_to and found.opened_from > found.opened_to:
        wrong.append(BACKWARDS)
        found = replace(found, opened_from=None, opened_to=None)
    return found, tuple(wrong)


def home(actor: Actor) -> str:
    """The smallest place that holds every region in which he works; empty for everywhere."""
    own = [g.region for g in actor.grants if g.role in installed.staff]
    shared = _shared(min(own), max(own)) if own else EVERYWHERE
    return next((shared[:n] for n in sorted(Level, reverse=True) if _is_place(shared, n)), EVERYWHERE)


def _shared(first: str, last: str) -> str:
    """What two codes begin with alike; of many codes, the first and the last tell it for all."""
    same = next((i for i, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), len(first))
    return first[:same]


def _is_place(code: str, length: int) -> bool:
    try:
        return len(code) >= length and level_of(code[:length]) == length
    except ValueError:
        return False


def at_place(region: str) -> Q:
    """Cases at a place by the column of its level, whose index then serves; a grid's also by its community's."""
    column = _COLUMNS.get(level_of(region)) if region else None
    if column is None:
        return in_region(region)
    within = {"community": region[: Level.COMMUNITY]} if len(region) > Level.COMMUNITY else {}
    return Q(**within, **{column: region})


def waiting() -> Q:
    """Cases that wait for something that the staff cannot hurry."""
    found = NOBODY
    for definition in installed:
        keys = [k for k, s in definition.states.items() if s.kind is Kind.WAITING]
        found |= Q(type=definition.key, state__in=keys)
    return found


def selected(actor: Actor, filters: Filters) -> QuerySet[Case]:
    """The cases that the filters show to the actor: of what he may see, at the place asked for, else where he works."""
    found = cases_seen_by(actor, filters.types).filter(_shown(actor, filters.show))
    works = [g.region for g in actor.grants if g.role in installed.staff and g.unit is None]
    if works or filters.region:
        found = found.filter(at_place(filters.region or home(actor)))
    else:
        found = found.filter(id__in=Seat.objects.filter(head__in=heads_of(actor)).values("case"))
    found = found.filter(**_plain(filters))
    if filters.unit:
        sent = Seat.objects.filter(case=OuterRef("pk"), kind="unit", head=str(filters.unit))
        found = found.filter(Exists(sent))
    return found.filter(_worded(filters.words, actor)) if filters.words else found


def _shown(actor: Actor, show: str) -> Q:
    if show == "all":
        return Q()
    if show == "ended":
        return Q(live=False)
    tests = {"late": Q(late=True), "waiting": waiting(), "mine": turn_of(actor) if show == "mine" else Q()}
    return Q(tests.get(show, Q()), live=True)


def _plain(filters: Filters) -> dict[str, object]:
    """The conditions on single columns."""
    days = (filters.opened_from, filters.opened_to)
    found: dict[str, object] = {
        "category__in": filters.categories,
        "state__in": filters.states,
        "opened__gte": days[0] and day_start(days[0]),
        "opened__lt": days[1] and day_start(days[1]) + DAY,
    }
    marked = {"excluded": filters.excluded == "only"} if filters.excluded else {}
    return {**{k: v for k, v in found.items() if v}, **marked}


def _worded(words: str, actor: Actor) -> Q:
    by_words = Q(id__in=matching(words)) | Q(number=words.upper())
    return by_words | Q(id__in=_of_person(words, actor))


def _of_person(words: str, actor: Actor) -> list[UUID]:
    """The cases reported by whoever has this phone or exactly this name, where the reader may know who reported them."""
    try:
        digits = sum(c.isdigit() for c in words)
        persons = [find_by_phone(words)] if digits else find_by_name(words)
    except Refused:
        return []
    kinds = [d.case_type.reporter.key for d in installed if d.case_type.reporter]
    heads = [str(p) for p in persons if p]
    seats = Seat.objects.filter(kind__in=kinds, head__in=heads).values("case")
    cases = cases_seen_by(actor).filter(id__in=seats)[:OF_ONE_PERSON] if heads else []
    return [c.id for c in cases if _may_know(c, actor)]


def _may_know(case: Case, actor: Actor) -> bool:
    return sees_reporter(installed[case.type], case, facts_of(case), actor, {})


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; ``before`` and ``after`` say where its neighbours are, empty where there is none."""

    cases: list[Case]
    before: str = ""
    after: str = ""


def page(found: QuerySet[Case], by: str, cursor: str = "", rows: int = ROWS) -> Page:
    """The page at a cursor of an earlier one. Raises: ValueError for what is no cursor."""
    back = cursor.startswith("before-")
    keys = _KEYS[by]
    ordered = found.order_by(*(_turned(k) for k in keys) if back else keys)
    got = list((ordered.filter(_beyond(keys, cursor, back)) if cursor else ordered)[: rows + 1])
    more, shown = len(got) > rows, got[:rows]
    if back:
        shown.reverse()
    first, last = (bool(cursor), more) if not back else (more, True)
    return Page(
        shown,
        _cursor("before", shown[0], keys) if shown and first else "",
        _cursor("after", shown[-1], keys) if shown and last else "",
    )


def _turned(key: str) -> str:
    return key.removeprefix("-") if key.startswith("-") else f"-{key}"


def _cursor(way: str, case: Case, keys: tuple[str, str]) -> str:
    return f"{way}-{getattr(case, keys[0].removeprefix('-'))}-{case.id.hex}"


def _beyond(keys: tuple[str, str], cursor: str, back: bool) -> Q:
    """What lies beyond a row. The first column stands alone too, so that an index is entered at the right place."""
    way, value, last = cursor.split("-")
    if way not in ("after", "before"):
        raise ValueError(cursor)
    column, at, case = keys[0].removeprefix("-"), int(value), UUID(last)
    sign = "lt" if keys[0].startswith("-") != back else "gt"
    same = Q(**{column: at, f"id__{sign}": case})
    return Q(**{f"{column}__{sign}e": at}) & (Q(**{f"{column}__{sign}": at}) | same)


def every(found: QuerySet[Case], by: str, most: int, rows: int = 500) -> Iterator[list[Case]]:
    """All pages in turn, at most ``most`` cases, without holding them at once."""
    cursor, left = "", most
    while left > 0:
        got = page(found, by, cursor, min(rows, left))
        if got.cases:
            yield got.cases
        cursor, left = got.after, left - len(got.cases)
        if not cursor:
            return


@dataclass(frozen=True, slots=True)
class Bounded:
    """A number that was counted to its end, or to where counting stopped."""

    n: int
    more: bool = False

    @property
    def says(self) -> T:
        """1,234, or 10,000+."""
        text = f"{self.n:,}{'+' if self.more else ''}"
        return T(text, text)


def counted(found: QuerySet[Case], most: int = MOST) -> Bounded:
    """How many there are, at most ``most``."""
    n = found.order_by()[: most + 1].count()
    return Bounded(min(n, most), n > most)


def spread(found: QuerySet[Case], columns: tuple[str, ...], most: int = MOST) -> dict[str, dict[str, int]]:
    """Per column how many cases have each value; nothing where there are more than ``most``, because it would be wrong."""
    rows = list(found.order_by().values_list(*columns)[: most + 1])
    if len(rows) > most:
        return {c: {} for c in columns}
    return {c: dict(Tally(row[i] for row in rows)) for i, c in enumerate(columns)}
