"""The roll: frozen when the vote is announced, as seats of the case; and written as the table whose hash is published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from linli.programmes.maintenance_fund.homes import STATUSES, heads, in_scope
from linli.programmes.maintenance_fund.words import OWNER
from linli.rules.books.book import SOLD, Title
from linli.rules.books.chart import DEVELOPER
from linli.rules.parameters import p
from linli.rules.situation import Situation
from linli.rules.votes.evidence import roll_hash, rule_hash
from linli.rules.votes.law import Matter, rule_of
from linli.rules.votes.roll import Unit
from linli.rules.worktime import DAY, civil_day, day_start

Line = tuple[str, int, dict[str, int]]


def titles(s: Situation) -> list[Title]:
    """The homes of the scope with their owners of the day."""
    known = s.book.titles if s.book else ()
    return in_scope(known, s.place, str(s.fact("entrance") or ""))


def unit_lines(s: Situation) -> Iterable[Line]:
    """A seat for every unit: its area, its status, and as rank the number of its head."""
    known = {t.unit: t for t in titles(s)}
    for head in heads(list(known.values())):
        for unit in head.units:
            title = known[unit]
            yield unit, head.number, {"area": title.area, "_status": STATUSES.index(title.status)}


def head_lines(s: Situation) -> Iterable[Line]:
    """A seat for every head: its area and how many units it has."""
    for head in heads(titles(s)):
        yield str(head.number), head.number, {"area": head.area, "units": len(head.units)}


def owner_lines(s: Situation) -> Iterable[Line]:
    """A seat for everybody who is in a head, with the numbers of his heads."""
    found: dict[str, list[int]] = {}
    for head in heads(titles(s)):
        for owner in head.owners if head.owners != (DEVELOPER,) else ():
            found.setdefault(owner, []).append(head.number)
    for owner, numbers in found.items():
        yield owner, 0, {f"_h{i}": number for i, number in enumerate(numbers)}


def heads_of(measures: Mapping[str, int]) -> list[int]:
    """The numbers of an owner's heads from his seat."""
    return [n for key, n in sorted(measures.items()) if key.startswith("_h")]


def my_heads(s: Situation) -> list[str]:
    """The actor's heads."""
    seat = s.mine.get(OWNER.key)
    return [str(n) for n in heads_of(seat.measures)] if seat else []


def as_units(found: Iterable[Title]) -> list[Unit]:
    """Homes as the units of a roll."""
    made = []
    for t in found:
        own = tuple(sorted(set(t.owners))) if t.status == SOLD else ()
        made.append(Unit(t.unit, t.area, own, ";".join(own), t.status))
    return made


def sums(homes: list[Title]) -> dict[str, int]:
    """How many units and heads, and their area in 0.01 m²."""
    return {"units": len(homes), "heads": len(heads(homes)), "area": sum(t.area for t in homes)}


def announced(s: Situation) -> dict[str, Any]:
    """What is published before the vote opens: the roll's hash and totals, the rule in force, when voting opens and closes (µs UTC)."""
    homes = titles(s)
    opens = day_start(date.fromisoformat(str(s.answers["opens"])))
    closes = opens + int(s.answers["days"]) * DAY
    matter: Matter = s.fact("matter")
    rule = rule_of(matter, civil_day(closes), s.place)
    return {
        "roll": roll_hash(as_units(homes)),
        "roll_day": civil_day(s.happened).isoformat(),
        **sums(homes),
        "rule": rule.source,
        "rule_from": rule.valid_from.isoformat(),
        "rule_hash": rule_hash(rule),
        "opens_at": opens,
        "closes_at": closes,
    }


def owners_told(s: Situation) -> list[str]:
    """Everybody on the roll is told."""
    return [o for t in titles(s) if t.status == "sold" for o in t.owners]


def everybody(s: Situation) -> list[str]:
    """Everybody on the frozen roll is told."""
    return [seat.head for seat in s.seats.get(OWNER.key, ())]


def silent(s: Situation) -> list[str]:
    """The owners of heads that have given no ballot."""
    given = {seat.head for seat in s.seats.get("ballot", ())}
    return [
        seat.head
        for seat in s.seats.get(OWNER.key, ())
        if any(str(n) not in given for n in heads_of(seat.measures))
    ]


NOTICE = p("notice_days")
