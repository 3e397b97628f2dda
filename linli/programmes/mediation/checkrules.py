"""What decides in the weekly checks: which findings go on, and what must not stand in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from linli.programmes.mediation.weeks import end_of
from linli.rules.place import Level
from linli.rules.refusal import Refusal
from linli.rules.situation import Situation
from linli.rules.text import T

REFUSALS = {
    "grid-needed": T(
        "排查计划按网格制定：请选一个网格，不要选楼栋",
        "A plan is made for one grid: choose the grid and not a building",
    ),
    "finding-names-somebody": T(
        "排查记录里不要写电话、证件号或门牌（第 {n} 行）：要调解的另行登记，那里只有当事人和调解员看得到",
        "Leave telephone and identity numbers and doors out of the findings (row {n}): what is to be mediated is "
        "registered apart, where only the parties and the mediators read it",
    ),
    "high-needs-mediation": T(
        "第 {n} 行是重大风险，不能只“继续关注”：请选“转调解”并当面报告调委会主任",
        "Row {n} is a high risk and cannot just be watched: choose “to be mediated” and tell the head of the committee",
    ),
    "week-not-over": T(
        "本周还没有过完（到 {day}），不能记为未开展",
        "The week is not over yet (until {day}); it cannot be entered as missed",
    ),
}
_TELLING = re.compile(
    r"1[3-9]\d{9}|\d{17}[\dXx]|\d+\s*单元\s*\d+|\d+\s*[-—–]\s*\d{3,4}|\d+\s*号?楼\s*\d{3,4}"
)
"""Telephones, identity numbers, doors: by these somebody is known without a name."""


def of_a_grid(s: Situation) -> Refusal | None:
    """A plan is one grid's."""
    if len(s.place) == Level.GRID:
        return None
    return Refusal("grid-needed", fields={"where": REFUSALS["grid-needed"]})


def findings(s: Situation) -> list[Mapping[str, Any]]:
    """The rows of what was found."""
    rows: list[Mapping[str, Any]] = s.fact("findings") or []
    return rows


def fit_to_be_read(s: Situation) -> Refusal | None:
    """Findings name nobody, and a high risk is never only watched."""
    for number, row in enumerate(findings(s), 1):
        if any(_TELLING.search(str(row.get(key, ""))) for key in ("spot", "what")):
            return Refusal("finding-names-somebody", {"n": number}, _wrong("finding-names-somebody", number))
        if row.get("risk") == "high" and row.get("disposal") == "watch":
            return Refusal("high-needs-mediation", {"n": number}, _wrong("high-needs-mediation", number))
    return None


def _wrong(code: str, number: int) -> dict[str, T]:
    return {"findings": REFUSALS[code].format(n=number)}


def count(s: Situation, disposal: str = "") -> int:
    """How many findings there are, or how many of them were disposed of so."""
    return sum(not disposal or row.get("disposal") == disposal for row in findings(s))


def to_be_mediated(s: Situation) -> int:
    """How many findings are to become disputes."""
    return count(s, "mediate")


def settled_there(s: Situation) -> int:
    """How many were settled on the spot."""
    return count(s, "settled")


def nothing(s: Situation) -> bool:
    """Whether nothing was found."""
    return not findings(s)


def what_remains(s: Situation) -> str:
    """Findings that are to be mediated wait for the head of the committee; everything else is done."""
    return "found" if to_be_mediated(s) > int(s.fact("taken") or 0) else "done"


def one_more(s: Situation) -> dict[str, object]:
    """A dispute came out of the check."""
    return {"taken": int(s.fact("taken") or 0) + 1}


def week_is_over(s: Situation) -> Refusal | None:
    """Only a week that is over was missed."""
    day = str(s.fact("due_day"))
    return Refusal("week-not-over", {"day": day}) if s.happened < end_of(date.fromisoformat(day)) else None
