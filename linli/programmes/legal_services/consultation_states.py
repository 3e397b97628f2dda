"""Where a question can stand, whose step is next, and the sentence its asker reads."""

from __future__ import annotations

from linli.programmes.legal_services import words as w
from linli.rules.programme import Kind, State
from linli.rules.roles import COMMUNITY
from linli.rules.text import T

STATES = (
    State(
        "asked",
        T("待分派", "To be assigned"),
        Kind.OPEN,
        turn=(COMMUNITY,),
        says=T(
            "问题收到了，正在找合适的机构。",
            "Your question has arrived; a partner who knows the field is being found.",
        ),
    ),
    State(
        "assigned",
        T("待受理", "To be accepted"),
        Kind.OPEN,
        turn=(w.PARTNER,),
        says=T("已交给机构，等它受理。", "A partner has it and has to accept it."),
    ),
    State(
        "answering",
        T("研究答复中", "Being answered"),
        Kind.OPEN,
        turn=(w.PARTNER,),
        says=T("机构正在研究您的问题。", "The partner is working on your question."),
    ),
    State(
        "answered",
        T("已答复", "Answered"),
        Kind.WAITING,
        turn=(w.ASKER,),
        says=T("请看答复；没说清楚可以追问。", "Please read the answer; if it is not clear, ask back."),
    ),
    State(
        "closed", T("已结束", "Closed"), Kind.DONE, says=T("这次咨询已经结束。", "This question is closed.")
    ),
    State(
        "checking",
        T("公开稿待核对", "Public version to be checked"),
        Kind.OPEN,
        turn=(COMMUNITY,),
        says=T("去掉个人信息的公开稿正在核对。", "A version without names is being checked."),
    ),
    State(
        "published",
        T("已公开问答", "Published"),
        Kind.DONE,
        says=T(
            "问答已去掉个人信息公开；您随时可以撤回同意。",
            "It stands on the public page without names; you can take back your consent at any time.",
        ),
    ),
    State(
        "handed_on",
        T("已转出", "Handed on"),
        Kind.REFUSED,
        says=T("这不是法律问题，已告诉您该找谁。", "It is not a question of law; you were told whose it is."),
    ),
    State(
        "withdrawn",
        T("已撤回", "Withdrawn"),
        Kind.VOID,
        says=T("您撤回了这个问题。", "You withdrew this question."),
    ),
)
