"""物业服务年度收支: a year of property service, its budget adopted by the owners, its income and spending posted."""

from __future__ import annotations

from linli.programmes.maintenance_fund import serving
from linli.programmes.maintenance_fund import words as w
from linli.programmes.maintenance_fund.account import MEMO
from linli.rules.fields import CaseRef, Choice, Integer, Option, Photos, Place, Table, Text
from linli.rules.money import Money
from linli.rules.parameters import p
from linli.rules.place import Level
from linli.rules.programme import (
    OPENING,
    STAY,
    Action,
    CaseType,
    Climb,
    Counter,
    Fills,
    Kind,
    Numbering,
    Repeat,
    State,
)
from linli.rules.roles import ADMIN, AUDITOR, COMMUNITY, COUNTY, LEADER, STREET
from linli.rules.text import T
from linli.rules.wishes import OfBook, These

RUN = (w.COMMITTEE, COMMUNITY)
BOOK, HOMES = OfBook(), OfBook("fund", titles=True)
SOURCES = (
    Option("common", T("公共收益（广告、停车、场地）", "Common areas (advertising, parking, grounds)")),
    Option("shared", T("与相邻小区共享资源", "Resources shared with neighbours")),
)
_LINE = (Text("about", T("项目", "For what"), at_most=80), Money("amount", T("金额", "Amount")))
FEE = Money("fee", T("物业费（元／平方米·月）", "Fee (yuan per m² and month)"), at_least=0, at_most=100_000)
OTHER = Table(
    "other_income",
    T("其他收入预算", "Other income planned"),
    columns=(Choice("source", T("来源", "Source"), SOURCES), *_LINE),
    at_most=40,
    required=False,
    public=True,
)
COSTS = Table("costs", T("支出预算", "Costs planned"), columns=_LINE, at_least=1, at_most=40, public=True)
FEES = w.paid_in("fees", T("交费明细", "Fees paid"))

SERVICE_YEAR = CaseType(
    "service_year",
    T("物业服务年度收支", "A year of property service"),
    place="where",
    summary="what",
    fields=(
        Place("where", T("哪个小区或楼栋", "Compound or building"), level=Level.COMMUNITY),
        Text("what", T("项目（小区）", "Project (compound)"), at_most=80),
        Integer("year", T("年度", "Year"), at_least=2000, at_most=2100),
        CaseRef("fund", T("房屋名册取自哪个账户", "Whose list of homes"), type="fund_account", states=("open",)),
        FEE,
        OTHER,
        COSTS,
    ),
    posted=("running", "closed"),
    states=(
        State("planned", T("预算编制", "Being planned"), Kind.OPEN, turn=RUN),
        State("running", T("执行中", "Running"), Kind.OPEN, turn=RUN),
        State("closed", T("已结转并公布", "Closed and posted"), Kind.DONE),
    ),
    actions=(
        Action("plan", T("编制年度预算", "Plan a year"), OPENING, "planned", who=RUN, books=serving.opened),
        Action("revise", T("修改预算", "Revise the budget"), "planned", STAY, who=RUN, asks=(FEE, OTHER, COSTS)),
        Action(
            "adopt", T("业主表决通过后执行", "Adopt after the owners’ vote"), "planned", "running", who=RUN, within=p("draft_within"),
            asks=(CaseRef("vote", T("哪一次表决", "By which vote"), type="fund_use", states=("resolved",)),), reads=(HOMES,),
            guard=serving.can_be_adopted, finds=serving.adopted, books=serving.authority, seats=(Fills(w.DUE, serving.due_lines),),
        ),
        Action(
            "receive", T("登记交费", "Book fees"), "running", STAY, who=RUN, asks=(MEMO, FEES),
            reads=(BOOK, These(w.DUE, serving.paying_homes), These(w.CASHED, serving.refs)), guard=serving.fees_fit, books=serving.fees,
            seats=(Fills(w.DUE, serving.paid_lines), Fills(w.CASHED, serving.cashed, repeat=Repeat.REFUSE)),
        ),
        Action(
            "earn", T("登记其他收入", "Book other income"), "running", STAY, who=RUN, reads=(BOOK,), books=serving.other_income,
            asks=(Choice("source", T("来源", "Source"), SOURCES), MEMO, w.AMOUNT),
        ),
        Action(
            "spend", T("支出", "Spend"), "running", STAY, who=RUN, reads=(BOOK,), guard=serving.can_be_spent, books=serving.spent,
            asks=(MEMO, w.AMOUNT, w.PAYEE, Photos("bill", T("票据照片", "Photo of the bill"), required=False)),
        ),
        Action(
            "remind", T("提醒欠费", "Remind of arrears"), "running", STAY, who=RUN, reads=(w.DUE, HOMES), tells=serving.in_arrears,
        ),
        Action(
            "post", T("公布收支", "Post income and spending"), "running", STAY, who=RUN, asks=(w.POSTED,), reads=(BOOK,),
            finds=serving.so_far,
        ),
        Action(
            "close", T("年度结转并公布", "Close the year"), "running", "closed", who=RUN, asks=(MEMO, w.POSTED), reads=(BOOK,),
            within=p("works_within"), finds=serving.so_far, books=serving.carried,
        ),
        Action("drop", T("不做了", "Drop it"), "planned", "closed", who=RUN, asks=(w.REASON,)),
    ),
    relations=(w.DUE, w.CASHED),
    seen_by=(w.COMMITTEE, w.HOUSING, COMMUNITY, STREET, COUNTY, LEADER, AUDITOR, ADMIN),
    columns=("year",),
    counters=(
        Counter("years", T("执行的年度", "Years run"), T("个", "years"), of="adopt"),
        Counter("posted", T("收支公布", "Times posted"), T("次", "times"), of=("post", "close")),
    ),
    climb=Climb((w.COMMITTEE, STREET), every=p("climb_every"), remind=p("remind_before")),
    number=Numbering("WY"),
)  # fmt: skip
