"""What is read of deliberation for a page: ideas with their support, topics with what surrounds them, meetings with who is expected. No
name is read here, and no choice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404

from linli.cases.models import Case, Link, Seat
from linli.cases.reading import facts_of
from linli.faces.web import moments
from linli.journal.append import contents, entries
from linli.people.units import titles as unit_titles
from linli.programmes.deliberation import words as w
from linli.programmes.deliberation.councils import COUNCIL
from linli.programmes.deliberation.ideas import IDEA
from linli.programmes.deliberation.pages.outcome import Outcome
from linli.programmes.deliberation.tasks import TASK
from linli.programmes.deliberation.topics import TOPIC_TYPE
from linli.rules.fields import Choice
from linli.rules.programme import CAME_OUT, State
from linli.rules.registry import installed
from linli.rules.signup import CAME, PLACE, QUEUE
from linli.rules.text import T
from linli.rules.when import instant

OPEN_IDEAS, OVER_IDEAS = ("offered", "listed", "in_topic"), ("answered", "declined")
READ = 400
"""So many of the newest ideas of a community are read for its board."""


def case_of(id_: UUID, type_: str) -> Case:
    """A case that everybody may read of. Raises: Http404 where there is none."""
    found = Case.objects.filter(id=id_, type=type_).first()
    if found is None:
        raise Http404
    return found


def state_of(case: Case) -> State:
    """Where it stands."""
    return installed[case.type].states[case.state]


def kind_of(facts: dict[str, Any]) -> T | None:
    """What it is about, in a word."""
    return w.KIND.title_of(facts["category"]) if facts.get("category") else None


@dataclass(frozen=True, slots=True)
class Idea:
    """An idea with its support: of itself and of those merged into it, each person once. ``mine`` is what the reader is to it."""

    case: Case
    facts: dict[str, Any]
    state: State
    kind: T | None
    support: int
    merged: tuple[Case, ...]
    mine: frozenset[str]

    @property
    def open(self) -> bool:
        """Whether it can be supported."""
        return self.case.state in OPEN_IDEAS


def ideas_in(community: str, person: UUID | None) -> list[Idea]:
    """The ideas of a community, those with most support first; merged ones stand under their main idea."""
    rows = Case.objects.filter(community=community, type=IDEA.key).exclude(state="withdrawn")
    found = list(rows.order_by("-opened", "-id")[:READ])
    main = [c for c in found if c.state != "merged"]
    return sorted(_ideas(main, person), key=lambda i: (-i.support, -i.case.opened))


def idea_of(case: Case, person: UUID | None) -> Idea:
    """One idea."""
    return _ideas([case], person)[0]


def _ideas(main: list[Case], person: UUID | None) -> list[Idea]:
    joined: dict[UUID, list[Case]] = defaultdict(list)
    links = Link.objects.filter(target__in=[c.id for c in main], relation=w.MERGED).values_list(
        "source", "target"
    )
    into = dict(links)
    for other in Case.objects.filter(id__in=into).order_by("opened", "id"):
        joined[into[other.id]].append(other)
    ids = [c.id for c in main] + list(into)
    held: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    kinds = (w.AUTHOR.key, w.SUPPORTER.key)
    for case, kind, head in Seat.objects.filter(case__in=ids, kind__in=kinds).values_list(
        "case", "kind", "head"
    ):
        held[case].append((kind, head))
    return [_idea(c, joined[c.id], held, str(person or "")) for c in main]


def _idea(case: Case, merged: list[Case], held: dict[UUID, list[tuple[str, str]]], person: str) -> Idea:
    own = held[case.id]
    authors = {head for kind, head in own if kind == w.AUTHOR.key}
    support = {head for kind, head in own if kind == w.SUPPORTER.key} | {
        h for m in merged for _, h in held[m.id]
    }
    facts, mine = facts_of(case), frozenset(kind for kind, head in own if head == person)
    return Idea(case, facts, state_of(case), kind_of(facts), len(support - authors), tuple(merged), mine)


@dataclass(frozen=True, slots=True)
class Source:
    """What a topic came out of: an idea in its own words, anything else by its kind and number alone."""

    title: T
    under: T
    case: Case
    idea: bool


def sources_of(topic: Case) -> list[Source]:
    """The public cases that the topic came out of, and those merged into them."""
    direct = list(Link.objects.filter(source=topic.id, relation=CAME_OUT).values_list("target", flat=True))
    merged = Link.objects.filter(target__in=direct, relation=w.MERGED).values_list("source", flat=True)
    cases = Case.objects.filter(id__in=[*direct, *merged]).order_by("opened", "id")
    return [_source(c) for c in cases if installed[c.type].case_type.public]


def _source(case: Case) -> Source:
    case_type = installed[case.type].case_type
    if case.type == IDEA.key:
        return Source(T(case.title, case.title), case_type.title, case, True)
    field = installed[case.type].fields.get(case_type.category or "")
    kind = (
        field.title_of(case.category)
        if isinstance(field, Choice) and field.public and case.category
        else None
    )
    return Source(kind or case_type.title, case_type.title, case, False)


@dataclass(frozen=True, slots=True)
class Duty:
    """A task of a decision: whose it is, until when, how it stands."""

    case: Case
    facts: dict[str, Any]
    state: State
    owner: T
    due: date

    @property
    def by(self) -> T:
        """The day by which it is to be done, as people say it."""
        return moments.day_said(self.due, moments.civil(moments.now()).date())


OURSELVES = T("社区", "The community")


def duties_of(topic: Case) -> list[Duty]:
    """The tasks of a topic, in the order in which they were handed out."""
    tasks = Link.objects.filter(target=topic.id, relation=w.TASK_OF).values("source")
    rows = list(Case.objects.filter(id__in=tasks, type=TASK.key).order_by("opened", "id"))
    held = Seat.objects.filter(case__in=[c.id for c in rows], kind=w.UNIT.key).order_by("rank")
    units: dict[UUID, list[UUID]] = defaultdict(list)
    for seat in held:
        units[seat.case].append(UUID(seat.head))
    named = unit_titles({u for some in units.values() for u in some})
    return [_duty(c, [named[u] for u in units[c.id] if u in named]) for c in rows]


def _duty(case: Case, owners: list[T]) -> Duty:
    facts = facts_of(case)
    owner = T("、".join(o.zh for o in owners), ", ".join(o.en for o in owners)) if owners else OURSELVES
    return Duty(case, facts, state_of(case), owner, date.fromisoformat(facts["due_day"]))


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as everybody reads of it: when, where, how many are invited, have signed up, came."""

    case: Case
    facts: dict[str, Any]
    state: State
    starts: int
    counts: dict[str, int]

    @property
    def full(self) -> bool:
        """Whether all seats for who signs up are taken."""
        capacity = int(self.facts.get("capacity") or 0)
        return bool(capacity) and self.counts.get(PLACE.key, 0) >= capacity


def meetings(cases: Iterable[Case]) -> list[Meeting]:
    """These meetings with their counts."""
    rows = list(cases)
    counts: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    kinds = [r.key for r in (w.INVITED, PLACE, QUEUE, CAME, w.INVITED_UNIT, w.GUEST)]
    seats = Seat.objects.filter(case__in=[c.id for c in rows], kind__in=kinds)
    for case, kind in seats.values_list("case", "kind"):
        counts[case][kind] += 1
    return [_meeting(c, dict(counts[c.id])) for c in rows]


def _meeting(case: Case, counts: dict[str, int]) -> Meeting:
    facts = facts_of(case)
    return Meeting(case, facts, state_of(case), instant(facts["starts"]), counts)


def meetings_of(topic: Case) -> list[Meeting]:
    """The meetings on whose agenda the topic stands or stood, by their time."""
    ids = Link.objects.filter(source=topic.id, relation=w.ON_AGENDA).values("target")
    return sorted(meetings(Case.objects.filter(id__in=ids)), key=lambda m: m.starts)


def agenda_of(council: Case) -> list[Case]:
    """The topics that stand on a meeting’s agenda, or were talked over in it."""
    ids = Link.objects.filter(target=council.id, relation=w.ON_AGENDA).order_by("seq").values("source")
    return list(Case.objects.filter(id__in=ids, type=TOPIC_TYPE.key).order_by("opened", "id"))


def outcomes_of(topic: Case) -> list[Outcome]:
    """What each meeting came to, the first first."""
    told = [e for e in entries(topic.id) if e.action == "decide"]
    said = contents([e.id for e in told])
    facts = facts_of(topic)
    rounds = []
    for entry in told:
        answers: dict[str, Any] = next(
            (c.content.get("answers", {}) for c in said.get(entry.id, []) if c.person is None), {}
        )
        found = dict(entry.effect.get("found", {}))
        rounds.append(Outcome(entry.happened, found, str(answers.get("decision", "")), facts))
    return rounds


def councils_in(community: str) -> list[Meeting]:
    """The meetings of a community, the next first, then the latest that were held."""
    rows = Case.objects.filter(community=community, type=COUNCIL.key).order_by("-opened", "-id")[:60]
    return sorted(meetings(rows), key=lambda m: m.starts)


def topics_in(community: str) -> list[Case]:
    """The topics of a community, the newest first."""
    return list(
        Case.objects.filter(community=community, type=TOPIC_TYPE.key).order_by("-opened", "-id")[:200]
    )
