"""The life of a case as a Mermaid state diagram, which code hosts draw."""

from __future__ import annotations

from linli.rules.definition import Definition
from linli.rules.programme import STAY, Action, Does
from tools.reference.said import Say

MANY = 2
"""An action from more states than this is drawn from one box that stands for all of them."""


def diagram(d: Definition, say: Say) -> list[str]:
    """The diagram's lines, fenced. What moves no state, the clock and the approvals' own steps are left out: they
    stand in the tables.
    """
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{plain(say(s.title))}" as {_id(k)}' for k, s in d.states.items()]
    edges: dict[tuple[str, str], list[str]] = {}
    boxes: dict[tuple[str, ...], str] = {}
    for action in d.actions.values():
        if action.does is Does.PLAIN:
            for source in _sources(action, boxes):
                for target in action.targets:
                    if target != STAY and _id(target) != source:
                        edges.setdefault((source, _id(target)), []).append(_label(action, say))
    for sources, name in boxes.items():
        lines.append(f'    state "{plain(_box(d, sources, say))}" as {name}')
    lines += [f"    {a} --> {b} : {plain(' / '.join(labels))}" for (a, b), labels in edges.items()]
    lines += [f"    {_id(k)} --> [*]" for k, s in d.states.items() if not s.kind.live]
    return [*lines, "```", ""]


def plain(words: str) -> str:
    """Words without the signs that end a label in Mermaid."""
    return words.replace(": ", " – ").replace(":", "：").replace(";", ",").replace('"', "”")


def _id(key: str) -> str:
    """A state's name in the diagram; bare, a state called ``note`` or ``default`` would be a word of Mermaid's own."""
    return f"s_{key}"


def _sources(action: Action, boxes: dict[tuple[str, ...], str]) -> tuple[str, ...]:
    if action.opens:
        return ("[*]",)
    if len(action.sources) <= MANY or set(action.targets) == {STAY}:
        return tuple(_id(key) for key in action.sources)
    return (boxes.setdefault(action.sources, f"any_{len(boxes) + 1}"),)


def _label(action: Action, say: Say) -> str:
    return say(action.title) + (say.aside(say.words("经审批", "with approval")) if action.approval else "")


def _box(d: Definition, sources: tuple[str, ...], say: Say) -> str:
    """All live states but a few, or a few by name: whichever is said in fewer words."""
    live = [k for k, s in d.states.items() if s.kind.live]
    left = [k for k in live if k not in sources]
    if set(sources) <= set(live) and len(left) < len(sources):
        but = say.words("（", ", but not ") + say.states(d, left) + say.words("除外）", "") if left else ""
        return say.words("办理中任一环节", "any stage") + but
    return say.states(d, sources)
