"""The law, the result and the course of a vote in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from linli.cases.models import Case
from linli.programmes.maintenance_fund.pages.public_reading import heads, metres, rule
from linli.rules.text import T
from linli.rules.votes.law import Rule, Share
from linli.rules.votes.tally import (
    APPROVAL_AREA,
    APPROVAL_HEADS,
    PARTICIPATION_AREA,
    PARTICIPATION_HEADS,
    READINGS,
)
from linli.rules.worktime import civil_day

LAWS = {"民法典": T("《民法典》", "Civil Code"), "物权法": T("《物权法》", "Property Law")}
SHARES = {
    (">=", 2, 3): T("三分之二以上（含三分之二）", "at least two thirds"),
    (">=", 3, 4): T("四分之三以上（含四分之三）", "at least three quarters"),
    (">", 1, 2): T("过半数（刚好一半不算）", "more than half (exactly half is not enough)"),
}
SIGNS = {">=": "≥", ">": ">"}
MISSED = {">=": "<", ">": "≤"}
PASSED, FAILED = T("表决通过。", "The vote passed."), T("表决没有通过。", "The vote did not pass.")


def law_of(known: Rule) -> T:
    """Where the rule stands: 《民法典》第278条第2款."""
    law = LAWS.get(known.law, T(known.law, known.law))
    clause = T(f"第{known.clause}款", f"({known.clause})") if known.clause else None
    zh = f"{law.zh}第{known.article}条{clause.zh if clause else ''}"
    return T(zh, f"{law.en} {known.article}{clause.en if clause else ''}")


def share_of(share: Share) -> T:
    """A share in words."""
    plain = f"{SIGNS[share.op]} {share.part}/{share.whole}"
    return SHARES.get((share.op, share.part, share.whole), T(plain, plain))


def asked(known: Rule) -> list[T]:
    """What the rule asks, one sentence each."""
    found = []
    if known.participation:
        area, by_heads = map(share_of, known.participation)
        said = T(
            "参与表决的业主，专有部分面积占{area}，人数占{heads}。",
            "Owners of {area} of the exclusive area and {heads} of the heads have to take part.",
        )
        found.append(said.format(area=area, heads=by_heads))
    area, by_heads = map(share_of, known.approval)
    of = T("全体业主", "all owners") if known.of_all else T("参与表决的业主", "those who take part")
    said = T(
        "同意的面积占{of}的{area}，人数占{of}的{heads}。",
        "Of {of}, {area} by area and {heads} by heads have to agree.",
    )
    return [*found, said.format(of=of, area=area, heads=by_heads)]


@dataclass(frozen=True, slots=True)
class Compared:
    """One step of the count: what is compared with what, in whole numbers, and whether it holds."""

    title: T
    some: T
    of: T
    asked: T
    left: int
    sign: str
    right: int
    sum_left: str
    sum_right: str
    holds: bool


def steps(case: Case, facts: Mapping[str, Any]) -> list[Compared]:
    """The steps of the count in the order of the law."""
    known, result = rule(case, facts), facts.get("result")
    if known is None or not result:
        return []
    area, by_heads = result["area"], result["heads"]
    base = "total" if known.of_all else "taking_part"
    told = [
        (PARTICIPATION_AREA, area["taking_part"], area["total"], True),
        (PARTICIPATION_HEADS, by_heads["taking_part"], by_heads["total"], False),
    ] if known.participation else []  # fmt: skip
    told += [
        (APPROVAL_AREA, area["agreeing"], area[base], True),
        (APPROVAL_HEADS, by_heads["agreeing"], by_heads[base], False),
    ]
    shares = (*(known.participation or ()), *known.approval)
    return [_compared(*line, share) for line, share in zip(told, shares, strict=True)]


def _compared(title: T, some: int, of: int, of_area: bool, share: Share) -> Compared:
    left, right = share.sides(some, of)
    holds = share.holds(some, of)
    one = metres if of_area else heads
    sign = (SIGNS if holds else MISSED)[share.op]
    made = f"{share.whole} × {some:,}", f"{share.part} × {of:,}"
    return Compared(title, one(some), one(of), share_of(share), left, sign, right, *made, holds)


def outcome(case: Case, facts: Mapping[str, Any]) -> T | None:
    """The result in a sentence; None before the count."""
    result = facts.get("result")
    if not result:
        return None
    if result["passed"]:
        return PASSED
    failed = [s for s in steps(case, facts) if not s.holds]
    zh = "；".join(f"{s.title.zh}是 {s.some.zh}，没有达到 {s.of.zh}的{s.asked.zh}" for s in failed)
    en = "; ".join(f"{_small(s.title.en)} is {s.some.en}, short of {s.asked.en} of {s.of.en}" for s in failed)
    return T(f"表决没有通过：{zh}。", f"The vote did not pass: {en}.") if failed else FAILED


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def robustness(facts: Mapping[str, Any]) -> tuple[bool, list[tuple[T, bool]]]:
    """Whether every contested reading of the law decides alike, and how each decides."""
    told = (facts.get("result") or {}).get("robustness") or {"same_under_all": True, "readings": []}
    readings = [(READINGS[r["name"]], bool(r["passed"])) for r in told["readings"] if r["name"] in READINGS]
    return bool(told["same_under_all"]), readings


def deciding(facts: Mapping[str, Any]) -> list[T]:
    """The readings that would turn the result over."""
    passed = (facts.get("result") or {}).get("passed")
    return [title for title, other in robustness(facts)[1] if other != passed]


def standing(case: Case, facts: Mapping[str, Any], at: int) -> T:
    """Where a use stands, in a sentence."""
    if case.state == "voting" and at >= int(facts["closes_at"]):
        return T(
            "投票已经截止，等待当众计票。", "Voting has closed; the ballots are to be counted in public."
        )
    if case.state == "voting":
        return T("正在投票，每一票都算数。", "Voting is open; every ballot counts.")
    if case.state == "announced":
        return T("已经公告，到日子开始投票。", "The vote is announced; ballots are taken from its day on.")
    if case.state == "urgent":
        return T(
            "险情已经上报，等主管部门核实。",
            "The danger is reported; the housing department has to confirm it.",
        )
    if facts.get("danger"):
        return _urgent(case)
    return _decided(case, facts)


def _urgent(case: Case) -> T:
    if case.state == "failed":
        return T("经核实，不属于应急使用。", "It was found to be no emergency.")
    if case.state == "settled":
        return T("应急维修已经完工并结清。", "The emergency works are done and settled.")
    return T(
        "险情已核实，先维修，账目照样公开。",
        "The danger is confirmed; works go ahead and accounts are public.",
    )


def _decided(case: Case, facts: Mapping[str, Any]) -> T:
    result = facts.get("result")
    found = (PASSED if result["passed"] else FAILED) if result else None
    after = {
        "counted": T("结果正在公示，有异议可以提出。", "The result is posted; objections can be raised."),
        "approved": T("可以用款，正在施工和付款。", "Works and payments are under way."),
        "settled": T("已经完工并结清。", "Done and settled."),
    }.get(case.state)
    if found is None or after is None:
        return found or T("还没有结果。", "There is no result yet.")
    return T(f"{found.zh}{after.zh}", f"{found.en} {after.en}")


def days_left(facts: Mapping[str, Any], at: int) -> int | None:
    """Civil days until the last day of voting; 0 on the last one, None where it is over or there is none."""
    closes = facts.get("closes_at")
    if closes is None or at >= int(closes):
        return None
    return (civil_day(int(closes) - 1) - civil_day(at)).days


def joined(texts: Sequence[T]) -> T | None:
    """Several texts in a row."""
    return T("、".join(t.zh for t in texts), ", ".join(t.en for t in texts)) if texts else None
