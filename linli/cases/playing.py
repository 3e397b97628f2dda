"""Acts played in the order of time with the clock between them: how a demonstration comes to its past.

Every programme puts its acts on one timetable, so that an entry of the clock never stands between two that came before it.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable
from itertools import count
from uuid import UUID

from linli.cases.clock import tick
from linli.cases.receipt import Receipt
from linli.rules.programme import CAME_OUT
from linli.rules.worktime import HOUR

Play = Callable[[int], None]
"""What is played, at which time (µs UTC)."""
Follow = Callable[[Receipt, str, int], None]
"""What goes on with a case that came out of another: its receipt, its place, when it was opened (µs UTC)."""
EVERY = HOUR // 2
"""How often the clock is asked at most while acts are played, in µs: a deployment's own asks every few seconds."""


class Timetable:
    """What is still to be played, by time; equal times in the order in which they were put."""

    def __init__(self) -> None:
        self._queue: list[tuple[int, int, str, Play]] = []
        self._order, self._asked = count(), 0
        self._leads: dict[tuple[str, str], list[UUID]] = defaultdict(list)
        self._follow: dict[str, list[Follow]] = defaultdict(list)
        self.played: dict[str, int] = defaultdict(int)

    def put(self, at: int, part: str, play: Play) -> None:
        """Play it at that time; ``part`` is what its count is kept under. Something played may put more."""
        heapq.heappush(self._queue, (at, next(self._order), part, play))

    def follow(self, type_: str, then: Follow) -> None:
        """Say what goes on with cases of a type that come out of others."""
        self._follow[type_].append(then)

    def lead(self, type_: str, place: str, case: UUID) -> None:
        """Say that a case of that type will come out of this one, at that place."""
        self._leads[type_, place].append(case)

    def led(self, type_: str, place: str) -> list[tuple[UUID, str]]:
        """The cases out of which one of that type comes at that place, each with the relation."""
        return [(case, CAME_OUT) for case in self._leads[type_, place]]

    def came_out(self, type_: str, receipt: Receipt, place: str, at: int) -> None:
        """A case of that type came out of another."""
        for then in self._follow[type_]:
            then(receipt, place, at)

    def run(self, until: int) -> None:
        """Play everything before that time (µs UTC); what lies behind it is left out."""
        while self._queue and self._queue[0][0] < until:
            at, _, part, play = heapq.heappop(self._queue)
            if at - self._asked >= EVERY:
                tick(at)
                self._asked = at
            play(at)
            self.played[part] += 1
        tick(until)
