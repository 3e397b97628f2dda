"""What follows an agreement, and how a dispute ends without one: performing, the court, referral, follow-up, relapse."""

from __future__ import annotations

from linli.programmes.mediation import rules
from linli.programmes.mediation import words as w
from linli.programmes.mediation.states import BEFORE, OPEN_TO_CHANGE
from linli.programmes.mediation.words import (
    APPLICANT,
    ASSIGNED,
    CONFIRMING,
    MEDIATION_LEAD,
    PARTY,
    RESPONDENT,
    SIGNED,
    TAKEN_ON,
)
from linli.rules.fields import Choice, Day, Option, Photos, Text
from linli.rules.parameters import Until, p
from linli.rules.programme import ACTOR, STAY, Action, Leaves, Repeat, Takes, To
from linli.rules.text import T

HANDLING = (TAKEN_ON, MEDIATION_LEAD)
COURT = Text("court", T("哪个法院", "Which court"), at_most=60, seen_by=w.INSIDE)
ANEW = (Leaves(SIGNED, ""), Leaves(CONFIRMING, ""))
STALE = ("perform_by", "effective", "form", "ruling", "ruling_number")
TALKED_AGAIN = To(("mediating", "accepted"), rules.back_to_talks)


def _sealed(key: str, zh: str, en: str, at_most: int = 1000) -> Text:
    return Text(key, T(zh, en), at_most=at_most, lines=3, personal=True, seen_by=w.INSIDE)


PERFORMING = (
    Action(
        "perform",
        T("履行完毕", "Performed"),
        "agreed",
        "following",
        who=HANDLING,
        asks=(
            _sealed("performed", "怎样履行的", "How it was performed"),
            Photos("proof", T("凭证照片", "Photos of receipts"), required=False, seen_by=w.INSIDE),
        ),
        within=Until("perform_by"),
        says=T("协议履行完了。", "What was agreed has been done."),
    ),
    Action(
        "put_off",
        T("双方同意宽限", "More time to perform"),
        "agreed",
        STAY,
        who=HANDLING,
        asks=(
            Day("perform_by", T("履行到哪天为止", "To be performed by"), seen_by=w.INSIDE),
            w.REASON_INSIDE,
        ),
        guard=rules.later_day,
        restarts=True,
        says=T("双方同意宽限履行的日期。", "Both sides agreed to more time to perform."),
    ),
    Action(
        "breach",
        T("没有按约履行", "Not performed"),
        "agreed",
        "breached",
        who=(PARTY, *HANDLING),
        asks=(_sealed("undone", "哪一条没有履行", "Which term was not performed"),),
        reads=(ASSIGNED,),
        tells=rules.team,
        says=T("有一方反映协议没有履行。", "One side says that the agreement was not performed."),
    ),
    Action(
        "made_good",
        T("督促后已履行", "Made good"),
        "breached",
        "following",
        who=HANDLING,
        asks=(_sealed("performed", "怎样履行的", "How it was performed"),),
        within=p("breach_within"),
        says=T("督促以后，协议履行完了。", "After a reminder, what was agreed has been done."),
    ),
    Action(
        "mediate_again",
        T("重新调解", "Mediate again"),
        "breached",
        TALKED_AGAIN,
        who=HANDLING,
        seats=ANEW,
        tally=True,
        forgets=STALE,
        says=T("协议没有履行，重新调解。", "The agreement was not performed; it is mediated again."),
    ),
)

COURTS = (
    Action(
        "apply_confirmation",
        T("申请司法确认", "Ask the court to confirm it"),
        "agreed",
        To(("agreed", "confirming"), rules.all_ask),
        who=(PARTY,),
        guard=rules.may_ask_the_court,
        seats=(Takes(CONFIRMING, ACTOR, repeat=Repeat.REFUSE),),
        reads=(ASSIGNED,),
        tells=rules.team,
        says=T(
            "您申请司法确认；双方都申请了才能送法院。",
            "You asked for confirmation; it goes to court when both sides have.",
        ),
    ),
    Action(
        "record_application",
        T("登记共同申请", "Enter the joint application"),
        "agreed",
        "confirming",
        who=HANDLING,
        asks=(
            COURT,
            Day("asked_on", T("申请日期", "Asked for on")),
            Photos(
                "application",
                T("双方签字的申请书", "The application as signed"),
                at_least=1,
                seen_by=w.INSIDE,
            ),
        ),
        guard=rules.may_ask_the_court,
        says=T("双方共同向法院申请了司法确认。", "Both sides asked the court to confirm it."),
    ),
    Action(
        "confirmed",
        T("法院已确认", "Confirmed by the court"),
        "confirming",
        "agreed",
        who=HANDLING,
        asks=(
            COURT,
            Text("ruling_number", T("裁定书文号", "Number of the ruling"), at_most=60, seen_by=w.INSIDE),
        ),
        within=p("ruling_within"),
        says=T("法院裁定协议有效，可以申请强制执行。", "The court confirmed it; it can be enforced."),
    ),
    Action(
        "not_confirmed",
        T("法院未确认", "Not confirmed"),
        "confirming",
        To(("mediating", "agreed"), rules.after_ruling),
        who=HANDLING,
        asks=(
            Choice(
                "ruling",
                T("结果", "Result"),
                (
                    Option("void", T("协议无效", "The agreement is void")),
                    Option("dismissed", T("不予受理或驳回申请", "The application was dismissed")),
                    Option("taken_back", T("当事人撤回申请", "The parties took it back")),
                ),
            ),
            _sealed("ruling_says", "法院怎么说", "What the court said"),
        ),
        seats=(Leaves(CONFIRMING, ""),),
        says=T("法院没有确认协议。", "The court did not confirm it."),
    ),
)

FOLLOWING = (
    Action(
        "follow_up",
        T("登记回访", "Record the follow-up"),
        "following",
        To(("closed", "following"), rules.after_visit),
        who=HANDLING,
        asks=(
            Choice(
                "way",
                T("方式", "How"),
                (Option("visit", T("上门", "Visit")), Option("phone", T("电话", "Telephone"))),
            ),
            _sealed("heard", "双方怎么说", "What both sides say"),
            Choice(
                "found",
                T("情况", "How things are"),
                (
                    Option("calm", T("平稳，结案", "Calm: close the case")),
                    Option("tense", T("还有疙瘩，再回访", "Still tense: look in again")),
                ),
            ),
        ),
        within=p("follow_up_within", by="risk"),
        restarts=True,
        says=T("调解员作了回访。", "The mediator looked in afterwards."),
    ),
    Action(
        "relapse",
        T("纠纷反复，重新调解", "It has flared up again"),
        ("following", "closed"),
        TALKED_AGAIN,
        who=(*HANDLING, PARTY),
        asks=(_sealed("flared", "又发生了什么", "What happened"),),
        guard=rules.may_relapse,
        reads=(ASSIGNED,),
        seats=ANEW,
        tells=rules.team,
        forgets=STALE,
        says=T("纠纷又起，重新调解。", "It flared up again and is mediated anew."),
    ),
)

LEAVING = (
    Action(
        "withdraw",
        T("撤回申请", "Withdraw"),
        (*BEFORE, *OPEN_TO_CHANGE, "signing"),
        "withdrawn",
        who=(APPLICANT,),
        asks=(
            Text(
                "why_withdrawn",
                T("为什么撤回", "Why"),
                required=False,
                at_most=500,
                lines=2,
                personal=True,
                seen_by=w.TOLD,
            ),
        ),
        forgets=("sitting", "minutes", "venue"),
        says=T("申请人撤回了申请。", "The applicant withdrew it."),
    ),
    Action(
        "decline_mediation",
        T("我不愿调解", "I do not want mediation"),
        (*OPEN_TO_CHANGE, "signing"),
        "unsettled",
        who=(RESPONDENT,),
        asks=(
            Text(
                "why_declined",
                T("为什么（可不填）", "Why (may be left out)"),
                required=False,
                at_most=500,
                lines=2,
                personal=True,
                seen_by=w.MEDIATING,
            ),
        ),
        forgets=("sitting", "minutes", "venue"),
        says=T("被申请人不愿调解，调解终止。", "The other side does not want mediation; it ends."),
    ),
    Action(
        "end_unsettled",
        T("终止调解", "End without agreement"),
        ("mediating", "signing"),
        "unsettled",
        who=HANDLING,
        asks=(
            _sealed("why_ended", "为什么谈不成", "Why no agreement was reached"),
            Text("where_to", T("告诉双方可以找哪里", "Where both sides may turn"), at_most=300, lines=2),
        ),
        forgets=("sitting", "minutes", "venue"),
        says=T(
            "没有谈成，调解终止，已告诉双方可以找哪里。",
            "No agreement was reached; both sides were told where to turn.",
        ),
    ),
    Action(
        "refer",
        T("引导其他途径", "Refer"),
        (*BEFORE, "accepted", "mediating", "breached"),
        "referred",
        who=HANDLING,
        not_by=(PARTY,),
        asks=(
            Choice(
                "to_whom",
                T("引导到", "To"),
                (
                    Option("court", T("人民法院", "Court")),
                    Option("arbitration", T("仲裁机构", "Arbitration")),
                    Option("police", T("公安机关", "Police")),
                    Option("authority", T("行政主管部门", "The competent authority")),
                ),
            ),
            Text("where_to", T("具体找谁、怎样找", "Whom to see, and how"), at_most=300, lines=2),
            w.REASON_INSIDE,
        ),
        forgets=("sitting", "minutes", "venue"),
        says=T("引导到其他途径解决。", "It was referred to where it can be settled."),
    ),
)
