"""All refusal codes with both sentences and what to do about them, room by room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

import yaml

import linli
from linli.rules.registry import Registry
from linli.rules.text import T
from tools.reference import markdown

HOUSE = Path(linli.__file__).parent
NAMES = ("refusal.py", "refusals.py")
"""The modules in which a floor keeps its codes, as dictionaries named ``…_CODES``."""


@dataclass(frozen=True)
class Room:
    """The codes of one floor or programme; ``path`` is where they are used, from the package's folder."""

    title: T
    path: str
    codes: dict[str, T]


TITLES = {
    "rules": T("一切办理", "Every act"),
    "people": T("人员、职责与登录", "People, duties and sign-in"),
    "cases": T("附件", "Attachments"),
    "territory": T("地域与住户", "Places and households"),
}


def rooms(registry: Registry) -> Iterator[Room]:
    """Every room that has codes: the floors, then the programmes in their order."""
    found = [p for n in NAMES for p in HOUSE.rglob(n) if "programmes" not in p.parts]
    for path in sorted(found, key=lambda p: (_order(p), p)):
        module = import_module(".".join(("linli", *path.relative_to(HOUSE).with_suffix("").parts)))
        for name, codes in sorted(vars(module).items()):
            if name.endswith("_CODES"):
                folder = path.parent.relative_to(HOUSE).as_posix()
                yield Room(TITLES.get(folder, T(folder, folder)), folder, codes)
    for key, programme in registry.programmes.items():
        if programme.refusals:
            yield Room(programme.title, f"programmes/{key}", programme.refusals)


def _order(path: Path) -> int:
    """What every act can meet comes first."""
    folder = path.parent.relative_to(HOUSE).as_posix()
    return list(TITLES).index(folder) if folder in TITLES else len(TITLES)


@cache
def remedies() -> dict[str, T]:
    """What to do about each code, from remedies.yaml. Raises: ValueError naming a code without both languages."""
    raw = yaml.safe_load((Path(__file__).parent / "remedies.yaml").read_text(encoding="utf-8"))
    return {code: T(said["zh"], said["en"]) for code, said in raw.items()}


def page(registry: Registry) -> str:
    """The page, both languages side by side, for the person at the telephone."""
    lines = [
        "# 不予办理的代码 / Refusal codes",
        "",
        "凡被拒绝，什么也没有写入；页面、接口和电话里说的是同一个代码。花括号处填入当时的内容。",
        "",
        "Whatever is refused has written nothing; a page, the interface and the telephone name the same code. What stands"
        " in braces is filled in.",
        "",
    ]
    for room in rooms(registry):
        head = ("代码 Code", "理由", "Reason", "怎么办", "What to do")
        lines += markdown.section(
            f"{room.title.zh} / {room.title.en}", markdown.table(head, _rows(room.codes))
        )
    return markdown.page(lines)


def _rows(codes: dict[str, T]) -> Iterator[list[str]]:
    for code, text in codes.items():
        remedy = remedies().get(code)
        yield [
            f"`{code}`",
            text.zh,
            text.en,
            remedy.zh if remedy else "见理由",
            remedy.en if remedy else "as the reason says",
        ]
