"""Paying: in stages against contract and acceptance, and the shares charged to the homes of the scope, to the cent."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from linli.programmes.maintenance_fund import publicity, rolls
from linli.programmes.maintenance_fund.homes import units
from linli.programmes.maintenance_fund.words import ACCEPTED, PAID, UNIT
from linli.rules.apportionment import apportion
from linli.rules.books import gate
from linli.rules.books.book import SOLD, Book
from linli.rules.books.booking import Booking
from linli.rules.books.chart import BANK, DEVELOPER, HOMES, PUBLIC_HOMES, RECEIVABLE, SPENT
from linli.rules.books.voucher import APPORTIONMENT, PAYMENT, Leg, Voucher
from linli.rules.chain import canonical
from linli.rules.money import yuan
from linli.rules.parameters import p
from linli.rules.refusal import Refusal
from linli.rules.situation import Situation
from linli.rules.votes.evidence import roll_hash
from linli.rules.worktime import civil_day

Line = tuple[str, int, dict[str, int]]


def contract_fits(s: Situation) -> Refusal | None:
    """The stages are what was approved, or less."""
    total = sum(int(row["amount"]) for row in s.answers["stages"])
    limit = int(s.fact("cost"))
    return Refusal("over-approved", {"over": yuan(total - limit)}) if total > limit else None


def stages(s: Situation) -> list[Mapping[str, Any]]:
    """The stages of the contract."""
    return list(s.fact("stages") or [])


def stage_is_there(s: Situation) -> Refusal | None:
    """The stage stands in the contract."""
    return (
        None
        if 0 < s.answers["stage_no"] <= len(stages(s))
        else Refusal("no-stage", {"n": s.answers["stage_no"]})
    )


def this_stage(s: Situation) -> Iterable[Line]:
    """A seat for the stage."""
    yield str(s.answers["stage_no"]), int(s.answers["stage_no"]), {"cents": int(s.answers.get("amount") or 0)}


def may_be_paid(s: Situation) -> Refusal | None:
    """The gate, and that the stage was accepted and its amount is not exceeded."""
    if refusal := stage_is_there(s):
        return refusal
    number, amount = int(s.answers["stage_no"]), int(s.answers["amount"])
    if str(number) not in {seat.head for seat in s.seats.get(ACCEPTED.key, ())}:
        return Refusal("not-accepted", {"n": number})
    agreed = int(stages(s)[number - 1]["amount"])
    if amount > agreed:
        return Refusal("over-stage", {"over": yuan(amount - agreed)})
    return through_the_gate(s, amount)


def through_the_gate(s: Situation, cents: int) -> Refusal | None:
    """What a person can do something about at the gate, in words, and that the money is there. Whatever else keeps the gate shut, the
    books refuse.
    """
    book = s.book
    assert book is not None
    known, code = book.authority, gate.shut(book.authority, str(book.id), cents, min(s.happened, s.recorded))
    if code == "publicity-running":
        return Refusal("publicity-running")
    if known and code == "objections-open":
        return Refusal("objections-open", {"n": known.objections})
    if known and code == "over-limit":
        return Refusal("over-limit", {"over": yuan(known.paid + cents - known.limit)})
    short = cents - book.balance(BANK)
    return Refusal("bank-short", {"short": yuan(short)}) if short > 0 else None


def payment(s: Situation) -> Booking:
    """The payment, and what it charges to each home."""
    assert s.book is not None and s.case is not None
    cents, day = int(s.answers["amount"]), civil_day(s.recorded).isoformat()
    paid = (Leg(SPENT, "", cents), Leg(BANK, "", -cents))
    memo = f"{s.fact('what')} {stages(s)[int(s.answers['stage_no']) - 1]['stage']}"[:120]
    charged = charges(s.book, units(s.seats.get(UNIT.key, ())), cents)
    return Booking(
        vouchers=(
            Voucher(PAYMENT, day, memo, paid, authority=str(s.case.id)),
            Voucher(APPORTIONMENT, day, memo, (*charged, Leg(SPENT, "", -cents))),
        )
    )


def charges(book: Book, homes: list[tuple[str, int, str, int]], cents: int) -> tuple[Leg, ...]:
    """The share of each home: from its own account as far as that reaches, the rest it owes; the developer owes for what is unsold
    or not delivered.
    """
    shares = apportion(cents, [area for _, area, _, _ in homes], [unit for unit, *_ in homes])
    legs: list[Leg] = []
    developers = 0
    for (unit, _, status, _), share in zip(homes, shares, strict=True):
        if status != SOLD:
            developers += share
            continue
        legs += _from_home(book, unit, share)
    if developers:
        legs.append(Leg(RECEIVABLE, DEVELOPER, developers))
    return tuple(legs)


def _from_home(book: Book, unit: str, share: int) -> Iterable[Leg]:
    left = share
    for account in (HOMES, PUBLIC_HOMES):
        part = min(left, max(0, -book.balance(account, unit)))
        if part:
            yield Leg(account, unit, part)
            left -= part
    if left:
        yield Leg(RECEIVABLE, unit, left)


def all_paid(s: Situation) -> Refusal | None:
    """Every stage that was accepted is paid."""
    accepted = {seat.head for seat in s.seats.get(ACCEPTED.key, ())}
    paid = {seat.head for seat in s.seats.get(PAID.key, ())}
    if not paid:
        return Refusal("nothing-paid")
    return Refusal("stages-open", {"n": len(accepted - paid)}) if accepted - paid else None


def settled(s: Situation) -> dict[str, Any]:
    """What the use came to."""
    return {"spent": sum(seat.measures["cents"] for seat in s.seats.get(PAID.key, ()))}


def shut_the_gate(s: Situation) -> Booking:
    """What was not needed can no longer be paid."""
    known = s.book.authority if s.book else None
    if known is None:
        return Booking()
    return Booking(authority=replace(known, limit=known.paid))


def suspended(s: Situation) -> Booking:
    """Nothing is paid while a late objection or a court is asked."""
    return _objected(s, 1)


def resumed(s: Situation) -> Booking:
    """Paying goes on."""
    return _objected(s, 0)


def _objected(s: Situation, n: int) -> Booking:
    known = s.book.authority if s.book else None
    return Booking(authority=replace(known, objections=n)) if known else Booking()


def urgent_enough(s: Situation) -> Refusal | None:
    """An emergency stays within its limit."""
    limit = int(s.value(p("emergency_limit")))
    cost = int(s.fact("cost"))
    return Refusal("over-emergency", {"limit": yuan(limit)}) if cost > limit else None


def known_homes(s: Situation) -> Refusal | None:
    """There are homes to which the cost is charged."""
    return None if rolls.titles(s) else Refusal("no-homes")


def is_approved(s: Situation) -> bool:
    """Whether the money may now be used."""
    return s.fact("matter") == publicity.USE_FUND and bool(s.fact("danger") or s.fact("result")["passed"])


def confirmed(s: Situation) -> dict[str, Any]:
    """The record of an emergency has a hash as a decision has."""
    assert s.case is not None
    record = {
        "format": "linli-emergency-1",
        "use": str(s.case.id),
        "fund": s.fact("fund"),
        "danger": s.fact("danger"),
        "cost": s.fact("cost"),
        "roll": roll_hash(rolls.as_units(rolls.titles(s))),
        "seq": s.case.seq,
    }
    return {
        "decision": hashlib.sha256(canonical(record)).hexdigest(),
        "roll": record["roll"],
        **rolls.sums(rolls.titles(s)),
        "decided_day": civil_day(s.recorded).isoformat(),
    }


def emergency(s: Situation) -> Booking:
    """A confirmed emergency opens the gate at once."""
    return Booking(authority=publicity.given(s, gate.EMERGENCY, s.recorded))
