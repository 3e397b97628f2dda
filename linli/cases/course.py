"""来龙去脉: the way from a demand to its end as one picture — the cases out of which a case came, what came out of it, and on each the
steps that decided something. Everybody sees of it what he may see.

A case is reached upwards through those it came out of, downwards through those that came out of it, and never down again from above:
what else came out of the same meeting is another story. Cases linked otherwise (the meeting on whose agenda it stood) stand beside.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from linli.cases.models import Case, Link
from linli.cases.sight import cases_seen_by
from linli.journal.models import Entry
from linli.rules.actor import Actor
from linli.rules.definition import Definition
from linli.rules.programme import CAME_OUT, Action
from linli.rules.registry import installed

MOST = 120
"""So many cases a picture holds; of more, the nearest."""


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step that decided something; ``at`` is µs UTC."""

    seq: int
    action: Action
    at: int


@dataclass(frozen=True, slots=True)
class Stage:
    """One case of the picture, or several of a type that the reader does not see: then ``case`` is None and ``hidden`` says how many.

    ``at`` is when it began (µs UTC); ``here`` marks the case from which one looks.
    """

    definition: Definition
    case: Case | None
    at: int
    here: bool = False
    hidden: int = 0
    milestones: tuple[Milestone, ...] = ()


@dataclass(slots=True)
class _Walk:
    """The cases reached so far, and where one goes on from."""

    found: dict[UUID, None] = field(default_factory=dict)

    def go(self, starts: Iterable[UUID], *, up: bool) -> list[UUID]:
        """Everything above the starts, or below them, level by level."""
        reached, level = list[UUID](), list(dict.fromkeys(starts))
        while level and len(self.found) < MOST:
            more = [i for i in _neighbours(level, up=up) if i not in self.found]
            level = list(dict.fromkeys(more))[: MOST - len(self.found)]
            self.found.update(dict.fromkeys(level))
            reached += level
        return reached


def course(case: Case, actor: Actor) -> list[Stage]:
    """The picture of one case in the order of time; empty where nothing came out of anything: a session of an event has no story."""
    ids = _reached(case.id)
    if not Link.objects.filter(relation=CAME_OUT, source__in=ids, target__in=ids).exists():
        return []
    cases = {c.id: c for c in Case.objects.filter(id__in=ids)}
    posted = {i for i, c in cases.items() if c.state in installed[c.type].case_type.posted}
    seen = {c.id for c in cases_seen_by(actor).filter(id__in=ids)} | posted | {case.id}
    stones = _milestones([cases[i] for i in ids if i in seen and i in cases])
    stages = [
        Stage(installed[c.type], c, c.opened, c.id == case.id, 0, stones.get(c.id, ()))
        for c in cases.values()
        if c.id in seen
    ]
    stages += _hidden([c for c in cases.values() if c.id not in seen])
    return sorted(stages, key=lambda s: (s.at, s.definition.key)) if len(stages) > 1 else []


def _reached(start: UUID) -> list[UUID]:
    walk = _Walk({start: None})
    line = [start, *walk.go([start], up=True), *walk.go([start], up=False)]
    beside = [i for i in _beside(line) if i not in walk.found][: MOST - len(walk.found)]
    walk.found.update(dict.fromkeys(beside))
    if own := [i for i in _beside([start], inward=True) if i in walk.found]:
        # What stood on the agenda of this very meeting is its own story: with where it came from and what came of it.
        walk.go(own, up=True)
        walk.go(own, up=False)
    return list(walk.found)


def _neighbours(cases: list[UUID], *, up: bool) -> list[UUID]:
    rows = Link.objects.filter(relation__in=installed.descent).order_by("seq", "id")
    if up:
        return list(rows.filter(source__in=cases).values_list("target", flat=True))
    return list(rows.filter(target__in=cases).values_list("source", flat=True))


def _beside(cases: list[UUID], *, inward: bool = False) -> list[UUID]:
    """Cases linked otherwise than by descent, in either direction, or only those whose link ends here."""
    rows = Link.objects.exclude(relation__in=installed.descent).order_by("seq", "id")
    links = rows.filter(Q(target__in=cases) if inward else Q(target__in=cases) | Q(source__in=cases))
    ends = [link.source if link.target in cases else link.target for link in links[:MOST]]
    return [i for i in dict.fromkeys(ends) if i not in cases]


def _milestones(cases: list[Case]) -> Mapping[UUID, tuple[Milestone, ...]]:
    kept = {c.id: installed[c.type] for c in cases if installed[c.type].case_type.milestones}
    keys = {k for d in kept.values() for k in d.case_type.milestones}
    rows = Entry.objects.filter(
        shard__in={c.shard for c in cases if c.id in kept}, stream__in=kept, action__in=keys
    )
    found: dict[UUID, list[Milestone]] = {}
    for stream, seq, action, happened in rows.order_by("seq").values_list(
        "stream", "seq", "action", "happened"
    ):
        if action in kept[stream].case_type.milestones:
            found.setdefault(stream, []).append(Milestone(seq, kept[stream].actions[action], happened))
    return {case: tuple(stones) for case, stones in found.items()}


def _hidden(cases: list[Case]) -> list[Stage]:
    """That there are others of a public type, and how many; of what is confidential not even that."""
    by_type: dict[str, list[Case]] = {}
    for one in cases:
        if installed[one.type].case_type.public:
            by_type.setdefault(one.type, []).append(one)
    return [
        Stage(installed[key], None, min(c.opened for c in some), hidden=len(some))
        for key, some in by_type.items()
    ]
