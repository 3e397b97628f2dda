"""Any JSON at any field is taken or refused, never an accident, and what is refused leaves nothing."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from linli.rules.refusal import Refused
from tests.cases.community import town
from tests.cases.test_bad_input import DEMAND, REPORT, START, rows

leaves = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters())
json_values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
contacts = st.fixed_dictionaries(
    {}, optional={"name": json_values, "phone": json_values, "person": json_values}
)
keys = st.sampled_from([*REPORT, "photos", "hide_name", "spot", "unknown"])


class AnyAnswers(TestCase):
    """Hypothesis at the door."""

    def setUp(self) -> None:
        self.cast = town()

    @settings(max_examples=80)
    @given(st.dictionaries(keys, json_values), st.none() | contacts | json_values)
    def test_any_answers_are_taken_or_refused(self, said: dict[str, Any], contact: Any) -> None:
        before = rows()
        told = {**REPORT, **said, **({} if contact is None else {"reporter": contact})}
        try:
            self.cast.act(DEMAND, "resident", "report", START, told)
        except Refused as refusal:
            assert refusal.code == "answers" and set(refusal.fields) <= set(told)
            assert rows() == before
