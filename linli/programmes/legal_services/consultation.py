"""A question of law: asked, given to a partner, answered within a time, asked back, and published where the asker agrees."""

from __future__ import annotations

from linli.programmes.legal_services import consultation_rules as rules
from linli.programmes.legal_services import words as w
from linli.programmes.legal_services.consultation_states import STATES
from linli.programmes.legal_services.publishing import BEFORE_ANSWER, OURS, PUBLISHING
from linli.rules.fields import Choice, Option, Text
from linli.rules.parameters import p
from linli.rules.programme import (
    ACTOR,
    CAME_OUT,
    HEARS,
    OF,
    OPENING,
    STAY,
    Action,
    CaseType,
    Climb,
    Counter,
    Fills,
    Indicator,
    Leaves,
    Numbering,
    React,
    Repeat,
    Takes,
)
from linli.rules.roles import (
    ADMIN,
    AUDITOR,
    CITY,
    CLERK,
    CLOCK,
    COMMUNITY,
    COUNTY,
    GRID_MEMBER,
    LEADER,
    PUBLIC,
    RESIDENT,
    STREET,
)
from linli.rules.text import T
from linli.rules.wishes import Named

HEARD = React(CAME_OUT, "to", HEARS, carry=("report",))
"""Where the question came out of a demand or a visit, who raised that hears that it was answered, and nothing of what was said."""
TO_PARTNER = (Leaves(w.PARTNER, ""), Leaves(w.LAWYER, ""), Fills(w.PARTNER, rules.to_partner))
QUESTIONS, TIMES = T("件", "questions"), T("次", "times")
WHY_RETURNED = Choice(
    "why_returned",
    T("为什么退回", "Why it is returned"),
    (
        Option(
            "conflict", T("有利益冲突（代理过对方等）", "Conflict of interest (we act for the other side)")
        ),
        Option("field", T("不是我们的业务", "Not our field")),
        Option("full", T("近期排不开", "No time for it now")),
    ),
)
ANSWER = Text(
    "answer", T("答复", "Answer"), at_most=6000, lines=8, personal=True, seen_by=w.SEALED_FOR, about=w.ASKER
)
BASIS = Text(
    "basis",
    T("依据", "The law"),
    at_most=300,
    required=False,
    help=T("如：民法典第1062条。", "Such as Civil Code, article 1062."),
    seen_by=w.SEALED_FOR,
)
AID = Choice(
    "aid",
    T("法律援助", "Legal aid"),
    (
        Option("no", T("不涉及", "Not a matter of it")),
        Option("may", T("可能符合条件，建议申请", "May qualify: we advise to apply")),
        Option("applied", T("已帮助提交申请", "We helped to apply")),
    ),
    seen_by=w.SEALED_FOR,
)
HOW = Choice(
    "how",
    T("怎样答复的", "How it was answered"),
    (
        Option("page", T("写在这里", "In writing, here")),
        Option("phone", T("打了电话，这里是要点", "By telephone; the main points stand here")),
        Option("met", T("当面谈过，这里是要点", "In person; the main points stand here")),
    ),
)
WHOSE = Text("whose", T("该找谁", "Whose it is"), at_most=120)
QUESTION_FIELDS = (w.KIND, w.TOPIC, w.QUESTION, w.URGENCY, w.LIMIT_DAY, w.WISH, w.CALL_AT, w.MAY_PUBLISH)

ASKING = (
    Action(
        "ask",
        T("法律咨询", "Ask a question of law"),
        OPENING,
        "asked",
        who=(RESIDENT,),
        guard=rules.limit_named,
        seats=(Takes(w.ASKER, ACTOR), Takes(w.CONSENTS, ACTOR, when=rules.agreed)),
        says=T("您提了一个法律问题。", "You asked a question of law."),
    ),
    Action(
        "ask_for",
        T("代为登记法律咨询", "Record a question for somebody"),
        OPENING,
        "asked",
        who=(CLERK, COMMUNITY, GRID_MEMBER),
        asks=(w.CONTACT,),
        guard=rules.limit_named,
        seats=(Takes(w.ASKER, "contact"), Takes(w.CONSENTS, "contact", when=rules.agreed)),
        says=T("社区替您登记了这个问题。", "The community recorded your question."),
    ),
    Action(
        "add",
        T("补充情况", "Add something"),
        BEFORE_ANSWER,
        STAY,
        who=(w.ASKER,),
        asks=(w.MORE,),
        many=True,
        says=T("您补充了情况。", "You added something."),
    ),
    Action(
        "urge",
        T("催一下", "Ask to hurry"),
        BEFORE_ANSWER,
        STAY,
        who=(w.ASKER,),
        says=T("您催了一次。", "You asked to hurry."),
    ),
    Action(
        "withdraw",
        T("撤回", "Withdraw"),
        BEFORE_ANSWER,
        "withdrawn",
        who=(w.ASKER,),
        says=T("您撤回了这个问题。", "You withdrew the question."),
    ),
)
GIVING = (
    Action(
        "assign",
        T("交给机构", "Give it to a partner"),
        "asked",
        "assigned",
        who=(COMMUNITY,),
        within=p("assign_within", by="urgency"),
        asks=(w.OF_PARTNER,),
        reads=(Named("partner"), w.RETURNED),
        guard=rules.advises,
        seats=TO_PARTNER,
        links=((w.ASKED_OF, "partner"),),
        says=T("已交给一家法律服务机构。", "A legal partner has it now."),
    ),
    Action(
        "regrade",
        T("更正紧急程度", "Correct the urgency"),
        BEFORE_ANSWER,
        STAY,
        who=OURS,
        asks=(w.URGENCY, w.LIMIT_DAY),
        guard=rules.limit_named,
        restarts=True,
        says=T("紧急程度更正了，期限重新算。", "The urgency was corrected; the time runs anew."),
    ),
    Action(
        "hand_on",
        T("不是法律问题，转出", "Not a question of law: hand on"),
        "asked",
        "handed_on",
        who=(COMMUNITY,),
        asks=(WHOSE, w.REASON),
        says=T("这不是法律问题，已告诉您该找谁。", "It is not a question of law; you were told whose it is."),
    ),
    Action(
        "accept",
        T("受理", "Accept"),
        "assigned",
        "answering",
        who=(w.PARTNER,),
        within=p("accept_within", by="urgency"),
        seats=(Takes(w.LAWYER, ACTOR, alone=True),),
        says=T("机构受理了，正在研究。", "The partner accepted it and is working on it."),
    ),
    Action(
        "return",
        T("退回", "Return"),
        ("assigned", "answering"),
        "asked",
        who=(w.PARTNER,),
        asks=(WHY_RETURNED, w.REASON),
        seats=(Takes(w.RETURNED, OF + w.PARTNER.key), Leaves(w.PARTNER, ""), Leaves(w.LAWYER, "")),
        links=((w.ASKED_OF, ""),),
        says=T("这家机构不便答复，换一家。", "This partner cannot answer it; another one will."),
    ),
    Action(
        "hand_over",
        T("改派另一机构", "Give it to another partner"),
        ("assigned", "answering"),
        "assigned",
        who=OURS,
        asks=(w.OF_PARTNER, w.REASON),
        reads=(Named("partner"), w.RETURNED),
        guard=rules.moves_on,
        seats=TO_PARTNER,
        links=((w.ASKED_OF, ""), (w.ASKED_OF, "partner")),
        says=T("转给了更合适的机构。", "It went to a partner who knows more of it."),
    ),
)
ANSWERING = (
    Action(
        "answer",
        T("答复", "Answer"),
        "answering",
        "answered",
        who=(w.PARTNER,),
        within=p("answer_within", by="urgency"),
        asks=(ANSWER, BASIS, AID, HOW),
        finds=rules.answered,
        says=T("有了答复。", "There is an answer."),
    ),
    Action(
        "ask_back",
        T("追问", "Ask back"),
        "answered",
        "answering",
        who=(w.ASKER,),
        asks=(w.MORE,),
        guard=rules.may_ask_back,
        says=T("您追问了，答复期限重新算。", "You asked back; the time to answer runs anew."),
    ),
    Action(
        "satisfied",
        T("明白了，结束咨询", "That answers it"),
        "answered",
        "closed",
        who=(w.ASKER,),
        asks=(w.MAYBE_SCORE, w.WORD),
        seats=(Takes(w.RATED, ACTOR, when=rules.scored),),
        finds=rules.reported,
        reacts=(HEARD,),
        says=T("您结束了咨询。", "You closed the question."),
    ),
    Action(
        "close_silent",
        T("到期未追问，结束", "Close: no word in time"),
        "answered",
        "closed",
        who=(CLOCK, COMMUNITY),
        at="silent_at",
        guard=rules.had_his_time,
        finds=rules.reported,
        reacts=(HEARD,),
        says=T(
            "到期没有追问，先行结束；不算满意。",
            "No word came in time and it was closed; that does not count as satisfaction.",
        ),
    ),
    Action(
        "rate",
        T("评价", "Rate"),
        ("closed", "checking", "published"),
        STAY,
        who=(w.ASKER,),
        asks=(w.SCORE, w.WORD),
        seats=(Takes(w.RATED, ACTOR, repeat=Repeat.REFUSE),),
        says=T("您作了评价。", "You rated it."),
    ),
)
COUNTERS = (
    Counter("consultations", T("法律咨询", "Questions of law"), QUESTIONS, of=("ask", "ask_for")),
    Counter("answered", T("答复咨询", "Questions answered"), QUESTIONS, of="answer", when=rules.first_answer),
    Counter("asked_back", T("追问", "Asked back"), TIMES, of="ask_back", headline=False),
    Counter("returned", T("机构退回", "Returned by partners"), TIMES, of="return", headline=False),
    Counter("silent", T("到期未追问", "Closed without a word"), QUESTIONS, of="close_silent", headline=False),
    Counter("published", T("公开问答", "Questions published"), QUESTIONS, of=("publish", "take_down", "withdraw_consent"),
        amount=rules.publications),
    Counter("rated", T("评价", "Rated"), QUESTIONS, of=("satisfied", "rate"), when=rules.scored, headline=False),
    Counter("satisfied", T("满意", "Satisfied"), QUESTIONS, of=("satisfied", "rate"), when=rules.satisfied, headline=False),
)  # fmt: skip
INDICATORS = (
    Indicator(
        "answered_on_time",
        T("按期答复率", "Answered on time"),
        numerator=("on_time.stage.answering",),
        denominator=("on_time.stage.answering", "late.stage.answering"),
        formula=T(
            "按期答复 ÷（按期答复 + 答复超时，含仍未答复的超时件）",
            "answered in time ÷ (in time + overdue, the still open ones included)",
        ),
    ),
    Indicator(
        "satisfaction_rate",
        T("满意率", "Satisfaction rate"),
        numerator=("satisfied",),
        denominator=("rated",),
        formula=T(
            "评价 4 分以上 ÷ 有评价的（未评价不算满意）",
            "4 points or more ÷ rated (silence is not satisfaction)",
        ),
    ),
)

CONSULTATION = CaseType(
    "consultation",
    T("法律咨询", "Question of law"),
    place="where",
    summary="topic",
    category="kind",
    reporter=w.ASKER,
    raised="ask_for",
    posted=("published",),
    told_to=(COUNTY, CITY, PUBLIC),
    fields=(w.WHERE, *QUESTION_FIELDS),
    columns=("kind", "urgency", "limit_day"),
    states=STATES,
    actions=(*ASKING, *GIVING, *ANSWERING, *PUBLISHING),
    relations=(w.ASKER, w.PARTNER, w.LAWYER, w.WRITER, w.CONSENTS, w.RETURNED, w.RATED),
    seen_by=(COMMUNITY, CLERK, STREET, LEADER, AUDITOR, ADMIN, w.ASKER, w.CONSENTS, w.PARTNER),
    counters=COUNTERS,
    indicators=INDICATORS,
    climb=Climb((COMMUNITY, STREET), every=p("climb_every"), remind=p("remind_before")),
    number=Numbering("ZX"),
)
