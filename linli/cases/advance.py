"""From one entry to the next state of a case's projections: pure, so that the door and the rebuild cannot differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

from linli.rules.compact import compact
from linli.rules.deadlines import FAR, wake
from linli.rules.definition import Definition
from linli.rules.place import shard as shard_of
from linli.rules.programme import Kind

Effect = Mapping[str, Any]


class Row(NamedTuple):
    """The row of a case: exactly the columns of ``cases_case`` that are not generated."""

    id: UUID
    shard: str
    type: str
    version: str
    number: str
    place: str
    grid: str | None
    state: str
    live: bool
    title: str
    category: str
    facts: Mapping[str, Any]
    clock: Mapping[str, Any]
    opened: int = 0
    since: int = 0
    touched: int = 0
    due: int = FAR
    total_due: int = FAR
    wake: int = FAR
    late: bool = False
    climbed: int = 0
    excluded: bool = False
    seq: int = 0


canonical = compact


def begin(case: UUID, definition: Definition, version: str, happened: int, effect: Effect) -> Row:
    """The row before its first entry."""
    return Row(
        id=case,
        shard=shard_of(effect["place"]),
        type=definition.key,
        version=version,
        number=effect["number"],
        place=effect["place"],
        grid=effect.get("grid"),
        state="",
        live=True,
        title="",
        category="",
        facts={},
        clock={},
        opened=happened,
        since=happened,
    )


def advance(
    row: Row, definition: Definition, seq: int, happened: int, effect: Effect, answers: Mapping[str, Any]
) -> Row:
    """The row after an entry. ``answers`` are the facts of its content; an erased part gives none."""
    forgotten = set(effect.get("forget", ()))
    facts = {k: v for k, v in row.facts.items() if k not in forgotten}
    if "asks" not in effect:
        facts |= {k: v for k, v in answers.items() if k not in definition.unkept}
        facts |= effect.get("found", ())
    clock = effect["clock"]
    stage, total = clock.get("stage"), clock.get("total")
    moved = effect["state"] != row.state
    kind = definition.states[effect["state"]].kind
    live = kind.live
    return row._replace(
        state=effect["state"],
        live=live,
        facts=facts,
        title=str(facts.get(definition.case_type.summary, ""))[:120],
        category=str(facts.get(definition.case_type.category or "", "")),
        clock=clock,
        since=happened if moved else row.since,
        touched=happened,
        due=stage["due"] if stage and live else FAR,
        total_due=total["due"] if total and live else FAR,
        wake=wake(dict(clock)) if live or kind is Kind.STANDING else FAR,
        late=bool(live and ((stage and stage.get("missed")) or (total and total.get("missed")))),
        climbed=int(clock.get("climbed", 0)),
        excluded=row.excluded or bool(effect.get("excluded")),
        seq=seq,
    )
