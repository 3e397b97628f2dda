"""What somebody should know of: entries on cases of his, the latest first, and up to when he has looked."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from linli.cases.models import Case, Notice, Seen
from linli.cases.sight import cases_seen_by
from linli.journal.models import Entry
from linli.rules.actor import Actor
from linli.rules.programme import Action
from linli.rules.registry import installed


@dataclass(frozen=True, slots=True)
class News:
    """One entry on one case; ``happened`` is µs UTC, ``fresh`` where the reader has not looked since."""

    case: Case
    action: Action
    seq: int
    happened: int
    fresh: bool


def news(actor: Actor, most: int = 50) -> list[News]:
    """The latest news of cases that the reader still sees."""
    if actor.person is None:
        return []
    until = _until(actor.person)
    rows = list(Notice.objects.filter(person=actor.person).order_by("-happened", "-id")[:most])
    cases = cases_seen_by(actor).in_bulk([r.case for r in rows])
    done = _actions(rows)
    return [
        News(
            cases[r.case],
            installed[cases[r.case].type].actions[done[r.case, r.seq]],
            r.seq,
            r.happened,
            r.happened > until,
        )
        for r in rows
        if r.case in cases and (r.case, r.seq) in done
    ]


def fresh(actor: Actor) -> int:
    """How much news there is since the reader looked; at most 100 are counted."""
    if actor.person is None:
        return 0
    since = Notice.objects.filter(person=actor.person, happened__gt=_until(actor.person))
    return since[:100].count()


def looked(actor: Actor, at: int) -> None:
    """The reader has seen what happened up to ``at`` (µs UTC)."""
    if actor.person is None:
        return
    with transaction.atomic():
        Seen.objects.update_or_create(person=actor.person, defaults={"until": at})


def _until(person: UUID) -> int:
    return Seen.objects.filter(person=person).values_list("until", flat=True).first() or 0


def _actions(rows: list[Notice]) -> dict[tuple[UUID, int], str]:
    """The key of the action of each entry that a notice speaks of."""
    found = Entry.objects.filter(
        shard__in={r.shard for r in rows}, stream__in={r.case for r in rows}, seq__in={r.seq for r in rows}
    )
    return {(stream, seq): action for stream, seq, action in found.values_list("stream", "seq", "action")}
