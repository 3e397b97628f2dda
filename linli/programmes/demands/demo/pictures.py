"""Drawn pictures for the demonstration, plainly drawings: nobody's photo of anybody's home."""

from __future__ import annotations

import random
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (640, 480)
WALL, FLOOR, DARK, WET, RUST = "#e9e2d3", "#b9ae9a", "#4a4f55", "#7fb2d6", "#a8642f"
RED, YELLOW, GREEN, STEEL, BLUE = "#b3382c", "#e0b12f", "#5f8f4e", "#8d97a1", "#3d6ea5"
Draw = Callable[[ImageDraw.ImageDraw, random.Random], None]


def drawn(name: str, seed: int) -> bytes:
    """A JPEG of the scene of that name; another seed moves what is in it. Raises: KeyError for an unknown scene."""
    image = Image.new("RGB", SIZE, WALL)
    pen, chance = ImageDraw.Draw(image), random.Random(f"{name}/{seed}")  # noqa: S311 - a drawing
    SCENES[name](pen, chance)
    pen.rectangle((0, 448, 640, 480), fill="#1f2933")
    pen.text((12, 456), f"LINLI DEMONSTRATION - A DRAWING, NOT A PHOTO - {name}", fill="#ffffff")
    out = BytesIO()
    image.save(out, "JPEG", quality=80)
    return out.getvalue()


def _stairwell(pen: ImageDraw.ImageDraw, _: random.Random) -> None:
    pen.rectangle((0, 330, 640, 448), fill=FLOOR)
    for step in range(5):
        pen.rectangle((380 + 50 * step, 330 - 44 * step, 640, 374 - 44 * step), fill="#cfc5b1", outline=DARK)


def _pipe(pen: ImageDraw.ImageDraw, _: random.Random) -> None:
    pen.rectangle((120, 0, 156, 330), fill=STEEL, outline=DARK)
    for joint in (60, 180, 290):
        pen.rectangle((112, joint, 164, joint + 22), fill=DARK)


def _leak(pen: ImageDraw.ImageDraw, chance: random.Random) -> None:
    _stairwell(pen, chance)
    pen.ellipse((150, 90, 330, 300), fill="#c9bfa6", outline="#b3a789", width=6)
    _pipe(pen, chance)
    for _ in range(24):
        x, y = chance.randrange(160, 300), chance.randrange(190, 330)
        pen.ellipse((x, y, x + 7, y + 16), fill=WET)
    pen.ellipse((90, 350, 360, 420), fill=WET)


def _leak_after(pen: ImageDraw.ImageDraw, chance: random.Random) -> None:
    _stairwell(pen, chance)
    _pipe(pen, chance)
    pen.rectangle((112, 180, 164, 202), fill="#c58b2c")


def _court(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, 0, 640, 200), fill="#cfd8e0")
    for house in range(4):
        pen.rectangle((20 + 160 * house, 40, 150 + 160 * house, 200), fill="#d6c9b2", outline=DARK)
        for window in range(6):
            x, y = 36 + 160 * house + 40 * (window % 3), 60 + 60 * (window // 3)
            pen.rectangle((x, y, x + 24, y + 34), fill="#8fa7b8")
    pen.rectangle((0, 200, 640, 448), fill="#9a9a97")


def _lines(pen: ImageDraw.ImageDraw) -> None:
    for line in range(9):
        pen.line((60 + 70 * line, 430, 20 + 70 * line, 220), fill=YELLOW, width=10)


def _car(pen: ImageDraw.ImageDraw, x: int, y: int, colour: str) -> None:
    pen.rounded_rectangle((x, y, x + 190, y + 70), 18, fill=colour, outline=DARK, width=3)
    pen.polygon(
        ((x + 40, y), (x + 64, y - 42), (x + 132, y - 42), (x + 158, y)), fill="#bcd0dd", outline=DARK
    )
    for wheel in (x + 34, x + 130):
        pen.ellipse((wheel, y + 52, wheel + 38, y + 90), fill=DARK)


def _lane(pen: ImageDraw.ImageDraw, chance: random.Random) -> None:
    _court(pen)
    _lines(pen)
    _car(pen, chance.randrange(30, 80), 270, chance.choice((BLUE, "#d8d8d4", RED)))
    _car(pen, chance.randrange(320, 400), 330, chance.choice((STEEL, "#e7e0cf", GREEN)))


def _lane_after(pen: ImageDraw.ImageDraw, _: random.Random) -> None:
    _court(pen)
    _lines(pen)
    for post in (180, 320, 460):
        pen.rectangle((post, 250, post + 16, 330), fill=RED)


def _garbage(pen: ImageDraw.ImageDraw, chance: random.Random) -> None:
    _court(pen)
    pen.rectangle((60, 220, 190, 360), fill=GREEN, outline=DARK, width=4)
    for _ in range(26):
        x, y, r = chance.randrange(190, 540), chance.randrange(300, 400), chance.randrange(16, 42)
        pen.ellipse(
            (x, y, x + r, y + r * 2 // 3), fill=chance.choice(("#d9d4c8", "#8a8175", "#4f5560", RUST))
        )


def _garbage_after(pen: ImageDraw.ImageDraw, _: random.Random) -> None:
    _court(pen)
    pen.rectangle((60, 220, 190, 360), fill=GREEN, outline=DARK, width=4)
    pen.rectangle((210, 220, 340, 360), fill=BLUE, outline=DARK, width=4)


def _wall(pen: ImageDraw.ImageDraw, chance: random.Random) -> None:
    pen.rectangle((0, 380, 640, 448), fill=FLOOR)
    for _ in range(14):
        x, y = chance.randrange(40, 560), chance.randrange(10, 240)
        pen.ellipse((x, y, x + chance.randrange(30, 90), y + chance.randrange(20, 60)), fill="#a79c86")
    pen.line([(chance.randrange(260, 380), y) for y in range(0, 380, 30)], fill=DARK, width=5)


def _wall_after(pen: ImageDraw.ImageDraw, _: random.Random) -> None:
    pen.rectangle((0, 380, 640, 448), fill=FLOOR)
    pen.rectangle((40, 30, 600, 360), fill="#f6f2e8", outline="#ded5c2", width=3)


def _hall(pen: ImageDraw.ImageDraw) -> None:
    pen.rectangle((0, 330, 640, 448), fill=FLOOR)
    pen.rectangle((430, 90, 580, 330), fill=RUST, outline=DARK, width=5)


def _bikes(pen: ImageDraw.ImageDraw, chance: random.Random) -> None:
    _hall(pen)
    for bike in range(3):
        x, colour = 40 + 130 * bike + chance.randrange(0, 20), chance.choice((BLUE, RED, GREEN))
        for wheel in (x, x + 74):
            pen.ellipse((wheel, 300, wheel + 56, 356), outline=DARK, width=8)
        pen.line(((x + 28, 326), (x + 60, 280), (x + 102, 326)), fill=colour, width=10)
        pen.line(((x + 60, 280), (x + 90, 20)), fill=YELLOW, width=3)


def _hall_after(pen: ImageDraw.ImageDraw, _: random.Random) -> None:
    _hall(pen)
    pen.ellipse((150, 110, 270, 230), outline=RED, width=16)
    pen.line((168, 128, 252, 212), fill=RED, width=16)


def _ramp(pen: ImageDraw.ImageDraw, _: random.Random) -> None:
    _court(pen)
    pen.polygon(((60, 400), (420, 400), (420, 300)), fill="#c9c4ba", outline=DARK)
    pen.rectangle((300, 180, 420, 330), fill=BLUE, outline=DARK, width=4)


def _drain(pen: ImageDraw.ImageDraw, chance: random.Random) -> None:
    pen.rectangle((0, 200, 640, 448), fill="#a9a393")
    pen.ellipse((230, 260, 410, 350), fill=DARK)
    for _ in range(12):
        x, y = chance.randrange(80, 480), chance.randrange(290, 390)
        pen.ellipse((x, y, x + 110, y + 38), fill="#6d6247")


def _drain_after(pen: ImageDraw.ImageDraw, _: random.Random) -> None:
    pen.rectangle((0, 200, 640, 448), fill="#a9a393")
    pen.ellipse((230, 260, 410, 350), fill=STEEL, outline=DARK, width=6)


def _cover(pen: ImageDraw.ImageDraw, _: random.Random) -> None:
    pen.rectangle((0, 160, 640, 448), fill="#8f8f8b")
    pen.ellipse((220, 230, 420, 350), fill="#15181b", outline=DARK, width=6)
    pen.line((190, 330, 450, 250), fill=RUST, width=26)


def _extinguisher(pen: ImageDraw.ImageDraw, _: random.Random, needle: int = 560) -> None:
    pen.rounded_rectangle((240, 140, 350, 430), 30, fill=RED, outline=DARK, width=4)
    pen.arc((430, 120, 590, 280), 180, 360, fill=DARK, width=6)
    pen.arc((430, 120, 590, 280), 180, 240, fill=RED, width=16)
    pen.arc((430, 120, 590, 280), 240, 320, fill=GREEN, width=16)
    pen.line((510, 200, needle, 150), fill=DARK, width=6)


def _window(pen: ImageDraw.ImageDraw, _: random.Random) -> None:
    pen.rectangle((160, 60, 480, 340), fill="#bcd0dd", outline=DARK, width=12)
    pen.rectangle((320, 66, 474, 334), fill="#4f6375")
    pen.polygon(((100, 430), (260, 410), (280, 440), (120, 446)), fill=STEEL)


SCENES: dict[str, Draw] = {
    "leak": _leak,
    "leak_after": _leak_after,
    "lane": _lane,
    "lane_after": _lane_after,
    "garbage": _garbage,
    "garbage_after": _garbage_after,
    "wall": _wall,
    "wall_after": _wall_after,
    "bikes": _bikes,
    "hall_after": _hall_after,
    "ramp": _ramp,
    "drain": _drain,
    "drain_after": _drain_after,
    "cover": _cover,
    "cover_after": _drain_after,
    "extinguisher": lambda pen, chance: _extinguisher(pen, chance, 450),
    "extinguisher_after": lambda pen, chance: _extinguisher(pen, chance, 520),
    "window": _window,
}
