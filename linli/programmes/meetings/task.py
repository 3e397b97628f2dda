"""A task that a meeting gave out: accepted, worked on, finished, checked by somebody else, and only then at its end."""

from __future__ import annotations

from linli.programmes.meetings import words as w
from linli.programmes.meetings.rules import due_ahead
from linli.rules.fields import AskedIf, CaseRef, Choice, Contact, Option, Photos, Text, Units
from linli.rules.parameters import Until, p
from linli.rules.programme import (
    OPENING,
    STAY,
    Action,
    Approval,
    CaseType,
    Climb,
    Counter,
    Indicator,
    Kind,
    Numbering,
    React,
    State,
    Takes,
)
from linli.rules.refusal import Refusal
from linli.rules.roles import ADMIN, AUDITOR, CITY, COMMUNITY, COUNTY, LEADER, STREET, SYSTEM
from linli.rules.situation import Situation
from linli.rules.text import T
from linli.rules.who import Relation

IN_CHARGE = Relation("in_charge", T("责任人", "Person in charge"))
RESPONSIBLE = Relation("unit", T("责任单位", "Unit in charge"), of="unit")
HANDLER = Relation("handler", T("经办人", "Handler"))
OURS = (IN_CHARGE, RESPONSIBLE)
CHARGE = Choice(
    "charge",
    T("由谁负责", "Who is in charge"),
    (Option("unit", T("单位", "A unit")), Option("person", T("个人", "A person"))),
)
UNITS = Units("units", T("责任单位", "Unit in charge"), asked_if=AskedIf("charge", ("unit",)))
PERSON = Contact("person", T("责任人", "Person in charge"), asked_if=AskedIf("charge", ("person",)))
OUTCOME = Text("outcome", T("办理结果", "What came of it"), at_most=2000, lines=4)
REASON = Text("reason", T("理由", "Reason"), at_most=1000, lines=2, kept=False)
NOTE = Text("note", T("说明", "Note"), required=False, at_most=1000, lines=2, kept=False)
TOLD = Text("progress", T("进展", "Progress"), at_most=2000, lines=3, kept=False)
PHOTOS = Photos("photos", T("照片", "Photos"), required=False, kept=False)
BYS = (Takes(RESPONSIBLE, "units", alone=True), Takes(IN_CHARGE, "person", alone=True))
LIVE = ("assigned", "doing")


def begun(s: Situation) -> Refusal | None:
    """A task names the meeting that decided it, and a day that lies ahead; one that a meeting begins is linked to it already."""
    if s.role == w.SECRETARY.key and not s.answers.get("meeting"):
        return Refusal("which-meeting")
    return due_ahead(s)


ACTIONS = (
    Action(
        "begin",
        T("立项督办", "Begin a task"),
        OPENING,
        "assigned",
        who=(w.SECRETARY, SYSTEM),
        guard=begun,
        seats=BYS,
        links=((w.TASK_OF, "meeting"),),
        says=T("会议定的事交给了责任人。", "What the meeting decided was given to whoever is in charge."),
    ),
    Action(
        "reassign",
        T("改派", "Give it to somebody else"),
        LIVE,
        "assigned",
        who=(w.SECRETARY,),
        asks=(CHARGE, UNITS, PERSON, REASON),
        seats=BYS,
        restarts=True,
        says=T("改由别人负责。", "Somebody else is in charge now."),
    ),
    Action(
        "accept",
        T("接收", "Accept"),
        "assigned",
        "doing",
        who=OURS,
        within=p("accept_within"),
        seats=(Takes(HANDLER),),
        says=T("责任人已接收，开始办。", "It was accepted and work began."),
    ),
    Action(
        "report_progress",
        T("报进展", "Report progress"),
        "doing",
        STAY,
        who=OURS,
        asks=(TOLD, PHOTOS),
        says=T("报了一次进展。", "Progress was reported."),
    ),
    Action(
        "finish",
        T("报办结", "Report that it is done"),
        "doing",
        "checking",
        who=OURS,
        asks=(OUTCOME, PHOTOS),
        within=Until("due_day"),
        seats=(Takes(HANDLER),),
        says=T("报了办结，等核对。", "It is reported as done and is being checked."),
    ),
    Action(
        "check",
        T("核对办结", "Check and end it"),
        "checking",
        "finished",
        who=(w.SECRETARY,),
        not_by=(HANDLER,),
        asks=(NOTE,),
        within=p("check_within"),
        reacts=(React(w.TASK_OF, "to", "task_done", carry=("matter", "outcome")),),
        says=T("核对无误，办结了。", "It was checked and is at its end."),
    ),
    Action(
        "send_back",
        T("退回再办", "Send it back"),
        "checking",
        "doing",
        who=(w.SECRETARY,),
        not_by=(HANDLER,),
        asks=(REASON, w.DUE_DAY),
        guard=due_ahead,
        says=T("没有办到位，退回再办。", "It is not what was decided, and was sent back."),
    ),
    Action(
        "extend",
        T("申请延期", "Ask for more time"),
        "doing",
        STAY,
        who=OURS,
        asks=(w.DUE_DAY, REASON),
        guard=due_ahead,
        approval=Approval((w.SECRETARY,)),
        restarts=True,
        says=T("完成期限改了。", "There is more time."),
    ),
    Action(
        "drop",
        T("终止督办", "Give it up"),
        (*LIVE, "checking"),
        "dropped",
        who=(w.SECRETARY,),
        asks=(REASON,),
        approval=Approval((w.SECRETARY, LEADER, STREET, COUNTY)),
        says=T("这件事不再督办。", "The task was given up."),
    ),
)

TASKS = T("件", "tasks")
RESOLUTION_TASK = CaseType(
    "resolution_task",
    T("督办事项", "Task of a meeting"),
    place="where",
    summary="matter",
    fields=(
        w.WHERE,
        CaseRef("meeting", T("哪次会议定的", "Which meeting decided it"), type="assembly", required=False),
        Text("matter", T("办什么", "What is to be done"), at_most=300, lines=2),
        w.DUE_DAY,
        CHARGE,
        UNITS,
        PERSON,
    ),
    states=(
        State(
            "assigned",
            T("待接收", "Given out"),
            Kind.OPEN,
            turn=OURS,
            says=T("已交办，等责任人接收。", "It was given out and waits to be accepted."),
        ),
        State(
            "doing", T("办理中", "Being done"), Kind.OPEN, turn=OURS, says=T("正在办。", "It is being done.")
        ),
        State(
            "checking",
            T("待核对", "To be checked"),
            Kind.OPEN,
            turn=(w.SECRETARY,),
            says=T("报了办结，另有人核对。", "It is reported as done; somebody else checks."),
        ),
        State("finished", T("已办结", "Finished"), Kind.DONE, says=T("办结了。", "It is done.")),
        State("dropped", T("已终止", "Given up"), Kind.VOID, says=T("不再督办。", "It was given up.")),
    ),
    actions=ACTIONS,
    relations=(IN_CHARGE, RESPONSIBLE, HANDLER),
    seen_by=(w.SECRETARY, COMMUNITY, STREET, COUNTY, CITY, LEADER, AUDITOR, ADMIN, IN_CHARGE, RESPONSIBLE),
    columns=("due_day", "charge"),
    counters=(
        Counter("tasks", T("交办事项", "Tasks given out"), TASKS, of="begin"),
        Counter("tasks_finished", T("办结事项", "Tasks finished"), TASKS, of="check"),
        Counter("tasks_sent_back", T("退回再办", "Tasks sent back"), TASKS, of="send_back", headline=False),
    ),
    indicators=(
        Indicator(
            "tasks_on_time",
            T("督办按期率", "Tasks done on time"),
            numerator=("on_time.stage.doing",),
            denominator=("on_time.stage.doing", "late.stage.doing"),
            formula=T(
                "按期报办结 ÷（按期 + 超期，含仍在办的超期件）",
                "reported as done in time ÷ (in time + overdue, the still open ones included)",
            ),
        ),
    ),
    climb=Climb((w.SECRETARY, LEADER), every=p("climb_every"), remind=p("task_remind")),
    number=Numbering("DB"),
    milestones=("begin", "check"),
)
