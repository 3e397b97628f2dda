"""Sealed answers read back: of several cases at once, as far as the reader is among those whom the definition names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from linli.cases import loading, sight
from linli.cases.models import Case
from linli.journal.append import Content, contents, entries
from linli.rules.actor import Actor
from linli.rules.definition import Definition
from linli.rules.fields import Contact
from linli.rules.registry import installed


def sealed(said: Iterable[Content], definition: Definition) -> dict[str, Any]:
    """The sealed answers among parts that were read, contacts left out: those open one by one, with a reason."""
    told = {k: v for c in said if c.person is not None for k, v in c.content.items()}
    return {k: v for k, v in told.items() if not isinstance(definition.fields.get(k), Contact | None)}


def sealed_answers(cases: Iterable[Case], actor: Actor) -> dict[UUID, dict[str, Any]]:
    """The last sealed answer to each field of these cases that the actor may read, by case and field."""
    rows = list(cases)
    stored = {c.id: entries(c.id) for c in rows}
    said = contents([e.id for of_case in stored.values() for e in of_case])
    found: dict[UUID, dict[str, Any]] = {}
    for case in rows:
        definition = installed[case.type]
        parts = [part for e in stored[case.id] for part in said.get(e.id, [])]
        mine = loading.mine(loading.load_seats(case.id, actor, set()), actor)
        found[case.id] = {
            key: value
            for key, value in sealed(parts, definition).items()
            if sight.sees_field(definition.fields[key], actor, case.state, case.place, case.grid, mine)
        }
    return found
