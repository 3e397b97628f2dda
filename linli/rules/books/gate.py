"""The gate: money leaves the bank only by an authority that somebody gave, whose publicity has ended with every objection closed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from linli.rules.text import T

DECISION, EMERGENCY, REFUND, BUDGET = "decision", "emergency", "refund", "budget"
AUTHORITIES: Mapping[str, T] = {
    DECISION: T("业主表决", "Decision of the owners"),
    EMERGENCY: T("应急使用", "Emergency"),
    REFUND: T("房屋灭失返还", "Refund for a destroyed home"),
    BUDGET: T("年度预算", "Budget of the year"),
}
SHUT: Mapping[str, T] = {
    "no-authority": T("没有付款依据", "Nothing authorises this payment"),
    "no-decision": T("付款依据没有决定的哈希值", "The authority bears no decision’s hash"),
    "publicity-running": T("公示还没有期满", "The time of publicity has not ended"),
    "objections-open": T("还有 {n} 件异议没有办结", "{n} objections are not closed"),
    "over-limit": T("超出批准金额 {over}", "{over} more than was approved"),
    "wrong-book": T("付款依据属于另一账套", "The authority is for another book"),
}
"""Why the gate stays shut."""
_HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Authority:
    """By what a payment may be made: the case ``id`` that holds it, its kind, the hash of the decision (hex), up to how many cents in
    all, from when on (µs UTC: the end of publicity), how many objections are open, and what was paid under it so far.
    """

    id: str
    book: str
    kind: str
    decision: str
    limit: int
    opens: int
    objections: int = 0
    paid: int = 0

    def told(self) -> dict[str, Any]:
        """The authority as an effect holds it; what was paid is worked out from the vouchers."""
        return {
            "id": self.id, "book": self.book, "kind": self.kind, "decision": self.decision, "limit": self.limit,
            "opens": self.opens, "objections": self.objections,
        }  # fmt: skip


def shut(authority: Authority | None, book: str, cents: int, at: int) -> str:
    """Why ``cents`` may not leave the bank at ``at`` (µs UTC): a code of SHUT, or empty where they may."""
    if authority is None:
        return "no-authority"
    if authority.book != book:
        return "wrong-book"
    if not _HASH.fullmatch(authority.decision):
        return "no-decision"
    if at < authority.opens:
        return "publicity-running"
    if authority.objections:
        return "objections-open"
    return "over-limit" if authority.paid + cents > authority.limit else ""
