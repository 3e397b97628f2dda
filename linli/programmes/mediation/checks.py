"""Looking for disputes: the plan of a grid, by which the clock opens one check a week, and the checks themselves.

A check holds no names. What is to be mediated becomes a dispute of its own, which whoever sees the check does not see.
"""

from __future__ import annotations

from linli.programmes.mediation import checkrules as rules
from linli.programmes.mediation import weeks
from linli.programmes.mediation.words import KINDS, MEDIATION_LEAD, MEDIATOR, REASON, RISKS, SIGHT_OF_FINDINGS
from linli.rules.fields import Choice, Day, Integer, Option, Person, Place, Table, Text
from linli.rules.parameters import Until, p
from linli.rules.place import Level
from linli.rules.programme import (
    OPENING,
    STAY,
    Action,
    Begins,
    CaseType,
    Climb,
    Counter,
    Indicator,
    Kind,
    Numbering,
    State,
    To,
)
from linli.rules.roles import AUDITOR, CLOCK, COMMUNITY, GRID_MEMBER, LEADER, STREET, SYSTEM
from linli.rules.text import T

PLANNERS = (COMMUNITY, MEDIATION_LEAD)
WATCHERS = (GRID_MEMBER, COMMUNITY, STREET, LEADER, AUDITOR, MEDIATOR, MEDIATION_LEAD)
TIMES, FINDINGS_UNIT = T("次", "checks"), T("条", "findings")

WEEKDAYS = tuple(
    Option(str(n), T(f"周{zh}", en))
    for n, (zh, en) in enumerate(
        zip(
            "一二三四五六日",
            ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
            strict=True,
        ),
        1,
    )
)
GRID = Place("where", T("哪个网格", "Which grid"), level=Level.GRID)
FOCUS = Text(
    "focus",
    T("排查重点", "What to look for"),
    at_most=40,
    help=T("如 漏水、噪声、物业收费", "Such as leaks, noise, property fees"),
)
WEEKDAY = Choice("weekday", T("每周哪一天", "Which day of the week"), WEEKDAYS)
AT_HOUR = Integer("hour", T("几点开始", "Begins at"), at_least=7, at_most=21, unit=T("点", "o’clock"))
CHECKER = Person("checker", T("排查人", "Who checks"), role=GRID_MEMBER.key)
DISPOSALS = (
    Option("settled", T("当场化解", "Settled on the spot")),
    Option("mediate", T("转调解", "To be mediated")),
    Option("watch", T("继续关注", "Watch")),
)
FOUND = Table(
    "findings",
    T("排查出的纠纷", "What was found"),
    (
        Choice("kind", T("类型", "Kind"), KINDS),
        Text(
            "spot",
            T("大致位置", "Roughly where"),
            at_most=30,
            help=T("写到楼，不写门牌", "The building, never the door"),
        ),
        Choice("risk", T("风险", "Risk"), RISKS),
        Text("what", T("简况", "In short"), at_most=80, help=T("不写姓名、电话", "No names, no telephones")),
        Choice("disposal", T("怎样处理", "What is done"), DISPOSALS),
    ),
    required=False,
    at_most=30,
    seen_by=SIGHT_OF_FINDINGS,
    help=T("没有发现就空着，直接提交。", "Leave it empty where nothing was found."),
)
DOORS = Integer("doors", T("走访户数", "Doors visited"), at_least=1, at_most=999, unit=T("户", "doors"))
WEEK_OF = Day("week", T("哪一周（周一）", "Week of (Monday)"))
DUE_DAY = Day("due_day", T("最晚哪一天", "Until"))
SKIPPED = Integer(
    "skipped",
    T("此前漏开的周数", "Weeks skipped before"),
    required=False,
    unit=T("周", "weeks"),
    help=T("时钟停过，过去的周不补开。", "The clock was away; past weeks are not entered afterwards."),
)

CHECK_PLAN = CaseType(
    "check_plan",
    T("排查计划", "Plan of weekly checks"),
    place="where",
    summary="focus",
    fields=(GRID, WEEKDAY, AT_HOUR, CHECKER, FOCUS),
    columns=("weekday", "hour"),
    states=(
        State("running", T("执行中", "Running"), Kind.STANDING),
        State("paused", T("已暂停", "Paused"), Kind.STANDING),
        State("ended", T("已终止", "Ended"), Kind.DONE),
    ),
    actions=(
        Action(
            "plan",
            T("制定排查计划", "Plan weekly checks"),
            OPENING,
            "running",
            who=PLANNERS,
            guard=rules.of_a_grid,
            finds=weeks.planned,
        ),
        Action(
            "begin_week",
            T("开出本周排查", "Open this week’s check"),
            "running",
            STAY,
            who=(CLOCK,),
            at="next_at",
            finds=weeks.struck,
            begins=(Begins("dispute_check", "open_planned", "planned_by", weeks.this_week),),
            quiet=True,
        ),
        Action(
            "change",
            T("调整计划", "Change the plan"),
            ("running", "paused"),
            STAY,
            who=PLANNERS,
            asks=(WEEKDAY, AT_HOUR, CHECKER, FOCUS),
            finds=weeks.planned,
        ),
        Action("pause", T("暂停", "Pause"), "running", "paused", who=PLANNERS, asks=(REASON,)),
        Action("resume", T("恢复", "Resume"), "paused", "running", who=PLANNERS, finds=weeks.planned),
        Action("end", T("终止", "End"), ("running", "paused"), "ended", who=PLANNERS, asks=(REASON,)),
    ),
    seen_by=WATCHERS,
    number=Numbering("PCJ"),
)

AFTER = To(("found", "done"), rules.what_remains)

DISPUTE_CHECK = CaseType(
    "dispute_check",
    T("矛盾纠纷排查", "Check for disputes"),
    place="where",
    summary="focus",
    fields=(GRID, FOCUS),
    columns=("week", "doors"),
    states=(
        State("planned", T("待排查", "To be done"), Kind.OPEN, turn=(GRID_MEMBER,)),
        State("found", T("有纠纷待登记", "Disputes to be registered"), Kind.OPEN, turn=(MEDIATION_LEAD,)),
        State("done", T("已排查", "Done"), Kind.DONE),
        State("missed", T("未开展", "Missed"), Kind.VOID),
    ),
    actions=(
        Action(
            "open_planned",
            T("按计划开出", "Opened by the plan"),
            OPENING,
            "planned",
            who=(SYSTEM,),
            asks=(WEEK_OF, DUE_DAY, CHECKER, SKIPPED),
            finds=weeks.lapses,
        ),
        Action(
            "record",
            T("登记一次排查", "Record a check"),
            OPENING,
            AFTER,
            who=(GRID_MEMBER, COMMUNITY),
            asks=(DOORS, FOUND),
            guard=lambda s: rules.of_a_grid(s) or rules.fit_to_be_read(s),
        ),
        Action(
            "report",
            T("报告排查结果", "Report the check"),
            "planned",
            AFTER,
            who=(GRID_MEMBER, COMMUNITY),
            asks=(DOORS, FOUND),
            within=Until("due_day"),
            guard=rules.fit_to_be_read,
        ),
        Action(
            "take_up",
            T("已登记为纠纷", "Registered as a dispute"),
            "found",
            AFTER,
            who=(SYSTEM, MEDIATION_LEAD),
            finds=rules.one_more,
        ),
        Action(
            "set_aside",
            T("其余不再调解", "The rest is not mediated"),
            "found",
            "done",
            who=(MEDIATION_LEAD,),
            asks=(
                Choice(
                    "why_not",
                    T("为什么", "Why"),
                    (
                        Option("made_up", T("双方已自行和解", "They have made it up")),
                        Option("unwilling", T("不愿调解", "They do not want mediation")),
                        Option("known", T("已在调解", "It is being mediated already")),
                        Option("elsewhere", T("已由其他部门处理", "Another office has it")),
                    ),
                ),
            ),
            within=p("take_up_within"),
        ),
        Action(
            "miss",
            T("记为未开展", "Enter as missed"),
            "planned",
            "missed",
            who=(CLOCK, COMMUNITY, MEDIATION_LEAD),
            at="lapse_at",
            asks=(
                Text("why", T("为什么没有开展", "Why it was not done"), required=False, at_most=300, lines=2),
            ),
            guard=rules.week_is_over,
        ),
    ),
    seen_by=WATCHERS,
    counters=(
        Counter("checks", T("矛盾纠纷排查", "Checks for disputes"), TIMES, of=("report", "record")),
        Counter(
            "clear", T("未发现纠纷", "Nothing found"), TIMES, of=("report", "record"), when=rules.nothing
        ),
        Counter(
            "findings",
            T("排查发现", "Found in checks"),
            FINDINGS_UNIT,
            of=("report", "record"),
            amount=rules.count,
        ),
        Counter(
            "settled_there",
            T("当场化解", "Settled on the spot"),
            FINDINGS_UNIT,
            of=("report", "record"),
            amount=rules.settled_there,
        ),
        Counter(
            "handed_on",
            T("转调解", "To be mediated"),
            FINDINGS_UNIT,
            of=("report", "record"),
            amount=rules.to_be_mediated,
        ),
        Counter("taken_up", T("已登记为纠纷", "Registered as disputes"), T("件", "disputes"), of="take_up"),
        Counter("missed", T("未开展的排查", "Checks missed"), TIMES, of="miss"),
    ),
    indicators=(
        Indicator(
            "checked_on_time",
            T("排查按期率", "Checked on time"),
            numerator=("on_time.stage.planned",),
            denominator=("on_time.stage.planned", "late.stage.planned"),
            formula=T(
                "本周内报告的计划排查 ÷（本周内报告 + 超时，含仍未报告和未开展的）",
                "planned checks reported within their week ÷ (those + overdue, the open and the missed ones included)",
            ),
        ),
    ),
    climb=Climb((GRID_MEMBER, COMMUNITY, STREET), every=p("climb_every"), remind=p("remind_before")),
    number=Numbering("PC"),
)
