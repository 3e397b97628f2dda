"""A sheet of A4 that is written from top to bottom: a head with a QR code, names with values, sentences, long numbers in groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import segno

from linli.faces.web.paper.frame import Room, paragraph, wrapped
from linli.faces.web.paper.ink import BLACK, GREY, PALE, Area, Leaf, Line, Words, box
from linli.rules.text import T

A4 = (595.28, 841.89)
MARGIN, CODE, NAME = 42.0, 112.0, 70.0
"""The margin, the side of the QR code, the room for a name; in points."""
SIZE, SMALL = 12.0, 8.4
LATIN = 0.56
"""How wide a Latin letter or a digit is, as a part of its size."""


def grouped(digits: str) -> str:
    """A long number in groups of eight, as one compares it."""
    return " ".join(digits[i : i + 8] for i in range(0, len(digits), 8))


class Paper:
    """The sheet under the pen; ``y`` is where the next line stands."""

    def __init__(self, title: str) -> None:
        self.leaf = Leaf(title, "zh", A4)
        self.y = MARGIN
        self.room = Room(MARGIN, MARGIN, A4[0] - 2 * MARGIN, A4[1] - 2 * MARGIN)

    def head(self, title: str, under: str, link: str = "") -> None:
        """What the sheet is, and the code that leads to its page."""
        self.leaf.put(Words((MARGIN, self.y + 22), title, 27, bold=True))
        self.leaf.put(Words((MARGIN, self.y + 40), under, 10, GREY))
        self.leaf.put(
            Line(((MARGIN, self.y + 50), (self.room.right - (CODE + 12 if link else 0), self.y + 50)))
        )
        if link:
            _code(self.leaf, link, self.room.right - CODE, self.y - 6)
        self.y += 68

    def lines(self, pairs: Iterable[tuple[str, str]], *, beside_code: bool = False) -> None:
        """Names and what stands to each."""
        for name, value in ((n, v) for n, v in pairs if v):
            beside = beside_code and self.y < MARGIN + CODE + 12
            width = self.room.width - NAME - (CODE + 16 if beside else 0)
            self.leaf.put(Words((MARGIN, self.y), name, SIZE, GREY))
            for text in wrapped(value, SIZE, width):
                self.leaf.put(Words((MARGIN + NAME, self.y), text, SIZE))
                self.y += 1.5 * SIZE
        self.y += 2

    def heading(self, zh: str, en: str) -> None:
        """What comes next, in both languages."""
        self.y += 7
        self.leaf.put(Words((MARGIN, self.y), zh, 13.5, bold=True))
        self.leaf.put(Words((MARGIN + 13.5 * len(zh) + 8, self.y), en, SMALL, GREY))
        self.y += 17

    def text(self, words: str, *, bold: bool = False, ink: str = BLACK, size: float = SIZE - 1.5) -> None:
        """Sentences."""
        self.y = paragraph(self.leaf, self.room, self.y, words, size, ink=ink, bold=bold)

    def code(self, name: str, digits: str) -> None:
        """A long number with its name."""
        self.leaf.put(Words((MARGIN, self.y), name, SMALL, GREY))
        self.leaf.put(Words((MARGIN + 108, self.y), grouped(digits), SMALL - 0.4))
        self.y += 13

    def rows_left(self, less: int = 0) -> int:
        """How many rows still go on the sheet, when so many are kept free."""
        return int((A4[1] - MARGIN - 44 - self.y) // 11) - less

    def row(self, *cells: str) -> None:
        """A day's root: day, size, root, signature."""
        for x, text in zip((0.0, 50.0, 88.0, 412.0), cells, strict=True):
            self.leaf.put(Words((MARGIN + x, self.y), text, SMALL - 0.6))
        self.y += 11

    def table(
        self, widths: Sequence[float], rows: Iterable[Sequence[str]], *, right: int, bold: bool = False
    ) -> None:
        """Rows of cells; those from the column ``right`` on are numbers and end at the right of their column."""
        for cells in rows:
            x = MARGIN
            for n, (wide, text) in enumerate(zip(widths, cells, strict=True)):
                at = (x + wide, self.y) if n >= right else (x, self.y)
                self.leaf.put(Words(at, text, SIZE - 3, anchor="end" if n >= right else "start", bold=bold))
                x += wide
            self.leaf.put(Line(((MARGIN, self.y + 4), (self.room.right, self.y + 4)), PALE, 0.5))
            self.y += 15

    def foot(self, limits: T, source: str) -> None:
        """At the bottom: what the sheet cannot prove, and where it is from."""
        y = A4[1] - MARGIN - 24
        self.leaf.put(Line(((MARGIN, y - 12), (self.room.right, y - 12)), PALE))
        self.leaf.put(
            Words((MARGIN, y), limits.zh, SMALL), Words((MARGIN, y + 11), limits.en, SMALL - 1, GREY)
        )
        self.leaf.put(Words((MARGIN, y + 22), source, SMALL - 1, GREY))


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
                shape = box(x + start * side, y + down * side, (across - start) * side, side)
                leaf.put(Area(shape, fill=BLACK))
                start = None
