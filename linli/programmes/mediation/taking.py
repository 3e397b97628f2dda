"""What can be done with a dispute until somebody mediates it: applying, accepting, assigning, standing aside."""

from __future__ import annotations

from typing import Any

from linli.programmes.mediation import rules
from linli.programmes.mediation import words as w
from linli.programmes.mediation.states import BEFORE, IN_HAND, OPEN_TO_CHANGE
from linli.programmes.mediation.words import (
    APPLICANT,
    ASSIGNED,
    MEDIATION_LEAD,
    MEDIATOR,
    PARTY,
    REGISTRAR,
    RESPONDENT,
    STOOD_ASIDE,
    TAKEN_ON,
)
from linli.rules.fields import CaseRef, Choice, Contact, Flag, Option, Text
from linli.rules.parameters import p
from linli.rules.programme import (
    ACTOR,
    CAME_OUT,
    OPENING,
    STAY,
    Action,
    Fills,
    Leaves,
    React,
    Repeat,
    Takes,
    To,
)
from linli.rules.roles import COMMUNITY, GRID_MEMBER, RESIDENT
from linli.rules.text import T
from linli.rules.wishes import Named

REGISTERING = (GRID_MEMBER, COMMUNITY, MEDIATION_LEAD, MEDIATOR)
MEDIATOR_REF = CaseRef("mediator", T("哪位调解员", "Which mediator"), type="mediator_file")
ALTHOUGH = Text(
    "although",
    T("不是擅长的类型，为什么仍指派", "Why him, although it is not his field"),
    required=False,
    at_most=300,
    seen_by=w.MEDIATING,
)
ON_TEAM = (ASSIGNED, PARTY, STOOD_ASIDE)
TEAM = (Leaves(ASSIGNED, ACTOR), Leaves(TAKEN_ON, ACTOR), Takes(STOOD_ASIDE, ACTOR))
LEFT = To(("accepted", "assigned", "mediating"), rules.who_is_left)

DECLARING: dict[str, Any] = {
    "who": (ASSIGNED,),
    "not_by": (PARTY,),
    "asks": (
        Flag(
            "no_conflict",
            T(
                "我与双方没有亲属、利害关系，也没有其他影响公正的情况",
                "Nothing ties me to either side, nor anything else that would sway me",
            ),
            seen_by=w.MEDIATING,
            kept=False,
        ),
    ),
    "guard": rules.declared,
    "seats": (Takes(TAKEN_ON, ACTOR, repeat=Repeat.REFUSE),),
    "says": T(
        "调解员接了这件，声明没有需要回避的情况。",
        "The mediator took it on and declared that nothing keeps him from it.",
    ),
}
"""What everybody who mediates does first."""

OPENINGS = (
    Action(
        "apply",
        T("申请调解", "Ask for mediation"),
        OPENING,
        To(("urgent", "applied"), rules.how_urgent),
        who=(RESIDENT,),
        asks=(w.DANGER,),
        guard=rules.not_with_oneself,
        seats=(Takes(APPLICANT, ACTOR), Takes(PARTY, ACTOR)),
        finds=rules.applied,
        says=T("您申请了调解。", "You asked for mediation."),
    ),
    Action(
        "register",
        T("登记纠纷", "Register a dispute"),
        OPENING,
        "applied",
        who=REGISTERING,
        asks=(w.APPLICANT_CONTACT, w.RISK, w.REPORTED_TO),
        guard=rules.not_with_oneself,
        seats=(Takes(REGISTRAR, ACTOR), Takes(APPLICANT, "applicant"), Takes(PARTY, "applicant")),
        finds=rules.heading,
        reacts=(React(CAME_OUT, "to", "take_up"),),
        says=T("社区登记了您的调解申请。", "The community entered your application."),
    ),
)

ACCEPTING = (
    Action(
        "report_up",
        T("报告重大风险", "Report the high risk"),
        "urgent",
        "applied",
        who=(MEDIATION_LEAD, REGISTRAR),
        asks=(
            w.RISK,
            w.REPORTED_TO,
            Text(
                "measures",
                T("已采取的措施", "What was done"),
                at_most=600,
                lines=2,
                personal=True,
                seen_by=w.MEDIATING,
            ),
        ),
        within=p("report_within"),
        says=T("我们看到了您说的危险，已经处理。", "We saw what you said about the danger and acted."),
    ),
    Action(
        "accept",
        T("受理", "Accept"),
        "applied",
        "accepted",
        who=(MEDIATION_LEAD,),
        not_by=(PARTY,),
        asks=(w.RISK, w.REPORTED_TO),
        within=p("accept_within", by="risk"),
        seats=(Fills(PARTY, rules.other_side), Fills(RESPONDENT, rules.other_side)),
        tells=rules.the_other,
        says=T("调委会受理了，通知了双方。", "The committee accepted it and told both sides."),
    ),
    Action(
        "refuse_case",
        T("不予受理", "Do not accept"),
        (*BEFORE, "accepted"),
        "refused",
        who=(MEDIATION_LEAD,),
        not_by=(PARTY,),
        asks=(
            Choice(
                "ground",
                T("为什么不受理", "Why not"),
                (
                    Option("special", T("法律规定只能由专门机关处理", "The law leaves it to another body")),
                    Option(
                        "pending",
                        T(
                            "法院、公安或行政机关已受理或已解决",
                            "A court, the police or an authority has it already",
                        ),
                    ),
                    Option("unwilling", T("一方明确拒绝调解", "One side refuses mediation")),
                    Option("not_civil", T("不是民间纠纷", "It is no civil dispute")),
                    Option("double", T("重复登记", "Registered twice")),
                ),
            ),
            Text("where_to", T("告诉当事人找哪里", "Where to turn"), at_most=300, lines=2),
        ),
        says=T("不属于人民调解，已告诉您找哪里。", "It is not for mediation; you were told where to turn."),
    ),
    Action(
        "reclassify",
        T("更正类型", "Correct the kind"),
        (*BEFORE, *OPEN_TO_CHANGE),
        STAY,
        who=(MEDIATION_LEAD, TAKEN_ON),
        asks=(w.KIND, w.HEADING),
        finds=rules.heading,
        quiet=True,
    ),
    Action(
        "change_risk",
        T("调整风险", "Change the risk"),
        ("applied", *OPEN_TO_CHANGE, "signing", "agreed", "breached", "following"),
        STAY,
        who=(MEDIATION_LEAD, TAKEN_ON),
        asks=(
            w.RISK,
            w.REPORTED_TO,
            Text(
                "signs",
                T("有什么迹象", "What signs there are"),
                at_most=600,
                lines=2,
                personal=True,
                seen_by=w.MEDIATING,
            ),
        ),
        quiet=True,
    ),
    Action(
        "correct_party",
        T("更正被申请人", "Correct the other side"),
        (*BEFORE, *OPEN_TO_CHANGE),
        STAY,
        who=(MEDIATION_LEAD, TAKEN_ON),
        asks=(w.RESPONDENT_CONTACT, w.OTHER_HOME),
        guard=rules.not_with_oneself,
        reads=(RESPONDENT, PARTY),
        seats=(Fills(RESPONDENT, rules.corrected), Fills(PARTY, rules.corrected)),
        quiet=True,
    ),
    Action(
        "add_party",
        T("增加当事人", "Add a party"),
        OPEN_TO_CHANGE,
        STAY,
        who=(MEDIATION_LEAD, TAKEN_ON),
        asks=(
            Contact("party", T("当事人", "The party"), phone_required=False, seen_by=(PARTY, *w.MEDIATING)),
            Choice("side", T("在哪一方", "On which side"), w.SIDES),
        ),
        seats=(
            Takes(PARTY, "party"),
            Takes(APPLICANT, "party", when=rules.of_side("applicant")),
            Takes(RESPONDENT, "party", when=rules.of_side("respondent")),
        ),
        says=T("又有一位当事人参加调解。", "Another party joins the mediation."),
    ),
)

ASSIGNING = (
    Action(
        "assign",
        T("指派调解员", "Assign a mediator"),
        "accepted",
        "assigned",
        who=(MEDIATION_LEAD,),
        not_by=(PARTY,),
        asks=(MEDIATOR_REF, ALTHOUGH),
        within=p("assign_within", by="risk"),
        guard=rules.may_mediate,
        reads=(Named("mediator"), *ON_TEAM),
        seats=(Fills(ASSIGNED, rules.chief),),
        finds=rules.names,
        tells=rules.assigned_persons,
        says=T("指派了调解员。", "A mediator was assigned."),
    ),
    Action(
        "add_mediator",
        T("增派调解员", "Add a mediator"),
        IN_HAND,
        STAY,
        who=(MEDIATION_LEAD,),
        not_by=(PARTY,),
        asks=(MEDIATOR_REF, ALTHOUGH),
        guard=rules.may_mediate,
        reads=(Named("mediator"), *ON_TEAM),
        seats=(Fills(ASSIGNED, rules.assistant),),
        finds=rules.names,
        tells=rules.assigned_persons,
        says=T("增派了一位调解员。", "Another mediator was added."),
    ),
    Action(
        "take_on",
        T("接案", "Take it on"),
        "assigned",
        To(("assigned", "mediating"), rules.after_taking_on),
        within=p("take_on_within", by="risk"),
        **DECLARING,
    ),
    Action("join", T("参加调解", "Join the mediation"), "mediating", STAY, **DECLARING),
    Action(
        "recuse",
        T("回避", "Stand aside"),
        IN_HAND,
        LEFT,
        who=(ASSIGNED,),
        asks=(
            Choice(
                "tie",
                T("什么情况", "What it is"),
                (
                    Option("relative", T("与当事人是亲属", "A relative of a party")),
                    Option("interest", T("有利害关系", "An interest in it")),
                    Option("acquainted", T("与一方来往密切", "Close to one side")),
                    Option("no_time", T("没有时间", "No time for it")),
                ),
                seen_by=w.MEDIATING,
            ),
        ),
        reads=(ASSIGNED,),
        seats=TEAM,
        finds=rules.without,
        says=T("一位调解员回避了。", "A mediator stood aside."),
    ),
    Action(
        "object_to_mediator",
        T("要求换调解员", "Ask for another mediator"),
        IN_HAND,
        LEFT,
        who=(PARTY,),
        asks=(
            Choice(
                "which",
                T("换哪位", "Whom"),
                (
                    Option("chief", T("主调解员", "The one who leads")),
                    Option("helpers", T("协助的调解员", "Those who help")),
                    Option("all", T("都换", "All of them")),
                ),
            ),
            Text(
                "objection",
                T("为什么（可不填）", "Why (may be left out)"),
                required=False,
                at_most=300,
                lines=2,
                personal=True,
                seen_by=(MEDIATION_LEAD,),
            ),
        ),
        guard=rules.may_still_object,
        reads=(ASSIGNED, TAKEN_ON, STOOD_ASIDE),
        seats=(
            Fills(STOOD_ASIDE, rules.passed_over),
            Fills(TAKEN_ON, rules.leaving_team),
            Fills(ASSIGNED, rules.leaving_team),
        ),
        finds=rules.objected,
        says=T("您要求换调解员。", "You asked for another mediator."),
    ),
)
