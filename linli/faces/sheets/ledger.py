"""The ledger and the list as a spreadsheet: exactly what is seen, of all pages, with a sheet that says what it is."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from linli.cases import ledger, lists, saved
from linli.cases.ledger import Column, Value
from linli.cases.lists import EXCLUDED, ORDERS, SHOWS, Filters
from linli.cases.models import Case
from linli.faces.sheets.book import ROWS_AT_MOST, Head
from linli.faces.sheets.cells import Cell, cell, china
from linli.faces.sheets.sending import sent
from linli.people.persons import masked
from linli.people.units import titles as unit_titles
from linli.rules.actor import Actor
from linli.rules.definition import Definition
from linli.rules.registry import installed
from linli.rules.text import T
from linli.territory.regions import place_title

NO_SEARCH = T(
    "这次搜索已不在，请重新搜索后再导出", "This search is no longer kept; search again, then export"
)


@require_safe
def sheet(request: HttpRequest) -> HttpResponseBase:
    """The lines that the address shows. 400 with the reason where the address says something that cannot be used."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.person is None:
        return redirect_to_login(request.get_full_path(), reverse("account_login"))
    if not actor.roles & installed.staff:
        raise PermissionDenied
    lang = get_language() or "zh"
    filters, wrong = lists.read(request.GET)
    if filters.search:
        words = saved.words_of(filters.search, actor.person)
        wrong = wrong if words is not None else (*wrong, NO_SEARCH)
        filters = replace(filters, words=words or "")
    if wrong:
        said = "\n".join(w.in_(lang) for w in wrong)
        return HttpResponse(said, status=400, content_type="text/plain; charset=utf-8")
    return _answer(_Sheet(actor, filters, _asked(request, filters), time.time_ns() // 1000, lang))


def _asked(request: HttpRequest, filters: Filters) -> list[Column]:
    """The columns that the address names; of one case type alone, its ledger's; else those of the list."""
    types = [installed[t] for t in filters.types] or list(installed)
    known = ledger.columns(types)
    usual = [c.key for c in ledger.of_ledger(types[0])] if len(types) == 1 else list(ledger.LIST)
    return ledger.pick(known, request.GET.get("columns", "").split(",")) or ledger.pick(known, usual)


@dataclass(slots=True)
class _Sheet:
    """One export: who asks for what, when (µs UTC), in which language; and the versions of the definitions met."""

    actor: Actor
    filters: Filters
    columns: list[Column]
    at: int
    lang: str
    n: int = 0
    versions: set[str] = field(default_factory=set)

    @property
    def title(self) -> T:
        """What it is a sheet of."""
        types = self.filters.types
        return installed[types[0]].case_type.title if len(types) == 1 else T("事项", "Cases")

    def rows(self) -> Iterator[list[Cell]]:
        """The lines, page by page, so that no more than one page is held."""
        found = lists.selected(self.actor, self.filters)
        for cases in lists.every(found, self.filters.by, ROWS_AT_MOST):
            self.n += len(cases)
            self.versions |= {c.version for c in cases}
            yield from self._lines(cases)

    def _lines(self, cases: list[Case]) -> Iterator[list[Cell]]:
        for line in ledger.lines(cases, self.columns, self.actor, self.at):
            yield [_cell(line[c.key], c, self.lang) for c in self.columns]

    def about(self) -> Iterator[tuple[str, Cell]]:
        """What the sheet is: its filters, when it was made, by whom, how many lines, under which definitions."""
        for title, value in [*_made(self), *_filtered(self.filters)]:
            yield title.in_(self.lang), value.in_(self.lang) if isinstance(value, T) else value


def _cell(value: Value, column: Column, lang: str) -> Cell:
    if column.kind == "day" and isinstance(value, str):
        return date.fromisoformat(value)
    return cell(value, lang)


def _made(sheet: _Sheet) -> list[tuple[T, T | Cell]]:
    roles = installed.roles()
    person = sheet.actor.person
    name = masked([person])[person].name if person else ""
    held = [roles[r].title for r in sorted(sheet.actor.roles & installed.staff) if r in roles]
    more = lists.counted(lists.selected(sheet.actor, sheet.filters), ROWS_AT_MOST).more
    cut = T("是，只写前 {n} 件，请缩小范围", "yes, the first {n} alone; narrow it down").format(
        n=f"{ROWS_AT_MOST:,}"
    )
    return [
        (T("制表时间（中国时间）", "Made (time in China)"), china(sheet.at)),
        (T("制表人", "Made by"), T(f"{name} {_all(held).zh}".strip(), f"{name} {_all(held).en}".strip())),
        (T("件数", "Lines"), sheet.n),
        (T("是否有没写下的", "Anything left out"), cut if more else T("没有", "no")),
        (T("定义版本", "Versions of the definition"), ", ".join(sorted(sheet.versions)) or "—"),
        (T("时间", "Times"), T("均为中国时间（UTC+8）", "in China’s time (UTC+8)")),
    ]


def _all(titles: Sequence[T]) -> T:
    return ledger.together(titles) or T("—", "—")


def _filtered(filters: Filters) -> list[tuple[T, T | Cell]]:
    """The filters in words, in the order of the page."""
    unit = unit_titles([filters.unit]).get(filters.unit) if filters.unit else None
    known = [installed[t] for t in filters.types]
    found: list[tuple[T, T | Cell]] = [
        (T("查看", "Show"), SHOWS[filters.show]),
        (T("事项类型", "Types"), _all([d.case_type.title for d in known or installed])),
        (T("地区", "Region"), place_title(filters.region) if filters.region else None),
        (T("类别", "Category"), _all([_category(k, known) for k in filters.categories])),
        (T("状态", "State"), _all([_state(k, known) for k in filters.states])),
        (T("责任单位", "Unit"), unit),
        (T("登记日期从", "Opened from"), filters.opened_from),
        (T("登记日期到", "Opened to"), filters.opened_to),
        (T("剔除", "Exclusion"), EXCLUDED.get(filters.excluded)),
        (T("搜索词", "Words of the search"), filters.words),
        (T("顺序", "Order"), ORDERS[filters.by]),
    ]
    return [(title, value) for title, value in found if value and value != _all([])]


def _category(key: str, known: Sequence[Definition]) -> T:
    for definition in known:
        named = definition.fields.get(definition.case_type.category or "")
        for option in getattr(named, "options", ()):
            if option.key == key:
                title: T = option.title
                return title
    return T(key, key)


def _state(key: str, known: Sequence[Definition]) -> T:
    return next((d.states[key].title for d in known if key in d.states), T(key, key))


def _answer(sheet: _Sheet) -> FileResponse:
    heads = [Head(c.title.in_(sheet.lang), c.kind, c.key == "matter") for c in sheet.columns]
    return sent(sheet.title, heads, sheet.rows(), sheet.about(), sheet.lang, sheet.at)


urls = [path("staff/ledger.xlsx", sheet, name="sheet")]
