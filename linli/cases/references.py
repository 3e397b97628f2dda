"""Turns references in answers into ids, and finds what an approval is about."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from linli.cases import loading
from linli.cases.advance import Row
from linli.cases.models import Case
from linli.journal.append import contents, entries
from linli.people.duties import actor_of
from linli.rules.actor import Actor
from linli.rules.definition import PENDING
from linli.rules.fields import CaseRef, Field, Invalid, Person, Table, Units, empty, quoted
from linli.rules.programme import Action, Does
from linli.rules.refusal import refused
from linli.rules.registry import installed
from linli.rules.situation import Requested, Situation
from linli.rules.text import T
from linli.rules.who import Relation
from linli.rules.worktime import civil_day
from linli.territory.households import lived_at

NO_CASE = T("没有找到编号为“{v}”的事项", "No case with the number “{v}” was found")
ITSELF = T("不能是这一事项自己", "It cannot be this very case")
NOT_THERE = T(
    "{v}现为“{state}”，请另选一件正在办的",
    "{v} is “{state}”; choose one that is being worked on",
)
NOT_FROM_HERE = T("名册上这里没有这个人", "The roll of this place does not have this person")
NOT_ONE_OF = T("只能选本事项的{relation}", "Only a {relation} of this case can be chosen")
NO_UNIT = T("没有这个单位", "There is no such unit")


class Spot(NamedTuple):
    """From where a case is named: the community's shard, the type of the case that names it, and its id (None: not opened yet)."""

    shard: str
    type: str
    id: UUID | None


def resolve(fields: tuple[Field, ...], raw: Mapping[str, Any], row: Row | Spot) -> dict[str, Any]:
    """The answers with case numbers turned into ids and units checked. Raises: Refused ``answers``."""
    answers = dict(raw)
    for field in fields:
        given = raw.get(field.key)
        if empty(given) or not isinstance(field, CaseRef | Units):
            continue
        try:
            clean = field.clean(given)
        except Invalid:  # the decision says so, together with what else is wrong
            continue
        if isinstance(clean, str):
            assert isinstance(field, CaseRef)
            answers[field.key] = _case(field, clean, row)
        else:
            _units(field, clean)
    return answers


def _case(field: CaseRef, given: str, row: Row | Spot) -> str:
    wanted = given.strip().upper()
    found = Case.objects.filter(shard=row.shard, type=field.type or row.type)
    try:
        match = found.filter(id=UUID(given.strip())).first()
    except ValueError:
        match = found.filter(number=wanted).first()
    if match is None:
        raise refused("answers", fields={field.key: NO_CASE.format(v=quoted(given))})
    if match.id == row.id:
        raise refused("answers", fields={field.key: ITSELF})
    if field.states and match.state not in field.states:
        state = installed[match.type].states[match.state].title
        raise refused("answers", fields={field.key: NOT_THERE.format(v=match.number, state=state)})
    return str(match.id)


def _units(field: Field, ids: list[str]) -> None:
    from linli.people.units import titles

    if len(titles([UUID(i) for i in ids])) < len(ids):
        raise refused("answers", fields={field.key: NO_UNIT})


def neighbours(fields: tuple[Field, ...], raw: Mapping[str, Any], place: str) -> None:
    """Only somebody who lives or lived at the place is named by his id: who is named may be opened by the staff there.

    Raises: Refused ``answers``.
    """
    for field in fields:
        if not isinstance(field, Person) or field.role or field.of or empty(raw.get(field.key)):
            continue
        try:
            person = field.clean(raw[field.key])
        except Invalid:  # the decision says so, together with what else is wrong
            continue
        if not lived_at(UUID(str(person)), place):
            raise refused("answers", fields={field.key: NOT_FROM_HERE})


def holders(fields: tuple[Field, ...], raw: Mapping[str, Any], case: UUID) -> None:
    """Who is named as one of those who have a certain relation to the case has it. Raises: Refused ``answers``."""
    for field in fields:
        rows = raw.get(field.key) if isinstance(field, Table) else None
        if isinstance(field, Person) and field.of:
            _held(field.key, field.of, raw.get(field.key), case)
        for column in field.columns if isinstance(field, Table) and isinstance(rows, list) else ():
            if isinstance(column, Person) and column.of:
                _held(
                    field.key,
                    column.of,
                    [r.get(column.key) for r in rows or () if isinstance(r, Mapping)],
                    case,
                )


def _held(key: str, of: Relation, given: object, case: UUID) -> None:
    wanted = {str(g) for g in (given if isinstance(given, list) else [given]) if not empty(g)}
    known = {s.head for s in loading.seats_of_heads(case, of.key, sorted(wanted))} if wanted else set()
    if wanted - known:
        raise refused("answers", fields={key: NOT_ONE_OF.format(relation=of.title)})


def requested(action: Action, case: UUID, situation: Situation) -> Requested | None:
    """For an approval or its refusal: what was asked, by whom, read from the journal."""
    if action.does not in (Does.APPROVE, Does.DECLINE):
        return None
    seat = next((s for s in situation.seats.get(PENDING.key, ()) if s.head == action.of), None)
    if seat is None:
        return None
    entry = entries(case, after=seat.measures["seq"] - 1)[0]
    said = next((c for c in contents([entry.id])[entry.id] if c.person is None), None)
    answers = said.content.get("answers", {}) if said else {}
    asker = actor_of(entry.actor, civil_day(entry.happened)) if entry.actor else Actor(None, ())
    mine = loading.mine(loading.load_seats(case, asker, set()), asker)
    return Requested(action.of, json.loads(json.dumps(answers)), asker, mine)
