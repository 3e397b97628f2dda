"""Why something is refused in volunteering, and what several of its case types ask alike."""

from __future__ import annotations

from linli.rules.refusal import Refusal
from linli.rules.situation import Situation
from linli.rules.text import T
from linli.rules.when import MINUTE, instant

REFUSALS = {
    "too-young": T(
        "不满 {age} 周岁不单独入队，请由监护人带着参加公开的服务",
        "Nobody under {age} joins a team; please come along with your guardian to services open to all",
    ),
    "guardian-needed": T(
        "未成年人入队要有监护人同意，并留下监护人的姓名和电话",
        "A minor joins with his guardian’s consent; please give the guardian’s name and telephone",
    ),
    "not-a-minor": T(
        "按出生日期已满 {age} 周岁，请选“已满 18 周岁”",
        "By the day of birth he is {age} or older; please choose “of age”",
    ),
    "member-already": T("已经是这支队的队员", "Already a member of this team"),
    "not-a-member": T("这个人不是这支队的队员", "This person is not a member of this team"),
    "services-open": T(
        "还有 {n} 场服务没有了结，先办完或取消再解散",
        "{n} services are still open; finish them or call them off before disbanding",
    ),
    "team-cannot": T(
        "这支队不做“{skill}”，请另选一支", "This team does not do “{skill}”; please choose another"
    ),
    "team-rests": T("这支队正在休整，请另选一支", "This team is resting; please choose another"),
    "team-elsewhere": T(
        "这支队不到这个网格服务，请另选一支", "This team does not serve this grid; please choose another"
    ),
    "not-the-captain": T("只有这支队的队长可以接下", "Only the captain of that team can take it"),
    "under-way": T(
        "志愿者已经出发或来过了，不能撤回；没帮到的，请在确认时说明",
        "The volunteers are on their way or have been; it cannot be withdrawn. If it was no help, say so when you confirm",
    ),
    "in-the-past": T("开始时间要在现在以后", "It has to begin later than now"),
    "say-which": T("请先选清楚要帮什么忙", "Please say which kind of help it is"),
    "members-only": T(
        "这场服务只由本队队员参加，可以先申请入队",
        "This service is for members; you can ask to join the team",
    ),
    "not-for-minors": T("这类服务不安排未成年人参加", "Minors are not sent to this kind of service"),
    "started": T("服务已经开始，请直接联系队长", "It has begun; please talk to the captain"),
    "not-yet": T(
        "还没到时候，请在服务开始后再办", "It is too early; please do this when the service has begun"
    ),
    "over": T(
        "服务已经结束，请队长登记您到场", "The service is over; please ask the captain to enter that you came"
    ),
    "fewer-than-signed": T(
        "已有 {n} 人报名，名额不能少于这个数", "{n} people have signed up; it cannot hold fewer"
    ),
    "twice-listed": T("第 {n} 行的人写了两次", "The person in row {n} is listed twice"),
    "too-long": T(
        "第 {n} 行的时长超过计划 {most} 分钟以上；确实更长，请先更正服务时间",
        "The time in row {n} is more than {most} minutes over the plan; if it really took longer, correct the plan first",
    ),
    "ask-beneficiary": T(
        "这场服务有服务对象，工时由他本人确认，或由社区问过他再代为确认",
        "Somebody was helped: the hours are confirmed by that person, or by the community after asking",
    ),
    "nobody-to-ask": T(
        "这场服务没有单独的服务对象，请用“核定工时”",
        "Nobody in particular was helped; please use “certify the hours”",
    ),
}


def later(s: Situation) -> Refusal | None:
    """What is planned begins later than now."""
    if instant(str(s.answers["starts"])) <= s.happened:
        return Refusal("in-the-past", fields={"starts": REFUSALS["in-the-past"]})
    return None


def ends_at(s: Situation) -> int:
    """When the service is over by the plan, in µs UTC."""
    return instant(str(s.fact("starts"))) + int(s.fact("minutes")) * MINUTE
