"""The reference says what runs: every generated page is compared byte by byte, and what it leans on is complete."""

import re

import pytest

from linli.rules.definition import Definition
from linli.rules.registry import installed
from tests.house.source import ROOT
from tools.reference.house import floors
from tools.reference.pages import pages, stale
from tools.reference.said import codes_of

# The four forms of a line that a diagram uses; a colon, a semicolon or a bare keyword elsewhere stops Mermaid.
DRAWN = re.compile(
    r"stateDiagram-v2|    state \"[^\":;]+\" as \w+|    (?:\w+|\[\*\]) --> \w+ : [^:;]+|    \w+ --> \[\*\]"
)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)\)")


def definitions() -> list[Definition]:
    return list(installed)


def test_no_page_is_stale() -> None:
    assert stale() == [], (
        "a definition has changed since these pages were made: run `make docs` and commit them"
    )


def test_pages_are_the_same_each_time() -> None:
    assert pages() == pages()


@pytest.mark.parametrize("definition", definitions(), ids=lambda d: d.key)
@pytest.mark.parametrize("ending", [".md", ".zh.md"])
def test_a_page_names_everything_of_its_case_types(definition: Definition, ending: str) -> None:
    text = pages()[f"docs/programmes/{definition.programme.key}{ending}"]
    named = [*definition.states, *definition.fields, *definition.counters, *definition.programme.refusals]
    named += [a.key for a in definition.case_type.actions if not a.of and not a.key.startswith("clock.")]
    assert [key for key in named if f"`{key}`" not in text] == []


@pytest.mark.parametrize("definition", definitions(), ids=lambda d: d.key)
def test_a_code_that_a_guard_gives_is_documented(definition: Definition) -> None:
    given = {c for a in definition.actions.values() for c in codes_of(a.guard)}
    assert given - set(definition.codes) == set()


def test_diagrams_are_written_as_mermaid_reads_them() -> None:
    drawn = [
        found for text in pages().values() for found in re.findall(r"```mermaid\n(.*?)```", text, re.DOTALL)
    ]
    assert len(drawn) == 2 * len(definitions())
    assert [line for text in drawn for line in text.splitlines() if not DRAWN.fullmatch(line)] == []


def test_links_of_the_pages_lead_somewhere() -> None:
    made = pages()
    broken = [
        f"{path} → {link}"
        for path, text in made.items()
        for link in LINK.findall(text)
        if not (ROOT / path).parent.joinpath(link).exists()
    ]
    assert broken == []


def test_the_picture_of_the_house_shows_every_floor() -> None:
    picture = pages()["docs/house.svg"]
    assert [name for floor in floors(ROOT) for name in floor if name not in picture] == []
    assert "docs/house.svg" in (ROOT / "ARCHITECTURE.md").read_text("utf-8")
