"""The words of public events: roles, relations, and the fields that organisers, residents and the gate fill in."""

from __future__ import annotations

from dataclasses import replace

from linli.rules.fields import (
    CaseRef,
    Choice,
    Contact,
    Day,
    Flag,
    Integer,
    Option,
    Person,
    Photos,
    Place,
    Table,
    Text,
)
from linli.rules.place import Level
from linli.rules.roles import CLERK, COMMUNITY
from linli.rules.signup import PLACE, QUEUE
from linli.rules.text import T
from linli.rules.when import When
from linli.rules.who import Relation, Role

ORGANISER = Role("organiser", T("活动组织者", "Organiser of events"))
GATE = Role("gate", T("检票员", "Gate staff"))
AT_GATE = (GATE, ORGANISER)
"""Who lets people in."""

BOOKED = Relation("booked", T("报了本活动场次的人", "Who is signed up for sessions of it"))
RATED = Relation("rated", T("评价过的人", "Who gave feedback"))
SESSION_OF = "session_of"
"""The link from a session to the event that it belongs to."""
SESSIONS = "sessions"
"""The measure of BOOKED: in how many sessions that have not taken place yet somebody has a place or waits."""

EVENT_KEY, SESSION_KEY = "event_programme", "event_session"
HEADS = T("人次", "person-visits")
MOST_OF_A_PARTY = 5

WHERE = Place(
    "where",
    T("在哪个社区（全区的活动选区县）", "Which community (the county for one that tours it)"),
    or_above=Level.COUNTY,
    public=True,
)
KINDS = (
    Option("science", T("科普", "Science")),
    Option("culture", T("文化艺术", "Arts and culture")),
    Option("health", T("健康", "Health")),
    Option("sport", T("体育健身", "Sport")),
    Option("children", T("亲子", "Families")),
    Option("safety", T("安全教育", "Safety")),
    Option("help", T("便民义诊义修", "Free services")),
    Option("other", T("其他", "Something else")),
)
KIND = Choice("kind", T("哪一类活动", "What kind"), KINDS, public=True)
EVENT_TITLE = Text("title", T("活动名称", "Name of the event"), at_most=60, public=True)
ABOUT = Text(
    "about",
    T("活动介绍", "What it is"),
    at_most=2000,
    lines=4,
    public=True,
    help=T(
        "写给居民看：看什么、做什么、要带什么。", "For residents: what they will see and do, what to bring."
    ),
)
WHOM = Choice(
    "whom",
    T("适合谁", "For whom"),
    (
        Option("everybody", T("所有居民", "Everybody")),
        Option("families", T("家庭（大人带孩子）", "Families")),
        Option("children", T("少年儿童", "Children and teenagers")),
        Option("elders", T("老年人", "Older people")),
    ),
    public=True,
)
AGE_FROM = Integer(
    "age_from", T("最小年龄", "From age"), required=False, at_most=120, unit=T("岁", "years"), public=True
)
AGE_TO = Integer(
    "age_to", T("最大年龄", "To age"), required=False, at_most=120, unit=T("岁", "years"), public=True
)
PARTNERS = Table(
    "partners",
    T("主办和协办单位", "Who runs it"),
    (
        Text("unit", T("单位", "Organisation"), at_most=60, public=True),
        Choice(
            "part",
            T("怎样参与", "Its part"),
            (
                Option("host", T("主办", "Host")),
                Option("organiser", T("承办", "Organiser")),
                Option("co", T("协办", "Partner")),
                Option("support", T("支持", "Supporter")),
            ),
            public=True,
        ),
    ),
    required=False,
    at_most=12,
    public=True,
)
ACCESS_OPTIONS = (
    Option("step_free", T("无障碍，轮椅可直达座位", "Step-free to the seats")),
    Option("with_help", T("有台阶，有人帮助轮椅上下", "Steps; staff help wheelchairs")),
    Option("stairs", T("只有楼梯", "Stairs only")),
)
ACCESS = Choice("access", T("轮椅能不能进", "Access for wheelchairs"), ACCESS_OPTIONS, public=True)
VENUE = Text("venue", T("场地", "Venue"), at_most=60, public=True)
ADDRESS = Text("address", T("地址", "Address"), at_most=120, public=True)
REACH = Text(
    "reach",
    T("怎么去", "How to get there"),
    required=False,
    at_most=200,
    public=True,
    help=T("如公交线路、从哪个门进", "Such as bus lines and which door"),
)
VENUES = Table(
    "venues",
    T("场地", "Venues"),
    (
        VENUE,
        ADDRESS,
        ACCESS,
        Integer(
            "seats", T("座位数", "Seats"), at_least=1, at_most=20_000, unit=T("座", "seats"), public=True
        ),
        REACH,
    ),
    at_least=1,
    at_most=40,
    public=True,
)
BEGINS_ON = Day("begins_on", T("第一天", "First day"), public=True)
ENDS_ON = Day("ends_on", T("最后一天", "Last day"), public=True)
EACH_AT_MOST = Integer(
    "each_at_most",
    T("每人最多同时报几场", "Sessions one person may hold at a time"),
    required=False,
    at_least=1,
    at_most=50,
    unit=T("场", "sessions"),
    public=True,
    help=T(
        "不填就不限。热门活动建议 1 至 2 场，让更多人轮到。",
        "Left out: no limit. One or two let more people in.",
    ),
)
OPENS_AT = When(
    "sign_up_opens",
    T("什么时候开始报名", "Sign-up opens"),
    required=False,
    public=True,
    help=T("不填就从公布场次时开始。", "Left out: as soon as a session is announced."),
)
INQUIRIES = Text(
    "inquiries",
    T("咨询电话或地点", "Where to ask"),
    required=False,
    at_most=80,
    public=True,
    help=T("写单位的电话，不写个人手机。", "An office’s number, nobody’s own telephone."),
)
EVENT_FIELDS = (
    WHERE, EVENT_TITLE, KIND, ABOUT, WHOM, AGE_FROM, AGE_TO, PARTNERS, VENUES, BEGINS_ON, ENDS_ON, EACH_AT_MOST,
    OPENS_AT, INQUIRIES,
)  # fmt: skip
CHANGEABLE = tuple(
    replace(f, required=False)
    for f in (
        ABOUT,
        WHOM,
        AGE_FROM,
        AGE_TO,
        PARTNERS,
        replace(VENUES, at_least=0),
        ENDS_ON,
        EACH_AT_MOST,
        INQUIRIES,
    )
)
"""What an event can change about itself; what is left out stays as it is."""

EVENT = CaseRef(
    "event",
    T("属于哪个活动", "Which event it belongs to"),
    type=EVENT_KEY,
    states=("running",),
    public=True,
    help=T("填活动编号，如 HD-2024-0001", "Its number, such as HD-2024-0001"),
)
TITLE = Text(
    "title",
    T("片名或主题", "Film or topic"),
    at_most=80,
    public=True,
    help=T("居民在日程上看到的名字", "The name residents see in the calendar"),
)
AT_VENUE = replace(
    VENUE,
    required=False,
    help=T(
        "写活动登记过的场地名；只有一个场地时不用填。",
        "One of the event’s venues; may be left out where there is but one.",
    ),
)
STARTS = When("starts", T("开始时间", "Starts"), public=True)
MINUTES = Integer(
    "minutes", T("时长", "Length"), at_least=5, at_most=1440, unit=T("分钟", "minutes"), public=True
)
CAPACITY = Integer(
    "capacity", T("名额", "Places"), at_least=1, at_most=20_000, unit=T("人", "people"), public=True
)
PARTY_AT_MOST = Integer(
    "party_at_most",
    T("一次最多报几人", "Largest party"),
    required=False,
    at_least=1,
    at_most=MOST_OF_A_PARTY,
    unit=T("人", "people"),
    public=True,
)
FROM = When("sign_up_from", T("报名开始", "Sign-up opens"), required=False, public=True)
UNTIL = When(
    "sign_up_until",
    T("报名截止", "Sign-up ends"),
    required=False,
    public=True,
    help=T("不填就是开场前两小时。", "Left out: two hours before the start."),
)
PERMIT = Text(
    "permit",
    T("大型活动安全许可文号", "Safety permit for a large event"),
    required=False,
    at_most=60,
    help=T("每场预计一千人以上的活动要有。", "Needed where a thousand people or more are expected."),
)
SESSION_FIELDS = (
    WHERE, EVENT, TITLE, AT_VENUE, replace(ADDRESS, required=False), replace(ACCESS, required=False), STARTS, MINUTES,
    CAPACITY, PARTY_AT_MOST, FROM, UNTIL, PERMIT,
)  # fmt: skip
ROWS = Table(
    "sessions",
    T("场次", "Sessions"),
    (TITLE, AT_VENUE, STARTS, MINUTES, CAPACITY),
    at_least=1,
    at_most=40,
    kept=False,
)

PERSONS = Integer(
    "persons",
    T("一共几人", "How many people"),
    required=False,
    at_least=1,
    at_most=MOST_OF_A_PARTY,
    unit=T("人", "people"),
    kept=False,
    help=T("连您自己在内；不选就是一个人。", "Yourself included; one if you choose none."),
)
OF_AGE = Flag(
    "of_age",
    T("同来的人都符合年龄要求", "Everybody who comes is of the age asked for"),
    required=False,
    kept=False,
)
GUEST_CONTACT = Contact(
    "guest_contact",
    T("替谁报名", "For whom"),
    kept=False,
    seen_by=(ORGANISER, COMMUNITY, CLERK),
    help=T(
        "没有手机或不会用手机的居民；记下能打通的电话，有变动好通知。",
        "A resident without a smartphone; a number that reaches him.",
    ),
)
WHOSE_CONTACT = replace(
    GUEST_CONTACT,
    title=T("替谁取消", "Whose sign-up is given up"),
    help=T("和报名时写的电话一样。", "The same number as at sign-up."),
)
GUEST = Person(
    "guest",
    T("票上的人", "Whose ticket"),
    of=PLACE,
    kept=False,
    help=T("在检票页扫码或输票码更快。", "Scanning or typing the code on the gate page is quicker."),
)
WAITING_GUEST = Person(
    "waiting_guest",
    T("候补的哪一位", "Who of the waiting list"),
    of=QUEUE,
    kept=False,
    help=T("有空位时按次序放进来。", "In their order, where there is room."),
)
CAME_NOW = Integer(
    "came_now",
    T("这次进来几人", "How many come in now"),
    required=False,
    at_least=1,
    at_most=MOST_OF_A_PARTY,
    unit=T("人", "people"),
    kept=False,
    help=T(
        "没到齐的写实到人数；不写就是票上的人都到了。", "Fewer than the ticket says; left out: all of them."
    ),
)
WALKED = Integer(
    "walked",
    T("没报名的几人", "How many without a ticket"),
    at_least=1,
    at_most=500,
    unit=T("人", "people"),
    kept=False,
)
MESSAGE = Text(
    "message",
    T("告诉报了名的人什么", "What those signed up should know"),
    at_most=500,
    lines=3,
    public=True,
)
WHY = Text("why", T("原因", "Why"), at_most=300, lines=2, public=True)
SUMMARY = Text(
    "summary",
    T("活动小结", "How it went"),
    at_most=2000,
    lines=4,
    public=True,
    help=T("写给居民看：办得怎样，下次改什么。", "For residents: how it went, what will be done better."),
)
PICTURES = Photos("pictures", T("现场照片", "Pictures"), required=False)
SCORE = Integer("score", T("打几分", "How was it"), at_least=1, at_most=5, unit=T("分", "points"), kept=False)
WORD = Text(
    "word",
    T("想说的话", "A word, if you like"),
    required=False,
    personal=True,
    seen_by=(ORGANISER, COMMUNITY),
    at_most=500,
    lines=2,
    help=T("只有组织者看得到。", "Only the organisers read it."),
)
