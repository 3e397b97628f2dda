"""What is asked about a visit: whose door, what it is about, when it suits, what came of it."""

from __future__ import annotations

from dataclasses import replace

from linli.programmes.legal_services import words as w
from linli.rules.fields import AskedIf, Choice, Contact, Option, Place, Text
from linli.rules.place import Level
from linli.rules.roles import COMMUNITY, GRID_MEMBER
from linli.rules.text import T
from linli.rules.who import Relation

OURS = (COMMUNITY, w.PARTNER)
VISITED = Relation("visited", T("要上门看望的人", "Who is visited"))
FAMILY = (w.ASKER, VISITED)
SEALED_FOR = (w.ASKER, VISITED, w.PARTNER, COMMUNITY)
HOME = Place("where", T("哪栋楼", "Which building"), level=Level.BUILDING, or_above=Level.COMMUNITY)
DOOR = Text(
    "door",
    T("单元和门牌", "Entrance and door"),
    at_most=20,
    personal=True,
    seen_by=(*SEALED_FOR, GRID_MEMBER),
    help=T("如 2-301。", "Such as 2-301."),
)
WHY_HOME = Choice(
    "why_home",
    T("为什么要上门", "Why at home"),
    (
        Option("old", T("年老，行动不便", "Too old to walk far")),
        Option("disabled", T("残疾", "Disabled")),
        Option("ill", T("生病卧床", "Ill in bed")),
        Option("carer", T("家里离不开人", "Cares for somebody and cannot leave")),
    ),
)
FOR_WHOM = Choice(
    "for_whom",
    T("替谁约", "For whom"),
    (
        Option("self", T("自己", "Myself")),
        Option("other", T("家人、邻居", "Somebody in my family, a neighbour")),
    ),
)
VISITED_PERSON = Contact(
    "visited", T("要上门看望的人", "Who is to be visited"), phone_required=False, seen_by=SEALED_FOR
)
SOMEBODY_ELSE = replace(VISITED_PERSON, asked_if=AskedIf("for_whom", ("other",)))
MATTER = Text(
    "matter", T("想问什么事", "What it is about"), at_most=1000, lines=4, personal=True, seen_by=SEALED_FOR
)
WHEN = Text("preferred", T("什么时候方便", "When it suits"), at_most=120)
CALL_AT = Text(
    "call_at",
    T("来之前打哪个电话", "Number to call before coming"),
    at_most=40,
    personal=True,
    seen_by=SEALED_FOR,
    about=VISITED,
)
EXPLAINED = Text(
    "explained",
    T("讲清了什么、办了什么", "What was explained and done"),
    at_most=2000,
    lines=4,
    personal=True,
    seen_by=SEALED_FOR,
    about=VISITED,
)
OUTCOME = Choice(
    "outcome",
    T("结果", "What came of it"),
    (
        Option("explained", T("讲清楚了", "Explained")),
        Option("drafted", T("代写了文书", "A paper was drafted")),
        Option("notarised", T("办理（或预约）了公证", "Notarised, or arranged to be")),
        Option("aid", T("帮助申请了法律援助", "Helped to apply for legal aid")),
        Option("more", T("还要再来", "Another visit is needed")),
    ),
    many=True,
)
WHY_NOT = Choice(
    "why_not",
    T("为什么没办成", "Why it was not possible"),
    (
        Option("unreached", T("联系不上", "Could not be reached")),
        Option("declined", T("本人不愿意", "The person did not want it")),
        Option(
            "capacity",
            T("本人已不能表达意愿，须走其他程序", "No longer able to say; another procedure is needed"),
        ),
        Option("other", T("其他", "Something else")),
    ),
)
