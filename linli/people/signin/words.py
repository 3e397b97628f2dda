"""What sign-in says, in the page's language at the moment it is shown."""

from __future__ import annotations

from django.utils.functional import lazy
from django.utils.translation import get_language

from linli.rules.text import T


def say(text: T) -> str:
    """The text in the language of the page."""
    return text.in_(get_language() or "zh")


spoken = lazy(say, str)

ERRORS: dict[str, T] = {
    "account_inactive": T(
        "这个账号已停用，请联系管理员", "This account is closed; please ask your administrator"
    ),
    "incorrect_code": T(
        "验证码不对，请再看一眼短信", "That is not the code; please look at the message again"
    ),
    "incorrect_password": T("密码不对", "That is not the password"),
    "enter_current_password": T("请先填写现在的密码", "Please type your present password"),
    "invalid_login": T("登录名不对", "That is not a name to sign in with"),
    "phone_password_mismatch": T("用户名或密码不对", "The user name or the password is not right"),
    "username_password_mismatch": T("用户名或密码不对", "The user name or the password is not right"),
    "too_many_login_attempts": T(
        "试的次数太多了，请过几分钟再试", "Too many tries; please wait a few minutes"
    ),
    "rate_limited": T("请稍等一会儿再要验证码", "Please wait a little before asking for another code"),
    "phone_taken": T("这个电话号码已登记在另一人名下", "This phone number already belongs to another person"),
}
SECOND_FACTOR_ERRORS: dict[str, T] = {
    "incorrect_code": T(
        "动态码不对，或已经用过：等下一个再填",
        "That is not the code, or it was used already: wait for the next one",
    ),
    "cannot_delete_authenticator": T(
        "这是您唯一的第二重验证，先加上另一种再移除",
        "This is your only second factor; add another one before removing it",
    ),
    "cannot_generate_recovery_codes": T(
        "先设好动态码，再要备用码", "Set up codes first, then ask for spare codes"
    ),
}
MESSAGES: dict[str, T] = {
    "account/messages/login_code_sent.txt": T(
        "验证码已发出，5 分钟内有效", "The code is on its way; it is good for five minutes"
    ),
    "account/messages/password_changed.txt": T("密码已更改", "Your password is changed"),
    "account/messages/logged_out.txt": T("您已退出", "You are signed out"),
    "mfa/messages/totp_activated.txt": T("动态码已启用", "Codes from your app are set up"),
    "mfa/messages/totp_deactivated.txt": T("动态码已停用", "Codes from your app are removed"),
    "mfa/messages/webauthn_added.txt": T("通行密钥已添加", "The passkey is added"),
    "mfa/messages/webauthn_removed.txt": T("通行密钥已移除", "The passkey is removed"),
    "mfa/messages/recovery_codes_generated.txt": T(
        "新的备用码已生成，旧的不能再用", "New spare codes are made; the old ones no longer work"
    ),
    "socialaccount/messages/account_connected.txt": T(
        "单位账号已绑定", "Your organisation's account is linked"
    ),
    "socialaccount/messages/account_connected_updated.txt": T(
        "单位账号已绑定", "Your organisation's account is linked"
    ),
    "socialaccount/messages/account_connected_other.txt": T(
        "这个单位账号已绑定另一个人", "This organisation's account is linked to somebody else"
    ),
    "socialaccount/messages/account_disconnected.txt": T(
        "单位账号已解除绑定", "Your organisation's account is no longer linked"
    ),
}
CODE_MESSAGE = T(
    "【邻里】您的登录验证码是 {code}，5 分钟内有效，请勿告诉他人。",
    "[Linli] Your sign-in code is {code}, good for five minutes. Tell nobody.",
)
