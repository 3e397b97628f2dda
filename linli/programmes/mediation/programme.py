"""Mediation 矛盾纠纷调解: the case types, what they count, who sees them.

A dispute is seen by its parties, its mediators, who registered it, and the head of the committee: by nobody for his office alone.
Its heading in lists is therefore the kind of dispute and names nobody; its chain (a check, a demand) is seen by none who does not see
the dispute itself, and nothing of its end is told to the case that it came out of.
"""

from __future__ import annotations

from linli.programmes.mediation import checkrules, rules
from linli.programmes.mediation import words as w
from linli.programmes.mediation.checks import CHECK_PLAN, DISPUTE_CHECK
from linli.programmes.mediation.ending import COURTS, FOLLOWING, LEAVING, PERFORMING
from linli.programmes.mediation.refusals import REFUSALS
from linli.programmes.mediation.roster import MEDIATOR_FILE
from linli.programmes.mediation.states import OVER, STATES
from linli.programmes.mediation.taking import ACCEPTING, ASSIGNING, OPENINGS
from linli.programmes.mediation.talking import AGREEING, SITTINGS
from linli.rules.parameters import p
from linli.rules.programme import CaseType, Climb, Counter, Happening, Indicator, Numbering, Programme
from linli.rules.roles import AUDITOR, COMMUNITY, GRID_MEMBER, LEADER, PUBLIC, STREET
from linli.rules.text import T

CASES, TIMES = T("件", "disputes"), T("次", "times")
TAKEN_BACK = ("mediate_again", "relapse", "not_confirmed", "refer")
"""By these an agreement that was in effect may no longer stand."""

COUNTERS = (
    Counter("registered", T("登记纠纷", "Disputes registered"), CASES, of=("apply", "register")),
    Counter("accepted", T("受理", "Accepted"), CASES, of="accept"),
    Counter(
        "sittings", T("调解", "Sittings"), T("场", "sittings"), of="hold_sitting", when=rules.came_together
    ),
    Counter(
        "solved",
        T("化解纠纷", "Disputes solved"),
        CASES,
        of=("take_effect", "agree", *TAKEN_BACK),
        amount=rules.solved_change,
    ),
    Counter("by_word", T("口头协议", "Agreed by word"), CASES, of="agree", when=rules.oral, headline=False),
    Counter("confirmed", T("司法确认", "Confirmed by a court"), CASES, of="confirmed"),
    Counter("followed_up", T("回访", "Follow-ups"), TIMES, of="follow_up"),
    Counter("relapsed", T("纠纷反复", "Flared up again"), CASES, of="relapse"),
    Counter(
        "unsettled",
        T("调解终止", "Ended without agreement"),
        CASES,
        of=("end_unsettled", "decline_mediation"),
    ),
    Counter("referred", T("引导其他途径", "Referred"), CASES, of="refer"),
    Counter("withdrawn", T("撤回", "Withdrawn"), CASES, of="withdraw"),
    Counter("not_accepted", T("不予受理", "Not accepted"), CASES, of="refuse_case"),
)

INDICATORS = (
    Indicator(
        "solution_rate",
        T("化解率", "Solution rate"),
        numerator=("solved",),
        denominator=("solved", "unsettled", "referred"),
        formula=T(
            "化解 ÷（化解 + 调解终止 + 引导其他途径）；撤回和不予受理的不计",
            "solved ÷ (solved + ended without agreement + referred); withdrawn and not accepted ones do not count",
        ),
    ),
    Indicator(
        "mediated_on_time",
        T("一个月内调结率", "Mediated in time"),
        numerator=("on_time.stage.mediating",),
        denominator=("on_time.stage.mediating", "late.stage.mediating"),
        formula=T(
            "期限内调结 ÷（期限内 + 超期，含仍在调解的超期件）",
            "ended in time ÷ (in time + overdue, those still being mediated included)",
        ),
    ),
    Indicator(
        "followed_up_on_time",
        T("按期回访率", "Followed up in time"),
        numerator=("on_time.stage.following",),
        denominator=("on_time.stage.following", "late.stage.following"),
        formula=T("按期回访 ÷（按期 + 超期）", "in time ÷ (in time + overdue)"),
    ),
)

DISPUTE = CaseType(
    "dispute",
    T("矛盾纠纷", "Dispute"),
    place="where",
    summary="heading",
    category="kind",
    reporter=w.PARTY,
    raised="register",
    keeps=T(
        "《人民调解法》第二十七条：调解登记、记录、协议书立卷归档",
        "People’s Mediation Law, article 27: registration, records and agreements are filed and kept",
    ),
    fields=(w.KIND, w.ABOUT, w.WANTED, w.WHERE, w.RESPONDENT_CONTACT, w.OTHER_HOME, w.PAPERS),
    columns=("kind", "risk"),
    states=STATES,
    actions=(
        *OPENINGS,
        *ACCEPTING,
        *ASSIGNING,
        *SITTINGS,
        *AGREEING,
        *PERFORMING,
        *COURTS,
        *FOLLOWING,
        *LEAVING,
    ),
    relations=(
        w.PARTY,
        w.APPLICANT,
        w.RESPONDENT,
        w.REGISTRAR,
        w.ASSIGNED,
        w.TAKEN_ON,
        w.STOOD_ASIDE,
        w.SIGNED,
        w.CONFIRMING,
    ),
    seen_by=(w.PARTY, w.APPLICANT, w.RESPONDENT, w.ASSIGNED, w.TAKEN_ON, w.REGISTRAR, w.MEDIATION_LEAD),
    counters=COUNTERS,
    indicators=INDICATORS,
    told_to=(GRID_MEMBER, w.MEDIATOR, COMMUNITY, STREET, LEADER, AUDITOR, PUBLIC),
    reachable=(w.PARTY,),
    # Nobody above the head sees the dispute: it climbs to him and no further.
    climb=Climb((w.MEDIATION_LEAD,), every=p("climb_every"), remind=p("remind_before")),
    number=Numbering("TJ"),
    happens=Happening(
        "sitting", minutes="minutes", where="venue", concerned=(w.PARTY, w.ASSIGNED), called_off=OVER
    ),
)

PROGRAMME = Programme(
    "mediation",
    T("矛盾纠纷调解", "Mediation"),
    T(
        "每周排查，早发现、早调解；谁的事只有谁知道。",
        "Weekly checks find disputes early; what is mediated is known to those involved alone.",
    ),
    case_types=(DISPUTE, DISPUTE_CHECK, CHECK_PLAN, MEDIATOR_FILE),
    refusals={**REFUSALS, **checkrules.REFUSALS},
    roles=(w.MEDIATOR, w.MEDIATION_LEAD),
)
