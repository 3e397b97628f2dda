"""What decides when an event and its sessions are planned: days, venues and their seats, overlaps, permits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from linli.programmes.public_events import times
from linli.programmes.public_events.rules import all_of, at
from linli.programmes.public_events.states import BEFORE
from linli.programmes.public_events.words import BOOKED, CHANGEABLE, SESSION_OF, SESSIONS
from linli.rules.parameters import p
from linli.rules.refusal import Refusal
from linli.rules.signup import PERSONS, PLACE, QUEUE
from linli.rules.situation import Situation
from linli.rules.when import MINUTE, instant, when_of

Facts = Mapping[str, Any]
LARGE = p("large_event")


@dataclass(frozen=True, slots=True)
class Plan:
    """One session as it is meant: where, when (µs UTC), for how many."""

    venue: str
    starts: int
    ends: int
    capacity: int

    def overlaps(self, other: Plan) -> bool:
        """Whether both need the same venue at the same time."""
        return self.venue == other.venue and self.starts < other.ends and other.starts < self.ends


def plan_of(facts: Facts, event: Facts) -> Plan:
    """The plan of a row, or of a session's facts."""
    starts = instant(str(facts["starts"]))
    venue = str(facts.get("venue") or only_venue(event))
    return Plan(venue, starts, starts + int(facts["minutes"]) * MINUTE, int(facts["capacity"]))


def venues(event: Facts) -> dict[str, Facts]:
    """The event's venues by name."""
    return {str(v["venue"]): v for v in event.get("venues", ())}


def only_venue(event: Facts) -> str:
    """The venue that needs no naming, where there is but one; else empty."""
    known = venues(event)
    return next(iter(known)) if len(known) == 1 else ""


def event_of(s: Situation) -> Facts:
    """The facts of the event: its own, or of the one that a session names."""
    named = s.named.get("event")
    if named is not None:
        return named.facts
    return {**(s.case.facts if s.case else {}), **s.answers}


def days_in_order(s: Situation) -> Refusal | None:
    """The last day is not before the first, the highest age not below the lowest."""
    low, high = s.fact("age_from"), s.fact("age_to")
    if str(s.fact("ends_on")) < str(s.fact("begins_on")):
        return at(Refusal("days-turned"), "ends_on")
    return (
        at(Refusal("days-turned"), "age_to") if low is not None and high is not None and high < low else None
    )


def something_changes(s: Situation) -> Refusal | None:
    """A change says what is to be other than before."""
    return None if any(f.key in s.answers for f in CHANGEABLE) else Refusal("nothing-changed")


def none_open(s: Situation) -> Refusal | None:
    """An event ends when none of its sessions is still to come."""
    n = sum(1 for o in s.linked.get(SESSION_OF, ()) if o.state in BEFORE)
    return Refusal("sessions-open", {"n": n}) if n else None


def fits_event(s: Situation, plan: Plan) -> Refusal | None:
    """A session lies ahead, within the event's days, in one of its venues, within its seats, with a permit where it is large."""
    event = event_of(s)
    if plan.starts <= s.happened:
        return Refusal("session-past")
    day = when_of(plan.starts)[:10]
    if not str(event["begins_on"]) <= day <= str(event["ends_on"]):
        return Refusal("outside-period", {"a": event["begins_on"], "b": event["ends_on"]})
    return fits_venue(s, plan.venue, plan.capacity)


def fits_venue(s: Situation, venue: str, capacity: int) -> Refusal | None:
    """The venue is the event's, and has so many seats; a large event has its permit."""
    known, most = venues(event_of(s)), int(s.value(LARGE))
    if venue not in known:
        return Refusal("venue-unknown", {"venues": "、".join(known)})
    if capacity > int(known[venue]["seats"]):
        return Refusal("over-seats", {"venue": venue, "n": known[venue]["seats"]})
    return Refusal("permit-needed", {"n": most}) if capacity >= most and not s.fact("permit") else None


FIELDS_OF = {
    "session-past": "starts",
    "outside-period": "starts",
    "venue-unknown": "venue",
    "over-seats": "capacity",
    "permit-needed": "permit",
}


def rows_fit(s: Situation) -> Refusal | None:
    """Every row fits the event, and no two sessions need one venue at the same time, those that stand already included."""
    event = event_of(s)
    there = [plan_of(o.facts, event) for o in s.linked.get(SESSION_OF, ()) if o.state in BEFORE]
    for row in s.answers["sessions"]:
        plan = plan_of(row, event)
        if found := fits_event(s, plan):
            return at(found, "sessions")
        if other := next((o for o in there if o.overlaps(plan)), None):
            taken = Refusal("venue-taken", {"venue": plan.venue, "at": times.clock(other.starts)})
            return at(taken, "sessions")
        there.append(plan)
    return None


def session_fits(s: Situation) -> Refusal | None:
    """A single session fits its event, and its sign-up its start."""
    found = fits_event(s, plan_of(s.answers, event_of(s)))
    if found:
        return at(found, FIELDS_OF[found.code])
    made = times.of_session(s)
    turned = int(str(made["opens_at"])) >= int(str(made["shuts_at"])) > 0
    if turned or int(str(made["shuts_at"])) > int(str(made["starts_at"])):
        return at(Refusal("sign-up-turned"), "sign_up_until")
    return None


def session_found(s: Situation) -> times.Found:
    """What a new session takes from its event: the venue with its address and access, the largest party, its instants."""
    event = event_of(s)
    venue = str(s.answers.get("venue") or only_venue(event))
    known = venues(event)[venue]
    party = s.answers.get("party_at_most") or s.value(p("party_at_most"))
    place = {"venue": venue, "address": s.answers.get("address") or known["address"]}
    access = {"access": s.answers.get("access") or known["access"]}
    return {
        **place,
        **access,
        "party_at_most": min(int(party), int(s.answers["capacity"])),
        **times.of_session(s),
    }


def move_fits(s: Situation) -> Refusal | None:
    """A session that moves changes something, and fits its event there and then."""
    if not any(k in s.answers for k in ("starts", "minutes", "venue")):
        return Refusal("nothing-changed")
    event = event_of(s)
    plan = plan_of({k: s.fact(k) for k in ("venue", "starts", "minutes", "capacity")}, event)
    found = fits_event(s, plan)
    return at(found, FIELDS_OF[found.code]) if found and FIELDS_OF[found.code] != "capacity" else found


def moved_found(s: Situation) -> times.Found:
    """The session's place and instants after the move; until it begins, everybody may give up his place."""
    venue = str(s.fact("venue"))
    known = venues(event_of(s))[venue]
    made = times.of_session(s)
    return {"address": known["address"], "access": known["access"], **made, "cancel_at": made["starts_at"]}


def capacity_fits(s: Situation) -> Refusal | None:
    """Nobody loses a place, no party waits for ever, and the venue has the seats."""
    capacity, taken = int(s.answers["capacity"]), s.tally.get(PLACE.key, {}).get(PERSONS, 0)
    if capacity < taken:
        return at(Refusal("places-taken", {"n": taken}), "capacity")
    largest = max((int(q.measures.get(PERSONS, 1)) for q in s.seats.get(QUEUE.key, ())), default=0)
    if capacity < largest:
        return at(Refusal("party-waits", {"n": largest}), "capacity")
    found = fits_venue(s, str(s.fact("venue")), capacity)
    return at(found, "capacity") if found else None


def begun(s: Situation) -> Iterator[Mapping[str, object]]:
    """The answers with which each row of sessions opens one."""
    assert s.case is not None
    for row in s.answers["sessions"]:
        yield {"event": str(s.case.id), **row}


def bookers(s: Situation) -> list[str]:
    """Who books or gives up, as a session hands it to its event: ids joined by semicolons."""
    return [head for head in str(s.answers.get("booker", "")).split(";") if head]


def books_one_more(s: Situation) -> Iterable[tuple[str, int, dict[str, int] | None]]:
    """One session more for each."""
    return _booked(s, 1)


def books_one_less(s: Situation) -> Iterable[tuple[str, int, dict[str, int] | None]]:
    """One session less for each; who holds none any more is let go."""
    return _booked(s, -1)


def _booked(s: Situation, change: int) -> Iterator[tuple[str, int, dict[str, int] | None]]:
    held = _held(s)
    for head in bookers(s):
        n = held.get(head, 0) + change
        yield head, 0, {SESSIONS: n} if n > 0 else None


def _held(s: Situation) -> dict[str, int]:
    return {seat.head: int(seat.measures.get(SESSIONS, 0)) for seat in s.seats.get(BOOKED.key, ())}


def may_book_more(s: Situation) -> Refusal | None:
    """Nobody holds more sessions of an event at a time than its rule allows."""
    most = s.fact("each_at_most")
    held = _held(s)
    full = most and any(held.get(head, 0) >= int(most) for head in bookers(s))
    return Refusal("booked-enough", {"n": most}) if full else None


CHANGED = all_of(something_changes, days_in_order)
