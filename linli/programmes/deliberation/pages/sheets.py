"""What of a meeting is printed: the notice 公告, and the minutes 会议纪要 once they are confirmed. No name stands on either."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from linli.cases.models import Case
from linli.cases.reading import facts_of
from linli.faces.web import moments
from linli.faces.web.paper.ink import GREY
from linli.faces.web.paper.pdf import pdf
from linli.faces.web.reader import now
from linli.programmes.deliberation.councils import COUNCIL, FORMAT
from linli.programmes.deliberation.pages.outcome import Outcome
from linli.programmes.deliberation.pages.paper import Sheets
from linli.programmes.deliberation.pages.reading import agenda_of, case_of, outcomes_of
from linli.programmes.deliberation.pages.topic import options_of
from linli.rules.when import instant
from linli.rules.worktime import DAY
from linli.territory.regions import place_title


def notice(request: HttpRequest, case: UUID) -> HttpResponse:
    """The notice, A4. Raises: Http404 for a meeting that was cancelled."""
    found = case_of(case, COUNCIL.key)
    if found.state == "cancelled":
        raise Http404
    return _file(found, noticed(found, _link(request, found), now()), "notice")


def minutes(request: HttpRequest, case: UUID) -> HttpResponse:
    """The minutes, A4. Raises: Http404 until somebody has confirmed them."""
    found = case_of(case, COUNCIL.key)
    if found.state != "published":
        raise Http404
    return _file(found, minuted(found, _link(request, found), now()), "minutes")


def _link(request: HttpRequest, case: Case) -> str:
    return request.build_absolute_uri(reverse("council", args=[case.id]))


def _file(case: Case, sheets: Sheets, what: str) -> HttpResponse:
    answer = HttpResponse(pdf(*sheets.leaves), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{case.number}-{what}.pdf"'
    return answer


def _begun(case: Case, title: str, link: str, at: int) -> Sheets:
    sheets = Sheets(f"{case.number} {title}", f"{case.number} · {moments.exact(at).zh} 打印")
    sheets.head(title, f"{place_title(case.community).zh} · {case.number}", link)
    return sheets


def noticed(case: Case, link: str, at: int) -> Sheets:
    """The notice: what, when, where, what is talked over with its options, and how to take part."""
    facts = facts_of(case)
    sheets = _begun(case, "议事协商会公告", link, at)
    sheets.lines(_facts(case))
    for n, topic in enumerate(agenda_of(case), 1):
        told = facts_of(topic)
        sheets.heading(f"议题{'一二三四五六七八九十'[n - 1] if n <= 10 else n}：{topic.title}")
        sheets.text(str(told.get("background", "")))
        for option in options_of(told):
            sheets.text(f"{option.number.zh}：{option.name}。{option.says}")
    sheets.heading("怎样参加")
    sheets.text(
        "扫右上角的码报名，或到社区窗口登记。到会签到以后，可以举手表决，也可以用手机投；宣布结果以前谁也看不到别人怎么投。"
    )
    if facts.get("urgent_reason"):
        sheets.text(f"因急事提前通知不足规定天数：{facts['urgent_reason']}")
    sheets.right(
        f"{place_title(case.community).zh}居民委员会",
        moments.day_said(moments.civil(case.opened).date(), moments.civil(0).date()).zh,
    )
    return sheets


def _facts(case: Case) -> Iterator[tuple[str, str]]:
    facts = facts_of(case)
    yield "会议", case.title
    yield "时间", _whole(facts["starts"])
    yield "地点", str(facts["venue"])
    yield "方式", FORMAT.title_of(facts["format"]).zh
    yield "时长", f"约 {facts['lasts']} 分钟"
    yield "座位", f"给居民留 {facts['capacity']} 个，报满后排候补" if facts.get("capacity") else ""


def _whole(starts: str) -> str:
    """The time in full, without seconds."""
    return moments.exact(instant(starts)).zh.removesuffix(":00")


def minuted(case: Case, link: str, at: int) -> Sheets:
    """The minutes: counts, each topic with its outcome and the comparison, then the text."""
    facts = facts_of(case)
    sheets = _begun(case, "议事协商会会议纪要", link, at)
    sheets.lines(_facts(case))
    sheets.lines(
        (("到会", f"居民 {facts.get('people_came', 0)} 人，列席单位 {facts.get('units_came', 0)} 家"),)
    )
    for topic in agenda_of(case):
        sheets.heading(f"议题：{topic.title}")
        outcome = _of_this(case, topic)
        if outcome is None:
            sheets.text("这次会没有议到。", ink=GREY)
        else:
            _outcome(sheets, outcome)
    sheets.heading("会议情况")
    sheets.text(str(facts.get("minutes", "")))
    sheets.right("纪要由起草人以外的另一人核对无误", f"{place_title(case.community).zh}居民委员会")
    return sheets


def _of_this(case: Case, topic: Case) -> Outcome | None:
    """What this meeting came to in a topic: what was announced on its day."""
    starts = instant(facts_of(case)["starts"])
    return next((o for o in outcomes_of(topic) if starts - DAY // 24 <= o.at < starts + DAY), None)


def _outcome(sheets: Sheets, outcome: Outcome) -> None:
    sheets.text("；".join(f"{line.name.zh} {line.n} {outcome.unit.zh}" for line in outcome.lines))
    sheets.text(f"按“{outcome.rule.zh}”：{outcome.says.zh}。", ink=GREY)
    sheets.text(f"{'议定' if outcome.adopted else '没有议定'}：{outcome.decision}", bold=True)
