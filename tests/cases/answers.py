"""Random answers to the fields of a definition: what a form could send, in the form in which it sends it."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from linli.rules import fields as f
from linli.rules.machine import asked
from linli.rules.money import Money
from linli.rules.programme import Action, CaseType

WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), min_size=1, max_size=20)
SAID = WORDS.filter(lambda t: bool(t.strip())) | st.sampled_from(
    ["楼道灯不亮", "漏水了，三天没人管", "A lift stuck"]
)
OWN = "19905779952"
"""The phone of the resident of the test town: he may give it as his contact."""
PHONES = st.sampled_from([OWN, "19900001111", "0351-7654321"])


def answer(field: f.Field, known: dict[str, list[str]]) -> st.SearchStrategy[Any]:
    """An answer that the field takes; ``known`` gives ids and places by the name of the field's kind."""
    if isinstance(field, f.Text):
        return SAID.map(lambda t: t[: field.at_most])
    if isinstance(field, f.Choice):
        keys = [o.key for o in field.options]
        return (
            st.lists(st.sampled_from(keys), min_size=1, unique=True) if field.many else st.sampled_from(keys)
        )
    if isinstance(field, f.Integer):
        return st.integers(field.at_least, min(field.at_most, field.at_least + 9))
    if isinstance(field, f.Flag):
        return st.booleans()
    if isinstance(field, f.Day):
        return st.dates().map(lambda d: d.isoformat())
    if isinstance(field, f.Contact):
        return st.fixed_dictionaries({"name": st.sampled_from(["测试甲", "测试乙"]), "phone": PHONES})
    if isinstance(field, Money):
        return st.integers(field.at_least, min(field.at_most, field.at_least + 10**7))
    if isinstance(field, f.Table):
        row = {c.key: answer(c, known) for c in field.columns}
        return st.lists(st.fixed_dictionaries(row), min_size=field.at_least, max_size=field.at_least + 2)
    if isinstance(field, f.Photos):
        return st.just([])
    found = known.get(type(field).__name__) or ["LL-0000-0000"]
    many = isinstance(field, f.Units) and field.many
    return (
        st.lists(st.sampled_from(found), min_size=1, max_size=3, unique=True)
        if many
        else st.sampled_from(found)
    )


@st.composite
def answers(
    draw: st.DrawFn, case_type: CaseType, action: Action, known: dict[str, list[str]]
) -> dict[str, Any]:
    """Answers to an action's form: what is needed, and now and then what is not."""
    said: dict[str, Any] = {}
    for field in asked(case_type, action):
        if field.asked_if and not field.asked_if.holds(said):
            continue
        if field.required or draw(st.booleans()):
            said[field.key] = draw(answer(field, known))
    return said
