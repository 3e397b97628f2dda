"""Money: a cost shared out to the cent, and the books with the gate before every payment."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from linli.rules.standalone.hashes import Json

SHARE_COLUMNS = ("unit", "cents", "payer")
ACCOUNTS = {
    "fund": {
        "1001": "debit", "1101": "debit", "1221": "debit held", "2001": "credit held", "3001": "credit held",
        "3002": "credit held", "3101": "credit", "4001": "", "4101": "", "5001": "", "5101": "",
    },
    "service": {"1001": "debit", "3201": "", "4201": "held", "4202": "", "4203": "", "5201": ""},
}  # fmt: skip
"""The charts: on which side an account never falls below zero, and whether it is kept for each holder."""
BANK, HASH = "1001", re.compile("[0-9a-f]{64}")
VOUCHER_KINDS = {
    "deposit", "interest", "distribution", "collection", "payment", "apportionment", "refund", "reversal", "income", "spending",
    "carrying",
}  # fmt: skip


def shared_out(cents: int, areas: Sequence[int]) -> list[int]:
    """The share of each: in proportion to area, rounded down, and what is left to the largest remainders, of equal ones to the one that
    stands before on the roll, which is in the order of the units.
    """
    total = sum(areas)
    shares, remainders = [cents * a // total for a in areas], [cents * a % total for a in areas]
    first = sorted(
        range(len(areas)), key=remainders.__getitem__, reverse=True
    )  # equal ones stay in their order
    for i in first[: cents - sum(shares)]:
        shares[i] += 1
    return shares


@dataclass
class Ledger:
    """The books as far as they were read. ``alone``: without the holders, as the public gets them."""

    chart: dict[str, str]
    alone: bool
    balances: Counter[tuple[str, str]] = field(default_factory=Counter)
    vouchers: dict[int, Json] = field(default_factory=dict)
    taken_back: set[int] = field(default_factory=set)
    authorities: dict[str, Json] = field(default_factory=dict)
    paid: Counter[str] = field(default_factory=Counter)


def book_faults(vote: Json, lines: Iterable[Json], use: str) -> Iterator[str]:
    """Everything in books.jsonl that breaks a rule of money, and whether this vote opens the gate that it should."""
    book = vote["books"]
    ledger = Ledger(ACCOUNTS[book["chart"]], vote["kind"] == "public")
    for number, line in enumerate(lines, 1):
        where = f"books.jsonl line {number}"
        if "legs" in line:
            yield from (f"{where}: {fault}" for fault in _voucher_faults(line, ledger, book["book"]))
        elif "decision" in line:
            ledger.authorities[line["id"]] = line
            yield from (f"{where}: {fault}" for fault in _authority_faults(line, vote, use))
        else:
            yield f"{where}: it is neither a voucher nor an authority"
    if len(ledger.vouchers) != book["vouchers"]:
        yield f"books.jsonl: {len(ledger.vouchers)} vouchers are in it, not {book['vouchers']}"


def _authority_faults(line: Json, vote: Json, use: str) -> Iterator[str]:
    who = f"authority {line['id']}"
    if not HASH.fullmatch(line["decision"]):
        yield f"{who}: {line['decision']!r} is no hash of a decision"
    if line["id"] != use and line["decision"] != vote["decision"]:
        return
    if line["decision"] != vote["decision"]:
        yield f"{who}: it bears the decision {line['decision']}, not this vote’s {vote['decision']}"
    if not vote["result"]["passed"]:
        yield f"{who}: it rests on this vote, which did not pass"
    if vote["cost_cents"] is not None and line["limit"] > vote["cost_cents"]:
        yield f"{who}: its limit is {line['limit']} cents; the vote was on {vote['cost_cents']}"
    if line["opens"] < _microseconds(f"{vote['day']}T00:00:00+08:00"):
        yield f"{who}: it opens before the day of the decision, {vote['day']}"


def _microseconds(instant: str) -> int:
    found = datetime.fromisoformat(instant) - datetime.fromisoformat("1970-01-01T00:00:00+00:00")
    return (found.days * 86400 + found.seconds) * 1_000_000 + found.microseconds


def _voucher_faults(line: Json, ledger: Ledger, book: str) -> Iterator[str]:
    number, legs = line["number"], [(str(a), str(h), whole(c)) for a, h, c in line["legs"]]
    who = f"voucher {number}"
    if number != len(ledger.vouchers) + 1:
        yield f"{who}: it should bear the number {len(ledger.vouchers) + 1}; one is missing, added or moved"
    if sum(c for _, _, c in legs):
        yield f"{who}: its legs sum to {sum(cents for _, _, cents in legs)} cents, not to zero"
    for fault in (
        *_leg_faults(line, legs, ledger),
        *_reversal_faults(line, legs, ledger),
        *_gate_faults(line, legs, ledger, book),
    ):
        yield f"{who}: {fault}"
    for account, holder, cents in legs:
        ledger.balances[account, holder] += cents
        ledger.balances[account, ""] += cents if holder else 0
    for account, holder in sorted({(a, which) for a, h, _ in legs for which in (h, "")}):
        balance, side = ledger.balances[account, holder], ledger.chart.get(account, "")
        if (balance < 0 and "debit" in side) or (balance > 0 and "credit" in side):
            yield f"{who}: account {account} {holder} falls {abs(balance)} cents below zero"
    ledger.vouchers[len(ledger.vouchers) + 1] = line


def whole(cents: object) -> int:
    """Cents as a whole number. Raises: ValueError."""
    if type(cents) is not int:
        raise ValueError(f"{cents!r} is no whole number of cents")
    return cents


def _leg_faults(line: Json, legs: list[tuple[str, str, int]], ledger: Ledger) -> Iterator[str]:
    if line["kind"] not in VOUCHER_KINDS:
        yield f"{line['kind']!r} is no kind of voucher"
    if len(legs) < 2 and not ledger.alone:
        yield "it has fewer than two legs"
    for account, holder, cents in legs:
        if account not in ledger.chart:
            yield f"the chart knows no account {account!r}"
        elif bool(holder) != ("held" in ledger.chart[account]) and not ledger.alone:
            yield f"account {account} " + ("is kept for nobody" if holder else "is kept for each holder")
        if cents == 0:
            yield f"a leg of account {account} is zero"


def _reversal_faults(line: Json, legs: list[tuple[str, str, int]], ledger: Ledger) -> Iterator[str]:
    of = line["reverses"]
    if (line["kind"] == "reversal") != (of != 0):
        yield "only a reversal takes another voucher back, and it names which"
    elif of:
        other = ledger.vouchers.get(of)
        if other is None or of in ledger.taken_back:
            yield f"it reverses voucher {of}, which is " + ("already reversed" if other else "not before it")
        elif (
            sorted((a, h, -c) for a, h, c in other["legs"]) != sorted(legs)
            or other["authority"] != line["authority"]
        ):
            yield f"it is not the exact negation of voucher {of}"
        ledger.taken_back.add(of)


def _gate_faults(line: Json, legs: list[tuple[str, str, int]], ledger: Ledger, book: str) -> Iterator[str]:
    """Money leaves the bank by an authority alone; taking back what never was an authority’s moves none."""
    by, out = line["authority"], -sum(cents for account, _, cents in legs if account == BANK)
    ledger.paid[by] += out
    if out <= 0 or (line["kind"] == "reversal" and not by):
        return
    authority = ledger.authorities.get(by)
    if authority is None:
        yield f"{out} cents leave the bank under {by or 'no authority'}, which was not given before"
        return
    if authority["book"] != book:
        yield f"authority {by} is for another book"
    if line["happened"] < authority["opens"]:
        yield f"{out} cents leave the bank before authority {by} opens"
    if authority["objections"]:
        yield f"{out} cents leave the bank while {authority['objections']} objections are open"
    if ledger.paid[by] > authority["limit"]:
        yield f"{ledger.paid[by]} cents were paid under authority {by}, whose limit is {authority['limit']}"
