"""The one door. Everything that happens to a case happens here, in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from linli.cases import loading, opening, references, telling, wishing
from linli.cases.advance import Row, advance, begin, canonical
from linli.cases.calendars import current_calendar
from linli.cases.project import case_writes, side_writes, words_of
from linli.cases.reactions import react
from linli.cases.receipt import Receipt
from linli.funds import project as books
from linli.journal.append import Head, NewEntry, Part, append, find, head_of
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
KEY_AT_MOST = 200
"""The characters of a key; reactions append to the key of the act that caused them."""
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
    origins: Sequence[tuple[UUID, str]] = (),
) -> Receipt:
    """Do one thing to a case, or open one.

    Args:
        target: the case's id, or (case type's key, place's code) for an opening act.
        action, actor: the action's key in the definition; who acts, with the grants in force.
        answers: the answers by field key, raw; they are cleaned here.
        key: chosen by the client, unique per intent: a retry with it never does a thing twice.
        happened, recorded: µs UTC; when it happened (a phone or an import says so) and when it is written down.
        seen: the last sequence number that the actor saw; an act that moves the state is refused when there is more.
        origins: (case, relation) of each case out of which a new one comes; the actor must see them.

    Returns: the receipt; a retry gives the first one with ``again``.
    Raises: Refused, with nothing written.
    """
    if not (0 < len(key) <= KEY_AT_MOST and key.isprintable()):
        raise refused("bad-key")
    wish = _Wish(target, action, actor, answers, key, happened, recorded, seen, tuple(origins))
    try:
        with transaction.atomic():
            return _continue(target, wish) if isinstance(target, UUID) else _open(*target, wish)
    except (IntegrityError, Refused):
        # Only now is asked whether the key was used before: a retry, or the loser of two first acts at once.
        again = _again(wish)
        if again is None:
            raise
        return again


@dataclass(frozen=True, slots=True)
class _Wish:
    """What the caller of ``act`` asked for."""

    target: Target
    action: str
    actor: Actor
    answers: Mapping[str, Any]
    key: str
    happened: int
    recorded: int
    seen: int | None
    origins: tuple[tuple[UUID, str], ...]

    def digest(self) -> bytes:
        """By what a retry is told from another use of its key."""
        target = str(self.target) if isinstance(self.target, UUID) else list(self.target)
        told = [target, self.action, str(self.actor.person), self.actor.bearer, dict(self.answers)]
        return fingerprint(canonical(told).encode())


def _again(wish: _Wish) -> Receipt | None:
    """The receipt of the act that stands under this key already. Raises: Refused ``key-reused`` for another request."""
    if isinstance(wish.target, UUID):
        head = head_of(wish.target)
        shard = head.shard if head else None
    else:
        shard = _shard_of_opening(*wish.target, wish)
    stored = find(shard, wish.key) if shard else None
    if stored is None:
        return None
    if bytes(stored.request) != wish.digest():
        raise refused("key-reused")
    row = loading.load_row(stored.stream)
    number = row.number if row else ""
    state = stored.effect["state"]
    return Receipt(stored.stream, number, stored.seq, stored.id, state, stored.hash.hex(), again=True)


def _shard_of_opening(type_key: str, place: str, wish: _Wish) -> str | None:
    try:
        definition, _ = _known(type_key, wish.action)
        return shard_of(opening.place_of(definition, place, wish.answers))
    except Refused:
        return None


def _open(type_key: str, place: str, wish: _Wish) -> Receipt:
    definition, action = _known(type_key, wish.action)
    where = opening.place_of(definition, place, wish.answers)
    _timely(wish, None)
    fields = asked(definition.case_type, action)
    references.neighbours(fields, wish.answers, where)
    raw, personal = opening.personal(fields, wish.answers, wish.actor, wish.happened, wish.key)
    grid, case = opening.grid_at(where, wish.happened), opening.new_case_id()
    raw = references.resolve(fields, raw, references.Spot(shard_of(where), type_key, None))
    actor, at = wish.actor, wish.happened
    situation = Situation(
        definition, current_calendar(), actor, at, where, grid, id=case, recorded=wish.recorded
    )
    situation, _ = wishing.fulfil(situation, raw, action)
    situation, effect = decide(situation, action, raw)
    number = opening.number(definition, where, wish.happened)
    effect |= {"type": type_key, "place": where, "grid": grid, "number": number}
    if links := [*opening.came_out_of(wish.origins, wish.actor), *telling.links(action, situation)]:
        effect["links"] = links
    row = begin(case, definition, definition.version, wish.happened, effect)
    head = Head(row.id, "case", row.shard)
    personal = opening.sealed(fields, situation, personal, row.id)
    return _write(_Act(wish, definition, action, situation, personal, ()), head, row, effect)


def _known(type_key: str, action_key: str) -> tuple[Definition, Action]:
    if type_key not in installed or action_key not in installed[type_key].actions:
        raise refused("unknown-action")
    return installed[type_key], installed[type_key].actions[action_key]


def _timely(wish: _Wish, row: Row | None) -> None:
    if wish.happened > wish.recorded + AHEAD or (row is not None and wish.happened < row.opened):
        raise refused("too-early", fields={})


def _continue(case: UUID, wish: _Wish) -> Receipt:
    locked = loading.lock_case(case)
    if locked is None:
        raise refused("no-such-case")
    head, row = locked
    definition, action = _known(row.type, wish.action)
    _timely(wish, row)
    situation, seats = _situation(definition, action, wish, row)
    _not_meanwhile(action, row, wish.seen)
    fields = asked(definition.case_type, action)
    references.neighbours(fields, wish.answers, row.place)
    references.holders(fields, wish.answers, row.id)
    raw = references.resolve(fields, wish.answers, row)
    raw, personal = opening.personal(fields, raw, wish.actor, wish.happened, wish.key)
    situation, more = wishing.fulfil(situation, raw, action)
    seats += more
    situation, effect = decide(situation, action, raw)
    effect = telling.complete(effect, situation, action, row)
    personal = opening.sealed(fields, situation, personal, row.id)
    return _write(_Act(wish, definition, action, situation, personal, tuple(seats)), head, row, effect)


def _not_meanwhile(action: Action, row: Row, seen: int | None) -> None:
    """A stale look is refused with what happened meanwhile; acts that move no state do not mind."""
    if seen is not None and seen < row.seq and action.targets != (STAY,):
        raise refused("meanwhile", meanwhile=tuple(range(seen + 1, row.seq + 1)))


def _situation(definition: Definition, action: Action, wish: _Wish, row: Row) -> tuple[Situation, list[Seat]]:
    whole, actor = definition.kinds_for(action.key), wish.actor
    seats = loading.load_seats(row.id, actor, whole)
    situation = Situation(
        definition,
        current_calendar(),
        actor,
        wish.happened,
        row.place,
        row.grid,
        case=loading.view(row),
        mine=loading.mine(seats, actor),
        seats=loading.grouped(seats, whole),
        tally=loading.load_tally(row.id) if action.seats or action.tally else {},
        recorded=wish.recorded,
    )
    requested = references.requested(action, row.id, situation)
    return replace(situation, requested=requested) if requested else situation, seats


@dataclass(frozen=True, slots=True)
class _Act:
    """What one act carries from the decision to the flush."""

    wish: _Wish
    definition: Definition
    action: Action
    situation: Situation
    personal: Mapping[UUID, Mapping[str, Any]]
    seats: tuple[Seat, ...]


def _write(done: _Act, head: Head, row: Row, effect: dict[str, Any]) -> Receipt:
    """Append the entry and its projections in one flush, then react in the same transaction."""
    wish, happened = done.wish, done.wish.happened
    facts = _facts(done)
    if done.action.approval and done.situation.requested is None:
        effect["asks"] = 1
    entry, writes = append(head, _entry(done, effect, facts))
    after = advance(row, done.definition, entry.seq, happened, effect, facts)
    side = side_writes(after, entry.seq, happened, effect, done.seats)
    kept = books.writes(entry.id, row.id, row.shard, entry.seq, happened, effect)
    words = index(row.shard, row.id, words_of(after, done.definition)) if head.seq == 0 else []
    flush([*writes, case_writes(after, first=head.seq == 0), *side, *kept, *words])
    react(done.action, done.situation, after, wish.key, happened, wish.recorded)
    return Receipt(row.id, after.number, entry.seq, entry.id, after.state, entry.hash.hex())


def _facts(done: _Act) -> dict[str, Any]:
    """What may stand in clear; an approval repeats what was asked for."""
    facts = opening.facts(done.definition, done.action, done.situation.answers)
    requested = done.situation.requested
    if requested is not None and done.action.does is Does.APPROVE:
        return {**requested.answers, **facts}
    return facts


def _entry(done: _Act, effect: Mapping[str, Any], facts: Mapping[str, Any]) -> NewEntry:
    persons = (Part(content, person) for person, content in done.personal.items())
    return NewEntry(
        action=done.action.key,
        actor=done.wish.actor.person,
        role=done.situation.role,
        happened=done.wish.happened,
        recorded=done.wish.recorded,
        definition=done.definition.version,
        effect=effect,
        parts=[Part({"answers": facts}), *persons],
        key=done.wish.key,
        request=done.wish.digest(),
    )


__all__ = ["Receipt", "Refused", "act"]
