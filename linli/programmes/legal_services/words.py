"""The words of the legal services: relations, what can be chosen, the fields that several actions ask."""

from __future__ import annotations

from linli.rules.fields import (
    AskedIf,
    CaseRef,
    Choice,
    Contact,
    Day,
    Flag,
    Integer,
    Option,
    Place,
    Text,
    Units,
)
from linli.rules.place import Level
from linli.rules.roles import COMMUNITY
from linli.rules.text import T
from linli.rules.when import When
from linli.rules.who import Relation

PARTNER = Relation("partner", T("法律服务机构", "Legal partner"), of="unit")
RETURNED = Relation("returned_by", T("退回过的机构", "Partner who returned it"), of="unit")
ASKER = Relation("asker", T("咨询人", "Who asked"))
LAWYER = Relation("lawyer", T("承办人", "Who handles it"))
WRITER = Relation("writer", T("公开稿的起草人", "Who wrote the public version"))
CONSENTS = Relation("consents", T("同意公开的人", "Who agrees to publish"))
RATED = Relation("rated", T("评价过的人", "Who rated it"))
HOURS_OF, OPENED_BY, ASKED_OF = "hours_of", "opened_by", "asked_of"
"""Links: a session to the partner who holds it, and whose weekly hours opened it; a question or a visit to the partner who has it."""

PARTNERS, SESSIONS, QUESTIONS, VISITS = "legal_partner", "legal_session", "consultation", "legal_visit"
CONSULTATION, TALKS, HOME_VISITS = "consultation", "talks", "home_visits"
HOURS, TALK = "hours", "talk"
NORMAL, SOON, DANGER = "normal", "soon", "danger"

OFFERS = (
    Option(CONSULTATION, T("法律咨询", "Legal advice")),
    Option(TALKS, T("普法讲座", "Talks on law")),
    Option("drafting", T("代写法律文书", "Drafting papers")),
    Option("notarisation", T("公证咨询", "Questions on notarisation")),
    Option("legal_aid", T("法律援助申请", "Applications for legal aid")),
    Option("mediation", T("参与调解", "Help in mediation")),
    Option(HOME_VISITS, T("送法上门", "Visits at home")),
)
KINDS = (
    Option("family", T("婚姻家庭", "Family")),
    Option("inheritance", T("继承与遗嘱", "Inheritance and wills")),
    Option("labour", T("劳动与社保", "Work and social insurance")),
    Option("property", T("物业与相邻关系", "Property management and neighbours")),
    Option("housing", T("房屋买卖与租赁", "Buying and renting homes")),
    Option("debt", T("借款与合同", "Debts and contracts")),
    Option("consumer", T("消费维权", "Consumer rights")),
    Option("injury", T("交通与人身损害", "Accidents and injuries")),
    Option("administrative", T("行政与社会保障", "Dealing with the authorities")),
    Option("other", T("其他", "Something else")),
)
URGENCIES = (
    Option(NORMAL, T("不急", "Not urgent")),
    Option(SOON, T("有期限快到了", "A time limit ends soon")),
    Option(DANGER, T("人身安全受到威胁", "Somebody is in danger")),
)
HOTLINES = T(
    "有人身危险请先打 110；家庭暴力也可打妇联热线 12338；法律援助热线 12348，全天可打。",
    "In danger call 110 first. Women’s federation (domestic violence): 12338. Legal-aid hotline, day and night: 12348.",
)
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
CLOCK_TIMES = tuple(
    Option(f"{h:02d}:{m:02d}", T(f"{h:02d}:{m:02d}", f"{h:02d}:{m:02d}"))
    for h in range(8, 21)
    for m in (0, 30)
)

WHERE = Place("where", T("社区", "Community"), level=Level.COMMUNITY)
UNITS = Units("units", T("单位", "Unit"))
PHONE = Text(
    "phone",
    T("单位电话", "Office’s telephone"),
    at_most=40,
    public=True,
    help=T("单位的公开电话，不是个人的。", "The office’s public number, not a person’s."),
)
REASON = Text("reason", T("理由", "Reason"), at_most=500, lines=2)
SEALED_FOR = (ASKER, PARTNER, COMMUNITY)
"""Who reads what somebody asks and is answered; nobody else, whatever his office."""

OF_PARTNER = CaseRef("partner", T("哪个机构", "Which partner"), type=PARTNERS, states=("active",))
MAYBE_PARTNER = CaseRef(
    "partner",
    T("哪个机构", "Which partner"),
    type=PARTNERS,
    states=("active",),
    required=False,
    help=T(
        "坐诊必须有机构；讲座可以由社区自己办。",
        "Office hours need a partner; a talk may be the community’s own.",
    ),
)
STARTS = When("starts", T("什么时候开始", "Begins"), public=True)
MINUTES = Integer(
    "minutes", T("多长时间", "How long"), at_least=15, at_most=480, unit=T("分钟", "minutes"), public=True
)
VENUE = Text(
    "venue",
    T("地点", "Where"),
    at_most=120,
    public=True,
    help=T("网上的写怎样进入。", "On line: how one joins."),
)
CAPACITY = Integer(
    "capacity", T("名额", "Places"), at_most=2000, unit=T("人", "people"), public=True,
    help=T("讲座不限人数时填 0。", "For a talk without a limit: 0."),
)  # fmt: skip

KIND = Choice("kind", T("哪一类", "What it is about"), KINDS, public=True)
TOPIC = Text(
    "topic",
    T("一句话说是什么事", "In one line"),
    at_most=40,
    help=T("不写姓名、电话和门牌。", "No names, telephone numbers or door numbers."),
)
QUESTION = Text(
    "question",
    T("把事情说清楚", "Your question"),
    at_most=4000,
    lines=6,
    personal=True,
    seen_by=SEALED_FOR,
    help=T(
        "只有您、答复的机构和社区能看到。",
        "Read by you, the partner who answers, and the community; by nobody else.",
    ),
)
URGENCY = Choice("urgency", T("急不急", "How urgent"), URGENCIES, help=HOTLINES)
LIMIT_DAY = Day(
    "limit_day", T("期限到哪一天", "The limit ends on"), required=False, asked_if=AskedIf("urgency", (SOON,))
)
WISH = Choice(
    "wish",
    T("想怎样得到答复", "How you would like the answer"),
    (Option("page", T("写在网页上", "Written here")), Option("phone", T("打电话说", "By telephone"))),
)
CALL_AT = Text(
    "call_at",
    T("打哪个电话、什么时候方便", "Which number, and when"),
    at_most=80,
    personal=True,
    seen_by=SEALED_FOR,
    asked_if=AskedIf("wish", ("phone",)),
)
MAY_PUBLISH = Flag(
    "may_publish",
    T("同意去掉个人信息后公开问答", "The question may be published without names"),
    required=False,
    help=T(
        "公开前由另一人核对；随时可以撤回。",
        "Somebody else checks it first; you can take this back at any time.",
    ),
)
CONTACT = Contact("contact", T("咨询人", "Who asks"), seen_by=SEALED_FOR)
MORE = Text(
    "more",
    T("还想说的", "What you would like to add"),
    at_most=2000,
    lines=4,
    personal=True,
    seen_by=SEALED_FOR,
)
SCORE = Integer("score", T("满意程度", "How satisfied"), at_least=1, at_most=5, unit=T("分", "of 5"))
MAYBE_SCORE = Integer("score", SCORE.title, at_least=1, at_most=5, unit=SCORE.unit, required=False)
WORD = Text("word", T("想说的一句话", "A word"), required=False, at_most=300, lines=2)
