"""What can be done with a demand, in the order in which people meet it: reporting and filing."""

from __future__ import annotations

from linli.programmes.demands import rules
from linli.programmes.demands import words as w
from linli.programmes.demands.words import BEARER_OF_CODE, HANDLER, REPORTER, SUPPORTER, WITH_US
from linli.rules.fields import Text
from linli.rules.parameters import p
from linli.rules.programme import (
    ACTOR,
    BEARER,
    OPENING,
    STAY,
    Action,
    Approval,
    React,
    Repeat,
    Takes,
    To,
)
from linli.rules.roles import CLERK, COMMUNITY, GRID_MEMBER, IMPORTER, PUBLIC, RESIDENT, STREET, SYSTEM
from linli.rules.text import T

OURS = (GRID_MEMBER, COMMUNITY)
AT_WORK = ("dispatched", "handling")
ASKED_BY_REPORTER = (REPORTER, BEARER_OF_CODE)
CONTACTED = Takes(REPORTER, "reporter")
AFTER_CHECK = To(("verified", "closed"), rules.somebody_can_confirm)
RELEASED = React("merged_into", "from", "release")

COLLECTING = (
    Action(
        "report",
        T("反映问题", "Report"),
        OPENING,
        "reported",
        who=(RESIDENT, PUBLIC),
        guard=rules.reachable_where_asked,
        seats=(Takes(REPORTER, ACTOR), CONTACTED, Takes(BEARER_OF_CODE, BEARER)),
        says=T("您反映了这个问题。", "You reported this."),
    ),
    Action(
        "receive",
        T("接待登记", "Receive and record"),
        OPENING,
        "reported",
        who=(CLERK, COMMUNITY),
        asks=(w.PEOPLE,),
        guard=rules.reachable_where_asked,
        seats=(CONTACTED, Takes(BEARER_OF_CODE, BEARER)),
        says=T("社区窗口接待并登记了您的反映。", "The community’s window received and recorded it."),
    ),
    Action(
        "note_on_visit",
        T("走访登记", "Record on a visit"),
        OPENING,
        "reported",
        who=OURS,
        guard=rules.reachable_where_asked,
        seats=(CONTACTED, Takes(BEARER_OF_CODE, BEARER)),
        says=T("网格员走访时登记了您的反映。", "The grid member recorded it on a visit."),
    ),
    Action(
        "recorded_elsewhere",
        T("导入已有记录", "Recorded elsewhere"),
        OPENING,
        "reported",
        who=(IMPORTER,),
        asks=w.IMPORTED,
        seats=(CONTACTED,),
        says=T("这件反映从原有的系统导入。", "It was brought over from another system."),
    ),
    Action(
        "attend",
        T("再次接待", "Receive again"),
        (*WITH_US, "merged"),
        STAY,
        who=(CLERK, COMMUNITY),
        asks=(w.PEOPLE, w.NOTE),
        many=True,
        says=T("您又来过社区，情况已记下。", "You came again; what you said was noted."),
    ),
    Action(
        "support",
        T("我也遇到", "I have this too"),
        WITH_US,
        STAY,
        who=(RESIDENT,),
        not_by=(REPORTER,),
        guard=rules.common_matter,
        seats=(Takes(SUPPORTER, ACTOR, repeat=Repeat.REFUSE),),
        says=T("又有一位居民遇到同样的问题。", "Another resident has the same problem."),
    ),
    Action(
        "add",
        T("补充情况", "Add something"),
        (*WITH_US, "merged"),
        STAY,
        who=ASKED_BY_REPORTER,
        asks=(w.NOTE, w.PHOTOS),
        many=True,
        says=T("您补充了情况。", "You added something."),
    ),
    Action(
        "urge",
        T("催一下", "Ask to hurry"),
        ("reported", "filed", "raised", "dispatched", "handling", "postponed", "answered"),
        STAY,
        who=ASKED_BY_REPORTER,
        many=True,
        says=T("您催了一次。", "You asked to hurry."),
    ),
    Action(
        "withdraw",
        T("撤回", "Withdraw"),
        ("reported", "filed", "raised", "dispatched", "handling", "postponed", "answered", "merged"),
        "withdrawn",
        who=ASKED_BY_REPORTER,
        asks=(Text("why", T("为什么撤回", "Why"), required=False, at_most=500),),
        reacts=(RELEASED,),
        says=T("您撤回了反映。", "You withdrew it."),
    ),
)

FILING = (
    Action(
        "file",
        T("立案", "File"),
        "reported",
        "filed",
        who=(*OURS, CLERK, IMPORTER),
        within=p("file_within", by="category"),
        many=True,
        says=T("社区受理了，已记入台账。", "The community took it up; it stands in the ledger."),
    ),
    Action(
        "settle",
        T("当场解决", "Settle on the spot"),
        ("reported", "filed", "raised"),
        "answered",
        who=(*OURS, STREET, IMPORTER),
        asks=(w.OUTCOME, w.ANSWER, w.AFTER),
        guard=rules.photos_where_asked,
        seats=(Takes(HANDLER, ACTOR, alone=True),),
        forgets=("verdict", "score"),
        says=T("已经当场处理，答复您了。", "It was settled on the spot and you have an answer."),
    ),
    Action(
        "recategorise",
        T("更正类别", "Correct the category"),
        ("reported", "filed", "raised"),
        STAY,
        who=(*OURS, STREET),
        asks=(w.CATEGORY,),
        restarts=True,
        many=True,
        says=T("类别更正了。", "The category was corrected."),
    ),
    Action(
        "escalate",
        T("上报街道", "Take to the street office"),
        ("filed", "handling", "postponed"),
        "raised",
        who=(COMMUNITY,),
        asks=(w.REASON,),
        says=T(
            "社区解决不了，报到了街道。",
            "The community could not settle it and took it to the street office.",
        ),
    ),
    Action(
        "transfer",
        T("不属受理范围，转出", "Not ours: hand on"),
        ("reported", "filed", "raised", "dispatched", "handling"),
        "transferred",
        who=(COMMUNITY, STREET),
        asks=(w.WHOSE, w.REASON),
        reacts=(RELEASED,),
        says=T("这件事不归我们办，已告知该由谁办。", "It is not ours; you were told whose it is."),
    ),
    Action(
        "merge",
        T("并案", "Merge"),
        ("reported", "filed"),
        "merged",
        who=OURS,
        asks=(w.INTO,),
        links=(("merged_into", "into"),),
        says=T("与另一件同样的事并在一起办。", "It was joined with another about the same matter."),
    ),
    Action(
        "release",
        T("撤销并案", "Undo the merge"),
        "merged",
        "filed",
        who=(*OURS, SYSTEM),
        links=(("merged_into", ""),),
        says=T("不再并案，单独办理。", "It is handled on its own again."),
    ),
    Action(
        "follow",
        T("随主案反馈", "Follow the main demand"),
        "merged",
        AFTER_CHECK,
        who=(SYSTEM,),
        asks=(w.OUTCOME, w.ANSWER),
        reads=(REPORTER, BEARER_OF_CODE),
        says=T("同一件事有了结果。", "There is a result for the common matter."),
    ),
    Action(
        "void",
        T("作废", "Void"),
        ("reported", "filed", "raised"),
        "voided",
        who=(*OURS, STREET),
        asks=(w.REASON,),
        approval=Approval((COMMUNITY, STREET)),
        reacts=(RELEASED,),
        says=T("这件记录作废了。", "The record was voided."),
    ),
)
