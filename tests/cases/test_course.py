"""From a demand to its end: what stands in the picture of each case on the way, and for whom."""

from uuid import UUID

import pytest

from linli.cases.course import course
from linli.cases.models import Case
from linli.journal.append import entries
from linli.rules.actor import Actor
from linli.rules.programme import CAME_OUT
from linli.rules.worktime import DAY, HOUR
from tests.cases.community import HOME, Town, town
from tests.programmes.stage import START

pytestmark = pytest.mark.django_db
DEMAND = ("demand", HOME)


def story(cast: Town) -> dict[str, UUID]:
    """Two demands become a topic; it stands on the agenda of a meeting; another topic stands there too."""
    lift = {"where": HOME, "matter": "老人下不了楼，想装电梯", "category": "lift"}
    first = cast.act(DEMAND, "resident", "report", START, lift).case
    second = cast.act(DEMAND, "resident2", "report", START + HOUR, lift).case
    origins = [(first, CAME_OUT), (second, CAME_OUT)]
    topic = cast.act(
        ("topic", HOME), "community", "open", START + 2 * HOUR, _topic(cast, "加装电梯"), origins=origins
    ).case
    other = cast.act(("topic", HOME), "community", "open", START + 3 * HOUR, _topic(cast, "停车划线")).case
    council = cast.act(("council", HOME), "facilitator", "call", START + 4 * HOUR, {
        "where": HOME, "subject": "三月议事会", "starts": "2026-03-12T19:00", "lasts": 90, "venue": "活动室", "format": "in_person",
    }).case  # fmt: skip
    for one in (topic, other):
        cast.act(one, "facilitator", "put_on_agenda", START + 5 * HOUR, {"meeting": str(council)})
    return {"first": first, "second": second, "topic": topic, "other": other, "council": council}


def _topic(cast: Town, title: str) -> dict[str, object]:
    facilitator = str(cast.cast["facilitator"].person)
    return {
        "where": HOME,
        "topic": title,
        "background": "大家议一议",
        "category": "lift",
        "facilitator": facilitator,
    }


def seen(case: UUID, actor: Actor) -> list[tuple[str, str]]:
    """The picture as (type, title) with how many others there are in place of a title."""
    stages = course(Case.objects.get(id=case), actor)
    return [(s.definition.key, s.case.title if s.case else f"+{s.hidden}") for s in stages]


def test_the_picture_is_the_same_way_from_each_of_its_cases() -> None:
    cast = town()
    made = story(cast)
    way = [
        ("demand", "老人下不了楼，想装电梯"),
        ("demand", "老人下不了楼，想装电梯"),
        ("topic", "加装电梯"),
        ("council", "三月议事会"),
    ]
    staff = cast.cast["community"]
    assert seen(made["first"], staff) == [way[0], *way[2:]]  # what came out of it, and not what else did
    assert seen(made["topic"], staff) == way
    assert seen(made["council"], staff) == [*way[:3], ("topic", "停车划线"), way[3]]


def test_a_resident_reads_his_own_and_hears_how_many_others_there_are() -> None:
    cast = town()
    made = story(cast)
    found = seen(made["topic"], cast.cast["resident"])
    assert found == [
        ("demand", "老人下不了楼，想装电梯"),
        ("demand", "+1"),
        ("topic", "加装电梯"),
        ("council", "三月议事会"),
    ]


def test_what_decided_something_stands_in_it_with_its_day() -> None:
    cast = town()
    made = story(cast)
    stages = course(Case.objects.get(id=made["topic"]), cast.cast["community"])
    topic = next(s for s in stages if s.case and s.case.id == made["topic"])
    assert topic.here
    assert [(m.action.key, m.at) for m in topic.milestones] == [("open", START + 2 * HOUR)]


def test_a_case_that_stands_alone_has_no_picture() -> None:
    cast = town()
    alone = cast.act(
        DEMAND, "resident", "report", START, {"where": HOME, "matter": "灯不亮", "category": "power"}
    ).case
    assert course(Case.objects.get(id=alone), cast.cast["community"]) == []


def test_what_came_of_it_is_told_to_who_asked() -> None:
    """The topic ends; both demands take in the report, and those who reported them hear of it."""
    cast = town()
    made = story(cast)
    cast.act(made["topic"], "facilitator", "take_off", START + DAY, {"reason": "先核对图纸"})
    cast.act(made["topic"], "facilitator", "drop", START + DAY + HOUR, {"reason": "规划不允许"})
    for name in ("first", "second"):
        assert (
            entries(made[name])[-1].action == "report"
        )  # dropping waits for an approval: nothing is told yet
