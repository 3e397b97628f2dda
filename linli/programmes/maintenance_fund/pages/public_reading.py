"""A use of the fund as everybody may read it: what is asked, how far the vote is, its result, what was paid. No unit, no choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.http import Http404

from linli.cases.models import Case
from linli.cases.wishing import earlier
from linli.funds.reading import authority_of, paid_under
from linli.journal.anchor import KeyMissing
from linli.journal.models import Entry
from linli.journal.reading import contents, entries
from linli.programmes.maintenance_fund import words as w
from linli.programmes.maintenance_fund.pages.vote import given_of, progress, roots, seats
from linli.programmes.maintenance_fund.use import USE
from linli.rules.money import yuan
from linli.rules.registry import installed
from linli.rules.situation import Earlier
from linli.rules.text import T
from linli.rules.votes.evidence import SignedRoot
from linli.rules.votes.law import Rule, rule_of
from linli.rules.worktime import DAY, civil_day
from linli.territory.regions import path_title

CLOSED = ("draft", "void")
"""The states of which nobody reads anything."""
VOTING = ("announced", "voting", "counted")


def uses_in(community: str) -> list[Case]:
    """The uses of a community: those in voting first, then those announced, posted, under way, done; the newest first."""
    rows = Case.objects.filter(type=USE.key, community=community).exclude(state__in=CLOSED)
    order = ("voting", "announced", "counted", "urgent", "approved", "settled", "resolved", "failed")
    return sorted(rows, key=lambda c: (order.index(c.state), -c.opened, c.id.hex))


def use_of(case: UUID) -> Case:
    """A use that everybody may read. Raises: Http404."""
    found = Case.objects.filter(id=case, type=USE.key).exclude(state__in=CLOSED).first()
    if found is None:
        raise Http404
    return found


def told_in(case: Case, *actions: str) -> list[Earlier]:
    """What was said in the entries of these actions, in order; the other entries are not read."""
    rows = Entry.objects.filter(shard=case.shard, stream=case.id, action__in=actions).values_list(
        "seq", flat=True
    )
    wanted = set(rows)
    if not wanted:
        return []
    stored = [e for e in entries(case.id, after=min(wanted) - 1) if e.seq in wanted]
    said = contents([e.id for e in stored])
    return [earlier(e, said.get(e.id, []), installed[case.type]) for e in stored]


@dataclass(frozen=True, slots=True)
class Measure:
    """How much of the area (0.01 m²) or of the heads takes part, and which share is enough; no goal where none is asked."""

    title: T
    part: int
    whole: int
    goal: tuple[int, int] | None
    of_area: bool

    @property
    def said(self) -> T:
        """Both numbers, exactly."""
        return said_of(self.part, self.whole, of_area=self.of_area)

    @property
    def width(self) -> int:
        """The length of the bar, 0 to 1000."""
        return self.part * 1000 // self.whole if self.whole else 0

    @property
    def mark(self) -> int:
        """Where the mark stands, 0 to 1000; rounded up, so that a bar at the mark has reached it."""
        return -(-self.goal[0] * 1000 // self.goal[1]) if self.goal else 1000

    @property
    def per_cent(self) -> int:
        """Rounded down: what is shown as reached is reached."""
        return self.part * 100 // self.whole if self.whole else 0

    @property
    def met(self) -> bool:
        """Whether the share is reached, in exact integers."""
        return self.goal is not None and self.part * self.goal[1] >= self.whole * self.goal[0] > 0

    @property
    def missing(self) -> T | None:
        """How much more is needed."""
        if self.goal is None or self.met:
            return None
        least = -(-self.whole * self.goal[0] // self.goal[1]) - self.part
        one = metres(least) if self.of_area else heads(least)
        return T(f"还差 {one.zh}", f"{one.en} more needed")


def square(area: int) -> str:
    """An area in 0.01 m² as a number of square metres, exactly."""
    return f"{area // 100:,}.{area % 100:02d}"


def metres(area: int) -> T:
    """The same with its unit."""
    return T(f"{square(area)} 平方米", f"{square(area)} m²")


def heads(n: int) -> T:
    """So many heads, each of which has one vote."""
    return T(f"{n:,} 人", f"{n:,} head" if n == 1 else f"{n:,} heads")


def said_of(part: int, whole: int, *, of_area: bool) -> T:
    """Two of the same kind side by side: 360.00 / 450.00 平方米."""
    if of_area:
        first = f"{square(part)} / "
        return T(first + metres(whole).zh, first + metres(whole).en)
    return T(f"{part:,} / {heads(whole).zh}", f"{part:,} / {heads(whole).en}")


def rule(case: Case, facts: Mapping[str, Any]) -> Rule | None:
    """The rule by which a vote is judged; None where there is no vote."""
    closes = facts.get("closes_at")
    return rule_of(facts["matter"], civil_day(int(closes)), case.place) if closes else None


def measures(case: Case, facts: Mapping[str, Any]) -> list[Measure]:
    """Area and heads taking part: while it runs by what is in, then as they were counted."""
    known = rule(case, facts)
    if known is None:
        return []
    result, asked = facts.get("result"), known.participation or (None, None)
    if result:
        pairs = [(result[k]["taking_part"], result[k]["total"]) for k in ("area", "heads")]
    else:
        now = progress(case.id)
        pairs = [(now.area_in, now.area), (now.heads_in, now.heads)]
    titles = T("面积", "Area"), T("人数", "Heads")
    return [
        Measure(title, part, whole, (share.part, share.whole) if share else None, title == titles[0])
        for title, (part, whole), share in zip(titles, pairs, asked, strict=True)
    ]


def scope(case: Case, facts: Mapping[str, Any]) -> T:
    """Which compound, building or entrance pays."""
    place, entrance = path_title(case.place), facts.get("entrance")
    if not entrance:
        return place
    return T(f"{place.zh} {entrance}单元", f"{place.en}, entrance {entrance}")


def account(facts: Mapping[str, Any]) -> str:
    """The name of the account that pays."""
    fund = facts.get("fund")
    return projects([UUID(str(fund))]).get(UUID(str(fund)), "") if fund else ""


def projects(funds: Iterable[UUID]) -> dict[UUID, str]:
    """What accounts are called: by the case that keeps each."""
    return dict(Case.objects.filter(id__in=list(funds)).values_list("id", "title"))


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the contract: its name, what was agreed, whether it was accepted, what was paid; cents."""

    number: int
    title: str
    agreed: int
    accepted: bool
    paid: int | None


@dataclass(frozen=True, slots=True)
class Spending:
    """The money of a use in cents: what was approved and paid, whether paying is suspended, and the stages of the contract."""

    approved: int
    paid: int
    suspended: bool
    contractor: str
    stages: list[Stage]
    payments: list[tuple[str, int, int]]

    @property
    def left(self) -> int:
        """What may still be paid."""
        return self.approved - self.paid


def spending(case: Case, facts: Mapping[str, Any]) -> Spending | None:
    """What was approved and paid; None while nothing may be paid."""
    held = authority_of(case.id)
    if held is None:
        return None
    found = seats(case.id, w.ACCEPTED.key, w.PAID.key)
    accepted = {s.head for s in found[w.ACCEPTED.key]}
    paid = {s.head: s.measures["cents"] for s in found[w.PAID.key]}
    stages = [
        Stage(n, str(row["stage"]), int(row["amount"]), str(n) in accepted, paid.get(str(n)))
        for n, row in enumerate(facts.get("stages") or (), 1)
    ]
    payments = [(v.day, v.number, v.cents) for v in reversed(paid_under(case.id))]
    approved = int(facts["cost"])
    return Spending(
        approved, held.paid, held.objections > 0, str(facts.get("contractor") or ""), stages, payments
    )


@dataclass(frozen=True, slots=True)
class Answered:
    """An objection that was answered: its number, whether it was upheld, what was said to it. Never the objection itself."""

    number: int
    finding: T
    upheld: bool
    answer: str
    at: int


def objections(case: Case) -> tuple[int, list[Answered]]:
    """How many objections there were, and the answers."""
    raised = Entry.objects.filter(shard=case.shard, stream=case.id, action="object").count()
    return raised, [_answered(e) for e in told_in(case, "answer_objection")]


def _answered(entry: Earlier) -> Answered:
    said = entry.answers
    return Answered(
        int(said["which"]),
        w.FINDING.title_of(said["finding"]),
        said["finding"] == "upheld",
        str(said["answer"]),
        entry.happened,
    )


def signed_roots(case: Case, facts: Mapping[str, Any], at: int) -> list[SignedRoot]:
    """The signed roots of the days of voting that have ended. They never change and need every ballot opened, so they are kept
    for the day; nothing about a choice can be read from them. Empty where the key that signs is away.
    """
    opens = facts.get("opens_at")
    if opens is None or at < int(opens) + DAY or case.state == "announced":
        return []
    name = f"fund/roots/{case.id}/{civil_day(at)}"
    kept: list[SignedRoot] | None = cache.get(name)
    if kept is None:
        try:
            kept = roots(given_of(case), at)
        except KeyMissing:
            return []
        cache.set(name, kept, 24 * 3600)
    return kept


def quoted(facts: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The quotations as firm and price."""
    return [(str(row["firm"]), yuan(int(row["price"]))) for row in facts.get("quotations") or ()]
