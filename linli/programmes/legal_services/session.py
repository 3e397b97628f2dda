"""A session: office hours with places to book, or a talk for everybody; planned, booked, held, with who came."""

from __future__ import annotations

from linli.programmes.legal_services import session_rules as rules
from linli.programmes.legal_services import words as w
from linli.programmes.legal_services.session_figures import COUNTERS, INDICATORS
from linli.rules import signup
from linli.rules.fields import AskedIf, Choice, Contact, Integer, Option, Photos, Text
from linli.rules.parameters import p
from linli.rules.programme import (
    ACTOR,
    OPENING,
    STAY,
    Action,
    CaseType,
    Climb,
    Fills,
    Happening,
    Kind,
    Numbering,
    Repeat,
    State,
    Takes,
    To,
)
from linli.rules.roles import (
    ADMIN,
    AUDITOR,
    CLERK,
    CLOCK,
    COMMUNITY,
    GRID_MEMBER,
    LEADER,
    PUBLIC,
    RESIDENT,
    STREET,
    SYSTEM,
    UNIT_STAFF,
)
from linli.rules.text import T
from linli.rules.wishes import Named

OURS = (COMMUNITY, w.PARTNER)
AT_THE_DESK = (COMMUNITY, CLERK, GRID_MEMBER, w.PARTNER)
IS_TALK = AskedIf("kind", (w.TALK,))
KIND = Choice(
    "kind",
    T("什么活动", "What kind"),
    (
        Option(w.HOURS, T("坐诊（按名额预约）", "Office hours (by appointment)")),
        Option(w.TALK, T("百姓名嘴微讲堂（讲座）", "Talk (“People’s Speakers”)")),
    ),
    public=True,
)
TOPIC = Text("topic", T("主题", "Subject"), at_most=60, public=True)
SPEAKER = Text(
    "speaker",
    T("主讲", "Speaker"),
    at_most=60,
    public=True,
    required=False,
    asked_if=IS_TALK,
    help=T(
        "写身份，如“退休法官”；姓名须本人同意。",
        "Say what the speaker is, such as “retired judge”; a name only with consent.",
    ),
)
AUDIENCE = Text(
    "audience",
    T("适合谁听", "For whom"),
    at_most=60,
    public=True,
    required=False,
    asked_if=IS_TALK,
)
MODE = Choice(
    "mode",
    T("方式", "How"),
    (Option("room", T("现场", "In a room")), Option("online", T("线上", "On line"))),
    public=True,
)
PARTY = Integer(
    "party",
    T("几个人", "How many people"),
    at_least=1,
    at_most=20,
    required=False,
    unit=T("人", "people"),
    help=T(
        "不填为 1 人。坐诊按各自的事排时间，只是陪同的不算。",
        "1 if left out. At office hours count those with a matter of their own, not who only comes along.",
    ),
)
SUBJECT = Text(
    "subject",
    T("想问什么事（方便准备）", "What it is about, so that they can prepare"),
    required=False,
    at_most=200,
    lines=2,
    personal=True,
    seen_by=OURS,
    kept=False,
    help=T("只有坐诊的机构和社区能看到。", "Read by the partner and the community alone."),
)
GUEST = Contact(
    "guest", T("替谁预约", "For whom"), phone_required=False, seen_by=(COMMUNITY, CLERK, w.PARTNER)
)
LEAVER = Text("leaver", T("取消谁的预约（编号）", "Whose booking (its id)"), at_most=40, kept=False)
CAME_IDS = Text(
    "came",
    T("预约的人里谁来了（编号，以 ; 隔开）", "Who of those booked came (ids, joined by ;)"),
    required=False,
    at_most=40_000,
    lines=2,
    kept=False,
    seen_by=OURS,
)

STATES = (
    State(
        "planned",
        T("可以报名", "Open for booking"),
        Kind.STANDING,
        says=T("到时见，请提前几分钟到。", "See you there; please come a few minutes early."),
    ),
    State(
        "to_record",
        T("待登记", "To be recorded"),
        Kind.OPEN,
        turn=OURS,
        says=T("活动已经结束，机构正在登记。", "It is over; the partner is recording it."),
    ),
    State("held", T("已举行", "Held"), Kind.DONE, says=T("活动已经举行。", "It was held.")),
    State(
        "called_off", T("已取消", "Called off"), Kind.VOID, says=T("这场活动取消了。", "It was called off.")
    ),
)
OPENINGS = (
    Action(
        "plan",
        T("安排坐诊或讲座", "Plan office hours or a talk"),
        OPENING,
        "planned",
        who=(COMMUNITY, UNIT_STAFF, SYSTEM),
        reads=(Named("partner", seats=(w.PARTNER,)),),
        guard=rules.plannable,
        finds=rules.timed,
        seats=(Fills(w.PARTNER, rules.of_partner),),
        links=((w.HOURS_OF, "partner"),),
        says=T("活动安排好了。", "It was planned."),
    ),
)
BOOKING = (
    Action(
        "book",
        T("预约", "Book"),
        "planned",
        STAY,
        who=(RESIDENT,),
        asks=(PARTY, SUBJECT),
        guard=rules.bookable,
        seats=signup.signing("party"),
        discreet=True,
        says=T("您预约了。", "You booked."),
    ),
    Action(
        "book_for",
        T("替人预约", "Book for somebody"),
        "planned",
        STAY,
        who=AT_THE_DESK,
        asks=(GUEST, PARTY, SUBJECT),
        guard=rules.bookable_for,
        seats=signup.signing("party", head="guest"),
        discreet=True,
        many=False,
        says=T("社区替您预约了。", "The community booked for you."),
    ),
    Action(
        "cancel_booking",
        T("取消预约", "Cancel the booking"),
        "planned",
        STAY,
        who=(signup.PLACE, signup.QUEUE),
        reads=signup.READS,
        seats=signup.leaving(),
        also=signup.moving_up(ACTOR),
        discreet=True,
        says=T("您取消了预约。", "You cancelled your booking."),
    ),
    Action(
        "cancel_for",
        T("替人取消预约", "Cancel somebody’s booking"),
        "planned",
        STAY,
        who=AT_THE_DESK,
        asks=(LEAVER,),
        guard=rules.signed_up,
        reads=signup.READS,
        seats=signup.leaving("leaver"),
        also=signup.moving_up("leaver"),
        discreet=True,
        says=T("社区取消了一个预约。", "The community cancelled a booking."),
    ),
)
CHANGING = (
    Action(
        "change_room",
        T("换地点或名额", "Change the room or the places"),
        "planned",
        STAY,
        who=OURS,
        asks=(
            Text("venue", w.VENUE.title, at_most=120, public=True, required=False),
            Integer(
                "capacity", w.CAPACITY.title, at_most=2000, unit=w.CAPACITY.unit, required=False, public=True
            ),
        ),
        guard=rules.roomy_enough,
        reads=(*signup.READS, signup.PLACE),
        tally=True,
        also=signup.moving_up(),
        tells=rules.placed,
        says=T("地点或名额有变化。", "The room or the number of places has changed."),
    ),
    Action(
        "change_time",
        T("改时间", "Change the time"),
        "planned",
        STAY,
        who=OURS,
        asks=(w.STARTS, w.MINUTES, w.REASON),
        guard=rules.moved,
        reads=(signup.PLACE, signup.QUEUE),
        finds=rules.timed,
        tells=rules.all_told,
        says=T(
            "时间改了；来不了请取消预约。", "The time has changed; if it does not suit you, please cancel."
        ),
    ),
    Action(
        "call_off",
        T("取消这一场", "Call it off"),
        "planned",
        "called_off",
        who=OURS,
        asks=(w.REASON,),
        reads=(signup.PLACE, signup.QUEUE),
        tells=rules.all_told,
        says=T("这一场取消了。", "It was called off."),
    ),
    Action(
        "not_held",
        T("没有办成", "It did not take place"),
        "to_record",
        "called_off",
        who=OURS,
        within=p("record_within"),
        asks=(w.REASON,),
        reads=(signup.PLACE, signup.QUEUE),
        tells=rules.all_told,
        says=T("这一场没有办成。", "It did not take place."),
    ),
    Action(
        "follow_partner",
        T("随机构的安排调整", "Follow the partner’s change"),
        "planned",
        To(("planned", "called_off"), rules.follows),
        who=(SYSTEM,),
        asks=(
            Text("off_from", T("从", "From"), at_most=10, kept=False),
            Text("off_until", T("到", "Until"), at_most=10, kept=False),
            Text("off_kept", T("保留的时间", "Hours that stay"), at_most=400, required=False, kept=False),
            Text("off_reason", T("理由", "Reason"), at_most=500, kept=False),
        ),
        reads=(signup.PLACE, signup.QUEUE),
        finds=rules.off_for_partner,
        tells=rules.told_if_off,
        says=T("机构的安排有变化。", "The partner’s arrangements have changed."),
    ),
    Action(
        "remind",
        T("前一天提醒", "Reminder the day before"),
        "planned",
        STAY,
        who=(CLOCK,),
        at="remind_at",
        reads=(signup.PLACE,),
        finds=lambda _: {"remind_at": 0},
        tells=rules.placed,
        says=T("提醒您：明天有您预约的活动。", "A reminder: what you booked is tomorrow."),
    ),
    Action(
        "over",
        T("时间已过，待登记", "Over: to be recorded"),
        "planned",
        "to_record",
        who=(CLOCK,),
        at="ends_at",
        finds=lambda _: {"remind_at": 0},
        quiet=True,
    ),
)
RECORDING = (
    Action(
        "hold",
        T("登记举行情况", "Record how it went"),
        ("planned", "to_record"),
        "held",
        who=OURS,
        asks=(
            CAME_IDS,
            Integer("heads", T("一共来了几人", "How many came in all"), at_most=5000, unit=T("人", "people"), public=True,
                    help=T("没有预约就来的也数进去。", "Those without a booking are counted too.")),
            Integer("materials", T("发放资料", "Materials given"), at_most=5000, unit=T("份", "copies"), required=False, public=True),
            Text("note", T("讲了什么、问了什么（不写个人情况）", "What was said and asked (nothing about persons)"),
                 at_most=1000, lines=3, required=False),
            Photos("photos", T("现场照片", "Photos"), required=False, at_most=6),
        ),
        guard=rules.held_soundly,
        reads=(signup.PLACE,),
        seats=(Fills(signup.CAME, rules.attending),),
        says=T("活动举行了。", "It was held."),
    ),
    Action(
        "feed_back",
        T("评价", "Rate"),
        "held",
        STAY,
        who=(signup.CAME,),
        asks=(w.SCORE, w.WORD),
        seats=(Takes(w.RATED, ACTOR, repeat=Repeat.REFUSE),),
        discreet=True,
        says=T("您作了评价。", "You rated it."),
    ),
)  # fmt: skip

LEGAL_SESSION = CaseType(
    w.SESSIONS,
    T("坐诊与讲座", "Legal session"),
    place="where",
    summary="topic",
    category="kind",
    public=True,
    fields=(
        w.WHERE,
        KIND,
        TOPIC,
        w.MAYBE_PARTNER,
        w.STARTS,
        w.MINUTES,
        MODE,
        w.VENUE,
        w.CAPACITY,
        SPEAKER,
        AUDIENCE,
    ),
    columns=("kind", "starts", "heads"),
    states=STATES,
    actions=(*OPENINGS, *BOOKING, *CHANGING, *RECORDING),
    relations=(w.PARTNER, signup.PLACE, signup.QUEUE, signup.CAME, w.RATED),
    seen_by=(
        COMMUNITY,
        CLERK,
        GRID_MEMBER,
        STREET,
        LEADER,
        AUDITOR,
        ADMIN,
        w.PARTNER,
        signup.PLACE,
        signup.QUEUE,
        signup.CAME,
        RESIDENT,
        PUBLIC,
    ),
    counters=COUNTERS,
    indicators=INDICATORS,
    climb=Climb((COMMUNITY, STREET), every=p("climb_every"), remind=p("remind_before")),
    number=Numbering("PF"),
    happens=Happening("starts", minutes="minutes", where="venue", public=True, called_off=("called_off",)),
)
