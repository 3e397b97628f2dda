"""The door: idempotent, one at a time, nothing lost; and the projections equal the journal."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from linli.cases.clock import tick
from linli.cases.figures import counted, figures
from linli.cases.models import Case, Count, Notice
from linli.cases.rebuild import check, rebuild
from linli.cases.story import case_page
from linli.journal.append import contents, entries
from linli.rules.deadlines import FAR
from linli.rules.refusal import Refused
from linli.rules.registry import installed
from linli.rules.worktime import HOUR, day_start
from linli.territory.models import Division
from tests.cases.community import COMMUNITY, HOME, town

pytestmark = pytest.mark.django_db
START = day_start(date(2026, 3, 2)) + 9 * HOUR
REPORT = {"matter": "楼道灯不亮", "category": "power", "where": HOME}
DEMAND = ("demand", COMMUNITY)


def test_a_retry_gives_the_first_receipt() -> None:
    """The same key and the same request never do a thing twice."""
    cast = town()
    first = cast.act(DEMAND, "resident", "report", START, REPORT, key="phone-1")
    again = cast.act(DEMAND, "resident", "report", START + HOUR, REPORT, key="phone-1")
    assert (again.case, again.seq, again.hash, again.again) == (first.case, first.seq, first.hash, True)
    assert Case.objects.count() == 1


def test_a_key_used_for_something_else_is_refused() -> None:
    """A key stands for one request."""
    cast = town()
    cast.act(DEMAND, "resident", "report", START, REPORT, key="phone-1")
    with pytest.raises(Refused) as refusal:
        cast.act(DEMAND, "resident", "report", START, {**REPORT, "matter": "另一件"}, key="phone-1")
    assert refusal.value.code == "key-reused"


def test_a_stale_look_is_told_what_happened_meanwhile() -> None:
    """Two officers on one case: the second hears what came between; an act that moves nothing does not mind."""
    cast = town()
    case = cast.act(DEMAND, "resident", "report", START, REPORT).case
    cast.act(case, "grid", "file", START + 1, seen=1)
    with pytest.raises(Refused) as refusal:
        cast.act(case, "community", "settle", START + 2, {"outcome": "solved", "answer": "好"}, seen=1)
    assert (refusal.value.code, refusal.value.meanwhile) == ("meanwhile", (2,))
    assert cast.act(case, "community", "note", START + 3, {"note": "看过"}, seen=1).seq == 3


def test_numbers_have_no_gaps_even_after_a_refusal() -> None:
    """A refused report takes no number."""
    cast = town()
    first = cast.act(DEMAND, "resident", "report", START, REPORT)
    with pytest.raises(Refused):
        cast.act(DEMAND, "nobody", "report", START, {**REPORT, "category": "care"})
    second = cast.act(DEMAND, "resident2", "report", START, REPORT)
    assert (first.number, second.number) == ("LL-2026-0001", "LL-2026-0002")


def test_personal_answers_stand_in_no_clear_part() -> None:
    """Name and phone of a contact lie in a sealed part; the facts keep only the person's id."""
    cast = town()
    said = {**REPORT, "people": 1, "reporter": {"name": "测试访客", "phone": "19900001111"}}
    case = cast.act(DEMAND, "window", "receive", START, said).case
    parts = contents([e.id for e in entries(case)])
    clear = str([c.content for part in parts.values() for c in part if c.person is None])
    assert "测试访客" not in clear and "19900001111" not in clear
    assert "19900001111" not in Case.objects.get(id=case).facts


def test_overdue_work_climbs_step_by_step() -> None:
    """Grid member, community, street: each step an entry, counted late once, shown to those on duty."""
    cast = town()
    case = cast.act(DEMAND, "resident", "report", START, REPORT).case
    tick(START + 10 * 24 * HOUR)
    steps = [e.action for e in entries(case)]
    assert steps[1:] == ["clock.overdue", "clock.climb", "clock.climb"]
    assert Case.objects.get(id=case).climbed == 3
    assert Count.objects.get(case=case, counter="late.stage.reported").amount == 1
    assert tick(START + 10 * 24 * HOUR) == 0
    cast.act(case, "grid", "file", START + 11 * 24 * HOUR)
    assert not Count.objects.filter(case=case, counter="on_time.stage.reported").exists()


def test_a_case_keeps_the_grid_of_its_day() -> None:
    """Dividing anew moves no case that is there."""
    cast = town()
    case = cast.act(DEMAND, "resident", "report", START, REPORT).case
    Division.objects.all().update(grid=COMMUNITY + "009")
    assert Case.objects.get(id=case).grid == COMMUNITY + "001"


def test_the_rebuild_finds_an_edited_projection_and_mends_it() -> None:
    """Editing a row, a count or a notice is found and named; a rebuild makes it what the journal says."""
    cast = town()
    said = {**REPORT, "people": 2, "reporter": {"name": "测试访客", "phone": "19900001111"}}
    case = cast.act(DEMAND, "window", "receive", START, said).case
    cast.act(case, "grid", "file", START + 1)
    assert not list(check())
    Case.objects.filter(id=case).update(state="closed")
    Count.objects.filter(case=case, counter="received").update(amount=9)
    Notice.objects.filter(case=case).delete()
    assert {d.what for d in check()} == {"column state", "counts", "notices"}
    rebuild()
    assert not list(check())


def test_a_figure_opens_to_its_entries() -> None:
    """The sum is the sum of the entries listed."""
    cast = town()
    for people in (1, 3):
        said = {**REPORT, "people": people, "reporter": {"name": "测试访客", "phone": "19900001111"}}
        cast.act(DEMAND, "window", "receive", START, said)
    demand = installed["demand"]
    values = {f.counter.key: f.value for f in figures(demand, COMMUNITY, START, START + 1)}
    assert values["received"] == 4
    assert sum(c.amount for c in counted(demand, ["received"], COMMUNITY, START, START + 1)) == 4
    assert figures(demand, "140106", START, START + 1)[0].value == 0


def test_who_may_not_see_a_case_is_told_that_there_is_none() -> None:
    """Another resident sees nothing; the reporter and the community do; a closed case has no deadline."""
    cast = town()
    case = cast.act(DEMAND, "resident", "report", START, REPORT).case
    assert case_page(case, cast.cast["resident"], START).case.number == "LL-2026-0001"
    assert {a.key for a in case_page(case, cast.cast["grid"], START).actions} >= {"file", "settle", "merge"}
    with pytest.raises(Refused):
        case_page(case, cast.cast["resident2"], START)
    with pytest.raises(Refused):
        case_page(uuid4(), cast.cast["community"], START)
    cast.act(case, "resident", "withdraw", START + 1)
    assert Case.objects.get(id=case).due == FAR


@pytest.mark.parametrize("key", ["", "k" * 201, "a\x00b", "a\nb", "\ud800"])
def test_a_key_that_cannot_be_kept_is_refused(key: str) -> None:
    """A face chooses the keys: what it must not choose is an answer, not an accident."""
    cast = town()
    with pytest.raises(Refused) as refusal:
        cast.act(DEMAND, "resident", "report", START, REPORT, key=key)
    assert refusal.value.code == "bad-key"


def test_nothing_is_merged_into_what_nobody_works_on() -> None:
    """Neither into a withdrawn demand, nor into one that was merged itself: two never wait for each other."""
    cast = town()
    one, two, gone = (cast.act(DEMAND, "resident", "report", START + n, REPORT).case for n in range(3))
    cast.act(gone, "resident", "withdraw", START + 5, {})
    cast.act(one, "grid", "merge", START + 6, {"into": str(two)})
    for target in (gone, one):
        with pytest.raises(Refused) as refusal:
            cast.act(two, "grid", "merge", START + 7, {"into": str(target)})
        assert set(refusal.value.fields) == {"into"}
