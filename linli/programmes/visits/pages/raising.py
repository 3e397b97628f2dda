"""What comes out of a visit: cases of other programmes, entered in the visit's own form.

Which types can come out of another case, and by which opening act, their definitions say (``CaseType.raised``); nothing here
knows one. What the visit knows already — the place, who was met — is not asked again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest

from linli.cases.receipt import Receipt
from linli.cases.sending import send
from linli.faces.web import asking
from linli.faces.web.parts import Input
from linli.people.handing import contact_of
from linli.rules.actor import Actor
from linli.rules.definition import Definition
from linli.rules.fields import AskedIf, Contact, Field
from linli.rules.machine import allows, asked
from linli.rules.programme import CAME_OUT, Action
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.roles import GRID_MEMBER
from linli.rules.text import T


@dataclass(frozen=True, slots=True)
class Raised:
    """A case that the form may raise: what was typed for it, and what is wrong with that."""

    definition: Definition
    action: Action
    given: Mapping[str, Any]
    wrong: Mapping[str, T]

    @property
    def wanted(self) -> bool:
        """Whether anything was said for it."""
        return bool(self.given)


def offers(actor: Actor, place: str, grid: str) -> list[tuple[Definition, Action]]:
    """What the actor can raise at the place: of all that can come out of another case, what a grid member takes down at a door."""
    types = [(d, d.actions[d.case_type.raised]) for d in installed if d.case_type.raised]
    at_door = [(d, a) for d, a in types if GRID_MEMBER in a.who and _of_one(d, a)]
    return [(d, a) for d, a in at_door if any(allows(w, actor, place, grid, {}) for w in a.who)]


def _of_one(definition: Definition, action: Action) -> bool:
    """Whether it is the matter of one person, who can be the one that was met: a dispute has two sides, and a form of its own."""
    return sum(isinstance(f, Contact) for f in asked(definition.case_type, action)) <= 1


def read(request: HttpRequest, definition: Definition, action: Action, key: str) -> Raised:
    """What was typed for one of them."""
    given, wrong = asking.answers(request, _fields(definition, action), key)
    cut = len(_prefix(definition))
    return Raised(
        definition, action, {k[cut:]: v for k, v in given.items()}, {k[cut:]: v for k, v in wrong.items()}
    )


def questions(
    definition: Definition,
    action: Action,
    given: Mapping[str, Any],
    wrong: Mapping[str, T],
    place: str,
) -> list[Input]:
    """The questions still open; none has to be answered where nothing is raised."""
    prefix = _prefix(definition)
    return asking.inputs(
        [replace(f, required=False) for f in _fields(definition, action)],
        {prefix + k: v for k, v in given.items()},
        {prefix + k: v for k, v in wrong.items()},
        place,
    )


def _prefix(definition: Definition) -> str:
    return f"{definition.key}-"


def _fields(definition: Definition, action: Action) -> list[Field]:
    """The fields under names of their own; the place and the person are known from the visit."""
    prefix, known = _prefix(definition), definition.case_type.place
    own = [f for f in asked(definition.case_type, action) if f.key != known and not isinstance(f, Contact)]
    return [replace(f, key=prefix + f.key, asked_if=_renamed(f.asked_if, prefix)) for f in own]


def _renamed(condition: AskedIf | None, prefix: str) -> AskedIf | None:
    return replace(condition, field=prefix + condition.field) if condition else None


def enter(
    what: Raised, visit: Receipt, place: str, visited: Mapping[str, Any], actor: Actor,
    *, holder: str, key: str, now: int, happened: int | None,
) -> Receipt:  # fmt: skip
    """Open the case with its origin, in the transaction of the visit. Raises: Refused with the names of this form's fields."""
    fields = asked(what.definition.case_type, what.action)
    known: dict[str, Any] = {what.definition.case_type.place: place}
    if person := _person(visited):
        known |= {f.key: person for f in fields if isinstance(f, Contact)}
    target, origins = (what.definition.key, place), [(visit.case, CAME_OUT)]
    try:
        if what.wrong:
            raise Refused("answers", next(iter(what.wrong.values())), dict(what.wrong))
        return send(
            target, what.action.key, actor, {**what.given, **known}, fields,
            holder=holder, key=f"{key}/{what.definition.key}", now=now, happened=happened, origins=origins,
        )  # fmt: skip
    except Refused as refusal:
        raise Refused(refusal.code, refusal.reason, _named(what, fields, refusal.fields)) from None


def _person(visited: Mapping[str, Any]) -> dict[str, str]:
    """Who was met, where he can be reached: as typed, else as the registry knows him."""
    typed = visited.get("person")
    if isinstance(typed, Mapping) and typed.get("phone"):
        return {k: str(v) for k, v in typed.items()}
    return contact_of(UUID(str(visited["member"]))) if visited.get("member") else {}


def _named(what: Raised, fields: tuple[Field, ...], wrong: Mapping[str, T]) -> dict[str, T]:
    """What is wrong, by the names of this form: a missing contact is a matter of the person who was met."""
    contacts = {f.key for f in fields if isinstance(f, Contact)}
    return {"person" if k in contacts else _prefix(what.definition) + k: t for k, t in wrong.items()}
