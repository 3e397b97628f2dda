"""What else happens in the same transaction: nested acts on linked cases, in the order of their ids."""

from __future__ import annotations

from uuid import UUID

from linli.cases.advance import Row
from linli.journal.writes import fetch
from linli.rules.actor import THE_SYSTEM
from linli.rules.definition import Definition
from linli.rules.programme import Action, Does, React
from linli.rules.refusal import Refused

_LINKED = {
    "from": "SELECT source FROM cases_link WHERE target = %s AND relation = %s",
    "to": "SELECT target FROM cases_link WHERE source = %s AND relation = %s",
}


def react(action: Action, definition: Definition, row: Row, key: str, happened: int, recorded: int) -> None:
    """Carry out the reactions that the action declares. A case from which the reaction is not possible is
    passed over.
    """
    base = definition.actions[action.of] if action.does is Does.APPROVE else action
    for rule in base.reacts:
        for other in sorted(_linked(rule, row.id)):
            _follow(rule, other, row, key, happened, recorded)


def _linked(rule: React, case: UUID) -> list[UUID]:
    return [row[0] for row in fetch(_LINKED[rule.side], (case, rule.relation), uuids=(0,))]


def _follow(rule: React, other: UUID, row: Row, key: str, happened: int, recorded: int) -> None:
    from linli.cases.act import act

    answers = {k: row.facts[k] for k in rule.carry if k in row.facts}
    try:
        act(
            other,
            rule.action,
            THE_SYSTEM,
            answers,
            key=f"{key}/{rule.action}/{other}",
            happened=happened,
            recorded=recorded,
        )
    except Refused as refusal:
        if refusal.code != "not-from-here":
            raise
