"""What a check of coverage found as a spreadsheet: every line of the list, names behind the same masks, and what was asked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from linli.cases import coverage, faults
from linli.cases.coverage import Check, When
from linli.cases.faults import Line
from linli.faces.sheets.book import ROWS_AT_MOST, Head
from linli.faces.sheets.cells import Cell, china
from linli.faces.sheets.sending import sent
from linli.people.persons import masked
from linli.rules.actor import Actor
from linli.rules.place import level_of
from linli.rules.text import T
from linli.territory.households import LABELS
from linli.territory.regions import path_title

BUNCH = 500
"""So many lines are read at once."""


@require_safe
def sheet(request: HttpRequest) -> HttpResponseBase:
    """The list that the address names. 403 where its lines are not the reader's, 404 for a check that is none."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.person is None:
        return redirect_to_login(request.get_full_path(), reverse("account_login"))
    place, check = request.GET.get("place", ""), coverage.CHECKS.get(request.GET.get("check", ""))
    if not _is_place(place) or check is None or not check.fits(place):
        raise Http404
    if not check.listed_to & coverage.roles_at(actor, place):
        raise PermissionDenied
    given = request.GET.get("days", "")
    days = next((n for n in coverage.DAYS if str(n) == given), None)
    at, lang = time.time_ns() // 1000, get_language() or "zh"
    return _made(check, place, When(at, days), actor, lang)


def _is_place(code: str) -> bool:
    try:
        return level_of(code) is not None
    except ValueError:
        return False


def _made(check: Check, place: str, when: When, actor: Actor, lang: str) -> HttpResponseBase:
    title = check.title.format(n=coverage.days_at(place, when))
    columns = _columns(check)
    heads = [Head(t.in_(lang), kind) for t, kind, _ in columns]
    rows = ([_short(of(line), lang) for _, _, of in columns] for line in _lines(check, place, when, actor))
    return sent(title, heads, rows, _about(check, title, place, when, actor, lang), lang, when.at)


def _lines(check: Check, place: str, when: When, actor: Actor) -> Iterator[Line]:
    """Every line, bunch by bunch."""
    after: Any = None
    for _ in range(0, ROWS_AT_MOST, BUNCH):
        keys = coverage.keys(check, place, when, after, BUNCH)
        yield from faults.lines(check, keys, place, when, actor)
        if len(keys) < BUNCH:
            return
        after = keys[-1]


def _short(value: T | Cell, lang: str) -> Cell:
    return value.in_(lang) if isinstance(value, T) else value


def _who(line: Line) -> str:
    return " ".join((line.who.name, line.who.phone)).strip() if line.who else ""


def _all(titles: Sequence[T]) -> T | None:
    return T("、".join(t.zh for t in titles), ", ".join(t.en for t in titles)) if titles else None


Column = tuple[T, str, Callable[[Line], T | Cell]]
COMMUNITY: Column = (T("社区", "Community"), "text", lambda line: line.community)
TITLE, CODE = T("名称", "Name"), T("编码", "Code")
LAST: Column = (T("上次见到人", "Last met"), "moment", lambda line: china(line.last) if line.last else None)
UNTIL: Column = (T("到哪天为止", "Until"), "day", lambda line: line.since)
COLUMNS: dict[str, tuple[Column, ...]] = {
    "household": (
        COMMUNITY,
        (TITLE, "text", lambda line: line.title),
        (CODE, "text", lambda line: line.household),
        (T("标签", "Labels"), "text", lambda line: _all([LABELS[k] for k in line.labels])),
    ),
    "building": (
        COMMUNITY,
        (TITLE, "text", lambda line: line.title),
        (CODE, "text", lambda line: line.place),
        (T("网格", "Grid"), "text", lambda line: _all(line.grids)),
        UNTIL,
    ),
    "grid": (
        COMMUNITY,
        (TITLE, "text", lambda line: line.title),
        (CODE, "text", lambda line: line.place),
        UNTIL,
    ),
    "person": (
        COMMUNITY,
        (T("谁", "Who"), "text", _who),
        (T("登记在哪些户", "On these rolls"), "text", lambda line: _all([d.title for d in line.doors])),
    ),
}


def _columns(check: Check) -> tuple[Column, ...]:
    return (*COLUMNS[check.of], LAST) if check.key == "unvisited" else COLUMNS[check.of]


def _about(
    check: Check, title: T, place: str, when: When, actor: Actor, lang: str
) -> Iterator[tuple[str, Cell]]:
    """What the sheet is: what was asked, where, when, by whom."""
    name = masked([actor.person])[actor.person].name if actor.person else ""
    told: list[tuple[T, T | Cell]] = [
        (T("核对", "Check"), title),
        (T("什么意思", "What it means"), check.means),
        (T("怎样补上", "What mends it"), check.remedy),
        (T("哪里", "Where"), path_title(place)),
        (T("制表时间（中国时间）", "Made (time in China)"), china(when.at)),
        (T("制表人", "Made by"), name),
        (T("最多行数", "Lines at most"), ROWS_AT_MOST),
    ]
    for head, value in told:
        yield head.in_(lang), _short(value, lang)


urls = [path("staff/coverage.xlsx", sheet, name="coverage-sheet")]
