"""送法上门: law that comes to the door of whoever cannot come."""

from __future__ import annotations

from linli.programmes.legal_services import visit_rules as rules
from linli.programmes.legal_services import visit_words as vw
from linli.programmes.legal_services import words as w
from linli.rules.fields import Integer, Photos, Text
from linli.rules.parameters import p
from linli.rules.programme import (
    ACTOR,
    OF,
    OPENING,
    STAY,
    Action,
    CaseType,
    Climb,
    Counter,
    Fills,
    Happening,
    Indicator,
    Kind,
    Leaves,
    Numbering,
    Repeat,
    State,
    Takes,
)
from linli.rules.roles import (
    ADMIN,
    AUDITOR,
    BUILDING_CAPTAIN,
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

GIVEN = (Leaves(w.PARTNER, ""), Fills(w.PARTNER, rules.to_partner))
VISITS = T("次", "visits")
STATES = (
    State(
        "asked",
        T("待分派", "To be assigned"),
        Kind.OPEN,
        turn=(COMMUNITY,),
        says=T("收到了，正在找合适的机构。", "It has arrived; a partner is being found."),
    ),
    State(
        "assigned",
        T("待约时间", "To be arranged"),
        Kind.OPEN,
        turn=(w.PARTNER,),
        says=T("机构会和您约上门的时间。", "The partner will arrange a time with you."),
    ),
    State(
        "agreed",
        T("已约好", "Arranged"),
        Kind.WAITING,
        turn=(w.PARTNER,),
        says=T("约好了，到时上门。", "It is arranged; they will come."),
    ),
    State(
        "to_record",
        T("待登记", "To be recorded"),
        Kind.OPEN,
        turn=(w.PARTNER,),
        says=T(
            "到了约定的时间，机构上门后登记。", "The time has come; the partner records the visit afterwards."
        ),
    ),
    State("done", T("已上门", "Visited"), Kind.DONE, says=T("已经上门讲过。", "They have been to see you.")),
    State(
        "not_done",
        T("没有办成", "Not possible"),
        Kind.REFUSED,
        says=T("没有办成，理由写在下面。", "It was not possible; the reason stands below."),
    ),
    State("withdrawn", T("已撤回", "Withdrawn"), Kind.VOID, says=T("您撤回了这个预约。", "You withdrew it.")),
)
ASKING = (
    Action(
        "ask",
        T("约法律服务上门", "Ask for a visit"),
        OPENING,
        "asked",
        who=(RESIDENT,),
        asks=(vw.FOR_WHOM, vw.SOMEBODY_ELSE),
        seats=(
            Takes(w.ASKER, ACTOR),
            Takes(vw.VISITED, ACTOR, when=rules.for_himself),
            Takes(vw.VISITED, "visited"),
        ),
        says=T("您约了法律服务上门。", "You asked for a visit."),
    ),
    Action(
        "ask_for",
        T("代为预约上门", "Ask for a visit for somebody"),
        OPENING,
        "asked",
        who=(CLERK, COMMUNITY, GRID_MEMBER, BUILDING_CAPTAIN),
        asks=(vw.VISITED_PERSON,),
        seats=(Takes(vw.VISITED, "visited"),),
        says=T("社区替您约了法律服务上门。", "The community asked for a visit for you."),
    ),
    Action(
        "withdraw",
        T("撤回", "Withdraw"),
        ("asked", "assigned", "agreed"),
        "withdrawn",
        who=vw.FAMILY,
        asks=(Text("why", T("为什么", "Why"), at_most=300, required=False),),
        says=T("您撤回了预约。", "You withdrew it."),
    ),
    Action(
        "assign",
        T("交给机构", "Give it to a partner"),
        "asked",
        "assigned",
        who=(COMMUNITY,),
        within=p("visit_assign_within"),
        asks=(w.OF_PARTNER,),
        reads=(Named("partner"), w.RETURNED),
        guard=rules.visits_homes,
        seats=GIVEN,
        links=((w.ASKED_OF, "partner"),),
        says=T("已交给一家法律服务机构。", "A legal partner has it now."),
    ),
    Action(
        "hand_over",
        T("改派另一机构", "Give it to another partner"),
        ("assigned", "agreed"),
        "assigned",
        who=vw.OURS,
        asks=(w.OF_PARTNER, w.REASON),
        reads=(Named("partner"), w.RETURNED),
        guard=rules.visits_on,
        seats=GIVEN,
        links=((w.ASKED_OF, ""), (w.ASKED_OF, "partner")),
        says=T("改由另一家机构上门。", "Another partner will come."),
    ),
    Action(
        "return",
        T("退回", "Return"),
        ("assigned", "agreed"),
        "asked",
        who=(w.PARTNER,),
        asks=(w.REASON,),
        seats=(Takes(w.RETURNED, OF + w.PARTNER.key), Leaves(w.PARTNER, "")),
        links=((w.ASKED_OF, ""),),
        says=T("这家机构不便上门，换一家。", "This partner cannot come; another one will."),
    ),
)
APPOINTMENT = (
    w.STARTS,
    w.MINUTES,
    Text(
        "comes",
        T("谁上门", "Who comes"),
        at_most=60,
        help=T(
            "如“律师一人、公证员一人”，上门时出示证件。",
            "Such as “a lawyer and a notary”; they show their cards.",
        ),
    ),
)
VISITING = (
    Action(
        "accept",
        T("受理并约定时间", "Accept, and name a time"),
        "assigned",
        "agreed",
        who=(w.PARTNER,),
        within=p("accept_visit_within"),
        asks=APPOINTMENT,
        guard=rules.lies_ahead,
        finds=rules.appointed,
        seats=(Takes(w.LAWYER, ACTOR, alone=True),),
        says=T("约好了上门的时间。", "The time of the visit is arranged."),
    ),
    Action(
        "rearrange",
        T("改约", "Name another time"),
        "agreed",
        STAY,
        who=(w.PARTNER,),
        asks=(*APPOINTMENT, w.REASON),
        guard=rules.lies_ahead,
        finds=rules.appointed,
        says=T("上门的时间改了。", "The time of the visit has changed."),
    ),
    Action(
        "begin",
        T("到了约定的时间", "The time has come"),
        "agreed",
        "to_record",
        who=(CLOCK,),
        at="begins_at",
        quiet=True,
    ),
    Action(
        "missed",
        T("没有见到，另约时间", "Did not meet: arrange anew"),
        "to_record",
        "assigned",
        who=(w.PARTNER,),
        asks=(w.REASON,),
        says=T("这次没有见到，另约时间。", "They did not meet you this time; another time will be arranged."),
    ),
    Action(
        "done",
        T("登记上门情况", "Record the visit"),
        "to_record",
        "done",
        who=(w.PARTNER,),
        within=p("record_within"),
        asks=(
            vw.EXPLAINED,
            vw.OUTCOME,
            Integer(
                "people",
                T("在场听的有几人", "How many listened"),
                at_least=1,
                at_most=50,
                unit=T("人", "people"),
            ),
            Photos(
                "papers",
                T("签收单照片", "Photo of the signed slip"),
                required=False,
                at_most=4,
                seen_by=vw.SEALED_FOR,
            ),
        ),
        says=T("上门讲过了。", "They came and explained it."),
    ),
    Action(
        "not_possible",
        T("没有办成", "Not possible"),
        ("asked", "assigned", "agreed", "to_record"),
        "not_done",
        who=vw.OURS,
        asks=(vw.WHY_NOT, w.REASON),
        says=T("没有办成，理由写明了。", "It was not possible; the reason is given."),
    ),
    Action(
        "rate",
        T("评价", "Rate"),
        "done",
        STAY,
        who=vw.FAMILY,
        asks=(w.SCORE, w.WORD),
        seats=(Takes(w.RATED, ACTOR, repeat=Repeat.REFUSE),),
        says=T("您作了评价。", "You rated it."),
    ),
)
COUNTERS = (
    Counter("asked_visits", T("约请上门", "Visits asked for"), VISITS, of=("ask", "ask_for"), headline=False),
    Counter("visits", T("送法上门", "Visits at home"), VISITS, of="done"),
    Counter(
        "listened",
        T("上门听讲", "Listened at home"),
        T("人次", "people"),
        of="done",
        amount="people",
        headline=False,
    ),
    Counter(
        "not_possible", T("没有办成的上门", "Visits not possible"), VISITS, of="not_possible", headline=False
    ),
    Counter("rated", T("评价", "Rated"), VISITS, of="rate", headline=False),
    Counter("satisfied", T("满意", "Satisfied"), VISITS, of="rate", when=rules.satisfied, headline=False),
)
INDICATORS = (
    Indicator(
        "visited_on_time",
        T("按期上门率", "Visited on time"),
        numerator=("on_time.total",),
        denominator=("on_time.total", "late.total"),
        formula=T(
            "全程按期 ÷（全程按期 + 全程超时，含仍未办结的超时件）",
            "ended in time ÷ (in time + overdue, the still open ones included)",
        ),
    ),
)

LEGAL_VISIT = CaseType(
    "legal_visit",
    T("送法上门", "Visit at home"),
    place="where",
    summary="topic",
    category="kind",
    reporter=w.ASKER,
    raised="ask_for",
    told_to=(COUNTY, CITY, PUBLIC),
    fields=(
        vw.HOME,
        w.KIND,
        w.TOPIC,
        vw.MATTER,
        vw.WHY_HOME,
        vw.DOOR,
        vw.WHEN,
        vw.CALL_AT,
        vw.VISITED_PERSON,
    ),
    columns=("kind", "why_home", "starts"),
    states=STATES,
    actions=(*ASKING, *VISITING),
    relations=(w.ASKER, vw.VISITED, w.PARTNER, w.LAWYER, w.RETURNED, w.RATED),
    seen_by=(COMMUNITY, CLERK, GRID_MEMBER, STREET, LEADER, AUDITOR, ADMIN, w.ASKER, vw.VISITED, w.PARTNER),
    counters=COUNTERS,
    indicators=INDICATORS,
    total=p("visit_within", by="why_home"),
    climb=Climb((COMMUNITY, STREET), every=p("climb_every"), remind=p("remind_before")),
    number=Numbering("SF"),
    happens=Happening(
        "starts",
        minutes="minutes",
        concerned=(w.PARTNER, w.ASKER, vw.VISITED),
        called_off=("withdrawn", "not_done"),
    ),
)
