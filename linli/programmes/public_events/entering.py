"""What decides when somebody signs up, gives up his place, comes to the gate, and says how it was."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from linli.programmes.public_events import times
from linli.programmes.public_events.rules import all_of, at
from linli.rules.parameters import p
from linli.rules.refusal import Refusal
from linli.rules.seating import heads
from linli.rules.signup import CAME, PERSONS, PLACE, QUEUE, moving_up, once, taken
from linli.rules.situation import Seat, Situation

BY_TICKET = "by_ticket"
"""The measure of CAME: how many of those inside had a place. Who came in from the waiting list is inside and had none."""


def seat_of(s: Situation, kind: str, head: str) -> Seat | None:
    """The seat of somebody among those that were read."""
    return next((x for x in s.seats.get(kind, ()) if x.head == head), None)


def _party(s: Situation) -> int:
    return int(s.answers.get("persons") or 1)


def party_fits(s: Situation) -> Refusal | None:
    """A party is no larger than allowed, and than the whole session: else it would wait for ever and keep others waiting."""
    most = min(int(s.fact("party_at_most")), int(s.fact("capacity")))
    return at(Refusal("party-too-large", {"n": most}), "persons") if _party(s) > most else None


def of_age(s: Situation) -> Refusal | None:
    """Where an event is for an age, who signs up says that everybody is of it; nobody's age is written down."""
    event = s.named["event"].facts
    low, high = event.get("age_from"), event.get("age_to")
    if (low is None and high is None) or s.answers.get("of_age"):
        return None
    return at(Refusal("age-unsaid", {"ages": ages(low, high)}), "of_age")


def ages(low: object, high: object) -> str:
    """From what age to what: 6–12; 6+; –12."""
    return (
        f"{low}–{high}"
        if low is not None and high is not None
        else f"{low}+"
        if low is not None
        else f"0–{high}"
    )


def not_there(field: str) -> Callable[[Situation], Refusal | None]:
    """Who is signed up already, by himself or by the window, is not signed up again."""

    def guard(s: Situation) -> Refusal | None:
        named = heads(s, field)
        known = any(seat_of(s, kind, h) for h in named for kind in (PLACE.key, QUEUE.key))
        return Refusal("signed-up") if known else None

    return guard


SIGNS_UP = all_of(once, party_fits, of_age)
SIGNED_UP_FOR = all_of(not_there("guest_contact"), party_fits, of_age)


def may_give_up(s: Situation) -> Refusal | None:
    """A place can be given up until some time before the start, so that somebody else can still come. Who waits may always leave."""
    if CAME.key in s.mine:
        return Refusal("came-already")
    late = PLACE.key in s.mine and s.happened > int(s.fact("cancel_at"))
    return Refusal("cancel-too-late", {"at": times.clock(int(s.fact("cancel_at")))}) if late else None


def may_be_taken_off(s: Situation) -> Refusal | None:
    """The window gives up a sign-up that there is, of somebody who has not come in."""
    named = heads(s, "guest_contact")
    if any(seat_of(s, CAME.key, h) for h in named):
        return Refusal("came-already")
    known = any(seat_of(s, kind, h) for h in named for kind in (PLACE.key, QUEUE.key))
    return None if known else at(Refusal("not-on-list"), "guest_contact")


def moves(leaver: str = "") -> Callable[[Situation], Mapping[str, object]]:
    """What an act that frees places notes: how many persons move up, and who gives up (for the event's own count)."""

    def found(s: Situation) -> Mapping[str, object]:
        up = sum(int(m.measures.get(PERSONS, 1)) for m in moving_up(leaver)(s))
        return {"moved_up": up, "booker": ";".join(heads(s, leaver))} if leaver else {"moved_up": up}

    return found


def booker(head: str) -> Callable[[Situation], Mapping[str, object]]:
    """Who signs up, for the event's own count."""

    def found(s: Situation) -> Mapping[str, object]:
        return {"booker": ";".join(heads(s, head))}

    return found


def moved_up(s: Situation) -> int:
    """How many persons got a place from the waiting list by this act."""
    return int(s.found.get("moved_up", 0))


def everybody(s: Situation) -> list[str]:
    """Who has a place or waits."""
    return [seat.head for kind in (PLACE.key, QUEUE.key) for seat in s.seats.get(kind, ())]


def with_places(s: Situation) -> Iterable[str]:
    """Who has a place."""
    return [seat.head for seat in s.seats.get(PLACE.key, ())]


def let_go(s: Situation) -> Mapping[str, object]:
    """Nobody is booked for this session any more."""
    return {"booker": ";".join(everybody(s))}


def _guest(s: Situation) -> str:
    return str(s.answers.get("guest") or s.answers.get("waiting_guest"))


def whose_ticket(s: Situation) -> list[str]:
    """Whose ticket is shown at the gate."""
    return [_guest(s)]


def whose_place(s: Situation) -> list[str]:
    """For whom the window signs up, or gives up a place."""
    return heads(s, "guest_contact")


def _inside(s: Situation, measure: str = PERSONS) -> int:
    return s.tally.get(CAME.key, {}).get(measure, 0)


def free_inside(s: Situation) -> int:
    """How many may still come in without a ticket: beside the places that are kept, and once they are not kept beside who is in."""
    strangers = _inside(s) - _inside(s, BY_TICKET) + int(s.case.facts.get("walked_in", 0) if s.case else 0)
    kept = taken(s) if s.happened < int(s.fact("kept_at")) else _inside(s, BY_TICKET)
    return max(int(s.fact("capacity")) - kept - strangers, 0)


def coming_in(s: Situation) -> int:
    """How many persons this scan lets in: as was said, else all of the party."""
    ticket = seat_of(s, PLACE.key, _guest(s)) or seat_of(s, QUEUE.key, _guest(s))
    party = int(ticket.measures.get(PERSONS, 1)) if ticket else 1
    return int(s.answers.get("came_now") or party)


def doors_open(s: Situation) -> Refusal | None:
    """People are let in from some time before the start until the session closes."""
    opens, closes = int(s.fact("doors_at")), int(s.fact("closes_at"))
    if s.happened < opens:
        return Refusal("gate-not-open", {"at": times.clock(opens)})
    return Refusal("gate-closed", {"at": times.clock(closes)}) if s.happened > closes else None


def ticket_valid(s: Situation) -> Refusal | None:
    """A ticket has not come in before, and lets in no more than it says; who comes later with the same ticket is told apart."""
    guest = _guest(s)
    ticket, before = seat_of(s, PLACE.key, guest) or seat_of(s, QUEUE.key, guest), seat_of(s, CAME.key, guest)
    party = int(ticket.measures.get(PERSONS, 1)) if ticket else 0
    already = int(before.measures[PERSONS]) if before else 0
    if before and already + coming_in(s) > party:
        return Refusal("already-in", {"at": times.hour(before.happened), "n": already})
    return at(Refusal("party-smaller", {"n": party}), "came_now") if coming_in(s) > party else None


def room_for_waiting(s: Situation) -> Refusal | None:
    """Who still waits comes in when there is room that nobody else has a claim to."""
    if coming_in(s) <= free_inside(s):
        return None
    turn = [x.head for x in s.seats.get(QUEUE.key, ())].index(_guest(s)) + 1
    return Refusal("still-waiting", {"n": turn, "minutes": s.value(times.KEEP)})


CHECKS_IN = all_of(doors_open, ticket_valid)
LETS_IN = all_of(doors_open, ticket_valid, room_for_waiting)


def inside_of(s: Situation) -> dict[str, int]:
    """Of a ticket: how many came in so far, this scan included, and how many of them had a place."""
    guest = _guest(s)
    before = seat_of(s, CAME.key, guest)
    n = (int(before.measures[PERSONS]) if before else 0) + coming_in(s)
    return {PERSONS: n, BY_TICKET: n if seat_of(s, PLACE.key, guest) else 0}


def by_ticket(s: Situation) -> int:
    """How many of those who come in now had a place."""
    return coming_in(s) if seat_of(s, PLACE.key, _guest(s)) else 0


def room_for_walkers(s: Situation) -> Refusal | None:
    """Without a ticket there is entry as far as there is room."""
    free = free_inside(s)
    if int(s.answers["walked"]) <= free:
        return None
    return at(Refusal("no-room", {"n": free, "minutes": s.value(times.KEEP)}), "walked")


WALKS_IN = all_of(doors_open, room_for_walkers)


def walked_in(s: Situation) -> Mapping[str, object]:
    """How many are inside without a ticket."""
    before = int(s.case.facts.get("walked_in", 0)) if s.case else 0
    return {"walked_in": before + int(s.answers["walked"])}


def over(s: Situation) -> Refusal | None:
    """A session is closed when it is over."""
    ends = int(s.fact("ends_at"))
    return Refusal("not-over", {"at": times.clock(ends)}) if s.happened < ends else None


def places(s: Situation) -> int:
    """How many places were taken."""
    return taken(s)


def absent(s: Situation) -> int:
    """At the close: who had a place and did not come. A check-in that arrives after it takes back as many."""
    if "guest" in s.answers:
        late = s.case is not None and s.case.state in ("held", "finished")
        return -by_ticket(s) if late else 0
    return taken(s) - _inside(s, BY_TICKET)


def may_say(s: Situation) -> Refusal | None:
    """Who came says how it was, from its beginning on until some days after."""
    if s.happened < int(s.fact("starts_at")):
        return Refusal("feedback-early")
    end = times.feedback_ends(s)
    return Refusal("feedback-late", {"at": times.clock(end)}) if s.happened > end else None


def satisfied(s: Situation) -> bool:
    """Four or five points."""
    return int(s.answers["score"]) >= int(s.value(p("satisfied_from")))


def points(s: Situation) -> dict[str, int]:
    """The points of an answer, so that their sum stands with the case."""
    return {"points": int(s.answers["score"])}


def heads_in(s: Situation) -> int:
    """How many persons come in by this act."""
    return int(s.answers["walked"]) if "walked" in s.answers else coming_in(s)


def parties(s: Situation) -> int:
    """For how many persons somebody signs up."""
    return _party(s)
