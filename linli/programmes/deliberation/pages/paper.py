"""Sheets of A4 written from top to bottom, as many as the text takes: a heading with a QR code, names with values, paragraphs."""

from __future__ import annotations

from collections.abc import Iterable

import segno

from linli.faces.web.paper.frame import Room, wrapped
from linli.faces.web.paper.ink import BLACK, GREY, PALE, Area, Leaf, Line, Words, box

A4 = (595.28, 841.89)
MARGIN, CODE, NAME, FOOT = 56.0, 96.0, 84.0, 28.0
"""The margin, the side of the QR code, the room for a name, and for what stands at the foot; in points."""
TITLE, SIZE, SMALL = 24.0, 13.0, 9.0
LEADING = 1.65


class Sheets:
    """The sheets under the pen; ``y`` is where the next line stands."""

    def __init__(self, title: str, foot: str) -> None:
        self.title, self.foot = title, foot
        self.leaves: list[Leaf] = []
        self.y = 0.0
        self.room = Room(MARGIN, MARGIN, A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN - FOOT)
        self._turn()

    def _turn(self) -> None:
        """Begin another sheet."""
        leaf = Leaf(self.title, "zh", A4)
        number = len(self.leaves) + 1
        leaf.put(Line(((MARGIN, A4[1] - MARGIN - 14), (self.room.right, A4[1] - MARGIN - 14)), PALE))
        leaf.put(Words((MARGIN, A4[1] - MARGIN), f"{self.foot} · 第 {number} 页", SMALL, GREY))
        self.leaves.append(leaf)
        self.y = MARGIN + SIZE

    def head(self, title: str, under: str, link: str) -> None:
        """What it is, and the code that leads to its page."""
        lines = wrapped(title, TITLE, self.room.width - CODE - 16)
        self.y = MARGIN + TITLE
        for text in lines:
            self.leaves[-1].put(Words((MARGIN, self.y), text, TITLE, bold=True))
            self.y += 1.35 * TITLE
        self.leaves[-1].put(Words((MARGIN, self.y), under, SMALL + 1, GREY))
        _code(self.leaves[-1], link, self.room.right - CODE, MARGIN - 8)
        self.y = max(self.y + 26, MARGIN + CODE + 14)

    def lines(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Names and what stands to each."""
        for name, value in ((n, v) for n, v in pairs if v):
            for n, text in enumerate(wrapped(value, SIZE, self.room.width - NAME)):
                self._room()
                if n == 0:
                    self.leaves[-1].put(Words((MARGIN, self.y), name, SIZE, GREY))
                self.leaves[-1].put(Words((MARGIN + NAME, self.y), text, SIZE))
                self.y += LEADING * SIZE

    def heading(self, words: str) -> None:
        """What comes next."""
        self.y += 8
        self._room(3)
        self.leaves[-1].put(Words((MARGIN, self.y), words, SIZE + 2, bold=True))
        self.y += LEADING * SIZE

    def text(self, words: str, *, ink: str = BLACK, bold: bool = False) -> None:
        """Paragraphs; a line break begins another."""
        for paragraph in (p for p in words.splitlines() if p.strip()):
            for text in wrapped(paragraph.strip(), SIZE, self.room.width):
                self._room()
                self.leaves[-1].put(Words((MARGIN, self.y), text, SIZE, ink, bold=bold))
                self.y += LEADING * SIZE

    def right(self, *lines: str) -> None:
        """Who signs, at the right."""
        self.y += 14
        self._room(len(lines))
        for words in lines:
            self.leaves[-1].put(Words((self.room.right, self.y), words, SIZE, anchor="end"))
            self.y += LEADING * SIZE

    def _room(self, rows: int = 1) -> None:
        if self.y + rows * LEADING * SIZE > self.room.bottom:
            self._turn()


def _code(leaf: Leaf, link: str, x: float, y: float) -> None:
    """The link as a QR code: one rectangle for each run of dark modules."""
    rows = [list(row) for row in segno.make(link, error="m", micro=False).matrix_iter(border=2)]
    side = CODE / len(rows)
    for down, row in enumerate(rows):
        start = None
        for across, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = across
            elif not dark and start is not None:
                leaf.put(
                    Area(box(x + start * side, y + down * side, (across - start) * side, side), fill=BLACK)
                )
                start = None
