"""A second program, beancount's own ``bean-check``, confirms the books; what was tampered with it refuses."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings

from linli.funds.beancount import export
from linli.funds.reading import vouchers_of
from linli.rules.books.book import Book
from linli.rules.books.gate import Authority
from linli.rules.books.posting import check
from linli.rules.books.voucher import KINDS, Voucher
from linli.rules.ids import new_id
from tests.funds.ledger import DECISION, NOW, opened, post, voucher
from tests.funds.lifetime import lifetime, planned, plans


def bean_check(text: str, folder: Path) -> str:
    """What the program complains of; empty where it accepts the text."""
    path = folder / "book.beancount"
    path.write_text(text, "utf-8")
    program = Path(sys.executable).with_name("bean-check")
    done = subprocess.run([program, "--no-cache", path], capture_output=True, text=True)
    assert (done.returncode == 0) == (not done.stderr)
    return done.stderr


def numbered(book: UUID) -> list[tuple[int, Voucher]]:
    return sorted(vouchers_of(book, range(1, 100)).items())


@pytest.mark.django_db
def test_a_book_with_every_kind_of_voucher_is_accepted(tmp_path: Path) -> None:
    book, _ = lifetime()
    vouchers = numbered(book)
    assert {v.kind for _, v in vouchers} == set(KINDS) - {"income", "spending"}
    text = export('测试"小区"', "fund", vouchers, until="2026-02-28")
    assert bean_check(text, tmp_path) == ""
    assert "^v10 ^v9" in text
    assert "2024-01-01 balance Assets:Bank  226000.01 ~ 0.00 CNY" in text
    assert "2026-03-01 balance" in text


TAMPERED = {
    "a leg": ("40000.00 CNY", "40000.01 CNY"),
    "a balance": ("226000.01 ~", "226000.02 ~"),
    "a bank's leg and its counterpart": ("1000.01 CNY", "1000.02 CNY"),
    "an account": ("open Assets:Bank", "open Assets:Purse"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", TAMPERED)
def test_a_text_that_was_tampered_with_is_refused(what: str, tmp_path: Path) -> None:
    book, _ = lifetime()
    text = export("测试小区", "fund", numbered(book))
    old, new = TAMPERED[what]
    assert old in text
    assert bean_check(text.replace(old, new), tmp_path) != ""


@pytest.mark.django_db
def test_a_voucher_that_is_left_out_is_missed(tmp_path: Path) -> None:
    book, _ = lifetime()
    text = export("测试小区", "fund", numbered(book))
    start = text.index("2023-12-31 * ")
    assert bean_check(text[:start] + text[text.index("\n\n", start) + 2 :], tmp_path) != ""


@pytest.mark.django_db
def test_a_book_of_property_service_is_accepted(tmp_path: Path) -> None:
    book = opened("service")
    post(book, voucher("income", ("1001", "", 5), ("4201", "业主-一", -3), ("4201", "业主-二", -2)))
    assert bean_check(export("物业服务", "service", numbered(book)), tmp_path) == ""


def test_an_empty_book_is_accepted(tmp_path: Path) -> None:
    assert bean_check(export("空", "fund", []), tmp_path) == ""


def sound(plan: Sequence[tuple[str, int, str]]) -> list[tuple[int, Voucher]]:
    """The vouchers of a plan that may be entered, one after the other."""
    id_, case = new_id(), new_id()
    authority = Authority(str(case), str(id_), "decision", DECISION, 600_00, NOW)
    entered: list[Voucher] = []
    for step in plan:
        one = planned(step, str(case), entered)
        if not check(Book(id_, "fund", authority=authority), [*entered, one], NOW):
            entered.append(one)
    return list(enumerate(entered, 1))


@settings(max_examples=12)
@given(plans())
def test_whatever_may_be_entered_is_accepted(
    tmp_path_factory: pytest.TempPathFactory, plan: list[tuple[str, int, str]]
) -> None:
    assert bean_check(export("测试小区", "fund", sound(plan)), tmp_path_factory.mktemp("bean")) == ""
