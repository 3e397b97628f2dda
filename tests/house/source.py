"""What is written by hand in this repository, read as files and as syntax trees."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINLI = ROOT / "linli"
PROGRAMMES = LINLI / "programmes"
ROOMS = ("linli", "tests", "bench", "tools")
# Django writes migrations; whatever lies in `generated` is made by a command and says so in its first line.
MADE = {"migrations", "generated", "__pycache__"}


def written(*suffixes: str, under: Path | None = None) -> list[Path]:
    """The hand-written files with one of the suffixes, in the order of their paths."""
    rooms = [under] if under else [ROOT / room for room in ROOMS]
    found = (path for room in rooms for path in room.rglob("*") if path.suffix in suffixes and path.is_file())
    return sorted(path for path in found if not MADE & set(path.relative_to(ROOT).parts))


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Where each function of a file stands, and how many lines it takes from ``def`` to its end."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield (
                f"{name(path)}:{node.lineno} {node.name}",
                (node.end_lineno or node.lineno) - node.lineno + 1,
            )


def literals(path: Path) -> Iterator[tuple[int, str]]:
    """The line and value of each string literal."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def name(path: Path) -> str:
    """The path as one writes it from the root of the repository."""
    return path.relative_to(ROOT).as_posix()
