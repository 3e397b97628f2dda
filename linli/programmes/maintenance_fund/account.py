"""The account of a project (专户): a standing case whose book holds the money of its homes."""

from __future__ import annotations

from dataclasses import replace

from linli.programmes.maintenance_fund import keeping
from linli.programmes.maintenance_fund import words as w
from linli.rules.fields import Choice, Contact, Day, Integer, Option, Photos, Place, Table, Text
from linli.rules.money import Money
from linli.rules.place import Level
from linli.rules.programme import (
    OPENING,
    STAY,
    Action,
    Approval,
    CaseType,
    Counter,
    Fills,
    Kind,
    Numbering,
    Repeat,
    State,
)
from linli.rules.roles import ADMIN, AUDITOR, COMMUNITY, COUNTY, IMPORTER, LEADER, STREET
from linli.rules.text import T
from linli.rules.wishes import OfBook, These

KEEPERS = (w.HOUSING,)
TITLES, BOOK = OfBook(titles=True), OfBook()
MEMO = Text(
    "memo", T("摘要", "Memo"), at_most=120, help=T("不写姓名和电话。", "No names and no phone numbers.")
)
STATUS = Choice(
    "status",
    T("状态", "Status"),
    (
        Option("sold", T("已售已交付", "Sold and delivered")),
        Option("unsold", T("未售", "Unsold")),
        Option("undelivered", T("已售未交付", "Sold, not delivered")),
    ),
)
SINCE = Day("since", T("从哪天起", "Since"))
HOMES = Table(
    "homes",
    T("房屋与业主", "Homes and owners"),
    columns=(
        w.HOME,
        Integer(
            "area",
            T("专有部分面积（0.01 平方米）", "Exclusive area (0.01 m²)"),
            at_least=1,
            at_most=100_000_000,
        ),
        STATUS,
        Text("owners", T("业主编号（分号隔开）", "Owners’ ids, joined by ;"), required=False, at_most=800),
        SINCE,
    ),
    at_least=1,
    at_most=20_000,
    kept=False,
)
DEPOSITS = w.paid_in("deposits", T("交存明细", "Deposits"))
SHARES = w.paid_in("shares", T("补交明细", "Shares paid"))
HOMES_KIND = Choice(
    "homes_kind",
    T("房屋性质", "Kind of homes"),
    (
        Option("homes", T("商品住宅", "Private homes")),
        Option("public", T("已售公有住房", "Sold public homes")),
    ),
)
BANK_BALANCE = Money("bank_balance", T("银行余额", "Balance at the bank"), at_least=0)
SIDES = (
    Option("bank_more", T("银行多（账上还没有）", "At the bank, not in the book")),
    Option("book_more", T("账上多（银行还没有）", "In the book, not at the bank")),
)
DIFFERENCES = Table(
    "differences",
    T("逐笔列出的差异", "Differences, one by one"),
    columns=(
        Text("about", T("哪一笔", "Which entry"), at_most=120),
        Money("amount", T("金额", "Amount")),
        Choice("side", T("哪一边多", "Which side has it"), SIDES),
    ),
    at_most=200,
    required=False,
)

_SEEN = (w.COMMITTEE, w.HOUSING, COMMUNITY, STREET, AUDITOR)
MONEY_IN = (
    Action(
        "deposit", T("登记交存", "Book deposits"), "open", STAY, who=(*KEEPERS, IMPORTER),
        asks=(MEMO, HOMES_KIND, DEPOSITS),
        reads=(TITLES, These(w.CASHED, keeping.refs)), guard=keeping.known_homes, books=keeping.deposits,
        seats=(Fills(w.CASHED, keeping.cashed, repeat=Repeat.REFUSE),),
    ),
    Action(
        "collect", T("登记补交的分摊款", "Book shares collected"), "open", STAY, who=(*KEEPERS, IMPORTER), asks=(MEMO, SHARES),
        reads=(TITLES, These(w.CASHED, keeping.refs)), guard=keeping.within_what_is_owed, books=keeping.collected,
        seats=(Fills(w.CASHED, keeping.cashed, repeat=Repeat.REFUSE),),
    ),
    Action(
        "interest", T("登记利息", "Book interest"), "open", STAY, who=KEEPERS,
        asks=(MEMO, Money("amount", T("银行入账的利息", "Interest credited")),
              Integer("interest_days", T("计息天数", "Days of interest"), at_least=1, at_most=400, unit=T("天", "days"))),
        reads=(BOOK,), finds=keeping.interest_expected, books=keeping.interest,
    ),
    Action(
        "share_out", T("分配收益", "Share out gains"), "open", STAY, who=KEEPERS, asks=(MEMO,), reads=(BOOK,),
        guard=keeping.something_to_share, books=keeping.shared,
    ),
)  # fmt: skip
TITLE_ACTIONS = (
    Action(
        "enrol", T("登记房屋与业主", "Enter homes and owners"), "open", STAY, who=(*KEEPERS, IMPORTER), asks=(HOMES,), reads=(TITLES,),
        guard=keeping.titles_follow, books=keeping.titles,
    ),
    Action(
        "transfer", T("过户", "Transfer a title"), "open", STAY, who=KEEPERS,
        asks=(w.HOME, SINCE, Contact("buyer", T("新业主", "New owner"), seen_by=_SEEN),
              Contact("partner", T("共有人", "Co-owner"), required=False, phone_required=False, seen_by=_SEEN),
              Photos("deed", T("不动产登记证明", "Proof of title"), required=False, seen_by=_SEEN)),
        reads=(TITLES,), guard=keeping.can_be_transferred, books=keeping.transfer,
    ),
)  # fmt: skip
CORRECTIONS = (
    Action(
        "refund", T("房屋灭失返还", "Refund for a destroyed home"), "open", STAY, who=KEEPERS, approval=Approval((w.HOUSING,)),
        asks=(w.HOME, w.REASON, Photos("proof", T("灭失证明", "Proof of the loss"), required=False, seen_by=_SEEN)),
        reads=(BOOK,), guard=keeping.has_balance, books=keeping.refund,
    ),
    Action(
        "reverse", T("红字冲销", "Reverse vouchers"), "open", STAY, who=KEEPERS, approval=Approval((w.HOUSING,)),
        asks=(Text("numbers", T("凭证号（可写几个）", "Numbers of the vouchers"), at_most=60), w.REASON),
        reads=(OfBook(vouchers=keeping.numbers), w.CASHED), guard=keeping.can_be_reversed, books=keeping.reversed_,
        seats=(Fills(w.CASHED, keeping.freed),),
    ),
)  # fmt: skip
RECONCILE = Action(
    "reconcile", T("与银行对账", "Reconcile with the bank"), "open", STAY, who=KEEPERS, reads=(BOOK,), guard=keeping.reconciled,
    asks=(Day("bank_day", T("对账单日期", "Day of the statement")), BANK_BALANCE, DIFFERENCES), finds=keeping.proof,
)  # fmt: skip


def _passing(action: Action) -> Action:
    """What is said about one deposit or one home stands in its entry, and is no fact about the account."""
    return replace(action, asks=tuple(replace(field, kept=False) for field in action.asks))


ACCOUNT = CaseType(
    "fund_account",
    T("维修资金账户", "Maintenance fund account"),
    place="where",
    summary="what",
    fields=(
        Place("where", T("哪个社区", "Which community"), level=Level.COMMUNITY),
        Text("what", T("项目（小区）", "Project (compound)"), at_most=80),
        Text("bank", T("专户银行", "Bank"), at_most=80, public=True),
    ),
    states=(
        State("open", T("在管", "Kept"), Kind.STANDING),
        State("closed", T("已销户", "Closed"), Kind.DONE),
    ),
    actions=(
        Action("open", T("开户", "Open an account"), OPENING, "open", who=KEEPERS, books=keeping.opened),
        *map(_passing, (*TITLE_ACTIONS, *MONEY_IN, *CORRECTIONS)),
        RECONCILE,
        Action(
            "close",
            T("销户", "Close the account"),
            "open",
            "closed",
            who=KEEPERS,
            asks=(w.REASON,),
            reads=(BOOK,),
            guard=keeping.is_empty,
        ),
    ),
    relations=(w.CASHED,),
    seen_by=(w.COMMITTEE, w.HOUSING, COMMUNITY, STREET, COUNTY, LEADER, AUDITOR, ADMIN),
    counters=(
        Counter("accounts", T("在管账户", "Accounts kept"), T("个", "accounts"), of="open"),
        Counter("reconciled", T("对账", "Reconciliations"), T("次", "times"), of="reconcile"),
    ),
    number=Numbering("ZH"),
    keeps=T(
        "《会计档案管理办法》：凭证与账簿保存三十年。",
        "Accounting archives: vouchers and books are kept for thirty years.",
    ),
)
