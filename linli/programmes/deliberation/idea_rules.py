"""What decides in an idea: who may still withdraw it, what can be merged, who is told."""

from __future__ import annotations

from linli.programmes.deliberation.words import MERGED, SUPPORTER
from linli.rules.refusal import Refusal
from linli.rules.situation import Situation
from linli.rules.text import T

REFUSALS = {
    "others-support-it": T(
        "已有 {n} 位居民附议，这条金点子不再由一个人撤回；想法变了，请告诉议事主持人",
        "{n} residents support it, so one person alone cannot withdraw it; tell the facilitator what has changed",
    ),
    "main-idea": T(
        "已有 {n} 条并入这一条，请先撤销并入，或者把另一条并进来",
        "{n} ideas are merged into this one; undo that first, or merge the other one into this",
    ),
}


def nobody_else_supports(s: Situation) -> Refusal | None:
    """What others support is theirs too."""
    n = s.tally.get(SUPPORTER.key, {}).get("n", 0)
    return Refusal("others-support-it", {"n": n}) if n else None


def nothing_is_merged_into_it(s: Situation) -> Refusal | None:
    """Merged ideas stand directly under one main idea, so that everybody finds his own."""
    merged = [c for c in s.linked.get(MERGED, ()) if c.live]
    return Refusal("main-idea", {"n": len(merged)}) if merged else None


def supporters(s: Situation) -> list[str]:
    """Who supported it hears of it; who offered it does anyway."""
    return [seat.head for seat in s.seats.get(SUPPORTER.key, ())]


def support_change(s: Situation) -> int:
    """+1 for a support, −1 where it is taken back."""
    return -1 if s.role == SUPPORTER.key else 1
