"""How hard to try. Work is counted, not timed, so that the same input gives the same plan; a time limit can be set besides."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace


def endless() -> float:
    """No limit of time."""
    return float("inf")


@dataclass(frozen=True, slots=True)
class Effort:
    """Limits of work, and ``left``: how many seconds are left, asked for from outside.

    Attributes:
        looks: parts that may be looked at when all are listed.
        beginnings: beginnings of parts that may be looked at when those are listed that can be in a better division.
        starts: divisions that are begun anew.
        moves: tries to move a unit, for each unit and each start.
        rounds: rounds of pricing for the bound.
        choices: parts that are given to the search for whole numbers: its first linear programme alone can take minutes.
        nodes: nodes of that search.
        turns: how often search and bound take turns.
        close: a gap below this share is not worth another turn.
        sweeps: how often a large area is improved window by window.
    """

    looks: int = 1_500_000
    beginnings: int = 2_500_000
    starts: int = 6
    moves: int = 500
    rounds: int = 800
    choices: int = 12_000
    nodes: int = 2_000
    turns: int = 2
    close: float = 0.01
    sweeps: int = 3
    left: Callable[[], float] = endless

    def over(self) -> bool:
        """Whether the time is up."""
        return self.left() <= 0

    def timed(self, left: Callable[[], float]) -> Effort:
        """The same with a limit of time."""
        return replace(self, left=left)

    def thorough(self) -> Effort:
        """The whole effort, with this one's limit of time."""
        return replace(Effort(), left=self.left)


FULL = Effort()
QUICK = Effort(
    looks=120_000,
    beginnings=150_000,
    starts=2,
    moves=250,
    rounds=80,
    choices=5_000,
    nodes=200,
    turns=1,
    sweeps=1,
)
"""For a whole city: a good plan in seconds; the bound is what comes along."""
