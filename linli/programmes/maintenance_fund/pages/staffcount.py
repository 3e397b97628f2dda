"""A counted vote, step by step: each clause with both of its integers, the contested readings, flags, rulings, objections."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from linli.cases.loading import load_seats, mine
from linli.cases.models import Case
from linli.cases.sight import sees_field
from linli.cases.wishing import earlier
from linli.faces.web.parts import Column, Row, Table
from linli.journal.append import Entry, contents
from linli.people.persons import masked
from linli.programmes.maintenance_fund.pages.staffwords import area, law
from linli.programmes.maintenance_fund.use import USE
from linli.programmes.maintenance_fund.words import SAID
from linli.rules.actor import Actor
from linli.rules.registry import installed
from linli.rules.situation import Earlier
from linli.rules.text import T
from linli.rules.votes.law import Rule, Share, rule_of
from linli.rules.votes.tally import (
    APPROVAL_AREA,
    APPROVAL_HEADS,
    PARTICIPATION_AREA,
    PARTICIPATION_HEADS,
    READINGS,
)

STEPS = (PARTICIPATION_AREA, PARTICIPATION_HEADS, APPROVAL_AREA, APPROVAL_HEADS)
HOLDS, FAILS = T("成立", "Holds"), T("不成立", "Does not hold")
PASSES, REJECTED = T("通过", "Passes"), T("不通过", "Does not pass")
FLAGGED: Mapping[str, T] = {
    "ballot-spans-heads": T(
        "一张票按业主编号投，他与不同的人共有几套房，对每一组业主都算一票",
        "A ballot under an owner’s id who shares units with different people: it counts for each set",
    ),
    "not-delivered": T(
        "一张票不计：此人名下的房屋未售或未交付，由建设单位表决",
        "A ballot does not count: the units are unsold or undelivered, and the developer votes",
    ),
    "overlapping-owners": T(
        "业主与不同的人共有几套房，业主组合不完全相同，各算一人",
        "An owner shares units with different people: the sets differ, and each is a head",
    ),
}


def steps(case: Case, facts: Mapping[str, Any]) -> Table:
    """Each comparison of the law: what is compared, the clause, both integers, whether it holds."""
    result = facts["result"]
    rule = rule_of(facts["matter"], date.fromisoformat(result["day"]), case.place)
    titles = STEPS[-len(result["steps"]) :]
    rows = [
        Row((title, law(rule.source), side, _compared(step), HOLDS if step["holds"] else FAILS))
        for title, step, side in zip(titles, result["steps"], _sides(rule, result, titles), strict=True)
    ]
    columns = [
        Column(T("比较什么", "What is compared"), fit="much"),
        Column(T("依据", "Clause"), fit="keep"),
        Column(T("算式", "How"), fit="keep"),
        Column(T("两边的整数", "Both integers"), fit="right"),
        Column(T("结论", "Result"), fit="keep"),
    ]
    return Table(T("逐步计算", "The count, step by step"), columns, rows)


def _compared(step: Mapping[str, Any]) -> str:
    op = {">=": "≥", ">": ">"}[step["op"]] if step["holds"] else {">=": "<", ">": "≤"}[step["op"]]
    return f"{step['left']:,} {op} {step['right']:,}"


def _sides(rule: Rule, result: Mapping[str, Any], titles: Sequence[T]) -> list[str]:
    """How both integers come about: 3 × 1,234 ≥ 2 × 1,800."""
    made = []
    for title in titles:
        at = 0 if title in (PARTICIPATION_AREA, APPROVAL_AREA) else 1
        sums = result[("area", "heads")[at]]
        if title in (PARTICIPATION_AREA, PARTICIPATION_HEADS):
            assert rule.participation is not None
            made.append(_formula(rule.participation[at], sums["taking_part"], sums["total"]))
        else:
            of = sums["total" if rule.of_all else "taking_part"]
            made.append(_formula(rule.approval[at], sums["agreeing"], of))
    return made


def _formula(share: Share, some: int, of: int) -> str:
    sign = "≥" if share.op == ">=" else ">"
    return f"{share.whole} × {some:,} {sign} {share.part} × {of:,}"


def sums(result: Mapping[str, Any]) -> Table:
    """What the ballots come to: all, those taking part, those agreeing."""
    kinds = (
        ("total", T("全部", "All")),
        ("taking_part", T("参与", "Taking part")),
        ("agreeing", T("同意", "Agreeing")),
    )
    rows = [Row((title, area(result["area"][key]), f"{result['heads'][key]:,}")) for key, title in kinds]
    columns = [
        Column(T("哪些", "Which")),
        Column(T("专有部分面积", "Exclusive area"), fit="right"),
        Column(T("人数", "Heads"), fit="right"),
    ]
    return Table(T("面积和人数", "Area and heads"), columns, rows)


def readings(result: Mapping[str, Any]) -> Table:
    """What every contested reading would make of it."""
    rows = [
        Row((READINGS.get(r["name"], T(r["name"], r["name"])), PASSES if r["passed"] else REJECTED))
        for r in result["robustness"]["readings"]
    ]
    columns = [Column(T("读法", "Reading"), fit="much"), Column(T("结果", "Result"), fit="keep")]
    return Table(T("换一种读法", "Other readings"), columns, rows)


def flags(result: Mapping[str, Any]) -> list[tuple[T, int]]:
    """What a person should look at, and how often."""
    return [(FLAGGED.get(code, T(code, code)), n) for code, n in sorted(result["flags"].items())]


@dataclass(frozen=True, slots=True)
class Objected:
    """An objection: its number, when, by whom behind a mask and with what words where the reader may read them; its answer."""

    number: int
    at: int
    who: str
    said: str | None
    answered: int | None = None
    finding: T | None = None
    answer: str = ""
    ruled: T | None = None
    url: str = ""


def objections(case: Case, entries: Iterable[Entry], actor: Actor) -> list[Objected]:
    """The objections, the open ones first; the words of each only for whom the definition lets read them."""
    own = [e for e in entries if e.action in ("object", "answer_objection")]
    parts, definition = contents([e.id for e in own]), installed[case.type]
    told = [earlier(e, parts.get(e.id, []), definition) for e in own]
    answers = {int(e.answers["which"]): e for e in told if e.action == "answer_objection"}
    own_seats = mine(load_seats(case.id, actor, set()), actor)
    reads = sees_field(SAID, actor, case.state, case.place, case.grid, own_seats)
    names = masked(e.actor for e in told if e.actor) if reads else {}
    here = reverse("staff-fund-use", args=[case.id])
    found = [
        Objected(
            e.seq,
            e.happened,
            names[e.actor].name if e.actor in names else "",
            str(e.answers.get("said", "")) if reads else None,
            **_answered(answers.get(e.seq)),
            url="" if e.seq in answers else f"{here}?answer_objection={e.seq}#step-answer_objection",
        )
        for e in told
        if e.action == "object"
    ]
    return sorted(found, key=lambda o: (o.answered is not None, o.number))


def _answered(entry: Earlier | None) -> dict[str, Any]:
    if entry is None:
        return {}
    fields = installed[USE.key].fields
    ruled = entry.answers.get("ruled")
    return {
        "answered": entry.happened,
        "finding": _option(fields["finding"], entry.answers["finding"]),
        "answer": str(entry.answers.get("answer", "")),
        "ruled": _option(fields["ruled"], ruled) if ruled else None,
    }


def _option(field: Any, key: str) -> T:
    title: T = field.title_of(key)
    return title


def rulings(facts: Mapping[str, Any]) -> list[tuple[int, str, T]]:
    """The ballots that were ruled on: number, the objection’s number, how."""
    ruled = installed[USE.key].fields["ruled"]
    return [
        (int(r["ballot"]), str(r["objection"]), _option(ruled, r["ruled"]))
        for r in facts.get("rulings") or ()
    ]
