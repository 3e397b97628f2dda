"""What the law in force on a day asks of a decision: which share has to take part, which has to agree, of whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Any, Literal

from linli.rules.parameters import Parameters, Version, load_parameters
from linli.rules.text import T

Matter = Literal["use-fund", "raise-fund", "general"]
MATTERS: dict[Matter, T] = {
    "use-fund": T("使用维修资金", "Use of the maintenance fund"),
    "raise-fund": T(
        "筹集维修资金、改建重建、改变共有部分用途", "Raising the fund, rebuilding, other use of common parts"
    ),
    "general": T("其他共同决定事项", "Other matters that owners decide together"),
}
LAW: Parameters = load_parameters(
    files(__package__).joinpath("law.yaml").read_text(encoding="utf-8"), "votes/law.yaml"
)
"""The nation's law; a province's or a house's rule would be a version with a place."""


@dataclass(frozen=True, slots=True)
class Share:
    """At least (``>=``) or more than (``>``) ``part`` of ``whole`` equal shares."""

    op: str
    part: int
    whole: int

    def __post_init__(self) -> None:
        if self.op not in {">=", ">"} or not 0 < self.part <= self.whole:
            raise ValueError(f"{self.op} {self.part}/{self.whole} is no share that a vote can ask for")

    def sides(self, some: int, of: int) -> tuple[int, int]:
        """Both sides multiplied out to whole numbers."""
        return self.whole * some, self.part * of

    def holds(self, some: int, of: int) -> bool:
        """Whether ``some`` is that share ``of`` all, exactly."""
        left, right = self.sides(some, of)
        return left >= right if self.op == ">=" else left > right


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule for a matter on a day. ``participation`` is None where the law knows no such step; ``of_all``: agreement is counted
    against all and not against those who take part. ``law``, ``article``, ``clause`` and ``valid_from`` say where it stands.
    """

    participation: tuple[Share, Share] | None
    approval: tuple[Share, Share]
    of_all: bool
    law: str
    article: str
    clause: str
    valid_from: date

    @property
    def source(self) -> str:
        """Law, article and clause in a line: 民法典 278(2)."""
        return f"{self.law} {self.article}({self.clause})" if self.clause else f"{self.law} {self.article}"


def rule_of(matter: Matter, day: date, place: str = "", law: Parameters = LAW) -> Rule:
    """The rule in force on the day of the decision at the place (a code prefix; the nearest wins).

    Raises: Refused ``no-rule`` for a day before the first.
    """
    taking_part, agreeing = law.version("participation", day, place), law.version("approval", day, place)
    asked: Any = taking_part.value
    wanted = _share(agreeing, matter)
    return Rule(
        (_share(taking_part, "area"), _share(taking_part, "heads")) if asked else None,
        (wanted, wanted),
        agreeing.value["of"] == "all",
        agreeing.law,
        agreeing.article,
        agreeing.clause,
        agreeing.starts,
    )


def first_day(law: Parameters = LAW) -> date:
    """The day from which on there is a rule."""
    return min(version.starts for version in law.versions["approval"])


def _share(version: Version, name: str) -> Share:
    op, part, whole = version.value[name]
    return Share(op, part, whole)
