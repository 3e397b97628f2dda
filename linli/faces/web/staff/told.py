"""What a case holds in the words of the office: its facts, and its entries one by one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from linli.cases.story import CasePage, Step
from linli.faces.web import parts, said
from linli.people.units import titles as unit_titles
from linli.rules import fields as f
from linli.rules.programme import Action
from linli.rules.text import T
from linli.rules.worktime import HOUR


def facts(page: CasePage) -> list[tuple[T, T | str | parts.Table]]:
    """What is known of the case, by name and value."""
    pairs = [
        (field.title, said.tabled(field, value) if isinstance(field, f.Table) else told(field, value))
        for field, value in page.facts
        if str(value) != page.case.title
        and not isinstance(field, f.Photos)
        and not (page.units and isinstance(field, f.Units))
    ]
    if page.units:
        units = T("、".join(t.zh for _, t in page.units), ", ".join(t.en for _, t in page.units))
        pairs.append((T("责任单位", "Responsible units"), units))
    return [(name, value) for name, value in pairs if value is not None]


def told(field: f.Field, value: Any) -> T | str | None:
    """One answer in words."""
    if isinstance(field, f.Units):
        named = unit_titles(UUID(str(u)) for u in (value if isinstance(value, list) else [value]))
        return T(
            "、".join(t.zh for t in named.values()) or "—", ", ".join(t.en for t in named.values()) or "—"
        )
    if isinstance(field, f.Contact):
        return T("已登记（姓名电话加密保存）", "Registered (name and phone are kept sealed)")
    return said.shown(field, value)


RUN = 5
"""So many entries of one kind in a row, which tell nothing one by one, are told as one."""


def steps_told(steps: Sequence[Step]) -> list[parts.Step]:
    """The entries in the words of the office. Ballots that come by the hundred are one line, with when the last came."""
    told: list[parts.Step] = []
    for _, run in groupby(steps, key=lambda s: s.action.key if _by_the_hundred(s.action) else s.seq):
        some = list(run)
        told += [step_told(s) for s in some] if len(some) < RUN else [_run_told(some)]
    return told


def _by_the_hundred(action: Action) -> bool:
    """Whether many take it one after the other, so that a run of them says no more than their number."""
    return (action.quiet or action.discreet) and not action.opens


def _run_told(steps: Sequence[Step]) -> parts.Step:
    last = steps[-1]
    title = last.action.title
    said = T(f"{title.zh} × {len(steps):,}", f"{title.en} × {len(steps):,}")
    return parts.Step(said, last.happened, number=last.seq)


def step_told(step: Step) -> parts.Step:
    """An entry in the words of the office: what was done, by whom, with what answer."""
    who = T(f"{step.role.zh} {step.who}".strip(), f"{step.role.en} {step.who}".strip())
    return parts.Step(
        step.action.title,
        step.happened,
        who=who,
        text=None if step.action.opens else answers_told(step),
        photos=() if step.action.opens else said.photos(step.answers),
        recorded=step.recorded if step.recorded - step.happened > HOUR else None,
        number=step.seq,
    )


def answers_told(step: Step) -> T | None:
    """The answers of an entry, one line each; contacts and photos stand elsewhere."""
    pairs = [(x, told(x, value)) for x, value in step.answers if not isinstance(x, f.Photos | f.Contact)]
    return said.named([(x, v if isinstance(v, T) else T(v, v)) for x, v in pairs if v is not None])
