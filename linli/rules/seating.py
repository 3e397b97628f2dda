"""Seats: the one mechanism for many people in one state. The tally changes by new measure minus old."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from linli.rules.programme import ACTOR, BEARER, ME, OF, Action, Fills, Leaves, Repeat, Takes
from linli.rules.refusal import refused
from linli.rules.situation import Seat, Situation
from linli.rules.who import Relation
from linli.rules.wishes import These

SeatOp = dict[str, Any]


def heads(situation: Situation, head: str) -> list[str]:
    """The heads that a seat rule names: the actor, the bearer of the code, or the ids in an answer."""
    if head == ACTOR:
        return [str(situation.actor.person)] if situation.actor.person else []
    if head == BEARER:
        return [situation.actor.bearer] if situation.actor.bearer else []
    if head == ME:
        return heads(situation, ACTOR) or heads(situation, BEARER)
    if head.startswith(OF):
        own = situation.mine.get(head.removeprefix(OF))
        return [own.head] if own else []
    given = situation.answers.get(head)
    if isinstance(given, Mapping):
        given = given.get("person")
    if given is None:
        return []
    return [str(item) for item in given] if isinstance(given, list) else [str(given)]


def seat(situation: Situation, action: Action) -> tuple[list[SeatOp], Situation]:
    """The seat operations of an act and the situation with the tally after it.

    Raises:
        Refused: ``already`` where a seat refuses to be taken twice.
    """
    ops: list[SeatOp] = []
    for rule in action.seats:
        if isinstance(rule, Fills):
            ops += _fill(situation, action, rule)
        else:
            ops += _take(situation, action, rule) if isinstance(rule, Takes) else _leave(situation, rule)
    if action.also:
        for move in action.also(situation):
            ops.append({"kind": move.leaves.key, "head": move.head, "do": "leave"})
            taken = {"kind": move.takes.key, "head": move.head, "do": "take", "rank": 0}
            ops.append({**taken, "m": dict(move.measures)})
    ops = _one_per_seat(ops)
    return ops, replace(situation, tally=_tally_after(situation, ops)) if ops else situation


def _one_per_seat(ops: list[SeatOp]) -> list[SeatOp]:
    """The last word on each seat: who reports and names himself as the contact takes one seat and not two."""
    return list({(op["kind"], op["head"]): op for op in ops}.values())


def _take(situation: Situation, action: Action, rule: Takes) -> list[SeatOp]:
    kind = rule.relation.key
    ops: list[SeatOp] = []
    if rule.when and not rule.when(situation):
        return []
    measures = rule.measure(situation) if rule.measure else {}
    wanted = heads(situation, rule.head)
    if rule.alone:
        ops += [
            {"kind": kind, "head": s.head, "do": "leave"}
            for s in situation.seats.get(kind, ())
            if s.head not in wanted
        ]
    for order, head in enumerate(wanted):
        rank = rule.rank(situation) if rule.rank else order
        old = _held(situation, kind, head)
        if old and rule.repeat is Repeat.REFUSE:
            raise refused("already", action=action.title)
        if old and rule.repeat is Repeat.RANK and (rank, situation.happened) < (old.rank, old.happened):
            continue
        ops.append({"kind": kind, "head": head, "do": "take", "rank": rank, "m": dict(measures)})
    return ops


def _fill(situation: Situation, action: Action, rule: Fills) -> list[SeatOp]:
    kind, ops = rule.relation.key, list[SeatOp]()
    standing = {s.head: s for s in situation.seats.get(kind, ())}
    for head, rank, measures in rule.lines(situation):
        old = standing.get(head)
        if measures is None:
            ops += [{"kind": kind, "head": head, "do": "leave"}] if old else []
            continue
        if old and rule.repeat is Repeat.REFUSE:
            raise refused("already", action=action.title)
        if old and rule.repeat is Repeat.RANK and (rank, situation.happened) < (old.rank, old.happened):
            continue
        ops.append({"kind": kind, "head": head, "do": "take", "rank": rank, "m": measures})
    return ops


def _held(situation: Situation, kind: str, head: str) -> Seat | None:
    for known in (situation.mine.get(kind), *situation.seats.get(kind, ())):
        if known and known.head == head:
            return known
    return None


def _leave(situation: Situation, rule: Leaves) -> list[SeatOp]:
    kind = rule.relation.key
    if rule.head:
        return [{"kind": kind, "head": h, "do": "leave"} for h in heads(situation, rule.head)]
    return [{"kind": kind, "head": s.head, "do": "leave"} for s in situation.seats.get(kind, ())]


def _tally_after(situation: Situation, ops: list[SeatOp]) -> dict[str, dict[str, int]]:
    tally = {kind: dict(sums) for kind, sums in situation.tally.items()}
    standing = {(s.kind, s.head): s for seats in situation.seats.values() for s in seats}
    standing |= {(s.kind, s.head): s for s in situation.mine.values()}
    for op in ops:
        old = standing.get((op["kind"], op["head"]))
        for name, change in changes(old, op).items():
            sums = tally.setdefault(op["kind"], {})
            sums[name] = sums.get(name, 0) + change
    return tally


def changes(old: Seat | None, op: SeatOp) -> dict[str, int]:
    """What one seat operation adds to the tally of its kind; the measure ``n`` counts heads. What begins with ``_`` is a note of
    the seat's own and is not summed.
    """
    before = {"n": 1, **old.measures} if old else {}
    after = {"n": 1, **op["m"]} if op["do"] == "take" else {}
    found = {k: after.get(k, 0) - before.get(k, 0) for k in {*before, *after}}
    return {k: v for k, v in found.items() if v and not k.startswith("_")}


def kinds_read(action: Action) -> set[str]:
    """The kinds whose seats must be loaded whole before the decision; a ballot needs only the actor's own, and of a seat taken or
    left by name an action may say which seats it needs (``These``).
    """
    whole = {r.key for r in action.reads if isinstance(r, Relation)}
    some = {r.relation.key for r in action.reads if isinstance(r, These)}
    for rule in action.seats:
        if (isinstance(rule, Takes) and rule.alone) or (isinstance(rule, Leaves) and not rule.head):
            whole.add(rule.relation.key)
        named = isinstance(rule, Takes | Leaves) and rule.head and not rule.head.startswith("@")
        if named and rule.relation.key not in some:
            whole.add(rule.relation.key)
    return whole
