"""台账: the columns in which cases are written down line by line, for a page and a spreadsheet alike.

A column holds no personal data: who reported a case is told by kind alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from linli.cases.calendars import current_calendar
from linli.cases.lists import Bounded, counted
from linli.cases.models import Case, Count, Seat
from linli.cases.reading import facts_of
from linli.cases.sight import sees_field
from linli.cases.titles import title_of
from linli.journal.models import Entry
from linli.people.units import titles as unit_titles
from linli.rules import fields as f
from linli.rules.actor import Actor
from linli.rules.deadlines import FAR
from linli.rules.definition import Definition
from linli.rules.money import Money
from linli.rules.programme import State
from linli.rules.registry import installed
from linli.rules.text import T
from linli.rules.when import When, instant
from linli.rules.worktime import HOUR, phrase, worked
from linli.territory.regions import titles

SOON = 4 * HOUR
"""Working time left, in µs, from which a deadline presses."""
LATE_COUNTERS = "late."
"""How the counters begin by which the clock counts what ran over."""

Kind = Literal["text", "moment", "day", "number", "money", "state", "left"]


@dataclass(frozen=True, slots=True)
class Instant:
    """A time in a line, in µs UTC; ``ends`` where it is a time limit."""

    us: int
    ends: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """Money in a line, in whole cents."""

    cents: int


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """The working time left or overdue until ``due`` (µs UTC), in words, and whether it presses."""

    phrase: T
    tone: Literal["", "late", "soon"]
    due: int


Value = T | str | int | State | Instant | Amount | TimeLeft | None


_KINDS: Mapping[type[f.Field], Kind] = {f.Integer: "number", f.Day: "day", Money: "money", When: "moment"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key in an address, its title, and what stands in it."""

    key: str
    title: T
    kind: Kind = "text"
    field: f.Field | None = None


HOUSE = (
    Column("number", T("编号", "Number")),
    Column("type", T("事项类型", "Type")),
    Column("opened", T("登记时间", "Opened"), "moment"),
    Column("place", T("地点", "Place")),
    Column("grid", T("网格", "Grid")),
    Column("category", T("类别", "Category")),
    Column("matter", T("事由", "Matter")),
    Column("origin", T("来源", "How it came")),
    Column("reporter", T("反映人", "Reporter")),
    Column("units", T("责任单位", "Units")),
    Column("state", T("状态", "State"), "state"),
    Column("turn", T("轮到谁", "Whose turn")),
    Column("due", T("本环节期限", "Due"), "moment"),
    Column("left", T("剩余时间", "Time left"), "left"),
    Column("closed", T("办结时间", "Ended"), "moment"),
    Column("late", T("超时", "Overdue")),
    Column("climbed", T("上报级数", "Levels climbed"), "number"),
    Column("excluded", T("剔除", "Excluded")),
    Column("touched", T("最近变化", "Last change"), "moment"),
)
LIST = ("matter", "number", "state", "place", "category", "turn", "left")
ENDED = ("matter", "number", "state", "place", "category", "opened", "closed")
"""What a list shows to who has not chosen: of what is open, and of what may have ended."""
NOT_IN_LEDGER = ("type", "turn", "touched")
NOW, ONCE = T("超时", "Overdue"), T("曾超时", "Was overdue")
YES = T("剔除", "Excluded")
NAMED, HIDDEN, UNNAMED = T("实名", "Named"), T("要求隐名", "Name withheld"), T("未留姓名", "Not named")


def columns(definitions: Sequence[Definition]) -> list[Column]:
    """Every column that lines of these case types can have; one type alone adds those that it declares."""
    if len(definitions) != 1:
        return list(HOUSE)
    case_type = definitions[0].case_type
    own = [
        definitions[0].fields[k]
        for k in case_type.columns
        if k not in (case_type.category, case_type.summary)
    ]
    made = [_own(field) for field in own if not field.personal]
    place = next(i for i, c in enumerate(HOUSE) if c.key == "closed") + 1
    return [*(_named(c, definitions[0]) for c in HOUSE[:place]), *made, *HOUSE[place:]]


def _named(column: Column, definition: Definition) -> Column:
    """The category under the name that the case type has for it."""
    category = definition.case_type.category
    if column.key != "category" or not category:
        return column
    return Column(column.key, definition.fields[category].title)


def _own(field: f.Field) -> Column:
    return Column(field.key, field.title, _KINDS.get(type(field), "text"), field)


def of_ledger(definition: Definition) -> list[Column]:
    """The columns of a case type's ledger."""
    category, reporter = definition.case_type.category, definition.case_type.reporter
    without = {"category": not category, "reporter": not reporter}
    return [c for c in columns([definition]) if c.key not in NOT_IN_LEDGER and not without.get(c.key)]


def pick(known: Sequence[Column], keys: Iterable[str]) -> list[Column]:
    """The columns of these keys in the order of the keys; unknown ones are passed over."""
    by_key = {c.key: c for c in known}
    return [by_key[k] for k in dict.fromkeys(keys) if k in by_key]


@dataclass(slots=True)
class _Beside:
    """What lines need beside the cases, read once for all of them, and only what a column shows."""

    places: Mapping[str, T] = field(default_factory=dict)
    units: Mapping[UUID, list[T]] = field(default_factory=dict)
    openings: Mapping[UUID, str] = field(default_factory=dict)
    reported: frozenset[UUID] = frozenset()
    was_late: frozenset[UUID] = frozenset()


def lines(cases: Sequence[Case], chosen: Sequence[Column], actor: Actor, now: int) -> list[dict[str, Value]]:
    """One line per case: the value in each chosen column, as far as the actor may see it. ``now`` is µs UTC."""
    beside = _beside(cases, {c.key for c in chosen})
    return [{c.key: _value(case, c, beside, actor, now) for c in chosen} for case in cases]


def _beside(cases: Sequence[Case], keys: set[str]) -> _Beside:
    ids = [c.id for c in cases]
    found = _Beside()
    found.places = titles({c.place for c in cases} | {c.grid for c in cases if c.grid})
    if keys & {"units", "turn"}:
        found.units = units_of(ids)
    if "origin" in keys:
        first = Entry.objects.filter(shard__in={c.shard for c in cases}, stream__in=ids, seq=1)
        found.openings = dict(first.values_list("stream", "action"))
    if "reporter" in keys:
        kinds = {d.case_type.reporter.key for d in installed if d.case_type.reporter}
        found.reported = frozenset(
            Seat.objects.filter(case__in=ids, kind__in=kinds).values_list("case", flat=True)
        )
    if "late" in keys:
        found.was_late = frozenset(_ever_late(Q(case__in=ids)))
    return found


def units_of(cases: Sequence[UUID]) -> dict[UUID, list[T]]:
    """The units to which each case was sent, the lead first."""
    seats = Seat.objects.filter(case__in=cases, kind="unit").order_by("rank", "happened", "id")
    heads = [(case, UUID(head)) for case, head in seats.values_list("case", "head")]
    named = unit_titles(unit for _, unit in heads)
    found: dict[UUID, list[T]] = {}
    for case, unit in heads:
        if unit in named:
            found.setdefault(case, []).append(named[unit])
    return found


def _ever_late(which: Q) -> QuerySet[Count, UUID]:
    """The cases of which a stage, or the whole, was counted late and stayed so."""
    rows = Count.objects.filter(which, counter__startswith=LATE_COUNTERS).order_by().values("case")
    return rows.annotate(n=Sum("amount")).filter(n__gt=0).values_list("case", flat=True)


def _value(case: Case, column: Column, beside: _Beside, actor: Actor, now: int) -> Value:
    definition = installed[case.type]
    if column.field is not None:
        return _fact(case, definition, column.field, actor)
    return _WAYS[column.key](case, definition, beside, now)


def _fact(case: Case, definition: Definition, field: f.Field, actor: Actor) -> Value:
    """A declared field of the case, where the actor may see it by his role."""
    value = facts_of(case).get(field.key)
    if value is None or not sees_field(field, actor, case.state, case.place, case.grid, {}):
        return None
    return said(field, value)


def said(field: f.Field, value: Any) -> Value:
    """A fact as it stands in a line."""
    if isinstance(field, f.Choice):
        return together([field.title_of(v) for v in (value if isinstance(value, list) else [value])])
    if isinstance(field, f.Flag):
        return T("是", "Yes") if value else T("否", "No")
    if isinstance(field, Money):
        return Amount(value)
    if isinstance(field, When):
        return Instant(instant(str(value)))
    if isinstance(field, f.Table):
        return T("{n} 行", "rows: {n}").format(n=len(value)) if value else None
    return value if isinstance(value, int) else str(value)


def together(named: Sequence[T]) -> T | None:
    """Several names in one line; nothing where there is none."""
    return T("、".join(t.zh for t in named), ", ".join(t.en for t in named)) if named else None


def _category(case: Case, definition: Definition) -> Value:
    field = definition.fields.get(definition.case_type.category or "")
    return said(field, case.category) if field and case.category else None


def _turn(case: Case, definition: Definition, beside: _Beside) -> T | None:
    """Whose step is next: the lead unit by name where it is a unit's."""
    turn = definition.states[case.state].turn
    units = beside.units.get(case.id)
    return units[0] if units and any(w.key == "unit" for w in turn) else together([w.title for w in turn])


def _reporter(case: Case, definition: Definition, beside: _Beside) -> T | None:
    if definition.case_type.reporter is None:
        return None
    contacts = [x for x in definition.case_type.fields if isinstance(x, f.Contact) and x.hidden_by]
    if case.id not in beside.reported:
        return UNNAMED
    facts = facts_of(case)
    return HIDDEN if any(facts.get(x.hidden_by or "") for x in contacts) else NAMED


def _origin(case: Case, definition: Definition, beside: _Beside) -> T | None:
    action = definition.actions.get(beside.openings.get(case.id, ""))
    return action.title if action else None


def time_left(clock: Mapping[str, Any], now: int) -> TimeLeft | None:
    """The time left in the present stage at ``now`` (µs UTC); None where no clock runs."""
    run = clock.get("stage")
    if not run or "held" in run:
        return None
    calendar, due = current_calendar(), int(run["due"])
    pressing = now > due or worked(now, due, calendar) <= SOON
    return TimeLeft(phrase(due, now, calendar), "late" if now > due else "soon" if pressing else "", due)


_WAYS: Mapping[str, Callable[[Case, Definition, _Beside, int], Value]] = {
    "number": lambda c, d, b, at: c.number,
    "type": lambda c, d, b, at: d.case_type.title,
    "opened": lambda c, d, b, at: Instant(c.opened),
    "place": lambda c, d, b, at: b.places.get(c.place),
    "grid": lambda c, d, b, at: b.places.get(c.grid) if c.grid else None,
    "category": lambda c, d, b, at: _category(c, d),
    "matter": lambda c, d, b, at: title_of(c),
    "origin": lambda c, d, b, at: _origin(c, d, b),
    "reporter": lambda c, d, b, at: _reporter(c, d, b),
    "units": lambda c, d, b, at: together(b.units.get(c.id, [])),
    "state": lambda c, d, b, at: d.states[c.state],
    "turn": lambda c, d, b, at: _turn(c, d, b),
    "due": lambda c, d, b, at: Instant(c.due, ends=True) if c.live and c.due < FAR else None,
    "left": lambda c, d, b, at: time_left(json.loads(c.clock), at) if c.live else None,
    "closed": lambda c, d, b, at: None if c.live else Instant(c.since),
    "late": lambda c, d, b, at: NOW if c.late else ONCE if c.id in b.was_late else None,
    "climbed": lambda c, d, b, at: c.climbed or None,
    "excluded": lambda c, d, b, at: YES if c.excluded else None,
    "touched": lambda c, d, b, at: Instant(c.touched),
}


@dataclass(frozen=True, slots=True)
class Totals:
    """The last line of a ledger: how many there are, and of them how many are ended, were ever late, are excluded."""

    whole: Bounded
    ended: int
    late: int
    excluded: int


def totals(found: QuerySet[Case], most: int) -> Totals | None:
    """The totals, counted to the end; None where there are more than ``most``, because a part would be no total."""
    whole = counted(found, most)
    if whole.more:
        return None
    plain = found.order_by()
    ever = _ever_late(Q(case__in=plain.values("id")))
    late = plain.filter(Q(late=True) | Q(id__in=ever)).count()
    return Totals(whole, plain.filter(live=False).count(), late, plain.filter(excluded=True).count())
