"""Many at once, on both databases: nothing is done twice, nothing is lost, no number is skipped."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, TypeVar
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections

from linli.cases import act as door
from linli.cases.act import act
from linli.cases.clock import hold_lease, tick
from linli.cases.models import Case, Numbering, Seat, Tally
from linli.cases.rebuild import check
from linli.cases.receipt import Receipt
from linli.journal.append import entries
from linli.journal.models import Entry
from linli.people.models import Person
from linli.rules.actor import EVERYWHERE, Actor, Grant
from linli.rules.refusal import Refused
from linli.rules.worktime import DAY, HOUR, day_start
from tests.cases.community import COMMUNITY, HOME, Town, town
from tests.cases.test_bad_input import rows

pytestmark = pytest.mark.django_db(transaction=True)
START = day_start(date(2026, 3, 2)) + 9 * HOUR
DEMAND = ("demand", COMMUNITY)
REPORT = {"matter": "楼道灯不亮", "category": "power", "where": HOME}
MANY = 8
Made = TypeVar("Made")


def at_once(*jobs: Callable[[], Made]) -> list[Made | Refused]:
    """What the jobs gave, each in a thread with a connection of its own; all start together. An accident is raised."""
    start, found = threading.Barrier(len(jobs)), dict[int, Made | Refused]()
    accidents: list[BaseException] = []

    def work(number: int, job: Callable[[], Made]) -> None:
        try:
            start.wait(30)
            found[number] = job()
        except Refused as refusal:
            found[number] = refusal
        except BaseException as accident:
            accidents.append(accident)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    if accidents:
        raise accidents[0]
    return [found[number] for number in range(len(jobs))]


def receipts(found: list[Receipt | Refused]) -> list[Receipt]:
    """Those that were done."""
    return [f for f in found if isinstance(f, Receipt)]


def codes(found: list[Receipt | Refused]) -> list[str]:
    """Why the others were refused."""
    return [f.code for f in found if isinstance(f, Refused)]


def do(cast: Town, *what: Any, **more: Any) -> Callable[[], Receipt]:
    """An act for later."""
    return lambda: cast.act(*what, **more)


@pytest.fixture
def cast() -> Iterator[Town]:
    """A town; afterwards every projection is what the journal says."""
    yield town()
    assert not list(check())


def test_one_key_at_once_is_one_case_and_one_receipt(cast: Town) -> None:
    said = {**REPORT, "reporter": {"name": "测试访客", "phone": "19900001111"}}
    found = receipts(at_once(*[do(cast, DEMAND, "resident", "report", START, said, key="phone-1")] * MANY))
    assert len(found) == MANY
    assert len({(r.case, r.number, r.seq, r.hash) for r in found}) == 1
    assert sum(not r.again for r in found) == 1
    assert Case.objects.count() == 1
    assert Numbering.objects.get().last == 1


def test_one_key_at_once_on_a_case_is_one_entry(cast: Town) -> None:
    case = cast.act(DEMAND, "resident", "report", START, REPORT).case
    found = receipts(at_once(*[do(cast, case, "grid", "note", START, {"note": "看过"}, key="n")] * MANY))
    assert len({(r.seq, r.hash) for r in found}) == 1 and len(found) == MANY
    assert Case.objects.get(id=case).seq == 2


def test_one_key_for_two_requests_at_once_serves_one(cast: Town) -> None:
    jobs = [
        do(cast, DEMAND, "resident", "report", START, {**REPORT, "matter": f"第{n}件"}, key="k")
        for n in range(MANY)
    ]
    found = at_once(*jobs)
    assert len(receipts(found)) == 1
    assert codes(found) == ["key-reused"] * (MANY - 1)
    assert Case.objects.count() == 1


def test_two_officers_on_one_case_at_once(cast: Town) -> None:
    """One is done; the other is told what came between, and nothing of his is written."""
    for round_ in range(4):
        case = cast.act(DEMAND, "resident", "report", START, REPORT).case
        found = at_once(
            do(cast, case, "grid", "file", START + 1, seen=1),
            do(cast, case, "community", "settle", START + 1, {"outcome": "solved", "answer": "好"}, seen=1),
            do(cast, case, "street", "settle", START + 1, {"outcome": "partly", "answer": "好"}, seen=1),
        )
        assert len(receipts(found)) == 1, round_
        losers = [f for f in found if isinstance(f, Refused)]
        assert {f.code for f in losers} <= {"meanwhile", "not-from-here"}
        assert all(f.meanwhile == (2,) for f in losers if f.code == "meanwhile")
        assert Case.objects.get(id=case).seq == 2


def test_numbers_without_gaps_and_without_doubles(cast: Town) -> None:
    """Eight threads open five cases each; every other attempt is refused and takes no number."""

    def opens(worker: int) -> list[str]:
        made = []
        for number in range(5):
            made.append(
                cast.act(DEMAND, "resident", "report", START, REPORT, key=f"{worker}/{number}").number
            )
            with pytest.raises(Refused):
                cast.act(DEMAND, "nobody", "report", START, {**REPORT, "category": "care"})
        return made

    found = at_once(*[lambda w=w: opens(w) for w in range(MANY)])
    numbers = sorted(n for some in found if not isinstance(some, Refused) for n in some)
    assert numbers == [f"LL-2026-{n:04d}" for n in range(1, 5 * MANY + 1)]


def test_everybody_who_supports_at_once_is_counted(cast: Town) -> None:
    case = cast.act(DEMAND, "resident", "report", START, REPORT).case
    people = [Actor(uuid4(), (Grant("resident", EVERYWHERE),)) for _ in range(MANY)]

    def support(who: Actor) -> Receipt:
        return act(case, "support", who, {}, key=str(uuid4()), happened=START + 1, recorded=START + 1)

    assert len(receipts(at_once(*[lambda p=p: support(p) for p in people]))) == MANY
    assert Tally.objects.get(case=case, kind="supporter", measure="n").total == MANY
    assert [e.seq for e in entries(case)] == list(range(1, MANY + 2))
    assert codes(at_once(*[lambda p=p: support(p) for p in people])) == ["already"] * MANY


def test_one_contact_named_at_once_is_one_person(cast: Town) -> None:
    said = {**REPORT, "people": 1, "reporter": {"name": "测试访客", "phone": "19900001111"}}
    before = Person.objects.count()
    found = receipts(at_once(*[do(cast, DEMAND, "window", "receive", START, said)] * MANY))
    assert len({r.number for r in found}) == MANY
    assert Person.objects.count() == before + 1
    assert len(set(Seat.objects.filter(kind="reporter").values_list("head", flat=True))) == 1


def test_two_clocks_at_once_enter_each_step_once(cast: Town) -> None:
    cases = [cast.act(DEMAND, "resident", "report", START, REPORT).case for _ in range(4)]
    at_once(*[lambda: tick(START + 5 * DAY)] * 4)
    for case in cases:
        assert [e.action for e in entries(case)] == ["report", "clock.overdue", "clock.climb", "clock.climb"]


def test_the_clock_never_calls_a_stage_late_that_was_just_left(cast: Town) -> None:
    """Filing and the clock at once: either the clock was first, or it finds nothing to do."""
    for _ in range(6):
        case = cast.act(DEMAND, "resident", "report", START, {**REPORT, "category": "fire"}).case
        at_once(do(cast, case, "grid", "file", START + DAY), lambda: tick(START + 2 * HOUR))
        assert [e.action for e in entries(case)] in (
            ["report", "file"],
            ["report", "clock.overdue", "file"],
        )


def test_one_of_many_gets_the_lease(cast: Town) -> None:
    found = at_once(*[lambda n=n: hold_lease(str(n), START) for n in range(MANY)])
    assert (found.count(True), found.count(False)) == (1, MANY - 1)


@pytest.mark.parametrize("fault", ["react", "flush"])
def test_a_fault_halfway_leaves_nothing(cast: Town, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    """Whatever breaks after the entry was written takes the entry with it, and the key is free again."""
    case = cast.act(DEMAND, "resident", "report", START, REPORT).case
    before, real = rows(), getattr(door, fault)

    def broken(*args: Any) -> None:
        if fault == "flush":
            real(*args)
        raise OSError("the lights went out")

    monkeypatch.setattr(door, fault, broken)
    for job in (
        do(cast, case, "grid", "file", START + 1, key="k"),
        do(cast, DEMAND, "resident", "report", START, REPORT, key="k2"),
    ):
        with pytest.raises(OSError, match="lights"):
            job()
    assert rows() == before
    monkeypatch.undo()
    assert cast.act(case, "grid", "file", START + 1, key="k").seq == 2
    assert cast.act(DEMAND, "resident", "report", START, REPORT, key="k2").number == "LL-2026-0002"


CHILD = """
import json, sys, django
django.setup()
from uuid import UUID
from linli.cases.act import act
from linli.rules.actor import EVERYWHERE, Actor, Grant
person, worker, at, report, place = sys.argv[1:]
who = Actor(UUID(person), (Grant("resident", EVERYWHERE),))
made = []
for number in range(5):
    for key in (f"own/{worker}/{number}", f"common/{number}"):
        done = act(("demand", place), "report", who, json.loads(report), key=key, happened=int(at), recorded=int(at))
        made.append([key, str(done.case), done.number])
print(json.dumps(made))
"""


def test_processes_at_once(cast: Town) -> None:
    """Three processes, fifteen cases of their own and five that all of them send."""
    person = cast.cast["resident"].person
    command = [sys.executable, "-c", CHILD, str(person)]
    said = [str(START), json.dumps(REPORT), COMMUNITY]
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "linli.config.settings", "LINLI_DB": _address()}
    children = [
        subprocess.Popen([*command, str(n), *said], env=env, stdout=subprocess.PIPE, text=True)
        for n in range(3)
    ]
    told = [child.communicate(timeout=240)[0] for child in children]
    assert [child.returncode for child in children] == [0, 0, 0]
    made = [line for out in told for line in json.loads(out)]
    cases: dict[str, set[UUID]] = {}
    for key, case, _ in made:
        cases.setdefault(key, set()).add(UUID(case))
    assert len(cases) == 20 and all(len(c) == 1 for c in cases.values())
    assert sorted({number for _, _, number in made}) == [f"LL-2026-{n:04d}" for n in range(1, 21)]
    assert Entry.objects.filter(kind="case").count() == 20


def _address() -> str:
    """The test's own database as ``LINLI_DB`` names it."""
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    who = f"{quote(at['USER'])}:{quote(at['PASSWORD'])}" if at["PASSWORD"] else quote(at["USER"])
    port = f":{at['PORT']}" if at["PORT"] else ""
    return f"postgresql://{who}@{port}/{quote(at['NAME'])}?host={quote(at['HOST'], safe='')}"
