"""What decides in a body: its rules, who is a member on a day, who may chair it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from linli.programmes.meetings import words as w
from linli.programmes.meetings.rules import named_in, number, refuse, seats
from linli.rules.fields import Choice
from linli.rules.refusal import Refusal
from linli.rules.situation import Seat, Situation
from linli.rules.text import T
from linli.rules.worktime import civil_day

FULL, ALTERNATE, ATTENDING = "full", "alternate", "attending"
VOTING, FROM, TO, SPARE = "voting", "_from", "_to", "alternate"
"""The measures of a member's seat: whether he votes, the days of his term as ordinals, whether he is an alternate."""
Lines = Iterator[tuple[str, int, dict[str, int] | None]]


def sound(s: Situation) -> Refusal | None:
    """A body is founded with a term that goes forward, and by rules that its kind allows."""
    return term_forward(s) or allowed(s)


def term_forward(s: Situation) -> Refusal | None:
    """The term ends after it begins."""
    return refuse("term-backwards", "term_to") if s.answers["term_to"] <= s.answers["term_from"] else None


def allowed(s: Situation) -> Refusal | None:
    """The quorum and the votes needed are among those that the rules allow for its kind."""
    for field, name in ((w.QUORUM, "allowed_quorum"), (w.ADOPTION, "allowed_adoption")):
        may = number(s, name, s.fact("kind"))
        if s.answers[field.key] not in may:
            return refuse("rule-not-allowed", field.key, what=field.title, may=_titles(field, may))
    return None


def _titles(field: Choice, keys: list[str]) -> T:
    known = [field.title_of(k) for k in keys]
    return T("、".join(t.zh for t in known), ", ".join(t.en.lower() for t in known))


def term(s: Situation) -> dict[str, int]:
    """The measures of a new member: his vote, and his term from today to the end of the body's."""
    standing, until = s.answers["standing"], s.answers.get("until") or s.fact("term_to")
    votes, spare = int(standing == FULL), int(standing == ALTERNATE)
    begins = max(civil_day(s.happened), date.fromisoformat(str(s.fact("term_from"))))
    return {VOTING: votes, SPARE: spare, FROM: begins.toordinal(), TO: _ordinal(until)}


def _ordinal(day: object) -> int:
    return date.fromisoformat(str(day)).toordinal()


def place_on_roll(s: Situation) -> int:
    """A member's number on the roll: who came first stands first."""
    return s.case.seq + 1 if s.case else 0


def of(s: Situation, person: str) -> Seat | None:
    """The seat of a member."""
    return next((m for m in seats(s, w.MEMBER) if m.head == person), None)


def may_chair(s: Situation) -> Refusal | None:
    """Only somebody with a vote chairs."""
    held = of(s, named_in(s, "who"))
    return None if held and held.measures.get(VOTING) else refuse("no-vote-no-chair", "who")


def may_move_up(s: Situation) -> Refusal | None:
    """Only an alternate moves up."""
    held = of(s, named_in(s, "who"))
    return None if held and held.measures.get(SPARE) else refuse("no-alternate", "who")


def moved_up(s: Situation) -> dict[str, int]:
    """The measures of an alternate who now votes; his term stays."""
    held = of(s, named_in(s, "who"))
    return {**(held.measures if held else {}), VOTING: 1, SPARE: 0}


def number_kept(s: Situation) -> int:
    """His number on the roll stays."""
    held = of(s, named_in(s, "who"))
    return held.rank if held else 0


def renewed(s: Situation) -> Lines:
    """After a new election either everybody's term is the new one, or the seats are free."""
    stay = s.answers["stay"] == "all"
    days = {FROM: _ordinal(s.answers["term_from"]), TO: _ordinal(s.answers["term_to"])}
    for m in seats(s, w.MEMBER):
        yield m.head, m.rank, {**m.measures, **days} if stay else None


def chair_renewed(s: Situation) -> Lines:
    """The chair stays with the members, or goes with them."""
    for c in seats(s, w.CHAIR):
        yield c.head, c.rank, dict(c.measures) if s.answers["stay"] == "all" else None


def nothing_open(s: Situation) -> Refusal | None:
    """A body is dissolved when its meetings are over."""
    n = sum(other.live for other in s.linked.get(w.OF_BODY, ()))
    return Refusal("meetings-open", {"n": n}) if n else None


def on_day(members: tuple[Seat, ...], day: date) -> list[Seat]:
    """The members whose term covers a day, in the order of the roll."""
    n = day.toordinal()
    return [m for m in members if m.measures.get(FROM, 0) <= n <= m.measures.get(TO, n)]
