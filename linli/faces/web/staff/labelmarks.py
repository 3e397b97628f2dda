"""The marks of labels: for each a shape with its sign inside, and how those of a building stand beside it on a plan."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from linli.rules.labels import BY_KEY
from linli.rules.text import T
from linli.territory.outlines import Point, written

SHAPES: Mapping[str, tuple[Point, ...]] = {
    "circle": tuple((math.cos(a * math.pi / 12), math.sin(a * math.pi / 12)) for a in range(24)),
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "diamond": ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    "shield": ((-0.95, -0.95), (0.95, -0.95), (0.95, 0.35), (0, 1.15), (-0.95, 0.35)),
    "hexagon": ((-1.15, 0), (-0.6, -0.95), (0.6, -0.95), (1.15, 0), (0.6, 0.95), (-0.6, 0.95)),
    "house": ((0, -1.2), (1, -0.35), (1, 0.95), (-1, 0.95), (-1, -0.35)),
    "slant": ((-0.75, -0.9), (1.2, -0.9), (0.75, 0.9), (-1.2, 0.9)),
}
"""Around (0, 0), about one unit in every direction."""
COLUMNS = (4, 5, 7)
"""How many marks may stand in a row."""
RADII = (8.0, 7.2, 6.5, 5.8, 5.2, 4.6, 4.2, 3.8, 3.4, 3.0)
"""How large a mark may be, in metres of the plan: the first at which nothing covers anything is taken, else the last."""
APART = 5.0
"""Metres between the marks of one building and what stands under them: the line of a grid and its name go there."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """A label beside a building: its shape around ``x``, ``y``, and how many households carry it to the right of it."""

    key: str
    x: float
    y: float
    r: float
    n: int

    @property
    def title(self) -> T:
        """The label's word."""
        return BY_KEY[self.key].title

    @property
    def sign(self) -> T:
        """What stands inside."""
        return BY_KEY[self.key].sign

    @property
    def ring(self) -> tuple[Point, ...]:
        """The corners of the shape."""
        return tuple(
            (self.x + dx * self.r, self.y + dy * self.r) for dx, dy in SHAPES[BY_KEY[self.key].shape]
        )

    @property
    def points(self) -> str:
        """The shape as SVG writes it."""
        return written(self.ring)

    @property
    def letters(self) -> T:
        """How high the sign is: two letters stand where one character does."""
        return T(f"{1.25 * self.r:.1f}", f"{0.95 * self.r:.1f}")

    @property
    def digits(self) -> float:
        """How high the number is."""
        return 1.35 * self.r

    @property
    def beside(self) -> float:
        """Where the number begins."""
        return self.x + 1.35 * self.r


def width(n: int, r: float) -> float:
    """How wide a mark with its number is."""
    return 3.0 * r + 0.85 * r * len(str(n))


@dataclass(frozen=True, slots=True)
class Size:
    """How the marks of a plan are set: how large, how many in a row."""

    r: float
    columns: int


def block(counts: Sequence[tuple[str, int]], middle: float, top: float, size: Size) -> list[Mark]:
    """The marks of one building in rows, centred under it."""
    found: list[Mark] = []
    r, columns = size.r, size.columns
    for row in range(0, len(counts), columns):
        line = counts[row : row + columns]
        x = middle - sum(width(n, r) for _, n in line) / 2
        y = top + (1.25 + 2.5 * (row // columns)) * r
        for key, n in line:
            found.append(Mark(key, x + 1.2 * r, y, r, n))
            x += width(n, r)
    return found


def bounds(marks: Iterable[Mark]) -> Box | None:
    """The box around marks with their numbers; None around none."""
    given = list(marks)
    if not given:
        return None
    ends = [m.x - 1.6 * m.r + width(m.n, m.r) for m in given]
    tops, r = [m.y for m in given], given[0].r
    return (min(m.x - 1.2 * r for m in given), min(tops) - 1.25 * r, max(ends), max(tops) + 1.25 * r)


def fitting(counts: Mapping[str, Sequence[tuple[str, int]]], rings: Mapping[str, Sequence[Point]]) -> Size:
    """How large the marks of a plan can be. ``counts`` and ``rings`` are by building."""
    outer = {code: _around(ring) for code, ring in rings.items()}
    sizes = (Size(r, columns) for r in RADII for columns in COLUMNS)
    return next((s for s in sizes if not _covers(counts, outer, s)), Size(RADII[-1], COLUMNS[0]))


def _covers(counts: Mapping[str, Sequence[tuple[str, int]]], outer: Mapping[str, Box], size: Size) -> bool:
    """Whether marks of that size cover each other or a building."""
    placed = {
        code: bounds(block(counts.get(code, ()), (left + right) / 2, bottom, size))
        for code, (left, _, right, bottom) in outer.items()
    }
    boxes = [(code, (*b[:3], b[3] + APART)) for code, b in placed.items() if b]
    if any(_meet(b, other) for code, b in boxes for name, other in outer.items() if name != code):
        return True
    return any(_meet(b, c) for i, (_, b) in enumerate(boxes) for _, c in boxes[i + 1 :])


def _around(ring: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    return (min(xs), min(ys), max(xs), max(ys))


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
