"""What cannot be planned, said so that somebody can mend it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

SHOWN = 8
"""So many buildings are named; of the others it is said how many there are."""


class Unplannable(ValueError):
    """Input of which no plan can be made. ``code`` is stable; ``buildings`` are the ids that it is about.

    Codes: ``no-buildings``, ``no-households``, ``bad-households``, ``too-many-grids``, ``no-grids``, ``disconnected``,
    ``repeated``, ``unknown-neighbour``, ``one-sided``, ``some-without-neighbours``, ``bad-shape``, ``bad-tolerance``, ``bad-lock``.
    """

    def __init__(self, code: str, message: str, buildings: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.buildings = tuple(buildings)


def named(ids: Sequence[str]) -> str:
    """Some of the buildings by name: ``A1, A2 and 3 more``."""
    shown = ", ".join(ids[:SHOWN])
    return shown if len(ids) <= SHOWN else f"{shown} and {len(ids) - SHOWN} more"
