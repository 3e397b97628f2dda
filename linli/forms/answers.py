"""What was sent as flat names and texts — a web form, a form-encoded request — as raw answers, and back again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from linli.rules import fields as f

Sent = Callable[[str], list[str]]
"""Every text that was sent under a name, in order."""
CONTACT_PARTS = ("name", "phone")


def answer(field: f.Field, sent: Sent) -> object:
    """The raw answer to one field; what is empty says nothing. Files are for the face that received them."""
    if isinstance(field, f.Contact):
        parts = {part: _one(sent(f"{field.key}-{part}")) for part in CONTACT_PARTS}
        return {k: v for k, v in parts.items() if v}
    if isinstance(field, f.Units) or (isinstance(field, f.Choice) and field.many):
        return [v for v in dict.fromkeys(sent(field.key)) if v]
    return _one(sent(field.key))


def _one(texts: list[str]) -> str:
    return texts[-1].strip() if texts else ""


def flat(asked: Iterable[f.Field], given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Answers as pairs of name and text, such as the hidden inputs of another step of the same form."""
    pairs: list[tuple[str, str]] = []
    for field in asked:
        value = given.get(field.key)
        if isinstance(value, Mapping):
            pairs += [(f"{field.key}-{part}", str(v)) for part, v in value.items()]
        elif isinstance(value, list):
            pairs += [(field.key, str(v)) for v in value]
        elif not f.empty(value):
            pairs.append((field.key, str(value)))
    return pairs
