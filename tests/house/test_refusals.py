"""Every refusal has a code that is written down once, in both languages, with what to do; and every code is used."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from linli.rules.registry import installed
from tests.house.source import LINLI, PROGRAMMES, name, tree, written
from tools.reference.refusals import Room, remedies, rooms

MAKERS = {"refused", "Refused", "Refusal", "refuse", "_row_refusal"}
"""What makes a refusal: the house's own, and what programmes call to name the field with it."""


def made(path: Path) -> Iterator[tuple[str, str, ast.Call]]:
    """Each place of a file that makes a refusal: where, by which name, the call."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and node.args:
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called in MAKERS:
                yield f"{name(path)}:{node.lineno}", called, node


def codes(call: ast.Call) -> list[str]:
    """The codes that stand in the first argument, one or the other of a choice."""
    found = (node.value for node in ast.walk(call.args[0]) if isinstance(node, ast.Constant))
    return [value for value in found if isinstance(value, str)]


def used() -> dict[str, set[str]]:
    """Code → the files that give it."""
    found: dict[str, set[str]] = {}
    for path in written(".py", under=LINLI):
        for _, _, call in made(path):
            for code in codes(call):
                found.setdefault(code, set()).add(name(path))
    return found


def documented(path: Path) -> set[str]:
    """The codes that a file may give: a programme's own in its folder, everybody else's everywhere."""
    own = {r.path: set(r.codes) for r in ROOMS}
    general = {code for room, codes in own.items() if not room.startswith("programmes") for code in codes}
    folder = path.relative_to(LINLI).parts[:2]
    return general | (own.get("/".join(folder), set()) if folder[0] == PROGRAMMES.name else set())


ROOMS: list[Room] = list(rooms(installed))
ROOM = pytest.mark.parametrize("room", ROOMS, ids=lambda r: r.path)


def test_every_code_that_is_given_is_documented() -> None:
    unknown = [
        f"{where} {code!r}"
        for path in written(".py", under=LINLI)
        for where, _, call in made(path)
        for code in codes(call)
        if code not in documented(path)
    ]
    assert unknown == []


@ROOM
def test_every_documented_code_is_given_somewhere(room: Room) -> None:
    given, own = used(), f"linli/{room.path}/" if room.path.startswith("programmes") else "linli/"
    assert [c for c in room.codes if not any(path.startswith(own) for path in given.get(c, ()))] == []


@ROOM
def test_codes_read_well_over_the_telephone(room: Room) -> None:
    strange = [c for c in room.codes if not c.replace("-", "").isalpha() or not c.islower() or len(c) > 30]
    assert strange == []


@ROOM
def test_both_sentences_ask_for_the_same_values(room: Room) -> None:
    """What is filled into one sentence is filled into the other."""

    def places(text: str) -> set[str]:
        return {field for _, field, _, _ in Formatter().parse(text) if field}

    assert [c for c, t in room.codes.items() if places(t.zh) != places(t.en)] == []


def test_one_code_means_one_thing() -> None:
    """A programme gives no code of the house another meaning."""
    house = {c for r in ROOMS if not r.path.startswith("programmes") for c in r.codes}
    own = [(r.path, c) for r in ROOMS if r.path.startswith("programmes") for c in r.codes]
    assert [(path, code) for path, code in own if code in house] == []


def test_every_code_of_the_house_says_what_to_do() -> None:
    """A programme's reason says it itself; the house's codes have a line of their own in the reference."""
    house = {c for r in ROOMS if not r.path.startswith("programmes") for c in r.codes}
    assert house - set(remedies()) == set(), "tools/reference/remedies.yaml lacks these"
    known = {c for r in ROOMS for c in r.codes}
    assert set(remedies()) - known == set(), "tools/reference/remedies.yaml says what no code asks"
