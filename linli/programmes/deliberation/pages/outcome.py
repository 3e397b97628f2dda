"""What a meeting came to, in words that everybody can check: how many were for what, and the two whole numbers that were compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from linli.programmes.deliberation.words import ABSTAIN, CONSENSUS, MAJORITY, NONE, OPTION_KEYS, RANKING
from linli.rules.deciding import TITLES
from linli.rules.text import T

NOT_ONE = T("都不同意", "None of them")
ABSTAINED = T("弃权", "Abstained")


@dataclass(frozen=True, slots=True)
class Line:
    """How many voices, or points, something has; ``share`` of the most in thousandths draws its bar."""

    name: T
    n: int
    share: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """One announcement: when, what was found, what was said, and the facts of the topic."""

    at: int
    found: Mapping[str, Any]
    decision: str
    facts: Mapping[str, Any]

    @property
    def adopted(self) -> bool:
        """Whether it is decided."""
        return self.found.get("result") == "adopted"

    @property
    def ranked(self) -> bool:
        """Whether options were ranked."""
        return self.facts.get("rule") == RANKING

    @property
    def rule(self) -> T:
        """By which rule."""
        return TITLES[str(self.facts["rule"])]

    @property
    def lines(self) -> list[Line]:
        """The options with their voices or points, then who wanted none of them and who abstained."""
        counts = {str(k): int(n) for k, n in dict(self.found.get("counts", {})).items()}
        most = max([*counts.values(), 1])
        chosen = self.found.get("chosen")
        names = self._names()
        rows = [
            Line(names[k], counts[k], counts[k] * 1000 // most, k == chosen) for k in names if k in counts
        ]
        return [r for r in rows if r.n or r.name not in (NOT_ONE, ABSTAINED)]

    def _names(self) -> dict[str, T]:
        options = [T(str(row["name"]), str(row["name"])) for row in self.facts.get("options", ())]
        return {**dict(zip(OPTION_KEYS, options, strict=False)), NONE: NOT_ONE, ABSTAIN: ABSTAINED}

    @property
    def unit(self) -> T:
        """In what a line counts."""
        return T("分", "points") if self.ranked else T("人", "people")

    @property
    def sum(self) -> str:
        """The comparison as it is written: 14 > 13; its opposite where it does not hold."""
        left, op, right = int(self.found["left"]), str(self.found["op"]), int(self.found["right"])
        holds = {">": left > right, "≥": left >= right, "=": left == right}[op]
        turned = {">": "≤", "≥": "<", "=": "≠"}[op]
        return f"{left} {op if holds else turned} {right}"

    @property
    def says(self) -> T:
        """How the comparison is to be read."""
        came, best = int(self.found.get("base", 0)), self._best()
        values = {"sum": self.sum, "came": came, "n": best}
        if self.ranked:
            return self._of_ranking(values)
        if self.facts.get("rule") == CONSENSUS:
            return self._of_consensus(values)
        if self.facts.get("rule") == MAJORITY:
            return T(
                "到会 {came} 人，最多的方案有 {n} 人：两倍要多于到会人数，{sum}",
                "{came} came, {n} were for the leading option: twice that has to exceed those who came, {sum}",
            ).format(**values)
        return T(
            "到会 {came} 人，最多的方案有 {n} 人：三倍要不少于到会人数的两倍，{sum}",
            "{came} came, {n} were for the leading option: three times that has to reach twice those who came, {sum}",
        ).format(**values)

    def _best(self) -> int:
        return int(dict(self.found.get("counts", {})).get(str(self.found.get("best")), 0))

    def _of_ranking(self, values: Mapping[str, object]) -> T:
        if self.adopted:
            return T(
                "得分最高的比第二名多：{sum}", "The first has more points than the second: {sum}"
            ).format(**values)
        return T("前两名分数一样：{sum}，分不出先后", "The first two have the same points: {sum}").format(
            **values
        )

    def _of_consensus(self, values: Mapping[str, object]) -> T:
        if self.adopted:
            return T("{n} 人同意，没有人反对", "{n} agreed and nobody was against it").format(**values)
        against = int(self.found["left"])
        return T("还有 {m} 人不同意，没有协商一致", "{m} did not agree: there is no consensus").format(
            m=against
        )
