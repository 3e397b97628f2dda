"""Meetings 议事协商会: called with notice, people invited and checked in, held, recorded; somebody else confirms the minutes."""

from __future__ import annotations

from linli.programmes.deliberation import council_rules as rules
from linli.programmes.deliberation import words as w
from linli.programmes.deliberation.words import (
    ANSWERED,
    CONVENERS,
    FACILITATOR,
    FOLLOWER,
    GUEST,
    INVITED,
    INVITED_UNIT,
    ON_AGENDA,
    RECORDER,
    SUPPORTER,
    VOTED,
)
from linli.rules.fields import (
    AskedIf,
    CaseRef,
    Choice,
    Contact,
    Integer,
    Option,
    Person,
    Photos,
    Place,
    Text,
    Units,
)
from linli.rules.parameters import Until, p
from linli.rules.place import Level
from linli.rules.programme import (
    ACTOR,
    OPENING,
    STAY,
    Action,
    CaseType,
    Climb,
    Counter,
    Fills,
    Happening,
    Kind,
    Leaves,
    Numbering,
    React,
    Repeat,
    State,
    Takes,
)
from linli.rules.roles import COMMUNITY, RESIDENT, STREET
from linli.rules.signup import CAME, PLACE, QUEUE, READS, leaving, moving_up, once, signing
from linli.rules.text import T
from linli.rules.when import When
from linli.rules.wishes import Linked, Named

OPEN_TO_GUESTS = ("called", "in_session")
KNOWING = (*w.STAFF, INVITED, PLACE, INVITED_UNIT)
"""Who needs the number of a video meeting."""
SUBJECT = Text(
    "subject", T("会议名称", "Name of the meeting"), at_least=4, at_most=60, public=True,
    help=T("如“四月议事协商会：3号楼加装电梯”", "Such as “April meeting: a lift for building 3”"),
)  # fmt: skip
WHERE = Place(
    "where", T("哪个社区或楼院", "Where"), level=Level.BUILDING, or_above=Level.COMMUNITY, public=True
)
STARTS = When("starts", T("什么时候开", "When it begins"), public=True)
LASTS = Integer(
    "lasts",
    T("大约开多久", "About how long"),
    at_least=15,
    at_most=480,
    unit=T("分钟", "minutes"),
    public=True,
)
VENUE = Text(
    "venue", T("在哪里开", "Where it is held"), at_most=100, public=True,
    help=T("如“社区二楼议事厅”", "Such as “council room, second floor of the community house”"),
)  # fmt: skip
FORMAT = Choice(
    "format",
    T("怎么开", "How it is held"),
    (
        Option("in_person", T("现场", "In person")),
        Option("video", T("视频", "By video")),
        Option("both", T("现场加视频", "In person and by video")),
    ),
    public=True,
)
VIDEO = Text(
    "video",
    T("视频会议号", "How to join by video"),
    at_most=100,
    seen_by=KNOWING,
    asked_if=AskedIf("format", ("video", "both")),
    help=T("只有受邀和报名的人看得到。", "Only those invited or signed up see it."),
)
SEATS = Integer(
    "capacity",
    T("给居民留几个座位", "Seats for residents who sign up"),
    required=False,
    at_most=300,
    unit=T("个", "seats"),
    public=True,
    help=T(
        "不填就是不限；满了以后报名的排候补。",
        "Left out: no limit. Who signs up when it is full waits on a list.",
    ),
)
URGENT = Text(
    "urgent_reason",
    T("为什么来不及提前通知", "Why notice cannot be given in time"),
    required=False,
    at_most=300,
    lines=2,
    public=True,
    help=T("只有急事才填；会写在公告上。", "For urgent matters alone; it stands on the notice."),
)
INVITEE = Contact("invitee", T("请谁来", "Who is invited"), seen_by=(*CONVENERS, STREET))
ATTENDEE = Contact("attendee", T("谁到了", "Who came"), seen_by=(*CONVENERS, STREET))
FROM_IDEA = CaseRef(
    "idea", T("哪一条金点子", "Which idea"), type="idea",
    help=T("提出人和附议的人都会收到邀请。填编号，如 JD-2024-0012",
           "Who offered it and who supports it are invited. Its number, such as JD-2024-0012"),
)  # fmt: skip
FROM_TOPIC = CaseRef(
    "topic", T("哪一件议题", "Which topic"), type="topic",
    help=T("关注的居民都会收到邀请。填编号，如 YT-2024-0003", "Who follows it is invited. Its number, such as YT-2024-0003"),
)  # fmt: skip
COMES = Choice(
    "comes",
    T("您来吗", "Do you come"),
    (Option("yes", T("来", "I come")), Option("no", T("来不了", "I cannot"))),
    kept=False,
    seen_by=(*CONVENERS, STREET),
)
INVITED_HERE = Person(
    "invited_here",
    T("受邀的人里谁到了", "Who of the invited is here"),
    required=False,
    kept=False,
    of=INVITED,
    many=True,
    seen_by=(*CONVENERS, STREET),
)
SIGNED_HERE = Person(
    "signed_here",
    T("报名的人里谁到了", "Who of those signed up is here"),
    required=False,
    kept=False,
    of=PLACE,
    many=True,
    seen_by=(*CONVENERS, STREET),
)
INVITED_UNITS = Units("units", T("请哪些单位", "Which units are invited"), many=True)
GUEST_UNITS = Units("units", T("哪些单位到了", "Which units came"), many=True)
MINUTES = Text(
    "minutes",
    T("会议纪要", "Minutes"),
    at_least=20,
    at_most=10_000,
    lines=12,
    public=True,
    help=T(
        "写各方怎么说、怎么定。公开发布，不写个人姓名、电话、门牌。",
        "What each side said and what was decided. It is published: no names, phone numbers or doors.",
    ),
)
SHOTS = Photos("shots", T("会场照片", "Photos of the meeting"), required=False)
WRONG = Text("wrong", T("哪里不对", "What is wrong"), at_most=1000, lines=2, seen_by=w.STAFF)

STATES = (
    State("called", T("已通知", "Called"), Kind.OPEN, turn=CONVENERS,
          says=T("会议已经通知，欢迎到会。", "The meeting is called; come along.")),
    State("in_session", T("开会中", "In session"), Kind.OPEN, turn=CONVENERS,
          says=T("会议正在进行。", "The meeting is in session.")),
    State("held", T("待写纪要", "Minutes to be written"), Kind.OPEN, turn=CONVENERS,
          says=T("会开完了，正在写纪要。", "The meeting is over; its minutes are being written.")),
    State("recorded", T("纪要待核", "Minutes to be confirmed"), Kind.OPEN, turn=CONVENERS,
          says=T("纪要写好了，另一人正在核对。", "The minutes are written; somebody else is reading them over.")),
    State("published", T("纪要已公布", "Minutes published"), Kind.DONE, says=T("会议纪要已经公布。", "The minutes are published.")),
    State("cancelled", T("已取消", "Cancelled"), Kind.VOID, says=T("这次会取消了。", "The meeting was cancelled.")),
)  # fmt: skip

CALLING = (
    Action(
        "call", T("召集会议", "Call a meeting"), OPENING, "called",
        who=CONVENERS, guard=rules.noticed_in_time, finds=rules.own_id,
        says=T("会议召集了，公告已发。", "The meeting was called and announced."),
    ),
    Action(
        "reschedule", T("改时间地点", "Reschedule"), "called", STAY,
        who=CONVENERS, asks=(STARTS, VENUE, URGENT, w.REASON), restarts=True,
        reads=(INVITED, PLACE), guard=rules.noticed_in_time, tells=rules.all_expected,
        seats=(Leaves(ANSWERED, ""),),
        says=T("时间或地点改了。", "The time or the place has changed."),
    ),
    Action(
        "more_seats", T("增加座位", "Add seats"), "called", STAY,
        who=CONVENERS, asks=(SEATS,), reads=READS, tally=True, also=moving_up(), quiet=True,
    ),
    Action(
        "invite", T("邀请一位居民", "Invite somebody"), OPEN_TO_GUESTS, STAY,
        who=CONVENERS, asks=(INVITEE,), quiet=True, tells=rules.the_invited,
        seats=(Takes(INVITED, "invitee", repeat=Repeat.REFUSE),),
    ),
    Action(
        "invite_of_idea", T("邀请附议的人", "Invite an idea’s supporters"), "called", STAY,
        who=CONVENERS, asks=(FROM_IDEA,), quiet=True,
        reads=(INVITED, Named("idea", seats=(w.AUTHOR, SUPPORTER))),
        guard=rules.somebody_new, tells=rules.newly_invited,
        seats=(Fills(INVITED, rules.invitations),),
        says=T("邀请了提出和附议金点子的居民。", "Who offered and supports the idea was invited."),
    ),
    Action(
        "invite_of_topic", T("邀请关注议题的人", "Invite a topic’s followers"), "called", STAY,
        who=CONVENERS, asks=(FROM_TOPIC,), quiet=True,
        reads=(INVITED, Named("topic", seats=(FOLLOWER, VOTED))),
        guard=rules.somebody_new, tells=rules.newly_invited,
        seats=(Fills(INVITED, rules.invitations),),
        says=T("邀请了关注议题的居民。", "Who follows the topic was invited."),
    ),
    Action(
        "invite_units", T("邀请单位列席", "Invite units"), OPEN_TO_GUESTS, STAY,
        who=CONVENERS, asks=(INVITED_UNITS,),
        seats=(Takes(INVITED_UNIT, "units"),),
        says=T("邀请了有关单位列席。", "Units were invited as guests."),
    ),
    Action(
        "answer_invitation", T("答复邀请", "Answer the invitation"), "called", STAY,
        who=(INVITED,), asks=(COMES,), quiet=True, discreet=True,
        seats=(Takes(ANSWERED, ACTOR, measure=rules.coming),),
        says=T("您答复了邀请。", "You answered the invitation."),
    ),
    Action(
        "sign_up", T("我要参加", "Sign up"), "called", STAY,
        who=(RESIDENT,), not_by=(INVITED,), quiet=True, discreet=True,
        guard=once, seats=signing(),
    ),
    Action(
        "give_up", T("来不了了", "Give up my seat"), "called", STAY,
        who=(PLACE, QUEUE), quiet=True, discreet=True, tally=True,
        reads=READS, seats=leaving(), also=moving_up(ACTOR),
    ),
    Action(
        "cancel", T("取消会议", "Cancel"), "called", "cancelled",
        who=CONVENERS, asks=(w.REASON,),
        reads=(INVITED, PLACE), tells=rules.all_expected,
        reacts=(React(ON_AGENDA, "from", "left_over", carry=("meeting_id", "reason")),),
        says=T("会议取消了。", "The meeting was cancelled."),
    ),
)  # fmt: skip

HOLDING = (
    Action(
        "open_meeting", T("开会", "Open the meeting"), "called", "in_session",
        who=CONVENERS, within=Until("starts"), guard=rules.time_has_come,
        says=T("会议开始签到。", "The meeting was opened; people are checked in."),
    ),
    Action(
        "check_in", T("签到", "Check in"), "in_session", STAY,
        who=(INVITED, PLACE), quiet=True, discreet=True,
        seats=(Takes(CAME, ACTOR, repeat=Repeat.REFUSE, measure=rules.one_person),),
    ),
    Action(
        "roll_call", T("点名", "Call the roll"), "in_session", STAY,
        who=CONVENERS, asks=(INVITED_HERE, SIGNED_HERE), quiet=True,
        reads=(INVITED, PLACE, CAME), guard=rules.somebody_ticked,
        seats=(Fills(CAME, rules.those_present),),
    ),
    Action(
        "record_attendance", T("登记到会的人", "Record somebody who came"), "in_session", STAY,
        who=CONVENERS, asks=(ATTENDEE,), quiet=True,
        seats=(Takes(CAME, "attendee", repeat=Repeat.REFUSE, measure=rules.one_person),),
    ),
    Action(
        "record_guests", T("登记列席单位", "Record units that came"), "in_session", STAY,
        who=CONVENERS, asks=(GUEST_UNITS,), quiet=True,
        seats=(Takes(GUEST, "units"),),
    ),
    Action(
        "close_meeting", T("散会", "Close the meeting"), "in_session", "held",
        who=CONVENERS, tally=True,
        reads=(Linked(ON_AGENDA), CAME, GUEST), guard=rules.nothing_is_being_voted, finds=rules.who_came,
        reacts=(React(ON_AGENDA, "from", "left_over", carry=("meeting_id",)),),
        says=T("会议结束。", "The meeting was closed."),
    ),
    Action(
        "adjourn", T("流会改期", "Adjourn"), "in_session", "called",
        who=CONVENERS, asks=(STARTS, VENUE, w.REASON),
        reads=(INVITED, PLACE, Linked(ON_AGENDA)), guard=rules.may_adjourn, tells=rules.all_expected,
        seats=(Leaves(CAME, ""), Leaves(ANSWERED, ""), Leaves(GUEST, "")),
        says=T("到会的人不够，改期再开。", "Too few had come; it is held another day."),
    ),
    Action(
        "write_minutes", T("写会议纪要", "Write the minutes"), "held", "recorded",
        who=CONVENERS, within=p("minutes_within"), asks=(MINUTES, SHOTS),
        seats=(Takes(RECORDER, ACTOR, alone=True),),
        says=T("纪要写好了，等另一人核对。", "The minutes are written and wait to be confirmed."),
    ),
    Action(
        "return_minutes", T("退回修改", "Send the minutes back"), "recorded", "held",
        who=CONVENERS, not_by=(RECORDER,), asks=(WRONG,), quiet=True,
    ),
    Action(
        "confirm_minutes", T("核对无误，公布", "Confirm and publish"), "recorded", "published",
        who=CONVENERS, not_by=(RECORDER,), within=p("confirm_within"),
        reads=(INVITED, PLACE, CAME), tells=rules.all_expected,
        says=T("纪要核对无误，公布了。", "The minutes were confirmed and published."),
    ),
)  # fmt: skip

VISITS, MEETINGS = T("人次", "person-visits"), T("次", "meetings held")
COUNTERS = (
    Counter("meetings_held", T("议事协商会", "Meetings held"), MEETINGS, of="close_meeting"),
    Counter("attendance", T("到会", "Attendance"), VISITS, of="close_meeting", amount=rules.came),
    Counter("minutes_published", T("公布纪要", "Minutes published"), MEETINGS, of="confirm_minutes", headline=False),
    Counter("adjourned", T("流会", "Adjourned for want of people"), MEETINGS, of="adjourn", headline=False),
)  # fmt: skip

COUNCIL = CaseType(
    "council",
    T("议事协商会", "Deliberation meeting"),
    place="where",
    summary="subject",
    public=True,
    milestones=("close_meeting",),
    happens=Happening(
        "starts",
        minutes="lasts",
        where="venue",
        public=True,
        concerned=(INVITED, PLACE),
        called_off=("cancelled",),
    ),
    fields=(SUBJECT, WHERE, STARTS, LASTS, VENUE, FORMAT, VIDEO, SEATS, URGENT),
    columns=("starts", "venue"),
    states=STATES,
    actions=(*CALLING, *HOLDING),
    relations=(INVITED, PLACE, QUEUE, ANSWERED, CAME, INVITED_UNIT, GUEST, RECORDER),
    seen_by=(*w.EVERYBODY, INVITED, PLACE, QUEUE, CAME, INVITED_UNIT, GUEST),
    counters=COUNTERS,
    climb=Climb((FACILITATOR, COMMUNITY, STREET), every=p("climb_every"), remind=p("remind_before")),
    number=Numbering("YS"),
)
