"""Everything that is read stands in both languages: Chinese that is Chinese, English that is English."""

import ast
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
import yaml

from linli.config.programmes import PROGRAMMES, folder
from linli.rules.definition import Definition
from linli.rules.registry import installed
from linli.rules.text import T
from tests.house.source import LINLI, name, tree, written

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
"""A Chinese character."""
FULL_WIDTH = re.compile(r"[，。；：？！（）、《》]")
"""Chinese punctuation, which English does not use; its curly quotation marks are English too."""
WORDS = re.compile(r"[A-Za-z]{2,}")
PLACE = re.compile(r"\{[^{}]*\}")
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
COMMENT = re.compile(r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", re.DOTALL)
QUOTED = re.compile(r"\"((?:[^\"\\]|\\.)*)\"")
PAIR = re.compile(r"\{%\s*t\s+(.*?)%\}", re.DOTALL)
PLURAL = re.compile(r"\{%\s*tn\s+\S+\s+(.*?)%\}", re.DOTALL)
NAMES = {"Linli 邻里", "邻里 Linli", "邻里", "中文"}
"""Names that stand as they are in either language: the software's, and a language's in its own script."""
THE_OTHER = {("en", "zh-hans"), ("en", "zh-Hans"), ("EN", "中文")}
"""The switch names the other language, in that language."""
MARKED = re.compile(r"<(?P<tag>\w+)[^>]*\blang=\"zh-Hans\"[^>]*>[^<]*</(?P=tag)>")
"""An element that says that it is Chinese, on a sheet that shows both languages at once."""
HALVES = " / "


def faults(text: T) -> list[str]:
    """What is wrong with one text. A text of signs and numbers alone needs no words in either language."""
    zh, en = (PLACE.sub("", half).strip() for half in (text.zh, text.en))
    found: list[str] = []
    if (text.zh, text.en) in THE_OTHER:
        return found
    if WORDS.search(en) and not HAN.search(zh) and zh != en:
        found.append(f"no Chinese in {text.zh!r}")
    if HAN.search(zh) and not re.search(r"[A-Za-z0-9]", en):
        found.append(f"no English in {text.en!r}")
    if HAN.search(en) or FULL_WIDTH.search(en):
        found.append(f"Chinese in the English {text.en!r}")
    return found


def texts(value: object, where: str = "", seen: frozenset[int] = frozenset()) -> Iterator[tuple[str, T]]:
    """Every T that a value holds, with the way to it."""
    if isinstance(value, T):
        yield where, value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from texts(getattr(value, field.name), f"{where}.{field.name}")
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, f"{where}[{key}]")
    elif isinstance(value, tuple | list):
        for number, item in enumerate(value):
            yield from texts(item, f"{where}[{getattr(item, 'key', number)}]")


def written_texts(path: Path) -> Iterator[tuple[str, T]]:
    """Every ``T("…", "…")`` that is written out in a file."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "T" and len(node.args) == 2:
            zh, en = node.args
            if isinstance(zh, ast.Constant) and isinstance(en, ast.Constant):
                yield f"{name(path)}:{node.lineno}", T(str(zh.value), str(en.value))


@pytest.mark.parametrize("definition", list(installed), ids=lambda d: d.key)
def test_every_title_of_a_definition_is_in_both_languages(definition: Definition) -> None:
    told = [
        *texts(definition.case_type, definition.key),
        *texts(definition.programme, definition.programme.key),
    ]
    told += [*texts(definition.counters, "counters"), *texts(definition.codes, "codes")]
    assert [f"{where}: {fault}" for where, text in told for fault in faults(text)] == []


def test_every_role_has_a_title_in_both_languages() -> None:
    assert [f"{k}: {fault}" for k, role in installed.roles().items() for fault in faults(role.title)] == []


def test_titles_that_stand_side_by_side_can_be_told_apart() -> None:
    """Two actions, states or fields of a form with one title could not be told apart on a page, in either language."""
    same = []
    for d in installed:
        for what, items in (("state", d.states.values()), ("action", d.case_type.actions)):
            for half in ("zh", "en"):
                titles = [getattr(item.title, half).lower() for item in items]
                same += [f"{d.key}: {what} {t!r}" for t in sorted(set(titles)) if titles.count(t) > 1]
    assert same == []


def test_every_text_in_the_code_is_in_both_languages() -> None:
    told = [pair for path in written(".py", under=LINLI) for pair in written_texts(path)]
    assert [f"{where}: {fault}" for where, text in told for fault in faults(text)] == []


def templates() -> list[Path]:
    return [p for p in written(".html", ".txt", ".xml", ".svg", under=LINLI) if "templates" in p.parts]


def template_pairs(path: Path) -> Iterator[tuple[int, T | str]]:
    """The texts of a template's ``t`` and ``tn`` tags, each with its line; a sentence about one that lacks a half."""
    content = path.read_text("utf-8")
    for pattern, needed in ((PAIR, 2), (PLURAL, 3)):
        for found in pattern.finditer(content):
            line = content.count("\n", 0, found.start()) + 1
            said = QUOTED.findall(found[1])
            if len(said) < needed or not all(s.strip() for s in said[:needed]):
                yield line, f"{needed} texts are needed: {found[0]}"
            else:
                yield from ((line, T(said[0], english)) for english in said[1:needed])


def test_every_tag_of_a_template_gives_both_languages() -> None:
    wrong = []
    for path in templates():
        for line, said in template_pairs(path):
            found = [said] if isinstance(said, str) else faults(said)
            wrong += [f"{name(path)}:{line}: {fault}" for fault in found]
    assert wrong == []


def bare(path: Path, pattern: re.Pattern[str]) -> list[str]:
    """Lines of a template that hold Chinese outside tags and comments, the names left aside."""
    hidden = lambda found: "\n" * found[0].count("\n")  # noqa: E731 - keeps the numbers of the lines
    content = pattern.sub(hidden, path.read_text("utf-8"))
    for known in NAMES:
        content = content.replace(known, "")
    lines = enumerate(content.splitlines(), 1)
    return [f"{name(path)}:{number}: {line.strip()}" for number, line in lines if HAN.search(line)]


def test_no_template_holds_text_outside_its_tags() -> None:
    outside = re.compile(f"{COMMENT.pattern}|{TAG.pattern}|{MARKED.pattern}", re.DOTALL)
    assert [line for path in templates() for line in bare(path, outside)] == []


def test_no_tag_but_those_for_text_holds_chinese() -> None:
    """``{% trans %}``, a filter or a variable with a default would speak one language only."""
    said = re.compile(f"{COMMENT.pattern}|{PAIR.pattern}|{PLURAL.pattern}|{MARKED.pattern}", re.DOTALL)
    assert [line for path in templates() for line in bare(path, said)] == []


def test_scripts_hold_no_words_of_their_own() -> None:
    """What a script says comes from the page, so that it speaks the page's language."""
    comment = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
    assert [line for path in written(".js", ".css", under=LINLI) for line in bare(path, comment)] == []


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_every_scenario_has_a_title_in_both_languages(programme: str) -> None:
    path = folder(programme) / "scenarios.yaml"
    titles = [s["title"].partition(HALVES) for s in yaml.safe_load(path.read_text("utf-8"))]
    assert [fault for zh, _, en in titles for fault in faults(T(zh, en or zh))] == []
    assert len({en for _, _, en in titles}) == len(titles), "two scenarios have the same title"


@pytest.mark.parametrize("programme", PROGRAMMES)
def test_every_note_of_a_parameter_is_in_both_languages(programme: str) -> None:
    notes = {
        f"{key} {v.starts}": v.note.partition(HALVES)
        for d in installed.of(programme)
        for key, versions in d.parameters.versions.items()
        for v in versions
        if v.note
    }
    assert [f"{k}: {f}" for k, (zh, _, en) in notes.items() for f in faults(T(zh, en or zh))] == []
