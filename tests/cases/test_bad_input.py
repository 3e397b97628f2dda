"""What nobody should send and somebody will: every bad answer is refused by its field, and nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps

from linli.cases.act import act
from linli.cases.receipt import Receipt
from linli.rules.refusal import Refused
from linli.rules.worktime import HOUR, day_start
from tests.cases.community import COMMUNITY, HOME, Town, town

pytestmark = pytest.mark.django_db
START = day_start(date(2026, 3, 2)) + 9 * HOUR
DEMAND = ("demand", COMMUNITY)
REPORT = {"matter": "楼道灯不亮", "category": "power", "where": HOME}
CONTACT = {"name": "测试访客", "phone": "19900001111"}
HUGE = 10**400

WRONG: list[tuple[str, Any]] = [
    ("matter", "灯\x00坏"),
    ("matter", "灯\ud800坏"),
    ("matter", "\udc00"),
    ("matter", "灯\x1b[2J"),
    ("matter", 5),
    ("matter", ["灯", "坏"]),
    ("matter", {"zh": "灯"}),
    ("matter", "字" * 4001),
    ("category", "nowhere"),
    ("category", ["power", "water"]),
    ("category", {"power": 1}),
    ("category", "power\x00"),
    ("where", "１４０１０５００６００２B0001"),
    ("where", HOME + "\x00"),
    ("where", HOME + "\ud800"),
    ("where", COMMUNITY + "B9999"),
    ("where", "99"),
    ("where", [HOME]),
    ("where", HUGE),
    ("photos", "no id"),
    ("photos", [str(uuid4())] * 1 + ["\ud800"]),
    ("photos", [str(uuid4()) for _ in range(10)]),
    ("photos", {"a": 1}),
    ("reporter", {"name": "灯\x00", "phone": "19900001111"}),
    ("reporter", {"name": "\ud800", "phone": "19900001111"}),
    ("reporter", {"name": "测试", "phone": "\ud8001990000111"}),
    ("reporter", {"name": "测试", "phone": "call me"}),
    ("reporter", {"name": {"a": 1}, "phone": "19900001111"}),
    ("hide_name", "perhaps"),
    ("hide_name", ["on"]),
    ("spot", "灯\x00"),
    ("nonsense", "x"),
    ("\ud800", "x"),
    ("", "x"),
]

COUNTS: list[object] = [HUGE, -HUGE, 2**53, 10**18, 0, 100, True, 1.5, float("nan"), "1e3", "９９９"]
UNITS: list[object] = ["no id", str(uuid4()), "\ud800", 7, [[1]], {"a": 1}, HUGE]
NUMBERS: list[object] = ["LL-2026-9999", "x\x00", "\ud800", 7, [1], {"a": 1}, str(uuid4()), HUGE]


def rows() -> dict[str, int]:
    """How many rows every table of ours holds."""
    ours = ("journal", "people", "territory", "search", "cases")
    return {
        m._meta.db_table: m._default_manager.count()
        for a in ours
        for m in apps.get_app_config(a).get_models()
    }


def refusal_of(cast: Town, *what: Any, **more: Any) -> Refused:
    """The refusal of an act that changes no table."""
    before = rows()
    with pytest.raises(Refused) as refusal:
        cast.act(*what, **more)
    assert rows() == before
    return refusal.value


@pytest.mark.parametrize(("field", "value"), WRONG, ids=[str(n) for n in range(len(WRONG))])
def test_a_wrong_answer_is_refused_by_its_field(field: str, value: Any) -> None:
    """Whatever is sent, the answer names the field; no table changes."""
    found = refusal_of(town(), DEMAND, "resident", "report", START, {**REPORT, field: value})
    assert found.code == "answers"
    assert set(found.fields) == {field}
    assert found.fields[field].zh and found.fields[field].en


@pytest.mark.parametrize("number", COUNTS, ids=[str(n) for n in range(len(COUNTS))])
def test_a_number_out_of_bounds_is_refused_by_its_field(number: object) -> None:
    """Integers beyond JSON's, floats, truths: none of them counts people."""
    said = {**REPORT, "people": number, "reporter": CONTACT}
    assert set(refusal_of(town(), DEMAND, "window", "receive", START, said).fields) == {"people"}


@pytest.mark.parametrize("unit", UNITS, ids=[str(n) for n in range(len(UNITS))])
def test_a_unit_that_does_not_exist_is_refused_by_its_field(unit: object) -> None:
    """A unit is somebody to send work to; no other text is."""
    cast = town()
    case = _filed(cast)
    before = rows()
    with pytest.raises(Refused) as found:
        _raw(cast, case, "dispatch", {"units": unit})
    assert set(found.value.fields) == {"units"}
    assert rows() == before


@pytest.mark.parametrize("number", NUMBERS, ids=[str(n) for n in range(len(NUMBERS))])
def test_a_case_that_does_not_exist_is_refused_by_its_field(number: object) -> None:
    """Merging asks for another case of the community by number or id."""
    cast = town()
    case = _filed(cast)
    assert set(refusal_of(cast, case, "grid", "merge", START + 2, {"into": number}).fields) == {"into"}


def _filed(cast: Town) -> Any:
    case = cast.act(DEMAND, "resident", "report", START, REPORT).case
    cast.act(case, "grid", "file", START + 1)
    return case


def _raw(cast: Town, case: Any, action: str, answers: Mapping[str, Any]) -> Receipt:
    who = cast.cast["community"]
    return act(case, action, who, answers, key=str(uuid4()), happened=START + 2, recorded=START + 2)


def test_every_refused_act_writes_nothing() -> None:
    """From the wrong state, by the wrong person, too early, unknown, asked twice: no row of any table."""
    cast = town()
    case = cast.act(DEMAND, "resident", "report", START, {**REPORT, "photos": []}).case
    tried: list[tuple[str, str, int, dict[str, Any]]] = [
        ("resident", "file", START + 1, {}),
        ("grid", "verify", START + 1, {"how": "visit"}),
        ("grid", "no such action", START + 1, {}),
        ("grid", "report", START + 1, REPORT),
        ("grid", "file", START - 1, {}),
        ("property", "accept", START + 1, {}),
        ("resident2", "withdraw", START + 1, {}),
        ("nobody", "withdraw", START + 1, {}),
        ("grid", "file", START + 1, {"surplus": 1}),
        ("grid", "settle", START + 1, {"outcome": "solved"}),
        ("community", "void.approve", START + 1, {}),
        ("resident", "support", START + 1, {}),
    ]
    for by, do, at, said in tried:
        assert refusal_of(cast, case, by, do, at, said).code
    assert refusal_of(cast, uuid4(), "grid", "file", START).code == "no-such-case"
    assert refusal_of(cast, ("nothing", COMMUNITY), "grid", "file", START).code == "unknown-action"


def test_a_time_in_the_future_is_refused() -> None:
    """A phone's clock may run two minutes ahead, not three."""
    cast = town()
    before = rows()
    for ahead, taken in ((3 * 60_000_000, False), (60_000_000, True)):
        try:
            act(
                DEMAND,
                "report",
                cast.cast["resident"],
                REPORT,
                key=f"k{ahead}",
                happened=START + ahead,
                recorded=START,
            )
            assert taken
        except Refused as refusal:
            assert (refusal.code, rows() == before, taken) == ("too-early", True, False)
