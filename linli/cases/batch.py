"""One action on many cases: as many acts, each with its own key, its own receipt or its own refusal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from linli.cases.act import act
from linli.cases.models import Case
from linli.cases.receipt import Receipt
from linli.cases.sight import cases_seen_by
from linli.rules.actor import Actor
from linli.rules.definition import Definition
from linli.rules.programme import Action
from linli.rules.refusal import Refused, refused

MOST = 200
"""So many cases at once, so that somebody still reads what came of each."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one case: a receipt, or why not. ``seen`` is the case where the actor may see it."""

    case: UUID
    seen: Case | None
    receipt: Receipt | None = None
    refusal: Refused | None = None


def act_on_many(
    cases: Sequence[UUID],
    definition: Definition,
    action: Action,
    actor: Actor,
    answers: Mapping[str, Any],
    *,
    key: str,
    now: int,
) -> list[Outcome]:
    """Do one thing to each case, in the order given, each in a transaction of its own. ``now`` is µs UTC.

    The same ``key`` again does nothing twice. Raises: ValueError for more than MOST cases, or an action that is not for many.
    """
    if len(cases) > MOST or not action.many:
        raise ValueError(f"{definition.key}.{action.key}: {len(cases)} cases at once")
    seen = cases_seen_by(actor).in_bulk(list(cases))
    return [_one(c, seen.get(c), definition, action, actor, answers, f"{key}/{c.hex}", now) for c in cases]


def _one(
    case: UUID,
    seen: Case | None,
    definition: Definition,
    action: Action,
    actor: Actor,
    answers: Mapping[str, Any],
    key: str,
    now: int,
) -> Outcome:
    try:
        if seen is None:
            raise refused("no-such-case")
        if seen.type != definition.key:
            raise refused("unknown-action")
        return Outcome(case, seen, act(case, action.key, actor, answers, key=key, happened=now, recorded=now))
    except Refused as refusal:
        return Outcome(case, seen, refusal=refusal)
