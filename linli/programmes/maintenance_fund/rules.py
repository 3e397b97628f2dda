"""Why something about the fund is refused, each in words that say what to do."""

from __future__ import annotations

from linli.rules.books.gate import SHUT
from linli.rules.text import T

VOTING = {
    "no-homes": T(
        "账户里没有这个范围内的房屋，请先登记房屋与业主",
        "The account has no homes in this scope; enter homes and owners first",
    ),
    "few-quotations": T("只有 {given} 家报价，至少要 {wanted} 家", "{given} quotations; {wanted} are needed"),
    "notice-too-short": T(
        "公告时间不够：表决最早从 {after} 的次日开始",
        "The notice is too short: voting can begin the day after {after}",
    ),
    "voting-days": T("表决天数应在 {low} 至 {high} 天之间", "Voting lasts between {low} and {high} days"),
    "not-open-yet": T("表决还没有开始", "Voting has not begun"),
    "vote-closed": T("表决已经截止", "Voting is closed"),
    "still-open": T("表决还没有截止，不能计票", "Voting is still open; it cannot be counted yet"),
    "not-on-the-roll": T(
        "表决册上没有这套房，请核对楼栋、单元和门牌",
        "The roll has no such unit; check building, entrance and door",
    ),
    "paper-waiting": T(
        "这一票的纸质票正等复核或裁定", "A paper ballot of this head waits to be checked or settled"
    ),
    "no-paper": T(
        "没有等待复核的纸质票：要先由另一人录入", "No paper ballot waits: somebody else has to enter it first"
    ),
    "same-reader": T("要由没有录入过这张票的人来办", "Somebody who has not read this ballot has to do it"),
    "no-difference": T("两次录入没有不一致", "The two readings do not differ"),
    "papers-open": T("还有 {n} 张纸质票没有复核或裁定", "{n} paper ballots are not checked or settled"),
    "no-mandate": T("代为投票要有书面委托的照片", "A proxy needs a photo of the written mandate"),
    "too-many-mandates": T("一名受托人最多受托 {most} 票", "One proxy holds {most} mandates at most"),
    "publicity-over": T(
        "公示期已满，请向街道或法院提出", "Publicity has ended; turn to the street office or a court"
    ),
    "no-objection": T("没有第 {n} 号待答复的异议", "No objection number {n} waits for an answer"),
    "ruling-incomplete": T(
        "要改判一张票，房屋和结论都要填", "To rule on a ballot, name both the unit and how it counts"
    ),
    "no-ballot": T("这套房没有投过票", "That unit has given no ballot"),
}
PAYING = {
    **{code: SHUT[code] for code in ("publicity-running", "objections-open", "over-limit")},
    "over-approved": T("合同比批准的多 {over} 元", "The contract is {over} yuan more than was approved"),
    "no-stage": T("合同里没有第 {n} 阶段", "The contract has no stage {n}"),
    "not-accepted": T("第 {n} 阶段还没有验收", "Stage {n} has not been accepted"),
    "over-stage": T("比本阶段约定的多 {over} 元", "{over} yuan more than agreed for this stage"),
    "bank-short": T("专户存款差 {short} 元", "The account is short of {short} yuan"),
    "nothing-paid": T("还没有付过款，不能决算", "Nothing has been paid; there is nothing to settle"),
    "stages-open": T("还有 {n} 个已验收的阶段没有付款", "{n} accepted stages are not paid"),
    "over-emergency": T(
        "应急使用不得超过 {limit} 元，请走表决", "An emergency may cost {limit} yuan at most; hold a vote"
    ),
}
KEEPING = {
    "title-before": T(
        "{home}：现在的权属从 {since} 起，新的要晚于它、不晚于今天",
        "{home}: the present title began on {since}; the new one has to begin later, and by today",
    ),
    "title-without-owner": T("{home}：已售的房屋要有业主", "{home}: a home that is sold has an owner"),
    "title-twice": T("{home} 写了两次", "{home} stands twice"),
    "title-elsewhere": T("{home} 不在这个社区", "{home} is not in this community"),
    "home-unknown": T(
        "账户里没有 {home}（共 {n} 套这样的房屋）", "The account has no {home} ({n} such homes)"
    ),
    "ref-twice": T("银行流水号 {ref} 在表里出现两次", "The bank’s number {ref} stands twice in the table"),
    "ref-booked": T(
        "银行流水号 {ref} 已经入过账（共 {n} 笔）",
        "The bank’s number {ref} was booked before ({n} such entries)",
    ),
    "owes-less": T("{home} 只欠 {owed} 元", "{home} owes {owed} yuan only"),
    "nothing-to-share": T("没有可分配的收益", "There are no gains to share out"),
    "no-balance": T("{home} 的账上没有余额", "Nothing stands on the account of {home}"),
    "no-voucher": T("没有可以冲销的第 {n} 号凭证", "There is no voucher {n} that could be reversed"),
    "reversed-already": T("第 {n} 号凭证已经冲销过", "Voucher {n} was reversed before"),
    "cannot-be-reversed": T(
        "只冲这几张，{account} 就不平了；请把同一笔和后面的凭证一起冲销",
        "{account} would no longer be right; reverse what belongs to it and what came later too",
    ),
    "not-reconciled": T("还有 {gap} 元差异没有列出", "{gap} yuan of difference are not listed"),
    "not-empty": T(
        "账户 {account} 还有余额，不能销户", "Something stands on {account}; the account cannot be closed"
    ),
}
SERVING = {
    "budget-short": T("收入还差 {short} 元才够支出", "Income is {short} yuan short of the costs"),
}
REFUSALS = {**VOTING, **PAYING, **KEEPING, **SERVING}
