"""Keeping the account of a project: deposits, interest, gains shared out, refunds, titles, reversals, the bank's statement."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from linli.programmes.maintenance_fund.homes import unit_code
from linli.programmes.maintenance_fund.words import CASHED
from linli.rules.apportionment import apportion
from linli.rules.books.book import Book, Title
from linli.rules.books.booking import Booking
from linli.rules.books.chart import (
    BANK,
    CHARTS,
    DEPOSITED,
    DUE_ON_LOSS,
    FUND,
    HOMES,
    INTEREST,
    PUBLIC_HOMES,
    RECEIVABLE,
    REFUNDED,
    UNDISTRIBUTED,
)
from linli.rules.books.gate import REFUND, Authority
from linli.rules.books.voucher import (
    CARRYING,
    COLLECTION,
    DEPOSIT,
    DISTRIBUTION,
    REVERSAL,
    Leg,
    Voucher,
    balances,
    reversal,
)
from linli.rules.books.voucher import INTEREST as INTEREST_KIND
from linli.rules.books.voucher import REFUND as REFUND_KIND
from linli.rules.chain import canonical
from linli.rules.money import yuan
from linli.rules.parameters import p
from linli.rules.refusal import Refusal
from linli.rules.situation import Situation
from linli.rules.worktime import civil_day

YEAR = 360
"""Banks reckon interest with 360 days."""
MILLION = 1_000_000


def opened(s: Situation) -> Booking:
    """The project's book."""
    return Booking(opens=FUND, title=str(s.fact("what")))


def rows(s: Situation, field: str) -> list[Mapping[str, Any]]:
    """The rows of a table, each with its unit's whole code."""
    return [{**row, "home": unit_code(s, row["home"])} for row in s.answers[field]]


def _day(s: Situation) -> str:
    return civil_day(s.recorded).isoformat()


def titles(s: Situation) -> Booking:
    """Homes and their owners from a day on; the title before ends the day before."""
    found = tuple(
        Title(
            r["home"],
            int(r["area"]),
            r["status"],
            tuple(o for o in str(r.get("owners") or "").split(";") if o),
            r["since"],
        )
        for r in rows(s, "homes")
    )
    return Booking(titles=found)


def titles_follow(s: Situation) -> Refusal | None:
    """A title begins after the one before it; a home that is sold has an owner; each home stands once."""
    known = {t.unit: t for t in s.book.titles} if s.book else {}
    given = rows(s, "homes")
    for row in given:
        before = known.get(row["home"])
        if row["since"] > _day(s) or (before and row["since"] <= before.since):
            return Refusal("title-before", {"home": row["home"], "since": before.since if before else "?"})
        if row["status"] == "sold" and not row.get("owners"):
            return Refusal("title-without-owner", {"home": row["home"]})
    if twice := [home for home, n in Counter(r["home"] for r in given).items() if n > 1]:
        return Refusal("title-twice", {"home": twice[0]})
    strange = [r["home"] for r in given if not r["home"].startswith(s.place)]
    return Refusal("title-elsewhere", {"home": strange[0]}) if strange else None


def refs(s: Situation) -> list[str]:
    """The bank's own numbers of the entries that are booked: none is booked twice."""
    return [str(r["ref"]) for field in ("deposits", "shares") for r in s.answers.get(field) or ()]


def cashed(s: Situation) -> Iterable[tuple[str, int, dict[str, int]]]:
    """A seat for each of the bank's entries, with the number of the voucher that it stands in."""
    number = s.book.last + 1 if s.book else 0
    for ref in refs(s):
        yield ref[:80], 0, {"_voucher": number}


def freed(s: Situation) -> Iterable[tuple[str, int, None]]:
    """What a reversed voucher booked can be booked anew, under the bank's own numbers."""
    wanted = set(numbers(s))
    for seat in s.seats.get(CASHED.key, ()):
        if seat.measures.get("_voucher") in wanted:
            yield seat.head, 0, None


def known_homes(s: Situation) -> Refusal | None:
    """Every home of the list is in the book, and none of the bank's numbers stands twice."""
    known = {t.unit for t in s.book.titles} if s.book else set()
    field = "deposits" if "deposits" in s.answers else "shares"
    strange = [r["home"] for r in rows(s, field) if r["home"] not in known]
    if strange:
        return Refusal("home-unknown", {"home": strange[0], "n": len(strange)})
    given = refs(s)
    if len(set(given)) < len(given):
        return Refusal("ref-twice", {"ref": Counter(given).most_common(1)[0][0]})
    booked = {seat.head for seat in s.seats.get(CASHED.key, ())}
    again = [r for r in given if r[:80] in booked]
    return Refusal("ref-booked", {"ref": again[0], "n": len(again)}) if again else None


def deposits(s: Situation) -> Booking:
    """A bank's list of deposits: in at the bank, and to each home's account."""
    given, day = rows(s, "deposits"), _day(s)
    account = PUBLIC_HOMES if s.answers.get("homes_kind") == "public" else HOMES
    total = sum(int(r["amount"]) for r in given)
    memo = str(s.answers["memo"])[:120]
    to_homes = tuple(Leg(account, home, cents) for (_, home), cents in _summed(account, given).items())
    return Booking(
        vouchers=(
            Voucher(DEPOSIT, day, memo, (Leg(BANK, "", total), Leg(DEPOSITED, "", -total))),
            Voucher(CARRYING, day, memo, (Leg(DEPOSITED, "", total), *to_homes)),
        )
    )


def _summed(account: str, given: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], int]:
    return balances(Leg(account, r["home"], -int(r["amount"])) for r in given)


def within_what_is_owed(s: Situation) -> Refusal | None:
    """Nobody pays more of a share than he owes."""
    if refusal := known_homes(s):
        return refusal
    assert s.book is not None
    for (_, home), cents in _summed(RECEIVABLE, rows(s, "shares")).items():
        owed = s.book.balance(RECEIVABLE, home)
        if -cents > owed:
            return Refusal("owes-less", {"home": home, "owed": yuan(owed)})
    return None


def collected(s: Situation) -> Booking:
    """Shares that households still owed."""
    legs = tuple(Leg(a, h, c) for (a, h), c in _summed(RECEIVABLE, rows(s, "shares")).items())
    total = -sum(leg.cents for leg in legs)
    return Booking(
        vouchers=(Voucher(COLLECTION, _day(s), str(s.answers["memo"])[:120], (Leg(BANK, "", total), *legs)),)
    )


def interest(s: Situation) -> Booking:
    """Interest as the bank credits it: in at the bank, a gain that is not distributed yet."""
    cents, day, memo = int(s.answers["amount"]), _day(s), str(s.answers["memo"])[:120]
    return Booking(
        vouchers=(
            Voucher(INTEREST_KIND, day, memo, (Leg(BANK, "", cents), Leg(INTEREST, "", -cents))),
            Voucher(CARRYING, day, memo, (Leg(INTEREST, "", cents), Leg(UNDISTRIBUTED, "", -cents))),
        )
    )


def interest_expected(s: Situation) -> dict[str, int]:
    """What the present balance would bear at the rate of the parameter in the days given: beside it a wrong credit is seen."""
    assert s.book is not None
    rate, days = int(s.value(p("interest_rate"))), int(s.answers["interest_days"])
    return {"interest_expected": s.book.balance(BANK) * rate * days // (MILLION * YEAR)}


def something_to_share(s: Situation) -> Refusal | None:
    """There are gains to share and homes with a balance to share them by."""
    if s.book is None or s.book.balance(UNDISTRIBUTED) >= 0:
        return Refusal("nothing-to-share")
    return None if _with_balance(s.book) else Refusal("nothing-to-share")


def _with_balance(book: Book) -> list[tuple[str, str, int]]:
    return sorted(
        (home, account, -cents)
        for (account, home), cents in book.balances.items()
        if account in (HOMES, PUBLIC_HOMES) and cents < 0
    )


def shared(s: Situation) -> Booking:
    """The gains to every account in proportion to its balance, to the cent."""
    assert s.book is not None
    cents, holders = -s.book.balance(UNDISTRIBUTED), _with_balance(s.book)
    shares = apportion(cents, [b for *_, b in holders], [f"{home}/{account}" for home, account, _ in holders])
    legs = (
        Leg(account, home, -share) for (home, account, _), share in zip(holders, shares, strict=True) if share
    )
    memo = str(s.answers["memo"])[:120]
    return Booking(vouchers=(Voucher(DISTRIBUTION, _day(s), memo, (Leg(UNDISTRIBUTED, "", cents), *legs)),))


def has_balance(s: Situation) -> Refusal | None:
    """The home is in the book, and something stands on its account."""
    home = unit_code(s, s.answers["home"])
    return None if s.book and _of_home(s.book, home) else Refusal("no-balance", {"home": home})


def _of_home(book: Book, home: str) -> list[Leg]:
    legs = (Leg(a, home, -book.balance(a, home)) for a in (HOMES, PUBLIC_HOMES))
    return [leg for leg in legs if leg.cents > 0]


def refund(s: Situation) -> Booking:
    """A home is gone: its balance is due to its owners, and paid out."""
    assert s.book is not None and s.case is not None
    home, day = unit_code(s, s.answers["home"]), _day(s)
    legs = _of_home(s.book, home)
    cents, memo = sum(leg.cents for leg in legs), str(s.answers["reason"])[:120]
    record = {
        "format": "linli-refund-1",
        "fund": str(s.case.id),
        "home": home,
        "cents": cents,
        "seq": s.case.seq,
    }
    paid = s.book.authority.paid if s.book.authority else 0
    given = Authority(
        str(s.case.id),
        str(s.case.id),
        REFUND,
        hashlib.sha256(canonical(record)).hexdigest(),
        paid + cents,
        s.recorded,
    )
    due = (*legs, Leg(DUE_ON_LOSS, home, -cents))
    out = (Leg(REFUNDED, "", cents), Leg(BANK, "", -cents))
    done = (Leg(DUE_ON_LOSS, home, cents), Leg(REFUNDED, "", -cents))
    return Booking(
        authority=given,
        vouchers=(
            Voucher(CARRYING, day, memo, due),
            Voucher(REFUND_KIND, day, memo, out, authority=str(s.case.id)),
            Voucher(CARRYING, day, memo, done),
        ),
    )


def transfer(s: Situation) -> Booking:
    """A home has other owners from a day on; what stands on its account stays with it."""
    before = _title(s)
    assert before is not None
    owners = [s.answers[k]["person"] for k in ("buyer", "partner") if s.answers.get(k)]
    return Booking(
        titles=(before._replace(owners=tuple(sorted(owners)), status="sold", since=s.answers["since"]),)
    )


def can_be_transferred(s: Situation) -> Refusal | None:
    """The home is in the book, and its title began before."""
    before = _title(s)
    if before is None:
        return Refusal("home-unknown", {"home": unit_code(s, s.answers["home"]), "n": 1})
    if s.answers["since"] <= before.since or date.fromisoformat(s.answers["since"]) > civil_day(s.recorded):
        return Refusal("title-before", {"home": before.unit, "since": before.since})
    return None


def _title(s: Situation) -> Title | None:
    home = unit_code(s, s.answers["home"])
    return next((t for t in s.book.titles if t.unit == home), None) if s.book else None


def numbers(s: Situation) -> list[int]:
    """The vouchers that are to be reversed."""
    return [
        int(n)
        for n in str(s.answers.get("numbers") or "").replace("，", " ").replace(",", " ").split()
        if n.isdecimal()
    ]


def can_be_reversed(s: Situation) -> Refusal | None:
    """They are there, are no reversals, and the books still stand without them."""
    wanted = numbers(s)
    if s.book is None or not wanted or len(wanted) != len(set(wanted)):
        return Refusal("no-voucher", {"n": s.answers.get("numbers", "")})
    book = s.book
    for n in wanted:
        voucher = book.vouchers.get(n)
        if voucher is None or voucher.kind == REVERSAL:
            return Refusal("no-voucher", {"n": n})
        if n in book.reversed:
            return Refusal("reversed-already", {"n": n})
    after = dict(book.balances)
    for n in wanted:
        for account, holder, cents in book.vouchers[n].legs:
            after[account, holder] = after.get((account, holder), 0) - cents
    short = next((k for k, c in after.items() if _wrong_side(k[0], c)), None)
    return Refusal("cannot-be-reversed", {"account": f"{short[0]} {short[1]}".strip()}) if short else None


def _wrong_side(account: str, cents: int) -> bool:
    """Below zero; or income and spending that is not carried over, so that homes and gains no longer are what the bank holds."""
    known = CHARTS[FUND][account]
    return cents * known.side < 0 if known.floored else cents != 0


def reversed_(s: Situation) -> Booking:
    """Each voucher taken back, the last first."""
    assert s.book is not None
    day, memo = _day(s), str(s.answers["reason"])[:120]
    return Booking(
        vouchers=tuple(reversal(s.book.vouchers[n], n, day, memo) for n in sorted(numbers(s), reverse=True))
    )


def reconciled(s: Situation) -> Refusal | None:
    """What the book says and what the bank says differ by exactly what is listed."""
    assert s.book is not None
    listed = sum(_signed(row) for row in s.answers.get("differences") or ())
    gap = int(s.answers["bank_balance"]) - s.book.balance(BANK) - listed
    return Refusal("not-reconciled", {"gap": yuan(gap)}) if gap else None


def _signed(row: Mapping[str, Any]) -> int:
    return int(row["amount"]) if row["side"] == "bank_more" else -int(row["amount"])


def is_empty(s: Situation) -> Refusal | None:
    """Nothing stands on any account."""
    left = next((k for k, c in s.book.balances.items() if c), None) if s.book else None
    return Refusal("not-empty", {"account": f"{left[0]} {left[1]}".strip()}) if left else None


def proof(s: Situation) -> dict[str, Any]:
    """What the reconciliation came to."""
    assert s.book is not None
    return {"reconciled_on": s.answers["bank_day"], "reconciled_book": s.book.balance(BANK)}
