"""Deadlines and dated numbers of a case type, each with its law, and how overdue work climbs."""

from __future__ import annotations

from collections.abc import Iterator

from linli.rules.definition import Definition
from linli.rules.parameters import P
from tools.reference import markdown
from tools.reference.said import Say


def times(d: Definition, say: Say) -> list[str]:
    """The parameters that the case type itself names, with all their versions, and the climbing in words."""
    rows: list[list[str]] = []
    for wish, for_ in _used(d, say):
        rows += [[for_, f"`{wish.name}`", *told] for told in _versions(d, wish, say)]
    return [*_table(rows, say), *_climb(d, say)]


def others(definitions: list[Definition], say: Say) -> list[str]:
    """The parameters of a programme that no case type names: its rules ask for them."""
    named = {wish.name for d in definitions for wish, _ in _used(d, say)}
    first = definitions[0]
    for_ = say.words("规则里查用", "asked by the rules")
    rows = [
        [for_, f"`{name}`", *told]
        for name in first.parameters.versions
        if name not in named
        for told in _versions(first, P(name, first.case_type.category), say)
    ]
    return _table(rows, say)


def _table(rows: list[list[str]], say: Say) -> list[str]:
    head = [
        *(say.words("用于", "For"), say.words("参数", "Parameter"), say.words("数值", "Value")),
        *(say.words("依据", "Law"), say.words("施行", "In force")),
    ]
    return markdown.table(head, rows)


def _versions(d: Definition, wish: P, say: Say) -> list[tuple[str, str, str]]:
    return [say.version(v, say.picks(d, wish.by)) for v in d.parameters.versions[wish.name]]


def _used(d: Definition, say: Say) -> Iterator[tuple[P, str]]:
    for key, state in d.states.items():
        if isinstance(wish := d.within(key), P):
            for_ = say(state.title)
            yield wish, say.words(f"“{for_}”环节", f"the stage “{for_}”")
    if d.case_type.total:
        yield d.case_type.total, say.words("全程", "the whole case")
    if climb := d.case_type.climb:
        yield climb.remind, say.words("临期提醒", "the reminder before a deadline")
        yield climb.every, say.words("逐级上报", "climbing, step by step")


def _climb(d: Definition, say: Say) -> list[str]:
    climb = d.case_type.climb
    if climb is None:
        return []
    lead, every = say.span(d, climb.remind), say.span(d, climb.every)
    roles = " → ".join(say(r.title) for r in climb.roles)
    zh = f"期限前 {lead}提醒轮到的人；超时即记入，并上报：{roles}，每过 {every}上报一级。"
    en = (
        f"Whose turn it is is reminded {lead} before a deadline; when it passes, that is entered and the work climbs:"
        f" {roles}, one step after every {every}."
    )
    return [say.words(zh, en), ""]
