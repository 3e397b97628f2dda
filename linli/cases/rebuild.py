"""Rebuilds the projections from the journal and compares: any difference is an error that names its case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model

from linli.cases.advance import Row, advance, begin, canonical
from linli.cases.loading import load_row
from linli.cases.models import Case, Count, Link, Notice, Numbering, Seat, Tally
from linli.cases.project import case_writes, side_writes, words_of
from linli.funds.differences import differences, orphans, with_books
from linli.journal.append import Entry, contents, entries
from linli.journal.models import Head
from linli.journal.writes import Write, flush
from linli.rules import situation
from linli.rules.registry import installed
from linli.rules.seating import changes
from linli.search.grams import forget, held, index, indexed

Progress = Callable[[int, int], None]
_PROJECTIONS: tuple[tuple[type[Model], str], ...] = (
    (Case, "id"),
    (Seat, "case"),
    (Tally, "case"),
    (Count, "case"),
    (Link, "source"),
    (Notice, "case"),
)
"""Every table that is made anew, and its column that names the case."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A projection that is not what the journal says."""

    case: UUID
    what: str


@dataclass(frozen=True, slots=True)
class Replayed:
    """A case as its entries tell it."""

    row: Row
    seats: dict[tuple[str, str], situation.Seat]
    tally: dict[tuple[str, str], int]
    counts: dict[tuple[int, str], tuple[int, int]]
    links: set[tuple[str, UUID]]
    notices: set[tuple[UUID, int, int]]
    grams: set[str]
    writes: list[Write]


def replay(case: UUID) -> Replayed:
    """Apply the effects of every entry in order. Nothing is decided again."""
    stored = entries(case)
    said = contents([e.id for e in stored])
    first = stored[0]
    definition = installed[first.effect["type"]]
    row = begin(case, definition, first.definition, first.happened, first.effect)
    made = Replayed(row, {}, {}, {}, set(), set(), set(), [])
    for entry in stored:
        facts: dict[str, Any] = next(
            (c.content.get("answers", {}) for c in said.get(entry.id, []) if c.person is None), {}
        )
        row = advance(row, definition, entry.seq, entry.happened, entry.effect, facts)
        made.writes.extend(side_writes(row, entry.seq, entry.happened, entry.effect, made.seats.values()))
        _apply(made, entry)
        if entry is first:
            words = words_of(row, definition)
            made.grams.update(indexed(words))
            made.writes.extend(index(row.shard, case, words))
    return Replayed(
        row,
        made.seats,
        made.tally,
        made.counts,
        made.links,
        made.notices,
        made.grams,
        [case_writes(row, first=True), *made.writes],
    )


def _apply(made: Replayed, entry: Entry) -> None:
    for op in entry.effect.get("seats", ()):
        spot = (op["kind"], op["head"])
        if op["do"] == "leave" and spot not in made.seats:
            continue
        for name, change in changes(made.seats.get(spot), op).items():
            made.tally[op["kind"], name] = made.tally.get((op["kind"], name), 0) + change
        if op["do"] == "take":
            made.seats[spot] = situation.Seat(*spot, entry.happened, op["rank"], op["m"])
        else:
            del made.seats[spot]
    for counter, amount in entry.effect.get("counts", {}).items():
        made.counts[entry.seq, counter] = (amount, entry.happened)
    for relation, target in entry.effect.get("links", ()):
        if target:
            made.links.add((relation, UUID(target)))
        else:
            made.links.difference_update({link for link in made.links if link[0] == relation})
    made.notices.update((UUID(p), entry.seq, entry.happened) for p in entry.effect.get("notify", ()))


def _streams() -> list[UUID]:
    return list(Head.objects.filter(kind="case").order_by("stream").values_list("stream", flat=True))


def check(progress: Progress | None = None) -> Iterator[Difference]:
    """Every difference between the projections and the journal, case by case."""
    streams, booked, keeping = _streams(), with_books(), _keeping_books()
    for number, case in enumerate(streams, 1):
        told = replay(case)
        yield from _compare(told)
        if case in booked or told.row.type in keeping:
            yield from (Difference(case, what) for what in differences(case))
        if progress:
            progress(number, len(streams))
    yield from _orphans()
    yield from _misnumbered()


def _keeping_books() -> set[str]:
    """The case types with an action that enters something in the books."""
    return {d.key for d in installed if any(a.books for a in d.actions.values())}


def _orphans() -> Iterator[Difference]:
    """Rows of cases that the journal does not know: they would be seen and counted."""
    known = Head.objects.filter(kind="case").values("stream")
    for model, column in _PROJECTIONS:
        strange = model._default_manager.exclude(**{f"{column}__in": known}).values_list(column, flat=True)
        for orphan in sorted(set(strange)):
            yield Difference(orphan, f"{model._meta.model_name} without entries")
    yield from (Difference(orphan, what) for orphan, what in orphans())


def _misnumbered() -> Iterator[Difference]:
    """Series whose last number is not the last that was given: the next would be a double or leave a gap."""
    given = _last_numbers()
    stands = {(n.scope, n.series): n.last for n in Numbering.objects.all()}
    for spot, (last, case) in given.items():
        if stands.get(spot) != last:
            yield Difference(
                case, f"the series {spot[1]} of {spot[0]} stands at {stands.get(spot)}, not {last}"
            )


def _last_numbers() -> dict[tuple[str, str], tuple[int, UUID]]:
    """The highest number given in each series, with its case."""
    found: dict[tuple[str, str], tuple[int, UUID]] = {}
    for case, type_, place, shard, number in Case.objects.values_list(
        "id", "type", "place", "shard", "number"
    ):
        rule = installed[type_].case_type.number
        year, last = ["", "", *number.split("-")][-2:]
        spot = (place[: int(rule.level)] if rule else shard, f"{type_}/{year}")
        if last.isdecimal():  # else it was tampered with, which its column says
            found[spot] = max(found.get(spot, (0, case)), (int(last), case))
    return found


def _compare(told: Replayed) -> Iterator[Difference]:
    case, row = told.row.id, load_row(told.row.id)
    if row is None:
        yield Difference(case, "the case row is missing")
        return
    for name in Row._fields:
        if canonical_of(getattr(row, name)) != canonical_of(getattr(told.row, name)):
            yield Difference(case, f"column {name}")
    counts, where = list(Count.objects.filter(case=case)), {(row.type, row.shard, row.place, row.grid)}
    found: list[tuple[str, Any, Any]] = [
        ("seats", {(s.kind, s.head): (s.happened, s.rank, s.measures) for s in Seat.objects.filter(case=case)},
         {k: (s.happened, s.rank, canonical(s.measures)) for k, s in told.seats.items()}),
        ("tally", {(t.kind, t.measure): t.total for t in Tally.objects.filter(case=case)}, told.tally),
        ("counts", {(c.seq, c.counter): (c.amount, c.happened) for c in counts}, told.counts),
        ("counts’ places", {(c.type, c.shard, c.place, c.grid) for c in counts}, where if told.counts else set()),
        ("links", {(link.relation, link.target) for link in Link.objects.filter(source=case)}, told.links),
        ("notices", {(n.person, n.seq, n.happened) for n in Notice.objects.filter(case=case)}, told.notices),
        ("search", held(case), told.grams),
    ]  # fmt: skip
    for what, stands, should in found:
        if stands != should:
            yield Difference(case, what)


def canonical_of(value: object) -> str:
    """A comparable text of a column."""
    return canonical(value) if isinstance(value, dict) else str(value)


def rebuild(progress: Progress | None = None) -> int:
    """Write every projection anew from the journal, in one transaction. Returns how many cases there are.

    The books are no projection that is made anew: nothing in them is ever removed. Where they differ from the journal, ``check``
    says so, and a person has to look.
    """
    streams = _streams()
    with transaction.atomic():
        for model, _ in _PROJECTIONS:
            model._default_manager.all().delete()
        flush([write for case in streams for write in forget(case)])
        for number, case in enumerate(streams, 1):
            flush(replay(case).writes)
            if progress:
                progress(number, len(streams))
        for (scope, series), (last, _) in _last_numbers().items():
            Numbering.objects.update_or_create(scope=scope, series=series, defaults={"last": last})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return len(streams)
