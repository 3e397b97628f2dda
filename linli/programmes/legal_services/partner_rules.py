"""What decides about a partner: sound hours, pauses that lie ahead, and which sessions the clock opens."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from linli.programmes.legal_services import words as w
from linli.programmes.legal_services.schedule import Slot, dated, overlap, slots
from linli.rules.parameters import p
from linli.rules.refusal import Refusal
from linli.rules.situation import Situation
from linli.rules.text import T
from linli.rules.worktime import DAY, HOUR, civil_day, day_start

FAR_DAY = "9999-12-31"
NO_LINE = "-"
"""Stands for no line of the weekly hours that is kept, where only sessions of the hours are called off."""
ENDED = T("合作结束", "The co-operation has ended")
CHANGED = T("坐诊时间调整", "The hours have changed")
OPENING_HOUR = 6 * HOUR


def day_of(s: Situation) -> date:
    """The civil day of the act."""
    return civil_day(s.happened)


def sound(s: Situation) -> Refusal | None:
    """Hours do not overlap, and only who gives advice sits at hours."""
    lines = slots(s.answers.get("hours"))
    if twice := overlap(lines):
        return Refusal("hours-overlap", {"day": w.WEEKDAYS[twice.weekday - 1].title, "time": twice.time})
    if lines and w.CONSULTATION not in (s.fact("offers") or ()):
        return Refusal("hours-without-advice")
    return None


def still_sound(s: Situation) -> Refusal | None:
    """Who sits at hours does not give up advice before the hours."""
    lines = s.case.facts.get("hours") if s.case else None
    return (
        Refusal("hours-without-advice") if lines and w.CONSULTATION not in (s.fact("offers") or ()) else None
    )


def changed_soundly(s: Situation) -> Refusal | None:
    """New hours are sound, and begin today or later."""
    first = s.answers.get("from_day")
    if first and first < day_of(s).isoformat():
        return Refusal("day-gone")
    if first and first > _horizon(s).isoformat():
        return Refusal("beyond-opened", {"day": _horizon(s).isoformat()})
    return sound(s)


def pause_ahead(s: Situation) -> Refusal | None:
    """A pause begins today or later and ends after it began."""
    first, last = str(s.answers["paused_from"]), str(s.answers["paused_until"])
    if first < day_of(s).isoformat():
        return Refusal("day-gone")
    return Refusal("days-reversed") if last < first else None


def paused_or_will_be(s: Situation) -> Refusal | None:
    """Only a pause, also one that is still to come, is ended."""
    return None if s.case and s.case.facts.get("resume_at") else Refusal("not-paused")


def nothing_open(s: Situation) -> Refusal | None:
    """Who still has questions or visits is not let go."""
    waiting = [o for o in s.linked.get(w.ASKED_OF, ()) if o.live]
    if waiting:
        return Refusal(
            "still-open", {"n": len(waiting), "numbers": T(*2 * ("、".join(o.number for o in waiting[:5]),))}
        )
    return Refusal("day-gone") if str(s.answers["last_day"]) < day_of(s).isoformat() else None


def begun(s: Situation) -> Mapping[str, object]:
    """A new partner’s hours are opened at once, from tomorrow on."""
    return {"next_at": s.happened if s.answers.get("hours") else 0}


def changed(s: Situation) -> Mapping[str, object]:
    """What the new hours do to the sessions already opened."""
    first = str(s.answers.get("from_day") or (day_of(s) + timedelta(days=1)).isoformat())
    lines = slots(s.answers.get("hours")) if s.answers["hours_change"] == "new" else []
    found: dict[str, object] = {} if lines else {"hours": []}
    kept = ";".join(line.key for line in lines) or NO_LINE
    return {
        **found,
        "hours_from": first,
        "next_at": s.happened if lines else 0,
        **_off(first, FAR_DAY, kept, CHANGED.zh),
    }


def paused(s: Situation) -> Mapping[str, object]:
    """When the pause begins and ends, and that nothing is held in between."""
    first, last = str(s.answers["paused_from"]), str(s.answers["paused_until"])
    begins = day_start(date.fromisoformat(first))
    return {
        "pause_at": 0 if begins <= s.happened else begins,
        "resume_at": day_start(date.fromisoformat(last)) + DAY,
        **_off(first, last, "", str(s.answers["reason"])),
    }


def pauses_now(s: Situation) -> str:
    """A pause that begins later leaves the partner at work until then."""
    return "active" if s.fact("pause_at") else "paused"


def resumed(s: Situation) -> Mapping[str, object]:
    """The hours of the days that are left are opened again."""
    over = {"pause_at": 0, "resume_at": 0, "paused_from": "", "paused_until": ""}
    return {**over, "next_at": s.happened if s.fact("hours") else 0}


def ended(s: Situation) -> Mapping[str, object]:
    """After the last day nothing is held."""
    after = date.fromisoformat(str(s.answers["last_day"])) + timedelta(days=1)
    return _off(after.isoformat(), FAR_DAY, "", ENDED.zh)


def _off(first: str, last: str, kept: str, why: str) -> dict[str, object]:
    return {"off_from": first, "off_until": last, "off_kept": kept, "off_reason": why}


def opened(s: Situation) -> Mapping[str, object]:
    """When the clock opens hours again: every Monday morning. A clock that stood still makes up for it at once, not week by week."""
    day = _now(s)
    monday = day + timedelta(days=7 - day.weekday())
    return {"next_at": day_start(monday) + OPENING_HOUR}


def _horizon(s: Situation) -> date:
    """The last day of the weeks that are opened ahead."""
    ahead = int(s.value(p("weeks_ahead")))
    day = _now(s)
    return day + timedelta(days=6 - day.weekday() + 7 * ahead)


def _now(s: Situation) -> date:
    """The day on which it is entered, which for a clock that stood still lies behind the day on which it was due."""
    return civil_day(max(s.happened, s.recorded))


def to_open(s: Situation) -> Iterator[Mapping[str, object]]:
    """The sessions from tomorrow to the horizon that do not stand yet; one that was called off for its own reasons stays so."""
    facts = s.case.facts if s.case else {}
    away = (str(facts.get("paused_from") or ""), str(facts.get("paused_until") or ""))
    first = max(
        day_of(s) + timedelta(days=1), date.fromisoformat(str(facts.get("hours_from") or "2000-01-01"))
    )
    sessions = s.linked.get(w.HOURS_OF, ())
    standing = {
        str(o.facts.get("slot") or o.facts.get("starts"))
        for o in sessions
        if not o.facts.get("off_for_partner")
    }
    found = dated(slots(facts.get("hours")), first, _horizon(s), s.calendar, away if away[0] else None)
    for starts, line in found:
        if starts not in standing:
            yield _session(facts, str(s.case.id) if s.case else "", starts, line)


def _session(facts: Mapping[str, Any], partner: str, starts: str, line: Slot) -> Mapping[str, object]:
    return {
        "kind": w.HOURS,
        "topic": f"{facts['name']}坐诊",
        "partner": partner,
        "starts": starts,
        "minutes": line.minutes,
        "mode": "room",
        "venue": line.room or facts["room"],
        "capacity": line.places,
    }
