"""What a form sends flat, as answers and back: nothing is lost, and nothing becomes a hundred times as much."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.forms.answers import Sent, answer, flat, numbers
from linli.forms.questions import kind
from linli.rules.fields import (
    AskedIf,
    Choice,
    Contact,
    Field,
    Flag,
    Integer,
    Option,
    Table,
    Text,
    clean_answers,
)
from linli.rules.money import Money
from linli.rules.text import T

NAME = T("甲", "A")
TABLE = Table(
    "costs",
    NAME,
    (
        Text("item", NAME),
        Money("price", NAME),
        Choice("kinds", NAME, (Option("a", NAME), Option("b", NAME)), many=True, required=False),
        Integer("pieces", NAME, required=False, asked_if=AskedIf("item", ("灯",))),
    ),
)
FIELDS: tuple[Field, ...] = (
    TABLE,
    Money("amount", NAME),
    Contact("who", NAME),
    Flag("yes", NAME, required=False),
)
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)
names = st.sampled_from(
    [
        *(f"costs-{n}-{c}" for n in (0, 1, 7, 300) for c in ("item", "price", "kinds", "pieces", "other")),
        *("amount", "who-name", "who-phone", "yes", "costs", "costs--item", "costs-x-item"),
    ]
)
forms = st.dictionaries(names, st.lists(texts | st.sampled_from(["a", "b", "on", "12,345.67"]), max_size=3))


def read(sent: Sent) -> dict[str, Any]:
    return {x.key: answer(x, sent) for x in FIELDS}


def sent_again(given_: dict[str, Any]) -> dict[str, list[str]]:
    pairs = flat(FIELDS, given_)
    return {name: [v for n, v in pairs if n == name] for name, _ in pairs}


@given(forms)
def test_answers_carried_to_another_step_are_the_same_answers(sent: Sent) -> None:
    """Rows that are wholly empty are dropped, the others close up."""
    once = read(sent)
    assert all(once["costs"])
    assert read(sent_again(once)) == once


rows = st.fixed_dictionaries(
    {"item": st.sampled_from(["灯", "电缆"]), "price": st.integers(1, 10**11)},
    optional={"kinds": st.lists(st.sampled_from("ab"), min_size=1, unique=True).map(sorted)},
)


@given(st.lists(rows, max_size=5), st.integers(1, 10**11))
def test_cents_that_go_through_a_form_are_as_many_cents(told: list[dict[str, Any]], amount: int) -> None:
    for row in told:
        if row["item"] == "灯":
            row["pieces"] = 0
    known = {"amount": amount} | ({"costs": told} if told else {})
    fields = (TABLE, FIELDS[1]) if told else FIELDS[1:2]
    given_ = {k: v for k, v in read(sent_again(known)).items() if k in known}
    assert clean_answers(fields, given_) == (known, {})


def test_rows_are_found_by_the_names_of_their_columns_alone() -> None:
    sent = {name: [""] for name in ("costs-2-item", "costs-10-price", "costs-3-strange", "costs-1e3-item")}
    assert numbers(TABLE, sent) == [2, 10]
    assert answer(TABLE, sent) == []


def test_an_error_names_the_row_that_is_seen_and_its_column() -> None:
    sent = {"costs-0-item": [" "], "costs-4-item": ["灯"], "costs-4-price": ["1.2"], "costs-4-pieces": ["1"]}
    sent |= {"costs-9-item": ["电缆"], "costs-9-price": ["1.234"]}
    _, wrong = clean_answers((TABLE,), {"costs": answer(TABLE, sent)})
    assert wrong["costs"].zh.startswith("第 2 行“甲”：请填写金额")
    assert wrong["costs"].en.startswith("Row 2, “A”: Expected an amount")


@pytest.mark.parametrize("given_", ["text", ["text"], {"item": "x"}, None, 3])
def test_what_is_no_table_at_all_has_no_rows(given_: object) -> None:
    assert flat((TABLE,), {"costs": given_}) == []


def test_money_and_rows_are_kinds_of_questions() -> None:
    assert (kind(FIELDS[1]), kind(TABLE)) == ("money", "table")
