"""The account of one home for its owners of today: every movement with what stands after it, on a page and on a slip of paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from linli.cases.models import Case
from linli.faces.web import moments
from linli.faces.web.paper.pdf import pdf
from linli.faces.web.reader import now
from linli.funds.reading import Movement, movements
from linli.programmes.maintenance_fund.pages.owner_door import person_of, signed_in
from linli.programmes.maintenance_fund.pages.owner_money import ACCOUNTS, Home, homes_of
from linli.programmes.maintenance_fund.pages.public_paper import Paper
from linli.programmes.maintenance_fund.pages.public_reading import CLOSED, metres
from linli.programmes.maintenance_fund.use import USE
from linli.rules.books.chart import RECEIVABLE
from linli.rules.books.voucher import APPORTIONMENT, CARRYING, DEPOSIT, KINDS
from linli.rules.money import yuan
from linli.rules.text import T
from linli.territory.regions import place_title

LINES = 34
"""So many movements go on a slip; what was before them stands as one line."""
CHARGED = T("分摊维修费用", "Share of a repair")


@dataclass(frozen=True, slots=True)
class Move:
    """A line of the account: when, what, how much came in (above zero) or went out, and what stands after it; cents."""

    day: str
    title: T
    memo: str
    cents: int
    after: int
    use: UUID | None

    @property
    def amount(self) -> str:
        """Signed, in yuan."""
        return f"+{yuan(self.cents)}" if self.cents > 0 else f"−{yuan(-self.cents)}"

    @property
    def balance(self) -> str:
        """What stands after it, in yuan."""
        return yuan(self.after)


def home_of(request: HttpRequest, book: UUID, unit: str, at: int) -> Home:
    """A home of the reader's today. Raises: Http404 for every other."""
    found = next((h for h in homes_of(person_of(request), at) if h.book == book and h.unit == unit), None)
    if found is None:
        raise Http404
    return found


def moves(home: Home) -> list[Move]:
    """The movements of a home's account, the first first."""
    rows = [m for account in ACCOUNTS for m in movements(home.book, account, home.unit).rows]
    return _moves(sorted(rows, key=lambda m: (m.day, m.number)), sign=-1)


def owing(home: Home) -> list[Move]:
    """How the shares that its account did not cover came about and were paid, the first first."""
    return _moves(movements(home.book, RECEIVABLE, home.unit).rows, sign=1)


def _moves(rows: Iterable[Movement], sign: int) -> list[Move]:
    chosen, made, stands = list(rows), list[Move](), 0
    uses = _uses(m.case for m in chosen)
    for m in chosen:
        stands += sign * m.cents
        made.append(
            Move(
                m.day,
                _called(m.kind, sign * m.cents),
                m.memo,
                sign * m.cents,
                stands,
                m.case if m.case in uses else None,
            )
        )
    return made


def _called(kind: str, cents: int) -> T:
    """What a movement is to a household: money that the bank’s list brought in was carried to its account, and is a deposit."""
    if kind == CARRYING and cents > 0:
        return KINDS[DEPOSIT]
    return CHARGED if kind == APPORTIONMENT else KINDS[kind]


def _uses(cases: Iterable[UUID]) -> set[UUID]:
    """Which of the cases are uses that can be read."""
    rows = Case.objects.filter(id__in=set(cases), type=USE.key).exclude(state__in=CLOSED)
    return set(rows.values_list("id", flat=True))


@signed_in
def page(request: HttpRequest, book: UUID, unit: str) -> HttpResponse:
    """The account, the newest movement first."""
    at = now()
    home = home_of(request, book, unit, at)
    context = {
        "community": place_title(home.unit[:12]),
        "home": home,
        "area": metres(home.area),
        "moves": list(reversed(moves(home))),
        "owing": list(reversed(owing(home))),
        "here": "mine",
        "now": at,
    }
    return render(request, "maintenance_fund/owner/home.html", context)


@signed_in
def slip(request: HttpRequest, book: UUID, unit: str) -> HttpResponse:
    """The same on one sheet of A4, without a name."""
    at = now()
    home = home_of(request, book, unit, at)
    answer = HttpResponse(pdf(paper(home, at).leaf), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{home.unit}.pdf"'
    return answer


def paper(home: Home, at: int) -> Paper:
    """The slip of a household."""
    told, made = moves(home), Paper(home.unit)
    made.head("维修资金分户对账单", "Statement of a household’s account in the maintenance fund")
    made.lines(_head(home))
    made.heading("明细（元）", "Movements in yuan")
    widths = (66.0, 98.0, 187.0, 80.0, 80.0)
    made.table(widths, [("日期", "事项", "摘要", "收入 / 支出", "余额")], right=3, bold=True)
    before, shown = told[:-LINES], told[-LINES:]
    if before:
        made.table(widths, [("", "以前的余额", f"共 {len(before)} 笔", "", before[-1].balance)], right=3)
    made.table(
        widths,
        [(m.day, m.title.zh, m.memo[:17], m.amount.replace("−", "-"), m.balance) for m in shown],
        right=3,
    )
    limits = T(
        "本单不含姓名。余额随房屋走：房屋转让，余额归新业主。有疑问请向专户管理部门查询。",
        "No name stands here. The balance stays with the home when it is sold.",
    )
    made.foot(limits, f"{moments.exact(at).zh} 打印 · {home.project} · {home.unit}")
    return made


def _head(home: Home) -> list[tuple[str, str]]:
    told = [
        ("房屋", home.title.zh),
        ("项目", home.project),
        ("面积", metres(home.area).zh),
        ("余额", f"{home.yuan['balance']} 元"),
    ]
    if home.owed:
        told.append(("应补交", f"{home.yuan['owed']} 元（账户不够支付的分摊款）"))
    if home.low:
        told.append(
            ("续交", f"余额已不足首次交存额（{home.yuan['first']} 元）的 30%，应当续交，方案由业主大会决定。")
        )
    return told
