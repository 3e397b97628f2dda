"""What is refused in a dispute, in words that say what is wrong and what to do."""

from __future__ import annotations

from linli.rules.text import T

REFUSALS = {
    "with-oneself": T(
        "申请人和被申请人是同一个人，请核对姓名电话",
        "The applicant and the other side are the same person; please check name and telephone",
    ),
    "mediator-not-active": T(
        "{name}现在不在册（暂停或离任），请另选一位",
        "{name} is suspended or has left; please choose somebody else",
    ),
    "mediator-is-party": T(
        "这位调解员是本案当事人，必须回避，请另选一位",
        "This mediator is a party of the case and has to stand aside; please choose somebody else",
    ),
    "mediator-stood-aside": T(
        "这位调解员已回避，或者当事人不同意由他调解，不能再指派",
        "This mediator stood aside or a party objected to him; he cannot be assigned again",
    ),
    "mediator-assigned": T("这位调解员已经在本案里", "This mediator is on the case already"),
    "mediator-lives-there": T(
        "这位调解员和当事人住同一栋楼，容易被认为偏向一方，请另选一位",
        "This mediator lives in the same building as a party and would not seem impartial; please choose somebody else",
    ),
    "not-competent": T(
        "这类纠纷不在他的擅长范围；确实合适的，请写明理由后指派",
        "This kind of dispute is not among his; if he is right for it all the same, say why and assign him",
    ),
    "declare-first": T(
        "接案前要声明与双方没有利害关系；有的请选“回避”",
        "Declare first that nothing ties you to either side; if something does, choose “Stand aside”",
    ),
    "objected-enough": T(
        "已经换过 {n} 次调解员；还不放心请直接找调委会主任商量，或者要求停止调解",
        "The mediator was changed {n} times already; speak with the head of the committee, or ask to stop the mediation",
    ),
    "sitting-in-past": T(
        "调解时间已经过去，请选以后的时间", "That time is past; choose one that is still to come"
    ),
    "sitting-not-yet": T(
        "约定的调解在 {when}，还没有到；提前进行的请先改约",
        "The sitting is arranged for {when}; if it was held earlier, arrange it anew first",
    ),
    "consent-needed": T(
        "延长期限要双方同意：请先征得同意再勾选",
        "More time needs the consent of both sides: ask them first, then tick it",
    ),
    "no-sitting-yet": T(
        "还没有调解记录，不能写协议：请先登记一次调解",
        "No sitting stands in the record; enter one before the agreement",
    ),
    "term-in-past": T("第 {n} 条的履行日期已经过去，请改", "The day in row {n} is past; please change it"),
    "read-first": T(
        "请先看完协议全文和每一条，再签字", "Read the whole agreement and every term before you sign"
    ),
    "signed-already": T(
        "这一方已经签过字了，不用再登记",
        "This side has signed already; there is nothing to enter",
    ),
    "not-all-signed": T(
        "还有 {n} 位当事人没有签字，协议不能生效",
        "{n} parties have not signed yet; the agreement cannot take effect",
    ),
    "no-later-day": T("新的期限要晚于现在约定的 {day}", "The new day has to lie after the one agreed, {day}"),
    "oral-not-confirmed": T(
        "口头协议没有协议书，法院不受理司法确认；需要的请先补写协议书",
        "The court confirms written agreements; this one is oral. Write it down and sign it first",
    ),
    "confirm-too-late": T(
        "司法确认要在协议生效之日起三十日内共同申请（到 {day}），已经过期；协议仍然有效，对方不履行可以起诉",
        "Confirmation has to be asked for within thirty days from the effect ({day}); that is over. The agreement still "
        "binds, and who does not perform it can be sued on it",
    ),
    "relapse-too-late": T(
        "结案已超过 {days}，请作为新的纠纷登记",
        "It was closed more than {days} ago; please register it as a new dispute",
    ),
}
