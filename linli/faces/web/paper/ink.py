"""What can stand on a sheet: areas, lines, words. A point is 1/72 inch; x goes to the right and y down, in either file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]
BLACK, GREY, PALE, WHITE = "#111111", "#52606d", "#cbc4b6", "#ffffff"
A3 = (1190.55, 841.89)
"""A3 lying, 420 × 297 mm, in points."""


@dataclass(frozen=True, slots=True)
class Area:
    """A closed shape; no colour: nothing is drawn there."""

    points: tuple[Point, ...]
    fill: str = ""
    stroke: str = ""
    width: float = 0.8
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """An open line."""

    points: tuple[Point, ...]
    stroke: str = BLACK
    width: float = 0.8
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; ``at`` is where its base line begins, has its middle, or ends."""

    at: Point
    text: str
    size: float
    ink: str = BLACK
    anchor: Anchor = "start"
    bold: bool = False


Item = Area | Line | Words


@dataclass(slots=True)
class Leaf:
    """One sheet of paper with what is on it, from the lowest layer up; ``language`` is that of its words."""

    title: str
    language: str = "zh"
    size: tuple[float, float] = A3
    items: list[Item] = field(default_factory=list)

    def put(self, *items: Item) -> None:
        """Lay something over what is there."""
        self.items.extend(items)

    @property
    def texts(self) -> list[str]:
        """Everything that can be read on it."""
        return [i.text for i in self.items if isinstance(i, Words)]


def box(x: float, y: float, width: float, height: float) -> tuple[Point, ...]:
    """The corners of a rectangle."""
    return ((x, y), (x + width, y), (x + width, y + height), (x, y + height))


def moved(points: Sequence[Point], origin: Point, scale: float, to: Point) -> tuple[Point, ...]:
    """Points of a plan on the paper: ``origin`` of the plan comes to ``to``."""
    return tuple((to[0] + (x - origin[0]) * scale, to[1] + (y - origin[1]) * scale) for x, y in points)
