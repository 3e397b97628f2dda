"""After the count: the result is posted, objections are answered, and only then is it decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from linli.programmes.maintenance_fund import counting, voting
from linli.programmes.maintenance_fund.homes import unit_seat
from linli.programmes.maintenance_fund.words import OBJECTION, OWNER, UNIT
from linli.rules.books.booking import Booking
from linli.rules.books.gate import DECISION, Authority
from linli.rules.parameters import p
from linli.rules.refusal import Refusal
from linli.rules.situation import Situation
from linli.rules.votes.evidence import decision
from linli.rules.worktime import civil_day, due, parse_span

PUBLICITY = p("publicity")
USE_FUND = "use-fund"


def counted(s: Situation) -> dict[str, Any]:
    """The result, and until when it is posted (µs UTC)."""
    ends = due(s.recorded, parse_span(str(s.value(PUBLICITY))), s.calendar).at
    return {
        "result": counting.result(counting.vote_of(counting.given(s))),
        "publicity_ends": ends,
        "rulings": [],
    }


def objections(s: Situation) -> Iterable[tuple[str, int, dict[str, int]]]:
    """An objection is known by the number of its entry."""
    assert s.case is not None
    yield str(s.case.seq + 1), 0, {}


def in_publicity(s: Situation) -> Refusal | None:
    """Objections are raised while the result is posted."""
    return Refusal("publicity-over") if s.recorded >= int(s.fact("publicity_ends")) else None


def can_be_answered(s: Situation) -> Refusal | None:
    """The objection is open, and where a ballot is ruled on, it is there."""
    if str(s.answers["which"]) not in {seat.head for seat in s.seats.get(OBJECTION.key, ())}:
        return Refusal("no-objection", {"n": s.answers["which"]})
    home, ruled = s.answers.get("ruled_home"), s.answers.get("ruled")
    if bool(home) != bool(ruled):
        return Refusal("ruling-incomplete")
    if not home:
        return None
    return None if unit_seat(s, home) and _standing(s) else Refusal("no-ballot")


def closed(s: Situation) -> Iterable[tuple[str, int, None]]:
    """The objection is closed."""
    yield str(s.answers["which"]), 0, None


def _standing(s: Situation) -> int:
    """The number of the ballot that counts for the unit's head: paper before online, then the later; 0 where there is none."""
    units = {seat.head for seat in s.seats[UNIT.key] if str(seat.rank) in voting.named_head(s)}
    given = [c for c in counting.cast(counting.given(s)) if c.owner in units]
    return max(given, key=lambda c: (c.channel, c.cast_at)).n if given else 0


def answered(s: Situation) -> dict[str, Any]:
    """What the answer makes of the result: counted anew where a ballot was ruled on, and whether that turns it over."""
    rulings: list[Mapping[str, Any]] = list(s.fact("rulings") or [])
    before: Mapping[str, Any] = s.fact("result")
    if not s.answers.get("ruled"):
        return {"rulings": rulings, "result": before}
    ruling = {"ballot": _standing(s), "ruled": s.answers["ruled"], "objection": s.answers["which"]}
    rulings = [*(r for r in rulings if r["ballot"] != ruling["ballot"]), ruling]
    result = counting.result(counting.vote_of(counting.given(s, rulings)))
    flipped = result["passed"] != before["passed"]
    return {"rulings": rulings, "result": result, "flipped": bool(s.fact("flipped")) ^ flipped}


def can_be_decided(s: Situation) -> Refusal | None:
    """The time of publicity has ended, and every objection is answered."""
    if s.recorded < int(s.fact("publicity_ends")):
        return Refusal("publicity-running")
    open_ = s.tally.get(OBJECTION.key, {}).get("n", 0)
    return Refusal("objections-open", {"n": open_}) if open_ else None


def decided(s: Situation) -> dict[str, Any]:
    """The decision and its hash: over the case, the roll, the rule, every ballot, the result and the amount."""
    vote = counting.vote_of(counting.given(s, s.fact("rulings") or ()))
    return {"decision": decision(vote), "decided_day": civil_day(s.recorded).isoformat()}


def passed(s: Situation) -> str:
    """Where the decision leads."""
    if not s.fact("result")["passed"]:
        return "failed"
    return "approved" if s.fact("matter") == USE_FUND else "resolved"


def authority(s: Situation) -> Booking:
    """A decision to use the fund opens the gate up to the amount; any other opens nothing."""
    if passed(s) != "approved":
        return Booking()
    return Booking(authority=given(s, DECISION, int(s.fact("publicity_ends"))))


def given(s: Situation, kind: str, opens: int, objections: int = 0) -> Authority:
    """The authority of this case."""
    case = s.case
    assert case is not None
    return Authority(
        str(case.id),
        str(s.fact("fund")),
        kind,
        str(s.fact("decision")),
        int(s.fact("cost")),
        opens,
        objections,
    )


def owners(s: Situation) -> list[str]:
    """Every owner on the roll hears the result."""
    return [seat.head for seat in s.seats.get(OWNER.key, ())]
