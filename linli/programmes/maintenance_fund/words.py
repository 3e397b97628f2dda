"""The words of the fund: roles, relations, the fields that several actions ask."""

from __future__ import annotations

from linli.rules.fields import (
    AskedIf,
    CaseRef,
    Choice,
    Contact,
    Day,
    Integer,
    Option,
    Photos,
    Place,
    Table,
    Text,
)
from linli.rules.money import Money
from linli.rules.place import Level
from linli.rules.roles import AUDITOR, COMMUNITY
from linli.rules.text import T
from linli.rules.who import Relation, Role

COMMITTEE = Role("owners_committee", T("业主委员会（物管会）", "Owners’ committee"))
HOUSING = Role("housing", T("住房主管部门", "Housing department"))

OWNER = Relation("owner", T("业主", "Owner on the roll"))
UNIT = Relation("roll_unit", T("表决册上的房屋", "Unit on the roll"))
HEAD = Relation("head", T("表决册上的票", "Head on the roll"))
BALLOT = Relation("ballot", T("表决票", "Ballot"))
PAPER = Relation("paper", T("待复核的纸质票", "Paper ballot to be checked"))
DIFFERS = Relation("differs", T("两人录入不一致的纸质票", "Paper ballot read differently"))
PROXY = Relation("proxy", T("受托人", "Proxy"))
OBJECTION = Relation("objection", T("异议", "Objection"))
ACCEPTED = Relation("accepted", T("已验收的阶段", "Stage accepted"))
PAID = Relation("paid", T("已付款的阶段", "Stage paid"))
DUE = Relation("due", T("应交的物业费", "Fee due"))
CASHED = Relation("cashed", T("已入账的银行流水", "Bank entry booked"))

AGREE, AGAINST, ABSTAIN, INVALID = "agree", "against", "abstain", "invalid"
CHOICES = (
    Option(AGREE, T("同意", "For")),
    Option(AGAINST, T("不同意", "Against")),
    Option(ABSTAIN, T("弃权", "Abstain")),
)
ON_PAPER = (
    *CHOICES,
    Option(INVALID, T("废票（填写不清、多选、未签名）", "Invalid (unclear, two marks, unsigned)")),
)
UNOPENED = ("announced", "voting")
"""The states in which nobody sees a choice."""

MATTERS = (
    Option("use-fund", T("使用维修资金", "Use of the fund")),
    Option("raise-fund", T("筹集（续交）维修资金", "Raising the fund")),
    Option("general", T("其他共同决定事项", "Another matter")),
)
WORKS = (
    Option("lift", T("电梯", "Lifts")),
    Option("roof", T("屋面防水", "Roof")),
    Option("facade", T("外墙", "Façade")),
    Option("pipes", T("管网", "Pipes")),
    Option("fire", T("消防设施", "Fire protection")),
    Option("ground", T("道路与公共场地", "Ground and roads")),
    Option("safety", T("安防设施", "Security")),
    Option("other", T("其他共用部位、共用设施设备", "Other common parts and equipment")),
)

WHERE = Place(
    "where", T("列支范围：小区或一栋楼", "Scope: the compound or one building"), level=Level.COMMUNITY
)
ENTRANCE = Text(
    "entrance",
    T("只涉及哪个单元", "One entrance only"),
    required=False,
    at_most=10,
    help=T("填单元号；整栋楼或整个小区不填。", "Its number; leave it out for a whole building or compound."),
)
FUND = CaseRef("fund", T("哪一个资金账户", "From which fund"), type="fund_account", states=("open",))
WHAT = Text("what", T("做什么", "What is to be done"), at_most=120)
WHY = Text("why", T("为什么", "Why"), at_most=2000, lines=4, public=True)
WORKS_KIND = Choice("works", T("修什么", "Kind of works"), WORKS, public=True)
MATTER = Choice("matter", T("表决事项", "What is decided"), MATTERS, public=True)
COST = Money("cost", T("费用预算", "Estimated cost"))
QUOTATIONS = Table(
    "quotations",
    T("报价", "Quotations"),
    columns=(Text("firm", T("单位", "Firm"), at_most=80), Money("price", T("报价", "Price"))),
    at_least=1,
    at_most=12,
)
PAPERS = Photos("papers", T("方案与报价单照片", "Photos of plan and quotations"), required=False)
REASON = Text("reason", T("理由", "Reason"), at_most=1000, lines=2, kept=False)

READ_CHOICES = (HOUSING, AUDITOR)
"""Who reads single ballots once the vote is counted."""
CHOICE = Choice(
    "choice", T("您的意见", "Your choice"), CHOICES, personal=True, seen_by=READ_CHOICES, sealed_in=UNOPENED
)
READ_AS = Choice(
    "choice",
    T("票面意见", "What the ballot says"),
    ON_PAPER,
    personal=True,
    seen_by=READ_CHOICES,
    sealed_in=UNOPENED,
)
HOME = Text(
    "home",
    T("哪一套房", "Which unit"),
    at_most=40,
    help=T("楼栋-单元-门牌，如 B0001-2-301", "Building-entrance-door, such as B0001-2-301"),
    kept=False,
)
SCAN = Photos(
    "scan",
    T("票面照片", "Photo of the ballot"),
    at_least=1,
    personal=False,
    seen_by=(COMMITTEE, COMMUNITY, HOUSING, AUDITOR),
    kept=False,
    sealed_in=UNOPENED,
)
MANDATED = Contact(
    "mandated",
    T("受托人（代为投票的）", "Proxy who handed it in"),
    required=False,
    phone_required=False,
    seen_by=(COMMITTEE, COMMUNITY, HOUSING, AUDITOR),
)
MANDATE = Photos(
    "mandate",
    T("书面委托照片", "Photo of the written mandate"),
    required=False,
    seen_by=(COMMITTEE, COMMUNITY, HOUSING, AUDITOR),
    help=T(
        "有受托人就要有书面委托，写明同意还是不同意。",
        "A proxy needs a written mandate that says how to vote.",
    ),
    kept=False,
    sealed_in=UNOPENED,
)
OPENS = Day("opens", T("表决从哪天开始", "Voting begins on"))
DAYS = Integer("days", T("表决几天", "Days of voting"), at_least=1, at_most=90, unit=T("天", "days"))
POSTED = Text("posted", T("张贴在哪里", "Where it is posted"), at_most=200, public=True)
SAID = Text(
    "said",
    T("您的异议", "Your objection"),
    at_most=2000,
    lines=4,
    personal=True,
    seen_by=(COMMITTEE, COMMUNITY, HOUSING, AUDITOR),
    kept=False,
)
WHICH = Integer(
    "which", T("第几号异议", "Number of the objection"), at_least=1, at_most=1_000_000, kept=False
)
FINDING = Choice(
    "finding",
    T("结论", "Finding"),
    (Option("upheld", T("成立", "Upheld")), Option("dismissed", T("不成立", "Dismissed"))),
    kept=False,
)
UPHELD = AskedIf("finding", ("upheld",))
RULED_HOME = Text(
    "ruled_home",
    T("涉及哪一套房的票", "The ballot of which unit"),
    required=False,
    at_most=40,
    asked_if=UPHELD,
    kept=False,
)
RULINGS = (Option(INVALID, T("废票", "Invalid")), Option("stands", T("有效，不改", "It stands")))
RULED = Choice("ruled", T("这张票", "That ballot"), RULINGS, required=False, asked_if=UPHELD, kept=False)
ANSWER = Text("answer", T("答复", "Answer"), at_most=2000, lines=3, public=True, kept=False)
DANGER = Choice(
    "danger",
    T("什么险情", "What danger"),
    (
        Option("lift", T("电梯故障危及人身安全", "A lift that endangers people")),
        Option("roof", T("屋面、外墙渗漏严重", "Roof or façade leaking badly")),
        Option("facade", T("外墙、檐口脱落", "Parts of the façade falling")),
        Option("fire", T("消防设施损坏", "Fire protection broken")),
        Option("water", T("二次供水、排水中断", "Water or drains cut off")),
        Option("structure", T("楼体结构安全", "The structure itself")),
    ),
)
PROOF = Photos("proof", T("现场照片或鉴定书", "Photos of the place, or an expert’s report"), at_least=1)
STAGES = Table(
    "stages",
    T("付款阶段", "Stages of payment"),
    columns=(Text("stage", T("阶段", "Stage"), at_most=60), Money("amount", T("金额", "Amount"))),
    at_least=1,
    at_most=12,
)
CONTRACTOR = Text("contractor", T("施工单位", "Contractor"), at_most=80, public=True)
STAGE = Integer("stage_no", T("第几阶段", "Which stage"), at_least=1, at_most=12, kept=False)
AMOUNT = Money("amount", T("金额", "Amount"), kept=False)
PAYEE = Text("payee", T("收款单位", "Paid to"), at_most=80, kept=False)
INVOICE = Photos("invoice", T("发票与付款申请照片", "Photos of invoice and request"), at_least=1, kept=False)
REF = Text("ref", T("银行流水号", "Bank’s own number"), at_most=80)


def paid_in(key: str, title: T) -> Table:
    """A bank's list: for which home how much came in, under which number of the bank's own."""
    columns = (HOME, Money("amount", T("金额", "Amount")), REF)
    return Table(key, title, columns=columns, at_least=1, at_most=20_000, kept=False)
