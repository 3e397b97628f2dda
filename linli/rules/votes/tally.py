"""A vote counted: the shares of area and of heads, each step with its clause and both sides, and what another reading would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from linli.rules.text import T
from linli.rules.votes.ballots import (
    ABSTAIN,
    AGAINST,
    AGREE,
    CHOICES,
    INVALID,
    Ballot,
    Counted,
    Overtaken,
    counted,
)
from linli.rules.votes.law import Matter, Rule, Share, rule_of
from linli.rules.votes.roll import Roll

BASE, INVALID_TAKES_PART = "base", "invalid-takes-part"
SILENCE_AGREES, HEAD_PER_UNIT = "silence-agrees", "one-head-per-unit"
READINGS: Mapping[str, T] = {
    BASE: T(
        "基本读法：废票不算参与，沉默不算同意",
        "Base: an invalid ballot does not take part, silence is not consent",
    ),
    INVALID_TAKES_PART: T("废票算参与、不算同意", "An invalid ballot takes part and does not agree"),
    SILENCE_AGREES: T("未表态的算参与并同意", "The silent take part and agree"),
    HEAD_PER_UNIT: T("已售的每套房算一人", "Each sold unit is a head of its own"),
}
"""Readings that are contested, each alone against the base."""


@dataclass(frozen=True, slots=True)
class Sums:
    """All, those taking part, those agreeing: of area in 0.01 m², or of heads."""

    total: int
    taking_part: int
    agreeing: int


@dataclass(frozen=True, slots=True)
class Step:
    """One comparison of the law: its clause, what it is about, both sides multiplied out, the comparator, whether it holds."""

    clause: str
    title: T
    left: int
    op: str
    right: int
    holds: bool


@dataclass(frozen=True, slots=True)
class Result:
    """The outcome under one reading. ``participation_met`` is None where the law knows no such step."""

    area: Sums
    heads: Sums
    participation_met: bool | None
    approval_met: bool
    steps: tuple[Step, ...]

    @property
    def passed(self) -> bool:
        """Whether the matter is decided in favour."""
        return self.participation_met is not False and self.approval_met


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that a person should look at; nothing of it changes the count."""

    code: str
    about: str
    message: T


@dataclass(frozen=True, slots=True)
class Tally:
    """A counted vote: the rule, the result under every reading, what was superseded, what should be looked at."""

    matter: Matter
    rule: Rule
    readings: Mapping[str, Result]
    superseded: Overtaken
    flags: Sequence[Flag]

    @property
    def result(self) -> Result:
        """The result: that of the base reading."""
        return self.readings[BASE]

    @property
    def robust(self) -> bool:
        """Whether every reading decides alike."""
        return len({r.passed for r in self.readings.values()}) == 1


def tally(
    roll: Roll, ballots: Iterable[Ballot], matter: Matter, day: date, rule: Rule | None = None
) -> Tally:
    """Count a vote decided on ``day``.

    Raises: Refused ``no-rule``; Unfit for ballots that cannot be counted.
    """
    rule = rule or rule_of(matter, day)
    found = counted(roll, ballots)
    said = _said(roll, found)
    readings = {name: _result(rule, *_sums(said, name)) for name in READINGS}
    return Tally(matter, rule, readings, Overtaken(found), _flags(roll, found))


@dataclass(slots=True)
class Said:
    """What was said in one way: the area (0.01 m²), the heads, and the heads where every sold unit is one."""

    area: int = 0
    heads: int = 0
    units: int = 0

    def __add__(self, other: Said) -> Said:
        return Said(self.area + other.area, self.heads + other.heads, self.units + other.units)


SILENT = "silent"


def _said(roll: Roll, counted: Counted) -> dict[str, Said]:
    """The sums of each choice, and of those who are silent."""
    found = [Said() for _ in (*CHOICES, SILENT)]
    choices, silent = counted.ballots.choices, len(CHOICES)
    for at, area, units in zip(counted.standing, roll.areas, roll.sizes, strict=True):
        if units:
            said = found[choices[at] if at >= 0 else silent]
            said.area += area
            said.heads += 1
            said.units += units
    if roll.developer is not None:
        at = counted.standing[roll.developer]
        found[choices[at] if at >= 0 else silent].units += 1 - roll.sizes[roll.developer]
    return dict(zip((*CHOICES, SILENT), found, strict=True))


def _sums(said: Mapping[str, Said], reading: str) -> tuple[Sums, Sums]:
    """Area and heads under a reading."""
    agreeing, taking_part = said[AGREE], said[AGREE] + said[AGAINST] + said[ABSTAIN]
    if reading == INVALID_TAKES_PART:
        taking_part += said[INVALID]
    if reading == SILENCE_AGREES:
        agreeing, taking_part = agreeing + said[SILENT], taking_part + said[SILENT]
    every = said[AGREE] + said[AGAINST] + said[ABSTAIN] + said[INVALID] + said[SILENT]
    area = Sums(every.area, taking_part.area, agreeing.area)
    if reading == HEAD_PER_UNIT:
        return area, Sums(every.units, taking_part.units, agreeing.units)
    return area, Sums(every.heads, taking_part.heads, agreeing.heads)


PARTICIPATION_AREA, PARTICIPATION_HEADS = (
    T("参与表决的面积", "Area taking part"),
    T("参与表决的人数", "Heads taking part"),
)
APPROVAL_AREA, APPROVAL_HEADS = T("同意的面积", "Area agreeing"), T("同意的人数", "Heads agreeing")


def _result(rule: Rule, area: Sums, heads: Sums) -> Result:
    source = rule.source
    steps, met = list[Step](), None
    if rule.participation:
        by_area, by_heads = rule.participation
        steps = [
            _step(source, PARTICIPATION_AREA, by_area, area.taking_part, area.total),
            _step(source, PARTICIPATION_HEADS, by_heads, heads.taking_part, heads.total),
        ]
        met = all(s.holds for s in steps)
    by_area, by_heads = rule.approval
    approval = [
        _step(source, APPROVAL_AREA, by_area, area.agreeing, area.total if rule.of_all else area.taking_part),
        _step(
            source,
            APPROVAL_HEADS,
            by_heads,
            heads.agreeing,
            heads.total if rule.of_all else heads.taking_part,
        ),
    ]
    # Of nobody even three quarters would agree.
    agreed = heads.taking_part > 0 and all(s.holds for s in approval)
    return Result(area, heads, met, agreed, (*steps, *approval))


def _step(source: str, title: T, share: Share, some: int, of: int) -> Step:
    left, right = share.sides(some, of)
    return Step(source, title, left, share.op, right, share.holds(some, of))


FLAGS: Mapping[str, T] = {
    "ballot-spans-heads": T(
        "第 {row} 行的票按业主编号投，他与不同的人共有几套房，对每一组业主都算一票。",
        "The ballot in row {row} is given under an owner’s id who shares units with different people; it counts for each.",
    ),
    "not-delivered": T(
        "第 {row} 行的票不计：此人名下的房屋未售或未交付，由建设单位表决。",
        "The ballot in row {row} does not count: the units of that person are unsold or undelivered, and the developer votes.",
    ),
    "overlapping-owners": T(
        "此业主与不同的人共有几套房：业主组合不完全相同，各算一人。请核对。",
        "This owner shares units with different people: the sets of owners are not equal, and each is a head. Please check.",
    ),
}


def _flags(roll: Roll, found: Counted) -> list[Flag]:
    spanning = [("ballot-spans-heads", b.owner, b.row) for b in found.spanning]
    ignored = [("not-delivered", b.owner, b.row) for b in found.ignored]
    shared = [("overlapping-owners", owner, 0) for owner in roll.shared()]
    return [
        Flag(code, about, FLAGS[code].format(row=row)) for code, about, row in (*spanning, *ignored, *shared)
    ]
