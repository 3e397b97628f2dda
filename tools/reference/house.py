"""The picture of the house: its floors as import-linter keeps them, with the rooms that really stand on each."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

WIDTH, MARGIN, LABEL, SIDE = 1040, 20, 250, 140
ROW, GAP, ROOM = 30, 8, 112
SAYS = {
    "config": ("设置与安装", "settings, addresses, what is installed"),
    "programmes": ("专项", "definitions; pages of their own"),
    "faces": ("门面", "how the outside meets a case"),
    "forms": ("表单", "fields into questions and answers"),
    "cases": ("办理：唯一的门", "act(), the one writer"),
    "people": ("", "persons, places, money, words: stores"),
    "journal": ("台账", "appends, seals, verifies"),
    "rules": ("规则", "pure: vocabulary, decision, time"),
}
MODULES = {
    "forms": ("questions", "answers"),
    "cases": ("act", "project", "rebuild", "clock", "sight", "erase"),
    "journal": ("append", "reading", "cipher", "triggers", "anchor", "verify"),
    "rules": (
        "programme",
        "check",
        "machine",
        "seating",
        "deadlines",
        "worktime",
        "parameters",
        "votes",
        "chain",
    ),
}
"""The modules to look into first, on floors that have no packages inside; drawn where they exist."""
STYLE = """
  text { font: 14px system-ui, "Noto Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; fill: #1d2b2a; }
  .small { font-size: 12px; fill: #51605e; } .name { font-weight: 600; }
  .floor { fill: #f3f6f4; stroke: #b9c6c2; } .room { fill: #ffffff; stroke: #6f8f89; }
  .door { fill: #0f6b5c; stroke: #0f6b5c; } .door-text { fill: #ffffff; font-weight: 600; }
  .way { fill: none; stroke: #0f6b5c; stroke-width: 1.5; } .tip { fill: #0f6b5c; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6eeec; } .small { fill: #a9bab6; }
    .floor { fill: #18211f; stroke: #3b4a47; } .room { fill: #22302d; stroke: #6f8f89; }
    .door { fill: #57c7b1; stroke: #57c7b1; } .door-text { fill: #0c1413; }
    .way { stroke: #57c7b1; } .tip { fill: #57c7b1; }
  }"""


def floors(root: Path) -> list[list[str]]:
    """The floors from the top, each with its packages that exist, as pyproject.toml tells import-linter."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["id"] == "floors")
    told = [[part.strip(" ()") for part in layer.split("|")] for layer in layers]
    found = [[name for name in floor if (root / "linli" / name / "__init__.py").exists()] for floor in told]
    return [floor for floor in found if floor]


def rooms(root: Path, floor: list[str]) -> list[str]:
    """What stands on a floor: its packages, or the packages inside the only one, or that one's first modules."""
    if len(floor) > 1:
        return floor
    inside = root / "linli" / floor[0]
    modules = [f"{name}.py" for name in MODULES.get(floor[0], ()) if (inside / f"{name}.py").exists()]
    return modules or sorted(p.parent.name for p in inside.glob("*/__init__.py"))


def picture(root: Path) -> str:
    """The picture as SVG, in the reader's light or dark colours."""
    shapes: list[str] = []
    y, lines = MARGIN, {}
    for floor in floors(root):
        names = rooms(root, floor)
        height = _height(names)
        lines[floor[0]] = (y, height)
        shapes += _floor(floor, names, y, height)
        y += height + GAP
    shapes += _ways(lines)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + MARGIN}" role="img"'
        ' aria-labelledby="title"><title id="title">Linli 邻里: the floors of the house 各层结构</title>'
    )
    return "\n".join([head, f"<style>{STYLE}\n</style>", *shapes, "</svg>"]) + "\n"


def _across() -> int:
    """How many rooms stand side by side."""
    return (WIDTH - 2 * MARGIN - LABEL - SIDE) // (ROOM + GAP)


def _height(names: list[str]) -> int:
    rows = -(-len(names) // _across())
    return max(56, rows * (ROW + GAP) + 3 * GAP)


def _floor(floor: list[str], names: list[str], y: int, height: int) -> Iterator[str]:
    zh, en = SAYS.get(floor[0], (floor[0], ""))
    yield f'<rect class="floor" x="{MARGIN}" y="{y}" width="{WIDTH - 2 * MARGIN - SIDE}" height="{height}" rx="6"/>'
    title = " | ".join(floor)
    yield f'<text class="name" x="{MARGIN + 14}" y="{y + 24}">{escape(f"{title} {zh}")}</text>'
    yield f'<text class="small" x="{MARGIN + 14}" y="{y + 43}">{escape(en)}</text>'
    for number, name in enumerate(names):
        row, column = divmod(number, _across())
        yield from _room(name, MARGIN + LABEL + column * (ROOM + GAP), y + 13 + row * (ROW + GAP))


def _room(name: str, x: int, y: int) -> Iterator[str]:
    door = name == "act.py"
    kind, text = ("door", ' class="door-text"') if door else ("room", "")
    yield f'<rect class="{kind}" x="{x}" y="{y}" width="{ROOM}" height="{ROW}" rx="4"/>'
    yield f'<text{text} x="{x + ROOM // 2}" y="{y + 20}" text-anchor="middle">{escape(name)}</text>'


def _ways(lines: dict[str, tuple[int, int]]) -> Iterator[str]:
    """Two arrows: imports go down the whole house; a programme's definition goes straight to the rules."""
    right = WIDTH - MARGIN - SIDE
    top, bottom = lines["programmes"], lines["rules"]
    a, b = top[0] + top[1] // 2, bottom[0] + bottom[1] // 2
    x = right + 36
    yield f'<path class="way" d="M{right} {a} H{x} V{b} H{right + 8}"/>'
    yield f'<path class="tip" d="M{right} {b} l10 -5 v10 z"/>'
    for number, words in enumerate(("定义只用规则", "a definition", "imports rules", "alone")):
        yield f'<text class="small" x="{x + 10}" y="{(a + b) // 2 - 24 + number * 17}">{words}</text>'
    for number, words in enumerate(("引用只向下", "imports go down")):
        yield f'<text class="small" x="{right + 10}" y="{lines["config"][0] + 24 + number * 17}">{words}</text>'
