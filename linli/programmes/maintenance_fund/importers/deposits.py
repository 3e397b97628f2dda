"""The table of the bank's deposits: which home, how much, under which number of the bank's own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from django.db.models import Sum

from linli.cases import loading
from linli.forms.columns import Column
from linli.forms.tables import Row, Survey, Table, Values, Wrong
from linli.funds import reading
from linli.funds.models import Leg
from linli.programmes.maintenance_fund.account import HOMES_KIND
from linli.programmes.maintenance_fund.importers.spots import (
    LATER,
    TWICE,
    WHICH,
    Spot,
    enter,
    named_by,
    surveyed,
)
from linli.programmes.maintenance_fund.words import CASHED
from linli.rules.books.chart import HOMES, PUBLIC_HOMES
from linli.rules.fields import Day, Text
from linli.rules.money import Money
from linli.rules.refusal import Refused
from linli.rules.text import T
from linli.rules.worktime import civil_day

PRIVATE = "homes"
"""Of which kind homes are where nobody says."""
FAR = "9999-12-30"
"""A day on which every title is in force that has no end."""
UNKNOWN = T(
    "账户里没有这套房，请先登记房屋与业主", "The account has no such home; import homes and owners first"
)
OTHERWISE = T(
    "这个流水号已经入过账，房屋或金额与这一行不同",
    "This number was booked before, with another home or amount",
)
NO_NUMBERS = T("摘要里不要写电话、证件号、卡号", "A memo holds no phone, identity or card number")
_LONG_NUMBER = re.compile(r"\d{7,}")


def _check_deposit(values: Values) -> Wrong:
    return {"memo": NO_NUMBERS} if _LONG_NUMBER.search(str(values.get("memo", ""))) else {}


def _survey_deposits(rows: Sequence[Row]) -> Survey:
    """Every home is in its account, and every number of the bank stands once; what is booked already is told."""
    first, entered = dict[tuple[UUID, str], int](), dict[UUID, set[str]]()

    def look(spot: Spot, row: Row) -> Wrong:
        if spot.account not in entered:
            entered[spot.account] = {t.unit for t in reading.titles_on(spot.account, FAR)}
        if spot.home not in entered[spot.account]:
            return {named_by(row.values): UNKNOWN}
        again = first.setdefault((spot.account, row.values["ref"]), row.number)
        return {} if again == row.number else {"ref": TWICE.format(n=again)}

    found = surveyed(rows, look)
    booked, otherwise = _booked(found.rows)
    good = [replace(r, values={**r.values, "booked": r.number in booked}) for r in found.rows]
    return Survey(good, {**found.wrong, **{n: {"ref": OTHERWISE} for n in otherwise}})


def _booked(rows: Sequence[Row]) -> tuple[set[int], set[int]]:
    """The numbers of the rows that are booked, and of those whose number is booked for another home or amount."""
    same, other = set[int](), set[int]()
    for account, some in _by_account(rows).items():
        refs = sorted({r.values["ref"] for r in some})
        seats = {s.head: s.seq for s in loading.seats_of_heads(account, CASHED.key, refs)}
        groups: dict[tuple[int, str], list[Row]] = defaultdict(list)
        for row in some:
            if seq := seats.get(row.values["ref"]):
                groups[seq, row.values["home"]].append(row)
        paid = _paid_in(account, {seq for seq, _ in groups})
        for spot, own in groups.items():
            said = sum(r.values["amount"] for r in own)
            (same if paid[spot] == said else other).update(r.number for r in own)
    return same, other


def _by_account(rows: Iterable[Row]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        found[UUID(row.values["account"])].append(row)
    return found


def _paid_in(account: UUID, seqs: set[int]) -> Counter[tuple[int, str]]:
    """What each of these entries of the account brought to each home."""
    legs = Leg.objects.filter(voucher__case=account, voucher__seq__in=seqs, account__in=(HOMES, PUBLIC_HOMES))
    rows = legs.values_list("voucher__seq", "holder").annotate(cents=Sum("cents"))
    return Counter({(seq, home): -cents for seq, home, cents in rows})


class Deposits:
    """Books the deposits of each account, and of each kind of homes in it, in one act."""

    def __init__(self, at: int) -> None:
        self.at, self.today = at, civil_day(at).isoformat()
        self._new: dict[tuple[UUID, str], list[Row]] = defaultdict(list)

    def take(self, row: Row) -> bool:
        """Keep the deposit for the act of its account; False where it is booked. Raises: Refused."""
        said = row.values
        if str(said.get("day", "")) > self.today:
            raise Refused("answers", LATER, {"day": LATER})
        if said["booked"]:
            return False
        self._new[UUID(said["account"]), said.get("homes_kind", PRIVATE)].append(row)
        return True

    def close(self, digest: str) -> None:
        """Book what is new. Raises: Unusable."""
        for (account, kind), rows in self._new.items():
            deposits = [{k: r.values[k] for k in ("home", "amount", "ref")} for r in rows]
            answers = {"memo": _memo(rows), "homes_kind": kind, "deposits": deposits}
            enter(account, "deposit", answers, [r.key for r in rows], digest, self.at)


def _memo(rows: Sequence[Row]) -> str:
    """What the voucher says: the memo where all rows say the same. What a bank writes to single payments may name people."""
    said = {r.values.get("memo", "") for r in rows}
    memo = said.pop() if len(said) == 1 else ""
    days = sorted({r.values["day"] for r in rows if "day" in r.values})
    span = "" if not days else f"（{days[0]}）" if len(days) == 1 else f"（{days[0]} 至 {days[-1]}）"
    return f"{(memo or '银行交存清单')[: 120 - len(span)]}{span}"


DEPOSITS = Table(
    "deposits",
    T("维修资金的交存", "Deposits to a maintenance fund"),
    (
        *WHICH,
        Column(Money("amount", T("金额", "Amount")), "5370.00", ("金额（元）", "交存金额")),
        Column(Text("ref", T("银行流水号", "Bank’s own number"), at_most=80), "20260301000123", ("流水号",)),
        Column(Day("day", T("日期", "Date"), required=False), "2026-03-01", ("入账日期", "交易日期")),
        Column(
            Text("memo", T("摘要", "Memo"), required=False, at_most=120, lines=2),
            "首期交存",
            ("备注",),
        ),
        Column(replace(HOMES_KIND, required=False)),
    ),
    Deposits,
    _check_deposit,
    survey=_survey_deposits,
    place="community",
)
