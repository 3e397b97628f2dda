"""The units without a ballot as a spreadsheet, for whoever goes from door to door. No choice and no name is in it."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from linli.cases.models import Case
from linli.cases.titles import title_of
from linli.faces.sheets.book import Head
from linli.faces.sheets.cells import Cell, china
from linli.faces.sheets.sending import sent
from linli.faces.web.reader import actor_of
from linli.programmes.maintenance_fund.pages import staffdoor, staffuse, staffvote
from linli.programmes.maintenance_fund.pages.staffwords import Where, doors, text
from linli.rules.text import T

HEADS: tuple[tuple[T, str], ...] = (
    (T("楼栋", "Building"), "text"),
    (T("单元", "Entrance"), "text"),
    (T("门牌", "Door"), "text"),
    (T("面积（平方米）", "Area (m²)"), "money"),
    (T("状态", "Status"), "text"),
    (T("纸质票待复核", "Paper ballot to be checked"), "text"),
)
WAITS = T("是", "yes")


@require_safe
@staffdoor.money_only
def silent(request: HttpRequest, use: UUID) -> HttpResponseBase:
    """The sheet, while the vote runs. Raises: Http404 at any other time, PermissionDenied where doors are not the reader’s."""
    case = staffdoor.use_of(request, use)
    if case.state != "voting":
        raise Http404
    if not staffuse.knocks(actor_of(request), case):
        raise PermissionDenied
    lang, rows = get_language() or "zh", staffvote.silent(case.id)
    named = doors(s.unit for s in rows)
    heads = [Head(title.in_(lang), kind) for title, kind in HEADS]
    lines = [_line(s, named, lang) for s in rows]
    title = T("未投票房屋", "Units without a ballot")
    return sent(title, heads, lines, _about(case, len(rows), lang), lang, staffdoor.now())


def _line(unit: staffvote.Silent, named: Where, lang: str) -> list[Cell]:
    building, _, rest = unit.unit.partition("-")
    entrance, _, door = rest.partition("-")
    status = staffvote.STATUSES.get(unit.status, text(unit.status)).in_(lang)
    size = Decimal(unit.area).scaleb(-2)
    return [named(building).in_(lang), entrance, door, size, status, WAITS.in_(lang) if unit.waits else ""]


def _about(case: Case, n: int, lang: str) -> list[tuple[str, Cell]]:
    said: list[tuple[T, T | Cell]] = [
        (T("事项", "Use"), title_of(case)),
        (T("编号", "Number"), case.number),
        (T("套数", "Units"), n),
        (T("制表时间（中国时间）", "Made (time in China)"), china(staffdoor.now())),
        (T("说明", "Note"), T("不含任何表决意见", "It holds no choice of anybody")),
    ]
    return [(t.in_(lang), v.in_(lang) if isinstance(v, T) else v) for t, v in said]


urls = [path("staff/fund/use/<uuid:use>/silent.xlsx", silent, name="staff-fund-silent")]
