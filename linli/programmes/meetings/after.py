"""After the session: minutes written by one and approved by another, what everybody may read, tasks."""

from __future__ import annotations

from linli.programmes.meetings import outcome
from linli.programmes.meetings import words as w
from linli.rules.fields import AskedIf, Choice, Contact, Day, Field, Flag, Option, Text, Units
from linli.rules.parameters import p
from linli.rules.programme import STAY, Action, Begins, Leaves, Takes
from linli.rules.roles import SYSTEM
from linli.rules.text import T

AFTER = ("closed", "minuted", "settled", "published")
MINUTES = Text("minutes_text", T("纪要正文", "The minutes"), at_most=20000, lines=16, seen_by=w.INSIDE)
MATTER = Text("matter", T("办什么", "What is to be done"), at_most=300, lines=2, kept=False)
CHARGE = Choice(
    "charge",
    T("由谁负责", "Who is in charge"),
    (Option("unit", T("单位", "A unit")), Option("person", T("个人", "A person"))),
    kept=False,
)
UNITS = Units("units", T("责任单位", "Unit in charge"), kept=False, asked_if=AskedIf("charge", ("unit",)))
PERSON = Contact(
    "person", T("责任人", "Person in charge"), kept=False, asked_if=AskedIf("charge", ("person",))
)
DUE_DAY = Day("due_day", T("完成期限", "To be done by"), kept=False)
TASK: tuple[Field, ...] = (MATTER, DUE_DAY, CHARGE, UNITS, PERSON)

AFTERWARDS = (
    Action(
        "write_minutes",
        T("写纪要", "Write the minutes"),
        "closed",
        "minuted",
        who=(w.SECRETARY,),
        asks=(MINUTES,),
        within=p("minutes_within"),
        seats=(Takes(w.WRITER),),
        says=T("纪要写好了，等审定。", "The minutes are written and wait for approval."),
    ),
    Action(
        "correct",
        T("更正纪要", "Correct the minutes"),
        "minuted",
        STAY,
        who=(w.SECRETARY,),
        asks=(MINUTES, w.REASON),
        seats=(Takes(w.WRITER),),
        says=T("纪要有更正。", "The minutes were corrected."),
    ),
    Action(
        "approve_minutes",
        T("审定纪要", "Approve the minutes"),
        "minuted",
        "settled",
        who=(w.CHAIR, w.SECRETARY),
        not_by=(w.WRITER,),
        asks=(w.NOTE,),
        within=p("approve_within"),
        says=T("纪要审定了。", "The minutes were approved."),
    ),
    Action(
        "return_minutes",
        T("退回纪要重写", "Send the minutes back"),
        "minuted",
        "closed",
        who=(w.CHAIR, w.SECRETARY),
        not_by=(w.WRITER,),
        asks=(w.REASON,),
        seats=(Leaves(w.WRITER, ""),),
        says=T("纪要退回重写。", "The minutes were sent back."),
    ),
    Action(
        "publish",
        T("公开决议和纪要", "Publish"),
        "settled",
        "published",
        who=(w.SECRETARY,),
        asks=(
            Text(
                "public_minutes",
                T("公开的纪要", "The minutes as everybody may read them"),
                required=False,
                at_most=20000,
                lines=12,
                public=True,
                help=T(
                    "不填就只公开决议。不写住址、电话、病情。",
                    "Left out, only resolutions are published. No addresses, phones, illnesses.",
                ),
            ),
            Flag(
                "checked",
                T("已核对，没有个人信息", "I have checked: nothing personal in it"),
                required=False,
                kept=False,
            ),
        ),
        guard=outcome.may_publish,
        says=T("决议公开了。", "The resolution was published."),
    ),
    Action(
        "unpublish",
        T("撤回公开", "Take it down"),
        "published",
        "settled",
        who=(w.SECRETARY,),
        asks=(w.REASON,),
        forgets=("public_minutes",),
        says=T("公开的内容撤下了。", "What was published was taken down."),
    ),
    Action(
        "assign",
        T("交办督办事项", "Give out a task"),
        ("in_session", *AFTER),
        STAY,
        who=(w.SECRETARY,),
        asks=(w.ITEM, *TASK),
        guard=outcome.may_assign,
        begins=(Begins("resolution_task", "begin", w.TASK_OF, outcome.task),),
        says=T("会议定的事已经交办。", "What was decided was given to somebody."),
    ),
    Action(
        "task_done",
        T("督办事项办结", "A task came to its end"),
        ("in_session", "voting", *AFTER),
        STAY,
        who=(SYSTEM,),
        asks=(
            MATTER,
            Text("outcome", T("办理结果", "What came of it"), required=False, at_most=2000, kept=False),
        ),
        finds=outcome.one_more_done,
        says=T("一件会议定的事办结了。", "One thing that was decided is done."),
    ),
)
