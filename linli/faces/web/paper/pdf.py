"""A sheet as PDF, drawn in vectors.

Chinese stands in STSong-Light, one of the CID fonts that every reader of PDF brings or replaces, so that no font file has to
be carried along and the file stays small; the characters are text and can be searched. What is Latin alone stands in Helvetica.
"""

from __future__ import annotations

from io import BytesIO
from itertools import groupby

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from linli.faces.web.paper.ink import Area, Item, Leaf, Point, Words

CHINESE, LATIN, LATIN_BOLD = "STSong-Light", "Helvetica", "Helvetica-Bold"
BOLDER = 0.028
"""The CID font has one weight: bold words are drawn with an outline of so many parts of their size."""


def pdf(*leaves: Leaf) -> bytes:
    """The file, one page per sheet. It carries no time of its own: the same sheet is the same bytes."""
    if CHINESE not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))
    out = BytesIO()
    canvas = Canvas(
        out, pagesize=leaves[0].size, invariant=1, lang="zh-CN" if leaves[0].language == "zh" else "en"
    )
    canvas.setTitle(leaves[0].title)
    canvas.setCreator("Linli 邻里")
    canvas.setAuthor("")
    for leaf in leaves:
        canvas.setPageSize(leaf.size)
        for item in leaf.items:
            _draw(canvas, item, leaf.size[1])
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw(canvas: Canvas, item: Item, height: float) -> None:
    if isinstance(item, Words):
        _write(canvas, item, height)
        return
    fill = item.fill if isinstance(item, Area) else ""
    if item.stroke:
        canvas.setStrokeColor(HexColor(item.stroke))
        canvas.setLineWidth(item.width)
        canvas.setDash(list(item.dash))
    if fill:
        canvas.setFillColor(HexColor(fill))
    path = _path(canvas, item.points, height, closed=isinstance(item, Area))
    canvas.drawPath(path, stroke=int(bool(item.stroke)), fill=int(bool(fill)))


def _path(canvas: Canvas, points: tuple[Point, ...], height: float, *, closed: bool) -> object:
    path = canvas.beginPath()
    for number, (x, y) in enumerate(points):
        (path.lineTo if number else path.moveTo)(x, height - y)
    if closed:
        path.close()
    return path


def _write(canvas: Canvas, words: Words, height: float) -> None:
    parts = [(piece, face(piece, bold=words.bold)) for piece in runs(words.text)]
    width = sum(pdfmetrics.stringWidth(piece, font, words.size) for piece, font in parts)
    shift = {"start": 0.0, "middle": width / 2, "end": width}[words.anchor]
    text = canvas.beginText(words.at[0] - shift, height - words.at[1])
    canvas.setLineWidth(words.size * BOLDER)
    canvas.setDash([])
    text.setFillColor(HexColor(words.ink))
    text.setStrokeColor(HexColor(words.ink))
    for piece, font in parts:
        text.setFont(font, words.size)
        text.setTextRenderMode(2 if words.bold and font == CHINESE else 0)
        text.textOut(piece)
    text.setTextRenderMode(0)
    canvas.drawText(text)


def face(piece: str, *, bold: bool = False) -> str:
    """The font of words that are all Latin or all Chinese."""
    return CHINESE if not _latin(piece[:1]) else LATIN_BOLD if bold else LATIN


def runs(text: str) -> list[str]:
    """A line cut into Latin and Chinese: each stands in its own font."""
    return ["".join(part) for _, part in groupby(text, key=_latin)]


def _latin(character: str) -> bool:
    """Whether Helvetica has it: Western letters and their quotation marks and dashes."""
    return bool(character.encode("cp1252", "ignore"))
