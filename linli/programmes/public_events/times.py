"""The instants of a session, worked out once and kept as facts: when sign-up opens and ends, when who is signed up is reminded,
until when a place can be given up, when the doors open, until when places are kept, when the session is closed by itself.
"""

from __future__ import annotations

from linli.rules.parameters import P, p
from linli.rules.situation import Situation
from linli.rules.when import MINUTE, instant, when_of
from linli.rules.worktime import DAY, HOUR

Found = dict[str, object]
SIGN_UP_ENDS, CANCEL, REMIND = p("sign_up_ends_before"), p("cancel_until_before"), p("remind_before")
DOORS, KEEP, CLOSES, FEEDBACK = p("doors_before"), p("places_kept"), p("closes_after"), p("feedback_days")


def of_session(s: Situation) -> Found:
    """All instants of a session (µs UTC; 0 for what is past already) by its facts and answers."""
    start = instant(str(s.fact("starts")))
    end = start + int(s.fact("minutes")) * MINUTE
    opens, shuts = _opens(s), _shuts(s, start)
    return {
        "opens_at": opens if opens > s.happened else 0,
        "shuts_at": shuts,
        "sign_up_until": when_of(shuts),
        "remind_at": _later(s, start - _hours(s, REMIND)),
        "cancel_at": start - _hours(s, CANCEL),
        "doors_at": start - int(s.value(DOORS)) * MINUTE,
        "kept_at": start + int(s.value(KEEP)) * MINUTE,
        "starts_at": start,
        "ends_at": end,
        "closes_at": end + _hours(s, CLOSES),
    }


def _hours(s: Situation, wish: P) -> int:
    return int(s.value(wish)) * HOUR


def _later(s: Situation, at: int) -> int:
    return at if at > s.happened else 0


def _opens(s: Situation) -> int:
    """When sign-up begins: as the session says, else as its event says, else at once (0)."""
    event = s.named.get("event")
    said = s.fact("sign_up_from") or (event.facts.get("sign_up_opens") if event else None)
    return instant(str(said)) if said else 0


def _shuts(s: Situation, start: int) -> int:
    """When sign-up ends: as was answered now, else so many hours before the start."""
    said = s.answers.get("sign_up_until")
    return instant(str(said)) if said else start - _hours(s, SIGN_UP_ENDS)


def standing(s: Situation) -> str:
    """In which state a session stands before it is over. Sign-up that was ended by hand is not opened again by another time."""
    if int(s.fact("opens_at") or 0) > s.happened:
        return "planned"
    by_hand = s.case is not None and s.case.state == "ready" and int(s.case.facts["shuts_at"]) > s.happened
    return "ready" if by_hand or int(s.fact("shuts_at")) <= s.happened else "open"


def clock(at: int) -> str:
    """An instant as people say it: 04-28 14:30."""
    return when_of(at)[5:].replace("T", " ")


def hour(at: int) -> str:
    """The time of the day: 18:52."""
    return when_of(at)[11:]


def feedback_ends(s: Situation) -> int:
    """Until when who came may say how it was."""
    return int(s.fact("ends_at")) + int(s.value(FEEDBACK)) * DAY
