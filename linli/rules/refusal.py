"""Why something was refused: a code for the phone call, a reason in both languages, and the fields it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from linli.rules.text import T

HOUSE_CODES: dict[str, T] = {
    "unknown-action": T("没有这一办理动作", "There is no such action"),
    "not-from-here": T(
        "事项现为“{state}”，不能“{action}”", "The case is “{state}”; “{action}” is not possible from there"
    ),
    "not-yours": T(
        "“{action}”不在您的职责之内：应由{who}办理", "“{action}” is not among your duties: it is for {who}"
    ),
    "same-person": T(
        "“{action}”须由另一人办理：您是本事项的{relation}",
        "“{action}” needs somebody else: you are the {relation} of this case",
    ),
    "answers": T("有些内容需要补充或更正", "Some answers are missing or need correcting"),
    "already": T(
        "您已经办过一次“{action}”，不能重复", "You have already done “{action}”; it cannot be repeated"
    ),
    "meanwhile": T(
        "这期间事项已有变化，请看过后再办", "The case has moved on meanwhile; please look and decide again"
    ),
    "bad-key": T(
        "提交编号不对：应为 1 至 200 个可见字符",
        "Not a submission key: 1 to 200 visible characters are expected",
    ),
    "key-reused": T(
        "同一提交编号下已有另一内容，请重新打开页面再办",
        "This submission key was used for something else; reopen the page",
    ),
    "pending": T("“{action}”已在等待审批", "“{action}” is already waiting for approval"),
    "not-pending": T("没有等待审批的“{action}”", "No “{action}” is waiting for approval"),
    "own-request": T("审批人不能是申请人", "Who asked for it cannot approve it"),
    "no-such-case": T("没有这一事项，或您无权查看", "There is no such case, or it is not yours to see"),
    "too-early": T(
        "办理时间不能早于事项已有的记录，也不能在将来",
        "The time given lies before what is recorded, or in the future",
    ),
    "not-booked": T(
        "账上不能这样登记（{code}），什么也没有记", "The books do not take this ({code}); nothing was entered"
    ),
    "signed-up": T("您已经报过名了", "You have signed up already"),
    "no-rule": T("这一天没有有效的规则：{name}", "No rule is in force on that day: {name}"),
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a guard answers when it refuses: ``code`` documented in the programme's or the house's codes."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)
    fields: Mapping[str, T] = field(default_factory=dict)


class Refused(Exception):
    """An act that was not taken. Nothing was written; what was typed is for the face to keep.

    Attributes:
        code: stable and documented, such as ``not-yours``.
        reason: one sentence in both languages.
        fields: field key → what is wrong with that answer.
        meanwhile: for the code ``meanwhile``, the sequence numbers of the entries that came between.
    """

    def __init__(
        self, code: str, reason: T, fields: Mapping[str, T] | None = None, meanwhile: tuple[int, ...] = ()
    ) -> None:
        super().__init__(
            f"{code}: {reason.en}" + "".join(f"; {k}: {v.en}" for k, v in (fields or {}).items())
        )
        self.code = code
        self.reason = reason
        self.fields: dict[str, T] = dict(fields or {})
        self.meanwhile = meanwhile


def refused(
    code: str, /, *, fields: Mapping[str, T] | None = None, meanwhile: tuple[int, ...] = (), **values: object
) -> Refused:
    """A ``Refused`` with one of the house's codes, its sentence filled with ``values``."""
    return Refused(code, HOUSE_CODES[code].format(**values), fields, meanwhile)
