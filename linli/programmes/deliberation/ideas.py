"""Ideas 金点子: residents offer them, others support them; each is considered in time and hears what came of it."""

from __future__ import annotations

from linli.programmes.deliberation import idea_rules as rules
from linli.programmes.deliberation import words as w
from linli.programmes.deliberation.words import AUTHOR, CONVENERS, MERGED, SUPPORTER
from linli.rules.fields import CaseRef, Contact, Text
from linli.rules.parameters import p
from linli.rules.programme import (
    ACTOR,
    OPENING,
    STAY,
    Action,
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
)
from linli.rules.roles import CLERK, COMMUNITY, GRID_MEMBER, RESIDENT, STREET, SYSTEM
from linli.rules.text import T
from linli.rules.wishes import Linked

OPEN_TO_SUPPORT = ("offered", "listed", "in_topic")
TITLE = Text(
    "title", T("金点子", "The idea in a line"), at_least=4, at_most=40, public=True,
    help=T("一句话，如“车棚装上智能充电柜”", "One line, such as “Charging cabinets in the bicycle shed”"),
)  # fmt: skip
IDEA_TEXT = Text(
    "idea",
    T("具体怎么做", "How it could be done"),
    at_most=2000,
    lines=5,
    public=True,
    help=T(
        "大家都看得到，请不要写姓名、电话、门牌。",
        "Everybody reads this: leave out names, phone numbers and doors.",
    ),
)
NEXT_STEP = Text(
    "next_step",
    T("怎样安排", "What happens next"),
    at_most=1000,
    lines=2,
    public=True,
    help=T("写给提出人和附议的人看。", "Write for who offered it and who supports it."),
)
INTO = CaseRef(
    "into",
    T("并入哪一条", "Into which idea"),
    states=OPEN_TO_SUPPORT,
    help=T("填编号，如 JD-2024-0012", "Its number, such as JD-2024-0012"),
)
FROM = Contact(
    "author", T("提出人", "Who offered it"), required=False, seen_by=(*CONVENERS, STREET, CLERK, AUTHOR)
)
RELEASED = React(MERGED, "from", "release")
TOLD = React(MERGED, "from", "hear", carry=("report",))

STATES = (
    State("offered", T("待研究", "Offered"), Kind.OPEN, turn=CONVENERS,
          says=T("金点子已经收到，议事主持人会在期限内研究答复。", "The idea has arrived; a facilitator considers it in time.")),
    State("listed", T("备选议题", "Listed for a topic"), Kind.OPEN, turn=CONVENERS,
          says=T("已列入备选，附议的人越多越先上会。", "It is listed; the more support it has, the sooner it comes to a meeting.")),
    State("in_topic", T("已列为议题", "Taken into a topic"), Kind.WAITING, turn=CONVENERS,
          says=T("已经列为议题，会上怎么定、办得怎样都会告诉您。", "It is a topic now; you hear what is decided and done.")),
    State("merged", T("已并入同类", "Merged"), Kind.WAITING, turn=CONVENERS,
          says=T("和另一条说的是同一件事，合在一起研究；原来这条和附议都保留。",
                 "It is about the same as another; they are considered together, and this one stays with its support.")),
    State("answered", T("已有结果", "Answered"), Kind.DONE, says=T("这条金点子有了结果。", "Something came of this idea.")),
    State("declined", T("未采纳", "Not taken up"), Kind.REFUSED,
          says=T("这条金点子没有采纳，理由公开说明。", "This idea was not taken up; the reason is public.")),
    State("withdrawn", T("已撤回", "Withdrawn"), Kind.VOID, says=T("您撤回了这条金点子。", "You withdrew this idea.")),
)  # fmt: skip

OFFERING = (
    Action(
        "offer", T("提金点子", "Offer an idea"), OPENING, "offered",
        who=(RESIDENT,),
        seats=(Takes(AUTHOR, ACTOR),),
        says=T("您提了这条金点子。", "You offered this idea."),
    ),
    Action(
        "record", T("代登记金点子", "Record an idea"), OPENING, "offered",
        who=(*CONVENERS, GRID_MEMBER, CLERK),
        asks=(FROM,),
        seats=(Takes(AUTHOR, "author"),),
        says=T("社区代您登记了这条金点子。", "The community recorded this idea for you."),
    ),
    Action(
        "support", T("附议", "Support"), OPEN_TO_SUPPORT, STAY,
        who=(RESIDENT,), not_by=(AUTHOR,), quiet=True, discreet=True,
        seats=(Takes(SUPPORTER, ACTOR, repeat=Repeat.REFUSE),),
        says=T("又有一位居民附议。", "Another resident supports it."),
    ),
    Action(
        "unsupport", T("撤回附议", "Take the support back"), OPEN_TO_SUPPORT, STAY,
        who=(SUPPORTER,), quiet=True, discreet=True,
        seats=(Leaves(SUPPORTER, ACTOR),),
    ),
    Action(
        "withdraw", T("撤回", "Withdraw"), ("offered", "listed", "merged"), "withdrawn",
        who=(AUTHOR,), tally=True,
        guard=rules.nobody_else_supports,
        reacts=(RELEASED,),
        says=T("您撤回了这条金点子。", "You withdrew it."),
    ),
)  # fmt: skip

CONSIDERING = (
    Action(
        "list", T("列入备选", "List it"), "offered", "listed",
        who=CONVENERS, within=p("consider_within"), asks=(NEXT_STEP,),
        reads=(SUPPORTER,), tells=rules.supporters,
        says=T("研究过了，列入备选议题。", "It was considered and is listed for a topic."),
    ),
    Action(
        "keep_listed", T("继续备选", "Keep it listed"), "listed", STAY,
        who=CONVENERS, within=p("topic_within"), asks=(NEXT_STEP,), restarts=True,
        says=T("又看了一遍，继续备选。", "It was looked at again and stays on the list."),
    ),
    Action(
        "do_directly", T("直接采纳办理", "Do it without a meeting"), ("offered", "listed"), "answered",
        who=CONVENERS, asks=(w.REPORT,),
        reads=(SUPPORTER,), tells=rules.supporters, reacts=(TOLD,),
        says=T("这件事不用开会，已经直接办了。", "This needed no meeting; it was done directly."),
    ),
    Action(
        "decline", T("不采纳", "Do not take it up"), ("offered", "listed"), "declined",
        who=CONVENERS, asks=(w.REASON,),
        reads=(SUPPORTER,), tells=rules.supporters, reacts=(RELEASED,),
        says=T("没有采纳，理由公开说明。", "It was not taken up; the reason is public."),
    ),
    Action(
        "merge", T("并入同类", "Merge"), ("offered", "listed"), "merged",
        who=CONVENERS, asks=(INTO,),
        reads=(Linked(MERGED),), guard=rules.nothing_is_merged_into_it,
        links=((MERGED, "into"),),
        says=T("和另一条同样的合在一起研究。", "It is considered together with another about the same."),
    ),
    Action(
        "release", T("撤销并入", "Undo the merge"), "merged", "offered",
        who=(*CONVENERS, SYSTEM),
        links=((MERGED, ""),),
        says=T("不再合并，单独研究。", "It is considered on its own again."),
    ),
    Action(
        "become_topic", T("列为议题", "Become a topic"), ("offered", "listed"), "in_topic",
        who=(SYSTEM,),
        reads=(SUPPORTER,), tells=rules.supporters,
        says=T("从这条金点子列出了议题。", "A topic came out of it."),
    ),
    Action(
        "back_to_list", T("退回备选", "Back to the list"), "in_topic", "listed",
        who=(SYSTEM,),
        asks=(w.REASON,),
        reads=(SUPPORTER,), tells=rules.supporters,
        says=T("议题终止了，这条回到备选。", "The topic was dropped; the idea is listed again."),
    ),
    Action(
        "hear", T("反馈结果", "What came of it"), ("in_topic", "merged"), "answered",
        who=(SYSTEM,),
        asks=(w.REPORT,),
        reads=(SUPPORTER,), tells=rules.supporters, reacts=(TOLD,),
        says=T("这件事有了结果。", "There is a result."),
    ),
)  # fmt: skip

IDEAS = T("条", "ideas")
COUNTERS = (
    Counter("ideas", T("金点子", "Ideas offered"), IDEAS, of=("offer", "record")),
    Counter("supports", T("附议", "Supports"), T("人次", "person-times"), of=("support", "unsupport"), amount=rules.support_change),
    Counter("ideas_in_topics", T("列为议题的金点子", "Ideas that became topics"), IDEAS, of="become_topic"),
    Counter("ideas_answered", T("有结果的金点子", "Ideas with a result"), IDEAS, of=("hear", "do_directly")),
    Counter("ideas_declined", T("未采纳的金点子", "Ideas not taken up"), IDEAS, of="decline", headline=False),
)  # fmt: skip

IDEA = CaseType(
    "idea",
    T("金点子", "Idea"),
    place="where",
    summary="title",
    category="category",
    reporter=AUTHOR,
    alike="idea",
    public=True,
    hears="hear",
    milestones=("become_topic",),
    fields=(TITLE, IDEA_TEXT, w.KIND, w.WHERE, w.PHOTOS),
    columns=("category",),
    states=STATES,
    actions=(*OFFERING, *CONSIDERING),
    relations=(AUTHOR, SUPPORTER),
    seen_by=(*w.EVERYBODY, AUTHOR, SUPPORTER),
    counters=COUNTERS,
    climb=Climb((w.FACILITATOR, COMMUNITY, STREET), every=p("climb_every"), remind=p("remind_before")),
    number=Numbering("JD"),
)
