"""In session: who is here, what is heard, what is put to a vote in which way, and what it came to."""

from __future__ import annotations

from linli.programmes.meetings import outcome, roll, votes
from linli.programmes.meetings import words as w
from linli.programmes.meetings.calling import ALL_SEATS, INVITEES, OPEN
from linli.rules.fields import Choice, Field, Integer, Option, Person, Text
from linli.rules.programme import STAY, Action, Fills, Leaves, Repeat, Takes
from linli.rules.roles import AUDITOR
from linli.rules.text import T
from linli.rules.who import Who
from linli.rules.wishes import Told

HOW = Choice(
    "how",
    T("怎样参会", "How"),
    (Option(w.ROOM, T("在现场", "In the room")), Option(w.VIDEO, T("视频", "By video"))),
    kept=False,
)
CHOICE = Choice(
    "choice",
    T("您的意见", "Your vote"),
    w.CHOICES,
    personal=True,
    kept=False,
    seen_by=(w.SECRETARY, AUDITOR),
    sealed_in=("voting",),
)
SLIP_TITLES = {
    "issued": T("发出票数", "Slips issued"),
    "returned": T("收回票数", "Slips returned"),
    w.AGREE: T("同意", "For"),
    w.AGAINST: T("反对", "Against"),
    w.ABSTAIN: T("弃权", "Abstained"),
    "invalid": T("无效票", "Invalid"),
}


def _slips(prefix: str, seen_by: tuple[Who, ...] = ()) -> tuple[Field, ...]:
    return tuple(
        Integer(f"{prefix}{k}", SLIP_TITLES[k], at_most=9999, seen_by=seen_by, kept=bool(prefix))
        for k in votes.SLIPS
    )


HERE = (w.VOTER, w.PRESENT)

COMING = (
    Action(
        "sign_in",
        T("签到", "Sign in"),
        OPEN,
        STAY,
        who=INVITEES,
        asks=(HOW,),
        guard=roll.may_sign_in,
        seats=(Takes(w.PRESENT, repeat=Repeat.REFUSE, measure=roll.presence),),
        discreet=True,
        says=T("您签到了。", "You signed in."),
    ),
    Action(
        "mark_present",
        T("登记到场", "Note who is here"),
        OPEN,
        STAY,
        who=(w.SECRETARY,),
        asks=(
            Person(
                "persons",
                T("谁到了", "Who is here"),
                of=w.CALLED,
                many=True,
                required=False,
                kept=False,
                seen_by=w.INSIDE,
            ),
            Integer(
                "others",
                T("其他到场人数", "How many others"),
                required=False,
                at_most=9999,
                help=T(
                    "应邀单位的人、旁听的居民，不在名单上的。",
                    "People of units, residents who listen: those on no list.",
                ),
            ),
        ),
        guard=roll.somebody,
        reads=ALL_SEATS,
        seats=(Fills(w.PRESENT, roll.marked),),
        says=T("秘书登记了到场的人。", "The secretary noted who is here."),
    ),
    Action(
        "leave",
        T("提前离会", "Leave early"),
        "in_session",
        STAY,
        who=(w.PRESENT,),
        seats=(Takes(w.PRESENT, measure=roll.away),),
        discreet=True,
        says=T("您提前离会。", "You left early."),
    ),
    Action(
        "mark_left",
        T("登记离会", "Note who left"),
        "in_session",
        STAY,
        who=(w.SECRETARY,),
        asks=(
            Person("persons", T("谁走了", "Who left"), of=w.PRESENT, many=True, kept=False, seen_by=w.INSIDE),
        ),
        reads=(w.PRESENT,),
        seats=(Fills(w.PRESENT, roll.left),),
    ),
    Action(
        "open",
        T("宣布开会", "Open the session"),
        "convened",
        "in_session",
        who=(w.SECRETARY, w.CHAIR),
        guard=roll.may_open,
        reads=HERE,
        finds=roll.opened,
        says=T("到会人数够了，会议开始。", "There is a quorum, and the session is open."),
    ),
    Action(
        "lapse",
        T("记为流会", "Record that it lapsed"),
        "convened",
        "lapsed",
        who=(w.SECRETARY,),
        guard=roll.may_lapse,
        reads=ALL_SEATS,
        finds=roll.lapsed,
        tells=roll.told,
        says=T("到会人数不足，会议没有开成。", "Too few came, and the meeting was not held."),
    ),
)

ITEMS = (
    Action(
        "hear",
        T("听取", "Hear"),
        "in_session",
        STAY,
        who=(w.SECRETARY,),
        asks=(
            w.ITEM,
            Text("presenter", T("报告人", "Who presented"), at_most=60, kept=False),
            Text(
                "remarks",
                T("讨论要点", "What was said"),
                required=False,
                at_most=2000,
                lines=4,
                kept=False,
                seen_by=w.INSIDE,
            ),
        ),
        guard=votes.may_hear,
        finds=votes.heard,
        says=T("会议听取了一项报告。", "The meeting heard a report."),
    ),
    Action(
        "defer",
        T("暂缓审议", "Defer an item"),
        "in_session",
        STAY,
        who=(w.SECRETARY,),
        asks=(w.ITEM, w.REASON),
        guard=votes.may_defer,
        finds=votes.deferred,
        says=T("一项议程暂缓。", "An item was deferred."),
    ),
    Action(
        "name_tellers",
        T("推定计票人、监票人", "Name teller and scrutineer"),
        "in_session",
        STAY,
        who=(w.SECRETARY,),
        asks=(
            Person("teller", T("计票人", "Teller"), of=w.PRESENT, kept=False),
            Person("scrutineer", T("监票人", "Scrutineer"), of=w.PRESENT, kept=False),
        ),
        guard=votes.tellers,
        reads=HERE,
        seats=(Takes(w.TELLER, "teller", alone=True), Takes(w.SCRUTINEER, "scrutineer", alone=True)),
        says=T("推定了计票人和监票人。", "Teller and scrutineer were named."),
    ),
    Action(
        "put_to_vote",
        T("付表决", "Put to the vote"),
        "in_session",
        "voting",
        who=(w.SECRETARY,),
        asks=(
            w.ITEM,
            Text("motion", T("表决的是什么", "What is voted on"), required=False, at_most=500, lines=2),
        ),
        guard=votes.may_put,
        reads=(*HERE, w.TELLER, w.SCRUTINEER),
        seats=(Leaves(w.BALLOT, ""), Leaves(w.COUNTED, "")),
        finds=votes.put,
        forgets=tuple(f"told_{k}" for k in votes.SLIPS),
        says=T("现在表决。", "The vote is on."),
    ),
)

VOTES = (
    Action(
        "vote",
        T("表决", "Vote"),
        "voting",
        STAY,
        who=(w.VOTER,),
        asks=(CHOICE,),
        guard=votes.may_vote,
        seats=(Takes(w.BALLOT),),
        discreet=True,
        says=T("您表决了。", "You voted."),
    ),
    Action(
        "read_out",
        T("代录口头表决", "Enter a vote read out"),
        "voting",
        STAY,
        who=(w.SECRETARY,),
        asks=(
            Person("voter", T("谁的表决", "Whose vote"), of=w.PRESENT, kept=False, seen_by=(w.SECRETARY,)),
            CHOICE,
        ),
        guard=votes.may_be_read,
        reads=HERE,
        seats=(Takes(w.BALLOT, "voter"),),
        discreet=True,
    ),
    Action(
        "end_vote",
        T("宣布记名表决结果", "Announce the named vote"),
        "voting",
        "in_session",
        who=(w.SECRETARY,),
        guard=votes.may_end,
        reads=(*HERE, w.BALLOT, Told(("vote", "read_out"), only=votes.standing)),
        finds=votes.ended,
        says=T("表决结果公布了。", "The result was announced."),
    ),
    Action(
        "count_hands",
        T("录入举手结果", "Enter the show of hands"),
        "voting",
        "in_session",
        who=(w.SECRETARY,),
        asks=tuple(
            Integer(k, SLIP_TITLES[k], at_most=9999, kept=False) for k in (w.AGREE, w.AGAINST, w.ABSTAIN)
        ),
        guard=votes.may_count_hands,
        reads=HERE,
        finds=votes.hands,
        says=T("表决结果公布了。", "The result was announced."),
    ),
    Action(
        "count_slips",
        T("计票人录入", "The teller’s count"),
        "voting",
        STAY,
        who=(w.TELLER, w.SECRETARY),
        asks=_slips("told_", (w.TELLER, AUDITOR)),
        guard=votes.may_count,
        reads=HERE,
        seats=(Takes(w.COUNTED, alone=True),),
    ),
    Action(
        "check_slips",
        T("监票人录入", "The scrutineer’s count"),
        "voting",
        "in_session",
        who=(w.SCRUTINEER, w.SECRETARY),
        not_by=(w.COUNTED,),
        asks=_slips(""),
        guard=votes.may_check,
        reads=(*HERE, w.COUNTED),
        finds=votes.checked,
        says=T("两人点票一致，表决结果公布了。", "Both counts agree, and the result was announced."),
    ),
    Action(
        "void_vote",
        T("本次表决作废", "Void this vote"),
        "voting",
        "in_session",
        who=(w.SECRETARY,),
        asks=(w.REASON,),
        says=T("这次表决作废，要重新表决。", "The vote was voided and is to be held again."),
    ),
)
CLOSING = (
    Action(
        "adopt",
        T("形成决议", "Adopt the resolution"),
        ("in_session", "closed"),
        STAY,
        who=(w.SECRETARY,),
        asks=(
            w.ITEM,
            Text("resolution", T("决议名称", "Title of the resolution"), at_most=120, kept=False),
            Text("mark", T("文号", "Reference number"), at_most=40, kept=False),
            Text(
                "resolution_text", T("决议正文", "Text of the resolution"), at_most=8000, lines=10, kept=False
            ),
        ),
        guard=outcome.may_adopt,
        finds=outcome.adopted,
        says=T("会议通过了决议。", "The meeting adopted a resolution."),
    ),
    Action(
        "close",
        T("宣布闭会", "Close the session"),
        "in_session",
        "closed",
        who=(w.SECRETARY, w.CHAIR),
        guard=outcome.nothing_left,
        reads=HERE,
        finds=outcome.closed,
        says=T("会议结束了。", "The session is closed."),
    ),
)
