"""One matter of the demonstration from its beginning to its end, across the programmes: four households of one building report that
their roof leaks; the community makes a topic of it; a meeting decides; the owners vote on the use of the fund; the works are paid
and settled; and everybody who asked is told. The vote and the payments are the fund's own story, which this one leads to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import UUID

from linli.cases.act import Target, act
from linli.cases.calendars import current_calendar
from linli.cases.others import linked
from linli.cases.playing import Timetable
from linli.config.demonstration.cast import Cast
from linli.programmes.deliberation.councils import COUNCIL
from linli.programmes.deliberation.topics import TOPIC_TYPE
from linli.programmes.deliberation.words import TASK_OF
from linli.programmes.demands.programme import DEMAND
from linli.programmes.maintenance_fund.use import USE
from linli.rules.actor import Actor
from linli.rules.programme import CAME_OUT
from linli.rules.when import when_of
from linli.rules.worktime import DAY, HOUR, civil_day, day_start, next_working_moment
from linli.territory.models import HouseholdMember

PART = "one matter to its end"
BUILDING = 6
"""The building whose roof the fund's story mends."""
REPORTED, OPENED, MET, ASSIGNED, SETTLED = -400, -388, -379, -370, -252
"""In days from today. The fund's story proposes the use 361 days ago and settles it 258 days ago."""
MATTERS = (
    ("water", "顶楼主卧一下雨就滴水，拿盆接着，墙皮掉了一大片。"),
    ("water", "屋顶渗水，去年补过一回，今年雨季又漏了，床都挪了位置。"),
    ("building", "六层客厅天花板发霉起泡，物业说是屋面防水老化，补不住。"),
    ("water", "连着三年漏雨，能不能把整个屋面重新做一遍，别再打补丁了。"),
)
BACKGROUND = (
    "顶层四户先后反映漏雨，两次局部修补都没有解决。物业和防水单位看过：屋面防水层到了年限，要铲除重做。"
    "费用可以用维修资金，须由全楼业主表决。请大家商量做不做、怎么做。"
)
OPTIONS = (
    {"name": "整个屋面铲除重做", "says": "用维修资金，约十九万元，保修五年"},
    {"name": "再修补一次", "says": "只修漏点，约三万元，不保修"},
)
EXPLAINED = "已到现场看过：屋面要整体翻修，单户修补治不了根，列为议题请全楼商量。"
DECISION = "整个屋面铲除重做，由业委会提出使用维修资金的方案，请全楼业主表决。"
MINUTES = "到会十二人，四户介绍了漏雨情况，物业说明了修补和重做的差别；表决结果见议题。"
REPORT = "6号楼屋面已经整体翻修，用的是维修资金，全楼业主表决通过。蓄水试验 48 小时无渗漏，保修五年。"


def play(cast: Cast, community: str, now: int, table: Timetable) -> None:
    """Put it on the timetable; ``now`` is µs UTC."""
    _Thread(cast, f"{community}B{BUILDING:04d}", now, table).play()


class _Thread:
    """The cases of the story as they come to be."""

    def __init__(self, cast: Cast, place: str, now: int, table: Timetable) -> None:
        self.cast, self.place, self.now, self.table = cast, place, now, table
        self.demands, self.topic, self.council = list[UUID](), UUID(int=0), UUID(int=0)
        self._acts = 0

    def play(self) -> None:
        """Every step at its day."""
        for number in range(len(MATTERS)):
            self._put(REPORTED + 2 * number, 8 + number, lambda at, n=number: self._report(n, at))  # type: ignore[misc]
        self._put(OPENED, 10, self._open)
        self._put(MET, 19, self._meet)
        self._put(ASSIGNED, 10, self._assign)
        self._put(SETTLED, 10, self._settle)

    def _put(self, days: int, hour: int, step: Callable[[int], None]) -> None:
        self.table.put(self._moment(days, hour), PART, step)

    def _moment(self, days: int, hour: int) -> int:
        return day_start(civil_day(self.now)) + days * DAY + hour * HOUR

    def _act(
        self,
        target: Target,
        do: str,
        by: Actor,
        at: int,
        said: Mapping[str, Any],
        origins: Sequence[UUID] = (),
    ) -> UUID:
        self._acts += 1
        links, key = [(case, CAME_OUT) for case in origins], f"demo/thread/{self._acts}"
        return act(target, do, by, said, key=key, happened=at, recorded=at, origins=links).case

    def _later(
        self, at: int, case: UUID, do: str, by: Callable[[int], Actor], said: Mapping[str, Any]
    ) -> int:
        """Put an act on the timetable, for the next time at which an office works. Returns when that is."""
        then = next_working_moment(at, current_calendar())

        def step(now: int) -> None:
            self._act(case, do, by(now), now, said)

        self.table.put(then, PART, step)
        return then

    def _staff(self, name: str) -> Callable[[int], Actor]:
        return lambda at: self.cast.actor(name, civil_day(at))

    def _neighbours(self, at: int) -> list[Actor]:
        """Residents of the building, then others, each once."""
        here = HouseholdMember.objects.filter(household__startswith=self.place)
        known = {person: number for number, person in enumerate(self.cast.residents)}
        numbers = [
            known[p]
            for p in here.order_by("household", "person").values_list("person", flat=True)
            if p in known
        ]
        rest = [n for n in range(40, 80) if n not in numbers]
        return [self.cast.resident(n, civil_day(at)) for n in (*numbers, *rest)]

    def _report(self, number: int, at: int) -> None:
        category, matter = MATTERS[number]
        told = {"where": self.place, "matter": matter, "category": category}
        case = self._act((DEMAND.key, self.place), "report", self._neighbours(at)[number], at, told)
        self.demands.append(case)
        answer = {"outcome": "explained", "answer": EXPLAINED}
        settled = self._later(at + 2 * HOUR, case, "settle", self._staff("community1"), answer)
        verified = self._later(settled + DAY, case, "verify", self._staff("community2"), {"how": "phone"})
        word = {"verdict": "partly", "score": 3}
        self._later(verified + 5 * HOUR, case, "confirm", lambda then: self._neighbours(then)[number], word)

    def _open(self, at: int) -> None:
        told = {
            "where": self.place,
            TOPIC_TYPE.summary: "6号楼屋面漏雨怎么修",
            "background": BACKGROUND,
            "category": "renovation",
            "facilitator": str(self.cast.staff["facilitator1"]),
        }
        by = self._staff("community1")(at)
        self.topic = self._act((TOPIC_TYPE.key, self.place), "open", by, at, told, self.demands)
        leads = self._staff("facilitator1")(at)
        self._act(self.topic, "choose_rule", leads, at + HOUR, {"rule": "majority"})
        self._act(self.topic, "add_options", leads, at + HOUR, {"options": list(OPTIONS)})
        called = {
            "where": self.place,
            "subject": "6号楼议事协商会：屋面漏雨",
            "starts": when_of(self._moment(MET, 19)),
            "lasts": 90,
            "venue": "社区二楼议事厅",
            "format": "in_person",
        }
        self.council = self._act((COUNCIL.key, self.place), "call", leads, at + 2 * HOUR, called)
        self._act(self.topic, "put_on_agenda", leads, at + 3 * HOUR, {"meeting": str(self.council)})
        for number, neighbour in enumerate(self._neighbours(at)[:14]):
            self._act(self.council, "sign_up", neighbour, at + 4 * HOUR + number, {})

    def _meet(self, at: int) -> None:
        leads, minute = self._staff("facilitator1")(at), HOUR // 60
        self._act(self.council, "open_meeting", leads, at, {})
        for number, neighbour in enumerate(self._neighbours(at)[:12]):
            self._act(self.council, "check_in", neighbour, at + number, {})
        self._act(self.topic, "put_to_vote", leads, at + 30 * minute, {})
        hands = [{"option": "o1", "n": 10}, {"option": "o2", "n": 1}]
        self._act(
            self.topic, "count_hands", leads, at + 40 * minute, {"hands": hands, "against": 0, "abstained": 1}
        )
        self._act(self.topic, "decide", leads, at + 45 * minute, {"decision": DECISION})
        self._act(self.council, "close_meeting", leads, at + 80 * minute, {})
        written = self._later(
            at + 12 * HOUR, self.council, "write_minutes", self._staff("facilitator1"), {"minutes": MINUTES}
        )
        self._later(written + 2 * HOUR, self.council, "confirm_minutes", self._staff("community2"), {})

    def _assign(self, at: int) -> None:
        due = civil_day(self._moment(SETTLED + 5, 0)).isoformat()
        told = {"what": "请业委会提出使用维修资金的方案，组织表决，翻修屋面", "due_day": due}
        self._act(self.topic, "assign_task", self._staff("facilitator1")(at), at, told)
        self.table.lead(USE.key, self.place, self.topic)
        self._task("accept", "community1", at + HOUR, {})

    def _task(self, do: str, by: str, at: int, said: Mapping[str, Any]) -> None:
        for task in linked(self.topic, TASK_OF):
            self._act(task.id, do, self._staff(by)(at), at, said)

    def _settle(self, at: int) -> None:
        self._task("finish", "community1", at, {"done_text": "屋面翻修完工，账目已经决算公布。"})
        self._task("check", "facilitator1", at + 2 * HOUR, {})
        report = {"outcome": "solved", "report": REPORT}
        self._act(self.topic, "report_back", self._staff("facilitator1")(at), at + 3 * HOUR, report)
