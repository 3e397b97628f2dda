"""Before the session: convening, invitations, answers, changes of time and agenda, and who chairs in another's place."""

from __future__ import annotations

from linli.programmes.meetings import roll as rules
from linli.programmes.meetings import votes
from linli.programmes.meetings import words as w
from linli.rules.fields import (
    AskedIf,
    CaseRef,
    Choice,
    Contact,
    Field,
    Flag,
    Integer,
    Option,
    Person,
    Photos,
    Table,
    Text,
    Units,
)
from linli.rules.programme import OPENING, STAY, Action, Approval, Fills, Repeat, Takes
from linli.rules.roles import CLOCK, SYSTEM
from linli.rules.text import T
from linli.rules.when import When
from linli.rules.wishes import Named

MINUTES = T("分钟", "minutes")
READERS = (w.SECRETARY, w.VOTER, w.ATTENDANT, w.GUEST, w.UNIT, w.CHAIR)
"""Who was called or invited, and the secretaries: for their eyes alone is the link."""
INVITEES = (w.VOTER, w.ATTENDANT, w.GUEST, w.UNIT)
OPEN = ("convened", "in_session", "voting")
"""The states in which people come and go."""

STARTS = When("starts", T("什么时候开", "When it begins"), public=True)
LASTS = Integer("minutes", T("大约多久", "How long"), at_least=10, at_most=1440, unit=MINUTES)
FORMAT = Choice("format", T("怎样开", "How it meets"), w.FORMATS, public=True)
VENUE = Text(
    "venue", T("会场", "Room"), at_most=80, public=True, asked_if=AskedIf("format", (w.ROOM, w.BOTH))
)
LINK = Text(
    "link",
    T("视频会议号或链接", "Number or address of the video room"),
    at_most=300,
    personal=True,
    seen_by=READERS,
    asked_if=AskedIf("format", (w.VIDEO, w.BOTH)),
    help=T("只有受邀的人看得到。", "Only those invited see it."),
)
AGENDA = Table(
    "agenda",
    T("议程", "Agenda"),
    columns=(
        Text("title", T("内容", "Item"), at_most=120),
        Choice(
            "kind",
            T("听取还是表决", "Heard or voted on"),
            (Option(w.HEAR, T("听取", "To be heard")), Option(w.VOTE, T("审议表决", "To be voted on"))),
        ),
        Choice("way", T("表决方式", "Way of voting"), w.WAYS, asked_if=AskedIf("kind", (w.VOTE,))),
        Choice(
            "needs",
            T("票数要求", "Votes needed"),
            (
                Option("ordinary", T("按议事规则", "As its rules say")),
                Option(w.TWO_THIRDS, T("三分之二以上", "Two thirds")),
            ),
            required=False,
            asked_if=AskedIf("kind", (w.VOTE,)),
        ),
        Text("presenter", T("谁来讲", "Presented by"), required=False, at_most=60),
        Text("document", T("材料要点", "The document in short"), required=False, at_most=2000, lines=3),
    ),
    at_least=1,
    at_most=40,
    public=True,
)
PAPERS = Photos(
    "papers", T("会议材料（照片）", "Documents (photos)"), required=False, at_most=9, seen_by=READERS
)
FIELDS: tuple[Field, ...] = (
    w.WHERE,
    CaseRef("body", T("哪个机构", "Which body"), type="meeting_body", states=("standing",)),
    Text("title", T("会议名称", "Title"), at_most=100, public=True),
    Integer(
        "session_no",
        T("第几次会议", "Number of the meeting"),
        at_least=1,
        at_most=999,
        required=False,
        public=True,
    ),
    STARTS,
    LASTS,
    FORMAT,
    VENUE,
    LINK,
    AGENDA,
    PAPERS,
    Flag(
        "open_doors",
        T("公开会议，居民可以旁听", "Open to the public: residents may listen"),
        required=False,
        public=True,
    ),
    Text(
        "urgent",
        T("紧急召开的理由", "Why it is urgent"),
        required=False,
        at_most=300,
        lines=2,
        help=T("通知时间不够时填写。", "Where there is less notice than is due."),
    ),
)
READS_BODY = Named("body", seats=(w.MEMBER, w.CHAIR))
ROLL = (
    Fills(w.CALLED, rules.everybody),
    Fills(w.VOTER, rules.voters),
    Fills(w.ATTENDANT, rules.attendants),
    Fills(w.CHAIR, rules.chairs),
    Fills(w.PRESENT, rules.gone),
)
ALL_SEATS = (w.CALLED, w.VOTER, w.ATTENDANT, w.GUEST, w.CHAIR, w.PRESENT)

CALLING = (
    Action(
        "convene",
        T("召集会议", "Convene"),
        OPENING,
        "convened",
        who=(w.SECRETARY,),
        guard=rules.may_convene,
        reads=(READS_BODY,),
        seats=ROLL,
        finds=rules.frozen,
        links=((w.OF_BODY, "body"),),
        tells=rules.told_first,
        says=T("请您参加会议。", "You are called to the meeting."),
    ),
    Action(
        "refresh_roll",
        T("成员名单随机构更新", "The roll follows the body"),
        "convened",
        STAY,
        who=(SYSTEM,),
        reads=(READS_BODY, *ALL_SEATS),
        seats=ROLL,
        quiet=True,
        says=T("成员有变动，会议名单随之更新。", "Members changed, and the roll with them."),
    ),
    Action(
        "invite_units",
        T("邀请单位", "Invite units"),
        ("convened", "in_session"),
        STAY,
        who=(w.SECRETARY,),
        asks=(Units("units", T("哪些单位", "Which units"), many=True, kept=False), w.NOTE),
        seats=(Takes(w.UNIT, "units"),),
        says=T("邀请了有关单位。", "Units were invited."),
    ),
    Action(
        "invite",
        T("邀请个人", "Invite a person"),
        ("convened", "in_session"),
        STAY,
        who=(w.SECRETARY,),
        asks=(
            Contact("guest", T("邀请谁", "Whom"), seen_by=(w.SECRETARY, w.CHAIR)),
            Text("capacity", T("以什么身份", "In which capacity"), at_most=60, kept=False),
        ),
        seats=(Takes(w.GUEST, "guest", repeat=Repeat.REFUSE), Takes(w.CALLED, "guest", rank=rules.last)),
        tells=rules.told_guest,
        says=T("邀请了有关人员。", "A person was invited."),
    ),
    Action(
        "answer",
        T("回复能否参加", "Say whether you come"),
        "convened",
        STAY,
        who=INVITEES,
        asks=(
            Choice(
                "coming",
                T("您能参加吗", "Can you come?"),
                (
                    Option(w.COMES, T("到会", "I come")),
                    Option(w.VIDEO, T("视频参会", "I join by video")),
                    Option(w.EXCUSED, T("请假", "I cannot come")),
                ),
                kept=False,
            ),
            Text(
                "excuse",
                T("请假的原因", "Why you cannot come"),
                at_most=300,
                lines=2,
                personal=True,
                kept=False,
                seen_by=(w.SECRETARY, w.CHAIR),
                asked_if=AskedIf("coming", (w.EXCUSED,)),
                help=T("只有秘书和主持人看得到。", "Only the secretary and the chair read it."),
            ),
        ),
        guard=rules.may_answer,
        seats=(Takes(w.ANSWERED, measure=rules.answer),),
        discreet=True,
        says=T("您回复了通知。", "You answered the notice."),
    ),
    Action(
        "change_agenda",
        T("调整议程", "Change the agenda"),
        "convened",
        STAY,
        who=(w.SECRETARY,),
        asks=(AGENDA, PAPERS, w.REASON),
        guard=rules.can_vote,
        reads=ALL_SEATS,
        tells=rules.told,
        says=T("议程有调整，请再看一遍。", "The agenda was changed; please read it again."),
    ),
    Action(
        "amend_agenda",
        T("会上增改议程", "Change the agenda in session"),
        "in_session",
        STAY,
        who=(w.SECRETARY,),
        asks=(AGENDA, w.REASON),
        guard=votes.keeps_done,
        approval=Approval((w.CHAIR,)),
        says=T("主持人同意，议程有增改。", "With the chair’s consent the agenda was changed."),
    ),
    Action(
        "hand_chair",
        T("委托他人主持", "Let somebody else chair"),
        ("convened", "in_session"),
        STAY,
        who=(w.CHAIR, w.SECRETARY),
        asks=(Person("acting", T("由谁主持", "Who chairs"), of=w.VOTER), w.REASON),
        reads=ALL_SEATS,
        seats=(Takes(w.CHAIR, "acting", alone=True),),
        says=T("这次会议由另一位成员主持。", "Another member chairs this meeting."),
    ),
    Action(
        "postpone",
        T("改期", "Put off"),
        "convened",
        STAY,
        who=(w.SECRETARY,),
        asks=(STARTS, w.REASON),
        guard=rules.ahead,
        reads=(READS_BODY, *ALL_SEATS),
        seats=ROLL,
        finds=rules.reminding,
        tells=rules.told,
        says=T("会议改期了，请看新的时间。", "The meeting was put off; please see the new time."),
    ),
    Action(
        "cancel",
        T("取消会议", "Cancel"),
        "convened",
        "cancelled",
        who=(w.SECRETARY,),
        asks=(w.REASON,),
        reads=ALL_SEATS,
        tells=rules.told,
        says=T("会议取消了。", "The meeting was cancelled."),
    ),
    Action(
        "remind",
        T("会前提醒", "Reminder"),
        "convened",
        STAY,
        who=(CLOCK,),
        at="remind_at",
        reads=ALL_SEATS,
        finds=rules.reminded,
        tells=rules.told,
        says=T("会议快要开了，请准时参加。", "The meeting is near; please be on time."),
    ),
)
