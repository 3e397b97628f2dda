"""A use as one line of stages from draft to settled account: which are done, where it stands, who has it and until when."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, Literal

from linli.cases.models import Case
from linli.cases.reading import facts_of
from linli.faces.web.parts import Left
from linli.faces.web.said import left_of
from linli.journal.append import Entry
from linli.rules.programme import Kind, State
from linli.rules.registry import installed
from linli.rules.text import T

Tone = Literal["past", "now", "next", "stopped"]
PAYING = "paying"
"""Not a state: money has left the bank, and the account is not settled."""
DRAFT = ("draft", T("方案", "Draft"))
VOTED = (
    DRAFT,
    ("announced", T("公告", "Announced")),
    ("voting", T("表决", "Vote")),
    ("counted", T("公示", "Publicity")),
)
URGENT = (("urgent", T("应急申请", "Emergency")),)
SPENT = (
    ("approved", T("可以用款", "Approved")),
    (PAYING, T("付款", "Payments")),
    ("settled", T("决算", "Settled")),
)
RESOLVED = (("resolved", T("决定", "Decision")),)
READY: Mapping[str, T] = {
    "announced": T("日子到了，可以开始表决", "The day has come: voting can be opened"),
    "voting": T("表决已经截止，可以计票", "Voting is over: the ballots can be counted"),
    "counted": T("公示期已满，可以决定", "Publicity has ended: it can be decided"),
}
"""What is said of a stage whose own day is over."""
_OWN_DAY = {"announced": "opens_at", "voting": "closes_at", "counted": "publicity_ends"}


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage. ``at`` is when it was reached, ``until`` its own last moment (µs UTC), ``left`` what its clock says."""

    title: T
    tone: Tone
    at: int | None = None
    _: KW_ONLY
    who: T | None = None
    until: int | None = None
    left: Left | None = None
    says: T | None = None


def ready(case: Case, facts: Mapping[str, Any], at: int) -> bool:
    """Whether the stage’s own day is over, so that the next step can be taken."""
    ends = facts.get(_OWN_DAY.get(case.state, ""))
    return ends is not None and at >= int(ends)


def urgency(case: Case) -> int:
    """Until when something has to happen: the end of its stage, or the day of the stage itself, whichever comes first."""
    ends = facts_of(case).get(_OWN_DAY.get(case.state, ""))
    return min(case.due, int(ends)) if ends else case.due


def reached(entries: Iterable[Entry]) -> dict[str, int]:
    """When each state was first reached, and the first payment made."""
    found: dict[str, int] = {}
    for entry in entries:
        found.setdefault(str(entry.effect.get("state")), entry.happened)
        if entry.effect.get("vouchers"):
            found.setdefault(PAYING, entry.happened)
    return found


def _way(facts: Mapping[str, Any], known: Mapping[str, int]) -> Sequence[tuple[str, T]]:
    if "urgent" in known:
        return (*URGENT, *SPENT)
    return (*VOTED, *(SPENT if facts.get("matter") == "use-fund" else RESOLVED))


def line(case: Case, facts: Mapping[str, Any], entries: Iterable[Entry], at: int) -> list[Stage]:
    """The stages of a use; one that ended before its time ends with what became of it."""
    known = reached(entries)
    way, state = _way(facts, known), installed[case.type].states[case.state]
    if state.kind in (Kind.REFUSED, Kind.VOID):
        done = [Stage(title, "past", known[key]) for key, title in way if key in known]
        return [*done, Stage(state.title, "stopped", known.get(case.state))]
    here = PAYING if case.state == "approved" and PAYING in known else case.state
    place = [key for key, _ in way].index(here)
    made = [Stage(title, "past", known.get(key)) for key, title in way[:place]]
    title = way[place][1]
    made.append(_now(case, facts, state, title, known.get(here), at))
    return made + [Stage(title, "next") for _, title in way[place + 1 :]]


def _now(case: Case, facts: Mapping[str, Any], state: State, title: T, since: int | None, at: int) -> Stage:
    if not case.live:
        return Stage(title, "past", since)
    over = ready(case, facts, at)
    ends = facts.get(_OWN_DAY.get(case.state, ""))
    return Stage(
        title,
        "now",
        since,
        who=together(w.title for w in state.turn),
        until=int(ends) if ends and not over else None,
        left=left_of(json.loads(case.clock), at) if over or not ends else None,
        says=READY.get(case.state) if over else None,
    )


def together(titles: Iterable[T]) -> T | None:
    """Several names in one."""
    some = list(titles)
    return T("、".join(t.zh for t in some), ", ".join(t.en for t in some)) if some else None
