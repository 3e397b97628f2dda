"""The pure decision: may this be done, and what does it change. No clock, no database, no framework."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from linli.rules import seating, timing
from linli.rules.actor import Actor
from linli.rules.books import booking, posting
from linli.rules.books.book import Book
from linli.rules.books.booking import Booking
from linli.rules.definition import PENDING, Definition
from linli.rules.fields import Field, clean_answers
from linli.rules.programme import ACTOR, BEARER, ME, STAY, Action, CaseType, Does, Repeat, Takes
from linli.rules.refusal import Refused, refused
from linli.rules.situation import Situation
from linli.rules.text import T
from linli.rules.who import Relation, Role, Who

Effect = dict[str, Any]


def decide(situation: Situation, action: Action, raw: Mapping[str, object]) -> tuple[Situation, Effect]:
    """Decide one act.

    Returns the situation with the cleaned answers and the role that allowed it, and the effect: new state,
    deadlines, seats and counts as JSON values, all that replay needs.

    Raises:
        Refused: with a documented code, and the fields it is about.
    """
    _possible(situation, action)
    role = permitted(situation, action)
    _somebody_else(situation, action)
    situation = replace(situation, role=role, answers=_answers(situation, action, raw))
    if action.approval and situation.requested is None:
        return situation, _request(situation, action)
    if action.does is Does.DECLINE:
        return situation, _decline(situation, action)
    if action.does is Does.APPROVE:
        return _approve(situation, action)
    return situation, _effect(situation, action)


def _effect(situation: Situation, action: Action) -> Effect:
    _guarded(situation, action)
    if action.finds:
        situation = replace(situation, found=dict(action.finds(situation)))
    seats, after = seating.seat(situation, action)
    target = action.to if isinstance(action.to, str) else action.to.choose(after)
    if target not in action.targets:
        raise ValueError(
            f"{situation.definition.key}: {action.key} chose {target!r}, which is not among its targets"
        )
    state = situation.case.state if situation.case and target == STAY else target
    effect: Effect = {"state": state}
    if seats := [*seats, *_dropped_requests(situation, state)]:
        effect["seats"] = seats
    counts, clock = timing.run(after, action, state)
    effect["clock"] = clock
    if action.excludes:
        effect["excluded"] = 1
    if action.forgets:
        effect["forget"] = list(action.forgets)
    counts |= _counts(after, action)
    if counts:
        effect["counts"] = counts
    moved = _moved(situation, action)
    return {**effect, **_besides(after, action, moved)}


def _moved(situation: Situation, action: Action) -> list[str]:
    """The persons whom the act moves without their doing; they hear of it."""
    moves = action.also(situation) if action.also else ()
    return [m.head for m in moves if m.takes.of == "person"]


def _besides(situation: Situation, action: Action, moved: list[str]) -> Effect:
    """What the act worked out, what it enters in the books, and who is told of it."""
    found: Effect = {}
    if situation.found:
        found["found"] = dict(situation.found)
    if action.books:
        book = situation.book or Book(_id(situation), "")
        made = action.books(situation)
        _bookable(situation, made, book)
        found |= booking.told(made, book)
    told = {*moved, *(action.tells(situation) if action.tells else ())}
    if told:
        found["notify"] = sorted(told)
    return found


def _bookable(situation: Situation, made: Booking, book: Book) -> None:
    """What the books' own triggers would refuse is refused in words, with nothing written. Raises: Refused ``not-booked``."""
    if made.authority:
        known = book.authority
        paid = known.paid if known and known.id == made.authority.id else 0
        book = replace(book, authority=replace(made.authority, paid=paid))
    faults = posting.check(book, made.vouchers, min(situation.happened, situation.recorded))
    if faults:
        raise refused("not-booked", code=f"{faults[0].code} {faults[0].detail}")


def _id(situation: Situation) -> UUID:
    found = situation.case.id if situation.case else situation.id
    assert found is not None
    return found


def _possible(situation: Situation, action: Action) -> None:
    case = situation.case
    if action.opens != (case is None):
        raise refused("unknown-action")
    if case and case.state not in action.sources:
        state = situation.definition.states[case.state].title
        raise refused("not-from-here", state=state, action=action.title)


def allows(who: Who, actor: Actor, place: str, grid: str | None, mine: Mapping[str, object]) -> bool:
    """Whether one line of a ``who`` lets the actor act at the place, with the relations he has to the case."""
    return actor.holds(who.key, place, grid) if isinstance(who, Role) else who.key in mine


def permitted(situation: Situation, action: Action) -> str:
    """The key of the role or relation that allows the act. Raises: Refused ``not-yours``."""
    for who in action.who:
        if allows(who, situation.actor, situation.place, situation.grid, situation.mine):
            return who.key
    raise refused("not-yours", action=action.title, who=titles(action.who))


def titles(who: tuple[Who, ...]) -> T:
    """The roles' titles as one text: 网格员、社区工作人员 / grid member or community staff."""
    return T("、".join(w.title.zh for w in who), " or ".join(w.title.en.lower() for w in who))


def _somebody_else(situation: Situation, action: Action) -> None:
    for relation in action.not_by:
        if relation.key in situation.mine:
            raise refused("same-person", action=action.title, relation=relation.title)


def asked(case_type: CaseType, action: Action) -> tuple[Field, ...]:
    """The fields of an action's form: an opening action asks the case type's fields too; its own come first by key."""
    if not action.opens:
        return action.asks
    own = {f.key for f in action.asks}
    return (*(f for f in case_type.fields if f.key not in own), *action.asks)


def _answers(situation: Situation, action: Action, raw: Mapping[str, object]) -> dict[str, object]:
    cleaned, wrong = clean_answers(asked(situation.definition.case_type, action), raw)
    if wrong:
        raise refused("answers", fields=wrong)
    return cleaned


def _guarded(situation: Situation, action: Action) -> None:
    refusal = action.guard(situation) if action.guard else None
    if refusal is not None:
        reason = situation.definition.codes[refusal.code].format(**refusal.values)
        raise Refused(refusal.code, reason, refusal.fields)


def _request(situation: Situation, action: Action) -> Effect:
    """Ask for approval: a pending seat, nothing moves. What would be refused anyway is refused now."""
    if any(s.head == action.key for s in situation.seats.get(PENDING.key, ())):
        raise refused("pending", action=action.title)
    _guarded(situation, action)
    assert situation.case is not None
    seat = {
        "kind": PENDING.key,
        "head": action.key,
        "do": "take",
        "rank": 0,
        "m": {"seq": situation.case.seq + 1},
    }
    return {"state": situation.case.state, "seats": [seat], "clock": dict(situation.case.clock)}


def _pending_seat(situation: Situation, action: Action) -> dict[str, object]:
    if not any(s.head == action.of for s in situation.seats.get(PENDING.key, ())):
        raise refused("not-pending", action=situation.definition.actions[action.of].title)
    if situation.requested and situation.requested.asker.person == situation.actor.person:
        raise refused("own-request")
    return {"kind": PENDING.key, "head": action.of, "do": "leave"}


def _decline(situation: Situation, action: Action) -> Effect:
    seat = _pending_seat(situation, action)
    assert situation.case is not None
    return {"state": situation.case.state, "seats": [seat], "clock": dict(situation.case.clock)}


def _approve(situation: Situation, action: Action) -> tuple[Situation, Effect]:
    """What was asked for happens now, as the one who asked would do it: with his answers, his duties and his seats."""
    seat = _pending_seat(situation, action)
    base = situation.definition.actions[action.of]
    _possible(situation, base)
    assert situation.requested is not None
    asked_for = situation.requested
    inner = replace(situation, answers=asked_for.answers, actor=asked_for.asker, mine=asked_for.mine)
    effect = _effect(inner, base)
    others = [s for s in effect.get("seats", []) if (s["kind"], s["head"]) != (PENDING.key, action.of)]
    return situation, {**effect, "seats": [*others, seat]}


def _dropped_requests(situation: Situation, state: str) -> list[dict[str, object]]:
    """Requests that cannot be granted from the new state leave."""
    if situation.case is None or situation.case.state == state:
        return []
    actions = situation.definition.actions
    pending = situation.seats.get(PENDING.key, ())
    return [
        {"kind": PENDING.key, "head": s.head, "do": "leave"}
        for s in pending
        if state not in actions[s.head].sources
    ]


def _counts(situation: Situation, action: Action) -> dict[str, int]:
    counts: dict[str, int] = {}
    for counter in situation.definition.counters_of(action.key):
        if counter.when is None or counter.when(situation):
            counts[counter.key] = _amount(counter.amount, situation)
    return {k: n for k, n in counts.items() if n}


def _amount(amount: object, situation: Situation) -> int:
    if amount is None:
        return 1
    value = amount(situation) if callable(amount) else situation.fact(str(amount))
    return int(value or 0)


def available(definition: Definition, situation: Situation) -> list[Action]:
    """The actions that the actor may take on the case now, in the order of the definition; guards are not asked."""
    case = situation.case
    open_requests = {s.head for s in situation.seats.get(PENDING.key, ())}
    found = []
    for action in definition.actions.values():
        if action.opens or case is None or case.state not in action.sources:
            continue
        if action.does in (Does.APPROVE, Does.DECLINE) and action.of not in open_requests:
            continue
        if action.approval and action.key in open_requests:
            continue
        permitted_ = any(
            allows(w, situation.actor, situation.place, situation.grid, situation.mine) for w in action.who
        )
        if permitted_ and not any(r.key in situation.mine for r in (*action.not_by, *_once(action))):
            found.append(action)
    return found


def _once(action: Action) -> list[Relation]:
    """The seats of which one head takes no second: who holds one has done it."""
    own = [s for s in action.seats if isinstance(s, Takes) and s.head in (ACTOR, BEARER, ME)]
    return [s.relation for s in own if s.repeat is Repeat.REFUSE and s.when is None]


def relations_of(case_type: CaseType) -> tuple[Relation, ...]:
    """Every relation that the case type speaks of, each once."""
    spoken: list[Who] = [*case_type.relations, *case_type.seen_by]
    for action in case_type.actions:
        spoken += [*action.who, *action.not_by, *(s.relation for s in action.seats)]
    return tuple(dict.fromkeys(r for r in spoken if isinstance(r, Relation)))
