"""What is asked about a session: what kind, for whom, who books and who came."""

from __future__ import annotations

from linli.programmes.legal_services import words as w
from linli.rules import signup
from linli.rules.fields import AskedIf, Choice, Contact, Integer, Option, Person, Text
from linli.rules.roles import CLERK, COMMUNITY
from linli.rules.text import T
from linli.rules.wishes import Held

OURS = (COMMUNITY, w.PARTNER)
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
)
GUEST = Contact(
    "guest",
    T("替谁预约", "For whom"),
    phone_required=False,
    kept=False,
    seen_by=(COMMUNITY, CLERK, w.PARTNER),
)
LEAVER = Person("leaver", T("取消谁的预约", "Whose booking"), of=signup.PLACE, kept=False)
WAITER = Person("leaver", T("取消谁的候补", "Who leaves the waiting list"), of=signup.QUEUE, kept=False)
CAME = Person(
    "came",
    T("预约的人里谁来了", "Who of those booked came"),
    of=signup.PLACE,
    many=True,
    required=False,
    kept=False,
    seen_by=OURS,
)
LIMITS = (
    Held(signup.PLACE, type=w.SESSIONS, states=("planned",)),
    Held(signup.QUEUE, type=w.SESSIONS, states=("planned",)),
)
LIMITS_OF_GUEST = (
    Held(signup.PLACE, type=w.SESSIONS, states=("planned",), whose="guest"),
    Held(signup.QUEUE, type=w.SESSIONS, states=("planned",), whose="guest"),
)
