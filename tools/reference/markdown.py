"""The few forms of Markdown that the reference uses, each giving lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

MADE = "<!-- Made by `make docs` from the definitions. Do not edit: change the definition, then run it again. -->"


def cell(text: object) -> str:
    """Text that stands in one cell of a table: no line breaks, no bars."""
    return " ".join(str(text).split()).replace("|", "\\|")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A table with its blank line; nothing at all without rows."""
    body = ["| " + " | ".join(cell(c) for c in row) + " |" for row in rows]
    if not body:
        return []
    return ["| " + " | ".join(cell(h) for h in head) + " |", "|" + " --- |" * len(head), *body, ""]


def section(title: str, lines: Sequence[str], level: int = 2) -> list[str]:
    """A heading over lines; nothing at all without lines."""
    return [f"{'#' * level} {title}", "", *lines] if lines else []


def page(lines: Iterable[str]) -> str:
    """A whole page: the line that says how it was made, the lines, one line break at the end."""
    return "\n".join([MADE, "", *lines]).rstrip() + "\n"
