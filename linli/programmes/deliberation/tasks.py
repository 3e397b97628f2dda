"""Tasks 议定任务: what a decision asks for, who does it and by when; somebody else sees whether it is done."""

from __future__ import annotations

from linli.programmes.deliberation import task_rules as rules
from linli.programmes.deliberation import words as w
from linli.programmes.deliberation.topics import WHAT
from linli.programmes.deliberation.words import CONVENERS, FACILITATOR, HANDLER, TASK_OF, UNIT
from linli.rules.fields import Photos, Text, Units
from linli.rules.parameters import Until, p
from linli.rules.programme import (
    ACTOR,
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
from linli.rules.roles import COMMUNITY, STREET, SYSTEM
from linli.rules.text import T

OWNERS = (UNIT, *CONVENERS)
"""Who may do it: the unit that it was given to; without one, the community itself."""
DONE_TEXT = Text("done_text", T("怎样办的", "What was done"), at_most=2000, lines=3, public=True)
AFTER = Photos("after", T("办完以后的照片", "Photos after the work"), required=False, public=True)
PROGRESS = Text("progress", T("进展", "Progress"), at_most=1000, lines=2, public=True)
CHECKED = Text("checked", T("核对情况", "What was found"), required=False, at_most=1000, lines=2)
NEW_UNITS = Units("units", T("改由哪个单位办", "Which unit does it now"), many=True)
TO_TOPIC = React(TASK_OF, "to", "tasks_ended")

STATES = (
    State("handed_out", T("待接受", "Handed out"), Kind.OPEN, turn=OWNERS,
          says=T("任务已分派，等承办单位接受。", "The task is handed out; the unit has to accept it.")),
    State("handed_back", T("已退回", "Handed back"), Kind.OPEN, turn=CONVENERS,
          says=T("承办单位退回了，正在另行安排。", "The unit handed it back; it is being given to somebody else.")),
    State("doing", T("办理中", "Being done"), Kind.OPEN, turn=OWNERS, says=T("正在办。", "It is being done.")),
    State("finished", T("待核对", "To be checked"), Kind.OPEN, turn=CONVENERS,
          says=T("承办方说办完了，另一人正在核对。", "It is said to be done; somebody else is checking.")),
    State("checked", T("已办结", "Done"), Kind.DONE, says=T("核对过，办完了。", "It was checked and is done.")),
    State("given_up", T("不再办理", "Given up"), Kind.VOID, says=T("这项任务不再办理。", "The task was given up.")),
)  # fmt: skip

ACTIONS = (
    Action(
        "hand_out", T("分派", "Hand out"), OPENING, "handed_out",
        who=(SYSTEM,),
        seats=(Takes(UNIT, "units"),),
        says=T("从会上的决定分派下来。", "It was handed out from the decision."),
    ),
    Action(
        "accept", T("接受", "Accept"), "handed_out", "doing",
        who=OWNERS, within=p("accept_within"), reads=(UNIT,), guard=rules.is_the_owner,
        says=T("承办方接受了。", "It was accepted."),
    ),
    Action(
        "hand_back", T("不归我们，退回", "Not ours: hand back"), "handed_out", "handed_back",
        who=(UNIT,), asks=(w.REASON,),
        says=T("承办单位退回了。", "The unit handed it back."),
    ),
    Action(
        "reassign", T("改派", "Give to another unit"), ("handed_out", "handed_back", "doing"), "handed_out",
        who=CONVENERS, asks=(NEW_UNITS, w.REASON),
        seats=(Takes(UNIT, "units", alone=True),),
        says=T("改由另一个单位办。", "Another unit does it now."),
    ),
    Action(
        "note_progress", T("记进展", "Note progress"), "doing", STAY,
        who=OWNERS, asks=(PROGRESS, w.PHOTOS), reads=(UNIT,), guard=rules.is_the_owner,
        says=T("有新的进展。", "There is progress."),
    ),
    Action(
        "extend", T("申请延期", "Ask for more time"), ("doing",), STAY,
        who=OWNERS, asks=(w.DUE_DAY, w.REASON), restarts=True,
        reads=(UNIT,), guard=rules.later_than_before,
        approval=Approval((COMMUNITY, STREET)),
        says=T("完成日期推后了。", "It may take longer."),
    ),
    Action(
        "finish", T("办完了", "Done"), "doing", "finished",
        who=OWNERS, within=Until("due_day"), asks=(DONE_TEXT, AFTER),
        reads=(UNIT,), guard=rules.is_the_owner, finds=rules.when_finished,
        seats=(Takes(HANDLER, ACTOR, alone=True),),
        says=T("承办方说办完了。", "It is said to be done."),
    ),
    Action(
        "send_back", T("没办好，退回", "Send back"), "finished", "doing",
        who=CONVENERS, not_by=(HANDLER,), asks=(w.REASON,),
        says=T("核对时发现没办好，退回再办。", "It was not done well and goes back."),
    ),
    Action(
        "check", T("核对办结", "Check and close"), "finished", "checked",
        who=CONVENERS, not_by=(HANDLER,), within=p("check_within"), asks=(CHECKED,),
        reacts=(TO_TOPIC,),
        says=T("核对过，办结了。", "It was checked and closed."),
    ),
    Action(
        "give_up", T("不再办理", "Give up"), ("handed_out", "handed_back", "doing"), "given_up",
        who=(COMMUNITY, SYSTEM), asks=(w.REASON,),
        reacts=(TO_TOPIC,),
        says=T("这项任务不再办理。", "The task was given up."),
    ),
)  # fmt: skip

TASKS = T("项", "tasks")
COUNTERS = (
    Counter("tasks", T("分派任务", "Tasks handed out"), TASKS, of="hand_out"),
    Counter("tasks_finished", T("办结任务", "Tasks done"), TASKS, of="check"),
    Counter("tasks_on_time", T("按期办完", "Done in time"), TASKS, of="check", when=rules.in_time),
    Counter("tasks_sent_back", T("退回再办", "Sent back"), TASKS, of="send_back", headline=False),
)  # fmt: skip
INDICATORS = (
    Indicator(
        "tasks_in_time",
        T("任务按期率", "Tasks done in time"),
        numerator=("on_time.stage.doing",),
        denominator=("on_time.stage.doing", "late.stage.doing"),
        formula=T(
            "按期办完 ÷（按期办完 + 超时，含仍在办的超时任务；退回再办的每次都算）",
            "done in time ÷ (in time + overdue, the still open ones included; each time that one is sent back counts)",
        ),
    ),
)

TASK = CaseType(
    "deliberation_task",
    T("议定任务", "Task of a decision"),
    place="where",
    summary="what",
    public=True,
    fields=(WHAT, w.WHERE, w.OWNER, w.DUE_DAY),
    columns=("due_day",),
    states=STATES,
    actions=ACTIONS,
    relations=(UNIT, HANDLER),
    seen_by=(*w.STAFF, UNIT),
    counters=COUNTERS,
    indicators=INDICATORS,
    climb=Climb((FACILITATOR, COMMUNITY, STREET), every=p("climb_every"), remind=p("remind_before")),
    number=Numbering("YR"),
)
