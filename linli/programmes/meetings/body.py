"""A body: a committee, a working group; its members with their terms, its chair, the rules by which it decides."""

from __future__ import annotations

from linli.programmes.meetings import membership as rules
from linli.programmes.meetings import words as w
from linli.rules.fields import Choice, Contact, Day, Field, Integer, Option, Person, Text
from linli.rules.programme import (
    OPENING,
    STAY,
    Action,
    Approval,
    CaseType,
    Counter,
    Fills,
    Kind,
    Leaves,
    Numbering,
    React,
    Repeat,
    State,
    Takes,
)
from linli.rules.roles import ADMIN, AUDITOR, CITY, COMMUNITY, COUNTY, LEADER, STREET
from linli.rules.text import T
from linli.rules.wishes import Linked

STANDINGS = (
    Option(rules.FULL, T("成员（有表决权）", "Member with a vote")),
    Option(rules.ALTERNATE, T("候补成员（列席，可递补）", "Alternate (attends, may move up)")),
    Option(rules.ATTENDING, T("列席（无表决权）", "Attends without a vote")),
)
WHYS = (
    Option("resigned", T("辞去", "Resigned")),
    Option("moved", T("调离、迁出", "Moved away")),
    Option("died", T("去世", "Died")),
    Option("dismissed", T("免去", "Removed")),
    Option("mistake", T("登记有误", "Entered by mistake")),
)
STAYS = (
    Option("all", T("原成员连任", "The members stay")),
    Option("none", T("原成员全部卸任，另行登记", "All leave; new members are admitted")),
)
TERM_FROM = Day("term_from", T("任期起", "Term from"), public=True)
TERM_TO = Day("term_to", T("任期止", "Term to"), public=True)
TERM_NO = Integer(
    "term_no", T("第几届", "Number of the term"), at_least=1, at_most=99, required=False, public=True
)
WHO = Contact("member", T("谁", "Who"), seen_by=(w.SECRETARY, AUDITOR), kept=False)
OF_ROLL = Person(
    "who", T("哪位成员", "Which member"), of=w.MEMBER, seen_by=(w.SECRETARY, AUDITOR), kept=False
)
FIELDS: tuple[Field, ...] = (
    w.WHERE,
    Text("name", T("机构名称", "Name of the body"), at_most=80, public=True),
    Choice("kind", T("类别", "Kind"), w.KINDS, public=True),
    TERM_NO,
    TERM_FROM,
    TERM_TO,
    w.QUORUM,
    w.ADOPTION,
    Text("basis", T("成立依据", "Founded by"), required=False, at_most=200, public=True),
)
ROLL_CHANGES = (React(w.OF_BODY, "from", "refresh_roll"),)
"""Whoever comes or goes stands on the roll, or no longer, of a meeting that is convened and not open yet."""
MEMBERS = Takes(w.MEMBER, "member", repeat=Repeat.REFUSE, measure=rules.term, rank=rules.place_on_roll)

ACTIONS = (
    Action(
        "found", T("登记机构", "Found a body"), OPENING, "standing", who=(w.SECRETARY,), guard=rules.sound
    ),
    Action(
        "admit",
        T("登记成员", "Admit a member"),
        "standing",
        STAY,
        who=(w.SECRETARY,),
        asks=(
            WHO,
            Choice("standing", T("身份", "As what"), STANDINGS, kept=False),
            Text("capacity", T("代表哪一方、职务", "For whom he sits"), at_most=60, kept=False),
            Day(
                "until",
                T("任期到", "Until"),
                required=False,
                kept=False,
                help=T("不填就是机构任期的止日。", "Left out: the end of the body’s term."),
            ),
        ),
        seats=(MEMBERS,),
        reacts=ROLL_CHANGES,
        says=T("您成为机构成员。", "You became a member of the body."),
    ),
    Action(
        "release",
        T("成员离任", "Release a member"),
        "standing",
        STAY,
        who=(w.SECRETARY,),
        asks=(OF_ROLL, Choice("why", T("原因", "Why"), WHYS, kept=False), w.NOTE),
        seats=(Leaves(w.MEMBER, "who"), Leaves(w.CHAIR, "who")),
        reacts=ROLL_CHANGES,
        says=T("一位成员离任。", "A member left."),
    ),
    Action(
        "promote",
        T("候补递补", "Move an alternate up"),
        "standing",
        STAY,
        who=(w.SECRETARY,),
        asks=(OF_ROLL, w.NOTE),
        guard=rules.may_move_up,
        seats=(Takes(w.MEMBER, "who", measure=rules.moved_up, rank=rules.number_kept),),
        reacts=ROLL_CHANGES,
        says=T("一位候补成员递补为成员。", "An alternate became a voting member."),
    ),
    Action(
        "change_chair",
        T("确定主持人", "Appoint the chair"),
        "standing",
        STAY,
        who=(w.SECRETARY,),
        asks=(OF_ROLL, w.NOTE),
        guard=rules.may_chair,
        reads=(w.MEMBER,),
        seats=(Takes(w.CHAIR, "who", alone=True),),
        reacts=ROLL_CHANGES,
        says=T("确定了主持人。", "The chair was appointed."),
    ),
    Action(
        "change_rules",
        T("修改议事规则", "Change how it decides"),
        "standing",
        STAY,
        who=(w.SECRETARY,),
        asks=(w.QUORUM, w.ADOPTION, w.REASON),
        guard=rules.allowed,
        approval=Approval((w.SECRETARY,)),
        says=T(
            "议事规则有修改；已经通知的会议仍按原来的办。",
            "The rules changed; meetings already convened keep theirs.",
        ),
    ),
    Action(
        "renew",
        T("换届", "Begin a new term"),
        "standing",
        STAY,
        who=(w.SECRETARY,),
        asks=(TERM_NO, TERM_FROM, TERM_TO, Choice("stay", T("原成员", "The members"), STAYS, kept=False)),
        guard=rules.term_forward,
        reads=(w.MEMBER, w.CHAIR),
        seats=(Fills(w.MEMBER, rules.renewed), Fills(w.CHAIR, rules.chair_renewed)),
        reacts=ROLL_CHANGES,
        says=T("换届了。", "A new term began."),
    ),
    Action(
        "dissolve",
        T("撤销机构", "Dissolve the body"),
        "standing",
        "dissolved",
        who=(w.SECRETARY,),
        asks=(w.REASON,),
        guard=rules.nothing_open,
        reads=(Linked(w.OF_BODY),),
        says=T("机构撤销了。", "The body was dissolved."),
    ),
)

BODY = CaseType(
    "meeting_body",
    T("机构", "Body"),
    place="where",
    summary="name",
    fields=FIELDS,
    states=(
        State(
            "standing",
            T("在任", "In office"),
            Kind.STANDING,
            says=T("机构在任期内。", "The body is in office."),
        ),
        State(
            "dissolved",
            T("已撤销", "Dissolved"),
            Kind.DONE,
            says=T("机构已撤销。", "The body was dissolved."),
        ),
    ),
    actions=ACTIONS,
    relations=(w.MEMBER, w.CHAIR),
    seen_by=(w.SECRETARY, COMMUNITY, STREET, COUNTY, CITY, LEADER, AUDITOR, ADMIN, w.MEMBER),
    reachable=(w.MEMBER, w.CHAIR),
    columns=("kind", "quorum", "adoption", "term_to"),
    counters=(
        Counter("founded", T("登记机构", "Bodies founded"), T("个", "bodies"), of="found", headline=False),
        Counter(
            "admitted", T("登记成员", "Members admitted"), T("人次", "times"), of="admit", headline=False
        ),
    ),
    number=Numbering("JG", digits=3),
)
