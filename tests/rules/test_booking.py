"""What an action enters in the books is judged before it is written: whatever its programme did not guard, the books refuse."""

from __future__ import annotations

from uuid import UUID

import pytest

from linli.cases.calendars import current_calendar
from linli.rules.actor import EVERYWHERE, Actor, Grant
from linli.rules.books.book import Book
from linli.rules.books.booking import Booking
from linli.rules.books.gate import DECISION, Authority
from linli.rules.books.voucher import DEPOSIT, PAYMENT, Leg, Voucher
from linli.rules.definition import define
from linli.rules.fields import Place, Text
from linli.rules.machine import Effect, decide
from linli.rules.parameters import Parameters
from linli.rules.programme import OPENING, STAY, Action, CaseType, Kind, Programme, State
from linli.rules.refusal import Refused
from linli.rules.roles import CLERK
from linli.rules.situation import CaseView, Situation
from linli.rules.text import T

BOOK, AT, PLACE = UUID(int=7), 1_772_413_200_000_000, "140105006002"
IN = (Leg("1001", "", 500), Leg("4001", "", -500))
OUT = (Leg("5001", "", 300), Leg("1001", "", -300))
GIVEN = Authority(str(BOOK), str(BOOK), DECISION, "ab" * 32, 300, AT)


def entered(booking: Booking, book: Book) -> Effect:
    """The effect of an action that enters this and guards nothing."""
    name = T("测试", "Test")
    enter = Action("enter", name, "open", STAY, who=(CLERK,), books=lambda _: booking)
    opening = Action("start", T("开", "Start"), OPENING, "open", who=(CLERK,))
    kind = CaseType(
        "kept", name, place="where", summary="what", fields=(Place("where", name), Text("what", T("名", "Name"))),
        states=(State("open", name, Kind.STANDING),), actions=(opening, enter), seen_by=(CLERK,),
    )  # fmt: skip
    definition = define(Programme("keeping", name, name, case_types=(kind,)), Parameters({}))[0]
    case = CaseView(BOOK, PLACE, None, "open", AT, AT, {}, {}, 1)
    clerk = Actor(UUID(int=1), (Grant(CLERK.key, EVERYWHERE),))
    situation = Situation(
        definition, current_calendar(), clerk, AT, PLACE, None, case=case, recorded=AT, book=book
    )
    return decide(situation, definition.actions["enter"], {})[1]


def code(booking: Booking, book: Book) -> str:
    with pytest.raises(Refused) as refusal:
        entered(booking, book)
    assert refusal.value.code == "not-booked"
    return refusal.value.reason.en.partition("(")[2].split(" ")[0]


def vouchers(*legs: tuple[Leg, ...], kind: str = DEPOSIT, authority: str = "") -> Booking:
    return Booking(
        vouchers=tuple(Voucher(kind, "2026-03-02", "m", some, authority=authority) for some in legs)
    )


def test_a_voucher_that_holds_takes_the_next_number() -> None:
    effect = entered(vouchers(IN), Book(BOOK, "fund", last=4))
    assert [v["number"] for v in effect["vouchers"]["vouchers"]] == [5]


def test_what_does_not_sum_to_zero_is_refused() -> None:
    assert (
        code(vouchers((Leg("1001", "", 500), Leg("4001", "", -499))), Book(BOOK, "fund"))
        == "voucher/unbalanced"
    )


def test_money_does_not_leave_without_an_authority() -> None:
    rich = Book(BOOK, "fund", balances={("1001", ""): 900})
    assert code(vouchers(OUT, kind=PAYMENT), rich) == "gate/no-authority"


def test_the_authority_that_the_same_act_gives_counts_with_what_was_paid_under_the_one_before() -> None:
    paid = Book(BOOK, "fund", balances={("1001", ""): 900}, authority=Authority(*_of(GIVEN), paid=100))
    out = vouchers(OUT, kind=PAYMENT, authority=GIVEN.id)
    assert code(Booking(authority=GIVEN, vouchers=out.vouchers), paid) == "gate/over-limit"
    more = Authority(GIVEN.id, GIVEN.book, DECISION, GIVEN.decision, 400, AT)
    assert entered(Booking(authority=more, vouchers=out.vouchers), paid)["vouchers"]


def _of(known: Authority) -> tuple[str, str, str, str, int, int]:
    return known.id, known.book, known.kind, known.decision, known.limit, known.opens


def test_no_account_falls_below_zero_on_the_way() -> None:
    poor = Book(BOOK, "fund", balances={("1001", ""): 200}, authority=GIVEN)
    assert code(vouchers(OUT, kind=PAYMENT, authority=GIVEN.id), poor) == "floor/bank-overdrawn"
