"""A module is named after what it does, and a programme is known only in its own folder and where it is installed."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import LINLI, PROGRAMMES, ROOT, literals, name, tree, written

SAYS_NOTHING = {
    "utils",
    "util",
    "helpers",
    "helper",
    "services",
    "service",
    "core",
    "base",
    "common",
    "manager",
}
TEMPLATE_CODE, WHOLE_LINE = re.compile(r"\{[%{].*?[%}]\}"), re.compile(r".+")
INSTALLS = LINLI / "config" / "programmes.py"
FOLDERS = sorted(path.parent for path in PROGRAMMES.glob("*/programme.py"))


def test_no_module_has_a_name_that_says_nothing() -> None:
    modules = [
        path for path in written(".py") if SAYS_NOTHING & set(path.relative_to(ROOT).with_suffix("").parts)
    ]
    assert [name(path) for path in modules] == []


def calls(path: Path) -> Iterator[tuple[str, str]]:
    """Each call of a class with a literal first argument: ``CaseType("x", …)`` gives ("CaseType", "x")."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called[:1].isupper() and isinstance(node.args[0].value, str):
                yield called, node.args[0].value


def case_types(folder: Path) -> set[str]:
    """The keys of the case types that a programme's folder defines."""
    return {
        key for path in written(".py", under=folder) for called, key in calls(path) if called == "CaseType"
    }


def room_of(path: Path) -> Path:
    """The part of the house that a file belongs to: a programme's folder, else a floor."""
    parts = path.relative_to(LINLI).parts
    return LINLI.joinpath(*parts[: 2 if parts[0] == PROGRAMMES.name else 1])


def own_words(room: Path) -> set[str]:
    """The words that a room itself defines: ``State("visit", …)`` makes "visit" its own word, not a case type's."""
    files = written(".py", under=room) if room.is_dir() else [room]
    return {key for path in files for called, key in calls(path) if called not in {"CaseType", "Programme"}}


def mentions(path: Path, keys: set[str]) -> list[str]:
    """Where a file says one of the keys as a whole literal; prose, class names and longer words do not count."""
    if path.suffix == ".py":
        return [f"{name(path)}:{line} {text!r}" for line, text in literals(path) if text in keys]
    quoted = re.compile("|".join(f"{quote}{re.escape(key)}{quote}" for key in keys for quote in "\"'"))
    code = TEMPLATE_CODE if path.suffix == ".html" else WHOLE_LINE
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    return [
        f"{name(path)}:{at} {said[0]}"
        for at, line in lines
        for c in code.findall(line)
        for said in quoted.finditer(c)
    ]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_programme_is_named_only_in_its_folder(folder: Path) -> None:
    keys = {folder.name} | case_types(folder)
    elsewhere = [
        p for p in written(".py", ".html", ".js") if p.is_relative_to(LINLI) and not p.is_relative_to(folder)
    ]
    rooms = {room_of(path) for path in elsewhere}
    strange = {room: keys - own_words(room) for room in rooms}
    found = [
        m
        for p in elsewhere
        if p != INSTALLS and strange[room_of(p)]
        for m in mentions(p, strange[room_of(p)])
    ]
    assert found == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_programme_defines_a_case_type(folder: Path) -> None:
    assert case_types(folder), f"no CaseType with a literal key found under {name(folder)}"
