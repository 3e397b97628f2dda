"""The one door. Everything that happens to a case happens here, in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from linli.cases import loading, opening, references, telling
from linli.cases.advance import Row, advance, begin, canonical
from linli.cases.calendars import current_calendar
from linli.cases.project import case_writes, side_writes
from linli.cases.reactions import react
from linli.cases.receipt import Receipt
from linli.journal.append import Head, NewEntry, Part, Stored, append, find, lock
from linli.journal.cipher import fingerprint
from linli.journal.writes import flush
from linli.rules.actor import Actor
from linli.rules.definition import Definition
from linli.rules.machine import asked, decide
from linli.rules.place import shard as shard_of
from linli.rules.programme import STAY, Action, Does
from linli.rules.refusal import Refused, refused
from linli.rules.registry import installed
from linli.rules.situation import Seat, Situation
from linli.search.grams import index

Target = UUID | tuple[str, str]
AHEAD = 120_000_000
"""How far a clock of a phone may run ahead of ours, in µs."""


def act(
    target: Target,
    action: str,
    actor: Actor,
    answers: Mapping[str, Any],
    *,
    key: str,
    happened: int,
    recorded: int,
    seen: int | None = None,
    origin: tuple[UUID, str] | None = None,
) -> Receipt:
    """Do one thing to a case, or open one.

    Args:
        target: the case's id, or (case type's key, place's code) for an opening act.
        action, actor: the action's key in the definition; who acts, with the grants in force.
        answers: the answers by field key, raw; they are cleaned here.
        key: chosen by the client, unique per intent: a retry with it never does a thing twice.
        happened, recorded: µs UTC; when it happened (a phone or an import says so) and when it is written down.
        seen: the last sequence number that the actor saw; an act that moves the state is refused when there is more.
        origin: (case, relation) for a case that comes out of another.

    Returns: the receipt; a retry gives the first one with ``again``.
    Raises: Refused, with nothing written.
    """
    request = _digest(target, action, actor, answers)
    try:
        return _once(target, action, actor, answers, key, request, happened, recorded, seen, origin)
    except IntegrityError:  # two first acts at once with one key: the loser reads what the winner wrote
        return _once(target, action, actor, answers, key, request, happened, recorded, seen, origin)


def _once(
    target: Target,
    action: str,
    actor: Actor,
    answers: Mapping[str, Any],
    key: str,
    request: bytes,
    happened: int,
    recorded: int,
    seen: int | None,
    origin: tuple[UUID, str] | None,
) -> Receipt:
    """One attempt in one transaction."""
    with transaction.atomic():
        if isinstance(target, UUID):
            return _continue(target, action, actor, answers, key, request, happened, recorded, seen)
        return _open(*target, action, actor, answers, key, request, happened, recorded, origin)


def _digest(target: Target, action: str, actor: Actor, answers: Mapping[str, Any]) -> bytes:
    told = [
        str(target) if isinstance(target, UUID) else list(target),
        action,
        str(actor.person),
        actor.bearer,
        dict(answers),
    ]
    return fingerprint(canonical(told).encode())


def _retried(shard: str, key: str, request: bytes) -> Receipt | None:
    """The receipt of an act that already stands under this key. Raises: Refused ``key-reused`` for another request."""
    stored = find(shard, key)
    if stored is None:
        return None
    if bytes(stored.request) != request:
        raise refused("key-reused")
    return _receipt_again(stored)


def _receipt_again(stored: Stored) -> Receipt:
    row = loading.load_row(stored.stream)
    number = row.number if row else ""
    return Receipt(
        stored.stream, number, stored.seq, stored.id, stored.effect["state"], stored.hash.hex(), again=True
    )


def _open(
    type_key: str,
    place: str,
    action_key: str,
    actor: Actor,
    raw: Mapping[str, Any],
    key: str,
    request: bytes,
    happened: int,
    recorded: int,
    origin: tuple[UUID, str] | None,
) -> Receipt:
    definition, action = _known(type_key, action_key)
    where = opening.place_of(definition, place, raw)
    if again := _retried(shard_of(where), key, request):
        return again
    _timely(happened, recorded, None)
    raw, personal = opening.personal(asked(definition.case_type, action), raw, actor, happened, key)
    grid = opening.grid_at(where, happened)
    situation = Situation(definition, current_calendar(), actor, happened, where, grid)
    situation, effect = decide(situation, action, raw)
    case = opening.new_case_id()
    effect |= {
        "type": type_key,
        "place": where,
        "grid": grid,
        "number": opening.number(definition, where, happened),
    }
    if origin:
        effect["links"] = [[origin[1], str(origin[0])]]
    row = begin(case, definition, definition.version, happened, effect)
    head = Head(case, "case", row.shard, 0, b"")
    act_ = _Act(definition, action, situation, personal, key, request, recorded, ())
    return _write(act_, head, row, effect)


def _known(type_key: str, action_key: str) -> tuple[Definition, Action]:
    if type_key not in installed or action_key not in installed[type_key].actions:
        raise refused("unknown-action")
    return installed[type_key], installed[type_key].actions[action_key]


def _timely(happened: int, recorded: int, row: Row | None) -> None:
    if happened > recorded + AHEAD or (row is not None and happened < row.opened):
        raise refused("too-early", fields={})


def _continue(
    case: UUID,
    action_key: str,
    actor: Actor,
    raw: Mapping[str, Any],
    key: str,
    request: bytes,
    happened: int,
    recorded: int,
    seen: int | None,
) -> Receipt:
    head = lock(case)
    row = loading.load_row(case) if head else None
    if head is None or row is None:
        raise refused("no-such-case")
    if again := _retried(row.shard, key, request):
        return again
    definition, action = _known(row.type, action_key)
    _timely(happened, recorded, row)
    situation, seats = _situation(definition, action, actor, row, happened)
    _not_meanwhile(action, row, seen)
    raw = references.resolve(asked(definition.case_type, action), raw, row)
    raw, personal = opening.personal(asked(definition.case_type, action), raw, actor, happened, key)
    situation, effect = decide(situation, action, raw)
    effect = telling.complete(effect, situation, action, row)
    act_ = _Act(definition, action, situation, personal, key, request, recorded, tuple(seats))
    return _write(act_, head, row, effect)


def _not_meanwhile(action: Action, row: Row, seen: int | None) -> None:
    """A stale look is refused with what happened meanwhile; acts that move no state do not mind."""
    if seen is not None and seen < row.seq and action.targets != (STAY,):
        raise refused("meanwhile", meanwhile=tuple(range(seen + 1, row.seq + 1)))


def _situation(
    definition: Definition, action: Action, actor: Actor, row: Row, happened: int
) -> tuple[Situation, list[Seat]]:
    whole = loading.kinds_for(definition, action)
    seats = loading.load_seats(row.id, actor, whole)
    situation = Situation(
        definition,
        current_calendar(),
        actor,
        happened,
        row.place,
        row.grid,
        case=loading.view(row),
        mine=loading.mine(seats, actor),
        seats=loading.grouped(seats, whole),
        tally=loading.load_tally(row.id) if any(s for s in action.seats) else {},
    )
    return replace(situation, requested=references.requested(action, row.id, situation)), seats


class _Act:
    """What one act carries from the decision to the flush."""

    __slots__ = ("action", "definition", "key", "personal", "recorded", "request", "seats", "situation")

    def __init__(
        self,
        definition: Definition,
        action: Action,
        situation: Situation,
        personal: Mapping[UUID, Mapping[str, Any]],
        key: str,
        request: bytes,
        recorded: int,
        seats: tuple[Seat, ...],
    ) -> None:
        self.definition, self.action, self.situation, self.personal = definition, action, situation, personal
        self.key, self.request, self.recorded, self.seats = key, request, recorded, seats


def _write(done: _Act, head: Head, row: Row, effect: dict[str, Any]) -> Receipt:
    """Append the entry and its projections in one flush, then react in the same transaction."""
    situation = done.situation
    facts = opening.facts(done.definition, done.action, situation.answers)
    if situation.requested is not None and done.action.does is Does.APPROVE:
        facts = {**situation.requested.answers, **facts}
    if done.action.approval and situation.requested is None:
        effect["asks"] = 1
    new = NewEntry(
        action=done.action.key,
        actor=situation.actor.person,
        role=situation.role,
        happened=situation.happened,
        recorded=done.recorded,
        definition=done.definition.version,
        effect=effect,
        parts=[
            Part({"answers": facts}),
            *(Part(content, person) for person, content in done.personal.items()),
        ],
        key=done.key,
        request=done.request,
    )
    entry, writes = append(head, new)
    after = advance(row, done.definition, entry.seq, situation.happened, effect, facts)
    side = side_writes(after, entry.seq, situation.happened, effect, done.seats)
    words = (
        index(row.shard, row.id, f"{after.number} {after.facts.get(_summary(done), '')}")
        if head.seq == 0
        else []
    )
    flush([*writes, case_writes(after, first=head.seq == 0), *side, *words])
    react(done.action, done.definition, after, done.key, situation.happened, done.recorded)
    return Receipt(row.id, after.number, entry.seq, entry.id, after.state, entry.hash.hex())


def _summary(done: _Act) -> str:
    return done.definition.case_type.summary


__all__ = ["Receipt", "Refused", "act"]
