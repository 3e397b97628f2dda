"""Drawn evidence for the fund's story, plainly drawings: ballots with a mark, an invoice, works before and after."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (480, 360)
PAPER, INK, PALE, RED, STEEL, WALL = "#fbf8f0", "#2b3138", "#c9cfd6", "#b3382c", "#8d97a1", "#e2dccd"
Pen = ImageDraw.ImageDraw
MARKS = {"agree": 0, "against": 1, "abstain": 2}


def drawn(name: str, number: int) -> bytes:
    """A JPEG of that name, ``number`` written on it. Raises: KeyError for an unknown name."""
    image = Image.new("RGB", SIZE, WALL)
    pen = ImageDraw.Draw(image)
    SCENES[name](pen, number)
    pen.rectangle((0, 334, 480, 360), fill="#1f2933")
    pen.text((10, 341), f"LINLI DEMONSTRATION - A DRAWING, NOT A PHOTO - {name} {number}", fill="#ffffff")
    out = BytesIO()
    image.save(out, "JPEG", quality=70)
    return out.getvalue()


def _sheet(pen: Pen, lines: int, top: int = 110) -> None:
    """A sheet of paper with lines where words would stand."""
    pen.rectangle((90, 14, 390, 326), fill=PAPER, outline=STEEL, width=2)
    pen.rectangle((150, 34, 330, 50), fill=INK)
    for line in range(lines):
        pen.rectangle((120, top + 22 * line, 360 - 40 * (line % 3), top + 6 + 22 * line), fill=PALE)


def _ballot(mark: str) -> Callable[[Pen, int], None]:
    def draw(pen: Pen, number: int) -> None:
        _sheet(pen, 3, 70)
        pen.text((340, 300), f"{number:03d}", fill=INK)
        for box in range(3):
            x = 130 + 80 * box
            pen.rectangle((x, 170, x + 44, 214), outline=INK, width=3)
        x = 130 + 80 * MARKS[mark]
        pen.line(((x + 6, 192), (x + 18, 208), (x + 40, 172)), fill=RED, width=6)
        pen.line([(150 + 12 * n, 276 + 9 * (-1) ** n) for n in range(9)], fill=INK, width=3)

    return draw


def _mandate(pen: Pen, _: int) -> None:
    _sheet(pen, 6, 76)
    pen.line([(230 + 12 * n, 270 + 10 * (-1) ** n) for n in range(8)], fill=INK, width=3)


def _invoice(pen: Pen, number: int) -> None:
    pen.rectangle((30, 50, 450, 300), fill=PAPER, outline=RED, width=3)
    for line in range(5):
        pen.line((30, 110 + 34 * line, 450, 110 + 34 * line), fill=RED, width=1)
    pen.line((270, 110, 270, 246), fill=RED, width=1)
    pen.text((350, 66), f"No. {number:08d}", fill=INK)
    pen.ellipse((340, 220, 430, 285), outline=RED, width=4)


def _roof(pen: Pen, _: int) -> None:
    pen.polygon(((20, 250), (130, 90), (460, 90), (400, 250)), fill=STEEL, outline=INK)
    for seam in range(5):
        pen.line((70 + 80 * seam, 250, 160 + 70 * seam, 90), fill=INK, width=3)
    pen.rectangle((20, 250, 400, 330), fill="#d6c9b2", outline=INK)


def _lift(pen: Pen, _: int) -> None:
    pen.rectangle((150, 30, 330, 326), fill=STEEL, outline=INK, width=6)
    pen.rectangle((222, 36, 262, 320), fill=INK)
    pen.rectangle((350, 150, 386, 210), fill=PAPER, outline=INK, width=3)
    pen.line((140, 20, 340, 330), fill=RED, width=10)


def _lift_after(pen: Pen, _: int) -> None:
    pen.rectangle((150, 30, 330, 326), fill=STEEL, outline=INK, width=6)
    pen.line((240, 36, 240, 320), fill=INK, width=3)
    pen.rectangle((350, 150, 386, 210), fill="#5f8f4e", outline=INK, width=3)


SCENES: dict[str, Callable[[Pen, int], None]] = {
    "agree": _ballot("agree"),
    "against": _ballot("against"),
    "abstain": _ballot("abstain"),
    "mandate": _mandate,
    "invoice": _invoice,
    "roof_after": _roof,
    "lift": _lift,
    "lift_after": _lift_after,
}
