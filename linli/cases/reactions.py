"""What else happens in the same transaction: nested acts on linked cases, in the order of their ids, and cases that are opened."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from linli.cases.advance import Row
from linli.cases.loading import load_row, view
from linli.journal.writes import fetch
from linli.rules.actor import THE_SYSTEM
from linli.rules.programme import HEARS, Action, Begins, Does, React
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.situation import Situation

_LINKED = {
    "from": "SELECT source FROM cases_link WHERE target = %s AND relation = %s",
    "to": "SELECT target FROM cases_link WHERE source = %s AND relation = %s",
}


def react(done: Action, situation: Situation, row: Row, key: str, happened: int, recorded: int) -> None:
    """Carry out the reactions that the action declares: acts on linked cases, then cases that it opens; of what needs approval once it
    is approved. A case from which a reaction is not possible is passed over.
    """
    asked = situation.requested
    base = situation.definition.actions[done.of] if done.does is Does.APPROVE else done
    if base.approval and asked is None:
        return
    for rule in base.reacts:
        for other in sorted(_linked(rule, row.id)):
            _follow(rule, other, row, key, happened, recorded)
    if not base.begins:
        return
    if asked is not None:
        situation = replace(situation, answers=asked.answers, actor=asked.asker)
    after = replace(situation, case=view(row), id=row.id)
    for begins in base.begins:
        _begin(begins, after, row, key, happened, recorded)


def _begin(rule: Begins, situation: Situation, row: Row, key: str, happened: int, recorded: int) -> None:
    from linli.cases.act import act

    place = installed[rule.type].case_type.place
    for number, answers in enumerate(rule.lines(situation), 1):
        act(
            (rule.type, row.place),
            rule.action,
            THE_SYSTEM,
            {place: row.place, **answers},
            key=f"{key}/{rule.type}/{number}",
            happened=happened,
            recorded=recorded,
            origins=[(row.id, rule.relation)],
        )


def _linked(rule: React, case: UUID) -> list[UUID]:
    return [row[0] for row in fetch(_LINKED[rule.side], (case, rule.relation), uuids=(0,))]


def _follow(rule: React, other: UUID, row: Row, key: str, happened: int, recorded: int) -> None:
    from linli.cases.act import act

    found = load_row(other)
    definition = installed[found.type] if found else None
    action = (
        definition.actions.get(definition.case_type.hears if rule.action == HEARS else rule.action)
        if definition
        else None
    )
    if action is None:
        return
    asked = {f.key for f in action.asks}
    answers = {k: row.facts[k] for k in rule.carry if k in row.facts and k in asked}
    try:
        act(
            other,
            action.key,
            THE_SYSTEM,
            answers,
            key=f"{key}/{action.key}/{other}",
            happened=happened,
            recorded=recorded,
        )
    except Refused as refusal:
        if refusal.code != "not-from-here":
            raise
