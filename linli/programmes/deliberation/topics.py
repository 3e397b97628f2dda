"""Topics 议题: prepared, put on a meeting's agenda, decided by the rule chosen beforehand, carried out, reported back."""

from __future__ import annotations

from linli.programmes.deliberation import ballots as b
from linli.programmes.deliberation import topic_rules as rules
from linli.programmes.deliberation import voting
from linli.programmes.deliberation import words as w
from linli.programmes.deliberation.words import (
    CONVENERS,
    FACILITATOR,
    FOLLOWER,
    INVITED,
    LEADS,
    OBJECTOR,
    ON_AGENDA,
    TASK_OF,
    VOTED,
)
from linli.rules.fields import CaseRef, Choice, Option, Person, Text
from linli.rules.parameters import p
from linli.rules.programme import (
    ACTOR,
    CAME_OUT,
    HEARS,
    OPENING,
    STAY,
    Action,
    Approval,
    Begins,
    CaseType,
    Climb,
    Counter,
    Kind,
    Leaves,
    Numbering,
    React,
    Repeat,
    State,
    Takes,
    To,
)
from linli.rules.roles import COMMUNITY, RESIDENT, STREET, SYSTEM
from linli.rules.signup import CAME, PLACE
from linli.rules.text import T
from linli.rules.wishes import Linked, Named, Told

BEFORE_VOTE = ("raised", "on_agenda")
GIVEN_UP = ("raised", "on_agenda", "decided", "carrying_out", "to_report")
MEETING_WITH_PEOPLE = Named("meeting", seats=(CAME, INVITED, PLACE))
TOPIC = Text(
    "topic", T("议题", "Topic"), at_least=4, at_most=60, public=True,
    help=T("写成要大家商量的一件事，如“3号楼加不加装电梯、装在哪一侧”",
           "As the matter to be talked over, such as “a lift for building 3, and on which side”"),
)  # fmt: skip
BACKGROUND = Text(
    "background",
    T("来龙去脉", "Background"),
    at_most=4000,
    lines=5,
    public=True,
    help=T("大家都看得到：怎么来的，难在哪里，涉及谁。",
           "Everybody reads it: where it comes from, what is hard about it, whom it concerns."),
)  # fmt: skip
LED_BY = Person("facilitator", T("由谁主持", "Who facilitates it"), role=FACILITATOR.key)
RULE = Choice(
    "rule",
    T("按什么规则定", "How it is decided"),
    w.RULES,
    public=True,
    help=T("表决开始后不能再改。", "It cannot be changed once the vote has begun."),
)
MEETING = CaseRef(
    "meeting",
    T("上哪一次会", "At which meeting"),
    states=("called",),
    type="council",
    help=T("填会议编号，如 YS-2024-0003", "The meeting’s number, such as YS-2024-0003"),
)
DECISION = Text(
    "decision",
    T("会上怎么说的", "What the meeting said"),
    at_most=2000,
    lines=4,
    public=True,
    help=T("定了的，写清做什么；没定的，写清分歧在哪里、下次再议什么。",
           "If it is decided: what is to be done. If not: where opinions differ, and what comes next time."),
)  # fmt: skip
OBJECTION = Text(
    "objection",
    T("您的异议", "Your objection"),
    at_most=1000,
    lines=3,
    personal=True,
    seen_by=(*CONVENERS, STREET),
)
ANSWER = Text(
    "objections_answer", T("对异议的答复", "Answer to the objections"), at_most=2000, lines=3, public=True
)
OF_MEETING = Text("meeting_id", T("哪一次会", "Which meeting"), at_most=40, seen_by=w.STAFF, kept=False)
WHY_NOT = Text("reason", T("理由", "Reason"), required=False, at_most=1000, public=True)
WHAT = Text("what", T("要做的事", "What is to be done"), at_most=200, public=True)
OUTCOME = Choice(
    "outcome",
    T("问题解决了吗", "Is the problem solved"),
    (
        Option("solved", T("解决了", "Solved")),
        Option("partly", T("解决了一部分", "Partly solved")),
        Option("unsolved", T("没有解决", "Not solved")),
    ),
    public=True,
)

STATES = (
    State("raised", T("待上会", "To be put on an agenda"), Kind.OPEN, turn=CONVENERS,
          says=T("正在准备方案，安排上会。",
                 "Options are being prepared and a meeting arranged.")),
    State("on_agenda", T("已排上会", "On an agenda"), Kind.WAITING, turn=CONVENERS,
          says=T("已经排进议事协商会，欢迎到会商量。",
                 "It is on the agenda of a meeting; come and talk it over.")),
    State("voting", T("会上表决中", "Being voted on"), Kind.OPEN, turn=CONVENERS,
          says=T("会上正在表决；到会签到的人可以用手机投。",
                 "The meeting is voting; who was checked in can vote by phone.")),
    State("decided", T("已议定，公示中", "Decided, posted"), Kind.OPEN, turn=CONVENERS,
          says=T("已经议定，正在公示，有不同意见请在公示期内提出。",
                 "It is decided and posted; objections are heard while it is posted.")),
    State("carrying_out", T("落实中", "Being carried out"), Kind.WAITING, turn=CONVENERS,
          says=T("已分派任务，正在落实。",
                 "The tasks are handed out and being done.")),
    State("to_report", T("待反馈结果", "To be reported back"), Kind.OPEN, turn=CONVENERS,
          says=T("任务都办完了，正在写结果报告。",
                 "All tasks have ended; the report is being written.")),
    State("done", T("已办结", "Done"), Kind.DONE,
          says=T("这件议题办完了，结果已经告诉大家。",
                 "The topic is done and everybody concerned was told.")),
    State("dropped", T("已终止", "Dropped"), Kind.REFUSED,
          says=T("这件议题终止了，理由公开说明。",
                 "The topic was dropped; the reason is public.")),
)  # fmt: skip

PREPARING = (
    Action(
        "open", T("列为议题", "Open a topic"), OPENING, "raised",
        who=CONVENERS,
        seats=(Takes(LEADS, "facilitator"),),
        reacts=(React(CAME_OUT, "to", "become_topic"),),
        says=T("列成了要大家商量的议题。", "It became a topic to be talked over."),
    ),
    Action(
        "revise", T("修改说明", "Revise the description"), BEFORE_VOTE, STAY,
        who=CONVENERS, asks=(TOPIC, BACKGROUND, w.KIND),
        says=T("议题的说明改过了。", "The description was revised."),
    ),
    Action(
        "change_facilitator", T("换人主持", "Change the facilitator"), BEFORE_VOTE, STAY,
        who=(COMMUNITY,), asks=(LED_BY,), quiet=True,
        seats=(Takes(LEADS, "facilitator", alone=True),),
    ),
    Action(
        "choose_rule", T("定表决规则", "Choose the rule"), BEFORE_VOTE, STAY,
        who=CONVENERS, asks=(RULE,),
        says=T("事先说好了按什么规则定。", "How it will be decided was settled beforehand."),
    ),
    Action(
        "add_options", T("列出方案", "Put up the options"), BEFORE_VOTE, STAY,
        who=CONVENERS, asks=(b.OPTIONS,),
        guard=rules.options_differ,
        says=T("列出了供大家选的方案。", "The options were put up."),
    ),
    Action(
        "put_on_agenda", T("排进会议", "Put on an agenda"), "raised", "on_agenda",
        who=CONVENERS, within=p("agenda_within"), asks=(MEETING,),
        reads=(Named("meeting"), FOLLOWER),
        guard=rules.known_in_time,
        links=((ON_AGENDA, "meeting"),), tells=rules.followers,
        says=T("排进了一次议事协商会。", "It was put on the agenda of a meeting."),
    ),
    Action(
        "take_off", T("撤下会议", "Take off the agenda"), "on_agenda", "raised",
        who=CONVENERS, asks=(w.REASON,),
        links=((ON_AGENDA, ""),), forgets=("meeting",),
        says=T("这次会不议了，改在以后。", "It was taken off the agenda, for another time."),
    ),
    Action(
        "left_over", T("会上没有议到", "Not reached in the meeting"), "on_agenda", To(("raised", "on_agenda"), rules.was_its_meeting),
        who=(SYSTEM,), asks=(OF_MEETING, WHY_NOT),
        says=T("这次会没有议到，留到下次。", "The meeting did not reach it; it waits for the next."),
    ),
)  # fmt: skip

VOTING = (
    Action(
        "put_to_vote", T("开始表决", "Put to the vote"), "on_agenda", "voting",
        who=CONVENERS,
        reads=(MEETING_WITH_PEOPLE,),
        guard=voting.ready_to_vote, finds=voting.opens,
        seats=(Leaves(VOTED, ""),),
        forgets=("hands", "against", "abstained", "slips", "decision"),
        says=T("到会人数够了，开始表决。", "Enough had come; the vote began."),
    ),
    Action(
        "vote", T("手机表决", "Vote by phone"), "voting", STAY,
        who=(RESIDENT,), asks=(b.CHOICE,), quiet=True, discreet=True,
        reads=(MEETING_WITH_PEOPLE,), guard=voting.may_choose,
        seats=(Takes(VOTED, ACTOR),),
    ),
    Action(
        "rank", T("手机排序", "Rank by phone"), "voting", STAY,
        who=(RESIDENT,), asks=b.RANKS, quiet=True, discreet=True,
        reads=(MEETING_WITH_PEOPLE,), guard=voting.may_rank,
        seats=(Takes(VOTED, ACTOR),),
    ),
    Action(
        "count_hands", T("记举手数", "Enter the show of hands"), "voting", STAY,
        who=CONVENERS, asks=(b.HANDS, b.AGAINST, b.ABSTAINED), tally=True,
        reads=(MEETING_WITH_PEOPLE,), guard=voting.hands_fit,
        says=T("举手的人数记下了。", "The show of hands was entered."),
    ),
    Action(
        "enter_slips", T("录入选票", "Enter the slips"), "voting", STAY,
        who=CONVENERS, asks=(b.SLIPS,), tally=True,
        reads=(MEETING_WITH_PEOPLE,), guard=voting.slips_fit,
        says=T("纸质选票录入了。", "The paper slips were entered."),
    ),
    Action(
        "decide", T("宣布结果", "Announce the outcome"), "voting", To(("decided", "raised"), voting.where_it_goes),
        who=CONVENERS, asks=(DECISION,), tally=True,
        reads=(MEETING_WITH_PEOPLE, FOLLOWER, Told(("vote", "rank"), only=voting.this_round)),
        guard=voting.countable, finds=voting.outcome, tells=rules.followers,
        says=T("会上有了结果。", "The meeting came to a result."),
    ),
    Action(
        "object", T("提出异议", "Object"), "decided", STAY,
        who=(RESIDENT,), asks=(OBJECTION,), discreet=True,
        guard=rules.still_posted,
        seats=(Takes(OBJECTOR, ACTOR, repeat=Repeat.REFUSE),),
        says=T("有居民提出异议。", "A resident objected."),
    ),
    Action(
        "answer_objections", T("答复异议", "Answer the objections"), "decided", STAY,
        who=CONVENERS, asks=(ANSWER,), tally=True,
        reads=(OBJECTOR,), guard=rules.somebody_objected, finds=rules.answered, tells=rules.objectors,
        says=T("异议有了答复。", "The objections were answered."),
    ),
    Action(
        "take_back", T("退回再议", "Take back for another meeting"), "decided", "raised",
        who=CONVENERS, asks=(w.REASON,),
        reads=(FOLLOWER,), tells=rules.followers,
        seats=(Leaves(OBJECTOR, ""),),
        forgets=("meeting", "objections_answer", "objections_answered"),
        says=T("异议成立，退回再议。", "The objections hold; it goes to another meeting."),
    ),
)  # fmt: skip

CARRYING_OUT = (
    Action(
        "assign_task", T("分派任务", "Hand out a task"), ("decided", "carrying_out", "to_report"), "carrying_out",
        who=CONVENERS, asks=(WHAT, w.OWNER, w.DUE_DAY), tally=True,
        guard=rules.may_be_carried_out,
        begins=(Begins("deliberation_task", "hand_out", TASK_OF, rules.the_task),),
        says=T("分派了一项任务。", "A task was handed out."),
    ),
    Action(
        "settle_at_once", T("不需要任务", "No task is needed"), "decided", "to_report",
        who=CONVENERS, within=p("assign_within"), asks=(w.NOTE,), tally=True,
        guard=rules.posted_and_answered,
        says=T("议定的事不需要另外办理。", "What was decided needs nothing to be done."),
    ),
    Action(
        "tasks_ended", T("任务有了结果", "A task has ended"), "carrying_out", To(("carrying_out", "to_report"), rules.all_ended),
        who=(SYSTEM,), quiet=True,
        reads=(Linked(TASK_OF),),
    ),
    Action(
        "report_back", T("反馈结果", "Report back"), "to_report", "done",
        who=CONVENERS, within=p("report_within"), asks=(OUTCOME, w.REPORT),
        reads=(FOLLOWER,), tells=rules.followers,
        reacts=(React(CAME_OUT, "to", HEARS, carry=("report",)),),
        says=T("结果告诉了当初提出来的居民。", "Who asked was told what came of it."),
    ),
    Action(
        "drop", T("终止议题", "Drop the topic"), GIVEN_UP, "dropped",
        who=CONVENERS, asks=(w.REASON,), approval=Approval((COMMUNITY, STREET)),
        reads=(FOLLOWER,), tells=rules.followers,
        reacts=(
            React(CAME_OUT, "to", "back_to_list", carry=("reason",)),
            React(TASK_OF, "from", "give_up", carry=("reason",)),
        ),
        says=T("议题终止了，理由公开说明。", "The topic was dropped; the reason is public."),
    ),
    Action(
        "follow", T("关注", "Follow"), ("raised", "on_agenda", "voting", "decided", "carrying_out", "to_report"), STAY,
        who=(RESIDENT,), quiet=True, discreet=True,
        seats=(Takes(FOLLOWER, ACTOR, repeat=Repeat.REFUSE),),
    ),
    Action(
        "unfollow", T("不再关注", "Stop following"), ("raised", "on_agenda", "voting", "decided", "carrying_out", "to_report"), STAY,
        who=(FOLLOWER,), quiet=True, discreet=True,
        seats=(Leaves(FOLLOWER, ACTOR),),
    ),
)  # fmt: skip

TOPICS = T("件", "topics")
COUNTERS = (
    Counter("topics", T("列出议题", "Topics opened"), TOPICS, of="open"),
    Counter("decisions", T("形成决定", "Decisions"), TOPICS, of="decide", when=voting.adopted),
    Counter("undecided", T("没有议定", "Not decided"), TOPICS, of="decide", when=voting.not_adopted, headline=False),
    Counter("problems_solved", T("解决治理难题", "Problems solved"), TOPICS, of="report_back", when=rules.solved),
    Counter("reported_back", T("反馈结果", "Reported back"), TOPICS, of="report_back"),
    Counter("objections", T("异议", "Objections"), T("人次", "person-times"), of="object", headline=False),
)  # fmt: skip

TOPIC_TYPE = CaseType(
    "topic",
    T("议题", "Topic"),
    place="where",
    summary="topic",
    category="category",
    raised="open",
    gathers=True,
    public=True,
    milestones=("open", "decide", "report_back"),
    fields=(TOPIC, BACKGROUND, w.KIND, w.WHERE, LED_BY),
    columns=("category", "rule", "outcome"),
    states=STATES,
    actions=(*PREPARING, *VOTING, *CARRYING_OUT),
    relations=(LEADS, FOLLOWER, VOTED, OBJECTOR),
    seen_by=(*w.EVERYBODY, LEADS, FOLLOWER, VOTED, OBJECTOR),
    counters=COUNTERS,
    climb=Climb((FACILITATOR, COMMUNITY, STREET), every=p("climb_every"), remind=p("remind_before")),
    number=Numbering("YT"),
)
