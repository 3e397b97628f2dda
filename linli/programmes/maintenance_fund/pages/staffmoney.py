"""The money of a use: what was approved, how it is to be paid, what was accepted and paid, and the vouchers of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from linli.cases.models import Case, Seat
from linli.faces.web.parts import Column, Row, Table
from linli.funds.reading import VoucherRow, authority_of, vouchers_of_case
from linli.programmes.maintenance_fund.pages.staffwords import text
from linli.programmes.maintenance_fund.pages.vote import seats
from linli.programmes.maintenance_fund.words import ACCEPTED, PAID
from linli.rules.books.gate import AUTHORITIES, Authority
from linli.rules.books.voucher import KINDS
from linli.rules.definition import PENDING
from linli.rules.money import yuan
from linli.rules.text import T

ACCEPTED_, WAITS, PAID_ = (
    T("已验收", "Accepted"),
    T("待批准付款", "Payment to be approved"),
    T("已付款", "Paid"),
)
NOT_YET = T("未验收", "Not accepted yet")


@dataclass(frozen=True, slots=True)
class Money:
    """The money of a use; amounts are written. ``over`` says whether the contract is all paid."""

    kind: T
    approved: str
    agreed: str
    paid: str
    left: str
    decision: str
    suspended: bool
    contractor: str
    stages: Table | None
    vouchers: Table | None
    waits: bool


def money(case: Case, facts: Mapping[str, Any]) -> Money | None:
    """The money of a use that was approved; None before."""
    known = authority_of(case.id)
    if known is None:
        return None
    rows = vouchers_of_case(case.id)
    waits = Seat.objects.filter(case=case.id, kind=PENDING.key, head="pay").exists()
    agreed = sum(int(s["amount"]) for s in facts.get("stages") or ())
    return Money(
        AUTHORITIES[known.kind],
        yuan(approved(facts, known)),
        yuan(agreed),
        yuan(known.paid),
        yuan(known.limit - known.paid),
        known.decision,
        bool(known.objections),
        str(facts.get("contractor") or ""),
        _stages(case, facts, waits) if facts.get("stages") else None,
        vouchers(rows) if rows else None,
        waits,
    )


def approved(facts: Mapping[str, Any], known: Authority) -> int:
    """What was approved; the authority itself is cut to what was paid once the account is settled."""
    return int(facts.get("cost") or known.limit)


def _stages(case: Case, facts: Mapping[str, Any], waits: bool) -> Table:
    found = seats(case.id, ACCEPTED.key, PAID.key)
    accepted = {s.head for s in found[ACCEPTED.key]}
    paid = {s.head: s.measures["cents"] for s in found[PAID.key]}
    columns = [
        Column(T("阶段", "Stage"), fit="much"),
        Column(T("约定（元）", "Agreed (¥)"), fit="right"),
        Column(T("已付（元）", "Paid (¥)"), fit="right"),
        Column(T("进展", "Where it stands"), fit="keep"),
    ]
    rows = []
    for n, stage in enumerate(facts["stages"], 1):
        key = str(n)
        state = PAID_ if key in paid else WAITS if key in accepted and waits else ACCEPTED_
        said = state if key in paid or key in accepted else NOT_YET
        rows.append(
            Row((text(f"{n}. {stage['stage']}"), yuan(int(stage["amount"])), yuan(paid.get(key, 0)), said))
        )
    return Table(T("付款阶段", "Stages of payment"), columns, rows)


def vouchers(rows: list[VoucherRow]) -> Table:
    """Vouchers as a list, each the way to its page."""
    columns = [
        Column(T("凭证", "Voucher"), fit="keep"),
        Column(T("日期", "Day"), fit="keep"),
        Column(T("种类", "Kind"), fit="keep"),
        Column(T("金额（元）", "Amount (¥)"), fit="right"),
        Column(T("摘要", "Memo"), fit="much"),
        Column(T("备注", "Note"), fit="keep"),
    ]
    made = [
        Row(
            (number(v.number), v.day, KINDS.get(v.kind, text(v.kind)), yuan(v.cents), v.memo, note(v)),
            url=voucher_url(v.book, v.number),
        )
        for v in rows
    ]
    return Table(T("凭证清单", "List of vouchers"), columns, made)


def number(n: int) -> T:
    """A voucher’s number as it is called."""
    return T(f"第 {n} 号", f"No. {n}")


def voucher_url(book: UUID, n: int) -> str:
    """The page of a voucher."""
    return reverse("staff-fund-voucher", args=[book, n])


def note(v: VoucherRow) -> T | None:
    """Whether a voucher takes another back, or was taken back."""
    if v.reverses:
        return T("冲销第 {n} 号", "Reverses No. {n}").format(n=v.reverses)
    return T("已被第 {n} 号冲销", "Reversed by No. {n}").format(n=v.reversed_by) if v.reversed_by else None
