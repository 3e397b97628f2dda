"""How each voted in a named vote, for the record: read only by those who keep or audit it, and only once the result is announced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from linli.cases.models import Case
from linli.journal.append import Content, contents, entries
from linli.programmes.meetings import words as w
from linli.rules.actor import Actor
from linli.rules.roles import AUDITOR
from linli.rules.text import T

GIVEN, ENDS = ("vote", "read_out"), ("end_vote", "void_vote")
TITLES = {o.key: o.title for o in w.CHOICES}


def may_read(actor: Actor, case: Case) -> bool:
    """Whether he keeps the record or audits it."""
    return any(actor.holds(r.key, case.place, case.grid) for r in (w.SECRETARY, AUDITOR))


def of_item(case: UUID, number: int) -> dict[str, T]:
    """The last word of each person on the item, by his id; empty while it is being voted on."""
    wanted = ("put_to_vote", *GIVEN, *ENDS)
    stored = [e for e in entries(case) if e.action in wanted]
    said = contents([e.id for e in stored])
    now, found = 0, dict[str, T]()
    for entry in stored:
        parts = said.get(entry.id, [])
        if entry.action == "put_to_vote":
            now, found = int(_answer(parts, "item") or 0), {}
        elif entry.action in GIVEN and now == number:
            heads = [op["head"] for op in entry.effect.get("seats", ()) if op["kind"] == w.BALLOT.key]
            found |= {head: TITLES[str(_answer(parts, "choice"))] for head in heads}
        elif entry.action == "end_vote" and now == number:
            return found
    return {}


def _answer(parts: Sequence[Content], field: str) -> Any:
    """What was said to a field, in clear or sealed; None where it was erased."""
    for part in parts:
        given = part.content.get("answers", {}) if part.person is None else part.content
        if field in given:
            return given[field]
    return None
