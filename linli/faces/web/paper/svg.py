"""A sheet as an SVG file that stands alone: its own size in millimetres, no stylesheet, no script, nothing fetched."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from linli.faces.web.paper.ink import Area, Item, Leaf, Line, Point, Words

FACES = "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"
MM = 25.4 / 72


def svg(leaf: Leaf) -> str:
    """The file as text, well-formed XML."""
    width, height = leaf.size
    language = "zh-Hans" if leaf.language == "zh" else "en"
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width * MM:.0f}mm" height="{height * MM:.0f}mm"'
        f' viewBox="0 0 {width:.2f} {height:.2f}" xml:lang="{language}" font-family={quoteattr(FACES)}>\n'
        f"<title>{_text(leaf.title)}</title>\n"
        f'<rect width="{width:.2f}" height="{height:.2f}" fill="#ffffff"/>\n'
    )
    return head + "\n".join(_item(i) for i in leaf.items) + "\n</svg>\n"


def _item(item: Item) -> str:
    if isinstance(item, Words):
        weight = ' font-weight="600"' if item.bold else ""
        return (
            f'<text x="{item.at[0]:.2f}" y="{item.at[1]:.2f}" font-size="{item.size:.2f}" fill="{item.ink}"'
            f' text-anchor="{item.anchor}"{weight}>{_text(item.text)}</text>'
        )
    if isinstance(item, Line):
        return f'<polyline points="{_points(item.points)}" fill="none"{_stroke(item)}/>'
    stroke = _stroke(item) if item.stroke else ""
    return f'<polygon points="{_points(item.points)}" fill="{item.fill or "none"}"{stroke}/>'


def _stroke(item: Area | Line) -> str:
    dash = f' stroke-dasharray="{" ".join(f"{d:g}" for d in item.dash)}"' if item.dash else ""
    return f' stroke="{item.stroke}" stroke-width="{item.width:.2f}"{dash}'


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{x:.2f},{y:.2f}" for x, y in points)


def _text(text: str) -> str:
    """Escaped, and without the characters that XML knows no way to write."""
    return escape("".join(c for c in text if c >= " " and c not in "\ufffe\uffff"))
