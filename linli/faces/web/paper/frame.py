"""The frame of every map on A3: title, room for the plan, a column for the legend, north, scale, source, margins.

A plan is upright: north is up on every sheet of the house.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from linli.faces.web.paper.ink import A3, BLACK, GREY, PALE, Area, Leaf, Line, Point, Words, box

MARGIN, SIDE, GAP, HEAD, FOOT = 34.0, 236.0, 16.0, 58.0, 30.0
"""12 mm of margin, which every printer leaves; the legend's column; what stands above and under the plan. In points."""
LENGTHS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
"""Lengths in metres that a scale bar may have."""
POINT = 0.0254 / 72
"""A point in metres."""


@dataclass(frozen=True, slots=True)
class Room:
    """A rectangle on the sheet."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Fit:
    """How a plan in metres lies in a room: ``origin`` comes to ``to``, a metre is ``scale`` points."""

    origin: Point
    to: Point
    scale: float

    def at(self, x: float, y: float) -> Point:
        """A point of the plan on the paper."""
        return self.to[0] + (x - self.origin[0]) * self.scale, self.to[1] + (y - self.origin[1]) * self.scale

    def ring(self, points: Iterable[Point]) -> tuple[Point, ...]:
        """Several points of the plan on the paper."""
        return tuple(self.at(x, y) for x, y in points)


def framed(title: str, under: str, source: str, language: str) -> tuple[Leaf, Room, Room]:
    """A sheet with its title and its source; the room for the plan, and that of the legend."""
    width, height = A3
    leaf = Leaf(title, language)
    leaf.put(Words((MARGIN, MARGIN + 22), title, 25, bold=True))
    leaf.put(Words((MARGIN, MARGIN + 43), under, 12, GREY))
    leaf.put(Words((MARGIN, height - MARGIN), source, 9.5, GREY))
    plan = Room(MARGIN, MARGIN + HEAD, width - 2 * MARGIN - SIDE - GAP, height - 2 * MARGIN - HEAD - FOOT)
    leaf.put(Area(box(plan.x, plan.y, plan.width, plan.height), stroke=PALE, width=1))
    return leaf, plan, Room(plan.right + GAP, plan.y, SIDE, plan.height)


def fitted(window: tuple[float, float, float, float], room: Room) -> Fit:
    """A window of a plan (left, top, width, height) as large as it goes into a room, in the middle of it."""
    left, top, width, height = window
    scale = min(room.width / width, room.height / height)
    to = room.x + (room.width - width * scale) / 2, room.y + (room.height - height * scale) / 2
    return Fit((left, top), to, scale)


def north(leaf: Leaf, x: float, y: float, sign: str) -> None:
    """An arrow that points up, with the word for north over it."""
    leaf.put(Area(((x, y), (x + 8, y + 26), (x, y + 20), (x - 8, y + 26)), fill=BLACK))
    leaf.put(Words((x, y - 5), sign, 12, anchor="middle", bold=True))


def length(scale: float, longest: float) -> int:
    """The longest round length, in metres, whose bar stays within ``longest`` points."""
    return max((n for n in LENGTHS if n * scale <= longest), default=LENGTHS[0])


def ruler(leaf: Leaf, x: float, y: float, scale: float, longest: float) -> None:
    """A scale bar of four parts with its length, and the scale as a proportion."""
    metres = length(scale, longest)
    long = metres * scale
    for part in range(4):
        fill = BLACK if part % 2 == 0 else "#ffffff"
        leaf.put(Area(box(x + part * long / 4, y, long / 4, 5), fill=fill, stroke=BLACK, width=0.6))
    leaf.put(Words((x, y + 16), "0", 9), Words((x + long, y + 16), f"{metres} m", 9, anchor="middle"))
    leaf.put(Words((x, y - 5), f"1 : {proportion(scale)}", 9, GREY))


def proportion(scale: float) -> int:
    """The scale's denominator, to two figures: paper is not measured more exactly."""
    exact = 1 / (scale * POINT)
    digits = int(10 ** max(0, len(str(int(exact))) - 2))
    return int(round(exact / digits) * digits)


def rule(leaf: Leaf, room: Room, y: float) -> None:
    """A thin line across a room."""
    leaf.put(Line(((room.x, y), (room.right, y)), PALE, 0.8))


def paragraph(
    leaf: Leaf, room: Room, y: float, text: str, size: float, *, ink: str = BLACK, bold: bool = False
) -> float:
    """Words over several lines, the first base line at ``y``; returns where the next line would stand."""
    for line in wrapped(text, size, room.width):
        leaf.put(Words((room.x, y), line, size, ink, bold=bold))
        y += 1.5 * size
    return y


def wrapped(text: str, size: float, width: float) -> list[str]:
    """A text in lines of at most ``width`` points: English between words, Chinese between characters."""
    lines, line, used = list[str](), "", 0.0
    for piece in _pieces(text):
        long = sum(size if ord(c) > 0x2E80 else 0.56 * size for c in piece)
        if line and used + long > width and piece not in "，。；：、）":
            lines.append(line.rstrip())
            line, used = "", 0.0
        if line or piece != " ":
            line, used = line + piece, used + long
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    """What may not be broken: a Chinese character, a word, a space."""
    found: list[str] = []
    for c in text:
        whole = c == " " or ord(c) > 0x2E80
        if whole or not found or found[-1] == " " or ord(found[-1][0]) > 0x2E80:
            found.append(c)
        else:
            found[-1] += c
    return found
