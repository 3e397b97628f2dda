"""How people come into a team and leave it: by asking, by being entered, by being let go."""

from __future__ import annotations

from linli.programmes.volunteering import team_rules as rules
from linli.programmes.volunteering import words as w
from linli.programmes.volunteering.words import APPLICANT, CAPTAIN, MEMBER
from linli.rules.fields import AskedIf, Choice, Contact, Day, Flag, Option, Text
from linli.rules.programme import STAY, Action, Fills, Leaves, Repeat, Takes
from linli.rules.roles import COMMUNITY, RESIDENT
from linli.rules.text import T

KNOWING = (CAPTAIN, COMMUNITY)
"""Who reads what somebody said of himself when he joined."""
A_MINOR = AskedIf("age", ("minor",))
OFFERS = Choice(
    "offers",
    T("会做什么、愿意做什么", "What you can and like to do"),
    w.SKILLS,
    many=True,
    personal=True,
    seen_by=KNOWING,
)
FREE = Choice(
    "free", T("什么时候有空", "When you are free"), w.TIMES, many=True, personal=True, seen_by=KNOWING
)
AGE = Choice(
    "age",
    T("年龄", "Age"),
    (
        Option("adult", T("已满 18 周岁", "Of age (18 or older)")),
        Option("minor", T("未满 18 周岁", "Under 18")),
    ),
    personal=True,
    seen_by=KNOWING,
)
BORN = Day("born", T("出生日期", "Day of birth"), personal=True, seen_by=KNOWING, asked_if=A_MINOR)
GUARDIAN = Text(
    "guardian",
    T("监护人姓名和电话", "Guardian’s name and telephone"),
    required=False,
    personal=True,
    seen_by=KNOWING,
    at_most=60,
    asked_if=A_MINOR,
)
AGREES = Flag(
    "guardian_agrees",
    T("监护人同意参加", "The guardian agrees"),
    required=False,
    personal=True,
    seen_by=KNOWING,
    asked_if=A_MINOR,
)
WORD = Text(
    "word",
    T("想说的话", "A word, if you like"),
    required=False,
    personal=True,
    seen_by=KNOWING,
    at_most=500,
    lines=2,
)
OF_HIMSELF = (OFFERS, FREE, AGE, BORN, GUARDIAN, AGREES, WORD)

WHY_NOT = Choice(
    "why_not",
    T("为什么", "Why"),
    (
        Option("full", T("队里人手已够", "The team has enough people")),
        Option("times", T("时间凑不上", "The times do not fit")),
        Option("skill", T("这类服务要有资质", "This kind of service needs a qualification")),
        Option("talk", T("当面谈过，另有安排", "Talked it over; something else was found")),
    ),
    kept=False,
)
LET_GO = Text("let_go", T("理由", "Reason"), personal=True, seen_by=KNOWING, at_most=500, lines=2)

JOINING = (
    Action(
        "join",
        T("申请入队", "Ask to join"),
        "active",
        STAY,
        who=(RESIDENT,),
        not_by=(CAPTAIN,),
        asks=OF_HIMSELF,
        guard=rules.asks_to_join,
        reads=(CAPTAIN,),
        seats=(Takes(APPLICANT, repeat=Repeat.REFUSE, measure=rules.measures),),
        tells=rules.captains,
        discreet=True,
        says=T("您申请了入队，等队长答复。", "You asked to join; the captain will answer."),
    ),
    Action(
        "admit",
        T("同意入队", "Admit"),
        ("active", "resting"),
        STAY,
        who=KNOWING,
        asks=(w.somebody("applicant", T("哪位申请人", "Which applicant"), APPLICANT),),
        reads=(APPLICANT,),
        also=rules.admitted,
        discreet=True,
    ),
    Action(
        "turn_down",
        T("婉拒", "Turn down"),
        ("active", "resting"),
        STAY,
        who=KNOWING,
        asks=(w.somebody("applicant", T("哪位申请人", "Which applicant"), APPLICANT), WHY_NOT),
        reads=(APPLICANT,),
        seats=(Leaves(APPLICANT, "applicant"),),
        tells=rules.named_in("applicant"),
        discreet=True,
    ),
    Action(
        "enrol",
        T("登记队员", "Enter a member"),
        ("active", "resting"),
        STAY,
        who=KNOWING,
        asks=(
            Contact("person", T("队员", "Member"), seen_by=KNOWING, kept=False),
            *OF_HIMSELF,
        ),
        guard=rules.enrols,
        reads=(MEMBER, CAPTAIN),
        seats=(Takes(MEMBER, "person", measure=rules.measures), Leaves(APPLICANT, "person")),
        tells=rules.named_in("person"),
        discreet=True,
    ),
    Action(
        "leave",
        T("退出", "Leave the team"),
        ("active", "resting"),
        STAY,
        who=(MEMBER, APPLICANT),
        reads=(CAPTAIN,),
        seats=(Leaves(MEMBER), Leaves(APPLICANT)),
        tells=rules.captains,
        discreet=True,
    ),
    Action(
        "remove",
        T("请其离队", "Let a member go"),
        ("active", "resting"),
        STAY,
        who=KNOWING,
        asks=(w.somebody("member", T("哪位队员", "Which member"), MEMBER), LET_GO),
        seats=(Leaves(MEMBER, "member"),),
        tells=rules.named_in("member"),
        discreet=True,
    ),
)
CHANGES_HANDS = Fills(MEMBER, rules.former_captain)
