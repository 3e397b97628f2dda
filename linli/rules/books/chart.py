"""The charts of accounts. Those of the fund are the national ones, kept on a cash basis (财会〔2020〕7号, in force 2021-01-01)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import KW_ONLY, dataclass

from linli.rules.text import T

DEBIT, CREDIT = 1, -1


@dataclass(frozen=True, slots=True)
class Account:
    """An account. ``side`` is where its balance stands, DEBIT or CREDIT; ``held`` says that it is kept for each holder (a household,
    the developer). ``floored``: no balance of it, neither the whole nor any holder's, ever stands on the other side.
    """

    code: str
    title: T
    side: int
    _: KW_ONLY
    held: bool = False
    floored: bool = True


BANK, BONDS, RECEIVABLE = "1001", "1101", "1221"
DUE_ON_LOSS, HOMES, PUBLIC_HOMES, UNDISTRIBUTED = "2001", "3001", "3002", "3101"
DEPOSITED, INTEREST, SPENT, REFUNDED = "4001", "4101", "5001", "5101"
FEES, COMMON_INCOME, SHARED_INCOME, SURPLUS, SERVICE_SPENT = "4201", "4202", "4203", "3201", "5201"
DEVELOPER = "developer"
"""The holder of what the developer owes for homes that are not sold or not delivered."""

_FUND = (
    Account(BANK, T("银行存款", "Cash at bank"), DEBIT),
    Account(BONDS, T("国债投资", "Treasury bonds"), DEBIT),
    # Not in the national chart, which knows no receivables: what a household still owes of a share that its account did not cover.
    Account(RECEIVABLE, T("应收分摊款", "Shares receivable"), DEBIT, held=True),
    Account(DUE_ON_LOSS, T("应付房屋灭失返还资金", "Due to owners of destroyed homes"), CREDIT, held=True),
    Account(HOMES, T("商品住宅维修资金", "Maintenance fund of homes"), CREDIT, held=True),
    Account(
        PUBLIC_HOMES, T("已售公有住房维修资金", "Maintenance fund of sold public homes"), CREDIT, held=True
    ),
    Account(UNDISTRIBUTED, T("待分配累计收益", "Gains not yet distributed"), CREDIT),
    Account(DEPOSITED, T("交存收入", "Deposits"), CREDIT, floored=False),
    Account(INTEREST, T("存款利息收入", "Interest"), CREDIT, floored=False),
    Account(SPENT, T("维修支出", "Spent on works"), DEBIT, floored=False),
    Account(REFUNDED, T("返还支出", "Refunded"), DEBIT, floored=False),
)
_SERVICE = (
    Account(BANK, T("银行存款", "Cash at bank"), DEBIT),
    Account(SURPLUS, T("累计结余", "Accumulated surplus"), CREDIT, floored=False),
    Account(FEES, T("业主交费", "Owners’ fees"), CREDIT, held=True, floored=False),
    Account(COMMON_INCOME, T("公共收益", "Income from common areas"), CREDIT, floored=False),
    Account(SHARED_INCOME, T("共享资源收入", "Income from shared resources"), CREDIT, floored=False),
    Account(SERVICE_SPENT, T("物业服务支出", "Spent on property service"), DEBIT, floored=False),
)
FUND, SERVICE = "fund", "service"
CHARTS: Mapping[str, Mapping[str, Account]] = {
    FUND: {a.code: a for a in _FUND},
    SERVICE: {a.code: a for a in _SERVICE},
}
"""The chart of each kind of book by account code: ``fund`` the maintenance fund, ``service`` a year's property service."""
