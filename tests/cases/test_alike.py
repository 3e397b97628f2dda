"""What may be the same matter: recent, of this community and type, still meant, alike in words; the likest first."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from linli.cases.alike import RECENT, alike
from linli.cases.receipt import Receipt
from linli.rules.registry import installed
from linli.rules.worktime import HOUR, day_start
from tests.cases.community import COMMUNITY, HOME, Town, town

pytestmark = pytest.mark.django_db
START = day_start(date(2026, 3, 2)) + 9 * HOUR
DEMAND = installed["demand"]
WORDS = "三单元楼道灯不亮"


def report(cast: Town, matter: str, where: str = HOME, at: int = START) -> Receipt:
    said = {"matter": matter, "category": "power", "where": where}
    return cast.act((DEMAND.key, COMMUNITY), "resident", "report", at, said)


def found(place: str = HOME, text: str = WORDS, at: int = START + 1, **more: Any) -> list[str]:
    return [a.case.number for a in alike(DEMAND, place, text, at, **more)]


def test_the_likest_stands_first_and_the_same_building_counts_more() -> None:
    cast = town()
    other = report(cast, WORDS + "很久了", COMMUNITY + "B0002").number
    same = report(cast, WORDS + "很久了").number
    report(cast, "电梯困人")
    assert found() == [same, other]
    assert found(COMMUNITY + "B0002") == [other, same]
    assert found(most=1) == [same]
    assert found(text="  ") == found(text="垃圾没人清") == []


def test_what_is_old_or_was_taken_back_is_left_out() -> None:
    cast = town()
    old, gone, kept = (report(cast, WORDS, at=START + n) for n in (0, RECENT, RECENT))
    cast.act(gone.case, "resident", "withdraw", START + RECENT + 1)
    assert found(at=START + RECENT + 2) == [kept.number]
    assert old.number in found(at=START + 2)


def test_next_door_is_another_community() -> None:
    report(town(), WORDS)
    assert found("140105006003") == []
