"""What opening an act needs from the floors below: a place that exists, persons registered, a number without gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from linli.cases.models import Case
from linli.cases.sight import cases_seen_by
from linli.journal.writes import fetch, flush
from linli.people import persons
from linli.rules.actor import EVERYWHERE, Actor
from linli.rules.definition import Definition
from linli.rules.fields import Contact, Field, Invalid, Person, empty
from linli.rules.ids import new_id
from linli.rules.machine import asked
from linli.rules.place import Level, level_of, shard
from linli.rules.programme import Action
from linli.rules.refusal import Refused, refused
from linli.rules.roles import PUBLIC
from linli.rules.situation import Situation
from linli.rules.text import T
from linli.rules.worktime import civil_day
from linli.territory.buildings import grid_of
from linli.territory.regions import exists

UNKNOWN_PLACE = T("没有这个地点：{v}", "There is no such place: {v}")

_NUMBER = (
    "INSERT INTO cases_numbering (scope, series, last) VALUES (%s, %s, 1)"
    " ON CONFLICT (scope, series) DO UPDATE SET last = cases_numbering.last + 1"
)


def new_case_id() -> UUID:
    """A new case's id, which grows with time."""
    return new_id()


def place_of(definition: Definition, place: str, raw: Mapping[str, Any]) -> str:
    """Where the case is: the answer to its place field, else the target's place. Raises: Refused when it does
    not exist.
    """
    given = raw.get(definition.case_type.place)
    code = str(place if empty(given) else given).strip().upper()
    try:
        level_of(code)
    except ValueError:
        code = ""
    if not code or not exists(code):
        raise refused(
            "answers", fields={definition.case_type.place: UNKNOWN_PLACE.format(v=str(given or place)[:20])}
        )
    return code


def grid_at(place: str, happened: int) -> str | None:
    """The grid in which the building lies on the day; None above a building, except for a grid itself."""
    level = level_of(place)
    if level is Level.GRID:
        return place
    return grid_of(place, civil_day(happened)) if level is Level.BUILDING else None


def number(definition: Definition, place: str, happened: int) -> str:
    """The next official number of the case type at its place and year; the row's lock keeps it without gaps."""
    rule = definition.case_type.number
    prefix = rule.prefix if rule else definition.key.upper()
    scope = place[: int(rule.level)] if rule else shard(place)
    series = f"{definition.key}/{civil_day(happened).year}"
    flush([(_NUMBER, (scope, series))])
    last = fetch("SELECT last FROM cases_numbering WHERE scope = %s AND series = %s", (scope, series))[0][0]
    return f"{prefix}-{civil_day(happened).year}-{int(last):0{rule.digits if rule else 4}d}"


def came_out_of(origins: Sequence[tuple[UUID, str]], actor: Actor) -> list[list[str]]:
    """The links of a new case to those it comes out of, which the actor must see. Raises: Refused ``no-such-case``."""
    if not origins:
        return []
    ours = actor.person is None and actor.bearer is None and not actor.holds(PUBLIC.key, EVERYWHERE)
    known = Case.objects if ours else cases_seen_by(actor)
    named = {case for case, _ in origins}
    if known.filter(id__in=named).count() < len(named):
        raise refused("no-such-case")
    return [[relation, str(case)] for case, relation in dict.fromkeys(origins)]


Personal = dict[UUID, dict[str, Any]]


def personal(
    fields: tuple[Field, ...], raw: Mapping[str, Any], actor: Actor, happened: int, key: str
) -> tuple[dict[str, Any], Personal]:
    """Register the people named in contact fields. Returns the answers, each contact with its person's id, and
    the personal parts.
    """
    answers, parts = dict(raw), Personal()
    for field in fields:
        if not isinstance(field, Contact):
            continue
        given = raw.get(field.key)
        if empty(given) or (isinstance(given, Mapping) and not any(given.values())):
            answers.pop(field.key, None)
            continue
        said = _said(field, given)
        person = _registered(said, actor, happened, f"{key}/{field.key}", field)
        answers[field.key] = {**said, "person": str(person)}
        parts.setdefault(person, {})[field.key] = said
    return answers, parts


def _said(field: Contact, given: object) -> dict[str, Any]:
    """Name and phone in their written form. Raises: Refused ``answers`` naming the field."""
    parts = {k: given[k] for k in ("name", "phone") if k in given} if isinstance(given, Mapping) else given
    try:
        return dict(field.clean(parts))
    except Invalid as wrong:
        raise refused("answers", fields={field.key: wrong.text}) from None


def _registered(said: Mapping[str, Any], actor: Actor, happened: int, key: str, field: Contact) -> UUID:
    """The person behind a contact. Raises: Refused ``answers`` naming the field, where people find a fault in it."""
    try:
        return persons.register(
            name=said["name"],
            phone=said.get("phone"),
            kind="resident",
            at=happened,
            by=actor,
            key=key,
        )
    except Refused as wrong:
        if wrong.code not in ("bad-name", "bad-phone"):
            raise
        raise refused("answers", fields={field.key: wrong.reason}) from None


def sealed(fields: tuple[Field, ...], situation: Situation, contacts: Personal, case: UUID) -> Personal:
    """The personal parts of an act: what contacts said, and every other personal answer with the person it is about.

    That is who the field says it is about; who is named in the same form (by a contact, or chosen as one who lives there); else who
    acts; of somebody without an account it is kept under the case's own id.
    """
    answers = situation.answers
    told = [(f, answers[f.key]) for f in fields if _private_words(f) and f.key in answers]
    if not told:
        return contacts
    named = (UUID(str(answers[f.key])) for f in fields if _chosen_at_home(f) and f.key in answers)
    usual = next(iter(contacts), None) or next(named, None) or situation.actor.person or case
    parts = {person: dict(said) for person, said in contacts.items()}
    for field, value in told:
        parts.setdefault(_whose(field, situation) or usual, {})[field.key] = value
    return parts


def _chosen_at_home(field: Field) -> bool:
    return isinstance(field, Person) and not (field.role or field.of or field.many)


def _whose(field: Field, situation: Situation) -> UUID | None:
    """Whom the field says its answer is about: the first who holds a seat of that relation."""
    seats = situation.seats.get(field.about.key, ()) if field.about else ()
    return UUID(seats[0].head) if seats else None


def _private_words(field: Field) -> bool:
    return field.personal and not isinstance(field, Contact)


def facts(definition: Definition, action: Action, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers that may stand in clear: personal ones leave only the person's id, from which nothing can be read."""
    private = {f.key for f in asked(definition.case_type, action) if f.personal}
    told = {k: v for k, v in answers.items() if k not in private}
    for key in private & set(answers):
        if isinstance(answers[key], Mapping) and "person" in answers[key]:
            told[key] = {"person": answers[key]["person"]}
    return told
