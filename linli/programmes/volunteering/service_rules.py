"""What decides in a service: who signs up, when it has happened, whose hours count, and who may say so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from linli.programmes.volunteering import rules
from linli.programmes.volunteering.words import (
    ADULT_AT,
    BENEFICIARY,
    CAPTAIN,
    MEMBER,
    MINUTES_MEASURE,
    SERVED,
)
from linli.rules.parameters import p
from linli.rules.refusal import Refusal
from linli.rules.seating import heads
from linli.rules.signup import PLACE, QUEUE, once, taken
from linli.rules.situation import Seat, Situation
from linli.rules.when import instant
from linli.rules.worktime import HOUR, Unit, civil_day, parse_span

Lines = Iterable[tuple[str, int, dict[str, int] | None]]


def arranged(s: Situation) -> dict[str, object]:
    """When those concerned are reminded (0: it begins too soon for that), and by which day it has to be recorded."""
    starts = instant(str(s.fact("starts")))
    remind = starts - _hours(s, "remind_ahead") * HOUR
    days = parse_span(str(s.value(p("record_within"))))
    assert days.unit is Unit.DAYS
    by = civil_day(rules.ends_at(s)) + timedelta(days=days.amount)
    return {"remind_at": remind if remind > s.happened else 0, "record_by": by.isoformat()}


def _hours(s: Situation, name: str) -> int:
    return parse_span(str(s.value(p(name)))).amount


def reminded(s: Situation) -> dict[str, object]:
    """A reminder is given once."""
    return {"remind_at": 0}


def captains(s: Situation) -> Lines:
    """Who leads the team leads its service."""
    return [(seat.head, 0, {}) for seat in s.named["team"].seats.get(CAPTAIN.key, ())]


def told(*relations: str) -> Any:
    """Who holds one of the relations hears of it; they are read whole."""

    def hear(s: Situation) -> list[str]:
        found = dict.fromkeys(seat.head for kind in relations for seat in s.seats.get(kind, ()))
        return [head for head in found if head != str(s.actor.person)]

    return hear


def team_captains(s: Situation) -> list[str]:
    """The captain of the team hears of a service that was begun."""
    return [seat.head for seat in s.named["team"].seats.get(CAPTAIN.key, ())]


def _of_team(s: Situation) -> dict[str, Seat]:
    team = s.named.get("team")
    return {
        seat.head: seat
        for kind in (MEMBER, CAPTAIN)
        for seat in (team.seats.get(kind.key, ()) if team else ())
    }


def begun(s: Situation) -> bool:
    """Whether the time has come at which it begins."""
    return s.happened >= instant(str(s.fact("starts")))


def may_sign_up(s: Situation) -> Refusal | None:
    """Members, and everybody where it is open to all; not after it has begun, and no minors to what is not for them."""
    return once(s) or _fit(s, str(s.actor.person))


def may_be_put_down(s: Situation) -> Refusal | None:
    """The captain puts down people of his team, each once, also those who came without having signed up."""
    who = str(s.answers["who"])
    if any(seat.head == who for kind in (PLACE, QUEUE) for seat in s.seats.get(kind.key, ())):
        return Refusal("signed-up")
    return _too_young(s, _of_team(s)[who]) if who in _of_team(s) else Refusal("not-a-member")


def _fit(s: Situation, who: str) -> Refusal | None:
    if begun(s):
        return Refusal("started")
    seat = _of_team(s).get(who)
    if seat is None:
        return None if s.fact("open_to_all") else Refusal("members-only")
    return _too_young(s, seat)


def _too_young(s: Situation, seat: Seat) -> Refusal | None:
    minor = int(seat.measures.get(ADULT_AT, 0)) > instant(str(s.fact("starts")))
    return Refusal("not-for-minors") if minor and s.value(p("not_for_minors", by="skill")) else None


def before_it_begins(s: Situation) -> Refusal | None:
    """One takes his name off before it begins."""
    return Refusal("started") if begun(s) else None


def at_the_time(s: Situation) -> Refusal | None:
    """One says that he has come from shortly before it begins until it is over."""
    if s.happened < instant(str(s.fact("starts"))) - _hours(s, "check_in_ahead") * HOUR:
        return Refusal("not-yet")
    return Refusal("over") if s.happened > rules.ends_at(s) else None


def room_for_all(s: Situation) -> Refusal | None:
    """Places are not fewer than those who have signed up."""
    wanted = int(s.answers["capacity"])
    return Refusal("fewer-than-signed", {"n": taken(s)}) if 0 < wanted < taken(s) else None


def recorded_well(s: Situation) -> Refusal | None:
    """After it has begun: each once, for not much longer than planned."""
    if not begun(s):
        return Refusal("not-yet")
    most, seen = int(s.value(p("over_minutes"))), set[str]()
    for number, row in enumerate(_rows(s), 1):
        if row["who"] in seen:
            return _row_refusal("twice-listed", number)
        if int(row["minutes"]) > int(s.fact("minutes")) + most:
            return _row_refusal("too-long", number, most=most)
        seen.add(row["who"])
    return None


def _row_refusal(code: str, number: int, **values: object) -> Refusal:
    values = {"n": number, **values}
    return Refusal(code, values, {"came": rules.REFUSALS[code].format(**values)})


def _rows(s: Situation) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = s.answers["came"]
    return found


def came(s: Situation) -> Lines:
    """Who served and how long; who stood there before and is not listed any more gives up his seat."""
    rows = {str(row["who"]): int(row["minutes"]) for row in _rows(s)}
    gone = [seat.head for seat in s.seats.get(SERVED.key, ()) if seat.head not in rows]
    yield from ((head, 0, {MINUTES_MEASURE: minutes}) for head, minutes in rows.items())
    yield from ((head, 0, None) for head in gone)


def nobody_in_particular(s: Situation) -> Refusal | None:
    """Where somebody was helped, that person is asked."""
    return Refusal("ask-beneficiary") if s.seats.get(BENEFICIARY.key) else None


def somebody_was_helped(s: Situation) -> Refusal | None:
    """Only who was helped can be asked."""
    return None if s.seats.get(BENEFICIARY.key) else Refusal("nobody-to-ask")


def _served(s: Situation) -> Seat | None:
    who = heads(s, "who")
    return next((seat for seat in s.seats.get(SERVED.key, ()) if seat.head in who), None)


def corrected(s: Situation) -> Lines:
    """The minutes as they ought to have been; none takes the person off the list."""
    minutes = int(s.answers["right_minutes"])
    return [(head, 0, {MINUTES_MEASURE: minutes} if minutes else None) for head in heads(s, "who")]


def minutes_counted(s: Situation) -> int:
    """The minutes that a confirmation confirms, or that a correction adds or takes away."""
    if "right_minutes" in s.answers:
        old = _served(s)
        return int(s.answers["right_minutes"]) - int(old.measures.get(MINUTES_MEASURE, 0) if old else 0)
    return sum(int(seat.measures.get(MINUTES_MEASURE, 0)) for seat in s.seats.get(SERVED.key, ()))


def people_counted(s: Situation) -> int:
    """How many people the confirmation confirms; a correction to nothing takes one away."""
    if "right_minutes" in s.answers:
        return 0 if s.answers["right_minutes"] else -1
    return len(s.seats.get(SERVED.key, ()))


def satisfied(s: Situation) -> bool:
    """Four or five points."""
    return scored(s) and int(s.answers["score"]) >= 4


def scored(s: Situation) -> bool:
    """Whether points were given: silence is not satisfaction."""
    return isinstance(s.answers.get("score"), int)


def not_past(s: Situation) -> Refusal | None:
    """A new time lies ahead."""
    return rules.later(s)
