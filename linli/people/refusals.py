"""Why this floor refuses: stable codes with a sentence in both languages. Same exception as a refused act."""

from __future__ import annotations

from linli.rules.refusal import Refused
from linli.rules.text import T

PEOPLE_CODES: dict[str, T] = {
    "bad-phone": T(
        "电话号码不对：请填 11 位手机号，或带区号的座机号",
        "Not a phone number: give 11 digits of a mobile phone, or a landline with its area code",
    ),
    "not-mobile": T("请填能收短信的手机号", "Please give a mobile number that can receive messages"),
    "bad-name": T("姓名不对：请填 1 到 {most} 个字", "Not a name: give 1 to {most} characters"),
    "phone-taken": T("这个电话号码已登记在另一人名下", "This phone number already belongs to another person"),
    "no-such-person": T("没有这个人，或其资料已删除", "There is no such person, or the data were erased"),
    "person-busy": T(
        "此人还有未结束的职责，请先结束职责再删除资料",
        "This person still holds a duty; end the duties before erasing the data",
    ),
    "kept-by-law": T(
        "依法须保存，不能删除：{law}（{cases}）",
        "The law bids to keep it: {law} ({cases})",
    ),
    "no-such-field": T("没有“{field}”这一项", "There is no field “{field}”"),
    "nothing-there": T("这一项没有内容", "Nothing is recorded in this field"),
    "reason-missing": T(
        "请写明查看的原因，至少 {least} 个字", "Please say why you open it, in at least {least} characters"
    ),
    "not-your-place": T("此处不在您的职责范围之内", "This place is not within your duties"),
    "sign-in-first": T("请先登录", "Please sign in first"),
    "admin-only": T(
        "只有本区域或上级区域的管理员可以办理",
        "Only an administrator of this region, or of one above it, may do this",
    ),
    "unknown-role": T("没有“{role}”这一职责", "There is no role “{role}”"),
    "bad-region": T("没有这样的区划代码：{code}", "Not a region's code: {code}"),
    "bad-dates": T("结束日期不能早于开始日期", "The last day lies before the first"),
    "outside-duty": T("日期须在该职责的起止日期之内", "The days must lie within the duty's own"),
    "duty-overlaps": T(
        "此人在该区域已有同一职责，日期重叠",
        "This person already holds the same duty there on some of these days",
    ),
    "substitute-overlaps": T("这段时间已有人代班", "Somebody already stands in on some of these days"),
    "own-substitute": T("不能由本人代班", "Nobody can stand in for himself"),
    "unit-missing": T("责任单位人员和成员须写明单位", "Unit staff and members of a body need a unit"),
    "no-such-unit": T("没有这个单位", "There is no such unit"),
    "no-such-duty": T("没有这一职责", "There is no such duty"),
    "username-taken": T("这个用户名已有人使用", "This user name is taken"),
    "bad-username": T(
        "用户名须为 3 到 40 个小写字母、数字、点或短横",
        "A user name has 3 to 40 small letters, digits, dots or hyphens",
    ),
    "key-reused": T("同一提交编号下已有另一内容", "This submission key was used for something else"),
}


def refused(code: str, /, *, field: str | None = None, **values: object) -> Refused:
    """A ``Refused`` with one of this floor's codes; ``field`` names the answer it is about."""
    reason = PEOPLE_CODES[code].format(field=field or "", **values)
    return Refused(code, reason, {field: reason} if field else {})
