"""Reads what an action wishes to see beyond the actor's own seats: a few heads' seats, earlier entries, a book, under the lock; and
cases that this one names or is linked with, as they stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from linli.cases import loading, others
from linli.funds import reading
from linli.journal.append import Content, Entry, contents, entries
from linli.rules.books.book import Book
from linli.rules.definition import Definition
from linli.rules.fields import Contact
from linli.rules.machine import allows
from linli.rules.programme import ACTOR, Action, Does
from linli.rules.seating import heads
from linli.rules.situation import Earlier, Other, Seat, Situation
from linli.rules.who import Relation
from linli.rules.wishes import Held, Linked, Named, Next, OfBook, These, Told
from linli.rules.worktime import civil_day


def fulfil(situation: Situation, raw: Mapping[str, Any], action: Action) -> tuple[Situation, list[Seat]]:
    """The situation with what the action wishes to see, by its answers as they came, and the seats read for it besides. Of an approval
    it is what the action that was asked for wishes, with its answers.
    """
    base = situation.definition.actions[action.of] if action.does in (Does.APPROVE, Does.DECLINE) else action
    wishes = [r for r in base.reads if not isinstance(r, Relation)]
    if not wishes or not _may(situation, action):
        return situation, []
    situation, seats = replace(situation, answers=raw), list[Seat]()
    for wish in wishes:
        seen = _as_asked(situation)
        if isinstance(wish, Named):
            situation = replace(situation, named={**situation.named, **_named(seen, wish)})
        elif isinstance(wish, Linked):
            found = {wish.relation: others.linked(situation.case.id, wish.relation)} if situation.case else {}
            situation = replace(situation, linked={**situation.linked, **found})
        elif isinstance(wish, Held):
            situation = replace(situation, held={**situation.held, wish.relation.key: _held(seen, wish)})
        elif isinstance(wish, These | Next):
            more = _these(seen, wish) if isinstance(wish, These) else _next(seen, wish)
            seats += more
            known = situation.seats.get(wish.relation.key, ())
            kept = [s for s in known if s.head not in {m.head for m in more}]
            situation = replace(situation, seats={**situation.seats, wish.relation.key: (*kept, *more)})
        elif isinstance(wish, Told):
            situation = replace(situation, told=(*situation.told, *_told(seen, wish)))
        else:
            situation = replace(situation, book=_book(seen, wish))
    return situation, seats


def _may(situation: Situation, action: Action) -> bool:
    """Whether it is worth reading: for whom it is not possible anyway, thousands of ballots are not opened first."""
    case = situation.case
    if case is not None and case.state not in action.sources:
        return False
    return any(
        allows(w, situation.actor, situation.place, situation.grid, situation.mine) for w in action.who
    )


def _as_asked(situation: Situation) -> Situation:
    """With the answers, the actor and the seats of whoever asked for it, where this is an approval."""
    asked = situation.requested
    if asked is None:
        return situation
    return replace(situation, answers=asked.answers, actor=asked.asker, mine=asked.mine)


def _these(situation: Situation, wish: These) -> list[Seat]:
    if situation.case is None:
        return []
    heads = sorted({str(h) for h in wish.heads(situation)})
    return loading.seats_of_heads(situation.case.id, wish.relation.key, heads)


def _next(situation: Situation, wish: Next) -> list[Seat]:
    return loading.first_seats(situation.case.id, wish.relation.key, wish.n) if situation.case else []


def _named(situation: Situation, wish: Named) -> dict[str, Other]:
    found = others.named(situation.fact(wish.field), wish.seats)
    return {wish.field: found} if found else {}


def _held(situation: Situation, wish: Held) -> int:
    whose = heads(situation, wish.whose) if wish.whose else heads(situation, ACTOR)
    own = situation.case.id if situation.case else None
    return others.held(wish.type, wish.relation.key, whose[0], wish.states, own) if whose else 0


def _told(situation: Situation, wish: Told) -> list[Earlier]:
    if situation.case is None:
        return []
    only = set(wish.only(situation)) if wish.only else None
    if only is not None and not only:
        return []
    after = min(only) - 1 if only else 0
    stored = [
        e
        for e in entries(situation.case.id, after=after)
        if e.action in wish.actions and (only is None or e.seq in only)
    ]
    said = contents([e.id for e in stored])
    return [earlier(e, said.get(e.id, []), situation.definition) for e in stored]


def earlier(entry: Entry, parts: list[Content], definition: Definition) -> Earlier:
    """An entry with all that was said in it but who was named as a contact."""
    answers: dict[str, Any] = {}
    for part in parts:
        given: Mapping[str, Any] = part.content.get("answers", {}) if part.person is None else part.content
        answers |= {k: v for k, v in given.items() if not _names_somebody(definition, k, part.person)}
    took = tuple((op["kind"], op["head"]) for op in entry.effect.get("seats", ()) if op["do"] == "take")
    salt = next((part.salt for part in parts if part.person is not None), b"")
    return Earlier(entry.seq, entry.action, entry.role, entry.actor, entry.happened, answers, took, salt)


def _names_somebody(definition: Definition, field: str, person: UUID | None) -> bool:
    return person is not None and isinstance(definition.fields.get(field), Contact)


def _book(situation: Situation, wish: OfBook) -> Book | None:
    case = situation.case
    named = situation.fact(wish.fact) if wish.fact else (case.id if case else situation.id)
    if not named:
        return None
    day = wish.day(situation) if wish.day else civil_day(situation.happened).isoformat()
    return reading.locked(
        UUID(str(named)),
        day=day if wish.titles else None,
        authority=case.id if case else None,
        vouchers=tuple(wish.vouchers(situation)) if wish.vouchers else (),
    )
