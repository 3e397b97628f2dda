"""Cases in a resident's words: cards, the time left, the story in sentences. No names of the staff, no codes of states."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse

from linli.cases.ledger import time_left
from linli.cases.models import Case
from linli.cases.story import CasePage
from linli.cases.story import Step as Told
from linli.cases.titles import title_of
from linli.faces.web.moments import exact
from linli.faces.web.parts import CaseLine, Column, Left, Photo, Row, Step, Table
from linli.faces.web.ways import page_of
from linli.forms.answers import rows_of
from linli.rules import fields as f
from linli.rules.definition import Definition
from linli.rules.money import Money, yuan
from linli.rules.programme import STAY, Action, Does, State
from linli.rules.registry import installed
from linli.rules.roles import PUBLIC, RESIDENT
from linli.rules.text import T
from linli.rules.when import When, instant
from linli.rules.who import Relation, Who
from linli.rules.worktime import HOUR
from linli.territory.regions import path_title, titles

YOU = T("您", "You")
WAITS = T("提出“{what}”，等待审批。", "Asked for “{what}”; it waits for approval.")
DECLINED = T("“{what}”没有批准。", "“{what}” was not approved.")
LINES = 30
"""So many rows of a table are told in words; a longer one says how many more there are."""


def for_residents(who: tuple[Who, ...]) -> bool:
    """Whether a resident may be among these: by his role, or by his own relation to the case."""
    return any(w in (RESIDENT, PUBLIC) or (isinstance(w, Relation) and w.of != "unit") for w in who)


def left_of(clock: Mapping[str, Any], now: int) -> Left | None:
    """The time left in the present stage; None where none runs."""
    left = time_left(clock, now)
    return Left(left.phrase, left.tone, left.due) if left else None


def state_of(case: Case) -> State:
    """Where the case stands."""
    return installed[case.type].states[case.state]


def lines(cases: list[Case], now: int) -> list[CaseLine]:
    """Cards of the reader's cases; what waits for him says so."""
    places = titles(c.place for c in cases)
    return [_line(c, places[c.place], now) for c in cases]


def _line(case: Case, place: T, now: int) -> CaseLine:
    state = state_of(case)
    asks = state.says if state.turn and for_residents(state.turn) else None
    left = _fair(left_of(json.loads(case.clock), now), state) if case.live else None
    url = page_of(case)
    return CaseLine(
        url, title_of(case), state, number=case.number, place=place, left=left, at=case.touched, asks=asks
    )


def story(page: CasePage, now: int) -> list[Step]:
    """The timeline: what happened in sentences, then where it stands and until when."""
    told = [s for s in (_step(s, page) for s in page.steps) if s]
    state = page.definition.states[page.case.state]
    if page.case.live:
        left = _fair(left_of(page.clock, now), state)
        told.append(Step(state.says or state.title, state="now", left=left))
    return told


def _fair(left: Left | None, state: State) -> Left | None:
    """A resident is never late: what waits for him tells the time left, and nothing once it is over."""
    over = left is not None and left.tone == "late" and bool(state.turn) and for_residents(state.turn)
    return None if over else left


def _step(told: Told, page: CasePage) -> Step | None:
    action = told.action
    if action.quiet or action.does in (Does.REMIND, Does.RECKON):
        return None
    reported = action.opens and for_residents(action.who) and is_reporter(page)
    own = told.own or reported or told.role.zh in _bearers(page.definition)
    says = sentence(action, page)
    who = YOU if own else told.role if told.action.does is not Does.OVERDUE else None
    if who is YOU and YOU.zh in says.zh:  # the sentence says it already
        who = None
    late_note = told.recorded if told.recorded - told.happened > HOUR else None
    return Step(
        says,
        told.happened,
        who=who,
        text=_text(told),
        photos=() if action.opens else photos(told.answers),
        recorded=late_note,
        number=told.seq,
    )


def _bearers(definition: Definition) -> set[str]:
    return {r.title.zh for r in definition.case_type.relations if r.of == "bearer"}


def sentence(action: Action, page: CasePage) -> T:
    """What an entry says to this reader. The sentences say “you”, which is wrong for who only joined in: he reads titles."""
    base = page.definition.actions.get(action.of, action)
    if action.does is Does.APPROVE:
        return base.says or base.title
    if action.does is Does.DECLINE:
        return DECLINED.format(what=base.title)
    if action.approval:
        return WAITS.format(what=action.title)
    of_reporter = action.opens or all(isinstance(w, Relation) and w.of != "unit" for w in action.who)
    if of_reporter and not is_reporter(page):
        return action.title
    return action.says or action.title


def is_reporter(page: CasePage) -> bool:
    """Whether the reader reported it himself, by name or by the code that he bears."""
    case_type = page.definition.case_type
    own = {r.key for r in case_type.relations if r.of == "bearer"} | (
        {case_type.reporter.key} if case_type.reporter else set()
    )
    return bool(own & set(page.mine))


def _text(told: Told) -> str | T | None:
    """The words of an answer, one line each; what the opening said stands above the timeline."""
    if told.action.opens:
        return None
    said = [
        (field, shown(field, value))
        for field, value in told.answers
        if not isinstance(field, (f.Photos, f.Contact))
    ]
    pairs = [(field, value) for field, value in said if value is not None]
    return pairs[0][1] if len(pairs) == 1 else named(pairs)


def named(pairs: Sequence[tuple[f.Field, T]]) -> T | None:
    """Answers in words with the titles of their fields, one line each; the rows of a table stand below its title."""
    zh = [f"{x.title.zh}：{_below(x)}{value.zh}" for x, value in pairs]
    en = [f"{x.title.en}:{_below(x) or ' '}{value.en}" for x, value in pairs]
    return T("\n".join(zh), "\n".join(en)) if pairs else None


def _below(field: f.Field) -> str:
    return "\n" if isinstance(field, f.Table) else ""


def shown(field: f.Field, value: Any) -> T | None:
    """One answer as words; None where a resident reads nothing from it, such as the ids of units.

    A table is one line per row.
    """
    if isinstance(field, f.Table):
        return _rows(field, rows_of(value))
    if isinstance(field, Money):
        return T(f"{yuan(value)} 元", f"{'-' if value < 0 else ''}¥{yuan(abs(value))}")
    if isinstance(field, f.Choice):
        titles_ = [field.title_of(v) for v in (value if isinstance(value, list) else [value])]
        return T("、".join(t.zh for t in titles_), ", ".join(t.en for t in titles_)) if titles_ else None
    if isinstance(field, f.Place):
        return path_title(str(value))
    if isinstance(field, f.Integer):
        return (
            T(f"{value} {field.unit.zh}", f"{value} {field.unit.en}")
            if field.unit
            else T(str(value), str(value))
        )
    if isinstance(field, f.Flag):
        return T("是", "Yes") if value else T("否", "No")
    if isinstance(field, When):
        return _when(str(value))
    if isinstance(field, (f.Text, f.Day)) and str(value).strip():
        return T(str(value), str(value))
    return None


def _when(value: str) -> T:
    """A time in full: 2024年4月28日 星期日 14:30."""
    whole = exact(instant(value))
    return T(whole.zh.removesuffix(":00"), whole.en.removesuffix(":00"))


def _rows(table: f.Table, rows: Sequence[Mapping[str, Any]]) -> T | None:
    told = [words_ for row in rows[:LINES] if (words_ := _row(table, row))]
    if len(rows) > LINES:
        told.append(T("……共 {n} 行", "… {n} rows in all").format(n=len(rows)))
    return T("\n".join(t.zh for t in told), "\n".join(t.en for t in told)) if told else None


def _row(table: f.Table, row: Mapping[str, Any]) -> T | None:
    """A row in one line; a line break within a cell is a space."""
    said = [(c, shown(c, row[c.key])) for c in table.columns if c.key in row]
    zh = [f"{c.title.zh}：{' '.join(v.zh.split())}" for c, v in said if v is not None]
    en = [f"{c.title.en}: {' '.join(v.en.split())}" for c, v in said if v is not None]
    return T("，".join(zh), ", ".join(en)) if zh else None


def tabled(table: f.Table, value: Any) -> Table | None:
    """An answer to a table as a table of a page; None where it has no rows."""
    numbers = (f.Integer, Money)
    columns = [Column(c.title, fit="right" if isinstance(c, numbers) else "") for c in table.columns]
    rows = [
        Row([shown(c, row[c.key]) if c.key in row else None for c in table.columns]) for row in rows_of(value)
    ]
    return Table(table.title, columns, rows) if rows else None


def photos(answers: tuple[tuple[f.Field, Any], ...]) -> list[Photo]:
    """The photos among answers, each by the copy that may be shown."""
    found = []
    for field, ids in answers:
        if isinstance(field, f.Photos):
            found += [Photo(reverse("file-small", args=[i]), reverse("file", args=[i])) for i in ids or ()]
    return found


def facts(page: CasePage) -> list[tuple[T, T]]:
    """What was reported, by name and value; contacts and photos stand elsewhere."""
    opening = {x.key for x in page.definition.case_type.fields} - {page.definition.case_type.summary}
    pairs = [
        (field.title, shown(field, v))
        for field, v in page.facts
        if field.key in opening and not isinstance(field, f.Contact)
    ]
    return [(title, value) for title, value in pairs if value is not None]


def moves(action: Action) -> bool:
    """Whether the action moves the state."""
    return action.targets != (STAY,)
