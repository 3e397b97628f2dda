"""How a question comes onto the public page: written without names, checked by somebody else, and off it again at any time."""

from __future__ import annotations

from linli.programmes.legal_services import consultation_rules as rules
from linli.programmes.legal_services import words as w
from linli.rules.fields import Text
from linli.rules.parameters import p
from linli.rules.programme import ACTOR, STAY, Action, Leaves, Takes, To
from linli.rules.roles import COMMUNITY
from linli.rules.text import T

OURS = (COMMUNITY, w.PARTNER)
BEFORE_ANSWER = ("asked", "assigned", "answering")
PUBLIC_TITLE = Text("public_title", T("公开的标题", "Title to publish"), at_most=60, public=True)
PUBLIC_QUESTION = Text(
    "public_question", T("公开的问题", "Question to publish"), at_most=1500, lines=4, public=True
)
PUBLIC_ANSWER = Text(
    "public_answer", T("公开的答复", "Answer to publish"), at_most=4000, lines=6, public=True
)
PUBLISHING = (
    Action(
        "write_up",
        T("写公开稿", "Write the public version"),
        "closed",
        "checking",
        who=OURS,
        asks=(PUBLIC_TITLE, PUBLIC_QUESTION, PUBLIC_ANSWER),
        guard=rules.publishable,
        seats=(Takes(w.WRITER, ACTOR, alone=True),),
        quiet=True,
        says=T("写好了去掉个人信息的公开稿。", "A version without names was written."),
    ),
    Action(
        "publish",
        T("核对无误，公开", "Checked: publish"),
        "checking",
        "published",
        who=(COMMUNITY,),
        not_by=(w.WRITER,),
        within=p("check_within"),
        guard=rules.still_agreed,
        says=T("去掉个人信息后公开了。", "It was published without names."),
    ),
    Action(
        "send_back",
        T("公开稿退回修改", "Send the version back"),
        "checking",
        "closed",
        who=(COMMUNITY,),
        asks=(w.REASON,),
        forgets=("public_title", "public_question", "public_answer"),
        quiet=True,
        says=T("公开稿退回修改。", "The version went back to be changed."),
    ),
    Action(
        "take_down",
        T("从公开页撤下", "Take it off the page"),
        "published",
        "closed",
        who=(COMMUNITY,),
        asks=(w.REASON,),
        forgets=("public_title", "public_question", "public_answer"),
        says=T("从公开页撤下了。", "It was taken off the public page."),
    ),
    Action(
        "withdraw_consent",
        T("撤回公开的同意", "Take back the consent to publish"),
        (*BEFORE_ANSWER, "answered", "closed", "checking", "published"),
        To((*BEFORE_ANSWER, "answered", "closed"), rules.off_the_page),
        who=(w.CONSENTS,),
        finds=lambda _: {"may_publish": False},
        seats=(Leaves(w.CONSENTS),),
        forgets=("public_title", "public_question", "public_answer"),
        says=T(
            "您撤回了公开的同意；公开的内容已撤下。",
            "You took back your consent; what was published is off the page.",
        ),
    ),
    Action(
        "agree",
        T("同意公开", "Agree to publish"),
        (*BEFORE_ANSWER, "answered", "closed"),
        STAY,
        who=(w.ASKER,),
        not_by=(w.CONSENTS,),
        finds=lambda _: {"may_publish": True},
        seats=(Takes(w.CONSENTS, ACTOR),),
        says=T("您同意去掉个人信息后公开。", "You agreed that it may be published without names."),
    ),
)
