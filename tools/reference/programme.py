"""The page of one programme: for each case type everything that its definition says."""

from __future__ import annotations

from collections.abc import Iterable

from linli.rules.definition import Definition
from linli.rules.fields import Field
from linli.rules.programme import HEARS, STAY, Action, Counter, Does, Indicator, Programme
from linli.rules.registry import Registry, installed
from linli.rules.text import T
from tools.reference import markdown, permissions
from tools.reference.diagram import diagram
from tools.reference.said import KINDS, LEVELS, Say, codes_of
from tools.reference.times import others, times


def page(programme: Programme, registry: Registry, lang: str) -> str:
    """The whole page in one language."""
    say = Say(lang)
    lines = [f"# {say(programme.title)}", "", say(programme.says), ""]
    lines += [say.words("专项键", "Key") + f": `{programme.key}` · " + _sources(programme, say), ""]
    for d in registry.of(programme.key):
        lines += [f"## {say(d.case_type.title)} `{d.key}`", "", *_about(d, say)]
        for title, part in PARTS:
            lines += markdown.section(say(title), part(d, registry, say), 3)
    lines += markdown.section(
        say.words("规则里的数值", "Other numbers"), others(registry.of(programme.key), say)
    )
    lines += markdown.section(
        say.words("本专项特有的不予办理", "Refusals of this programme"),
        markdown.table(
            [say.words("代码", "Code"), say.words("理由", "Reason")],
            ([f"`{code}`", say(text)] for code, text in programme.refusals.items()),
        ),
    )
    return markdown.page(lines)


def _sources(programme: Programme, say: Say) -> str:
    folder = f"../../linli/programmes/{programme.key}"
    names = ("programme.py", "rules.py", "parameters.yaml", "scenarios.yaml")
    return say.list(f"[{name}]({folder}/{name})" for name in names)


def _about(d: Definition, say: Say) -> list[str]:
    case_type = d.case_type
    told = [say.words("谁能看到：", "Seen by: ") + say.who(case_type.seen_by)]
    if case_type.number:
        level = say(LEVELS[case_type.number.level])
        told.append(
            say.words(
                f"编号：`{case_type.number.prefix}-年份-序号`，按{level}和年份连续",
                f"Numbers: `{case_type.number.prefix}-year-number`, without gaps per {level} and year",
            )
        )
    if case_type.public:
        told.append(
            say.words("公开页面上有（不含个人信息）", "Appears on public pages, without personal data")
        )
    if case_type.relations:
        told.append(say.words("与事项的关系：", "Relations to a case: ") + say.who(case_type.relations))
    return [*(f"- {line}" for line in told), ""]


def _fields(d: Definition, _: Registry, say: Say) -> list[str]:
    head = [
        *(
            say.words("字段", "Field"),
            say.words("键", "Key"),
            say.words("填什么", "Kind"),
            say.words("必填", "Required"),
        ),
        *(
            say.words("个人信息", "Personal"),
            say.words("谁能看到", "Seen by"),
            say.words("何时填", "Asked by"),
        ),
    ]
    return markdown.table(head, (_field(d, f, asked, say) for f, asked in _asked(d)))


def _asked(d: Definition) -> list[tuple[Field, list[str]]]:
    """Each field with the actions that ask it; the same key asked otherwise stands on a line of its own."""
    found: list[tuple[Field, list[str]]] = [(f, [a.key for a in d.openings]) for f in d.case_type.fields]
    for action in d.actions.values():
        for field in action.asks:
            held = next((asked for f, asked in found if f == field), None)
            if held is None:
                found.append((field, [action.key]))
            elif action.key not in held:
                held.append(action.key)
    return found


def _field(d: Definition, field: Field, asked: list[str], say: Say) -> list[str]:
    if_ = ""
    if field.asked_if:
        if_ = say.words("视“{}”而定", "depending on “{}”").format(say(d.fields[field.asked_if.field].title))
    seen = say.who(field.seen_by) or say.words("同事项", "as the case")
    if field.sealed_in:
        sealed = say.states(d, field.sealed_in)
        seen += say.stop + say.words(f"在“{sealed}”时封存", f"sealed while “{sealed}”")
    if field.public:
        seen += say.stop + say.words("公开", "public")
    return [
        *(say(field.title), f"`{field.key}`", say.kind(field), say.yes(field.required) + say.aside(if_)),
        *(say.yes(field.personal), seen, say.actions(d, asked)),
    ]


def _states(d: Definition, _: Registry, say: Say) -> list[str]:
    head = [
        *(say.words("状态", "State"), say.words("键", "Key"), say.words("性质", "Kind")),
        *(say.words("轮到谁", "Whose turn"), say.words("对反映人怎样说", "What the reporter reads")),
    ]
    rows = (
        [
            *(
                say(s.title),
                f"`{k}`",
                say(KINDS[s.kind])
                + (say.aside(say.words("停环节的钟", "stops the stage clock")) if s.pauses else ""),
            ),
            *(say.who(s.turn), say(s.says)),
        ]
        for k, s in d.states.items()
    )
    return markdown.table(head, rows)


def _diagram(d: Definition, _: Registry, say: Say) -> list[str]:
    return diagram(d, say)


def _actions(d: Definition, _: Registry, say: Say) -> list[str]:
    head = [
        *(
            say.words("动作", "Action"),
            say.words("从", "From"),
            say.words("到", "To"),
            say.words("谁", "Who"),
        ),
        *(say.words("要填", "Asks"), say.words("时限", "Within"), say.words("条件", "Conditions")),
    ]
    plain = [a for a in d.actions.values() if a.does is Does.PLAIN]
    told = markdown.table(head, (_action(d, a, say) for a in plain))
    note = say.words(
        "括号里的可以不填。需审批的动作另有“同意”“不同意”两个动作；提醒、超时、上报由时钟记入。",
        "What is in brackets may be left out. An action that needs approval has two more, “approve” and “decline”;"
        " the clock enters reminders, overdue stages and climbing.",
    )
    return [*told, note, ""] if told else []


def _action(d: Definition, a: Action, say: Say) -> list[str]:
    from_ = say.words("（新立）", "(opens a case)") if a.opens else say.states(d, a.sources)
    to = say.words("（不变）", "(stays)") if a.targets == (STAY,) else _targets(d, a, say)
    asks = say.list(say(f.title) if f.required else f"({say(f.title)})" for f in a.asks)
    within = say.span(d, a.within) if a.within else ""
    name = f"{say(a.title)} `{a.key}`"
    return [name, from_, to, say.who(a.who), asks, within, say.stop.join(_conditions(d, a, say))]


def _targets(d: Definition, a: Action, say: Say) -> str:
    return say.words("或", " or ").join(
        say.words("（不变）", "(stays)") if t == STAY else say(d.states[t].title) for t in a.targets
    )


def _conditions(d: Definition, a: Action, say: Say) -> Iterable[str]:
    if a.approval:
        by = say.who(a.approval.by)
        yield say.words(f"须由{by}另一人审批", f"needs the approval of somebody else: {by}")
    if a.not_by:
        yield say.words("不能是", "not by the ") + say.who(a.not_by)
    if codes := codes_of(a.guard):
        yield say.words("可能被拒：", "may be refused: ") + say.list(f"`{c}`" for c in codes)
    if a.extends:
        yield say.words("延长期限", "extends the deadlines")
    if a.restarts:
        yield say.words("环节的钟重新起算", "restarts the stage clock")
    if a.excludes:
        yield say.words("不计入考核", "is left out of the rates")
    for react in a.reacts:
        yield say.words("同时对相连事项：", "also, on linked cases: ") + _reaction(d, react.action, say)
    for begins in a.begins:
        type_ = installed[begins.type].case_type.title
        yield say.words(f"同时立项：{type_.zh}", f"opens: {type_.en.lower()}")


def _reaction(d: Definition, action: str, say: Say) -> str:
    """A reaction by the title that the action has here, else in the first case type that has it."""
    if action == HEARS:
        return say.words("告知其结果", "what became of it is entered there")
    return say.actions(
        d if action in d.actions else next(o for o in installed if action in o.actions), (action,)
    )


def _times(d: Definition, _: Registry, say: Say) -> list[str]:
    return times(d, say)


def _who(d: Definition, registry: Registry, say: Say) -> list[str]:
    told = permissions.matrix(d, tuple(registry.roles().values()), say)
    return [say(permissions.KEY), "", *told]


def _counters(d: Definition, _: Registry, say: Say) -> list[str]:
    head = [
        *(say.words("指标", "Figure"), say.words("键", "Key"), say.words("单位", "Unit")),
        *(say.words("数哪些动作", "Counts the entries of"), say.words("怎样数", "How")),
    ]
    counted = markdown.table(head, (_counter(d, c, say) for c in d.counters.values()))
    shares = markdown.table(
        [
            say.words("比率", "Rate"),
            say.words("键", "Key"),
            say.words("算法", "Formula"),
            say.words("分子 ÷ 分母", "Numerator ÷ denominator"),
        ],
        (_indicator(d, i, say) for i in d.case_type.indicators),
    )
    return [*counted, *shares]


def _counter(d: Definition, c: Counter, say: Say) -> list[str]:
    how = [say.words("每条计 1", "1 each")] if c.amount is None else []
    if isinstance(c.amount, str):
        how = [say.words("按所填“{}”", "as much as “{}” says").format(say(d.fields[c.amount].title))]
    elif c.amount is not None:
        how = [say.rule(c.amount)]
    if c.when:
        how.append(say.words("仅当 ", "only if ") + say.rule(c.when))
    clock = say.words("（由时钟计）", "(counted by the clock)")
    return [say(c.title), f"`{c.key}`", say(c.unit), say.actions(d, c.actions) or clock, say.stop.join(how)]


def _indicator(d: Definition, i: Indicator, say: Say) -> list[str]:
    over, under = (
        "(" + " + ".join(say(d.counters[k].title) for k in keys) + ")"
        for keys in (i.numerator, i.denominator)
    )
    return [say(i.title), f"`{i.key}`", say(i.formula), f"{over} ÷ {under}"]


PARTS = (
    (T("一件事怎样走", "The life of a case"), _diagram),
    (T("状态", "States"), _states),
    (T("动作", "Actions"), _actions),
    (T("期限与参数", "Deadlines and parameters"), _times),
    (T("谁可以办什么", "Who may do what"), _who),
    (T("字段", "Fields"), _fields),
    (T("指标", "Figures"), _counters),
)
