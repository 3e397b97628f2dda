"""The use of the fund, from the draft to the settled account: what is asked, how it is voted on, how it is paid."""

from __future__ import annotations

from linli.programmes.maintenance_fund import announcing, counting, payments, publicity, rolls, voting
from linli.programmes.maintenance_fund import words as w
from linli.rules.fields import Photos, Text
from linli.rules.parameters import p
from linli.rules.programme import (
    OPENING,
    STAY,
    Action,
    Approval,
    CaseType,
    Climb,
    Counter,
    Fills,
    Kind,
    Numbering,
    Repeat,
    State,
    To,
)
from linli.rules.roles import ADMIN, AUDITOR, CLOCK, COMMUNITY, COUNTY, LEADER, STREET
from linli.rules.text import T
from linli.rules.wishes import OfBook, These, Told

COUNTERS = (w.COMMITTEE, COMMUNITY)
"""Who runs a vote: announces, reads paper ballots, counts."""
ROLL = (w.UNIT, w.HEAD, w.OWNER)
BALLOTS = Told(counting.COUNTING)
BOOK = OfBook("fund")
OF_THE_HOME = (
    These(w.UNIT, voting.named_unit),
    These(w.HEAD, voting.named_head),
    These(w.BALLOT, voting.named_head),
)
"""What is read to judge of one paper ballot: its unit, the head, the ballot that stands."""

STATES = (
    State("draft", T("方案准备", "Being prepared"), Kind.OPEN, turn=COUNTERS),
    State(
        "announced",
        T("已公告，待表决", "Announced"),
        Kind.WAITING,
        turn=COUNTERS,
        says=T(
            "表决已经公告，到日子就可以投票。", "The vote is announced; ballots are taken from its day on."
        ),
    ),
    State(
        "voting",
        T("正在表决", "In voting"),
        Kind.WAITING,
        turn=COUNTERS,
        says=T("正在表决，每一票都算数。", "Voting is open; every ballot counts."),
    ),
    State(
        "counted",
        T("结果公示中", "Result posted"),
        Kind.WAITING,
        turn=COUNTERS,
        says=T("结果正在公示，有异议可以提出。", "The result is posted; objections can be raised."),
    ),
    State("urgent", T("应急，待核实", "Emergency to be confirmed"), Kind.OPEN, turn=(w.HOUSING,)),
    State(
        "approved",
        T("可以用款", "Approved"),
        Kind.OPEN,
        turn=(w.COMMITTEE,),
        says=T("已经批准，正在施工和付款。", "Approved; works and payments are under way."),
    ),
    State("settled", T("已决算", "Settled"), Kind.DONE, says=T("已经完工并结清。", "Done and settled.")),
    State("resolved", T("已通过", "Passed"), Kind.DONE, says=T("表决通过。", "The vote passed.")),
    State(
        "failed", T("未通过", "Not passed"), Kind.REFUSED, says=T("表决没有通过。", "The vote did not pass.")
    ),
    State("void", T("已作废", "Void"), Kind.VOID),
)
BEFORE_MONEY = ("draft", "announced", "voting", "counted", "urgent")
LIVE = (*BEFORE_MONEY, "approved")

PREPARING = (
    Action(
        "propose", T("提出使用方案", "Propose a use"), OPENING, "draft", who=(*COUNTERS, w.HOUSING),
    ),
    Action(
        "revise", T("修改方案", "Revise the draft"), "draft", STAY, who=COUNTERS, within=p("draft_within"),
        asks=(w.WHY, w.COST, w.QUOTATIONS, w.PAPERS), guard=None,
    ),
    Action(
        "announce", T("冻结表决册并公告", "Freeze the roll and announce"), "draft", "announced", who=COUNTERS,
        asks=(w.OPENS, w.DAYS, w.POSTED), reads=(OfBook("fund", titles=True),), guard=announcing.can_be_announced,
        finds=rolls.announced, tells=rolls.owners_told,
        seats=(Fills(w.UNIT, rolls.unit_lines), Fills(w.HEAD, rolls.head_lines), Fills(w.OWNER, rolls.owner_lines)),
    ),
)  # fmt: skip
VOTING = (
    Action(
        "open_voting", T("开始表决", "Open the voting"), "announced", "voting", who=(*COUNTERS, CLOCK), at="opens_at",
        guard=announcing.has_begun, tells=rolls.everybody, reads=(w.OWNER,),
    ),
    Action(
        "vote", T("投票", "Vote"), "voting", STAY, who=(w.OWNER,), asks=(w.CHOICE,), guard=voting.in_time, quiet=True,
        reads=(These(w.HEAD, rolls.my_heads), These(w.BALLOT, rolls.my_heads)),
        seats=(Fills(w.BALLOT, voting.cast, repeat=Repeat.RANK),),
    ),
    Action(
        "paper", T("录入纸质票", "Enter a paper ballot"), "voting", STAY, who=COUNTERS, guard=voting.paper_can_be_read, quiet=True,
        asks=(w.HOME, w.READ_AS, w.SCAN, w.MANDATED, w.MANDATE),
        reads=(*OF_THE_HOME, These(w.PAPER, voting.named_head), These(w.DIFFERS, voting.named_head), w.PROXY),
        seats=(Fills(w.PAPER, voting.waits), Fills(w.PROXY, voting.mandates)),
    ),
    Action(
        "paper_check", T("复核纸质票", "Check a paper ballot"), "voting", STAY, who=COUNTERS, guard=voting.second_reading, quiet=True,
        asks=(w.HOME, w.READ_AS),
        reads=(*OF_THE_HOME, These(w.PAPER, voting.named_head), These(w.DIFFERS, voting.named_head),
               Told(("paper",), only=voting.first_reading)),
        seats=(Fills(w.DIFFERS, voting.differs), Fills(w.PAPER, voting.no_longer_waits),
               Fills(w.BALLOT, voting.checked, repeat=Repeat.RANK)),
    ),
    Action(
        "paper_settle", T("裁定纸质票", "Settle a paper ballot"), "voting", STAY, who=(w.COMMITTEE, COMMUNITY, STREET),
        guard=voting.can_be_settled, quiet=True, asks=(w.HOME, w.READ_AS, w.REASON),
        reads=(*OF_THE_HOME, These(w.DIFFERS, voting.named_head), Told(("paper", "paper_check"), only=voting.both_readings)),
        seats=(Fills(w.DIFFERS, voting.no_longer_waits), Fills(w.BALLOT, voting.settled, repeat=Repeat.RANK)),
    ),
    Action(
        "remind", T("提醒未投票的业主", "Remind owners who have not voted"), "voting", STAY, who=COUNTERS,
        reads=(w.OWNER, w.BALLOT), tells=rolls.silent,
    ),
    Action(
        "count", T("当众计票", "Count in public"), "voting", "counted", who=COUNTERS, asks=(w.POSTED,), guard=voting.can_be_counted,
        reads=(*ROLL, w.PAPER, w.DIFFERS, BALLOTS), finds=publicity.counted, tells=publicity.owners,
    ),
)  # fmt: skip
DECIDED = To(("approved", "resolved", "failed"), publicity.passed)
NOTE = Text("note", T("记录", "Note"), at_most=2000, lines=3)
DECIDING = (
    Action(
        "object", T("提出异议", "Object"), "counted", STAY, who=(w.OWNER,), asks=(w.SAID,), guard=publicity.in_publicity,
        seats=(Fills(w.OBJECTION, publicity.objections),),
    ),
    Action(
        "answer_objection", T("答复异议", "Answer an objection"), "counted", STAY, who=(*COUNTERS, w.HOUSING),
        asks=(w.WHICH, w.FINDING, w.RULED_HOME, w.RULED, w.ANSWER), guard=publicity.can_be_answered,
        reads=(*ROLL, w.OBJECTION, BALLOTS), finds=publicity.answered, seats=(Fills(w.OBJECTION, publicity.closed),),
    ),
    Action(
        "decide", T("公示期满，作出决定", "Decide after publicity"), "counted", DECIDED, who=COUNTERS,
        within=p("decide_within"), guard=publicity.can_be_decided, reads=(*ROLL, BALLOTS, BOOK), tally=True,
        finds=publicity.decided, books=publicity.authority, tells=publicity.owners,
    ),
)  # fmt: skip
EMERGENCY = (
    Action(
        "declare", T("申请应急使用", "Declare an emergency"), OPENING, "urgent", who=COUNTERS, asks=(w.DANGER, w.PROOF),
        guard=payments.urgent_enough,
    ),
    Action(
        "confirm", T("核实险情，准予应急使用", "Confirm the emergency"), "urgent", "approved", who=(w.HOUSING,),
        asks=(w.REASON,), reads=(OfBook("fund", titles=True),), within=p("confirm_within"), guard=payments.known_homes,
        finds=payments.confirmed, books=payments.emergency, tells=rolls.owners_told,
        seats=(Fills(w.UNIT, rolls.unit_lines), Fills(w.HEAD, rolls.head_lines), Fills(w.OWNER, rolls.owner_lines)),
    ),
    Action("deny", T("不属应急", "Not an emergency"), "urgent", "failed", who=(w.HOUSING,), asks=(w.REASON,)),
)  # fmt: skip
PAYING = (
    Action(
        "contract", T("签订合同", "Enter the contract"), "approved", STAY, who=(w.COMMITTEE,),
        asks=(w.CONTRACTOR, w.STAGES, Photos("contract_photos", T("合同照片", "Photos of the contract"), required=False)),
        guard=payments.contract_fits, reads=(w.PAID,),
    ),
    Action(
        "accept", T("阶段验收", "Accept a stage"), "approved", STAY, who=(w.COMMITTEE, COMMUNITY),
        asks=(w.STAGE, Photos("accepted_photos", T("验收照片", "Photos of the work"), required=False),
              Text("accepted_by", T("参加验收的", "Who accepted it"), at_most=200)),
        guard=payments.stage_is_there, reads=(w.ACCEPTED,), seats=(Fills(w.ACCEPTED, payments.this_stage),),
    ),
    Action(
        "pay", T("拨付", "Pay a stage"), "approved", STAY, who=(w.COMMITTEE,), within=p("works_within"),
        asks=(w.STAGE, w.AMOUNT, w.PAYEE, w.INVOICE),
        guard=payments.may_be_paid, reads=(w.UNIT, w.ACCEPTED, w.PAID, BOOK), books=payments.payment,
        seats=(Fills(w.PAID, payments.this_stage, repeat=Repeat.REFUSE),), approval=Approval((w.HOUSING,)), tells=publicity.owners,
    ),
    Action(
        "suspend", T("暂停用款", "Suspend payments"), "approved", STAY, who=(w.HOUSING,), asks=(w.REASON,), reads=(BOOK,),
        books=payments.suspended,
    ),
    Action(
        "resume", T("恢复用款", "Resume payments"), "approved", STAY, who=(w.HOUSING,), asks=(w.REASON,), reads=(BOOK,),
        books=payments.resumed,
    ),
    Action(
        "settle", T("决算", "Settle the account"), "approved", "settled", who=(w.COMMITTEE,),
        asks=(Text("report", T("决算说明", "Final account"), at_most=2000, lines=3, public=True), w.POSTED),
        guard=payments.all_paid, reads=(w.OWNER, w.ACCEPTED, w.PAID, BOOK), finds=payments.settled, books=payments.shut_the_gate,
        tells=publicity.owners,
    ),
)  # fmt: skip
ANYTIME = (
    Action("note", T("补充记录", "Add a note"), LIVE, STAY, who=(*COUNTERS, w.HOUSING), asks=(NOTE,)),
    Action(
        "void", T("作废", "Void"), BEFORE_MONEY, "void", who=(*COUNTERS, w.HOUSING), asks=(w.REASON,),
        approval=Approval((w.HOUSING, STREET)),
    ),
)  # fmt: skip

USE = CaseType(
    "fund_use",
    T("维修资金使用", "Use of the fund"),
    place="where",
    summary="what",
    category="works",
    fields=(
        w.WHERE,
        w.ENTRANCE,
        w.FUND,
        w.WHAT,
        w.WHY,
        w.WORKS_KIND,
        w.MATTER,
        w.COST,
        w.QUOTATIONS,
        w.PAPERS,
    ),
    states=STATES,
    actions=(*PREPARING, *VOTING, *DECIDING, *EMERGENCY, *PAYING, *ANYTIME),
    relations=(
        w.OWNER,
        w.UNIT,
        w.HEAD,
        w.BALLOT,
        w.PAPER,
        w.DIFFERS,
        w.PROXY,
        w.OBJECTION,
        w.ACCEPTED,
        w.PAID,
    ),
    seen_by=(w.COMMITTEE, w.HOUSING, COMMUNITY, STREET, COUNTY, LEADER, AUDITOR, ADMIN, w.OWNER),
    columns=("works", "cost"),
    raised="propose",
    milestones=("announce", "count", "decide", "confirm", "pay", "settle"),
    posted=("announced", "voting", "counted", "approved", "settled", "resolved", "failed"),
    counters=(
        Counter("proposed", T("提出的使用", "Uses proposed"), T("件", "uses"), of=("propose", "declare")),
        Counter("voted", T("组织的表决", "Votes held"), T("次", "votes"), of="count"),
        Counter(
            "passed",
            T("通过的使用", "Uses approved"),
            T("件", "uses"),
            of=("decide", "confirm"),
            when=payments.is_approved,
        ),
        Counter("payments", T("付款", "Payments"), T("笔", "payments"), of="pay"),
        Counter("objections", T("异议", "Objections"), T("件", "objections"), of="object"),
    ),
    climb=Climb((w.COMMITTEE, STREET), every=p("climb_every"), remind=p("remind_before")),
    number=Numbering("WX"),
    keeps=T(
        "《民法典》第二百七十七、二百八十一条：表决与账目须供业主查阅，应当保存。",
        "Civil Code 277 and 281: decisions and accounts are open to the owners and have to be kept.",
    ),
)
