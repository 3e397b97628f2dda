"""Ballots: who may give one when, how a paper ballot is read twice, and what the ballots come to when they are opened."""

from __future__ import annotations

from collections.abc import Iterable

from linli.programmes.maintenance_fund import rolls
from linli.programmes.maintenance_fund.homes import head_seat, unit_code, unit_seat
from linli.programmes.maintenance_fund.words import DIFFERS, INVALID, PAPER, PROXY
from linli.rules.parameters import p
from linli.rules.refusal import Refusal
from linli.rules.situation import Situation

ONLINE, ON_PAPER = 0, 1
"""The rank of a ballot by its channel: paper before what came online."""
Line = tuple[str, int, dict[str, int] | None]


def in_time(s: Situation) -> Refusal | None:
    """Ballots are taken from the opening to the close, by the clock of the house and not of a phone."""
    at = s.recorded
    if at < int(s.fact("opens_at") or 0):
        return Refusal("not-open-yet")
    return Refusal("vote-closed") if at >= int(s.fact("closes_at") or 0) else None


def cast(s: Situation) -> Iterable[Line]:
    """One ballot for each of the actor's heads."""
    for number in rolls.my_heads(s):
        if seat := head_seat(s, number):
            yield number, ONLINE, _measures(seat.measures["area"], s.answers["choice"])


def _measures(area: int, choice: object) -> dict[str, int]:
    """What of a ballot is summed while nobody may know a choice: that it takes part."""
    takes_part = choice != INVALID
    return {"area": area if takes_part else 0, "heads": int(takes_part)}


def named_unit(s: Situation) -> list[str]:
    """The unit that the form names, as its code."""
    return [unit_code(s, s.answers.get("home") or s.answers.get("ruled_home"))]


def named_head(s: Situation) -> list[str]:
    """The number of the head of the unit that the form names."""
    seat = unit_seat(s, s.answers.get("home") or s.answers.get("ruled_home"))
    return [str(seat.rank)] if seat else []


def first_reading(s: Situation) -> list[int]:
    """The entry in which the paper ballot was read for the first time."""
    return [
        seat.seq
        for kind in (PAPER, DIFFERS)
        for seat in s.seats.get(kind.key, ())
        if seat.head in named_head(s)
    ]


def paper_can_be_read(s: Situation) -> Refusal | None:
    """The unit is on the roll, no other reading of its ballot waits, and a proxy has a mandate and not too many of them."""
    if refusal := in_time(s) or on_the_roll(s):
        return refusal
    if _waiting(s, PAPER.key) or _waiting(s, DIFFERS.key):
        return Refusal("paper-waiting")
    proxy = s.answers.get("mandated")
    if not proxy:
        return None
    if not s.answers.get("mandate"):
        return Refusal("no-mandate")
    held = next((x.measures["held"] for x in s.seats.get(PROXY.key, ()) if x.head == proxy["person"]), 0)
    most = int(s.value(p("mandates")))
    return Refusal("too-many-mandates", {"most": most}) if held >= most else None


def on_the_roll(s: Situation) -> Refusal | None:
    """The unit that the form names is on the frozen roll."""
    return None if unit_seat(s, s.answers.get("home")) else Refusal("not-on-the-roll")


def _waiting(s: Situation, kind: str) -> bool:
    return any(seat.head in named_head(s) for seat in s.seats.get(kind, ()))


def waits(s: Situation) -> Iterable[Line]:
    """The paper ballot waits for a second pair of eyes."""
    for number in named_head(s):
        yield number, 0, {}


def mandates(s: Situation) -> Iterable[Line]:
    """The proxy holds one mandate more."""
    if proxy := s.answers.get("mandated"):
        held = next((x.measures["held"] for x in s.seats.get(PROXY.key, ()) if x.head == proxy["person"]), 0)
        yield proxy["person"], 0, {"held": held + 1}


def second_reading(s: Situation) -> Refusal | None:
    """There is a first reading, and somebody else made it."""
    if refusal := on_the_roll(s):
        return refusal
    if not _waiting(s, PAPER.key):
        return Refusal("no-paper")
    return _another_reader(s)


def _another_reader(s: Situation) -> Refusal | None:
    mine = any(e.actor == s.actor.person for e in s.told)
    return Refusal("same-reader") if mine else None


def _agree(s: Situation) -> bool:
    """Whether both readings say the same."""
    return any(e.answers.get("choice") == s.answers["choice"] for e in s.told)


def checked(s: Situation) -> Iterable[Line]:
    """Two readings that agree are a ballot."""
    if _agree(s):
        yield from _on_paper(s)


def _on_paper(s: Situation) -> Iterable[Line]:
    for number in named_head(s):
        if seat := head_seat(s, number):
            yield number, ON_PAPER, _measures(seat.measures["area"], s.answers["choice"])


def no_longer_waits(s: Situation) -> Iterable[Line]:
    """The first reading is done with."""
    for number in named_head(s):
        yield number, 0, None


def differs(s: Situation) -> Iterable[Line]:
    """Two readings that do not agree stand in the way of the close until somebody has settled it; the first reading is kept."""
    if not _agree(s):
        for number in named_head(s):
            yield number, 0, {"_first": next(iter(first_reading(s)), 0)}


def can_be_settled(s: Situation) -> Refusal | None:
    """There are two readings that differ, and whoever settles it made neither."""
    if refusal := on_the_roll(s):
        return refusal
    if not _waiting(s, DIFFERS.key):
        return Refusal("no-difference")
    return _another_reader(s)


def both_readings(s: Situation) -> list[int]:
    """The entries of both readings of a paper ballot that differ."""
    return [
        n
        for seat in s.seats.get(DIFFERS.key, ())
        if seat.head in named_head(s)
        for n in (seat.measures["_first"], seat.seq)
        if n
    ]


def settled(s: Situation) -> Iterable[Line]:
    """A difference that is settled is a ballot."""
    yield from _on_paper(s)


def can_be_counted(s: Situation) -> Refusal | None:
    """Voting is over, and every paper ballot was read by two who agree."""
    if s.recorded < int(s.fact("closes_at") or 0):
        return Refusal("still-open")
    waiting = len(s.seats.get(PAPER.key, ())) + len(s.seats.get(DIFFERS.key, ()))
    return Refusal("papers-open", {"n": waiting}) if waiting else None
