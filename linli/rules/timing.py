"""What an act does to the two clocks of its case, and what that counts as on time or late."""

from __future__ import annotations

from typing import Any

from linli.rules import deadlines
from linli.rules.parameters import Until
from linli.rules.programme import Action, Does, Kind
from linli.rules.situation import Situation

Counts = dict[str, int]


def run(situation: Situation, action: Action, state: str) -> tuple[Counts, dict[str, Any]]:
    """The counts of deadlines met or missed by the act, and the clock after it."""
    clock: dict[str, Any] = {**situation.case.clock} if situation.case else {}
    if action.does in (Does.OVERDUE, Does.CLIMB, Does.REMIND, Does.RECKON):
        return _tick(situation, action, clock)
    counts: Counts = {}
    old = situation.case.state if situation.case else None
    if situation.case is None:
        clock = _total(situation)
    elif action.extends:
        clock = _extended(situation, clock, str(situation.answers[action.extends]))
    if old != state or action.restarts:
        counts = _stage(situation, clock, old, state)
    if not situation.definition.states[state].kind.live and clock.get("total"):
        if situation.definition.states[state].kind is not Kind.VOID:
            counts |= _ended(clock, "total", situation.happened)
        clock["total"] = None
        clock.pop("held", None)
    return counts, _timed(situation, clock, state)


def _timed(situation: Situation, clock: dict[str, Any], state: str) -> dict[str, Any]:
    """The clock with the instants at which it does something by itself from the state that is reached."""
    timed = [a for a in situation.definition.actions.values() if a.at and state in a.sources]
    timers = {a.key: int(situation.fact(a.at)) for a in timed if situation.fact(a.at)}
    rest = {k: v for k, v in clock.items() if k != "timers"}
    return {**rest, "timers": timers} if timers else rest


def _total(situation: Situation) -> dict[str, Any]:
    wish = situation.definition.case_type.total
    if wish is None:
        return {}
    return {"total": deadlines.start(str(situation.value(wish)), situation.happened, situation.calendar)}


def _stage(situation: Situation, clock: dict[str, Any], old: str | None, state: str) -> Counts:
    """Leave the old stage, counting it, or hold it where the new state pauses; begin the new one or resume it."""
    counts: Counts = {}
    states, happened = situation.definition.states, situation.happened
    left, climbed = clock.get("stage"), int(clock.get("climbed", 0))
    clock.update(stage=None, climbed=0, climb_at=0)
    if left and states[state].pauses:
        clock["held"] = {
            **clock.get("held", {}),
            str(old): deadlines.hold({**left, "climbed": climbed}, happened),
        }
    elif left:
        counts = _ended({"stage": left}, "stage", happened, f".{old}")
        if old == state:  # begun anew and not left: that is no deadline met
            counts = {key: n for key, n in counts.items() if key.startswith("late.")}
    held = dict(clock.get("held", {}))
    if state in held and old and states[old].pauses:
        clock["stage"] = deadlines.resume(held.pop(state), happened, situation.calendar)
        clock["held"] = held
        clock.update(_climbs_on(situation, int(clock["stage"].pop("climbed", 0)), happened))
    elif span := _span(situation, state):
        climb = situation.definition.case_type.climb
        remind = str(situation.value(climb.remind)) if climb else None
        clock["stage"] = deadlines.start(span, happened, situation.calendar, remind)
    return counts


def _span(situation: Situation, state: str) -> str:
    """Within what a case must leave the state; empty for no deadline."""
    wish = situation.definition.within(state)
    if isinstance(wish, Until):
        named = situation.fact(wish.field)
        return f"{deadlines.UNTIL}{named}" if named else ""
    return str(situation.value(wish)) if wish else ""


def _ended(clock: dict[str, Any], name: str, happened: int, suffix: str = "") -> Counts:
    """A run that ends counts once: as late when it was found overdue or is late now, else as on time.

    What the clock has already entered as overdue was counted then; word that comes late of work done in time takes that
    back.
    """
    ended = clock[name]
    key = f"{name}{suffix}"
    if ended.get("missed"):
        in_time = happened <= ended.get("missed_due", 0)
        return {f"late.{key}": -1, f"on_time.{key}": 1} if in_time else {}
    return {f"late.{key}": 1} if happened > ended["due"] else {f"on_time.{key}": 1}


def _extended(situation: Situation, clock: dict[str, Any], span: str) -> dict[str, Any]:
    longer = f"{span} working days" if span.isdigit() else span
    for name in ("stage", "total"):
        if clock.get(name):
            clock[name] = deadlines.extend(clock[name], longer, situation.calendar)
    if clock.get("climb_at"):  # the next level hears of it when the longer deadline is missed too
        clock["climb_at"] = clock["stage"]["due"]
    return clock


def _tick(situation: Situation, action: Action, clock: dict[str, Any]) -> tuple[Counts, dict[str, Any]]:
    """The clock's own entries: a reminder, a deadline missed, a step up, a deadline reckoned anew."""
    assert situation.case is not None
    name, state = action.of, situation.case.state
    if action.does is Does.REMIND:
        return {}, {**clock, name: {**clock[name], "reminded": True}}
    if action.does is Does.RECKON:
        return {}, {**clock, name: deadlines.reckon(clock[name], situation.calendar)}
    if action.does is Does.OVERDUE:
        clock[name] = {**clock[name], "missed": True, "missed_due": clock[name]["due"]}
        counts = {f"late.{name}" + (f".{state}" if name == "stage" else ""): 1}
        return counts, _climbed(situation, clock) if name == "stage" else clock
    return {}, _climbed(situation, clock)


def _climbed(situation: Situation, clock: dict[str, Any]) -> dict[str, Any]:
    if situation.definition.case_type.climb is None:
        return clock
    begun = clock.get("climb_at") or clock["stage"]["due"]
    return {**clock, **_climbs_on(situation, int(clock.get("climbed", 0)) + 1, begun)}


def _climbs_on(situation: Situation, level: int, begun: int) -> dict[str, int]:
    """The level reached and when the next one follows; 0 where nothing has climbed or none is left."""
    climb = situation.definition.case_type.climb
    if climb is None or not 0 < level < len(climb.roles):
        return {"climbed": level, "climb_at": 0}
    span = str(situation.value(climb.every))
    return {"climbed": level, "climb_at": deadlines.start(span, begun, situation.calendar)["due"]}
