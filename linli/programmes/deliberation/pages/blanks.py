"""What a meeting needs on paper: a sheet to sign in on 签到表, and voting slips 表决票 to be cut apart. Nobody is named on them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from linli.cases.models import Case
from linli.cases.reading import facts_of
from linli.faces.web import moments
from linli.faces.web.paper.frame import wrapped
from linli.faces.web.paper.ink import GREY, PALE, Area, Leaf, Line, Words, box
from linli.faces.web.paper.pdf import pdf
from linli.programmes.deliberation.councils import COUNCIL
from linli.programmes.deliberation.pages.paper import A4, MARGIN, SIZE, SMALL
from linli.programmes.deliberation.pages.reading import case_of
from linli.programmes.deliberation.pages.topic import Choosable, options_of
from linli.programmes.deliberation.topics import TOPIC_TYPE
from linli.programmes.deliberation.words import RANKING
from linli.rules.when import instant

ROWS, ROW = 24, 25.0
"""How many sign on one sheet, and how high a line for a signature is, in points."""
COLUMNS = (("序号", 44.0), ("姓名", 120.0), ("楼栋单元", 130.0), ("签名", 189.0))
SLIPS = 3
"""So many slips go on one sheet."""


def sign_in(_: HttpRequest, case: UUID) -> HttpResponse:
    """The sheet to sign in on, A4. Raises: Http404 for a meeting that was cancelled."""
    found = case_of(case, COUNCIL.key)
    if found.state == "cancelled":
        raise Http404
    return _file(found, signing_sheet(found), "sign-in")


def slips(_: HttpRequest, case: UUID) -> HttpResponse:
    """The voting slips of a topic, A4. Raises: Http404 until its rule and its options stand."""
    found = case_of(case, TOPIC_TYPE.key)
    facts = facts_of(found)
    if not facts.get("rule") or not facts.get("options"):
        raise Http404
    return _file(found, slip_sheet(found), "slips")


def _file(case: Case, leaf: Leaf, what: str) -> HttpResponse:
    answer = HttpResponse(pdf(leaf), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{case.number}-{what}.pdf"'
    return answer


def signing_sheet(case: Case) -> Leaf:
    """Numbered lines for names and signatures under the meeting’s name."""
    facts = facts_of(case)
    leaf = Leaf(f"{case.number} 签到表", "zh", A4)
    when = moments.exact(instant(facts["starts"])).zh.removesuffix(":00")
    leaf.put(
        Words((MARGIN, MARGIN + 20), "议事协商会签到表", 22, bold=True),
        Words((MARGIN, MARGIN + 44), case.title, SIZE),
        Words((MARGIN, MARGIN + 62), f"{when} · {facts['venue']} · {case.number}", SMALL + 1, GREY),
    )
    top = MARGIN + 78
    _row(leaf, top, [name for name, _ in COLUMNS], GREY)
    for n in range(1, ROWS + 1):
        _row(leaf, top + n * ROW, [str(n), "", "", ""])
    note = "签到表由社区保管，只用于核对到会人数；登记到系统后按规定销毁。"
    leaf.put(Words((MARGIN, A4[1] - MARGIN + 8), note, SMALL, GREY))
    return leaf


def _row(leaf: Leaf, y: float, cells: Sequence[str], ink: str = "#111111") -> None:
    x = MARGIN
    for (_, wide), said in zip(COLUMNS, cells, strict=True):
        leaf.put(Area(box(x, y, wide, ROW), stroke=PALE), Words((x + 6, y + ROW - 8), said, SIZE - 1, ink))
        x += wide


def slip_sheet(case: Case) -> Leaf:
    """The same slip several times, with a line to cut along."""
    leaf = Leaf(f"{case.number} 表决票", "zh", A4)
    high = (A4[1] - 2 * MARGIN) / SLIPS
    for n in range(SLIPS):
        top = MARGIN + n * high
        _slip(leaf, case, top)
        if n:
            leaf.put(Line(((MARGIN, top - 12), (A4[0] - MARGIN, top - 12)), GREY, 0.6, (4.0, 4.0)))
    return leaf


def _slip(leaf: Leaf, case: Case, top: float) -> None:
    facts = facts_of(case)
    ranked = facts["rule"] == RANKING
    how = "在方框里写名次，最满意的写 1，可以只排前几名" if ranked else "只在一个方框里打勾，多选无效"
    leaf.put(
        Words((MARGIN, top + 14), "表决票", 18, bold=True),
        Words((A4[0] - MARGIN, top + 14), case.number, SMALL, GREY, anchor="end"),
    )
    y = top + 36
    for line in wrapped(case.title, SIZE, A4[0] - 2 * MARGIN):
        leaf.put(Words((MARGIN, y), line, SIZE))
        y += 1.4 * SIZE
    leaf.put(Words((MARGIN, y), how, SMALL, GREY))
    for said in (*_said(options_of(facts)), *(() if ranked else ("都不同意", "弃权"))):
        y += 22
        leaf.put(Area(box(MARGIN, y - 12, 15, 15), stroke="#111111"), Words((MARGIN + 24, y), said, SIZE))


def _said(options: Sequence[Choosable]) -> list[str]:
    return [f"{o.number.zh}：{o.name}" for o in options]
