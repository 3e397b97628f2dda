"""Around the day of building: requests and services in every state, some overdue, some for today; what waits for a captain."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from linli.programmes.volunteering.demo import past
from linli.programmes.volunteering.demo.stage import MINUTE, Crew, Outing, Stage, office
from linli.programmes.volunteering.pages import hours
from linli.rules.worktime import DAY, HOUR

ASKS_TO_JOIN = 5
"""A resident with an account of the demonstration, who wants to join."""
FIRST = 260
"""From this number on residents take part in the present."""
Story = Mapping[str, Any]


def play(stage: Stage) -> None:
    """Put it on the timetable."""
    _teams(stage)
    _services(stage)
    _requests(stage)
    _waiting(stage)


def _teams(stage: Stage) -> None:
    """A young team that rests in term time, and one that was given up."""
    youth = {
        "id": "youth", "name": "返乡青年志愿服务队", "kinds": ["youth"], "skills": ["tutoring", "culture"], "times": ["weekend"],
        "captain": 190, "about": "寒暑假回乡的大学生，给孩子辅导功课、带着做游戏。",
    }  # fmt: skip
    cars = {
        "id": "cars", "name": "邻里爱心车队", "kinds": ["able"], "skills": ["escort"], "times": ["weekend"],
        "captain": 193, "about": "有车的邻居接送看病的老人。",
    }  # fmt: skip
    stage.put(office(stage.moment(-62, 10)), lambda t: past.establish(stage, youth, t))
    stage.put(office(stage.moment(-100, 10)), lambda t: past.establish(stage, cars, t))
    rests = {"reason": "开学了，放假再来"}
    stage.put(stage.moment(-20, 19), lambda t: _captain(stage, "youth", "rest", t, rests))
    gone = {"reason": "队员陆续搬走，并入银龄关爱队"}
    stage.put(
        office(stage.moment(-30, 10)),
        lambda t: _community(stage, stage.crews["cars"].case, "disband", t, gone),
    )


def _captain(stage: Stage, team: str, do: str, then: int, answers: Story | None = None) -> None:
    crew = stage.crews[team]
    stage.act(crew.case, do, stage.resident(crew.captain, then), then, answers)


def _community(
    stage: Stage, case: UUID, do: str, then: int, answers: Story | None = None, who: str = "community1"
) -> None:
    stage.act(case, do, stage.staff(who, then), then, answers)


def _regular(stage: Stage, skill: str, days: int, **more: Any) -> tuple[dict[str, Any], int]:
    """A regular service as it is planned so many days from today."""
    row = next(r for r in stage.texts["regular"] if r["skill"] == skill)
    return {**row, **more}, stage.moment(days, float(more.get("hour", row["hour"])))


def _services(stage: Stage) -> None:
    """From the last fortnight into the next week."""
    for skill, days in (("company", -15), ("company", -8), ("health", -9), ("repair", -13), ("tidying", -11)):
        _ran(stage, skill, days, "certified")
    _ran(stage, "health", -1, "recorded")
    _ran(stage, "haircut", -4, "disputed")
    _ran(stage, "tidying", -10, "corrected")
    _ran(stage, "traffic", -6, "forgotten")
    _comes(stage, "repair", 2, 5, capacity=2)
    _comes(stage, "tidying", 3, 5)
    _comes(stage, "digital", 0, 3, hour=19.5)
    _comes(stage, "digital", 6, 2, capacity=12, open=True, title="手机防骗公开课")
    _comes(stage, "company", 5, 2, off="当天社区体检，改到下周")


def _ran(stage: Stage, skill: str, days: int, how: str) -> None:
    """A service of the last days, as far as it has come."""
    row, starts = _regular(stage, skill, days)
    stage.put(starts - 2 * DAY, lambda t: _runs(stage, row, starts, how, t))


def _runs(stage: Stage, row: Story, starts: int, how: str, then: int) -> None:
    crew = stage.crews[row["team"]]
    outing = stage.planned(crew, then, starts, past.plan_of(row))
    for number in crew.members[:3]:
        stage.signs_up(outing, number, then + (number % 50 + 5) * MINUTE)
    over = starts + int(row["minutes"]) * MINUTE
    if how != "forgotten":
        stage.put(over + 40 * MINUTE, lambda t: _over(stage, outing, how, t))


def _over(stage: Stage, outing: Outing, how: str, then: int) -> None:
    stage.recorded(outing, then)
    if how == "disputed":
        said = {"wrong": "我从头做到尾，比登记的多半小时。"}
        stage.put(then + 5 * HOUR, lambda t: _says(stage, outing, "dispute_hours", outing.go[1], t, said))
    elif how in ("certified", "corrected"):
        stage.put(then + 3 * HOUR, lambda t: past.certified(stage, outing, t))
    if how == "corrected":
        wrong = {"who": stage.id(outing.go[0]), "right_minutes": 60, "why": "本人说明中途有事先走了"}
        stage.put(office(then + 6 * DAY), lambda t: _community(stage, outing.case, "correct", t, wrong))


def _says(
    stage: Stage, outing: Outing, do: str, number: int, then: int, answers: Story | None = None
) -> None:
    stage.act(outing.case, do, stage.resident(number, then), then, answers)


def _comes(stage: Stage, skill: str, days: int, go: int, off: str = "", **more: Any) -> None:
    """A service to come, for which people sign up; the last ones of a full one wait."""
    row, starts = _regular(stage, skill, days, **more)
    at = min(starts, stage.now) - 3 * DAY
    stage.put(at, lambda t: _announced(stage, row, starts, go, off, t))


def _announced(stage: Stage, row: Story, starts: int, go: int, off: str, then: int) -> None:
    crew = stage.crews[row["team"]]
    outing = stage.planned(crew, then, starts, past.plan_of(row))
    others = [FIRST + 40, FIRST + 41, FIRST + 42] if row.get("open") else []
    for order, number in enumerate([*crew.members[:go], *others]):
        stage.signs_up(outing, number, then + (order + 1) * 25 * MINUTE)
    if off:
        stage.put(
            then + 30 * HOUR, lambda t: _says(stage, outing, "call_off", crew.captain, t, {"reason": off})
        )


def _requests(stage: Stage) -> None:
    """What was asked in the last days, from “please call me” to done."""
    for row in stage.texts["present"]:
        at = stage.now - round(float(row["ago"]) * HOUR) if "ago" in row else stage.moment(*row["at"])
        said = {k: row[k] for k in ("need", "when", "part", "words") if k in row}
        _asked(stage, int(row["who"]), said, at, by=str(row.get("by", "")), then=str(row.get("then", "")))


def _asked(stage: Stage, number: int, said: dict[str, Any], at: int, *, by: str = "", then: str = "") -> None:
    when = office(at) if by or then in ("refused", "settled") else at
    stage.put(when, lambda t: _asks(stage, number, said, by, then, t))


def _asks(stage: Stage, number: int, said: dict[str, Any], by: str, then: str, at: int) -> None:
    if said.get("when") == "day":
        said = {**said, "day": past.civil(stage.moment(1, 9)).isoformat()}
    place = stage.home(number)
    if by == "grid":
        keeper = stage.staff(stage.keeper(place, at), at)
        answers = {"where": place, **said, "person": stage.contact(number)}
        case = stage.act(("help_request", place), "ask_for", keeper, at, answers).case
    else:
        case = past.asks(stage, number, said, at, by_phone=False)
    if then:
        soon = at + 50 * MINUTE
        stage.put(
            soon if then == "withdrawn" else office(soon),
            lambda t: _goes_on(stage, number, said, case, then, t),
        )


def _goes_on(stage: Stage, number: int, said: Story, case: UUID, then: str, at: int) -> None:
    keeper = stage.staff(stage.keeper(stage.home(number), at), at)
    if then == "refused":
        answers = {"why_not": "trained", "instead": stage.texts["impossible"]["instead"]}
        _community(stage, case, "not_possible", at, answers)
    elif then == "withdrawn":
        stage.act(case, "withdraw", stage.resident(number, at), at)
    elif then == "settled":
        stage.act(case, "settle", keeper, at, {"how": "网格员下班路上帮着打开了，教了怎么按。"})
    else:
        _served(stage, number, said, case, then, at)


def _served(stage: Stage, number: int, said: Story, case: UUID, then: str, at: int) -> None:
    """A team has taken it: for tomorrow, or it was done, or it was called off again."""
    row = stage.texts["asked"][said["need"]]
    crew: Crew = stage.crews[row["team"]]
    starts = (
        stage.moment(1, 8.5 if then == "tomorrow" else 15)
        if then in ("tomorrow", "unsigned")
        else past.next_slot(at)
    )
    asked = {"crew": crew, "starts": starts, "minutes": row["minutes"]}
    keeper = stage.staff(stage.keeper(stage.home(number), at), at)
    outing = stage.matched(case, "match", keeper, at, asked)
    if then != "unsigned":
        for order, who in enumerate(crew.members[:2]):
            stage.signs_up(outing, who, at + (order + 2) * 10 * MINUTE)
    if then == "off":
        stage.put(
            at + 3 * HOUR,
            lambda t: _says(stage, outing, "call_off", crew.captain, t, {"reason": "队员临时有事"}),
        )
    elif then in ("done", "confirmed"):
        stage.put(starts + (row["minutes"] + 30) * MINUTE, lambda t: stage.recorded(outing, t))
    if then == "confirmed":
        said_ = {"score": 5, "word": row["word"][0]}
        stage.put(starts + 6 * HOUR, lambda t: _says(stage, outing, "confirm", number, t, said_))


def _waiting(stage: Stage) -> None:
    """Who wants to join, a captain who hands over, certificates."""
    for number, hours_ago, word in ((ASKS_TO_JOIN, 20, "刚退休，在区医院当过护士。"), (FIRST + 30, 50, "")):
        said = {
            "offers": ["company", "escort"],
            "free": ["weekday_am", "weekday_pm"],
            "age": "adult",
            **({"word": word} if word else {}),
        }
        stage.put(stage.now - hours_ago * HOUR, partial(_joins, stage, "silver", number, said))
    minor = {
        "offers": ["tidying"], "free": ["weekend"], "age": "minor", "born": date(past.civil(stage.now).year - 15, 1, 15).isoformat(),
        "guardian": "郭女士 13800009001", "guardian_agrees": True,
    }  # fmt: skip
    stage.put(stage.now - 30 * HOUR, lambda t: _joins(stage, "clean", FIRST + 31, minor, t))
    hands_over = {"captain": stage.contact(151), "reason": "年纪大了，眼神跟不上"}
    stage.put(stage.moment(-2, 20), lambda t: _captain(stage, "hair", "change_captain", t, hands_over))
    stage.put(office(stage.moment(-12, 10)), lambda t: _certified(stage, 1, t))
    stage.put(office(stage.moment(-14, 10)), lambda t: _certified(stage, 120, t, revoked=True))


def _joins(stage: Stage, team: str, number: int, said: Story, then: int) -> None:
    stage.act(stage.crews[team].case, "join", stage.resident(number, then), then, said)


def _certified(stage: Stage, number: int, then: int, *, revoked: bool = False) -> None:
    person = stage.resident(number, then).person
    assert person is not None
    key = f"demo/volunteering/certificate/{number}"
    made = hours.issue(person, stage.community, date(2024, 1, 1), past.civil(then), key=key, at=then)
    if made and revoked:
        _community(stage, made.case, "revoke", then + HOUR, {"reason": "其中一场时长更正，重新出具"})
