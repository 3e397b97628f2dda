"""A meeting as every page shows it: when and where, its agenda with what became of each item, its resolutions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from linli.cases.models import Case, Link, Seat
from linli.cases.reading import facts_of
from linli.faces.web import moments
from linli.faces.web.parts import Words
from linli.journal.append import contents, entries
from linli.programmes.meetings import words as w
from linli.programmes.meetings.assembly import ASSEMBLY
from linli.programmes.meetings.roll import VOTE_HERE
from linli.programmes.meetings.roll import quorum as reckoned
from linli.programmes.meetings.task import RESOLUTION_TASK
from linli.rules.programme import State
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.when import MINUTE, instant

RUNNING = ("in_session", "voting")
OVER = ("closed", "minuted", "settled", "published")
COUNTED = ("agree", "against", "abstain")
PERSONS = T("人", "persons")
WAYS = {o.key: o.title for o in w.WAYS}
TIMES = {w.MAJORITY: 2, w.TWO_THIRDS: 3}
"""By what both sides of a comparison are multiplied, so that they are whole numbers."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a vote came to: the votes, the rule, and the comparison in words."""

    agree: int
    against: int
    abstain: int
    invalid: int
    present: int
    members: int
    passed: bool
    rule: T
    sum: str
    slips: tuple[int, int] | None = None

    @property
    def silent(self) -> int:
        """How many of those present gave no vote, or one that does not count."""
        return self.present - self.agree - self.against - self.abstain - self.invalid

    @property
    def title(self) -> T:
        """Passed or not."""
        return T("通过", "Passed") if self.passed else T("未通过", "Not passed")

    @property
    def kind(self) -> str:
        """How its badge looks."""
        return "done" if self.passed else "refused"


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the agenda; ``did`` is what was done with it: empty, ``now``, ``heard``, ``voted``, ``deferred``."""

    number: int
    title: str
    vote: bool
    way: str
    needs: T | None
    presenter: str
    document: str
    did: str
    at: int | None
    result: Result | None
    resolution: Mapping[str, Any] | None

    @property
    def says(self) -> T:
        """Whether it is heard, or in which way it is voted on."""
        return WAYS[self.way] if self.vote else T("听取", "To be heard")


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many are here of how many, against the mark of the rule; it has the names of ``parts.Gauge`` that the template reads."""

    title: T
    part: int
    whole: int
    goal: tuple[int, int]
    met: bool
    says: str
    rule: T

    @property
    def unit(self) -> T:
        """What is counted."""
        return PERSONS

    @property
    def width(self) -> int:
        """The length of the bar, 0 to 1000."""
        return min(1000, self.part * 1000 // self.whole) if self.whole else 0

    @property
    def mark(self) -> int:
        """Where the mark stands, 0 to 1000."""
        return -(-self.goal[0] * 1000 // self.goal[1])


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting. Times are µs UTC."""

    case: Case
    facts: Mapping[str, Any]
    items: tuple[Item, ...]

    @property
    def state(self) -> State:
        """Where it stands."""
        return installed[ASSEMBLY.key].states[self.case.state]

    @property
    def starts(self) -> int:
        """When it begins."""
        return instant(str(self.facts["starts"]))

    @property
    def ends(self) -> int:
        """When it is to end."""
        return self.starts + int(self.facts["minutes"]) * MINUTE

    @property
    def body(self) -> str:
        """The name of the body."""
        return str(self.facts.get("name", ""))

    @property
    def where(self) -> Words:
        """The room, or that it is by video."""
        video = next(o.title for o in w.FORMATS if o.key == self.facts["format"])
        venue = str(self.facts.get("venue") or "")
        return T(f"{venue}（{video.zh}）", f"{venue} ({video.en.lower()})") if venue else video

    @property
    def ordinal(self) -> T | None:
        """The meeting's number."""
        n = self.facts.get("session_no")
        return T(f"第{n}次会议", f"Meeting {n}") if n else None

    @property
    def current(self) -> Item | None:
        """The item that is being voted on."""
        return next((i for i in self.items if i.did == "now"), None)

    @property
    def until(self) -> str:
        """When it is to end, by the clock."""
        return f"{moments.civil(self.ends):%H:%M}"

    @property
    def clock(self) -> str:
        """From when to when, by the clock."""
        return f"{moments.civil(self.starts):%H:%M}–{self.until}"

    @property
    def resolutions(self) -> list[Mapping[str, Any]]:
        """Its resolutions, in their order."""
        return list(self.facts.get("resolutions") or ())


def meeting(case: Case) -> Meeting:
    """The meeting that a case is."""
    facts = facts_of(case)
    done, made = facts.get("items") or {}, {r["item"]: r for r in facts.get("resolutions") or ()}
    rows = facts.get("agenda") or ()
    now = facts.get("current") if case.state == "voting" else None
    items = tuple(_item(n, row, done.get(str(n)), made.get(n), n == now) for n, row in enumerate(rows, 1))
    return Meeting(case, facts, items)


def _item(
    n: int, row: Mapping[str, Any], did: Mapping[str, Any] | None, made: Mapping[str, Any] | None, now: bool
) -> Item:
    needs = T("三分之二以上", "Two thirds") if row.get("needs") == w.TWO_THIRDS else None
    state = "now" if now else str(did["did"]) if did else ""
    return Item(
        n,
        str(row["title"]),
        row["kind"] == w.VOTE,
        str(row.get("way", "")),
        needs,
        str(row.get("presenter", "")),
        str(row.get("document", "")),
        state,
        did["at"] if did else None,
        _result(did) if did and did["did"] == "voted" else None,
        made,
    )


def _result(did: Mapping[str, Any]) -> Result:
    share, base = str(did["rule"]).rsplit("_", 1)
    n, of = TIMES[share], did["members"] if base == w.ALL else did["present"]
    right = f"{n - 1} × {of}" if n > 2 else str(of)
    sign = str(did["says"]).split()[1]
    said = f"{n} × {did['agree']} = {n * did['agree']} {sign if did['passed'] else _not(sign)} {right}"
    said += f" = {(n - 1) * of}" if n > 2 else ""
    slips = (did["issued"], did["returned"]) if "issued" in did else None
    agree, against, abstain = (int(did[k]) for k in COUNTED)
    return Result(
        agree=agree,
        against=against,
        abstain=abstain,
        invalid=int(did.get("invalid", 0)),
        present=did["present"],
        members=did["members"],
        passed=bool(did["passed"]),
        rule=w.ADOPTION.title_of(did["rule"]),
        sum=said,
        slips=slips,
    )


def _not(sign: str) -> str:
    return {">": "≤", "≥": "<"}[sign]


def quorum(found: Meeting) -> Quorum:
    """How many with a vote are here."""
    kinds = Seat.objects.filter(case=found.case.id, kind__in=(w.VOTER.key, w.PRESENT.key))
    rows = list(kinds.values_list("kind", "measures"))
    there = sum(json.loads(m).get(VOTE_HERE, 0) for kind, m in rows if kind == w.PRESENT.key)
    of = sum(kind == w.VOTER.key for kind, _ in rows)
    rule = str(found.facts["quorum"])
    outcome = reckoned(rule, there, of)
    title = T("到会（有表决权）", "Present (with a vote)")
    goal = (2, 3) if rule == w.TWO_THIRDS else (1, 2)
    sign = outcome.op if outcome.passed else _not(outcome.op)
    says = f"{outcome.left} {sign} {outcome.right}"
    return Quorum(title, there, of, goal, outcome.passed, says, w.QUORUM.title_of(rule))


def capacities(body: object) -> dict[str, str]:
    """For whom each member of a body sits, by the person's id: what was said when he was admitted, the last word of it."""
    return _said_of(UUID(str(body)), ("admit",), w.MEMBER.key, "capacity") if body else {}


def guests(case: UUID) -> dict[str, str]:
    """In which capacity each guest was invited, by the person's id."""
    return _said_of(case, ("invite",), w.GUEST.key, "capacity")


def _said_of(case: UUID, actions: Iterable[str], kind: str, field: str) -> dict[str, str]:
    stored = [e for e in entries(case) if e.action in actions]
    said = contents([e.id for e in stored])
    found: dict[str, str] = {}
    for entry in stored:
        clear = next((c.content for c in said.get(entry.id, []) if c.person is None and c.content), {})
        for op in entry.effect.get("seats", ()):
            if op["kind"] == kind and op["do"] == "take":
                found[op["head"]] = str(clear.get("answers", {}).get(field, ""))
    return found


def tasks(case: UUID) -> list[Case]:
    """The tasks that the meeting gave out, in their order."""
    sources = Link.objects.filter(target=case, relation=w.TASK_OF).values("source")
    return list(Case.objects.filter(id__in=sources, type=RESOLUTION_TASK.key).order_by("opened", "id"))
