"""Where a demand can stand, whose step is next, and the sentence its reporter reads."""

from __future__ import annotations

from linli.programmes.demands.words import BEARER_OF_CODE, REPORTER, UNIT
from linli.rules.programme import Kind, State
from linli.rules.roles import COMMUNITY, GRID_MEMBER, STREET
from linli.rules.text import T

STATES = (
    State(
        "reported",
        T("待立案", "Reported"),
        Kind.OPEN,
        turn=(GRID_MEMBER, COMMUNITY),
        says=T(
            "社区已收到您的反映，正在受理。", "The community has received your report and is taking it up."
        ),
    ),
    State(
        "filed",
        T("已立案", "Filed"),
        Kind.OPEN,
        turn=(COMMUNITY,),
        says=T(
            "已记入台账，正在安排由谁办理。", "It stands in the ledger; who will handle it is being arranged."
        ),
    ),
    State(
        "raised",
        T("已上报街道", "Taken to the street office"),
        Kind.OPEN,
        turn=(STREET,),
        says=T(
            "社区解决不了，已报到街道研究。", "The community cannot settle it; it is with the street office."
        ),
    ),
    State(
        "dispatched",
        T("已派遣", "Dispatched"),
        Kind.OPEN,
        turn=(UNIT,),
        says=T(
            "已派给责任单位，等它接单。", "It has been sent to the responsible unit, which has to accept it."
        ),
    ),
    State(
        "handling",
        T("处理中", "Being handled"),
        Kind.OPEN,
        turn=(UNIT,),
        says=T("责任单位正在处理。", "The responsible unit is working on it."),
    ),
    State(
        "postponed",
        T("挂账", "Postponed"),
        Kind.WAITING,
        turn=(COMMUNITY,),
        pauses=True,
        says=T(
            "眼下办不了，已经审批挂账，条件具备就恢复办理。",
            "It cannot be done now; the postponement was approved and work resumes when it can.",
        ),
    ),
    State(
        "answered",
        T("待核实", "To be checked"),
        Kind.OPEN,
        turn=(COMMUNITY,),
        says=T(
            "已有处理结果，社区另派人核实。",
            "There is a result; somebody else from the community is checking it.",
        ),
    ),
    State(
        "verified",
        T("待您确认", "To be confirmed"),
        Kind.WAITING,
        turn=(REPORTER, BEARER_OF_CODE),
        says=T(
            "请您看看解决了没有，确认或者退回。",
            "Please see whether it is solved, and confirm or send it back.",
        ),
    ),
    State(
        "merged",
        T("已并案", "Merged"),
        Kind.WAITING,
        turn=(COMMUNITY,),
        says=T(
            "与另一件是同一件事，合在一起办，您的这件仍然保留。",
            "It is the same matter as another; they are handled together and yours is kept.",
        ),
    ),
    State("closed", T("已销号", "Closed"), Kind.DONE, says=T("这件事已经销号。", "This is closed.")),
    State(
        "transferred",
        T("已转出", "Handed on"),
        Kind.REFUSED,
        says=T(
            "这件事不归我们办，已告诉您该由谁办。", "This is not ours to do; you have been told whose it is."
        ),
    ),
    State(
        "withdrawn",
        T("已撤回", "Withdrawn"),
        Kind.VOID,
        says=T("您撤回了这件反映。", "You withdrew this report."),
    ),
    State(
        "voided",
        T("已作废", "Void"),
        Kind.VOID,
        says=T("这件记录经审批作废。", "This record was voided with approval."),
    ),
)
