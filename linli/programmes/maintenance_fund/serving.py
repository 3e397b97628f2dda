"""A year of market-based property service in an old compound: who pays what, what comes in besides, what it costs, what is left."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from linli.programmes.maintenance_fund.homes import in_scope
from linli.programmes.maintenance_fund.keeping import rows
from linli.programmes.maintenance_fund.payments import through_the_gate
from linli.programmes.maintenance_fund.words import CASHED, DUE
from linli.rules.books.booking import Booking
from linli.rules.books.chart import (
    BANK,
    COMMON_INCOME,
    FEES,
    SERVICE,
    SERVICE_SPENT,
    SHARED_INCOME,
    SURPLUS,
)
from linli.rules.books.gate import BUDGET, Authority
from linli.rules.books.voucher import CARRYING, INCOME, SPENDING, Leg, Voucher, balances
from linli.rules.chain import canonical
from linli.rules.money import yuan
from linli.rules.refusal import Refusal
from linli.rules.situation import Situation
from linli.rules.worktime import civil_day

MONTHS = 12
SQUARE_METRE = 100
"""An area is kept in 0.01 m²."""
SOURCES = {"common": COMMON_INCOME, "shared": SHARED_INCOME}
Line = tuple[str, int, dict[str, int]]


def opened(s: Situation) -> Booking:
    """The year's own book: it has nothing to do with the money of the fund."""
    return Booking(opens=SERVICE, title=f"{s.fact('what')} {s.fact('year')}")


def dues(s: Situation) -> dict[str, int]:
    """What each home pays in the year, in cents: the fee a square metre and month by its area, rounded down to the cent; an unsold or
    undelivered home's is the developer's and asked of him under the home.
    """
    fee = int(s.fact("fee"))
    known = s.book.titles if s.book else ()
    return {t.unit: fee * t.area * MONTHS // SQUARE_METRE for t in in_scope(known, s.place, "")}


def _sum(s: Situation, field: str) -> int:
    return sum(int(row["amount"]) for row in s.fact(field) or ())


def planned(s: Situation) -> dict[str, int]:
    """The budget in four sums, in cents."""
    fees = sum(dues(s).values())
    other, costs = _sum(s, "other_income"), _sum(s, "costs")
    return {
        "planned_fees": fees,
        "planned_other": other,
        "planned_costs": costs,
        "planned_left": fees + other - costs,
    }


def can_be_adopted(s: Situation) -> Refusal | None:
    """Homes are known, and income covers the costs."""
    if not dues(s):
        return Refusal("no-homes")
    left = planned(s)["planned_left"]
    return Refusal("budget-short", {"short": yuan(-left)}) if left < 0 else None


def adopted(s: Situation) -> dict[str, Any]:
    """The sums of the budget and its hash."""
    case = s.case
    assert case is not None
    sums = planned(s)
    record = {
        "format": "linli-budget-1",
        "case": str(case.id),
        "year": s.fact("year"),
        "decision": s.answers["vote"],
        **sums,
    }
    return {**sums, "decision": hashlib.sha256(canonical(record)).hexdigest(), "spent": 0, "received": 0}


def authority(s: Situation) -> Booking:
    """The budget opens the gate up to its costs."""
    assert s.case is not None
    case = str(s.case.id)
    limit = int(s.found["planned_costs"])
    return Booking(authority=Authority(case, case, BUDGET, str(s.found["decision"]), limit, s.recorded))


def due_lines(s: Situation) -> Iterable[Line]:
    """A seat for every home with what it owes."""
    for unit, cents in dues(s).items():
        yield unit, 0, {"due": cents, "paid": 0}


def paying_homes(s: Situation) -> list[str]:
    """The homes of a list of fees."""
    return [row["home"] for row in rows(s, "fees")] if s.answers.get("fees") else []


def fees_fit(s: Situation) -> Refusal | None:
    """Every home of the list owes a fee, and not less than it pays."""
    known = {seat.head: seat.measures for seat in s.seats.get(DUE.key, ())}
    given = _fees(s)
    for home, cents in given.items():
        owed = known[home]["due"] - known[home]["paid"] if home in known else 0
        if cents > owed:
            return Refusal("owes-less", {"home": home, "owed": yuan(owed)})
    refs = [str(row["ref"])[:80] for row in s.answers["fees"]]
    booked = {seat.head for seat in s.seats.get(CASHED.key, ())}
    again = next((r for n, r in enumerate(refs) if r in booked or r in refs[:n]), None)
    return Refusal("ref-booked", {"ref": again, "n": 1}) if again else None


def _fees(s: Situation) -> dict[str, int]:
    legs = balances(Leg(FEES, row["home"], int(row["amount"])) for row in rows(s, "fees"))
    return {home: cents for (_, home), cents in legs.items()}


def paid_lines(s: Situation) -> Iterable[Line]:
    """What each home has paid by now."""
    known = {seat.head: seat.measures for seat in s.seats.get(DUE.key, ())}
    for home, cents in _fees(s).items():
        yield home, 0, {"due": known[home]["due"], "paid": known[home]["paid"] + cents}


def refs(s: Situation) -> list[str]:
    """The bank's own numbers."""
    return [str(row["ref"])[:80] for row in s.answers.get("fees") or ()]


def cashed(s: Situation) -> Iterable[Line]:
    """A seat for each of them: none is booked twice."""
    for ref in refs(s):
        yield ref, 0, {}


def fees(s: Situation) -> Booking:
    """Fees that came in, home by home."""
    given = _fees(s)
    legs = tuple(Leg(FEES, home, -cents) for home, cents in sorted(given.items()))
    return _voucher(s, INCOME, (Leg(BANK, "", sum(given.values())), *legs))


def _voucher(s: Situation, kind: str, legs: tuple[Leg, ...], authority: str = "") -> Booking:
    day = civil_day(s.recorded).isoformat()
    return Booking(vouchers=(Voucher(kind, day, str(s.answers["memo"])[:120], legs, authority=authority),))


def other_income(s: Situation) -> Booking:
    """Income of common areas, or of what is shared with neighbours."""
    cents = int(s.answers["amount"])
    return _voucher(s, INCOME, (Leg(BANK, "", cents), Leg(SOURCES[s.answers["source"]], "", -cents)))


def can_be_spent(s: Situation) -> Refusal | None:
    """Within the budget, and the money is there."""
    return through_the_gate(s, int(s.answers["amount"]))


def spent(s: Situation) -> Booking:
    """A cost that is paid."""
    assert s.case is not None
    cents = int(s.answers["amount"])
    return _voucher(s, SPENDING, (Leg(SERVICE_SPENT, "", cents), Leg(BANK, "", -cents)), str(s.case.id))


def in_arrears(s: Situation) -> list[str]:
    """The owners of homes that have not paid all."""
    owing = {seat.head for seat in s.seats.get(DUE.key, ()) if seat.measures["paid"] < seat.measures["due"]}
    known = s.book.titles if s.book else ()
    return [owner for t in known if t.unit in owing for owner in t.owners]


def so_far(s: Situation) -> dict[str, Any]:
    """Income and spending so far, as they are posted."""
    assert s.book is not None
    income = {name: -s.book.total(account) for name, account in (("fees", FEES), *SOURCES.items())}
    costs = s.book.total(SERVICE_SPENT)
    told: Mapping[str, Any] = {
        "day": civil_day(s.recorded).isoformat(),
        **income,
        "costs": costs,
        "left": sum(income.values()) - costs,
    }
    return {"posted_figures": [*(s.fact("posted_figures") or []), dict(told)]}


def carried(s: Situation) -> Booking:
    """The year ends: income and costs become what is left."""
    assert s.book is not None
    legs = [
        Leg(account, holder, -cents)
        for (account, holder), cents in sorted(s.book.balances.items())
        if account not in (BANK, SURPLUS) and cents
    ]
    left = sum(leg.cents for leg in legs)
    if not legs:
        return Booking()
    closing = (*legs, Leg(SURPLUS, "", -left)) if left else tuple(legs)
    return _voucher(s, CARRYING, closing)
