"""What has to be true before a vote is announced."""

from __future__ import annotations

from datetime import date

from linli.programmes.maintenance_fund import rolls
from linli.rules.parameters import p
from linli.rules.refusal import Refusal
from linli.rules.situation import Situation
from linli.rules.worktime import civil_day, day_start, due, parse_span


def can_be_announced(s: Situation) -> Refusal | None:
    """Homes and owners are known, quotations are there, owners hear of it in time, voting lasts neither too short nor too long."""
    if not rolls.titles(s):
        return Refusal("no-homes")
    wanted = int(s.value(p("quotations")))
    given = len(s.fact("quotations") or [])
    if s.fact("matter") == "use-fund" and given < wanted:
        return Refusal("few-quotations", {"given": given, "wanted": wanted})
    return _in_time(s)


def _in_time(s: Situation) -> Refusal | None:
    opens = day_start(date.fromisoformat(str(s.answers["opens"])))
    earliest = due(s.recorded, parse_span(str(s.value(rolls.NOTICE))), s.calendar).at
    if opens < earliest:
        first = civil_day(earliest - 1).isoformat()
        return Refusal("notice-too-short", {"after": first})
    allowed = s.value(p("voting_days"))
    low, high = int(allowed["at_least"]), int(allowed["at_most"])
    if not low <= int(s.answers["days"]) <= high:
        return Refusal("voting-days", {"low": low, "high": high})
    return None


def has_begun(s: Situation) -> Refusal | None:
    """Voting begins on its day and not before."""
    return Refusal("not-open-yet") if s.recorded < int(s.fact("opens_at")) else None
