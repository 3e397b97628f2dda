"""Who may do what: one table of every role and relation against every action of every case type."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from linli.rules.definition import Definition
from linli.rules.labels import POPULATION, readable
from linli.rules.machine import relations_of
from linli.rules.programme import STAY, Action
from linli.rules.roles import CLOCK, IMPORTER, PUBLIC, RESIDENT, SYSTEM
from linli.rules.text import T
from linli.rules.who import Relation, Role, Who
from tools.reference import markdown
from tools.reference.said import Say

EVERYWHERE = (PUBLIC.key, RESIDENT.key, IMPORTER.key, CLOCK.key, SYSTEM.key)
"""The roles that no place narrows: whoever has one has it for every place."""
HERE, ALL, ASKS, NEVER, NO = "here", "all", "asks", "never", ""
"""What a cell says: may where the duty reaches; may everywhere; may ask, and another approves; may never, even with a
role that may (``same-person``); may not (``not-yours``).
"""
SIGNS = {HERE: "●", ALL: "●", ASKS: "○", NEVER: "✕", NO: ""}
FIRST = ("programme", "case_type", "action", "动作", "what")
SEE = "(see)"
"""The line of who sees a case; no action has such a key."""
RELATION = "="
"""The prefix of the columns of relations, for a role and a relation may share a key."""


def word(action: Action, who: Who) -> str:
    """What the definition declares for one role or relation and one action."""
    if isinstance(who, Relation) and who.key in {r.key for r in action.not_by}:
        return NEVER
    if who not in action.who:
        return NO
    if action.approval:
        return ASKS
    return HERE if isinstance(who, Role) and who.key not in EVERYWHERE else ALL


def lines(d: Definition) -> tuple[Action, ...]:
    """What the table has a line for: seeing a case of the type, then every action."""
    seeing = Action(SEE, T("看到事项", "See the case"), tuple(d.states), STAY, who=d.case_type.seen_by)
    return (seeing, *d.actions.values())


def row(d: Definition, action: Action, roles: Iterable[Role]) -> dict[str, str]:
    """One line of the table: column → word."""
    said = {r.key: word(action, r) for r in roles}
    said |= {RELATION + r.key: word(action, r) for r in relations_of(d.case_type)}
    names = (d.programme.key, d.key, action.key, action.title.zh, action.title.en)
    return dict(zip(FIRST, names, strict=True)) | said


def table(definitions: Iterable[Definition], roles: Mapping[str, Role]) -> str:
    """The whole table as CSV, with the mark that spreadsheet programmes need to read Chinese; relations stand in one
    cell, for each case type has its own: ``reporter:all supporter:never``.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*FIRST, *roles, "relations"])
    for d in definitions:
        for action in lines(d):
            said = row(d, action, roles.values())
            own = [f"{k[1:]}:{v}" for k, v in said.items() if k.startswith(RELATION) and v]
            writer.writerow([*(said[k] for k in FIRST), *(said[k] for k in roles), " ".join(own)])
    return "\ufeff" + out.getvalue()


def matrix(d: Definition, roles: Iterable[Role], say: Say) -> list[str]:
    """The table of one case type for readers: columns for those who may do something in it; what only the
    clock enters is left out.
    """
    actions = [a for a in lines(d) if a.who != (CLOCK,)]
    told = [row(d, a, roles) for a in actions]
    columns = {
        **{r.key: r.title for r in roles},
        **{RELATION + r.key: r.title for r in relations_of(d.case_type)},
    }
    used = {k: t for k, t in columns.items() if any(line[k] for line in told)}
    head = [say.words("动作", "Action"), *(say(t) for t in used.values())]
    return markdown.table(
        head,
        ([say(a.title), *(SIGNS[line[k]] for k in used)] for a, line in zip(actions, told, strict=True)),
    )


KEY = T(
    "● 可以办（有地域的职责只在其管辖之内，此外为 `not-yours`）　○ 可以申请，由另一人审批　✕ 即使有相应职责也不可以（`same-person`）　"
    "空白 不可以（`not-yours`）",
    "● may do it (a duty with a region only within that region, elsewhere `not-yours`)　○ may ask for it; somebody else"
    " approves　✕ may not, whatever other duty he holds (`same-person`)　blank: may not (`not-yours`)",
)


READS = T(
    "住户的标签按标签定谁能看：有地域的职责只在其管辖之内（网格员只看本网格），其余的人在任何页面、任何文件里都看不到。",
    "Who reads a label of a household is said label by label, within the region of the duty (a grid member: the own grid);"
    " nobody else finds it on any page or in any file.",
)


def labels(roles: Iterable[Role], say: Say) -> list[str]:
    """Every label against every role that reads one, and why it is these."""
    readers = [r for r in roles if readable(r.key)]
    head = [say.words("标签", "Label"), *(say(r.title) for r in readers), say.words("为什么", "Why")]
    lines = (
        [say(x.title), *(SIGNS[HERE] if r in x.readers else "" for r in readers), say(x.why)]
        for x in POPULATION
    )
    return [say(READS), "", *markdown.table(head, lines)]


def page(definitions: Iterable[Definition], roles: Mapping[str, Role], lang: str) -> str:
    """The page of all case types."""
    say = Say(lang)
    lines = [
        f"# {say.words('谁可以办什么', 'Who may do what')}",
        "",
        say(
            T(
                "所有角色、所有事项类型、所有动作都在一张表里：[permissions.csv](permissions.csv)（可用电子表格打开）。"
                "检查时逐格走一遍规则，并在数据库上逐个试过：不在表里的一律被拒绝，什么也不写入。",
                "Every role, every case type and every action stand in one table: [permissions.csv](permissions.csv),"
                " which any spreadsheet opens. The tests walk every cell of it through the rules, and try on the"
                " database that whoever is not in the table is refused and writes nothing.",
            )
        ),
        "",
        say(KEY),
        "",
    ]
    for d in definitions:
        title = say.words(
            f"{d.programme.title.zh} · {d.case_type.title.zh}",
            f"{d.programme.title.en} · {d.case_type.title.en}",
        )
        lines += markdown.section(title, matrix(d, tuple(roles.values()), say))
    title = say.words("住户标签", "Labels of households")
    lines += markdown.section(title, labels(tuple(roles.values()), say))
    return markdown.page(lines)
