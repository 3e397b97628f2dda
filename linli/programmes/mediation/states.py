"""Where a dispute can stand, whose step is next, and the sentence that the parties read."""

from __future__ import annotations

from linli.programmes.mediation.words import ASSIGNED, MEDIATION_LEAD, PARTY, REGISTRAR, TAKEN_ON
from linli.rules.programme import Kind, State
from linli.rules.text import T
from linli.rules.who import Who


def _state(key: str, zh: str, en: str, kind: Kind, says: tuple[str, str], *turn: Who) -> State:
    return State(key, T(zh, en), kind, turn=turn, says=T(*says))


STATES = (
    _state("urgent", "重大风险待报告", "High risk, to be reported", Kind.OPEN,
           ("您提到有人可能受到伤害，我们马上联系您。正在发生危险请先打 110。",
            "You said that somebody may be harmed; we will call you at once. If it is happening now, call 110 first."),
           MEDIATION_LEAD, REGISTRAR),
    _state("applied", "待受理", "Applied for", Kind.OPEN,
           ("已收到调解申请，调委会正在看是否受理。对方还没有接到通知。",
            "The application has arrived; the committee is looking at it. The other side has not been told yet."),
           MEDIATION_LEAD),
    _state("accepted", "待指派", "Mediator to be assigned", Kind.OPEN,
           ("已受理，正在安排调解员。", "It is accepted; a mediator is being found."), MEDIATION_LEAD),
    _state("assigned", "待接案", "To be taken on", Kind.OPEN,
           ("已指派调解员，等他确认没有需要回避的情况。",
            "A mediator is assigned and is to declare that nothing keeps him from it."), ASSIGNED),
    _state("mediating", "调解中", "Being mediated", Kind.OPEN,
           ("正在调解。调解不收费，您可以随时要求停止。",
            "It is being mediated. That costs nothing, and you can ask to stop at any time."), TAKEN_ON),
    _state("signing", "待签字", "To be signed", Kind.WAITING,
           ("协议书已写好。请先看清全文和每一条，再决定签不签。",
            "The agreement is written. Read all of it and every term before you decide whether to sign."),
           PARTY, TAKEN_ON),
    _state("agreed", "协议履行中", "In effect, to be performed", Kind.WAITING,
           ("协议已经生效，请按约定的日期履行。",
            "The agreement is in effect; please do what was agreed by the dates agreed."), TAKEN_ON),
    _state("confirming", "司法确认中", "Before the court to be confirmed", Kind.WAITING,
           ("已共同向法院申请司法确认，等法院的裁定。",
            "Both sides have asked the court to confirm it; the ruling is awaited."), TAKEN_ON),
    _state("breached", "未按约履行", "Not performed", Kind.OPEN,
           ("有一方没有按协议履行，调解员正在处理。",
            "One side has not done what was agreed; the mediator is seeing to it."), TAKEN_ON, MEDIATION_LEAD),
    _state("following", "待回访", "Follow-up due", Kind.OPEN,
           ("协议已履行，过些日子调解员会来回访。",
            "The agreement was performed; the mediator will look in after a while."), TAKEN_ON),
    _state("closed", "已结案", "Closed", Kind.DONE, ("已经回访结案。再起纠纷可以重新调解。",
           "It was followed up and is closed. If it flares up again it can be mediated again.")),
    _state("unsettled", "调解终止", "Ended without agreement", Kind.DONE,
           ("没有达成协议，调解终止。您可以依法申请仲裁、行政处理或者起诉。",
            "No agreement was reached. You may turn to arbitration, an authority or the court.")),
    _state("referred", "已引导其他途径", "Referred", Kind.DONE,
           ("已引导到其他途径解决。", "It was referred to where it can be settled.")),
    _state("refused", "不予受理", "Not accepted", Kind.REFUSED,
           ("不属于人民调解的范围，已告诉您找哪里。",
            "It is not for mediation; you were told where to turn.")),
    _state("withdrawn", "已撤回", "Withdrawn", Kind.VOID, ("申请人撤回了申请。", "The applicant withdrew it.")),
)  # fmt: skip

BEFORE = ("urgent", "applied")
"""The other side knows nothing yet."""
OPEN_TO_CHANGE = ("accepted", "assigned", "mediating")
IN_HAND = ("assigned", "mediating")
IN_EFFECT = ("agreed", "confirming", "breached", "following", "closed")
"""An agreement is in effect: the dispute counts as solved."""
OVER = ("closed", "unsettled", "referred", "refused", "withdrawn")
