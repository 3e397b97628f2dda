"""How a meeting decides, by the rule chosen before anybody knows the outcome: consensus, majority, two thirds, or a ranking.

Shares are compared as whole numbers; more than half means strictly more (``2 × for > all``), two thirds include the number
itself (``3 × for ≥ 2 × all``), as the Civil Code, article 1259, reads such words. A ranking is counted after Borda: of n options
the first of a slip has n − 1 points, the last none; an option that a slip leaves out has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from linli.rules.text import T

Rule = Literal["consensus", "majority", "two_thirds", "ranking"]
TITLES: Mapping[str, T] = {
    "consensus": T("协商一致", "Consensus"),
    "majority": T("过半数", "More than half"),
    "two_thirds": T("三分之二以上", "Two thirds"),
    "ranking": T("排序打分", "Ranking"),
}


@dataclass(frozen=True, slots=True)
class Shows:
    """A show of hands, or counted slips: how many were for it, against it, and abstained."""

    agree: int
    against: int
    abstain: int = 0

    @property
    def all(self) -> int:
        """How many took part."""
        return self.agree + self.against + self.abstain


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether it is decided, and the comparison that decides, both sides multiplied out to whole numbers."""

    passed: bool
    left: int
    op: Literal[">", "≥", "="]
    right: int

    @property
    def says(self) -> str:
        """2×7 > 12, as it is written: 14 > 12."""
        return f"{self.left} {self.op} {self.right}"


def decided(rule: Rule, shows: Shows, of: int = 0) -> Outcome:
    """Whether a proposal is adopted by the rule. ``of``: of how many the share is taken, where not of those who voted (all members,
    all present). Raises: ValueError for a ranking, which compares options.
    """
    base = of or shows.all
    if rule == "consensus":
        return Outcome(shows.agree > 0 and shows.against == 0, shows.against, "=", 0)
    if rule == "majority":
        return Outcome(2 * shows.agree > base, 2 * shows.agree, ">", base)
    if rule == "two_thirds":
        return Outcome(base > 0 and 3 * shows.agree >= 2 * base, 3 * shows.agree, "≥", 2 * base)
    raise ValueError(f"{rule}: a ranking compares options; see points")


def quorate(present: int, members: int, share: tuple[int, int]) -> Outcome:
    """Whether enough are present: ``present × share[1] ≥ members × share[0]``."""
    left, right = present * share[1], members * share[0]
    return Outcome(members > 0 and left >= right, left, "≥", right)


def points(options: Sequence[str], slip: Sequence[str]) -> dict[str, int]:
    """The points that one slip gives, the best option first in it. Raises: ValueError naming an option that there is not, or twice."""
    for option in slip:
        if option not in options or slip.count(option) > 1:
            raise ValueError(option)
    return {option: len(options) - 1 - place for place, option in enumerate(slip)}


def ranking(options: Sequence[str], slips: Iterable[Mapping[str, int]]) -> list[tuple[str, int]]:
    """The options with their points, most points first; equal ones in the order of the options."""
    sums = dict.fromkeys(options, 0)
    for slip in slips:
        for option, n in slip.items():
            sums[option] += n
    return sorted(sums.items(), key=lambda pair: (-pair[1], list(options).index(pair[0])))


def winner(ranked: Sequence[tuple[str, int]]) -> str:
    """The option with the most points; empty where two share the first place or nobody gave points: then people decide again."""
    if not ranked or ranked[0][1] == 0:
        return ""
    return "" if len(ranked) > 1 and ranked[1][1] == ranked[0][1] else ranked[0][0]
