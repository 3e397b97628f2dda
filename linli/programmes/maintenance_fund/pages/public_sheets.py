"""What of a use is carried away: the sheet for the notice board, the bundle that proves the vote, and the program that checks it."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from linli.cases.models import Case
from linli.cases.reading import facts_of
from linli.faces.web import moments
from linli.faces.web.paper.ink import GREY, Leaf
from linli.faces.web.paper.pdf import pdf
from linli.faces.web.reader import now
from linli.programmes.maintenance_fund import words as w
from linli.programmes.maintenance_fund.pages import public_reading as read
from linli.programmes.maintenance_fund.pages import public_words as said
from linli.programmes.maintenance_fund.pages.public_paper import Paper, grouped
from linli.programmes.maintenance_fund.pages.vote import evidence
from linli.rules.money import yuan
from linli.rules.text import T
from linli.rules.votes.evidence import SignedRoot
from linli.rules.votes.proof import SCRIPT, members
from linli.rules.votes.verifier import script
from linli.rules.worktime import civil_day
from linli.territory.regions import place_title

ROOTS = 14
"""So many days of signed roots stand on a sheet, the latest; the page has all."""
KEPT = 600


def program(_: HttpRequest) -> HttpResponse:
    """The program that checks a bundle or a receipt: Python's standard library alone."""
    answer = HttpResponse(script(), content_type="text/x-python; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{SCRIPT}"'
    return answer


def bundle(_: HttpRequest, case: UUID) -> HttpResponse:
    """The public bundle of a counted vote: totals and hashes, no row. It is the same file for everybody, and kept for a while."""
    found = read.use_of(case)
    if not facts_of(found).get("result"):
        raise Http404
    at = now()
    name = f"fund/proof/{found.id}/{found.seq}/{civil_day(at)}"
    packed: bytes | None = cache.get(name)
    if packed is None:
        packed = zipped(members("public", evidence(found, at)))
        cache.set(name, packed, KEPT)
    answer = HttpResponse(packed, content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{found.number}-public.zip"'
    return answer


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files in one archive; the same files are the same bytes."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def notice(request: HttpRequest, case: UUID) -> HttpResponse:
    """The sheet for the notice board, A4."""
    found = read.use_of(case)
    link = request.build_absolute_uri(reverse("fund-use", args=[found.id]))
    answer = HttpResponse(pdf(sheet(found, link, now())), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    return answer


def sheet(case: Case, link: str, at: int) -> Leaf:
    """One page: what is asked and how to vote; once it is counted, what it came to."""
    facts = facts_of(case)
    paper = Paper(case.number)
    zh, en = _title(facts)
    paper.head(zh, f"{en} · {case.number}", link)
    paper.lines(_facts(case, facts), beside_code=True)
    if facts.get("closes_at"):
        _vote(paper, case, facts)
    _money(paper, case, facts)
    _roots(paper, read.signed_roots(case, facts, at))
    paper.foot(_limits(facts), f"{moments.exact(at).zh} 打印 · {link}")
    return paper.leaf


def _title(facts: Mapping[str, Any]) -> tuple[str, str]:
    if facts.get("danger"):
        return "维修资金应急使用公告", "Emergency use of the maintenance fund"
    if facts.get("result"):
        return "业主表决结果公告", "Result of the owners’ vote"
    return "业主表决公告", "Notice of an owners’ vote"


def _facts(case: Case, facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield "社区", place_title(case.community).zh
    yield "事项", case.title
    yield "为什么", str(facts.get("why") or "")[:160]
    yield "范围", read.scope(case, facts).zh
    yield "费用预算", f"{yuan(int(facts['cost']))} 元"
    if facts.get("danger"):
        yield "险情", w.DANGER.title_of(facts["danger"]).zh
    yield "表决事项", w.MATTER.title_of(facts["matter"]).zh if not facts.get("danger") else ""
    if facts.get("closes_at"):
        opens, closes = moments.said(int(facts["opens_at"]), 0), moments.ends(int(facts["closes_at"]), 0)
        yield "投票时间", f"{opens.zh} 至 {closes.zh}"
        yield "怎样投票", "扫码登录后投票；也可以领纸质票，由两人分别录入。纸质票优先；同一方式以后一次为准。"
    if facts.get("publicity_ends"):
        yield "公示到", f"{moments.ends(int(facts['publicity_ends']), 0).zh} · {facts.get('posted', '')}"


def _vote(paper: Paper, case: Case, facts: Mapping[str, Any]) -> None:
    known = read.rule(case, facts)
    assert known is not None
    paper.heading("依据", "The law")
    paper.text(f"{said.law_of(known).zh}（自 {known.valid_from.isoformat()} 起施行）")
    for sentence in said.asked(known):
        paper.text(sentence.zh)
    paper.heading("表决册", "The roll")
    paper.text(
        f"{facts['roll_day']} 冻结：{facts['units']:,} 套，{facts['heads']:,} 人，{read.metres(int(facts['area'])).zh}。"
    )
    paper.code("表决册指纹 SHA-256", str(facts["roll"]))
    paper.code("规则指纹 SHA-256", str(facts["rule_hash"]))
    if facts.get("result"):
        _result(paper, case, facts)
    else:
        _progress(paper, case, facts)


def _progress(paper: Paper, case: Case, facts: Mapping[str, Any]) -> None:
    paper.heading("参与情况", "Taking part so far")
    for m in read.measures(case, facts):
        missing = f"，{m.missing.zh}" if m.missing else "，已达到" if m.goal else ""
        paper.text(f"{m.title.zh}：{m.said.zh}（{m.per_cent}%{missing}）")


def _result(paper: Paper, case: Case, facts: Mapping[str, Any]) -> None:
    found = said.outcome(case, facts)
    paper.heading("结果", "Result")
    if found:
        paper.text(found.zh, bold=True)
    for s in said.steps(case, facts):
        held = "成立" if s.holds else "不成立"
        paper.text(
            f"{s.title.zh} {s.some.zh} / {s.of.zh}：{s.sum_left} = {s.left:,} {s.sign} {s.right:,} = {s.sum_right}，{held}"
        )
    same, _ = said.robustness(facts)
    turning = said.joined(said.deciding(facts))
    paper.text(
        "法律有争议的几种读法，结果都一样。"
        if same
        else f"换这种读法，结果会相反：{turning.zh if turning else ''}"
    )
    if facts.get("flipped"):
        paper.text("异议成立，改变了原来的结果。")


def _money(paper: Paper, case: Case, facts: Mapping[str, Any]) -> None:
    """What was approved and paid, once there is something to pay, and the decision by which it is paid."""
    held = read.spending(case, facts)
    if held:
        paper.heading("用款", "The money")
        paper.text(f"批准 {yuan(held.approved)} 元，已付 {yuan(held.paid)} 元，还剩 {yuan(held.left)} 元。")
    if facts.get("decision"):
        paper.code("决定指纹 SHA-256", str(facts["decision"]))


def _roots(paper: Paper, signed: list[SignedRoot]) -> None:
    if not signed:
        return
    paper.heading("每天的票根", "Signed roots")
    paper.text("每天结束时，当天为止所有票的总值签上名，贴在这里。您的回执要能走到这个值。", ink=GREY)
    fitting = max(1, min(ROOTS, paper.rows_left(3)))
    if len(signed) > fitting:
        paper.text(f"只印最近 {fitting} 天的，更早的在网页上。", ink=GREY, size=8.4)
    for root in signed[-fitting:]:
        paper.row(
            root.day, f"{root.size:,} 票", grouped(root.root.hex()), f"签名 {root.signature.hex()[:12]}…"
        )
    paper.code("公钥 Ed25519", signed[-1].public_key.hex())


def _limits(facts: Mapping[str, Any]) -> T:
    if not facts.get("closes_at"):
        return T(
            "应急使用不经表决，依据《民法典》第281条。账目在网页上逐笔公开。",
            "An emergency is not voted on (Civil Code 281). Its accounts are public.",
        )
    return T(
        "局限：回执能向别人证明投了什么，请收好；表决册本身有错，这份证明查不出来，请核对自家的面积和业主。",
        "Limits: a receipt can show a choice; a false roll is not detected.",
    )
