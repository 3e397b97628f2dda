"""A meeting of a body: where it can stand, what can be done with it, what is counted."""

from __future__ import annotations

from linli.programmes.meetings import outcome, votes
from linli.programmes.meetings import words as w
from linli.programmes.meetings.after import AFTERWARDS
from linli.programmes.meetings.calling import CALLING, FIELDS
from linli.programmes.meetings.session import CLOSING, COMING, ITEMS, VOTES
from linli.rules.parameters import p
from linli.rules.programme import CaseType, Climb, Counter, Happening, Indicator, Kind, Numbering, State
from linli.rules.roles import ADMIN, AUDITOR, CITY, COMMUNITY, COUNTY, LEADER, RESIDENT, STREET
from linli.rules.text import T

STATES = (
    State(
        "convened",
        T("已通知", "Convened"),
        Kind.OPEN,
        turn=(w.SECRETARY,),
        says=T(
            "会议已经通知，请看时间、地点和议程，回复能否参加。",
            "The meeting is convened; see time, place and agenda, and say whether you come.",
        ),
    ),
    State(
        "in_session",
        T("正在开会", "In session"),
        Kind.OPEN,
        turn=(w.SECRETARY,),
        says=T("会议正在进行。", "The meeting is in session."),
    ),
    State(
        "voting",
        T("正在表决", "Voting"),
        Kind.OPEN,
        turn=(w.SECRETARY,),
        says=T("正在表决一项议程。", "An item is being voted on."),
    ),
    State(
        "closed",
        T("待写纪要", "Minutes to be written"),
        Kind.OPEN,
        turn=(w.SECRETARY,),
        says=T("会议结束了，正在写纪要。", "The meeting is over; the minutes are being written."),
    ),
    State(
        "minuted",
        T("纪要待审", "Minutes to be approved"),
        Kind.WAITING,
        turn=(w.CHAIR, w.SECRETARY),
        says=T("纪要写好了，等另一位审定。", "The minutes wait for somebody else’s approval."),
    ),
    State(
        "settled",
        T("纪要已定", "Minutes approved"),
        Kind.DONE,
        says=T("纪要已经审定。", "The minutes are approved."),
    ),
    State(
        "published",
        T("已公开", "Published"),
        Kind.DONE,
        says=T("决议已经公开。", "The resolution is published."),
    ),
    State(
        "lapsed",
        T("流会", "Lapsed"),
        Kind.VOID,
        says=T("到会人数不足，没有开成。", "Too few came; it was not held."),
    ),
    State(
        "cancelled", T("已取消", "Cancelled"), Kind.VOID, says=T("会议取消了。", "The meeting was cancelled.")
    ),
)
TIMES, DOCUMENTS, PERSON_VISITS = T("次", "meetings"), T("件", "documents"), T("人次", "person-visits")
DECIDING = ("end_vote", "count_hands", "check_slips")
COUNTERS = (
    Counter("convened", T("召集会议", "Meetings convened"), TIMES, of="convene", headline=False),
    Counter("held", T("召开会议", "Meetings held"), TIMES, of="close"),
    Counter("heard", T("听取报告", "Documents heard"), DOCUMENTS, of="hear"),
    Counter("adopted", T("审议通过", "Documents adopted"), DOCUMENTS, of=DECIDING, when=votes.passed),
    Counter(
        "not_adopted",
        T("审议未通过", "Documents not adopted"),
        DOCUMENTS,
        of=DECIDING,
        when=votes.fell,
        headline=False,
    ),
    Counter("resolutions", T("形成决议", "Resolutions"), DOCUMENTS, of="adopt"),
    Counter("attendance", T("参会", "Attendance"), PERSON_VISITS, of="close", amount=outcome.attended),
    Counter(
        "members_came",
        T("到会成员", "Members who came"),
        PERSON_VISITS,
        of=("close", "lapse"),
        amount=outcome.came,
        headline=False,
    ),
    Counter(
        "members_due",
        T("应到成员", "Members who were called"),
        PERSON_VISITS,
        of=("close", "lapse"),
        amount=outcome.due,
        headline=False,
    ),
    Counter("lapsed", T("流会", "Lapsed for want of a quorum"), TIMES, of="lapse", headline=False),
)
INDICATORS = (
    Indicator(
        "attendance_rate",
        T("成员到会率", "Attendance of members"),
        numerator=("members_came",),
        denominator=("members_due",),
        formula=T(
            "到会成员 ÷ 应到成员（有表决权的，含流会的会议）",
            "voting members who came ÷ those who were called (lapsed meetings included)",
        ),
    ),
)

ASSEMBLY = CaseType(
    "assembly",
    T("会议", "Meeting"),
    place="where",
    summary="title",
    raised="convene",
    fields=FIELDS,
    states=STATES,
    actions=(*CALLING, *COMING, *ITEMS, *VOTES, *CLOSING, *AFTERWARDS),
    relations=(
        w.CALLED,
        w.VOTER,
        w.ATTENDANT,
        w.GUEST,
        w.UNIT,
        w.CHAIR,
        w.ANSWERED,
        w.PRESENT,
        w.BALLOT,
        w.TELLER,
        w.SCRUTINEER,
        w.COUNTED,
        w.WRITER,
    ),
    seen_by=(
        w.PRESENT,
        w.SECRETARY,
        COMMUNITY,
        STREET,
        COUNTY,
        CITY,
        LEADER,
        AUDITOR,
        ADMIN,
        w.VOTER,
        w.ATTENDANT,
        w.GUEST,
        w.UNIT,
        w.CHAIR,
        w.TELLER,
        w.SCRUTINEER,
        RESIDENT,
    ),
    open_where="open_doors",
    posted=("published",),
    reachable=(w.CHAIR, w.VOTER, w.ATTENDANT, w.GUEST),
    columns=("starts", "format", "session_no"),
    counters=COUNTERS,
    indicators=INDICATORS,
    climb=Climb((w.SECRETARY, LEADER), every=p("climb_every"), remind=p("remind_before")),
    number=Numbering("HY"),
    keeps=T(
        "《中华人民共和国档案法》第十三条（会议的表决、纪要应当归档）",
        "Archives Law, article 13 (votes and minutes of meetings are to be kept)",
    ),
    milestones=("convene", "adopt"),
    happens=Happening(
        "starts",
        minutes="minutes",
        where="venue",
        public=True,
        concerned=(w.VOTER, w.ATTENDANT, w.GUEST, w.UNIT),
        called_off=("cancelled", "lapsed"),
    ),
)
