"""The verifier over one book, on request: every rule worked out anew from its rows, and the rows against the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from linli.faces.web.parts import Column
from linli.funds import models
from linli.funds.differences import differences
from linli.funds.verify import verify
from linli.programmes.maintenance_fund.pages import staffdoor
from linli.programmes.maintenance_fund.pages.books import Shown, head
from linli.rules.books.gate import SHUT
from linli.rules.text import T

MOST = 200
WRONG: Mapping[str, T] = {
    "voucher/no-such-book": T("没有这个账套", "There is no such book"),
    "voucher/number-gap": T("凭证号不连续", "A voucher’s number does not follow the one before"),
    "voucher/legs-elsewhere": T("分录写着别的账套、凭证号或日期", "A leg names another book, number or day"),
    "voucher/too-few-legs": T("分录少于两行", "A voucher has fewer than two legs"),
    "voucher/unbalanced": T("借贷不平", "Debits and credits differ"),
    "voucher/zero-leg": T("分录金额为零", "A leg moves nothing"),
    "voucher/unknown-account": T("科目表里没有这个科目", "An account is not in the chart"),
    "voucher/holder-missing": T("分户科目没有写房屋", "An account kept for each home names none"),
    "voucher/holder-needless": T("不分户的科目写了房屋", "An account without holders names one"),
    "voucher/unknown-kind": T("凭证种类不对", "A voucher is of an unknown kind"),
    "voucher/reverses-nothing": T("冲销凭证没有写冲销哪一张", "A reversal names no voucher"),
    "leg/without-voucher": T("分录没有凭证", "Legs belong to no voucher"),
    "reversal/no-such-voucher": T("要冲销的凭证不存在", "The voucher that is taken back does not exist"),
    "reversal/of-a-reversal": T("冲销了一张冲销凭证", "A reversal is taken back"),
    "reversal/twice": T("同一张凭证冲销了两次", "A voucher is taken back twice"),
    "reversal/not-exact": T("冲销与原凭证不是逐行相反", "A reversal is not leg by leg the opposite"),
    "gate/money-comes-in": T("进账写了付款依据", "Money that comes in names an authority"),
    "floor/bank-overdrawn": T("专户透支", "The bank account is overdrawn"),
    "floor/wrong-side": T("某户余额为负", "A home’s account stands below zero"),
    "balance/differs": T("余额与分录之和不符", "A balance is not the sum of its legs"),
    "control/differs": T("各户余额之和与总账不符", "The homes and the book’s whole differ"),
    "book/last-number": T("末号与凭证张数不符", "The last number is not that of the last voucher"),
    "told/differs": T("账簿与日志不一致", "The book is not as the journal tells it"),
}
CHECKED = (
    T("每张凭证借贷相等，一分不差", "each voucher’s debits equal its credits, to the cent"),
    T(
        "凭证号从 1 起连续，冲销与原凭证逐行相反",
        "numbers run from 1 without a gap, a reversal is leg by leg the opposite",
    ),
    T(
        "每笔付款都有依据：决定的哈希值、公示期满、异议办结、不超金额",
        "every payment has its authority: the decision’s hash, publicity ended, objections closed, its amount",
    ),
    T("各户余额都不为负，专户没有透支", "no home’s account below zero, the bank never overdrawn"),
    T(
        "余额等于分录之和，各户之和等于总账",
        "balances are the sums of the legs, and the homes come to the whole",
    ),
    T("账簿与日志逐条一致", "the rows are what the journal’s entries tell"),
)


@staffdoor.money_only
def check(request: HttpRequest, account: UUID) -> HttpResponse:
    """The page; under POST the verifier runs."""
    case = staffdoor.account_of(request, account)
    context: dict[str, Any] = {"heading": T("核验账簿", "Check the book"), "checked": CHECKED}
    if request.method == "POST":
        faults = found(case.id)
        context |= {
            "ran": staffdoor.now(),
            "faults": _table(faults) if faults else None,
            "n": len(faults),
            "counts": counts(case.id),
        }
    return render(request, "maintenance_fund/staff/check.html", head(request, case, "verify", **context))


def found(book: UUID) -> list[tuple[str, str]]:
    """Everything that is wrong: its code, and where."""
    told = [*{book, *models.Voucher.objects.filter(book=book).values_list("case", flat=True).distinct()}]
    faults = [(f.code, f.where) for f in verify(book)]
    return faults + [("told/differs", text) for case in sorted(told) for text in differences(case)]


def counts(book: UUID) -> list[tuple[T, int]]:
    """What was gone through."""
    of = {"book": book}
    return [
        (T("凭证", "Vouchers"), models.Voucher.objects.filter(**of).count()),
        (T("分录", "Legs"), models.Leg.objects.filter(**of).count()),
        (T("余额", "Balances"), models.Balance.objects.filter(**of).count()),
        (T("付款依据", "Authorities"), models.Authority.objects.filter(**of).count()),
        (T("权属", "Titles"), models.Title.objects.filter(**of).count()),
    ]


def says(code: str) -> T:
    """A fault in words."""
    gate = SHUT.get(code.removeprefix("gate/"))
    plain = {"n": "", "over": ""}
    return WRONG.get(code) or (gate.format(**plain) if gate else T(code, code))


def _table(faults: list[tuple[str, str]]) -> Shown:
    columns = [
        Column(T("哪里不对", "What is wrong"), fit="much"),
        Column(T("在哪里", "Where"), fit="much"),
        Column(T("编号", "Code"), fit="keep"),
    ]
    return Shown(T("问题", "Faults"), columns, [(says(code), where, code) for code, where in faults[:MOST]])


urls = [path("staff/fund/account/<uuid:account>/verify/", check, name="staff-fund-verify")]
