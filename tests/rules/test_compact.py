"""The text of a value is the standard library's, made faster."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.rules import compact as module
from linli.rules.compact import compact

LEAVES = (
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False)
)
VALUES = st.recursive(LEAVES, lambda v: st.lists(v) | st.dictionaries(st.text(), v), max_leaves=30)


@given(VALUES)
def test_the_text_is_the_standard_librarys(value: Any) -> None:
    wanted = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert compact(value) == wanted
    assert module._plainly(value) == wanted


def test_what_json_does_not_know_is_said() -> None:
    circle: list[Any] = []
    circle.append(circle)
    for value, wrong in ((object(), TypeError), (float("nan"), ValueError), (circle, RecursionError)):
        with pytest.raises(wrong):
            compact(value)
