"""What can be done while a dispute is mediated: sittings, notes, more time, the agreement and its signatures."""

from __future__ import annotations

from linli.programmes.mediation import rules
from linli.programmes.mediation import words as w
from linli.programmes.mediation.states import BEFORE, OPEN_TO_CHANGE
from linli.programmes.mediation.words import (
    ASSIGNED,
    MEDIATION_LEAD,
    PARTY,
    SIGNED,
    TAKEN_ON,
)
from linli.rules.fields import Choice, Day, Flag, Integer, Option, Person, Photos, Table, Text
from linli.rules.money import Money
from linli.rules.parameters import p
from linli.rules.programme import ACTOR, STAY, Action, Leaves, Repeat, Takes, To
from linli.rules.text import T
from linli.rules.when import When

SITTING = When("sitting", T("下次调解时间", "Next sitting"), seen_by=w.INSIDE)
MINUTES = Integer(
    "minutes", T("大约多久", "About how long"), at_least=15, at_most=480, unit=T("分钟", "minutes")
)
VENUE = Text(
    "venue",
    T("地点", "Where"),
    at_most=60,
    seen_by=w.INSIDE,
    help=T("如 邻里调解室", "Such as the neighbour mediation room"),
)
CAME = (
    *w.SIDES,
    Option("helpers", T("邀请的亲友、邻居、专业人员", "Relatives, neighbours, experts invited")),
)
OUTCOMES = (
    Option("continue", T("分歧还大，继续调解", "Far apart; to be continued")),
    Option("near", T("接近一致", "Near an agreement")),
    Option("none", T("谈不拢", "No agreement in sight")),
    Option("absent", T("有一方没来，没有谈成", "One side stayed away; no talks")),
)
TERMS = Table(
    "terms",
    T("协议条款", "Terms"),
    (
        Choice(
            "who",
            T("谁", "Who"),
            (
                Option("applicant", T("申请人", "The applicant")),
                Option("respondent", T("被申请人", "The respondent")),
                Option("both", T("双方", "Both")),
            ),
        ),
        Text("what", T("做什么", "Does what"), at_most=200),
        Day("by", T("到哪天", "By")),
        Text("how", T("怎样履行", "How"), required=False, at_most=80),
        Money("amount", T("金额（元）", "Amount (yuan)"), required=False),
    ),
    at_least=1,
    at_most=20,
    personal=True,
    seen_by=w.INSIDE,
)
WHY = Text("why_back", T("为什么", "Why"), at_most=600, lines=2, personal=True, seen_by=w.INSIDE)

SITTINGS = (
    Action(
        "schedule_sitting",
        T("约定调解时间", "Arrange a sitting"),
        "mediating",
        STAY,
        who=(TAKEN_ON,),
        asks=(SITTING, MINUTES, VENUE),
        guard=rules.ahead,
        reads=(ASSIGNED,),
        tells=rules.team,
        says=T("约定了调解的时间和地点，请按时到。", "A sitting is arranged; please be there."),
    ),
    Action(
        "hold_sitting",
        T("登记调解情况", "Record the sitting"),
        "mediating",
        STAY,
        who=(TAKEN_ON,),
        asks=(
            Choice("came", T("谁到场", "Who came"), CAME, many=True),
            Text(
                "record",
                T("调解笔录", "What was said"),
                at_most=6000,
                lines=8,
                personal=True,
                seen_by=w.INSIDE,
            ),
            Choice("outcome", T("结果", "Outcome"), OUTCOMES),
            Photos(
                "signed_record",
                T("双方签过字的笔录", "The record as signed"),
                required=False,
                seen_by=w.INSIDE,
            ),
        ),
        guard=rules.has_come,
        finds=rules.sat,
        forgets=("sitting", "minutes", "venue"),
        many=True,
        says=T("进行了一次调解。", "A sitting was held."),
    ),
    Action(
        "note",
        T("调解员备忘", "Mediator’s note"),
        (*BEFORE, *OPEN_TO_CHANGE, "signing", "agreed", "confirming", "breached", "following"),
        STAY,
        who=(MEDIATION_LEAD, ASSIGNED),
        asks=(
            Text(
                "note",
                T("记录（当事人看不到）", "Note (the parties do not read it)"),
                at_most=2000,
                lines=3,
                personal=True,
                seen_by=w.MEDIATING,
                kept=False,
            ),
        ),
        quiet=True,
        discreet=True,
        many=True,
    ),
    Action(
        "add",
        T("补充情况", "Add something"),
        (*BEFORE, *OPEN_TO_CHANGE, "signing", "agreed", "breached", "following"),
        STAY,
        who=(PARTY,),
        asks=(
            Text(
                "more",
                T(
                    "想告诉调解员的（对方看不到）",
                    "What the mediator should know (the other side does not read it)",
                ),
                at_most=2000,
                lines=3,
                personal=True,
                seen_by=w.MEDIATING,
            ),
            Photos("more_papers", T("照片", "Photos"), required=False, seen_by=w.MEDIATING),
        ),
        reads=(ASSIGNED,),
        tells=rules.team,
        quiet=True,
        discreet=True,
        many=True,
        says=T("您补充了情况。", "You added something."),
    ),
    Action(
        "extend",
        T("延长调解期限", "More time to mediate"),
        "mediating",
        STAY,
        who=(TAKEN_ON, MEDIATION_LEAD),
        asks=(
            Integer(
                "days",
                T("延长几个工作日", "How many working days more"),
                at_least=1,
                at_most=22,
                unit=T("个工作日", "working days"),
            ),
            Flag("consent", T("双方同意延长", "Both sides consent"), kept=False),
            w.REASON_INSIDE,
        ),
        guard=rules.consented,
        extends="days",
        says=T("经双方同意，调解期限延长了。", "With the consent of both sides there is more time."),
    ),
)

AGREEING = (
    Action(
        "agree",
        T("达成协议", "Agreement reached"),
        "mediating",
        To(("signing", "agreed"), rules.after_agreeing),
        who=(TAKEN_ON,),
        asks=(
            Choice(
                "form",
                T("协议形式", "Form"),
                (
                    Option("written", T("书面，制作调解协议书", "In writing, to be signed")),
                    Option("oral", T("口头，记录在案", "By word, entered here")),
                ),
            ),
            Text(
                "facts",
                T("纠纷主要事实、争议事项和各方责任", "The facts, what was in dispute, who answers for what"),
                at_most=3000,
                lines=5,
                personal=True,
                seen_by=w.INSIDE,
            ),
            Text(
                "agreement",
                T("协议内容", "What is agreed"),
                at_most=3000,
                lines=5,
                personal=True,
                seen_by=w.INSIDE,
            ),
            TERMS,
        ),
        within=p("mediate_within"),
        guard=rules.ripe,
        finds=rules.agreed,
        forgets=("sitting", "minutes", "venue", "effective"),
        says=T("双方谈成了，协议写好了。", "The sides have agreed; the agreement is written down."),
    ),
    Action(
        "sign",
        T("签字", "Sign"),
        "signing",
        "signing",
        who=(PARTY,),
        asks=(
            Flag(
                "read",
                T(
                    "我已看清协议全文和每一条，自愿签字",
                    "I have read the whole agreement and every term, and sign of my own will",
                ),
                seen_by=w.MEDIATING,
            ),
        ),
        guard=rules.read_whole,
        reads=(ASSIGNED,),
        seats=(Takes(SIGNED, ACTOR, repeat=Repeat.REFUSE),),
        tells=rules.team,
        says=T("您签了字。", "You signed."),
    ),
    Action(
        "record_signature",
        T("登记纸面签字", "Enter signatures on paper"),
        "signing",
        "signing",
        who=(TAKEN_ON, MEDIATION_LEAD),
        asks=(
            Person("whose", T("谁签了", "Who signed"), of=PARTY, many=True, seen_by=w.INSIDE),
            Photos("signed_sheet", T("签过字的协议书", "The sheet as signed"), at_least=1, seen_by=w.INSIDE),
        ),
        guard=rules.somebody_signs,
        reads=(PARTY, SIGNED),
        seats=(Takes(SIGNED, "whose"),),
        says=T("登记了纸面签字。", "Signatures on paper were entered."),
    ),
    Action(
        "back_to_talks",
        T("协议要改，继续谈", "Not yet: back to the talks"),
        "signing",
        "mediating",
        who=(PARTY, TAKEN_ON),
        asks=(WHY,),
        seats=(Leaves(SIGNED, ""),),
        says=T("协议还要改，继续调解。", "The agreement is to be changed; the talks go on."),
    ),
    Action(
        "take_effect",
        T("盖章生效", "Seal: it takes effect"),
        "signing",
        "agreed",
        who=(TAKEN_ON, MEDIATION_LEAD),
        asks=(
            Photos(
                "sealed_sheet", T("盖章的协议书", "The sheet as sealed"), required=False, seen_by=w.INSIDE
            ),
        ),
        within=p("sign_within"),
        guard=rules.all_signed,
        reads=(PARTY, SIGNED),
        finds=rules.in_effect,
        says=T(
            "双方签字、调委会盖章，协议生效。",
            "Signed by the parties and sealed by the committee: it is in effect.",
        ),
    ),
)
