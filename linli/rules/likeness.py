"""How alike two matters are, as written: the share of character pairs that they have in common. Pure integers."""

from __future__ import annotations

import re
import unicodedata

ALIKE = 350
"""From this share on, in thousandths, two matters are shown as perhaps the same."""
SAME_BUILDING = 150
"""What the same building adds, in thousandths: the same words about the same house mean more."""
_BREAK = re.compile(r"[\W_]+")


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of each word, widths and case folded; a single character stands alone."""
    words = _BREAK.split(unicodedata.normalize("NFKC", text).casefold())
    return frozenset(p for w in words if w for p in ([w[i : i + 2] for i in range(len(w) - 1)] or [w]))


def likeness(one: str, other: str, same_building: bool = False) -> int:
    """How alike two texts are, 0 to 1000: twice the common pairs over all pairs (Dice), the building's share added.

    The order of the two does not matter; a text is wholly like itself; texts with nothing in common give 0, whatever
    the building.
    """
    a, b = pairs(one), pairs(other)
    common = len(a & b)
    if common == 0:
        return 0
    share = 2000 * common // (len(a) + len(b))
    return min(1000, share + (SAME_BUILDING if same_building else 0))
