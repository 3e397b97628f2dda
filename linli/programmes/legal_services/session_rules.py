"""What decides about a session: who may hold it, who has a place, what is told to whom, and who came."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from uuid import UUID

from linli.programmes.legal_services import words as w
from linli.programmes.legal_services.schedule import line_of
from linli.rules import signup
from linli.rules.parameters import p
from linli.rules.refusal import Refusal
from linli.rules.roles import SYSTEM, UNIT_STAFF
from linli.rules.seating import heads
from linli.rules.situation import Other, Situation
from linli.rules.when import instant
from linli.rules.worktime import DAY, HOUR, civil_day, day_start

EVENING = 18 * HOUR
PLACE, QUEUE, CAME = signup.PLACE, signup.QUEUE, signup.CAME
NEEDED = {w.HOURS: w.CONSULTATION, w.TALK: w.TALKS}
"""What a partner offers who holds such a session."""


def plannable(s: Situation) -> Refusal | None:
    """A session lies ahead; who holds it offers it and is there; staff of a unit plan for their own unit alone."""
    if s.role == SYSTEM.key:  # by the weekly hours, which were looked at when they were entered
        return None
    if instant(str(s.answers["starts"])) <= s.happened:
        return Refusal("time-passed")
    if s.answers["kind"] == w.HOURS and not s.answers.get("capacity"):
        return Refusal("hours-need-places")
    partner = s.named.get("partner")
    if partner is None:
        return Refusal("partner-needed") if s.answers["kind"] == w.HOURS or s.role == UNIT_STAFF.key else None
    if s.role == UNIT_STAFF.key and not any(_holds(partner, unit) for unit in s.actor.units):
        return Refusal("not-your-partner")
    if NEEDED[str(s.answers["kind"])] not in partner.facts.get("offers", ()):
        return Refusal("not-offered", {"name": _both(partner)})
    return (
        Refusal("partner-away", {"name": _both(partner)}) if away(partner, str(s.answers["starts"])) else None
    )


def _holds(partner: Other, unit: UUID) -> bool:
    return partner.has(w.PARTNER.key, unit)


def _both(partner: Other) -> str:
    return str(partner.facts.get("name") or partner.number)


def away(partner: Other, starts: str) -> bool:
    """Whether a partner has said that it pauses on that day."""
    first, last = partner.facts.get("paused_from"), partner.facts.get("paused_until")
    return bool(first and last) and str(first) <= starts[:10] <= str(last)


def of_partner(s: Situation) -> Iterator[tuple[str, int, dict[str, int]]]:
    """The unit of the partner that is named."""
    if partner := s.named.get("partner"):
        for unit in partner.facts.get("units", ()):
            yield str(unit), 0, {}


def timed(s: Situation) -> Mapping[str, object]:
    """When everybody is reminded (in the evening before), when it begins, and whether the clock opened it."""
    starts = instant(str(s.fact("starts")))
    remind = day_start(civil_day(starts)) - DAY + EVENING
    found: dict[str, object] = {"remind_at": remind if remind > s.happened else 0, "begins_at": starts}
    return {**found, "slot": str(s.fact("starts"))} if s.role == SYSTEM.key else found


def moved(s: Situation) -> Refusal | None:
    """A new time lies ahead."""
    return Refusal("time-passed") if instant(str(s.answers["starts"])) <= s.happened else None


def bookable(s: Situation) -> Refusal | None:
    """Who has no place yet takes one before it begins, for no more people than the house rule allows."""
    return signup.once(s) or _open(s) or _party(s) or _limit(s)


def bookable_for(s: Situation) -> Refusal | None:
    """The same for somebody whom the staff enter."""
    known = {seat.head for kind in (PLACE, QUEUE) for seat in s.seats.get(kind.key, ())}
    return Refusal("has-place") if set(heads(s, "guest")) & known else _open(s) or _party(s) or _limit(s)


def _open(s: Situation) -> Refusal | None:
    return Refusal("has-begun") if s.happened >= instant(str(s.fact("starts"))) else None


def _party(s: Situation) -> Refusal | None:
    most = int(s.value(p("party_at_most", by="kind")))
    return Refusal("party-too-large", {"n": most}) if int(s.answers.get("party") or 1) > most else None


def _limit(s: Situation) -> Refusal | None:
    """One person keeps so many bookings that are still to come, so that others find places too."""
    most = int(s.value(p("open_bookings_at_most")))
    return Refusal("too-many-bookings", {"n": most}) if sum(s.held.values()) >= most else None


def roomy_enough(s: Situation) -> Refusal | None:
    """Nobody who has a place loses it; office hours always have a number of places."""
    capacity = s.answers.get("capacity")
    if capacity is None:
        return None
    if capacity == 0:
        return Refusal("hours-need-places") if s.fact("kind") == w.HOURS else None
    return Refusal("places-taken", {"n": signup.taken(s)}) if capacity < signup.taken(s) else None


def all_told(s: Situation) -> Iterable[str]:
    """Everybody who has a place or waits for one."""
    return [seat.head for kind in (PLACE, QUEUE) for seat in s.seats.get(kind.key, ())]


def placed(s: Situation) -> Iterable[str]:
    """Everybody who has a place."""
    return [seat.head for seat in s.seats.get(PLACE.key, ())]


def stays(s: Situation) -> bool:
    """Whether a session is not touched by what its partner changed."""
    assert s.case is not None
    kept = str(s.answers.get("off_kept") or "")
    slot = str(s.case.facts.get("slot") or "")
    if kept and not slot:
        return True
    starts = str(s.case.facts["starts"])
    outside = not str(s.answers["off_from"]) <= starts[:10] <= str(s.answers["off_until"])
    return outside or (bool(kept) and line_of(slot) in kept.split(";"))


def follows(s: Situation) -> str:
    """Where the partner’s change leaves the session."""
    return "planned" if stays(s) else "called_off"


def off_for_partner(s: Situation) -> Mapping[str, object]:
    """A session that its partner’s change called off may be opened again when he is back."""
    return {} if stays(s) else {"off_for_partner": True, "reason": str(s.answers["off_reason"])}


def told_if_off(s: Situation) -> Iterable[str]:
    """Those with a place hear of it where the session is called off."""
    return [] if stays(s) else all_told(s)


def came(s: Situation) -> list[str]:
    """The ids of those who came of those who had a place."""
    return [str(person) for person in s.answers.get("came") or ()]


def held_soundly(s: Situation) -> Refusal | None:
    """Not fewer were counted than came."""
    least = len(came(s))
    return Refusal("fewer-than-came", {"n": least}) if int(s.answers["heads"]) < least else None


def attending(s: Situation) -> Iterator[tuple[str, int, dict[str, int]]]:
    """The seats of those who came."""
    for head in came(s):
        yield head, 0, {}


def is_talk(s: Situation) -> bool:
    """Whether it is a talk."""
    return bool(s.fact("kind") == w.TALK)


def is_hours(s: Situation) -> bool:
    """Whether it is office hours."""
    return bool(s.fact("kind") == w.HOURS)


def absent(s: Situation) -> int:
    """How many had a place and did not come."""
    return max(len(s.seats.get(PLACE.key, ())) - len(came(s)), 0)


def had_place(s: Situation) -> int:
    """How many sign-ups had a place."""
    return len(s.seats.get(PLACE.key, ()))


def scored(s: Situation) -> bool:
    """Whether points were given: silence is not satisfaction."""
    return isinstance(s.answers.get("score"), int)


def satisfied(s: Situation) -> bool:
    """Four or five points."""
    return scored(s) and int(s.answers["score"]) >= 4
