"""Completes an effect with what other tables need to know: links to other cases, and who is to be told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from linli.cases.advance import Row
from linli.people.duties import responsible
from linli.rules.programme import STAY, Action, Does
from linli.rules.situation import Situation
from linli.rules.who import Relation
from linli.rules.worktime import civil_day


def complete(effect: dict[str, Any], situation: Situation, action: Action, row: Row) -> dict[str, Any]:
    """The effect with links and the persons who get a notice."""
    base = situation.definition.actions[action.of] if action.does is Does.APPROVE else action
    if made := links(base, situation):
        effect["links"] = made
    told = (
        _climbed(situation, action, row)
        if action.does in (Does.REMIND, Does.OVERDUE, Does.CLIMB)
        else [*_reporter(situation, action), *_asker(situation)]
    )
    if told := [*effect.get("notify", ()), *told]:
        effect["notify"] = list(dict.fromkeys(told))
    return effect


def links(action: Action, situation: Situation) -> list[list[str]]:
    """The links that an action makes by its answers, or undoes; an answer that was left out makes none."""
    given = situation.answers
    return [[relation, str(given[f]) if f else ""] for relation, f in action.links if not f or f in given]


def _asker(situation: Situation) -> list[str]:
    """Who asked for an approval hears what became of it."""
    requested = situation.requested
    asker = requested.asker.person if requested else None
    return [str(asker)] if asker and asker != situation.actor.person else []


def _reporter(situation: Situation, action: Action) -> list[str]:
    """The reporter hears of every step that others take, unless the action is quiet."""
    relation = situation.definition.case_type.reporter
    if relation is None or action.quiet or (action.targets == (STAY,) and action.approval):
        return []
    heads = [s.head for s in situation.seats.get(relation.key, ())]
    return [h for h in heads if h != str(situation.actor.person)]


def _climbed(situation: Situation, action: Action, row: Row) -> list[str]:
    """Whose turn it is by a relation to the case, and who is on duty for the level that the work has reached: everybody of the climbed
    role at the place.
    """
    turn = situation.definition.states[row.state].turn
    heads = [
        s.head
        for w in turn
        if isinstance(w, Relation) and w.of == "person"
        for s in situation.seats.get(w.key, ())
    ]
    climb = situation.definition.case_type.climb
    if climb is None:
        return heads
    level = int(row.clock.get("climbed", 0)) + (0 if action.does is Does.REMIND else 1)
    roles = [r.key for r in climb.roles[: max(level, 1)]]
    people: list[UUID] = []
    for role in roles[-1:]:
        people += [
            r.person for r in responsible(row.place, civil_day(situation.happened), role=role, grid=row.grid)
        ]
    return list(dict.fromkeys([*heads, *map(str, people)]))
