"""Rules and definitions are pure: the same input gives the same output, on any day and on any machine."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import LINLI, PROGRAMMES, name, tree, written

# What reads a clock, a disk, a network, the surroundings or chance.
OUTSIDE = {
    "asyncio", "glob", "io", "logging", "os", "pathlib", "random", "requests", "secrets", "shutil", "socket", "sqlite3",
    "subprocess", "sys", "tempfile", "threading", "time", "urllib",
}  # fmt: skip
ASKS = {"open", "print", "input", "exec", "eval"}
NOW = {"now", "utcnow", "today", "time_ns"}
# The parts of a programme that stand on higher floors.
NOT_DEFINITION = {"pages", "reactions", "commands", "importers", "demo"}


# Distances on the ground are no integers (docs/decisions/0004); votes, money, time and households stay exact.
IN_METRES = LINLI / "rules" / "partition"


def pure() -> list[Path]:
    """The ground floor and the definitions."""
    definitions = [
        p
        for p in written(".py", under=PROGRAMMES)
        if not NOT_DEFINITION & set(p.relative_to(PROGRAMMES).with_suffix("").parts)
    ]
    return [*written(".py", under=LINLI / "rules"), *definitions]


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """The line and top package of each import."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name.partition(".")[0]) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, (node.module or "").partition(".")[0]


def called(path: Path) -> Iterator[tuple[int, str]]:
    """The line and last name of each call: ``datetime.now()`` gives "now"."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            yield (
                node.lineno,
                node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", ""),
            )


def test_they_import_nothing_that_looks_outside() -> None:
    assert [f"{name(p)}:{line} {top}" for p in pure() for line, top in imported(p) if top in OUTSIDE] == []


def test_they_ask_neither_a_clock_nor_a_file() -> None:
    assert [
        f"{name(p)}:{line} {what}" for p in pure() for line, what in called(p) if what in ASKS | NOW
    ] == []


def test_they_reckon_without_floats() -> None:
    exact = [path for path in pure() if not path.is_relative_to(IN_METRES)]
    literal = [
        f"{name(path)}:{node.lineno} {node.value}"
        for path in exact
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, float)
    ]
    made = [
        f"{name(path)}:{line} float()" for path in exact for line, what in called(path) if what == "float"
    ]
    assert literal + made == []
